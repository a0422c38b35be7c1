//! Where reserved assets are, and how trades settle.

use crate::{Balances, Escrow, Moment, Participants, Runtime, Timestamp};
use polkadot_sdk::frame_support::{parameter_types, traits::ConstU32, PalletId};

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
}

impl pallet_escrow::Config for Runtime {
    type Native = Balances;
    type Directory = Participants;
    type PalletId = EscrowPalletId;
    type WeightInfo = crate::weights::pallet_escrow::WeightInfo<Runtime>;
}

impl pallet_settlement::Config for Runtime {
    type Time = Timestamp;
    type Directory = Participants;
    type Escrow = Escrow;
    type OnSettled = ();
    type MaxInstructionLife = MaxInstructionLife;
    type Retention = Retention;
    type CancelLife = CancelLife;
    type MaxSettleMany = ConstU32<64>;
    type WeightInfo = crate::weights::pallet_settlement::WeightInfo<Runtime>;
}
