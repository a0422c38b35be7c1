//! Signers, the parties for which they act, and the instruction under an id.

use crate::{Config, Ends, Error, Instruction, Instructions, Open, Pallet, Party, State};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, Balance, Directory, Execution, InstructionId, Leg, LegIndex, Moment, ParticipantId, PartyLeg, Right,
    Role, Standing, Status,
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

    /// The participant for whom the signer speaks: its own, if its account may trade, or one whose mandate lets it trade.
    pub(crate) fn principal(
        signer: &Standing,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<ParticipantId, DispatchError> {
        let principal = on_behalf_of.unwrap_or(signer.participant);
        ensure!(T::Directory::may_speak(signer, principal), Error::<T>::NotAuthorized);
        Ok(principal)
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
    /// a leg the one with this account, by default the account that signs. Another account of the principal agrees for a
    /// side only with `MoveAll`; an agent's mandate is asked for the legs.
    pub(crate) fn agreeing(
        open: &Open,
        signer: &Standing,
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
        let place = place.ok_or(Error::<T>::NotAuthorized)?;
        let side = open.parties.get(place).and_then(|party| party.account.as_ref());
        let is_own = side.is_none_or(|side| side == who || T::Directory::current_account(side) == *who);
        let is_agent = signer.participant != principal;
        ensure!(is_own || is_agent || signer.rights.has(Right::MoveAll), Error::<T>::NotAuthorized);
        Ok(place)
    }

    /// Whether the signer acts for a party of the instruction: one of its accounts with a right in trades, or an agent.
    pub(crate) fn speaks_for_a_party(signer: &Standing, open: &Open) -> bool {
        open.parties.iter().any(|party| T::Directory::may_finish_for(signer, party.participant))
    }

    /// One leg of this network as its giver or its receiver sees it. `account` is the party's account in use.
    fn party_leg<'a>(
        signer: &Standing,
        open: &'a Open,
        leg: &'a Leg,
        ends: Ends,
        gives: bool,
        account: &'a AccountId,
    ) -> PartyLeg<'a> {
        let (party, counterparty) = if gives { (ends.giver, ends.receiver) } else { (ends.receiver, ends.giver) };
        let mut seen = PartyLeg {
            party,
            account,
            asset: &leg.asset,
            gives,
            amount: 0,
            counterparty,
            is_paid: false,
            is_agreed: {
                let named = if gives { &leg.from } else { &leg.to };
                open.parties.iter().any(|known| known.is(party, named) && known.affirmed_itself)
            },
        };
        // Only a mandate asks for the rest.
        if signer.participant == party {
            return seen;
        }
        let own = open.local().filter(|(_, other, _, ends)| ends.giver == party && other.asset == leg.asset);
        // Saturating, because a sum above the largest amount is above every limit too.
        seen.amount = own.fold(0, |sum: Balance, (_, other, _, _)| sum.saturating_add(other.amount));
        seen.is_paid = open.terms.legs.iter().zip(&open.legs).any(|(other, state)| {
            let receiver = match state.ends {
                Some(ends) => Some(ends.receiver),
                // Of the other network this one knows the accounts that it has registered itself.
                None => T::Directory::standing(&other.to).map(|standing| standing.participant),
            };
            receiver == Some(party) && (state.ends.is_none() || other.asset != leg.asset)
        });
        seen
    }

    /// Fails unless the signer may give this leg: the account of the leg with `Move`, one of its participant with
    /// `MoveAll`, or an agent within its mandate.
    pub(crate) fn ensure_may_give(who: &AccountId, signer: &Standing, open: &Open, index: LegIndex) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        let account = T::Directory::current_account(&leg.from);
        let seen = Self::party_leg(signer, open, leg, ends, true, &account);
        ensure!(T::Directory::may_move(who, signer, &seen), Error::<T>::NotAuthorized);
        Ok(())
    }

    /// Counts what an agent reserves towards the daily amount of its mandate.
    pub(crate) fn count_given(signer: &Standing, open: &Open, index: LegIndex, amount: Balance) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        if signer.participant != ends.giver {
            let seen = Self::party_leg(signer, open, leg, ends, true, &leg.from);
            ensure!(T::Directory::count_move(signer, &seen, amount), Error::<T>::BeyondMandate);
        }
        Ok(())
    }

    /// Fails unless the signer may take this leg, as for [`Self::ensure_may_give`].
    pub(crate) fn ensure_may_take(who: &AccountId, signer: &Standing, open: &Open, index: LegIndex) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        let account = T::Directory::current_account(&leg.to);
        let seen = Self::party_leg(signer, open, leg, ends, false, &account);
        ensure!(T::Directory::may_move(who, signer, &seen), Error::<T>::NotAuthorized);
        Ok(())
    }

    /// Fails if the signer agrees as an agent what its mandates do not allow.
    pub(crate) fn ensure_may_agree(signer: &Standing, open: &Open, place: usize) -> DispatchResult {
        let principal = open.parties.get(place).ok_or(Error::<T>::NotAuthorized)?.participant;
        if signer.participant == principal {
            return Ok(());
        }
        let legs: Vec<PartyLeg> = open
            .local()
            .flat_map(|(_, leg, _, ends)| [(leg, ends, true), (leg, ends, false)])
            .filter(|(_, ends, gives)| principal == if *gives { ends.giver } else { ends.receiver })
            .map(|(leg, ends, gives)| {
                let account = if gives { &leg.from } else { &leg.to };
                Self::party_leg(signer, open, leg, ends, gives, account)
            })
            .collect();
        ensure!(T::Directory::may_trade(signer, principal, &legs), Error::<T>::BeyondMandate);
        Ok(())
    }

    /// True if the signer is an active party of the instruction, or an agent of one.
    pub(crate) fn speaks_for_an_active_party(signer: &Standing, open: &Open) -> bool {
        open.parties.iter().any(|party| {
            let active = || T::Directory::status(party.participant) == Some(Status::Active);
            T::Directory::may_finish_for(signer, party.participant)
                && (party.participant == signer.participant || active())
        })
    }

    /// True if the signer is the settlement manager that the terms name, or has taken its account's place.
    pub(crate) fn manages(signer: &Standing, open: &Open) -> bool {
        signer.rights.has(Right::Trade) && Self::manager(open) == Some(signer.participant)
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
