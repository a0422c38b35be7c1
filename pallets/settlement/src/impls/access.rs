//! Signers, the parties for which they act, and the instruction under an id.

use crate::{Config, Ends, Error, Instruction, Instructions, Open, Pallet, Party, State};
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, Directory, Execution, InstructionId, Leg, LegIndex, Moment, ParticipantId, Role, Standing, Status,
};

/// One act on one instruction: a call, a step of the sweep, or a decision of the other network.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// Instruction that it acts on.
    pub id: InstructionId,
    /// Account that signed; none for the sweep and for the other network.
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
    /// Instant of consensus time.
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

    /// Place of the party for which the signer agrees: that of its principal, or where the principal is at both ends of
    /// a leg the one with this account, by default the account that signs.
    pub(crate) fn agreeing(
        open: &Open,
        principal: ParticipantId,
        account: Option<&AccountId>,
        who: &AccountId,
    ) -> Result<usize, DispatchError> {
        let named = account.unwrap_or(who);
        let find = |is_named: &dyn Fn(&AccountId) -> bool| {
            let own = |party: &Party| party.participant == principal && party.account.as_ref().is_none_or(is_named);
            open.parties.iter().position(own)
        };
        // An account that one party names before one that has taken another one's place: both may have become one.
        let place = find(&|own| own == named).or_else(|| find(&|own| T::Directory::current_account(own) == *named));
        Ok(place.ok_or(Error::<T>::NotAuthorized)?)
    }

    /// True if the signer may give on this leg: it owns the account that gives, or is an agent for such assets.
    pub(crate) fn may_give(signer: &Standing, leg: &Leg, ends: Ends) -> bool {
        T::Directory::may_move(signer, ends.giver, &leg.asset)
    }

    /// True if the signer may take on this leg: it owns the account that receives, or is an agent for such assets.
    pub(crate) fn may_take(signer: &Standing, leg: &Leg, ends: Ends) -> bool {
        T::Directory::may_move(signer, ends.receiver, &leg.asset)
    }

    /// True if the signer is a party of the instruction, or an agent of one.
    pub(crate) fn speaks_for_a_party(signer: &Standing, open: &Open) -> bool {
        open.has_party(signer.participant)
            || open.parties.iter().any(|party| Self::principal(signer, Some(party.participant)).is_ok())
    }

    /// True if the signer is an active party of the instruction, or an agent of one.
    pub(crate) fn speaks_for_an_active_party(signer: &Standing, open: &Open) -> bool {
        open.parties.iter().any(|party| Self::active_principal(signer, Some(party.participant)).is_ok())
    }

    /// True if the signer is the settlement manager that the terms name, or has taken its account's place.
    pub(crate) fn manages(signer: &Standing, open: &Open) -> bool {
        Self::manager(open) == Some(signer.participant)
    }

    /// The settlement manager that the terms name, if it is an active one.
    pub(crate) fn manager(open: &Open) -> Option<ParticipantId> {
        let Execution::ByManager { manager, .. } = &open.terms.execution else { return None };
        T::Directory::standing(&T::Directory::current_account(manager))
            .filter(|standing| standing.is_active_as(Role::SettlementManager))
            .map(|standing| standing.participant)
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
