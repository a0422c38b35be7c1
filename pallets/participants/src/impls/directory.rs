//! What the other pallets ask.

use crate::{types::MAX_HOPS, Accounts, Agents, AssetRegistry, Config, Delisted, Pallet, Participants};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::frame_benchmarking;
#[cfg(feature = "runtime-benchmarks")]
use tandem_primitives::benchmarking::SetUpDirectory;
use tandem_primitives::{AccountId, AssetId, AssetTerms, Capacity, Directory, Moment, ParticipantId, Standing, Status};
#[cfg(feature = "runtime-benchmarks")]
use tandem_primitives::{Role, Roles};

impl<T: Config> Directory for Pallet<T> {
    /// A replaced account keeps its owner, so that open legs find it, and has no roles. It counts as revoked, or as
    /// sanctioned when its owner is.
    fn standing(account: &AccountId) -> Option<Standing> {
        let record = Accounts::<T>::get(account)?;
        let mut standing = record.standing();
        if record.replaced_by.is_some() && Self::status(record.participant) == Some(Status::Sanctioned) {
            standing.status = Status::Sanctioned;
        }
        Some(standing)
    }

    fn status(participant: ParticipantId) -> Option<Status> {
        Participants::<T>::get(participant).map(|record| record.status)
    }

    fn status_since(participant: ParticipantId) -> Option<Moment> {
        Participants::<T>::get(participant).map(|record| record.status_since)
    }

    fn current_account(account: &AccountId) -> AccountId {
        let mut current = account.clone();
        for _ in 0..MAX_HOPS {
            match Accounts::<T>::get(&current).and_then(|record| record.replaced_by) {
                Some(next) => current = next,
                None => break,
            }
        }
        current
    }

    fn is_agent(agent: ParticipantId, principal: ParticipantId, capacity: Capacity) -> bool {
        let appointed =
            Agents::<T>::get(principal).iter().any(|entry| entry.participant == agent && entry.capacity == capacity);
        appointed && Participants::<T>::get(agent).is_some_and(|record| record.roles.has(capacity.role()))
    }

    fn asset(asset: &AssetId) -> Option<AssetTerms> {
        // An asset that is off the list is read twice, every other once.
        let listed = AssetRegistry::<T>::get(asset).map(|record| record.terms(false));
        listed.or_else(|| Delisted::<T>::get(asset).map(|record| record.terms(true)))
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> SetUpDirectory for Pallet<T> {
    fn register(account: &AccountId, roles: Roles) -> ParticipantId {
        Self::participant_for_benchmark(account, roles)
    }

    fn list(asset: &AssetId, terms: AssetTerms) {
        let code = match terms.kind {
            tandem_primitives::AssetKind::Security => {
                let number = match asset {
                    AssetId::Native => 0,
                    AssetId::WithId(id) => *id,
                };
                crate::AssetCode::Isin(crate::benchmarking::isin(number))
            }
            tandem_primitives::AssetKind::Cash => crate::AssetCode::Currency(*b"EUR"),
        };
        let record = crate::AssetRecord { kind: terms.kind, code, cfi: None, settlement_unit: terms.settlement_unit };
        let old = AssetRegistry::<T>::get(asset);
        Self::set_asset(asset.clone(), old, record).expect("the record is made to pass every check; qed");
    }

    fn appoint(agent: ParticipantId, principal: ParticipantId, capacity: Capacity) {
        Participants::<T>::mutate_extant(agent, |record| record.roles = record.roles.with(capacity.role()));
        if let Some(record) = Participants::<T>::get(agent) {
            for account in &record.accounts {
                Accounts::<T>::mutate_extant(account, |entry| entry.roles = record.roles);
            }
        }
        if !Self::is_agent(agent, principal, capacity) {
            Self::insert_agent(principal, agent, capacity).expect("the agent has just got the role; qed");
        }
    }

    fn add_account(participant: ParticipantId, account: &AccountId) {
        Self::do_add_account(None, participant, account.clone()).expect("a fresh account; qed");
    }

    fn replace(account: &AccountId) -> AccountId {
        let mut current = account.clone();
        for _ in 0..MAX_HOPS {
            let next = polkadot_sdk::sp_io::hashing::blake2_256(current.as_ref()).into();
            Self::do_replace_account(None, current, AccountId::clone(&next)).expect("a fresh account; qed");
            current = next;
        }
        current
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> Pallet<T> {
    /// Registers a participant with one account, or gives the owner of the account these roles too.
    pub fn participant_for_benchmark(account: &AccountId, roles: Roles) -> ParticipantId {
        if let Some(record) = Accounts::<T>::get(account) {
            let participant = record.participant;
            let all = Participants::<T>::get(participant).map(|record| record.roles).unwrap_or_default();
            let all = all.iter().chain(roles.iter()).collect();
            Self::do_set_roles(Self::decider_for_benchmark(all), participant, all)
                .expect("the participant of an account exists; qed");
            return participant;
        }
        let lei = crate::benchmarking::lei(crate::NextParticipant::<T>::get().0);
        let name = b"Benchmark".to_vec().try_into().expect("shorter than the longest name; qed");
        let accounts = alloc::vec![account.clone()].try_into().expect("one account; qed");
        Self::insert_participant(crate::Decider::Root, name, lei, roles, Status::Active, accounts)
            .expect("a fresh account and LEI; qed")
    }

    fn decider_for_benchmark(roles: Roles) -> crate::Decider {
        if Self::governs(roles) {
            crate::Decider::body(crate::Body::OperatorAndRegulator)
        } else {
            crate::Decider::Root
        }
    }

    /// An account of an active participant with this role.
    pub fn account_for_benchmark(role: Role) -> AccountId {
        let account: AccountId = frame_benchmarking::account("participant", role as u32, 0);
        Self::participant_for_benchmark(&account, Roles::default().with(role));
        account
    }
}
