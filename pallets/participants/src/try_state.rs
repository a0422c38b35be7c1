//! Checks of the pallet's invariants. The error messages name them by their numbers in the README.

use crate::{
    decisions::{Body, Proposal, ProposalState, APPROVAL_ROOM, MAX_PROPOSALS_EACH},
    impls::MAX_RANK,
    mandates::{Change, Place, Request, MAX_REQUESTS_EACH},
    types::AssetCode,
    Accounts, Agents, AssetRegistry, Config, DayUses, Delisted, EnactmentDelay, FreezeReason, Giving, Governors, Isins,
    Leis, Licences, ListingRequests, Mandates, NextLicence, NextParticipant, NextPlace, Pallet, Participants, Places,
    Proposals, Quota, Recovering, Registrations, Requests, RetiredAssets, RightsDelay, Services,
};
use alloc::{collections::BTreeSet, vec::Vec};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungible::InspectFreeze, fungibles::roles::Inspect as _, Contains, Get},
};
use sp_runtime::TryRuntimeError;
use tandem_primitives::{AccountId, Balance, ParticipantId, Rights, Role, Roles, Status};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of the pallet; the error names the first that is broken.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_accounts()?;
        Self::check_participants()?;
        Self::check_agents_and_services()?;
        Self::check_mandates()?;
        Self::check_requests()?;
        Self::check_assets()?;
        ensure!(Recovering::<T>::get().is_none(), "P7: a recovery is left open");
        for participant in Quota::<T>::iter_keys() {
            ensure!(Participants::<T>::contains_key(participant), "P13: counters belong to no participant");
        }
        Self::check_proposals()?;
        Self::check_governors()?;
        Self::check_licences()?;
        Self::check_places()?;
        Self::check_delays()
    }

    fn check_proposals() -> Result<(), TryRuntimeError> {
        for body in Body::ALL {
            let proposals = Proposals::<T>::get(body);
            for (at, proposal) in proposals.iter().enumerate() {
                let again = proposals.iter().skip(at.saturating_add(1)).any(|other| other.hash == proposal.hash);
                ensure!(!again, "P8: a call is proposed twice under one body");
                let own = proposals.iter().filter(|other| other.by == proposal.by).count();
                ensure!(own <= MAX_PROPOSALS_EACH as usize, "P8: an account has more than its share of proposals");
                for (role, needed) in body.quorum() {
                    let have = proposal.approvals.iter().filter(|approval| approval.role == *role).count();
                    // As many again may approve: they take the place of those that think better of it.
                    let room = needed.saturating_mul(APPROVAL_ROOM) as usize;
                    ensure!(have <= room, "P8: a call has more approvals than there is room for");
                }
                Self::check_proposal(body, proposal)?;
                let mut accounts: Vec<_> = proposal.approvals.iter().map(|approval| &approval.account).collect();
                accounts.sort();
                accounts.dedup();
                ensure!(accounts.len() == proposal.approvals.len(), "P8: an account has approved a call twice");
            }
        }
        Ok(())
    }

    /// Approvals are those of accounts that have had the role, and a call that is approved waits no longer than it may.
    fn check_proposal(body: Body, proposal: &Proposal) -> Result<(), TryRuntimeError> {
        ensure!(!proposal.approvals.is_empty(), "P8: nobody approves a call that waits");
        for approval in &proposal.approvals {
            let counts = body.quorum().iter().any(|(role, _)| *role == approval.role);
            ensure!(counts, "P8: an account approves in a role that the body does not have");
            ensure!(Accounts::<T>::contains_key(&approval.account), "P8: an unknown account has approved a call");
        }
        let now = Self::now();
        match proposal.state {
            ProposalState::Proposed => {
                let latest = now.saturating_add(T::ProposalLife::get());
                ensure!(proposal.until <= latest, "P8: a proposal outlives its life");
            }
            ProposalState::Approved { enact_after, veto } => {
                let longest = T::MaxEnactmentDelay::get().max(T::EstateDelay::get());
                ensure!(enact_after <= now.saturating_add(longest), "P8: an approved call waits longer than it may");
                let life = proposal.until.checked_sub(enact_after);
                ensure!(life == Some(T::ProposalLife::get()), "P8: an approved call has another life than any");
                let objects = veto.is_none_or(|role| matches!(role, Role::Operator | Role::Regulator));
                ensure!(objects, "P8: a role that does not govern may veto a call");
            }
        }
        Ok(())
    }

    /// Delays are those that the runtime allows, and what is counted for the day was counted of an account that is known.
    fn check_delays() -> Result<(), TryRuntimeError> {
        ensure!(RightsDelay::<T>::get() <= T::UsualRightsDelay::get(), "P14: the delay of rights is too long");
        ensure!(EnactmentDelay::<T>::get() <= T::MaxEnactmentDelay::get(), "P14: the enactment delay is too long");
        let today = Self::today();
        for (account, (day, count)) in Registrations::<T>::iter() {
            ensure!(Accounts::<T>::contains_key(&account), "P14: an unknown account has registered participants");
            ensure!(day <= today, "P14: participants were registered on a day to come");
            ensure!(count <= T::DailyRegistrations::get(), "P14: an account has registered more than it may");
        }
        Ok(())
    }

    /// Every place leads to one that is held, in as many steps as its rank allows, by an account in use that knows it.
    fn check_places() -> Result<(), TryRuntimeError> {
        let mut count = 0u32;
        for (place, stored) in Places::<T>::iter() {
            count = count.saturating_add(1);
            ensure!(place < NextPlace::<T>::get(), "P5: a place has a number that was not given yet");
            let (mut root, mut steps) = (stored, 0u8);
            while let Place::Joined(next) = root {
                steps = steps.saturating_add(1);
                ensure!(steps <= MAX_RANK, "P5: places lead in a circle, or too far");
                root = Places::<T>::get(next).ok_or("P5: a place leads nowhere")?;
            }
            let Place::Held { by, rank } = root else { return Err("P5: a place leads nowhere".into()) };
            ensure!(steps <= rank && rank <= MAX_RANK, "P5: a place is farther from its holder than the rank says");
            let holder = Accounts::<T>::get(&by).ok_or("P5: an unknown account holds a place")?;
            ensure!(holder.replaced_by.is_none(), "P5: a replaced account holds a place");
            let own = holder.place.and_then(Self::holder);
            ensure!(own == Some(by), "P5: the holder of a place does not know of it");
        }
        ensure!(count == NextPlace::<T>::get().0, "P5: a place is missing");
        Ok(())
    }

    /// From a replaced account, step by step, one comes to the account that holds its place.
    fn check_chain(account: &AccountId, current: &AccountId) -> Result<(), TryRuntimeError> {
        let (mut at, mut seen) = (account.clone(), BTreeSet::new());
        while let Some(next) = Accounts::<T>::get(&at).and_then(|record| record.replaced_by) {
            ensure!(seen.insert(at), "P5: accounts have replaced each other in a circle");
            at = next;
        }
        ensure!(at == *current, "P5: a replaced account and its place lead to two accounts");
        Ok(())
    }

    fn check_governors() -> Result<(), TryRuntimeError> {
        let governors = Governors::<T>::get();
        for (participant, record) in Participants::<T>::iter() {
            let listed = governors.iter().filter(|governor| **governor == participant).count();
            let governs = usize::from(Self::governs(record.roles));
            ensure!(listed == governs, "P11: the list of operators and regulators is not the one of their roles");
            let both = record.roles.has(Role::Operator) && record.roles.has(Role::Regulator);
            ensure!(!both, "P11: a participant is operator and regulator");
        }
        ensure!(governors.iter().all(Participants::<T>::contains_key), "P11: an unknown participant governs");
        Ok(())
    }

    fn check_licences() -> Result<(), TryRuntimeError> {
        for (id, (participant, _, licence)) in Licences::<T>::iter() {
            ensure!(id < NextLicence::<T>::get(), "P12: a licence has a number that was not given yet");
            ensure!(Participants::<T>::contains_key(participant), "P12: a licence is for an unknown participant");
            ensure!(licence.amount > 0, "P12: a licence that is used up is kept");
            let owner = Accounts::<T>::get(licence.from.account()).map(|record| record.participant);
            ensure!(owner == Some(participant), "P12: a licence pays from an account of another");
        }
        Ok(())
    }

    fn check_accounts() -> Result<(), TryRuntimeError> {
        for (account, record) in Accounts::<T>::iter() {
            let owner = Participants::<T>::get(record.participant).ok_or("P1: an account has no participant")?;
            ensure!(frame_system::Pallet::<T>::providers(&account) >= 1, "P3: an account may be reaped");
            ensure!(!T::Exempt::contains(&account), "P4: an account of the chain belongs to a participant");
            let frozen = T::Native::balance_frozen(&FreezeReason::NotActive.into(), &account);
            match &record.replaced_by {
                None => {
                    ensure!(owner.accounts.contains(&account), "P1: a participant does not list its account");
                    ensure!(record.roles == owner.roles, "P2: an account has other roles than its owner");
                    ensure!(record.status == owner.status, "P2: an account has another status than its owner");
                    ensure!(Rights::ALL.covers(record.rights), "P2: an account has rights that do not exist");
                    ensure!(
                        record.rights.guards() == (record.guarded.from.is_some() && record.guarded.until.is_none()),
                        "P2: an account guards its participant against its rights"
                    );
                    let expected = if record.moves() { 0 } else { Balance::MAX };
                    ensure!(frozen == expected, "P6: a native balance is frozen or not against status and rights");
                    if let Some(place) = record.place {
                        ensure!(Self::holder(place) == Some(account), "P5: an account in use does not hold its place");
                    }
                }
                Some(_) => {
                    ensure!(!owner.accounts.contains(&account), "P1: a participant lists a replaced account");
                    ensure!(record.roles == Roles::default(), "P2: a replaced account has roles");
                    ensure!(record.status == Status::Revoked, "P2: a replaced account has a status");
                    ensure!(frozen == Balance::MAX, "P6: the native balance of a replaced account can move");
                    ensure!(record.rights == Rights::NONE, "P2: a replaced account has rights");
                    let current = Self::successor(&account).ok_or("P5: a replaced account leads nowhere")?;
                    let successor = Accounts::<T>::get(&current).ok_or("P5: a replaced account leads nowhere")?;
                    ensure!(successor.replaced_by.is_none(), "P5: a replaced account leads to a replaced one");
                    ensure!(successor.participant == record.participant, "P5: an account was replaced by a stranger's");
                    Self::check_chain(&account, &current)?;
                }
            }
        }
        Ok(())
    }

    /// Checks the requests that wait: those of registered participants, each once, and each account within its share.
    fn check_requests() -> Result<(), TryRuntimeError> {
        ensure!(Giving::<T>::get().is_none(), "P7: an account is left open for escrow");
        for (participant, requests) in Requests::<T>::iter() {
            ensure!(Participants::<T>::contains_key(participant), "P15: a change waits for an unknown participant");
            ensure!(!requests.is_empty(), "P15: an empty list of changes is kept");
            for (at, request) in requests.iter().enumerate() {
                ensure!(Self::change_hash(&request.change) == request.hash, "P15: a change has another hash");
                let again = requests.iter().skip(at.saturating_add(1)).any(|other| other.hash == request.hash);
                ensure!(!again, "P15: a change waits twice");
                let own = requests.iter().filter(|other| other.by == request.by).count();
                ensure!(own <= MAX_REQUESTS_EACH as usize, "P15: an account has more than its share of requests");
                Self::check_request(participant, request)?;
            }
        }
        Ok(())
    }

    /// Checks that a request is of an account of its participant, has the usual delay and life, and that no account
    /// decided it alone.
    fn check_request(participant: ParticipantId, request: &Request) -> Result<(), TryRuntimeError> {
        let owner = |account: &AccountId| Accounts::<T>::get(account).map(|record| record.participant);
        ensure!(request.at <= Self::now(), "P15: a change was asked for in a time to come");
        ensure!(request.at <= request.not_before, "P15: a change is due before it was asked for");
        let delay = request.not_before.saturating_sub(request.at);
        ensure!(delay <= T::UsualRightsDelay::get(), "P15: a change waits longer than any may");
        let life = request.until.checked_sub(request.not_before);
        ensure!(life == Some(T::ProposalLife::get()), "P15: a change has another life than any");
        let by = request.by.as_ref();
        ensure!(by.is_none_or(|by| owner(by) == Some(participant)), "P15: a stranger asked for a change");
        let (joint, replaces) = match &request.change {
            Change::Grant { account, .. } => {
                ensure!(owner(account) == Some(participant), "P15: a right is asked for an account of another");
                (false, false)
            }
            Change::Mandate { agent, .. } => {
                ensure!(Participants::<T>::contains_key(agent), "P15: a mandate is asked for an unknown agent");
                (false, false)
            }
            Change::Replacement { old, .. } => {
                ensure!(owner(old) == Some(participant), "P15: an account of another would be replaced");
                (false, true)
            }
            Change::Administrator { account, .. } => {
                ensure!(owner(account) == Some(participant), "P15: an account of another would administer");
                (true, false)
            }
        };
        ensure!(joint == by.is_none(), "P15: operator and regulator ask for who administers, and for nothing else");
        let second = request.approved_by.as_ref();
        ensure!(second.is_none_or(|second| Some(second) != by), "P15: one account decided alone");
        let own = second.is_none_or(|second| replaces && owner(second) == Some(participant));
        ensure!(own, "P15: a change that two accounts wanted still waits, or a stranger wanted it");
        Ok(())
    }

    /// Checks that every agent has a mandate, every mandate an agent, and every day's use a mandate.
    fn check_mandates() -> Result<(), TryRuntimeError> {
        let mut listed = 0usize;
        for (principal, agents) in Agents::<T>::iter() {
            for agent in &agents {
                listed = listed.saturating_add(1);
                let mandate = Mandates::<T>::get(principal, (agent.participant, agent.capacity));
                ensure!(mandate.is_some_and(|mandate| mandate.is_well_formed()), "P9: an agent has no mandate");
            }
        }
        ensure!(Mandates::<T>::iter_keys().count() == listed, "P9: a mandate belongs to no agent");
        for (principal, key, used) in DayUses::<T>::iter() {
            ensure!(Mandates::<T>::contains_key(principal, key), "P9: what an agent moved has no mandate");
            for (at, (asset, _)) in used.sums.iter().enumerate() {
                let again = used.sums.iter().skip(at.saturating_add(1)).any(|(other, _)| other == asset);
                ensure!(!again, "P9: an asset is counted twice on one day");
            }
        }
        Ok(())
    }

    fn check_participants() -> Result<(), TryRuntimeError> {
        let next = NextParticipant::<T>::get();
        let mut count = 0u32;
        for (participant, record) in Participants::<T>::iter() {
            count = count.saturating_add(1);
            ensure!(participant < next, "P1: a participant has a number that was not given yet");
            ensure!(record.lei.check().is_ok(), "P1: a participant has a malformed LEI");
            let found = Leis::<T>::get(record.lei).ok_or("P1: a participant is not found by its LEI")?;
            // The LEI of one that was revoked may have gone to a later one.
            let passed_on = record.status == Status::Revoked && found > participant;
            ensure!(found == participant || passed_on, "P1: a participant is not found by its LEI");
            ensure!(!record.accounts.is_empty(), "P1: a participant has no account");
            for account in &record.accounts {
                let owner = Accounts::<T>::get(account).map(|entry| entry.participant);
                ensure!(owner == Some(participant), "P1: a participant lists an account of another");
            }
        }
        ensure!(count == next.0, "P1: a participant is missing");
        for (lei, participant) in Leis::<T>::iter() {
            let named = Participants::<T>::get(participant).map(|record| record.lei);
            ensure!(named == Some(lei), "P1: an LEI belongs to no participant");
        }
        Ok(())
    }

    fn check_agents_and_services() -> Result<(), TryRuntimeError> {
        for (principal, agents) in Agents::<T>::iter() {
            ensure!(!agents.is_empty(), "P9: an empty list of agents is kept");
            ensure!(Participants::<T>::contains_key(principal), "P9: an unknown participant has agents");
            for agent in &agents {
                ensure!(agent.participant != principal, "P9: a participant is its own agent");
                ensure!(Participants::<T>::contains_key(agent.participant), "P9: an agent is unknown");
            }
        }
        for (owner, services) in Services::<T>::iter() {
            ensure!(!services.is_empty(), "P9: an empty list of services is kept");
            ensure!(Participants::<T>::contains_key(owner), "P9: an unknown participant has services");
        }
        Ok(())
    }

    fn check_assets() -> Result<(), TryRuntimeError> {
        let mut with_isin = 0usize;
        for (asset, record) in AssetRegistry::<T>::iter() {
            ensure!(Self::check_asset(&record).is_ok(), "P10: an asset has a malformed record");
            if let AssetCode::Isin(isin) = record.code {
                with_isin = with_isin.saturating_add(1);
                ensure!(Isins::<T>::get(isin) == Some(asset), "P10: an asset is not found by its ISIN");
            }
        }
        ensure!(Isins::<T>::iter_keys().count() == with_isin, "P10: an ISIN belongs to no asset");
        for (asset, record) in Delisted::<T>::iter() {
            ensure!(Self::check_asset(&record).is_ok(), "P10: a delisted asset has a malformed record");
            ensure!(!AssetRegistry::<T>::contains_key(asset), "P10: an asset is listed and delisted");
        }
        for (_, request) in ListingRequests::<T>::iter() {
            ensure!(Self::check_asset(&request.record).is_ok(), "P10: a malformed listing is asked for");
        }
        for id in RetiredAssets::<T>::iter_keys() {
            ensure!(T::AssetOwners::owner(id).is_none(), "P10: the number of a destroyed asset is used again");
        }
        Ok(())
    }
}
