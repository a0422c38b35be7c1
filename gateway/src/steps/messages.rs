//! Bringing messages of the source to the target.

use super::Task;
use polkadot_sdk::bp_messages::{ChainWithMessages, InboundLaneData, MessageNonce, OutboundLaneData};
use tandem_primitives::AccountId;
use tandem_runtime::configs::TandemChain;

/// Messages that may be received and not known to be at most. Also the most of one proof.
pub const UNCONFIRMED: MessageNonce = TandemChain::MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX;

/// Turns of senders that may be received and not known to be at most.
const TURNS: MessageNonce = TandemChain::MAX_UNREWARDED_RELAYERS_IN_CONFIRMATION_TX;

/// The next messages, as many as the target takes.
///
/// The target takes no more than a number of messages, and of turns of gateways, that the source does not know to be
/// received. What the source does know travels with the messages, and makes room for them.
pub fn decide(source: &OutboundLaneData, target: &InboundLaneData<AccountId>, me: &AccountId) -> Option<Task> {
    let delivered = target.last_delivered_nonce();
    // The target ignores what is beyond its own: it would be of another lane.
    let news = source.latest_received_nonce <= delivered && source.latest_received_nonce > target.last_confirmed_nonce;
    let confirmed = if news { source.latest_received_nonce } else { target.last_confirmed_nonce };
    let turns = target.relayers.iter().filter(|entry| entry.messages.end > confirmed).count();
    // A turn goes on while nobody else has one, but not beyond the limit: the target counts before it looks whose it is.
    if MessageNonce::try_from(turns).unwrap_or(MessageNonce::MAX) >= TURNS {
        tracing::debug!(turns, %me, "the lane takes no more turns until some are confirmed");
        return None;
    }
    let first = delivered.saturating_add(1);
    let last = source.latest_generated_nonce.min(confirmed.saturating_add(UNCONFIRMED));
    (first <= last).then_some(Task::Messages { first, last, with_state: news })
}

/// How many of these messages fit one transaction, if each weighs as much.
pub fn fitting(count: u64, each: u64, fixed: u64, limit: u64) -> u64 {
    let room = limit.saturating_sub(fixed);
    // At least one: if not even that fits, the chain says so.
    room.checked_div(each).unwrap_or(count).clamp(1, count.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::{account, inbound, outbound, ALICE, BOB};

    fn next(source: (u64, u64), target: InboundLaneData<AccountId>) -> Option<Task> {
        decide(&outbound(source.0, source.1), &target, &account(ALICE))
    }

    #[test]
    fn decide_should_bring_what_is_generated_and_not_delivered() {
        assert_eq!(next((5, 0), inbound(0, &[])), Some(Task::Messages { first: 1, last: 5, with_state: false }));
        assert_eq!(
            next((5, 0), inbound(0, &[(ALICE, 1, 3)])),
            Some(Task::Messages { first: 4, last: 5, with_state: false })
        );
        assert_eq!(next((3, 0), inbound(0, &[(ALICE, 1, 3)])), None);
    }

    #[test]
    fn decide_should_bring_along_what_the_source_knows_to_be_received() {
        assert_eq!(
            next((5, 2), inbound(0, &[(ALICE, 1, 3)])),
            Some(Task::Messages { first: 4, last: 5, with_state: true })
        );
        assert_eq!(next((3, 3), inbound(0, &[(ALICE, 1, 3)])), None, "not for its own sake");
    }

    #[test]
    fn decide_should_stop_at_the_limit_of_unconfirmed_messages() {
        assert_eq!(
            next((500, 0), inbound(0, &[(ALICE, 1, 100)])),
            Some(Task::Messages { first: 101, last: 128, with_state: false })
        );
        assert_eq!(next((500, 0), inbound(0, &[(ALICE, 1, 128)])), None);
        assert_eq!(
            next((500, 128), inbound(0, &[(ALICE, 1, 128)])),
            Some(Task::Messages { first: 129, last: 256, with_state: true })
        );
    }

    #[test]
    fn decide_should_stop_at_the_limit_of_turns() {
        let turns: Vec<(u8, u64, u64)> = (1..=16).map(|n| (if n % 2 == 0 { ALICE } else { BOB }, n, n)).collect();
        assert_eq!(next((20, 0), inbound(0, &turns)), None);
        assert_eq!(next((20, 1), inbound(0, &turns)), Some(Task::Messages { first: 17, last: 20, with_state: true }));
    }

    #[test]
    fn fitting_should_leave_room_for_what_is_fixed_and_give_one_at_least() {
        assert_eq!(fitting(128, 10, 50, 250), 20);
        assert_eq!(fitting(5, 10, 50, 250), 5);
        assert_eq!(fitting(5, 1_000, 50, 250), 1);
        assert_eq!(fitting(5, 0, 50, 250), 5);
    }
}
