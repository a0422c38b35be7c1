// A gateway that dies at each step of its loop, and another in its place. It ends itself at the exact point, by SIGABRT: like
// SIGKILL that leaves it no time for anything.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { hold } from '../lib/invariants.js';

/** What a gateway brings, and the three moments of bringing it: nothing is sent, the node has it, it is in a block. */
const KINDS = ['header', 'messages', 'confirm', 'instruct', 'deliver', 'return', 'forget'];
const MOMENTS = ['before', 'sent', 'included'];

test('a gateway that dies at each step of its loop', { timeout: 3_600_000 }, async (t) => {
  const both = await across.networks(t);
  await across.attend(t, both);
  for (const kind of KINDS) {
    for (const moment of MOMENTS) {
      // Of everything a little: with no patience for the lane a gateway proves what a message would bring, too.
      const made = await across.trades(both, ['ahead', 'later', 'never', 'refuse'], { payIn: 90_000 });
      await across.begin(both, made);
      const dying = await gateway(both, { crashAt: `${moment}-${kind}`, args: ['--grace', '0'] });
      await chain.until(both.asset.api, `a gateway has died at ${moment}-${kind}`, async () => dying.how, 150);
      assert.equal(dying.how, 'ended with SIGABRT', await dying.tail());
      t.diagnostic(`died at ${moment}-${kind}`);
    }
  }
  await gateway(both);
  await across.over(both, both.trades);
  // Which of them had their time while gateways died is left to the machine. That both networks agree is not.
  const ends = await hold(both, ({ way }) => (across.WAYS[way].settles ? undefined : 0));
  const payable = both.trades.filter(({ way }) => across.WAYS[way].settles).length;
  assert.ok(ends.settled * 2 > payable, `a gateway that dies costs time, not trades: ${ends.settled} of ${payable} have settled`);
  t.diagnostic(JSON.stringify(ends));
});
