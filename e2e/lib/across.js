// Two networks, opened for each other, and trades across them: what their parties do, and what must be so when they are
// over.

import { init } from './gateway.js';
import { network } from './node.js';
import { remove, temporary } from './process.js';
import * as chain from './chain.js';
import * as world from './world.js';

export const SIDES = ['asset', 'payment'];

/** Who registers participants: the operator's account that opens no network meanwhile. */
const registrar = chain.key('//Dave');

/** How many sellers there are, and buyers, on both networks. */
const PAIRS = 4;

/** Milliseconds from the beginning of a trade to its pay deadline, unless it says otherwise. */
const PAY_IN = 300_000;

/**
 * Two networks with the same people on both: sellers with shares on the asset network, buyers with euros on the payment
 * network, two gateways' accounts. Each is opened for the other. `names` are the nodes of each.
 */
export async function networks(t, names = ['alice', 'bob']) {
  const [asset, payment] = await Promise.all(SIDES.map((side) => network(t, `${side}-local`, names)));
  const both = { asset, payment, folder: temporary(), trades: [], endings: [], away: false };
  // What is in the folder ends before it goes.
  t.after(async () => {
    await Promise.all(both.endings.map((end) => end()));
    remove(both.folder);
  });
  for (const side of SIDES) both[side].api = await chain.connect(both[side].alice);
  both.people = people();
  const [opened, assetIssued, paymentIssued] = await Promise.all([
    init(both),
    settleIn(asset.api, both.people, [world.SHARE, 'Example share'], both.people.sellers),
    settleIn(payment.api, both.people, [world.EURO, 'Euro'], both.people.buyers),
  ]);
  t.diagnostic(opened.trim().split('\n').at(-1));
  Object.assign(asset, { asset: world.SHARE, supply: assetIssued });
  Object.assign(payment, { asset: world.EURO, supply: paymentIssued });
  asset.before = await balances(asset);
  payment.before = await balances(payment);
  return both;
}

function people() {
  const some = (name) => Array.from({ length: PAIRS }, (_, index) => chain.key(`//Across//${name}//${index}`));
  const named = (path) => chain.key(`//${path}`);
  return {
    sellers: some('seller'), buyers: some('buyer'), issuer: named('Across//issuer'),
    gateways: [named('Ferryman//main'), named('Wherryman//main')],
  };
}

/** Registers everybody on a network, and issues its asset to these owners. Returns the supply. */
async function settleIn(api, everybody, [id, name], owners) {
  const { sellers, buyers, issuer, gateways } = everybody;
  const hex = (text) => `0x${Buffer.from(text, 'ascii').toString('hex')}`;
  const register = (called, role, who) =>
    api.tx.participants.register(called, hex(world.lei(called.replaceAll(' ', ''))), [role], [who.address], []);
  const each = (called, role, all) => all.map((who, index) => register(`${called} ${index}`, role, who));
  await chain.sendAll(api, [
    ...each('Seller', 'Trader', sellers), ...each('Buyer', 'Trader', buyers), ...each('Ferry', 'Gateway', gateways),
    register('Issuer', 'Issuer', issuer),
  ], registrar);
  const isShare = id === world.SHARE;
  const code = isShare ? { Isin: hex(world.isin('000E2E001')) } : { Currency: hex('EUR') };
  const record = { kind: isShare ? 'Security' : 'Cash', code, cfi: isShare ? hex('ESVUFR') : null, settlementUnit: 1 };
  const amount = 10n ** 12n;
  await chain.sendAll(api, [
    api.tx.assets.create(id, issuer.address, 1),
    api.tx.assets.setMetadata(id, name, isShare ? 'SHR' : 'EUR', 0),
    api.tx.participants.listAsset(world.asset(id), record),
    ...owners.map((owner) => api.tx.assets.mint(id, owner.address, amount)),
  ], issuer);
  await chain.send(api, api.tx.participants.confirmListing(world.asset(id), record), registrar);
  return amount * BigInt(owners.length);
}

