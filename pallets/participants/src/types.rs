//! Bounds and quotas of the directory. Nothing here knows `Config`; the records are those of `tandem-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::weights::Weight, sp_runtime::Perbill};
use scale_info::TypeInfo;

pub use tandem_primitives::records::*;

/// The most agents that one participant has appointed at a time.
pub const MAX_AGENTS: u32 = 32;
/// The most services that one participant lists at a time.
pub const MAX_SERVICES: u32 = 32;
/// The most networks that are listed at a time.
pub const MAX_NETWORKS: u32 = 64;
/// The most proposals that wait under one role at a time.
pub const MAX_PROPOSALS: u32 = 32;
/// The most of them that one account has proposed: one key cannot keep the others from proposing its removal.
pub const MAX_PROPOSALS_EACH: u32 = 8;
/// What one participant may use of a block's room for transactions: half, so that it never keeps all others out.
pub const BLOCK_SHARE: Perbill = Perbill::from_percent(50);
/// The same for a gateway, whose quota would not fit into half of all blocks.
pub const GATEWAY_BLOCK_SHARE: Perbill = Perbill::from_percent(75);
/// The longest chain of accounts, each replaced by the next.
pub const MAX_HOPS: u8 = 8;
/// The most different accounts for which one transaction may act.
pub const MAX_ORIGINS: u32 = 16;

/// What a participant has used in one period.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaUse {
    /// Which period: the block number divided by the length of a period.
    pub period: u32,
    /// Weight of ordinary transactions.
    pub ordinary: Weight,
    /// Weight of transactions that only finish what exists.
    pub finishing: Weight,
    /// The block of the last transaction.
    pub block: u32,
    /// Weight of all transactions in that block.
    pub in_block: Weight,
}

/// What one participant may use in one period.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaLimits {
    /// Weight of ordinary transactions.
    pub ordinary: Weight,
    /// The same for a participant with the role `Gateway`.
    pub gateway: Weight,
    /// Weight of transactions that only finish what exists: an allowance of their own, so that a participant that has
    /// used up its quota can still end what it began. A gateway has the larger of the two.
    pub finishing: Weight,
}
