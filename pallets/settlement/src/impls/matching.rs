//! Instructing, affirming, and changing the values that each party sets for itself.

use super::access::Act;
use crate::{
    Affirmation, Bucket, Config, Error, Event, Expiries, Instruction, Instructions, Open, OwnTerms, Pallet, Points,
    State, Step,
};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, BoundedVec},
    frame_system,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    instruction_id, AccountId, AssetKind, Directory, InstructionId, LegIndex, PartyTerms, Quantity, Standing,
    VersionedTerms,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_instruct(
        who: AccountId,
        versioned: VersionedTerms,
        party: PartyTerms,
        reserve: Option<Quantity>,
    ) -> Result<InstructionId, DispatchError> {
        let signer = Self::active(&who)?;
        let principal = Self::principal(&signer, party.on_behalf_of)?;
        let now = Self::now();
        let genesis = frame_system::Pallet::<T>::block_hash(
            polkadot_sdk::frame_system::pallet_prelude::BlockNumberFor::<T>::from(0u32),
        );
        let terms_hash = versioned.hash();
        let id = instruction_id(genesis, &who, terms_hash);
        ensure!(!Instructions::<T>::contains_key(id), Error::<T>::AlreadyExists);

        let VersionedTerms::V1(terms) = versioned.clone();
        terms.check().map_err(Error::<T>::BadTerms)?;
        ensure!(terms.genesis(terms.holding()) == Some(genesis), Error::<T>::OtherNetwork);
        Self::check_counterpart(&terms, terms.reserve_by)?;
        Self::check_times(&terms, now)?;
        Self::check_manager(&terms)?;
        let legs = Self::check_legs(&terms)?;
        let parties = Self::parties_of(&terms, &legs)?;
        Self::check_policy(&party.policy, &terms)?;
        let first_look = Self::first_look(&terms, now);
        let mut open = Open {
            terms: versioned.clone(),
            terms_hash,
            instructing: who.clone(),
            parties,
            legs,
            state: State::Proposed,
            settled: 0,
            tranche: 0.into(),
            flags: BoundedVec::new(),
            points: Points { entered: Self::block(), ..Points::default() },
        };
        let place = Self::agreeing(&open, &signer, principal, party.account.as_ref(), &who)?;
        Self::ensure_may_agree(&signer, &open, place)?;
        let own = OwnTerms::from(party);
        let account = Self::agree(&mut open, &signer, place, own.clone())?;
        Expiries::<T>::insert(Bucket::of(first_look), (principal, id), ());
        Self::deposit_event(Event::Instructed {
            id,
            terms: versioned,
            terms_hash,
            by: who.clone(),
            participant: principal,
            account,
            own,
        });
        for alleged in open.parties.iter().filter(|known| !known.affirmed) {
            Self::deposit_event(Event::InstructionAlleged {
                id,
                participant: alleged.participant,
                account: alleged.account.clone(),
                by: who.clone(),
                reference: open.terms.reference.clone(),
            });
        }
        let act = Act::of(id, &who);
        Self::match_if_affirmed(&act, &mut open)?;
        let next = Self::reserve_own(&act, open, &who, &signer, place, reserve)?;
        Instructions::<T>::insert(id, next);
        Ok(id)
    }

    pub(crate) fn do_affirm(
        who: AccountId,
        id: InstructionId,
        affirmation: Affirmation,
        party: PartyTerms,
        reserve: Option<Quantity>,
    ) -> Result<u32, DispatchError> {
        let signer = Self::active(&who)?;
        let principal = Self::active_principal(&signer, party.on_behalf_of)?;
        let mut open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        let place = Self::agreeing(&open, &signer, principal, party.account.as_ref(), &who)?;
        let known = open.parties.get(place).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(!known.affirmed, Error::<T>::AlreadyAffirmed);
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        Self::ensure_nobody_sanctioned(&open)?;
        Self::ensure_all_listed(&open)?;
        Self::check_policy(&party.policy, &open.terms)?;
        let reference = open.terms.reference.clone();
        match affirmation {
            Affirmation::Hash(hash) => ensure!(hash == open.terms_hash, Error::<T>::TermsDiffer),
            Affirmation::Terms(versioned) => {
                let hash = versioned.hash();
                let VersionedTerms::V1(theirs) = versioned;
                let is_cash = |asset: &_| T::Directory::asset(asset).is_some_and(|terms| terms.kind == AssetKind::Cash);
                let fields = open.terms.differences(&theirs, is_cash);
                if !fields.is_empty() {
                    let (participant, account) = (principal, known.account.clone());
                    Self::deposit_event(Event::MatchFailed { id, participant, account, fields, by: who, reference });
                    return Ok(legs);
                }
                // A term that the comparison did not know would be agreed unseen.
                ensure!(hash == open.terms_hash, Error::<T>::TermsDiffer);
            }
        }
        let own = OwnTerms::from(party);
        Self::ensure_may_agree(&signer, &open, place)?;
        let account = Self::agree(&mut open, &signer, place, own.clone())?;
        let (participant, by) = (principal, who.clone());
        Self::deposit_event(Event::Affirmed { id, participant, account, by, own, reference });
        let act = Act::of(id, &who);
        Self::match_if_affirmed(&act, &mut open)?;
        let next = Self::reserve_own(&act, open, &who, &signer, place, reserve)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    pub(crate) fn do_set_party(who: AccountId, id: InstructionId, party: PartyTerms) -> Result<u32, DispatchError> {
        let signer = Self::active(&who)?;
        let principal = Self::active_principal(&signer, party.on_behalf_of)?;
        let mut open = Self::load(id)?;
        let place = Self::agreeing(&open, &signer, principal, party.account.as_ref(), &who)?;
        let known = open.parties.get(place).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(known.affirmed, Error::<T>::NotAffirmed);
        Self::ensure_may_agree(&signer, &open, place)?;
        match open.state {
            State::Proposed | State::Matched => ensure!(open.tranche.0 == 0, Error::<T>::WrongState),
            State::Formed { .. } | State::Executing { .. } => return Err(Error::<T>::WrongState.into()),
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
        }
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        // A looser policy can form a tranche, and nothing forms with a sanctioned party.
        Self::ensure_nobody_sanctioned(&open)?;
        Self::ensure_all_listed(&open)?;
        Self::check_policy(&party.policy, &open.terms)?;
        let committed = open.irrevocable();
        ensure!(committed == 0 || known.policy == party.policy, Error::<T>::Irrevocable);
        let account = known.account.clone();
        let new = OwnTerms::from(party);
        let old = open.set_own(place, new.clone()).ok_or(Error::<T>::NotAuthorized)?;
        let act = Act::of(id, &who);
        let (participant, reference) = (principal, open.terms.reference.clone());
        Self::deposit_event(Event::PartyChanged { id, participant, account, old, new, by: who, reference });
        let legs = open.legs.len() as u32;
        let next = Self::advance(&act, open, committed, None)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Records that the party at index `place` has affirmed, with its own values. Returns the account that is this
    /// party, if its participant is a party with each of its accounts.
    fn agree(
        open: &mut Open,
        signer: &Standing,
        place: usize,
        own: OwnTerms,
    ) -> Result<Option<AccountId>, DispatchError> {
        open.set_own(place, own).ok_or(Error::<T>::NotAuthorized)?;
        let party = open.parties.get_mut(place).ok_or(Error::<T>::NotAuthorized)?;
        party.affirmed = true;
        party.affirmed_itself = party.participant == signer.participant;
        party.cancel_until = None;
        Ok(party.account.clone())
    }

    fn match_if_affirmed(act: &Act, open: &mut Open) -> DispatchResult {
        if open.state == State::Proposed && open.all_affirmed() {
            open.step(Step::AllAffirmed).ok_or(Error::<T>::WrongState)?;
            let (by, reference) = (act.by.clone(), open.terms.reference.clone());
            Self::deposit_event(Event::Matched { id: act.id, by, reference });
        }
        Ok(())
    }

    /// Reserves `quantity`, if any, of every leg that the party at index `place` gives and the signer may move, and
    /// then forms a tranche if the whole is complete.
    fn reserve_own(
        act: &Act,
        mut open: Open,
        who: &AccountId,
        signer: &Standing,
        place: usize,
        reserve: Option<Quantity>,
    ) -> Result<Instruction, DispatchError> {
        let mut passed = None;
        if let Some(quantity) = reserve {
            let party = open.parties.get(place).ok_or(Error::<T>::NotAuthorized)?;
            let given = open.local().filter(|(_, leg, _, ends)| party.is(ends.giver, &leg.from));
            let own: Vec<LegIndex> = given.map(|(index, _, _, _)| index).collect();
            for index in own {
                if Self::ensure_may_give(who, signer, &open, index).is_ok() {
                    Self::ensure_nothing_passed(passed)?;
                    passed = Self::reserve_leg(act.id, who, &mut open, signer, index, quantity)?;
                }
            }
        }
        // Matching itself can make a covered part irrevocable, so nothing counts as committed before.
        Self::advance(act, open, 0, passed)
    }
}
