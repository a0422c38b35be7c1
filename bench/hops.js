// How long each hop of a trade across two networks takes, from what subscribers of both see: one trade at a time, between
// two networks of two validators each on this machine, with one gateway.
//
//   usage: node hops.js [TRADES]

import * as across from '../e2e/lib/across.js';
import * as chain from '../e2e/lib/chain.js';
import { gateway } from '../e2e/lib/gateway.js';
import { hold, undisturbed } from '../e2e/lib/invariants.js';
import { session } from './session.js';

const TRADES = Number(process.argv[2] ?? 10);

/** When each block of a network was first heard of, and when it was heard to be final, by its number. */
async function watch(t, { api }) {
  const seen = { included: new Map(), final: new Map() };
  const note = (what) => (header) => {
    const number = header.number.toNumber();
    const times = seen[what];
    // Finality passes over blocks: those below became final with this one.
    for (let block = number; block > 0 && !times.has(block); block -= 1) times.set(block, Date.now());
  };
  const { chain: of } = api.rpc;
  for (const stop of await Promise.all([of.subscribeNewHeads(note('included')), of.subscribeFinalizedHeads(note('final'))])) t.after(stop);
  return seen;
}

/** The block of the event of this name and instruction. */
const blockOf = (events, name, id) => chain.named(events, name).find(({ data }) => data.id.toHex() === id).block;

await session(async (t) => {
  const both = await across.networks(t);
  const seen = { asset: await watch(t, both.asset), payment: await watch(t, both.payment) };
  await gateway(both);
  for (let count = 0; count < TRADES; count += 1) {
    // The longest life: what is left to forget at a deadline does not mix with what is measured.
    const made = await across.trades(both, ['ahead'], { decides: 'payment', payIn: 3_600_000 });
    await across.begin(both, made);
    await across.over(both, made);
  }
  await hold(both, undisturbed);
  // What has ended is included; its last block must be final, too.
  const last = await chain.height(both.asset.api);
  await chain.until(both.asset.api, 'all is final', async () => seen.asset.final.has(last));
  const events = { asset: await chain.eventsSince(both.asset.api, 0), payment: await chain.eventsSince(both.payment.api, 0) };
  const hops = both.trades.map(({ id }) => {
    const block = (side, name) => [side, blockOf(events[side], `counterpart.${name}`, id)];
    const [committed, executed, delivered] = [block('asset', 'Committed'), block('payment', 'Executed'), block('asset', 'Delivered')];
    const at = (what, [side, number]) => seen[side][what].get(number) / 1000;
    return {
      'commitment: included to final': at('final', committed) - at('included', committed),
      'commitment final to payment executed': at('included', executed) - at('final', committed),
      'payment: included to final': at('final', executed) - at('included', executed),
      'payment final to delivered': at('included', delivered) - at('final', executed),
      'delivery: included to final': at('final', delivered) - at('included', delivered),
      'commitment included to delivery final': at('final', delivered) - at('included', committed),
    };
  });
  console.log(`| hop | median | least | most |\n|---|---|---|---|`);
  for (const hop of Object.keys(hops[0])) {
    const sorted = hops.map((each) => each[hop]).sort((a, b) => a - b);
    const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
    console.log(`| ${hop} | ${[median, least, most].map((seconds) => `${seconds.toFixed(1)} s`).join(' | ')} |`);
  }
});
