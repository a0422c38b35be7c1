// The command line: what is wrong with a file is said before anything is sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import { freePorts } from '../lib/node.js';

const { loaded, participants, tandem, trade } = cli;

test('a fault of the file is one sentence, exit code 2, and nothing sent', { timeout: 900_000 }, async (t) => {
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
    'deadline in the past': [
      [trade('BAD', { trade_date: '2020-01-01', settle_date: '2020-01-01', deadline: '2020-01-01T00:00:00Z' })], /faults\.csv:2:deadline: /],
    'relative day beside an absolute deadline': [[trade('BAD', { deadline: '2030-01-01T00:00:00Z' })], /faults\.csv:2:trade_date: /],
    'any character between day and time': [[trade('BAD', { deadline: '2030-01-01X00:00:00Z' })], /faults\.csv:2:deadline: /],
    'scientific notation': [[trade('BAD', { quantity: '1e+1' })], /faults\.csv:2:quantity: .*is not a number/],
    'signs before counts': [[trade('BAD', { lots: '+1' })], /faults\.csv:2:lots: /],
    'reference that begins with #': [[good, trade('BAD', { ref: '#2077' })], /faults\.csv:3: begins with #/],
    'unknown side': [[trade('BAD', { side: 'LEFT' })], /faults\.csv:2:side: .*LEFT/],
    'quote that is not closed': [[trade('BAD', { expect: '"settled' }), good], /faults\.csv:2:expect: .*quote/],
    'manager that is not used': [[trade('BAD', { manager: 'MANDATE' })], /faults\.csv:2:manager: .*IMMEDIATE/],
    'settled too early': [[trade('BAD', { settle_date: 'T+2' })], /faults\.csv:2:deadline: .*settlement date/],
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

  const two = await tandem(dir, settle(file, '--asset-url', 'ws://127.0.0.1:1', '--payment-url', 'ws://127.0.0.1:2'));
  assert.equal(two.code, 2, `${two.stdout}${two.stderr}`);
  assert.match(two.stderr, /^--url is for one network, and these are two/m);

  assert.deepEqual(await chain.signedBetween(api, before, await chain.height(api)), []);
  assert.equal((await api.query.settlement.instructions.entries()).length, 0);
});
