//! The first layer of the guard: who may send a transaction at all.

use crate::{impls::Admission, ClassifyCall, Config, Pallet, Quota, WeightInfo};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use polkadot_sdk::*;

use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    weights::Weight,
};
use scale_info::TypeInfo;
use sp_runtime::{
    traits::{AsSystemOriginSigner, Implication, TransactionExtension, ValidateResult},
    transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError, ValidTransaction},
    DispatchResult,
};
use tandem_primitives::ParticipantId;

/// What only finishes goes before everything else in the pool. Below the maximum, so that what other extensions add
/// still tells two such transactions apart.
pub const FINISHING_PRIORITY: TransactionPriority = 1 << 60;

/// Admits a transaction if every account for which it acts may act, and charges the quota of its signer.
///
/// - It has no payload: a wallet that does not know it signs as if it were not there.
/// - `T::CallClassifier` computes the *effective* origin of every inner call. Each must be an account in use of an active
///   participant. If all calls only finish what exists, a suspended or revoked participant may still send them.
///   A sanctioned one may send nothing.
/// - The signer's participant is charged the declared weight and refunded what was not used. What only finishes has an
///   allowance of its own and [`FINISHING_PRIORITY`].
/// - A refusal is `InvalidTransaction::Custom` with the number of a [`crate::GuardRefusal`].
/// - What has no signer (inherents, general transactions authorised otherwise) passes untouched.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Default, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct Guard<T: Config + Send + Sync>(PhantomData<T>);

impl<T: Config + Send + Sync> Guard<T> {
    /// The extension; it carries nothing.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Config + Send + Sync> core::fmt::Debug for Guard<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TandemGuard")
    }
}

/// What `validate` found, for `prepare` to write.
#[derive(Debug)]
pub enum Val {
    /// No signer, or one that needs no quota.
    Pass(Weight),
    /// On a participant's quota.
    Admitted(Admission),
}

/// What `prepare` charged, for the refund.
#[derive(Debug)]
pub enum Pre {
    /// Nothing was charged; this weight of the extension was not used.
    Pass(Weight),
    /// A participant was charged.
    Charged {
        /// Which one.
        participant: ParticipantId,
        /// Whether from the allowance for what only finishes.
        finishing: bool,
    },
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for Guard<T> {
    const IDENTIFIER: &'static str = "TandemGuard";
    type Implicit = ();
    type Val = Val;
    type Pre = Pre;

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        T::WeightInfo::guard(T::CallClassifier::origins(call).clamp(1, crate::types::MAX_ORIGINS))
    }

    fn validate(
        &self,
        origin: T::RuntimeOrigin,
        call: &T::RuntimeCall,
        info: &DispatchInfo,
        _len: usize,
        _self_implicit: (),
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Val, T::RuntimeCall> {
        let Some(signer) = origin.as_system_origin_signer() else {
            return Ok((ValidTransaction::default(), Val::Pass(self.weight(call)), origin));
        };
        let effective = T::CallClassifier::effective(signer, call)?;
        let admission = Pallet::<T>::admit(signer, &effective, info.total_weight())?;
        let priority = match &admission {
            Admission::Charged { finishing: true, .. } => FINISHING_PRIORITY,
            Admission::Charged { finishing: false, .. } | Admission::Free => 0,
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
            Val::Admitted(Admission::Charged { participant, finishing, quota }) => {
                Quota::<T>::insert(participant, quota);
                Pre::Charged { participant, finishing }
            }
        })
    }

    fn post_dispatch_details(
        pre: Pre,
        info: &DispatchInfo,
        post_info: &PostDispatchInfo,
        _len: usize,
        _result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        match pre {
            Pre::Pass(unused) => Ok(unused),
            Pre::Charged { participant, finishing } => {
                let unused = info.total_weight().saturating_sub(post_info.calc_actual_weight(info));
                if unused != Weight::zero() {
                    Pallet::<T>::refund(participant, finishing, unused);
                }
                Ok(Weight::zero())
            }
        }
    }
}
