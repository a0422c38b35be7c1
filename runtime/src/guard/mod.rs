//! Who may do what, before any pallet is asked. See the three layers in the crate's documentation.

pub mod acts;
pub mod filter;
pub mod obsolete;
pub mod origins;
pub mod pause;
pub mod wrappers;

pub use wrappers::MAX_DEPTH;
