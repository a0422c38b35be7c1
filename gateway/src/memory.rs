//! What a gateway remembers between two looks at the chains. It may forget all of it at any time: then it waits for
//! messages once more, and tries once more what fails.

use crate::{
    steps::{Kind, Task},
    views::TrancheKey,
};
use polkadot_sdk::sp_core::H256;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};
use tandem_client::bounded;

/// The first wait after a failure, about two blocks.
const FIRST: Duration = Duration::from_secs(4);

/// Longest time that a failed task rests.
const MOST: Duration = Duration::from_secs(300);

/// A target that makes fewer blocks than these while it is waited for stands still. When it has made as many again, what
/// it had taken is in them or is not there any more.
const MOVES: u32 = 2;

/// Subject of a task: its kind, and the tranche if it has one.
type Subject = (Kind, Option<TrancheKey>);

/// Memory of what was seen and tried.
#[derive(Debug, Default)]
pub struct Memory {
    seen: BTreeMap<Subject, Instant>,
    failed: BTreeMap<Subject, Failure>,
    done: Vec<Task>,
    /// The newest header that the target knows.
    known: H256,
    /// Reason for which no later header is imported.
    no_header: Option<String>,
    /// The target's best block where it stood still.
    still_at: Option<u32>,
}

/// Number of failures in a row, and the last one.
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

    /// True if it failed so lately that it is not tried yet, or failed against this very header, which may be why.
    pub fn rests(&self, task: &Task, header: H256, now: Instant) -> bool {
        // For a while only: the reason may have been the node or the quota, and no other header may come.
        self.failed
            .get(&subject(task))
            .is_some_and(|failure| now < failure.until || failure.at == header && now < failure.until + MOST)
    }

    /// True if a header failed so lately that none is tried yet.
    pub fn header_rests(&self, now: Instant) -> bool {
        self.failed.get(&(Kind::Header, None)).is_some_and(|failure| now < failure.until)
    }

    /// Notes a failure: after each further one the task rests for twice as long.
    pub fn failed(&mut self, task: &Task, header: H256, now: Instant) {
        self.failed_of(subject(task), header, now);
    }

    /// Notes that it was not included in time: it rests as after a failure, whichever header the target knows then.
    pub fn not_included(&mut self, task: &Task, now: Instant) {
        self.failed_of(subject(task), H256::zero(), now);
    }

    /// Somebody else was quicker, or seems to be: it rests until that shows, and no longer if it happens again.
    pub fn beaten(&mut self, task: &Task, now: Instant) {
        let times = self.failed.get(&subject(task)).map_or(0, |failure| failure.times);
        let until = now.checked_add(FIRST).unwrap_or(now);
        self.failed.insert(subject(task), Failure { times, until, at: H256::zero() });
    }

    /// A header was not imported, for this reason.
    pub fn header_failed(&mut self, why: String, now: Instant) {
        self.no_header = Some(why);
        self.failed_of((Kind::Header, None), H256::zero(), now);
    }

    /// The target knows this header: what was wrong with another is over once it knows a newer one.
    pub fn knows(&mut self, header: H256) {
        if self.known != header {
            self.known = header;
            self.no_header = None;
            self.failed.remove(&(Kind::Header, None));
        }
    }

    /// Reason for which the last header that was tried is not imported; `None` if nothing is wrong.
    pub fn header_trouble(&self) -> Option<String> {
        self.no_header.clone()
    }

    /// Notes that something sent at a target's block `sent` was not included until `now`, and tells if that is because the target stands
    /// still. Then it is nobody's failure, and nothing is sent before the target moves.
    pub fn stands_still(&mut self, sent: u32, now: u32) -> bool {
        let still = now.saturating_sub(sent) < MOVES;
        if still {
            self.still_at = Some(now);
        }
        still
    }

    /// The block at which the target stands still; `None` once this, its best one, shows that it has moved.
    pub fn still_at(&mut self, best: u32) -> Option<u32> {
        self.still_at = self.still_at.filter(|still| best.abs_diff(*still) < MOVES);
        self.still_at
    }

    /// True if it was found to stand still and has not moved since.
    pub fn is_still(&self) -> bool {
        self.still_at.is_some()
    }

    fn failed_of(&mut self, subject: Subject, at: H256, now: Instant) {
        let times = self.failed.get(&subject).map_or(0, |failure| failure.times);
        let until = now.checked_add(bounded(FIRST, MOST, times)).unwrap_or(now);
        self.failed.insert(subject, Failure { times: times.saturating_add(1), until, at });
    }

    /// Notes tasks that were included and did not fail.
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
    fn not_included_should_rest_as_what_failed_and_against_no_header() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        let task = Task::Deliver(key(1));
        memory.not_included(&task, start);
        assert!(memory.rests(&task, H256([1; 32]), after(3, start)));
        assert!(!memory.rests(&task, H256([1; 32]), after(4, start)));
        memory.not_included(&task, start);
        assert!(memory.rests(&task, H256([1; 32]), after(7, start)));
    }

    #[test]
    fn beaten_should_rest_no_longer_each_time() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        let task = Task::Deliver(key(1));
        for _ in 0..9 {
            memory.beaten(&task, start);
        }
        assert!(memory.rests(&task, H256([1; 32]), after(3, start)));
        assert!(!memory.rests(&task, H256([1; 32]), after(4, start)));
    }

    #[test]
    fn stands_still_should_keep_everything_back_until_the_target_moves() {
        let mut memory = Memory::default();
        assert_eq!(memory.still_at(7), None);
        assert!(!memory.stands_still(7, 9), "it makes blocks, and does not include what was sent");
        assert_eq!(memory.still_at(9), None);
        assert!(memory.stands_still(7, 8) && memory.is_still());
        for best in [8, 9] {
            assert_eq!(memory.still_at(best), Some(8));
        }
        assert_eq!(memory.still_at(10), None);
        assert_eq!(memory.still_at(8), None, "it has moved since");
    }

    #[test]
    fn stands_still_should_end_where_the_target_goes_on_from_an_earlier_block() {
        let mut memory = Memory::default();
        assert!(memory.stands_still(8, 8));
        assert_eq!(memory.still_at(6), None);
    }

    #[test]
    fn header_trouble_should_last_until_the_target_knows_a_newer_one() {
        let (mut memory, start) = (Memory::default(), Instant::now());
        memory.knows(H256([1; 32]));
        memory.header_failed("the node has discarded it".to_owned(), start);
        memory.note(&[], start);
        memory.knows(H256([1; 32]));
        assert!(memory.header_rests(start));
        assert!(!memory.header_rests(after(4, start)));
        assert_eq!(memory.header_trouble().as_deref(), Some("the node has discarded it"));
        memory.knows(H256([2; 32]));
        assert_eq!(memory.header_trouble(), None);
        assert!(!memory.header_rests(start));
    }

    #[test]
    fn had_no_effect_should_tell_what_is_to_be_done_still() {
        let mut memory = Memory::default();
        memory.done(vec![Task::Deliver(key(1)), Task::Forget(key(2))]);
        assert_eq!(memory.had_no_effect(&[Task::Forget(key(2))]), vec![Task::Forget(key(2))]);
        assert_eq!(memory.had_no_effect(&[Task::Forget(key(2))]), vec![], "it is told once");
    }
}
