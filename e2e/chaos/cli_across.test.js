// The command line across two networks: it counts its own trades alone, waits for a payer that reserves ahead, goes on when the
// counterpart is closed, and ends where a network stands still.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { SIDES } from '../lib/across.js';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import { gateway, init } from '../lib/gateway.js';
import { decide } from '../lib/governance.js';
import { folder, network } from '../lib/node.js';

const { tandem } = cli;

const participants = (side) => fileURLToPath(new URL(`../../examples/${side}-participants.toml`, import.meta.url));

const COLUMNS = [
  'ref', 'trade', 'side', 'type', 'trade_date', 'settle_date', 'deadline', 'seller', 'seller_account', 'buyer', 'buyer_account',
  'asset', 'quantity', 'currency', 'amount', 'lots', 'partial', 'commit_on', 'pay_by', 'pay', 'expect',
];

/** A trade across the two as a line of the file: a hundred shares of Alpstein for Nordhav, unless `changes` says otherwise. */
const trade = (name, changes = {}) => ({
  ref: `${name}-B`, trade: name, side: 'BOTH', type: 'DVP', trade_date: 'T', settle_date: 'T', deadline: '+300s', seller: 'ALPSTEIN',
  seller_account: 'main', buyer: 'NORDHAV', buyer_account: 'main', asset: 'QZ0004710017', quantity: '100', currency: 'EUR',
  amount: '4125.00', lots: '1', partial: 'NPAR', commit_on: 'PAYMENT', pay_by: '+180s', pay: 'LATER', expect: 'settled', ...changes,
});

/** Two networks that are open for each other, with the participants of the examples, and a gateway. */
async function opened(t) {
  const [asset, payment] = await Promise.all(SIDES.map((side) => network(t, `${side}-local`, ['alice', 'bob'])));
  const both = { asset, payment, folder: folder(t), endings: [] };
  t.after(() => Promise.all(both.endings.map((end) => end())));
  for (const side of SIDES) both[side].api = await chain.connect(both[side].alice);
  const load = async (side) => {
    const args = ['load', participants(side), '--operator', '//Dave', '//Bob', '--state', both.folder, '--url', both[side].alice.url];
    const { code, stdout, stderr } = await tandem(both.folder, args);
    assert.equal(code, 0, `${stdout}${stderr}`);
  };
  await Promise.all([init(both), ...SIDES.map(load)]);
  await gateway(both);
  const named = SIDES.flatMap((side) => [`--${side}-url`, both[side].alice.url, `--${side}-keys`, participants(side)]);
  both.settle = (file, ...extra) => tandem(both.folder, ['settle', file, ...named, '--state', both.folder, ...extra]);
  both.cut = (file, child) => tandem(both.folder, ['settle', file, ...named, '--state', both.folder], child);
  both.file = (name, lines) => cli.file(both.folder, name, lines, COLUMNS);
  return both;
}

/** Time of the block in which this first happened to an instruction, in milliseconds. */
async function firstTime(api, what, id) {
  const found = chain.named(await chain.eventsSince(api, 0), what).find(({ data }) => data.id.toHex() === id);
  assert.ok(found, `${what} of ${id}`);
  const at = await api.at(await api.rpc.chain.getBlockHash(found.block));
  return (await at.query.timestamp.now()).toNumber();
}

const count = async (api, what) => chain.named(await chain.eventsSince(api, 0), what).length;

test('tandem settle across two networks', { timeout: 1_800_000 }, async (t) => {
  const both = await opened(t);
  const { asset, payment } = both;

  await t.test('case 25: what others have in reservation changes no exit code, and a payer that reserves ahead comes first', async () => {
    const other = await both.file('other.csv', [trade('OTHER', { side: 'DELI', deadline: '+900s', pay_by: '+800s' })]);
    const cut = await both.cut(other, async (running) => {
      await chain.until(asset.api, 'another reservation is open', async () => (await count(asset.api, 'settlement.Reserved')) > 0);
      running.kill('SIGKILL');
    });
    assert.equal(cut.signal, 'SIGKILL', `${cut.stdout}${cut.stderr}`);

    const soon = { deadline: '+150s', pay_by: '+110s', pay: 'AHEAD' };
    const file = await both.file('ours.csv', [
      trade('LATER'),
      trade('AHEAD', { pay: 'AHEAD' }),
      trade('BACK', { pay: 'AHEAD', commit_on: 'ASSET' }),
      trade('PART', {
        ...soon, buyer: 'TAMARIND', buyer_account: 'c2', quantity: '1000', amount: '10000.00', lots: '10', partial: 'PART',
        expect: 'partial:100:1000.00',
      }),
      trade('NOCASH', { ...soon, buyer_account: 'n1', expect: 'expired' }),
    ]);
    const settled = await both.settle(file, '--output', 'json');
    assert.equal(settled.code, 0, `${settled.stdout}${settled.stderr}`);
    const { summary, trades } = JSON.parse(settled.stdout);
    assert.equal(summary, 'settled=3 partially_settled=1 returned=1 asset_escrow=0 payment_escrow=0 supply=unchanged');
    const idOf = (name) => trades.find((row) => row.trade === name).id;
    for (const [name, holding, deciding] of [['AHEAD', asset, payment], ['BACK', payment, asset]]) {
      const ahead = await firstTime(deciding.api, 'counterpart.Reserved', idOf(name));
      const bound = await firstTime(holding.api, 'settlement.Reserved', idOf(name));
      assert.ok(bound > ahead, `${name} was reserved at ${bound}, and its payer had reserved at ${ahead}`);
    }
    assert.equal(await count(asset.api, 'settlement.Reserved') > 0, true);
  });

  await t.test('case 26: what is begun goes on when the counterpart is closed for new trades', async () => {
    const file = await both.file('begun.csv', [trade('BEGUN-1'), trade('BEGUN-2')]);
    const before = await count(asset.api, 'counterpart.Committed');
    const cut = await both.cut(file, async (running) => {
      await chain.until(asset.api, 'both are committed', async () => (await count(asset.api, 'counterpart.Committed')) >= before + 2);
      running.kill('SIGKILL');
    });
    assert.equal(cut.signal, 'SIGKILL', `${cut.stdout}${cut.stderr}`);
    await decide(payment.api, payment.api.tx.counterpart.closeCounterpart());
    const again = await both.settle(file);
    assert.equal(again.code, 0, `${again.stdout}${again.stderr}`);
    assert.match(again.stdout, /settled=2 .* asset_escrow=0 payment_escrow=0/);
    const fresh = await both.settle(await both.file('fresh.csv', [trade('FRESH')]));
    assert.equal(fresh.code, 2, `${fresh.stdout}${fresh.stderr}`);
    assert.match(fresh.stderr, /takes no new trades with the other one/);
  });

  await t.test('case 27: a network that makes nothing final ends the run', async () => {
    const line = { ...trade('STILL'), currency: 'USD', amount: '55.00', buyer: 'KESTREL' };
    const file = await cli.file(both.folder, 'still.csv', [line], COLUMNS.filter((name) => !['commit_on', 'pay_by', 'pay'].includes(name)));
    await asset.bob.stop('SIGKILL');
    const args = ['settle', file, '--keys', participants('asset'), '--url', asset.alice.url, '--state', both.folder];
    const ended = await tandem(both.folder, args);
    assert.equal(ended.code, 2, `${ended.stdout}${ended.stderr}`);
    assert.match(ended.stderr, /the network has made no block( final)? for 120 seconds, and 1 trades are open; the same command/);
  });
});
