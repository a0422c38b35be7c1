//! Movements that an order of those who govern makes, past the standing of the giver.

use crate::{AccountId, AssetId, Balance};
use polkadot_sdk::sp_runtime::DispatchResult;

/// Moves what its owner may not move: estates, licences, claw-backs. `pallet-escrow` implements it with its one exact
/// transfer; whether the order stands is checked by the caller.
pub trait EscrowOrders {
    /// Moves `amount` from `from` to `to`, whatever the status of the owner of `from`.
    fn transfer_by_order(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult;

    /// Credit under this account in the asset.
    fn credited(account: &AccountId, asset: &AssetId) -> Balance;

    /// Pays `amount` of the credit under `account` to `to`, whatever the status of the owner of the credit.
    fn pay_credit_by_order(account: &AccountId, asset: &AssetId, to: &AccountId, amount: Balance) -> DispatchResult;
}
