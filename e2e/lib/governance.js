// Decisions of several accounts. What stops something takes effect with the last approval, and so does what needs the regulator;
// everything else after a delay.

import { blake2AsHex } from '@polkadot/util-crypto';
import * as chain from './chain.js';

const [alice, bob, charlie, stash] = ['//Alice', '//Bob', '//Charlie', '//Charlie//stash'].map(chain.key);

/** The accounts that decide for each body, in every preset. */
const ACCOUNTS = {
  Operator: [alice, bob],
  Regulator: [charlie, stash],
  OperatorAndOneRegulator: [alice, bob, charlie],
  OperatorAndRegulator: [alice, bob, charlie, stash],
};

/** Has a body decide a call: one account proposes it, the others approve it, and after the delay, if there is one, it is enacted. */
export async function decide(api, call, body = 'Operator') {
  const { propose, approve, enact } = api.tx.participants;
  const hash = blake2AsHex(call.method.toU8a());
  const [first, ...others] = ACCOUNTS[body];
  await chain.send(api, propose(body, hash), first);
  for (const other of others) {
    const { events } = await chain.send(api, approve(body, call), other);
    if (chain.named(events, 'participants.Enacted').length > 0) return succeeded(api, call, events);
  }
  const proposals = await api.query.participants.proposals(body);
  // `hash` is the library's own word, so it has another name for the field.
  const { state } = proposals.find((known) => known.hash_.toHex() === hash);
  const after = state.asApproved.enactAfter.toNumber();
  await chain.until(api, 'the delay of the decision has passed', async () => (await chain.now(api)) >= after);
  const { events } = await chain.send(api, enact(body, call), first);
  return succeeded(api, call, events);
}

/** Fails with the reason if the call was dispatched and failed. */
function succeeded(api, call, events) {
  const { result } = chain.only(events, 'participants.Enacted');
  if (result.isErr) throw new Error(`${call.method.section}.${call.method.method}: ${chain.errorName(api, result.asErr)}`);
}
