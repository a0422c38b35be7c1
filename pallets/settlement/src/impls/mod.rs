//! Work of the calls, one file for each feature.
//!
//! A file calls only files to the left of it in this order: `access`, `blocking`, `payouts` < `closing` < `tranche` <
//! `reservation` < `terms`, `matching`, `cancelling`, `expiry` < `execution`, `commitment`, `flags`, `sweep`. No other
//! file calls `views`.

mod access;
mod blocking;
mod cancelling;
mod closing;
mod commitment;
mod execution;
mod expiry;
mod flags;
mod matching;
mod payouts;
mod reservation;
mod sweep;
mod terms;
mod tranche;
mod views;

#[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
pub(crate) use sweep::COMMITTED_LOOK;
#[cfg(test)]
pub(crate) use {access::Act, payouts::Passed};
