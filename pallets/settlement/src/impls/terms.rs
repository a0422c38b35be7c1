//! Checks of new terms and policies against the state of the chain.

use crate::{policy::is_possible, Config, Ends, Error, LegState, Pallet, Party};
use polkadot_sdk::{
    frame_support::{
        ensure,
        traits::{ConstU32, Get},
        BoundedVec,
    },
    sp_runtime::{ArithmeticError, DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, AssetKind, Balance, Counterpart, Directory, Execution, Leg, Lots, Moment, ParticipantId, Policy, Role,
    Terms, TermsFault, MAX_LEGS, MAX_PARTIES,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn check_times(terms: &Terms, now: Moment) -> DispatchResult {
        ensure!(now < terms.reserve_by && now < terms.deadline, Error::<T>::TooLate);
        let latest = now.checked_add(T::MaxInstructionLife::get()).ok_or(ArithmeticError::Overflow)?;
        ensure!(terms.deadline <= latest, Error::<T>::LifeTooLong);
        let decided_from = match &terms.execution {
            Execution::ByManager { manager_by, .. } => terms.settle_from.max(*manager_by),
            Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => terms.settle_from,
        };
        let earliest_end = decided_from.checked_add(T::MinSettleTime::get()).ok_or(ArithmeticError::Overflow)?;
        // Across two networks nothing settles that is not committed, and nothing commits from `reserve_by` on.
        let limit = if terms.two_networks.is_some() { terms.reserve_by } else { terms.deadline };
        ensure!(earliest_end <= limit, Error::<T>::NoTimeToSettle);
        Ok(())
    }

    /// Fails unless the other network of the terms is the open counterpart, and at least its minimum settlement window
    /// lies between `from` and the pay deadline. Terms of one network always pass.
    pub(crate) fn check_counterpart(terms: &Terms, from: Moment) -> DispatchResult {
        let Some(two) = &terms.two_networks else { return Ok(()) };
        let other = terms.genesis(two.commit_on).ok_or(Error::<T>::BadTerms(TermsFault::BadNetworks))?;
        ensure!(T::Counterpart::is_open_for(other), Error::<T>::CounterpartNotOpen);
        let earliest = from.checked_add(T::Counterpart::min_settle_window()).ok_or(ArithmeticError::Overflow)?;
        ensure!(earliest <= two.pay_deadline, Error::<T>::WindowTooShort);
        Ok(())
    }

    pub(crate) fn check_manager(terms: &Terms) -> DispatchResult {
        match &terms.execution {
            Execution::ByManager { manager, .. } => {
                let standing = T::Directory::standing(manager).ok_or(Error::<T>::ManagerNotFound)?;
                ensure!(standing.is_active_as(Role::SettlementManager), Error::<T>::ManagerNotFound);
                Ok(())
            }
            Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => Ok(()),
        }
    }

    /// States of all legs of new terms, with the owners of the accounts on this network. Fails unless each owner may
    /// settle, and each asset can be divided into these lots. Legs of the other network are not checked.
    pub(crate) fn check_legs(terms: &Terms) -> Result<BoundedVec<LegState, ConstU32<MAX_LEGS>>, DispatchError> {
        let mut legs = BoundedVec::new();
        let here = terms.holding();
        for leg in &terms.legs {
            let ends = if leg.network == here { Some(Self::check_leg(leg, terms.lots)?) } else { None };
            legs.try_push(LegState { ends, reserved: 0, token: None }).map_err(|_| DispatchError::Exhausted)?;
        }
        Ok(legs)
    }

    fn check_leg(leg: &Leg, lots: Lots) -> Result<Ends, DispatchError> {
        let asset = T::Directory::asset(&leg.asset).filter(|asset| !asset.delisted);
        let asset = asset.ok_or(Error::<T>::AssetNotFound)?;
        let unit = match asset.kind {
            AssetKind::Security => asset.settlement_unit,
            AssetKind::Cash => 1,
        };
        // Cash is divided to its smallest unit; a security only into lots of whole settlement units.
        if unit > 1 {
            let lot = Balance::from(lots).checked_mul(unit);
            // No amount is a multiple of more than the largest one.
            let rest = lot.and_then(|lot| leg.amount.checked_rem(lot));
            ensure!(rest == Some(0), Error::<T>::NotAMultipleOfUnit);
        } else if asset.kind == AssetKind::Security {
            ensure!(leg.amount.checked_rem(lots.into()) == Some(0), Error::<T>::NotAMultipleOfUnit);
        }
        Ok(Ends { giver: Self::party_at(&leg.from)?, receiver: Self::party_at(&leg.to)? })
    }

    fn party_at(account: &AccountId) -> Result<ParticipantId, DispatchError> {
        let standing = T::Directory::standing(account).ok_or(Error::<T>::PartyNotFound)?;
        ensure!(standing.is_active(), Error::<T>::PartyNotActive);
        ensure!(standing.may_settle(), Error::<T>::PartyWithoutRole);
        Ok(standing.participant)
    }

    /// Parties on this network, none of which has affirmed yet. A participant is one party; one that is at both ends of
    /// a leg is a party with each of its accounts in the terms, so that the trade is affirmed for either.
    pub(crate) fn parties_of(
        terms: &Terms,
        states: &[LegState],
    ) -> Result<BoundedVec<Party, ConstU32<MAX_PARTIES>>, DispatchError> {
        let mut parties: BoundedVec<Party, _> = BoundedVec::new();
        let legs = || terms.legs.iter().zip(states).filter_map(|(leg, state)| Some((leg, state.ends?)));
        let is_divided = |owner| legs().any(|(_, ends)| ends.giver == owner && ends.receiver == owner);
        for (account, participant) in legs().flat_map(|(leg, ends)| [(&leg.from, ends.giver), (&leg.to, ends.receiver)])
        {
            let account = is_divided(participant).then(|| account.clone());
            if parties.iter().all(|known: &Party| known.participant != participant || known.account != account) {
                let party = Party {
                    participant,
                    account,
                    affirmed: false,
                    affirmed_itself: false,
                    // Takes any part until it says otherwise: it cannot settle before it has affirmed.
                    policy: Policy::Part,
                    priority: 0,
                    reference: BoundedVec::new(),
                    cancel_until: None,
                };
                parties.try_push(party).map_err(|_| DispatchError::Exhausted)?;
            }
        }
        Ok(parties)
    }

    pub(crate) fn check_policy(policy: &Policy, terms: &Terms) -> DispatchResult {
        ensure!(is_possible(policy, terms), Error::<T>::MinimumNotPossible);
        let whole_only = matches!(terms.execution, Execution::Hashlock { .. });
        ensure!(!whole_only || *policy == Policy::Npar, Error::<T>::PartialWithHashlock);
        Ok(())
    }
}
