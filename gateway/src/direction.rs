//! One direction: everything that the source's state can prove to the target, for as long as the program runs.
//!
//! Each look reads both chains anew and does what follows from that alone. So it can be stopped at any point, and two
//! gateways can do the same: the second finds that nothing is left to do.

use crate::{
    args::Pace,
    backoff::Backoff,
    carry,
    chain::{
        follow, newest_of_set, At, Ended, Finality, Justified, Node, Side, Signer, SourceView, TargetView, Trouble,
    },
    crash::{CrashAt, Moment as Point},
    health::{Health, Report},
    memory::Memory,
    metrics::{self, Look, Metrics},
    steps::{
        finality::{self, Known, Next},
        possible, terminal, Kind, Task,
    },
};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tandem_runtime::RuntimeCall;

/// The first wait after a connection broke, and the longest.
const RECONNECT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(10));

/// Proofs that are sent at a time. Those that follow wait for these to be included.
const AT_A_TIME: usize = 16;

/// From where to where, and by whom.
#[derive(Clone)]
pub struct Route {
    /// Whose state is carried, and where it answers.
    pub from: (Side, String),
    /// Where to.
    pub to: (Side, String),
    /// Who signs there.
    pub signer: Signer,
    /// How it behaves.
    pub pace: Pace,
    /// Where it reports.
    pub metrics: Metrics,
    /// Where it reports.
    pub health: Arc<Health>,
}

impl Route {
    /// Its name in reports.
    pub fn name(&self) -> String {
        format!("{}-to-{}", self.from.0, self.to.0)
    }

    /// Carries for ever. Ends only with a trouble that no retry helps.
    pub async fn run(self) -> Trouble {
        let mut backoff = Backoff::new(RECONNECT.0, RECONNECT.1);
        let mut memory = Memory::default();
        loop {
            let sentence = match Direction::connect(&self).await {
                Err(Trouble::Foreign(sentence)) => return Trouble::Foreign(sentence),
                Err(Trouble::Passing(sentence)) => sentence,
                Ok(mut direction) => {
                    self.metrics.connected(self.from.0, self.to.0, true);
                    tracing::info!(direction = self.name(), "connected");
                    match direction.carry(&mut memory, &mut backoff).await {
                        Trouble::Foreign(sentence) => return Trouble::Foreign(sentence),
                        Trouble::Passing(sentence) => sentence,
                    }
                }
            };
            self.metrics.connected(self.from.0, self.to.0, false);
            self.health.report(&self.name(), Report { lag: None, trouble: Some(sentence.clone()) });
            let wait = backoff.next();
            tracing::warn!(direction = self.name(), wait_ms = wait.as_millis(), "{sentence}");
            tokio::time::sleep(wait).await;
        }
    }
}

/// What became of one look.
enum Looked {
    /// Something was done: look again at once.
    Did,
    /// Nothing is to be done now; why nothing can be, if so.
    Idle(Option<String>),
}

/// A direction whose nodes both answer.
struct Direction<'a> {
    route: &'a Route,
    source: Arc<Node>,
    target: Node,
    finality: Finality,
    /// States of the source that were read: they never change.
    views: BTreeMap<H256, Arc<SourceView>>,
}

impl<'a> Direction<'a> {
    async fn connect(route: &'a Route) -> Result<Self, Trouble> {
        let source = Arc::new(Node::connect(route.from.0, &route.from.1).await?);
        let target = Node::connect(route.to.0, &route.to.1).await?;
        if source.genesis == target.genesis {
            return Err(target.foreign("both addresses are of the same chain; name the other network's too"));
        }
        let finality = follow(source.clone());
        Ok(Self { route, source, target, finality, views: BTreeMap::new() })
    }

    async fn carry(&mut self, memory: &mut Memory, backoff: &mut Backoff) -> Trouble {
        loop {
            let looked = match self.look(memory).await {
                Err(trouble) => return trouble,
                Ok(looked) => looked,
            };
            backoff.reset();
            if let Looked::Idle(_) = looked {
                // Nothing new within a turn is no trouble: the turn comes anyway.
                if let Ok(Err(trouble)) = tokio::time::timeout(self.route.pace.poll(), self.finality.changed()).await {
                    return trouble;
                }
            }
        }
    }

