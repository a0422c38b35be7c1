// One network upgrades its runtime while trades are open, and then the other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { decide } from '../lib/governance.js';
import { hold, undisturbed } from '../lib/invariants.js';

const WAYS = ['ahead', 'later', 'part', 'never', 'refuse', 'ahead', 'later'];

/** The same runtime under the next version: `scripts/next-runtime` makes it. */
const code = `0x${readFileSync(process.env.TANDEM_NEXT_RUNTIME).toString('hex')}`;

const version = async ({ api }) => (await api.rpc.state.getRuntimeVersion()).specVersion.toNumber();

async function upgrade(network) {
  const { api } = network;
  const before = await version(network);
  await decide(api, api.tx.system.authorizeUpgrade(blake2AsHex(code)));
  await chain.send(api, api.tx.system.applyAuthorizedUpgrade(code), chain.key('//Dave'));
  // The library learns of it by itself, and signs for the old version until then.
  await chain.until(api, 'the network runs the next version', async () =>
    (await version(network)) === before + 1 && api.runtimeVersion.specVersion.toNumber() === before + 1);
}

test('a network upgrades its runtime while trades are open', { timeout: 1_800_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  const carrier = await gateway(t, both);
  for (const side of ['payment', 'asset']) {
    await t.test(`the ${side} network`, async () => {
      const made = await across.trades(both, WAYS, { payIn: 240_000 });
      await across.begin(both, made);
      const upgraded = upgrade(both[side]);
      const more = await across.trades(both, WAYS, { payIn: 240_000 });
      await across.begin(both, more);
      await upgraded;
      const after = await across.trades(both, WAYS, { payIn: 180_000 });
      await across.begin(both, after);
      await across.over(both, both.trades, 600);
      t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
      assert.ok(carrier.isRunning(), await carrier.tail());
    });
  }
});
