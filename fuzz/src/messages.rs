//! Messages of the lane, and what a chain keeps for the other one to prove.

use crate::{
    canonical::canonical,
    state::{tranche, Answer, Question},
};
use codec::{Decode, DecodeAll, MaxEncodedLen};
use pallet_counterpart::{grandpa::Nodes, HeaderProof};
use polkadot_sdk::{
    bp_messages::{target_chain::DispatchMessageData, MessagePayload},
    sp_core::H256,
    sp_runtime::{traits::BlakeTwo256, StateVersion},
};
use sp_state_machine::{prove_read, Backend, InMemoryBackend};
use std::{collections::BTreeMap, mem::size_of};
use tandem_primitives::{
    share, Commitment, Leg, LotRange, Message, Moment, NetworkIndex, ProofFault, ProvenState, Record, Terms,
    VersionedMessage, VersionedTerms, MAX_LEGS, MAX_REFERENCE,
};

/// The memory that a message takes beside itself: what its terms have a bounded number of.
const MESSAGE_HEAP: usize =
    MAX_LEGS as usize * size_of::<Leg>() + 2 * size_of::<H256>() + MAX_REFERENCE as usize * size_of::<u8>();

/// Decodes a message, and asks of it what the chain asks before it knows whether it is sound.
pub fn message(data: &[u8]) -> Option<VersionedMessage> {
    let (message, _) = canonical::<VersionedMessage>(data, VersionedMessage::max_encoded_len(), MESSAGE_HEAP)?;
    let VersionedMessage::V1(content) = &message;
    if let Message::Committed { terms, commitment, .. } = content {
        let VersionedTerms::V1(terms) = terms;
        check_terms(terms);
        check_parts(&commitment.parts);
        check_commitment(commitment, terms);
    }
    Some(message)
}

/// Decodes what is proven of the lane as `pallet-bridge-messages` does: a payload of bytes, and the message in it.
///
/// The lane's pallet ignores what follows the message, so that is no part of what a payload means.
pub fn lane_message(data: &[u8]) -> Option<VersionedMessage> {
    let payload = MessagePayload::decode(&mut &data[..]).ok()?;
    let dispatched = DispatchMessageData::<VersionedMessage>::from(payload.clone()).payload.ok();
    assert_eq!(dispatched, message(&payload));
    dispatched
}

/// Keeps the bytes in a state under each key that is ever proven, and reads them as the other chain would.
pub fn stored_value(data: &[u8]) -> Vec<Result<Answer, ProofFault>> {
    canonical::<u16>(data, 2, 0);
    canonical::<Moment>(data, 8, 0);
    canonical::<Commitment>(data, Commitment::max_encoded_len(), 0);
    canonical::<Record>(data, Record::max_encoded_len(), 0);

    let of = tranche(0);
    let asked =
        [Question::RecordVersion, Question::Now, Question::Genesis, Question::Commitment(of), Question::Record(of)];
    let entries: BTreeMap<_, _> = asked.iter().map(|question| (question.key(), data.to_vec())).collect();
    let backend = InMemoryBackend::<BlakeTwo256>::from((entries, StateVersion::V1));
    let root = backend.storage_root(std::iter::empty(), StateVersion::V1).0;
    let proven = prove_read(backend, asked.map(Question::key)).expect("the state is whole; qed");
    let proof = HeaderProof { header: H256::zero(), nodes: proven.into_iter_nodes().collect() };
    let oversized = proof.is_oversized();
    let mut nodes = match Nodes::<BlakeTwo256>::open(proof, |_| Ok(root)) {
        Ok(nodes) => nodes,
        Err(fault) => {
            assert!(oversized && fault == ProofFault::TooLarge, "{fault:?}");
            return vec![Err(fault)];
        }
    };
    let truths = [
        whole(data).map(|version| Answer::RecordVersion(Some(version))),
        whole(data).map(Answer::Now),
        whole(data).map(Answer::Genesis),
        whole(data).map(|commitment| Answer::Commitment(Some(commitment))),
        whole(data).map(|record| Answer::Record(Some(record))),
    ];
    let answers = asked.map(|question| question.ask(&mut nodes));
    assert_eq!(answers, truths);
    assert_eq!(nodes.close(), Ok(()));
    answers.to_vec()
}

fn whole<V: Decode>(data: &[u8]) -> Result<V, ProofFault> {
    V::decode_all(&mut &data[..]).map_err(|_| ProofFault::Undecodable)
}

/// Terms that pass their own check have two networks that are told apart, or one.
fn check_terms(terms: &Terms) {
    assert_eq!(terms.differences(terms, |_| true), Vec::new());
    if terms.check().is_err() {
        return;
    }
    assert!(terms.genesis(terms.holding()).is_some());
    match terms.deciding() {
        Some(deciding) => {
            let [first, second] = terms.both_networks().expect("terms that are checked have both");
            assert_ne!(first, second);
            assert_ne!(deciding, terms.holding());
            assert!(terms.genesis(deciding).is_some_and(|genesis| genesis == first || genesis == second));
        }
        None => assert_eq!((terms.both_networks(), terms.holding()), (None, NetworkIndex(0))),
    }
}

/// The largest part is one that is taken, and no larger one is, as long as no more is covered than remains.
fn check_parts(parts: &LotRange) {
    let LotRange { remaining, min: least, max: most } = *parts;
    let near = |lots: u32| [lots.saturating_sub(1), lots, lots.saturating_add(1)];
    let all: Vec<u32> = [0, remaining, least, most, u32::MAX].into_iter().flat_map(near).collect();
    for covered in all.iter().filter(|covered| **covered <= remaining) {
        let largest = parts.largest(*covered);
        assert!(largest.is_none_or(|lots| lots > 0 && lots <= *covered && parts.takes(lots)), "{parts:?} {covered}");
        for lots in all.iter().filter(|lots| *lots <= covered && parts.takes(**lots)) {
            assert!(largest.is_some_and(|most| most >= *lots), "{parts:?} takes {lots} of {covered}");
        }
    }
}

/// No more is executed than is committed, and no more of a leg moves than the leg has.
fn check_commitment(commitment: &Commitment, terms: &Terms) {
    let Commitment { settled, lots, .. } = *commitment;
    assert!(!commitment.allows(0));
    assert!(lots == u32::MAX || !commitment.allows(lots + 1));
    for leg in &terms.legs {
        match share(leg.amount, settled, lots, terms.lots) {
            Some(moved) => assert!(moved <= leg.amount),
            None => assert!(terms.lots == 0 || settled.checked_add(lots).is_none_or(|sum| sum > terms.lots)),
        }
    }
}
