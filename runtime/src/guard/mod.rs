//! Guard: admission of calls before any pallet runs. The crate's documentation explains its three layers.

pub mod acts;
pub mod filter;
pub mod obsolete;
pub mod origins;
pub mod pause;
pub mod table;
pub mod wrappers;

pub use wrappers::MAX_DEPTH;
