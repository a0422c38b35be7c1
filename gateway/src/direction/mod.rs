//! One direction: everything that the source's state can prove to the target, for as long as the program runs.
//!
//! Each look reads both chains anew and does what follows from that alone. So it can be stopped at any point, and two
//! gateways can do the same: the second finds that nothing is left to do.

mod bring;
#[cfg(test)]
mod tests;

use crate::{
    args::Pace,
    health::{Health, Report},
    memory::Memory,
    metrics::{self, Look, Metrics},
    network::{Side, INTERFACE},
    steps::{
        finality::{self, Known, Next},
        possible, terminal, Kind, Task,
    },
    views::{oldest, source_view, target_view, SourceView, TargetView},
};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tandem_client::{finality::newest_of_set, follow, Backoff, BlockRef, Chain, Error, Finality, Justified, Signer};

/// The first wait after a connection broke, and the longest.
const RECONNECT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(10));

/// From where to where, and by whom.
#[derive(Clone)]
pub struct Route {
    /// Source: the network whose state is carried, and the address of its node.
    pub from: (Side, String),
    /// Target: the other network, and the address of its node.
    pub to: (Side, String),
    /// Key that signs on the target.
    pub signer: Signer,
    /// Times of the loop.
    pub pace: Pace,
    /// Counters and gauges that it writes.
    pub metrics: Metrics,
    /// Health that it reports to.
    pub health: Arc<Health>,
}

impl Route {
    /// Name of the direction in reports.
    pub fn name(&self) -> String {
        format!("{}-to-{}", self.from.0, self.to.0)
    }

    /// Carries for ever. Ends only with an error that no retry helps.
    pub async fn run(self) -> Error {
        let mut backoff = Backoff::new(RECONNECT.0, RECONNECT.1);
        let mut memory = Memory::default();
        loop {
            let error = match Direction::connect(&self).await {
                Err(error) => error,
                Ok(mut direction) => {
                    self.metrics.connected(self.from.0, self.to.0, true);
                    tracing::info!(direction = self.name(), "connected");
                    direction.carry(&mut memory, &mut backoff).await
                }
            };
            let sentence = match error {
                Error::Incompatible(sentence) => return Error::Incompatible(sentence),
                Error::Transient(sentence) | Error::Pruned(sentence) | Error::Disconnected(sentence) => sentence,
            };
            self.metrics.connected(self.from.0, self.to.0, false);
            self.health.report(&self.name(), Report { lag: None, trouble: Some(sentence.clone()) });
            let wait = backoff.wait();
            tracing::warn!(direction = self.name(), wait_ms = wait.as_millis(), "{sentence}");
            tokio::time::sleep(wait).await;
        }
    }
}

/// Result of one look at the chains.
enum Looked {
    /// Something was done: look again at once.
    Did,
    /// Nothing is to be done now, or can be.
    Idle,
}

/// A direction whose nodes both answer.
struct Direction<'a> {
    route: &'a Route,
    source: Arc<Chain>,
    target: Chain,
    finality: Finality,
    /// States of the source that were read: they never change.
    views: BTreeMap<H256, Arc<SourceView>>,
}

impl<'a> Direction<'a> {
    async fn connect(route: &'a Route) -> Result<Self, Error> {
        let source = Arc::new(Chain::connect(&route.from.1, &INTERFACE).await?);
        let target = Chain::connect(&route.to.1, &INTERFACE).await?;
        if source.genesis == target.genesis {
            return Err(target.incompatible("both addresses are of the same chain; name the other network's too"));
        }
        let finality = follow(source.clone());
        Ok(Self { route, source, target, finality, views: BTreeMap::new() })
    }

    async fn carry(&mut self, memory: &mut Memory, backoff: &mut Backoff) -> Error {
        loop {
            let looked = match self.look(memory).await {
                Err(trouble) => return trouble,
                Ok(looked) => looked,
            };
            backoff.reset();
            if let Looked::Idle = looked {
                // Nothing new within a turn is no trouble: the turn comes anyway.
                if let Ok(Err(trouble)) = tokio::time::timeout(self.route.pace.poll(), self.finality.changed()).await {
                    return trouble;
                }
            }
        }
    }

    /// Reads both chains and does what is next.
    async fn look(&mut self, memory: &mut Memory) -> Result<Looked, Error> {
        self.source.check_unchanged().await?;
        self.target.check_unchanged().await?;
        let target = target_view(&self.target, self.target.best().await?).await?;
        let finalized = self.source.finalized().await?;
        if target.counterpart.as_ref().is_some_and(|link| link.genesis != self.source.genesis) {
            let (from, to) = (self.route.from.0, self.route.to.0);
            let sentence =
                format!("the {to} network has another chain for its counterpart; name its node with --{from}-url");
            return Err(self.source.incompatible(&sentence));
        }
        let shown = match target.imported {
            None => None,
            Some(imported) => self.shown(imported).await?,
        };
        let lag = metrics::lag(self.source.now(finalized.hash).await?, shown.as_deref());
        self.observe(&target, finalized, lag).await?;
        let (looked, trouble) = match target.imported {
            None => (Looked::Idle, Some("the light client has no header yet; run tandem-gateway init".to_owned())),
            Some(_) if target.light_client_halted => (Looked::Idle, Some("the light client is halted".to_owned())),
            Some(imported) => {
                memory.knows(imported.hash);
                match memory.still_at(target.at.number) {
                    Some(block) => (Looked::Idle, Some(self.stands_still(block))),
                    None => (self.step(memory, &target, imported, shown, finalized).await?, memory.header_trouble()),
                }
            }
        };
        let halted = || "nothing can be proven: the operator has halted it".to_owned();
        let trouble = trouble.or_else(|| target.halted.then(halted));
        self.route.health.report(&self.route.name(), Report { lag, trouble });
        Ok(looked)
    }

