//! Telling the target which of its messages the source has received.

use super::Task;
use polkadot_sdk::bp_messages::{InboundLaneData, OutboundLaneData, UnrewardedRelayersState};
use tandem_primitives::AccountId;

/// A confirmation, if the source has received messages of which the target does not know it.
///
/// Nobody is paid for it, and yet without it the lane stops: the target keeps a limited number of messages.
pub fn decide(source: &InboundLaneData<AccountId>, target: &OutboundLaneData) -> Option<Task> {
    let received = source.last_delivered_nonce();
    (received > target.latest_received_nonce).then(|| Task::Confirm(UnrewardedRelayersState::from(source)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::{inbound, outbound, ALICE};

    #[test]
    fn decide_should_confirm_what_is_received_and_not_known() {
        let task = decide(&inbound(3, &[(ALICE, 4, 6)]), &outbound(9, 4)).unwrap();
        let Task::Confirm(state) = task else { panic!("{task:?}") };
        assert_eq!((state.last_delivered_nonce, state.total_messages, state.unrewarded_relayer_entries), (6, 3, 1));
    }

    #[test]
    fn decide_should_be_silent_when_everything_is_known() {
        assert_eq!(decide(&inbound(3, &[(ALICE, 4, 6)]), &outbound(9, 6)), None);
        assert_eq!(decide(&inbound(0, &[]), &outbound(0, 0)), None);
    }
}
