//! Who holds settlement back.

use crate::{
    types::MAX_FLAGS, Config, Error, Event, Flag, FlagSource, Instruction, Instructions, Open, Pallet, Reason,
};
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{AccountId, FlagKind, InstructionId, Role, Standing};

/// The most flags of parties and managers: the operator and the regulator always find room for theirs.
const MAX_PRIVATE_FLAGS: usize = MAX_FLAGS as usize - 2;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_flag(who: AccountId, id: InstructionId, source: FlagSource, reason: Reason) -> DispatchResult {
        let signer = Self::active(&who)?;
        let mut open = Self::load(id)?;
        let kind = Self::flag_kind(&signer, &open, source)?;
        Self::ensure_not_committed(&open)?;
        if source == FlagSource::Party {
            ensure!(open.irrevocable() == 0, Error::<T>::Irrevocable);
            ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        }
        ensure!(open.flags.iter().all(|flag| flag.kind != kind), Error::<T>::FlagAlreadySet);
        if matches!(kind, FlagKind::Party(_) | FlagKind::Independent(_)) {
            let private = |flag: &&Flag| matches!(flag.kind, FlagKind::Party(_) | FlagKind::Independent(_));
            ensure!(open.flags.iter().filter(private).count() < MAX_PRIVATE_FLAGS, Error::<T>::TooManyFlags);
        }
        open.flags.try_push(Flag { kind, reason: reason.clone() }).map_err(|_| Error::<T>::TooManyFlags)?;
        Instructions::<T>::insert(id, Instruction::Open(open));
        Self::deposit_event(Event::FlagSet { id, kind, reason });
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
        let kind = Self::flag_kind(&signer, &open, source)?;
        Self::ensure_not_committed(&open)?;
        ensure!(open.flags.iter().any(|flag| flag.kind == kind), Error::<T>::FlagNotFound);
        let was_held = open.is_held();
        if source == FlagSource::Party {
            // Nothing had formed when the time came: what is reserved returns.
            ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        }
        open.flags.retain(|flag| flag.kind != kind);
        Self::deposit_event(Event::FlagCleared { id, kind });
        let next = match was_held && !open.is_held() {
            true => Self::advance(id, open, 0, None)?,
            false => Instruction::Open(open),
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// The flag that the signer may set or clear in this capacity.
    fn flag_kind(signer: &Standing, open: &Open, source: FlagSource) -> Result<FlagKind, DispatchError> {
        let is_party = open.party(signer.participant).is_some();
        let (allowed, kind) = match source {
            FlagSource::Party => (is_party, FlagKind::Party(signer.participant)),
            FlagSource::Operator => (signer.roles.has(Role::Operator), FlagKind::Operator),
            FlagSource::Authority => (signer.roles.has(Role::Regulator), FlagKind::Authority),
            FlagSource::Independent => {
                (!is_party && Self::manages(signer, open), FlagKind::Independent(signer.participant))
            }
        };
        ensure!(allowed, Error::<T>::NotAuthorized);
        Ok(kind)
    }
}
