//! Configuration of `pallet-participants`: directory, guard and quotas.

use crate::{
    guard::{acts::Acts, origins::Classifier},
    AccountId, Assets, Balances, BlockNumber, Escrow, Moment, Runtime, RuntimeFreezeReason, Timestamp,
};
use pallet_participants::{Allowance, BlockShares, EnsureDecider, EnsureOperator, Opened, Resources};
use polkadot_sdk::{
    frame_support::{
        parameter_types,
        traits::{
            fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
            Contains,
        },
        weights::constants::WEIGHT_REF_TIME_PER_MILLIS,
    },
    sp_runtime::Perbill,
};

/// Balances of all assets, the native currency included.
pub type AllAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

/// Accounts that belong to the chain itself and to no participant: the escrow account.
pub struct ChainAccounts;

impl Contains<AccountId> for ChainAccounts {
    fn contains(account: &AccountId) -> bool {
        *account == Escrow::account_id()
    }
}

/// Execution time, in milliseconds, that one participant may use in a quota period outside the lanes. Of a period's 60
/// seconds, 22.5 are for transactions.
const PERIOD_MILLIS: u64 = 4_000;

parameter_types! {
    /// Allowance of a participant for which the operator has set none: for each quota period and each day.
    pub const ParticipantAllowance: Allowance = Allowance {
        period: Resources { time: PERIOD_MILLIS * WEIGHT_REF_TIME_PER_MILLIS, bytes: 8 * 1024 * 1024 },
        day: Opened { instructions: 50_000, payments: 20_000, others: 1_000 },
    };
    /// Allowance of a participant that one account of the operator has registered. Half a minute's allowance: some 550
    /// trades a minute for each side, at 1.8 ms for the dearer one (`docs/costs.md`). What is opened in a day is a
    /// fiftieth, so that the 200 participants that a stolen key registers in a day open no more than four others.
    pub const StartingAllowance: Allowance = Allowance {
        period: Resources { time: PERIOD_MILLIS / 2 * WEIGHT_REF_TIME_PER_MILLIS, bytes: 4 * 1024 * 1024 },
        day: Opened { instructions: 1_000, payments: 1_000, others: 100 },
    };
    /// Shares of a block. All participants that begin with the starting allowance have one's share together. Three participants that use all of theirs, a gateway among them, leave a part to others: 3 x 20 +
    /// 3 x 4 + 10 + 2 x 2 is below 100. The lanes of all participants together, and what overflows from them, leave a fifth
    /// to transactions that begin something.
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
    /// Length of a quota period, in blocks: one minute.
    pub const QuotaPeriod: BlockNumber = 30;
    /// Length of a day for the caps on opened state, in blocks.
    pub const CapPeriod: BlockNumber = 43_200;
    /// Time until a proposal or a request lapses, in milliseconds: one day.
    pub const ProposalLife: Moment = 86_400_000;
    /// Rights delay, in milliseconds, unless genesis sets a shorter one: two days, so that it can be noticed and vetoed
    /// after a weekend's watch.
    pub const UsualRightsDelay: Moment = 2 * 86_400_000;
    /// Maximum of the enactment delay, in milliseconds: thirty days.
    pub const MaxEnactmentDelay: Moment = 30 * 86_400_000;
    /// Delay of estates and licences, in milliseconds: fourteen days, so that whoever has a claim on an estate is
    /// heard.
    pub const EstateDelay: Moment = 14 * 86_400_000;
    /// Maximum number of participants that one account of the operator registers on one UTC day: enough for the first
    /// day of a market. Root may register more.
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
    type Allowance = ParticipantAllowance;
    type StartingAllowance = StartingAllowance;
    type BlockShares = Shares;
    type CapPeriod = CapPeriod;
    type QuotaPeriod = QuotaPeriod;
    type ProposalLife = ProposalLife;
    type UsualRightsDelay = UsualRightsDelay;
    type MaxEnactmentDelay = MaxEnactmentDelay;
    type EstateDelay = EstateDelay;
    type DailyRegistrations = DailyRegistrations;
    type WeightInfo = crate::weights::pallet_participants::WeightInfo<Runtime>;
}
