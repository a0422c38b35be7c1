//! Custody of reserved assets: the work that `pallet-escrow` does for its controllers.

use crate::{AccountId, AssetId, Balance, InstructionId};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_runtime::{DispatchError, DispatchResult},
};
use scale_info::TypeInfo;

/// Destination that a payment out of escrow reached.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Payout {
    /// The account that it was meant for.
    Paid,
    /// A credit under that account, because the account could not take it. `claim` pays the credit.
    Credited,
}

/// Largest number of instructions that one credit names.
pub const MAX_NAMED: u32 = 16;

/// Payouts that one account could not take, in one asset.
#[derive(Clone, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Credit {
    /// Sum of the payouts, in the asset's smallest unit.
    pub amount: Balance,
    /// Instructions that the payouts belong to, each once, in the order of their first payout.
    pub instructions: BoundedVec<InstructionId, ConstU32<MAX_NAMED>>,
    /// Number of payouts that came when the list was full.
    pub unnamed: u32,
}

impl Credit {
    /// Adds a payout; `None`, and nothing changed, if the sum would exceed the largest balance.
    #[must_use]
    pub fn add(&mut self, instruction: InstructionId, amount: Balance) -> Option<()> {
        self.amount = self.amount.checked_add(amount)?;
        if !self.instructions.contains(&instruction) && self.instructions.try_push(instruction).is_err() {
            // A count for readers, on which nothing depends.
            self.unnamed = self.unnamed.saturating_add(1);
        }
        Some(())
    }
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

    /// Moves `amount` out of escrow to `to`, or credits it under `to` if that account cannot take it. The events of a
    /// credit, and of the claim that pays it, name the instruction.
    ///
    /// Fails only if escrow has less than that, which its controllers must never ask for, or if the credit itself
    /// overflows.
    fn pay_out(
        instruction: InstructionId,
        asset: &AssetId,
        to: &AccountId,
        amount: Balance,
    ) -> Result<Payout, DispatchError>;

    /// Moves `amount` from `from` straight to `to`, past escrow, by the same exact transfer.
    fn transfer(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult;

    /// True if the asset exists and moves: it is neither frozen nor being destroyed.
    fn is_live(asset: &AssetId) -> bool;

    /// Amount that `account` could have moved into escrow now.
    fn available(asset: &AssetId, account: &AccountId) -> Balance;

    /// Balance of the escrow account in the asset.
    fn held(asset: &AssetId) -> Balance;

    /// Every asset of which escrow has or owes anything. Reads all of them: for checks and reports, not for calls.
    fn assets() -> Vec<AssetId>;

    /// Sum of the credits in the asset that wait for `account`, or for accounts whose place it has taken. Reads every
    /// credit: for checks and reports, not for calls.
    fn claimable(account: &AccountId, asset: &AssetId) -> Balance;

    /// Sum of all credits in the asset. Reads every credit: for checks and reports, not for calls.
    fn claimable_in_total(asset: &AssetId) -> Balance;
}

/// A controller of escrow, as its invariants see it: `pallet-settlement`, `pallet-counterpart`.
pub trait Controller {
    /// Amount of the asset that this controller has in escrow now. Reads everything: for checks and reports, not for
    /// calls.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn instruction(number: u8) -> InstructionId {
        InstructionId::from([number; 32])
    }

    #[test]
    fn credit_should_name_each_instruction_once_and_count_the_rest() {
        let mut credit = Credit::default();
        for number in (0..20).chain(0..3) {
            assert_eq!(credit.add(instruction(number), 5), Some(()));
        }
        assert_eq!(credit.amount, 23 * 5);
        assert_eq!(credit.instructions.to_vec(), (0..16).map(instruction).collect::<Vec<_>>());
        assert_eq!(credit.unnamed, 4);
    }

    #[test]
    fn credit_should_not_exceed_the_largest_balance() {
        let mut credit = Credit::default();
        assert_eq!(credit.add(instruction(1), Balance::MAX), Some(()));
        let full = credit.clone();
        assert_eq!(credit.add(instruction(2), 1), None);
        assert_eq!(credit, full);
    }
}
