//! Tests of the weights of calls on this chain: they are those measured on it, and never more than a transaction may
//! have.

use crate::{
    configs::{RuntimeBlockWeights, MAX_VALIDATORS},
    weights, *,
};
use core::any::TypeId;
use frame_support::{
    dispatch::DispatchClass,
    traits::{Get, GetCallName},
    weights::{
        constants::{WEIGHT_REF_TIME_PER_MICROS, WEIGHT_REF_TIME_PER_MILLIS},
        RuntimeDbWeight, Weight,
    },
};
use pallet_counterpart::grandpa::MAX_BYTES;
use pallet_escrow::WeightInfo as _;
use pallet_participants::{types, WeightInfo as _};
use pallet_settlement::WeightInfo as _;
use pallet_validators::WeightInfo as _;
use tandem_primitives::{HeldInstructions, MAX_LEGS};

type OfCounterpart = <Runtime as pallet_counterpart::Config>::WeightInfo;
type OfEscrow = <Runtime as pallet_escrow::Config>::WeightInfo;
type OfParticipants = <Runtime as pallet_participants::Config>::WeightInfo;
type OfSettlement = <Runtime as pallet_settlement::Config>::WeightInfo;
type OfValidators = <Runtime as pallet_validators::Config>::WeightInfo;

/// Length of the longest call that fits a block, in bytes; longer than any call that can be proposed.
const LONGEST: u32 = 5 * 1024 * 1024;

/// Calls of a pallet by name, each with the maximum of its own weight.
type AtMost = Vec<(&'static str, Weight)>;

fn escrow() -> AtMost {
    vec![("claim", OfEscrow::claim().saturating_add(OfEscrow::claim_for_another()))]
}

fn participants() -> AtMost {
    vec![
        (
            "register",
            OfParticipants::register(types::MAX_ACCOUNTS)
                .saturating_add(<Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1)),
        ),
        ("update", OfParticipants::update()),
        ("set_status", OfParticipants::set_status(types::MAX_ACCOUNTS)),
        ("set_roles", OfParticipants::set_roles(types::MAX_ACCOUNTS)),
        ("add_account", OfParticipants::add_account()),
        ("remove_account", OfParticipants::remove_account()),
        ("request_replacement", OfParticipants::request_change()),
        (
            "replace_account",
            OfParticipants::replace_account().saturating_add(OfParticipants::replacement_beyond_measured()),
        ),
        ("recover", OfParticipants::recover()),
        ("set_certificate", OfParticipants::set_certificate()),
        ("appoint_agent", OfParticipants::request_change()),
        ("dismiss_agent", OfParticipants::dismiss_agent().saturating_add(OfParticipants::dismissal_beyond_measured())),
        ("register_network", OfParticipants::register_network()),
        ("update_network", OfParticipants::update_network()),
        ("register_service", OfParticipants::register_service()),
        ("update_service", OfParticipants::update_service()),
        ("remove_service", OfParticipants::remove_service()),
        ("list_asset", OfParticipants::list_asset()),
        ("update_asset", OfParticipants::update_asset()),
        ("propose", OfParticipants::propose()),
        // Without the call inside, which is checked where it belongs.
        ("approve", OfParticipants::approve(LONGEST)),
        ("enact", OfParticipants::enact(LONGEST)),
        ("withdraw_proposal", OfParticipants::withdraw_proposal()),
        ("set_enactment_delay", OfParticipants::set_enactment_delay()),
        ("veto", OfParticipants::veto()),
        ("transfer_estate", OfParticipants::transfer_estate()),
        ("grant_licence", OfParticipants::grant_licence()),
        ("use_licence", OfParticipants::use_licence()),
        ("recover_asset", OfParticipants::recover_asset()),
        ("confirm_listing", OfParticipants::confirm_listing()),
        ("delist_asset", OfParticipants::delist_asset()),
        ("claw_back", OfParticipants::claw_back()),
        ("burn_from", OfParticipants::burn_from()),
        ("destroy_asset", OfParticipants::destroy_asset()),
        ("set_allowance", OfParticipants::set_allowance()),
        ("lower_rights", OfParticipants::lower_rights()),
        ("request_rights", OfParticipants::request_change()),
        ("remove_administrator", OfParticipants::request_change()),
        ("approve_change", OfParticipants::approve_change()),
        ("apply_change", OfParticipants::approve_change()),
        ("veto_change", OfParticipants::veto_change()),
    ]
}

