//! Settles a trade file: plans every trade, drives each to its end, and reports.

pub mod drive;
pub mod journal;
pub mod plan;
pub mod progress;
pub mod report;
pub mod step;
