//! What the database costs, written by `scripts/benchmark database`: do not edit.
//!
//! 2026-11-22 (Y/M/D), SDK benchmark 64.0.0, ParityDb, CPU `AMD EPYC`, chain `Tandem with 100000 open instructions`, every key of its state
//! in random order, state version 1, no trie cache, 1000 writes a block, Average.

#![cfg_attr(rustfmt, rustfmt_skip)]

use polkadot_sdk::frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, RuntimeDbWeight},
};

parameter_types! {
	/// One read and one write of the database.
	// Nanoseconds of a read: least 802, median 5_268, average 5_937, 99% below 9_804, most 1_679_581.
	// Nanoseconds of a write: least 10_557, median 17_186, average 17_856, 99% below 32_820, most 71_478.
	pub const DbWeight: RuntimeDbWeight = RuntimeDbWeight {
		read: 5_937 * WEIGHT_REF_TIME_PER_NANOS,
		write: 17_856 * WEIGHT_REF_TIME_PER_NANOS,
	};
}
