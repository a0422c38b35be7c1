//! Validators of the next sessions, for which `pallet-session` asks.

use crate::{Config, Event, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    pallet_session::{self, SessionManager},
    sp_staking::SessionIndex,
};
use tandem_primitives::AccountId;

impl<T: Config> SessionManager<AccountId> for Pallet<T> {
    /// Validators of the session with this number; `None` to keep the present ones, if nothing changed or none would be
    /// left.
    ///
    /// `pallet-session` takes every `Some` as a change of the set, which consensus then enacts and light clients must
    /// follow. The list is compared with the validators that took over at the beginning of the present session.
    ///
    /// While a listed account has no keys the answer is `Some`: after `None` the old set is kept, and a validator that
    /// lost its keys would stay in it unnoticed.
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

    /// Listed accounts at genesis, with or without session keys. `None` if there are none: then `pallet-session` takes
    /// the accounts that have keys.
    fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
        let validators = crate::Listed::<T>::get().into_inner();
        (!validators.is_empty()).then_some(validators)
    }

    fn start_session(_: SessionIndex) {}

    fn end_session(_: SessionIndex) {}
}
