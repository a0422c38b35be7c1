//! Sends transactions that must all succeed, and waits until they are final.

use crate::{
    chain::{
        blocks::{Follower, Result as Ended},
        calls::Call,
        submit::{Outbox, Unsent},
        Chain,
    },
    fault::fault,
    settle::progress::Progress,
};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};
use subxt_signer::sr25519::Keypair;

const POLL: Duration = Duration::from_millis(200);

/// How many transactions are on their way at a time.
const IN_FLIGHT: usize = 100;

/// For how many blocks a transaction is offered before that is called a failure: longer than any quota's period.
const PATIENCE: u64 = 120;

/// A transaction, with what it is for in the words of a sentence.
pub struct Wanted {
    /// Who signs.
    pub key: Keypair,
    /// What.
    pub call: Call,
    /// `registering ALPSTEIN`.
    pub purpose: String,
    /// The error, if there is one, that says that it was done before.
    pub unless: Option<&'static str>,
}

/// Sends all of them, in order for each signer, and waits until the last is final. `title` is what a person reads
/// meanwhile.
pub async fn all(chain: &Chain, title: &str, wanted: Vec<Wanted>) -> anyhow::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let total = wanted.len();
    let mut shown = Progress::of(total);
    let mut follower = Follower::after(chain.best().await?);
    let mut outbox = Outbox::default();
    let mut waiting: VecDeque<Wanted> = wanted.into();
    let mut pending: BTreeMap<H256, Wanted> = BTreeMap::new();
    let mut progress = follower.last().number;
    while !(waiting.is_empty() && pending.is_empty()) {
        let best = follower.last();
        shown.show(total.saturating_sub(waiting.len()).saturating_sub(pending.len()), 0, title.to_owned());
        while pending.len() < IN_FLIGHT {
            let Some(next) = waiting.pop_front() else { break };
            match outbox.send(chain, best, &next.key, &next.call).await? {
                Ok(hash) => {
                    pending.insert(hash, next);
                }
                Err(Unsent::Later(reason)) if best.number > progress.saturating_add(PATIENCE) => {
                    return Err(fault(format!("{} is not possible now: {reason}; try again later", next.purpose)));
                }
                Err(Unsent::Later(_)) => {
                    waiting.push_front(next);
                    break;
                }
                Err(Unsent::Refused(guard)) => {
                    return Err(fault(format!("{} is refused: {guard}", next.purpose)));
                }
            }
        }
        let blocks = follower.advance(chain).await?;
        if blocks.is_empty() {
            tokio::time::sleep(POLL).await;
        }
        for block in &blocks {
            for (hash, ended) in outbox.included(block) {
                let Some(done) = pending.remove(&hash) else { continue };
                progress = block.at.number;
                if let Ended::Failed(reason) = ended {
                    if done.unless == Some(reason.code.as_str()) {
                        continue;
                    }
                    let code = if reason.text.is_empty() { String::new() } else { format!(" ({})", reason.code) };
                    return Err(fault(format!("{} failed: {reason}{code}", done.purpose)));
                }
            }
        }
        for hash in outbox.lost(chain, follower.last()).await? {
            waiting.extend(pending.remove(&hash));
        }
    }
    shown.show(total, 0, title.to_owned());
    while chain.finalized().await?.number < progress {
        tokio::time::sleep(POLL).await;
    }
    shown.end(title);
    Ok(())
}
