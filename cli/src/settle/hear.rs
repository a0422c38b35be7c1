//! What final blocks of the deciding network say: how many lots it has executed of each trade across two networks.
//!
//! Records go once both networks are done with them, so they cannot be asked for at the end; what was said of them in final
//! blocks stays.

use super::{
    drive::{Driver, Work},
    journal::Decided,
};
use crate::{chain::client::At, output::say};
use polkadot_sdk::sp_core::H256;
use tandem_primitives::Decision;

impl Driver<'_> {
    /// Reads the blocks that have become final since the last time, also those of before a cut.
    pub(super) async fn hear(&mut self, works: &[Work], last: &[At]) -> anyhow::Result<()> {
        if !self.books.are_two() {
            return Ok(());
        }
        for (network, (chain, last)) in self.chains.iter().zip(last).enumerate() {
            let from = self.journal.heard(network).unwrap_or(last.number);
            for number in from.saturating_add(1)..=last.number {
                let hash = match u32::try_from(number) {
                    Ok(number) => chain.hash_of(number).await?.unwrap_or(H256::zero()),
                    Err(_) => continue,
                };
                let block = match chain.block(hash).await {
                    Ok(block) => block,
                    Err(error) => {
                        // Too long ago for this node: the comparison of lots will say that they are not known.
                        say(&format!("block {number} cannot be read again: {error:#}"));
                        continue;
                    }
                };
                for event in &block.happened {
                    let (Some(id), Some((tranche, decision))) = (event.instruction, event.decided) else { continue };
                    let Some(work) = works.iter().find(|work| work.plan.ids.contains(&id)) else { continue };
                    if work.plan.deciding() != Some(network) {
                        continue;
                    }
                    let decided = match decision {
                        Decision::Executed { lots } => Decided::Executed(lots),
                        Decision::Rejected { reason } => Decided::Rejected(reason),
                    };
                    if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                        entry.decided.insert(tranche.0, decided);
                    }
                }
            }
            self.journal.set_heard(network, last.number);
        }
        Ok(())
    }
}
