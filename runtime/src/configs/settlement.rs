//! Configuration of escrow, settlement and the counterpart.

use crate::{AccountId, Balances, Counterpart, Escrow, Moment, Participants, Runtime, Settlement, Timestamp};
use polkadot_sdk::{
    frame_support::{parameter_types, traits::ConstU32, PalletId},
    frame_system::EnsureRoot,
};

/// Length of a day, in milliseconds.
const DAY: Moment = 86_400_000;

parameter_types! {
    /// Id from which the escrow account is derived. It never changes.
    pub const EscrowPalletId: PalletId = PalletId(*b"tdm/escr");
    /// Maximum time from an instruction's arrival to its deadline, in milliseconds: sixty days, the longest that other
    /// settlement systems keep unsettled trades.
    pub const MaxInstructionLife: Moment = 60 * DAY;
    /// Time after its deadline for which a closed instruction is kept, in milliseconds: thirty days, for a month's
    /// reports.
    pub const Retention: Moment = 30 * DAY;
    /// Time until a request to cancel lapses, in milliseconds: one hour.
    pub const CancelLife: Moment = 3_600_000;
    /// Minimum time from `settle_from` or `manager_by` to the deadline, in milliseconds: six blocks.
    pub const MinSettleTime: Moment = 12_000;
    /// Time for which a sanction of a party must last before another party may leave a formed tranche, in milliseconds:
    /// one day, in which the regulator can correct a mistake.
    pub const SanctionGrace: Moment = DAY;
    /// Minimum time from a commitment to the pay deadline, in milliseconds: 10,000 for finality and inclusion on each
    /// chain, 4,000 for each of two turns of a gateway, and 2,000 for the drift of clocks that are kept. See
    /// `docs/two-networks.md`.
    pub const MinSettleWindow: Moment = 30_000;
    /// Time after which a halt by one account of the regulator lapses, in milliseconds: one day, in which a second
    /// account can confirm it.
    pub const HaltLife: Moment = DAY;
    /// Delay of a governed release, in milliseconds: seven days, in which the counterpart's operator can bring its
    /// network back.
    pub const ReleaseDelay: Moment = 7 * DAY;
}

/// Helper that sets up the state of benchmarks by means of the pallets themselves.
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
    type SanctionGrace = SanctionGrace;
    type MaxBlockedHeaders = ConstU32<64>;
    type WeightInfo = crate::weights::pallet_counterpart::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = BenchmarkHelper;
}
