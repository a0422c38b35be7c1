//! Transfers that operator, regulator or issuer have ordered together, past the status and rights of the giver.

use crate::{AccountId, AssetId, Balance};
use polkadot_sdk::sp_runtime::DispatchResult;

/// Access to escrow for transfers that are ordered together by those who govern: estates, licences and claw-backs.
/// `pallet-escrow` implements it by its one exact transfer; the caller has checked that the order is valid.
pub trait EscrowOrders {
    /// Moves `amount` of the asset from `from` to `to`, whatever the status of the participant that owns `from`.
    fn transfer_by_order(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult;

    /// Amount of the credit that escrow owes under this account in the asset.
    fn credited(account: &AccountId, asset: &AssetId) -> Balance;

    /// Pays `amount` of the credit that escrow owes under `account` to `to`, whatever the status of the participant
    /// that owns `account`.
    fn pay_credit_by_order(account: &AccountId, asset: &AssetId, to: &AccountId, amount: Balance) -> DispatchResult;
}