fn settlement() -> AtMost {
    vec![
        ("instruct", {
            let checks = Settlement::payment_check(MAX_LEGS);
            OfSettlement::instruct(MAX_LEGS).saturating_add(OfSettlement::affirm(MAX_LEGS)).saturating_add(checks)
        }),
        ("affirm", Settlement::affirm_weight(MAX_LEGS)),
        ("set_party", Settlement::set_party_weight(MAX_LEGS)),
        ("reserve", Settlement::reserve_weight(MAX_LEGS)),
        ("release", Settlement::release_weight(MAX_LEGS)),
        ("settle_part", Settlement::settle_part_weight(MAX_LEGS)),
        ("execute", OfSettlement::execute(MAX_LEGS)),
        ("settle", OfSettlement::settle(MAX_LEGS)),
        ("cancel", Settlement::cancel_weight(MAX_LEGS)),
        ("reject", Settlement::reject_weight(MAX_LEGS)),
        ("expire", OfSettlement::expire(MAX_LEGS)),
        ("set_flag", OfSettlement::set_flag()),
        ("clear_flag", Settlement::clear_flag_weight(MAX_LEGS)),
    ]
}

/// Test helper: maximum weights of the calls of `pallet-counterpart`, with proofs of `MAX_BYTES`; larger ones are
/// refused first.
fn counterpart<Measured: pallet_counterpart::WeightInfo>() -> AtMost {
    let [deliver, take_back] = [Settlement::deliver_weight, Settlement::take_back_weight].map(|held| held(MAX_LEGS));
    vec![
        ("open_counterpart", Measured::open_counterpart()),
        ("close_counterpart", Measured::close_counterpart()),
        ("set_halted", Measured::set_halted()),
        ("block_header", Measured::block_header()),
        ("unblock_header", Measured::unblock_header()),
        ("commit", Counterpart::commit_weight(MAX_LEGS)),
        ("deliver_by_proof", Measured::deliver_by_proof(MAX_BYTES).saturating_add(deliver)),
        ("return_by_proof", Measured::return_by_proof(MAX_BYTES).saturating_add(take_back)),
        ("governed_release", Measured::governed_release()),
        ("complete_release", Measured::complete_release().saturating_add(take_back)),
        ("instruct_by_proof", Measured::instruct_by_proof(MAX_LEGS, MAX_BYTES)),
        ("reserve_ahead", Counterpart::reserve_ahead_weight(MAX_LEGS)),
        ("reserve", Counterpart::reserve_weight(MAX_LEGS)),
        ("execute", Measured::execute(MAX_LEGS)),
        ("refuse", Measured::refuse(MAX_LEGS)),
        ("expire", Measured::expire(MAX_LEGS)),
        ("forget_by_proof", Measured::forget_by_proof(MAX_BYTES)),
        ("block_headers_until", Measured::block_headers_until()),
        ("release", Counterpart::release_weight(MAX_LEGS)),
    ]
}

fn validators() -> AtMost {
    let listed: u32 = <Runtime as pallet_validators::Config>::MaxValidators::get();
    assert_eq!(listed, MAX_VALIDATORS);
    let read = <Runtime as frame_system::Config>::DbWeight::get().reads(1);
    vec![("add", OfValidators::add()), ("remove", OfValidators::remove().saturating_add(read))]
}

