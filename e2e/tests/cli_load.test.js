// The command line: loading a participants file again changes nothing that is on the chain, and adds what is missing.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import { devNode, folder, network } from '../lib/node.js';
import * as world from '../lib/world.js';

const { loaded, participants, tandem } = cli;

/** Who is registered, by code, as `tandem participants` shows it: `{ QUARRY: 'Suspended', .. }`. */
async function statuses(dir, node) {
  const args = ['participants', '--keys', participants, '--url', node.url, '--output', 'json'];
  const { code, stdout, stderr } = await tandem(dir, args);
  assert.equal(code, 0, stderr);
  return Object.fromEntries(JSON.parse(stdout).map(({ name, status }) => [name.split(' ')[0].toUpperCase(), status]));
}

/** What is listed: number and supply by code. It fails where a code is there twice. */
async function listed(dir, node) {
  const { code, stdout, stderr } = await tandem(dir, ['assets', '--url', node.url, '--output', 'json']);
  assert.equal(code, 0, stderr);
  const found = JSON.parse(stdout);
  assert.equal(new Set(found.map((asset) => asset.code)).size, found.length, stdout);
  return Object.fromEntries(found.map(({ code, id, supply }) => [code, { id: Number(id), supply }]));
}

test('loading again lifts no sanction and makes nothing anew that was redeemed', { timeout: 900_000 }, async (t) => {
  const { node, api, dir } = await loaded(t);
  const { EUR } = await listed(dir, node);
  assert.equal(EUR.supply, '1001000.00');
  // An issuer burns what it has itself: taking it from its holder would need the regulator.
  const [till, redeemed] = [chain.key('//Till//main'), 40_000_000];
  await chain.send(api, api.tx.assets.transfer(EUR.id, till.address, redeemed), chain.key('//Pintado//main'));
  await chain.send(api, api.tx.assets.burn(EUR.id, till.address, redeemed), till);
  for (const [who, status] of [['PINTADO', 'Sanctioned'], ['QUARRY', 'Active']]) {
    const set = await tandem(dir, ['set-status', who, status, '--keys', participants, '--url', node.url]);
    assert.equal(set.code, 0, `${set.stdout}${set.stderr}`);
  }

  const before = await chain.height(api);
  const again = await tandem(dir, ['load', participants, '--state', dir, '--url', node.url]);
  assert.equal(again.code, 0, `${again.stdout}${again.stderr}`);
  assert.match(again.stderr, /PINTADO is Sanctioned on this chain and stays so, although the file says Active/);
  assert.match(again.stderr, /QUARRY is Active on this chain and stays so, although the file says Suspended/);
  assert.deepEqual(await chain.signedBetween(api, before, await chain.height(api)), []);
  const after = await statuses(dir, node);
  assert.deepEqual([after.PINTADO, after.QUARRY], ['Sanctioned', 'Active']);
  assert.equal((await listed(dir, node)).EUR.supply, '601000.00');
});

test('a run that was cut off is completed by the next, and pays nothing twice', { timeout: 900_000 }, async (t) => {
  const node = await devNode(t);
  const dir = folder(t);
  const api = await chain.connect(node);
  const load = ['load', participants, '--state', dir, '--url', node.url];
  const isRegistered = async (path) => (await api.query.participants.accounts(chain.key(path).address)).isSome;
  const killed = async (what, condition) => {
    const cut = await tandem(dir, load, async (running) => {
      await chain.until(api, what, condition);
      running.kill('SIGKILL');
    });
    assert.equal(cut.signal, 'SIGKILL', 'it was over before it could be cut off');
  };
  await killed('some are registered', () => isRegistered('//Quarry//main'));
  await killed('something is issued', async () => (await api.query.assets.asset.entries()).length > 0);

  const rest = await tandem(dir, load);
  assert.equal(rest.code, 0, `${rest.stdout}${rest.stderr}`);
  const found = await statuses(dir, node);
  for (const code of ['OSTREA', 'PINTADO', 'MANDATE', 'LEDGER', 'TILL', 'WARDEN']) assert.equal(found[code], 'Active', code);
  assert.equal(found.QUARRY, 'Suspended', 'the cut-off run registered it, and had not come to its status');
  const { EUR, [cli.SHARE]: share } = await listed(dir, node);
  assert.deepEqual([EUR.supply, share.supply], ['1001000.00', '10060']);
  assert.equal(await world.balance(api, EUR.id, chain.key('//Pintado//main')), 100_000_000n);
  assert.deepEqual((await readdir(dir)).filter((name) => name.startsWith('participants.toml')), []);

  const before = await chain.height(api);
  const again = await tandem(dir, load);
  assert.deepEqual([again.code, again.stderr.trim()], [0, ''], again.stdout);
  assert.deepEqual(await chain.signedBetween(api, before, await chain.height(api)), []);
});

test('on a network with an enactment delay it waits for the delay and enacts', { timeout: 900_000 }, async (t) => {
  const { alice } = await network(t, 'payment-local', ['alice', 'bob']);
  const dir = folder(t);
  const api = await chain.connect(alice);
  assert.ok((await api.query.participants.enactmentDelay()).toNumber() > 0);
  const load = ['load', participants, '--state', dir, '--url', alice.url];
  const isProposed = async () => (await api.query.participants.proposals.entries()).some(([, all]) => all.length > 0);
  // Cut off while the regulator of the file waits: the next run proposes nothing again.
  const cut = await tandem(dir, load, async (running) => {
    await chain.until(api, 'it is proposed', isProposed);
    running.kill('SIGKILL');
  });
  assert.equal(cut.signal, 'SIGKILL', `it ended by itself: ${cut.stdout}${cut.stderr}`);
  const done = await tandem(dir, load);
  assert.equal(done.code, 0, `${done.stdout}${done.stderr}`);
  const found = await statuses(dir, alice);
  assert.deepEqual([found.WARDEN, found.QUARRY], ['Active', 'Suspended']);
  assert.equal(await isProposed(), false);
});
