//! Weights of `pallet_counterpart`, written by `scripts/benchmark`: do not edit.
//!
//! 2026-11-27, SDK benchmark 64.0.0, steps 20, repeat 10, CPU `AMD EPYC`, Compiled execution.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use polkadot_sdk::*;

use frame_support::{traits::Get, weights::Weight};
use core::marker::PhantomData;

/// Weight functions for `pallet_counterpart`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_counterpart::WeightInfo for WeightInfo<T> {
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:1)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn open_counterpart() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `176`
		//  Estimated: `3509`
		// Minimum execution time: 14_932_000 picoseconds.
		Weight::from_parts(16_545_000, 0)
			.saturating_add(Weight::from_parts(0, 3509))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:1)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	fn close_counterpart() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `122`
		//  Estimated: `1518`
		// Minimum execution time: 11_137_000 picoseconds.
		Weight::from_parts(12_329_000, 0)
			.saturating_add(Weight::from_parts(0, 1518))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Counterpart::Halted` (r:1 w:1)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:1)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn set_halted() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `67`
		//  Estimated: `1489`
		// Minimum execution time: 10_125_000 picoseconds.
		Weight::from_parts(18_798_000, 0)
			.saturating_add(Weight::from_parts(0, 1489))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:1)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:1)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn block_header() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2157`
		//  Estimated: `3535`
		// Minimum execution time: 24_977_000 picoseconds.
		Weight::from_parts(37_476_000, 0)
			.saturating_add(Weight::from_parts(0, 3535))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:1)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:1)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn unblock_header() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2190`
		//  Estimated: `3535`
		// Minimum execution time: 24_637_000 picoseconds.
		Weight::from_parts(33_500_000, 0)
			.saturating_add(Weight::from_parts(0, 3535))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Counterpart::BlockedUntil` (r:1 w:1)
	/// Proof: `Counterpart::BlockedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:1)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn block_headers_until() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `114`
		//  Estimated: `1489`
		// Minimum execution time: 11_176_000 picoseconds.
		Weight::from_parts(12_749_000, 0)
			.saturating_add(Weight::from_parts(0, 1489))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Settlement::Instructions` (r:1 w:0)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Releases` (r:1 w:1)
	/// Proof: `Counterpart::Releases` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `BridgeGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:0)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:1)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	fn governed_release() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2340`
		//  Estimated: `8831`
		// Minimum execution time: 55_042_000 picoseconds.
		Weight::from_parts(79_989_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `BridgeGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Commitments` (r:0 w:1)
	/// Proof: `Counterpart::Commitments` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3692`
		//  Estimated: `8831`
		// Minimum execution time: 104_886_000 picoseconds.
		Weight::from_parts(142_772_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:0)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::ImportedHeaders` (r:1 w:0)
	/// Proof: `BridgeGrandpa::ImportedHeaders` (`max_values`: Some(14400), `max_size`: Some(68), added: 2048, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedUntil` (r:1 w:0)
	/// Proof: `Counterpart::BlockedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Commitments` (r:1 w:1)
	/// Proof: `Counterpart::Commitments` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Releases` (r:0 w:1)
	/// Proof: `Counterpart::Releases` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[5120, 30720]`.
	fn deliver_by_proof(b: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `6286`
		//  Estimated: `8831`
		// Minimum execution time: 305_235_000 picoseconds.
		Weight::from_parts(355_846_372, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 380
			.saturating_add(Weight::from_parts(5_195, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:0)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::ImportedHeaders` (r:1 w:0)
	/// Proof: `BridgeGrandpa::ImportedHeaders` (`max_values`: Some(14400), `max_size`: Some(68), added: 2048, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedUntil` (r:1 w:0)
	/// Proof: `Counterpart::BlockedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Releases` (r:0 w:1)
	/// Proof: `Counterpart::Releases` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Commitments` (r:0 w:1)
	/// Proof: `Counterpart::Commitments` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[5120, 30720]`.
	fn return_by_proof(b: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `6192`
		//  Estimated: `8831`
		// Minimum execution time: 279_496_000 picoseconds.
		Weight::from_parts(310_320_882, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 330
			.saturating_add(Weight::from_parts(5_839, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Releases` (r:1 w:1)
	/// Proof: `Counterpart::Releases` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `BridgeGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Interruptions` (r:1 w:0)
	/// Proof: `Counterpart::Interruptions` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Commitments` (r:0 w:1)
	/// Proof: `Counterpart::Commitments` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	fn complete_release() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `4220`
		//  Estimated: `8831`
		// Minimum execution time: 138_286_000 picoseconds.
		Weight::from_parts(157_875_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Participants::Accounts` (r:271 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:0)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::ImportedHeaders` (r:1 w:0)
	/// Proof: `BridgeGrandpa::ImportedHeaders` (`max_values`: Some(14400), `max_size`: Some(68), added: 2048, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedUntil` (r:1 w:0)
	/// Proof: `Counterpart::BlockedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:1 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	/// The range of component `b` is `[5120, 30720]`.
	fn instruct_by_proof(l: u32, _b: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `252 + l * (2435 ±0)`
		//  Estimated: `49706 + l * (42776 ±318)`
		// Minimum execution time: 475_177_000 picoseconds.
		Weight::from_parts(508_006_000, 0)
			.saturating_add(Weight::from_parts(0, 49706))
			// Standard Error: 3_671_676
			.saturating_add(Weight::from_parts(181_081_443, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().reads((20_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 42776).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:271 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `BridgeGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:31 w:31)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:0 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn reserve_ahead(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2479 ±0)`
		//  Estimated: `49706 + l * (37712 ±33)`
		// Minimum execution time: 342_700_000 picoseconds.
		Weight::from_parts(11_838_338, 0)
			.saturating_add(Weight::from_parts(0, 49706))
			// Standard Error: 3_576_008
			.saturating_add(Weight::from_parts(206_131_969, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().reads((18_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 37712).saturating_mul(l.into()))
	}
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:271 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:31 w:31)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:0 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn reserve(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2479 ±0)`
		//  Estimated: `49706 + l * (37541 ±78)`
		// Minimum execution time: 323_021_000 picoseconds.
		Weight::from_parts(13_907_958, 0)
			.saturating_add(Weight::from_parts(0, 49706))
			// Standard Error: 1_402_024
			.saturating_add(Weight::from_parts(177_663_415, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().reads((18_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 37541).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:280 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:15 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:30 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:0 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn execute(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2516 ±0)`
		//  Estimated: `72782 + l * (37541 ±40)`
		// Minimum execution time: 279_085_000 picoseconds.
		Weight::from_parts(287_068_000, 0)
			.saturating_add(Weight::from_parts(0, 72782))
			// Standard Error: 1_017_677
			.saturating_add(Weight::from_parts(151_915_021, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().reads((20_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 37541).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:136 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:0 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn refuse(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (1867 ±0)`
		//  Estimated: `26630 + l * (18770 ±347)`
		// Minimum execution time: 193_759_000 picoseconds.
		Weight::from_parts(201_851_000, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			// Standard Error: 683_181
			.saturating_add(Weight::from_parts(96_629_657, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().reads((11_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 18770).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:136 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:0 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn expire(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (1837 ±0)`
		//  Estimated: `26630 + l * (18856 ±66)`
		// Minimum execution time: 175_061_000 picoseconds.
		Weight::from_parts(34_598_474, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			// Standard Error: 1_842_671
			.saturating_add(Weight::from_parts(120_165_482, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().reads((11_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 18856).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:1 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedHeaders` (r:1 w:0)
	/// Proof: `Counterpart::BlockedHeaders` (`max_values`: Some(1), `max_size`: Some(2050), added: 2545, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::ImportedHeaders` (r:1 w:0)
	/// Proof: `BridgeGrandpa::ImportedHeaders` (`max_values`: Some(14400), `max_size`: Some(68), added: 2048, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::BlockedUntil` (r:1 w:0)
	/// Proof: `Counterpart::BlockedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[5120, 30720]`.
	fn forget_by_proof(b: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2747`
		//  Estimated: `3626`
		// Minimum execution time: 180_148_000 picoseconds.
		Weight::from_parts(238_948_159, 0)
			.saturating_add(Weight::from_parts(0, 3626))
			// Standard Error: 198
			.saturating_add(Weight::from_parts(2_472, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Records` (r:1 w:1)
	/// Proof: `Counterpart::Records` (`max_values`: None, `max_size`: Some(161), added: 2636, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Payments` (r:1 w:1)
	/// Proof: `Counterpart::Payments` (`max_values`: None, `max_size`: Some(2077), added: 4552, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:270 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `BridgeMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:0 w:1)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `BridgeMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `BridgeMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(65596), added: 68071, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn receive_commitment(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2435 ±0)`
		//  Estimated: `47142 + l * (37712 ±590)`
		// Minimum execution time: 233_819_000 picoseconds.
		Weight::from_parts(243_623_000, 0)
			.saturating_add(Weight::from_parts(0, 47142))
			// Standard Error: 1_588_494
			.saturating_add(Weight::from_parts(161_646_103, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().reads((18_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 37712).saturating_mul(l.into()))
	}
	/// Storage: `Counterpart::Commitments` (r:1 w:1)
	/// Proof: `Counterpart::Commitments` (`max_values`: None, `max_size`: Some(200), added: 2675, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Releases` (r:0 w:1)
	/// Proof: `Counterpart::Releases` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	fn receive_decision() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `4091`
		//  Estimated: `8831`
		// Minimum execution time: 130_334_000 picoseconds.
		Weight::from_parts(156_874_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Expiries` (r:1 w:0)
	/// Proof: `Counterpart::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	fn sweep_look() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `232`
		//  Estimated: `3505`
		// Minimum execution time: 9_174_000 picoseconds.
		Weight::from_parts(11_628_000, 0)
			.saturating_add(Weight::from_parts(0, 3505))
			.saturating_add(T::DbWeight::get().reads(2))
	}
}
