// What a test says to a chain: connect, send, wait for what must become true.

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { u8aConcat, u8aToHex, stringToU8a } from '@polkadot/util';
import { blake2AsHex, blake2AsU8a, cryptoWaitReady } from '@polkadot/util-crypto';

// The library prints every refusal and every lost connection that it is told of. The tests ask for them and look.
const print = console.error;
console.error = (...words) => {
  if (!words.some((word) => /^(RPC-CORE|API-WS):?$/.test(String(word).trim()))) print(...words);
};

await cryptoWaitReady();
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });

/** The development key with this derivation path. */
export const key = (path) => keyring.addFromUri(path);

/** A connection that ends with the node. */
export async function connect(node) {
  const api = await ApiPromise.create({ provider: new WsProvider(node.url, 500), noInitWarn: true });
  node.connections?.push(api);
  return api;
}

/** Waits until the connection to a node that was away is there again. */
export const connected = (api) => (api.isConnected ? undefined : new Promise((resolve) => api.once('connected', resolve)));

/** A call that was included and failed, or that the pool refused. */
export class Refused extends Error {
  constructor(reason, layer) {
    super(`${layer}: ${reason}`);
    this.reason = reason;
    this.layer = layer;
  }
}

/** The name of a dispatch error, `Settlement.Irrevocable`. */
export function errorName(api, error) {
  if (!error.isModule) return error.toString();
  const { section, name } = api.registry.findMetaError(error.asModule);
  return `${section[0].toUpperCase()}${section.slice(1)}.${name}`;
}

/**
 * Signs, sends, and waits until it is in a block. Fails with `Refused` if the pool or the call itself says no.
 * `nonce` lets several transactions of one account be under way together; `accepted` is called when the pool has it.
 */
export function send(api, tx, signer, { accepted, ...options } = {}) {
  return new Promise((resolve, reject) => {
    let unsubscribe;
    const done = (finish, value) => {
      unsubscribe?.();
      finish(value);
    };
    tx.signAndSend(signer, { nonce: -1, ...options }, (result) => {
      const { status, events, dispatchError } = result;
      if (status.isInBlock || status.isFinalized) {
        if (dispatchError) done(reject, new Refused(errorName(api, dispatchError), 'call'));
        else {
          done(resolve, {
            block: (status.isInBlock ? status.asInBlock : status.asFinalized).toHex(),
            hash: tx.hash.toHex(),
            events: events.map(({ event }) => event),
          });
        }
      } else if (result.isError) done(reject, new Refused(status.type, 'pool'));
    })
      .then((stop) => {
        unsubscribe = stop;
        accepted?.();
      })
      .catch((error) => reject(new Refused(error.message, 'pool')));
  });
}

/** Sends transactions of one account together, in this order; all are included and succeed. */
export async function sendAll(api, txs, signer) {
  let nonce = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
  return Promise.all(txs.map((tx) => send(api, tx, signer, { nonce: nonce++ })));
}

/** The events with this name, `settlement.TrancheSettled`. */
export const named = (events, name) => events.filter(({ section, method }) => `${section}.${method}` === name);

/** The only event with this name; fails if there is none or more than one. */
export function only(events, name) {
  const found = named(events, name);
  if (found.length !== 1) {
    const all = events.map(({ section, method }) => `${section}.${method}`).join(', ');
    throw new Error(`${found.length} events ${name} among: ${all}`);
  }
  return found[0].data;
}

/** How long no block may come before that is said, in milliseconds. A chain makes one in two seconds. */
const STANDSTILL = 180_000;

/**
 * Waits for a condition, which is asked at every new block. It fails after `blocks` blocks without it: blocks and not
 * seconds, so that a busy machine makes a test slower and never wrong.
 */
