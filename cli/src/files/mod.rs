//! The two files that people write, read without a chain: what a fault is, is decided here.

pub mod amounts;
pub mod dates;
pub mod expect;
pub mod participants;
pub mod trades;
