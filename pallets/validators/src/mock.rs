//! Test runtime of this pallet, with the real `pallet-session`, and a session handler that records what consensus is
//! told.

use crate as pallet_validators;
use codec::Encode;
use polkadot_sdk::{
    frame_support::{
        assert_ok, derive_impl, parameter_types,
        traits::{ConstU128, ConstU32, ConstU64, EitherOfDiverse, Hooks, SortedMembers},
    },
    frame_system::{self, mocking::MockBlock, EnsureRoot, EnsureSignedBy, RawOrigin},
    pallet_balances, pallet_session,
    sp_io::TestExternalities,
    sp_runtime::{
        impl_opaque_keys,
        testing::UintAuthorityId,
        traits::{ConvertInto, IdentityLookup, OpaqueKeys},
        BuildStorage, KeyTypeId, RuntimeAppPublic,
    },
    *,
};
use tandem_primitives::{AccountId, Balance};

/// Length of a session in tests, in blocks.
pub const SESSION: u64 = 5;
pub const MIN: u32 = 2;
pub const MAX: u32 = 5;

frame_support::construct_runtime!(
    pub enum Test {
        System: frame_system,
        Balances: pallet_balances,
        Validators: pallet_validators,
        Session: pallet_session,
    }
);

impl_opaque_keys! {
    pub struct SessionKeys {
        pub dummy: UintAuthorityId,
    }
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
    type AccountId = AccountId;
    type Lookup = IdentityLookup<AccountId>;
    type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = Balance;
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = System;
}

/// Account that removes validators at once in tests, as two accounts of the operator do.
pub const STOPPER: AccountId = AccountId::new([200; 32]);

/// List with [`STOPPER`] alone.
pub struct Stopper;

impl SortedMembers<AccountId> for Stopper {
    fn sorted_members() -> Vec<AccountId> {
        vec![STOPPER]
    }
}

impl pallet_validators::Config for Test {
    type AddOrigin = EnsureRoot<AccountId>;
    type RemoveOrigin = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Stopper, AccountId>>;
    type MinValidators = ConstU32<MIN>;
    type MaxValidators = ConstU32<MAX>;
    type WeightInfo = ();
}

impl pallet_session::Config for Test {
    type RuntimeEvent = RuntimeEvent;
    type ValidatorId = AccountId;
    type ValidatorIdOf = ConvertInto;
    type ShouldEndSession = pallet_session::PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
    type NextSessionRotation = pallet_session::PeriodicSessions<ConstU64<SESSION>, ConstU64<0>>;
    type SessionManager = Validators;
    type SessionHandler = Consensus;
    type Keys = SessionKeys;
    type DisablingStrategy = ();
    type WeightInfo = ();
    type Currency = Balances;
    type KeyDeposit = ConstU128<0>;
}

parameter_types! {
    /// Session keys of the current authorities in tests. As Aura and GRANDPA do, replaced only when told that they
    /// changed.
    static Authorities: Vec<u64> = vec![];
    static Changes: u32 = 0;
}

/// Session handler of the test runtime, which keeps authorities as Aura and GRANDPA do.
pub struct Consensus;

impl Consensus {
    fn keys_of<Ks: OpaqueKeys>(validators: &[(AccountId, Ks)]) -> Vec<u64> {
        let key = |keys: &Ks| keys.get::<UintAuthorityId>(UintAuthorityId::ID).expect("the keys have it").0;
        validators.iter().map(|(_, keys)| key(keys)).collect()
    }

    /// Session keys, as numbers, of the validators that make blocks now.
    pub fn authorities() -> Vec<u64> {
        Authorities::get()
    }

    /// Number of changes of the validator set since the last call of this function.
    pub fn changes() -> u32 {
        Changes::take()
    }
}

impl pallet_session::SessionHandler<AccountId> for Consensus {
    const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];

    fn on_genesis_session<Ks: OpaqueKeys>(validators: &[(AccountId, Ks)]) {
        Authorities::set(Self::keys_of(validators));
        Changes::set(0);
    }

    fn on_new_session<Ks: OpaqueKeys>(changed: bool, validators: &[(AccountId, Ks)], _: &[(AccountId, Ks)]) {
        if changed {
            Authorities::set(Self::keys_of(validators));
            Changes::mutate(|changes| *changes += 1);
        }
    }

    fn on_disabled(_: u32) {}
}

/// Test helper: account with this number, whose session key is the same number.
pub fn validator(number: u8) -> AccountId {
    AccountId::new([number; 32])
}

pub fn set_keys(number: u8, key: u64) {
    let (account, key) = (validator(number), UintAuthorityId(key));
    let proof = key.clone().sign(&account.encode()).expect("a number signs everything").encode();
    assert_ok!(Session::set_keys(RawOrigin::Signed(account).into(), SessionKeys { dummy: key }, proof));
}

/// Test helper: goes to the first block of the session that is `count` sessions later.
pub fn next_sessions(count: u32) {
    for _ in 0..count {
        let block = (System::block_number() / SESSION + 1) * SESSION;
        System::set_block_number(block);
        <Session as Hooks<u64>>::on_initialize(block);
    }
}

/// Builder of the test chain; by default the validators 1, 2 and 3 are listed, each with its key.
pub struct ExtBuilder {
    listed: Vec<u8>,
    with_keys: Vec<u8>,
}

impl Default for ExtBuilder {
    fn default() -> Self {
        Self { listed: vec![1, 2, 3], with_keys: vec![1, 2, 3] }
    }
}

impl ExtBuilder {
    pub fn listed(mut self, numbers: &[u8]) -> Self {
        self.listed = numbers.to_vec();
        self
    }

    pub fn with_keys(mut self, numbers: &[u8]) -> Self {
        self.with_keys = numbers.to_vec();
        self
    }

    pub fn build(self) -> TestExternalities {
        let keys = |number: u8| {
            (validator(number), validator(number), SessionKeys { dummy: UintAuthorityId(u64::from(number)) })
        };
        let genesis = RuntimeGenesisConfig {
            validators: pallet_validators::GenesisConfig {
                validators: self.listed.into_iter().map(validator).collect(),
                ..Default::default()
            },
            session: pallet_session::GenesisConfig {
                keys: self.with_keys.into_iter().map(keys).collect(),
                ..Default::default()
            },
            ..Default::default()
        };
        let mut ext = TestExternalities::new(genesis.build_storage().expect("the genesis of the mock is valid; qed"));
        ext.execute_with(|| System::set_block_number(1));
        ext
    }

    pub fn build_and_execute(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            assert_eq!(Validators::do_try_state(), Ok(()));
        })
    }
}
