//! The chain as this program sees it: the calls that it makes and the few things that it asks.

pub mod blocks;
pub mod calls;
pub mod client;
pub mod counterpart;
pub mod directory;
pub mod finality;
pub mod holdings;
pub mod submit;
pub mod trouble;
pub mod types;

pub use client::Chain;
