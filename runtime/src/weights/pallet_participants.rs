//! Weights of `pallet_participants`, written by `scripts/benchmark`: do not edit.
//!
//! 2026-11-22, SDK benchmark 64.0.0, steps 20, repeat 10, CPU `AMD EPYC`, Compiled execution.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use polkadot_sdk::*;

use frame_support::{traits::Get, weights::Weight};
use core::marker::PhantomData;

/// Weight functions for `pallet_participants`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_participants::WeightInfo for WeightInfo<T> {
	/// Storage: `Participants::Leis` (r:1 w:1)
	/// Proof: `Participants::Leis` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Participants::NextParticipant` (r:1 w:1)
	/// Proof: `Participants::NextParticipant` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:64 w:64)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:64 w:64)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:0 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// The range of component `a` is `[1, 64]`.
	fn register(a: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `349 + a * (2 ±0)`
		//  Estimated: `3505 + a * (2603 ±0)`
		// Minimum execution time: 29_835_000 picoseconds.
		Weight::from_parts(16_083_508, 0)
			.saturating_add(Weight::from_parts(0, 3505))
			// Standard Error: 40_705
			.saturating_add(Weight::from_parts(11_241_029, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2603).saturating_mul(a.into()))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2203`
		//  Estimated: `5741`
		// Minimum execution time: 17_125_000 picoseconds.
		Weight::from_parts(23_485_000, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:65 w:64)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Freezes` (r:64 w:64)
	/// Proof: `Balances::Freezes` (`max_values`: None, `max_size`: Some(67), added: 2542, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:64 w:64)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Locks` (r:64 w:0)
	/// Proof: `Balances::Locks` (`max_values`: None, `max_size`: Some(249), added: 2724, mode: `MaxEncodedLen`)
	/// The range of component `a` is `[1, 64]`.
	fn set_status(a: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `401 + a * (173 ±0)`
		//  Estimated: `5741 + a * (2724 ±0)`
		// Minimum execution time: 49_584_000 picoseconds.
		Weight::from_parts(5_516_908, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			// Standard Error: 59_017
			.saturating_add(Weight::from_parts(31_292_730, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2724).saturating_mul(a.into()))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:64 w:64)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// The range of component `a` is `[1, 64]`.
	fn set_roles(a: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `280 + a * (94 ±0)`
		//  Estimated: `5741 + a * (2564 ±0)`
		// Minimum execution time: 19_009_000 picoseconds.
		Weight::from_parts(15_463_954, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			// Standard Error: 3_696
			.saturating_add(Weight::from_parts(5_168_316, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2564).saturating_mul(a.into()))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:1 w:1)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Freezes` (r:1 w:1)
	/// Proof: `Balances::Freezes` (`max_values`: None, `max_size`: Some(67), added: 2542, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Locks` (r:1 w:0)
	/// Proof: `Balances::Locks` (`max_values`: None, `max_size`: Some(249), added: 2724, mode: `MaxEncodedLen`)
	fn add_account() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3752`
		//  Estimated: `5741`
		// Minimum execution time: 58_978_000 picoseconds.
		Weight::from_parts(72_718_000, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Participants::Accounts` (r:3 w:2)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Freezes` (r:1 w:1)
	/// Proof: `Balances::Freezes` (`max_values`: None, `max_size`: Some(67), added: 2542, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Locks` (r:1 w:0)
	/// Proof: `Balances::Locks` (`max_values`: None, `max_size`: Some(249), added: 2724, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Replacements` (r:0 w:1)
	/// Proof: `Participants::Replacements` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	fn remove_account() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3159`
		//  Estimated: `8682`
		// Minimum execution time: 67_751_000 picoseconds.
		Weight::from_parts(81_982_000, 0)
			.saturating_add(Weight::from_parts(0, 8682))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Participants::Accounts` (r:3 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Replacements` (r:0 w:1)
	/// Proof: `Participants::Replacements` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	fn request_replacement() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `280`
		//  Estimated: `8682`
		// Minimum execution time: 20_881_000 picoseconds.
		Weight::from_parts(23_615_000, 0)
			.saturating_add(Weight::from_parts(0, 8682))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:4 w:2)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Replacements` (r:1 w:1)
	/// Proof: `Participants::Replacements` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Freezes` (r:1 w:1)
	/// Proof: `Balances::Freezes` (`max_values`: None, `max_size`: Some(67), added: 2542, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Locks` (r:1 w:0)
	/// Proof: `Balances::Locks` (`max_values`: None, `max_size`: Some(249), added: 2724, mode: `MaxEncodedLen`)
	fn replace_account() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3788`
		//  Estimated: `11246`
		// Minimum execution time: 92_067_000 picoseconds.
		Weight::from_parts(150_314_000, 0)
			.saturating_add(Weight::from_parts(0, 11246))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	/// Storage: `Participants::Accounts` (r:10 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Freezes` (r:1 w:1)
	/// Proof: `Balances::Freezes` (`max_values`: None, `max_size`: Some(67), added: 2542, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Locks` (r:1 w:0)
	/// Proof: `Balances::Locks` (`max_values`: None, `max_size`: Some(249), added: 2724, mode: `MaxEncodedLen`)
	fn recover() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `4660`
		//  Estimated: `26630`
		// Minimum execution time: 191_645_000 picoseconds.
		Weight::from_parts(295_400_000, 0)
			.saturating_add(Weight::from_parts(0, 26630))
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	fn set_certificate() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2826`
		//  Estimated: `5741`
		// Minimum execution time: 25_759_000 picoseconds.
		Weight::from_parts(39_789_000, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Proof: `Participants::Participants` (`max_values`: None, `max_size`: Some(2276), added: 4751, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:1)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	fn appoint_agent() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `3445`
		//  Estimated: `5741`
		// Minimum execution time: 35_783_000 picoseconds.
		Weight::from_parts(60_179_000, 0)
			.saturating_add(Weight::from_parts(0, 5741))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Agents` (r:1 w:1)
	/// Proof: `Participants::Agents` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	fn dismiss_agent() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `780`
		//  Estimated: `3638`
		// Minimum execution time: 23_946_000 picoseconds.
		Weight::from_parts(41_181_000, 0)
			.saturating_add(Weight::from_parts(0, 3638))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Networks` (r:1 w:1)
	/// Proof: `Participants::Networks` (`max_values`: None, `max_size`: Some(590), added: 3065, mode: `MaxEncodedLen`)
	/// Storage: `Participants::CounterForNetworks` (r:1 w:1)
	/// Proof: `Participants::CounterForNetworks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn register_network() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0`
		//  Estimated: `4055`
		// Minimum execution time: 14_031_000 picoseconds.
		Weight::from_parts(15_953_000, 0)
			.saturating_add(Weight::from_parts(0, 4055))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Participants::Networks` (r:1 w:1)
	/// Proof: `Participants::Networks` (`max_values`: None, `max_size`: Some(590), added: 3065, mode: `MaxEncodedLen`)
	/// Storage: `Participants::CounterForNetworks` (r:1 w:1)
	/// Proof: `Participants::CounterForNetworks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn update_network() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `612`
		//  Estimated: `4055`
		// Minimum execution time: 16_254_000 picoseconds.
		Weight::from_parts(17_636_000, 0)
			.saturating_add(Weight::from_parts(0, 4055))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Services` (r:1 w:1)
	/// Proof: `Participants::Services` (`max_values`: None, `max_size`: Some(13933), added: 16408, mode: `MaxEncodedLen`)
	fn register_service() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `13671`
		//  Estimated: `17398`
		// Minimum execution time: 45_197_000 picoseconds.
		Weight::from_parts(49_284_000, 0)
			.saturating_add(Weight::from_parts(0, 17398))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Services` (r:1 w:1)
	/// Proof: `Participants::Services` (`max_values`: None, `max_size`: Some(13933), added: 16408, mode: `MaxEncodedLen`)
	fn update_service() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `14106`
		//  Estimated: `17398`
		// Minimum execution time: 49_394_000 picoseconds.
		Weight::from_parts(54_902_000, 0)
			.saturating_add(Weight::from_parts(0, 17398))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Services` (r:1 w:1)
	/// Proof: `Participants::Services` (`max_values`: None, `max_size`: Some(13933), added: 16408, mode: `MaxEncodedLen`)
	fn remove_service() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `14106`
		//  Estimated: `17398`
		// Minimum execution time: 46_940_000 picoseconds.
		Weight::from_parts(52_078_000, 0)
			.saturating_add(Weight::from_parts(0, 17398))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:1)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Isins` (r:1 w:1)
	/// Proof: `Participants::Isins` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn list_asset() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `527`
		//  Estimated: `3675`
		// Minimum execution time: 25_968_000 picoseconds.
		Weight::from_parts(28_893_000, 0)
			.saturating_add(Weight::from_parts(0, 3675))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::AssetRegistry` (r:1 w:1)
	/// Proof: `Participants::AssetRegistry` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Isins` (r:1 w:2)
	/// Proof: `Participants::Isins` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn update_asset() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `630`
		//  Estimated: `3675`
		// Minimum execution time: 30_836_000 picoseconds.
		Weight::from_parts(33_961_000, 0)
			.saturating_add(Weight::from_parts(0, 3675))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Participants::Accounts` (r:1 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Proposals` (r:1 w:1)
	/// Proof: `Participants::Proposals` (`max_values`: None, `max_size`: Some(3626), added: 6101, mode: `MaxEncodedLen`)
	fn propose() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2587`
		//  Estimated: `7091`
		// Minimum execution time: 25_578_000 picoseconds.
		Weight::from_parts(31_306_000, 0)
			.saturating_add(Weight::from_parts(0, 7091))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Proposals` (r:1 w:1)
	/// Proof: `Participants::Proposals` (`max_values`: None, `max_size`: Some(3626), added: 6101, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::EnactmentDelay` (r:1 w:0)
	/// Proof: `Participants::EnactmentDelay` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[0, 65536]`.
	fn approve(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2722`
		//  Estimated: `7091`
		// Minimum execution time: 39_599_000 picoseconds.
		Weight::from_parts(49_022_966, 0)
			.saturating_add(Weight::from_parts(0, 7091))
			// Standard Error: 9
			.saturating_add(Weight::from_parts(1_431, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Proposals` (r:1 w:1)
	/// Proof: `Participants::Proposals` (`max_values`: None, `max_size`: Some(3626), added: 6101, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// The range of component `l` is `[0, 65536]`.
	fn enact(l: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2762`
		//  Estimated: `7091`
		// Minimum execution time: 38_056_000 picoseconds.
		Weight::from_parts(44_090_143, 0)
			.saturating_add(Weight::from_parts(0, 7091))
			// Standard Error: 6
			.saturating_add(Weight::from_parts(1_366, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Proposals` (r:1 w:1)
	/// Proof: `Participants::Proposals` (`max_values`: None, `max_size`: Some(3626), added: 6101, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Accounts` (r:2 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	fn withdraw_proposal() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `2762`
		//  Estimated: `7091`
		// Minimum execution time: 32_388_000 picoseconds.
		Weight::from_parts(36_985_000, 0)
			.saturating_add(Weight::from_parts(0, 7091))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::EnactmentDelay` (r:1 w:1)
	/// Proof: `Participants::EnactmentDelay` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_enactment_delay() -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `0`
		//  Estimated: `1493`
		// Minimum execution time: 6_589_000 picoseconds.
		Weight::from_parts(8_012_000, 0)
			.saturating_add(Weight::from_parts(0, 1493))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Accounts` (r:16 w:0)
	/// Proof: `Participants::Accounts` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Participants::Quota` (r:1 w:1)
	/// Proof: `Participants::Quota` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 16]`.
	fn guard(n: u32, ) -> Weight {
		// Proof Size summary in bytes:
		//  Measured:  `118 + n * (63 ±0)`
		//  Estimated: `3533 + n * (2564 ±0)`
		// Minimum execution time: 11_057_000 picoseconds.
		Weight::from_parts(7_038_364, 0)
			.saturating_add(Weight::from_parts(0, 3533))
			// Standard Error: 2_998
			.saturating_add(Weight::from_parts(4_370_024, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(Weight::from_parts(0, 2564).saturating_mul(n.into()))
	}
}
