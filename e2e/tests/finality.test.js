// Settled is final only in a final block; and no pause holds back what somebody is owed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
import { decide } from '../lib/governance.js';
import { devNode } from '../lib/node.js';
import * as world from '../lib/world.js';

describe('finality', { timeout: 600_000 }, () => {
  test('what settled becomes final, and pauses stop no return', async (t) => {
    const node = await devNode(t);
    const api = await chain.connect(node);
    const people = await world.world(api, 'Final');
    const { seller, buyer } = people;

    await t.test('a settled instruction is in a block that GRANDPA has finalised', async () => {
      const terms = await world.terms(api, people, { reference: 'FINAL-1' });
      const { id } = await world.instruct(api, seller, terms);
      const { block } = await world.affirm(api, buyer, id, terms);
      const settled = (await api.rpc.chain.getHeader(block)).number.toNumber();
      const final = await chain.until(api, 'the block of the settlement is final', async () => {
        const hash = await api.rpc.chain.getFinalizedHead();
        const { number } = await api.rpc.chain.getHeader(hash);
        return number.toNumber() >= settled && hash;
      });
      assert.equal((await api.rpc.chain.getBlockHash(settled)).toHex(), block, 'on the chain that is final');
      const at = await api.at(final);
      const record = (await at.query.settlement.instructions(id)).unwrap();
      assert.equal(record.asClosed.outcome.type, 'Settled');
      const points = (await api.call.settlementApi.finality(id)).unwrap();
      assert.equal(points.lastTranche.unwrap().toNumber(), settled);
      assert.ok(points.entered.unwrap().toNumber() < settled);
    });

    await t.test('GRANDPA tells whoever listens why a block is final', async () => {
      // Not `grandpa_proveFinality`: it has nothing to say before the first change of the validator set.
      const justification = await new Promise((resolve, reject) => {
        api.rpc.grandpa.subscribeJustifications(resolve).then((stop) => t.after(stop), reject);
      });
      assert.ok(justification.toU8a(true).length > 100, 'votes of the validators');
    });

    await t.test('a pause stops new instructions, and neither expiry nor claims', async () => {
      // The operator stops at once; it starts again with the regulator.
      const pause = (pallet, call) => decide(api, api.tx.txPause.pause([pallet, call]));
      const open = await world.terms(api, people, { reference: 'FINAL-2', reserveBy: 40, deadline: 40 });
      const { id } = await world.instruct(api, seller, open);
      for (const [pallet, call] of [['Settlement', 'expire'], ['Escrow', 'claim']]) {
        await assert.rejects(pause(pallet, call), /TxPause\.Unpausable/, `${pallet}.${call} was paused`);
      }
      await pause('Settlement', 'instruct');
      const late = await world.terms(api, people, { reference: 'FINAL-3' });
      await assert.rejects(world.instruct(api, seller, late), (error) => error instanceof chain.Refused);

      await chain.until(api, 'the trade under way when the pause came is over', async () =>
        (await world.stage(api, id)) === 'Closed Expired');
      assert.equal(await world.held(api, world.SHARE), 0n);
      await decide(api, api.tx.txPause.unpause(['Settlement', 'instruct']), 'OperatorAndOneRegulator');
      const again = await world.instruct(api, seller, late);
      await world.affirm(api, buyer, again.id, late);
      assert.equal(await world.stage(api, again.id), 'Closed Settled');
    });
  });
});
