//! Test runtime of this pallet, with the real `Balances` and `Assets`, and participants that a test can set.

use crate as pallet_escrow;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{
        derive_impl, parameter_types,
        traits::{fungible::NativeOrWithId, AsEnsureOriginWithArg, ConstU128, ConstU32, VariantCount},
        PalletId,
    },
    frame_system::{self, mocking::MockBlock, EnsureRoot, EnsureSigned},
    pallet_assets::{self, FrozenBalance},
    pallet_balances,
    sp_io::TestExternalities,
    sp_runtime::{traits::IdentityLookup, BuildStorage},
    *,
};
use scale_info::TypeInfo;
use std::collections::BTreeMap;
use tandem_primitives::{
    AccountId, AssetId, AssetKind, AssetTerms, Balance, Capacity, Controller, Directory, Escrow as _, Mandated, Moment,
    ParticipantId, PartyLeg, Right, Rights, Roles, Standing, Status,
};

/// First account of the seller in tests.
pub const SELLER: AccountId = AccountId::new([1; 32]);
/// Second account of the seller in tests.
pub const SELLER_2: AccountId = AccountId::new([11; 32]);
/// First account of the buyer in tests.
pub const BUYER: AccountId = AccountId::new([2; 32]);
/// Second account of the buyer in tests.
pub const BUYER_2: AccountId = AccountId::new([22; 32]);
/// Account that creates the assets in tests, and belongs to no participant.
pub const ISSUER: AccountId = AccountId::new([9; 32]);

pub const SELLER_ID: ParticipantId = ParticipantId(1);
pub const BUYER_ID: ParticipantId = ParticipantId(2);

/// Test asset: a security.
pub const BOND: u32 = 1;
/// Test asset: a cash token.
pub const EURO: u32 = 2;
pub const NATIVE: AssetId = NativeOrWithId::Native;

pub fn asset(id: u32) -> AssetId {
    NativeOrWithId::WithId(id)
}

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Balances: pallet_balances,
        Assets: pallet_assets,
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

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = Balance;
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = System;
    type FreezeIdentifier = FreezeReason;
    type MaxFreezes = ConstU32<1>;
}

/// Reason of a freeze of native currency in the test runtime: the status of a participant.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub enum FreezeReason {
    Status,
}

impl VariantCount for FreezeReason {
    const VARIANT_COUNT: u32 = 1;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
    type Balance = Balance;
    type Currency = Balances;
    type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
    type ForceOrigin = EnsureRoot<AccountId>;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type Freezer = FreezeInactive;
    type Holder = Escrow;
    type CallbackHandle = Escrow;
}

parameter_types! {
    pub const EscrowPalletId: PalletId = PalletId(*b"tdm/escr");
    static Standings: BTreeMap<AccountId, Standing> = BTreeMap::new();
    static Listed: BTreeMap<AssetId, AssetTerms> = BTreeMap::new();
    /// Amounts that the test's controllers hold in escrow; `None` while a test does not track them.
    pub static Books: Option<BTreeMap<AssetId, Balance>> = None;
}

/// Controller of escrow in the test runtime: the tests themselves. Its holdings are [`Books`], or by default all of
/// escrow that is not credited.
pub struct Bookkeeper;

impl Controller for Bookkeeper {
    fn holds(asset: &AssetId) -> Balance {
        match Books::get() {
            Some(books) => books.get(asset).copied().unwrap_or_default(),
            // All that is not credited.
            None => Escrow::held(asset).saturating_sub(Escrow::claimable_in_total(asset)),
        }
    }
}

impl pallet_escrow::Config for Test {
    type Native = Balances;
    type Directory = Register;
    type Controllers = Bookkeeper;
    type PalletId = EscrowPalletId;
    type WeightInfo = ();
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = Register;
}

/// Test freezer, as the runtime has one: an account that belongs to no active participant cannot move assets by itself.
pub struct FreezeInactive;

impl FrozenBalance<u32, AccountId, Balance> for FreezeInactive {
    fn frozen_balance(_: u32, who: &AccountId) -> Option<Balance> {
        let active = Register::standing(who).is_some_and(|standing| standing.is_active());
        (!active && who != &Escrow::account_id()).then_some(Balance::MAX)
    }
    fn died(_: u32, _: &AccountId) {}
    fn contains_freezes(_: u32) -> bool {
        false
    }
}

/// Test directory: participants and assets in memory, which tests set.
pub struct Register;

impl Register {
    pub fn put(account: &AccountId, participant: ParticipantId, status: Status) {
        let standing = Standing { participant, roles: Roles::default(), status, rights: Rights::ALL };
        Standings::mutate(|all| all.insert(account.clone(), standing));
    }

