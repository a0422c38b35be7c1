// What a complete Immediate DvP costs beside two plain transfers of the same assets between the same accounts: the time
// of whole blocks of either, and the weight that the chain gave them.
//
//   node bench/trades.js SPEC [TRADES]
//
// SPEC is what database-spec.js wrote. TANDEM_NODE makes the blocks; TANDEM_BENCH_NODE, built with the benchmarks,
// executes them again with `benchmark block`, on the same database and the same runtime, many times each.
//
// Four phases, each in blocks of its own: remarks (what every transaction costs, whatever it calls), transfers (two a
// trade), the sellers' `instruct` with its reservation, the buyers' `affirm` with its own, which settles. Every trade has
// two accounts and a security of its own, so that one does not find in memory what another has read.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect, instructionId, now, termsHash, until } from '../e2e/lib/chain.js';
import { devNode } from '../e2e/lib/node.js';
import { asset, party } from '../e2e/lib/world.js';
import { ACCOUNTS_EACH, CASH, CASH_ID, HOUR, PARTICIPANTS, keyOf, pathOf, positions } from './market.js';
import { micros, section, table } from './page.js';
import { session } from './session.js';

const MOST = (PARTICIPANTS / 2) * ACCOUNTS_EACH;
const [spec, count = '400'] = process.argv.slice(2);
if (!spec || !(Number(count) >= 10 && Number(count) <= MOST)) {
  console.error(`usage: node bench/trades.js SPEC [TRADES], of which there can be 10 to ${MOST}`);
  process.exit(2);
}
const REPEAT = Number(process.env.TANDEM_BENCH_REPEAT ?? 20);
/** The fewest transactions of a block that is counted. */
const FULL = 20;

/** What the transactions of each phase call. */
const PHASES = {
  remark: 'system.remark',
  transfer: 'assets.transferKeepAlive',
  instruct: 'settlement.instruct',
  affirm: 'settlement.affirm',
};

/** The parties of every trade: account `index` of one half of the participants, and of the other. */
function trades() {
  return Array.from({ length: Number(count) }, (_, number) => {
    const [participant, index] = [Math.floor(number / ACCOUNTS_EACH), number % ACCOUNTS_EACH];
    const other = participant + PARTICIPANTS / 2;
    return {
      seller: keyOf(participant, index),
      path: pathOf(participant, index),
      buyer: keyOf(other, index),
      security: positions(participant, index)[0],
      cash: CASH_ID + (number % CASH.length),
    };
  });
}

/** What is sent in each phase, as [signer, call]. */
async function calls(api, all) {
  const from = await now(api);
  const { assets, settlement, system } = api.tx;
  const phases = { remark: [], transfer: [], instruct: [], affirm: [] };
  all.forEach(({ seller, path, buyer, security, cash }, number) => {
    const leg = (id, amount, giver, taker) =>
      ({ network: 0, asset: asset(id), amount, from: giver.address, to: taker.address });
    const terms = {
      V1: {
        reference: `TRADES/${number}`,
        networks: [api.genesisHash.toHex()],
        twoNetworks: null,
        legs: [leg(security, 100, seller, buyer), leg(cash, 412_500, buyer, seller)],
        lots: 1,
        tradeDate: Math.floor(from / 86_400_000),
        settlementDate: Math.floor(from / 86_400_000),
        settleFrom: 0,
        partialFrom: 0,
        reserveBy: from + HOUR,
        deadline: from + HOUR,
        execution: 'Immediate',
        onIncomplete: 'Complete',
      },
    };
    const id = instructionId(api, seller, terms);
    phases.remark.push([seller, system.remark('0x')], [buyer, system.remark('0x')]);
    phases.transfer.push(
      [seller, assets.transferKeepAlive(security, buyer.address, 100)],
      [buyer, assets.transferKeepAlive(cash, seller.address, 412_500)],
    );
    phases.instruct.push([seller, settlement.instruct(terms, party(), { Exactly: 1 })]);
    phases.affirm.push([buyer, settlement.affirm(id, { Hash: termsHash(api, terms) }, party(), { Exactly: 1 })]);
  });
  return phases;
}

/** Signs all that a phase sends, sends it together, and waits until every account's next nonce is in the state. */
async function send(api, calls) {
  const nonces = await api.query.system.account.multi(calls.map(([signer]) => signer.address));
  const signed = await Promise.all(
    calls.map(([signer, call], index) => call.signAsync(signer, { nonce: nonces[index].nonce, era: 0 })),
  );
  await Promise.all(signed.map((extrinsic) => api.rpc.author.submitExtrinsic(extrinsic)));
  const last = nonces.map(({ nonce }) => nonce.toNumber() + 1);
  await until(api, 'all that was sent is in blocks', async () => {
    const reached = await api.query.system.account.multi(calls.map(([signer]) => signer.address));
    return reached.every(({ nonce }, index) => nonce.toNumber() >= last[index]);
  });
}

/** A block: the phase whose transactions it has, how many, their weight in picoseconds, and how many trades settled. */
async function look(api, number) {
  const hash = await api.rpc.chain.getBlockHash(number);
  const { block } = await api.rpc.chain.getBlock(hash);
  const signed = block.extrinsics.flatMap(({ isSigned }, index) => (isSigned ? [index] : []));
  const names = signed.map((index) => block.extrinsics[index].method).map(({ section, method }) => `${section}.${method}`);
  const events = (await api.query.system.events.at(hash)).filter(
    ({ phase }) => phase.isApplyExtrinsic && signed.includes(phase.asApplyExtrinsic.toNumber()),
  );
  const those = (kind) => events.filter(({ event }) => kind.is(event)).map(({ event }) => event.data);
  assert.equal(those(api.events.system.ExtrinsicFailed).length, 0, `block ${number}: a transaction failed`);
  const weights = those(api.events.system.ExtrinsicSuccess).map(({ dispatchInfo }) => dispatchInfo.weight.refTime.toNumber());
  const only = Object.keys(PHASES).find((name) => names.length > 0 && names.every((sent) => sent === PHASES[name]));
  return {
    number,
    // A session begins with every tenth block, which does more than others.
    phase: number % 10 === 0 ? undefined : names.length === 0 ? 'nothing' : only,
    count: names.length,
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    settled: those(api.events.settlement.Closed).filter(({ outcome }) => outcome.isSettled).length,
  };
}

