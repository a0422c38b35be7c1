// No gateway at all: a party proves for itself, with the command line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { tandem } from '../lib/cli.js';
import { hold, undisturbed } from '../lib/invariants.js';

const opposite = { asset: 'payment', payment: 'asset' };

test('parties carry their own proofs', { timeout: 1_200_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  /** Proves something of the other network to this one, and says what the command said. */
  const prove = async (what, to, ...args) => {
    const [from, at] = [both[opposite[to]].alice.url, both[to].alice.url];
    const signer = '//Across//seller//0';
    const done = await tandem(both.folder, ['proof', what, ...args, '--from-url', from, '--to-url', at, '--signer', signer]);
    assert.equal(done.code, 0, `tandem proof ${what}: ${done.stdout}${done.stderr}`);
    t.diagnostic(`proof ${what} to ${to}: ${done.stdout.trim()}`);
    return done;
  };
  const final = async (side) => {
    const { api } = both[side];
    const best = await chain.height(api);
    await chain.until(api, `block ${best} of the ${side} network is final`, async () =>
      (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber() >= best);
  };
  const made = await across.trades(both, ['ahead', 'later', 'refuse', 'ahead', 'never', 'never'], { payIn: 180_000 });
  await across.begin(both, made);

  for (const trade of made) {
    await t.test(`${trade.way}, decided by the ${trade.deciding} network`, async () => {
      const { id, way, holding, deciding } = trade;
      await final(holding);
      await prove('header', deciding);
      await prove('instruct', deciding, '--id', id);
      const { api } = both[deciding];
      await chain.until(api, 'it is decided there, or can be no more', async () => {
        if (way === 'never') return (await chain.now(api)) >= trade.payDeadline;
        return (await api.query.counterpart.records([id, 0])).isSome;
      }, 200);
      await final(deciding);
      await prove('header', holding);
      await prove(way === 'never' || way === 'refuse' ? 'return' : 'deliver', holding, '--id', id);
      await across.over(both, [trade]);
    });
  }
  t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
});
