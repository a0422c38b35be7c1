// What must be so on both networks whatever happened to gateways, nodes and chains. The numbers are those of the
// pallets' READMEs.

import assert from 'node:assert/strict';
import { balances, SIDES, WAYS } from './across.js';
import * as chain from './chain.js';
import * as world from './world.js';

const sum = (values) => [...values].reduce((total, value) => total + value, 0n);

/**
 * Once all trades are over: I1, I2, I9 and I10, nothing in escrow, and every account with exactly what its trades have
 * moved. `expected` are the lots that each trade should have settled, if that is known. Returns how often each end was.
 */
export async function hold(both, expected = () => undefined) {
  // Nothing of what is read can be taken back any more.
  await Promise.all(SIDES.map((side) => chain.final(both[side].api)));
  const events = Object.fromEntries(await Promise.all(SIDES.map(async (side) => [side, await tranches(both[side].api)])));
  for (const side of SIDES) await suppliesAndEscrow(both[side], side);
  const ends = { settled: 0, partially_settled: 0, returned: 0 };
  for (const trade of both.trades) {
    const lots = settledLots(trade, events);
    const wanted = expected(trade);
    if (wanted !== undefined) assert.equal(lots, wanted, `${label(trade)}: lots that settled`);
    if (lots === trade.terms.V1.lots) ends.settled += 1;
    else if (lots > 0) ends.partially_settled += 1;
    else ends.returned += 1;
    trade.lots = lots;
  }
  for (const side of SIDES) await positions(both, side);
  return ends;
}

/** The lots that the way of a trade settles when nothing is in its way. */
export const undisturbed = ({ way }) => WAYS[way].settles;

const label = ({ terms, way, id }) => `${terms.V1.reference} (${way}, ${id})`;

/** I1 and I2: the supply is what it was and what all accounts have; escrow has nothing, and nothing waits for it. */
async function suppliesAndEscrow({ api, asset, supply }, side) {
  const issued = (await api.query.assets.asset(asset)).unwrap().supply.toBigInt();
  assert.equal(issued, supply, `I1: the supply of the ${side} network`);
  assert.equal(sum((await balances({ api, asset })).values()), supply, `I1: what all accounts of the ${side} network have`);
  assert.equal(await world.held(api, asset), 0n, `I2: the escrow of the ${side} network`);
  const { counterpart, escrow } = api.query;
  for (const [what, map] of [['claimable', escrow.claimable], ['committed', counterpart.commitments], ['to be decided', counterpart.payments]]) {
    assert.equal((await map.keys()).length, 0, `${what} on the ${side} network`);
  }
}

/** What happened to each tranche of each instruction on a network, by the events of all its blocks. */
async function tranches(api) {
  const found = new Map();
  for (const event of await chain.eventsSince(api, 0)) {
    const { section, method, data } = event;
    if (section !== 'counterpart' || !data.tranche) continue;
    const key = `${data.id.toHex()}/${data.tranche}`;
    found.set(key, [...(found.get(key) ?? []), { method, lots: data.lots?.toNumber(), block: event.block }]);
  }
  return found;
}

/**
 * I9 and I10 for one trade: each of its tranches is decided at most once and ends exactly once, delivered for the lots that
 * were executed or returned if none were. Returns the lots that have settled, on both networks.
 */
function settledLots(trade, events) {
  let settled = 0;
  for (let tranche = 0; ; tranche += 1) {
    const key = `${trade.id}/${tranche}`;
    const [held, decided] = [trade.holding, trade.deciding].map((side) => events[side].get(key) ?? []);
    const of = (all, ...methods) => all.filter(({ method }) => methods.includes(method));
    const commits = of(held, 'Committed').length;
    const received = of(decided, 'CommitmentReceived').length;
    const [executions, rejections] = [of(decided, 'Executed'), of(decided, 'Rejected')];
    const [deliveries, returns] = [of(held, 'Delivered'), of(held, 'ReturnedOnRejection', 'ReturnedOnTimeout')];
    if (commits === 0) {
      assert.equal(executions.length + deliveries.length + returns.length, 0, `${label(trade)}: moved and never committed`);
      return settled;
    }
    const said = `${label(trade)}, tranche ${tranche}`;
    assert.equal(commits, 1, `${said}: committed once`);
    assert.ok(received <= 1 && received >= executions.length, `I9: ${said} is known once where it is paid, and not twice`);
    assert.ok(executions.length + rejections.length <= 1, `I9: ${said} is decided at most once`);
    assert.equal(deliveries.length + returns.length, 1, `I9: ${said} ends once`);
    assert.equal(deliveries.length, executions.length, `I10: ${said} is delivered if and only if it is paid`);
    if (deliveries.length === 1) {
      assert.equal(deliveries[0].lots, executions[0].lots, `I10: ${said}: as many lots delivered as paid`);
      settled += deliveries[0].lots;
    }
  }
}

/** Every account has what it had, and what the settled lots of its trades have moved. */
async function positions(both, side) {
  const index = SIDES.indexOf(side);
  const wanted = new Map(both[side].before);
  for (const { terms, lots } of both.trades) {
    const leg = terms.V1.legs[index];
    const moved = (BigInt(leg.amount) * BigInt(lots)) / BigInt(terms.V1.lots);
    wanted.set(leg.from, (wanted.get(leg.from) ?? 0n) - moved);
    wanted.set(leg.to, (wanted.get(leg.to) ?? 0n) + moved);
  }
  const now = await balances(both[side]);
  for (const [who, amount] of wanted) assert.equal(now.get(who) ?? 0n, amount, `what ${who} has on the ${side} network`);
}
