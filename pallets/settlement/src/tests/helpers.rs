//! Trades in the words of the tests.

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

/// Times of every trade, in milliseconds after `START`.
pub const SETTLE_FROM: Moment = 0;
pub const PARTIAL_FROM: Moment = 10_000;
pub const RESERVE_BY: Moment = 20_000;
/// The earliest pay deadline that leaves the least window after `RESERVE_BY`.
pub const PAY_DEADLINE: Moment = RESERVE_BY + LEAST_WINDOW;
pub const DEADLINE: Moment = 30_000;
/// The latest instant until which a manager alone decides.
pub const MANAGER_BY: Moment = DEADLINE - MIN_SETTLE_TIME;
/// The latest such instant across two networks: nobody commits from `RESERVE_BY` on.
pub const MANAGER_BY_ACROSS: Moment = RESERVE_BY - MIN_SETTLE_TIME;

/// Delivery and payment, by their legs.
pub const DELIVERY: LegIndex = LegIndex(0);
pub const PAYMENT: LegIndex = LegIndex(1);

/// One leg.
pub fn leg(asset: u32, amount: Balance, from: AccountId, to: AccountId) -> Leg {
    Leg { network: NetworkIndex(0), asset: AssetId::WithId(asset), amount, from, to }
}

/// One leg in the native currency.
pub fn native(amount: Balance, from: AccountId, to: AccountId) -> Leg {
    Leg { network: NetworkIndex(0), asset: AssetId::Native, amount, from, to }
}

/// A trade of these legs.
pub fn with_legs(lots: Lots, legs: Vec<Leg>) -> Terms {
    Terms { legs: legs.try_into().expect("at most 16; qed"), ..dvp(lots, Execution::Immediate) }
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

/// The same trade with the payment on the other network, which decides.
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

/// The same trade in the other order of networks: the second one is this one, and the first decides.
pub fn turned(mut terms: Terms) -> Terms {
    terms.networks = vec![OTHER, GENESIS].try_into().expect("two; qed");
    terms.two_networks.as_mut().expect("two; qed").commit_on = NetworkIndex(0);
    for leg in terms.legs.iter_mut() {
        leg.network = NetworkIndex(1 - leg.network.0);
    }
    terms
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
        quantity(lots, terms.lots)
    ));
    id_of(terms, &SELLER)
}

/// The buyer affirms by hash and reserves as much as it has, up to `lots`; none for 0.
pub fn affirm(id: InstructionId, policy: Policy, lots: Lots) -> DispatchResult {
    let Open { terms_hash, terms, .. } = open(id);
    let quantity = quantity(lots, terms.lots);
    Settlement::affirm(RuntimeOrigin::signed(BUYER), id, Affirmation::Hash(terms_hash), party(policy), quantity)
        .map(|_| ())
        .map_err(|failure| failure.error)
}

/// A trade that both have affirmed, with so many lots reserved on either leg.
pub fn matched(terms: &Terms, policy: Policy, delivery: Lots, payment: Lots) -> InstructionId {
    let id = instructed(terms, policy, delivery);
    assert_ok!(affirm(id, policy, payment));
    id
}

/// Exactly so many lots of the whole, or for all of them as many as there can be.
fn quantity(lots: Lots, whole: Lots) -> Option<Quantity> {
    (lots > 0).then_some(if lots < whole { Quantity::Exactly(lots) } else { Quantity::UpTo(lots) })
}

/// The party of this participant in an open instruction.
pub fn party_of(id: InstructionId, participant: ParticipantId) -> Party {
    open(id).parties.into_iter().find(|party| party.participant == participant).expect("a party")
}

/// The reference of [`dvp`].
pub fn trade_1() -> Reference {
    reference("TRADE-1")
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
        assert_ok!(Assets::burn(RuntimeOrigin::signed(ISSUER), asset, account.clone(), has - amount));
    } else if has < amount {
        assert_ok!(Assets::mint(RuntimeOrigin::signed(ISSUER), asset, account.clone(), amount - has));
    }
}

/// The origin of a call that this account signed.
pub fn by(who: &AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who.clone())
}

/// Instructs without reserving.
pub fn instruct_as(who: &AccountId, terms: &Terms, party: PartyTerms) -> DispatchResult {
    Settlement::instruct(by(who), VersionedTerms::V1(terms.clone()), party, None)
}

/// Affirms by hash without reserving.
pub fn affirm_as(who: &AccountId, id: InstructionId, party: PartyTerms) -> DispatchResultWithPostInfo {
    let hash = match Instructions::<Test>::get(id) {
        Some(Instruction::Open(open)) => open.terms_hash,
        Some(Instruction::Closed(closed)) => closed.terms_hash,
        None => Default::default(),
    };
    Settlement::affirm(by(who), id, Affirmation::Hash(hash), party, None)
}

/// What an agent brings for the participant for which it acts.
pub fn for_party(participant: ParticipantId, policy: Policy) -> PartyTerms {
    PartyTerms { on_behalf_of: Some(participant), policy, ..PartyTerms::default() }
}

/// Reserves.
pub fn reserve(who: &AccountId, id: InstructionId, leg: LegIndex, quantity: Quantity) -> DispatchResultWithPostInfo {
    Settlement::reserve(by(who), id, leg, quantity)
}

/// Takes an asset off the list.
pub fn delist(asset: u32) {
    let reason = pallet_participants::Reason::new(pallet_participants::ReasonCode::Other);
    assert_ok!(Participants::delist_asset(by(&OPERATOR), AssetId::WithId(asset), reason));
}

