//! Helpers of the tests with one stolen key: a chain with a rights delay, and attempts that are turned down.

use crate::{
    tests::{dvp, world::*},
    *,
};
use pallet_participants::{types::RightList, Accounts, Call as Directory, GuardRefusal, Mandate, RightsDelay};
use pallet_settlement::FlagSource;
use sp_keyring::Sr25519Keyring::{self, FerdieStash};
use sp_runtime::{ApplyExtrinsicResult, DispatchError};
use tandem_primitives::{
    Capacity, Directory as _, InstructionId, Lei, Outcome, ParticipantId, Right, Rights, Role, Stage, VersionedTerms,
};

/// Rights delay of these tests: two days, in milliseconds.
pub const DELAY: Moment = 2 * 86_400_000;

/// Key of an agent that a thief would like to appoint.
pub const ACCOMPLICE: Sr25519Keyring = FerdieStash;

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
pub fn lei(number: u32) -> Lei {
    let body = format!("TNDM00ONEKEY{number:06}");
    (0..98).find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok()).expect("one of the check digits fits")
}

/// Test helper: registers a participant with these roles and these accounts, each with its rights.
pub fn register(roles: &[Role], accounts: &[(AccountId, &[Right])]) -> ParticipantId {
    let number = pallet_participants::NextParticipant::<Runtime>::get();
    let list: Vec<AccountId> = accounts.iter().map(|(account, _)| account.clone()).collect();
    let each: Vec<RightList> = accounts.iter().map(|(_, list)| rights(list)).collect();
    frame_support::assert_ok!(Participants::register(
        RuntimeOrigin::root(),
        b"One more".to_vec().try_into().expect("short"),
        lei(number.0),
        roles.to_vec().try_into().expect("few"),
        list.try_into().expect("few"),
        each.try_into().expect("few"),
    ));
    number
}

/// Test helper: rights that the account of this key has now.
pub fn rights_of(key: Sr25519Keyring) -> Rights {
    Accounts::<Runtime>::get(key.to_account_id()).expect("registered").rights
}

/// Answer of the chain to a transaction that does not succeed.
pub type Answer = ApplyExtrinsicResult;

/// Test helper: answer of the guard when it keeps a transaction out for this reason.
pub fn kept_out(refusal: GuardRefusal) -> Answer {
    Err(refusal.into())
}

/// Test helper: answer to a transaction that is admitted, and whose call fails with this error.
pub fn failed(error: impl Into<DispatchError>) -> Answer {
    Ok(Err(error.into()))
}

/// Test helper: answer to a call of the directory from an account that may not send it.
pub fn not_authorized() -> Answer {
    failed(pallet_participants::Error::<Runtime>::NotAuthorized)
}

/// Test helper: sends each call, and expects exactly this answer to each.
#[track_caller]
pub fn turned_down(signer: Sr25519Keyring, calls: Vec<(RuntimeCall, Answer)>) {
    let (calls, expected): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
    // One account has only a share of a block.
    let answers = calls.iter().map(|call| {
        next_block();
        send(signer, call.clone())
    });
    let answers: Vec<Answer> = answers.collect();
    assert_eq!(answers, expected, "{calls:?}");
}

/// Test helper: sends calls that only an account with `Administer` may send, and expects each to fail for that reason.
#[track_caller]
pub fn not_administering(signer: Sr25519Keyring, calls: Vec<RuntimeCall>) {
    turned_down(signer, calls.into_iter().map(|call| (call, not_authorized())).collect());
}

/// Test helper: every call by which a thief could try to get at the accounts and rights of the participant `of`. `victim`
/// is one of its accounts with assets, `own` the thief's account. An account with `Administer` may send each of them.
pub fn grabs(of: ParticipantId, victim: Sr25519Keyring, own: Sr25519Keyring) -> Vec<RuntimeCall> {
    let (victim, own) = (victim.to_account_id(), own.to_account_id());
    let fresh = || STRANGER.to_account_id();
    let mut calls: Vec<RuntimeCall> = vec![
        Directory::request_replacement { old: victim.clone(), new: fresh(), rights: rights(&[Right::Move]) }.into(),
        Directory::add_account { participant: of, account: fresh(), rights: None }.into(),
        Directory::request_rights { account: victim.clone(), rights: rights(&[Right::MoveAll]) }.into(),
        Directory::lower_rights { account: victim.clone(), rights: rights(&[Right::Trade]) }.into(),
    ];
    // Of its own participant it tries more.
    if Participants::standing(&own).is_some_and(|standing| standing.participant == of) {
        calls.push(Directory::request_replacement { old: victim, new: own.clone(), rights: rights(&[]) }.into());
        calls.push(Directory::request_rights { account: own.clone(), rights: rights(&Right::ALL) }.into());
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

/// Test helper: every call by which a thief could try to have an accomplice act for its participant.
pub fn appointments(accomplice: ParticipantId) -> Vec<RuntimeCall> {
    let mandate = || Mandate { free_of_payment: true, ..Mandate::widest() };
    let appoint = |capacity| Directory::appoint_agent { agent: accomplice, capacity, mandate: mandate() }.into();
    [Capacity::Delivery, Capacity::Payment].map(appoint).to_vec()
}

/// A test of what a thief cannot do proves nothing if nobody can.
#[test]
fn what_a_thief_tries_should_succeed_for_the_account_that_administers() {
    execute_with_delay(|| {
        let accomplice = register(&[Role::Custodian, Role::SettlementBank], &[(ACCOMPLICE.to_account_id(), &[])]);
        let calls = [grabs(BUYER_ID, BUYER, BUYER_2), appointments(accomplice)].concat();
        assert_eq!(calls.len(), 9);
        for call in calls {
            sp_io::storage::start_transaction();
            let answer = send(BUYER, call.clone());
            sp_io::storage::rollback_transaction();
            assert_eq!(answer, Ok(Ok(())), "{call:?}");
        }
    });
}
