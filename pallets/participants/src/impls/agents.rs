//! Agents: appointment, dismissal, and the checks of their mandates.

use crate::{
    mandates::{Change, Mandate},
    types::{Agent, MAX_AGENTS},
    Accounts, Agents, AssetRegistry, Config, DayUses, Error, Event, Mandates, Pallet, Participants,
};
use polkadot_sdk::*;

use frame_support::{ensure, traits::fungibles::roles::Inspect};
use sp_runtime::DispatchResult;
use tandem_primitives::{
    AccountId, AssetId, AssetKind, Balance, Capacity, Directory, Mandated, ParticipantId, PartyLeg, Right, Standing,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_appoint_agent(
        who: AccountId,
        agent: ParticipantId,
        capacity: Capacity,
        mandate: Mandate,
    ) -> DispatchResult {
        let principal = Self::administering(&who)?;
        Self::file(principal, Some(who), Change::Mandate { agent, capacity, mandate })
    }

    /// Checks that `agent` may get this mandate of `principal`: it has the role, and the mandate is valid and new.
    pub(crate) fn check_mandate(
        principal: ParticipantId,
        agent: ParticipantId,
        capacity: Capacity,
        mandate: &Mandate,
    ) -> DispatchResult {
        ensure!(principal != agent, Error::<T>::OwnAgent);
        let record = Participants::<T>::get(agent).ok_or(Error::<T>::ParticipantNotFound)?;
        ensure!(record.roles.has(capacity.role()), Error::<T>::AgentLacksRole);
        ensure!(mandate.is_well_formed(), Error::<T>::BadRights);
        ensure!(Self::now() < mandate.expires, Error::<T>::MandateExpired);
        match Mandates::<T>::get(principal, (agent, capacity)) {
            // The new mandate takes the place of the old one.
            Some(old) => ensure!(old != *mandate, Error::<T>::AgentAlreadyExists),
            None => ensure!(Agents::<T>::get(principal).len() < MAX_AGENTS as usize, Error::<T>::TooManyAgents),
        }
        Ok(())
    }

    /// Stores the mandate of an agent that was checked before, for a change that takes effect or at genesis.
    pub(crate) fn insert_mandate(
        principal: ParticipantId,
        agent: ParticipantId,
        capacity: Capacity,
        mandate: Mandate,
    ) -> DispatchResult {
        let entry = Agent { participant: agent, capacity };
        Agents::<T>::try_mutate(principal, |agents| -> DispatchResult {
            if !agents.contains(&entry) {
                agents.try_push(entry).map_err(|_| Error::<T>::TooManyAgents)?;
            }
            Ok(())
        })?;
        let old = Mandates::<T>::get(principal, (agent, capacity));
        Mandates::<T>::insert(principal, (agent, capacity), &mandate);
        Self::deposit_event(Event::AgentAppointed { principal, agent, capacity, old, new: mandate });
        Ok(())
    }

    pub(crate) fn do_dismiss_agent(who: AccountId, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
        let principal = Self::stopping(&who)?;
        ensure!(Mandates::<T>::contains_key(principal, (agent, capacity)), Error::<T>::AgentNotFound);
        Agents::<T>::mutate_exists(principal, |stored| {
            let mut agents = stored.take().unwrap_or_default();
            agents.retain(|entry| entry.participant != agent || entry.capacity != capacity);
            *stored = (!agents.is_empty()).then_some(agents);
        });
        Mandates::<T>::remove(principal, (agent, capacity));
        // What it moved today is forgotten with it: a mandate comes back by two accounts or a delay only.
        DayUses::<T>::remove(principal, (agent, capacity));
        Self::deposit_event(Event::AgentDismissed { principal, agent, capacity, by: who });
        Ok(())
    }

    /// Mandate of `principal` for `agent` in this capacity, if the mandate has not expired and the agent still has the
    /// role; otherwise `None`.
    fn mandate_in_force(agent: &Standing, principal: ParticipantId, capacity: Capacity) -> Option<Mandate> {
        if !agent.roles.has(capacity.role()) {
            return None;
        }
        Mandates::<T>::get(principal, (agent.participant, capacity)).filter(|mandate| Self::now() < mandate.expires)
    }

    /// Kind of an asset as payment. A thief of the agent's key would otherwise be paid for with what it makes itself.
    pub(crate) fn payment_kind(asset: &AssetId, giver: ParticipantId, agent: ParticipantId) -> Option<AssetKind> {
        let kind = AssetRegistry::<T>::get(asset)?.kind;
        let issuer = match asset {
            AssetId::Native => None,
            AssetId::WithId(id) => T::AssetOwners::owner(*id).and_then(Accounts::<T>::get),
        };
        let own = issuer.is_some_and(|record| record.participant == giver || record.participant == agent);
        (!own).then_some(kind)
    }

    fn capacity_of(leg: &PartyLeg) -> Option<Capacity> {
        <Self as Directory>::asset(leg.asset).map(|terms| terms.kind.capacity())
    }

    pub(crate) fn mandate_on(agent: &Standing, right: Right, leg: &PartyLeg) -> Mandated {
        let signs = agent.rights.has(right);
        let mandate = Self::capacity_of(leg).filter(|_| signs).and_then(|capacity| {
            let mandate = Self::mandate_in_force(agent, leg.party, capacity)?;
            mandate.rights.has(right).then_some((capacity, mandate))
        });
        match mandate {
            None => Mandated::Absent,
            Some((capacity, mandate)) if mandate.allows(leg, capacity) => Mandated::Allowed,
            Some(_) => Mandated::Refused,
        }
    }

    pub(crate) fn count_moved(agent: &Standing, leg: &PartyLeg, amount: Balance) -> bool {
        let counted = || -> Option<()> {
            let capacity = Self::capacity_of(leg)?;
            let mandate = Self::mandate_in_force(agent, leg.party, capacity)?;
            let limit = mandate.limits(leg.asset)?.per_day;
            // Nothing to count: a day has room for so many assets only, and no limit must not become one of those.
            if limit == Balance::MAX {
                return Some(());
            }
            let key = (agent.participant, capacity);
            let used = DayUses::<T>::get(leg.party, key).with(leg.asset, amount, limit, Self::now())?;
            DayUses::<T>::insert(leg.party, key, used);
            Some(())
        };
        counted().is_some()
    }

    pub(crate) fn acts_for(agent: &Standing, principal: ParticipantId, right: Option<Right>) -> bool {
        let signs = right.map_or(agent.rights.settles(), |right| agent.rights.has(right));
        signs
            && [Capacity::Delivery, Capacity::Payment].into_iter().any(|capacity| {
                Self::mandate_in_force(agent, principal, capacity)
                    .is_some_and(|mandate| right.is_none_or(|right| mandate.rights.has(right)))
            })
    }
}
