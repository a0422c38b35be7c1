// Who is kept out, by which layer, and that no wrapper is a way around it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createKeyMulti, encodeAddress, sortAddresses } from '@polkadot/util-crypto';
import * as chain from '../lib/chain.js';
import { decide } from '../lib/governance.js';
import { devNode } from '../lib/node.js';
import * as world from '../lib/world.js';

const { SHARE, EURO } = world;

/**
 * Whether what was sent took effect. A wrapper that is included and says in its event that the inner call failed has
 * refused as much as a call that fails.
 */
async function effect(api, tx, signer, options) {
  try {
    const { events } = await chain.send(api, tx, signer, options);
    const failed = events.find(
      ({ method, data }) =>
        method === 'BatchInterrupted' || method === 'ItemFailed' ||
        (['ProxyExecuted', 'MultisigExecuted', 'Sudid', 'SudoAsDone'].includes(method) && data.result?.isErr),
    );
    return failed ? `${failed.method}: ${failed.data}` : undefined;
  } catch (error) {
    if (error instanceof chain.Refused) return error.message;
    throw error;
  }
}

/** The same for many, all under way together. A refusal must have another reason than that they are many. */
async function refusals(api, txs, signer) {
  let nonce = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
  const all = [];
  for (const tx of txs) {
    const inPool = await new Promise((resolve) => {
      const refusal = effect(api, tx, signer, { nonce, accepted: () => resolve(true) });
      all.push(refusal);
      refusal.finally(() => resolve(false));
    });
    if (inPool) nonce += 1;
  }
  const found = await Promise.all(all);
  assert.ok(!found.some((refusal) => refusal?.includes(QUOTA_EXCEEDED)), 'the quota is used up, and hides what else is refused');
  return found;
}

const QUOTA_EXCEEDED = 'Custom error: 5';
const FORBIDDEN = 'Custom error: 9';
const NOT_AUTHORIZED = 'Custom error: 12';
const CAP_REACHED = 'Custom error: 13';

