// Writes a raw chain specification whose state is that of a busy chain: participants, accounts, assets, balances, and
// many open two-leg trades that wait for their parties. `scripts/benchmark database` measures the database on it.
//
//   node bench/database-spec.js OUTPUT [INSTRUCTIONS]
//
// TANDEM_NODE is the node binary. Its runtime itself builds the genesis of participants and assets. Instructions cannot
// be part of a genesis: their entries are encoded with the chain's metadata, and escrow has what they reserve.
//
// They are as the chain would have stored them but for one thing: terms name the genesis hash, which follows from the
// whole state, so these name another hash of the same length.

import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ACCOUNTS_EACH, CASH, CASH_ID, DAY, HOUR, PARTICIPANTS, SECURITIES, SECURITY_ID, everyAccount, positions, publicKey,
} from './market.js';
import { assertExact, blake2AsU8a, encodeAddress, stringToU8a, typesOf, u8aConcat, u8aToHex } from '../e2e/lib/types.js';
import { isin, lei } from '../e2e/lib/world.js';

/** The preset's own: the operator and the regulator. */
const REGISTERED = 2;

const [output, count = '100000'] = process.argv.slice(2);
if (!output || !/^[1-9]\d*$/.test(count)) {
  console.error('usage: node bench/database-spec.js OUTPUT [INSTRUCTIONS]');
  process.exit(2);
}
const INSTRUCTIONS = Number(count);
const node = process.env.TANDEM_NODE ?? 'tandem-node';
const types = typesOf(fileURLToPath(new URL('../client/artifacts/tandem.scale', import.meta.url)));

/** Numbers below `limit` that look random and are the same in every run. */
const pick = ((state) => (limit) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
})(1);

const address = (participant, index) => encodeAddress(publicKey(participant, index), 42);

/** The genesis of the development chain with everybody and everything that trades. */
function genesis(spec) {
  const { patch } = spec.genesis.runtimeGenesis;
  const [issuer] = patch.balances.balances[0];
  const text = (number) => String(number).padStart(4, '0');
  const securities = Array.from({ length: SECURITIES }, (_, index) => SECURITY_ID + index);
  const cash = CASH.map((_, index) => CASH_ID + index);
  for (const [participant, index] of everyAccount()) patch.balances.balances.push([address(participant, index), 1]);
  for (let participant = 0; participant < PARTICIPANTS; participant += 1) {
    patch.participants.participants.push({
      name: `Participant ${text(participant)} of the Benchmark, Bank and Trust Company`,
      lei: lei(`BENCH${text(participant)}`),
      roles: ['Trader'],
      accounts: Array.from({ length: ACCOUNTS_EACH }, (_, index) => address(participant, index)),
      status: 'Active',
    });
  }
  const listed = { isin: null, currency: null, cfi: null, settlementUnit: 1 };
  securities.forEach((id, index) => {
    const code = isin(`BENCH${text(index)}`);
    patch.participants.assets.push({ ...listed, asset: { WithId: id }, isin: code, cfi: 'ESVUFR' });
  });
  cash.forEach((id, index) => patch.participants.assets.push({ ...listed, asset: { WithId: id }, currency: CASH[index] }));
  patch.assets = {
    assets: [...securities, ...cash].map((id) => [id, issuer, false, 1]),
    metadata: [
      ...securities.map((id, index) => [id, [...Buffer.from(`Security ${text(index)}`)], [...Buffer.from(`S${text(index)}`)], 0]),
      ...cash.map((id, index) => [id, [...Buffer.from(`${CASH[index]} token`)], [...Buffer.from(CASH[index])], 2]),
    ],
    accounts: [...everyAccount()].flatMap(([participant, index]) =>
      [...positions(participant, index), ...cash].map((id) => [id, address(participant, index), 1_000_000 + pick(10 ** 9)])),
  };
  return { ...spec, name: `Tandem with ${INSTRUCTIONS} open instructions`, id: 'tandem_benchmark' };
}

