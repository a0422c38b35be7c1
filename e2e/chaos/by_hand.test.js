// No gateway at all: a party proves for itself, with the command line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import { hold, undisturbed } from '../lib/invariants.js';

test('parties carry their own proofs', { timeout: 1_200_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  const prove = async (what, to, ...args) =>
    t.diagnostic(`proof ${what} to ${to}: ${await cli.prove(both, what, to, ...args)}`);
  // The time of those that nobody pays is short: it is waited for.
  const made = [
    ...(await across.trades(both, ['never', 'never'], { payIn: 300_000 })),
    ...(await across.trades(both, ['ahead', 'later', 'refuse', 'ahead'], { payIn: 900_000 })),
  ];
  await across.begin(both, made);
  for (const side of across.SIDES) await chain.final(both[side].api);
  for (const side of across.SIDES) await prove('header', side);
  for (const { id, way, deciding } of made) {
    await t.test(`a commitment (${way}) to the ${deciding} network, which decides it`, () => prove('instruct', deciding, '--id', id));
  }
  for (const trade of made.toReversed()) {
    const { id, way, holding, deciding } = trade;
    await t.test(`its end (${way}) to the ${holding} network, which holds it`, async () => {
      const { api } = both[deciding];
      await chain.until(api, 'it is decided there, or can be no more', async () => {
        if (way === 'never') return (await chain.now(api)) >= trade.payDeadline;
        return (await api.query.counterpart.records([id, 0])).isSome;
      }, 300);
      await chain.final(api);
      await prove('header', holding);
      await prove(way === 'never' || way === 'refuse' ? 'return' : 'deliver', holding, '--id', id);
      await across.over(both, [trade]);
    });
  }
  for (const { id, way, holding, deciding } of made.filter((trade) => trade.way === 'never')) {
    await t.test(`the record (${way}) of the ${deciding} network goes, once the ${holding} network is done`, async () => {
      const record = async () => (await both[deciding].api.query.counterpart.records([id, 0])).isSome;
      assert.ok(await record(), 'that nobody paid in time is recorded');
      await chain.final(both[holding].api);
      await prove('header', deciding);
      await prove('forget', deciding, '--id', id);
      assert.ok(!(await record()), 'it is gone');
    });
  }
  t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
});
