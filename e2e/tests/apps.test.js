// What a person does in Polkadot.js Apps, with the library that Apps is made of.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
import { devNode } from '../lib/node.js';
import * as world from '../lib/world.js';

const { SHARE, EURO } = world;

describe('Polkadot.js Apps', { timeout: 600_000 }, () => {
  test('connects, decodes and settles a trade by hand', async (t) => {
    const node = await devNode(t);
    const api = await chain.connect(node);
    let people;

    await t.test('the chain says what it is', async () => {
      const properties = await api.rpc.system.properties();
      assert.equal(properties.ss58Format.unwrap().toNumber(), 42);
      assert.deepEqual(properties.tokenSymbol.unwrap().map(String), ['TND']);
      assert.equal(properties.tokenDecimals.unwrap().length, 1);
      assert.equal((await api.rpc.system.chain()).toString(), 'Tandem Development');
    });

    await t.test('every pallet, call, event, error and runtime API is described', () => {
      for (const pallet of ['participants', 'escrow', 'settlement', 'validators']) {
        assert.ok(api.tx[pallet] || pallet === 'escrow', pallet);
        assert.ok(api.events[pallet] && api.errors[pallet], pallet);
        for (const [name, call] of Object.entries(api.tx[pallet] ?? {})) {
          assert.ok(call.meta.docs.join('').trim(), `${pallet}.${name} has no words for a wallet to show`);
        }
      }
      const methods = Object.keys(api.call.settlementApi);
      for (const method of
        ['instruction', 'tokens', 'blockingReasons', 'previewTranche', 'allegements', 'positions', 'finality']) {
        assert.ok(methods.includes(method), `SettlementApi.${method}`);
      }
      // Wallets sign with what they know: an extension with a payload of its own would lock them out.
      const known = api.registry.signedExtensions;
      assert.ok(known.length > 0);
    });

    await t.test('the operator registers, the issuer issues', async () => {
      people = await world.world(api);
      const standing = (await api.query.participants.accounts(people.seller.address)).unwrap();
      assert.equal(standing.participant.toNumber(), people.ids.seller);
      assert.equal(standing.status.type, 'Active');
      assert.equal(await world.balance(api, SHARE, people.seller), 1_000n);
      assert.equal(await world.balance(api, EURO, people.buyer), 5_000_000n);
      assert.equal((await api.query.participants.assetRegistry(world.asset(SHARE))).unwrap().kind.type, 'Security');
    });

    await t.test('a complete DvP takes exactly two signed extrinsics', async () => {
      const terms = await world.terms(api, people, { reference: 'APPS-1' });
      const before = await chain.height(api);
      const expected = chain.instructionId(api, people.seller, terms);

      const first = await world.instruct(api, people.seller, terms);
      assert.equal(first.id, expected, 'the id is known before anything is sent');
      const { termsHash } = chain.only(first.events, 'settlement.Instructed');
      assert.equal(termsHash.toHex(), chain.termsHash(api, terms));
      assert.equal(
        chain.only(first.events, 'settlement.InstructionAlleged').participant.toNumber(), people.ids.buyer);
      assert.equal(chain.only(first.events, 'settlement.Reserved').amount.toNumber(), 100);
      assert.equal(await world.held(api, SHARE), 100n);
      assert.equal(await world.stage(api, expected), 'Proposed');
      const alleged = await api.call.settlementApi.allegements(people.ids.buyer);
      assert.deepEqual(alleged.map((id) => id.toHex()), [expected]);

      const second = await world.affirm(api, people.buyer, first.id, terms);
      chain.only(second.events, 'settlement.Matched');
      const settled = chain.only(second.events, 'settlement.TrancheSettled');
      assert.deepEqual(settled.amounts.map((amount) => amount.toNumber()), [100, 412_500]);
      assert.equal(settled.reference.toUtf8(), 'APPS-1');
      const closed = chain.only(second.events, 'settlement.Closed');
      assert.equal(closed.outcome.type, 'Settled');

      assert.equal(await world.balance(api, SHARE, people.seller), 900n);
      assert.equal(await world.balance(api, SHARE, people.buyer), 100n);
      assert.equal(await world.balance(api, EURO, people.buyer), 5_000_000n - 412_500n);
      assert.equal(await world.balance(api, EURO, people.seller), 412_500n);
      assert.equal(await world.held(api, SHARE), 0n);
      assert.equal(await world.held(api, EURO), 0n);
      assert.equal(await world.stage(api, expected), 'Closed Settled');

      const { number } = await api.rpc.chain.getHeader(second.block);
      const signed = await chain.signedBetween(api, before, number.toNumber());
      assert.deepEqual(
        signed.map(({ method }) => `${method.section}.${method.method}`), ['settlement.instruct', 'settlement.affirm']);
    });

    await t.test('the same instruction again is refused and settles nothing', async () => {
      const terms = await world.terms(api, people, { reference: 'APPS-2' });
      const { id } = await world.instruct(api, people.seller, terms);
      await assert.rejects(world.instruct(api, people.seller, terms), { reason: 'Settlement.AlreadyExists' });
      await world.affirm(api, people.buyer, id, terms);
      await assert.rejects(world.instruct(api, people.seller, terms), { reason: 'Settlement.AlreadyExists' });
    });

    await t.test('terms that differ match nothing, and every field is named', async () => {
      const mine = await world.terms(api, people, { reference: 'APPS-3' });
      const theirs = structuredClone(mine);
      theirs.V1.legs[1].amount += 1;
      theirs.V1.settlementDate += 1;
      const { id } = await world.instruct(api, people.seller, mine);
      const { events } = await world.affirm(api, people.buyer, id, theirs, null);
      const { fields } = chain.only(events, 'settlement.MatchFailed');
      assert.deepEqual(fields.map((field) => field.type), ['Amount', 'SettlementDate']);
      assert.equal(await world.stage(api, id), 'Proposed');
      const reasons = await api.call.settlementApi.blockingReasons(id);
      assert.ok(reasons.some((reason) => reason.isNotAffirmed), String(reasons));
      const sent = await chain.send(api, api.tx.settlement.cancel(id, null), people.seller);
      assert.equal(chain.only(sent.events, 'settlement.Closed').outcome.type, 'Cancelled');
      assert.equal(await world.held(api, SHARE), 0n);
    });

    await t.test('tokens: each receiver executes, and a token works once and for its holder alone', async () => {
      const terms = await world.terms(api, people, { reference: 'APPS-4', execution: 'OnToken', reserveBy: 300 });
      const { id } = await world.instruct(api, people.seller, terms);
      const { events } = await world.affirm(api, people.buyer, id, terms);
      chain.only(events, 'settlement.TrancheFormed');
      const view = (await api.call.settlementApi.tokens(id)).toJSON();
      assert.equal(view.length, 2);
      const execute = (leg) => api.tx.settlement.execute(id, leg, null);
      await assert.rejects(chain.send(api, execute(0), people.seller), { reason: 'Settlement.NotAuthorized' });
      await chain.send(api, execute(0), people.buyer);
      assert.equal(await world.stage(api, id), 'Executing');
      assert.equal(await world.balance(api, SHARE, people.buyer), 200n, 'delivered, and not yet at its disposal');
      await assert.rejects(chain.send(api, execute(0), people.buyer), { reason: 'Settlement.TokenConsumed' });
      const last = await chain.send(api, execute(1), people.seller);
      chain.only(last.events, 'settlement.TrancheSettled');
      assert.equal(await world.balance(api, SHARE, people.buyer), 300n);
    });

    await t.test('positions tell available, reserved and total apart', async () => {
      const terms = await world.terms(api, people, { reference: 'APPS-5', lots: 10 });
      const { id } = await world.instruct(api, people.seller, terms, { Exactly: 4 });
      const positions = await api.call.settlementApi.positions(people.seller.address);
      const share = positions.find((position) => position.asset.isWithId && position.asset.asWithId.toNumber() === SHARE);
      assert.equal(share.reserved.toNumber(), 40);
      assert.equal(share.available.toNumber() + 40, share.total.toNumber());
      await chain.send(api, api.tx.settlement.cancel(id, null), people.seller);
    });
  });
});
