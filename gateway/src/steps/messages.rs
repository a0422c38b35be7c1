//! Bringing messages of the source to the target.

use super::Task;
use polkadot_sdk::{
    bp_messages::{InboundLaneData, MessageNonce, OutboundLaneData},
    sp_weights::Weight,
};
use tandem_primitives::{
    lane::{MAX_TURNS as TURNS, MAX_UNCONFIRMED as UNCONFIRMED},
    AccountId,
};

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
    let turns = MessageNonce::try_from(turns).unwrap_or(MessageNonce::MAX);
    if turns >= TURNS {
        tracing::debug!(turns, %me, "the lane takes no more turns until some are confirmed");
        return None;
    }
    let (first, limit) = (delivered.saturating_add(1), confirmed.saturating_add(UNCONFIRMED));
    let mine = target.relayers.back().is_some_and(|entry| entry.relayer == *me && entry.messages.end > confirmed);
    // For the same reason a turn that is the last one is over with its first message.
    let is_last = !mine && turns.saturating_add(1) == TURNS;
    let last = source.latest_generated_nonce.min(if is_last { limit.min(first) } else { limit });
    (first <= last).then_some(Task::Messages { first, last, with_state: news })
}

/// Number of the messages with these weights, from the first on, that fit one transaction.
pub fn fitting(weights: &[Weight], limit: Weight) -> u32 {
    let sums = weights.iter().scan(Weight::zero(), |sum, each| {
        *sum = sum.saturating_add(*each);
        Some(*sum)
    });
    let fits = sums.take_while(|sum| sum.all_lte(limit)).count();
    // At least one: if not even that fits, the chain says so.
    u32::try_from(fits).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::{
        confirmations,
        testing::{account, inbound, outbound, ALICE, BOB},
    };
    use polkadot_sdk::bp_messages::{DeliveredMessages, UnrewardedRelayer};

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
    fn decide_should_bring_one_message_in_the_last_turn() {
        let turns: Vec<(u8, u64, u64)> = (1..=15).map(|n| (if n % 2 == 0 { ALICE } else { BOB }, n, n)).collect();
        let lane = inbound(0, &turns);
        assert_eq!(next((20, 0), lane.clone()), Some(Task::Messages { first: 16, last: 16, with_state: false }));
        let own = decide(&outbound(20, 0), &lane, &account(BOB));
        assert_eq!(own, Some(Task::Messages { first: 16, last: 20, with_state: false }), "a turn that goes on");
        let full = inbound(0, &[&turns[..14], &[(BOB, 15, 128)][..]].concat());
        assert_eq!(next((200, 0), full), None, "no more messages either");
    }

    /// A lane from one end to the other, with the limits of the end that receives.
    struct Lane {
        source: OutboundLaneData,
        target: InboundLaneData<AccountId>,
    }

    impl Lane {
        /// Brings what this gateway would, no more than `most` at a time. Whether that is anything.
        fn bring(&mut self, of: u8, most: u64) -> bool {
            let Some(task) = decide(&self.source, &self.target, &account(of)) else { return false };
            let Task::Messages { first, last, with_state } = task else { panic!("{task:?}") };
            if with_state {
                self.learn(self.source.latest_received_nonce);
            }
            for nonce in first..=last.min(first + most - 1) {
                assert_eq!(nonce, self.target.last_delivered_nonce() + 1);
                assert!((self.target.relayers.len() as u64) < TURNS, "message {nonce} is of one turn too many");
                assert!(nonce - self.target.last_confirmed_nonce <= UNCONFIRMED, "message {nonce} is one too many");
                match self.target.relayers.back_mut() {
                    Some(entry) if entry.relayer == account(of) => entry.messages.note_dispatched_message(),
                    _ => {
                        let messages = DeliveredMessages::new(nonce);
                        self.target.relayers.push_back(UnrewardedRelayer { relayer: account(of), messages });
                    }
                }
            }
            true
        }

        fn learn(&mut self, confirmed: u64) {
            self.target.last_confirmed_nonce = confirmed;
            self.target.relayers.retain(|entry| entry.messages.end > confirmed);
            if let Some(entry) = self.target.relayers.front_mut() {
                entry.messages.begin = entry.messages.begin.max(confirmed + 1);
            }
        }

        /// Tells the source what was received. Whether that is anything.
        fn confirm(&mut self) -> bool {
            let Some(task) = confirmations::decide(&self.target, &self.source) else { return false };
            let Task::Confirm(state) = task else { panic!("{task:?}") };
            let news = state.last_delivered_nonce - self.source.latest_received_nonce;
            assert!(news <= state.total_messages, "the source takes no more than it is told to expect");
            self.source.latest_received_nonce = state.last_delivered_nonce;
            true
        }
    }

    /// Gateways by turns bring everything, so many at a time, and confirm only where the lane takes no more. Gives how
    /// often they did.
    fn bring_all(backlog: u64, gateways: &[u8], most: u64) -> u64 {
        let mut lane = Lane { source: outbound(backlog, 0), target: inbound(0, &[]) };
        let mut confirmations = 0;
        for of in gateways.iter().copied().cycle() {
            if lane.target.last_delivered_nonce() == backlog {
                break;
            }
            if !lane.bring(of, most) {
                assert!(lane.confirm(), "it is stuck after message {}", lane.target.last_delivered_nonce());
                confirmations += 1;
            }
        }
        assert!(lane.confirm());
        assert_eq!(lane.source.latest_received_nonce, backlog);
        confirmations
    }

    #[test]
    fn decide_should_bring_a_backlog_that_is_longer_than_the_lane() {
        assert_eq!(bring_all(200, &[ALICE], UNCONFIRMED), 1);
        assert_eq!(bring_all(200, &[ALICE], 7), 1);
        assert_eq!(bring_all(512, &[ALICE], 20), 3);
    }

    #[test]
    fn decide_should_bring_a_backlog_when_gateways_take_turns() {
        assert_eq!(bring_all(200, &[ALICE, BOB], 1), 12, "one message in each of 16 turns");
        // After 15 turns of five the sixteenth brings one.
        assert_eq!(bring_all(200, &[ALICE, BOB], 5), 2);
        assert_eq!(bring_all(200, &[ALICE, ALICE, BOB], UNCONFIRMED), 1);
    }

    #[test]
    fn fitting_should_stay_below_the_limit_and_give_one_at_least() {
        let weights = |each: &[u64]| -> Vec<Weight> { each.iter().map(|time| Weight::from_parts(*time, 0)).collect() };
        let limit = Weight::from_parts(200, 0);
        assert_eq!(fitting(&weights(&[10; 128]), limit), 20);
        assert_eq!(fitting(&weights(&[10; 5]), limit), 5);
        assert_eq!(fitting(&weights(&[150, 50, 1]), limit), 2);
        assert_eq!(fitting(&weights(&[1_000; 5]), limit), 1);
    }
}
