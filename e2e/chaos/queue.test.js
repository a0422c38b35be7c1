// More messages than the lane lets be unconfirmed wait while no gateway is there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as across from '../lib/across.js';
import * as chain from '../lib/chain.js';
import { gateway } from '../lib/gateway.js';
import { hold, undisturbed } from '../lib/invariants.js';

const QUEUED = 200;

test(`${QUEUED} messages wait for a gateway`, { timeout: 1_800_000 }, async (t) => {
  const both = await across.networks(t);
  const made = await across.trades(both, Array(QUEUED).fill('ahead'), { payIn: 900_000, decides: 'payment' });
  await across.begin(both, made);
  const [[, lane]] = await both.asset.api.query.bridgeMessages.outboundLanes.entries();
  const { latestGeneratedNonce, latestReceivedNonce } = lane.unwrap();
  assert.equal(latestGeneratedNonce.toNumber() - latestReceivedNonce.toNumber(), QUEUED, 'all of them wait');
  const from = await chain.height(both.payment.api);
  await gateway(both);
  await across.over(both, made, 900);
  t.diagnostic(JSON.stringify(await hold(both, undisturbed)));
  t.diagnostic(`all delivered ${(await chain.height(both.payment.api)) - from} blocks after the gateway came`);
});
