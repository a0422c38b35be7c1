// Starts and ends nodes. Every test has a node of its own, with ports that the system hands out and a folder that goes
// with it, so that tests neither meet nor leave anything behind.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = process.env.TANDEM_NODE ?? 'tandem-node';
const running = new Set();
const folders = new Set();

// A test that throws, or is interrupted, still takes its nodes and its folders with it.
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  folders.forEach(remove);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
// Whoever read the report is gone. Left alone this would end the process without the event above.
process.stdout.on('error', () => process.exit(1));

function remove(folder) {
  // A node that was killed just now may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.delete(folder);
}

/** A folder that goes with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  folders.add(path);
  t.after(() => remove(path));
  return path;
}

/** Ports that nobody listens on now, all different. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * A development chain of one node. Ends with the test: `t.after` is registered before anything can fail.
 * `start` and `stop` can be repeated: the folder, and with it the chain, stays until the test is over. The node has
 * that many `seconds` to answer.
 */
export async function devNode(t, extra = [], seconds = 60) {
  const base = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  folders.add(base);
  const [rpc, p2p] = await freePorts(2);
  const log = join(base, 'node.log');
  const args = [
    '--dev', '--base-path', base, '--rpc-port', String(rpc), '--listen-addr', `/ip4/127.0.0.1/tcp/${p2p}`,
    '--no-prometheus', '--no-telemetry', '--no-mdns', ...extra,
  ];
  const node = { url: `ws://127.0.0.1:${rpc}`, http: `http://127.0.0.1:${rpc}`, base, log, child: undefined, connections: [] };

  node.start = async () => {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    node.child = child;
    running.add(child);
    const out = createWriteStream(log, { flags: 'a' });
    child.stdout.pipe(out, { end: false });
    child.stderr.pipe(out, { end: false });
    node.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        running.delete(child);
        out.end();
        resolve(`could not be started: ${error.message}`);
      });
      child.once('close', (code, signal) => {
        running.delete(child);
        out.end();
        resolve(`ended with ${signal ?? `code ${code}`}`);
      });
    });
    await answering(node, seconds);
  };

  node.stop = async (signal = 'SIGTERM') => {
    if (!running.has(node.child)) return;
    node.child.kill(signal);
    const patience = setTimeout(() => node.child.kill('SIGKILL'), 20_000);
    await node.ended;
    clearTimeout(patience);
  };

  node.tail = async (lines = 40) => (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-lines).join('\n');

  t.after(async () => {
    // Connections first: one that loses its node would go on trying.
    await Promise.all(node.connections.map((api) => api.disconnect()));
    await node.stop();
    remove(base);
  });
  await node.start();
  return node;
}

/** Waits until the node answers RPC; says why if it ends before that. */
async function answering(node, seconds) {
  let ended;
  node.ended.then((how) => (ended = how));
  for (const limit = Date.now() + seconds * 1000; Date.now() < limit; ) {
    if (ended) throw new Error(`the node ${ended}\n${await node.tail()}`);
    const health = await rpc(node, 'system_health').catch(() => undefined);
    if (health) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the node does not answer\n${await node.tail()}`);
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
