//! Configuration of the SDK's own pallets: blocks, time, pauses, and the wrappers that send other calls.

use crate::{
    guard::{filter, pause},
    AccountId, Balances, Block, BlockNumber, Hash, Nonce, OriginCaller, PalletInfo, Runtime, RuntimeCall, RuntimeEvent,
    RuntimeOrigin, RuntimeTask, System, TxPause, SLOT_DURATION, VERSION,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{
        derive_impl,
        dispatch::DispatchClass,
        migrations::FreezeChainOnFailedMigration,
        parameter_types,
        traits::{ConstU128, ConstU16, ConstU32, ConstU64, InsideBoth, InstanceFilter},
        weights::constants::{BlockExecutionWeight, ExtrinsicBaseWeight, WEIGHT_REF_TIME_PER_SECOND},
        weights::Weight,
    },
    frame_system::limits::{BlockLength, BlockWeights},
    sp_runtime::{
        traits::{AccountIdLookup, BlakeTwo256},
        Perbill,
    },
    sp_version::RuntimeVersion,
    *,
};
use scale_info::TypeInfo;

/// Share of a block for transactions that do not govern, in weight and in length.
const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// Share of a block's weight that is reserved for transactions that govern; an upgrade, the heaviest of them, fits in.
/// The remaining twentieth is for what must run in every block and for the sweeps.
const OPERATIONAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(20);

/// Maximum weight of a block: one second, half a slot, so that the block can travel and be checked before the next slot
/// begins.
const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// Maximum length of a block, in bytes.
const MAX_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

/// Weight limits of a block: the SDK's usual ones, but with a share of every block reserved for transactions.
///
/// `pallet-session` declares the first block of a session full, although its work takes a few milliseconds. Without the
/// reserve every tenth block would carry no transaction.
fn block_weights() -> BlockWeights {
    let normal = NORMAL_DISPATCH_RATIO * MAX_BLOCK_WEIGHT;
    let operational = OPERATIONAL_DISPATCH_RATIO * MAX_BLOCK_WEIGHT;
    let weights = BlockWeights::builder()
        .base_block(BlockExecutionWeight::get())
        .for_class(DispatchClass::all(), |weights| weights.base_extrinsic = ExtrinsicBaseWeight::get())
        .for_class(DispatchClass::Normal, |weights| {
            weights.max_total = Some(normal);
            weights.reserved = Some(normal);
        })
        .for_class(DispatchClass::Operational, |weights| {
            weights.max_total = Some(operational);
            weights.reserved = Some(operational);
            // Not less the initialisation, which counts as mandatory: an upgrade would not fit.
            weights.max_extrinsic = Some(operational - ExtrinsicBaseWeight::get() * 2);
        })
        .avg_block_initialization(Perbill::from_percent(10))
        .build_or_panic();
    // The builder takes the largest class for the whole block; a block is more than that.
    BlockWeights { max_block: MAX_BLOCK_WEIGHT, ..weights }
}

parameter_types! {
    /// Number of past blocks whose hashes are kept: a transaction's mortality and a client's query can refer to them.
    pub const BlockHashCount: BlockNumber = 4_096;
    /// Weight in each block that migrations may use: half of the block's, since validators need the rest of the slot to
    /// import it.
    pub MaxServiceWeight: Weight = MAX_BLOCK_WEIGHT / 2;
    /// Version of the runtime, for `frame_system`.
    pub const Version: RuntimeVersion = VERSION;
    /// Weight limits of a block, by dispatch class.
    pub RuntimeBlockWeights: BlockWeights = block_weights();
    /// Length limits of a block in bytes, by dispatch class.
    pub RuntimeBlockLength: BlockLength =
        BlockLength::builder()
            .max_length(MAX_BLOCK_LENGTH)
            .modify_max_length_for_class(DispatchClass::Normal, |max| *max = NORMAL_DISPATCH_RATIO * MAX_BLOCK_LENGTH)
            .build();
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type BaseCallFilter = InsideBoth<filter::CallFilter, TxPause>;
    type Block = Block;
    type BlockWeights = RuntimeBlockWeights;
    type BlockLength = RuntimeBlockLength;
    type AccountId = AccountId;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type Nonce = Nonce;
    type Hash = Hash;
    type Hashing = BlakeTwo256;
    type BlockHashCount = BlockHashCount;
    type DbWeight = crate::weights::database::DbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<crate::Balance>;
    type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
    type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
    type SS58Prefix = ConstU16<42>;
    type MultiBlockMigrator = crate::Migrations;
    // Nobody can be kept from holding an asset by filling its account with others.
    type MaxConsumers = ConstU32<{ u32::MAX }>;
}

