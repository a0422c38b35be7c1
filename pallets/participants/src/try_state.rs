//! Checks of the pallet's invariants. The error messages name them by their numbers in the README.

use crate::{
    decisions::{Body, MAX_PROPOSALS_EACH},
    mandates::MAX_REQUESTS_EACH,
    types::AssetCode,
    Accounts, Agents, AssetRegistry, Config, DayUses, Delisted, FreezeReason, Giving, Governors, Isins, Leis, Licences,
    ListingRequests, Mandates, NextLicence, NextParticipant, Pallet, Participants, Proposals, Quota, Recovering,
    Requests, RetiredAssets, Services,
};
use alloc::vec::Vec;
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungible::InspectFreeze, fungibles::roles::Inspect as _, Contains},
};
use sp_runtime::TryRuntimeError;
use tandem_primitives::{Balance, Rights, Role, Roles, Status};

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
        Ok(())
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
                    ensure!(have <= *needed as usize, "P8: a call has more approvals than it needs");
                }
                let mut accounts: Vec<_> = proposal.approvals.iter().map(|approval| &approval.account).collect();
                accounts.sort();
                accounts.dedup();
                ensure!(accounts.len() == proposal.approvals.len(), "P8: an account has approved a call twice");
            }
        }
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
                }
            }
        }
        Ok(())
    }

    /// Checks the requests that wait: those of registered participants, each once, and each account within its share.
    fn check_requests() -> Result<(), TryRuntimeError> {
        ensure!(Giving::<T>::get().is_none(), "P7: an account is left open for escrow");
        for (participant, requests) in Requests::<T>::iter() {
            ensure!(Participants::<T>::contains_key(participant), "P11: a change waits for an unknown participant");
            for (at, request) in requests.iter().enumerate() {
                ensure!(Self::change_hash(&request.change) == request.hash, "P11: a change has another hash");
                let again = requests.iter().skip(at.saturating_add(1)).any(|other| other.hash == request.hash);
                ensure!(!again, "P11: a change waits twice");
                let own = requests.iter().filter(|other| other.by == request.by).count();
                ensure!(own <= MAX_REQUESTS_EACH as usize, "P11: an account has more than its share of requests");
                ensure!(request.at <= request.not_before, "P11: a change is due before it was asked for");
                let second = request.approved_by.as_ref();
                ensure!(second.is_none_or(|by| Some(by) != request.by.as_ref()), "P11: one account decided alone");
            }
        }
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
            ensure!(Leis::<T>::get(record.lei) == Some(participant), "P1: a participant is not found by its LEI");
            ensure!(!record.accounts.is_empty(), "P1: a participant has no account");
            for account in &record.accounts {
                let owner = Accounts::<T>::get(account).map(|entry| entry.participant);
                ensure!(owner == Some(participant), "P1: a participant lists an account of another");
            }
        }
        ensure!(count == next.0, "P1: a participant is missing");
        ensure!(Leis::<T>::iter_keys().count() == count as usize, "P1: an LEI belongs to no participant");
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
