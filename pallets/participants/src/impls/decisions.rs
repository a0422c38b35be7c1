//! Proposals: how a body approves a call, and how the call is enacted at once or after a delay, withdrawn or vetoed.

use crate::{
    decisions::{
        Act, Approval, Approvals, Body, ClassifyAct, Delay, Plan, Proposal, ProposalState, APPROVAL_ROOM,
        MAX_PROPOSALS_EACH,
    },
    Accounts, Config, EnactmentDelay, Error, Event, Origin, Pallet, Proposals, WeightInfo,
};
use codec::Encode;
use polkadot_sdk::*;

use frame_support::{
    dispatch::{DispatchClass, DispatchResultWithPostInfo, GetDispatchInfo},
    ensure,
    traits::{fungibles::roles::Inspect, Get},
    weights::Weight,
};
use frame_system::RawOrigin;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, CallHash, Moment, Role, Status};

/// Maximum number of reads to find the kind of act of one call: an account and its participant.
const READS_OF_ONE: u64 = 2;

/// Number of accounts that an approval or an enactment reads beyond the two with which the calls were measured.
const MORE_ACCOUNTS: u64 = 8;

impl<T: Config> Pallet<T> {
    /// Hash under which a call is proposed: `blake2_256` of its SCALE encoding.
    pub fn call_hash(call: &T::RuntimeCall) -> CallHash {
        call.using_encoded(blake2_256).into()
    }

    /// Weight and dispatch class of `approve` or `enact` with this call: the weight `own` of the step itself, for the
    /// call's length, and that of the call.
    ///
    /// The class is that of the decision, whatever the class of the call inside is.
    pub(crate) fn weight_of_enactment(
        body: Body,
        call: &T::RuntimeCall,
        own: fn(u32) -> Weight,
    ) -> (Weight, DispatchClass) {
        let info = call.get_dispatch_info();
        (Self::own_weight(call, own).saturating_add(info.call_weight), Self::class_of(body))
    }

    /// Dispatch class of all steps of a decision of this body: `Operational`, for which a part of every block is kept,
    /// if operator and regulator alone decide.
    pub(crate) fn class_of(body: Body) -> DispatchClass {
        match body {
            Body::Operator | Body::Regulator | Body::OperatorAndRegulator | Body::OperatorAndOneRegulator => {
                DispatchClass::Operational
            }
            // Issuers take part in it, and are many.
            Body::IssuerAndRegulator => DispatchClass::Normal,
        }
    }

    fn own_weight(call: &T::RuntimeCall, own: fn(u32) -> Weight) -> Weight {
        let reads = u64::from(T::Acts::looks_at(call)).saturating_mul(READS_OF_ONE).saturating_add(MORE_ACCOUNTS);
        own(call.encoded_size() as u32).saturating_add(T::DbWeight::get().reads(reads))
    }

    fn lapse(from: Moment) -> Result<Moment, ArithmeticError> {
        from.checked_add(T::ProposalLife::get()).ok_or(ArithmeticError::Overflow)
    }

    fn proposal(body: Body, hash: CallHash) -> Result<Proposal, DispatchError> {
        let found = Proposals::<T>::get(body).into_iter().find(|proposal| proposal.hash == hash);
        found.ok_or(Error::<T>::ProposalNotFound.into())
    }

    fn store_proposal(body: Body, proposal: Proposal) {
        Proposals::<T>::mutate(body, |proposals| {
            if let Some(stored) = proposals.iter_mut().find(|stored| stored.hash == proposal.hash) {
                *stored = proposal;
            }
        });
    }

    fn remove_proposal(body: Body, hash: CallHash) {
        Proposals::<T>::mutate_exists(body, |stored| {
            let mut proposals = stored.take().unwrap_or_default();
            proposals.retain(|proposal| proposal.hash != hash);
            *stored = (!proposals.is_empty()).then_some(proposals);
        });
    }

    /// Role for which `who` would count in the body beside those that have approved. Fails if it has none, has approved
    /// already, or its role is full.
    ///
    /// Each role has room for [`APPROVAL_ROOM`] times its quorum, so that a complete body stays complete when one
    /// account takes its approval back. No account proposes as the issuer: whoever creates assets could otherwise fill
    /// the list of proposals.
    fn place_in(body: Body, approvals: &[Approval], who: &AccountId) -> Result<Role, DispatchError> {
        let counts = |role: Role| Self::acts_as(who, role) && !(role == Role::Issuer && approvals.is_empty());
        ensure!(body.quorum().iter().any(|(role, _)| counts(*role)), Error::<T>::NotAuthorized);
        ensure!(approvals.iter().all(|approval| approval.account != *who), Error::<T>::OwnProposal);
        let free = |times: u32| {
            body.quorum().iter().find(|(role, needed)| {
                let have = approvals.iter().filter(|approval| approval.role == *role).count();
                counts(*role) && have < needed.saturating_mul(times) as usize
            })
        };
        free(1).or_else(|| free(APPROVAL_ROOM)).map(|(role, _)| *role).ok_or(Error::<T>::AlreadyApproved.into())
    }

