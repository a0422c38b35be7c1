//! What holds in every state, by the numbers that the pallets' READMEs give the invariants, and what must be reachable for that to mean anything.

use crate::actions::tranches;
use crate::{Applied, Decision, Outcome, Payment, Protocol, State, Status};
use stateright::Property;

/// I1: no step makes or destroys an asset.
pub const SUPPLY: &str = "I1 supply";
/// I2: what is in escrow is what is reserved, and what is committed is reserved.
pub const ESCROW: &str = "I2 escrow";
/// I5: from every state honest people end it, without anybody's consent.
pub const ENDS: &str = "I5 it ends";
/// I5: the payer is free at the deadline even if the holding network is gone.
pub const DECIDING_ENDS: &str = "I5 it ends on the deciding network alone";
/// I5: the giver is free by a governed release even if the deciding network is gone.
pub const HOLDING_ENDS: &str = "I5 it ends on the holding network alone";
/// I7: what was paid and what was delivered adds up.
pub const TRANCHES_ADD_UP: &str = "I7 tranches add up";
/// I9: a tranche is decided once, and a decision is applied once.
pub const ONCE: &str = "I9 at most once";
/// I9: what is applied or believed is what the counterpart's final chain says.
pub const FINAL: &str = "I9 only what is final";
/// I10: nothing is delivered that is not paid.
pub const DELIVERED_IS_PAID: &str = "I10 delivered is paid";
/// I10: a paid tranche never goes back, unless it is released.
pub const PAID_IS_DELIVERED: &str = "I10 paid is delivered";
/// While clocks are less than the window apart, a commitment leaves time to pay.
pub const WINDOW: &str = "a commitment leaves time to pay";
/// A governed release goes through only after silence.
pub const SILENCE: &str = "a release follows silence";

impl Protocol {
    /// All properties that these bounds can show.
    pub fn promises(&self) -> Vec<Property<Self>> {
        let mut all = vec![
            Property::<Self>::always(SUPPLY, |_, state| supply(state)),
            Property::<Self>::always(ESCROW, Self::escrow),
            Property::<Self>::always(ENDS, Self::ends),
            Property::<Self>::always(DECIDING_ENDS, Self::deciding_ends_alone),
            Property::<Self>::always(TRANCHES_ADD_UP, Self::tranches_add_up),
            Property::<Self>::always(ONCE, |_, state| at_most_once(state)),
            Property::<Self>::always(FINAL, Self::only_what_is_final),
            Property::<Self>::always(DELIVERED_IS_PAID, |_, state| delivered_is_paid(state)),
            Property::<Self>::always(PAID_IS_DELIVERED, |_, state| paid_is_delivered(state)),
            Property::<Self>::sometimes("settled", |_, state| has_outcome(state, Outcome::Settled)),
            Property::<Self>::sometimes("rejected", |_, state| has_outcome(state, Outcome::Rejected)),
            Property::<Self>::sometimes("timed out", |_, state| {
                state.holding.best.history.applied.get(0) == Some(Applied::TimedOut)
            }),
            Property::<Self>::sometimes("forgotten", |_, state| {
                let deciding = &state.deciding.best;
                !deciding.history.decided.is_empty() && deciding.records.is_empty()
            }),
        ];
        if self.drift < self.window {
            all.push(Property::<Self>::always(WINDOW, |_, state| !state.holding.best.history.committed_too_late));
        }
        if self.lots > 1 {
            all.push(Property::<Self>::sometimes("partially settled", |_, state| {
                has_outcome(state, Outcome::PartiallySettled)
            }));
            all.push(Property::<Self>::sometimes("settled in two tranches", |_, state| {
                has_outcome(state, Outcome::Settled) && state.holding.best.tranche == 2
            }));
        }
        if self.releases {
            all.push(Property::<Self>::always(HOLDING_ENDS, Self::holding_ends_alone));
            all.push(Property::<Self>::always(SILENCE, |_, state| !state.holding.best.history.released_wrongly));
            all.push(Property::<Self>::sometimes("released", |_, state| has_outcome(state, Outcome::Released)));
        }
        if self.upgrades {
            all.push(Property::<Self>::sometimes("settled after an upgrade of both", |_, state| {
                let (holding, deciding) = (&state.holding.best, &state.deciding.best);
                has_outcome(state, Outcome::Settled) && holding.version == 2 && deciding.version == 2
            }));
        }
        all
    }

