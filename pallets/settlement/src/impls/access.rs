//! Signers and their rights, the parties for which they act, and the open instruction under an id.

use crate::{Config, Ends, Error, Instruction, Instructions, Open, Pallet, Party, State};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, AssetId, AssetKind, Balance, Directory, Execution, InstructionId, Leg, LegIndex, Moment, ParticipantId,
    PartyLeg, Received, Right, Role, Standing, Status,
};

/// Origin of a change to one instruction: a signed call, the sweep, or `pallet-counterpart`.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// Instruction that is changed.
    pub id: InstructionId,
    /// Account that signed the call, also one that brings a proof to `pallet-counterpart`; `None` for the sweep and for a
    /// message of the other network.
    pub by: Option<AccountId>,
}

impl Act {
    /// Act of a call that the account `by` signed.
    pub fn of(id: InstructionId, by: &AccountId) -> Self {
        Self { id, by: Some(by.clone()) }
    }

    /// Act of the sweep, which no account signed.
    pub fn unsigned(id: InstructionId) -> Self {
        Self { id, by: None }
    }
}

impl<T: Config> Pallet<T> {
    /// Current consensus time, in milliseconds.
    pub(crate) fn now() -> Moment {
        T::Time::now()
    }

    /// Open instruction with this id. Fails with `NotFound` or `AlreadyClosed` if there is none.
    pub(crate) fn load(id: InstructionId) -> Result<Open, DispatchError> {
        match Instructions::<T>::get(id) {
            None => Err(Error::<T>::NotFound.into()),
            Some(Instruction::Closed(_)) => Err(Error::<T>::AlreadyClosed.into()),
            Some(Instruction::Open(open)) => Ok(open),
        }
    }

