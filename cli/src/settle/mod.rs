//! Settles a trade file: plans every trade, drives each to its end, and reports.

pub mod across;
pub mod assets;
pub mod claim;
pub mod drive;
mod ends;
mod hear;
pub mod held;
pub mod journal;
pub mod plan;
pub mod progress;
pub mod report;
mod see;
mod send;
pub mod side;
mod standstill;
pub mod step;
