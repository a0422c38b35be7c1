// The validators of both networks change while trades are open, one of each is killed, and one leaves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { decide } from '../lib/governance.js';
import { hold, undisturbed } from '../lib/invariants.js';
import { rpc } from '../lib/node.js';

const NAMES = ['alice', 'bob', 'charlie', 'dave'];
const WAYS = ['ahead', 'later', 'part', 'never', 'refuse', 'ahead', 'later'];

const account = (name) => chain.key(`//${name[0].toUpperCase()}${name.slice(1)}`);
const validators = async (api) => (await api.query.session.validators()).map(String);

/** Two nodes that only followed so far become validators. */
async function grow(network) {
  const { api } = network;
  for (const name of ['charlie', 'dave']) {
    const owner = account(name);
    const { keys, proof } = await rpc(network[name], 'author_rotateKeysWithOwner', `0x${Buffer.from(owner.publicKey).toString('hex')}`);
    await chain.send(api, api.tx.session.setKeys(keys, proof), owner);
  }
  const add = ['charlie', 'dave'].map((name) => api.tx.validators.add(account(name).address));
  await decide(api, api.tx.utility.batchAll(add));
  await chain.until(api, 'there are four validators', async () => (await validators(api)).length === 4, 120);
}

/** Waits until so many more blocks are final. */
async function finalisesMore(api, more) {
  const final = async () => (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  const from = await final();
  await chain.until(api, `${more} more blocks are final`, async () => (await final()) >= from + more, 120);
}

test('validators change, fail and leave while trades are open', { timeout: 1_800_000 }, async (t) => {
  const both = await across.networks(t, NAMES);
  await across.attend(t, both);
  let carrier = await gateway(both);

  /** Begins trades of which these wait for their payers, or for their time, and stay open until `both.away` ends. */
  const beginWaiting = async (payIn) => {
    both.away = true;
    const made = await across.trades(both, WAYS, { payIn });
    await across.begin(both, made);
    return made.filter(({ way }) => ['later', 'never', 'refuse'].includes(way));
  };

  await t.test('two join the asset network while the gateway runs, and two the payment network while it does not', async () => {
    const waiting = await beginWaiting(500_000);
    await grow(both.asset);
    assert.equal(await across.committed(both, waiting), waiting.length, 'all of these are open');
    await carrier.stop('SIGKILL');
    const more = await across.trades(both, WAYS, { payIn: 400_000 });
    await across.begin(both, more);
    await grow(both.payment);
    await finalisesMore(both.payment.api, 5);
    assert.equal(await across.committed(both, more), more.length, 'all of these are open');
    both.away = false;
    carrier = await gateway(both);
    await across.over(both, both.trades, 600);
    t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
  });

  await t.test('one validator of each network is killed, and trades go on', async () => {
    for (const side of across.SIDES) await both[side].dave.stop('SIGKILL');
    const made = await across.trades(both, WAYS, { payIn: 180_000 });
    await across.begin(both, made);
    await across.over(both, made, 600);
    t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
    for (const side of across.SIDES) {
      await both[side].dave.start();
      const back = await chain.connect(both[side].dave);
      const target = await chain.height(both[side].api);
      await chain.until(back, `dave of the ${side} network has caught up`, async () => (await chain.height(back)) >= target, 600);
    }
  });

  await t.test('one leaves each network while trades are open', async () => {
    const waiting = await beginWaiting(300_000);
    await Promise.all(across.SIDES.map(async (side) => {
      const { api } = both[side];
      await decide(api, api.tx.validators.remove(account('dave').address));
      await chain.until(api, 'there are three validators', async () => (await validators(api)).length === 3, 120);
      await finalisesMore(api, 5);
    }));
    assert.equal(await across.committed(both, waiting), waiting.length, 'all of these are open');
    both.away = false;
    await across.over(both, both.trades, 600);
    t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
    assert.ok(carrier.isRunning(), await carrier.tail());
  });
});
