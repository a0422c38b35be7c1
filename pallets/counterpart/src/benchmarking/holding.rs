//! An instruction that this network holds and that is committed.

use super::{set_time, signed, Measured, FIRST, START};
use crate::{Commitments, Config, Event, Pallet, Releases};
use polkadot_sdk::{frame_support::assert_ok, frame_system};
use tandem_primitives::benchmarking::SetUpHeld;
use tandem_primitives::{
    AccountId, Decision, HeldInstructions, InstructionId, Moment, Record, Reference, Terms, TermsHash, VersionedTerms,
};

/// An instruction that this network holds and that is committed.
pub struct Held {
    pub id: InstructionId,
    terms: Terms,
    terms_hash: TermsHash,
}

impl Held {
    pub fn new<T: Measured>() -> Self {
        set_time::<T>(START);
        let (who, id) = T::BenchmarkHelper::hold();
        assert_ok!(Pallet::<T>::commit(signed::<T>(&who), id, None));
        let (versioned, tranche) = T::Held::committed(id).expect("it is committed; qed");
        assert_eq!(tranche, FIRST);
        let terms_hash = versioned.hash();
        let VersionedTerms::V1(terms) = versioned;
        Self { id, terms, terms_hash }
    }

    pub fn pay_deadline(&self) -> Moment {
        self.terms.two_networks.as_ref().expect("two networks; qed").pay_deadline
    }

    /// What the counterpart keeps once it has executed all.
    pub fn record(&self) -> Record {
        let networks = self.terms.both_networks().expect("two networks; qed");
        let (pay_deadline, decision) = (self.pay_deadline(), Decision::Executed { lots: self.terms.lots });
        Record { terms_hash: self.terms_hash, networks, pay_deadline, decision }
    }

    pub fn reference(&self) -> Reference {
        self.terms.reference.clone()
    }

    pub fn assert_delivered<T: Config>(&self, by: Option<AccountId>) {
        self.assert_done::<T>();
        let (id, lots) = (self.id, self.terms.lots);
        let delivered = Event::<T>::Delivered { id, tranche: FIRST, old: 0, lots, by, reference: self.reference() };
        frame_system::Pallet::<T>::assert_last_event(delivered.into());
    }

    pub fn assert_done<T: Config>(&self) {
        assert!(T::Held::committed(self.id).is_none() && !Commitments::<T>::contains_key((self.id, FIRST)));
        assert!(!Releases::<T>::contains_key(self.id));
    }
}
