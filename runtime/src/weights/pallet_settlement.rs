//! Weights of `pallet_settlement`, written by `scripts/benchmark`: do not edit.
//!
//! 2026-11-27, SDK benchmark 64.0.0, steps 20, repeat 10, CPU `AMD EPYC`, Compiled execution.

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
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:16 w:0)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:0 w:1)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn instruct(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `279 + l * (183 ±0)`
		//  Estimated: `8831 + l * (5128 ±0)`
		// Minimum execution time: 49_173_000 picoseconds.
		Weight::from_parts(35_988_215, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 39_577
			.saturating_add(Weight::from_parts(19_244_870, 0).saturating_mul(l.into()))
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
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `369 + l * (2892 ±0)`
		//  Estimated: `10492 + l * (46152 ±0)`
		// Minimum execution time: 278_305_000 picoseconds.
		Weight::from_parts(288_660_000, 0)
			.saturating_add(Weight::from_parts(0, 10492))
			// Standard Error: 1_022_388
			.saturating_add(Weight::from_parts(250_060_804, 0).saturating_mul(l.into()))
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
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_party() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `5227`
		//  Estimated: `10492`
		// Minimum execution time: 91_416_000 picoseconds.
		Weight::from_parts(120_850_000, 0)
			.saturating_add(Weight::from_parts(0, 10492))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `463 + l * (2623 ±0)`
		//  Estimated: `8831 + l * (46152 ±0)`
		// Minimum execution time: 255_621_000 picoseconds.
		Weight::from_parts(216_709_572, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 3_639_982
			.saturating_add(Weight::from_parts(188_134_007, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads((22_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:10 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `10204`
		//  Estimated: `26630`
		// Minimum execution time: 230_443_000 picoseconds.
		Weight::from_parts(274_299_000, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `155 + l * (2597 ±0)`
		//  Estimated: `8831 + l * (46152 ±0)`
		// Minimum execution time: 211_435_000 picoseconds.
		Weight::from_parts(30_219_018, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 2_410_733
			.saturating_add(Weight::from_parts(198_987_373, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:289 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `339 + l * (2784 ±0)`
		//  Estimated: `8831 + l * (46152 ±0)`
		// Minimum execution time: 278_675_000 picoseconds.
		Weight::from_parts(296_702_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 2_477_051
			.saturating_add(Weight::from_parts(268_618_870, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:298 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `1287 + l * (2760 ±0)`
		//  Estimated: `26630 + l * (46152 ±0)`
		// Minimum execution time: 322_671_000 picoseconds.
		Weight::from_parts(94_727_081, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			// Standard Error: 3_467_629
			.saturating_add(Weight::from_parts(276_872_131, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads((26_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:145 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `598 + l * (2010 ±0)`
		//  Estimated: `8831 + l * (23076 ±0)`
		// Minimum execution time: 152_998_000 picoseconds.
		Weight::from_parts(62_896_614, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 1_512_031
			.saturating_add(Weight::from_parts(119_983_588, 0).saturating_mul(l.into()))
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
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `125 + l * (2002 ±0)`
		//  Estimated: `8831 + l * (23076 ±0)`
		// Minimum execution time: 149_864_000 picoseconds.
		Weight::from_parts(156_574_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 1_089_676
			.saturating_add(Weight::from_parts(115_574_646, 0).saturating_mul(l.into()))
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
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:16 w:16)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:48 w:48)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:0 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[1, 16]`.
	fn expire(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `227 + l * (2752 ±0)`
		//  Estimated: `8831 + l * (46152 ±0)`
		// Minimum execution time: 321_189_000 picoseconds.
		Weight::from_parts(167_134_340, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 5_212_123
			.saturating_add(Weight::from_parts(322_992_656, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads((24_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_flag() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `4553`
		//  Estimated: `8831`
		// Minimum execution time: 57_196_000 picoseconds.
		Weight::from_parts(74_511_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:288 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
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
		//  Measured:  `0 + l * (2580 ±0)`
		//  Estimated: `8831 + l * (46152 ±0)`
		// Minimum execution time: 209_752_000 picoseconds.
		Weight::from_parts(223_262_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			// Standard Error: 1_862_234
			.saturating_add(Weight::from_parts(222_029_759, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads((22_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 46152).saturating_mul(l.into()))
	}
	/// Storage: `Participants::Accounts` (r:280 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:30 w:0)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::CounterpartLink` (r:1 w:0)
	/// Proof: `Counterpart::CounterpartLink` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Counterpart::Halted` (r:1 w:0)
	/// Proof: `Counterpart::Halted` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `BridgeGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `BridgeGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `BridgeGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn commit(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `539 + l * (2138 ±0)`
		//  Estimated: `72782 + l * (37712 ±34)`
		// Minimum execution time: 192_586_000 picoseconds.
		Weight::from_parts(160_401_360, 0)
			.saturating_add(Weight::from_parts(0, 72782))
			// Standard Error: 1_769_690
			.saturating_add(Weight::from_parts(98_286_018, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().reads((17_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(Weight::from_parts(0, 37712).saturating_mul(l.into()))
	}
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:270 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:45 w:45)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:30 w:30)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn deliver(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (2751 ±0)`
		//  Estimated: `47142 + l * (37712 ±34)`
		// Minimum execution time: 228_971_000 picoseconds.
		Weight::from_parts(236_743_000, 0)
			.saturating_add(Weight::from_parts(0, 47142))
			// Standard Error: 1_773_333
			.saturating_add(Weight::from_parts(193_233_897, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().reads((20_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 37712).saturating_mul(l.into()))
	}
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:135 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:30 w:30)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:15 w:15)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:15)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[2, 16]`.
	fn take_back(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0 + l * (1955 ±0)`
		//  Estimated: `24066 + l * (18856 ±66)`
		// Minimum execution time: 130_835_000 picoseconds.
		Weight::from_parts(138_696_000, 0)
			.saturating_add(Weight::from_parts(0, 24066))
			// Standard Error: 1_156_470
			.saturating_add(Weight::from_parts(110_386_870, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads((11_u64).saturating_mul(l.into())))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(l.into())))
			.saturating_add(Weight::from_parts(0, 18856).saturating_mul(l.into()))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:1 w:0)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:0)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	fn sweep_look() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3935`
		//  Estimated: `8831`
		// Minimum execution time: 27_981_000 picoseconds.
		Weight::from_parts(39_709_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(3))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Expiries` (r:2 w:1)
	/// Proof: `Settlement::Expiries` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Settlement::Instructions` (r:1 w:1)
	/// Proof: `Settlement::Instructions` (`max_values`: None, `max_size`: Some(5366), added: 7841, mode: `MaxEncodedLen`)
	fn sweep_prune() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `218`
		//  Estimated: `8831`
		// Minimum execution time: 28_072_000 picoseconds.
		Weight::from_parts(37_937_000, 0)
			.saturating_add(Weight::from_parts(0, 8831))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
