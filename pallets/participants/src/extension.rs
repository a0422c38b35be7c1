//! First layer of the guard: the transaction extension that decides if a transaction may be sent at all.

use crate::{
    impls::{Admission, Charge, Place},
    BlockLanes, ClassifyCall, Config, Pallet, Quota, WeightInfo,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use polkadot_sdk::*;

use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    traits::Get,
    weights::Weight,
};
use scale_info::TypeInfo;
use sp_runtime::{
    traits::{AsSystemOriginSigner, Implication, TransactionExtension, ValidateResult},
    transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError, ValidTransaction},
    DispatchResult,
};

/// Priority in the pool of transactions that compete in a lane of their own: only governing ones come before them.
/// Below the maximum, so that additions by other extensions still order two of them.
pub const LANE_PRIORITY: TransactionPriority = 1 << 60;

/// Priority in the pool of transactions that govern: nothing comes before them.
pub const GOVERNING_PRIORITY: TransactionPriority = 1 << 61;

/// Guard: transaction extension that admits a transaction if every account for which it acts may act, and charges the
/// signer's participant for it.
///
/// - The extension has no payload: a wallet that does not know it signs as if it were not there.
/// - `T::CallClassifier` computes the *effective* origin of every inner call. Each must be an account in use of an
///   active participant. An account of a suspended participant may still complete what exists, one of a revoked
///   participant may only claim, one of a sanctioned participant may send nothing but a veto as operator or regulator.
/// - An account without any right, such as a stolen one whose rights were taken, may only veto changes of rights and
///   claim. These compete in a small part of the lane of what finishes, and cost no quota.
/// - The signer's participant is charged the declared weight and the bytes, and refunded the weight that was not used.
///   Calls that complete something, and calls that carry a proof, compete in lanes of their own with [`LANE_PRIORITY`].
///   If such a call fails it is charged as any other is.
/// - A transaction of dispatch class `Operational` is admitted from participants with the role Operator or Regulator
///   alone.
/// - Ordinary calls of the operator's and the regulator's accounts count towards the account's share of the reserve for
///   those who govern, and cost no quota: one stolen key uses up nothing of the others.
/// - State that calls open counts towards the participant's caps of the day.
/// - A refusal is `InvalidTransaction::Custom` with the number of a [`crate::GuardRefusal`].
/// - A transaction without a signer (an inherent, a general one authorised otherwise) passes untouched.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Default, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct Guard<T: Config + Send + Sync>(PhantomData<T>);

impl<T: Config + Send + Sync> Guard<T> {
    /// New extension, without content.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Config + Send + Sync> core::fmt::Debug for Guard<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TandemGuard")
    }
}

/// Result of `validate`, from which `prepare` charges the participant.
// One lives for the time of one transaction: a box would cost more than it saves.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub enum Val {
    /// Transaction without a signer, which is not charged. Has the extension's own weight, to be refunded.
    Pass(Weight),
    /// Transaction that was admitted, with its charge.
    Admitted(Admission),
}

/// Result of `prepare`, from which `post_dispatch` corrects the charge.
#[derive(Debug)]
pub enum Pre {
    /// Nothing was charged. Has the part of the extension's own weight that is refunded.
    Pass(Weight),
    /// Charge that was made to a participant.
    Charged(Charge),
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for Guard<T> {
    const IDENTIFIER: &'static str = "TandemGuard";
    type Implicit = ();
    type Val = Val;
    type Pre = Pre;

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        let guard = T::WeightInfo::guard(T::CallClassifier::origins(call).clamp(1, crate::types::MAX_ORIGINS));
        guard.saturating_add(T::DbWeight::get().reads(T::CallClassifier::filter_reads(call)))
    }

    fn validate(
        &self,
        origin: T::RuntimeOrigin,
        call: &T::RuntimeCall,
        info: &DispatchInfo,
        len: usize,
        _self_implicit: (),
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Val, T::RuntimeCall> {
        let Some(signer) = origin.as_system_origin_signer() else {
            return Ok((ValidTransaction::default(), Val::Pass(self.weight(call)), origin));
        };
        let found = T::CallClassifier::classify(signer, call)?;
        let admission = Pallet::<T>::admit(signer, &found, info, len)?;
        let priority = match &admission {
            Admission::Free => 0,
            Admission::Charged { charge, .. } => match charge.place {
                Place::Ordinary | Place::Overflow => 0,
                Place::Finishing | Place::Proof | Place::Rightless => LANE_PRIORITY,
                Place::Governing => GOVERNING_PRIORITY,
            },
        };
        Ok((ValidTransaction { priority, ..Default::default() }, Val::Admitted(admission), origin))
    }

    fn prepare(
        self,
        val: Val,
        _origin: &T::RuntimeOrigin,
        _call: &T::RuntimeCall,
        _info: &DispatchInfo,
        _len: usize,
    ) -> Result<Pre, TransactionValidityError> {
        Ok(match val {
            Val::Pass(unused) => Pre::Pass(unused),
            Val::Admitted(Admission::Free) => Pre::Pass(Weight::zero()),
            Val::Admitted(Admission::Charged { charge, quota, lanes }) => {
                Quota::<T>::insert(charge.participant, quota);
                if let Some(lanes) = lanes {
                    BlockLanes::<T>::put(lanes);
                }
                Pre::Charged(charge)
            }
        })
    }

    fn post_dispatch_details(
        pre: Pre,
        info: &DispatchInfo,
        post_info: &PostDispatchInfo,
        _len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        match pre {
            Pre::Pass(unused) => Ok(unused),
            Pre::Charged(charge) => {
                let used = post_info.calc_actual_weight(info);
                if result.is_err() || used.ref_time() != charge.declared.time {
                    Pallet::<T>::settle_charge(&charge, used.ref_time(), result.is_err());
                }
                Ok(Weight::zero())
            }
        }
    }
}