describe('the guard', { timeout: 600_000 }, () => {
  test('keeps strangers, the suspended and the clever out', async (t) => {
    const node = await devNode(t);
    const api = await chain.connect(node);
    const people = await world.world(api, 'Guard');
    const { seller, buyer, issuer } = people;
    const stranger = chain.key('//Guard//stranger');
    const { assets, balances, multisig, proxy, settlement, system, utility } = api.tx;

    await t.test('an account that nobody registered is refused by the pool', async () => {
      for (const tx of [system.remark('0x00'), assets.transfer(SHARE, seller.address, 1)]) {
        await assert.rejects(chain.send(api, tx, stranger), { layer: 'pool' });
      }
    });

    await t.test('a tip is refused by the pool', async () => {
      // The operator could pay it.
      await assert.rejects(chain.send(api, system.remark('0x00'), world.operator, { tip: 1 }), { layer: 'pool' });
      await chain.send(api, system.remark('0x00'), world.operator);
    });

    await t.test('a suspended participant starts nothing; reinstated by the regulator it settles', async () => {
      const status = (to) => api.tx.participants.setStatus(people.ids.seller, to, world.reason);
      await assert.rejects(chain.send(api, status('Suspended'), world.operator), (error) => error instanceof chain.Refused);
      const { events } = await chain.send(api, status('Suspended'), world.regulator);
      const changed = chain.only(events, 'participants.StatusChanged');
      const [, before, after] = changed;
      assert.deepEqual([before.type, after.type], ['Active', 'Suspended']);

      const terms = await world.terms(api, people, { reference: 'GUARD-1' });
      await assert.rejects(world.instruct(api, seller, terms), { layer: 'pool' });
      await assert.rejects(chain.send(api, assets.transfer(SHARE, buyer.address, 1), seller), { layer: 'pool' });
      await assert.rejects(world.instruct(api, buyer, terms), { reason: 'Settlement.PartyNotActive' });
      assert.equal(await world.held(api, SHARE), 0n);

      await assert.rejects(chain.send(api, status('Active'), world.regulator), (error) => error instanceof chain.Refused);
      await decide(api, status('Active'), 'Regulator');
      const { id } = await world.instruct(api, seller, terms);
      await world.affirm(api, buyer, id, terms);
      assert.equal(await world.stage(api, id), 'Closed Settled');
    });

    await t.test('a proxy of a suspended participant moves nothing', async () => {
      await chain.send(api, proxy.addProxy(buyer.address, 'Any', 0), seller);
      const move = proxy.proxy(seller.address, null, assets.transfer(SHARE, buyer.address, 1));
      assert.equal(await effect(api, move, buyer), undefined, 'while it is active, its proxy acts for it');
      await chain.send(api, api.tx.participants.setStatus(people.ids.seller, 'Suspended', world.reason), world.regulator);
      const before = await world.balance(api, SHARE, seller);
      for (const tx of [move, utility.batch([move]), utility.batchAll([utility.forceBatch([move])])]) {
        assert.ok(await effect(api, tx, buyer), 'a proxy acted for a suspended participant');
      }
      assert.equal(await world.balance(api, SHARE, seller), before);
      await decide(api, api.tx.participants.setStatus(people.ids.seller, 'Active', world.reason), 'Regulator');
    });

    await t.test('no wrapper reaches into escrow', async () => {
      // Something to reach for: 50 shares of an open trade.
      const terms = await world.terms(api, people, { reference: 'GUARD-2', shares: 50 });
      const { id } = await world.instruct(api, seller, terms);
      const escrow = await world.escrowAccount(api);
      assert.equal(await world.held(api, SHARE), 50n);

      // The issuer owns the asset and administers it: what it may do to any other account it may not do to this one.
      const reaching = [
        assets.forceTransfer(SHARE, escrow, issuer.address, 50),
        assets.burn(SHARE, escrow, 50),
        assets.freeze(SHARE, escrow),
        assets.block(SHARE, escrow),
        assets.mint(SHARE, escrow, 1),
        assets.transfer(SHARE, escrow, 1),
        assets.startDestroy(SHARE),
        balances.transferKeepAlive(escrow, 1),
        balances.forceTransfer(escrow, issuer.address, 1),
      ];
      const others = sortAddresses([buyer.address], 42);
      const wraps = {
        'by itself': (call) => call,
        batch: (call) => utility.batch([call]),
        'batch in batch': (call) => utility.batchAll([utility.forceBatch([call])]),
        'multisig of one': (call) => multisig.asMultiThreshold1(others, call),
        'own derivative': (call) => utility.asDerivative(0, call),
      };
      const attempts = Object.entries(wraps).flatMap(([how, wrap]) =>
        reaching.map((call) => ({ what: `${call.method.section}.${call.method.method}, ${how}`, tx: wrap(call) })));
      const found = await refusals(api, attempts.map(({ tx }) => tx), issuer);
      attempts.forEach(({ what }, index) => assert.ok(found[index], `${what}, took effect`));

      await chain.send(api, proxy.addProxy(buyer.address, 'Any', 0), issuer);
      const byProxy = reaching.map((call) => utility.batch([proxy.proxy(issuer.address, null, call)]));
      for (const [index, refusal] of (await refusals(api, byProxy, buyer)).entries()) {
        assert.ok(refusal, `${reaching[index].method.method}, by proxy in a batch, took effect`);
      }
      assert.equal(await world.held(api, SHARE), 50n);
      const account = (await api.query.assets.account(SHARE, escrow)).unwrap();
      assert.equal(account.status.type, 'Liquid');

      await chain.send(api, settlement.cancel(id, null), seller);
      assert.equal(await world.held(api, SHARE), 0n);
      assert.equal(await world.held(api, EURO), 0n);
    });

    await t.test('a multisig that is no participant is nobody, whoever signs for it', async () => {
      const address = encodeAddress(createKeyMulti([seller.address, buyer.address], 2), 42);
      const call = settlement.expire(`0x${'00'.repeat(32)}`);
      const others = [buyer.address];
      const weight = { refTime: 10_000_000_000, proofSize: 1_000_000 };
      assert.equal((await api.query.participants.accounts(address)).isNone, true);
      assert.ok(await effect(api, multisig.asMulti(2, others, null, call, weight), seller));
    });

    await t.test('what only the chain itself dispatches is refused by the pool, and so is what is for a role', async () => {
      const { participants, validators } = api.tx;
      const wanted = [
        [validators.remove(buyer.address), FORBIDDEN],
        [system.setHeapPages(1), FORBIDDEN],
        [participants.setStatus(people.ids.buyer, 'Suspended', world.reason), NOT_AUTHORIZED],
        [participants.confirmListing(world.asset(SHARE), world.RECORDS[SHARE]), NOT_AUTHORIZED],
      ];
      for (const [tx, reason] of wanted) {
        const refused = (error) => error.layer === 'pool' && error.message.includes(reason);
        await assert.rejects(chain.send(api, tx, seller), refused, `${tx.method.section}.${tx.method.method}`);
      }
    });

    await t.test('who has reached a cap opens nothing more, and finishes what is open', async () => {
      const open = await world.terms(api, people, { reference: 'GUARD-3' });
      const { id } = await world.instruct(api, seller, open);
      const period = { time: 4_000_000_000_000, bytes: 8_388_608 };
      const none = { period, day: { instructions: 0, payments: 0, others: 0 } };
      await decide(api, api.tx.participants.setAllowance(people.ids.seller, none));
      const late = await world.terms(api, people, { reference: 'GUARD-4' });
      await assert.rejects(world.instruct(api, seller, late), (error) => error.message.includes(CAP_REACHED));
      await world.affirm(api, buyer, id, open);
      assert.equal(await world.stage(api, id), 'Closed Settled');
      await decide(api, api.tx.participants.setAllowance(people.ids.seller, null));
      await world.instruct(api, seller, late);
    });

    await t.test('only a regulator changes a status, only an issuer creates', async () => {
      const create = assets.create(3001, seller.address, 1);
      assert.ok(await effect(api, create, seller));
      const dusty = assets.create(3002, issuer.address, 2);
      assert.ok(await effect(api, dusty, issuer), 'an asset that could leave dust was created');
    });
  });
});
