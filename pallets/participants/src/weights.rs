//! What the calls weigh. The numbers here serve tests; a runtime uses those that `scripts/benchmark` measured on it.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// The weights of the directory's calls.
pub trait WeightInfo {
    /// `a` accounts.
    fn register(a: u32) -> Weight;
    /// The call of this name.
    fn update() -> Weight;
    /// `a` accounts.
    fn set_status(a: u32) -> Weight;
    /// `a` accounts.
    fn set_roles(a: u32) -> Weight;
    /// The call of this name.
    fn add_account() -> Weight;
    /// The call of this name.
    fn remove_account() -> Weight;
    /// The call of this name.
    fn request_replacement() -> Weight;
    /// The call of this name.
    fn replace_account() -> Weight;
    /// The call of this name.
    fn recover() -> Weight;
    /// The call of this name.
    fn set_certificate() -> Weight;
    /// The call of this name.
    fn appoint_agent() -> Weight;
    /// The call of this name.
    fn dismiss_agent() -> Weight;
    /// The call of this name.
    fn register_network() -> Weight;
    /// The call of this name.
    fn update_network() -> Weight;
    /// The call of this name.
    fn register_service() -> Weight;
    /// The call of this name.
    fn update_service() -> Weight;
    /// The call of this name.
    fn remove_service() -> Weight;
    /// The call of this name.
    fn list_asset() -> Weight;
    /// The call of this name.
    fn update_asset() -> Weight;
    /// The call of this name.
    fn propose() -> Weight;
    /// `l` bytes of the call, without its own weight.
    fn approve(l: u32) -> Weight;
    /// `l` bytes of the call, without its own weight.
    fn enact(l: u32) -> Weight;
    /// The call of this name.
    fn withdraw_proposal() -> Weight;
    /// The call of this name.
    fn set_enactment_delay() -> Weight;
    /// The transaction extension, for `n` different accounts for which it acts, the signer among them.
    fn guard(n: u32) -> Weight;
}

impl WeightInfo for () {
    fn register(a: u32) -> Weight {
        Weight::from_parts(30_000_000, 0)
            .saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(u64::from(a)))
            .saturating_add(RocksDbWeight::get().reads_writes(3, 4))
            .saturating_add(RocksDbWeight::get().reads_writes(2, 2).saturating_mul(u64::from(a)))
    }
    fn update() -> Weight {
        Weight::from_parts(15_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(1, 1))
    }
    fn set_status(a: u32) -> Weight {
        Weight::from_parts(25_000_000, 0)
            .saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(u64::from(a)))
            .saturating_add(RocksDbWeight::get().reads_writes(4, 1))
            .saturating_add(RocksDbWeight::get().reads_writes(3, 3).saturating_mul(u64::from(a)))
    }
    fn set_roles(a: u32) -> Weight {
        Weight::from_parts(20_000_000, 0)
            .saturating_add(Weight::from_parts(4_000_000, 0).saturating_mul(u64::from(a)))
            .saturating_add(RocksDbWeight::get().reads_writes(1, 1))
            .saturating_add(RocksDbWeight::get().reads_writes(1, 1).saturating_mul(u64::from(a)))
    }
    fn add_account() -> Weight {
        Weight::from_parts(35_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(4, 5))
    }
    fn remove_account() -> Weight {
        Weight::from_parts(45_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(6, 7))
    }
    fn request_replacement() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(4, 1))
    }
    fn replace_account() -> Weight {
        Weight::from_parts(60_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(9, 9))
    }
    fn recover() -> Weight {
        Weight::from_parts(90_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(14, 8))
    }
    fn set_certificate() -> Weight {
        Weight::from_parts(20_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(3, 1))
    }
    fn appoint_agent() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(3, 1))
    }
    fn dismiss_agent() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
    }
    fn register_network() -> Weight {
        Weight::from_parts(15_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 2))
    }
    fn update_network() -> Weight {
        Weight::from_parts(15_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(1, 2))
    }
    fn register_service() -> Weight {
        Weight::from_parts(35_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
    }
    fn update_service() -> Weight {
        Weight::from_parts(35_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
    }
    fn remove_service() -> Weight {
        Weight::from_parts(35_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
    }
    fn list_asset() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(4, 2))
    }
    fn update_asset() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(5, 3))
    }
    fn propose() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(3, 1))
    }
    fn approve(l: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(Weight::from_parts(2_000, 0).saturating_mul(u64::from(l)))
            .saturating_add(RocksDbWeight::get().reads_writes(5, 1))
    }
    fn enact(l: u32) -> Weight {
        Weight::from_parts(40_000_000, 0)
            .saturating_add(Weight::from_parts(2_000, 0).saturating_mul(u64::from(l)))
            .saturating_add(RocksDbWeight::get().reads_writes(5, 1))
    }
    fn withdraw_proposal() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(3, 1))
    }
    fn set_enactment_delay() -> Weight {
        Weight::from_parts(10_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(1, 1))
    }
    fn guard(n: u32) -> Weight {
        Weight::from_parts(10_000_000, 0)
            .saturating_add(Weight::from_parts(5_000_000, 0).saturating_mul(u64::from(n)))
            .saturating_add(RocksDbWeight::get().reads_writes(1, 1))
            .saturating_add(RocksDbWeight::get().reads_writes(1, 0).saturating_mul(u64::from(n)))
    }
}
