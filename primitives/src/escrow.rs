//! Where reserved assets are: what `pallet-escrow` does for its controllers.

use crate::{AccountId, AssetId, Balance, ParticipantId};
use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};

/// Where a payment out of escrow went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Payout {
    /// To the account it was meant for.
    Paid,
    /// It could not be taken, and is now a credit of the owner that `claim` pays.
    Credited,
}

/// Moves assets into, out of and past escrow. It knows nothing of trades.
///
/// Every controller of escrow accounts for what it took: per asset, the escrow account's balance is the sum of what
/// the controllers hold and of all credits (I2).
pub trait Escrow {
    /// Moves `amount` from `from` into escrow, the whole position if that is the amount.
    ///
    /// Fails, without any change, if the account does not have it, is frozen, or the asset does not move.
    fn deposit(asset: &AssetId, from: &AccountId, amount: Balance) -> DispatchResult;

    /// Moves `amount` out of escrow to `to`, an account of `owner`, or credits it to `owner` if `to` cannot take it.
    ///
    /// It fails only if escrow has less than that, which its controllers must never ask for, or if the credit itself
    /// overflows.
    fn pay_out(asset: &AssetId, owner: ParticipantId, to: &AccountId, amount: Balance)
        -> Result<Payout, DispatchError>;

    /// Moves `amount` from `from` straight to `to`, past escrow, by the same exact transfer.
    fn transfer(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult;

    /// Whether the asset exists and moves: it is neither frozen nor being destroyed.
    fn is_live(asset: &AssetId) -> bool;

    /// How much `account` could have moved into escrow now.
    fn available(asset: &AssetId, account: &AccountId) -> Balance;

    /// What the escrow account has of the asset.
    fn held(asset: &AssetId) -> Balance;

    /// Every asset of which escrow has or owes anything. It reads all: for checks and reports, not for calls.
    fn assets() -> Vec<AssetId>;

    /// What is credited of the asset to `owner`.
    fn claimable(owner: ParticipantId, asset: &AssetId) -> Balance;

    /// The sum of all credits in the asset. It reads every credit: for checks and reports, not for calls.
    fn claimable_in_total(asset: &AssetId) -> Balance;
}

/// A controller of escrow, as its invariants see it: `pallet-settlement`, `pallet-counterpart`.
pub trait Controller {
    /// What it has of the asset in escrow now. It reads everything: for checks and reports, not for calls.
    fn holds(asset: &AssetId) -> Balance;
}

impl Controller for () {
    fn holds(_asset: &AssetId) -> Balance {
        0
    }
}

impl<A: Controller, B: Controller> Controller for (A, B) {
    // Saturating, because a sum above the supply is a fault that `try_state` reports, and no reason to stop.
    fn holds(asset: &AssetId) -> Balance {
        A::holds(asset).saturating_add(B::holds(asset))
    }
}
