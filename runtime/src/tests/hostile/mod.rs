//! Tests in which one to three hostile participants fill the blocks. Whatever they send, each honest call (of a trade,
//! of a regulator, of an operator) is included at most two blocks after it was sent, and the sweep closes what is due.
//!
//! An attack lasts six blocks, or as many as the environment variable `TANDEM_HOSTILE_BLOCKS` says.

mod bytes;
mod entries;
mod failing;
mod governing;
mod heavy;
mod instructions;
mod newcomers;
mod one_lot;
mod pool;
mod wrappers;

use self::pool::{Made, Pool};
use super::{dvp, world::*};
use crate::{presets, *};
use frame_support::assert_ok;
use sp_core::{sr25519, Pair as _};
use tandem_primitives::{Body, CallHash, InstructionId, Lei, ParticipantId, Role, Stage, Status, VersionedTerms};

/// Number of accounts of each hostile participant.
const ACCOUNTS: u32 = 4;

/// Maximum number of transactions of one hostile account that wait in the pool, as with a node's limits.
const WAITING: usize = 120;

/// Participant that the honest regulator suspends and sanctions in the tests.
const BYSTANDER: ParticipantId = ParticipantId(4);

/// Hostile participant of a test, with the keys of its accounts.
pub struct Hostile {
    pub keys: Vec<sr25519::Pair>,
}

impl Hostile {
    /// Account that belongs to the key with this position.
    pub fn account(&self, key: usize) -> AccountId {
        AccountId::new(self.keys[key].public().0)
    }
}

fn blocks() -> u32 {
    std::env::var("TANDEM_HOSTILE_BLOCKS").ok().and_then(|blocks| blocks.parse().ok()).unwrap_or(6)
}

/// Test helper: an LEI with valid check digits, another for each number.
fn lei(number: u32) -> Lei {
    let body = format!("TNDM00FOES{number:08}");
    (0..98).find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok()).expect("one of 97 remainders fits")
}

/// Test helper: registers this many hostile participants, each with these roles and the network's allowance.
pub fn hostiles(count: u32, roles: &[Role]) -> Vec<Hostile> {
    hostiles_of(RuntimeOrigin::root(), count, roles)
}

/// Registers hostile participants as one account of the operator does, or root.
pub fn hostiles_of(by: RuntimeOrigin, count: u32, roles: &[Role]) -> Vec<Hostile> {
    (0..count)
        .map(|number| {
            let key = |index: u32| {
                sr25519::Pair::from_string(&format!("//Hostile//{number}//{index}"), None).expect("a path")
            };
            let keys: Vec<_> = (0..ACCOUNTS).map(key).collect();
            let accounts: Vec<_> = keys.iter().map(|key| AccountId::new(key.public().0)).collect();
            assert_ok!(Participants::register(
                by.clone(),
                b"Foe".to_vec().try_into().expect("short"),
                lei(number),
                roles.to_vec().try_into().expect("few"),
                accounts.try_into().expect("few"),
                Default::default(),
            ));
            Hostile { keys }
        })
        .collect()
}

/// Test helper: terms of a small trade with this reference, which the sweep closes three slots from now unless all
/// parties affirm.
fn short_terms(reference: &str) -> VersionedTerms {
    let VersionedTerms::V1(mut terms) = dvp::terms(reference);
    let now = Timestamp::get();
    (terms.reserve_by, terms.deadline) = (now + 3 * SLOT_DURATION, now + 120_000);
    terms.legs[0].amount = 1;
    terms.legs[1].amount = 1;
    VersionedTerms::V1(terms)
}

/// Test helper: terms of a small trade with this reference, which two honest parties settle.
fn small_terms(reference: &str) -> VersionedTerms {
    let VersionedTerms::V1(mut terms) = dvp::terms(reference);
    terms.legs[0].amount = 1;
    terms.legs[1].amount = 1;
    VersionedTerms::V1(terms)
}

