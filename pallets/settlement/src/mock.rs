//! Test runtime of this pallet, with the real pallets for participants, escrow, assets and balances.

use crate as pallet_settlement;
use polkadot_sdk::{
    frame_support::{
        derive_impl, parameter_types,
        traits::{fungible, fungibles, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, Contains},
        weights::Weight,
        PalletId,
    },
    frame_system::{self, mocking::MockBlock, EnsureNever},
    pallet_assets, pallet_balances, pallet_timestamp,
    sp_core::H256,
    sp_io::TestExternalities,
    sp_runtime::{traits::IdentityLookup, BuildStorage},
    *,
};
use tandem_primitives::{
    AccountId, AssetId, AssetKind, Balance, Counterpart, InstructionId, Isin, Lei, Lots, Moment, OnSettled, Outcome,
    ParticipantId, Role, Status,
};

/// Genesis hash of the chain under test.
pub const GENESIS: H256 = H256([0xaa; 32]);
/// Genesis hash of the other network, for which the counterpart is open in tests.
pub const OTHER: H256 = H256([0xbb; 32]);
/// Minimum settlement window of the test counterpart, in milliseconds.
pub const LEAST_WINDOW: Moment = 5_000;
/// Consensus time at which every test starts, in milliseconds.
pub const START: Moment = 1_700_000_000_000;
/// Value of `MaxInstructionLife` in tests, in milliseconds: 60 days.
pub const LIFE: Moment = 60 * 24 * 3_600_000;
/// Value of `Retention` in tests, in milliseconds.
pub const RETENTION: Moment = 1_000_000;
/// Value of `CancelLife` in tests, in milliseconds.
pub const CANCEL_LIFE: Moment = 60_000;
/// Value of `MinSettleTime` in tests, in milliseconds. All trades of the tests live longer.
pub const MIN_SETTLE_TIME: Moment = 2_000;
/// Value of `SanctionGrace` in tests, in milliseconds.
pub const SANCTION_GRACE: Moment = 6_000;

/// Account of the seller, the test participant 0. The accounts of the other participants follow, in the order of their
/// numbers.
pub const SELLER: AccountId = AccountId::new([1; 32]);
pub const BUYER: AccountId = AccountId::new([2; 32]);
pub const THIRD: AccountId = AccountId::new([3; 32]);
pub const CUSTODIAN: AccountId = AccountId::new([4; 32]);
pub const BANK: AccountId = AccountId::new([5; 32]);
pub const MANAGER: AccountId = AccountId::new([6; 32]);
pub const REGULATOR: AccountId = AccountId::new([7; 32]);
pub const OPERATOR: AccountId = AccountId::new([8; 32]);
pub const ISSUER: AccountId = AccountId::new([9; 32]);
pub const AUDITOR: AccountId = AccountId::new([10; 32]);
pub const SELLER_2: AccountId = AccountId::new([101; 32]);
pub const BUYER_2: AccountId = AccountId::new([102; 32]);
/// Account in tests that belongs to no participant.
pub const OUTSIDER: AccountId = AccountId::new([200; 32]);

pub const SELLER_ID: ParticipantId = ParticipantId(0);
pub const BUYER_ID: ParticipantId = ParticipantId(1);
pub const THIRD_ID: ParticipantId = ParticipantId(2);
pub const CUSTODIAN_ID: ParticipantId = ParticipantId(3);
pub const BANK_ID: ParticipantId = ParticipantId(4);
pub const MANAGER_ID: ParticipantId = ParticipantId(5);

/// Test asset: a share, which settles in units of 1.
pub const SHARE: u32 = 1;
/// Test asset: a bond, which settles in units of 100.
pub const BOND: u32 = 2;
/// Test asset: a cash token.
pub const EURO: u32 = 3;
/// Test asset: another cash token.
pub const DOLLAR: u32 = 4;

/// Balance at the start of each test that the seller has of each security, the buyer of each cash token, and both of
/// the native currency.
pub const OPENING: Balance = 1_000_000;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Assets: pallet_assets,
        Participants: pallet_participants,
        Escrow: pallet_escrow,
        Settlement: pallet_settlement,
    }
);

std::thread_local! {
    /// True in a test of blocks that transactions may fill altogether.
    pub static FULL_BLOCKS: core::cell::Cell<bool> = const { core::cell::Cell::new(false) };
}

