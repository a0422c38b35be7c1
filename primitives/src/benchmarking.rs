//! Set-up of benchmarks: what a pallet's benchmarks need of the pallets that it knows only as traits.
//!
//! Each such pallet has a `BenchmarkHelper` in its `Config` under the feature `runtime-benchmarks`; [`Setup`] makes one of
//! the pallets themselves. Nothing of this is in a runtime that ships.

use crate::{AccountId, AssetId, AssetTerms, Balance, Capacity, InstructionId, ParticipantId, Roles};
use core::marker::PhantomData;
use polkadot_sdk::sp_core::H256;

/// Set-up of participants, assets and agents. `pallet-participants` implements it.
pub trait SetUpDirectory {
    /// Makes `account` belong to a new active participant with these roles, and returns it.
    fn register(account: &AccountId, roles: Roles) -> ParticipantId;
    /// Puts the asset into the registry.
    fn list(asset: &AssetId, terms: AssetTerms);
    /// Appoints an agent.
    fn appoint(agent: ParticipantId, principal: ParticipantId, capacity: Capacity);
    /// Makes `account` another one of the participant.
    fn add_account(participant: ParticipantId, account: &AccountId);
    /// Replaces `account` as often as that can be done, and returns the one that is current then.
    fn replace(account: &AccountId) -> AccountId;
}

/// Set-up of balances. `pallet-escrow` implements it.
pub trait SetUpEscrow {
    /// Gives the account this much of the asset, which is created and listed if need be.
    fn fund(asset: &AssetId, account: &AccountId, amount: Balance);
}

/// Set-up of an open counterpart. `pallet-counterpart` implements it.
pub trait SetUpCounterpart {
    /// Opens the counterpart with this genesis.
    fn open(genesis: H256);
}

/// Set-up of the light client. `pallet_counterpart::LightClient` implements it.
pub trait SetUpState {
    /// Lets the light client know a state.
    fn know();
}

/// Set-up of instructions that are held. `pallet-settlement` implements it.
pub trait SetUpHeld {
    /// Makes an instruction of as many legs as fit, of which one is here and reserved whole, and returns an account that
    /// may commit it.
    fn hold() -> (AccountId, InstructionId);
}

/// Helper made of the pallets that implement its parts. `()` stands for a part that no benchmark needs.
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
