// The metadata that the clients were compiled against is the metadata of the node.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { u8aToHex } from '@polkadot/util';
import { devNode, rpc } from '../lib/node.js';

const committed = new URL('../../client/artifacts/tandem.scale', import.meta.url);

/** Removes the SCALE compact length before bytes. */
function afterLength(bytes) {
  const mode = bytes[0] & 3;
  return bytes.subarray(mode === 0 ? 1 : mode === 1 ? 2 : mode === 2 ? 4 : 5 + (bytes[0] >> 2));
}

test('the committed metadata is the one that the node answers with', { timeout: 120_000 }, async (t) => {
  const node = await devNode(t);
  // Metadata_metadata_at_version(15: u32) -> Option<OpaqueMetadata>
  const answer = Buffer.from((await rpc(node, 'state_call', 'Metadata_metadata_at_version', '0x0f000000')).slice(2), 'hex');
  assert.equal(answer[0], 1, 'the runtime has metadata of version 15');
  const mine = await readFile(committed);
  const theirs = afterLength(answer.subarray(1));
  assert.equal(u8aToHex(theirs.subarray(0, 5)), '0x6d6574610f', 'metadata begins with `meta` and its version');
  assert.ok(
    Buffer.compare(mine, theirs) === 0,
    `client/artifacts/tandem.scale (${mine.length} bytes) is not the metadata of this node (${theirs.length} bytes): ` +
      'run scripts/metadata',
  );
});
