//! Tests of tampered proofs: each changed field of each proof is refused with an error of its own and changes nothing.

use super::{network::justification, pair::*};
use crate::{
    tests::world::{BUYER, SELLER},
    *,
};
use codec::Encode;
use frame_support::assert_ok;
use pallet_counterpart::{
    grandpa::keys::{commitment, genesis, now, record, record_version},
    Call, Commitments, Error, HeaderProof, RecordVersion, Records,
};
use tandem_primitives::{Commitment, Decision, ProofFault, Record, TermsFault, RECORD_VERSION};

type Fault = Error<Runtime>;

/// Test helper: trade that is committed and paid, whose record can be proven at an imported header.
fn paid() -> (Pair, Trade) {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.import(To::Asset);
    (pair, trade)
}

fn record_proof(pair: &mut Pair, trade: &Trade) -> HeaderProof {
    pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)])
}

fn deliver(trade: &Trade, proof: HeaderProof) -> Call<Runtime> {
    Call::deliver_by_proof { id: trade.id, proof }
}

fn give_back(trade: &Trade, proof: HeaderProof) -> Call<Runtime> {
    Call::return_by_proof { id: trade.id, proof }
}

/// Test helper: checks that the delivery is still committed, and that the true proof still delivers it.
#[track_caller]
fn untouched(mut pair: Pair, trade: &Trade) {
    pair.check();
    assert_eq!(pair.in_escrow().0, QUANTITY);
    pair.carry_record(trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_header_that_is_not_imported_should_prove_nothing() {
    let (mut pair, trade) = paid();
    let proof = record_proof(&mut pair, &trade);
    pair.asset.send_err(
        SELLER,
        deliver(&trade, HeaderProof { header: Hash::zero(), ..proof.clone() }),
        Fault::Proof(ProofFault::HeaderNotFound),
    );
    pair.payment.block();
    // Finalised on the other chain, and not imported here.
    let unknown = record_proof(&mut pair, &trade);
    pair.asset.send_err(SELLER, deliver(&trade, unknown), Fault::Proof(ProofFault::HeaderNotFound));
    untouched(pair, &trade);
}

#[test]
fn a_proof_of_another_state_should_be_refused() {
    let (mut pair, trade) = paid();
    let imported = record_proof(&mut pair, &trade).header;
    pair.payment.block();
    let other = record_proof(&mut pair, &trade);
    pair.asset.send_err(
        SELLER,
        deliver(&trade, HeaderProof { header: imported, ..other }),
        Fault::Proof(ProofFault::WrongRoot),
    );
    // The asset chain's own state under its own root is not the payment chain's.
    let own = pair.asset.newest().prove(&[record_version(), record(trade.id, trade.tranche)]);
    pair.asset.send_err(
        SELLER,
        deliver(&trade, HeaderProof { header: imported, ..own }),
        Fault::Proof(ProofFault::WrongRoot),
    );
    pair.asset.send_err(
        SELLER,
        deliver(&trade, HeaderProof { header: imported, nodes: Vec::new() }),
        Fault::Proof(ProofFault::WrongRoot),
    );
    untouched(pair, &trade);
}

#[test]
fn a_proof_without_a_node_should_be_refused_and_prove_no_absence() {
    let (mut pair, trade) = paid();
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    pair.import(To::Asset);
    let whole = pair.absence(&trade);
    for missing in 0..whole.nodes.len() {
        let mut nodes = whole.nodes.clone();
        nodes.remove(missing);
        let proof = HeaderProof { nodes, ..whole.clone() };
        let found = pair.asset.send(SELLER, give_back(&trade, proof));
        // Without a leaf of the time or of the first block the record is still found, which is no reason to return either:
        // what is left is more than it needs.
        let refusals = [
            Fault::Proof(ProofFault::NodeMissing),
            Fault::Proof(ProofFault::WrongRoot),
            Fault::Proof(ProofFault::NodeUnused),
        ]
        .map(|fault| Err(fault.into()));
        assert!(refusals.contains(&found), "without node {missing}: {found:?}");
    }
    // Without what leads to the record: the version, the time and the first block alone.
    let without = pair.prove(To::Asset, &[record_version(), now(), genesis()]);
    pair.asset.send_err(SELLER, give_back(&trade, without), Fault::Proof(ProofFault::NodeMissing));
    untouched(pair, &trade);
}

#[test]
fn a_proof_with_more_than_is_needed_should_be_refused() {
    let (mut pair, trade) = paid();
    let keys = [record_version(), record(trade.id, trade.tranche), now(), genesis()];
    let more = pair.prove(To::Asset, &keys);
    pair.asset.send_err(SELLER, deliver(&trade, more), Fault::Proof(ProofFault::NodeUnused));
    let mut twice = record_proof(&mut pair, &trade);
    twice.nodes.push(twice.nodes[0].clone());
    pair.asset.send_err(SELLER, deliver(&trade, twice), Fault::Proof(ProofFault::NodeUnused));
    let mut foreign = record_proof(&mut pair, &trade);
    foreign.nodes.push(vec![0xff; 64]);
    pair.asset.send_err(SELLER, deliver(&trade, foreign), Fault::Proof(ProofFault::NodeUnused));
    untouched(pair, &trade);
}

#[test]
fn a_proof_that_is_larger_than_any_should_be_refused_before_it_is_looked_at() {
    use pallet_counterpart::grandpa::{MAX_BYTES, MAX_NODES};
    let (mut pair, trade) = paid();
    let proof = record_proof(&mut pair, &trade);
    assert!(proof.nodes.len() <= MAX_NODES / 2, "{} nodes", proof.nodes.len());
    let many = HeaderProof { nodes: (0..=MAX_NODES as u32).map(|node| node.encode()).collect(), ..proof.clone() };
    let large = HeaderProof { nodes: vec![vec![0; MAX_BYTES as usize + 1]], ..proof.clone() };
    for oversized in [many, large] {
        let call = deliver(&trade, oversized);
        assert_eq!(pair.asset.directly(SELLER, call.clone()), Err(Fault::Proof(ProofFault::TooLarge).into()));
        let refused = pair.asset.on(|| crate::tests::world::refused(SELLER, call));
        assert_eq!(refused, sp_runtime::transaction_validity::InvalidTransaction::ExhaustsResources.into());
    }
    untouched(pair, &trade);
}

#[test]
fn a_changed_byte_anywhere_in_a_proof_should_be_refused() {
    let (mut pair, trade) = paid();
    let whole = record_proof(&mut pair, &trade);
    for (node, bytes) in whole.nodes.iter().enumerate() {
        // Every seventh byte of each node: a changed node has another hash, whichever byte it was.
        for byte in (0..bytes.len()).step_by(7) {
            let mut nodes = whole.nodes.clone();
            nodes[node][byte] ^= 1;
            let proof = HeaderProof { nodes, ..whole.clone() };
            let root = sp_io::hashing::blake2_256(bytes) == pair.payment.newest().header.state_root.0;
            // The parent no longer leads to it; of the root there is no parent.
            let fault = if root { Fault::Proof(ProofFault::WrongRoot) } else { Fault::Proof(ProofFault::NodeMissing) };
            let found = pair.asset.send(SELLER, deliver(&trade, proof));
            assert_eq!(found, Err(fault.into()), "node {node}, byte {byte}");
            if byte % 70 == 0 {
                pair.asset.block();
            }
        }
    }
    untouched(pair, &trade);
}

#[test]
fn an_executed_record_should_not_return_and_a_delivered_one_not_deliver_again() {
    let (mut pair, trade) = paid();
    let proof = record_proof(&mut pair, &trade);
    pair.asset.send_err(SELLER, give_back(&trade, proof.clone()), Fault::AlreadyExecuted);
    pair.asset.send_ok(CARRIER, deliver(&trade, proof.clone()));
    // Replay: the pool takes no proof of what has ended, and the call refuses it wherever it comes from.
    for call in [deliver(&trade, proof.clone()), give_back(&trade, proof)] {
        let error = pair.asset.directly(SELLER, call);
        assert_eq!(error, Err(Fault::NotCommitted.into()));
    }
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn an_old_header_should_not_return_what_was_paid_later() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.import(To::Asset);
    let early = pair.payment.top();
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    pair.import(To::Asset);
    // No record in that old state, and its time is before the deadline.
    let keys = [record_version(), record(trade.id, trade.tranche), now(), genesis()];
    let proof = pair.payment.finalised[early].prove(&keys);
    pair.asset.send_err(SELLER, give_back(&trade, proof), Fault::NotTimedOut);
    // The time of a new header with the absence of the old one: two states are no proof.
    let mut mixed = pair.payment.finalised[early].prove(&[record_version(), record(trade.id, trade.tranche)]);
    mixed.nodes.extend(pair.prove(To::Asset, &[now(), genesis()]).nodes);
    pair.asset.send_err(SELLER, give_back(&trade, mixed.clone()), Fault::Proof(ProofFault::NodeMissing));
    let newest = pair.payment.newest().hash();
    pair.asset.send_err(
        SELLER,
        give_back(&trade, HeaderProof { header: newest, ..mixed }),
        Fault::Proof(ProofFault::NodeMissing),
    );
    untouched(pair, &trade);
}

// What is absent names no chain: a light client that was told to follow another one by mistake must not return what the
// true one has executed.
#[test]
fn the_absence_of_another_chain_should_prove_nothing() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    let genesis = pair.payment.genesis;
    let begin = |pair: &mut Pair, first| pair.payment.on(|| frame_system::BlockHash::<Runtime>::insert(0, first));
    begin(&mut pair, Hash::repeat_byte(9));
    pair.unchecked_import(To::Asset);
    let other = pair.absence(&trade);
    pair.asset.send_err(CARRIER, give_back(&trade, other), Fault::OtherNetwork);
    begin(&mut pair, genesis);
    pair.import(To::Asset);
    let own = pair.absence(&trade);
    pair.asset.send_ok(CARRIER, give_back(&trade, own));
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn the_absence_of_another_chain_should_end_no_record() {
    let (mut pair, trade) = paid();
    pair.carry_record(&trade);
    let pay_deadline = trade.pay_deadline();
    pair.asset.wait_until(pay_deadline);
    pair.payment.wait_until(pay_deadline);
    pair.asset.on(|| frame_system::BlockHash::<Runtime>::insert(0, Hash::repeat_byte(9)));
    pair.unchecked_import(To::Payment);
    let keys = [record_version(), commitment(trade.id, trade.tranche), now(), genesis()];
    let proof = pair.prove(To::Payment, &keys);
    let forget = Call::forget_by_proof { id: trade.id, tranche: trade.tranche, proof };
    pair.payment.send_err(CARRIER, forget, Fault::OtherNetwork);
}

/// Test helper: result of a delivery by the proof of a record that `change` has falsified, as a chain with dishonest
/// validators could show it.
fn forged(change: impl Fn(&mut Record)) -> Result<(), sp_runtime::DispatchError> {
    let (mut pair, trade) = paid();
    let key = (trade.id, trade.tranche);
    let mut said = pair.payment.on(|| Records::<Runtime>::get(key)).expect("paid");
    change(&mut said);
    pair.payment.on(|| Records::<Runtime>::insert(key, said));
    pair.import(To::Asset);
    let proof = record_proof(&mut pair, &trade);
    pair.asset.send(CARRIER, deliver(&trade, proof))
}

#[test]
fn each_field_of_a_record_should_be_checked() {
    assert_eq!(forged(|_| ()), Ok(()));
    let changes: [(fn(&mut Record), Fault); 7] = [
        (|record| record.terms_hash = Default::default(), Fault::RecordDiffers),
        (|record| record.networks[0] = Hash::zero(), Fault::RecordDiffers),
        (|record| record.networks[1] = Hash::zero(), Fault::RecordDiffers),
        (|record| record.networks.swap(0, 1), Fault::RecordDiffers),
        (|record| record.pay_deadline += 1, Fault::RecordDiffers),
        (|record| record.decision = Decision::Executed { lots: 11 }, Fault::LotsNotAllowed),
        (|record| record.decision = Decision::Executed { lots: 0 }, Fault::LotsNotAllowed),
    ];
    for (change, fault) in changes {
        assert_eq!(forged(change), Err(fault.into()));
    }
}

/// Test helper: result of `instruct_by_proof` with a commitment that `change` has falsified, as a chain with dishonest
/// validators could show it.
fn forged_commitment(change: impl Fn(&mut Commitment)) -> Result<(), sp_runtime::DispatchError> {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    let key = (trade.id, trade.tranche);
    let mut said = pair.asset.on(|| Commitments::<Runtime>::get(key)).expect("committed");
    change(&mut said);
    pair.asset.on(|| Commitments::<Runtime>::insert(key, said));
    pair.unchecked_import(To::Payment);
    let proof = pair.prove(To::Payment, &[record_version(), commitment(trade.id, trade.tranche)]);
    pair.payment.send(CARRIER, trade.instruct_by_proof(proof))
}

#[test]
fn each_field_of_a_commitment_should_be_checked() {
    assert_eq!(forged_commitment(|_| ()), Ok(()));
    let changes: [fn(&mut Commitment); 9] = [
        |said| said.terms_hash = Default::default(),
        |said| said.instructing = BUYER.to_account_id(),
        |said| said.networks[0] = Hash::zero(),
        |said| said.networks[1] = Hash::zero(),
        |said| said.settled = 1,
        |said| said.lots = 11,
        |said| said.lots = 0,
        |said| said.parts.remaining = 9,
        |said| said.parts.min = 11,
    ];
    for (index, change) in changes.into_iter().enumerate() {
        assert_eq!(forged_commitment(change), Err(Fault::CommitmentDiffers.into()), "change {index}");
    }
}

#[test]
fn other_terms_or_another_instructing_account_should_be_of_no_commitment() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.import(To::Payment);
    let proof = pair.prove(To::Payment, &[record_version(), commitment(trade.id, trade.tranche)]);
    // The buyer would rather pay a little less.
    let mut cheaper = trade.clone();
    cheaper.terms.legs[1].amount -= 1;
    let by_another = Trade { instructing: BUYER, ..trade.clone() };
    let later = trade.next();
    // Other terms, or another account, are another id.
    let id = |other: &Trade| {
        let holding = other.terms.networks[0];
        tandem_primitives::instruction_id(holding, &other.instructing.to_account_id(), other.versioned().hash())
    };
    for other in [&cheaper, &by_another, &later] {
        // What leads to the true key may happen to show that another one is not there.
        let found = pair.payment.send(BUYER, other.instruct_by_proof(proof.clone()));
        let refusals =
            [Fault::Proof(ProofFault::NodeMissing), Fault::CommitmentNotFound].map(|fault| Err(fault.into()));
        assert!(refusals.contains(&found), "{found:?}");
        // And what is proven absent is not committed.
        let absent = pair.prove(To::Payment, &[record_version(), commitment(id(other), other.tranche)]);
        pair.payment.send_err(BUYER, other.instruct_by_proof(absent), Fault::CommitmentNotFound);
    }
}

#[test]
fn terms_that_name_other_networks_should_be_refused() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    let proof = pair.prove(To::Payment, &[record_version()]);
    let mut elsewhere = trade.clone();
    elsewhere.terms.networks[0] = Hash::repeat_byte(7);
    pair.payment.send_err(BUYER, elsewhere.instruct_by_proof(proof.clone()), Fault::OtherNetwork);
    pair.payment.send_err(BUYER, elsewhere.reserve_ahead(1), Fault::OtherNetwork);
    let mut not_here = trade.clone();
    not_here.terms.networks[1] = Hash::repeat_byte(7);
    pair.payment.send_err(BUYER, not_here.instruct_by_proof(proof.clone()), Fault::OtherNetwork);
    // On the chain that holds it there is nothing to decide.
    pair.asset.send_err(BUYER, trade.instruct_by_proof(proof), Fault::OtherNetwork);
    let one = {
        let mut one = trade.clone();
        one.terms.two_networks = None;
        one.terms.networks.truncate(1);
        one
    };
    pair.payment.send_err(BUYER, one.reserve_ahead(1), Fault::BadTerms(TermsFault::UnknownNetwork));
}