export async function until(api, what, condition, blocks = 60) {
  return new Promise((resolve, reject) => {
    let unsubscribe;
    let over = false;
    let asking = false;
    let first;
    let quiet;
    const finish = (how, value) => {
      over = true;
      clearTimeout(quiet);
      unsubscribe?.();
      how(value);
    };
    const heard = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => finish(reject, new Error(`no block came while this was awaited: ${what}`)), STANDSTILL);
    };
    heard();
    api.rpc.chain
      .subscribeNewHeads(async (header) => {
        if (over) return;
        heard();
        if (asking) return;
        asking = true;
        try {
          const value = await condition(header);
          const height = header.number.toNumber();
          first ??= height;
          if (value !== undefined && value !== false && value !== null) finish(resolve, value);
          else if (height > first + blocks) finish(reject, new Error(`after ${blocks} blocks not: ${what}`));
        } catch (error) {
          finish(reject, error);
        } finally {
          asking = false;
        }
      })
      .then((stop) => (over ? stop() : (unsubscribe = stop)), (error) => finish(reject, error));
  });
}

/** Waits until what is in the best block now is final, and returns its number. */
export async function final(api) {
  const best = await height(api);
  await until(api, `block ${best} is final`, async () => {
    const { number } = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
    return number.toNumber() >= best;
  });
  return best;
}

/** Consensus time at the best block, in milliseconds: what the chain compares limits with. */
export const now = async (api) => (await api.query.timestamp.now()).toNumber();

/**
 * Every event from the block after `from` up to the best block, with the number of its block. All are read as the runtime
 * that is there now writes them: the library mixes up the types of runtimes when it is asked about blocks of several.
 */
export async function eventsSince(api, from) {
  const best = await height(api);
  const blocks = Array.from({ length: Math.max(best - from, 0) }, (_, index) => from + 1 + index);
  const all = await Promise.all(
    blocks.map(async (number) => {
      const records = await eventsOf(api, await api.rpc.chain.getBlockHash(number));
      return records.map(({ event }) => Object.assign(event, { block: number }));
    }),
  );
  return all.flat();
}

/** What happened in a block, each with its phase. */
async function eventsOf(api, hash) {
  const { events } = api.query.system;
  const type = api.registry.createLookupType(events.creator.meta.type.asPlain);
  return api.registry.createType(type, await api.rpc.state.getStorage.raw(events.key(), hash));
}

/** How many extrinsics of these signers the chain's blocks have, and how many of them did nothing: `{ done, failed }`. */
export async function outcomes(api, signers) {
  const addresses = new Set(signers.map(({ address }) => address));
  const counts = { done: 0, failed: 0 };
  for (let number = await height(api); number > 0; number -= 1) {
    const hash = await api.rpc.chain.getBlockHash(number);
    const { block } = await api.rpc.chain.getBlock(hash);
    const isTheirs = (index) => block.extrinsics[index].isSigned && addresses.has(block.extrinsics[index].signer.toString());
    for (const { phase, event } of await eventsOf(api, hash)) {
      if (!phase.isApplyExtrinsic || !isTheirs(phase.asApplyExtrinsic.toNumber())) continue;
      if (api.events.system.ExtrinsicSuccess.is(event)) counts.done += 1;
      if (api.events.system.ExtrinsicFailed.is(event)) counts.failed += 1;
    }
  }
  return counts;
}

export const height = async (api) => (await api.rpc.chain.getHeader()).number.toNumber();

/** Every signed extrinsic from the block after `from` up to and including the block `to`. */
export async function signedBetween(api, from, to) {
  const found = [];
  for (let number = from + 1; number <= to; number += 1) {
    const { block } = await api.rpc.chain.getBlock(await api.rpc.chain.getBlockHash(number));
    found.push(...block.extrinsics.filter((extrinsic) => extrinsic.isSigned));
  }
  return found;
}

/** `blake2_256(SCALE(VersionedTerms))`. */
export const termsHash = (api, terms) => blake2AsHex(api.createType(termsType(api), terms).toU8a());

/** The id of an instruction of this account, as a client knows it before it sends anything. */
export function instructionId(api, instructing, terms) {
  const type = termsType(api);
  const hash = blake2AsU8a(api.createType(type, terms).toU8a());
  return u8aToHex(
    blake2AsU8a(
      u8aConcat(stringToU8a('tandem/instruction/1'), api.genesisHash.toU8a(), instructing.publicKey, hash),
    ),
  );
}

const termsType = (api) => api.tx.settlement.instruct.meta.args[0].type.toString();
