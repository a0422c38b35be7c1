//! The Tandem node: Aura block production, GRANDPA finality, and the Tandem runtime.
//!
//! All of it is in this library and the binary only calls [`run`], so that the client is compiled once for the binary
//! and the tests together.

// The errors of the SDK's services and commands are large, and nothing here is called often enough for that to matter.
#![allow(clippy::result_large_err)]

pub mod chain_spec;
mod cli;
mod command;
pub mod finality;
mod rpc;
mod service;

pub use command::run;