    /// True if each role of the body has the approvals that it needs, of accounts that are active in that role now.
    fn is_complete(body: Body, approvals: &[Approval]) -> bool {
        body.quorum().iter().all(|(role, needed)| {
            let acting = |approval: &&Approval| approval.role == *role && Self::acts_as(&approval.account, *role);
            approvals.iter().filter(acting).count() >= *needed as usize
        })
    }

    pub(crate) fn do_propose(who: AccountId, body: Body, hash: CallHash) -> DispatchResult {
        let role = Self::place_in(body, &[], &who)?;
        let until = Self::lapse(Self::now())?;
        let mut approvals = Approvals::default();
        approvals.try_push(Approval { account: who.clone(), role }).map_err(|_| Error::<T>::TooManyProposals)?;
        Proposals::<T>::try_mutate(body, |proposals| -> DispatchResult {
            ensure!(proposals.iter().all(|proposal| proposal.hash != hash), Error::<T>::ProposalAlreadyExists);
            let own = proposals.iter().filter(|proposal| proposal.by == who).count();
            ensure!(own < MAX_PROPOSALS_EACH as usize, Error::<T>::TooManyProposals);
            let proposal = Proposal { hash, by: who.clone(), approvals, state: ProposalState::Proposed, until };
            proposals.try_push(proposal).map_err(|_| Error::<T>::TooManyProposals)?;
            Ok(())
        })?;
        Self::deposit_event(Event::Proposed { body, hash, by: who, until });
        Ok(())
    }

    pub(crate) fn do_approve(who: AccountId, body: Body, call: T::RuntimeCall) -> DispatchResultWithPostInfo {
        let hash = Self::call_hash(&call);
        let mut proposal = Self::proposal(body, hash)?;
        let now = Self::now();
        ensure!(now < proposal.until, Error::<T>::ProposalExpired);
        let act = T::Acts::act(&call);
        let plan = Plan::of(body, act).ok_or(Error::<T>::WrongBody)?;
        // An account that no longer acts has approved nothing, and leaves its place to another.
        proposal
            .approvals
            .retain(|approval| approval.account == who || Self::acts_as(&approval.account, approval.role));
        let role = Self::place_in(body, &proposal.approvals, &who)?;
        if let (Role::Issuer, Act::ClawBack(asset)) = (role, act) {
            let owns = T::AssetOwners::owner(asset).is_some_and(|owner| owner == who);
            ensure!(owns, Error::<T>::NotIssuer);
        }
        let approval = Approval { account: who.clone(), role };
        proposal.approvals.try_push(approval).map_err(|_| Error::<T>::AlreadyApproved)?;

        let own = Self::own_weight(&call, T::WeightInfo::approve);
        // One more while the delay runs lengthens nothing.
        let waits = proposal.state != ProposalState::Proposed;
        if waits || !Self::is_complete(body, &proposal.approvals) {
            Self::deposit_event(Event::ApprovalAdded { body, hash, by: who, role });
            Self::store_proposal(body, proposal);
            return Ok(Some(own).into());
        }
        let delay = match plan.delay {
            Delay::None => 0,
            Delay::Enactment => EnactmentDelay::<T>::get(),
            Delay::Estate => T::EstateDelay::get(),
        };
        let enact_after = now.checked_add(delay).ok_or(ArithmeticError::Overflow)?;
        let approvals = proposal.approvals.clone();
        Self::deposit_event(Event::Approved { body, hash, approvals, enact_after, veto: plan.veto });
        if delay == 0 {
            return Self::dispatch_approved(body, plan, proposal, call, own);
        }
        proposal.until = Self::lapse(enact_after)?;
        proposal.state = ProposalState::Approved { enact_after, veto: plan.veto };
        Self::store_proposal(body, proposal);
        Ok(Some(own).into())
    }

    pub(crate) fn do_enact(who: AccountId, body: Body, call: T::RuntimeCall) -> DispatchResultWithPostInfo {
        Self::acting(&who)?;
        let proposal = Self::proposal(body, Self::call_hash(&call))?;
        let ProposalState::Approved { enact_after, .. } = proposal.state else {
            return Err(Error::<T>::NotApproved.into());
        };
        let now = Self::now();
        ensure!(now >= enact_after, Error::<T>::TooEarly);
        ensure!(now < proposal.until, Error::<T>::ProposalExpired);
        ensure!(Self::is_complete(body, &proposal.approvals), Error::<T>::ProposerLapsed);
        let plan = Plan::of(body, T::Acts::act(&call)).ok_or(Error::<T>::WrongBody)?;
        let own = Self::own_weight(&call, T::WeightInfo::enact);
        Self::dispatch_approved(body, plan, proposal, call, own)
    }

