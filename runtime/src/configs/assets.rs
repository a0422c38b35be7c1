//! What can be owned: the native currency, and the assets that issuers create. And that nothing is charged.

use crate::{
    AccountId, Balance, Balances, Escrow, Participants, Runtime, RuntimeCall, RuntimeEvent, RuntimeFreezeReason,
    RuntimeHoldReason, System,
};
use polkadot_sdk::{
    frame_support::{
        dispatch::{DispatchInfo, PostDispatchInfo},
        traits::{ConstU128, ConstU32, ConstU8, NeverEnsureOrigin, VariantCountOf},
        weights::NoFee,
    },
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
        if tip > 0 && !tips_are_admitted() {
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

#[cfg(not(feature = "runtime-benchmarks"))]
const fn tips_are_admitted() -> bool {
    false
}

// The platform's benchmark of the payment extension always tips. It says so here, in the state of that benchmark.
#[cfg(feature = "runtime-benchmarks")]
const BENCHMARK_WITH_TIP: &[u8] = b":benchmark:tip";

#[cfg(feature = "runtime-benchmarks")]
fn tips_are_admitted() -> bool {
    frame_support::storage::unhashed::exists(BENCHMARK_WITH_TIP)
}

/// Lets the platform's benchmark of the payment extension give the tip that it insists on.
#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn admit_tips_for_benchmark() {
    frame_support::storage::unhashed::put(BENCHMARK_WITH_TIP, &true);
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

impl pallet_assets::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Balance = Balance;
    type RemoveItemsLimit = ConstU32<1000>;
    type AssetId = u32;
    type AssetIdParameter = codec::Compact<u32>;
    type ReserveData = ();
    type Currency = Balances;
    type CreateOrigin = pallet_participants::EnsureIssuer<Runtime>;
    // Not even root changes an asset behind its owner's back.
    type ForceOrigin = NeverEnsureOrigin<()>;
    type AssetDeposit = ConstU128<0>;
    type AssetAccountDeposit = ConstU128<0>;
    type MetadataDepositBase = ConstU128<0>;
    type MetadataDepositPerByte = ConstU128<0>;
    type ApprovalDeposit = ConstU128<0>;
    type StringLimit = ConstU32<50>;
    type Freezer = Participants;
    type Holder = Escrow;
    type Extra = ();
    // Escrow first: it may refuse.
    type CallbackHandle = (Escrow, Participants);
    type AssetIdAllocator = ();
    type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = ();
}
