// No gateway for longer than the deadline: before anything was carried, and after the payment was.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { hold } from '../lib/invariants.js';

/** Waits until the pay deadline of these trades has passed on both networks. */
async function tooLate(both, made) {
  const deadline = Math.max(...made.map(({ payDeadline }) => payDeadline));
  for (const side of across.SIDES) {
    const { api } = both[side];
    await chain.until(api, `the pay deadline has passed on the ${side} network`, async () => (await chain.now(api)) >= deadline, 200);
  }
}

test('what no gateway carried before the deadline returns, and so does what was reserved ahead for it', { timeout: 1_200_000 }, async (t) => {
  const both = await across.networks(t);
  const made = await across.trades(both, ['ahead', 'later', 'part', 'never', 'ahead', 'later', 'part', 'refuse'], { payIn: 120_000 });
  await across.begin(both, made);
  await tooLate(both, made);
  assert.equal(await across.committed(both, made), made.length, 'nothing came back without a proof');
  await gateway(both);
  await across.over(both, made);
  t.diagnostic(JSON.stringify(await hold(both, () => 0)));
});

test('what was paid before the gateway died is delivered after the deadline', { timeout: 1_200_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  const made = await across.trades(both, ['ahead', 'ahead', 'part', 'later', 'never'], { payIn: 180_000, decides: 'payment' });
  await across.begin(both, made);
  // It has brought commitments, and dies before it says anything of them to the network that holds.
  const dying = await gateway(both, { crashAt: 'before-confirm' });
  await chain.until(both.asset.api, 'the gateway has died', async () => dying.how, 150);
  assert.equal(dying.how, 'ended with SIGABRT', await dying.tail());
  await tooLate(both, made);
  assert.equal(await across.committed(both, made), made.length, 'nothing was delivered yet');
  const paid = chain.named(await chain.eventsSince(both.payment.api, 0), 'counterpart.Executed');
  const lots = new Map(paid.map(({ data }) => [data.id.toHex(), data.lots.toNumber()]));
  assert.ok(made.some(({ id }) => lots.has(id)), 'something was paid before it died');
  await gateway(both);
  await across.over(both, made);
  t.diagnostic(JSON.stringify(await hold(both, ({ id }) => lots.get(id) ?? 0)));
});
