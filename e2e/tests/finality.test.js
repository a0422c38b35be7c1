// Settled is final only in a final block; and no pause holds back what somebody is owed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
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
      const sudo = (call) => chain.send(api, api.tx.sudo.sudo(call), chain.key('//Alice'));
      const pause = (pallet, call) => api.tx.txPause.pause([pallet, call]);
      const failed = (sent) => chain.only(sent.events, 'sudo.Sudid')[0].isErr;

      const open = await world.terms(api, people, { reference: 'FINAL-2', reserveBy: 40, deadline: 40 });
      const { id } = await world.instruct(api, seller, open);
      for (const [pallet, call] of [['Settlement', 'expire'], ['Escrow', 'claim']]) {
        assert.equal(failed(await sudo(pause(pallet, call))), true, `${pallet}.${call} was paused`);
      }
      assert.equal(failed(await sudo(pause('Settlement', 'instruct'))), false);
      const late = await world.terms(api, people, { reference: 'FINAL-3' });
      await assert.rejects(world.instruct(api, seller, late), (error) => error instanceof chain.Refused);

      await chain.until(api, 'the trade under way when the pause came is over', async () =>
        (await world.stage(api, id)) === 'Closed Expired');
      assert.equal(await world.held(api, world.SHARE), 0n);
      await sudo(api.tx.txPause.unpause(['Settlement', 'instruct']));
      const again = await world.instruct(api, seller, late);
      await world.affirm(api, buyer, again.id, late);
      assert.equal(await world.stage(api, again.id), 'Closed Settled');
    });
  });
});
