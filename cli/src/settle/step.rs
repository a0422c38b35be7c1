//! What to do next for a trade, from what the chain says of it. Pure: the same answers give the same step.

use super::{
    across,
    plan::{Party, Plan},
};
use crate::chain::calls::Call;
use tandem_primitives::{
    AccountId, Affirmation, Execution, InstructionView, LegIndex, Lots, Moment, Stage, TokenStatus, TrancheIndex,
    VersionedTerms,
};

/// Time after a deadline that the chain's own sweep is given before we expire an instruction ourselves.
pub(super) const SWEEP_TIME: Moment = 6_000;

/// State of a trade on the chains, at one block each.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Consensus time, in milliseconds.
    pub now: Moment,
    /// The instruction, under the id that it has.
    pub instruction: Option<InstructionView>,
    /// Lots of the largest part that could settle.
    pub part: Option<Lots>,
    /// True if nothing stands in the way of settlement.
    pub unblocked: bool,
    /// State on the network that decides, if there are two.
    pub decider: Option<across::Decider>,
}

/// Knowledge of this machine beside that.
pub struct Means<'a> {
    /// True for an account whose key it holds.
    pub signs: &'a dyn Fn(&AccountId) -> bool,
    /// True if the buyer's word was given, and differed.
    pub mismatched: bool,
    /// True if the chain refuses the buyer's word.
    pub affirmation_refused: bool,
    /// True for a leg that was reserved for a tranche on the network that decides, or whose reservation is on its way.
    pub funded: &'a dyn Fn(LegIndex, TrancheIndex) -> bool,
}

/// A transaction to send.
#[derive(Debug)]
pub struct Step {
    /// Network that it is sent to.
    pub on: usize,
    /// Account that signs it.
    pub by: AccountId,
    /// Call that is sent.
    pub call: Call,
    /// Purpose of the transaction.
    pub purpose: Purpose,
}

/// Purpose of a transaction, so that its failure can be understood.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// To put the trade on the chain.
    Instruct,
    /// To agree to it.
    Affirm,
    /// To reserve a leg on the network that decides.
    Fund(LegIndex, TrancheIndex),
    /// To bring it forward.
    Advance,
}

/// Next move in a trade.
#[derive(Debug)]
pub enum Next {
    /// Transactions to send now.
    Send(Vec<Step>),
    /// Somebody else is to act, or time.
    Wait,
    /// The chain has closed it.
    Closed,
    /// The deadline has passed before it became an instruction.
    NeverSent,
}

/// Next move in a trade, from what was seen of it.
pub fn next(plan: &Plan, seen: &Seen, means: &Means) -> Next {
    let Some(view) = &seen.instruction else { return begin(plan, seen, means) };
    if let Some(decider) = &seen.decider {
        if let Some(next) = across::next(plan, seen.now, seen.part, view, decider, means) {
            return next;
        }
    }
    if matches!(view.stage, Stage::Closed { .. }) {
        return Next::Closed;
    }
    let closes = plan.closes();
    if seen.now >= closes {
        let due = seen.now >= closes.saturating_add(SWEEP_TIME);
        let by = one_of_ours(plan, means).filter(|_| due);
        return by.map_or(Next::Wait, |by| send([advance(plan, by, Call::expire(view.id))]));
    }
    // The chain refuses to execute anything earlier, and a secret that is shown earlier is out for nothing.
    let may_execute = seen.now >= plan.terms.settle_from;
    match view.stage {
        Stage::Proposed => affirm(plan, view, means),
        Stage::Matched => match plan.terms.execution {
            Execution::Immediate | Execution::OnToken => settle_part(plan, seen, view, means),
            Execution::ByManager { .. } if !may_execute => Next::Wait,
            Execution::ByManager { .. } => manage(plan, seen, view, means),
            Execution::Hashlock { .. } => Next::Wait,
        },
        Stage::Formed { .. } | Stage::Executing { .. } if !may_execute => Next::Wait,
        Stage::Formed { .. } | Stage::Executing { .. } => match &plan.terms.execution {
            Execution::OnToken => use_tokens(plan, view, means),
            Execution::ByManager { .. } => manage(plan, seen, view, means),
            Execution::Hashlock { .. } => reveal(plan, view, means),
            Execution::Immediate if seen.unblocked => {
                one_of_ours(plan, means).map_or(Next::Wait, |by| send([advance(plan, by, Call::settle(view.id, None))]))
            }
            Execution::Immediate => Next::Wait,
        },
        Stage::Committed { .. } => Next::Wait,
        Stage::Closed { .. } => Next::Closed,
    }
}

