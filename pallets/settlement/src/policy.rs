//! Policies of the parties: the parts that all parties accept to settle, as one range of lots.

use crate::types::{Open, State};
use polkadot_sdk::sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use tandem_primitives::{cumulative, Balance, Execution, LotRange, Lots, Policy, Terms};

/// Range of the parts, in lots, that the policies of all parties accept of what has not settled yet.
pub fn parts_of(open: &Open) -> LotRange {
    let start = LotRange {
        remaining: open.remaining(),
        min: 1,
        // A revealed secret executes everything or nothing, whatever the parties would take.
        max: if matches!(open.terms.execution, Execution::Hashlock { .. }) { 0 } else { open.remaining() },
    };
    open.parties.iter().fold(start, |parts, party| within(parts, &party.policy, open))
}

impl Open {
    /// Number of lots that no party alone can take back: those of the formed or committed tranche, or else of the
    /// largest part that every leg covers and all parties accept.
    ///
    /// 0 while a party's flag is set: otherwise a party could hold the trade back and still keep the others bound to
    /// what they have reserved. Across two networks 0 before `commit`, because until then nothing binds the other
    /// network.
    pub fn irrevocable(&self) -> Lots {
        if self.state == State::Matched && self.is_across() {
            0
        } else {
            self.next_part()
        }
    }

    /// Number of lots of the formed or committed tranche, or else of the largest part that every leg covers and all
    /// parties accept. 0 if there is no such part, or while a party's flag is set.
    pub fn next_part(&self) -> Lots {
        match self.state {
            State::Proposed => 0,
            State::Matched if self.is_held() => 0,
            State::Matched => parts_of(self).largest(self.covered()).unwrap_or(0),
            State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => lots,
        }
    }
}

fn within(parts: LotRange, policy: &Policy, open: &Open) -> LotRange {
    let (least, most) = match policy {
        Policy::Npar => (open.terms.lots, 0),
        Policy::Part => (1, parts.remaining),
        Policy::Parq { min_lots } => (*min_lots, parts.remaining.saturating_sub(*min_lots)),
        Policy::Parc { leg, min_amount } => match open.terms.legs.get(usize::from(leg.0)) {
            Some(leg) => by_amount(leg.amount, *min_amount, open.settled, open.terms.lots),
            // Refused when the party terms were given; nothing less than the whole is the safe reading.
            None => (open.terms.lots, 0),
        },
    };
    LotRange { remaining: parts.remaining, min: parts.min.max(least), max: parts.max.min(most) }
}

/// Fewest and most lots of a part that moves at least `minimum` of a leg and leaves nothing or at least `minimum`.
///
/// `amount` is the leg's whole amount for `lots` lots, of which `settled` have moved. The most does not count the part
/// that leaves nothing.
fn by_amount(amount: Balance, minimum: Balance, settled: Lots, lots: Lots) -> (Lots, Lots) {
    let paid = cumulative(amount, settled, lots).unwrap_or(amount);
    let least = paid.checked_add(minimum).and_then(|reached| lots_to_move(reached, amount, lots));
    // The first part that leaves too little, but not nothing.
    let too_many = amount.checked_sub(minimum).map(|kept| kept.saturating_add(1));
    let too_many = too_many.and_then(|reached| lots_to_move(reached, amount, lots)).unwrap_or(settled);
    let least = least.map_or(Lots::MAX, |least| least.saturating_sub(settled));
    (least, too_many.saturating_sub(settled).saturating_sub(1))
}

/// Smallest number of lots, out of `lots` in all, that together move at least `reached` of `amount`; `None` if all lots
/// move less.
// `floor(amount * x / lots) >= reached` means `x >= reached * lots / amount`: no search, whatever the lots and parties.
fn lots_to_move(reached: Balance, amount: Balance, lots: Lots) -> Option<Lots> {
    if reached > amount {
        return None;
    }
    let fewest = multiply_by_rational_with_rounding(reached, lots.into(), amount, Rounding::Up)?;
    fewest.try_into().ok()
}

/// True if some part can meet the policy under these terms: its minimum is above zero and not above the whole, and its
/// leg exists.
pub fn is_possible(policy: &Policy, terms: &Terms) -> bool {
    match policy {
        Policy::Npar | Policy::Part => true,
        Policy::Parq { min_lots } => (1..=terms.lots).contains(min_lots),
        Policy::Parc { leg, min_amount } => {
            terms.legs.get(usize::from(leg.0)).is_some_and(|leg| (1..=leg.amount).contains(min_amount))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Test oracle: true if the policy accepts a part of `k` lots, by the policy's definition word for word.
    fn takes_literally(policy: &Policy, amount: Balance, settled: Lots, lots: Lots, k: Lots) -> bool {
        let rest = lots - settled - k;
        let moved =
            |from: Lots, to: Lots| cumulative(amount, to, lots).unwrap() - cumulative(amount, from, lots).unwrap();
        match policy {
            Policy::Npar => k == lots,
            Policy::Part => k >= 1,
            Policy::Parq { min_lots } => k >= *min_lots && (rest == 0 || rest >= *min_lots),
            Policy::Parc { min_amount, .. } => {
                moved(settled, settled + k) >= *min_amount && (rest == 0 || moved(settled + k, lots) >= *min_amount)
            }
        }
    }

    proptest! {
        #[test]
        fn by_amount_should_say_what_the_policy_says(
            more in 0u128..10_000, minimum in 1u128..10_000, lots in 1u32..60, settled in 0u32..60, k in 0u32..60,
        ) {
            let amount = Balance::from(lots) + more;
            let settled = settled % lots;
            let k = 1 + k % (lots - settled);
            let (least, most) = by_amount(amount, minimum, settled, lots);
            let range = LotRange { remaining: lots - settled, min: least.max(1), max: most };
            let policy = Policy::Parc { leg: 0.into(), min_amount: minimum };
            prop_assert_eq!(range.takes(k), takes_literally(&policy, amount, settled, lots, k));
        }

        #[test]
        fn largest_should_be_the_largest_that_is_taken(
            remaining in 1u32..50, least in 1u32..50, most in 0u32..50, covered in 0u32..60,
        ) {
            let range = LotRange { remaining, min: least, max: most.min(remaining) };
            let searched = (1..=covered.min(remaining)).rev().find(|k| range.takes(*k));
            prop_assert_eq!(range.largest(covered), searched);
        }
    }

    #[test]
    fn largest_should_leave_the_minimum_when_the_rest_would_be_below_it() {
        // 8 of 10 reserved, minimum 4: 6 settle.
        let range = LotRange { remaining: 10, min: 4, max: 6 };
        assert_eq!(range.largest(8), Some(6));
        assert_eq!(range.largest(10), Some(10));
        assert_eq!(range.largest(3), None);
    }

    #[test]
    fn by_amount_should_be_exact_at_the_ends_of_the_types() {
        let lots = Lots::MAX;
        assert_eq!(by_amount(Balance::MAX, Balance::MAX, 0, lots), (lots, 0));
        assert_eq!(by_amount(Balance::MAX, 1, 0, lots), (1, lots - 1));
        let half = Balance::MAX / 2 + 1;
        let (least, most) = by_amount(Balance::MAX, half, 0, lots);
        assert!(least > most, "more than the half leaves less than the half");
        let moved = |lot| cumulative(Balance::MAX, lot, lots).unwrap();
        assert!(moved(least) >= half && moved(least - 1) < half);
        // More than what is left after some have settled.
        assert_eq!(by_amount(Balance::MAX, half, least, lots).0, Lots::MAX);
    }
}
