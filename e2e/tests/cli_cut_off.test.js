// The command line, killed in the middle of a file: run again, it finishes what was begun.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';

const { happened, loaded, participants, tandem, trade } = cli;

test('killed in the middle and run again, it finishes the file and settles nothing twice', { timeout: 900_000 }, async (t) => {
  const { api, dir, settle } = await loaded(t);
  const count = 60;
  const names = Array.from({ length: count }, (_, index) => `CUT-${index + 1}`);
  const file = await cli.file(dir, 'cut.csv', names.map((name, index) =>
    trade(name, index % 3 === 0 ? { execution: 'TOKEN' } : {})));

  const killed = await tandem(dir, settle(file), async (running) => {
    await chain.until(api, 'some of the file is under way', async () => {
      const { Instructed = 0 } = await happened(api);
      return Instructed > 0;
    });
    running.kill('SIGKILL');
  });
  assert.equal(killed.signal, 'SIGKILL', 'it was over before it could be cut off');

  const rest = await tandem(dir, settle(file));
  assert.equal(rest.code, 0, `${rest.stdout}${rest.stderr}`);
  const numbers = cli.summary(rest.stdout);
  assert.deepEqual([numbers.total, numbers.settled, numbers.escrow], [count, count, 0]);
  const { Instructed, TrancheSettled, Closed } = await happened(api);
  assert.deepEqual([Instructed, TrancheSettled, Closed], [count, count, count]);
});

test('case 24: cut off before its trades reached the chain and run again after their deadlines, it begins them anew', { timeout: 900_000 }, async (t) => {
  const { node, api, dir, settle } = await loaded(t);
  const names = Array.from({ length: 20 }, (_, index) => `OUT-${index + 1}`);
  const file = await cli.file(dir, 'outage.csv', names.map((name) => trade(name, { quantity: '1', amount: '40.00', deadline: '+30s' })));
  // Without keys a run begins the trades and sends nothing.
  const keyless = join(dir, 'keyless.toml');
  const addresses = (await readFile(participants, 'utf8')).replace(/key = "([^"]+)"/g, (_, path) => `account = "${chain.key(path).address}"`);
  await writeFile(keyless, addresses);
  const cut = await tandem(dir, ['settle', file, '--keys', keyless, '--state', dir, '--url', node.url], async (running) => {
    const height = await chain.height(api);
    await chain.until(api, 'five blocks later', (header) => header.number.toNumber() >= height + 5);
    running.kill('SIGKILL');
  });
  assert.equal(cut.signal, 'SIGKILL', `it ended by itself: ${cut.stdout}${cut.stderr}`);
  assert.equal((await happened(api)).Instructed, undefined);
  const now = await chain.now(api);
  await chain.until(api, 'the deadlines have passed', async () => (await chain.now(api)) > now + 40_000);

  const rest = await tandem(dir, settle(file));
  assert.equal(rest.code, 0, `${rest.stdout}${rest.stderr}`);
  const { total, settled, refused } = cli.summary(rest.stdout);
  assert.deepEqual([total, settled, refused], [names.length, names.length, 0]);
  assert.equal((await happened(api)).Instructed, names.length, 'each is instructed once');
});
