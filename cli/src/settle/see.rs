//! What the chains say of a trade.

use super::{
    across::{waits_for_payer, Decider, Paid},
    plan::Plan,
    step::Seen,
};
use crate::chain::Chain;
use anyhow::Context;
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{
    BlockingReason, Execution, InstructionId, InstructionView, Moment, Payment, Stage, TrancheIndex, TrancheView,
};

/// A chain at a block, and its time there.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// Connection to the chain.
    pub chain: &'a Chain,
    /// Best block that was read.
    pub at: H256,
    /// Time of the chain at that block, in milliseconds.
    pub now: Moment,
    /// The last final block.
    pub last: H256,
}

/// Reads from the chains how a trade stands, by network.
pub async fn see(sights: &[Sight<'_>], plan: &Plan) -> anyhow::Result<Seen> {
    let Sight { chain, at, now, .. } = *sights.get(plan.holding()).context("the network that holds a trade")?;
    let mut instruction: Option<InstructionView> = None;
    for id in plan.ids() {
        if instruction.is_none() {
            instruction = chain.ask("instruction", id, at).await?;
        }
    }
    let mut seen = Seen { now, instruction, ..Seen::default() };
    let Some(view) = &seen.instruction else { return Ok(seen) };
    if let Some(sight) = plan.deciding().and_then(|network| sights.get(network)) {
        let waits = view.stage == Stage::Matched && waits_for_payer(plan, view);
        seen.decider = Some(decider(*sight, view.id, view.tranches, waits).await?);
    }
    let Some(view) = &seen.instruction else { return Ok(seen) };
    let forms = matches!(view.stage, Stage::Matched | Stage::Formed { .. });
    match plan.terms.execution {
        Execution::ByManager { .. } if forms => {
            let part: Option<TrancheView> = chain.ask("preview_tranche", view.id, at).await?;
            seen.part = part.map(|part| part.lots);
        }
        Execution::Immediate | Execution::OnToken if view.stage == Stage::Matched => {
            let part: Option<TrancheView> = chain.ask("preview_tranche", view.id, at).await?;
            seen.part = part.map(|part| part.lots);
        }
        Execution::Immediate if forms => {
            let reasons: Vec<BlockingReason> = chain.ask("blocking_reasons", view.id, at).await?;
            seen.unblocked = reasons.is_empty();
        }
        _ => {}
    }
    Ok(seen)
}

/// Reads how a trade stands on the network that decides. By the other network its next tranche is this one. `waits`: it waits for
/// what is reserved there.
async fn decider(sight: Sight<'_>, id: InstructionId, tranche: TrancheIndex, waits: bool) -> anyhow::Result<Decider> {
    let Sight { chain, at, now, last } = sight;
    let payment = chain.payment(id, at).await?.map(|payment| Paid {
        tranche: payment.tranche,
        settled: payment.settled,
        committed: payment.commitment.is_some(),
        executable: payment.coverable(),
        reserved: payment.legs.iter().map(|leg| (leg.leg, leg.reserved)).collect(),
    });
    // A payment that waits for a tranche has decided those before it.
    let decided = match &payment {
        Some(payment) => payment.tranche > tranche,
        None => chain.record(id, tranche, at).await?.is_some(),
    };
    let is_ahead = waits && chain.payment(id, last).await?.is_some_and(|payment| is_reserved(&payment));
    Ok(Decider { now, payment, decided, is_ahead })
}

/// True if lots of every leg of the payment are reserved.
fn is_reserved(payment: &Payment) -> bool {
    !payment.legs.is_empty() && payment.legs.iter().all(|leg| leg.reserved > 0)
}
