// The command line: a file of trades is settled once, however often and however rudely it is run.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import { devNode, folder, freePorts } from '../lib/node.js';

const { participants, tandem, trade } = cli;

/** A node with the fixture's participants, positions and assets on it. */
async function loaded(t) {
  const node = await devNode(t);
  const dir = folder(t);
  const done = await tandem(dir, ['load', participants, '--url', node.url]);
  assert.equal(done.code, 0, `${done.stdout}${done.stderr}`);
  const api = await chain.connect(node);
  const settle = (file, ...extra) => ['settle', file, '--keys', participants, '--url', node.url, ...extra];
  return { node, api, dir, settle };
}

/** How often each event of settlement happened. */
async function happened(api) {
  const count = {};
  for (const { section, method } of await chain.eventsSince(api, 0)) {
    if (section === 'settlement') count[method] = (count[method] ?? 0) + 1;
  }
  return count;
}

const sum = (numbers) =>
  ['settled', 'partially_settled', 'rejected', 'cancelled', 'expired', 'reversed', 'refused']
    .reduce((total, name) => total + numbers[name], 0);

describe('tandem', { timeout: 900_000 }, () => {
  test('load and settle: every outcome as expected, and a second run does nothing', async (t) => {
    const { node, api, dir, settle } = await loaded(t);
    const again = await tandem(dir, ['load', participants, '--url', node.url]);
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

    for (const command of [['participants'], ['assets'], ['positions', 'OSTREA'], ['allegements', 'PINTADO']]) {
      const args = [...command, '--keys', participants, '--url', node.url, '--output', 'json'];
      const shown = await tandem(dir, args);
      assert.equal(shown.code, 0, `${command}: ${shown.stderr}`);
      assert.doesNotThrow(() => JSON.parse(shown.stdout), `${command} --output json: ${shown.stdout.slice(0, 200)}`);
    }
  });

  test('killed in the middle and run again, it finishes the file and settles nothing twice', async (t) => {
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

  test('a fault of the file is one sentence, exit code 2, and nothing sent', async (t) => {
    const { api, dir, settle } = await loaded(t);
    const before = await chain.height(api);
    const good = trade('GOOD');
    const faults = {
      'check digit of an ISIN': [[good, trade('BAD', { asset: 'QZ000TEST016' })], /faults\.csv:3:asset: .*QZ000TEST016/],
      'unknown participant': [[trade('BAD', { buyer: 'NOBODY' })], /faults\.csv:2:buyer: .*NOBODY/],
      'unknown account': [[trade('BAD', { seller_account: 'cellar' })], /faults\.csv:2:seller_account: .*cellar/],
      'too many decimals': [[trade('BAD', { amount: '400.001' })], /faults\.csv:2:amount: /],
      'part of a share': [[trade('BAD', { quantity: '10.5' })], /faults\.csv:2:quantity: /],
      'duplicate reference': [[good, good], /faults\.csv:3:ref: .*GOOD-B/],
      'deadline in the past': [[trade('BAD', { deadline: '2020-01-01T00:00:00Z' })], /faults\.csv:2:deadline: /],
      'unknown side': [[trade('BAD', { side: 'LEFT' })], /faults\.csv:2:side: .*LEFT/],
    };
    for (const [what, [lines, sentence]] of Object.entries(faults)) {
      const file = await cli.file(dir, 'faults.csv', lines);
      const refused = await tandem(dir, settle(file));
      assert.equal(refused.code, 2, `${what}: ${refused.stdout}${refused.stderr}`);
      const said = refused.stderr.trim().split('\n');
      assert.ok(said.some((line) => sentence.test(line)), `${what}: ${refused.stderr}`);
    }
    const column = await cli.file(dir, 'column.csv', [{ ...good, colour: 'red' }], [...Object.keys(good), 'colour']);
    const unknown = await tandem(dir, settle(column));
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /column\.csv:1:.*colour/);

    const [nobody] = await freePorts(1);
    const file = await cli.file(dir, 'good.csv', [good]);
    const args = ['settle', file, '--keys', participants, '--url', `ws://127.0.0.1:${nobody}`];
    const away = await tandem(dir, args);
    assert.equal(away.code, 2, `${away.stdout}${away.stderr}`);
    assert.ok(away.stderr.trim().split('\n').length <= 2, `one sentence: ${away.stderr}`);

    assert.deepEqual(await chain.signedBetween(api, before, await chain.height(api)), []);
    assert.equal((await api.query.settlement.instructions.entries()).length, 0);
  });
});
