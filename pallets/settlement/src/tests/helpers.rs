//! Test helpers: trades, calls and checks that the tests of all calls share.

use crate::{mock::*, Affirmation, Event, FlagSource, Instruction, Instructions, Open, Party, Reason};
use pallet_participants::Mandate;
use polkadot_sdk::{
    frame_support::{assert_ok, dispatch::DispatchResultWithPostInfo},
    sp_core::H256,
    sp_io::hashing::sha2_256,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Capacity, Committed, Date, Execution, HeldInstructions, InstructionId,
    Leg, LegIndex, Lei, Lots, Moment, NetworkIndex, OnIncomplete, Outcome, ParticipantId, PartyTerms, Policy, Quantity,
    Reference, Role, TakenBack, Terms, TwoNetworks, VersionedTerms,
};

/// Value of `settle_from` in test trades, in milliseconds after `START`.
pub const SETTLE_FROM: Moment = 0;
/// Value of `partial_from` in test trades, in milliseconds after `START`.
pub const PARTIAL_FROM: Moment = 10_000;
/// Value of `reserve_by` in test trades, in milliseconds after `START`.
pub const RESERVE_BY: Moment = 20_000;
/// Earliest pay deadline in test trades that leaves the minimum settlement window after `RESERVE_BY`.
pub const PAY_DEADLINE: Moment = RESERVE_BY + LEAST_WINDOW;
/// Deadline of test trades, in milliseconds after `START`.
pub const DEADLINE: Moment = 30_000;
/// Latest `manager_by` that test trades on one network allow, in milliseconds after `START`.
pub const MANAGER_BY: Moment = DEADLINE - MIN_SETTLE_TIME;
/// Latest `manager_by` that test trades across two networks allow, in milliseconds after `START`: nobody commits from
/// `RESERVE_BY` on.
pub const MANAGER_BY_ACROSS: Moment = RESERVE_BY - MIN_SETTLE_TIME;

/// Position of the leg of [`dvp`] that moves the shares.
pub const DELIVERY: LegIndex = LegIndex(0);
/// Position of the leg of [`dvp`] that moves the euros.
pub const PAYMENT: LegIndex = LegIndex(1);

/// Test helper: a leg of this network that moves `amount` of the asset.
pub fn leg(asset: u32, amount: Balance, from: AccountId, to: AccountId) -> Leg {
    Leg { network: NetworkIndex(0), asset: AssetId::WithId(asset), amount, from, to }
}

/// Test helper: a leg of this network that moves `amount` of the native currency.
pub fn native(amount: Balance, from: AccountId, to: AccountId) -> Leg {
    Leg { network: NetworkIndex(0), asset: AssetId::Native, amount, from, to }
}

/// Test helper: terms with these legs, and otherwise those of [`dvp`] under `Immediate`.
pub fn with_legs(lots: Lots, legs: Vec<Leg>) -> Terms {
    Terms { legs: legs.try_into().expect("at most 16; qed"), ..dvp(lots, Execution::Immediate) }
}

/// Test helper: terms of 1,000 shares of the seller against 10,000 euros of the buyer, in this many lots.
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

/// Test helper: the terms of [`dvp`] with the payment on the other network, which decides.
pub fn across(lots: Lots, execution: Execution) -> Terms {
    let mut terms = dvp(lots, execution);
    terms.networks = vec![GENESIS, OTHER].try_into().expect("two; qed");
    terms.two_networks =
        Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: START + PAY_DEADLINE, managed_by: None });
    if let Some(payment) = terms.legs.get_mut(usize::from(PAYMENT.0)) {
        payment.network = NetworkIndex(1);
    }
    terms
}

/// Test helper: terms across two networks with the networks in the other order. This network is the second, and the
/// first decides.
pub fn turned(mut terms: Terms) -> Terms {
    terms.networks = vec![OTHER, GENESIS].try_into().expect("two; qed");
    terms.two_networks.as_mut().expect("two; qed").commit_on = NetworkIndex(0);
    for leg in terms.legs.iter_mut() {
        leg.network = NetworkIndex(1 - leg.network.0);
    }
    terms
}

