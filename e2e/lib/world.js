// The people and the assets of a test: registered, funded, ready to trade.

import { key, send, sendAll, now, only } from './chain.js';

/** The keys that the development preset knows. */
export const operator = key('//Alice');
export const regulator = key('//Charlie');

/** A reason of a decision. */
export const reason = { code: 'Other', note: '' };

/** An LEI that nobody has: 18 characters and the check digits of ISO 7064 MOD 97-10. */
export function lei(name) {
  const body = `TNDM00${name.toUpperCase().slice(0, 12).padEnd(12, '0')}`;
  const digits = [...`${body}00`].map((character) => parseInt(character, 36)).join('');
  return body + String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}

/** An ISIN that nobody has: the user-assigned country code QZ, nine characters and the Luhn digit. */
export function isin(nine) {
  const digits = [...`QZ${nine}`].map((character) => parseInt(character, 36)).join('');
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  return `QZ${nine}${(10 - (sum % 10)) % 10}`;
}

const hex = (text) => `0x${Buffer.from(text, 'ascii').toString('hex')}`;

/** An asset by its number, as the chain names it. */
export const asset = (id) => ({ WithId: id });

export const SHARE = 1001;
export const EURO = 2001;
export const BOND = 1002;

const security = (code) => ({ kind: 'Security', code: { Isin: hex(code) }, cfi: hex('ESVUFR'), settlementUnit: 1 });

/** What the directory lists of each asset of a test. */
export const RECORDS = {
  [SHARE]: security(isin('000E2E001')),
  [BOND]: security(isin('000E2E002')),
  [EURO]: { kind: 'Cash', code: { Currency: hex('EUR') }, cfi: null, settlementUnit: 1 },
};

/**
 * Registers a seller, a buyer and an issuer, creates a share, a bond and the euro, and gives the seller 1,000 shares
 * and a bond, the buyer EUR 50,000.00. Four rounds of blocks, everything in a round together.
 */
export async function world(api, tag = 'E2E') {
  const seller = key(`//${tag}//seller`);
  const buyer = key(`//${tag}//buyer`);
  const issuer = key(`//${tag}//issuer`);
  const manager = key(`//${tag}//manager`);
  const register = (name, roles, ...accounts) =>
    api.tx.participants.register(`${tag} ${name}`, hex(lei(`${tag}${name}`)), roles, accounts.map((a) => a.address), []);
  const registered = await sendAll(
    api,
    [
      register('Seller', ['Trader'], seller),
      register('Buyer', ['Trader'], buyer),
      register('Issuer', ['Issuer'], issuer),
      register('Manager', ['SettlementManager'], manager),
    ],
    operator,
  );
  const numbers = registered.map(({ events }) => only(events, 'participants.Registered').participant.toNumber());
  const { assets, participants } = api.tx;
  const create = (id, name, symbol, decimals) => [
    assets.create(id, issuer.address, 1),
    assets.setMetadata(id, name, symbol, decimals),
    participants.listAsset(asset(id), RECORDS[id]),
  ];
  await sendAll(
    api,
    [
      ...create(SHARE, 'Example share', isin('000E2E001'), 0),
      ...create(BOND, 'Example bond', isin('000E2E002'), 0),
      ...create(EURO, 'Euro', 'EUR', 2),
      assets.mint(SHARE, seller.address, 1_000),
      assets.mint(BOND, seller.address, 1),
      assets.mint(EURO, buyer.address, 5_000_000),
    ],
    issuer,
  );
  const listed = [SHARE, BOND, EURO];
  await sendAll(api, listed.map((id) => participants.confirmListing(asset(id), RECORDS[id])), operator);
  return {
    seller, buyer, issuer, manager,
    ids: { seller: numbers[0], buyer: numbers[1], issuer: numbers[2], manager: numbers[3] },
  };
}

/** What an account has of an asset. */
export async function balance(api, id, who) {
  const record = await api.query.assets.account(id, who.address ?? who);
  return record.isSome ? record.unwrap().balance.toBigInt() : 0n;
}

/** The account in which reserved assets are: the keyless account of the escrow pallet. */
export async function escrowAccount(api) {
  const id = api.consts.escrow.palletId.toU8a();
  const bytes = new Uint8Array(32);
  bytes.set(Buffer.from('modl'), 0);
  bytes.set(id, 4);
  return api.createType('AccountId', bytes).toString();
}

/** What is in escrow of an asset. */
export const held = async (api, id) => balance(api, id, await escrowAccount(api));

/**
 * Terms of a trade: `shares` against `cents` between the two, unless `legs` says otherwise.
 * Times are seconds after the chain's own time.
 */
export async function terms(api, { seller, buyer }, changes = {}) {
  const { reference, shares = 100, cents = 412_500, lots = 1, reserveBy = 600, deadline = 600, ...rest } = changes;
  const leg = (id, amount, from, to) =>
    ({ network: 0, asset: asset(id), amount, from: from.address, to: to.address });
  const start = await now(api);
  return {
    V1: {
      reference,
      networks: [api.genesisHash.toHex()],
      twoNetworks: null,
      legs: [leg(SHARE, shares, seller, buyer), leg(EURO, cents, buyer, seller)],
      lots,
      tradeDate: Math.floor(start / 86_400_000),
      settlementDate: Math.floor(start / 86_400_000),
      settleFrom: 0,
      partialFrom: 0,
      reserveBy: start + reserveBy * 1000,
      deadline: start + deadline * 1000,
      execution: 'Immediate',
      onIncomplete: 'Complete',
      ...rest,
    },
  };
}

/** What a party brings of its own. */
export const party = (changes = {}) =>
  ({ onBehalfOf: null, account: null, policy: 'Npar', priority: 0, reference: '', ...changes });

/** The first half of a trade: the seller instructs and reserves its delivery. Returns the id. */
export async function instruct(api, who, terms, reserve = { Exactly: lotsOf(terms) }, own = party()) {
  const sent = await send(api, api.tx.settlement.instruct(terms, own, reserve), who);
  return { ...sent, id: only(sent.events, 'settlement.Instructed').id.toHex() };
}

/** The second half: the buyer affirms what it was asked and reserves its payment. */
export const affirm = (api, who, id, terms, reserve = { Exactly: lotsOf(terms) }, own = party()) =>
  send(api, api.tx.settlement.affirm(id, { Terms: terms }, own, reserve), who);

const lotsOf = (terms) => terms.V1.lots;

/** The stage of an instruction: `Proposed`, `Matched`, ... or `{ Closed: outcome }` as text, `Closed Settled`. */
export async function stage(api, id) {
  const view = await api.call.settlementApi.instruction(id);
  if (view.isNone) return 'None';
  const { stage } = view.unwrap();
  return stage.isClosed ? `Closed ${stage.asClosed.outcome.type}` : stage.type;
}
