// Processes and folders of a test. They go with it, however it ends.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Set();
const folders = new Set();

// A test that throws, or is interrupted, still takes its processes and its folders with it.
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  folders.forEach(remove);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
// Whoever read the report is gone. Left alone this would end the process without the event above.
process.stdout.on('error', () => process.exit(1));

/** Removes a folder of a test. */
export function remove(folder) {
  // A process that was killed just now may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.delete(folder);
}

/** A folder that goes with this program, or before it with `remove`. */
export function temporary() {
  const path = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  folders.add(path);
  return path;
}

/** A folder that goes with the test. */
export function folder(t) {
  const path = temporary();
  t.after(() => remove(path));
  return path;
}

/** Where ports are looked for: below those that the system gives to connections, so that a node that comes back finds its own free. */
const PORTS = { from: 10_000, to: 30_000 };
let nextPort = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));

/** Ports that nobody listens on now, all different. */
export async function freePorts(count) {
  const found = [];
  while (found.length < count) {
    // Others may choose while this one waits.
    const port = (nextPort = nextPort + 1 < PORTS.to ? nextPort + 1 : PORTS.from);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

const isFree = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Starts a program, in `cwd` if that is given, whose output is added to a log. `ended` says how it ends, and never fails. */
export function start(command, args, log, { cwd } = {}) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const out = createWriteStream(log, { flags: 'a' });
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  const started = { child, log, how: undefined };
  started.ended = new Promise((resolve) => {
    const over = (how) => {
      running.delete(child);
      out.end();
      started.how = how;
      resolve(how);
    };
    child.once('error', (error) => over(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => over(`ended with ${signal ?? `code ${code}`}`));
  });
  started.isRunning = () => running.has(child);
  /** Ends it with this signal, and with SIGKILL if that does not help. */
  started.stop = async (signal = 'SIGTERM') => {
    if (!started.isRunning()) return;
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await started.ended;
    clearTimeout(patience);
  };
  return started;
}

/** Runs a program to its end and returns how it ended. `child` is told at once, so that a test can end it in the middle. */
export function run(command, args, { cwd, child = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const started = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(started);
    let stdout = '';
    let stderr = '';
    started.stdout.on('data', (text) => (stdout += text));
    started.stderr.on('data', (text) => (stderr += text));
    started.once('error', (error) => {
      running.delete(started);
      reject(error);
    });
    started.once('close', (code, signal) => {
      running.delete(started);
      resolve({ code, signal, stdout, stderr });
    });
    child(started);
  });
}

/** The last lines of a log. */
export const tail = async (log, lines = 40) =>
  (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-lines).join('\n');

/** Waits until a program that was started answers; says why if it ends before that, or takes longer than `seconds`. */
export async function answering(started, what, asked, seconds) {
  for (const limit = Date.now() + seconds * 1000; Date.now() < limit; ) {
    if (started.how) throw new Error(`${what} ${started.how}\n${await tail(started.log)}`);
    if (await asked().catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} does not answer\n${await tail(started.log)}`);
}