/// Test helper: the same terms under another reference.
pub fn named(mut terms: Terms, reference: &str) -> Terms {
    terms.reference = reference.as_bytes().to_vec().try_into().expect("short; qed");
    terms
}

/// Test helper: party terms with this policy, and defaults for everything else.
pub fn party(policy: Policy) -> PartyTerms {
    PartyTerms { policy, ..PartyTerms::default() }
}

/// Test helper: id of the instruction if the account `by` instructs these terms.
pub fn id_of(terms: &Terms, by: &AccountId) -> InstructionId {
    instruction_id(GENESIS, by, VersionedTerms::V1(terms.clone()).hash())
}

/// Test helper: instructs the terms as the seller, and reserves up to `lots`; nothing for 0.
pub fn instructed(terms: &Terms, policy: Policy, lots: Lots) -> InstructionId {
    assert_ok!(Settlement::instruct(
        RuntimeOrigin::signed(SELLER),
        VersionedTerms::V1(terms.clone()),
        party(policy),
        quantity(lots, terms.lots)
    ));
    id_of(terms, &SELLER)
}

/// Test helper: affirms by hash as the buyer, and reserves up to `lots`; nothing for 0.
pub fn affirm(id: InstructionId, policy: Policy, lots: Lots) -> DispatchResult {
    let Open { terms_hash, terms, .. } = open(id);
    let quantity = quantity(lots, terms.lots);
    Settlement::affirm(RuntimeOrigin::signed(BUYER), id, Affirmation::Hash(terms_hash), party(policy), quantity)
        .map(|_| ())
        .map_err(|failure| failure.error)
}

/// Test helper: instructs and affirms a trade, with so many lots of the delivery and of the payment reserved.
pub fn matched(terms: &Terms, policy: Policy, delivery: Lots, payment: Lots) -> InstructionId {
    let id = instructed(terms, policy, delivery);
    assert_ok!(affirm(id, policy, payment));
    id
}

/// Test helper: a quantity of exactly `lots`, or `UpTo` if that is the whole; `None` for 0.
fn quantity(lots: Lots, whole: Lots) -> Option<Quantity> {
    (lots > 0).then_some(if lots < whole { Quantity::Exactly(lots) } else { Quantity::UpTo(lots) })
}

/// Test helper: stored party of an open instruction that is this participant.
pub fn party_of(id: InstructionId, participant: ParticipantId) -> Party {
    open(id).parties.into_iter().find(|party| party.participant == participant).expect("a party")
}

/// Test helper: common reference in the terms of [`dvp`].
pub fn trade_1() -> Reference {
    reference("TRADE-1")
}

/// Test helper: stored open instruction with this id; panics if there is none.
pub fn open(id: InstructionId) -> Open {
    match Instructions::<Test>::get(id) {
        Some(Instruction::Open(open)) => open,
        other => panic!("not open: {other:?}"),
    }
}

/// Test helper: outcome and settled lots of a closed instruction; panics if it is not closed.
pub fn outcome(id: InstructionId) -> (Outcome, Lots) {
    match Instructions::<Test>::get(id) {
        Some(Instruction::Closed(closed)) => (closed.outcome, closed.lots),
        other => panic!("not closed: {other:?}"),
    }
}

/// Test helper: number of lots reserved on each leg of an open instruction.
pub fn reserved(id: InstructionId) -> Vec<Lots> {
    open(id).legs.iter().map(|leg| leg.reserved).collect()
}

/// Test helper: events of this pallet since the last call of this helper or of `System::reset_events`, in order.
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

/// Test helper: mints or burns until the account has exactly `amount` of the asset.
pub fn leave_with(asset: u32, account: &AccountId, amount: Balance) {
    let has = balance(asset, account);
    if has > amount {
        assert_ok!(Assets::burn(RuntimeOrigin::signed(ISSUER), asset, account.clone(), has - amount));
    } else if has < amount {
        assert_ok!(Assets::mint(RuntimeOrigin::signed(ISSUER), asset, account.clone(), amount - has));
    }
}

/// Test helper: origin of a call that the account signed.
pub fn by(who: &AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who.clone())
}

/// Test helper: calls `instruct` as `who`, without reserving.
pub fn instruct_as(who: &AccountId, terms: &Terms, party: PartyTerms) -> DispatchResult {
    Settlement::instruct(by(who), VersionedTerms::V1(terms.clone()), party, None)
}

