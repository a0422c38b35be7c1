//! The directory's invariants. Their letters are those of the README.

use crate::{
    decisions::{Body, MAX_PROPOSALS_EACH},
    types::{AssetCode, MAX_HOPS},
    Accounts, Agents, AssetRegistry, Config, Delisted, FreezeReason, Governors, Isins, Leis, Licences, ListingRequests,
    NextLicence, NextParticipant, Pallet, Participants, Proposals, Quota, Recovering, Replacements, RetiredAssets,
    Services,
};
use alloc::{collections::BTreeMap, vec::Vec};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungible::InspectFreeze, fungibles::roles::Inspect as _, Contains},
};
use sp_runtime::TryRuntimeError;
use tandem_primitives::{Balance, Role, Roles, Status};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of the directory.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_accounts()?;
        Self::check_participants()?;
        Self::check_agents_and_services()?;
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
        ensure!(
            governors.iter().all(|governor| Participants::<T>::contains_key(governor)),
            "P11: an unknown participant governs"
        );
        Ok(())
    }

    fn check_licences() -> Result<(), TryRuntimeError> {
        for (id, (participant, licence)) in Licences::<T>::iter() {
            ensure!(id < NextLicence::<T>::get(), "P12: a licence has a number that was not given yet");
            ensure!(Participants::<T>::contains_key(participant), "P12: a licence is for an unknown participant");
            ensure!(licence.amount > 0, "P12: a licence that is used up is kept");
            let owner = Accounts::<T>::get(licence.from.account()).map(|record| record.participant);
            ensure!(owner == Some(participant), "P12: a licence pays from an account of another");
        }
        Ok(())
    }

    fn check_accounts() -> Result<(), TryRuntimeError> {
        let mut depth = BTreeMap::new();
        for (account, record) in Accounts::<T>::iter() {
            let owner = Participants::<T>::get(record.participant).ok_or("P1: an account has no participant")?;
            ensure!(frame_system::Pallet::<T>::providers(&account) >= 1, "P3: an account may be reaped");
            ensure!(!T::Exempt::contains(&account), "P4: an account of the chain belongs to a participant");
            ensure!(record.hops <= MAX_HOPS, "P5: a chain of replacements is too long");
            let frozen = T::Native::balance_frozen(&FreezeReason::NotActive.into(), &account);
            match &record.replaced_by {
                None => {
                    ensure!(owner.accounts.contains(&account), "P1: a participant does not list its account");
                    ensure!(record.roles == owner.roles, "P2: an account has other roles than its owner");
                    ensure!(record.status == owner.status, "P2: an account has another status than its owner");
                    let expected = if owner.status == Status::Active { 0 } else { Balance::MAX };
                    ensure!(frozen == expected, "P6: a native balance is frozen or not against its owner's status");
                }
                Some(_) => {
                    ensure!(!owner.accounts.contains(&account), "P1: a participant lists a replaced account");
                    ensure!(record.roles == Roles::default(), "P2: a replaced account has roles");
                    ensure!(record.status == Status::Revoked, "P2: a replaced account has a status");
                    ensure!(frozen == Balance::MAX, "P6: the native balance of a replaced account can move");
                    let (mut at, mut length) = (record.clone(), 0u8);
                    while let Some(next) = at.replaced_by {
                        length = length.saturating_add(1);
                        ensure!(length <= MAX_HOPS, "P5: a chain of replacements is too long");
                        let successor = Accounts::<T>::get(&next).ok_or("P5: a chain of replacements leads nowhere")?;
                        ensure!(
                            successor.participant == record.participant,
                            "P5: an account was replaced by a stranger's"
                        );
                        let longest: &mut u8 = depth.entry(next).or_default();
                        *longest = (*longest).max(length);
                        at = successor;
                    }
                }
            }
        }
        for (account, length) in depth {
            let hops = Accounts::<T>::get(account).map(|record| record.hops).unwrap_or_default();
            ensure!(hops == length, "P5: the length of a chain of replacements is not what is stored");
        }
        for (account, _) in Replacements::<T>::iter() {
            let in_use = Accounts::<T>::get(account).is_some_and(|record| record.replaced_by.is_none());
            ensure!(in_use, "P5: a replacement is asked for an account that is not in use");
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
