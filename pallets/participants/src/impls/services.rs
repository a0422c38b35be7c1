//! List of networks and list of services, by which clients find where to connect.

use crate::{
    types::{GenesisHash, Name, Network, Service, MAX_NETWORKS},
    Config, Error, Event, Networks, Pallet, Services,
};
use polkadot_sdk::*;

use frame_support::{ensure, traits::EnsureOrigin};
use frame_system::ensure_signed;
use sp_runtime::{DispatchError, DispatchResult};
use tandem_primitives::{AccountId, ParticipantId};

impl<T: Config> Pallet<T> {
    fn check_network(network: &Network) -> DispatchResult {
        Self::ensure_text(&network.name)?;
        Self::ensure_text(&network.operator)?;
        Self::ensure_text(&network.endpoint)
    }

    pub(crate) fn do_register_network(genesis: GenesisHash, network: Network) -> DispatchResult {
        Self::check_network(&network)?;
        ensure!(!Networks::<T>::contains_key(genesis), Error::<T>::NetworkAlreadyExists);
        ensure!(Networks::<T>::count() < MAX_NETWORKS, Error::<T>::TooManyNetworks);
        Networks::<T>::insert(genesis, &network);
        Self::deposit_event(Event::NetworkChanged { genesis, old: None, new: Some(network) });
        Ok(())
    }

    pub(crate) fn do_update_network(genesis: GenesisHash, new: Option<Network>) -> DispatchResult {
        let old = Networks::<T>::get(genesis).ok_or(Error::<T>::NetworkNotFound)?;
        match &new {
            Some(network) => {
                Self::check_network(network)?;
                Networks::<T>::insert(genesis, network);
            }
            None => Networks::<T>::remove(genesis),
        }
        Self::deposit_event(Event::NetworkChanged { genesis, old: Some(old), new });
        Ok(())
    }

    fn check_service(service: &Service) -> DispatchResult {
        Self::ensure_text(&service.name)?;
        Self::ensure_text(&service.protocol)?;
        Self::ensure_text(&service.endpoint)?;
        Self::ensure_text(&service.version)
    }

    pub(crate) fn do_register_service(who: AccountId, service: Service) -> DispatchResult {
        let owner = Self::keeping(&who)?;
        Self::check_service(&service)?;
        ensure!(service.state.may_begin(), Error::<T>::ServiceStateNotAllowed);
        Services::<T>::try_mutate(owner, |services| -> DispatchResult {
            ensure!(services.iter().all(|other| other.name != service.name), Error::<T>::ServiceAlreadyExists);
            services.try_push(service.clone()).map_err(|_| Error::<T>::TooManyServices)?;
            Ok(())
        })?;
        Self::deposit_event(Event::ServiceChanged { owner, old: None, new: Some(service) });
        Ok(())
    }

    pub(crate) fn do_update_service(who: AccountId, service: Service) -> DispatchResult {
        let owner = Self::keeping(&who)?;
        Self::check_service(&service)?;
        let old = Services::<T>::try_mutate(owner, |services| -> Result<Service, DispatchError> {
            let entry = services.iter_mut().find(|other| other.name == service.name);
            let entry = entry.ok_or(Error::<T>::ServiceNotFound)?;
            ensure!(entry.state.may_become(service.state), Error::<T>::ServiceStateNotAllowed);
            Ok(core::mem::replace(entry, service.clone()))
        })?;
        Self::deposit_event(Event::ServiceChanged { owner, old: Some(old), new: Some(service) });
        Ok(())
    }

    pub(crate) fn do_remove_service(origin: T::RuntimeOrigin, owner: ParticipantId, name: Name) -> DispatchResult {
        if let Err(origin) = T::OperatorOrigin::try_origin(origin) {
            ensure!(Self::keeping(&ensure_signed(origin)?)? == owner, Error::<T>::NotAuthorized);
        }
        let old = Services::<T>::try_mutate_exists(owner, |stored| -> Result<Service, DispatchError> {
            let mut services = stored.take().unwrap_or_default();
            let at = services.iter().position(|service| service.name == name);
            let old = services.remove(at.ok_or(Error::<T>::ServiceNotFound)?);
            *stored = (!services.is_empty()).then_some(services);
            Ok(old)
        })?;
        Self::deposit_event(Event::ServiceChanged { owner, old: Some(old), new: None });
        Ok(())
    }
}
