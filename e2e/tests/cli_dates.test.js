// The command line: a trade that is due later is agreed and reserved now, and settles on no earlier day.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';

const { happened, loaded, tandem, trade } = cli;

const DAY = 86_400_000;

test('nothing settles before midnight of its settlement date', { timeout: 900_000 }, async (t) => {
  const { api, dir, settle } = await loaded(t);
  const later = { settle_date: 'T+2', deadline: '+50h' };
  const file = await cli.file(dir, 'later.csv', [trade('LATER', later), trade('TOKEN', { ...later, execution: 'TOKEN' })]);
  const cut = await tandem(dir, settle(file), async (running) => {
    await chain.until(api, 'both are reserved', async () => (await happened(api)).TrancheFormed === 2);
    const height = await chain.height(api);
    await chain.until(api, 'ten blocks later', (header) => header.number.toNumber() >= height + 10);
    running.kill('SIGKILL');
  });
  assert.equal(cut.signal, 'SIGKILL', `it ended by itself: ${cut.stdout}${cut.stderr}`);
  assert.equal((await happened(api)).TrancheSettled, undefined);
  const parties = [chain.key('//Ostrea//main'), chain.key('//Pintado//main')];
  const { done, failed } = await chain.outcomes(api, parties);
  assert.deepEqual([done, failed], [4, 0], 'two are instructed and affirmed, and nothing is tried before its day');
  const instructions = await api.query.settlement.instructions.keys();
  assert.equal(instructions.length, 2);
  for (const { args: [id] } of instructions) {
    const terms = (await api.call.settlementApi.instruction(id)).unwrap().terms.unwrap().asV1;
    const [agreed, due] = [terms.tradeDate.toNumber(), terms.settlementDate.toNumber()];
    assert.deepEqual([due, terms.settleFrom.toNumber()], [agreed + 2, (agreed + 2) * DAY]);
    assert.ok(terms.deadline.toNumber() > due * DAY);
  }
});
