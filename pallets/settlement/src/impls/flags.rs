//! Flags with which a party, the operator, a regulator or the manager holds back the settlement of an instruction.

use super::access::Act;
use crate::{
    types::MAX_FLAGS, Config, Error, Event, Flag, FlagSource, Instruction, Instructions, Open, Pallet, Reason,
};
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{AccountId, FlagKind, InstructionId, Right, Role, Standing};

/// Maximum number of flags of parties and managers on one instruction. Two of [`MAX_FLAGS`] are kept for the operator
/// and the regulator.
const MAX_PRIVATE_FLAGS: usize = MAX_FLAGS as usize - 2;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_flag(who: AccountId, id: InstructionId, source: FlagSource, reason: Reason) -> DispatchResult {
        let signer = Self::active(&who)?;
        let mut open = Self::load(id)?;
        let kind = Self::flag_to_set(&signer, &open, source)?;
        Self::ensure_flags_change(&open, source)?;
        if source == FlagSource::Party {
            ensure!(open.irrevocable() == 0, Error::<T>::Irrevocable);
        }
        ensure!(open.flags.iter().all(|flag| flag.kind != kind), Error::<T>::FlagAlreadySet);
        if is_private(&kind) {
            let private = open.flags.iter().filter(|flag| is_private(&flag.kind)).count();
            ensure!(private < MAX_PRIVATE_FLAGS, Error::<T>::TooManyFlags);
        }
        open.flags.try_push(Flag { kind, reason: reason.clone() }).map_err(|_| Error::<T>::TooManyFlags)?;
        let reference = open.terms.reference.clone();
        Instructions::<T>::insert(id, Instruction::Open(open));
        Self::deposit_event(Event::FlagSet { id, kind, reason, by: who, reference });
        Ok(())
    }

    pub(crate) fn do_clear_flag(who: AccountId, id: InstructionId, source: FlagSource) -> Result<u32, DispatchError> {
        // A party that is suspended may let go of what it has agreed to, and starts nothing new by that.
        let signer = match source {
            FlagSource::Party => Self::finishing(&who)?,
            FlagSource::Operator | FlagSource::Authority | FlagSource::Independent => Self::active(&who)?,
        };
        let mut open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        let kind = Self::flag_to_clear(&signer, &open, source)?;
        Self::ensure_flags_change(&open, source)?;
        ensure!(open.flags.iter().any(|flag| flag.kind == kind), Error::<T>::FlagNotFound);
        if source == FlagSource::Party {
            // Its flag is what keeps a tranche from forming, and nothing forms with a sanctioned party or in
            // an asset that is off the list.
            Self::ensure_nobody_sanctioned(&open)?;
            Self::ensure_all_listed(&open)?;
        }
        let was_held = open.is_held();
        open.flags.retain(|flag| flag.kind != kind);
        let act = Act::of(id, &who);
        Self::deposit_event(Event::FlagCleared { id, kind, by: who, reference: open.terms.reference.clone() });
        let next = match was_held && !open.is_held() {
            true => Self::advance(&act, open, 0, None)?,
            false => Instruction::Open(open),
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Fails with `TooLate` once flags of signers in the capacity `source` can no longer be set or cleared: a party's
    /// from `reserve_by`, all others from the deadline. Fails with `AlreadyCommitted` while the other network decides.
    fn ensure_flags_change(open: &Open, source: FlagSource) -> DispatchResult {
        Self::ensure_not_committed(open)?;
        let limit = match source {
            FlagSource::Party => open.terms.reserve_by,
            FlagSource::Operator | FlagSource::Authority | FlagSource::Independent => open.terms.deadline,
        };
        ensure!(Self::now() < limit, Error::<T>::TooLate);
        Ok(())
    }

    /// Flag that the signer may set in the capacity `source`; fails with `NotAuthorized` if it may set none. A party
    /// can set only a party's flag, whatever its roles.
    fn flag_to_set(signer: &Standing, open: &Open, source: FlagSource) -> Result<FlagKind, DispatchError> {
        let is_party = open.has_party(signer.participant);
        let (allowed, kind) = match source {
            FlagSource::Party => (is_party && signer.rights.has(Right::Trade), FlagKind::Party(signer.participant)),
            FlagSource::Operator => (!is_party && signer.roles.has(Role::Operator), FlagKind::Operator),
            FlagSource::Authority => (!is_party && signer.roles.has(Role::Regulator), FlagKind::Authority),
            FlagSource::Independent => {
                (!is_party && Self::manages(signer, open), FlagKind::Independent(signer.participant))
            }
        };
        ensure!(allowed, Error::<T>::NotAuthorized);
        Ok(kind)
    }

    /// Flag that the signer may clear in the capacity `source`: one that it may set or, as operator or regulator, that
    /// of the manager.
    fn flag_to_clear(signer: &Standing, open: &Open, source: FlagSource) -> Result<FlagKind, DispatchError> {
        let governs = signer.roles.has(Role::Operator) || signer.roles.has(Role::Regulator);
        if source == FlagSource::Independent && governs && !open.has_party(signer.participant) {
            let of_manager = |kind: &FlagKind| matches!(kind, FlagKind::Independent(_));
            let kind = open.flags.iter().map(|flag| flag.kind).find(of_manager);
            return kind.ok_or_else(|| Error::<T>::FlagNotFound.into());
        }
        Self::flag_to_set(signer, open, source)
    }
}

/// True if a flag of this kind belongs to a party or a manager, and so counts towards [`MAX_PRIVATE_FLAGS`].
fn is_private(kind: &FlagKind) -> bool {
    match kind {
        FlagKind::Party(_) | FlagKind::Independent(_) => true,
        FlagKind::Operator | FlagKind::Authority => false,
    }
}
