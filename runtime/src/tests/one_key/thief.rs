//! Helpers of the tests with one stolen key: a chain with a rights delay, and attempts that are counted.

use crate::{
    tests::{dvp, world::*},
    *,
};
use pallet_participants::{types::RightList, Accounts, Call as Directory, Mandate, RightsDelay};
use pallet_settlement::FlagSource;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{
    Capacity, Directory as _, InstructionId, Lei, Outcome, ParticipantId, Right, Rights, Role, Stage, VersionedTerms,
};

/// Rights delay of these tests: two days, in milliseconds.
pub const DELAY: Moment = 2 * 86_400_000;

/// Runs a test on a development chain with a rights delay of [`DELAY`].
pub fn execute_with_delay(test: impl FnOnce()) {
    execute(|| {
        RightsDelay::<Runtime>::put(DELAY);
        test();
    });
}

/// Test helper: list of rights, as a wallet sends it.
pub fn rights(list: &[Right]) -> RightList {
    list.to_vec().try_into().expect("at most four")
}

/// Test helper: an LEI with valid check digits, another for each number.
fn lei(number: u32) -> Lei {
    let body = format!("TNDM00ONEKEY{number:06}");
    (0..98).find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok()).expect("one of the check digits fits")
}

/// Test helper: registers a participant with this role and these accounts, each with its rights.
pub fn register(role: Role, accounts: &[(AccountId, &[Right])]) -> ParticipantId {
    let number = pallet_participants::NextParticipant::<Runtime>::get();
    let list: Vec<AccountId> = accounts.iter().map(|(account, _)| account.clone()).collect();
    let each: Vec<RightList> = accounts.iter().map(|(_, list)| rights(list)).collect();
    frame_support::assert_ok!(Participants::register(
        RuntimeOrigin::root(),
        b"One more".to_vec().try_into().expect("short"),
        lei(number.0),
        vec![role].try_into().expect("one"),
        list.try_into().expect("few"),
        each.try_into().expect("few"),
    ));
    number
}

/// Test helper: rights that the account of this key has now.
pub fn rights_of(key: Sr25519Keyring) -> Rights {
    Accounts::<Runtime>::get(key.to_account_id()).expect("registered").rights
}

/// Test helper: sends each call, and gives the number of those that were admitted and succeeded.
pub fn succeeded(signer: Sr25519Keyring, calls: Vec<RuntimeCall>) -> usize {
    calls.into_iter().filter(|call| send(signer, call.clone()) == Ok(Ok(()))).count()
}

/// Test helper: every call by which a thief could try to get at the accounts, rights and agents of the participant
/// `of`. `victim` is one of its accounts with assets, `own` the thief's account, `accomplice` another participant.
pub fn grabs(
    of: ParticipantId,
    victim: Sr25519Keyring,
    own: Sr25519Keyring,
    accomplice: ParticipantId,
) -> Vec<RuntimeCall> {
    let (victim, own) = (victim.to_account_id(), own.to_account_id());
    let all = || rights(&Right::ALL);
    let mandate = || Mandate { free_of_payment: true, ..Mandate::widest() };
    let (delivery, payment) = (Capacity::Delivery, Capacity::Payment);
    let mut calls: Vec<RuntimeCall> = vec![
        Directory::remove_account { account: victim.clone(), successor: own.clone() }.into(),
        Directory::request_replacement { old: victim.clone(), new: own.clone(), rights: all() }.into(),
        Directory::replace_account { old: victim.clone(), new: own.clone() }.into(),
        Directory::recover { account: victim.clone(), asset: AssetId::WithId(EURO) }.into(),
        Directory::recover { account: victim.clone(), asset: AssetId::WithId(BOND) }.into(),
        Directory::add_account { participant: of, account: STRANGER.to_account_id(), rights: Some(all()) }.into(),
        Directory::add_account { participant: of, account: STRANGER.to_account_id(), rights: None }.into(),
        Directory::lower_rights { account: victim, rights: rights(&[]) }.into(),
        Directory::appoint_agent { agent: accomplice, capacity: delivery, mandate: mandate() }.into(),
        Directory::appoint_agent { agent: accomplice, capacity: payment, mandate: mandate() }.into(),
    ];
    // Of its own participant it may ask for what it likes, if it administers: that is no loss of anybody else.
    if Participants::standing(&own).is_some_and(|standing| standing.participant == of) {
        calls.push(Directory::request_rights { account: own.clone(), rights: all() }.into());
        calls.push(Directory::request_rights { account: own, rights: rights(&[Right::MoveAll]) }.into());
    }
    calls
}

/// Test helper: instructs and affirms a trade between seller and buyer, both reserved in full, that settles at
/// `reserve_by` and not before. Gives its id and that instant.
pub fn covered(reference: &str) -> (InstructionId, Moment) {
    let VersionedTerms::V1(mut terms) = dvp::terms(reference);
    (terms.settle_from, terms.partial_from) = (terms.reserve_by, terms.reserve_by);
    terms.legs.iter_mut().for_each(|leg| leg.amount /= 2);
    let reserve_by = terms.reserve_by;
    let terms = VersionedTerms::V1(terms);
    let id = dvp::id_of(&terms);
    send_ok(SELLER, dvp::instruct(terms.clone()));
    send_ok(BUYER, dvp::affirm(id, &terms));
    (id, reserve_by)
}

/// Test helper: a key of the role `source` sets its flag on two trades of others that are covered. The way back: another
/// account of the role clears the flag of one of them before its deadline, and that one settles; the other returns.
pub fn flags_should_return_at_worst(source: FlagSource, thief: Sr25519Keyring, another: Sr25519Keyring) {
    let (freed, held) = (covered("FREED").0, covered("HELD"));
    let (held, reserve_by) = held;
    let why: pallet_settlement::Reason = b"stop".to_vec().try_into().expect("short");
    for id in [freed, held] {
        send_ok(thief, pallet_settlement::Call::set_flag { id, source, reason: why.clone() });
        next_block();
    }
    send_ok(another, pallet_settlement::Call::clear_flag { id: freed, source });
    while Timestamp::get() < reserve_by + 2 * SLOT_DURATION {
        next_block();
    }
    let stage = |id| Settlement::instruction(id).expect("kept").stage;
    assert_eq!(stage(freed), Stage::Closed { outcome: Outcome::Settled });
    assert!(!matches!(stage(held), Stage::Closed { .. }));
    while !matches!(stage(held), Stage::Closed { .. }) {
        next_block();
    }
    assert_eq!(stage(held), Stage::Closed { outcome: Outcome::Expired });
    // Of the two trades one has settled, and of the other everything is back.
    assert_eq!((balance(BOND, BUYER), balance(EURO, SELLER)), (300, 29_700));
    assert_eq!((balance(BOND, SELLER), balance(EURO, BUYER)), (700, 70_300));
}
