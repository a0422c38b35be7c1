// Two gateways at once, of two participants: nothing happens twice, and little is wasted.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { hold, undisturbed } from '../lib/invariants.js';

const WAYS = ['ahead', 'later', 'part', 'never', 'refuse'];

const total = (counts, result) =>
  Object.entries(counts).reduce((all, [name, count]) => all + (name.endsWith(` ${result}`) ? count : 0), 0);

test('two gateways at once', { timeout: 1_200_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  const [first, second] = await Promise.all(
    ['//Ferryman//main', '//Wherryman//main'].map((signer) => gateway(both, { signer })));
  const made = await across.trades(both, [...WAYS, ...WAYS, ...WAYS, ...WAYS], { payIn: 240_000 });
  await across.begin(both, made);
  await across.over(both, made);
  t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
  const counts = await Promise.all([first, second].map((each) => each.submissions()));
  assert.ok(counts.every((each) => total(each, 'done') > 0), `both have brought something: ${JSON.stringify(counts)}`);
  const [asset, payment] = await Promise.all(
    across.SIDES.map((side) => chain.outcomes(both[side].api, both.people.gateways)));
  const [done, failed] = [asset.done + payment.done, asset.failed + payment.failed];
  const obsolete = counts.reduce((all, each) => all + total(each, 'obsolete'), 0);
  t.diagnostic(`in blocks: ${done} done, ${failed} failed; ${obsolete} found to be done by the other`);
  // What the pool refuses costs a chain nothing; what fails in a block does.
  assert.ok(failed * 4 <= done, `${failed} of ${done + failed} that came into a block failed: ${JSON.stringify(counts)}`);

  await t.test('one is killed, and the other goes on', async () => {
    const more = await across.trades(both, WAYS, { payIn: 240_000 });
    await across.begin(both, more);
    await first.stop('SIGKILL');
    await across.over(both, more);
    t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
  });
});
