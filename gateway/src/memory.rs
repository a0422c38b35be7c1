//! What a gateway remembers between two looks at the chains. It may forget all of it at any time: then it waits for
//! messages once more, and tries once more what fails.

use crate::{
    backoff::bounded,
    chain::TrancheKey,
    steps::{Kind, Task},
};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// The first wait after a failure, about two blocks.
const FIRST: Duration = Duration::from_secs(4);

/// The longest one.
const MOST: Duration = Duration::from_secs(300);

/// What a task is about.
type Subject = (Kind, Option<TrancheKey>);

/// What has been seen and tried.
#[derive(Debug, Default)]
pub struct Memory {
    seen: BTreeMap<Subject, Instant>,
    failed: BTreeMap<Subject, Failure>,
    done: Vec<Task>,
}

/// How often something has failed in a row.
#[derive(Clone, Copy, Debug)]
struct Failure {
    times: u32,
    until: Instant,
    at: H256,
}

fn subject(task: &Task) -> Subject {
    (task.kind(), task.tranche())
}

impl Memory {
    /// Notes what can be done now, and forgets what cannot any more.
    pub fn note(&mut self, tasks: &[Task], now: Instant) {
        let subjects: BTreeSet<Subject> = tasks.iter().map(subject).collect();
        self.seen.retain(|known, _| subjects.contains(known));
        self.failed.retain(|known, _| subjects.contains(known) || known.0 == Kind::Header);
        for new in subjects {
            self.seen.entry(new).or_insert(now);
        }
    }

    /// For how long it has been possible.
    pub fn waited(&self, task: &Task, now: Instant) -> Duration {
        self.seen.get(&subject(task)).map_or(Duration::ZERO, |since| now.saturating_duration_since(*since))
    }

    /// Whether it failed so lately that it is not tried yet, or failed against this very header, which may be why.
    pub fn rests(&self, task: &Task, header: H256, now: Instant) -> bool {
        // For a while only: the reason may have been the node or the quota, and no other header may come.
        self.failed
            .get(&subject(task))
            .is_some_and(|failure| now < failure.until || failure.at == header && now < failure.until + MOST)
    }

    /// The same of headers.
    pub fn header_rests(&self, now: Instant) -> bool {
        self.failed.get(&(Kind::Header, None)).is_some_and(|failure| now < failure.until)
    }

    /// It failed: each further time it rests for twice as long.
    pub fn failed(&mut self, task: &Task, header: H256, now: Instant) {
        self.failed_of(subject(task), header, now);
    }

    /// A header failed.
    pub fn header_failed(&mut self, now: Instant) {
        self.failed_of((Kind::Header, None), H256::zero(), now);
    }

    fn failed_of(&mut self, subject: Subject, at: H256, now: Instant) {
        let times = self.failed.get(&subject).map_or(0, |failure| failure.times);
        let until = now.checked_add(bounded(FIRST, MOST, times)).unwrap_or(now);
        self.failed.insert(subject, Failure { times: times.saturating_add(1), until, at });
    }

    /// These were included and did not fail.
    pub fn done(&mut self, tasks: Vec<Task>) {
        self.done = tasks;
    }

    /// Of what was included and did not fail, what is to be done still: a call may succeed and change nothing. The rest
    /// has worked, and whatever failed before is forgotten.
    pub fn had_no_effect(&mut self, tasks: &[Task]) -> Vec<Task> {
        let (again, over): (Vec<Task>, Vec<Task>) =
            std::mem::take(&mut self.done).into_iter().partition(|done| tasks.contains(done));
        over.iter().for_each(|task| {
            self.failed.remove(&subject(task));
        });
        again
    }

    /// A header was imported.
    pub fn header_done(&mut self) {
        self.failed.remove(&(Kind::Header, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::key;

    fn after(seconds: u64, since: Instant) -> Instant {
        since + Duration::from_secs(seconds)
    }

    #[test]
    fn waited_should_count_from_the_first_time_without_a_break() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        let task = Task::Deliver(key(1));
        memory.note(std::slice::from_ref(&task), start);
        memory.note(std::slice::from_ref(&task), after(5, start));
        assert_eq!(memory.waited(&task, after(7, start)), Duration::from_secs(7));
        memory.note(&[], after(8, start));
        memory.note(std::slice::from_ref(&task), after(9, start));
        assert_eq!(memory.waited(&task, after(9, start)), Duration::ZERO);
    }

    #[test]
    fn failed_should_rest_for_longer_each_time() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        let task = Task::Forget(key(1));
        let (then, next) = (H256([1; 32]), H256([2; 32]));
        memory.failed(&task, then, start);
        assert!(memory.rests(&task, next, after(3, start)));
        assert!(!memory.rests(&task, next, after(4, start)));
        memory.failed(&task, then, start);
        assert!(memory.rests(&task, next, after(7, start)));
        assert!(!memory.rests(&Task::Forget(key(2)), next, start));
        memory.note(&[], start);
        assert!(!memory.rests(&task, next, start), "it is possible no more");
    }

    #[test]
    fn failed_should_be_tried_again_late_against_the_same_header() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        let task = Task::Deliver(key(1));
        let same = H256([1; 32]);
        memory.failed(&task, same, start);
        let late = FIRST + MOST;
        assert!(memory.rests(&task, same, start + late - Duration::from_millis(1)));
        assert!(!memory.rests(&task, same, start + late));
        assert!(!memory.rests(&task, H256([2; 32]), start + FIRST));
    }

    #[test]
    fn had_no_effect_should_tell_what_is_to_be_done_still() {
        let mut memory = Memory::default();
        memory.done(vec![Task::Deliver(key(1)), Task::Forget(key(2))]);
        assert_eq!(memory.had_no_effect(&[Task::Forget(key(2))]), vec![Task::Forget(key(2))]);
        assert_eq!(memory.had_no_effect(&[Task::Forget(key(2))]), vec![], "it is told once");
    }
}
