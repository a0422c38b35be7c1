//! Steps of `pallet-counterpart` in random sequences: commitments, deliveries and returns.

use super::{
    draws::Who,
    invariants::World,
    model::{across, largest, Context},
    oracle::is_committed,
};
use crate::{mock::*, State};
use polkadot_sdk::{frame_support::storage::with_storage_layer, sp_runtime::DispatchResult};
use tandem_primitives::{HeldInstructions, InstructionId, Lots, Outcome, TakenBack};

/// Decision about a committed tranche that a random sequence applies: the other network's, or a governed release.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// All committed lots are executed.
    Whole,
    /// This many lots are executed; may be more than are committed, which must fail.
    Lots(Lots),
    Back(TakenBack),
}

/// Test helper: outcome of an instruction without settled lots that is taken back for this reason.
fn ends(why: TakenBack) -> Outcome {
    match why {
        TakenBack::Rejected => Outcome::Rejected,
        TakenBack::TimedOut => Outcome::Expired,
        TakenBack::Released => Outcome::Released,
    }
}

impl World<'_> {
    pub fn commit(&mut self, place: usize, who: Who, lots: Option<Lots>) {
        let ready = |open: &crate::Open| across(open) && open.state == State::Matched && largest(open).is_some();
        let place = self.seek(place, who, ready);
        let (id, open) = self.place(place);
        let by = self.settler(open, who);
        let permitted = self.model.may_commit(&by, id, lots).is_some();
        let context = Context { chosen: vec![lots], ..Context::default() };
        self.driven(permitted, context, || Settlement::commit(&by, id, lots).map(|_| ()));
    }

    pub fn decide(&mut self, place: usize, fate: Fate) {
        let place = self.seek(place, Who::Fit(0), is_committed);
        let (id, _) = self.place(place);
        self.apply(id, fate);
    }

    fn apply(&mut self, id: InstructionId, fate: Fate) {
        let committed = self.model.open(id).filter(|open| is_committed(open)).and_then(|open| open.state.formed());
        match fate {
            Fate::Whole => self.deliver(id, committed.unwrap_or(1)),
            Fate::Lots(lots) => self.deliver(id, lots),
            Fate::Back(why) => {
                let context = Context { decided: Some(ends(why)), ..Context::default() };
                self.driven(committed.is_some(), context, || Settlement::take_back(id, why, None))
            }
        }
    }

    fn deliver(&mut self, id: InstructionId, lots: Lots) {
        let permitted = self.model.may_deliver(id, lots).is_some();
        // What is left returns from `reserve_by` on.
        self.driven(permitted, Context::default(), || Settlement::deliver(id, lots, None));
    }

    /// Checks that a committed instruction outlives its deadline and the sweep, then applies a decision that must close
    /// it. Returns false, and does nothing, if the instruction is not committed.
    pub fn decide_late(&mut self, id: InstructionId) -> bool {
        let Some(lots) = self.model.open(id).filter(|open| is_committed(open)).and_then(|open| open.state.formed())
        else {
            return false;
        };
        self.call(&AUDITOR, crate::Call::expire { id });
        self.sweep(false);
        self.check();
        let fates = [
            Fate::Whole,
            Fate::Back(TakenBack::Rejected),
            Fate::Back(TakenBack::TimedOut),
            Fate::Back(TakenBack::Released),
        ];
        self.apply(id, fates[lots as usize % fates.len()]);
        self.check();
        assert!(self.model.open(id).is_none(), "I5: what is decided from the deadline on is over");
        true
    }

    /// Runs `drive` and asserts that it succeeds exactly if `permitted`, and that the model follows from its events.
    fn driven(&mut self, permitted: bool, mut context: Context, drive: impl FnOnce() -> DispatchResult) {
        let result = with_storage_layer(drive);
        assert_eq!(result.is_ok(), permitted, "I9 and all other conditions: {result:?}");
        let events = self.events();
        assert!(permitted || events.is_empty(), "what fails says nothing");
        for event in events {
            self.replay(event, &mut context);
        }
    }
}
