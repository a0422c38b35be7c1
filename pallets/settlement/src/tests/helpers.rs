//! Trades in the words of the tests.

use crate::{mock::*, Affirmation, Event, Instruction, Instructions, Open};
use polkadot_sdk::{
    frame_support::assert_ok,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Date, Execution, InstructionId, Leg, LegIndex, Lots, Moment,
    NetworkIndex, OnIncomplete, Outcome, PartyTerms, Policy, Quantity, Terms, VersionedTerms,
};

/// Times of every trade, in milliseconds after `START`.
pub const SETTLE_FROM: Moment = 0;
pub const PARTIAL_FROM: Moment = 10_000;
pub const RESERVE_BY: Moment = 20_000;
pub const DEADLINE: Moment = 30_000;

/// Delivery and payment, by their legs.
pub const DELIVERY: LegIndex = LegIndex(0);
pub const PAYMENT: LegIndex = LegIndex(1);

/// One leg.
pub fn leg(asset: u32, amount: Balance, from: AccountId, to: AccountId) -> Leg {
    Leg { network: NetworkIndex(0), asset: AssetId::WithId(asset), amount, from, to }
}

/// The seller's 1,000 shares against the buyer's 10,000 euros, in this many lots.
pub fn dvp(lots: Lots, execution: Execution) -> Terms {
    Terms {
        reference: b"TRADE-1".to_vec().try_into().expect("short; qed"),
        networks: vec![GENESIS].try_into().expect("one; qed"),
        two_networks: None,
        legs: vec![leg(SHARE, 1_000, SELLER, BUYER), leg(EURO, 10_000, BUYER, SELLER)].try_into().expect("two; qed"),
        lots,
        trade_date: Date(20_000),
        settlement_date: Date(20_002),
        settle_from: START + SETTLE_FROM,
        partial_from: START + PARTIAL_FROM,
        reserve_by: START + RESERVE_BY,
        deadline: START + DEADLINE,
        execution,
        on_incomplete: OnIncomplete::Complete,
    }
}

/// The same trade under another reference.
pub fn named(mut terms: Terms, reference: &str) -> Terms {
    terms.reference = reference.as_bytes().to_vec().try_into().expect("short; qed");
    terms
}

/// A party with this policy and nothing else of its own.
pub fn party(policy: Policy) -> PartyTerms {
    PartyTerms { policy, ..PartyTerms::default() }
}

/// The id that the seller's instruction of these terms has.
pub fn id_of(terms: &Terms, by: &AccountId) -> InstructionId {
    instruction_id(GENESIS, by, VersionedTerms::V1(terms.clone()).hash())
}

/// The seller instructs and reserves as much as it has, up to `lots`; none for 0.
pub fn instructed(terms: &Terms, policy: Policy, lots: Lots) -> InstructionId {
    assert_ok!(Settlement::instruct(
        RuntimeOrigin::signed(SELLER),
        VersionedTerms::V1(terms.clone()),
        party(policy),
        up_to(lots)
    ));
    id_of(terms, &SELLER)
}

/// The buyer affirms by hash and reserves as much as it has, up to `lots`; none for 0.
pub fn affirm(id: InstructionId, policy: Policy, lots: Lots) -> DispatchResult {
    let hash = open(id).terms_hash;
    Settlement::affirm(RuntimeOrigin::signed(BUYER), id, Affirmation::Hash(hash), party(policy), up_to(lots))
        .map(|_| ())
        .map_err(|failure| failure.error)
}

/// A trade that both have affirmed, with so many lots reserved on either leg.
pub fn matched(terms: &Terms, policy: Policy, delivery: Lots, payment: Lots) -> InstructionId {
    let id = instructed(terms, policy, delivery);
    assert_ok!(affirm(id, policy, payment));
    id
}

fn up_to(lots: Lots) -> Option<Quantity> {
    (lots > 0).then_some(Quantity::UpTo(lots))
}

/// The open instruction with this id.
pub fn open(id: InstructionId) -> Open {
    match Instructions::<Test>::get(id) {
        Some(Instruction::Open(open)) => open,
        other => panic!("not open: {other:?}"),
    }
}

/// How the instruction with this id ended, and with how many lots.
pub fn outcome(id: InstructionId) -> (Outcome, Lots) {
    match Instructions::<Test>::get(id) {
        Some(Instruction::Closed(closed)) => (closed.outcome, closed.lots),
        other => panic!("not closed: {other:?}"),
    }
}

/// The lots that are reserved on each leg.
pub fn reserved(id: InstructionId) -> Vec<Lots> {
    open(id).legs.iter().map(|leg| leg.reserved).collect()
}

/// Events of this pallet, in order, since the last call of this or `System::reset_events`.
pub fn events() -> Vec<Event<Test>> {
    let events = System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Settlement(event) => Some(event),
            _ => None,
        })
        .collect();
    System::reset_events();
    events
}

/// Leaves the account with exactly this much of the asset.
pub fn leave_with(asset: u32, account: &AccountId, amount: Balance) {
    let has = balance(asset, account);
    if has > amount {
        assert_ok!(Assets::burn(RuntimeOrigin::signed(ISSUER), asset.into(), account.clone(), has - amount));
    } else if has < amount {
        assert_ok!(Assets::mint(RuntimeOrigin::signed(ISSUER), asset.into(), account.clone(), amount - has));
    }
}

/// The error of a call that reports its weight.
pub fn error_of<T: std::fmt::Debug>(
    result: Result<T, polkadot_sdk::sp_runtime::DispatchErrorWithPostInfo<polkadot_sdk::frame_support::dispatch::PostDispatchInfo>>,
) -> DispatchError {
    result.expect_err("the call fails").error
}