/// Limits of a block in tests, which leave a part of each block to the sweep.
fn block_weights() -> frame_system::limits::BlockWeights {
    use frame_support::{dispatch::DispatchClass, weights::constants::WEIGHT_REF_TIME_PER_MILLIS};
    let millis = |millis: u64| Weight::from_parts(millis * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX / 1_000 * millis);
    let operational = if FULL_BLOCKS.get() { 250 } else { 200 };
    frame_system::limits::BlockWeights::builder()
        .for_class(DispatchClass::Normal, |class| class.max_total = Some(millis(750)))
        .for_class(DispatchClass::Operational, |class| class.max_total = Some(millis(operational)))
        .for_class(DispatchClass::Mandatory, |class| class.max_total = Some(millis(1_000)))
        .build_or_panic()
}

parameter_types! {
    pub TestBlockWeights: frame_system::limits::BlockWeights = block_weights();
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
    type BlockWeights = TestBlockWeights;
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
    type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
    type ForceOrigin = EnsureNever<AccountId>;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type Freezer = Participants;
    type Holder = Escrow;
    type CallbackHandle = (Escrow, Participants);
}

parameter_types! {
    pub const EscrowPalletId: PalletId = PalletId(*b"tdm/escr");
    pub const QuotaAllowance: pallet_participants::Allowance = pallet_participants::Allowance {
        period: pallet_participants::Resources { time: u64::MAX, bytes: u64::MAX },
        day: pallet_participants::Opened { instructions: u32::MAX, payments: u32::MAX, others: u32::MAX },
    };
    // No call reaches the guard in these tests.
    pub const Shares: pallet_participants::BlockShares = {
        let tenth = polkadot_sdk::sp_runtime::Perbill::from_percent(10);
        pallet_participants::BlockShares {
            ordinary_each: tenth,
            finishing: tenth,
            finishing_each: tenth,
            proof: tenth,
            proof_gateway: tenth,
            proof_each: tenth,
            overflow: tenth,
            governing_each: tenth,
        }
    };
}

/// All assets of the test runtime by id, the native currency included.
pub type AllAssets = fungible::UnionOf<Balances, Assets, fungible::NativeFromLeft, AssetId, AccountId>;

/// Filter of the test runtime for accounts that need no participant: the escrow account alone.
pub struct EscrowAccount;

impl Contains<AccountId> for EscrowAccount {
    fn contains(account: &AccountId) -> bool {
        *account == Escrow::account_id()
    }
}

/// Classification of calls in the test runtime. Tests dispatch calls directly, so the guard never asks for it.
pub struct NoCalls;

impl pallet_participants::ClassifyCall<RuntimeCall> for NoCalls {
    fn classify(
        signer: &AccountId,
        _: &RuntimeCall,
    ) -> Result<pallet_participants::Classified, pallet_participants::GuardRefusal> {
        use pallet_participants::{Access, Classified, Effective, Lane, Opened};
        let effective = vec![Effective::new(signer.clone(), Access::Start)];
        Ok(Classified { effective, lane: Lane::Ordinary, opened: Opened::default() })
    }
    fn origins(_: &RuntimeCall) -> u32 {
        1
    }
    fn filter_reads(_: &RuntimeCall) -> u64 {
        0
    }
}

impl pallet_participants::ClassifyAct<RuntimeCall> for NoCalls {
    fn act(_: &RuntimeCall) -> pallet_participants::Act {
        pallet_participants::Act::Root
    }
}

/// Test helper: origin of a call that the accounts of `body` have approved together.
pub fn together(body: pallet_participants::Body) -> RuntimeOrigin {
    pallet_participants::Origin::Approved { body, issuer: None }.into()
}

impl pallet_participants::Config for Test {
    type OperatorOrigin = pallet_participants::EnsureOperator<Test>;
    type DeciderOrigin = pallet_participants::EnsureDecider<Test>;
    type Acts = NoCalls;
    type Time = Timestamp;
    type Native = Balances;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type Assets = AllAssets;
    type Escrow = Escrow;
    type AssetOwners = Assets;
    type AssetTeams = Assets;
    type Exempt = EscrowAccount;
    type CallClassifier = NoCalls;
    type Allowance = QuotaAllowance;
    type StartingAllowance = QuotaAllowance;
    type BlockShares = Shares;
    type CapPeriod = ConstU64<43_200>;
    type QuotaPeriod = ConstU64<30>;
    type ProposalLife = ConstU64<86_400_000>;
    type UsualRightsDelay = ConstU64<0>;
    type MaxEnactmentDelay = ConstU64<86_400_000>;
    type EstateDelay = ConstU64<86_400_000>;
    type DailyRegistrations = ConstU32<100>;
    type WeightInfo = ();
}

impl pallet_escrow::Config for Test {
    type Native = Balances;
    type Directory = Participants;
    type Controllers = Settlement;
    type PalletId = EscrowPalletId;
    type WeightInfo = ();
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Participants;
}

