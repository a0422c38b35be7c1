// The command line: a code is that of the issuer that the participants file names, whoever else has listed it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import * as chain from '../lib/chain.js';
import * as cli from '../lib/cli.js';
import * as world from '../lib/world.js';

const { loaded, participants, tandem, trade } = cli;

const hex = (text) => `0x${Buffer.from(text, 'ascii').toString('hex')}`;

/** The numbers of the assets that are listed under the code EUR. */
async function euros(api) {
  const listed = await api.query.participants.assetRegistry.entries();
  return listed
    .filter(([, record]) => record.unwrap().code.isCurrency && record.unwrap().code.asCurrency.toHex() === hex('EUR'))
    .map(([key]) => key.args[0].asWithId.toNumber());
}

/** A number from `from` on under which the chain lists an asset before this one, or after it. */
function number(from, than, isBefore) {
  const place = (id) => {
    const encoded = Buffer.alloc(5);
    encoded[0] = 1;
    encoded.writeUInt32LE(id, 1);
    return blake2AsHex(encoded, 128);
  };
  while (place(from) < place(than) !== isBefore) from += 1;
  return from;
}

/**
 * Lists an asset as EUR, as any issuer may that the operator confirms, with so many decimals, and gives `to` a million of its
 * smallest units.
 */
async function list(api, id, owner, to, decimals) {
  const record = { kind: 'Cash', code: { Currency: hex('EUR') }, cfi: null, settlementUnit: 1 };
  const { assets, participants: directory } = api.tx;
  await chain.sendAll(api, [
    assets.create(id, owner.address, 1),
    assets.setMetadata(id, 'Euro', 'EUR', decimals),
    directory.listAsset(world.asset(id), record),
    assets.mint(id, to.address, 1_000_000),
  ], owner);
  await chain.send(api, directory.confirmListing(world.asset(id), record), world.operator);
}

test('a trade is paid in the currency of the issuer that the file names', { timeout: 900_000 }, async (t) => {
  const { node, api, dir, settle } = await loaded(t);
  const [seller, buyer] = [chain.key('//Ostrea//main'), chain.key('//Pintado//main')];
  const [squatter, till] = [chain.key('//Squat//main'), chain.key('//Till//main')];
  const [real] = await euros(api);
  const register = api.tx.participants.register('Squat Bank', hex(world.lei('SQUAT')), ['Issuer'], [squatter.address], []);
  await chain.send(api, register, world.operator);
  const fakes = [number(900_000, real, true), number(910_000, real, false)];
  // With other decimals than the issuer's, which must not be compared.
  for (const fake of fakes) await list(api, fake, squatter, buyer, 4);
  await chain.final(api);

  const again = await tandem(dir, ['load', participants, '--state', dir, '--url', node.url]);
  assert.equal(again.code, 0, `${again.stdout}${again.stderr}`);
  const settled = await tandem(dir, settle(await cli.file(dir, 'euro.csv', [trade('EURO')])));
  assert.equal(settled.code, 0, `${settled.stdout}${settled.stderr}`);
  assert.equal(await world.balance(api, real, seller), 40_000n);
  for (const fake of fakes) {
    assert.equal(await world.balance(api, fake, seller), 0n, `paid in asset ${fake}`);
    assert.equal(await world.balance(api, fake, buyer), 1_000_000n);
  }
  const keys = ['--keys', participants, '--url', node.url];
  const shown = await tandem(dir, ['positions', 'PINTADO', ...keys]);
  assert.match(shown.stdout, /EUR of TILL main/);

  // The issuer itself lists another one: nobody can tell which is meant.
  await list(api, 920_000, till, buyer, 2);
  await chain.final(api);
  const before = await chain.height(api);
  const refused = await tandem(dir, settle(await cli.file(dir, 'twice.csv', [trade('TWICE')])));
  assert.equal(refused.code, 2, `${refused.stdout}${refused.stderr}`);
  assert.match(refused.stderr.trim(), new RegExp(`^twice\\.csv:2:currency: EUR is ambiguous: .*${real} and 920000[^\\n]*$`));
  assert.deepEqual(await chain.signedBetween(api, before, await chain.height(api)), []);
});
