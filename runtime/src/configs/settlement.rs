//! Where reserved assets are, and how trades settle, on this network and across two.

use crate::{AccountId, Balances, Counterpart, Escrow, Moment, Participants, Runtime, Settlement, Timestamp};
use polkadot_sdk::{
    frame_support::{parameter_types, traits::ConstU32, PalletId},
    frame_system::EnsureRoot,
};

/// A day, in milliseconds.
const DAY: Moment = 86_400_000;

parameter_types! {
    /// What the escrow account is derived from. It never changes.
    pub const EscrowPalletId: PalletId = PalletId(*b"tdm/escr");
    /// The longest that an unsettled trade is recycled in the systems that this network works beside.
    pub const MaxInstructionLife: Moment = 60 * DAY;
    /// Long enough for a month's reports.
    pub const Retention: Moment = 30 * DAY;
    /// An hour.
    pub const CancelLife: Moment = 3_600_000;
    /// Finality of both chains and inclusion on both (10 seconds each with blocks of two), twice what a gateway takes for
    /// one turn (4), and the drift of clocks (a block may be as far ahead as half a minute only if its author's clock is;
    /// 2 between clocks that are kept): 30 seconds. See `docs/two-networks.md`.
    pub const MinSettleWindow: Moment = 30_000;
    /// Long enough for whoever runs the counterpart to bring it back, or for its participants to be heard.
    pub const ReleaseDelay: Moment = 7 * DAY;
}

impl pallet_escrow::Config for Runtime {
    type Native = Balances;
    type Directory = Participants;
    type Controllers = (Settlement, Counterpart);
    type PalletId = EscrowPalletId;
    type WeightInfo = crate::weights::pallet_escrow::WeightInfo<Runtime>;
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
    type WeightInfo = crate::weights::pallet_settlement::WeightInfo<Runtime>;
}

impl pallet_counterpart::Config for Runtime {
    type OperatorOrigin = EnsureRoot<AccountId>;
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
}
