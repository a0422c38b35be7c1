//! Plain states for the tests of the steps.

use crate::views::{Held, SourceView, TargetView, TrancheKey};
use polkadot_sdk::{
    bp_header_chain::AuthoritySet,
    bp_messages::{DeliveredMessages, InboundLaneData, OutboundLaneData, UnrewardedRelayer},
    sp_core::H256,
};
use std::collections::{BTreeMap, BTreeSet};
use tandem_client::BlockRef;
use tandem_primitives::{AccountId, Decision, InstructionId, Moment, Record, RejectReason, TermsHash, TrancheIndex};

/// Account of a gateway.
pub const ALICE: u8 = 1;
/// Account of another gateway.
pub const BOB: u8 = 2;

pub fn account(of: u8) -> AccountId {
    AccountId::from([of; 32])
}

pub fn outbound(generated: u64, received: u64) -> OutboundLaneData {
    OutboundLaneData {
        latest_generated_nonce: generated,
        latest_received_nonce: received,
        ..OutboundLaneData::opened()
    }
}

pub fn inbound(confirmed: u64, turns: &[(u8, u64, u64)]) -> InboundLaneData<AccountId> {
    let turn = |(of, begin, end): &(u8, u64, u64)| UnrewardedRelayer {
        relayer: account(*of),
        messages: DeliveredMessages { begin: *begin, end: *end },
    };
    InboundLaneData {
        relayers: turns.iter().map(turn).collect(),
        last_confirmed_nonce: confirmed,
        ..InboundLaneData::opened()
    }
}

pub fn key(of: u8) -> TrancheKey {
    (InstructionId(H256([of; 32])), TrancheIndex(0))
}

pub fn held(pay_deadline: Moment) -> Held {
    Held { pay_deadline, since: 1 }
}

fn record(pay_deadline: Moment, decision: Decision) -> Record {
    Record { terms_hash: TermsHash(H256::zero()), networks: [H256::zero(); 2], pay_deadline, decision }
}

pub fn executed(pay_deadline: Moment) -> Record {
    record(pay_deadline, Decision::Executed { lots: 1 })
}

pub fn rejected(pay_deadline: Moment) -> Record {
    record(pay_deadline, Decision::Rejected { reason: RejectReason::Refused })
}

pub fn source(now: Moment) -> SourceView {
    SourceView {
        at: BlockRef::default(),
        now,
        outbound: outbound(0, 0),
        inbound: inbound(0, &[]),
        commitments: BTreeMap::new(),
        records: BTreeMap::new(),
    }
}

pub fn target(now: Moment) -> TargetView {
    TargetView {
        at: BlockRef::default(),
        now,
        imported: Some(BlockRef::default()),
        set: AuthoritySet::default(),
        light_client_halted: false,
        halted: false,
        counterpart: None,
        outbound: outbound(0, 0),
        inbound: inbound(0, &[]),
        commitments: BTreeMap::new(),
        records: BTreeMap::new(),
        known: BTreeSet::new(),
        payments: 0,
    }
}
