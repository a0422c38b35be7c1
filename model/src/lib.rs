#![doc = include_str!("../README.md")]

mod actions;
mod chain;
mod deciding;
mod ends;
mod faults;
mod holding;
pub mod properties;
mod protocol;
mod state;

pub use actions::{Action, DecidingCall, Event, HoldingCall};
pub use chain::{Chain, Client, Commitment, Custody, Decision, Header, Network, PerTranche, TRANCHES};
pub use deciding::{Deciding, DecidingHistory, Payment};
pub use faults::Fault;
pub use holding::{Applied, Holding, HoldingHistory, Outcome, Release, Status};
pub use protocol::Protocol;
pub use state::{Side, State};
