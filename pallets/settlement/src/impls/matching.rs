//! Instructing, affirming, rejecting, and what each party keeps to itself.

use crate::{
    policy::is_possible, Affirmation, Bucket, Config, Ends, Error, Event, Expiries, Instruction, Instructions,
    LegState, Open, OwnTerms, Pallet, Party, Points, Reason, State, Step,
};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get, BoundedVec},
    frame_system,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    instruction_id, AccountId, AssetKind, Balance, Counterpart, Directory, Execution, InstructionId, Leg, Lots, Moment,
    Outcome, ParticipantId, PartyTerms, Policy, Quantity, Role, Standing, Terms, TermsFault, VersionedTerms,
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
        terms.check().map_err(Self::fault)?;
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
        let committed = Self::irrevocable(&open);
        ensure!(committed == 0 || known.policy == party.policy, Error::<T>::Irrevocable);
        let now = OwnTerms::from(party);
        let before = open.set_own(principal, now.clone()).ok_or(Error::<T>::NotAuthorized)?;
        Self::deposit_event(Event::PartyChanged { id, participant: principal, old: before, new: now });
        let next = Self::advance(id, open, committed, None)?;
        Instructions::<T>::insert(id, next);
        Ok(())
    }

    pub(crate) fn do_reject(
        who: AccountId,
        id: InstructionId,
        on_behalf_of: Option<ParticipantId>,
        reason: Reason,
    ) -> Result<u32, DispatchError> {
        let signer = Self::finishing(&who)?;
        let principal = Self::principal(&signer, on_behalf_of)?;
        let open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        let known = open.party(principal).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(!known.affirmed, Error::<T>::AlreadyAffirmed);
        // What not all have affirmed has expired then, whether anybody has looked or not.
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        Self::deposit_event(Event::Rejected { id, participant: principal, reason });
        let next = Self::close(id, open, Outcome::Rejected)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    fn match_if_affirmed(id: InstructionId, open: &mut Open) -> DispatchResult {
        if open.state == State::Proposed && open.all_affirmed() {
            Self::step(open, Step::AllAffirmed)?;
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

    fn check_times(terms: &Terms, now: u64) -> DispatchResult {
        ensure!(now < terms.reserve_by && now < terms.deadline, Error::<T>::TooLate);
        let latest = now.checked_add(T::MaxInstructionLife::get()).ok_or(Error::<T>::ArithmeticFailure)?;
        ensure!(terms.deadline <= latest, Error::<T>::LifeTooLong);
        Ok(())
    }

    /// Fails unless the other network, if there is one, is the open counterpart and has the least window from this
    /// instant to the pay deadline.
    pub(crate) fn check_counterpart(terms: &Terms, from: Moment) -> DispatchResult {
        let Some(two) = &terms.two_networks else { return Ok(()) };
        let other = terms.genesis(two.commit_on).ok_or(Error::<T>::BadNetworks)?;
        ensure!(T::Counterpart::is_open_for(other), Error::<T>::CounterpartNotOpen);
        let earliest = from.checked_add(T::Counterpart::min_settle_window()).ok_or(Error::<T>::ArithmeticFailure)?;
        ensure!(earliest <= two.pay_deadline, Error::<T>::WindowTooShort);
        Ok(())
    }

    fn check_manager(terms: &Terms) -> DispatchResult {
        match &terms.execution {
            Execution::ByManager { manager, .. } => {
                let standing = T::Directory::standing(manager).ok_or(Error::<T>::ManagerNotFound)?;
                ensure!(standing.is_active_as(Role::SettlementManager), Error::<T>::ManagerNotFound);
                Ok(())
            }
            Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => Ok(()),
        }
    }

    /// The owners of all legs, if every one of them may settle and every asset can be settled in these lots. Of the
    /// other network's legs only that network knows.
    fn check_legs(
        terms: &Terms,
    ) -> Result<BoundedVec<LegState, polkadot_sdk::frame_support::traits::ConstU32<16>>, DispatchError> {
        let mut legs = BoundedVec::new();
        let here = terms.holding();
        for leg in &terms.legs {
            let ends = if leg.network == here { Some(Self::check_leg(leg, terms.lots)?) } else { None };
            legs.try_push(LegState { ends, reserved: 0, token: None }).map_err(|_| Error::<T>::NoLegs)?;
        }
        Ok(legs)
    }

    fn check_leg(leg: &Leg, lots: Lots) -> Result<Ends, DispatchError> {
        let asset = T::Directory::asset(&leg.asset).ok_or(Error::<T>::AssetNotFound)?;
        let unit = match asset.kind {
            AssetKind::Security => asset.settlement_unit,
            AssetKind::Cash => 1,
        };
        // Cash is divided to its smallest unit; a security only into lots of whole settlement units.
        if unit > 1 {
            let lot = Balance::from(lots).checked_mul(unit).ok_or(Error::<T>::ArithmeticFailure)?;
            ensure!(leg.amount.checked_rem(lot) == Some(0), Error::<T>::NotAMultipleOfUnit);
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

    fn parties_of(
        legs: &[LegState],
    ) -> Result<BoundedVec<Party, polkadot_sdk::frame_support::traits::ConstU32<32>>, DispatchError> {
        let mut parties: BoundedVec<Party, _> = BoundedVec::new();
        for participant in legs.iter().filter_map(|leg| leg.ends).flat_map(|ends| [ends.giver, ends.receiver]) {
            if parties.iter().all(|known: &Party| known.participant != participant) {
                parties
                    .try_push(Party {
                        participant,
                        affirmed: false,
                        // Takes any part until it says otherwise: it cannot settle before it has affirmed.
                        policy: Policy::Part,
                        priority: 0,
                        reference: BoundedVec::new(),
                        cancel_until: None,
                    })
                    .map_err(|_| Error::<T>::TooManyParties)?;
            }
        }
        Ok(parties)
    }

    fn check_policy(policy: &Policy, terms: &Terms) -> DispatchResult {
        ensure!(is_possible(policy, terms), Error::<T>::MinimumNotPossible);
        let whole_only = matches!(terms.execution, Execution::Hashlock { .. });
        ensure!(!whole_only || *policy == Policy::Npar, Error::<T>::PartialWithHashlock);
        Ok(())
    }

    fn fault(fault: TermsFault) -> Error<T> {
        match fault {
            TermsFault::NoLegs => Error::NoLegs,
            TermsFault::AmountBelowLots => Error::AmountBelowLots,
            TermsFault::LegToItself => Error::LegToItself,
            TermsFault::NoLots => Error::NoLots,
            TermsFault::TimesOutOfOrder => Error::TimesOutOfOrder,
            TermsFault::NoTimeForTokens => Error::NoTimeForTokens,
            TermsFault::ManagerTooLate => Error::ManagerTooLate,
            TermsFault::BadReference => Error::BadReference,
            TermsFault::BadNetworks => Error::BadNetworks,
            TermsFault::UnknownNetwork => Error::UnknownNetwork,
            TermsFault::NetworkWithoutLeg => Error::NetworkWithoutLeg,
            TermsFault::PayDeadlineOutOfOrder => Error::PayDeadlineOutOfOrder,
            TermsFault::NotOnTwoNetworks => Error::NotOnTwoNetworks,
        }
    }

    /// The lots that a tranche needs and nobody can take back: those of the formed one, or of the largest that could.
    /// None while a party holds it back: otherwise its flag would be an option on what the others have reserved. Across
    /// two networks none before `commit`: nothing binds the other side until then.
    pub(crate) fn irrevocable(open: &Open) -> Lots {
        if open.state == State::Matched && open.is_across() {
            0
        } else {
            Self::next_part(open)
        }
    }

    /// The lots of the formed tranche, or of the largest that could form; 0 if none could, or a party holds it back.
    pub(crate) fn next_part(open: &Open) -> Lots {
        match open.state {
            State::Proposed => 0,
            State::Matched if open.is_held() => 0,
            State::Matched => crate::policy::parts_of(open).largest(open.covered()).unwrap_or(0),
            State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => lots,
        }
    }

    /// Takes the step, or fails without having changed anything.
    pub(crate) fn step(open: &mut Open, step: Step) -> DispatchResult {
        open.state = open.state.after(step).ok_or(Error::<T>::WrongState)?;
        Ok(())
    }
}
