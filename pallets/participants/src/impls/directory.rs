//! Implementation of the trait `Directory`, by which other pallets ask who may act, and set-up for benchmarks.

use crate::{types::AccountRecord, Accounts, AssetRegistry, Config, Delisted, Giving, Pallet, Participants};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::frame_benchmarking;
use polkadot_sdk::frame_support;
#[cfg(feature = "runtime-benchmarks")]
use tandem_primitives::benchmarking::SetUpDirectory;
use tandem_primitives::{
    AccountId, AssetId, AssetKind, AssetTerms, Balance, Directory, Mandated, Moment, ParticipantId, PartyLeg, Right,
    Standing, Status,
};
#[cfg(feature = "runtime-benchmarks")]
use tandem_primitives::{Capacity, Rights, Role, Roles};

impl<T: Config> Directory for Pallet<T> {
    /// Standing of an account. A replaced one keeps its owner, so that open legs find it, and has no roles; its status
    /// is `Revoked`, or `Sanctioned` if its owner is sanctioned.
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
        Self::successor(account).unwrap_or_else(|| account.clone())
    }

    fn mandate(agent: &Standing, right: Right, leg: &PartyLeg) -> Mandated {
        Self::mandate_on(agent, right, leg)
    }

    fn count_move(agent: &Standing, leg: &PartyLeg, amount: Balance) -> bool {
        Self::count_moved(agent, leg, amount)
    }

    fn is_agent(agent: &Standing, principal: ParticipantId, right: Option<Right>) -> bool {
        Self::acts_for(agent, principal, right)
    }

    fn with_move<R>(asset: &AssetId, account: &AccountId, moving: impl FnOnce() -> R) -> R {
        let lacks_move = |record: &AccountRecord| record.is_active() && !record.moves();
        if !Accounts::<T>::get(account).as_ref().is_some_and(lacks_move) {
            return moving();
        }
        // Where the freeze cannot be lifted the transfer finds it and fails.
        let thawed = *asset == AssetId::Native && Self::set_native_frozen(account, false).is_ok();
        Giving::<T>::put(account);
        let result = moving();
        Giving::<T>::kill();
        if thawed && Self::set_native_frozen(account, true).is_err() {
            frame_support::defensive!("a freeze that was there is set again");
        }
        result
    }

    fn kind_as_payment(asset: &AssetId, giver: ParticipantId, agent: ParticipantId) -> Option<AssetKind> {
        Self::payment_kind(asset, giver, agent)
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
        Self::insert_mandate(principal, agent, capacity, crate::benchmarking::widest_mandate())
            .expect("there is room for it; qed");
    }

    fn add_account(participant: ParticipantId, account: &AccountId) {
        Self::link_for_benchmark(participant, account.clone(), Rights::OF_NEW);
    }

    fn replace(account: &AccountId) -> AccountId {
        let next: AccountId = polkadot_sdk::sp_io::hashing::blake2_256(account.as_ref()).into();
        Self::replace_once_for_benchmark(account, &next);
        // The longest way to the place that holds: places join by and by, each time two accounts that have replaced as
        // many others replace each other. More than a benchmark can make by calls.
        let first = Accounts::<T>::get(account).and_then(|record| record.place).expect("just replaced; qed");
        let mut place = first;
        for _ in 0..super::MAX_RANK {
            let further = crate::NextPlace::<T>::mutate(|next| {
                let further = *next;
                next.0 = next.0.saturating_add(1);
                further
            });
            crate::Places::<T>::insert(place, crate::mandates::Place::Joined(further));
            place = further;
        }
        let held = crate::mandates::Place::Held { by: next.clone(), rank: super::MAX_RANK };
        crate::Places::<T>::insert(place, held);
        Accounts::<T>::mutate_extant(&next, |record| record.place = Some(place));
        next
    }

    fn sanction(participant: ParticipantId) {
        let sanctioned = tandem_primitives::Status::Sanctioned;
        Participants::<T>::mutate_extant(participant, |record| record.status = sanctioned);
        if let Some(record) = Participants::<T>::get(participant) {
            for account in &record.accounts {
                Accounts::<T>::mutate_extant(account, |entry| entry.status = sanctioned);
            }
        }
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> Pallet<T> {
    /// Registers a participant with this one account and all rights, or adds these roles to the participant that owns
    /// the account.
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
        Self::insert_participant(
            crate::Decider::Root,
            name,
            lei,
            roles,
            Status::Active,
            accounts,
            alloc::vec![Rights::ALL],
        )
        .expect("a fresh account and LEI; qed")
    }

    /// Adds an account with these rights to a participant.
    pub(crate) fn link_for_benchmark(participant: ParticipantId, account: AccountId, rights: Rights) {
        let mut record = Participants::<T>::get(participant).expect("a registered participant; qed");
        record.accounts.try_push(account.clone()).expect("room for more; qed");
        Self::link(&account, participant, record.roles, record.status, rights, 0).expect("a fresh account; qed");
        Participants::<T>::insert(participant, record);
    }

    /// Replaces `old` by the fresh account `new`, as the operator does with a due request.
    pub(crate) fn replace_once_for_benchmark(old: &AccountId, new: &AccountId) {
        let record = Self::live_account(old).expect("an account in use; qed");
        let rights = record.rights;
        Self::put_in_place(old.clone(), record, new.clone(), Some(rights)).expect("a fresh account; qed");
    }

    fn decider_for_benchmark(roles: Roles) -> crate::Decider {
        if Self::governs(roles) {
            crate::Decider::body(crate::Body::OperatorAndRegulator)
        } else {
            crate::Decider::Root
        }
    }

    /// Registers an active participant with this role and returns its account.
    pub fn account_for_benchmark(role: Role) -> AccountId {
        let account: AccountId = frame_benchmarking::account("participant", role as u32, 0);
        Self::participant_for_benchmark(&account, Roles::default().with(role));
        account
    }
}
