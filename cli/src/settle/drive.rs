//! Brings every trade of a file to its end: sends what is to be sent, watches the chain, goes on after every cut.

use super::{
    across::waits_for_payer,
    journal::Journal,
    plan::{Ground, Plan},
    progress::Progress,
    see::{see, Sight},
    standstill::{Overdue, Standstill, OVERDUE, STANDSTILL},
    step::{next, Means, Next, Purpose, Seen},
};
use crate::{
    chain::{
        blocks::Follower,
        client::{At, Chain},
        submit::Outbox,
    },
    files::{participants::Books, trades::Trade},
};
use anyhow::Context;
use futures::{stream, StreamExt, TryStreamExt};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::{Duration, Instant},
};
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{AccountId, InstructionId, LegIndex, Moment, Stage, TrancheIndex};

/// Pause between two questions for a new block.
const POLL: Duration = Duration::from_millis(200);

/// Number of questions to the node that are under way at a time.
const QUESTIONS: usize = 32;

/// Each trade is looked at again after so many blocks, even if nothing was heard of it.
const LOOK_AGAIN: u32 = 5;

/// End of a trade on the chain, before that is final.
#[derive(Clone, Debug)]
pub(super) enum Arrived {
    /// The chain has closed it.
    Closed,
    /// The chain refused it as an instruction, for this reason.
    Refused(String),
    /// Time was over before it became an instruction; in words.
    Late(String),
}

/// A trade on its way.
pub(super) struct Work {
    pub(super) index: usize,
    pub(super) plan: Plan,
    pub(super) id: InstructionId,
    pub(super) pending: BTreeMap<H256, Purpose>,
    pub(super) awake: bool,
    /// True while it waits for what must be final on the network that decides.
    pub(super) waits: bool,
    /// The block of the network that holds it before which nothing is tried.
    pub(super) retry_from: u32,
    pub(super) failures: u32,
    pub(super) proposed: bool,
    pub(super) affirmation_refused: bool,
    /// The legs that were reserved on the network that decides, and for which tranche.
    pub(super) funded: BTreeSet<(LegIndex, TrancheIndex)>,
    /// Legs that were reserved there, with the block in which it happened, which may not be final yet.
    pub(super) reserved_in: Vec<(H256, LegIndex, TrancheIndex)>,
    /// End of the trade, and the best block of each network when that was seen.
    pub(super) arrived: Option<(Arrived, Vec<u32>)>,
}

/// One network while trades are on their way.
pub(super) struct Line<'a> {
    pub(super) chain: &'a Chain,
    pub(super) follower: Follower,
    pub(super) outbox: Outbox,
    now: Moment,
    last: At,
    standstill: Standstill,
}

/// Everything that is needed to settle a file.
pub struct Driver<'a> {
    /// The chain, or that of the asset network and that of the payment network.
    pub chains: &'a [Chain],
    /// Participants files, with the keys that are at hand.
    pub books: Books<'a>,
    /// The trades of the file.
    pub trades: &'a [Trade],
    /// Assets and networks that the trades refer to.
    pub ground: &'a Ground,
    /// Journal, which survives a cut.
    pub journal: &'a mut Journal,
    /// Maximum number of trades that are on their way at a time.
    pub in_flight: usize,
}