    /// Reads both chains and does what is next.
    async fn look(&mut self, memory: &mut Memory) -> Result<Looked, Trouble> {
        self.source.check_unchanged().await?;
        self.target.check_unchanged().await?;
        let target = self.target.target_view(self.target.best().await?).await?;
        let finalized = self.source.finalized().await?;
        if target.counterpart.is_some_and(|genesis| genesis != self.source.genesis) {
            let name = self.route.to.0;
            return Err(self.source.foreign(&format!("the {name} network has another chain for its counterpart")));
        }
        let shown = match target.imported {
            None => None,
            // A node that has forgotten the state of an old header: a newer one is imported then.
            Some(imported) => self.view(imported).await.ok(),
        };
        let lag = metrics::lag(self.source.now(finalized.hash).await?, shown.as_deref());
        self.observe(&target, finalized, lag).await?;
        let looked = match target.imported {
            None => Looked::Idle(Some("the light client has no header yet; run tandem-gateway init".to_owned())),
            Some(_) if target.light_client_halted => Looked::Idle(Some("the light client is halted".to_owned())),
            Some(imported) => self.step(memory, &target, imported, shown, finalized).await?,
        };
        let trouble = match &looked {
            Looked::Idle(trouble) => trouble.clone(),
            Looked::Did => None,
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
        imported: At,
        shown: Option<Arc<SourceView>>,
        finalized: At,
    ) -> Result<Looked, Trouble> {
        let now = Instant::now();
        let newest = self.newest(target, imported);
        let ahead = match &newest {
            Some(newest) => Some(self.view(newest.at()).await?),
            None => None,
        };
        let all = |view: &Option<Arc<SourceView>>| -> Vec<Task> {
            view.as_deref().map_or(Vec::new(), |view| possible(view, target, &self.route.signer.account))
        };
        let (at_imported, at_newest) = (all(&shown), all(&ahead));
        memory.note(&[&at_imported[..], &at_newest[..]].concat(), now);
        for task in memory.had_no_effect(&at_imported) {
            tracing::warn!(direction = self.route.name(), ?task, "was included and changed nothing");
            memory.failed(&task, imported.hash, now);
        }
        let due = |tasks: Vec<Task>, view: &Option<Arc<SourceView>>| -> Vec<Task> {
            let Some(view) = view.as_deref() else { return Vec::new() };
            let grace = self.route.pace.grace();
            let is_due = |task: &Task| {
                let waited = u64::try_from(memory.waited(task, now).as_millis()).unwrap_or(u64::MAX);
                !memory.rests(task, view.at.hash, now) && terminal::is_due(task, view, target, waited, grace)
            };
            tasks.into_iter().filter(is_due).collect()
        };
        let (work, further) = (due(at_imported, &shown), due(at_newest, &ahead));

        let source_set = self.source.set_id(finalized.hash).await?;
        let known = Known {
            target_set: target.set.set_id,
            source_set,
            ahead: ahead.as_deref().map(|ahead| {
                // Where nothing is known of the imported header, it is too old.
                shown.as_deref().map_or(u64::MAX, |shown| ahead.now.saturating_sub(shown.now))
            }),
            has_work: !further.is_empty(),
        };
        let next = finality::decide(known, self.route.pace.heartbeat());
        match next {
            Next::OfSet if !memory.header_rests(now) => {
                let justified = self.source.next_of_set(imported, finalized, &target.set).await?;
                match justified.filter(|justified| justified.at().number > imported.number) {
                    Some(justified) => return self.import(memory, justified, target).await,
                    // The target's set is from before what this node can prove: it is said, and asked for again.
                    None => memory.header_failed(now),
                }
                Ok(Looked::Idle(Some("the header that changes the validators is not known yet".to_owned())))
            }
            Next::Newest | Next::None | Next::OfSet if !work.is_empty() => self.bring(memory, imported, work).await,
            Next::Newest if !memory.header_rests(now) => match newest {
                Some(newest) => self.import(memory, newest, target).await,
                None => Ok(Looked::Idle(None)),
            },
            Next::Newest | Next::None | Next::OfSet => Ok(Looked::Idle(None)),
        }
    }

    /// The newest header that the target would take.
    fn newest(&mut self, target: &TargetView, imported: At) -> Option<Justified> {
        let newest = self.finality.newest()?;
        if newest.at().number <= imported.number {
            return None;
        }
        newest_of_set(&newest, &target.set)
    }

    /// What the source's state says at a final block.
    async fn view(&mut self, at: At) -> Result<Arc<SourceView>, Trouble> {
        if let Some(view) = self.views.get(&at.hash) {
            return Ok(view.clone());
        }
        let view = Arc::new(self.source.source_view(at).await?);
        // The imported one and the newest are asked for again and again, and none else.
        while self.views.len() >= 4 {
            self.views.pop_first();
        }
        self.views.insert(at.hash, view.clone());
        Ok(view)
    }

    async fn observe(&self, target: &TargetView, finalized: At, lag: Option<u64>) -> Result<(), Trouble> {
        self.route.metrics.look(&Look {
            from: self.route.from.0,
            best: self.source.best().await?.number,
            finalized: finalized.number,
            lag,
            target,
            to: self.route.to.0,
            oldest: crate::chain::oldest(&target.commitments, target.at) / 1_000,
        });
        Ok(())
    }

    async fn import(&self, memory: &mut Memory, header: Justified, target: &TargetView) -> Result<Looked, Trouble> {
        let at = header.at();
        let call = carry::header(header, target.set.set_id);
        let ended = self.submit(vec![(Kind::Header, call)]).await?;
        match ended.first() {
            Some(Ended::Done) => {
                tracing::info!(direction = self.route.name(), header = at.number, "imported");
                memory.header_done();
            }
            Some(Ended::Obsolete(_)) => {}
            Some(Ended::Failed(_) | Ended::Unknown(_)) | None => memory.header_failed(Instant::now()),
        }
        Ok(after(&ended))
    }

    /// Brings the first of these tasks to the target.
    async fn bring(&self, memory: &mut Memory, at: At, mut work: Vec<Task>) -> Result<Looked, Trouble> {
        work.truncate(AT_A_TIME);
        let (mut tasks, mut calls) = (Vec::new(), Vec::new());
        for task in work {
            match carry::call(&task, &self.source, at, &self.route.signer.account).await {
                Ok(call) => {
                    calls.push((task.kind(), call));
                    tasks.push(task);
                }
                // One that cannot be proven does not hold up the others.
                Err(trouble) => {
                    tracing::warn!(direction = self.route.name(), ?task, %trouble, "cannot be proven");
                    memory.failed(&task, at.hash, Instant::now());
                }
            }
        }
        let ended = self.submit(calls).await?;
        let next = after(&ended);
        let mut done = Vec::new();
        for (task, ended) in tasks.into_iter().zip(ended) {
            match ended {
                Ended::Done => {
                    tracing::info!(direction = self.route.name(), header = at.number, ?task, "done");
                    done.push(task);
                }
                Ended::Obsolete(_) | Ended::Unknown(_) => {}
                Ended::Failed(_) => memory.failed(&task, at.hash, Instant::now()),
            }
        }
        memory.done(done);
        Ok(next)
    }

    async fn submit(&self, calls: Vec<(Kind, RuntimeCall)>) -> Result<Vec<Ended>, Trouble> {
        let kinds: Vec<Kind> = calls.iter().map(|(kind, _)| *kind).collect();
        let crash = self.route.pace.crash_at;
        let reached = |point| kinds.iter().for_each(|kind| CrashAt::reached(crash, point, *kind));
        reached(Point::Before);
        let calls = calls.into_iter().map(|(_, call)| call).collect();
        let sent = self.target.send(&self.route.signer, calls).await?;
        reached(Point::Sent);
        let ended = self.target.ended(sent).await?;
        reached(Point::Included);
        for (kind, ended) in kinds.iter().zip(&ended) {
            self.route.metrics.ended(self.route.to.0, *kind, ended);
            match ended {
                Ended::Done => {}
                Ended::Obsolete(why) => tracing::debug!(%kind, why, "somebody else has done it"),
                Ended::Failed(why) => tracing::warn!(direction = self.route.name(), %kind, why, "failed"),
                Ended::Unknown(why) => tracing::warn!(direction = self.route.name(), %kind, why, "not known"),
            }
        }
        Ok(ended)
    }
}

/// Looks again at once if anything was done. What was not taken may be so again until the chain has moved.
fn after(ended: &[Ended]) -> Looked {
    if ended.contains(&Ended::Done) {
        Looked::Did
    } else {
        Looked::Idle(None)
    }
}
