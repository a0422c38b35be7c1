// Starts a node on a specification that database-spec.js wrote and asks it for what is in its state: that the runtime
// reads the instructions, and that escrow has what they reserve.
//
//   node bench/database-check.js SPEC
//
// TANDEM_NODE is the node binary.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from '../e2e/lib/chain.js';
import { devNode } from '../e2e/lib/node.js';
import { escrowAccount } from '../e2e/lib/world.js';
import { session } from './session.js';

const [spec] = process.argv.slice(2);
if (!spec) {
  console.error('usage: node bench/database-check.js SPEC');
  process.exit(2);
}

await session(async (t) => {
  const node = await devNode(t, ['--chain', spec], 300);
  const api = await connect(node);

  const artifact = readFileSync(new URL('../client/artifacts/tandem.scale', import.meta.url));
  const own = (await api.call.metadata.metadataAtVersion(15)).unwrap().toHex();
  assert.ok(own.endsWith(artifact.toString('hex')), 'client/artifacts/tandem.scale is stale: run scripts/metadata');

  const held = new Map();
  const states = {};
  let count = 0;
  for (let startKey; ; ) {
    const page = await api.query.settlement.instructions.entriesPaged({ args: [], pageSize: 1000, startKey });
    if (page.length === 0) break;
    startKey = page.at(-1)[0];
    for (const [, record] of page) {
      const { terms: versioned, legs, state } = record.unwrap().asOpen;
      const terms = versioned.asV1;
      states[state.type] = (states[state.type] ?? 0) + 1;
      count += 1;
      legs.forEach((leg, index) => {
        const { asset, amount } = terms.legs[index];
        const part = (amount.toBigInt() * leg.reserved.toBigInt()) / terms.lots.toBigInt();
        const id = asset.asWithId.toNumber();
        if (part > 0n) held.set(id, (held.get(id) ?? 0n) + part);
      });
    }
    if (count === 1000) {
      // The runtime itself reads the first ones: its view names their stage.
      for (const [key] of page.slice(0, 20)) {
        const view = await api.call.settlementApi.instruction(key.args[0]);
        assert.ok(['Proposed', 'Matched'].includes(view.unwrap().stage.type));
      }
    }
  }
  const escrow = await escrowAccount(api);
  for (const [id, amount] of held) {
    const account = await api.query.assets.account(id, escrow);
    assert.equal(account.unwrap().balance.toBigInt(), amount, `I2: escrow and the reservations of asset ${id} differ`);
  }
  console.log(`${count} open instructions: ${JSON.stringify(states)}; escrow holds what they reserve in ${held.size} assets`);
});
