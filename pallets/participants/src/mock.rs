//! Mock runtime of the tests: this pallet with the real balances, assets, escrow and clock.

use crate as pallet_participants;
use crate::{
    Access, Act, Allowance, BlockShares, Classified, ClassifyAct, ClassifyCall, Effective, EnsureDecider, EnsureIssuer,
    EnsureOperator, GenesisAgent, GenesisAsset, GenesisParticipant, GuardRefusal, Lane, Opened, Resources,
};
use polkadot_sdk::*;

use frame_support::{
    derive_impl, parameter_types,
    traits::{
        fungible::{self, NativeFromLeft},
        fungibles, ConstU128, ConstU32, ConstU64, Contains,
    },
    weights::constants::WEIGHT_REF_TIME_PER_MILLIS,
};
use frame_system::{mocking::MockBlock, EnsureNever};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, Perbill};
use std::cell::RefCell;
use tandem_primitives::{AccountId, AssetId, Balance, Capacity, Lei, Moment, ParticipantId, Role, Status};

/// Consensus time at which every test begins, in milliseconds.
pub const START: Moment = 1_700_000_000_000;
/// Life of proposals and requests in the tests, in milliseconds.
pub const LIFE: Moment = 1_000;
/// Rights delay in the tests, in milliseconds.
pub const RIGHTS_DELAY: Moment = 500;
/// Maximum of the enactment delay in the tests, in milliseconds.
pub const MAX_DELAY: Moment = 10_000;
/// Estate delay in the tests, in milliseconds.
pub const ESTATE_DELAY: Moment = 20_000;
/// Maximum number of registrations by one account on one day, in the tests.
pub const DAILY: u32 = 40;
/// Length of a quota period in the tests, in blocks.
pub const PERIOD: u64 = 10;
/// Length of a day for the caps on opened state in the tests, in blocks.
pub const DAY: u64 = 20;

pub const OPERATOR: ParticipantId = ParticipantId(0);
pub const REGULATOR: ParticipantId = ParticipantId(1);
pub const SECOND_REGULATOR: ParticipantId = ParticipantId(2);
pub const TRADER: ParticipantId = ParticipantId(3);
pub const CUSTODIAN: ParticipantId = ParticipantId(4);
pub const BANK: ParticipantId = ParticipantId(5);
pub const ISSUER: ParticipantId = ParticipantId(6);

pub const OP_1: AccountId = AccountId::new([1; 32]);
pub const OP_2: AccountId = AccountId::new([2; 32]);
pub const OP_3: AccountId = AccountId::new([3; 32]);
pub const REG_1: AccountId = AccountId::new([11; 32]);
pub const REG_1B: AccountId = AccountId::new([12; 32]);
pub const REG_2: AccountId = AccountId::new([21; 32]);
pub const TRADER_1: AccountId = AccountId::new([31; 32]);
pub const TRADER_2: AccountId = AccountId::new([32; 32]);
pub const CUSTODIAN_1: AccountId = AccountId::new([41; 32]);
pub const BANK_1: AccountId = AccountId::new([51; 32]);
pub const ISSUER_1: AccountId = AccountId::new([61; 32]);
pub const GATEWAY_1: AccountId = AccountId::new([71; 32]);
/// Account that belongs to no participant in the tests.
pub const OUTSIDER: AccountId = AccountId::new([200; 32]);
/// Account that stands for one of the chain itself, beside the real escrow account.
pub const ESCROW: AccountId = AccountId::new([222; 32]);

/// Number of an asset that the issuer of the tests owns and that is not listed.
pub const SHARE: u32 = 1;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Assets: pallet_assets,
        Participants: pallet_participants,
        Escrow: pallet_escrow,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
    type AccountId = AccountId;
    type Lookup = IdentityLookup<AccountId>;
    type AccountData = pallet_balances::AccountData<Balance>;
    type MaxConsumers = ConstU32<{ u32::MAX }>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
    type Moment = Moment;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = Balance;
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = System;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxFreezes = ConstU32<8>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
    type Balance = Balance;
    type Currency = Balances;
    type CreateOrigin = EnsureIssuer<Test>;
    type ForceOrigin = EnsureNever<AccountId>;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type Freezer = Participants;
    type CallbackHandle = Participants;
}

/// Picoseconds in this number of milliseconds.
pub const fn millis(millis: u64) -> u64 {
    millis * WEIGHT_REF_TIME_PER_MILLIS
}

/// Allowance of every participant in the tests.
pub const ALLOWANCE: Allowance = Allowance {
    period: Resources { time: millis(400), bytes: 1_000_000 },
    day: Opened { instructions: 5, payments: 3, others: 2 },
};

/// Allowance with which a participant begins that one account of the operator registers.
pub const STARTING: Allowance = Allowance {
    period: Resources { time: millis(200), bytes: 800_000 },
    day: Opened { instructions: 2, payments: 1, others: 1 },
};

