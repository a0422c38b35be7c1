//! What the chain stores, as far as it is read or written here. Fields are found by name in the metadata.

use codec::{Decode, Encode};
use polkadot_sdk::{
    sp_core::H256,
    sp_runtime::{generic, traits::BlakeTwo256},
};
use subxt::{ext::scale_decode::DecodeAsType, utils::AccountId32};
use tandem_primitives::{AssetKind, Balance, Isin, Lots, Parts, TrancheIndex};

/// A header of one of our chains.
pub type Header = generic::Header<u32, BlakeTwo256>;

/// A proof of the other network's state, as `Counterpart` takes it. The runtime's own type lives in the pallet; a test
/// holds the two together.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq)]
pub struct HeaderProof {
    /// A header that the light client has imported.
    pub header: H256,
    /// The nodes of its state's trie.
    pub nodes: Vec<Vec<u8>>,
}

/// A payment that this chain has to decide, from `Counterpart.Payments`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PaymentRecord {
    /// Lots that have settled.
    pub settled: u32,
    /// The tranche that is decided next.
    pub tranche: TrancheNumber,
    /// What the other network has committed of that tranche, as far as is known.
    pub commitment: Option<CommitmentRecord>,
    /// The legs on this chain.
    pub legs: Vec<PaymentLegRecord>,
}

/// The number of a tranche.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct TrancheNumber(pub u32);

/// What is committed of a tranche.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct CommitmentRecord {
    /// The most lots.
    pub lots: u32,
    /// The smaller parts that are taken.
    pub parts: PartsRecord,
}

/// The parts that are taken.
#[derive(Clone, Copy, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PartsRecord {
    /// What remains.
    pub remaining: u32,
    /// The fewest lots.
    pub least: u32,
    /// The most lots of a part that leaves something.
    pub most: u32,
}

/// One leg of a payment.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct PaymentLegRecord {
    /// Which.
    pub leg: LegNumber,
    /// Lots in reservation.
    pub reserved: u32,
}

/// The number of a leg.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct LegNumber(pub u8);

impl PaymentRecord {
    /// The largest part that is committed, reserved on every leg, and taken.
    pub fn executable(&self) -> Option<Lots> {
        let CommitmentRecord { lots, parts: PartsRecord { remaining, least, most } } = self.commitment.as_ref()?;
        let covered = self.legs.iter().map(|leg| leg.reserved).min()?;
        Parts { remaining: *remaining, least: *least, most: *most }.largest(covered.min(*lots))
    }

    /// Whether it is known that this tranche is committed, or the tranche is decided already.
    pub fn knows(&self, tranche: TrancheIndex) -> bool {
        self.tranche.0 > tranche.0 || self.tranche.0 == tranche.0 && self.commitment.is_some()
    }
}

/// A participant, from `Participants.Participants`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct ParticipantRecord {
    /// The legal name.
    pub name: Vec<u8>,
    /// Its Legal Entity Identifier.
    pub lei: [u8; 20],
    /// A bit for each role.
    pub roles: u16,
    /// Its standing.
    pub status: StatusName,
    /// The accounts that it uses.
    pub accounts: Vec<AccountId32>,
}

/// A participant's standing.
#[derive(Clone, Copy, Debug, DecodeAsType, Eq, PartialEq)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum StatusName {
    /// May do what its roles allow.
    Active,
    /// Starts nothing new.
    Suspended,
    /// Nothing moves to or from it.
    Sanctioned,
    /// Has left for good.
    Revoked,
}

impl From<StatusName> for tandem_primitives::Status {
    fn from(status: StatusName) -> Self {
        match status {
            StatusName::Active => Self::Active,
            StatusName::Suspended => Self::Suspended,
            StatusName::Sanctioned => Self::Sanctioned,
            StatusName::Revoked => Self::Revoked,
        }
    }
}

/// Who acts for a participant, from `Participants.Agents`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AgentRecord {
    /// Who acts.
    pub participant: u32,
    /// For which legs.
    pub capacity: CapacityName,
}

/// What an agent acts for.
#[derive(Clone, Copy, Debug, DecodeAsType, Eq, PartialEq)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum CapacityName {
    /// Legs in securities.
    Delivery,
    /// Legs in cash.
    Payment,
}

/// What is listed of an asset, as `Participants.list_asset` takes it.
#[derive(Clone, Debug, Encode)]
pub struct AssetRecord {
    /// A delivery or a payment.
    pub kind: AssetKind,
    /// How the market calls it.
    pub code: AssetCode,
    /// Its classification.
    pub cfi: Option<[u8; 6]>,
    /// The smallest amount that may be settled.
    pub settlement_unit: Balance,
}

/// The code by which the market knows an asset.
#[derive(Clone, Debug, Encode)]
pub enum AssetCode {
    /// A security's ISIN.
    #[codec(index = 0)]
    Isin(Isin),
    /// The code of the currency that a cash token stands for.
    #[codec(index = 1)]
    Currency([u8; 3]),
}

/// What is listed of an asset, from `Participants.AssetRegistry`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct ListedAsset {
    /// How the market calls it.
    pub code: CodeName,
    /// The smallest amount that may be settled.
    pub settlement_unit: u128,
}

/// The code of a listed asset.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum CodeName {
    /// A security's ISIN.
    Isin([u8; 12]),
    /// The code of a currency.
    Currency([u8; 3]),
}

/// An asset, from `Assets.Asset`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AssetDetails {
    /// Who created it.
    pub owner: AccountId32,
    /// All there is of it.
    pub supply: u128,
}

/// How an asset is written, from `Assets.Metadata`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AssetMetadata {
    /// What it is called.
    pub name: Vec<u8>,
    /// Its short name.
    pub symbol: Vec<u8>,
    /// Decimals of its natural unit.
    pub decimals: u8,
}

/// What an account has of an asset, from `Assets.Account`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct AssetAccount {
    /// How much.
    pub balance: u128,
}

/// What an account has of the native currency, from `System.Account`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct NativeAccount {
    /// The number of the next transaction.
    pub nonce: u32,
    /// Its balances.
    pub data: NativeBalance,
}

/// Balances of the native currency.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct NativeBalance {
    /// At its disposal.
    pub free: u128,
    /// Held.
    pub reserved: u128,
}
