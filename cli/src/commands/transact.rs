//! Sends transactions that must all succeed, and waits until they are final; or one that somebody else may forestall.

use super::included::Included;
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
    time::{Duration, Instant},
};
use subxt_signer::sr25519::Keypair;
use tandem_primitives::AccountId;

/// Pause between two questions for a new block.
pub const POLL: Duration = Duration::from_millis(200);

/// Number of transactions that are on their way at a time.
const IN_FLIGHT: usize = 100;

/// For how many blocks a transaction is offered before that is called a failure: longer than any quota's period.
const PATIENCE: u32 = 120;

/// Reason for which a transaction is in no block, if the node has said nothing else.
const NOT_TAKEN: &str = "the network takes it into no block";

/// For how long a network may stand still, in blocks or in what is final, before that is called a failure.
pub const STANDSTILL: Duration = Duration::from_secs(120);

/// A transaction, with what it is for in the words of a sentence.
pub struct Wanted {
    /// Key of the account that signs.
    pub key: Keypair,
    /// Call that is sent.
    pub call: Call,
    /// Purpose in the words of a sentence: `registering ALPSTEIN`.
    pub purpose: String,
    /// The error, if there is one, that says that it was done before.
    pub unless: Option<&'static str>,
}

/// Sends all of them, in order for each signer, and waits until the block of each is final. `title` is what a person reads
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
    let mut why = NOT_TAKEN.to_owned();
    let mut included = Included::default();
    while !(waiting.is_empty() && pending.is_empty()) {
        let best = follower.last();
        shown.show(total.saturating_sub(waiting.len()).saturating_sub(pending.len()), 0, title.to_owned());
        while pending.len() < IN_FLIGHT {
            let Some(next) = waiting.pop_front() else { break };
            match outbox.send(chain, best, &next.key, &next.call).await? {
                Ok(hash) => {
                    pending.insert(hash, next);
                }
                Err(Unsent::Later(reason)) => {
                    waiting.push_front(next);
                    why = reason;
                    break;
                }
                Err(Unsent::Refused(guard)) => {
                    return Err(fault(format!("{} is refused: {guard}", next.purpose)));
                }
            }
        }
        if let Some(next) = pending.values().chain(&waiting).next().filter(|_| is_over(best, progress)) {
            return Err(impossible(&next.purpose, &why));
        }
        let is_sent = !pending.is_empty();
        for block in &next_blocks(async || Ok(follower.advance(chain).await?), title, is_sent, STANDSTILL).await? {
            included.see(block)?;
            for (hash, ended) in outbox.included(block) {
                let Some(done) = pending.remove(&hash) else { continue };
                progress = block.at.number;
                included.add(hash, block.at, done, &ended)?;
            }
        }
        for hash in outbox.lost(chain, follower.last()).await? {
            waiting.extend(pending.remove(&hash));
        }
    }
    let mut last = At::default();
    while let Some(number) = included.next() {
        shown.show(total, total.saturating_sub(included.count()), title.to_owned());
        let number = number.max(last.number.saturating_add(1));
        last = until_final(async || Ok(chain.finalized().await?), number, title, STANDSTILL).await?;
        // What became final may be another block: then it is in a later one, or will be.
        for block in &follower.advance(chain).await? {
            included.see(block)?;
        }
        included.confirm(last, async |number| Ok(Some(chain.hash_of(number).await?))).await?;
    }
    shown.end(title);
    Ok(())
}

/// Waits until no transaction of these accounts waits in the node's pool.
pub async fn none_under_way(chain: &Chain, accounts: &[AccountId]) -> anyhow::Result<()> {
    let since = Instant::now();
    for account in accounts {
        while chain.nonce(account, chain.best().await?.hash).await? < chain.next_nonce(account).await? {
            if since.elapsed() > STANDSTILL {
                return Err(fault(format!(
                    "a transaction of {account} has been under way for {} seconds; wait until it is in a block, or gone, \
                     and run the same command again",
                    STANDSTILL.as_secs()
                )));
            }
            tokio::time::sleep(POLL).await;
        }
    }
    Ok(())
}