/** One open trade: its id, its record, the bucket in which the sweep looks at it, and what it has in escrow. */
function instruction(number, today) {
  const [seller, buyer] = [pick(PARTICIPANTS), pick(PARTICIPANTS - 1)];
  const parties = [seller, buyer < seller ? buyer : buyer + 1];
  const [from, to] = parties.map((participant) => publicKey(participant, pick(ACCOUNTS_EACH)));
  const lots = [1, 1, 10, 100][pick(4)];
  const amount = lots * (1 + pick(10_000));
  const settleFrom = today + (1 + pick(20)) * DAY + 7 * HOUR;
  const reserveBy = settleFrom + 8 * HOUR + pick(2 * HOUR);
  const leg = (id, moved, giver, taker) =>
    ({ network: 0, asset: { WithId: id }, amount: moved, from: giver, to: taker });
  const security = SECURITY_ID + pick(SECURITIES);
  const terms = {
    reference: `BENCH/${String(number).padStart(9, '0')}/${pick(1_000_000)}`,
    networks: [STAND_IN],
    twoNetworks: null,
    legs: [leg(security, amount, from, to), leg(CASH_ID + pick(CASH.length), amount * (1 + pick(20_000)), to, from)],
    lots,
    tradeDate: today / DAY,
    settlementDate: Math.floor(settleFrom / DAY),
    settleFrom,
    partialFrom: settleFrom + HOUR,
    reserveBy,
    deadline: reserveBy + HOUR,
    execution: 'Immediate',
    onIncomplete: 'Complete',
  };
  // Six of ten are matched and wait for the cash, three wait for the buyer's word, and one for everything.
  const stage = pick(10);
  const [matched, reserved] = [stage < 6, stage < 9];
  const party = (participant, affirmed) => ({
    participant: REGISTERED + participant,
    account: null,
    affirmed,
    affirmedItself: affirmed,
    policy: affirmed && lots > 1 ? 'Part' : 'Npar',
    priority: affirmed ? pick(4) : 0,
    reference: affirmed ? `OWN${participant}-${number}` : '',
    cancelUntil: null,
  });
  const ids = parties.map((participant) => REGISTERED + participant);
  const versioned = types.create(VERSIONED_TERMS, { V1: terms });
  const termsHash = blake2AsU8a(versioned.toU8a());
  const ends = (giver, receiver) => ({ giver, receiver });
  const open = {
    terms: { V1: terms },
    termsHash,
    instructing: from,
    parties: [party(parties[0], true), party(parties[1], matched)],
    legs: [
      { ends: ends(ids[0], ids[1]), reserved: reserved ? lots : 0, token: reserved ? 'Issued' : null },
      { ends: ends(ids[1], ids[0]), reserved: 0, token: null },
    ],
    state: matched ? 'Matched' : 'Proposed',
    settled: 0,
    tranche: 0,
    flags: [],
    points: { entered: 1 + pick(500_000), irrevocable: null, lastTranche: null },
  };
  const bucket = Buffer.alloc(8);
  bucket.writeBigUInt64BE(BigInt(Math.ceil(reserveBy / 1_000)));
  return {
    id: blake2AsU8a(u8aConcat(stringToU8a('tandem/instruction/1'), STAND_IN, from, termsHash)),
    value: { Open: open },
    bucket,
    participant: ids[0],
    held: reserved ? [security, BigInt(amount)] : undefined,
  };
}

const STAND_IN = blake2AsU8a(stringToU8a('tandem/bench/genesis'));
const VERSIONED_TERMS = types.argumentOf('settlement', 'instruct', 0);
const RECORD = types.valueOf('settlement', 'instructions');

/** Adds to what escrow has of an asset, in its account and in the supply. */
function fill(top, id, amount) {
  const escrow = new Uint8Array(32);
  escrow.set(Buffer.from('modl'), 0);
  escrow.set(types.consts.escrow.palletId.toU8a(), 4);
  for (const [item, field, keys] of [['account', 'balance', [id, escrow]], ['asset', 'supply', [id]]]) {
    const key = types.key('assets', item, ...keys);
    if (!(key in top)) throw new Error(`the genesis has no assets.${item} of ${id}`);
    const before = types.create(types.valueOf('assets', item), top[key]);
    const after = Object.fromEntries([...before.keys()].map((name) => [name, before.get(name)]));
    after[field] = before.get(field).toBigInt() + amount;
    top[key] = u8aToHex(types.create(types.valueOf('assets', item), after).toU8a());
  }
}

/** The specification with the instructions in its state, piece by piece: it is larger than a string may be. */
function* pieces({ genesis: { raw }, ...spec }, today) {
  const { top, ...others } = raw;
  const inEscrow = new Map();
  yield `${JSON.stringify(spec).slice(0, -1)},"genesis":{"raw":{${JSON.stringify(others).slice(1, -1)},"top":{\n`;
  for (let number = 0; number < INSTRUCTIONS; number += 1) {
    const { id, value, bucket, participant, held } = instruction(number, today);
    const record = types.create(RECORD, value);
    // The first hundred have every form that there is.
    if (number < 100) assertExact(record, value, 'Instruction');
    if (held) inEscrow.set(held[0], (inEscrow.get(held[0]) ?? 0n) + held[1]);
    yield `"${types.key('settlement', 'instructions', id)}":"${u8aToHex(record.toU8a())}",\n`;
    yield `"${types.key('settlement', 'expiries', bucket, [participant, id])}":"0x",\n`;
  }
  for (const [id, amount] of inEscrow) fill(top, id, amount);
  yield `${Object.entries(top).map(([key, value]) => `"${key}":"${value}"`).join(',\n')}}}}}\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
try {
  const build = (chain, ...options) => {
    const path = join(folder, `spec${options.length}.json`);
    const command = ['export-chain-spec', '--chain', chain, ...options, '--output', path];
    execFileSync(node, command, { stdio: ['ignore', 'ignore', 'pipe'] });
    return JSON.parse(readFileSync(path, 'utf8'));
  };
  const plain = join(folder, 'plain.json');
  writeFileSync(plain, JSON.stringify(genesis(build('dev'))));
  const spec = build(plain, '--raw');
  const file = createWriteStream(output);
  // Trades are due from tomorrow on, so that no node that is started on this state finds them late.
  for (const piece of pieces(spec, Math.floor(Date.now() / DAY) * DAY)) {
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
