// What the operator decides under dual control, on a network where that takes effect after a delay.

import { blake2AsHex } from '@polkadot/util-crypto';
import * as chain from './chain.js';

const [first, second] = [chain.key('//Alice'), chain.key('//Bob')];

/** Dispatches a call as root: one account of the operator proposes it, another approves it, and after the delay it is enacted. */
export async function decide(api, call) {
  const { propose, approve, enact } = api.tx.participants;
  const hash = blake2AsHex(call.method.toU8a());
  await chain.send(api, propose('Operator', hash), first);
  await chain.send(api, approve('Operator', call), second);
  const proposals = await api.query.participants.proposals('Operator');
  // `hash` is the library's own word, so it has another name for the field.
  const { state } = proposals.find((known) => known.hash_.toHex() === hash);
  const after = state.asApproved.enactAfter.toNumber();
  await chain.until(api, 'the delay of the decision has passed', async () => (await chain.now(api)) >= after);
  const sent = await chain.send(api, enact('Operator', call), first);
  const { result } = chain.only(sent.events, 'participants.Enacted');
  if (result.isErr) throw new Error(`${call.method.section}.${call.method.method}: ${chain.errorName(api, result.asErr)}`);
}
