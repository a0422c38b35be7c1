//! Transaction extension that keeps proofs of known facts, and code that nobody has authorised, out of pool and blocks.

use super::{
    table,
    wrappers::{inside, MAX_DEPTH},
};
use crate::{configs::lane, Counterpart, Runtime, RuntimeCall, RuntimeOrigin};
use alloc::vec::Vec;
use bp_messages::HashedLaneId;
use codec::{Decode, DecodeWithMemTracking, Encode};
use pallet_bridge_grandpa::CallSubType as _;
use pallet_bridge_messages::CallSubType as _;
use pallet_counterpart::grandpa::is_oversized_for;
use pallet_participants::CallClass;
use polkadot_sdk::{
    frame_support::{dispatch::DispatchInfo, weights::Weight},
    sp_runtime::{
        impl_tx_ext_default,
        traits::{DispatchInfoOf, Hash as _, Implication, TransactionExtension, ValidateResult},
        transaction_validity::{
            InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError, UnknownTransaction,
            ValidTransaction,
        },
    },
    *,
};
use scale_info::TypeInfo;

/// Number of reads to check one proof: the pallet's mode, its progress, and for a header the validator set, for
/// messages the state of the lane.
const READS: u64 = 4;

/// Transaction extension that refuses a transaction whose proof shows nothing new, with `InvalidTransaction::Stale`.
///
/// - The extension has no payload: a wallet that does not know it signs as if it were not there.
/// - Calls inside wrappers are checked too. One obsolete proof makes the whole transaction obsolete; a gateway sends
///   the other proofs again in another one.
/// - Several gateways may bring the same proof, and one may try again: the first transaction is included, and the
///   others leave the pool without entering a block.
/// - A proof that can succeed only after governance has acted, such as a header while the light client is halted, or
///   one of a validator set that it does not know, is `InvalidTransaction::Call`.
/// - Of the proof itself only the size is checked: one larger than its keys need would cost more to check than is
///   charged, and is `InvalidTransaction::ExhaustsResources`. A wrong proof is admitted, fails, and is charged to its
///   sender's quota.
/// - A proof of messages on another lane than the one that exists is `InvalidTransaction::Call`.
/// - No transaction enters without a signature, the inherent that sets the time excepted. `frame_system` would let
///   anybody apply an authorised upgrade so, at an hour of their choice.
/// - An upgrade whose code was not authorised is `InvalidTransaction::Call`: it would fail, and is heavier than any
///   other call.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct RefuseObsolete;

impl TransactionExtension<RuntimeCall> for RefuseObsolete {
    const IDENTIFIER: &'static str = "TandemObsolete";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn weight(&self, call: &RuntimeCall) -> Weight {
        let proofs = proofs(call).len().try_into().unwrap_or(u64::MAX);
        <Runtime as frame_system::Config>::DbWeight::get().reads(READS.saturating_mul(proofs))
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        _info: &DispatchInfo,
        _len: usize,
        _self_implicit: (),
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<(), RuntimeCall> {
        proofs(call).into_iter().try_for_each(check)?;
        Ok((ValidTransaction::default(), (), origin))
    }

    fn bare_validate(call: &RuntimeCall, _info: &DispatchInfoOf<RuntimeCall>, _len: usize) -> TransactionValidity {
        refuse_unsigned(call).map(|()| ValidTransaction::default())
    }

    fn bare_validate_and_prepare(
        call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _len: usize,
    ) -> Result<(), TransactionValidityError> {
        refuse_unsigned(call)
    }

    impl_tx_ext_default!(RuntimeCall; prepare);
}

/// Fails for every call but the one by which a block's author sets the time.
fn refuse_unsigned(call: &RuntimeCall) -> Result<(), TransactionValidityError> {
    match call {
        RuntimeCall::Timestamp(_) => Ok(()),
        _ => Err(UnknownTransaction::NoUnsignedValidator.into()),
    }
}

/// Checks one call that carries a proof or the code of an upgrade; any other call passes. Fails for the reasons that
/// [`RefuseObsolete`] lists.
fn check(call: &RuntimeCall) -> Result<(), TransactionValidityError> {
    if is_oversized(call) {
        return Err(InvalidTransaction::ExhaustsResources.into());
    }
    if lane_of(call).is_some_and(|other| other != lane()) {
        return Err(InvalidTransaction::Call.into());
    }
    if let RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { code }) = call {
        let authorized = frame_system::Pallet::<Runtime>::authorized_upgrade();
        let hash = <Runtime as frame_system::Config>::Hashing::hash(code);
        // The hash is its first field, which has a getter in native builds only.
        let is_of = |encoded: &[u8]| encoded.starts_with(hash.as_ref());
        if authorized.is_none_or(|upgrade| !upgrade.using_encoded(is_of)) {
            return Err(InvalidTransaction::Call.into());
        }
    }
    call.check_obsolete_submit_finality_proof()?;
    call.check_obsolete_call()?;
    match call {
        RuntimeCall::Counterpart(call) if Counterpart::is_obsolete(call) => Err(InvalidTransaction::Stale.into()),
        _ => Ok(()),
    }
}

/// True if the call carries a proof that is larger than its keys need.
fn is_oversized(call: &RuntimeCall) -> bool {
    use pallet_bridge_messages::Call::{receive_messages_delivery_proof, receive_messages_proof};
    match call {
        RuntimeCall::Counterpart(call) => Counterpart::is_oversized(call),
        // The messages, and the state of the lane.
        RuntimeCall::BridgeMessages(receive_messages_proof { proof, messages_count, .. }) => {
            is_oversized_for(&proof.storage_proof, messages_count.saturating_add(1))
        }
        RuntimeCall::BridgeMessages(receive_messages_delivery_proof { proof, .. }) => {
            is_oversized_for(&proof.storage_proof, 1)
        }
        _ => false,
    }
}

/// Lane of the messages that the call carries or confirms; `None` if it does neither.
fn lane_of(call: &RuntimeCall) -> Option<HashedLaneId> {
    use pallet_bridge_messages::Call::{receive_messages_delivery_proof, receive_messages_proof};
    match call {
        RuntimeCall::BridgeMessages(receive_messages_proof { proof, .. }) => Some(proof.lane),
        RuntimeCall::BridgeMessages(receive_messages_delivery_proof { proof, .. }) => Some(proof.lane),
        _ => None,
    }
}

/// Calls among `call` and those inside it that carry a proof or the code of an upgrade.
fn proofs(call: &RuntimeCall) -> Vec<&RuntimeCall> {
    let mut found = Vec::new();
    collect(call, 0, &mut found);
    found
}

fn collect<'a>(call: &'a RuntimeCall, depth: u32, found: &mut Vec<&'a RuntimeCall>) {
    let upgrade = matches!(call, RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { .. }));
    if upgrade || table::row(call).class == CallClass::Proof {
        found.push(call);
    }
    // Deeper ones are not admitted.
    if depth < MAX_DEPTH {
        inside(call).into_iter().for_each(|(_, call)| collect(call, depth.saturating_add(1), found));
    }
}
