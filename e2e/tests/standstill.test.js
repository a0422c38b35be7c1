// The chain stands still past every deadline and comes back: nobody loses a trade that was covered in time.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
import { devNode } from '../lib/node.js';
import * as world from '../lib/world.js';

const { SHARE, EURO } = world;

/** Blocks after its return within which the chain has ended everything that was due. */
const FIRST_BLOCKS = 3;

/** Seconds after which nothing is reserved any more, and after which the trades are over. */
const [RESERVE_BY, DEADLINE] = [40, 60];

/** Every `Closed` event after a block, by the id of its instruction. */
async function closedSince(api, from) {
  const events = chain.named(await chain.eventsSince(api, from), 'settlement.Closed');
  return new Map(events.map(({ data, block }) => [data.id.toHex(), { ...ends(data), block }]));
}

const ends = ({ outcome, lots }) => ({ outcome: outcome.type, lots: lots.toNumber() });

describe('a chain that stood still', { timeout: 600_000 }, () => {
  test('settles what was covered with its first blocks, and returns everything else', async (t) => {
    const node = await devNode(t);
    const api = await chain.connect(node);
    const people = await world.world(api, 'Still');
    const { seller, buyer } = people;
    const own = async () => ({
      seller: [await world.balance(api, SHARE, seller), await world.balance(api, EURO, seller)],
      buyer: [await world.balance(api, SHARE, buyer), await world.balance(api, EURO, buyer)],
    });
    const start = await own();

    // None may settle before the limit for reservations: by then there are no blocks.
    const limit = (await chain.now(api)) + RESERVE_BY * 1000;
    const times = { reserveBy: RESERVE_BY, deadline: DEADLINE, settleFrom: limit, partialFrom: limit };
    const make = (reference, changes = {}) => world.terms(api, people, { reference, ...times, ...changes });
    const trades = {
      covered: { terms: await make('COVERED'), reserve: { Exactly: 1 }, ends: { outcome: 'Settled', lots: 1 } },
      part: {
        terms: await make('PART', { lots: 10 }), policy: 'Part', reserve: { Exactly: 6 }, ends: { outcome: 'PartiallySettled', lots: 6 },
      },
      token: { terms: await make('TOKEN', { execution: 'OnToken' }), reserve: { Exactly: 1 }, ends: { outcome: 'Expired', lots: 0 } },
      short: { terms: await make('SHORT'), reserve: null, ends: { outcome: 'Expired', lots: 0 } },
    };
    const party = ({ policy }) => world.party(policy ? { policy } : {});
    const all = Object.values(trades);
    const instructed = await chain.sendAll(
      api, all.map((trade) => api.tx.settlement.instruct(trade.terms, party(trade), { Exactly: trade.terms.V1.lots })), seller);
    instructed.forEach(({ events }, index) => (all[index].id = chain.only(events, 'settlement.Instructed').id.toHex()));
    await chain.sendAll(
      api, all.map((trade) => api.tx.settlement.affirm(trade.id, { Terms: trade.terms }, party(trade), trade.reserve)), buyer);
    for (const { id } of all) assert.ok(!(await world.stage(api, id)).startsWith('Closed'));

    await chain.final(api);
    const last = await chain.height(api);
    await node.stop('SIGKILL');
    const over = Math.max(...all.map(({ terms }) => terms.V1.deadline)) + 5_000;
    while (Date.now() < over) await new Promise((resolve) => setTimeout(resolve, 500));
    await node.start();
    await chain.connected(api);
    await chain.until(api, 'the first blocks are there', async (header) => header.number.toNumber() >= last + FIRST_BLOCKS);

    const closed = await closedSince(api, last);
    for (const { id, terms, ends } of all) {
      const { block, ...found } = closed.get(id) ?? assert.fail(`${terms.V1.reference} is open: ${await world.stage(api, id)}`);
      assert.deepEqual(found, ends, terms.V1.reference);
      t.diagnostic(`${terms.V1.reference}: ${found.outcome} in block ${block}, the chain stood still after block ${last}`);
    }
    assert.equal(await world.held(api, SHARE), 0n);
    assert.equal(await world.held(api, EURO), 0n);
    // COVERED: 100 shares for EUR 4,125.00. PART: 60 of 100 shares for EUR 2,475.00.
    assert.deepEqual(await own(), {
      seller: [start.seller[0] - 160n, start.seller[1] + 660_000n],
      buyer: [start.buyer[0] + 160n, start.buyer[1] - 660_000n],
    });
    assert.deepEqual(await chain.signedBetween(api, last, await chain.height(api)), []);
  });
});
