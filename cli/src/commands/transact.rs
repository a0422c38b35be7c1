//! Sends transactions that must all succeed, and waits until they are final; or one that somebody else may forestall.

use crate::{
    chain::{
        blocks::{Block, Follower, Reason, Result as Ended},
        calls::Call,
        client::At,
        counterpart::Effect,
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
                    return Err(failure(&done.purpose, &reason));
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

/// Whose transaction it was that brought something about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum By {
    /// Ours.
    Us,
    /// That of somebody else, who was quicker.
    Another,
}

/// Sends a transaction until what it is to bring about is so and final, whoever has brought it about.
///
/// A node keeps out, and drops, what somebody else has done already: so it is the chain that is asked, and not the node
/// that is listened to.
pub async fn carry(chain: &Chain, wanted: &Wanted, effect: Effect) -> anyhow::Result<By> {
    let mut shown = Progress::of(1);
    let mut follower = Follower::after(chain.best().await?);
    let mut outbox = Outbox::default();
    let began = follower.last().number;
    let mut is_sent = false;
    let mut by = By::Another;
    let mut failed: Option<Reason> = None;
    loop {
        let best = follower.last();
        if chain.shows(effect, best.hash).await? {
            shown.show(1, 0, wanted.purpose.clone());
            if is_final(chain, best, effect).await? {
                shown.end(&wanted.purpose);
                return Ok(by);
            }
        }
        shown.show(0, 0, wanted.purpose.clone());
        if !is_sent {
            match outbox.send(chain, best, &wanted.key, &wanted.call).await? {
                Ok(_) => is_sent = true,
                Err(Unsent::Later(reason)) if best.number > began.saturating_add(PATIENCE) => {
                    return Err(fault(format!("{} is not possible now: {reason}; try again later", wanted.purpose)));
                }
                Err(Unsent::Later(_)) => {}
                // Somebody else's may be in a block that is not read yet.
                Err(Unsent::Refused(_)) if chain.shows(effect, chain.best().await?.hash).await? => {}
                Err(Unsent::Refused(guard)) => {
                    return Err(fault(format!("{} is refused: {guard}", wanted.purpose)));
                }
            }
        }
        let blocks = next_blocks(&mut follower, chain).await?;
        for (_, ended) in blocks.iter().flat_map(|block| outbox.included(block)) {
            is_sent = false;
            match ended {
                Ended::Done => by = By::Us,
                Ended::Failed(reason) => failed = Some(reason),
            }
        }
        // Behind that of somebody else in the same block ours finds nothing left to do.
        if let Some(reason) = failed.take() {
            if !chain.shows(effect, follower.last().hash).await? {
                return Err(failure(&wanted.purpose, &reason));
            }
        }
        if !outbox.lost(chain, follower.last()).await?.is_empty() {
            is_sent = false;
        }
    }
}

/// The sentence for a transaction that did nothing.
fn failure(purpose: &str, reason: &Reason) -> anyhow::Error {
    let code = if reason.text.is_empty() { String::new() } else { format!(" ({})", reason.code) };
    fault(format!("{purpose} failed: {reason}{code}"))
}

/// Waits until this block's number is final. False if another block took its place, and shows it no more.
async fn is_final(chain: &Chain, seen: At, effect: Effect) -> anyhow::Result<bool> {
    loop {
        let last = chain.finalized().await?;
        if last.number >= seen.number {
            return chain.shows(effect, last.hash).await;
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The blocks that come next; at least one.
async fn next_blocks(follower: &mut Follower, chain: &Chain) -> anyhow::Result<Vec<Block>> {
    loop {
        let blocks = follower.advance(chain).await?;
        if !blocks.is_empty() {
            return Ok(blocks);
        }
        tokio::time::sleep(POLL).await;
    }
}
