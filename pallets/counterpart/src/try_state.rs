//! Invariants of the stored state.

use crate::{BlockedHeaders, Commitments, Config, Expiries, Pallet, Payments, RecordVersion, Records, Releases};
use alloc::collections::{BTreeMap, BTreeSet};
use polkadot_sdk::{frame_support::ensure, sp_runtime::TryRuntimeError};
use tandem_primitives::{Bucket, HeldInstructions, InstructionId, RECORD_VERSION};

impl<T: Config> Pallet<T> {
    /// Checks what the crate's documentation says of the stored state. I2 is checked by `pallet-escrow`, which adds up
    /// what all of its controllers have.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        ensure!(RecordVersion::<T>::get() == Some(RECORD_VERSION), "the version of the records is that of the code");
        ensure!(
            !crate::HaltByOne::<T>::exists() || crate::Halted::<T>::get(),
            "a halt that one account has set is a halt"
        );
        let committed = T::Held::all_committed();
        for (id, said) in &committed {
            let kept = Commitments::<T>::get((id, said.tranche));
            ensure!(kept.as_ref() == Some(&said.commitment), "I5: what is committed has exactly its commitment");
        }
        // Each of those has one, so that any more would be of nothing.
        let kept = Commitments::<T>::iter_keys().count();
        ensure!(kept == committed.len(), "a commitment is of an instruction that is committed");
        for (id, payment) in Payments::<T>::iter() {
            ensure!(payment.terms.check().is_ok(), "terms that were checked stay so");
            ensure!(payment.settled < payment.terms.lots, "I7: a payment has lots left");
            for leg in &payment.legs {
                ensure!(leg.reserved <= payment.remaining(), "never more reserved than remains");
            }
            ensure!(!Records::<T>::contains_key((id, payment.tranche)), "I9: what is decided waits for no decision");
            for tranche in 0..payment.tranche.0 {
                // A record goes from the pay deadline on only, when the sweep takes the payment too.
                let decided = Records::<T>::contains_key((id, tandem_primitives::TrancheIndex(tranche)));
                ensure!(decided || Self::now() >= payment.pay_deadline(), "a record for each tranche that settled");
            }
            if let Some(commitment) = &payment.commitment {
                ensure!(commitment.settled == payment.settled, "what is committed follows what has settled");
            }
        }
        // The first look of the sweep at each.
        let mut looks: BTreeMap<InstructionId, Bucket> = BTreeMap::new();
        for (bucket, id) in Expiries::<T>::iter_keys() {
            looks.entry(id).and_modify(|first| *first = bucket.min(*first)).or_insert(bucket);
        }
        let now = Self::now();
        for (id, payment) in Payments::<T>::iter() {
            let first = looks.get(&id).ok_or("an expiry for each payment")?;
            let needed = Self::next_look(&payment, now);
            ensure!(needed.is_none_or(|needed| *first <= Bucket::of(needed)), "the sweep looks at what waits for it");
        }
        for id in Releases::<T>::iter_keys() {
            ensure!(T::Held::committed(id).is_some(), "a release waits for what is committed only");
        }
        let blocked = BlockedHeaders::<T>::get();
        ensure!(blocked.iter().collect::<BTreeSet<_>>().len() == blocked.len(), "a header is blocked once");
        Ok(())
    }
}
