//! Tests of this pallet: one file for each call, one for genesis, and one for sessions.

mod add;
mod genesis;
mod helpers;
mod remove;
mod session;
