// Two gateways at once, of two participants: nothing happens twice, and little is wasted.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as across from '../lib/across.js';
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
  const of = (result) => counts.reduce((all, each) => all + total(each, result), 0);
  const [done, obsolete, failed] = ['done', 'obsolete', 'failed'].map(of);
  t.diagnostic(`submissions: ${done} done, ${obsolete} obsolete, ${failed} failed`);
  assert.ok(counts.every((each) => total(each, 'done') > 0), `both have brought something: ${JSON.stringify(counts)}`);
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
