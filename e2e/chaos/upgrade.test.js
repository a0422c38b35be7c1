// One network upgrades its runtime while trades are open, and then the other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { prove } from '../lib/cli.js';
import { gateway } from '../lib/gateway.js';
import { decide } from '../lib/governance.js';
import { hold, undisturbed } from '../lib/invariants.js';

const WAYS = ['ahead', 'later', 'part', 'never', 'refuse', 'ahead', 'later'];

/** The same runtime under the next version, from `scripts/next-runtime`. */
const path = process.env.TANDEM_NEXT_RUNTIME;
if (!path) throw new Error('TANDEM_NEXT_RUNTIME is not set; run: TANDEM_NEXT_RUNTIME=$(scripts/next-runtime) e2e/run chaos/upgrade.test.js');
const code = `0x${readFileSync(path).toString('hex')}`;

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
  const carrier = await gateway(both);
  for (const side of ['payment', 'asset']) {
    await t.test(`the ${side} network`, async () => {
      // What waits for its payer, or for its time, is open on both networks while the code changes.
      both.away = true;
      const made = await across.trades(both, WAYS, { payIn: 300_000 });
      await across.begin(both, made);
      await upgrade(both[side]);
      // The command line has one metadata, and serves both versions: they have the same interface.
      for (const to of across.SIDES) t.diagnostic(`proof header to ${to}: ${await prove(both, 'header', to)}`);
      const waiting = made.filter(({ way }) => ['later', 'never', 'refuse'].includes(way));
      assert.equal(await across.committed(both, waiting), waiting.length, 'all of these are open');
      both.away = false;
      await across.begin(both, await across.trades(both, WAYS, { payIn: 240_000 }));
      await across.over(both, both.trades, 600);
      t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
      assert.ok(carrier.isRunning(), await carrier.tail());
    });
  }
});
