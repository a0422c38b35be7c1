//! For `pallet-session`: who validates next.

use crate::{Config, Event, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    pallet_session::{self, SessionManager},
    sp_staking::SessionIndex,
};
use tandem_primitives::AccountId;

impl<T: Config> SessionManager<AccountId> for Pallet<T> {
    /// The validators of a session, or `None` for the same as now.
    ///
    /// `pallet-session` takes every `Some` for a change of the set, which consensus then enacts and light clients
    /// must follow: so `None` if nothing changed. It is asked after the validators decided last time took over, so they
    /// are what the list is compared with.
    ///
    /// While anybody listed has no keys it is `Some`: after `None` the set is taken as it was, and one that lost its keys
    /// would go unnoticed in it.
    fn new_session(session: SessionIndex) -> Option<Vec<AccountId>> {
        let (validators, missing) = Self::by_keys();
        let complete = missing.is_empty();
        if !complete {
            Self::deposit_event(Event::KeysMissing { session, validators: missing });
        }
        // An empty set would stop the chain for good. What was decided last goes on instead.
        if validators.is_empty() {
            return None;
        }
        let changed = validators != pallet_session::Validators::<T>::get();
        if changed {
            Self::deposit_event(Event::Planned { session, validators: validators.clone() });
        }
        (changed || !complete).then_some(validators)
    }

    /// The genesis list, whether or not it has keys, without events, and never "the same as now", for there is none yet.
    /// `None` if there is no list: then `pallet-session` takes the accounts that it has keys of.
    fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
        let validators = crate::Listed::<T>::get().into_inner();
        (!validators.is_empty()).then_some(validators)
    }

    fn start_session(_: SessionIndex) {}

    fn end_session(_: SessionIndex) {}
}
