// Time alone returns what did not settle: nobody has to call anything.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
import { devNode } from '../lib/node.js';
import * as world from '../lib/world.js';

const { SHARE, EURO } = world;

/** The `Closed` event of an instruction, once the chain has it. */
function closed(api, id, from) {
  return chain.until(api, `${id} is closed`, async () => {
    if (!(await world.stage(api, id)).startsWith('Closed')) return undefined;
    const events = chain.named(await chain.eventsSince(api, from), 'settlement.Closed');
    return events.find(({ data }) => data.id.toHex() === id)?.data;
  });
}

describe('expiry', { timeout: 600_000 }, () => {
  test('the sweep closes what is due, without any call', async (t) => {
    const node = await devNode(t);
    const api = await chain.connect(node);
    const people = await world.world(api, 'Time');
    const { seller, buyer } = people;
    const positions = async () => ({
      seller: [await world.balance(api, SHARE, seller), await world.balance(api, EURO, seller)],
      buyer: [await world.balance(api, SHARE, buyer), await world.balance(api, EURO, buyer)],
    });
    const atRest = async () => {
      assert.equal(await world.held(api, SHARE), 0n);
      assert.equal(await world.held(api, EURO), 0n);
    };

    // All at once, so that the test waits for one deadline and not for six.
    const from = await chain.height(api);
    const start = await positions();
    const soon = { reserveBy: 30, deadline: 30 };
    const tokens = { reserveBy: 30, deadline: 40, execution: 'OnToken', shares: 10, cents: 1_000 };
    const alone = await world.terms(api, people, { reference: 'ALONE', ...soon });
    const short = await world.terms(api, people, { reference: 'SHORT', ...soon });
    const part = await world.terms(api, people, { reference: 'PART', lots: 10, reserveBy: 30, deadline: 50 });
    const complete = await world.terms(api, people, { reference: 'COMPLETE', ...tokens });
    const reverse = await world.terms(api, people, { reference: 'REVERSE', onIncomplete: 'Reverse', ...tokens });
    const unused = await world.terms(api, people, { reference: 'UNUSED', ...tokens });
    const any = world.party({ policy: 'Part' });
    const all = [alone, short, part, complete, reverse, unused];
    const reserve = (terms) => (terms === part ? { UpTo: 6 } : { Exactly: terms.V1.lots });
    const own = (terms) => (terms === part ? any : world.party());

    const instructed = await chain.sendAll(
      api, all.map((terms) => api.tx.settlement.instruct(terms, own(terms), reserve(terms))), seller);
    const ids = Object.fromEntries(
      instructed.map(({ events }, index) =>
        [all[index].V1.reference, chain.only(events, 'settlement.Instructed').id.toHex()]));
    await chain.sendAll(
      api,
      [
        api.tx.settlement.affirm(ids.SHORT, { Terms: short }, world.party(), null),
        api.tx.settlement.affirm(ids.PART, { Terms: part }, any, { Exactly: 10 }),
        ...[complete, reverse, unused].map((terms) =>
          api.tx.settlement.affirm(ids[terms.V1.reference], { Terms: terms }, world.party(), { Exactly: 1 })),
        api.tx.settlement.execute(ids.COMPLETE, 0, null),
        api.tx.settlement.execute(ids.REVERSE, 0, null),
      ],
      buyer,
    );
    assert.equal(await world.stage(api, ids.COMPLETE), 'Executing');
    const signedUntil = await chain.height(api);

    await t.test('nobody affirmed: everything is back', async () => {
      const { outcome, lots } = await closed(api, ids.ALONE, from);
      assert.deepEqual([outcome.type, lots.toNumber()], ['Expired', 0]);
    });
    await t.test('one leg was never reserved: the other is back', async () => {
      assert.equal((await closed(api, ids.SHORT, from)).outcome.type, 'Expired');
    });
    await t.test('six of ten lots were covered: six settle at the limit, the rest is back', async () => {
      const { outcome, lots } = await closed(api, ids.PART, from);
      assert.deepEqual([outcome.type, lots.toNumber()], ['PartiallySettled', 6]);
    });
    await t.test('one token was used: the other leg is executed for its beneficiary', async () => {
      assert.equal((await closed(api, ids.COMPLETE, from)).outcome.type, 'Settled');
    });
    await t.test('one token was used and the terms say reverse: the delivery went back', async () => {
      assert.equal((await closed(api, ids.REVERSE, from)).outcome.type, 'Reversed');
      const reversed = chain.named(await chain.eventsSince(api, from), 'settlement.TokenReversed');
      assert.deepEqual(reversed.map(({ data }) => data.id.toHex()), [ids.REVERSE]);
    });
    await t.test('no token was used: everything is back', async () => {
      assert.equal((await closed(api, ids.UNUSED, from)).outcome.type, 'Expired');
    });
    await t.test('what moved is exactly what settled, and nobody sent anything', async () => {
      await atRest();
      // PART: 60 shares for EUR 2,475.00; COMPLETE: 10 shares for EUR 10.00.
      assert.deepEqual(await positions(), {
        seller: [start.seller[0] - 70n, start.seller[1] + 248_500n],
        buyer: [start.buyer[0] + 70n, start.buyer[1] - 248_500n],
      });
      assert.deepEqual(await chain.signedBetween(api, signedUntil, await chain.height(api)), []);
    });
  });
});
