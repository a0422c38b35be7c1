//! Tests of migrations: a large state is migrated over many blocks; nothing is lost, admitted meanwhile, or late in the
//! end.

use super::{dvp::terms, world::*};
use crate::{weights::database::DbWeight, *};
use codec::{Decode, DecodeAll, Encode};
use core::marker::PhantomData;
use frame_support::{
    assert_ok,
    migrations::{SteppedMigration, SteppedMigrationError},
    storage::storage_prefix,
    traits::ConstU32,
    weights::{Weight, WeightMeter},
    BoundedVec,
};
use pallet_settlement::{Instruction, Instructions};
use sp_runtime::traits::{Block as BlockT, Header as _};
use std::{
    cell::Cell,
    collections::BTreeMap,
    panic::{catch_unwind, AssertUnwindSafe},
};
use tandem_primitives::{InstructionId, Outcome, PartyTerms, Quantity, Stage, VersionedTerms};

thread_local! {
    /// True in a test that upgrades; in every other test the runtime has no migrations to run.
    static PLANNED: Cell<bool> = const { Cell::new(false) };
    /// Number of values that the first migration has rewritten so far.
    static REWRITTEN: Cell<usize> = const { Cell::new(0) };
}

/// Migrations of the runtime under test: they rewrite the instructions in another encoding, and back.
pub type Planned = (Rewrite<ToNext>, Rewrite<ToPresent>);

/// Encoding of an instruction in an invented later version: a version number, then the instruction as it is stored now.
type Next = (u8, Instruction);

/// Change of the encoding of one storage map's values.
pub trait Change {
    /// Type of the values before the change.
    type Old: Decode;
    /// Type of the values after the change.
    type New: Encode;
    /// Identifier of the migration that makes the change.
    const ID: [u8; 8];
    /// Converts one value to the new type.
    fn convert(old: Self::Old) -> Self::New;
}

/// Change from the present encoding of instructions to the invented later one.
pub struct ToNext;

impl Change for ToNext {
    type Old = Instruction;
    type New = Next;
    const ID: [u8; 8] = *b"to next ";

    fn convert(old: Instruction) -> Next {
        REWRITTEN.with(|count| count.set(count.get() + 1));
        (2, old)
    }
}

/// Change from the invented later encoding of instructions back to the present one.
pub struct ToPresent;

impl Change for ToPresent {
    type Old = Next;
    type New = Instruction;
    const ID: [u8; 8] = *b"back    ";

    fn convert((version, instruction): Next) -> Instruction {
        assert_eq!(version, 2);
        instruction
    }
}

/// Migration that applies the change `C` to every stored instruction, to as many in a block as the weight meter allows.
pub struct Rewrite<C>(PhantomData<C>);

impl<C: Change> Rewrite<C> {
    /// Weight of rewriting one instruction: two reads, one write, and time to decode and encode the largest, of about
    /// ten kilobytes.
    fn weight_of_one() -> Weight {
        DbWeight::get().reads_writes(2, 1).saturating_add(Weight::from_parts(200_000_000, 0))
    }
}

impl<C: Change> SteppedMigration for Rewrite<C> {
    type Cursor = BoundedVec<u8, ConstU32<256>>;
    type Identifier = [u8; 8];

    fn id() -> [u8; 8] {
        C::ID
    }