impl Driver<'_> {
    /// Runs until every trade has ended and its end is final.
    pub async fn run(mut self) -> anyhow::Result<()> {
        let mut waiting: VecDeque<usize> = (0..self.trades.len())
            .filter(|index| self.trades.get(*index).is_some_and(|trade| !self.has_ended(&trade.name)))
            .collect();
        if waiting.is_empty() {
            return Ok(());
        }
        self.listen(&waiting).await?;
        let mut progress = Progress::of(self.trades.len());
        let mut lines = Vec::new();
        for chain in self.chains {
            let follower = Follower::after(chain.best().await?);
            let last = chain.finalized().await?;
            let standstill = Standstill::at(Instant::now(), follower.last().number, last.number);
            lines.push(Line { chain, follower, outbox: Outbox::default(), now: 0, last, standstill });
        }
        let mut works: Vec<Work> = Vec::new();
        let mut overdue = Overdue::default();
        let mut is_first = true;
        loop {
            for line in &mut lines {
                line.now = line.chain.now(line.follower.last().hash).await?;
            }
            // No chain's time has reached what the other's has not: nothing begins too early on either.
            let now = lines.iter().map(|line| line.now).min().unwrap_or_default();
            // What an earlier run has begun is on its way, however many that are: none of it goes unheard.
            while works.len() < self.in_flight || waiting.front().is_some_and(|index| self.is_begun(*index)) {
                let Some(index) = waiting.pop_front() else { break };
                works.push(self.start(index, now)?);
            }
            // Nothing is sent whose start would be forgotten by a cut.
            self.journal.save()?;
            self.look(&mut works, &mut lines).await?;
            let mut further = std::mem::take(&mut is_first);
            for line in &mut lines {
                let last = line.chain.finalized().await?;
                further = further || last.number > line.last.number;
                line.last = last;
                line.standstill.see_final(Instant::now(), last.number);
            }
            if further {
                let last: Vec<At> = lines.iter().map(|line| line.last).collect();
                works.iter_mut().filter(|work| work.waits).for_each(|work| work.awake = true);
                self.hear(&works, &last).await?;
                self.conclude(&mut works, &last).await?;
                self.journal.save()?;
            }
            self.show(&mut progress, &works, waiting.len(), lines.iter().map(|line| line.outbox.in_flight()).sum());
            if works.is_empty() && waiting.is_empty() {
                progress.end("every trade has ended");
                return Ok(());
            }
            let are_past = waiting.is_empty() && works.iter().all(|work| now >= work.plan.terms.deadline);
            let first = works.first().map_or("none", |work| work.plan.name.as_str());
            overdue.check(Instant::now(), OVERDUE, are_past, works.len(), first)?;
            let open = works.len().saturating_add(waiting.len());
            self.wait(&mut lines, &mut works, open).await?;
        }
    }

    /// Assets and networks of a trade, with the assets that it was sent with.
    pub(super) fn ground_of(&self, trade: &str) -> Ground {
        self.ground.with(self.journal.entry(trade).map(|entry| entry.assets.as_slice()).unwrap_or_default())
    }

    /// The chain that holds a trade.
    pub(super) fn holder(&self, plan: &Plan) -> anyhow::Result<&Chain> {
        self.chains.get(plan.holding()).context("the network that holds a trade")
    }

    fn has_ended(&self, trade: &str) -> bool {
        self.journal.entry(trade).is_some_and(|entry| entry.ended.is_some())
    }

    /// True if an earlier run, or this one, has begun the trade at this place of the file.
    pub(super) fn is_begun(&self, index: usize) -> bool {
        self.trades.get(index).is_some_and(|trade| self.journal.entry(&trade.name).is_some())
    }

    pub(super) fn key(&self, account: &AccountId) -> Option<&Keypair> {
        self.books.key(account)
    }

    pub(super) fn start(&mut self, index: usize, now: Moment) -> anyhow::Result<Work> {
        let trade = self.trades.get(index).context("a trade of the file")?;
        let start = match self.journal.entry(&trade.name) {
            Some(entry) => entry.start,
            None => {
                self.journal.begin(trade, now, self.ground.known(trade));
                now
            }
        };
        let plan = Plan::of(trade, start, &self.ground_of(&trade.name))?;
        let [by_seller, by_buyer] = plan.ids;
        let funded = self.journal.entry(&trade.name).map(|entry| entry.funded.clone()).unwrap_or_default();
        Ok(Work {
            index,
            id: if plan.seller.is_some() { by_seller } else { by_buyer },
            plan,
            pending: BTreeMap::new(),
            awake: true,
            waits: false,
            retry_from: 0,
            failures: 0,
            proposed: false,
            affirmation_refused: false,
            funded: funded.into_iter().map(|(leg, tranche)| (LegIndex(leg), TrancheIndex(tranche))).collect(),
            reserved_in: Vec::new(),
            arrived: None,
        })
    }

    /// Looks at every trade that may have something to do, and sends what it needs.
    async fn look(&mut self, works: &mut [Work], lines: &mut [Line<'_>]) -> anyhow::Result<()> {
        let bests: Vec<u32> = lines.iter().map(|line| line.follower.last().number).collect();
        let height = |plan: &Plan| bests.get(plan.holding()).copied().unwrap_or_default();
        let is_due = |work: &Work| {
            let best = height(&work.plan);
            let turn = best.wrapping_add(work.index as u32).is_multiple_of(LOOK_AGAIN);
            work.arrived.is_none() && work.pending.is_empty() && best >= work.retry_from && (work.awake || turn)
        };
        let due: Vec<(usize, &Plan)> = works
            .iter()
            .enumerate()
            .filter(|(_, work)| is_due(work))
            .map(|(place, work)| (place, &work.plan))
            .collect();
        let sights: Vec<Sight> = lines
            .iter()
            .map(|line| Sight { chain: line.chain, at: line.follower.last().hash, now: line.now, last: line.last.hash })
            .collect();
        let sights = sights.as_slice();
        let seen: Vec<(usize, Seen)> = stream::iter(due)
            .map(|(place, plan)| async move { see(sights, plan).await.map(|seen| (place, seen)) })
            .buffer_unordered(QUESTIONS)
            .try_collect()
            .await?;
        let mut seen = seen;
        // Trades are sent in the order of the file.
        seen.sort_by_key(|(place, _)| *place);
        for (place, seen) in seen {
            let Some(work) = works.get_mut(place) else { continue };
            work.awake = false;
            self.note(work, &seen);
            let step = {
                let signs = |account: &AccountId| self.key(account).is_some();
                let mismatched = self.journal.entry(&work.plan.name).is_some_and(|entry| entry.mismatch.is_some());
                let funded = |leg, tranche| work.funded.contains(&(leg, tranche));
                let affirmation_refused = work.affirmation_refused;
                let means = Means { signs: &signs, mismatched, affirmation_refused, funded: &funded };
                next(&work.plan, &seen, &means)
            };
            match step {
                Next::Wait => {}
                Next::Closed => work.arrived = Some((Arrived::Closed, bests.clone())),
                Next::NeverSent => work.arrived = Some((self.never_sent(&work.plan, seen.now)?, bests.clone())),
                Next::Send(steps) => {
                    for step in steps {
                        self.send(work, lines, step).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Remembers what an end will be told by.
    fn note(&mut self, work: &mut Work, seen: &Seen) {
        let Some(view) = &seen.instruction else { return };
        work.id = view.id;
        work.waits = view.stage == Stage::Matched && waits_for_payer(&work.plan, view);
        match view.stage {
            Stage::Proposed => work.proposed = true,
            Stage::Matched | Stage::Formed { .. } | Stage::Executing { .. } | Stage::Committed { .. } => {
                self.matched(&work.plan.name)
            }
            Stage::Closed { .. } => {}
        }
    }

    pub(super) fn matched(&mut self, trade: &str) {
        if self.journal.entry(trade).is_some_and(|entry| !entry.matched) {
            if let Some(entry) = self.journal.entry_mut(trade) {
                entry.matched = true;
            }
        }
    }

    /// Waits for the next block of any network, and takes in what it brought. Ends where a network stands still for too long:
    /// `open` trades have not ended then.
    async fn wait(&mut self, lines: &mut [Line<'_>], works: &mut [Work], open: usize) -> anyhow::Result<()> {
        let names: &[&str] =
            if lines.len() > 1 { &["the asset network", "the payment network"] } else { &["the network"] };
        loop {
            let mut heard = Vec::new();
            for line in lines.iter_mut() {
                heard.push(line.follower.advance(line.chain).await?);
                line.standstill.see_best(Instant::now(), line.follower.last().number);
            }
            let bests: Vec<At> = lines.iter().map(|line| line.follower.last()).collect();
            for (line, blocks) in lines.iter_mut().zip(&heard) {
                for block in blocks {
                    self.take_in(works, &mut line.outbox, block, &bests).await?;
                }
            }
            for (line, name) in lines.iter().zip(names) {
                line.standstill.check(Instant::now(), STANDSTILL, name, open)?;
            }
            if heard.iter().any(|blocks| !blocks.is_empty()) {
                break;
            }
            tokio::time::sleep(POLL).await;
        }
        for line in lines {
            for hash in line.outbox.lost(line.chain, line.follower.last()).await? {
                tracing::debug!(?hash, "lost");
                for work in works.iter_mut().filter(|work| work.pending.contains_key(&hash)) {
                    if let Some(Purpose::Fund(leg, tranche)) = work.pending.remove(&hash) {
                        work.funded.remove(&(leg, tranche));
                    }
                    work.awake = true;
                }
            }
        }
        Ok(())
    }

    fn show(&self, progress: &mut Progress, works: &[Work], waiting: usize, in_flight: usize) {
        let arrived = works.iter().filter(|work| work.arrived.is_some()).count();
        let ended = self.trades.len().saturating_sub(works.len()).saturating_sub(waiting);
        let open = works.len().saturating_sub(arrived);
        let message = format!("{in_flight} transactions under way, {open} trades open, {waiting} to be sent");
        progress.show(ended.saturating_add(arrived), ended, message);
    }
}
