#![doc = include_str!("../README.md")]

mod canonical;
mod choices;
mod messages;
mod proofs;
pub mod seeds;
pub mod state;
mod tamper;

pub use messages::{lane_message, message, stored_value};
pub use proofs::{header_proof, show, Shown};
pub use tamper::tampered_proof;

/// A target: a name, under which its corpus is kept, and what tries one input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 5] = [
    ("header_proof", |data| drop(header_proof(data))),
    ("tampered_proof", |data| drop(tampered_proof(data))),
    ("stored_value", |data| drop(stored_value(data))),
    ("message", |data| drop(message(data))),
    ("lane_message", |data| drop(lane_message(data))),
];
