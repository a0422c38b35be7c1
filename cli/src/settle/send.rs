//! Transactions of the trades: sent, refused, included, and what each of these means.

use super::{
    drive::{Arrived, Driver, Line, Work},
    plan::codes,
    step::{Purpose, Step},
};
use crate::chain::{
    blocks::{Block, Result as Ended},
    client::At,
    submit::{Outbox, Refusal, Unsent},
};
use tandem_primitives::GuardRefusal;

/// Errors of the chain that say that the time of a trade is over.
const LATE: [&str; 2] = ["Settlement.TooLate", "Settlement.WindowTooShort"];

/// After so many failures in a row a step is tried only every eighth block.
const PATIENCE: u32 = 3;

impl Driver<'_> {
    /// Sends a step of a trade, and notes what becomes of it.
    pub(super) async fn send(&self, work: &mut Work, lines: &mut [Line<'_>], step: Step) -> anyhow::Result<()> {
        let holding = lines.get(work.plan.holding()).map(|line| line.follower.last()).unwrap_or_default();
        let (Some(key), Some(line)) = (self.key(&step.by), lines.get_mut(step.on)) else { return Ok(()) };
        match line.outbox.send(line.chain, line.follower.last(), key, &step.call).await? {
            Ok(hash) => {
                work.pending.insert(hash, step.purpose);
                if let Purpose::Fund(leg, tranche) = step.purpose {
                    work.funded.insert((leg, tranche));
                }
            }
            Err(Unsent::Later(reason)) => {
                tracing::debug!(trade = work.plan.name, reason, "later");
                work.awake = true;
                work.retry_from = holding.number.saturating_add(1);
            }
            Err(Unsent::Refused(guard)) => {
                let standing = matches!(guard, Refusal::Guard(GuardRefusal::NotActive | GuardRefusal::Sanctioned));
                let arrived = Arrived::Refused(guard.to_string());
                self.failed(work, step.purpose, arrived, standing, holding).await?;
            }
        }
        Ok(())
    }

    /// Consequence of a refusal for the trade, at the best block of the network that holds it. `arrived`: the end of a trade that
    /// never became an instruction. `standing`: it may be because of a party's status.
    async fn failed(
        &self,
        work: &mut Work,
        purpose: Purpose,
        arrived: Arrived,
        standing: bool,
        best: At,
    ) -> anyhow::Result<()> {
        tracing::debug!(trade = work.plan.name, ?purpose, ?arrived, "failed");
        work.awake = true;
        match purpose {
            Purpose::Instruct => {
                let holding = work.plan.holding();
                let found = if standing { self.standing_of(&work.plan, best.hash).await? } else { None };
                let arrived = found.map_or(arrived, Arrived::Refused);
                let heights = (0..self.chains.len()).map(|network| if network == holding { best.number } else { 0 });
                work.arrived = Some((arrived, heights.collect()));
            }
            Purpose::Affirm => work.affirmation_refused = true,
            Purpose::Fund(..) | Purpose::Advance => {
                if let Purpose::Fund(leg, tranche) = purpose {
                    work.funded.remove(&(leg, tranche));
                }
                work.failures = work.failures.saturating_add(1);
                let pause = if work.failures > PATIENCE { 8 } else { 1 };
                work.retry_from = best.number.saturating_add(pause);
            }
        }
        Ok(())
    }

    /// Notes the contents of a block of one network. `bests` are the best blocks of all.
    pub(super) async fn take_in(
        &mut self,
        works: &mut [Work],
        outbox: &mut Outbox,
        block: &Block,
        bests: &[At],
    ) -> anyhow::Result<()> {
        for (hash, ended) in outbox.included(block) {
            let Some(work) = works.iter_mut().find(|work| work.pending.contains_key(&hash)) else { continue };
            let Some(purpose) = work.pending.remove(&hash) else { continue };
            work.awake = true;
            match ended {
                Ended::Done => {
                    work.failures = 0;
                    if let Purpose::Fund(leg, tranche) = purpose {
                        work.reserved_in.push((block.at.hash, leg, tranche));
                    }
                }
                // The chain has it from before: what is there is what counts.
                Ended::Failed(reason)
                    if matches!(reason.code.as_str(), "Settlement.AlreadyExists" | "Settlement.AlreadyAffirmed") => {}
                Ended::Failed(reason) => {
                    let standing = reason.code.ends_with("NotActive");
                    let holding = bests.get(work.plan.holding()).copied().unwrap_or_default();
                    let is_late = LATE.contains(&reason.code.as_str());
                    let ended = if is_late { Arrived::Late } else { Arrived::Refused };
                    self.failed(work, purpose, ended(reason.to_string()), standing, holding).await?;
                }
            }
        }
        for event in &block.events {
            let Some(id) = event.instruction else { continue };
            let Some(work) = works.iter_mut().find(|work| work.plan.ids.contains(&id)) else { continue };
            work.awake = true;
            if event.pallet == "Settlement" && event.name == "Matched" {
                self.matched(&work.plan.name);
            }
            if let Some((_, fields)) = &event.mismatch {
                if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                    entry.mismatch = Some(codes(fields));
                }
            }
        }
        Ok(())
    }
}
