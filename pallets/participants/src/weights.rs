//! What the calls weigh. The numbers here serve tests; a runtime uses those that `scripts/benchmark` measured on it.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// A weight that was estimated, until the call is measured: time of the code, and reads and writes counted by hand.
fn by_hand(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(time, 0).saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
}

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
    /// `request_rights`, `request_replacement`, `appoint_agent` and `remove_administrator` at their heaviest. Reads
    /// counted by hand: two accounts, the agent and its mandate, the list of agents, the delay, the requests. Writes: the
    /// requests, or a mandate and the list of agents.
    fn request_change() -> Weight {
        by_hand(60_000_000, 8, 3)
    }
    /// `approve_change` and `apply_change` at their heaviest. Reads counted by hand: three accounts, the requests, the
    /// delay, the agent, its mandate, the list of agents, freezes. Writes: the requests, the mandate, the list of
    /// agents, or an account and its freeze.
    fn approve_change() -> Weight {
        by_hand(75_000_000, 10, 5)
    }
    /// The call of this name. Reads counted by hand: the requests, the account, the delay. Writes: the requests.
    fn veto_change() -> Weight {
        by_hand(35_000_000, 3, 1)
    }
    /// The call of this name. Reads counted by hand: two accounts, the native account and its freezes. Writes: an
    /// account, its freeze, its native account.
    fn lower_rights() -> Weight {
        by_hand(40_000_000, 4, 3)
    }
    /// What `replace_account` does since it was measured: it reads and writes the requests and two places, and reads the
    /// account that asked.
    fn replacement_beyond_measured() -> Weight {
        by_hand(15_000_000, 6, 4)
    }
    /// What `dismiss_agent` does since it was measured: it removes the mandate and what was moved on a day.
    fn dismissal_beyond_measured() -> Weight {
        by_hand(5_000_000, 2, 2)
    }
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
    /// Estimate of `set_allowance`: it reads the participant and its counters, and writes the counters.
    fn set_allowance() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
    }
    /// The transaction extension, for `n` different accounts for which it acts, the signer among them.
    fn guard(n: u32) -> Weight;
    /// Reads the list of the body and one account, writes the list.
    fn veto() -> Weight {
        estimate(3, 1)
    }
    /// Reads the participant, the two accounts and both balances; moves the asset through escrow.
    fn transfer_estate() -> Weight {
        estimate(14, 8)
    }
    /// Reads the participant, the two accounts and the number; writes the licence.
    fn grant_licence() -> Weight {
        estimate(5, 2)
    }
    /// Reads the licence, the caller and the payee; moves the asset through escrow.
    fn use_licence() -> Weight {
        estimate(16, 9)
    }
    /// Reads the asset, the caller, and for each of four accounts a chain of replacements; writes the asset.
    fn recover_asset() -> Weight {
        estimate(42, 1)
    }
    /// Reads the request, the entry and the ISINs; writes all of them.
    fn confirm_listing() -> Weight {
        estimate(7, 5)
    }
    /// Reads the entry, its ISIN and the caller; writes the entry, the ISIN and what waits.
    fn delist_asset() -> Weight {
        estimate(4, 4)
    }
    /// Reads the asset, both accounts and both balances; moves the asset.
    fn claw_back() -> Weight {
        estimate(10, 6)
    }
    /// Reads the asset, the account and its balance; burns.
    fn burn_from() -> Weight {
        estimate(8, 5)
    }
    /// Reads the asset, and what escrow has of it; writes the asset.
    fn destroy_asset() -> Weight {
        estimate(5, 1)
    }
}

/// Weight of a call that has not been measured: its database accesses counted by hand, and 50 us for the rest.
fn estimate(reads: u64, writes: u64) -> Weight {
    Weight::from_parts(50_000_000, 8_000).saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
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