/// Test helper: calls `affirm` by hash as `who`, without reserving.
pub fn affirm_as(who: &AccountId, id: InstructionId, party: PartyTerms) -> DispatchResultWithPostInfo {
    let hash = match Instructions::<Test>::get(id) {
        Some(Instruction::Open(open)) => open.terms_hash,
        Some(Instruction::Closed(closed)) => closed.terms_hash,
        None => Default::default(),
    };
    Settlement::affirm(by(who), id, Affirmation::Hash(hash), party, None)
}

/// Test helper: party terms of an agent that acts for this participant.
pub fn for_party(participant: ParticipantId, policy: Policy) -> PartyTerms {
    PartyTerms { on_behalf_of: Some(participant), policy, ..PartyTerms::default() }
}

/// Test helper: calls `reserve` as `who`.
pub fn reserve(who: &AccountId, id: InstructionId, leg: LegIndex, quantity: Quantity) -> DispatchResultWithPostInfo {
    Settlement::reserve(by(who), id, leg, quantity)
}

/// Test helper: takes the asset off the list of the registry, as the operator.
pub fn delist(asset: u32) {
    let reason = pallet_participants::Reason::new(pallet_participants::ReasonCode::Other);
    assert_ok!(Participants::delist_asset(by(&OPERATOR), AssetId::WithId(asset), reason));
}

/// Test helper: calls `release` as `who`.
pub fn release(who: &AccountId, id: InstructionId, leg: LegIndex, lots: Lots) -> DispatchResultWithPostInfo {
    Settlement::release(by(who), id, leg, lots)
}

/// Test helper: calls `execute` as `who`, to use the token of the leg.
pub fn execute(who: &AccountId, id: InstructionId, leg: LegIndex) -> DispatchResultWithPostInfo {
    Settlement::execute(by(who), id, leg, None)
}

/// Test helper: calls `execute` as `who`, to show the preimage of a hashlock.
pub fn reveal(who: &AccountId, id: InstructionId, preimage: [u8; 32]) -> DispatchResultWithPostInfo {
    Settlement::execute(by(who), id, DELIVERY, Some(preimage))
}

/// Test helper: calls `settle` as `who`.
pub fn settle(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> DispatchResultWithPostInfo {
    Settlement::settle(by(who), id, lots)
}

/// Test helper: calls `settle_part` as `who`.
pub fn settle_part(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::settle_part(by(who), id)
}

/// Test helper: commits as `who`, as `pallet-counterpart` does for its call `commit`.
pub fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError> {
    Settlement::commit(who, id, lots)
}

/// Test helper: a trade across two networks that both parties have affirmed, with `lots` of the delivery reserved and
/// committed by the seller.
pub fn committed(terms: &Terms, policy: Policy, lots: Lots) -> InstructionId {
    let id = matched(terms, policy, lots, 0);
    assert_ok!(commit(&SELLER, id, None));
    id
}

/// Test helper: delivers `lots` of a committed tranche, as `pallet-counterpart` does after a proof.
pub fn deliver(id: InstructionId, lots: Lots) -> DispatchResult {
    Settlement::deliver(id, lots, None)
}

/// Test helper: takes back a committed tranche, as `pallet-counterpart` does after a proof or a governed release.
pub fn take_back(id: InstructionId, why: TakenBack) -> DispatchResult {
    Settlement::take_back(id, why, None)
}

/// Test helper: calls `cancel` as `who`, for its own participant.
pub fn cancel(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::cancel(by(who), id, None)
}

/// Test helper: calls `expire` as `who`.
pub fn expire(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::expire(by(who), id)
}

/// Test helper: calls `set_flag` as `who`, with the reason "checking".
pub fn set_flag(who: &AccountId, id: InstructionId, source: FlagSource) -> DispatchResult {
    Settlement::set_flag(by(who), id, source, because("checking"))
}

/// Test helper: calls `clear_flag` as `who`.
pub fn clear_flag(who: &AccountId, id: InstructionId, source: FlagSource) -> DispatchResultWithPostInfo {
    Settlement::clear_flag(by(who), id, source)
}

/// Test helper: a reason for a rejection or a flag, from text.
pub fn because(reason: &str) -> Reason {
    reason.as_bytes().to_vec().try_into().expect("short; qed")
}

/// Test helper: a reference, from text.
pub fn reference(text: &str) -> Reference {
    text.as_bytes().to_vec().try_into().expect("short; qed")
}

/// Test helper: registers so many further traders with one account each, and returns the accounts.
pub fn traders(count: u8) -> Vec<AccountId> {
    let register = |number: u8| {
        let account = AccountId::new([210 + number; 32]);
        let body = format!("TNDM00MORE{number:08}");
        let lei = (0..98).find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok());
        assert_ok!(Participants::register(
            RuntimeOrigin::root(),
            format!("Trader {number}").into_bytes().try_into().expect("short; qed"),
            lei.expect("one of the check digits fits; qed"),
            vec![Role::Trader].try_into().expect("one; qed"),
            vec![account.clone()].try_into().expect("one; qed"),
            Default::default(),
        ));
        account
    };
    (0..count).map(register).collect()
}

