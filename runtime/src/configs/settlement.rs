//! Set-up of escrow, settlement and the counterpart.

use crate::{AccountId, Balances, Counterpart, Escrow, Moment, Participants, Runtime, Settlement, Timestamp};
use polkadot_sdk::{
    frame_support::{parameter_types, traits::ConstU32, PalletId},
    frame_system::EnsureRoot,
};

/// Milliseconds of a day.
const DAY: Moment = 86_400_000;

parameter_types! {
    /// Id from which the escrow account is derived. It never changes.
    pub const EscrowPalletId: PalletId = PalletId(*b"tdm/escr");
    /// Maximum life of an instruction: the longest that unsettled trades are recycled in other settlement systems.
    pub const MaxInstructionLife: Moment = 60 * DAY;
    /// Time for which a closed instruction is kept: long enough for a month's reports.
    pub const Retention: Moment = 30 * DAY;
    /// Life of a request to cancel: one hour.
    pub const CancelLife: Moment = 3_600_000;
    /// Least time from `settle_from` or `manager_by` to the deadline: six blocks.
    pub const MinSettleTime: Moment = 12_000;
    /// Time for which a sanction must last before another party leaves a formed tranche: a day, in which the regulator can
    /// correct a mistake.
    pub const SanctionGrace: Moment = DAY;
    /// Minimum settlement window. Finality of both chains and inclusion on both (10 seconds each with blocks of two), twice what a gateway takes for
    /// one turn (4), and the drift of clocks (a block may be as far ahead as half a minute only if its author's clock is;
    /// 2 between clocks that are kept): 30 seconds. See `docs/two-networks.md`.
    pub const MinSettleWindow: Moment = 30_000;
    /// Long enough for a second account of the regulator to look at it.
    pub const HaltLife: Moment = DAY;
    /// Delay of a governed release: long enough for the counterpart's operator to bring it back.
    pub const ReleaseDelay: Moment = 7 * DAY;
}

/// Set-up of the benchmarks, by the pallets themselves.
#[cfg(feature = "runtime-benchmarks")]
type BenchmarkHelper = tandem_primitives::benchmarking::Setup<
    Participants,
    Escrow,
    Counterpart,
    pallet_counterpart::LightClient<Runtime>,
    Settlement,
>;

impl pallet_escrow::Config for Runtime {
    type Native = Balances;
    type Directory = Participants;
    type Controllers = (Settlement, Counterpart);
    type PalletId = EscrowPalletId;
    type WeightInfo = crate::weights::pallet_escrow::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = BenchmarkHelper;
}

impl pallet_settlement::Config for Runtime {
    type Time = Timestamp;
    type Directory = Participants;
    type Escrow = Escrow;
    type Counterpart = Counterpart;
    type OnSettled = ();
    type MaxInstructionLife = MaxInstructionLife;
    type Retention = Retention;
    type CancelLife = CancelLife;
    type MinSettleTime = MinSettleTime;
    type SanctionGrace = SanctionGrace;
    type WeightInfo = crate::weights::pallet_settlement::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = BenchmarkHelper;
}

impl pallet_counterpart::Config for Runtime {
    type OperatorOrigin = EnsureRoot<AccountId>;
    type StopOrigin = pallet_participants::EnsureStop<Runtime>;
    type ResumeOrigin = pallet_participants::EnsureUndo<Runtime>;
    type RegulatorOrigin = pallet_participants::EnsureRegulator<Runtime>;
    type HaltLife = HaltLife;
    type Time = Timestamp;
    type Directory = Participants;
    type Escrow = Escrow;
    type Held = Settlement;
    type State = pallet_counterpart::LightClient<Runtime>;
    type Transport = super::Lane;
    type MinSettleWindow = MinSettleWindow;
    type ReleaseDelay = ReleaseDelay;
    type MaxInstructionLife = MaxInstructionLife;
    type MaxBlockedHeaders = ConstU32<64>;
    type WeightInfo = crate::weights::pallet_counterpart::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = BenchmarkHelper;
}
