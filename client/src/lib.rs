#![doc = include_str!("../README.md")]
#![cfg(feature = "node")]

pub mod authorities;
mod backoff;
pub mod blocks;
pub mod calls;
mod connection;
mod error;
pub mod events;
pub mod finality;
pub mod holdings;
pub mod instructions;
pub mod interface;
pub mod keys;
pub mod networks;
pub mod outbox;
pub mod registry;
mod signer;
mod state;
pub mod submit;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod weights;

pub use authorities::InitialHeader;
pub use backoff::{bounded, Backoff};
pub use calls::Call;
pub use connection::{innermost, BlockRef, Chain, Header};
pub use error::Error;
pub use finality::{follow, Finality, Justified};
pub use interface::{Interface, METADATA};
pub use signer::{InvalidKey, Signer};
pub use submit::{Ended, Refusal, Sent};