    pub fn remove(account: &AccountId) {
        Standings::mutate(|all| all.remove(account));
    }

    pub fn set_status(participant: ParticipantId, status: Status) {
        Standings::mutate(|all| {
            all.values_mut().filter(|s| s.participant == participant).for_each(|s| s.status = status)
        });
    }
}

impl Directory for Register {
    fn standing(account: &AccountId) -> Option<Standing> {
        Standings::get().get(account).copied()
    }
    fn status(participant: ParticipantId) -> Option<Status> {
        Standings::get().values().find(|s| s.participant == participant).map(|s| s.status)
    }
    fn status_since(_: ParticipantId) -> Option<Moment> {
        None
    }
    fn current_account(account: &AccountId) -> AccountId {
        account.clone()
    }
    fn mandate(_: &Standing, _: Right, _: &PartyLeg) -> Mandated {
        Mandated::Absent
    }
    fn count_move(_: &Standing, _: &PartyLeg, _: Balance) -> bool {
        false
    }
    fn is_agent(_: &Standing, _: ParticipantId, _: Option<Right>) -> bool {
        false
    }
    fn with_move<R>(_: &AssetId, _: &AccountId, moving: impl FnOnce() -> R) -> R {
        moving()
    }
    fn kind_as_payment(_: &AssetId, _: ParticipantId, _: ParticipantId) -> Option<AssetKind> {
        None
    }
    fn asset(asset: &AssetId) -> Option<AssetTerms> {
        Listed::get().get(asset).copied()
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl tandem_primitives::benchmarking::SetUpDirectory for Register {
    fn register(account: &AccountId, roles: Roles) -> ParticipantId {
        let participant = ParticipantId(1_000 + Standings::get().len() as u32);
        let standing = Standing { participant, roles, status: Status::Active, rights: Rights::ALL };
        Standings::mutate(|all| all.insert(account.clone(), standing));
        participant
    }
    fn list(asset: &AssetId, terms: AssetTerms) {
        Listed::mutate(|all| all.insert(asset.clone(), terms));
    }
    fn appoint(_: ParticipantId, _: ParticipantId, _: Capacity) {}
    fn add_account(participant: ParticipantId, account: &AccountId) {
        Register::put(account, participant, Status::Active);
    }
    fn replace(account: &AccountId) -> AccountId {
        account.clone()
    }
    fn sanction(participant: ParticipantId) {
        Standings::mutate(|all| {
            let of = all.values_mut().filter(|standing| standing.participant == participant);
            of.for_each(|standing| standing.status = Status::Sanctioned);
        });
    }
}

/// Builder of the test chain: seller and buyer with two accounts each; by default the seller has bonds and the buyer
/// euros, and both have native currency.
#[derive(Default)]
pub struct ExtBuilder {
    balances: Vec<(u32, AccountId, Balance)>,
}

impl ExtBuilder {
    pub fn with_balance(mut self, id: u32, account: AccountId, amount: Balance) -> Self {
        self.balances.push((id, account, amount));
        self
    }

    pub fn build(self) -> TestExternalities {
        Listed::set(BTreeMap::new());
        Standings::set(BTreeMap::new());
        Books::set(None);
        for (account, participant) in
            [(SELLER, SELLER_ID), (SELLER_2, SELLER_ID), (BUYER, BUYER_ID), (BUYER_2, BUYER_ID)]
        {
            Register::put(&account, participant, Status::Active);
        }
        let accounts =
            if self.balances.is_empty() { vec![(BOND, SELLER, 1_000), (EURO, BUYER, 1_000)] } else { self.balances };
        let genesis = RuntimeGenesisConfig {
            balances: pallet_balances::GenesisConfig {
                balances: vec![(SELLER, 500), (BUYER, 500)],
                ..Default::default()
            },
            assets: pallet_assets::GenesisConfig {
                assets: vec![(BOND, ISSUER, false, 1), (EURO, ISSUER, false, 1)],
                accounts,
                ..Default::default()
            },
            ..Default::default()
        };
        let mut ext = TestExternalities::new(genesis.build_storage().expect("the genesis of the mock is valid; qed"));
        ext.execute_with(|| {
            System::set_block_number(1);
            // What registration does.
            for account in [SELLER, SELLER_2, BUYER, BUYER_2] {
                System::inc_providers(&account);
            }
        });
        ext
    }

    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            assert_eq!(Escrow::do_try_state(), Ok(()));
        })
    }
}
