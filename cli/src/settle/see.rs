//! What the chains say of a trade.

use super::{
    across::{Decider, Paid},
    plan::Plan,
    step::Seen,
};
use crate::chain::Chain;
use anyhow::Context;
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{
    BlockingReason, Execution, InstructionId, InstructionView, Moment, Stage, TrancheIndex, TrancheView,
};

/// A chain at a block, and its time there.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// The block.
    pub at: H256,
    /// Its time, in milliseconds.
    pub now: Moment,
}

/// What the chains say of a trade, by network.
pub async fn see(sights: &[Sight<'_>], plan: &Plan) -> anyhow::Result<Seen> {
    let Sight { chain, at, now } = *sights.get(plan.holding()).context("the network that holds a trade")?;
    let [by_seller, by_buyer] = plan.ids;
    // If the file speaks for one side only, the other's desk may have instructed.
    let ids = match (&plan.seller, &plan.buyer) {
        (Some(_), Some(_)) => vec![by_seller],
        _ => vec![by_seller, by_buyer],
    };
    let mut instruction: Option<InstructionView> = None;
    for id in ids {
        if instruction.is_none() {
            instruction = chain.ask("instruction", id, at).await?;
        }
    }
    let mut seen = Seen { now, instruction, ..Seen::default() };
    let Some(view) = &seen.instruction else { return Ok(seen) };
    if let Some(sight) = plan.deciding().and_then(|network| sights.get(network)) {
        seen.decider = Some(decider(*sight, view.id, view.tranches).await?);
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

/// What the network that decides says of the trade whose next tranche, by the other network, is this one.
async fn decider(sight: Sight<'_>, id: InstructionId, tranche: TrancheIndex) -> anyhow::Result<Decider> {
    let Sight { chain, at, now } = sight;
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
    Ok(Decider { now, payment, decided })
}
