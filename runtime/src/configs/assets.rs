//! What can be owned: the native currency, and the assets that issuers create. And that nothing is charged.

use crate::{
    AccountId, Balance, Balances, Escrow, Participants, Runtime, RuntimeCall, RuntimeEvent, RuntimeFreezeReason,
    RuntimeHoldReason, RuntimeOrigin, System,
};
use polkadot_sdk::{
    frame_support::{
        dispatch::{DispatchInfo, PostDispatchInfo},
        traits::{ConstU128, ConstU32, ConstU8, EnsureOrigin, VariantCountOf},
        weights::NoFee,
    },
    pallet_assets::FrozenBalance,
    pallet_transaction_payment::{OnChargeTransaction, TxCreditHold},
    sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError},
    *,
};

/// The least that an account can have of the native currency: one smallest unit, so that there is no dust to destroy.
pub const EXISTENTIAL_DEPOSIT: Balance = 1;

impl pallet_balances::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type Balance = Balance;
    type DustRemoval = ();
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type AccountStore = System;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxLocks = ConstU32<8>;
    type MaxReserves = ConstU32<8>;
    type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
    type DoneSlashHandler = ();
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

/// Charges nothing, takes no tip, and touches no storage.
///
/// Participants have a quota instead of fees. A tip would buy a place before others: it is refused and not kept, so
/// that nobody pays for what is not given.
pub struct RefuseTips;

impl TxCreditHold<Runtime> for RefuseTips {
    type Credit = ();
}

impl OnChargeTransaction<Runtime> for RefuseTips {
    type Balance = Balance;
    type LiquidityInfo = ();

    fn can_withdraw_fee(
        _who: &AccountId,
        _call: &RuntimeCall,
        _info: &DispatchInfo,
        _fee_with_tip: Balance,
        tip: Balance,
    ) -> Result<(), TransactionValidityError> {
        if tip > 0 && !liberty::given() {
            return Err(InvalidTransaction::Payment.into());
        }
        Ok(())
    }

    fn withdraw_fee(
        who: &AccountId,
        call: &RuntimeCall,
        info: &DispatchInfo,
        fee_with_tip: Balance,
        tip: Balance,
    ) -> Result<(), TransactionValidityError> {
        Self::can_withdraw_fee(who, call, info, fee_with_tip, tip)
    }

    fn correct_and_deposit_fee(
        _who: &AccountId,
        _info: &DispatchInfo,
        _post_info: &PostDispatchInfo,
        _fee_with_tip: Balance,
        _tip: Balance,
        _nothing: (),
    ) -> Result<(), TransactionValidityError> {
        Ok(())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn endow_account(_who: &AccountId, _amount: Balance) {}

    #[cfg(feature = "runtime-benchmarks")]
    fn minimum_balance() -> Balance {
        0
    }
}

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction = RefuseTips;
    type WeightToFee = NoFee<Balance>;
    type LengthToFee = NoFee<Balance>;
    type FeeMultiplierUpdate = ();
    type OperationalFeeMultiplier = ConstU8<1>;
    type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

/// Not even root changes an asset behind its owner's back.
pub struct Nobody;

impl EnsureOrigin<RuntimeOrigin> for Nobody {
    type Success = ();

    fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
        if liberty::given() {
            return frame_system::EnsureRoot::<AccountId>::try_origin(origin);
        }
        Err(origin)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
        Ok(RuntimeOrigin::root())
    }
}

/// Nothing leaves an account that belongs to no active participant.
pub struct FreezeInactive;

impl FrozenBalance<u32, AccountId, Balance> for FreezeInactive {
    fn frozen_balance(asset: u32, who: &AccountId) -> Option<Balance> {
        Participants::frozen_balance(asset, who).filter(|_| !liberty::given())
    }

    fn died(asset: u32, who: &AccountId) {
        Participants::died(asset, who)
    }

    fn contains_freezes(asset: u32) -> bool {
        Participants::contains_freezes(asset)
    }
}

/// The platform's own benchmarks tip, force assets into being and move them between accounts of nobody. This lets them,
/// for as long as the state of one benchmark lasts; a chain that is built without benchmarks knows nothing of it.
mod liberty {
    #[cfg(feature = "runtime-benchmarks")]
    pub const KEY: &[u8] = b":benchmark:liberty";

    #[cfg(feature = "runtime-benchmarks")]
    pub fn given() -> bool {
        super::frame_support::storage::unhashed::exists(KEY)
    }

    #[cfg(not(feature = "runtime-benchmarks"))]
    pub const fn given() -> bool {
        false
    }
}
#[cfg(feature = "runtime-benchmarks")]
pub(crate) use liberty::KEY as BENCHMARK_LIBERTY;

/// Gives the benchmarks of `pallet-assets` what they need.
#[cfg(feature = "runtime-benchmarks")]
pub struct AssetsBenchmark;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<codec::Compact<u32>, ()> for AssetsBenchmark {
    fn create_asset_id_parameter(id: u32) -> codec::Compact<u32> {
        frame_support::storage::unhashed::put(BENCHMARK_LIBERTY, &true);
        id.into()
    }

    fn create_reserve_id_parameter(_: u32) {}
}

impl pallet_assets::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Balance = Balance;
    type RemoveItemsLimit = ConstU32<1000>;
    type AssetId = u32;
    type AssetIdParameter = codec::Compact<u32>;
    type ReserveData = ();
    type Currency = Balances;
    type CreateOrigin = pallet_participants::EnsureIssuer<Runtime>;
    type ForceOrigin = Nobody;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type StringLimit = ConstU32<50>;
    type Freezer = FreezeInactive;
    type Holder = Escrow;
    type Extra = ();
    // Escrow first: it may refuse.
    type CallbackHandle = (Escrow, Participants);
    type AssetIdAllocator = ();
    type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = AssetsBenchmark;
}
