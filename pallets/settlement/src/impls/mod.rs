//! What the calls do, by feature.

mod access;
mod closing;
mod commitment;
mod execution;
mod flags;
mod matching;
mod reservation;
mod sweep;
mod tranche;
mod views;
