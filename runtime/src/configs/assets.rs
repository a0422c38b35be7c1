//! Configuration of the native currency, of the assets that issuers create, and of transactions without fees.

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
    pallet_assets::{AssetsCallback, FrozenBalance},
    pallet_transaction_payment::{OnChargeTransaction, TxCreditHold},
    sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError},
    *,
};

/// Minimum balance of an account in the native currency: its smallest unit, so that there is never dust to destroy.
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

/// Fee handler that charges nothing, refuses tips and touches no storage.
///
/// Participants have a quota instead of fees. A transaction with a tip is refused: a tip would buy a place before
/// others.
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
        if tip > 0 && !benchmark::is_running() {
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

/// Origin that no account has, root neither: it disables the privileged calls of `pallet-assets`.
pub struct Nobody;

impl EnsureOrigin<RuntimeOrigin> for Nobody {
    type Success = ();

    fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
        if benchmark::is_running() {
            return frame_system::EnsureRoot::<AccountId>::try_origin(origin);
        }
        Err(origin)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
        Ok(RuntimeOrigin::root())
    }
}

/// Freezer of assets for `pallet-assets`: nothing leaves an account that belongs to no active participant, or that has
/// neither `Move` nor `MoveAll`. Switched off while a benchmark of the platform runs.
pub struct FreezeInactive;

impl FrozenBalance<u32, AccountId, Balance> for FreezeInactive {
    fn frozen_balance(asset: u32, who: &AccountId) -> Option<Balance> {
        Participants::frozen_balance(asset, who).filter(|_| !benchmark::is_running())
    }

    fn died(asset: u32, who: &AccountId) {
        Participants::died(asset, who)
    }

    fn contains_freezes(asset: u32) -> bool {
        Participants::contains_freezes(asset)
    }
}

/// Flag in storage that the SDK's own benchmarks set. While it is set, tips, privileged asset calls and transfers
/// between accounts without a participant are allowed, which those benchmarks need. A chain built without benchmarks
/// has no such flag.
mod benchmark {
    #[cfg(feature = "runtime-benchmarks")]
    pub const KEY: &[u8] = b":benchmark:running";

    /// True while a benchmark of the SDK runs.
    #[cfg(feature = "runtime-benchmarks")]
    pub fn is_running() -> bool {
        super::frame_support::storage::unhashed::exists(KEY)
    }

    /// Always false, because this build has no benchmarks.
    #[cfg(not(feature = "runtime-benchmarks"))]
    pub const fn is_running() -> bool {
        false
    }
}
#[cfg(feature = "runtime-benchmarks")]
pub(crate) use benchmark::KEY as BENCHMARK_RUNNING;

/// Callbacks for the creation and destruction of assets: those of escrow first, which may refuse, then those of the
/// directory.
pub struct AssetLife;

impl AssetsCallback<u32, AccountId> for AssetLife {
    fn created(id: &u32, owner: &AccountId) -> Result<(), ()> {
        // The platform's benchmarks count the entries of an asset: escrow opens none then.
        if benchmark::is_running() {
            return Participants::created(id, owner);
        }
        <(Escrow, Participants)>::created(id, owner)
    }

    fn destroyed(id: &u32) -> Result<(), ()> {
        <(Escrow, Participants)>::destroyed(id)
    }
}

/// Helper of the benchmarks of `pallet-assets`.
#[cfg(feature = "runtime-benchmarks")]
pub struct AssetsBenchmark;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<codec::Compact<u32>, ()> for AssetsBenchmark {
    fn create_asset_id_parameter(id: u32) -> codec::Compact<u32> {
        frame_support::storage::unhashed::put(BENCHMARK_RUNNING, &true);
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
    type CallbackHandle = AssetLife;
    type AssetIdAllocator = ();
    type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = AssetsBenchmark;
}
