//! Checks of the stored state against the invariants, which the README numbers.

use crate::{
    impls::COMMITTED_LOOK, policy::parts_of, Bucket, Closed, Config, Expiries, Instruction, Instructions, Open, Pallet,
    Party, State, SweptTo,
};
use alloc::{collections::BTreeSet, vec::Vec};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::TryRuntimeError,
};
use tandem_primitives::{AccountId, Directory, Execution, FlagKind, InstructionId, Moment, TokenStatus};

impl<T: Config> Pallet<T> {
    /// Checks the invariants I3 to I7 and I11 on every stored instruction. `pallet-escrow` checks I2 for all its
    /// controllers.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        for (id, instruction) in Instructions::<T>::iter() {
            match instruction {
                Instruction::Open(open) => Self::check_open(&open)?,
                Instruction::Closed(closed) => Self::check_closed(id, &closed)?,
            }
        }
        Self::check_expiries()
    }

    fn check_open(open: &Open) -> Result<(), TryRuntimeError> {
        ensure!(open.legs.len() == open.terms.legs.len(), "a state for each leg");
        ensure!(open.settled < open.terms.lots, "I7: an open instruction has lots left");
        ensure!(open.terms.check().is_ok(), "terms that were checked stay so");
        Self::check_parties(open)?;
        Self::check_flags(open)?;
        let affirmed = open.all_affirmed();
        ensure!(affirmed || open.state == State::Proposed, "only a proposed instruction waits for a party");
        ensure!(!affirmed || open.state != State::Proposed, "what all have affirmed is matched");
        let range = parts_of(open);
        let here = open.terms.holding();
        for (leg, terms) in open.legs.iter().zip(&open.terms.legs) {
            ensure!(
                leg.ends.is_some() == (terms.network == here),
                "I11: ends of the legs of this network and no other"
            );
            ensure!(leg.ends.is_some() || leg.reserved == 0, "I11: nothing is reserved of the other network's legs");
            ensure!(leg.reserved <= open.remaining(), "never more reserved than remains");
            ensure!((leg.reserved > 0) == leg.token.is_some(), "I3: a token for each reservation and no other");
        }
        match open.state {
            State::Proposed | State::Matched => {
                let issued = |status: Option<TokenStatus>| matches!(status, None | Some(TokenStatus::Issued));
                ensure!(open.legs.iter().all(|leg| issued(leg.token)), "I3: tokens arm when a tranche forms");
                let forms_alone = open.state == State::Matched && !open.is_across();
                let complete = forms_alone && open.covered() == open.remaining();
                let forms = complete && !open.is_held() && range.takes(open.remaining());
                ensure!(!forms, "the completed whole forms at once");
            }
            State::Formed { lots } | State::Executing { lots } => {
                ensure!(!open.is_across(), "I11: across two networks nothing forms on one");
                ensure!(range.takes(lots), "I4: a formed tranche is one that all parties take");
                ensure!(!open.is_held(), "no party holds back what is irrevocable");
                ensure!(open.covered() >= lots, "I4: a formed tranche is covered on every leg");
                let consumed = open.legs.iter().filter(|leg| leg.token == Some(TokenStatus::Consumed)).count();
                let executing = matches!(open.state, State::Executing { .. });
                ensure!((consumed > 0) == executing, "I3: executing if and only if a token is consumed");
                let secret = matches!(open.terms.execution, Execution::Hashlock { .. });
                ensure!(secret || consumed < open.legs.len(), "I4: the last token settles the tranche");
            }
            State::Committed { lots } => {
                ensure!(open.is_across(), "I11: only another network decides");
                ensure!(range.takes(lots), "I4: a committed tranche is one that all parties take");
                ensure!(open.covered() >= lots, "I4: a committed tranche is covered on every leg of this network");
                ensure!(open.flags.is_empty(), "nobody holds back what another network decides");
                let asked = open.parties.iter().any(|party| party.cancel_until.is_some());
                ensure!(!asked, "a request to cancel ends with a commitment");
                let armed = open.local().all(|(_, _, state, _)| state.token == Some(TokenStatus::Armed));
                ensure!(armed, "I3: the tokens of what is committed are armed");
            }
        }
        Ok(())
    }

    /// The parties are those that the legs name, side by side, and each end of a leg is the owner of its account.
    fn check_parties(open: &Open) -> Result<(), TryRuntimeError> {
        let owner = |account: &AccountId| T::Directory::standing(account).map(|standing| standing.participant);
        for (_, leg, _, ends) in open.local() {
            let owned = owner(&leg.from) == Some(ends.giver) && owner(&leg.to) == Some(ends.receiver);
            ensure!(owned, "I4: an end of a leg does not own its account");
        }
        let named = Self::parties_of(&open.terms, &open.legs).map_err(|_| "more parties than an instruction has")?;
        let sides = |parties: &[Party]| -> Vec<_> {
            parties.iter().map(|party| (party.participant, party.account.clone())).collect()
        };
        ensure!(
            sides(&named) == sides(&open.parties),
            "the parties are those at the ends of the legs, once for each side"
        );
        let itself = |party: &Party| party.affirmed || !party.affirmed_itself;
        ensure!(open.parties.iter().all(itself), "what a party has affirmed itself is affirmed");
        Ok(())
    }

    /// A flag of a party is that of one, a manager's of who manages and is no party; each holder has one.
    fn check_flags(open: &Open) -> Result<(), TryRuntimeError> {
        for (at, flag) in open.flags.iter().enumerate() {
            let again = open.flags.iter().skip(at.saturating_add(1)).any(|other| other.kind == flag.kind);
            ensure!(!again, "a flag is set twice by one holder");
            match flag.kind {
                FlagKind::Party(holder) => ensure!(open.has_party(holder), "a party's flag is set by a stranger"),
                FlagKind::Independent(holder) => {
                    ensure!(!open.has_party(holder), "a party has the flag of a manager");
                    let Execution::ByManager { manager, .. } = &open.terms.execution else {
                        return Err("a manager's flag is set where nobody manages".into());
                    };
                    let owner = T::Directory::standing(manager).map(|standing| standing.participant);
                    ensure!(owner == Some(holder), "a manager's flag is set by another than the manager");
                }
                FlagKind::Operator | FlagKind::Authority => (),
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

    /// Checks I5 and I6: every stored instruction has exactly one entry in `Expiries`, at the latest shortly after its
    /// deadline or, once closed, after its retention.
    fn check_expiries() -> Result<(), TryRuntimeError> {
        let mut seen = BTreeSet::new();
        let now = Self::now();
        // An instruction that could not be closed is looked at each minute from the deadline on, and each hour one that
        // another network decides, which may end between two looks.
        let soon = |instant: Moment| Bucket::of(instant.max(now).saturating_add(COMMITTED_LOOK));
        for (bucket, (participant, id)) in Expiries::<T>::iter_keys() {
            ensure!(seen.insert(id), "one expiry for each instruction");
            if let Some(Instruction::Open(open)) = Instructions::<T>::get(id) {
                ensure!(open.has_party(participant), "I5: an expiry is kept under a party");
            }
            let latest = match Instructions::<T>::get(id) {
                Some(Instruction::Open(open)) => soon(open.terms.deadline),
                Some(Instruction::Closed(closed)) => soon(closed.kept_until(T::Retention::get())),
                None => return Err("I6: an expiry for an instruction that is gone".into()),
            };
            ensure!(bucket <= latest, "I5: the sweep comes in time");
        }
        // Where the weight ends with the last instruction that waits, the next sweep finds out that none is left.
        ensure!(SweptTo::<T>::get().is_none_or(|bucket| bucket.instant() <= now), "I5: the sweep passes what is due");
        ensure!(seen.len() == Instructions::<T>::iter_keys().count(), "I5: an expiry for every instruction");
        Ok(())
    }
}