/// Test helper: appoints an agent of the principal with an unlimited mandate.
pub fn appoint(principal: &AccountId, agent: ParticipantId, capacity: Capacity) {
    appoint_within(principal, agent, capacity, unlimited());
}

/// Test helper: appoints an agent of the principal with this mandate.
pub fn appoint_within(principal: &AccountId, agent: ParticipantId, capacity: Capacity, mandate: Mandate) {
    assert_ok!(Participants::appoint_agent(by(principal), agent, capacity, mandate));
}

/// Test helper: dismisses an agent of the principal.
pub fn dismiss(principal: &AccountId, agent: ParticipantId, capacity: Capacity) {
    assert_ok!(Participants::dismiss_agent(by(principal), agent, capacity));
}

/// Test helper: replaces the account `old` by `new`. The account `asks` of the same participant requests it, and the
/// operator confirms.
pub fn replace(old: &AccountId, asks: &AccountId, new: &AccountId) {
    assert_ok!(Participants::request_replacement(by(asks), old.clone(), new.clone(), all_rights()));
    assert_ok!(Participants::replace_account(by(&OPERATOR), old.clone(), new.clone(), all_rights()));
}

/// Preimage of the hashlock in test trades.
pub const SECRET: [u8; 32] = [42; 32];

/// Test helper: execution `Hashlock`, opened by [`SECRET`].
pub fn hashlock() -> Execution {
    Execution::Hashlock { hash: H256(sha2_256(&SECRET)) }
}

/// Test helper: execution `ByManager` by [`MANAGER`]; from so many milliseconds after `START` also by any party.
pub fn by_manager(manager_by: Moment) -> Execution {
    Execution::ByManager { manager: MANAGER, manager_by: START + manager_by }
}

/// Test helper: asserts how many shares the buyer got, how many euros the seller got, how many of both escrow holds,
/// and that seller and buyer have the rest of what they had at the start.
pub fn assert_moved(delivered: Balance, paid: Balance, in_custody: (Balance, Balance)) {
    let (shares, euros) = in_custody;
    assert_eq!(balance(SHARE, &BUYER), delivered, "shares of the buyer");
    assert_eq!(balance(EURO, &SELLER), paid, "euros of the seller");
    assert_eq!((in_escrow(SHARE), in_escrow(EURO)), in_custody, "in escrow");
    assert_eq!(balance(SHARE, &SELLER), OPENING - delivered - shares, "shares of the seller");
    assert_eq!(balance(EURO, &BUYER), OPENING - paid - euros, "euros of the buyer");
}

/// Test helper: credit that waits in escrow for the account, and for accounts whose place it has taken.
pub fn claimable(account: &AccountId, asset: u32) -> Balance {
    <Escrow as tandem_primitives::Escrow>::claimable(account, &AssetId::WithId(asset))
}

/// Test helper: claims, as `who`, the credit under its own account.
pub fn claim(who: &AccountId, asset: u32) -> DispatchResult {
    let claimed = Escrow::claim(by(who), who.clone(), AssetId::WithId(asset), who.clone());
    claimed.map(|_| ()).map_err(|failure| failure.error)
}