parameter_types! {
    /// Calls that the test listener received, in order: a settled tranche has no outcome, a closed instruction has one.
    pub static Heard: Vec<(InstructionId, Option<Outcome>, Lots)> = Vec::new();
}

/// Test implementation of [`OnSettled`] that records its calls in [`Heard`].
pub struct Listener;

impl OnSettled for Listener {
    fn on_tranche(id: InstructionId, lots: Lots) {
        Heard::mutate(|heard| heard.push((id, None, lots)));
    }
    fn on_closed(id: InstructionId, outcome: Outcome, lots: Lots) {
        Heard::mutate(|heard| heard.push((id, Some(outcome), lots)));
    }
}

parameter_types! {
    /// Genesis hash of the network for which the test counterpart is open; `None` closes it.
    pub static OpenFor: Option<H256> = Some(OTHER);
    /// Minimum settlement window of the test counterpart, in milliseconds.
    pub static Window: Moment = LEAST_WINDOW;
}

/// Test implementation of the counterpart, which is open for [`OpenFor`] with the window [`Window`].
pub struct Other;

impl Counterpart for Other {
    fn is_open_for(genesis: H256) -> bool {
        OpenFor::get() == Some(genesis)
    }
    fn min_settle_window() -> Moment {
        Window::get()
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl tandem_primitives::benchmarking::SetUpCounterpart for Other {
    fn open(genesis: H256) {
        OpenFor::set(Some(genesis));
    }
}

impl pallet_settlement::Config for Test {
    type Time = Timestamp;
    type Directory = Participants;
    type Escrow = Escrow;
    type Counterpart = Other;
    type OnSettled = Listener;
    type MaxInstructionLife = ConstU64<LIFE>;
    type Retention = ConstU64<RETENTION>;
    type CancelLife = ConstU64<CANCEL_LIFE>;
    type MinSettleTime = ConstU64<MIN_SETTLE_TIME>;
    type SanctionGrace = ConstU64<SANCTION_GRACE>;
    type WeightInfo = ();
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = tandem_primitives::benchmarking::Setup<Participants, Escrow, Other>;
}

/// Test helper: a valid LEI for the participant with this number.
fn lei(number: usize) -> Lei {
    let body = format!("TNDM00TEST{number:08}");
    (0..98)
        .find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok())
        .expect("one of the check digits fits; qed")
}

/// Test helper: a valid ISIN for the security with this number.
fn isin(number: u32) -> Isin {
    let body = format!("QZ{number:09}");
    (0..10).find_map(|digit| Isin::parse(&format!("{body}{digit}")).ok()).expect("one of the digits fits; qed")
}

/// Builder of the test chain: participants, assets and opening balances, at [`START`] in block 1.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
    pub fn build(self) -> TestExternalities {
        let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().expect("builds; qed");
        pallet_escrow::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).expect("builds; qed");
        let mut ext = TestExternalities::new(storage);
        OpenFor::set(Some(OTHER));
        Window::set(LEAST_WINDOW);
        ext.execute_with(|| {
            frame_system::BlockHash::<Test>::insert(0, GENESIS);
            System::set_block_number(1);
            Timestamp::set_timestamp(START);
            register_all();
            create_all();
            System::reset_events();
        });
        ext
    }

    /// Runs `test` on a new test chain, then checks all invariants.
    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            check_invariants();
        });
    }
}

fn register_all() {
    let entries: [(&[AccountId], Role); 10] = [
        (&[SELLER, SELLER_2], Role::Trader),
        (&[BUYER, BUYER_2], Role::Trader),
        (&[THIRD], Role::Trader),
        (&[CUSTODIAN], Role::Custodian),
        (&[BANK], Role::SettlementBank),
        (&[MANAGER], Role::SettlementManager),
        (&[REGULATOR], Role::Regulator),
        (&[OPERATOR], Role::Operator),
        (&[ISSUER], Role::Issuer),
        (&[AUDITOR], Role::Auditor),
    ];
    for (number, (accounts, role)) in entries.into_iter().enumerate() {
        let governs = [Role::Operator, Role::Regulator].contains(&role);
        let joint = || together(pallet_participants::Body::OperatorAndRegulator);
        Participants::register(
            if governs { joint() } else { RuntimeOrigin::root() },
            format!("Participant {number}").into_bytes().try_into().expect("short; qed"),
            lei(number),
            vec![role].try_into().expect("one; qed"),
            accounts.to_vec().try_into().expect("few; qed"),
            // Every account does everything: what single rights allow is for `tests/rights.rs`.
            accounts.iter().map(|_| all_rights()).collect::<Vec<_>>().try_into().expect("few; qed"),
        )
        .expect("registers; qed");
    }
}