/// Releases.
pub fn release(who: &AccountId, id: InstructionId, leg: LegIndex, lots: Lots) -> DispatchResultWithPostInfo {
    Settlement::release(by(who), id, leg, lots)
}

/// Uses a token.
pub fn execute(who: &AccountId, id: InstructionId, leg: LegIndex) -> DispatchResultWithPostInfo {
    Settlement::execute(by(who), id, leg, None)
}

/// Shows a preimage.
pub fn reveal(who: &AccountId, id: InstructionId, preimage: [u8; 32]) -> DispatchResultWithPostInfo {
    Settlement::execute(by(who), id, DELIVERY, Some(preimage))
}

/// Settles.
pub fn settle(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> DispatchResultWithPostInfo {
    Settlement::settle(by(who), id, lots)
}

/// Settles a part.
pub fn settle_part(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::settle_part(by(who), id)
}

/// Commits.
pub fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError> {
    Settlement::commit(who, id, lots)
}

/// A trade across two networks that both have affirmed and the seller has committed with so many lots.
pub fn committed(terms: &Terms, policy: Policy, lots: Lots) -> InstructionId {
    let id = matched(terms, policy, lots, 0);
    assert_ok!(commit(&SELLER, id, None));
    id
}

/// Brings the proof that so many lots were executed on the other network.
pub fn deliver(id: InstructionId, lots: Lots) -> DispatchResult {
    Settlement::deliver(id, lots)
}

/// Brings the proof, or the decision, that nothing of it will be.
pub fn take_back(id: InstructionId, why: TakenBack) -> DispatchResult {
    Settlement::take_back(id, why)
}

/// Cancels, or asks to, for itself.
pub fn cancel(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::cancel(by(who), id, None)
}

/// Closes what is due.
pub fn expire(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    Settlement::expire(by(who), id)
}

/// Holds settlement back.
pub fn set_flag(who: &AccountId, id: InstructionId, source: FlagSource) -> DispatchResult {
    Settlement::set_flag(by(who), id, source, because("checking"))
}

/// Holds settlement back no longer.
pub fn clear_flag(who: &AccountId, id: InstructionId, source: FlagSource) -> DispatchResultWithPostInfo {
    Settlement::clear_flag(by(who), id, source)
}

/// A reason.
pub fn because(reason: &str) -> Reason {
    reason.as_bytes().to_vec().try_into().expect("short; qed")
}

/// A reference.
pub fn reference(text: &str) -> Reference {
    text.as_bytes().to_vec().try_into().expect("short; qed")
}

/// So many more traders, each with one account, which it returns.
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

/// Appoints an agent.
pub fn appoint(principal: &AccountId, agent: ParticipantId, capacity: Capacity) {
    appoint_within(principal, agent, capacity, unlimited());
}

/// Appoints an agent with this mandate.
pub fn appoint_within(principal: &AccountId, agent: ParticipantId, capacity: Capacity, mandate: Mandate) {
    assert_ok!(Participants::appoint_agent(by(principal), agent, capacity, mandate));
}

/// Dismisses an agent.
pub fn dismiss(principal: &AccountId, agent: ParticipantId, capacity: Capacity) {
    assert_ok!(Participants::dismiss_agent(by(principal), agent, capacity));
}

/// Replaces an account: another one of the same owner asks, the operator confirms.
pub fn replace(old: &AccountId, asks: &AccountId, new: &AccountId) {
    assert_ok!(Participants::request_replacement(by(asks), old.clone(), new.clone(), all_rights()));
    assert_ok!(Participants::replace_account(by(&OPERATOR), old.clone(), new.clone()));
}

/// What opens the hashlock of these tests.
pub const SECRET: [u8; 32] = [42; 32];

/// Executed by whoever shows [`SECRET`].
pub fn hashlock() -> Execution {
    Execution::Hashlock { hash: H256(sha2_256(&SECRET)) }
}

/// Executed by [`MANAGER`], and from this many milliseconds after `START` by any party.
pub fn by_manager(manager_by: Moment) -> Execution {
    Execution::ByManager { manager: MANAGER, manager_by: START + manager_by }
}

/// Asserts what the seller delivered and the buyer paid, what is in escrow of either, and that all the rest is where
/// it was at the start.
pub fn assert_moved(delivered: Balance, paid: Balance, in_custody: (Balance, Balance)) {
    let (shares, euros) = in_custody;
    assert_eq!(balance(SHARE, &BUYER), delivered, "shares of the buyer");
    assert_eq!(balance(EURO, &SELLER), paid, "euros of the seller");
    assert_eq!((in_escrow(SHARE), in_escrow(EURO)), in_custody, "in escrow");
    assert_eq!(balance(SHARE, &SELLER), OPENING - delivered - shares, "shares of the seller");
    assert_eq!(balance(EURO, &BUYER), OPENING - paid - euros, "euros of the buyer");
}

/// Credit of the account, and of accounts whose place it has taken.
pub fn claimable(account: &AccountId, asset: u32) -> Balance {
    <Escrow as tandem_primitives::Escrow>::claimable(account, &AssetId::WithId(asset))
}

/// Claims what is credited.
pub fn claim(who: &AccountId, asset: u32) -> DispatchResult {
    let claimed = Escrow::claim(by(who), who.clone(), AssetId::WithId(asset), who.clone());
    claimed.map(|_| ()).map_err(|failure| failure.error)
}
