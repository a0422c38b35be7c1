//! Brings headers and proofs to the target, and notes how that ended.

use super::{Direction, Looked};
use crate::{
    carry::Carrier,
    crash::{CrashAt, Moment},
    memory::Memory,
    steps::{Kind, Task},
    views::TargetView,
};
use std::time::Instant;
use tandem_client::{BlockRef, Call, Ended, Error, Justified};

/// Proofs that are sent at a time. Those that follow wait for these to be included.
const AT_A_TIME: usize = 16;

impl Direction<'_> {
    /// Brings a header to the target.
    pub(super) async fn import(
        &self,
        memory: &mut Memory,
        header: Justified,
        target: &TargetView,
    ) -> Result<Looked, Error> {
        let at = header.at();
        let call = Call::import_header(&header, target.set.set_id);
        let ended = self.submit(memory, target, vec![(Kind::Header, call)]).await?;
        match ended.first() {
            Some(Ended::Done) => tracing::info!(direction = self.route.name(), header = at.number, "imported"),
            Some(Ended::Unknown(_)) if memory.is_still() => {}
            Some(Ended::Failed(why) | Ended::Unknown(why)) => {
                memory.header_failed(format!("header {} is not imported: {why}", at.number), Instant::now());
            }
            Some(Ended::Obsolete(_)) | None => {}
        }
        Ok(after(&ended))
    }

    /// Brings the first of these tasks.
    pub(super) async fn bring(
        &self,
        memory: &mut Memory,
        target: &TargetView,
        at: BlockRef,
        work: Vec<Task>,
    ) -> Result<Looked, Error> {
        let (mut tasks, mut calls) = (Vec::new(), Vec::new());
        let account = &self.route.signer.account;
        let carrier = Carrier { source: &self.source, target: &self.target, account };
        for task in next(work) {
            match carrier.call(&task, at).await {
                Ok(call) => {
                    calls.push((task.kind(), call));
                    tasks.push(task);
                }
                // One that cannot be proven does not hold up the others.
                Err(error) => {
                    tracing::warn!(direction = self.route.name(), ?task, %error, "cannot be proven");
                    self.route.metrics.unproven(self.route.from.0, self.route.to.0, task.kind());
                    memory.failed(&task, at.hash, Instant::now());
                    // Where nothing is answered they would all wait for nothing.
                    if let Error::Disconnected(_) = error {
                        return Err(error);
                    }
                }
            }
        }
        let ended = self.submit(memory, target, calls).await?;
        let (looked, now) = (after(&ended), Instant::now());
        let mut done = Vec::new();
        for (task, ended) in tasks.into_iter().zip(ended) {
            match ended {
                Ended::Done => {
                    tracing::info!(direction = self.route.name(), header = at.number, ?task, "done");
                    done.push(task);
                }
                Ended::Obsolete(_) => memory.beaten(&task, now),
                // It is not this task's fault: it is done as soon as the target goes on.
                Ended::Unknown(_) if memory.is_still() => {}
                Ended::Unknown(_) => memory.not_included(&task, now),
                Ended::Failed(_) => memory.failed(&task, at.hash, now),
            }
        }
        memory.done(done);
        Ok(looked)
    }

    async fn submit(
        &self,
        memory: &mut Memory,
        target: &TargetView,
        calls: Vec<(Kind, Call)>,
    ) -> Result<Vec<Ended>, Error> {
        let (kinds, calls): (Vec<Kind>, Vec<Call>) = calls.into_iter().unzip();
        let crash = self.route.pace.crash_at;
        let reached = |moment, kinds: &[Kind]| kinds.iter().for_each(|kind| CrashAt::reached(crash, moment, *kind));
        reached(Moment::Before, &kinds);
        let sent = self.target.send(&self.route.signer, calls).await?;
        let taken = kinds.get(..sent.taken()).unwrap_or_default();
        reached(Moment::Sent, taken);
        let ended = self.target.ended(sent).await?;
        reached(Moment::Included, taken);
        for (kind, ended) in kinds.iter().zip(&ended) {
            self.route.metrics.ended(self.route.to.0, *kind, ended);
            match ended {
                Ended::Done => {}
                Ended::Obsolete(why) => tracing::debug!(%kind, why, "somebody else has done it"),
                Ended::Failed(why) => tracing::warn!(direction = self.route.name(), %kind, why, "failed"),
                Ended::Unknown(why) => tracing::warn!(direction = self.route.name(), %kind, why, "not known"),
            }
        }
        if ended.iter().any(|ended| matches!(ended, Ended::Failed(_))) {
            // What was signed for the code before an upgrade has not failed: it is signed anew.
            self.target.check_unchanged().await?;
        }
        if ended.iter().any(|ended| matches!(ended, Ended::Unknown(_))) {
            let best = self.target.best().await?.number;
            if memory.stands_still(target.at.number, best) {
                tracing::warn!(direction = self.route.name(), "{}", self.stands_still(best));
            }
        }
        Ok(ended)
    }
}

/// The first of these tasks, in the order in which they are sent.
fn next(mut work: Vec<Task>) -> Vec<Task> {
    work.truncate(AT_A_TIME);
    // A message makes the proof of the same obsolete, which then keeps back all that is sent after it. A proof leaves a
    // message nothing to do, and that is no harm.
    work.sort_by_key(|task| task.kind() == Kind::Messages);
    work
}

/// Looks again at once if anything was done. What was not taken may be so again until the chain has moved.
fn after(ended: &[Ended]) -> Looked {
    if ended.contains(&Ended::Done) {
        Looked::Did
    } else {
        Looked::Idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::{inbound, key, ALICE};
    use polkadot_sdk::bp_messages::UnrewardedRelayersState;

    #[test]
    fn next_should_send_the_most_urgent_and_the_messages_after_the_proofs_of_the_same() {
        let confirm = Task::Confirm(UnrewardedRelayersState::from(&inbound(0, &[(ALICE, 1, 2)])));
        let messages = Task::Messages { first: 3, last: 5, with_state: false };
        let proofs: Vec<Task> = (1..=20).map(|of| Task::Deliver(key(of))).collect();
        let sent = next([&[confirm.clone(), messages.clone()][..], &proofs[..]].concat());
        assert_eq!(sent, [&[confirm][..], &proofs[..AT_A_TIME - 2], &[messages][..]].concat());
    }
}