/// Test helper: maximum weights of the calls of our pallets, by pallet.
pub fn at_most() -> [(&'static str, AtMost); 5] {
    [
        ("Escrow", escrow()),
        ("Participants", participants()),
        ("Settlement", settlement()),
        ("Counterpart", counterpart::<OfCounterpart>()),
        ("Validators", validators()),
    ]
}

#[test]
fn the_weights_should_be_those_that_were_measured() {
    let same = [
        (TypeId::of::<OfCounterpart>(), TypeId::of::<weights::pallet_counterpart::WeightInfo<Runtime>>()),
        (TypeId::of::<OfEscrow>(), TypeId::of::<weights::pallet_escrow::WeightInfo<Runtime>>()),
        (TypeId::of::<OfParticipants>(), TypeId::of::<weights::pallet_participants::WeightInfo<Runtime>>()),
        (TypeId::of::<OfSettlement>(), TypeId::of::<weights::pallet_settlement::WeightInfo<Runtime>>()),
        (TypeId::of::<OfValidators>(), TypeId::of::<weights::pallet_validators::WeightInfo<Runtime>>()),
    ];
    assert!(same.iter().all(|(used, measured)| used == measured));
    let used: RuntimeDbWeight = <Runtime as frame_system::Config>::DbWeight::get();
    assert_eq!(used, weights::database::DbWeight::get());
    let sane = WEIGHT_REF_TIME_PER_MICROS..=WEIGHT_REF_TIME_PER_MILLIS;
    assert!(sane.contains(&used.read) && sane.contains(&used.write), "{used:?}");
}

#[test]
fn every_call_should_fit_the_share_that_a_block_has_for_transactions() {
    let limits = RuntimeBlockWeights::get();
    let most = limits.get(DispatchClass::Normal).max_extrinsic.expect("transactions are limited");
    let guard = OfParticipants::guard(types::MAX_ORIGINS);
    for (pallet, calls, at_most) in [
        ("escrow", pallet_escrow::Call::<Runtime>::get_call_names(), escrow()),
        ("participants", pallet_participants::Call::<Runtime>::get_call_names(), participants()),
        ("settlement", pallet_settlement::Call::<Runtime>::get_call_names(), settlement()),
        ("counterpart", pallet_counterpart::Call::<Runtime>::get_call_names(), counterpart::<OfCounterpart>()),
        ("validators", pallet_validators::Call::<Runtime>::get_call_names(), validators()),
    ] {
        let names: Vec<&str> = at_most.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, calls, "every call of {pallet} is here");
        for (name, weight) in at_most {
            let weight = weight.saturating_add(guard);
            assert!(weight.all_lte(most), "{pallet}::{name} weighs {weight:?}, more than {most:?}");
            assert!(weight.ref_time() > guard.ref_time(), "{pallet}::{name} weighs nothing");
        }
    }
}

/// Test helper: weight that the sweep of payments needs for one payment of the largest size: its entries, and the
/// dearest that can be due of it.
fn payment_swept<Measured: pallet_counterpart::WeightInfo>() -> Weight {
    let due = Measured::expire(MAX_LEGS).max(Measured::execute(MAX_LEGS)).max(Measured::sanction_check(MAX_LEGS));
    let entries = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 2);
    Measured::sweep_look().saturating_add(entries).saturating_add(due)
}

// What the sweeps take at a time is a small part of what every block has left for them.
#[test]
fn chain_l3_the_sweeps_should_end_the_largest_instruction_and_payment_in_any_block() {
    let limits = RuntimeBlockWeights::get();
    // A block is full when both classes of transactions are.
    let left = [DispatchClass::Normal, DispatchClass::Operational]
        .map(|class| limits.get(class).max_total.expect("transactions are limited"))
        .into_iter()
        .fold(limits.max_block.saturating_sub(limits.base_block), |left, class| left.saturating_sub(class));
    let instruction = OfSettlement::sweep_look().saturating_add(OfSettlement::expire(MAX_LEGS));
    let payment = payment_swept::<OfCounterpart>();
    for one in [instruction, payment] {
        assert!(one.saturating_mul(4).all_lte(left), "{one:?} of {left:?}");
    }
    assert!(OfSettlement::sweep_prune().all_lte(instruction));
}

/// Calls of which each has to fit one account's share of the reserve for those who govern.
const GOVERNS: [&str; 3] = ["register", "set_status", "set_roles"];

#[test]
fn every_call_should_fit_the_share_of_a_block_that_its_sender_has() {
    let normal = RuntimeBlockWeights::get().get(DispatchClass::Normal).max_total.expect("transactions are limited");
    let reserve = RuntimeBlockWeights::get().get(DispatchClass::Operational).reserved.expect("a reserve");
    let shares = <Runtime as pallet_participants::Config>::BlockShares::get();
    let own = shares.ordinary_each.mul_floor(normal.ref_time());
    let guard = OfParticipants::guard(types::MAX_ORIGINS);
    for (name, weight) in
        escrow().into_iter().chain(participants()).chain(settlement()).chain(counterpart::<OfCounterpart>())
    {
        // Alone: a code of megabytes is approved by its hash and applied on its own.
        if name != "approve" && name != "enact" {
            let time = weight.saturating_add(guard).ref_time();
            assert!(time <= own, "{name} takes {time}, more than {own}");
        }
    }
    for (name, weight) in participants().into_iter().filter(|(name, _)| GOVERNS.contains(name)) {
        let own = shares.governing_each.mul_floor(reserve.ref_time());
        assert!(weight.saturating_add(guard).ref_time() <= own, "{name}");
    }
}