/// Migrations that an upgrade to this runtime runs; tests replace them by their own.
#[cfg(not(test))]
type PlannedMigrations = crate::migrations::Migrations;
#[cfg(test)]
type PlannedMigrations = crate::tests::migrations::Planned;

impl pallet_migrations::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type Migrations = PlannedMigrations;
    // A key of any map of ours with its hashers, several times over.
    type CursorMaxLen = ConstU32<1_024>;
    type IdentifierMaxLen = ConstU32<256>;
    type MigrationStatusHandler = ();
    // Half-migrated state is not traded on. See `migrations`.
    type FailedMigrationHandler = FreezeChainOnFailedMigration;
    type MaxServiceWeight = MaxServiceWeight;
    type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = crate::Moment;
    type OnTimestampSet = crate::Aura;
    type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
    type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type DepositBase = ConstU128<0>;
    type DepositFactor = ConstU128<0>;
    type MaxSignatories = ConstU32<100>;
    type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
    type BlockNumberProvider = System;
}

/// Type of a proxy: the calls that it may make for its principal.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Default,
    Encode,
    Eq,
    MaxEncodedLen,
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
)]
pub enum ProxyType {
    /// Any call that the principal may make.
    #[default]
    #[codec(index = 0)]
    Any,
    /// Calls of settlement, escrow and counterpart that do not govern, and proofs; no other calls.
    #[codec(index = 1)]
    Settlement,
    /// Calls of settlement, escrow and counterpart that only finish what exists (execute, settle, expire, release,
    /// cancel, claim), and proofs.
    #[codec(index = 2)]
    Finishing,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
    fn filter(&self, call: &RuntimeCall) -> bool {
        // A batch is admitted because its calls come back here one by one: their origin keeps this filter.
        let batch = matches!(
            call,
            RuntimeCall::Utility(
                pallet_utility::Call::batch { .. }
                    | pallet_utility::Call::batch_all { .. }
                    | pallet_utility::Call::force_batch { .. }
            )
        );
        match self {
            ProxyType::Any => true,
            ProxyType::Settlement => batch || filter::is_settlement(call),
            ProxyType::Finishing => batch || filter::is_completing(call),
        }
    }

    fn is_superset(&self, other: &Self) -> bool {
        self <= other
    }
}

impl pallet_proxy::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type ProxyType = ProxyType;
    type ProxyDepositBase = ConstU128<0>;
    type ProxyDepositFactor = ConstU128<0>;
    type MaxProxies = ConstU32<32>;
    type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
    type MaxPending = ConstU32<32>;
    type CallHasher = BlakeTwo256;
    type AnnouncementDepositBase = ConstU128<0>;
    type AnnouncementDepositFactor = ConstU128<0>;
    type BlockNumberProvider = System;
}

impl pallet_sudo::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

impl pallet_tx_pause::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PauseOrigin = pallet_participants::EnsureStop<Runtime>;
    type UnpauseOrigin = pallet_participants::EnsureUndo<Runtime>;
    type WhitelistedCalls = pause::NeverPaused;
    type MaxNameLen = ConstU32<64>;
    type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}
