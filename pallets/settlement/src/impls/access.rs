//! Who signed, for whom, and what is under an id.

use crate::{Config, Ends, Error, Instruction, Instructions, Open, Pallet, State};
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, Directory, Execution, InstructionId, Leg, LegIndex, Moment, ParticipantId, Role, Standing, Status,
};

impl<T: Config> Pallet<T> {
    /// Consensus time.
    pub(crate) fn now() -> Moment {
        T::Time::now()
    }

    /// The open instruction with this id.
    pub(crate) fn load(id: InstructionId) -> Result<Open, DispatchError> {
        match Instructions::<T>::get(id) {
            None => Err(Error::<T>::NotFound.into()),
            Some(Instruction::Closed(_)) => Err(Error::<T>::AlreadyClosed.into()),
            Some(Instruction::Open(open)) => Ok(open),
        }
    }

    /// The signer's standing, if its participant is active.
    pub(crate) fn active(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.is_active(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// The signer's standing, for calls that only finish or take back what exists: suspended ones may make them.
    pub(crate) fn finishing(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.may_finish(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// The participant for whom the signer acts: its own, or one that has appointed it in any capacity.
    pub(crate) fn principal(
        signer: &Standing,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<ParticipantId, DispatchError> {
        Ok(T::Directory::principal(signer, on_behalf_of).ok_or(Error::<T>::NotAuthorized)?)
    }

    /// The participant for whom the signer starts something new: nobody does that for one that is not active.
    pub(crate) fn active_principal(
        signer: &Standing,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<ParticipantId, DispatchError> {
        let principal = Self::principal(signer, on_behalf_of)?;
        let active = principal == signer.participant || T::Directory::status(principal) == Some(Status::Active);
        ensure!(active, Error::<T>::PartyNotActive);
        Ok(principal)
    }

    /// Whether the signer is a party of the instruction, or an agent of one.
    pub(crate) fn speaks_for_a_party(signer: &Standing, open: &Open) -> bool {
        open.party(signer.participant).is_some()
            || open.parties.iter().any(|party| Self::principal(signer, Some(party.participant)).is_ok())
    }

    /// Whether the signer is the settlement manager that the terms name, or has taken its account's place.
    pub(crate) fn manages(signer: &Standing, open: &Open) -> bool {
        let Execution::ByManager { manager, .. } = &open.terms.execution else { return false };
        T::Directory::standing(&T::Directory::current_account(manager)).is_some_and(|standing| {
            standing.participant == signer.participant && standing.is_active_as(Role::SettlementManager)
        })
    }

    /// The leg with this index.
    pub(crate) fn leg(open: &Open, leg: LegIndex) -> Result<&Leg, DispatchError> {
        open.terms.legs.get(usize::from(leg.0)).ok_or_else(|| Error::<T>::LegNotFound.into())
    }

    /// The ends of the leg with this index, if it is one of this network's.
    pub(crate) fn ends(open: &Open, leg: LegIndex) -> Result<Ends, DispatchError> {
        let state = open.legs.get(usize::from(leg.0)).ok_or(Error::<T>::LegNotFound)?;
        state.ends.ok_or_else(|| Error::<T>::LegElsewhere.into())
    }

    /// Fails while the other network decides: until then nothing here changes it.
    pub(crate) fn ensure_not_committed(open: &Open) -> DispatchResult {
        ensure!(!matches!(open.state, State::Committed { .. }), Error::<T>::AlreadyCommitted);
        Ok(())
    }
}
