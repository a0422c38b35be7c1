//! Clock, genesis hashes, signers and proofs, as every other file of the pallet reads them.

use crate::{Config, CounterpartLink, Error, Pallet, ProofOf};
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    frame_system::{self, pallet_prelude::BlockNumberFor},
    sp_core::H256,
    sp_runtime::DispatchError,
};
use tandem_primitives::{
    AccountId, CounterpartState, Directory, InstructionId, Moment, ProofFault, ProvenState, Standing, RECORD_VERSION,
};

/// One act on one trade: a call, a message of the lane, or a step of the sweep.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// Instruction of the trade.
    pub id: InstructionId,
    /// Account that signed; none for the lane and for the sweep.
    pub by: Option<AccountId>,
}

impl Act {
    /// An act of this account.
    pub fn of(id: InstructionId, by: &AccountId) -> Self {
        Self { id, by: Some(by.clone()) }
    }

    /// An act that nobody signed.
    pub fn unsigned(id: InstructionId) -> Self {
        Self { id, by: None }
    }
}

impl<T: Config> Pallet<T> {
    /// Consensus time, in milliseconds.
    pub(crate) fn now() -> Moment {
        T::Time::now()
    }

    /// Genesis hash of this chain.
    pub(crate) fn own_genesis() -> H256 {
        frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(0u32))
    }

    /// Standing of the signer, if its participant is active.
    pub(crate) fn ensure_active(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.is_active(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// Standing of the signer, for calls that only finish or take back what exists: a suspended participant may make them.
    pub(crate) fn ensure_may_finish(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.may_finish(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// Opens a proof, and checks that its state keeps records in the version that this code reads.
    pub(crate) fn open_proof(proof: ProofOf<T>) -> Result<<T::State as CounterpartState>::Reader, DispatchError> {
        let mut state = T::State::open(proof).map_err(Error::<T>::from)?;
        let version = state.record_version().map_err(Error::<T>::from)?;
        ensure!(version == Some(RECORD_VERSION), Error::<T>::Proof(ProofFault::OtherRecordVersion));
        Ok(state)
    }

    /// Time of a state in which something is absent, after a check that the state is the counterpart's.
    pub(crate) fn time_of_absence(state: &mut impl ProvenState) -> Result<Moment, DispatchError> {
        let genesis = state.genesis().map_err(Error::<T>::from)?;
        ensure!(genesis == Self::counterpart_genesis()?, Error::<T>::OtherNetwork);
        Ok(state.now().map_err(Error::<T>::from)?)
    }

    /// Genesis hash of the counterpart, if this chain has one, open or not.
    pub(crate) fn counterpart_genesis() -> Result<H256, DispatchError> {
        CounterpartLink::<T>::get().map(|link| link.genesis).ok_or_else(|| Error::<T>::CounterpartNotOpen.into())
    }
}
