// The command line, as a person or a script runs it.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as chain from './chain.js';
import { devNode, folder } from './node.js';
import { run } from './process.js';

const binary = process.env.TANDEM_CLI ?? 'tandem';

export const participants = fileURLToPath(new URL('../fixtures/participants.toml', import.meta.url));

/** The share that the participants of the fixture trade. */
export const SHARE = 'QZ000TEST017';

const COLUMNS = [
  'ref', 'trade', 'side', 'type', 'trade_date', 'settle_date', 'deadline', 'seller', 'seller_account', 'buyer',
  'buyer_account', 'asset', 'quantity', 'currency', 'amount', 'lots', 'partial', 'minimum', 'execution', 'manager',
  'on_incomplete', 'reserve', 'expect',
];

/** A trade as a line of the file: ten shares against EUR 400.00 at once, unless `changes` says otherwise. */
export const trade = (name, changes = {}) => ({
  ref: `${name}-B`, trade: name, side: 'BOTH', type: 'DVP', trade_date: 'T', settle_date: 'T', deadline: '+300s',
  seller: 'OSTREA', seller_account: 'main', buyer: 'PINTADO', buyer_account: 'main', asset: SHARE, quantity: '10',
  currency: 'EUR', amount: '400.00', lots: '1', partial: 'NPAR', minimum: '', execution: 'IMMEDIATE', manager: '',
  on_incomplete: 'COMPLETE', reserve: 'NOW', expect: 'settled', ...changes,
});

/** Writes trades, one a line, and returns the file. `columns` and the lines may be wrong on purpose. */
export async function file(dir, name, lines, columns = COLUMNS) {
  const path = join(dir, name);
  const text = [columns.join(','), ...lines.map((line) => columns.map((column) => line[column] ?? '').join(','))];
  await writeFile(path, `${text.join('\n')}\n`);
  return path;
}

/** Runs `tandem` and returns how it ended. `child` is told at once, so that a test can end it in the middle. */
export const tandem = (dir, args, child) => run(binary, args, { cwd: dir, child });

/** Proves something of the other of two networks to this one with `tandem proof`, and returns what it said. */
export async function prove({ folder, asset, payment }, what, to, ...args) {
  const [from, at] = to === 'asset' ? [payment, asset] : [asset, payment];
  const between = ['--from-url', from.alice.url, '--to-url', at.alice.url, '--signer', '//Across//seller//0'];
  const { code, stdout, stderr } = await tandem(folder, ['proof', what, ...args, ...between]);
  assert.equal(code, 0, `tandem proof ${what}: ${stdout}${stderr}`);
  return stdout.trim();
}

/** The numbers of the last line of `tandem settle`. */
export function summary(stdout) {
  const line = stdout.trimEnd().split('\n').reverse().find((text) => text.startsWith('total='));
  if (!line) throw new Error(`no line with the numbers in:\n${stdout}`);
  return Object.fromEntries(
    line.split(' ').map((pair) => pair.split('=')).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]));
}

/** A node with the fixture's participants, positions and assets on it. */
export async function loaded(t) {
  const node = await devNode(t);
  const dir = folder(t);
  const done = await tandem(dir, ['load', participants, '--state', dir, '--url', node.url]);
  assert.equal(done.code, 0, `${done.stdout}${done.stderr}`);
  const api = await chain.connect(node);
  const settle = (file, ...extra) => ['settle', file, '--keys', participants, '--state', dir, '--url', node.url, ...extra];
  return { node, api, dir, settle };
}

/** How often each event of settlement happened. */
export async function happened(api) {
  const count = {};
  for (const { section, method } of await chain.eventsSince(api, 0)) {
    if (section === 'settlement') count[method] = (count[method] ?? 0) + 1;
  }
  return count;
}
