//! Traits for benchmarks, by which a pallet's benchmarks set up state in the other pallets, which it knows only as
//! traits.
//!
//! Each such pallet has a `BenchmarkHelper` in its `Config` under the feature `runtime-benchmarks`; [`Setup`] makes one
//! of the pallets themselves. None of this is in a runtime that ships.

use crate::{AccountId, AssetId, AssetTerms, Balance, Capacity, InstructionId, ParticipantId, Roles};
use core::marker::PhantomData;
use polkadot_sdk::sp_core::H256;

/// Benchmark helper that sets up participants, assets and agents. `pallet-participants` implements it.
pub trait SetUpDirectory {
    /// Registers a new active participant with these roles, to which `account` belongs, and returns its number.
    fn register(account: &AccountId, roles: Roles) -> ParticipantId;
    /// Lists the asset in the registry with these terms.
    fn list(asset: &AssetId, terms: AssetTerms);
    /// Appoints `agent` as agent of `principal` in this capacity.
    fn appoint(agent: ParticipantId, principal: ParticipantId, capacity: Capacity);
    /// Adds `account` to the accounts of the participant.
    fn add_account(participant: ParticipantId, account: &AccountId);
    /// Replaces `account` and each account that took its place, as often as that can be done, and returns the last one.
    fn replace(account: &AccountId) -> AccountId;
    /// Sanctions the participant.
    fn sanction(participant: ParticipantId);
}

/// Benchmark helper that sets up balances. `pallet-escrow` implements it.
pub trait SetUpEscrow {
    /// Mints `amount` of the asset to the account. The asset is created and listed first if it does not exist.
    fn fund(asset: &AssetId, account: &AccountId, amount: Balance);
}

/// Benchmark helper that sets up an open counterpart. `pallet-counterpart` implements it.
pub trait SetUpCounterpart {
    /// Opens the counterpart network that has this genesis hash.
    fn open(genesis: H256);
}

/// Benchmark helper that sets up the light client. `pallet_counterpart::LightClient` implements it.
pub trait SetUpState {
    /// Makes the light client know one finalised state of the counterpart.
    fn know();
}

/// Benchmark helper that sets up instructions held on this network. `pallet-settlement` implements it.
pub trait SetUpHeld {
    /// Instructs a trade with as many legs as fit, of which one is on this network and reserved whole. Returns an
    /// account that may commit it, and the instruction's id.
    fn hold() -> (AccountId, InstructionId);
}

/// Benchmark helper composed of the pallets that implement its parts. `()` stands for a part that no benchmark needs.
pub struct Setup<Directory, Escrow = (), Counterpart = (), State = (), Held = ()>(
    PhantomData<(Directory, Escrow, Counterpart, State, Held)>,
);

impl<D: SetUpDirectory, E, C, S, H> SetUpDirectory for Setup<D, E, C, S, H> {
    fn register(account: &AccountId, roles: Roles) -> ParticipantId {
        D::register(account, roles)
    }

    fn list(asset: &AssetId, terms: AssetTerms) {
        D::list(asset, terms);
    }

    fn appoint(agent: ParticipantId, principal: ParticipantId, capacity: Capacity) {
        D::appoint(agent, principal, capacity);
    }

    fn add_account(participant: ParticipantId, account: &AccountId) {
        D::add_account(participant, account);
    }

    fn replace(account: &AccountId) -> AccountId {
        D::replace(account)
    }

    fn sanction(participant: ParticipantId) {
        D::sanction(participant);
    }
}

impl<D, E: SetUpEscrow, C, S, H> SetUpEscrow for Setup<D, E, C, S, H> {
    fn fund(asset: &AssetId, account: &AccountId, amount: Balance) {
        E::fund(asset, account, amount);
    }
}

impl<D, E, C: SetUpCounterpart, S, H> SetUpCounterpart for Setup<D, E, C, S, H> {
    fn open(genesis: H256) {
        C::open(genesis);
    }
}

impl<D, E, C, S: SetUpState, H> SetUpState for Setup<D, E, C, S, H> {
    fn know() {
        S::know();
    }
}

impl<D, E, C, S, H: SetUpHeld> SetUpHeld for Setup<D, E, C, S, H> {
    fn hold() -> (AccountId, InstructionId) {
        H::hold()
    }
}