    fn step(
        cursor: Option<Self::Cursor>,
        meter: &mut WeightMeter,
    ) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
        if !PLANNED.with(Cell::get) {
            return Ok(None);
        }
        let required = Self::weight_of_one();
        if meter.remaining().any_lt(required) {
            return Err(SteppedMigrationError::InsufficientWeight { required });
        }
        let prefix = storage_prefix(b"Settlement", b"Instructions");
        let mut last = cursor.map_or_else(|| prefix.to_vec(), BoundedVec::into_inner);
        while meter.try_consume(required).is_ok() {
            let Some(key) = sp_io::storage::next_key(&last).filter(|key| key.starts_with(&prefix)) else {
                return Ok(None);
            };
            let bytes = sp_io::storage::get(&key).ok_or(SteppedMigrationError::Failed)?;
            let old = C::Old::decode_all(&mut &bytes[..]).map_err(|_| SteppedMigrationError::Failed)?;
            sp_io::storage::set(&key, &C::convert(old).encode());
            last = key;
        }
        last.try_into().map(Some).map_err(|_| SteppedMigrationError::Failed)
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<C: Change> pallet_migrations::MockedMigrations for Rewrite<C> {
    fn set_fail_after(_steps: u32) {}

    fn set_success_after(_steps: u32) {}
}

/// Number of instructions that are open when the upgrade begins.
const OPEN: usize = 5_000;
/// Number of these instructions whose deadline passes during the migration. Each has reserved its lot.
const DUE: usize = 50;

/// Test helper: makes the next block run the migrations, as after an upgrade.
fn plan_upgrade() {
    PLANNED.with(|planned| planned.set(true));
    let older = frame_system::LastRuntimeUpgradeInfo { spec_version: 0.into(), spec_name: VERSION.spec_name };
    frame_system::LastRuntimeUpgrade::<Runtime>::put(older);
}

/// Test helper: instructs a small trade of the seller. If it is due during the migration, its lot is reserved.
fn open(number: usize, due: bool) -> InstructionId {
    let VersionedTerms::V1(mut terms) = terms(&format!("MIGRATE-{number}"));
    for leg in &mut terms.legs {
        leg.amount = 2;
    }
    let life = if due { 6_000 } else { 3_600_000 };
    terms.reserve_by = terms.partial_from + life;
    terms.deadline = terms.reserve_by;
    let terms = VersionedTerms::V1(terms);
    let id = super::dvp::id_of(&terms);
    let reserve = due.then_some(Quantity::Exactly(1));
    let seller = RuntimeOrigin::signed(SELLER.to_account_id());
    assert_ok!(Settlement::instruct(seller, terms, PartyTerms::default(), reserve));
    id
}

/// Test helper: every stored instruction as bytes, by its storage key.
fn stored() -> BTreeMap<Vec<u8>, Vec<u8>> {
    let prefix = storage_prefix(b"Settlement", b"Instructions");
    let mut found = BTreeMap::new();
    let mut last = prefix.to_vec();
    while let Some(key) = sp_io::storage::next_key(&last).filter(|key| key.starts_with(&prefix)) {
        found.insert(key.clone(), sp_io::storage::get(&key).expect("just found").to_vec());
        last = key;
    }
    found
}

fn upgrade_is_complete() -> bool {
    let completed = RuntimeEvent::Migrations(pallet_migrations::Event::UpgradeCompleted);
    System::events().iter().any(|record| record.event == completed)
}

#[test]
fn chain_l5_a_large_state_should_be_migrated_over_many_blocks_and_deadlines_caught_up_after() {
    execute(|| {
        let ids: Vec<InstructionId> = (0..OPEN).map(|number| open(number, number < DUE)).collect();
        let before = stored();
        assert_eq!(before.len(), OPEN);
        assert_eq!(balance(BOND, SELLER), 1_000 - 2 * DUE as Balance);
        let expiries = pallet_settlement::Expiries::<Runtime>::iter_keys().count();

        let deadline_of_due = match Instructions::<Runtime>::get(ids[0]) {
            Some(Instruction::Open(open)) => open.terms.deadline,
            other => panic!("{other:?}"),
        };

        plan_upgrade();
        REWRITTEN.with(|count| count.set(0));
        next_block();
        assert!(pallet_migrations::Cursor::<Runtime>::exists(), "the upgrade has begun");
        let limit = configs::RuntimeBlockWeights::get().max_block;
        let mut blocks = 0;
        let mut rewritten = 0;
        let mut was_mixed = false;
        loop {
            let header = Executive::finalize_block();
            blocks += 1;
            assert!(blocks < 100, "it ends");
            let weight = System::block_weight().total();
            assert!(weight.all_lte(limit), "block {} weighs {weight:?} of {limit:?}", header.number());
            let by_now = REWRITTEN.with(Cell::get);
            assert!(by_now - rewritten < OPEN / 2, "one block rewrites a bounded number: {}", by_now - rewritten);
            rewritten = by_now;
            let done = upgrade_is_complete();
            if !done {
                was_mixed |= rewritten > 0 && rewritten < OPEN;
                // The sweep waits: nothing is removed, closed or paid out, although deadlines have passed.
                assert_eq!(stored().len(), OPEN);
                assert_eq!(pallet_settlement::Expiries::<Runtime>::iter_keys().count(), expiries);
                assert_eq!(balance(BOND, SELLER), 1_000 - 2 * DUE as Balance);
            }
            begin_block(header.number() + 1);
            if done {
                break;
            }
        }
        assert!(blocks > 4 && was_mixed, "{blocks} blocks");
        assert_eq!(rewritten, OPEN);
        assert!(Timestamp::get() > deadline_of_due, "deadlines passed during the migration");

        // The first ordinary blocks sweep what became due.
        for _ in 0..3 {
            next_block();
        }
        for (number, id) in ids.iter().enumerate() {
            let stage = Settlement::instruction(*id).expect("kept").stage;
            let expected = if number < DUE { Stage::Closed { outcome: Outcome::Expired } } else { Stage::Proposed };
            assert_eq!(stage, expected, "instruction {number}");
        }
        assert_eq!(balance(BOND, SELLER), 1_000);
        let after = stored();
        let same = before.iter().filter(|(key, bytes)| after.get(*key) == Some(*bytes)).count();
        assert_eq!((after.len(), same), (OPEN, OPEN - DUE), "what did not expire is the same to the byte");
        // Trading goes on.
        let last = terms("AFTER");
        send_ok(SELLER, super::dvp::instruct(last.clone()));
        send_ok(BUYER, super::dvp::affirm(super::dvp::id_of(&last), &last));
        assert_eq!(balance(BOND, BUYER), 600);
        PLANNED.with(|planned| planned.set(false));
    });
}

/// Test helper: block with the inherent that sets the time, and one transaction.
fn block_with_a_transaction() -> <Block as BlockT>::LazyBlock {
    let number = System::block_number() + 1;
    let (header, inherent) = header_and_time(number);
    let transaction = sign(SELLER, transfer(BUYER, 1), 0);
    Block::new(header, vec![inherent, transaction]).into()
}

/// Test helper: runs a block with a transaction, and gives the message of the panic that refuses it.
fn refusal() -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| Executive::execute_block(block_with_a_transaction())));
    let panic = panic.expect_err("the header's roots are not those of the block");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn chain_l5_transactions_should_be_refused_while_a_migration_runs() {
    let chain = |upgrading: bool| {
        let mut chain = genesis(presets::DEVELOPMENT);
        chain.execute_with(|| {
            begin_block(1);
            found();
            open(0, false);
            if upgrading {
                plan_upgrade();
            }
            let header = Executive::finalize_block();
            assert_eq!(*header.number(), 1);
        });
        chain
    };
    let refused = chain(true).execute_with(refusal);
    assert!(refused.contains("Only inherents are allowed in this block"), "{refused}");
    PLANNED.with(|planned| planned.set(false));
    // Without an upgrade the same block is refused for nothing but its header, which nobody has computed.
    let refused = chain(false).execute_with(refusal);
    assert!(!refused.contains("Only inherents"), "{refused}");
}

#[test]
fn chain_l5_storage_of_every_pallet_should_have_a_version() {
    use frame_support::traits::{GetStorageVersion, StorageVersion};
    execute(|| {
        let versions = [
            (Participants::on_chain_storage_version(), Participants::in_code_storage_version()),
            (Escrow::on_chain_storage_version(), Escrow::in_code_storage_version()),
            (Settlement::on_chain_storage_version(), Settlement::in_code_storage_version()),
            (Counterpart::on_chain_storage_version(), Counterpart::in_code_storage_version()),
            (Validators::on_chain_storage_version(), Validators::in_code_storage_version()),
        ];
        for (stored, code) in versions {
            assert_eq!((stored, code), (StorageVersion::new(1), StorageVersion::new(1)));
        }
    });
}
