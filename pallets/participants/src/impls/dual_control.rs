//! Two accounts of a role together.

use crate::{
    types::{Proposal, ProposalState, MAX_PROPOSALS_EACH},
    Config, EnactmentDelay, Error, Event, Origin, Pallet, Proposals, WeightInfo,
};
use codec::Encode;
use polkadot_sdk::*;

use frame_support::{
    dispatch::{DispatchClass, DispatchResultWithPostInfo, GetDispatchInfo},
    ensure,
    traits::Get,
    weights::Weight,
};
use frame_system::RawOrigin;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, ArithmeticError, DispatchResult};
use tandem_primitives::{AccountId, CallHash, Moment, Role};

impl<T: Config> Pallet<T> {
    /// The hash under which a call is proposed.
    pub fn call_hash(call: &T::RuntimeCall) -> CallHash {
        call.using_encoded(blake2_256).into()
    }

    /// A call under dual control weighs what it does and what it takes to hash it.
    pub(crate) fn weight_of_enactment(call: &T::RuntimeCall, own: fn(u32) -> Weight) -> (Weight, DispatchClass) {
        let info = call.get_dispatch_info();
        (own(call.encoded_size() as u32).saturating_add(info.call_weight), info.class)
    }

    fn lapse(from: Moment) -> Result<Moment, ArithmeticError> {
        from.checked_add(T::ProposalLife::get()).ok_or(ArithmeticError::Overflow)
    }

    fn proposal(role: Role, hash: CallHash) -> Option<Proposal> {
        Proposals::<T>::get(role).into_iter().find(|proposal| proposal.hash == hash)
    }

    fn remove_proposal(role: Role, hash: CallHash) {
        Proposals::<T>::mutate_exists(role, |stored| {
            let mut proposals = stored.take().unwrap_or_default();
            proposals.retain(|proposal| proposal.hash != hash);
            *stored = (!proposals.is_empty()).then_some(proposals);
        });
    }

    pub(crate) fn do_propose(who: AccountId, role: Role, hash: CallHash) -> DispatchResult {
        ensure!(Self::acts_as(&who, role), Error::<T>::NotAuthorized);
        let until = Self::lapse(Self::now())?;
        Proposals::<T>::try_mutate(role, |proposals| -> DispatchResult {
            ensure!(proposals.iter().all(|proposal| proposal.hash != hash), Error::<T>::ProposalAlreadyExists);
            let own = proposals.iter().filter(|proposal| proposal.by == who).count();
            ensure!(own < MAX_PROPOSALS_EACH as usize, Error::<T>::TooManyProposals);
            let proposal = Proposal { hash, by: who.clone(), state: ProposalState::Proposed, until };
            proposals.try_push(proposal).map_err(|_| Error::<T>::TooManyProposals)?;
            Ok(())
        })?;
        Self::deposit_event(Event::Proposed { role, hash, by: who, until });
        Ok(())
    }

    pub(crate) fn do_approve(who: AccountId, role: Role, call: T::RuntimeCall) -> DispatchResultWithPostInfo {
        ensure!(Self::acts_as(&who, role), Error::<T>::NotAuthorized);
        let hash = Self::call_hash(&call);
        let proposal = Self::proposal(role, hash).ok_or(Error::<T>::ProposalNotFound)?;
        ensure!(proposal.state == ProposalState::Proposed, Error::<T>::AlreadyApproved);
        ensure!(proposal.by != who, Error::<T>::OwnProposal);
        let now = Self::now();
        ensure!(now < proposal.until, Error::<T>::ProposalExpired);
        ensure!(Self::acts_as(&proposal.by, role), Error::<T>::ProposerLapsed);

        // The delay is there for what root can do: it gives everybody time to see an upgrade coming.
        let delay = if role == Role::Operator { EnactmentDelay::<T>::get() } else { 0 };
        let enact_after = now.checked_add(delay).ok_or(ArithmeticError::Overflow)?;
        let (proposed_by, approved_by) = (proposal.by.clone(), who.clone());
        Self::deposit_event(Event::Approved { role, hash, proposed_by, approved_by, enact_after });
        let own = T::WeightInfo::approve(call.encoded_size() as u32);
        if delay == 0 {
            return Self::dispatch_approved(role, hash, call, own);
        }
        let until = Self::lapse(enact_after)?;
        let state = ProposalState::Approved { by: who, enact_after };
        Proposals::<T>::mutate(role, |proposals| {
            if let Some(stored) = proposals.iter_mut().find(|stored| stored.hash == hash) {
                *stored = Proposal { state, until, ..proposal };
            }
        });
        Ok(Some(own).into())
    }

