// One network stands still past the deadline, with all of its nodes, and comes back; or it makes nothing final any more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { hold, undisturbed } from '../lib/invariants.js';

/** Lots that the network which decides has paid, by trade. */
async function paid({ api }) {
  const events = chain.named(await chain.eventsSince(api, 0), 'counterpart.Executed');
  return new Map(events.map(({ data }) => [data.id.toHex(), data.lots.toNumber()]));
}

/** Kills every node of a network until the other network's clock is past the deadline of these trades. */
async function standsStill(network, other, made) {
  await network.stop('SIGKILL');
  const deadline = Math.max(...made.map(({ payDeadline }) => payDeadline));
  const { api } = other;
  await chain.until(api, 'the deadline has passed', async () => (await chain.now(api)) >= deadline + 10_000, 300);
  await network.start();
  await chain.connected(network.api);
  await chain.until(network.api, 'the network makes blocks again', async () => (await chain.now(network.api)) >= deadline, 300);
}

test('a network stands still past the deadline, and comes back', { timeout: 1_800_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  let carrier = await gateway(both);

  await t.test('the network that decides: what it had not paid returns', async () => {
    const made = await across.trades(both, ['later', 'ahead', 'never', 'part', 'refuse'], { payIn: 100_000, decides: 'payment' });
    // Who pays once the commitment has arrived is late: by then nothing answers.
    both.away = true;
    await across.begin(both, made);
    await standsStill(both.payment, both.asset, made);
    both.away = false;
    const lots = await paid(both.payment);
    assert.ok(made.some(({ id, way }) => way === 'later' && !lots.has(id)), 'something was to be paid and was not');
    await across.over(both, made, 600);
    t.diagnostic(JSON.stringify(await hold(both, ({ id }) => lots.get(id) ?? 0)));
  });

  await t.test('the network that holds: what was paid is delivered when it is back', async () => {
    const made = await across.trades(both, ['ahead', 'ahead', 'part', 'never'], { payIn: 120_000, decides: 'payment' });
    await across.begin(both, made);
    const settles = made.filter(({ way }) => way !== 'never');
    await chain.until(both.payment.api, 'all that were to be paid are', async () => {
      const lots = await paid(both.payment);
      return settles.every(({ id }) => lots.has(id));
    }, 150);
    await standsStill(both.asset, both.payment, made);
    const lots = await paid(both.payment);
    await across.over(both, made, 600);
    t.diagnostic(JSON.stringify(await hold(both, ({ id }) => lots.get(id) ?? 0)));
  });

  await t.test('the network that holds makes nothing final any more, and the gateway comes after that', async () => {
    await carrier.stop('SIGKILL');
    const made = await across.trades(both, ['ahead', 'ahead', 'part', 'never'], { payIn: 300_000, decides: 'payment' });
    await across.begin(both, made);
    await chain.final(both.asset.api);
    // Two validators agree with each other: the one that is left makes blocks, and its last final one has been reported.
    await both.asset.bob.stop('SIGKILL');
    carrier = await gateway(both);
    const settles = made.filter(({ way }) => way !== 'never');
    await chain.until(both.payment.api, 'all that were to be paid are', async () => {
      const lots = await paid(both.payment);
      return settles.every(({ id }) => lots.has(id));
    }, 100);
    await both.asset.bob.start();
    await across.over(both, made, 600);
    t.diagnostic(JSON.stringify(await hold(both, (trade) => (made.includes(trade) ? undisturbed(trade) : undefined))));
  });
  assert.ok(carrier.isRunning(), await carrier.tail());
});
