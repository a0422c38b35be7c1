//! Division of an amount over lots, such that the parts always add up to the whole.

use crate::{Balance, Lots};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use scale_info::TypeInfo;

/// Range of the parts of an instruction's remaining lots that the policies of all its parties accept.
///
/// A part of k lots is accepted if k is all that remains and at least `min`, or if `min <= k <= max`. Every policy is
/// such a range, and so is their intersection: finding the largest part needs no search.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct LotRange {
    /// Number of lots of the instruction that have not settled.
    pub remaining: Lots,
    /// Smallest accepted part, in lots; at least 1.
    pub min: Lots,
    /// Largest accepted part that leaves lots unsettled; 0 if only all that remains may settle.
    pub max: Lots,
}

impl LotRange {
    /// True if the parties accept a part of exactly `lots`.
    pub fn takes(&self, lots: Lots) -> bool {
        lots > 0 && lots >= self.min && (lots == self.remaining || lots <= self.max)
    }

    /// Largest accepted part of at most `covered` lots; `None` if no such part is accepted.
    pub fn largest(&self, covered: Lots) -> Option<Lots> {
        let whole = Some(self.remaining).filter(|whole| covered >= *whole);
        let part = covered.min(self.max);
        whole.into_iter().chain([part]).find(|lots| self.takes(*lots))
    }
}

/// Amount that has moved of `amount` once `settled` of its `lots` lots have settled: `floor(amount * settled / lots)`.
///
/// The product has 256 bits, so no amount overflows. `None` if `lots` is zero or `settled` exceeds it.
pub fn cumulative(amount: Balance, settled: Lots, lots: Lots) -> Option<Balance> {
    if lots == 0 || settled > lots {
        return None;
    }
    multiply_by_rational_with_rounding(amount, settled.into(), lots.into(), Rounding::Down)
}

/// Part of `amount` that the next `more` of its `lots` lots move after `settled` lots have settled. `None` if that is
/// more lots than there are.
///
/// Computed as the difference of two cumulative amounts, never as a rounded share, so that parts of any sizes add up to
/// `amount`.
pub fn share(amount: Balance, settled: Lots, more: Lots, lots: Lots) -> Option<Balance> {
    let before = cumulative(amount, settled, lots)?;
    let after = cumulative(amount, settled.checked_add(more)?, lots)?;
    after.checked_sub(before)
}

/// Largest number of lots, at most `wanted`, that `available` can pay for: the lots after the first `from` of `lots`,
/// into which `amount` is divided.
pub fn largest_covered(amount: Balance, from: Lots, wanted: Lots, lots: Lots, available: Balance) -> Lots {
    let too_much = |more: Lots| share(amount, from, more, lots).is_none_or(|moved| moved > available);
    smallest(wanted, too_much).map_or(wanted, |first| first.saturating_sub(1))
}

/// Smallest k from 0 to `upto` for which `holds(k)` is true; `None` if it is true for none. Found by bisection, so
/// `holds` must stay true for all greater k.
pub fn smallest(upto: Lots, holds: impl Fn(Lots) -> bool) -> Option<Lots> {
    if !holds(upto) {
        return None;
    }
    let (mut low, mut high) = (0, upto);
    while low < high {
        // Between two bounds of the same type: neither the sum's half nor the successor of less than `high` overflows.
        let middle = low.saturating_add(high.saturating_sub(low) / 2);
        if holds(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Some(high)
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

    #[test]
    fn smallest_should_work_at_the_ends_of_the_type() {
        assert_eq!(smallest(Lots::MAX, |k| k > Lots::MAX - 1), Some(Lots::MAX));
        assert_eq!(smallest(Lots::MAX, |_| true), Some(0));
        assert_eq!(smallest(5, |_| false), None);
    }

    proptest! {
        // Nine of a hundred lots in eleven parts, or any other way: the parts add up.
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
