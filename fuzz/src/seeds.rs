//! Inputs that a fuzzer would not find by itself: whole proofs, since no change of bytes makes a node with a given hash,
//! and whole messages.

use crate::state::{commitment, questions, record, states, tranche, Question};
use codec::Encode;
use pallet_counterpart::HeaderProof;
use polkadot_sdk::{
    sp_core::{Hasher, H256},
    sp_runtime::traits::BlakeTwo256,
};
use std::{env, fs, path::PathBuf};
use tandem_primitives::{
    AccountId, AssetId, Date, Execution, Leg, ManagedBy, Message, NetworkIndex, OnIncomplete, Terms, TwoNetworks,
    VersionedMessage, VersionedTerms, MAX_LEGS,
};

/// The seeds of a target; none if there is no such target.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "header_proof" => proofs(),
        "tampered_proof" => tampered(),
        "stored_value" => stored(),
        "message" => messages().iter().map(Encode::encode).collect(),
        "lane_message" => messages().iter().map(|message| message.encode().encode()).collect(),
        _ => Vec::new(),
    }
}

/// Writes the seeds of a target into the folder that the environment names in `TANDEM_FUZZ_SEEDS`, if it does.
///
/// A target does so before the fuzzer reads that folder: they are never those of other keys or encodings.
pub fn write(target: &str) {
    let Some(folder) = env::var_os("TANDEM_FUZZ_SEEDS").map(PathBuf::from) else { return };
    for (number, seed) in seeds(target).iter().enumerate() {
        let path = folder.join(format!("seed-{number:03}"));
        fs::write(&path, seed).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// What the chain's calls prove, of each state: a commitment, a record, and a record's absence with the time.
fn proofs() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for state in states() {
        for number in 0..4 {
            let of = tranche(number);
            for asked in [
                vec![Question::RecordVersion, Question::Commitment(of)],
                vec![Question::RecordVersion, Question::Record(of)],
                vec![Question::RecordVersion, Question::Record(of), Question::Now, Question::Genesis],
            ] {
                let proof = HeaderProof { header: state.header, nodes: state.prove(&asked) };
                let mut input = proof.encode();
                input.extend(asked.iter().map(|question| number_of(*question)));
                all.push(input);
            }
        }
        all.push(HeaderProof { header: state.header, nodes: state.prove(questions()) }.encode());
    }
    all.push(HeaderProof { header: H256::zero(), nodes: Vec::new() }.encode());
    all.push(HeaderProof { header: states()[0].header, nodes: vec![Vec::new(); 65] }.encode());
    all.push(HeaderProof { header: H256::zero(), nodes: vec![empty_child(), vec![1]] }.encode());
    all
}

/// A branch whose one child, on the way to the version of the records, is the empty trie.
fn empty_child() -> Vec<u8> {
    let nibble = Question::RecordVersion.key()[0] >> 4;
    let child = BlakeTwo256::hash(&[0]).as_bytes().to_vec();
    (0x80u8, 1u16 << nibble, child).encode()
}

/// Each change alone, of each state.
fn tampered() -> Vec<Vec<u8>> {
    let changes = 0..16u8;
    (0..6).flat_map(|state| changes.clone().map(move |change| vec![state, 1, 0, 2 + state, change, 1, 2, 3])).collect()
}

fn stored() -> Vec<Vec<u8>> {
    let (commitment, record) = (commitment(7).encode(), record(7).encode());
    vec![Vec::new(), 1u16.encode(), 1_600_000_000_000u64.encode(), commitment, record]
}

/// Each message, with each kind of terms that a trade across two networks can have, and with some that it cannot.
fn messages() -> Vec<VersionedMessage> {
    let manager = AccountId::new([7; 32]);
    let managed_by = ManagedBy { manager: manager.clone(), manager_by: 20 };
    let mut whole = terms(2);
    whole.execution = Execution::ByManager { manager, manager_by: 40 };
    whole.two_networks =
        Some(TwoNetworks { commit_on: NetworkIndex(0), pay_deadline: 30, managed_by: Some(managed_by) });
    let mut alone = terms(2);
    alone.networks = vec![H256::repeat_byte(1)].try_into().expect("one of at most two; qed");
    alone.two_networks = None;
    alone.execution = Execution::Hashlock { hash: H256::repeat_byte(9) };
    let (id, tranche) = tranche(7);
    let mut all: Vec<_> = [terms(2), terms(MAX_LEGS), whole, alone]
        .into_iter()
        .map(|terms| Message::Committed { terms: VersionedTerms::V1(terms), tranche, commitment: commitment(7) })
        .collect();
    all.extend([7, 8].map(|number| Message::Decided { id, tranche, record: record(number) }));
    all.into_iter().map(VersionedMessage::V1).collect()
}

fn terms(legs: u32) -> Terms {
    let leg = |number: u32| Leg {
        network: NetworkIndex((number % 2) as u8),
        asset: if number.is_multiple_of(2) { AssetId::WithId(number) } else { AssetId::Native },
        amount: 1_000_000,
        from: AccountId::new([1; 32]),
        to: AccountId::new([2; 32]),
    };
    Terms {
        reference: b"TRADE 1/2026".to_vec().try_into().expect("fewer than 35 characters; qed"),
        networks: vec![H256::repeat_byte(1), H256::repeat_byte(2)].try_into().expect("two; qed"),
        two_networks: Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: 30, managed_by: None }),
        legs: (0..legs).map(leg).collect::<Vec<_>>().try_into().expect("at most as many as there may be; qed"),
        lots: 8,
        trade_date: Date(20_000),
        settlement_date: Date(20_002),
        settle_from: 0,
        partial_from: 10,
        reserve_by: 20,
        deadline: 40,
        execution: Execution::Immediate,
        on_incomplete: OnIncomplete::Complete,
    }
}

/// The byte by which an input asks it.
fn number_of(question: Question) -> u8 {
    let at = questions().iter().position(|known| *known == question).expect("it is asked about; qed");
    u8::try_from(at).expect("there are fewer than 256; qed")
}
