//! Records of the SDK's pallets, as far as they are read here. Fields are found by name in the metadata.

use polkadot_sdk::sp_runtime::{generic, traits::BlakeTwo256};
use subxt::{ext::scale_decode::DecodeAsType, utils::AccountId32};

/// A header of one of our chains.
pub type Header = generic::Header<u32, BlakeTwo256>;

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
