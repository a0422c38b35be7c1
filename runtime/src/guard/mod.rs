//! Admission of calls, before any pallet is asked. The crate's documentation tells of the three layers.

pub mod acts;
pub mod filter;
pub mod obsolete;
pub mod origins;
pub mod pause;
pub mod table;
pub mod wrappers;

pub use wrappers::MAX_DEPTH;