/// Sender of the transaction that brought something about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum By {
    /// This program itself.
    Us,
    /// Somebody else, who was quicker.
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
    let mut ours: Option<At> = None;
    let mut failed: Option<Reason> = None;
    let mut why = NOT_TAKEN.to_owned();
    loop {
        let best = follower.last();
        if chain.shows(effect, best.hash).await? {
            shown.show(1, 0, wanted.purpose.clone());
            let finalized = async || anyhow::Ok(chain.finalized().await?);
            let last = until_final(finalized, best.number, &wanted.purpose, STANDSTILL).await?;
            // Another block may have taken its place, and shows it no more.
            if chain.shows(effect, last.hash).await? {
                shown.end(&wanted.purpose);
                return whose(chain, ours, last).await;
            }
        }
        shown.show(0, 0, wanted.purpose.clone());
        if !is_sent {
            match outbox.send(chain, best, &wanted.key, &wanted.call).await? {
                Ok(_) => is_sent = true,
                Err(Unsent::Later(reason)) => why = reason,
                // Somebody else's may be in a block that is not read yet.
                Err(Unsent::Refused(_)) if chain.shows(effect, chain.best().await?.hash).await? => {}
                Err(Unsent::Refused(guard)) => {
                    return Err(fault(format!("{} is refused: {guard}", wanted.purpose)));
                }
            }
        }
        if is_over(best, began) {
            return Err(impossible(&wanted.purpose, &why));
        }
        let advance = async || anyhow::Ok(follower.advance(chain).await?);
        for block in &next_blocks(advance, &wanted.purpose, is_sent, STANDSTILL).await? {
            for (_, ended) in outbox.included(block) {
                is_sent = false;
                match ended {
                    Ended::Done => ours = Some(block.at),
                    Ended::Failed(reason) => failed = Some(reason),
                }
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
pub(super) fn failure(purpose: &str, reason: &Reason) -> anyhow::Error {
    let code = if reason.text.is_empty() { String::new() } else { format!(" ({})", reason.code) };
    fault(format!("{purpose} failed: {reason}{code}"))
}

/// Sender of the transaction, ours having done it in this block, if at all: that block may have been abandoned.
async fn whose(chain: &Chain, ours: Option<At>, last: At) -> anyhow::Result<By> {
    let Some(ours) = ours.filter(|ours| ours.number <= last.number) else { return Ok(By::Another) };
    let kept = chain.hash_of(ours.number).await?;
    Ok(if kept == ours.hash { By::Us } else { By::Another })
}

/// True if it has been tried for long enough, with no success since block `since`.
fn is_over(best: At, since: u32) -> bool {
    best.number > since.saturating_add(PATIENCE)
}

fn impossible(purpose: &str, why: &str) -> anyhow::Error {
    fault(format!("{purpose} is not possible now: {why}; try again later"))
}

/// Waits until blocks of this number are final, by what `finalized` answers. Returns the last final block.
async fn until_final(
    mut finalized: impl AsyncFnMut() -> anyhow::Result<At>,
    number: u32,
    purpose: &str,
    standstill: Duration,
) -> anyhow::Result<At> {
    let mut last = finalized().await?;
    let mut since = Instant::now();
    while last.number < number {
        if since.elapsed() > standstill {
            return Err(fault(format!(
                "{purpose} is in block {number}, and the network has made no block final for {} seconds; it becomes \
                 final if the network goes on: look whether it has before you run the command again",
                standstill.as_secs()
            )));
        }
        tokio::time::sleep(POLL).await;
        let now = finalized().await?;
        if now.number > last.number {
            since = Instant::now();
        }
        last = now;
    }
    Ok(last)
}

/// The blocks that come next by what `advance` answers; at least one.
async fn next_blocks(
    mut advance: impl AsyncFnMut() -> anyhow::Result<Vec<Block>>,
    purpose: &str,
    is_sent: bool,
    standstill: Duration,
) -> anyhow::Result<Vec<Block>> {
    let since = Instant::now();
    loop {
        let blocks = advance().await?;
        if !blocks.is_empty() {
            return Ok(blocks);
        }
        if since.elapsed() > standstill {
            let seconds = standstill.as_secs();
            return Err(fault(if is_sent {
                format!(
                    "{purpose} is under way, and the network has made no block for {seconds} seconds; it may still be \
                     included if the network goes on: look whether it was before you run the command again"
                )
            } else {
                format!(
                    "{purpose} was not sent, and the network has made no block for {seconds} seconds; try again later"
                )
            }));
        }
        tokio::time::sleep(POLL).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn at(number: u32) -> At {
        At { number, hash: H256::zero() }
    }

    #[tokio::test]
    async fn until_final_should_wait_for_the_number_and_end_where_nothing_becomes_final() {
        let height = Cell::new(4);
        let rising = async || {
            height.set(height.get() + 1);
            Ok(at(height.get()))
        };
        assert_eq!(until_final(rising, 7, "registering", STANDSTILL).await.unwrap(), at(7));
        let stands = async || Ok(at(6));
        let sentence = until_final(stands, 7, "registering", Duration::ZERO).await.unwrap_err().to_string();
        assert!(
            sentence.starts_with("registering is in block 7, and the network has made no block final"),
            "{sentence}"
        );
    }

    #[tokio::test]
    async fn next_blocks_should_say_whether_something_is_under_way_where_no_block_comes() {
        for (is_sent, words) in [(true, "is under way"), (false, "was not sent")] {
            let none = async || Ok(Vec::new());
            let ended = next_blocks(none, "the header", is_sent, Duration::ZERO).await.map(|blocks| blocks.len());
            let sentence = ended.unwrap_err().to_string();
            assert!(sentence.starts_with(&format!("the header {words}")), "{sentence}");
        }
    }

    #[test]
    fn is_over_should_leave_time_for_a_quotas_period() {
        assert!(!is_over(at(130), 10));
        assert!(is_over(at(131), 10));
    }
}
