//! Weights of `pallet_settlement`, written by `scripts/benchmark`: do not edit.
//!
//! 2026-11-22, SDK benchmark 64.0.0, steps 20, repeat 10, CPU `AMD EPYC`, Compiled execution.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use polkadot_sdk::*;

use frame_support::{traits::Get, weights::Weight};
use core::marker::PhantomData;

/// Weight functions for `pallet_settlement`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_settlement::WeightInfo for WeightInfo<T> {
	/// Storage: `Participants::Accounts` (r:32 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:16 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:0 w:1)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn instruct(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `279 + l * (183 ±0)`
		//  Estimated: `8742 + l * (5128 ±0)`
		// Minimum execution time: 50_665_000 picoseconds.
		Weight::from_parts(33_811_152, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 48_714
			.saturating_add(Weight::from_parts(20_854_506, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(Weight::from_parts(0, 5128).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:2 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:16 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:47 w:47)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:32 w:32)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn affirm(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `337 + l * (2891 ±0)`
		//  Estimated: `10492 + l * (46152 ±55)`
		// Minimum execution time: 292_646_000 picoseconds.
		Weight::from_parts(228_908_349, 0)
			.saturating_add(Weight::from_parts(0, 10492))
			// Standard Error: 3_393_732
			.saturating_add(Weight::from_parts(284_066_384, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((25_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:2 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_party() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `5179`
		//  Estimated: `10492`
		// Minimum execution time: 96_734_000 picoseconds.
		Weight::from_parts(112_838_000, 0)
			.saturating_add(Weight::from_parts(0, 10492))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:32 w:32)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:17 w:17)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn reserve(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `431 + l * (2622 ±0)`
		//  Estimated: `8742 + l * (46152 ±0)`
		// Minimum execution time: 263_543_000 picoseconds.
		Weight::from_parts(229_419_859, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 2_365_946
			.saturating_add(Weight::from_parts(177_292_218, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads((22_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:10 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn release() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `10156`
		//  Estimated: `26630`
		// Minimum execution time: 254_659_000 picoseconds.
		Weight::from_parts(282_811_000, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:32 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:32 w:32)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:16)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn settle_part(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `123 + l * (2596 ±0)`
		//  Estimated: `8742 + l * (46152 ±0)`
		// Minimum execution time: 216_823_000 picoseconds.
		Weight::from_parts(31_451_097, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 377_729
			.saturating_add(Weight::from_parts(190_174_393, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:48 w:48)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:32 w:32)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn execute(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `307 + l * (2783 ±0)`
		//  Estimated: `8742 + l * (46152 ±0)`
		// Minimum execution time: 292_866_000 picoseconds.
		Weight::from_parts(115_045_474, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 4_171_204
			.saturating_add(Weight::from_parts(269_821_744, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:298 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:32 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:48 w:48)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:32 w:32)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn settle(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `1255 + l * (2759 ±0)`
		//  Estimated: `26630 + l * (46152 ±0)`
		// Minimum execution time: 328_479_000 picoseconds.
		Weight::from_parts(2_037_831, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			// Standard Error: 3_500_374
			.saturating_add(Weight::from_parts(288_927_012, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads((26_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:1 w:1)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::NextParticipant` (r:1 w:1)
	/// Proof: `Participants::NextParticipant` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Leis` (r:1 w:1)
	/// Proof: `Participants::Leis` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:64 w:0)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:0 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 64]`.
	fn settle_many(n: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `269`
		//  Estimated: `3593 + n * (7752 ±0)`
		// Minimum execution time: 71_837_000 picoseconds.
		Weight::from_parts(67_553_218, 0)
			.saturating_add(Weight::from_parts(0, 3593))
			// Standard Error: 7_591
			.saturating_add(Weight::from_parts(8_917_741, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(Weight::from_parts(0, 7752).saturating_mul(n.into()))
	}
	/// Storage: `Participants::Accounts` (r:145 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:32 w:32)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:16)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn cancel(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `566 + l * (2009 ±0)`
		//  Estimated: `8742 + l * (23076 ±0)`
		// Minimum execution time: 159_317_000 picoseconds.
		Weight::from_parts(24_810_809, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 2_255_659
			.saturating_add(Weight::from_parts(130_278_665, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((13_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 23076).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:145 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:32 w:32)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:16)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn reject(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `93 + l * (2001 ±0)`
		//  Estimated: `8742 + l * (23076 ±0)`
		// Minimum execution time: 155_842_000 picoseconds.
		Weight::from_parts(51_553_361, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 396_506
			.saturating_add(Weight::from_parts(119_493_223, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads((13_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 23076).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:289 w:1)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::NextParticipant` (r:1 w:1)
	/// Proof: `Participants::NextParticipant` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Leis` (r:1 w:1)
	/// Proof: `Participants::Leis` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:33 w:33)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:48 w:48)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:0 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn expire(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `195 + l * (2751 ±0)`
		//  Estimated: `8742 + l * (46152 ±0)`
		// Minimum execution time: 322_610_000 picoseconds.
		Weight::from_parts(334_008_000, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 2_064_711
			.saturating_add(Weight::from_parts(255_125_164, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_flag() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `4505`
		//  Estimated: `8742`
		// Minimum execution time: 62_493_000 picoseconds.
		Weight::from_parts(76_794_000, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:288 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:32 w:32)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:16)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn clear_flag(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2579 ±0)`
		//  Estimated: `8742 + l * (46152 ±0)`
		// Minimum execution time: 218_004_000 picoseconds.
		Weight::from_parts(121_559_320, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			// Standard Error: 1_532_351
			.saturating_add(Weight::from_parts(179_558_384, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads((22_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:1 w:0)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:0)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	fn sweep_look() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3887`
		//  Estimated: `8742`
		// Minimum execution time: 27_241_000 picoseconds.
		Weight::from_parts(38_006_000, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			.saturating_add(T::DbWeight::get().reads(3))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:2 w:1)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5277), added: 7752, mode: `MaxEncodedLen`)
	fn sweep_prune() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `218`
		//  Estimated: `8742`
		// Minimum execution time: 27_031_000 picoseconds.
		Weight::from_parts(39_979_000, 0)
			.saturating_add(Weight::from_parts(0, 8742))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
    fn commit(legs: u32) -> Weight {
        <() as pallet_settlement::WeightInfo>::commit(legs)
    }
    fn deliver(legs: u32) -> Weight {
        <() as pallet_settlement::WeightInfo>::deliver(legs)
    }
    fn take_back(legs: u32) -> Weight {
        <() as pallet_settlement::WeightInfo>::take_back(legs)
    }
}