pub(super) fn send(steps: impl IntoIterator<Item = Step>) -> Next {
    let steps: Vec<Step> = steps.into_iter().collect();
    if steps.is_empty() {
        Next::Wait
    } else {
        Next::Send(steps)
    }
}

/// On the network that holds the instruction.
pub(super) fn advance(plan: &Plan, by: &AccountId, call: Call) -> Step {
    Step { on: plan.holding(), by: by.clone(), call, purpose: Purpose::Advance }
}

fn parties(plan: &Plan) -> impl Iterator<Item = &Party> {
    plan.seller.iter().chain(&plan.buyer)
}

pub(super) fn one_of_ours<'a>(plan: &'a Plan, means: &Means) -> Option<&'a AccountId> {
    parties(plan).map(|party| &party.account).find(|account| (means.signs)(account))
}

/// The seller instructs; the buyer only if the file does not speak for the seller.
fn begin(plan: &Plan, seen: &Seen, means: &Means) -> Next {
    if seen.now >= plan.closes() {
        return Next::NeverSent;
    }
    let Some(party) = plan.seller.as_ref().or(plan.buyer.as_ref()) else { return Next::Wait };
    if !(means.signs)(&party.account) {
        return Next::Wait;
    }
    let call = Call::instruct(&party.terms, &party.own, plan.reserves_with_its_word(party));
    send([Step { on: plan.holding(), by: party.account.clone(), call, purpose: Purpose::Instruct }])
}

/// Whoever of ours has not agreed does: by the hash if it says the same, with its own words if not.
fn affirm(plan: &Plan, view: &InstructionView, means: &Means) -> Next {
    if means.mismatched || means.affirmation_refused {
        return Next::Wait;
    }
    // Under the seller's id the buyer affirms, under the buyer's the seller.
    let [by_seller, _] = plan.ids;
    let party = if view.id == by_seller { plan.buyer.as_ref() } else { plan.seller.as_ref() };
    let Some(party) = party.filter(|party| (means.signs)(&party.account)) else { return Next::Wait };
    let affirmation = if party.terms.hash() == view.terms_hash {
        Affirmation::Hash(view.terms_hash)
    } else {
        Affirmation::Terms(party.terms.clone())
    };
    let call = Call::affirm(view.id, affirmation, &party.own, plan.reserves_with_its_word(party));
    send([Step { on: plan.holding(), by: party.account.clone(), call, purpose: Purpose::Affirm }])
}

fn settle_part(plan: &Plan, seen: &Seen, view: &InstructionView, means: &Means) -> Next {
    let open = seen.now >= plan.terms.partial_from && seen.now < plan.terms.reserve_by;
    match (seen.part, one_of_ours(plan, means)) {
        (Some(_), Some(by)) if open => send([advance(plan, by, Call::settle_part(view.id))]),
        _ => Next::Wait,
    }
}

/// The manager settles the largest part that all take; if it is silent, a party does from `manager_by`.
fn manage(plan: &Plan, seen: &Seen, view: &InstructionView, means: &Means) -> Next {
    let (Execution::ByManager { manager, manager_by }, Some(lots)) = (&plan.terms.execution, seen.part) else {
        return Next::Wait;
    };
    if (means.signs)(manager) {
        return send([advance(plan, manager, Call::settle(view.id, Some(lots)))]);
    }
    match one_of_ours(plan, means) {
        Some(by) if seen.now >= *manager_by => send([advance(plan, by, Call::settle(view.id, None))]),
        _ => Next::Wait,
    }
}

/// Every armed token whose holder's key is here.
fn use_tokens(plan: &Plan, view: &InstructionView, means: &Means) -> Next {
    let Some(VersionedTerms::V1(terms)) = &view.terms else { return Next::Wait };
    let legs = (0u8..).map(LegIndex).zip(terms.legs.iter().zip(&view.legs));
    let armed = legs.filter(|(_, (leg, state))| {
        matches!(&state.token, Some((_, _, _, TokenStatus::Armed))) && (means.signs)(&leg.to)
    });
    send(armed.map(|(index, (leg, _))| advance(plan, &leg.to, Call::execute(view.id, index, None))))
}

fn reveal(plan: &Plan, view: &InstructionView, means: &Means) -> Next {
    let shown = view.legs.iter().all(|leg| matches!(&leg.token, Some((_, _, _, TokenStatus::Consumed))));
    match (one_of_ours(plan, means), plan.preimage) {
        (Some(by), Some(_)) if shown => send([advance(plan, by, Call::settle(view.id, None))]),
        (Some(by), Some(preimage)) => send([advance(plan, by, Call::execute(view.id, LegIndex(0), Some(preimage)))]),
        _ => Next::Wait,
    }
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
