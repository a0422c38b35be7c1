// Decisions of two accounts of the operator. What stops something takes effect at once, everything else after a delay.

import { blake2AsHex } from '@polkadot/util-crypto';
import * as chain from './chain.js';

const [first, second] = [chain.key('//Alice'), chain.key('//Bob')];

/**
 * Dispatches a call: one account of the operator proposes it and another approves it. A stop is dispatched by the approval,
 * anything else as root once the delay has passed.
 */
export async function decide(api, call) {
  const { propose, approve, enact } = api.tx.participants;
  const hash = blake2AsHex(call.method.toU8a());
  await chain.send(api, propose('Operator', hash), first);
  const approved = await chain.send(api, approve('Operator', call), second);
  if (chain.named(approved.events, 'participants.Enacted').length > 0) return succeeded(api, call, approved);
  const proposals = await api.query.participants.proposals('Operator');
  // `hash` is the library's own word, so it has another name for the field.
  const { state } = proposals.find((known) => known.hash_.toHex() === hash);
  const after = state.asApproved.enactAfter.toNumber();
  await chain.until(api, 'the delay of the decision has passed', async () => (await chain.now(api)) >= after);
  return succeeded(api, call, await chain.send(api, enact('Operator', call), first));
}

/** Fails if the call was dispatched and failed. */
function succeeded(api, call, sent) {
  const { result } = chain.only(sent.events, 'participants.Enacted');
  if (result.isErr) throw new Error(`${call.method.section}.${call.method.method}: ${chain.errorName(api, result.asErr)}`);
}