parameter_types! {
    pub const QuotaAllowance: Allowance = ALLOWANCE;
    pub const Starting: Allowance = STARTING;
    // Of 750 ms and 3,932,160 bytes; of 250 ms and 1,310,720 bytes for those who govern.
    pub const Shares: BlockShares = BlockShares {
        ordinary_each: Perbill::from_percent(20),
        finishing: Perbill::from_percent(40),
        finishing_each: Perbill::from_percent(4),
        proof: Perbill::from_percent(20),
        proof_gateway: Perbill::from_percent(10),
        proof_each: Perbill::from_percent(2),
        overflow: Perbill::from_percent(20),
        governing_each: Perbill::from_percent(25),
    };
}

/// Balances of all assets of the mock runtime, the native one included.
pub type AllAssets = fungible::UnionOf<Balances, Assets, NativeFromLeft, AssetId, AccountId>;

/// Accounts of the chain itself in the tests: [`ESCROW`] and the real escrow account.
pub struct ChainAccounts;

impl Contains<AccountId> for ChainAccounts {
    fn contains(account: &AccountId) -> bool {
        *account == ESCROW || *account == Escrow::account_id()
    }
}

thread_local! {
    static FOUND: RefCell<Option<Result<Classified, GuardRefusal>>> = const { RefCell::new(None) };
}

/// Test helper: sets the answer that [`TestClassifier`] gives from now on.
pub fn classify_as(found: Result<Classified, GuardRefusal>) {
    FOUND.with(|stored| *stored.borrow_mut() = Some(found));
}

/// Test helper: classification of a transaction that acts for these accounts in the ordinary lane.
pub fn acts_for(accounts: &[(AccountId, Access)]) -> Classified {
    let effective = accounts.iter().map(|(account, access)| Effective::new(account.clone(), *access)).collect();
    Classified { effective, lane: Lane::Ordinary, opened: Opened::default() }
}

/// Classifier of the mock runtime. Every call is an ordinary one of its signer, unless a test has set another answer by
/// [`classify_as`].
pub struct TestClassifier;

impl ClassifyCall<RuntimeCall> for TestClassifier {
    fn classify(signer: &AccountId, _: &RuntimeCall) -> Result<Classified, GuardRefusal> {
        FOUND.with(|stored| match &*stored.borrow() {
            Some(found) => found.clone(),
            None => Ok(acts_for(&[(signer.clone(), Access::Start)])),
        })
    }

    fn origins(_: &RuntimeCall) -> u32 {
        FOUND.with(|stored| match &*stored.borrow() {
            Some(Ok(found)) => found.effective.len() as u32,
            _ => 1,
        })
    }

    fn filter_reads(_: &RuntimeCall) -> u64 {
        0
    }
}

/// Table of acts of the mock runtime: a small part of the real runtime's.
pub struct TestActs;

impl ClassifyAct<RuntimeCall> for TestActs {
    fn act(call: &RuntimeCall) -> Act {
        use crate::Call;
        match call {
            RuntimeCall::Participants(Call::set_status { .. }) => Act::Status,
            RuntimeCall::Participants(Call::remove_account { account, .. }) => governing(account, Act::Stop),
            RuntimeCall::Participants(Call::replace_account { old, .. }) => governing(old, Act::Governors),
            RuntimeCall::Participants(Call::add_account { participant, .. }) => {
                let governs = crate::Governors::<Test>::get().contains(participant);
                if governs {
                    Act::Governors
                } else {
                    Act::Root
                }
            }
            RuntimeCall::Participants(
                Call::set_roles { .. }
                | Call::register { .. }
                | Call::request_rights { .. }
                | Call::remove_administrator { .. },
            ) => Act::Governors,
            RuntimeCall::Participants(Call::transfer_estate { .. } | Call::grant_licence { .. }) => Act::Estate,
            RuntimeCall::Participants(
                Call::claw_back { asset, .. } | Call::burn_from { asset, .. } | Call::destroy_asset { asset, .. },
            ) => Act::ClawBack(*asset),
            // Stands for a pause and the end of one.
            RuntimeCall::System(frame_system::Call::set_heap_pages { .. }) => Act::Stop,
            RuntimeCall::System(frame_system::Call::remark_with_event { .. }) => Act::Undo,
            _ => Act::Root,
        }
    }
}

fn governing(account: &AccountId, act: Act) -> Act {
    let roles = crate::Accounts::<Test>::get(account).map(|record| record.roles).unwrap_or_default();
    if roles.has(Role::Operator) || roles.has(Role::Regulator) {
        act
    } else {
        Act::Root
    }
}

parameter_types! {
    pub const EscrowId: frame_support::PalletId = frame_support::PalletId(*b"tndm/esc");
}

/// Only its exact transfer is used by the tests.
impl pallet_escrow::Config for Test {
    type Native = Balances;
    type Directory = Participants;
    type Controllers = ();
    type PalletId = EscrowId;
    type WeightInfo = ();
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Participants;
}

