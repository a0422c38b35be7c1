// The command line, killed in the middle of a file: run again, it finishes what was begun.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';

const { happened, loaded, tandem, trade } = cli;

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
