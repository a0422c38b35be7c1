//! What final blocks of both networks say: how many lots are executed of each trade across two networks, and that it matched.
//!
//! Records go once both networks are done with them, so they cannot be asked for at the end; what was said of them in final
//! blocks stays. No block is left out: what cannot be read ends the run, and the next one begins with it.

use super::{
    drive::{Driver, Work},
    journal::Decided,
};
use crate::{
    chain::{blocks::Block, client::At, is_disconnected, is_pruned, Chain},
    output::say,
};
use std::{collections::VecDeque, time::Duration};
use tandem_primitives::{Decision, InstructionView, TrancheIndex};

/// Maximum number of questions for a block before that is called a failure, and the pause between two.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(500);

impl Driver<'_> {
    /// Begins to listen, before anything is sent: where an earlier run ended that has left trades on their way, or else now.
    pub(super) async fn listen(&mut self, waiting: &VecDeque<usize>) -> anyhow::Result<()> {
        if !self.books.are_two() {
            return Ok(());
        }
        let goes_on = waiting.iter().any(|index| self.is_begun(*index));
        for (network, chain) in self.chains.iter().enumerate() {
            if !goes_on || self.journal.heard(network).is_none() {
                self.journal.set_heard(network, chain.finalized().await?.number);
            }
        }
        Ok(())
    }

    /// Reads the blocks that have become final since the last time, also those of before a cut.
    pub(super) async fn hear(&mut self, works: &[Work], last: &[At]) -> anyhow::Result<()> {
        if !self.books.are_two() {
            return Ok(());
        }
        for (network, (chain, last)) in self.chains.iter().zip(last).enumerate() {
            let mut next = self.journal.heard(network).unwrap_or(last.number).saturating_add(1);
            while next <= last.number {
                match read(chain, next).await {
                    Ok(block) => {
                        self.take_down(works, network, &block);
                        next = next.saturating_add(1);
                    }
                    Err(error) if is_pruned(&error) => {
                        let first = first_kept(chain, next, *last).await?;
                        say(&format!(
                            "blocks {next} to {} cannot be read any more; what was decided in them is asked of the records \
                             ({error:#})",
                            first.saturating_sub(1)
                        ));
                        for work in works.iter().filter(|work| work.plan.deciding() == Some(network)) {
                            if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                                entry.unheard = true;
                            }
                            self.recall(work, chain, *last).await?;
                        }
                        next = first;
                    }
                    Err(error) => return Err(error),
                }
            }
            self.journal.set_heard(network, last.number);
        }
        Ok(())
    }

    /// Notes what a final block says of the trades.
    fn take_down(&mut self, works: &[Work], network: usize, block: &Block) {
        for event in &block.events {
            let Some(id) = event.instruction else { continue };
            let Some(work) = works.iter().find(|work| work.plan.ids.contains(&id)) else { continue };
            if event.pallet == "Settlement" && event.name == "Matched" {
                self.matched(&work.plan.name);
            }
            let Some((tranche, decision)) = event.decided.filter(|_| work.plan.deciding() == Some(network)) else {
                continue;
            };
            if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                entry.decided.insert(tranche.0, decision.into());
            }
        }
        // What is noted for good must be final: in a block that is abandoned nothing was reserved.
        for work in works {
            let here = work.reserved_in.iter().filter(|(hash, ..)| *hash == block.at.hash);
            here.for_each(|(_, leg, tranche)| self.journal.fund(&work.plan.name, *leg, *tranche));
        }
    }

    /// Asks the records of a trade for what no block was heard to say. Those that have gone already stay unknown.
    pub(super) async fn recall(&mut self, work: &Work, chain: &Chain, last: At) -> anyhow::Result<()> {
        let Some(entry) = self.journal.entry(&work.plan.name) else { return Ok(()) };
        let known = entry.decided.clone();
        let holder = self.holder(&work.plan)?;
        let view: Option<InstructionView> = holder.ask("instruction", work.id, holder.finalized().await?.hash).await?;
        // The one network has decided at most the tranche that the other would settle next.
        let next = view.map_or(0, |view| view.tranches.0);
        for tranche in (0..=next).filter(|tranche| !known.contains_key(tranche)) {
            let Some(record) = chain.record(work.id, TrancheIndex(tranche), last.hash).await? else { continue };
            if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                entry.decided.insert(tranche, record.decision.into());
            }
        }
        Ok(())
    }
}

impl From<Decision> for Decided {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Executed { lots } => Decided::Executed(lots),
            Decision::Rejected { reason } => Decided::Rejected(reason),
        }
    }
}

/// The final block with this number. A node that is busy is asked again.
async fn read(chain: &Chain, number: u32) -> anyhow::Result<Block> {
    let hash = chain.hash_of(number).await?;
    let mut tries = 1;
    loop {
        match chain.block(hash).await.map_err(anyhow::Error::from) {
            Err(error) if is_disconnected(&error) && tries < TRIES => tokio::time::sleep(PAUSE).await,
            ended => return ended,
        }
        tries += 1;
    }
}

/// The first block after `gone`, whose state is gone, of which the node has the state; at most one after `last`, whose state
/// may be gone by now, too.
async fn first_kept(chain: &Chain, gone: u32, last: At) -> anyhow::Result<u32> {
    let next = gone.saturating_add(1);
    let (mut gone, mut kept) = (gone, last.number);
    while gone.saturating_add(1) < kept {
        let middle = gone.saturating_add(kept.saturating_sub(gone) / 2);
        match chain.now(chain.hash_of(middle).await?).await.map_err(anyhow::Error::from) {
            Ok(_) => kept = middle,
            Err(error) if is_pruned(&error) => gone = middle,
            Err(error) => return Err(error),
        }
    }
    Ok(kept.max(next))
}
