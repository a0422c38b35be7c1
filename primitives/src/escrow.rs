//! Custody of reserved assets: the work that `pallet-escrow` does for its controllers.

use crate::{AccountId, AssetId, Balance, InstructionId};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_runtime::{DispatchError, DispatchResult},
};
use scale_info::TypeInfo;

/// Place to which a payout from escrow went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Payout {
    /// Balance of the account for which the payout was meant.
    Paid,
    /// Credit under the account for which the payout was meant, because the account could not take it. `claim` pays the
    /// credit.
    Credited,
}

/// Largest number of instructions that one credit names.
pub const MAX_NAMED: u32 = 16;

/// Credit: what escrow owes under one account in one asset, because the account could not take payouts.
#[derive(Clone, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Credit {
    /// Sum of the payouts, in the asset's smallest unit.
    pub amount: Balance,
    /// Instructions of these payouts, each once, in the order of their first payout; at most [`MAX_NAMED`].
    pub instructions: BoundedVec<InstructionId, ConstU32<MAX_NAMED>>,
    /// Number of payouts whose instructions are not in the list, because it was full.
    pub unnamed: u32,
}

impl Credit {
    /// Adds a payout of the instruction to the credit. `None`, and nothing changes, if the sum would exceed the largest
    /// balance.
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

/// Custody of reserved assets: moves amounts into, out of and past the escrow account, and knows nothing of trades.
///
/// Each controller, such as `pallet-settlement`, keeps account of what it has in escrow: per asset, the escrow
/// account's balance is the sum of the controllers' shares and of all credits (I2).
pub trait Escrow {
    /// Moves `amount` from the account `from` into escrow; a whole balance may be moved.
    ///
    /// Fails without any change if `from` has less, `from` is frozen, or the asset is frozen or being destroyed.
    fn deposit(asset: &AssetId, from: &AccountId, amount: Balance) -> DispatchResult;

    /// Moves `amount` out of escrow to `to`, or credits it under `to` if that account cannot take it. The events of the
    /// credit, and of the claim that pays it, name the instruction.
    ///
    /// Fails only if escrow has less than `amount`, which no controller must ever ask for, or if the credit would
    /// exceed the largest balance.
    fn pay_out(
        instruction: InstructionId,
        asset: &AssetId,
        to: &AccountId,
        amount: Balance,
    ) -> Result<Payout, DispatchError>;

    /// Moves `amount` from `from` directly to `to`, without escrow, by the same exact transfer as `deposit`.
    fn transfer(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult;

    /// True if the asset exists and is neither frozen nor being destroyed.
    fn is_live(asset: &AssetId) -> bool;

    /// Amount that could be moved from `account` into escrow now.
    fn available(asset: &AssetId, account: &AccountId) -> Balance;

    /// Balance of the escrow account in the asset.
    fn held(asset: &AssetId) -> Balance;

    /// All assets of which escrow has a balance or owes a credit. Reads every asset and credit: for checks and reports,
    /// not for calls.
    fn assets() -> Vec<AssetId>;

    /// Sum of the asset's credits under `account` and under the accounts that it has replaced. Reads every credit: for
    /// checks and reports, not for calls.
    fn claimable(account: &AccountId, asset: &AssetId) -> Balance;

    /// Sum of all credits in the asset. Reads every credit: for checks and reports, not for calls.
    fn claimable_in_total(asset: &AssetId) -> Balance;
}

/// Controller of escrow, a pallet that reserves assets there: `pallet-settlement`, `pallet-counterpart`. The checks of
/// invariant I2 use it.
pub trait Controller {
    /// Amount of the asset that escrow has for this controller now. Reads everything: for checks and reports, not for
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