    pub(crate) fn do_enact(who: AccountId, role: Role, call: T::RuntimeCall) -> DispatchResultWithPostInfo {
        Self::acting(&who)?;
        let hash = Self::call_hash(&call);
        let proposal = Self::proposal(role, hash).ok_or(Error::<T>::ProposalNotFound)?;
        let ProposalState::Approved { by, enact_after } = proposal.state else {
            return Err(Error::<T>::NotApproved.into());
        };
        let now = Self::now();
        ensure!(now >= enact_after, Error::<T>::TooEarly);
        ensure!(now < proposal.until, Error::<T>::ProposalExpired);
        let still = Self::acts_as(&proposal.by, role) && Self::acts_as(&by, role);
        ensure!(still, Error::<T>::ProposerLapsed);
        let own = T::WeightInfo::enact(call.encoded_size() as u32);
        Self::dispatch_approved(role, hash, call, own)
    }

    /// Dispatches a call once. It has a storage layer of its own, so its failure undoes only itself: the record of it
    /// stays in the event.
    fn dispatch_approved(role: Role, hash: CallHash, call: T::RuntimeCall, own: Weight) -> DispatchResultWithPostInfo {
        Self::remove_proposal(role, hash);
        let origin = match role {
            Role::Operator => RawOrigin::Root.into(),
            _ => Origin::Approved(role).into(),
        };
        let declared = call.get_dispatch_info().call_weight;
        let (post, result) = match call.dispatch(origin) {
            Ok(post) => (post, Ok(())),
            Err(failed) => (failed.post_info, Err(failed.error)),
        };
        Self::deposit_event(Event::Enacted { role, hash, result });
        Ok(Some(own.saturating_add(post.actual_weight.unwrap_or(declared))).into())
    }

    /// Whether an account of the role may take this proposal back before it lapses.
    ///
    /// Those who took part may. Anybody else of the role could prevent what two others decide, the removal of its own
    /// account above all; but where one of the two no longer acts nothing comes of it, and it only takes up room.
    fn may_withdraw(who: &AccountId, role: Role, proposal: &Proposal) -> bool {
        let approver = match &proposal.state {
            ProposalState::Proposed => None,
            ProposalState::Approved { by, .. } => Some(by),
        };
        let mut took_part = core::iter::once(&proposal.by).chain(approver);
        Self::acts_as(who, role) && took_part.any(|account| account == who || !Self::acts_as(account, role))
    }

    /// `None` stands for root.
    pub(crate) fn do_withdraw_proposal(who: Option<AccountId>, role: Role, hash: CallHash) -> DispatchResult {
        let proposal = Self::proposal(role, hash).ok_or(Error::<T>::ProposalNotFound)?;
        if let Some(who) = &who {
            if Self::now() < proposal.until {
                ensure!(Self::may_withdraw(who, role, &proposal), Error::<T>::NotAuthorized);
            } else {
                Self::acting(who)?;
            }
        }
        Self::remove_proposal(role, hash);
        Self::deposit_event(Event::Withdrawn { role, hash, by: who });
        Ok(())
    }

    pub(crate) fn do_set_enactment_delay(new: Moment) -> DispatchResult {
        ensure!(new <= T::MaxEnactmentDelay::get(), Error::<T>::DelayTooLong);
        let old = EnactmentDelay::<T>::get();
        EnactmentDelay::<T>::put(new);
        Self::deposit_event(Event::EnactmentDelayChanged { old, new });
        Ok(())
    }
}