    /// Standing of the account `who`. Fails with `NotAuthorized` if it belongs to no participant, and with `NotActive`
    /// if its participant is not active.
    pub(crate) fn active(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.is_active(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// Standing of the account `who`, for calls that only finish or take back what exists. A suspended participant may
    /// make them; a sanctioned or revoked one gets `NotActive`.
    pub(crate) fn finishing(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.may_finish(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// Participant for which the signer trades: its own, or the principal `on_behalf_of` for which it is an agent.
    /// Fails with `NotAuthorized` without the right `Trade`.
    pub(crate) fn principal(
        signer: &Standing,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<ParticipantId, DispatchError> {
        let principal = on_behalf_of.unwrap_or(signer.participant);
        ensure!(T::Directory::may_speak(signer, principal), Error::<T>::NotAuthorized);
        Ok(principal)
    }

    /// Participant for which the signer starts something new, as [`Self::principal`]. Fails with `PartyNotActive` if a
    /// principal other than the signer's participant is not active.
    pub(crate) fn active_principal(
        signer: &Standing,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<ParticipantId, DispatchError> {
        let principal = Self::principal(signer, on_behalf_of)?;
        let active = principal == signer.participant || T::Directory::status(principal) == Some(Status::Active);
        ensure!(active, Error::<T>::PartyNotActive);
        Ok(principal)
    }

    /// Index in `open.parties` of the party for which the signer affirms.
    ///
    /// That is the party of the participant `principal`; if it is a party with each of its accounts, the one of
    /// `account`, or by default of the signing account `who`. For another account than its own a signer of the same
    /// participant needs `MoveAll`. Fails with `NotAuthorized`.
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

    /// True if the signer can finish the trade for one of its parties: as an account of the party with `Trade`, `Move`
    /// or `MoveAll`, or as its agent.
    pub(crate) fn speaks_for_a_party(signer: &Standing, open: &Open) -> bool {
        open.parties.iter().any(|party| T::Directory::may_finish_for(signer, party.participant))
    }

    /// Assets that count as payment for what the signer gives as an agent of this party; none if it is the party itself,
    /// which no mandate asks.
    fn payments<'a>(signer: &Standing, open: &'a Open, party: ParticipantId) -> Vec<(&'a AssetId, AssetKind)> {
        if signer.participant == party {
            return Vec::new();
        }
        // What the party pays to itself is no payment. Of the other network's legs this one cannot see whether they are
        // worth anything.
        let received = open.local().filter(|(_, _, _, ends)| ends.receiver == party && ends.giver != party);
        let kind = |leg: &Leg, ends: Ends| T::Directory::kind_as_payment(&leg.asset, ends.giver, signer.participant);
        received.filter_map(|(_, leg, _, ends)| Some((&leg.asset, kind(leg, ends)?))).collect()
    }

    /// Description of one leg, as `Directory` needs it to decide whether the signer may move it for the giver (`gives`)
    /// or for the receiver. `account` is the account that the party uses for the leg now, `payments` the answer of
    /// [`Self::payments`] for the party.
    fn party_leg<'a>(
        signer: &Standing,
        open: &'a Open,
        payments: &[(&AssetId, AssetKind)],
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
            received: Received::default(),
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
        let others = payments.iter().filter(|(asset, _)| **asset != leg.asset);
        seen.received = others.fold(Received::default(), |sum, (_, kind)| sum.and(*kind));
        seen
    }

    /// Fails with `NotAuthorized` unless the signer may give this leg: with the leg's account and `Move`, with another
    /// account of the giver and `MoveAll`, or as an agent within its mandate.
    pub(crate) fn ensure_may_give(who: &AccountId, signer: &Standing, open: &Open, index: LegIndex) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        let account = T::Directory::current_account(&leg.from);
        let payments = Self::payments(signer, open, ends.giver);
        let seen = Self::party_leg(signer, open, &payments, leg, ends, true, &account);
        ensure!(T::Directory::may_move(who, signer, &seen), Error::<T>::NotAuthorized);
        Ok(())
    }

    /// Counts `amount`, which the signer reserves of this leg as an agent, towards the daily limit of its mandate.
    /// Fails with `BeyondMandate` above the limit; does nothing for an account of the giver.
    pub(crate) fn count_given(signer: &Standing, open: &Open, index: LegIndex, amount: Balance) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        if signer.participant != ends.giver {
            let seen = Self::party_leg(signer, open, &[], leg, ends, true, &leg.from);
            ensure!(T::Directory::count_move(signer, &seen, amount), Error::<T>::BeyondMandate);
        }
        Ok(())
    }

    /// Fails with `NotAuthorized` unless the signer may receive this leg: with the leg's account and `Move`, with
    /// another account of the receiver and `MoveAll`, or as an agent within its mandate.
    pub(crate) fn ensure_may_take(who: &AccountId, signer: &Standing, open: &Open, index: LegIndex) -> DispatchResult {
        let (leg, ends) = (Self::leg(open, index)?, Self::ends(open, index)?);
        let account = T::Directory::current_account(&leg.to);
        let seen = Self::party_leg(signer, open, &[], leg, ends, false, &account);
        ensure!(T::Directory::may_move(who, signer, &seen), Error::<T>::NotAuthorized);
        Ok(())
    }

    /// Fails with `BeyondMandate` if the signer speaks as an agent, and its mandates do not allow the legs of the party
    /// at index `place`.
    pub(crate) fn ensure_may_agree(signer: &Standing, open: &Open, place: usize) -> DispatchResult {
        let principal = open.parties.get(place).ok_or(Error::<T>::NotAuthorized)?.participant;
        if signer.participant == principal {
            return Ok(());
        }
        let payments = Self::payments(signer, open, principal);
        let legs: Vec<PartyLeg> = open
            .local()
            .flat_map(|(_, leg, _, ends)| [(leg, ends, true), (leg, ends, false)])
            .filter(|(_, ends, gives)| principal == if *gives { ends.giver } else { ends.receiver })
            .map(|(leg, ends, gives)| {
                let account = if gives { &leg.from } else { &leg.to };
                Self::party_leg(signer, open, &payments, leg, ends, gives, account)
            })
            .collect();
        ensure!(T::Directory::may_trade(signer, principal, &legs), Error::<T>::BeyondMandate);
        Ok(())
    }

    /// As [`Self::ensure_may_agree`], for each party that is the participant `principal`. Fails with `NotAuthorized` if
    /// it is none.
    pub(crate) fn ensure_may_agree_all(signer: &Standing, open: &Open, principal: ParticipantId) -> DispatchResult {
        ensure!(open.has_party(principal), Error::<T>::NotAuthorized);
        let places = open.parties.iter().enumerate().filter(|(_, party)| party.participant == principal);
        places.map(|(place, _)| place).try_for_each(|place| Self::ensure_may_agree(signer, open, place))
    }

    /// True if the signer can finish the trade for one of its parties that is active, as an account of the party or as
    /// its agent.
    pub(crate) fn speaks_for_an_active_party(signer: &Standing, open: &Open) -> bool {
        open.parties.iter().any(|party| {
            let active = || T::Directory::status(party.participant) == Some(Status::Active);
            T::Directory::may_finish_for(signer, party.participant)
                && (party.participant == signer.participant || active())
        })
    }

    /// True if the signer's account has `Trade` and belongs to the settlement manager that the terms name.
    pub(crate) fn manages(signer: &Standing, open: &Open) -> bool {
        signer.rights.has(Right::Trade) && Self::manager(open) == Some(signer.participant)
    }

    /// Settlement manager that the terms name, by the account's current owner; `None` if that is no active participant
    /// with the role, or if the terms have no manager.
    pub(crate) fn manager(open: &Open) -> Option<ParticipantId> {
        let Execution::ByManager { manager, .. } = &open.terms.execution else { return None };
        T::Directory::standing(&T::Directory::current_account(manager))
            .filter(|standing| standing.is_active_as(Role::SettlementManager))
            .map(|standing| standing.participant)
    }

    /// Leg of the terms at this position; fails with `LegNotFound`.
    pub(crate) fn leg(open: &Open, leg: LegIndex) -> Result<&Leg, DispatchError> {
        open.terms.legs.get(usize::from(leg.0)).ok_or_else(|| Error::<T>::LegNotFound.into())
    }

    /// Giver and receiver of the leg at this position. Fails with `LegElsewhere` if the leg is on the other network.
    pub(crate) fn ends(open: &Open, leg: LegIndex) -> Result<Ends, DispatchError> {
        let state = open.legs.get(usize::from(leg.0)).ok_or(Error::<T>::LegNotFound)?;
        state.ends.ok_or_else(|| Error::<T>::LegElsewhere.into())
    }

    /// Fails with `AlreadyCommitted` while a tranche waits for the other network's decision.
    pub(crate) fn ensure_not_committed(open: &Open) -> DispatchResult {
        ensure!(!matches!(open.state, State::Committed { .. }), Error::<T>::AlreadyCommitted);
        Ok(())
    }
}
