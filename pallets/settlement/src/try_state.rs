//! Invariants of the stored state. The numbers are those of the crate's documentation.

use crate::{policy::Range, Bucket, Closed, Config, Expiries, Instruction, Instructions, Open, Pallet, State};
use alloc::collections::BTreeSet;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::TryRuntimeError,
};
use tandem_primitives::{Escrow, Execution, InstructionId, TokenStatus};

impl<T: Config> Pallet<T> {
    /// Checks I2, I3 and I5 to I7 on everything that is stored.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        for (id, instruction) in Instructions::<T>::iter() {
            match instruction {
                Instruction::Open(open) => Self::check_open(&open)?,
                Instruction::Closed(closed) => Self::check_closed(id, &closed)?,
            }
        }
        // I2. Settlement is the one controller of escrow, so that whatever escrow has beyond this was left behind.
        for asset in T::Escrow::assets() {
            let accounted = Self::reserved_in_total(&asset).checked_add(T::Escrow::claimable_in_total(&asset));
            ensure!(accounted == Some(T::Escrow::held(&asset)), "I2: escrow is not what is reserved and claimable");
        }
        Self::check_expiries()
    }

    fn check_open(open: &Open) -> Result<(), TryRuntimeError> {
        ensure!(open.legs.len() == open.terms.legs.len(), "a state for each leg");
        ensure!(open.settled < open.terms.lots, "I7: an open instruction has lots left");
        ensure!(open.terms.check().is_ok(), "terms that were checked stay so");
        let affirmed = open.all_affirmed();
        ensure!(affirmed || open.state == State::Proposed, "only a proposed instruction waits for a party");
        ensure!(!affirmed || open.state != State::Proposed, "what all have affirmed is matched");
        let range = Range::of(open);
        for leg in &open.legs {
            ensure!(leg.reserved <= open.remaining(), "never more reserved than remains");
            ensure!((leg.reserved > 0) == leg.token.is_some(), "I3: a token for each reservation and no other");
        }
        match open.state {
            State::Proposed | State::Matched => {
                let issued = |status: Option<TokenStatus>| matches!(status, None | Some(TokenStatus::Issued));
                ensure!(open.legs.iter().all(|leg| issued(leg.token)), "I3: tokens arm when a tranche forms");
                let complete = open.state == State::Matched && open.covered() == open.remaining();
                let forms = complete && !open.is_held() && range.takes(open.remaining());
                ensure!(!forms, "the completed whole forms at once");
            }
            State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => {
                ensure!(range.takes(lots), "I4: a formed tranche is one that all parties take");
                ensure!(!open.is_held(), "no party holds back what is irrevocable");
                ensure!(open.covered() >= lots, "I4: a formed tranche is covered on every leg");
                let consumed = open.legs.iter().filter(|leg| leg.token == Some(TokenStatus::Consumed)).count();
                let executing = matches!(open.state, State::Executing { .. });
                ensure!((consumed > 0) == executing, "I3: executing if and only if a token is consumed");
                let secret = matches!(open.terms.execution, Execution::Hashlock { .. });
                ensure!(secret || consumed < open.legs.len(), "I4: the last token settles the tranche");
            }
        }
        Ok(())
    }

    fn check_closed(id: InstructionId, closed: &Closed) -> Result<(), TryRuntimeError> {
        let settled = matches!(
            closed.outcome,
            tandem_primitives::Outcome::Settled | tandem_primitives::Outcome::PartiallySettled
        );
        ensure!(settled == (closed.lots > 0), "I7: something settled if and only if the outcome says so");
        ensure!((closed.lots > 0) == (closed.tranches.0 > 0), "I7: lots settle in tranches");
        ensure!(Instructions::<T>::contains_key(id), "a closed record is under its id");
        Ok(())
    }

    /// I5 and I6: the sweep comes to every instruction, exactly once, and not after its retention.
    fn check_expiries() -> Result<(), TryRuntimeError> {
        let mut seen = BTreeSet::new();
        for (bucket, id) in Expiries::<T>::iter_keys() {
            ensure!(seen.insert(id), "one expiry for each instruction");
            let latest = match Instructions::<T>::get(id) {
                Some(Instruction::Open(open)) => Bucket::of(open.terms.deadline.saturating_add(60_000)),
                Some(Instruction::Closed(closed)) => {
                    Bucket::of(closed.deadline.saturating_add(T::Retention::get()).saturating_add(60_000))
                }
                None => return Err("I6: an expiry for an instruction that is gone".into()),
            };
            ensure!(bucket <= latest, "I5: the sweep comes in time");
        }
        ensure!(seen.len() == Instructions::<T>::iter_keys().count(), "I5: an expiry for every instruction");
        Ok(())
    }
}
