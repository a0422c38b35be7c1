//! What comes next for a trade across two networks once it is on the one that holds it. Pure, like all steps.
//!
//! What is committed or decided is carried between the two by a gateway, not from here.

use super::{
    plan::Plan,
    step::{advance, one_of_ours, send, Means, Next, Purpose, Step, SWEEP_TIME},
};
use crate::{chain::calls::Call, files::trades::Pay};
use tandem_primitives::{
    AccountId, Execution, InstructionView, LegIndex, Lots, Moment, Quantity, Stage, TrancheIndex, VersionedTerms,
};

/// State of a trade on the network that decides, at one block.
#[derive(Clone, Debug, Default)]
pub struct Decider {
    /// Consensus time there, in milliseconds.
    pub now: Moment,
    /// The payment, while there is one.
    pub payment: Option<Paid>,
    /// True if the tranche that is next on the holding network is decided already.
    pub decided: bool,
    /// True if lots of every leg there are reserved ahead of the commitment, by the last final block. It is looked at only for
    /// trades that wait for it.
    pub is_ahead: bool,
}

/// A payment on the network that decides.
#[derive(Clone, Debug, Default)]
pub struct Paid {
    /// The tranche that is decided next.
    pub tranche: TrancheIndex,
    /// Lots that have settled.
    pub settled: Lots,
    /// True if it is known there that the tranche is committed.
    pub committed: bool,
    /// Number of lots that would be executed now.
    pub executable: Option<Lots>,
    /// Lots in reservation, for each leg there.
    pub reserved: Vec<(LegIndex, Lots)>,
}

/// Next step of a trade; `None` where it is the same as with one network.
pub(super) fn next(
    plan: &Plan,
    now: Moment,
    part: Option<Lots>,
    view: &InstructionView,
    decider: &Decider,
    means: &Means,
) -> Option<Next> {
    let two = plan.terms.two_networks.as_ref()?;
    let on = plan.deciding()?;
    // A trade has ended when nothing is left of it on either network.
    if let Some(payment) = decider.payment.as_ref().filter(|_| decider.now >= two.pay_deadline) {
        let due = decider.now >= two.pay_deadline.saturating_add(SWEEP_TIME);
        let by = giver_or_receiver(plan, on, &payment.reserved, means).filter(|_| due);
        return Some(by.map_or(Next::Wait, |by| send([there(on, by, Call::expire_payment(view.id))])));
    }
    match view.stage {
        Stage::Proposed => None,
        Stage::Matched if now >= plan.closes() => None,
        Stage::Matched => {
            let ahead = waits_for_payer(plan, view);
            let mut steps = if ahead { fund(plan, on, view, decider, means) } else { Vec::new() };
            // Whoever is reserved or committed before is bound, while the payer still chooses.
            if ahead && decider.is_ahead {
                steps.extend(reserve(plan, view, means));
            }
            if !ahead || decider.is_ahead {
                steps.extend(commit(plan, now, part, view, means));
            }
            Some(send(steps))
        }
        Stage::Committed { .. } if decider.now >= two.pay_deadline => Some(Next::Wait),
        Stage::Committed { .. } => Some(send(decide(plan, on, view, decider, means))),
        Stage::Closed { .. } if decider.payment.is_some() => Some(Next::Wait),
        Stage::Closed { .. } => Some(Next::Closed),
        // Nothing forms across two networks.
        Stage::Formed { .. } | Stage::Executing { .. } => Some(Next::Wait),
    }
}

/// True for a trade of which nothing is reserved or committed here before the payer has reserved there, for good.
pub(super) fn waits_for_payer(plan: &Plan, view: &InstructionView) -> bool {
    plan.pay == Some(Pay::Ahead) && view.tranches == TrancheIndex(0)
}

/// Reserves the legs of the network that holds the instruction, which were not reserved with the word of their givers.
fn reserve(plan: &Plan, view: &InstructionView, means: &Means) -> Vec<Step> {
    let legs = plan.legs_on(plan.holding()).filter(|(_, leg)| (means.signs)(&leg.from));
    let none_yet = |index: &LegIndex| view.legs.get(usize::from(index.0)).is_some_and(|state| state.reserved == 0);
    let steps = legs.filter(|(index, _)| none_yet(index)).filter_map(|(index, leg)| {
        let party = plan.seller.iter().chain(&plan.buyer).find(|party| party.account == leg.from)?;
        Some(advance(plan, &leg.from, Call::reserve(view.id, index, party.reserve?)))
    });
    steps.collect()
}

fn there(on: usize, by: &AccountId, call: Call) -> Step {
    Step { on, by: by.clone(), call, purpose: Purpose::Advance }
}

