// The command line: every outcome of a file of trades is as expected, and settling it again does nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';

const { happened, loaded, participants, tandem, trade } = cli;

const sum = (numbers) =>
  ['settled', 'partially_settled', 'rejected', 'cancelled', 'expired', 'reversed', 'refused']
    .reduce((total, name) => total + numbers[name], 0);

test('load and settle: every outcome as expected, and a second run does nothing', { timeout: 900_000 }, async (t) => {
  const { node, api, dir, settle } = await loaded(t);
  const again = await tandem(dir, ['load', participants, '--state', dir, '--url', node.url]);
  assert.equal(again.code, 0, `loading what is loaded is no fault: ${again.stderr}`);

  const soon = { deadline: '+45s' };
  const file = await cli.file(dir, 'trades.csv', [
    trade('FULL'),
    trade('TOKEN', { execution: 'TOKEN' }),
    trade('MANAGER', { execution: 'MANAGER', manager: 'MANDATE', lots: '5', partial: 'PART' }),
    trade('HASHLOCK', { execution: 'HASHLOCK' }),
    trade('FREE', { type: 'FOP', currency: '', amount: '' }),
    trade('SHORT', {
      ...soon, seller_account: 'short', quantity: '100', amount: '1000.00', lots: '10', partial: 'PART',
      expect: 'partial:60:600.00' }),
    trade('ALONE', { ...soon, ref: 'ALONE-D', side: 'DELI', expect: 'expired:unmatched' }),
    trade('DIFFER', { ...soon, ref: 'DIFFER-D', side: 'DELI', expect: 'unmatched:DMON' }),
    trade('DIFFER', { ...soon, ref: 'DIFFER-R', side: 'RECE', amount: '401.00', expect: 'unmatched:DMON' }),
    trade('SUSPENDED', { buyer: 'QUARRY', expect: 'refused:QUARRY is suspended' }),
  ]);
  const first = await tandem(dir, settle(file));
  assert.equal(first.code, 0, `${first.stdout}${first.stderr}`);
  const numbers = cli.summary(first.stdout);
  assert.deepEqual(numbers, {
    total: 9, settled: 5, partially_settled: 1, rejected: 0, cancelled: 0, expired: 2, reversed: 0, refused: 1,
    escrow: 0, claimable: 0, supply: 'unchanged',
  });
  assert.equal(sum(numbers), numbers.total);

  const before = await happened(api);
  const height = await chain.height(api);
  const second = await tandem(dir, settle(file));
  assert.equal(second.code, 0, `${second.stdout}${second.stderr}`);
  assert.deepEqual(cli.summary(second.stdout), numbers);
  const marked = second.stdout.split('\n').filter((line) => /by an earlier run, at 20\d\d-/.test(line));
  assert.equal(marked.length, numbers.total, second.stdout);
  assert.deepEqual(await happened(api), before, 'the second run settled or instructed something');
  assert.deepEqual(await chain.signedBetween(api, height, await chain.height(api)), []);

  const reinstated = await cli.file(dir, 'reinstated.csv', [trade('REINSTATED', { buyer: 'QUARRY' })]);
  const status = ['set-status', 'QUARRY', 'Active', '--keys', participants, '--url', node.url];
  const lifted = await tandem(dir, status);
  assert.equal(lifted.code, 0, `${lifted.stdout}${lifted.stderr}`);
  const settled = await tandem(dir, settle(reinstated));
  assert.equal(settled.code, 0, `${settled.stdout}${settled.stderr}`);

  const wrong = await cli.file(dir, 'wrong.csv', [trade('WRONG', { expect: 'expired' })]);
  const unexpected = await tandem(dir, settle(wrong));
  assert.equal(unexpected.code, 1, 'an outcome that the file does not expect');
  const nothing = await cli.file(dir, 'nothing.csv', [trade('NOTHING', { ...soon, side: 'DELI', expect: '' })]);
  const expired = await tandem(dir, settle(nothing));
  assert.equal(expired.code, 1, `a trade that expires where the file expects nothing: ${expired.stdout}`);
  assert.match(expired.stdout, /line 2 expects settled/);

  for (const command of [['participants'], ['assets'], ['positions', 'OSTREA'], ['allegements', 'PINTADO']]) {
    const args = [...command, '--keys', participants, '--url', node.url, '--output', 'json'];
    const shown = await tandem(dir, args);
    assert.equal(shown.code, 0, `${command}: ${shown.stderr}`);
    const text = await tandem(dir, args.slice(0, -2));
    assert.match(text.stdout, /as of block \d+, the last final one/, `${command}`);
    assert.doesNotThrow(() => JSON.parse(shown.stdout), `${command} --output json: ${shown.stdout.slice(0, 200)}`);
  }
});
