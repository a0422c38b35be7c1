//! One file for each call, and the invariants under random sequences of all of them.

mod helpers;
mod instruct;
