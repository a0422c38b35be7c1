//! Instructing, affirming, rejecting, and what each party keeps to itself.

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
    instruction_id, AccountId, AssetKind, Directory, InstructionId, ParticipantId, PartyTerms, Quantity, Standing,
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
        let mut parties = Self::parties_of(&legs)?;
        let affirming =
            parties.iter_mut().find(|known| known.participant == principal).ok_or(Error::<T>::NotAuthorized)?;
        Self::check_policy(&party.policy, &terms)?;
        affirming.affirmed = true;
        let own = OwnTerms::from(party);

        let reference = terms.reference.clone();
        let reserve_by = terms.reserve_by;
        let mut open = Open {
            terms,
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
        open.set_own(principal, own.clone());
        Expiries::<T>::insert(Bucket::of(reserve_by), id, ());
        Self::deposit_event(Event::Instructed {
            id,
            terms: versioned,
            terms_hash,
            by: who,
            participant: principal,
            own,
        });
        for alleged in open.parties.iter().filter(|known| !known.affirmed) {
            Self::deposit_event(Event::InstructionAlleged {
                id,
                participant: alleged.participant,
                reference: reference.clone(),
            });
        }
        Self::match_if_affirmed(id, &mut open)?;
        let next = Self::reserve_own(id, open, &signer, principal, reserve)?;
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
        let known = open.party(principal).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(!known.affirmed, Error::<T>::AlreadyAffirmed);
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        Self::check_policy(&party.policy, &open.terms)?;
        match affirmation {
            Affirmation::Hash(hash) => ensure!(hash == open.terms_hash, Error::<T>::TermsDiffer),
            Affirmation::Terms(versioned) => {
                let hash = versioned.hash();
                let VersionedTerms::V1(theirs) = versioned;
                let is_cash = |asset: &_| T::Directory::asset(asset).is_some_and(|terms| terms.kind == AssetKind::Cash);
                let fields = open.terms.differences(&theirs, is_cash);
                if !fields.is_empty() {
                    let reference = open.terms.reference.clone();
                    Self::deposit_event(Event::MatchFailed { id, participant: principal, fields, reference });
                    return Ok(legs);
                }
                // A term that the comparison did not know would be agreed unseen.
                ensure!(hash == open.terms_hash, Error::<T>::TermsDiffer);
            }
        }
        let own = OwnTerms::from(party);
        if let Some(known) = open.party_mut(principal) {
            known.affirmed = true;
        }
        open.set_own(principal, own.clone());
        Self::deposit_event(Event::Affirmed { id, participant: principal, by: who, own });
        Self::match_if_affirmed(id, &mut open)?;
        let next = Self::reserve_own(id, open, &signer, principal, reserve)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    pub(crate) fn do_set_party(who: AccountId, id: InstructionId, party: PartyTerms) -> DispatchResult {
        let signer = Self::active(&who)?;
        let principal = Self::active_principal(&signer, party.on_behalf_of)?;
        let mut open = Self::load(id)?;
        let known = open.party(principal).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(known.affirmed, Error::<T>::NotAffirmed);
        match open.state {
            State::Proposed | State::Matched => ensure!(open.tranche.0 == 0, Error::<T>::WrongState),
            State::Formed { .. } | State::Executing { .. } => return Err(Error::<T>::WrongState.into()),
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
        }
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        Self::check_policy(&party.policy, &open.terms)?;
        let committed = open.irrevocable();
        ensure!(committed == 0 || known.policy == party.policy, Error::<T>::Irrevocable);
        let now = OwnTerms::from(party);
        let before = open.set_own(principal, now.clone()).ok_or(Error::<T>::NotAuthorized)?;
        Self::deposit_event(Event::PartyChanged { id, participant: principal, old: before, new: now });
        let next = Self::advance(id, open, committed, None)?;
        Instructions::<T>::insert(id, next);
        Ok(())
    }

    fn match_if_affirmed(id: InstructionId, open: &mut Open) -> DispatchResult {
        if open.state == State::Proposed && open.all_affirmed() {
            open.step(Step::AllAffirmed).ok_or(Error::<T>::WrongState)?;
            Self::deposit_event(Event::Matched { id, reference: open.terms.reference.clone() });
        }
        Ok(())
    }

    /// Reserves every leg that the principal gives and the signer may move, then does what follows from it.
    fn reserve_own(
        id: InstructionId,
        mut open: Open,
        signer: &Standing,
        principal: ParticipantId,
        reserve: Option<Quantity>,
    ) -> Result<Instruction, DispatchError> {
        let mut passed = None;
        if let Some(quantity) = reserve {
            let given = open.local().filter(|(_, _, _, ends)| ends.giver == principal);
            let own: Vec<_> = given.map(|(index, leg, _, _)| (index, leg.asset.clone())).collect();
            for (index, asset) in own {
                if T::Directory::may_move(signer, principal, &asset) {
                    passed = Self::reserve_leg(id, &mut open, index, quantity)?;
                }
            }
        }
        // Matching itself can make a covered part irrevocable, so nothing counts as committed before.
        Self::advance(id, open, 0, passed)
    }
}
