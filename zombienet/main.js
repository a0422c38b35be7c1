// Four validators and a fifth node: blocks and finality, a DvP settled through one node and read from another, a
// validator killed and brought back, the fifth added, one removed. Never more than one of the set is down.
//
// It waits for conditions and counts blocks. The network lives in a process group and a folder of its own, and both go
// with this process, however it ends.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as chain from '../e2e/lib/chain.js';
import { freePorts, rpc } from '../e2e/lib/node.js';
import * as world from '../e2e/lib/world.js';

const NODES = ['alice', 'bob', 'charlie', 'dave', 'eve'];
const LIMIT_MINUTES = 9;

const folder = mkdtempSync(join(tmpdir(), 'tandem-zombienet-'));
const dir = join(folder, 'network');
const nodes = Object.fromEntries(NODES.map((name) => [name, { name, log: join(dir, `${name}.log`) }]));
let orchestrator;
let revived;

function end() {
  // The orchestrator leads a group of its own, in which its nodes are.
  if (orchestrator?.pid) try { process.kill(-orchestrator.pid, 'SIGKILL'); } catch { /* it has ended already */ }
  if (revived?.pid) try { process.kill(revived.pid, 'SIGKILL'); } catch { /* likewise */ }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.on('exit', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const started = Date.now();
const say = (text) => console.log(`[${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s] ${text}`);

function fail(error) {
  console.error(`\nzombienet: ${error?.stack ?? error}`);
  for (const { name, log } of Object.values(nodes)) {
    if (existsSync(log)) console.error(`\n--- ${name}\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`);
  }
  process.exit(1);
}
process.on('unhandledRejection', fail);
setTimeout(() => fail(`not done after ${LIMIT_MINUTES} minutes`), LIMIT_MINUTES * 60_000).unref();

async function spawnNetwork() {
  const spec = join(folder, 'tandem-raw.json');
  execFileSync(process.env.TANDEM_NODE, ['export-chain-spec', '--chain', 'local', '--raw', '--output', spec], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ports = await freePorts(NODES.length * 3);
  const env = { ...process.env, TANDEM_SPEC: spec };
  for (const name of NODES) {
    const [rpcPort, p2p, metrics] = ports.splice(0, 3);
    Object.assign(nodes[name], { url: `ws://127.0.0.1:${rpcPort}`, http: `http://127.0.0.1:${rpcPort}` });
    const prefix = name.toUpperCase();
    Object.assign(env, { [`${prefix}_RPC`]: rpcPort, [`${prefix}_P2P`]: p2p, [`${prefix}_METRICS`]: metrics });
  }
  const log = createWriteStream(join(folder, 'zombienet.log'));
  const command = ['-p', 'native', '-l', 'text', '-c', '4', '-d', dir, 'spawn', 'local.toml'];
  orchestrator = spawn('node_modules/.bin/zombienet', command, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  orchestrator.stdout.pipe(log);
  orchestrator.stderr.pipe(log);
  let ended;
  orchestrator.once('close', (code) => (ended = `zombienet ended with code ${code}`));
  orchestrator.once('error', (error) => (ended = error.message));
  while (!existsSync(join(dir, 'zombie.json'))) {
    if (ended) throw new Error(`${ended}\n${readFileSync(join(folder, 'zombienet.log'), 'utf8').slice(-4000)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The process of a node of this network, with the command line that it was started with. */
function processOf(name) {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    let command;
    try {
      command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    } catch {
      continue;
    }
    const own = command[0] === process.env.TANDEM_NODE && command.some((word) => word.startsWith(join(dir, name)));
    if (own) return { pid: Number(pid), command };
  }
  throw new Error(`${name} is not running`);
}

const number = async (api, hash) => (await api.rpc.chain.getHeader(hash)).number.toNumber();
const finalised = async (api) => number(api, await api.rpc.chain.getFinalizedHead());

/** Waits until `api`'s node has finalised `more` blocks beyond where it is now. */
async function goesOn(api, more, what) {
  const from = await finalised(api);
  await chain.until(api, what, async () => (await finalised(api)) >= from + more);
}

/** Waits until the key has made a block. */
const makesABlock = (api, who, auraKey) =>
  chain.until(api, `${who} makes a block`, async (header) => {
    const at = await api.at(header.hash);
    const authorities = await at.query.aura.authorities();
    const slot = (await at.query.aura.currentSlot()).toNumber();
    return authorities[slot % authorities.length].toHex() === auraKey;
  });

const validators = async (api) => (await api.query.session.validators()).map(String);

/** Asks for a change of the set as root and waits until it holds; it must begin with a session. */
async function changeSet(api, call, what, condition) {
  const sent = await chain.send(api, api.tx.sudo.sudo(call), world.operator);
  const [result] = chain.only(sent.events, 'sudo.Sudid');
  assert.ok(result.isOk, `${what}: ${result.isErr && chain.errorName(api, result.asErr)}`);
  const before = (await api.query.session.currentIndex()).toNumber();
  const height = await chain.until(api, what, async (header) =>
    condition(await validators(await at(api, header))) && header.number.toNumber());
  const [first, last] = await Promise.all([height - 1, height].map(async (block) => {
    const state = await api.at(await api.rpc.chain.getBlockHash(block));
    return (await state.query.session.currentIndex()).toNumber();
  }));
  assert.equal(last, first + 1, 'the set changes where a session begins and nowhere else');
  say(`${what}: from block ${height}, ${last - before} sessions after it was decided`);
}

/** The API as `validators` wants it, at a header. */
const at = (api, header) => api.at(header.hash);

async function main() {
  say('five nodes, four of them validators');
  await spawnNetwork();
  const api = await chain.connect(nodes.alice);
  const atBob = await chain.connect(nodes.bob);
  await goesOn(api, 3, 'blocks become final');
  const genesisSet = await validators(api);
  assert.equal(genesisSet.length, 4);
  say(`block ${await chain.height(api)}, final ${await finalised(api)}`);

  const people = await world.world(api, 'Net');
  const terms = await world.terms(api, people, { reference: 'NET-1' });
  const { id } = await world.instruct(api, people.seller, terms);
  const { block } = await world.affirm(api, people.buyer, id, terms);
  const settledAt = await number(api, block);
  const isSettled = async (state) => {
    const record = await state.query.settlement.instructions(id);
    return record.isSome && record.unwrap().isClosed && record.unwrap().asClosed.outcome.isSettled;
  };
  await chain.until(atBob, 'bob has the settlement, final', async () => (await finalised(atBob)) >= settledAt);
  assert.ok(await isSettled(await atBob.at(await atBob.rpc.chain.getFinalizedHead())));
  assert.equal(await world.balance(atBob, world.SHARE, people.buyer), 100n);
  say(`settled through alice in block ${settledAt}, read from bob as final`);

  const daveKey = chain.key('//Dave');
  const dave = processOf('dave');
  const kept = await finalised(await once(nodes.dave));
  process.kill(dave.pid, 'SIGKILL');
  say(`dave is killed (SIGKILL) with block ${kept} final`);
  await goesOn(api, 6, 'finality goes on without dave');
  const second = await world.terms(api, people, { reference: 'NET-2' });
  const next = await world.instruct(api, people.seller, second);
  await world.affirm(api, people.buyer, next.id, second);
  say(`final ${await finalised(api)} with three of four, and a trade settled meanwhile`);

  const logLength = readFileSync(nodes.dave.log, 'utf8').length;
  const [command, ...args] = dave.command;
  const log = createWriteStream(nodes.dave.log, { flags: 'a' });
  revived = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  revived.stdout.pipe(log);
  revived.stderr.pipe(log);
  const back = await chain.connect(nodes.dave);
  const target = await finalised(api);
  await chain.until(back, 'dave has caught up', async () => (await finalised(back)) >= target);
  const words = readFileSync(nodes.dave.log, 'utf8').slice(logLength);
  const found = Number(/Highest known block at #(\d+)/.exec(words)?.[1]);
  assert.ok(found >= kept, `dave had block ${kept} final when it was killed, and began again at ${found}`);
  assert.ok(await isSettled(await back.at(await back.rpc.chain.getFinalizedHead())));
  assert.equal(await world.balance(back, world.SHARE, people.buyer), 200n);
  await makesABlock(api, 'dave', `0x${Buffer.from(daveKey.publicKey).toString('hex')}`);
  say(`dave is back with block ${found} and all before it, has caught up, and makes blocks`);

  const eve = chain.key('//Eve');
  const owner = `0x${Buffer.from(eve.publicKey).toString('hex')}`;
  const { keys, proof } = await rpc(nodes.eve, 'author_rotateKeysWithOwner', owner);
  await admit(api, eve);
  await chain.send(api, api.tx.session.setKeys(keys, proof), eve);
  await changeSet(api, api.tx.validators.add(eve.address), 'eve is a validator', (set) => set.includes(eve.address));
  assert.equal((await validators(api)).length, 5);
  // The keys are the block key and the finality key, 32 bytes each, in the order of the runtime's session keys.
  const [auraKey, grandpaKey] = sessionKeys(api, keys);
  await makesABlock(api, 'eve', auraKey);
  const voters = (await api.call.grandpaApi.grandpaAuthorities()).map(([voter]) => voter.toHex());
  assert.ok(voters.includes(grandpaKey), 'eve votes for finality');
  await goesOn(api, 3, 'finality goes on with five');
  say(`eve makes blocks and votes; final ${await finalised(api)}`);

  const [gone] = genesisSet.filter((address) => address === daveKey.address);
  assert.ok(gone, 'dave is one of the first validators');
  await changeSet(api, api.tx.validators.remove(gone), 'dave is no validator', (set) => !set.includes(gone));
  assert.equal((await validators(api)).length, 4);
  await goesOn(api, 4, 'finality goes on with four');
  const last = await api.rpc.chain.getFinalizedHead();
  for (const name of NODES) {
    const peer = await once(nodes[name]);
    await chain.until(peer, `${name} has what is final`, async () => (await finalised(peer)) >= (await number(api, last)));
    assert.equal((await peer.rpc.chain.getBlockHash(await number(api, last))).toHex(), last.toHex());
    assert.ok(await isSettled(await peer.at(last)));
  }
  say(`all five nodes agree on final block ${await number(api, last)}, and on the settlement in it`);
}

const connections = new Map();
/** A connection to a node that is up, kept for the whole run. */
async function once(node) {
  if (!connections.has(node.name)) connections.set(node.name, await chain.connect(node));
  return connections.get(node.name);
}

/** Registers the owner of the fifth node, unless the genesis has it: only participants send transactions. */
async function admit(api, account) {
  if ((await api.query.participants.accounts(account.address)).isSome) return;
  const code = Buffer.from(world.lei('FIFTH'), 'ascii').toString('hex');
  const call = api.tx.participants.register('Fifth Validator Ltd', `0x${code}`, ['Auditor'], [account.address], []);
  await chain.send(api, call, world.operator);
}

/** Block key and finality key out of encoded session keys. */
function sessionKeys(api, keys) {
  const type = api.tx.session.setKeys.meta.args[0].type.toString();
  const decoded = api.createType(type, keys);
  return [decoded.aura.toHex(), decoded.grandpa.toHex()];
}

try {
  await main();
  console.log(`\nzombienet: all went well in ${Math.round((Date.now() - started) / 1000)} s`);
  process.exit(0);
} catch (error) {
  fail(error);
}
