//! What is proven where no message says it: so that every trade ends, whatever became of the lane.

use super::Task;
use crate::views::{SourceView, TargetView};
use tandem_primitives::{Decision, Moment};

/// Every proof by which the source's state moves a trade on the target, whether or not a message may still do it.
pub fn possible(source: &SourceView, target: &TargetView) -> Vec<Task> {
    let mut ends = Vec::new();
    for (key, held) in &target.commitments {
        match source.records.get(key).map(|record| record.decision) {
            Some(Decision::Executed { .. }) => ends.push(Task::Deliver(*key)),
            Some(Decision::Rejected { .. }) => ends.push(Task::ReturnRejected(*key)),
            None if source.now >= held.pay_deadline => ends.push(Task::ReturnTimedOut(*key)),
            None => {}
        }
    }
    let unknown = source.commitments.iter().filter(|(key, held)| {
        // After the pay deadline the target refuses it; the source takes it back by the target's clock.
        target.now < held.pay_deadline && !target.known.contains(*key) && !target.records.contains_key(*key)
    });
    let over = target.records.iter().filter(|(key, record)| {
        record.pay_deadline <= target.now.min(source.now) && !source.commitments.contains_key(*key)
    });
    unknown.map(|(key, _)| Task::Instruct(*key)).chain(ends).chain(over.map(|(key, _)| Task::Forget(*key))).collect()
}

/// True if a proof is due, after it has been possible for `waited` milliseconds.
///
/// What a message on its way will do is left to it for the grace. Where none is on its way, or the deadline is near,
/// nothing is waited for.
pub fn is_due(task: &Task, source: &SourceView, target: &TargetView, waited: Moment, grace: Moment) -> bool {
    let on_its_way = source.outbound.latest_generated_nonce > target.inbound.last_delivered_nonce();
    let patient = on_its_way && waited < grace;
    match task {
        Task::Confirm(_) | Task::Messages { .. } | Task::ReturnTimedOut(_) | Task::Forget(_) => true,
        Task::Deliver(_) | Task::ReturnRejected(_) => !patient,
        Task::Instruct(key) => {
            let deadline = source.commitments.get(key).map_or(Moment::MAX, |held| held.pay_deadline);
            !patient || deadline <= target.now.saturating_add(grace.saturating_mul(2))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::{executed, held, key, outbound, rejected, source, target};

    const GRACE: Moment = 20_000;

    #[test]
    fn possible_should_bring_a_commitment_that_the_deciding_chain_does_not_know() {
        let mut source = source(1_000);
        let mut target = target(1_000);
        source.commitments.insert(key(1), held(60_000));
        assert_eq!(possible(&source, &target), vec![Task::Instruct(key(1))]);
        target.known.insert(key(1));
        assert_eq!(possible(&source, &target), vec![]);
        target.known.clear();
        target.records.insert(key(1), executed(60_000));
        assert_eq!(possible(&source, &target), vec![]);
    }

    #[test]
    fn possible_should_not_bring_a_commitment_after_its_deadline() {
        let mut source = source(1_000);
        source.commitments.insert(key(1), held(60_000));
        assert_eq!(possible(&source, &target(59_999)), vec![Task::Instruct(key(1))]);
        assert_eq!(possible(&source, &target(60_000)), vec![]);
    }

    #[test]
    fn possible_should_follow_what_is_recorded() {
        let mut source = source(1_000);
        let mut target = target(1_000);
        target.commitments.insert(key(1), held(60_000));
        target.commitments.insert(key(2), held(60_000));
        target.commitments.insert(key(3), held(60_000));
        source.records.insert(key(1), executed(60_000));
        source.records.insert(key(2), rejected(60_000));
        assert_eq!(possible(&source, &target), vec![Task::Deliver(key(1)), Task::ReturnRejected(key(2))]);
    }

    #[test]
    fn possible_should_return_at_the_deadline_of_the_deciding_chain_only() {
        let mut target = target(90_000);
        target.commitments.insert(key(1), held(60_000));
        assert_eq!(possible(&source(59_999), &target), vec![]);
        assert_eq!(possible(&source(60_000), &target), vec![Task::ReturnTimedOut(key(1))]);
        let mut late = source(60_000);
        late.records.insert(key(1), executed(60_000));
        assert_eq!(possible(&late, &target), vec![Task::Deliver(key(1))]);
    }

    #[test]
    fn possible_should_forget_a_record_once_both_clocks_have_passed_and_the_commitment_is_gone() {
        let mut target = target(60_000);
        target.records.insert(key(1), executed(60_000));
        assert_eq!(possible(&source(59_999), &target), vec![]);
        assert_eq!(possible(&source(60_000), &target), vec![Task::Forget(key(1))]);
        let mut holding = source(60_000);
        holding.commitments.insert(key(1), held(60_000));
        assert_eq!(possible(&holding, &target), vec![]);
        target.now = 59_999;
        assert_eq!(possible(&source(60_000), &target), vec![]);
    }

    #[test]
    fn is_due_should_leave_to_a_message_what_it_will_do() {
        let mut source = source(1_000);
        let target = target(1_000);
        source.commitments.insert(key(1), held(600_000));
        let due = |source: &SourceView, task: &Task, waited| is_due(task, source, &target, waited, GRACE);
        for task in [Task::Instruct(key(1)), Task::Deliver(key(1)), Task::ReturnRejected(key(1))] {
            source.outbound = outbound(0, 0);
            assert!(due(&source, &task, 0), "no message is on its way");
            source.outbound = outbound(1, 0);
            assert!(!due(&source, &task, GRACE - 1));
            assert!(due(&source, &task, GRACE), "the lane is stuck");
        }
        assert!(due(&source, &Task::ReturnTimedOut(key(1)), 0));
        assert!(due(&source, &Task::Forget(key(1)), 0));
    }

    #[test]
    fn is_due_should_not_wait_for_a_message_when_the_deadline_is_near() {
        let mut source = source(1_000);
        source.outbound = outbound(1, 0);
        source.commitments.insert(key(1), held(1_000 + 2 * GRACE));
        assert!(is_due(&Task::Instruct(key(1)), &source, &target(1_000), 0, GRACE));
    }
}
