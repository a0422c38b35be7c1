//! Weights of the calls. The numbers here are estimates for tests; a runtime uses those that `scripts/benchmark`
//! measured on it.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Estimated weight of a call that has not been measured: `time` in picoseconds for the code, and reads and writes
/// counted by hand.
fn by_hand(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(time, 0).saturating_add(RocksDbWeight::get().reads_writes(reads, writes))
}

/// Weights of the calls and of the guard.
pub trait WeightInfo {
    /// Weight of `register` with `a` accounts.
    fn register(a: u32) -> Weight;
    /// Weight of the call `update`.
    fn update() -> Weight;
    /// Weight of `set_status` for a participant with `a` accounts.
    fn set_status(a: u32) -> Weight;
    /// Weight of `set_roles` for a participant with `a` accounts.
    fn set_roles(a: u32) -> Weight;
    /// Weight of the call `add_account`.
    fn add_account() -> Weight;
    /// Weight of the call `remove_account`.
    fn remove_account() -> Weight;
    /// Weight of the call `request_replacement`.
    fn request_replacement() -> Weight;
    /// Weight of the call `replace_account`.
    fn replace_account() -> Weight;
    /// Weight of the call `recover`.
    fn recover() -> Weight;
    /// Weight of the call `set_certificate`.
    fn set_certificate() -> Weight;
    /// Weight of the call `appoint_agent`.
    fn appoint_agent() -> Weight;
    /// Weight of the call `dismiss_agent`.
    fn dismiss_agent() -> Weight;
    /// Weight of the call `register_network`.
    fn register_network() -> Weight;
    /// Weight of the heaviest of `request_rights`, `request_replacement`, `appoint_agent` and `remove_administrator`.
    /// Reads counted by hand: two accounts, the agent and its mandate, the list of agents, the delay, the requests.
    /// Writes: the requests, or a mandate and the list of agents.
    fn request_change() -> Weight {
        by_hand(60_000_000, 8, 3)
    }
    /// Weight of the heavier of `approve_change` and `apply_change`. Reads counted by hand: three accounts, the
    /// requests, the delay, the agent, its mandate, the list of agents, freezes. Writes: the requests, the mandate, the
    /// list of agents, or an account and its freeze.
    fn approve_change() -> Weight {
        by_hand(75_000_000, 10, 5)
    }
    /// Weight of the call `veto_change`. Reads counted by hand: the requests, the account, the delay. Writes: the
    /// requests.
    fn veto_change() -> Weight {
        by_hand(35_000_000, 3, 1)
    }
    /// Weight of the call `lower_rights`. Reads counted by hand: two accounts, the native account and its freezes.
    /// Writes: an account, its freeze, its native account.
    fn lower_rights() -> Weight {
        by_hand(40_000_000, 4, 3)
    }
    /// Weight that `replace_account` has beyond its measured one: since the measurement it also reads and writes the
    /// requests and two places, and reads the account that asked.
    fn replacement_beyond_measured() -> Weight {
        by_hand(15_000_000, 6, 4)
    }
    /// Weight that `dismiss_agent` has beyond its measured one: since the measurement it also removes the mandate and
    /// the amounts moved on a day.
    fn dismissal_beyond_measured() -> Weight {
        by_hand(5_000_000, 2, 2)
    }
    /// Weight of the call `update_network`.
    fn update_network() -> Weight;
    /// Weight of the call `register_service`.
    fn register_service() -> Weight;
    /// Weight of the call `update_service`.
    fn update_service() -> Weight;
    /// Weight of the call `remove_service`.
    fn remove_service() -> Weight;
    /// Weight of the call `list_asset`.
    fn list_asset() -> Weight;
    /// Weight of the call `update_asset`.
    fn update_asset() -> Weight;
    /// Weight of the call `propose`.
    fn propose() -> Weight;
    /// Weight of `approve` for a call of `l` bytes, without the weight of that call itself.
    fn approve(l: u32) -> Weight;
    /// Weight of `enact` for a call of `l` bytes, without the weight of that call itself.
    fn enact(l: u32) -> Weight;
    /// Weight of the call `withdraw_proposal`.
    fn withdraw_proposal() -> Weight;
    /// Weight of the call `set_enactment_delay`.
    fn set_enactment_delay() -> Weight;
    /// Estimated weight of `set_allowance`: reads the participant, its counters and the list of governors, and writes
    /// the counters.
    fn set_allowance() -> Weight {
        Weight::from_parts(25_000_000, 0).saturating_add(RocksDbWeight::get().reads_writes(3, 1))
    }
    /// Weight of the guard, the transaction extension, for a transaction that acts for `n` different accounts, the
    /// signer among them.
    fn guard(n: u32) -> Weight;
    /// Estimated weight of `veto`: reads the list of the body and one account, writes the list.
    fn veto() -> Weight {
        estimate(3, 1)
    }
    /// Estimated weight of `transfer_estate`: reads the participant, the two accounts and both balances; moves the
    /// asset by escrow.
    fn transfer_estate() -> Weight {
        estimate(14, 8)
    }
    /// Estimated weight of `grant_licence`: reads the participant, the two accounts and the next number; writes the
    /// licence.
    fn grant_licence() -> Weight {
        estimate(5, 2)
    }
    /// Estimated weight of `use_licence`: reads the licence, the signer and the payee; moves the asset by escrow.
    fn use_licence() -> Weight {
        estimate(16, 9)
    }
    /// Estimated weight of `recover_asset`: reads the asset, the signer, and for each of four accounts the longest
    /// chain of replacements; writes the asset.
    fn recover_asset() -> Weight {
        estimate(42, 1)
    }
    /// Estimated weight of `confirm_listing`: reads the request, the listing and the ISINs, and writes all of them.
    fn confirm_listing() -> Weight {
        estimate(7, 5)
    }
    /// Estimated weight of `delist_asset`: reads the listing, its ISIN and the signer; writes the listing, the ISIN and
    /// the request.
    fn delist_asset() -> Weight {
        estimate(4, 4)
    }
    /// Estimated weight of `claw_back`: reads the asset, both accounts and both balances; moves the asset.
    fn claw_back() -> Weight {
        estimate(10, 6)
    }
    /// Estimated weight of `burn_from`: reads the asset, the account and its balance; burns the amount.
    fn burn_from() -> Weight {
        estimate(8, 5)
    }
    /// Estimated weight of `destroy_asset`: reads the asset and escrow's balance of it; writes the asset.
    fn destroy_asset() -> Weight {
        estimate(5, 1)
    }
}

/// Estimated weight of a call that has not been measured: 50 microseconds, and database accesses counted by hand.
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
