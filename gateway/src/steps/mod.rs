//! What is to be done next, decided on what both chains say and on nothing else. No step asks a chain.

pub mod confirmations;
pub mod finality;
pub mod messages;
pub mod terminal;

#[cfg(test)]
pub mod testing;

use crate::views::{SourceView, TargetView, TrancheKey};
use polkadot_sdk::bp_messages::{MessageNonce, UnrewardedRelayersState};
use std::fmt;
use tandem_primitives::AccountId;

/// Piece of work: something that is brought to the target by one of its calls.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Task {
    /// Confirmation that the source has received messages: the target sends others then, and forgets these.
    Confirm(UnrewardedRelayersState),
    /// Messages of the source.
    Messages {
        /// Number of the first message.
        first: MessageNonce,
        /// Number of the last message.
        last: MessageNonce,
        /// True if the target also learns what the source knows to be received.
        with_state: bool,
    },
    /// A commitment of the source, which no message brings.
    Instruct(TrancheKey),
    /// An execution that the source has recorded.
    Deliver(TrancheKey),
    /// A rejection that the source has recorded.
    ReturnRejected(TrancheKey),
    /// Proof that the source has let the pay deadline pass.
    ReturnTimedOut(TrancheKey),
    /// Proof that the source is done with what the target has recorded.
    Forget(TrancheKey),
}

/// Kind of a task, in metrics, logs and tests.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// A header of the source.
    Header,
    /// Kind of [`Task::Confirm`].
    Confirm,
    /// Kind of [`Task::Messages`].
    Messages,
    /// Kind of [`Task::Instruct`].
    Instruct,
    /// Kind of [`Task::Deliver`].
    Deliver,
    /// Kind of [`Task::ReturnRejected`] and [`Task::ReturnTimedOut`].
    Return,
    /// Kind of [`Task::Forget`].
    Forget,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 7] =
        [Kind::Header, Kind::Confirm, Kind::Messages, Kind::Instruct, Kind::Deliver, Kind::Return, Kind::Forget];

    /// Name of the kind in labels.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Header => "header",
            Kind::Confirm => "confirm",
            Kind::Messages => "messages",
            Kind::Instruct => "instruct",
            Kind::Deliver => "deliver",
            Kind::Return => "return",
            Kind::Forget => "forget",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Task {
    /// Kind of the task.
    pub fn kind(&self) -> Kind {
        match self {
            Task::Confirm(_) => Kind::Confirm,
            Task::Messages { .. } => Kind::Messages,
            Task::Instruct(_) => Kind::Instruct,
            Task::Deliver(_) => Kind::Deliver,
            Task::ReturnRejected(_) | Task::ReturnTimedOut(_) => Kind::Return,
            Task::Forget(_) => Kind::Forget,
        }
    }

    /// The tranche that it is about.
    pub fn tranche(&self) -> Option<TrancheKey> {
        match self {
            Task::Confirm(_) | Task::Messages { .. } => None,
            Task::Instruct(key)
            | Task::Deliver(key)
            | Task::ReturnRejected(key)
            | Task::ReturnTimedOut(key)
            | Task::Forget(key) => Some(*key),
        }
    }
}

/// Everything that the source's state at this block can show to the target, the most urgent first.
///
/// Nothing can be shown to a target that is halted.
pub fn possible(source: &SourceView, target: &TargetView, me: &AccountId) -> Vec<Task> {
    if target.halted {
        return Vec::new();
    }
    let confirm = confirmations::decide(&source.inbound, &target.outbound);
    let messages = messages::decide(&source.outbound, &target.inbound, me);
    confirm.into_iter().chain(messages).chain(terminal::possible(source, target)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use testing::{account, held, inbound, key, outbound, ALICE};

    #[test]
    fn possible_should_confirm_first_so_that_a_full_lane_goes_on() {
        let (mut source, mut target) = (testing::source(1_000), testing::target(1_000));
        // Both ways are full: each waits for what the other end has received.
        source.outbound = outbound(200, 0);
        source.inbound = inbound(0, &[(ALICE, 1, tandem_primitives::lane::MAX_UNCONFIRMED)]);
        source.commitments.insert(key(1), held(60_000));
        target.outbound = outbound(200, 0);
        target.inbound = inbound(0, &[(ALICE, 1, tandem_primitives::lane::MAX_UNCONFIRMED)]);
        let confirm = Task::Confirm(UnrewardedRelayersState::from(&source.inbound));
        assert_eq!(possible(&source, &target, &account(ALICE)), vec![confirm.clone(), Task::Instruct(key(1))]);
        // The same happened the other way: there is room for the rest.
        source.outbound = outbound(200, tandem_primitives::lane::MAX_UNCONFIRMED);
        let rest = Task::Messages { first: 129, last: 200, with_state: true };
        assert_eq!(possible(&source, &target, &account(ALICE)), vec![confirm, rest, Task::Instruct(key(1))]);
    }

    #[test]
    fn possible_should_show_nothing_to_a_target_that_is_halted() {
        let mut target = testing::target(1_000);
        target.halted = true;
        let mut source = testing::source(1_000);
        source.outbound = outbound(5, 0);
        assert_eq!(possible(&source, &target, &account(ALICE)), vec![]);
    }
}