/** Nanoseconds that each of these blocks takes to execute, by its number. */
function execute(base, from, to) {
  const command = [
    'benchmark', 'block', '--chain', spec, '--base-path', base, '--database', 'paritydb', '--disable-log-color',
    '--from', String(from), '--to', String(to), '--repeat', String(REPEAT),
  ];
  const log = execFileSync('/bin/sh', ['-c', '"$0" "$@" 2>&1', process.env.TANDEM_BENCH_NODE, ...command], {
    encoding: 'utf8', maxBuffer: 2 ** 28,
  });
  const times = new Map();
  for (const [, number, took] of log.matchAll(/Block (\d+) with .* of its weight \(\s*([\d,]+) of/g)) {
    times.set(Number(number), Number(took.replaceAll(',', '')));
  }
  assert.equal(times.size, to - from + 1, `the node did not execute every block:\n${log.slice(-4000)}`);
  return times;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Picoseconds and weight of one transaction of each phase. */
function evaluate(blocks, times) {
  const idle = blocks.filter(({ phase }) => phase === 'nothing');
  assert.ok(idle.length > 0, 'no block is empty');
  const nothing = mean(idle.map(({ number }) => times.get(number)));
  const found = {};
  for (const name of Object.keys(PHASES)) {
    const counted = blocks.filter(({ phase, count }) => phase === name && count >= FULL);
    const transactions = counted.reduce((sum, block) => sum + block.count, 0);
    assert.ok(transactions > 0, `no block with ${FULL} transactions of the phase ${name}`);
    const time = counted.reduce((sum, { number }) => sum + times.get(number) - nothing, 0);
    const weight = counted.reduce((sum, block) => sum + block.weight, 0);
    const each = { time: (time * 1e3) / transactions, weight: weight / transactions };
    found[name] = { ...each, transactions, blocks: counted.length };
  }
  return { found, nothing };
}

function report({ found, nothing }) {
  const { remark, transfer, instruct, affirm } = found;
  const row = (name, ...parts) => {
    const sum = (what) => parts.reduce((total, part) => total + part[what], 0);
    return { name, time: sum('time'), weight: sum('weight') };
  };
  const plain = row('two plain transfers', transfer, transfer);
  const dvp = row('a complete DvP', instruct, affirm);
  const rows = [
    row('`System::remark`: what every transaction costs', remark),
    row('`Assets::transfer_keep_alive`', transfer),
    row('`instruct`, with the reservation of the delivery', instruct),
    row('`affirm`, with the payment; settles', affirm),
    plain,
    dvp,
  ].map(({ name, time, weight }) => [name, micros(time), micros(weight)]);
  rows.push(['ratio', (dvp.time / plain.time).toFixed(2), (dvp.weight / plain.weight).toFixed(2)]);
  const called = ({ time }) => `${micros(time - remark.time)} µs`;
  const counts = Object.entries(found).map(
    ([name, { transactions, blocks }]) => `${transactions} × \`${name}\` in ${blocks} ${blocks === 1 ? 'block' : 'blocks'}`,
  );
  return `${table(['', 'time, µs', 'weight, µs'], rows)}

Of the DvP's ${micros(dvp.time)} µs, ${micros(2 * remark.time)} µs are what any two transactions cost (signatures, extensions, their
place in the block), ${called(instruct)} the call \`instruct\` and ${called(affirm)} the call \`affirm\`; a transfer's call takes
${called(transfer)}.

Measured: ${counts.join(', ')}; each block executed ${REPEAT} times
without the trie cache, less the ${micros(nothing * 1e3)} µs of an empty block.`;
}

await session(async (t) => {
  const node = await devNode(t, ['--chain', spec], 300);
  const api = await connect(node);
  const all = trades();
  for (const [name, sent] of Object.entries(await calls(api, all))) {
    await send(api, sent);
    console.log(`${sent.length} × ${name}`);
    // A block of nothing between two phases, and some to compare with.
    let seen = 0;
    await until(api, 'three more blocks', () => ++seen > 3);
  }
  const best = (await api.rpc.chain.getHeader()).number.toNumber();
  const blocks = [];
  for (let number = 1; number <= best; number += 1) blocks.push(await look(api, number));
  assert.equal(blocks.reduce((sum, { settled }) => sum + settled, 0), all.length, 'every trade has settled');
  for (const { number, phase, count: transactions, weight } of blocks.filter((block) => block.count > 0)) {
    console.log(`block ${number}: ${transactions} × ${phase ?? '(not counted)'}, weight ${micros(weight)} µs`);
  }
  await Promise.all(node.connections.map((connection) => connection.disconnect()));
  await node.stop();
  if (!process.env.TANDEM_BENCH_NODE) {
    console.log('TANDEM_BENCH_NODE is not set: the blocks are not executed again');
    return;
  }
  const text = report(evaluate(blocks, execute(node.base, 1, blocks.length)));
  console.log(text);
  section('trades', text);
});