/// Test helper: a mandate for an agent without any limit.
pub fn unlimited() -> pallet_participants::Mandate {
    pallet_participants::Mandate { free_of_payment: true, ..pallet_participants::Mandate::widest() }
}

/// Test helper: all rights that an account can have.
pub fn all_rights() -> pallet_participants::types::RightList {
    tandem_primitives::Right::ALL.to_vec().try_into().expect("four; qed")
}

fn create_all() {
    use pallet_participants::{AssetCode, AssetRecord};
    let assets: [(u32, AssetKind, Balance, AccountId); 4] = [
        (SHARE, AssetKind::Security, 1, SELLER),
        (BOND, AssetKind::Security, 100, SELLER),
        (EURO, AssetKind::Cash, 1, BUYER),
        (DOLLAR, AssetKind::Cash, 1, BUYER),
    ];
    for (id, kind, settlement_unit, holder) in assets {
        Assets::create(RuntimeOrigin::signed(ISSUER), id, ISSUER, 1).expect("creates; qed");
        let code = match kind {
            AssetKind::Security => AssetCode::Isin(isin(id)),
            AssetKind::Cash => AssetCode::Currency(*b"EUR"),
        };
        let record = AssetRecord { kind, code, cfi: None, settlement_unit };
        Participants::list_asset(RuntimeOrigin::signed(ISSUER), AssetId::WithId(id), record).expect("asks; qed");
        Participants::confirm_listing(RuntimeOrigin::signed(OPERATOR), AssetId::WithId(id), record)
            .expect("lists; qed");
        Assets::mint(RuntimeOrigin::signed(ISSUER), id, holder, OPENING).expect("mints; qed");
    }
    let native =
        AssetRecord { kind: AssetKind::Cash, code: AssetCode::Currency(*b"TND"), cfi: None, settlement_unit: 1 };
    Participants::list_asset(RuntimeOrigin::root(), AssetId::Native, native).expect("lists; qed");
    for account in [SELLER, BUYER] {
        <Balances as fungible::Mutate<AccountId>>::mint_into(&account, OPENING).expect("mints; qed");
    }
}

/// Test helper: checks the invariants of settlement, escrow and participants, and that no asset was made or lost (I1).
pub fn check_invariants() {
    use polkadot_sdk::frame_support::traits::Hooks;
    Settlement::do_try_state().expect("settlement's invariants hold");
    <Escrow as Hooks<u64>>::try_state(System::block_number()).expect("escrow's invariants hold");
    <Participants as Hooks<u64>>::try_state(System::block_number()).expect("the directory's invariants hold");
    for id in [SHARE, BOND, EURO, DOLLAR] {
        let issued = <Assets as fungibles::Inspect<AccountId>>::total_issuance(id);
        let sum: Balance = pallet_assets::Account::<Test>::iter()
            .filter(|(asset, _, _)| *asset == id)
            .map(|(_, _, account)| account.balance)
            .sum();
        assert_eq!(sum, issued, "I1: the balances of all accounts add up to the supply");
    }
    let native: Balance =
        frame_system::Account::<Test>::iter().map(|(_, info)| info.data.free + info.data.reserved).sum();
    assert_eq!(native, Balances::total_issuance(), "I1: the native currency too");
}

/// Test helper: balance of the account in the asset, without what escrow holds for it.
pub fn balance(asset: u32, account: &AccountId) -> Balance {
    <Assets as fungibles::Inspect<AccountId>>::balance(asset, account)
}

/// Test helper: balance of the escrow account in the asset.
pub fn in_escrow(asset: u32) -> Balance {
    balance(asset, &Escrow::account_id())
}

/// Test helper: sets the time to so many milliseconds after [`START`], and the block number with it. Does not run the
/// sweep.
pub fn at(after_start: Moment) {
    Timestamp::set_timestamp(START + after_start);
    System::set_block_number(1 + after_start / 2_000);
}

/// Test helper: runs the sweep with unlimited weight.
pub fn sweep() {
    use polkadot_sdk::frame_support::traits::Hooks;
    <Settlement as Hooks<u64>>::on_idle(System::block_number(), Weight::MAX);
}

/// Test helper: sets the status of a participant, as two accounts of the regulator do.
pub fn set_status(participant: ParticipantId, status: Status) {
    let reason = pallet_participants::Reason::new(pallet_participants::ReasonCode::Other);
    Participants::set_status(together(pallet_participants::Body::Regulator), participant, status, reason)
        .expect("changes; qed");
}
