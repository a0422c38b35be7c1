// Nodes. Every test has nodes of its own, with ports that the system hands out and folders that go with it, so that tests
// neither meet nor leave anything behind.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { base58Encode, ed25519PairFromSeed } from '@polkadot/util-crypto';
import { answering, freePorts, remove, start, tail, temporary } from './process.js';

export { folder, freePorts } from './process.js';

const binary = process.env.TANDEM_NODE ?? 'tandem-node';

/** How a node begins that nobody watches and that looks for nobody. */
const ALONE = ['--no-prometheus', '--no-telemetry', '--no-mdns'];

/**
 * A node with this folder and RPC port. `start` and `stop` can be repeated: the folder, and with it the chain, stays.
 * The node has that many `seconds` to answer.
 */
function nodeOf(base, port, args, seconds) {
  const log = join(base, 'node.log');
  const node = { url: `ws://127.0.0.1:${port}`, http: `http://127.0.0.1:${port}`, base, log, connections: [] };
  const own = ['--base-path', base, '--rpc-port', String(port), ...ALONE, ...args];
  let process;
  node.start = async () => {
    process = start(binary, own, log);
    await answering(process, 'the node', () => rpc(node, 'system_health'), seconds);
  };
  node.stop = async (signal) => process?.stop(signal);
  node.tail = (lines) => tail(log, lines);
  /** Ends it with the test. Connections first: one that loses its node would go on trying. */
  node.end = async () => {
    await Promise.all(node.connections.map((api) => api.disconnect()));
    await node.stop();
  };
  return node;
}

/** A development chain of one node. Ends with the test: `t.after` is registered before anything can fail. */
export async function devNode(t, extra = [], seconds = 120) {
  const base = temporary();
  const [port, p2p] = await freePorts(2);
  const node = nodeOf(base, port, ['--dev', '--listen-addr', `/ip4/127.0.0.1/tcp/${p2p}`, ...extra], seconds);
  t.after(async () => {
    await node.end();
    remove(base);
  });
  await node.start();
  return node;
}

/**
 * A network of several nodes, each with the session keys of the well-known name that it has; those that the preset
 * names are validators. Every node knows all others. `start` and `stop` can be repeated, of one node or of all.
 */
export async function network(t, preset, names) {
  const base = temporary();
  const spec = join(base, 'spec.json');
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] };
  execFileSync(binary, ['export-chain-spec', '--chain', preset, '--raw', '--output', spec], quiet);
  const ports = await freePorts(2 * names.length);
  const peers = names.map((name, index) => {
    const seed = new Uint8Array(32).fill(index + 1);
    return { name, seed: Buffer.from(seed).toString('hex'), at: `/ip4/127.0.0.1/tcp/${ports[2 * index]}`, id: peerId(seed) };
  });
  const nodes = peers.map(({ name, seed, at, id }, index) => {
    const others = peers.filter((other) => other.id !== id).flatMap((other) => ['--bootnodes', `${other.at}/p2p/${other.id}`]);
    const args = [
      '--chain', spec, `--${name}`, '--node-key', seed, '--listen-addr', at, ...others,
      // Proofs are made of the states at headers that may be older than what a node keeps otherwise.
      '--state-pruning', 'archive-canonical',
    ];
    const own = join(base, name);
    mkdirSync(own);
    return nodeOf(own, ports[2 * index + 1], args, 120);
  });
  const all = (what) => Promise.all(nodes.map(what));
  t.after(async () => {
    await all((node) => node.end());
    remove(base);
  });
  const started = {
    ...Object.fromEntries(names.map((name, index) => [name, nodes[index]])),
    nodes,
    start: () => all((node) => node.start()),
    stop: (signal) => all((node) => node.stop(signal)),
  };
  await started.start();
  return started;
}

/** How other nodes know the node with this Ed25519 seed: the multihash of its public key as libp2p encodes it. */
function peerId(seed) {
  const { publicKey } = ed25519PairFromSeed(seed);
  return base58Encode(Uint8Array.from([0x00, 0x24, 0x08, 0x01, 0x12, 0x20, ...publicKey]));
}

/** One JSON-RPC request, without any library between. */
export async function rpc(node, method, ...params) {
  const response = await fetch(node.http, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}${error.data ? `: ${error.data}` : ''}`);
  return result;
}
