//! What the chain stores, as far as it is read or written here. Fields are found by name in the metadata.

use codec::Encode;
use subxt::{ext::scale_decode::DecodeAsType, utils::AccountId32};
use tandem_primitives::{AssetKind, Balance, Isin};

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