/// Test helper: sends the honest calls of one round to the pool. Gives the instruction that the sweep will have to
/// close.
fn honest(pool: &mut Pool, round: u32, proposed: &mut Vec<(InstructionId, VersionedTerms)>) -> InstructionId {
    let mut send = |key: sp_keyring::Sr25519Keyring, what: &str, call: RuntimeCall| {
        pool.send(&key.pair(), call, Some(format!("{what} {round}")));
    };
    // A trade: instructed in one round, affirmed once it is on the chain.
    let terms = small_terms(&format!("TRADE-{round}"));
    send(SELLER, "instruct", dvp::instruct(terms.clone()));
    proposed.retain(|(id, terms)| {
        let open = Settlement::instruction(*id).is_some_and(|view| view.stage == Stage::Proposed);
        if open {
            send(BUYER, &format!("affirm {id:?}"), dvp::affirm(*id, terms));
        }
        !open
    });
    proposed.push((dvp::id_of(&terms), terms));
    let due = short_terms(&format!("DUE-{round}"));
    send(SELLER, "instruct what expires", dvp::instruct(due.clone()));
    let claim = pallet_escrow::Call::claim {
        account: BUYER_2.to_account_id(),
        asset: AssetId::WithId(BOND),
        to: BUYER_2.to_account_id(),
    };
    send(BUYER_2, "claim", claim.into());
    let status = if round.is_multiple_of(2) { Status::Suspended } else { Status::Sanctioned };
    send(
        REGULATOR,
        "status",
        pallet_participants::Call::set_status { participant: BYSTANDER, status, reason: reason() }.into(),
    );
    let hash = CallHash(sp_core::H256::repeat_byte(round as u8));
    let body = Body::Operator;
    send(OPERATOR, "propose", pallet_participants::Call::propose { body, hash }.into());
    send(OPERATOR, "withdraw", pallet_participants::Call::withdraw_proposal { body, hash }.into());
    dvp::id_of(&due)
}

/// Test helper: makes blocks while the hostile participants keep the pool full, and checks how long each honest call
/// and the sweep took.
///
/// `attack` gives the next call of a hostile participant: it gets the participant, the position of its key, and a
/// number that rises with each call.
pub fn survive(foes: Vec<Hostile>, mut attack: impl FnMut(&Hostile, usize, u32) -> RuntimeCall) -> Made {
    let (mut pool, mut made) = (Pool::default(), Made::default());
    let (mut proposed, mut due) = (Vec::new(), Vec::new());
    let mut serial = 0;
    for round in 0..blocks() {
        // Between two blocks: the foes come first, and again and again.
        for _ in 0..WAITING {
            for foe in &foes {
                for key in 0..foe.keys.len() {
                    if pool.waiting(&foe.account(key)) < WAITING {
                        serial += 1;
                        pool.send(&foe.keys[key], attack(foe, key, serial), None);
                    }
                }
            }
        }
        due.push((round, honest(&mut pool, round, &mut proposed)));
        end_and_begin();
        pool.fill_block(&mut made);
        assert!(made.others > 0, "nobody attacks");
    }
    // What is left of the honest calls of the last rounds.
    for _ in 0..2 {
        end_and_begin();
        pool.fill_block(&mut made);
    }
    let rounds = blocks();
    for what in ["instruct", "instruct what expires", "claim", "status", "propose", "withdraw"] {
        for round in 0..rounds {
            let waited = made.waited.get(&format!("{what} {round}"));
            assert!(waited.is_some_and(|blocks| *blocks <= 2), "{what} {round} waited {waited:?} of {:?}", made.waited);
        }
    }
    let affirmed = made.waited.iter().filter(|(name, _)| name.starts_with("affirm"));
    assert!(affirmed.clone().count() as u32 >= rounds.saturating_sub(3), "{:?}", made.waited);
    assert!(affirmed.clone().all(|(_, waited)| *waited <= 2), "{:?}", made.waited);
    // The sweep: two blocks after `reserve_by` nothing is left open.
    let open = |id| Settlement::instruction(id).is_some_and(|view| !matches!(view.stage, Stage::Closed { .. }));
    for _ in 0..5 {
        end_and_begin();
        pool.fill_block(&mut made);
    }
    for (round, id) in due {
        assert!(!open(id), "the sweep has not closed what was due in round {round}");
    }
    made
}

/// Test helper: ends the block, with the work of `on_idle`, and begins the next.
fn end_and_begin() {
    next_block();
}

/// Test helper: runs an attack by `count` hostile participants with these roles on a chain with honest parties.
pub fn against(count: u32, roles: &[Role], attack: impl FnMut(&Hostile, usize, u32) -> RuntimeCall) {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        begin_block(1);
        found();
        let foes = hostiles(count, roles);
        next_block();
        survive(foes, attack);
        check_state();
    });
}
