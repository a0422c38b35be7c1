// The command line: what it remembers of a file outlives a broken journal, and no copy of the file settles everything twice.

import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';

const { happened, loaded, tandem, trade } = cli;

/** The hashes of all hashlocks that were instructed. */
async function locks(api) {
  const instructed = chain.named(await chain.eventsSince(api, 0), 'settlement.Instructed');
  const found = [];
  for (const number of new Set(instructed.map(({ block }) => block))) {
    const { block } = await api.rpc.chain.getBlock(await api.rpc.chain.getBlockHash(number));
    for (const { method } of block.extrinsics) {
      if (method.section !== 'settlement' || method.method !== 'instruct') continue;
      const { execution } = method.args[0].asV1;
      if (execution.isHashlock) found.push(execution.asHashlock.hash_?.toHex() ?? JSON.stringify(execution.toHuman()));
    }
  }
  return found;
}

test('cases 16, 17 and 20: a broken journal and a copy of the file settle nothing twice', { timeout: 900_000 }, async (t) => {
  const { api, dir, settle } = await loaded(t);
  const instructed = async () => (await happened(api)).Instructed ?? 0;
  const file = await cli.file(dir, 'trades.csv', [trade('J1'), trade('J2', { execution: 'HASHLOCK' })]);
  const first = await tandem(dir, settle(file));
  assert.equal(first.code, 0, `${first.stdout}${first.stderr}`);
  assert.equal(await instructed(), 2);

  // A power cut has left the newest generation empty.
  const journals = (await readdir(dir)).filter((name) => /^trades\.csv\..*\.tandem\.json$/.test(name));
  assert.equal(journals.length, 1, `${await readdir(dir)}`);
  await truncate(join(dir, journals[0]));
  const again = await tandem(dir, settle(file));
  assert.equal(again.code, 0, `${again.stdout}${again.stderr}`);
  assert.match(again.stderr, /its copy .* takes its place/);
  assert.match(again.stdout, /by an earlier run, at 20/);

  // The same trades under the same name in another folder.
  await mkdir(join(dir, 'tue'));
  const copy = join(dir, 'tue', 'trades.csv');
  await copyFile(file, copy);
  const refused = await tandem(dir, settle(copy));
  assert.equal(refused.code, 2, `${refused.stdout}${refused.stderr}`);
  assert.match(refused.stderr, /the trades of this file were settled before, at 20.*trades\.csv; .*--again/);
  assert.equal(await instructed(), 2, 'something was settled twice');

  const twice = await tandem(dir, settle(copy, '--again'));
  assert.equal(twice.code, 0, `${twice.stdout}${twice.stderr}`);
  assert.equal(await instructed(), 4);
  const fresh = await tandem(dir, settle(file, '--fresh'));
  assert.equal(fresh.code, 0, `${fresh.stdout}${fresh.stderr}`);
  assert.match(fresh.stderr, /starting over: 0 of 2 trades of earlier runs of this file may still be open/);
  assert.equal(await instructed(), 6);
  // Each of the three had a secret of its own, as the first ones are known to everybody.
  const hashes = await locks(api);
  assert.deepEqual([hashes.length, new Set(hashes).size], [3, 3], `${hashes}`);
});