    fn escrow(&self, state: &State) -> bool {
        let (holding, deciding) = (&state.holding.best, &state.deciding.best);
        let committed = match holding.status {
            Status::Committed(lots) => lots,
            Status::Matched | Status::Closed(_) => 0,
        };
        let reserved = deciding.payment.map_or(0, |payment| {
            let Payment { settled, reserved, .. } = payment;
            deciding.custody.share(self, settled, reserved)
        });
        committed <= holding.reserved
            && holding.custody.escrow == holding.custody.share(self, holding.settled, holding.reserved)
            && deciding.custody.escrow == reserved
    }

    fn tranches_add_up(&self, state: &State) -> bool {
        let (holding, deciding) = (&state.holding.best, &state.deciding.best);
        let paid: u8 = deciding.history.paid.iter().sum();
        // A tranche paid twice is for the other properties to find: it has no share.
        holding.custody.receiver == holding.custody.share(self, 0, holding.settled)
            && (paid > self.lots || deciding.custody.receiver == deciding.custody.share(self, 0, paid))
    }

    fn only_what_is_final(&self, state: &State) -> bool {
        let (holding, deciding) = (&state.holding.best, &state.deciding.best);
        let (holding_final, deciding_final) = (state.holding.final_state(), state.deciding.final_state());
        tranches().all(|tranche| {
            let decided = deciding_final.history.decided.get(tranche);
            let applied_is_final = match holding.history.applied.get(tranche) {
                None => true,
                Some(Applied::Delivered(lots)) => decided == Some(Decision::Executed(lots)),
                Some(Applied::Rejected) => decided == Some(Decision::Rejected),
                Some(Applied::TimedOut) => deciding_final.now >= self.pay_deadline,
            };
            let believed = deciding.history.believed.get(tranche);
            applied_is_final && (believed.is_none() || believed == holding_final.history.committed.get(tranche))
        })
    }
}

fn supply(state: &State) -> bool {
    [state.holding.best.custody, state.deciding.best.custody]
        .iter()
        .all(|custody| custody.giver + custody.escrow + custody.receiver == custody.amount)
}

fn at_most_once(state: &State) -> bool {
    !state.holding.best.history.applied_twice && !state.deciding.best.history.decided_twice
}

/// Lots that the deciding network paid for a tranche, and lots that the holding one delivered for it.
fn paid_and_delivered(state: &State, tranche: u8) -> (u8, u8) {
    let paid = state.deciding.best.history.paid.get(usize::from(tranche)).copied().unwrap_or(0);
    let delivered = match state.holding.best.history.applied.get(tranche) {
        Some(Applied::Delivered(lots)) => lots,
        Some(Applied::Rejected | Applied::TimedOut) | None => 0,
    };
    (paid, delivered)
}

fn delivered_is_paid(state: &State) -> bool {
    tranches().all(|tranche| {
        let (paid, delivered) = paid_and_delivered(state, tranche);
        delivered <= paid
    })
}

/// A tranche that is over on the holding network has settled there for exactly what is paid.
fn paid_is_delivered(state: &State) -> bool {
    let holding = &state.holding.best;
    let closed = matches!(holding.status, Status::Closed(_));
    tranches().filter(|tranche| closed || *tranche < holding.tranche).all(|tranche| {
        let (paid, delivered) = paid_and_delivered(state, tranche);
        let released = holding.history.released && tranche == holding.tranche;
        released || paid <= delivered
    })
}

fn has_outcome(state: &State, outcome: Outcome) -> bool {
    state.holding.best.status == Status::Closed(outcome)
}