/** How a trade goes: what is reserved on the network that decides and when, and which parts its parties take. */
export const WAYS = {
  /** The payer reserves before the commitment arrives. */
  ahead: { lots: 1, policy: 'Npar', ahead: 1, settles: 1 },
  /** The payer reserves once the commitment has arrived. */
  later: { lots: 1, policy: 'Npar', later: 1, settles: 1 },
  /** The payer has six of ten lots, ahead, and both take parts. */
  part: { lots: 10, policy: 'Part', ahead: 6, settles: 6 },
  /** Nobody ever pays. */
  never: { lots: 1, policy: 'Npar', settles: 0 },
  /** The payee refuses once the commitment has arrived. */
  refuse: { lots: 1, policy: 'Npar', refuse: true, settles: 0 },
};

/**
 * Makes trades, one for each way that is named: 100 shares for 4,125 euros each, between sellers and buyers in turn. Every
 * other one is decided by the asset network; the other network holds it.
 */
export async function trades(both, ways, { payIn = PAY_IN, decides = 'in turn' } = {}) {
  const clocks = await Promise.all(SIDES.map((side) => chain.now(both[side].api)));
  const start = Math.max(...clocks);
  const window = both.asset.api.consts.counterpart.minSettleWindow.toNumber();
  const genesis = SIDES.map((side) => both[side].api.genesisHash.toHex());
  const { sellers, buyers } = both.people;
  const leg = (side, id, amount, from, to) =>
    ({ network: side, asset: world.asset(id), amount, from: from.address, to: to.address });
  const made = ways.map((way, index) => {
    const number = both.trades.length + index;
    const [seller, buyer] = [sellers[number % PAIRS], buyers[Math.floor(number / PAIRS) % PAIRS]];
    const deciding = decides === 'in turn' ? SIDES[(number + 1) % 2] : decides;
    const { lots } = WAYS[way];
    const day = Math.floor(start / 86_400_000);
    const payDeadline = start + payIn;
    const terms = { V1: {
      reference: `CROSS-${number}`,
      networks: genesis,
      twoNetworks: { commitOn: SIDES.indexOf(deciding), payDeadline, managedBy: null },
      legs: [leg(0, world.SHARE, 100, seller, buyer), leg(1, world.EURO, 4_125, buyer, seller)],
      lots, tradeDate: day, settlementDate: day, settleFrom: 0, partialFrom: 0, reserveBy: payDeadline - window,
      deadline: payDeadline, execution: 'Immediate', onIncomplete: 'Complete',
    } };
    const isAsset = deciding === 'asset';
    // The leg of the network that holds the trade, and who gives there; the other leg, and who gives there.
    const [giver, payer] = isAsset ? [buyer, seller] : [seller, buyer];
    const id = chain.instructionId(isAsset ? both.payment.api : both.asset.api, giver, terms);
    return { id, way, terms, giver, payer, deciding, holding: isAsset ? 'payment' : 'asset', legs: isAsset ? [1, 0] : [0, 1], payDeadline, done: false };
  });
  both.trades.push(...made);
  return made;
}

/** The last thing that each account has sent to each network. */
const lines = new Map();

/** Does this when what the account has sent before is over: what is sent has numbers in order. */
function inLine(api, who, work) {
  const line = `${api.genesisHash}/${who.address}`;
  const next = (lines.get(line) ?? Promise.resolve()).catch(() => {}).then(work);
  lines.set(line, next);
  return next;
}

/** Fails when the connection is lost: of what was sent before that nothing is heard any more. */
function whileConnected(api, work) {
  let lost;
  const end = new Promise((_, reject) => {
    lost = () => reject(new chain.Refused('the connection was lost', 'pool'));
    api.on('disconnected', lost);
  });
  return Promise.race([work, end]).finally(() => api.off('disconnected', lost));
}

/** Sends transactions of several people at once, those of each in order. `wanted` is a list of `[who, transaction]`. */
async function everybody(api, wanted) {
  const of = new Map();
  for (const [who, tx] of wanted) of.set(who, [...(of.get(who) ?? []), tx]);
  await Promise.all([...of].map(([who, txs]) => inLine(api, who, () => whileConnected(api, chain.sendAll(api, txs, who)))));
}

/** Sends what `step` makes of each trade to the network that the trade names as its `role`. */
const onEach = (both, all, role, step) =>
  Promise.all(SIDES.map((side) => {
    const { api } = both[side];
    return everybody(api, all.filter((trade) => trade[role] === side).map((trade) => step(api.tx, trade)));
  }));

