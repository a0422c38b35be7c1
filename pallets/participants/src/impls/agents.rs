//! Who acts for whom.

use crate::{types::Agent, Agents, Config, Error, Event, Pallet, Participants};
use polkadot_sdk::*;

use frame_support::ensure;
use sp_runtime::DispatchResult;
use tandem_primitives::{AccountId, Capacity, ParticipantId};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_appoint_agent(who: AccountId, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
        let principal = Self::acting(&who)?;
        Self::insert_agent(principal, agent, capacity)
    }

    /// Appoints an agent, by a call or at genesis.
    pub(crate) fn insert_agent(principal: ParticipantId, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
        ensure!(principal != agent, Error::<T>::OwnAgent);
        let record = Participants::<T>::get(agent).ok_or(Error::<T>::ParticipantNotFound)?;
        ensure!(record.roles.has(capacity.role()), Error::<T>::AgentLacksRole);
        let entry = Agent { participant: agent, capacity };
        Agents::<T>::try_mutate(principal, |agents| -> DispatchResult {
            ensure!(!agents.contains(&entry), Error::<T>::AgentAlreadyExists);
            agents.try_push(entry).map_err(|_| Error::<T>::TooManyAgents)?;
            Ok(())
        })?;
        Self::deposit_event(Event::AgentAppointed { principal, agent, capacity });
        Ok(())
    }

    pub(crate) fn do_dismiss_agent(who: AccountId, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
        let principal = Self::acting(&who)?;
        let entry = Agent { participant: agent, capacity };
        Agents::<T>::try_mutate_exists(principal, |stored| -> DispatchResult {
            let mut agents = stored.take().unwrap_or_default();
            ensure!(agents.contains(&entry), Error::<T>::AgentNotFound);
            agents.retain(|other| *other != entry);
            *stored = (!agents.is_empty()).then_some(agents);
            Ok(())
        })?;
        Self::deposit_event(Event::AgentDismissed { principal, agent, capacity });
        Ok(())
    }
}