#[test]
fn a_commitment_should_be_taken_once() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.import(To::Payment);
    let proof = pair.prove(To::Payment, &[record_version(), commitment(trade.id, trade.tranche)]);
    assert_eq!(
        pair.payment.directly(CARRIER, trade.instruct_by_proof(proof.clone())),
        Err(Fault::AlreadyExists.into())
    );
    pair.payment.send_ok(BUYER, trade.pay(10));
    // Executed, and still committed on the other chain as far as that header shows.
    assert_eq!(pair.payment.directly(CARRIER, trade.instruct_by_proof(proof)), Err(Fault::AlreadyExists.into()));
    assert_eq!(pair.euros(SELLER), PRICE, "once");
}

#[test]
fn a_halted_client_or_a_blocked_header_should_prove_nothing() {
    let (mut pair, trade) = paid();
    let proof = record_proof(&mut pair, &trade);
    assert_ok!(pair.asset.root(Call::set_halted { halted: true }));
    pair.asset.send_err(SELLER, deliver(&trade, proof.clone()), Fault::Proof(ProofFault::Halted));
    assert_ok!(pair.asset.root(Call::set_halted { halted: false }));
    // The other pallet's own brake counts as well.
    use polkadot_sdk::bp_runtime::BasicOperatingMode::{Halted, Normal};
    assert_ok!(pair.asset.root(pallet_bridge_grandpa::Call::set_operating_mode { operating_mode: Halted }));
    pair.asset.send_err(SELLER, deliver(&trade, proof.clone()), Fault::Proof(ProofFault::Halted));
    assert_ok!(pair.asset.root(pallet_bridge_grandpa::Call::set_operating_mode { operating_mode: Normal }));
    let header = proof.header;
    assert_ok!(pair.asset.root(Call::block_header { header }));
    pair.asset.send_err(SELLER, deliver(&trade, proof.clone()), Fault::Proof(ProofFault::HeaderBlocked));
    assert_ok!(pair.asset.root(Call::unblock_header { header }));
    pair.asset.send_ok(SELLER, deliver(&trade, proof));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn an_absence_should_prove_nothing_once_the_records_have_moved() {
    let (mut pair, trade) = paid();
    let key = (trade.id, trade.tranche);
    // The payment chain's upgrade keeps records elsewhere, and says so.
    pair.payment.on(|| {
        Records::<Runtime>::remove(key);
        RecordVersion::<Runtime>::put(RECORD_VERSION + 1);
    });
    pair.payment.unchecked_block_after(1);
    let pay_deadline = trade.pay_deadline();
    pair.payment.unchecked_wait_until(pay_deadline);
    pair.unchecked_import(To::Asset);
    let proof = pair.absence(&trade);
    pair.asset.send_err(SELLER, give_back(&trade, proof), Fault::Proof(ProofFault::OtherRecordVersion));
    // Or it says nothing at all.
    pair.payment.on(RecordVersion::<Runtime>::kill);
    pair.unchecked_import(To::Asset);
    let proof = pair.absence(&trade);
    pair.asset.send_err(SELLER, give_back(&trade, proof), Fault::Proof(ProofFault::OtherRecordVersion));
    assert_eq!(pair.in_escrow().0, QUANTITY);
}

#[test]
fn what_is_kept_in_another_form_should_be_refused() {
    let (mut pair, trade) = paid();
    let raw = record(trade.id, trade.tranche);
    let mut value = pair.payment.on(|| frame_support::storage::unhashed::get_raw(&raw)).expect("a record");
    value.push(0);
    pair.payment.on(|| frame_support::storage::unhashed::put_raw(&raw, &value));
    pair.import(To::Asset);
    let longer = record_proof(&mut pair, &trade);
    pair.asset.send_err(SELLER, deliver(&trade, longer), Fault::Proof(ProofFault::Undecodable));
}

#[test]
fn a_justification_by_too_few_or_by_others_should_import_nothing() {
    use sp_keyring::Ed25519Keyring::{Alice, Bob, Charlie, Dave};
    type Import = pallet_bridge_grandpa::Error<Runtime>;
    let mut pair = Pair::new();
    pair.payment.block();
    let header = pair.payment.newest().header.clone();
    let submit = |by: &[_], set_id, about: &Header| pallet_bridge_grandpa::Call::<Runtime>::submit_finality_proof_ex {
        finality_target: Box::new(header.clone()),
        justification: justification(about, set_id, by),
        current_set_id: set_id,
        is_free_execution_expected: false,
    };
    for (by, what) in
        [(&[Alice][..], "one of two"), (&[Charlie, Dave][..], "strangers"), (&[Alice, Alice][..], "twice")]
    {
        let found = pair.asset.send(CARRIER, submit(by, 0, &header));
        assert_eq!(found, Err(Import::InvalidJustification.into()), "{what}");
    }
    let of_another_set = submit(&[Alice, Bob], 1, &header);
    assert_eq!(pair.asset.directly(CARRIER, of_another_set), Err(Import::InvalidAuthoritySetId.into()));
    let other = pair.payment.finalised[1].header.clone();
    pair.asset.send_err(CARRIER, submit(&[Alice, Bob], 0, &other), Import::InvalidJustification);
    pair.asset.send_ok(CARRIER, submit(&[Alice, Bob], 0, &header));
}
