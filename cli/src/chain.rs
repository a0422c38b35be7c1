//! The chain as this program sees it: a connection by `tandem-client`, and what it uses of a chain's interface.

use crate::fault::fault;
use tandem_client::{Error, Interface};

pub use tandem_client::Chain;

/// Blocks, and how the transactions in them ended.
pub mod blocks {
    pub use tandem_client::{
        blocks::{CallResult as Result, Reason},
        events::{Block, ChainEvent as Happened, Follower},
    };
}

/// Calls that are signed.
pub mod calls {
    pub use tandem_client::calls::{reference, Call};
}

/// Connection, and blocks by number and hash.
pub mod client {
    pub use tandem_client::{BlockRef as At, Chain};
}

/// State of trades across two networks.
pub mod counterpart {
    pub use tandem_client::networks::{Effect, Item, Kept};
}

/// Participants and assets that are registered.
pub mod directory {
    pub use tandem_client::registry::{Listed, Registered};
}

/// Balances of escrow and of accounts.
pub mod holdings {
    pub use tandem_client::holdings::Holding;
}

/// Transactions on their way.
pub mod submit {
    pub use tandem_client::{
        outbox::{Outbox, Unsent},
        Refusal,
    };
}

/// Parts of a chain's interface that this program uses. A runtime may be another in all that is not named here.
pub const INTERFACE: Interface = Interface {
    program: "tandem",
    calls: &[
        ("Utility", "batch_all"),
        ("Assets", "create"),
        ("Assets", "mint"),
        ("Assets", "set_metadata"),
        ("Participants", "add_account"),
        ("Participants", "appoint_agent"),
        ("Participants", "approve"),
        ("Participants", "confirm_listing"),
        ("Participants", "enact"),
        ("Participants", "list_asset"),
        ("Participants", "propose"),
        ("Participants", "register"),
        ("Participants", "set_status"),
        ("Settlement", "affirm"),
        ("Settlement", "execute"),
        ("Settlement", "expire"),
        ("Settlement", "instruct"),
        ("Settlement", "reserve"),
        ("Settlement", "settle"),
        ("Settlement", "settle_part"),
        ("Counterpart", "commit"),
        ("Counterpart", "deliver_by_proof"),
        ("Counterpart", "execute"),
        ("Counterpart", "expire"),
        ("Counterpart", "forget_by_proof"),
        ("Counterpart", "instruct_by_proof"),
        ("Counterpart", "refuse"),
        ("Counterpart", "reserve"),
        ("Counterpart", "reserve_ahead"),
        ("Counterpart", "return_by_proof"),
        ("BridgeGrandpa", "submit_finality_proof_ex"),
    ],
    storage: &[
        ("System", "Account"),
        ("Balances", "TotalIssuance"),
        ("Assets", "Account"),
        ("Assets", "Asset"),
        ("Assets", "Metadata"),
        ("Participants", "Agents"),
        ("Participants", "AssetRegistry"),
        ("Participants", "ListingRequests"),
        ("Participants", "Participants"),
        ("Participants", "Proposals"),
        ("Escrow", "Claimable"),
        ("Counterpart", "Commitments"),
        ("Counterpart", "CounterpartLink"),
        ("Counterpart", "Halted"),
        ("Counterpart", "Payments"),
        ("Counterpart", "RecordVersion"),
        ("Counterpart", "Records"),
        ("BridgeGrandpa", "BestFinalized"),
        ("BridgeGrandpa", "CurrentAuthoritySet"),
        ("BridgeGrandpa", "PalletOperatingMode"),
    ],
    events: &[
        ("Settlement", "MatchFailed"),
        ("Settlement", "Matched"),
        ("Counterpart", "Executed"),
        ("Counterpart", "Rejected"),
    ],
    constants: &[
        ("Escrow", "EscrowAccount"),
        ("Settlement", "MaxInstructionLife"),
        ("Settlement", "Retention"),
        ("Counterpart", "MinSettleWindow"),
    ],
    apis: &[
        ("SettlementApi", "allegements"),
        ("SettlementApi", "blocking_reasons"),
        ("SettlementApi", "finality"),
        ("SettlementApi", "instruction"),
        ("SettlementApi", "positions"),
        ("SettlementApi", "preview_tranche"),
    ],
};

/// Connects to the node that this option names.
pub async fn connect(url: &str, option: &str) -> anyhow::Result<Chain> {
    Chain::connect(url, &INTERFACE).await.map_err(|error| match error {
        Error::Disconnected(sentence) => fault(format!("{sentence}; start it, or name another with {option}")),
        error => error.into(),
    })
}

/// Adds the cure to an error of a node that answered before.
pub fn with_cure(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<Error>() {
        Some(Error::Disconnected(sentence)) => {
            fault(format!("{sentence}; start it and run the same command again, which goes on where it was"))
        }
        _ => error,
    }
}

/// True if the node does not answer, and may later.
pub fn is_disconnected(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<Error>(), Some(Error::Disconnected(_)))
}

/// True if the node has discarded the state that it was asked about.
pub fn is_pruned(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<Error>(), Some(Error::Pruned(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_client::interface::{known, known_version};

    #[test]
    fn committed_metadata_should_have_what_is_called_and_read() {
        assert_eq!(INTERFACE.differences(known()), Vec::<String>::new());
        assert_eq!(known_version().name, "tandem");
    }

    #[test]
    fn with_cure_should_say_what_to_do_where_a_node_has_gone_away() {
        let lost = with_cure(Error::Disconnected("ws://a: the node stopped answering (reset)".to_owned()).into());
        assert!(lost.to_string().ends_with("start it and run the same command again, which goes on where it was"));
        let other = with_cure(Error::Transient("busy".to_owned()).into());
        assert_eq!(other.to_string(), "busy");
    }
}
