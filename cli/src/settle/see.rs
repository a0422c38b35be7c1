//! What the chain says of a trade.

use super::{plan::Plan, step::Seen};
use crate::chain::Chain;
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{BlockingReason, Execution, InstructionView, Moment, Stage, TrancheView};

/// What the chain says of a trade at a block.
pub async fn see(chain: &Chain, plan: &Plan, at: H256, now: Moment) -> anyhow::Result<Seen> {
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