/** What the parties of these trades do without waiting for anything: reserve ahead, agree, reserve, commit. */
export async function begin(both, all) {
  const party = ({ way }) => world.party({ policy: WAYS[way].policy });
  const ahead = all.filter(({ way }) => WAYS[way].ahead);
  await onEach(both, ahead, 'deciding', ({ counterpart }, { payer, giver, terms, legs, way }) =>
    [payer, counterpart.reserveAhead(terms, giver.address, legs[1], { Exactly: WAYS[way].ahead })]);
  await onEach(both, all, 'holding', ({ settlement }, trade) =>
    [trade.giver, settlement.instruct(trade.terms, party(trade), { Exactly: WAYS[trade.way].lots })]);
  await onEach(both, all, 'holding', ({ settlement }, trade) =>
    [trade.payer, settlement.affirm(trade.id, { Terms: trade.terms }, party(trade), null)]);
  await onEach(both, all, 'holding', ({ counterpart }, { giver, id }) => [giver, counterpart.commit(id, null)]);
}

/**
 * From now on, for as long as the test runs, parties answer each commitment that arrives: they reserve, or refuse; not while
 * `both.away` is set. A network that does not answer is asked again at its next block.
 */
export async function attend(t, both) {
  for (const side of SIDES) {
    const { api } = both[side];
    let busy = false;
    const stop = await api.rpc.chain.subscribeNewHeads(async () => {
      if (busy || both.away) return;
      busy = true;
      const mine = both.trades.filter((trade) => trade.deciding === side && !trade.answered && answers(trade));
      try {
        const payments = await api.query.counterpart.payments.multi(mine.map(({ id }) => id));
        const arrived = mine.filter((_, index) => payments[index].isSome && payments[index].unwrap().commitment.isSome);
        await Promise.all(arrived.map(async (trade) => {
          trade.answered = true;
          await everybody(api, [answer(api, trade)]).catch((error) => {
            // Too late, as a rule: how the trade ends shows whether it should have been. What never arrived is sent again.
            if (error instanceof chain.Refused && error.layer === 'call') t.diagnostic(`${side}: ${error.message}`);
            else trade.answered = false;
          });
        }));
      } catch {
        // The node does not answer: it is asked again at its next block.
      } finally {
        busy = false;
      }
    });
    t.after(stop);
  }
}

const answers = ({ way }) => WAYS[way].later || WAYS[way].refuse;

function answer(api, { id, way, legs, giver, payer }) {
  const { reserve, refuse } = api.tx.counterpart;
  return WAYS[way].refuse ? [giver, refuse(id, null, 'No more')] : [payer, reserve(id, legs[1], { Exactly: WAYS[way].later })];
}

/** Waits until nothing of these trades is left to be done on either network. */
export async function over(both, all, blocks = 400) {
  for (const [role, left] of [['deciding', undecided], ['holding', held]]) {
    for (const side of SIDES) {
      const mine = all.filter((trade) => trade[role] === side);
      const { api } = both[side];
      await chain.until(api, `all trades are over on the ${side} network, which is ${role} them`, async () => {
        const open = await left(api, mine);
        return open.length === 0;
      }, blocks);
    }
  }
}

/** Those that this network still has to decide. */
async function undecided(api, all) {
  const payments = await api.query.counterpart.payments.multi(all.map(({ id }) => id));
  return all.filter((_, index) => payments[index].isSome);
}

/** Those that this network still holds. */
async function held(api, all) {
  const records = await api.query.settlement.instructions.multi(all.map(({ id }) => id));
  return all.filter((_, index) => !(records[index].isSome && records[index].unwrap().isClosed));
}

/** How many of these are committed on the network that holds them and wait for the other. */
export async function committed(both, all) {
  const each = await Promise.all(SIDES.map(async (side) => {
    const keys = await both[side].api.query.counterpart.commitments.keys();
    const ids = new Set(keys.map(({ args: [key] }) => key[0].toHex()));
    return all.filter((trade) => trade.holding === side && ids.has(trade.id)).length;
  }));
  return each[0] + each[1];
}

/** What every account of a network has of its asset. */
export async function balances({ api, asset }) {
  const entries = await api.query.assets.account.entries(asset);
  return new Map(entries.map(([{ args: [, who] }, record]) => [who.toString(), record.unwrap().balance.toBigInt()]));
}