impl pallet_participants::Config for Test {
    type OperatorOrigin = EnsureOperator<Test>;
    type DeciderOrigin = EnsureDecider<Test>;
    type Acts = TestActs;
    type Time = Timestamp;
    type Native = Balances;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type Assets = AllAssets;
    type Escrow = Escrow;
    type AssetOwners = Assets;
    type AssetTeams = Assets;
    type Exempt = ChainAccounts;
    type CallClassifier = TestClassifier;
    type Allowance = QuotaAllowance;
    type StartingAllowance = Starting;
    type BlockShares = Shares;
    type CapPeriod = ConstU64<DAY>;
    type QuotaPeriod = ConstU64<PERIOD>;
    type ProposalLife = ConstU64<LIFE>;
    type UsualRightsDelay = ConstU64<RIGHTS_DELAY>;
    type MaxEnactmentDelay = ConstU64<MAX_DELAY>;
    type EstateDelay = ConstU64<ESTATE_DELAY>;
    type DailyRegistrations = ConstU32<DAILY>;
    type WeightInfo = ();
}

/// Test helper: an LEI with valid check digits, another for each number.
pub fn lei(number: u32) -> Lei {
    let body = format!("TNDM00TEST{number:08}");
    (0..98).find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok()).unwrap()
}

/// Test helper: the participants that every test begins with.
pub fn participants() -> Vec<GenesisParticipant> {
    let entries: [(&str, &[AccountId], Role); 8] = [
        ("Operator", &[OP_1, OP_2, OP_3], Role::Operator),
        ("Regulator", &[REG_1, REG_1B], Role::Regulator),
        ("Second regulator", &[REG_2], Role::Regulator),
        ("Trader", &[TRADER_1, TRADER_2], Role::Trader),
        ("Custodian", &[CUSTODIAN_1], Role::Custodian),
        ("Bank", &[BANK_1], Role::SettlementBank),
        ("Issuer", &[ISSUER_1], Role::Issuer),
        ("Gateway", &[GATEWAY_1], Role::Gateway),
    ];
    let entry = |(number, (name, accounts, role)): (usize, (&str, &[AccountId], Role))| GenesisParticipant {
        name: name.into(),
        lei: lei(number as u32),
        roles: vec![role],
        accounts: accounts.to_vec(),
        rights: vec![],
        status: Status::Active,
    };
    entries.into_iter().enumerate().map(entry).collect()
}

/// Builder of the state that a test begins with: [`participants`], at [`START`] in block 1.
pub struct ExtBuilder {
    pub participants: Vec<GenesisParticipant>,
    pub agents: Vec<GenesisAgent>,
    pub assets: Vec<GenesisAsset>,
    pub enactment_delay: Moment,
    pub native: Vec<(AccountId, Balance)>,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        let mandate = crate::mandates::Mandate::widest();
        let agent = GenesisAgent { principal: lei(3), agent: lei(4), capacity: Capacity::Delivery, mandate };
        let native = GenesisAsset {
            asset: AssetId::Native,
            isin: None,
            currency: Some("TND".into()),
            cfi: None,
            settlement_unit: 1,
        };
        Self {
            participants: participants(),
            agents: vec![agent],
            assets: vec![native],
            enactment_delay: 0,
            native: vec![(TRADER_1, 1_000), (OUTSIDER, 1_000)],
        }
    }
}

impl ExtBuilder {
    pub fn with_delay(mut self, delay: Moment) -> Self {
        self.enactment_delay = delay;
        self
    }

    pub fn build(self) -> TestExternalities {
        FOUND.with(|stored| *stored.borrow_mut() = None);
        let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
        pallet_balances::GenesisConfig::<Test> { balances: self.native, ..Default::default() }
            .assimilate_storage(&mut storage)
            .unwrap();
        let assets = vec![(SHARE, ISSUER_1, true, 1)];
        let accounts = vec![(SHARE, TRADER_1, 500), (SHARE, OUTSIDER, 500), (SHARE, ESCROW, 500)];
        pallet_assets::GenesisConfig::<Test> { assets, accounts, ..Default::default() }
            .assimilate_storage(&mut storage)
            .unwrap();
        pallet_participants::GenesisConfig::<Test> {
            participants: self.participants,
            agents: self.agents,
            assets: self.assets,
            enactment_delay: self.enactment_delay,
            rights_delay: None,
            _config: Default::default(),
        }
        .assimilate_storage(&mut storage)
        .unwrap();
        let mut ext = TestExternalities::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            Timestamp::set_timestamp(START);
        });
        ext
    }

    /// Runs the test on the built state, then checks every invariant of the pallet.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            Participants::do_try_state().expect("the directory's invariants hold");
        });
    }
}

/// Runs a test on the default state, then checks every invariant of the pallet.
pub fn run(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(test);
}

/// Test helper: sets the consensus time to `after_start` milliseconds after [`START`].
pub fn at(after_start: Moment) {
    Timestamp::set_timestamp(START + after_start);
}

/// Test helper: balance of an account in the asset [`SHARE`].
pub fn shares(account: &AccountId) -> Balance {
    <Assets as fungibles::Inspect<AccountId>>::balance(SHARE, account)
}