    async fn step(
        &mut self,
        memory: &mut Memory,
        target: &TargetView,
        imported: BlockRef,
        shown: Option<Arc<SourceView>>,
        finalized: BlockRef,
    ) -> Result<Looked, Error> {
        let now = Instant::now();
        let newest = self.newest(target, imported);
        let ahead = match &newest {
            Some(newest) => Some(self.view(newest.at()).await?),
            None => None,
        };
        let [work, further] = self.due(memory, target, imported, [&shown, &ahead], now);
        let known = Known {
            target_set: target.set.set_id,
            source_set: self.source.set_id(finalized.hash).await?,
            rests: memory.header_rests(now),
            has_work: !work.is_empty(),
            ahead: ahead.as_deref().map(|ahead| {
                // Where nothing is known of the imported header, it is too old.
                shown.as_deref().map_or(u64::MAX, |shown| ahead.now.saturating_sub(shown.now))
            }),
            has_further: !further.is_empty(),
        };
        let heartbeat = self.route.pace.heartbeat();
        let mut next = finality::decide(known, heartbeat);
        if next == Next::OfSet {
            match self.source.next_of_set(imported, finalized, &target.set).await {
                Ok(justified) => return self.import(memory, justified, target).await,
                // It is the node that is not there: nothing is known of the header.
                Err(trouble @ Error::Disconnected(_)) => return Err(trouble),
                Err(trouble) => self.not_found(memory, &trouble, now),
            }
            next = finality::decide(Known { rests: true, ..known }, heartbeat);
        }
        match (next, newest) {
            (Next::Work, _) => self.bring(memory, target, imported, work).await,
            (Next::Newest, Some(newest)) => self.import(memory, newest, target).await,
            (Next::None | Next::OfSet | Next::Newest, _) => Ok(Looked::Idle),
        }
    }

    /// Tasks that are due now, by the imported header and by the newest one.
    fn due(
        &self,
        memory: &mut Memory,
        target: &TargetView,
        imported: BlockRef,
        views: [&Option<Arc<SourceView>>; 2],
        now: Instant,
    ) -> [Vec<Task>; 2] {
        let views = views.map(Option::as_deref);
        let [at_imported, at_newest] =
            views.map(|view| view.map_or(Vec::new(), |view| possible(view, target, &self.route.signer.account)));
        memory.note(&[&at_imported[..], &at_newest[..]].concat(), now);
        for task in memory.had_no_effect(&at_imported) {
            tracing::warn!(direction = self.route.name(), ?task, "was included and changed nothing");
            memory.failed(&task, imported.hash, now);
        }
        let due = |tasks: Vec<Task>, view: Option<&SourceView>| -> Vec<Task> {
            let Some(view) = view else { return Vec::new() };
            let grace = self.route.pace.grace();
            let is_due = |task: &Task| {
                let waited = u64::try_from(memory.waited(task, now).as_millis()).unwrap_or(u64::MAX);
                !memory.rests(task, view.at.hash, now) && terminal::is_due(task, view, target, waited, grace)
            };
            tasks.into_iter().filter(is_due).collect()
        };
        let [shown, ahead] = views;
        [due(at_imported, shown), due(at_newest, ahead)]
    }

    /// A header that the target has to know is not found. It is said, and asked for again after a rest; what the target
    /// can be shown without it is not held up.
    fn not_found(&self, memory: &mut Memory, trouble: &Error, now: Instant) {
        let sentence = format!("the header that changes the validators is not found: {trouble}");
        tracing::warn!(direction = self.route.name(), "{sentence}");
        self.route.metrics.unproven(self.route.from.0, self.route.to.0, Kind::Header);
        memory.header_failed(sentence, now);
    }

    /// The newest header that the target would take.
    fn newest(&mut self, target: &TargetView, imported: BlockRef) -> Option<Justified> {
        let newest = self.finality.newest()?;
        if newest.at().number <= imported.number {
            return None;
        }
        newest_of_set(&newest, &target.set)
    }

    /// State of the source at a final block.
    async fn view(&mut self, at: BlockRef) -> Result<Arc<SourceView>, Error> {
        if let Some(view) = self.views.get(&at.hash) {
            return Ok(view.clone());
        }
        let view = Arc::new(source_view(&self.source, at).await?);
        // The imported one and the newest are asked for again and again, and none else.
        while self.views.len() >= 4 {
            self.views.pop_first();
        }
        self.views.insert(at.hash, view.clone());
        Ok(view)
    }

    /// State of the source at the imported header; `None` if its node has forgotten it, so that a newer one is
    /// imported.
    async fn shown(&mut self, imported: BlockRef) -> Result<Option<Arc<SourceView>>, Error> {
        match self.view(imported).await {
            Ok(view) => Ok(Some(view)),
            Err(trouble @ Error::Disconnected(_)) => Err(trouble),
            Err(trouble) => {
                tracing::debug!(direction = self.route.name(), header = imported.number, %trouble, "shows nothing");
                Ok(None)
            }
        }
    }

    /// The sentence for a target that does.
    fn stands_still(&self, block: u32) -> String {
        let name = self.route.to.0;
        format!("the {name} network makes no blocks after {block}; nothing more is sent to it until it does")
    }

    async fn observe(&self, target: &TargetView, finalized: BlockRef, lag: Option<u64>) -> Result<(), Error> {
        self.route.metrics.look(&Look {
            from: self.route.from.0,
            best: self.source.best().await?.number,
            finalized: finalized.number,
            lag,
            target,
            to: self.route.to.0,
            oldest: oldest(&target.commitments, target.at) / 1_000,
        });
        Ok(())
    }
}
