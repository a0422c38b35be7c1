//! How an amount is divided over lots, so that the parts always add up to the whole.

use crate::{Balance, Lots};
use polkadot_sdk::sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What has moved of `amount` once `settled` of `lots` lots have: `floor(amount * settled / lots)`.
///
/// The product has 256 bits, so no amount overflows. `None` if `lots` is zero or `settled` exceeds it.
pub fn cumulative(amount: Balance, settled: Lots, lots: Lots) -> Option<Balance> {
    if lots == 0 || settled > lots {
        return None;
    }
    multiply_by_rational_with_rounding(amount, settled.into(), lots.into(), Rounding::Down)
}

/// What `more` lots move of `amount` when `settled` of `lots` have moved already.
///
/// The difference of two cumulative figures, never a rounded share: parts in any sizes add up to `amount`.
pub fn share(amount: Balance, settled: Lots, more: Lots, lots: Lots) -> Option<Balance> {
    let before = cumulative(amount, settled, lots)?;
    let after = cumulative(amount, settled.checked_add(more)?, lots)?;
    after.checked_sub(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cumulative_should_reach_the_whole_at_the_last_lot() {
        assert_eq!(cumulative(10_001, 3, 3), Some(10_001));
        assert_eq!(cumulative(10_001, 1, 3), Some(3_333));
        assert_eq!(cumulative(u128::MAX, u32::MAX, u32::MAX), Some(u128::MAX));
    }

    #[test]
    fn cumulative_should_fail_when_lots_are_zero_or_exceeded() {
        assert_eq!(cumulative(1, 0, 0), None);
        assert_eq!(cumulative(1, 2, 1), None);
        assert_eq!(share(1, 1, 1, 1), None);
        assert_eq!(share(1, u32::MAX, 1, u32::MAX), None);
    }

    proptest! {
        /// Nine of a hundred lots in eleven parts, or any other way: the parts add up.
        #[test]
        fn shares_should_add_up_to_the_amount(amount in any::<u128>(), cuts in proptest::collection::vec(1u32..50, 1..12)) {
            let lots: u32 = cuts.iter().sum();
            let mut settled = 0;
            let mut sum = 0u128;
            for cut in cuts {
                sum += share(amount, settled, cut, lots).unwrap();
                settled += cut;
            }
            prop_assert_eq!(sum, amount);
        }
    }
}
