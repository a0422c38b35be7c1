//! Who may act, and how much.

use crate::{
    guard::{acts::Acts, origins::Classifier},
    AccountId, Assets, Balances, BlockNumber, Escrow, Moment, Runtime, RuntimeFreezeReason, Timestamp,
};
use pallet_participants::{EnsureDecider, EnsureOperator, QuotaLimits};
use polkadot_sdk::frame_support::{
    parameter_types,
    traits::{
        fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
        Contains,
    },
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};

/// Every asset, the native currency included.
pub type AllAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

/// Accounts that belong to the chain and to no participant.
pub struct ChainAccounts;

impl Contains<AccountId> for ChainAccounts {
    fn contains(account: &AccountId) -> bool {
        *account == Escrow::account_id()
    }
}

/// Weight for so many seconds of a node's time. Of a period's 60 seconds, 22.5 are for transactions: no participant
/// alone can take them all, and what finishes has a share that what begins cannot use up.
const fn seconds(seconds: u64) -> Weight {
    Weight::from_parts(seconds * WEIGHT_REF_TIME_PER_SECOND, u64::MAX)
}

parameter_types! {
    /// Quotas of one participant in one period.
    pub const Quotas: QuotaLimits = QuotaLimits { ordinary: seconds(8), gateway: seconds(16), finishing: seconds(8) };
    /// Period of the quotas: one minute.
    pub const QuotaPeriod: BlockNumber = 30;
    /// Life of a proposal and of a request for replacement: one day.
    pub const ProposalLife: Moment = 86_400_000;
    /// Longest enactment delay: thirty days.
    pub const MaxEnactmentDelay: Moment = 30 * 86_400_000;
    /// Fourteen days: long enough for whoever has a claim on an estate to be heard.
    pub const EstateDelay: Moment = 14 * 86_400_000;
    /// Enough for the first day of a market; more of them as root.
    pub const DailyRegistrations: u32 = 200;
}

impl pallet_participants::Config for Runtime {
    type OperatorOrigin = EnsureOperator<Runtime>;
    type DeciderOrigin = EnsureDecider<Runtime>;
    type Acts = Acts;
    type Time = Timestamp;
    type Native = Balances;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type Assets = AllAssets;
    type Escrow = Escrow;
    type AssetOwners = Assets;
    type AssetTeams = Assets;
    type Exempt = ChainAccounts;
    type CallClassifier = Classifier;
    type Quotas = Quotas;
    type QuotaPeriod = QuotaPeriod;
    type ProposalLife = ProposalLife;
    type MaxEnactmentDelay = MaxEnactmentDelay;
    type EstateDelay = EstateDelay;
    type DailyRegistrations = DailyRegistrations;
    type WeightInfo = crate::weights::pallet_participants::WeightInfo<Runtime>;
}