    /// Removes the proposal and dispatches its call once, in a storage layer of its own: if the call fails, only its
    /// own changes are undone, and the event `Enacted` has the error.
    fn dispatch_approved(
        body: Body,
        plan: Plan,
        proposal: Proposal,
        call: T::RuntimeCall,
        own: Weight,
    ) -> DispatchResultWithPostInfo {
        let hash = proposal.hash;
        Self::remove_proposal(body, hash);
        let origin = if plan.as_root {
            RawOrigin::Root.into()
        } else {
            let issuer = proposal.approvals.into_iter().find(|approval| approval.role == Role::Issuer);
            Origin::Approved { body, issuer: issuer.map(|approval| approval.account) }.into()
        };
        let declared = call.get_dispatch_info().call_weight;
        let (post, result) = match call.dispatch(origin) {
            Ok(post) => (post, Ok(())),
            Err(failed) => (failed.post_info, Err(failed.error)),
        };
        Self::deposit_event(Event::Enacted { body, hash, result });
        Ok(Some(own.saturating_add(post.actual_weight.unwrap_or(declared))).into())
    }

    /// Removes the approval of `who` from the proposal. If the body is no longer complete, the call's delay begins anew
    /// once it is.
    fn take_back(who: &AccountId, body: Body, mut proposal: Proposal) -> DispatchResult {
        proposal.approvals.retain(|approval| approval.account != *who);
        let hash = proposal.hash;
        if proposal.approvals.is_empty() {
            Self::remove_proposal(body, hash);
            Self::deposit_event(Event::Withdrawn { body, hash, by: Some(who.clone()) });
            return Ok(());
        }
        if proposal.state != ProposalState::Proposed && !Self::is_complete(body, &proposal.approvals) {
            proposal.state = ProposalState::Proposed;
            proposal.until = Self::lapse(Self::now())?;
        }
        Self::store_proposal(body, proposal);
        Self::deposit_event(Event::ApprovalWithdrawn { body, hash, by: who.clone() });
        Ok(())
    }

    /// True if the proposal cannot be enacted now, because an account that approved it is no longer active in its role.
    fn is_dead(body: Body, proposal: &Proposal) -> bool {
        let lapsed = |approval: &Approval| !Self::acts_as(&approval.account, approval.role);
        proposal.approvals.iter().any(lapsed) && !Self::is_complete(body, &proposal.approvals)
    }

    /// Takes back the approval of `who`, or removes a proposal that has lapsed or lost an approving account, for an
    /// account of the body. `None` stands for root.
    ///
    /// No other account of the body takes back what stands: it could prevent what the others decide, above all its own
    /// removal.
    pub(crate) fn do_withdraw_proposal(who: Option<AccountId>, body: Body, hash: CallHash) -> DispatchResult {
        let proposal = Self::proposal(body, hash)?;
        match &who {
            None => {}
            Some(who) => {
                let lapsed = Self::now() >= proposal.until;
                let own = |approval: &Approval| approval.account == *who && Self::acts_as(who, approval.role);
                // An approval taken back from a lapsed proposal would let that live on.
                if !lapsed && proposal.approvals.iter().any(own) {
                    return Self::take_back(who, body, proposal);
                }
                let acts = body.quorum().iter().any(|(role, _)| *role != Role::Issuer && Self::acts_as(who, *role));
                ensure!(acts && (lapsed || Self::is_dead(body, &proposal)), Error::<T>::NotAuthorized);
            }
        }
        Self::remove_proposal(body, hash);
        Self::deposit_event(Event::Withdrawn { body, hash, by: who });
        Ok(())
    }

    /// True if `who` may veto a call that waits: it has the role `veto`, or the one role that decided and has not
    /// approved. Its participant may be suspended or sanctioned, because whoever decides could do that to the other
    /// role first.
    fn may_object(who: &AccountId, body: Body, veto: Role, approvals: &[Approval]) -> bool {
        let Some(record) = Accounts::<T>::get(who).filter(|record| record.replaced_by.is_none()) else { return false };
        let objects = match record.status {
            Status::Active | Status::Suspended | Status::Sanctioned => true,
            Status::Revoked => false,
        };
        let has = |role: Role| objects && record.roles.has(role);
        let approved = approvals.iter().any(|approval| approval.account == *who);
        let dissents = match body.quorum() {
            [(role, _)] => has(*role) && !approved,
            _ => false,
        };
        has(veto) || dissents
    }

    pub(crate) fn do_veto(who: AccountId, body: Body, hash: CallHash) -> DispatchResult {
        let proposal = Self::proposal(body, hash)?;
        let ProposalState::Approved { veto: Some(role), .. } = proposal.state else {
            return Err(Error::<T>::NoVeto.into());
        };
        ensure!(Self::may_object(&who, body, role, &proposal.approvals), Error::<T>::NotAuthorized);
        Self::remove_proposal(body, hash);
        Self::deposit_event(Event::Vetoed { body, hash, by: who });
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
