//! Settles a trade file: plans every trade, drives each to its end, and reports.

pub mod claim;
pub mod drive;
mod ends;
pub mod journal;
pub mod plan;
pub mod progress;
pub mod report;
mod see;
pub mod step;
