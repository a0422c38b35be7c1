//! Settlement with the real directory, escrow, assets and balances.

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

/// The genesis hash of the chain under test.
pub const GENESIS: H256 = H256([0xaa; 32]);
/// The genesis hash of the network for which the counterpart is open, and the least settlement window.
pub const OTHER: H256 = H256([0xbb; 32]);
pub const LEAST_WINDOW: Moment = 5_000;
/// The time at which every test starts, in milliseconds.
pub const START: Moment = 1_700_000_000_000;
/// The longest life, the retention and the life of a request to cancel.
pub const LIFE: Moment = 60 * 24 * 3_600_000;
pub const RETENTION: Moment = 1_000_000;
pub const CANCEL_LIFE: Moment = 60_000;
/// The least time to settle, and the time that a sanction must have lasted. Any trade of these tests lives longer.
pub const MIN_SETTLE_TIME: Moment = 2_000;
pub const SANCTION_GRACE: Moment = 6_000;

/// One account of each participant, numbered from 0 in this order; `SELLER_2` is the seller's second.
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
/// Belongs to nobody.
pub const OUTSIDER: AccountId = AccountId::new([200; 32]);

pub const SELLER_ID: ParticipantId = ParticipantId(0);
pub const BUYER_ID: ParticipantId = ParticipantId(1);
pub const THIRD_ID: ParticipantId = ParticipantId(2);
pub const CUSTODIAN_ID: ParticipantId = ParticipantId(3);
pub const BANK_ID: ParticipantId = ParticipantId(4);
pub const MANAGER_ID: ParticipantId = ParticipantId(5);

/// A share, a bond with a settlement unit of 100, two cash tokens.
pub const SHARE: u32 = 1;
pub const BOND: u32 = 2;
pub const EURO: u32 = 3;
pub const DOLLAR: u32 = 4;

/// What the seller has of each security and the buyer of each cash token, and both of the native currency.
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

/// Weights of a block that leave a part of it to the sweep.
fn block_weights() -> frame_system::limits::BlockWeights {
    use frame_support::{dispatch::DispatchClass, weights::constants::WEIGHT_REF_TIME_PER_MILLIS};
    let millis = |millis: u64| Weight::from_parts(millis * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX / 1_000 * millis);
    frame_system::limits::BlockWeights::builder()
        .for_class(DispatchClass::Normal, |class| class.max_total = Some(millis(750)))
        .for_class(DispatchClass::Operational, |class| class.max_total = Some(millis(200)))
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

/// Every asset by its id, the native one included.
pub type AllAssets = fungible::UnionOf<Balances, Assets, fungible::NativeFromLeft, AssetId, AccountId>;

/// The escrow account belongs to nobody.
pub struct EscrowAccount;

impl Contains<AccountId> for EscrowAccount {
    fn contains(account: &AccountId) -> bool {
        *account == Escrow::account_id()
    }
}

/// No call reaches the guard in these tests.
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
}

impl pallet_participants::ClassifyAct<RuntimeCall> for NoCalls {
    fn act(_: &RuntimeCall) -> pallet_participants::Act {
        pallet_participants::Act::Root
    }
}

/// The origin of accounts that decide together.
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
    /// What a dependent system has heard: tranches without an outcome, ends with one.
    pub static Heard: Vec<(InstructionId, Option<Outcome>, Lots)> = Vec::new();
}

/// A dependent system.
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
    /// The network for which the counterpart is open.
    pub static OpenFor: Option<H256> = Some(OTHER);
    /// The least settlement window.
    pub static Window: Moment = LEAST_WINDOW;
}

/// The other network.
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

/// A valid LEI for the test participant with this number.
fn lei(number: usize) -> Lei {
    let body = format!("TNDM00TEST{number:08}");
    (0..98)
        .find_map(|digits| Lei::parse(&format!("{body}{digits:02}")).ok())
        .expect("one of the check digits fits; qed")
}

/// An ISIN for the test security with this number.
fn isin(number: u32) -> Isin {
    let body = format!("QZ{number:09}");
    (0..10).find_map(|digit| Isin::parse(&format!("{body}{digit}")).ok()).expect("one of the digits fits; qed")
}

/// A chain with participants, assets and opening positions, at [`START`] in block 1.
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

    /// Runs the test, then checks every invariant.
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

/// Mandate without any limit.
pub fn unlimited() -> pallet_participants::Mandate {
    pallet_participants::Mandate { free_of_payment: true, ..pallet_participants::Mandate::widest() }
}

/// Every right of an account.
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

/// The invariants of settlement, escrow and the directory, and that no asset was made or lost (I1).
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

/// The balance of an account.
pub fn balance(asset: u32, account: &AccountId) -> Balance {
    <Assets as fungibles::Inspect<AccountId>>::balance(asset, account)
}

/// What escrow has.
pub fn in_escrow(asset: u32) -> Balance {
    balance(asset, &Escrow::account_id())
}

/// Lets time pass, in milliseconds after [`START`], without the sweep.
pub fn at(after_start: Moment) {
    Timestamp::set_timestamp(START + after_start);
    System::set_block_number(1 + after_start / 2_000);
}

/// Runs the sweep with all the weight it wants.
pub fn sweep() {
    use polkadot_sdk::frame_support::traits::Hooks;
    <Settlement as Hooks<u64>>::on_idle(System::block_number(), Weight::MAX);
}

/// Changes the status of a participant, as two accounts of the regulator.
pub fn set_status(participant: ParticipantId, status: Status) {
    let reason = pallet_participants::Reason::new(pallet_participants::ReasonCode::Other);
    Participants::set_status(together(pallet_participants::Body::Regulator), participant, status, reason)
        .expect("changes; qed");
}