/// An account of ours at an end of one of these legs.
fn giver_or_receiver<'a>(plan: &'a Plan, on: usize, legs: &[(LegIndex, Lots)], means: &Means) -> Option<&'a AccountId> {
    let known = plan.legs_on(on).filter(|(index, _)| legs.iter().any(|(leg, _)| leg == index));
    known.flat_map(|(_, leg)| [&leg.from, &leg.to]).find(|account| (means.signs)(account))
}

/// By the manager, or in its place by a party; where no manager decides, by a party at once.
fn commit(plan: &Plan, now: Moment, part: Option<Lots>, view: &InstructionView, means: &Means) -> Option<Step> {
    let lots = part?;
    if now < plan.terms.settle_from {
        return None;
    }
    match &plan.terms.execution {
        Execution::ByManager { manager, .. } if (means.signs)(manager) => {
            Some(advance(plan, manager, Call::commit(view.id, Some(lots))))
        }
        Execution::ByManager { manager_by, .. } if now < *manager_by => None,
        Execution::ByManager { .. } | Execution::Immediate => {
            Some(advance(plan, one_of_ours(plan, means)?, Call::commit(view.id, None)))
        }
        Execution::OnToken | Execution::Hashlock { .. } => None,
    }
}

/// Steps on the network that decides, while it has to.
fn decide(plan: &Plan, on: usize, view: &InstructionView, decider: &Decider, means: &Means) -> Vec<Step> {
    match plan.pay {
        Some(Pay::Ahead | Pay::Later) => {
            let steps = fund(plan, on, view, decider, means);
            if steps.is_empty() {
                execute(plan, on, view, decider, means).into_iter().collect()
            } else {
                steps
            }
        }
        Some(Pay::Refuse) => refuse(plan, on, view, decider, means).into_iter().collect(),
        Some(Pay::Never) | None => Vec::new(),
    }
}

/// Every leg there whose giver's key is here is reserved once for each tranche.
fn fund(plan: &Plan, on: usize, view: &InstructionView, decider: &Decider, means: &Means) -> Vec<Step> {
    if decider.decided {
        return Vec::new();
    }
    let legs = plan.legs_on(on).filter(|(_, leg)| (means.signs)(&leg.from));
    let steps = legs.filter_map(|(index, leg)| {
        let quantity = Quantity::UpTo(plan.terms.lots);
        let (tranche, call) = match &decider.payment {
            Some(payment) => {
                let reserved = payment.reserved.iter().find(|(known, _)| *known == index).map_or(0, |(_, lots)| *lots);
                // What was reserved ahead, or for the tranche before, may be enough.
                let whole = reserved >= plan.terms.lots.saturating_sub(payment.settled);
                // What there is for the first tranche was reserved for it, also by a run that was cut off before it noted that.
                let begun = payment.tranche == TrancheIndex(0) && reserved > 0;
                if whole || begun || (plan.pay == Some(Pay::Later) && !payment.committed) {
                    return None;
                }
                (payment.tranche, Call::reserve_payment(view.id, index, quantity))
            }
            // Ahead of the commitment the terms are brought along.
            None if plan.pay == Some(Pay::Ahead) && view.tranches == TrancheIndex(0) => {
                let terms = VersionedTerms::V1(plan.terms.clone());
                let [by_seller, by_buyer] = &plan.instructing;
                let instructing = if view.id == plan.ids[0] { by_seller } else { by_buyer };
                (TrancheIndex(0), Call::reserve_ahead(&terms, instructing, index, quantity))
            }
            None => return None,
        };
        if (means.funded)(index, tranche) {
            return None;
        }
        Some(Step { on, by: leg.from.clone(), call, purpose: Purpose::Fund(index, tranche) })
    });
    steps.collect()
}

/// The manager of the network that decides executes what is covered, and a party if it is silent. Where none decides
/// this does what the last reservation could not.
fn execute(plan: &Plan, on: usize, view: &InstructionView, decider: &Decider, means: &Means) -> Option<Step> {
    let payment = decider.payment.as_ref()?;
    payment.executable?;
    let managed = plan.terms.two_networks.as_ref()?.managed_by.as_ref();
    let by = match managed {
        Some(managed) if (means.signs)(&managed.manager) => &managed.manager,
        Some(managed) if decider.now < managed.manager_by => return None,
        Some(_) | None => giver_or_receiver(plan, on, &payment.reserved, means)?,
    };
    Some(there(on, by, Call::execute_payment(view.id, None)))
}

/// A receiver there refuses what is committed.
fn refuse(plan: &Plan, on: usize, view: &InstructionView, decider: &Decider, means: &Means) -> Option<Step> {
    decider.payment.as_ref().filter(|payment| payment.committed)?;
    let (_, leg) = plan.legs_on(on).find(|(_, leg)| (means.signs)(&leg.to))?;
    Some(there(on, &leg.to, Call::refuse_payment(view.id, "refused by the receiver")))
}

#[cfg(test)]
#[path = "across_tests.rs"]
mod tests;
