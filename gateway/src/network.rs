//! The two networks by their names, and what the gateway uses of the interface of each.

use std::fmt;
use tandem_client::Interface;

/// Parts of a chain's interface that this program uses. A runtime may be another in all that is not named here.
pub const INTERFACE: Interface = Interface {
    program: "tandem-gateway",
    calls: &[
        ("Utility", "batch_all"),
        ("Participants", "propose"),
        ("Participants", "approve"),
        ("Participants", "enact"),
        ("Participants", "withdraw_proposal"),
        ("Counterpart", "open_counterpart"),
        ("Counterpart", "instruct_by_proof"),
        ("Counterpart", "deliver_by_proof"),
        ("Counterpart", "return_by_proof"),
        ("Counterpart", "forget_by_proof"),
        ("BridgeGrandpa", "initialize"),
        ("BridgeGrandpa", "submit_finality_proof_ex"),
        ("BridgeMessages", "receive_messages_proof"),
        ("BridgeMessages", "receive_messages_delivery_proof"),
    ],
    storage: &[
        ("Participants", "Proposals"),
        ("Settlement", "Instructions"),
        ("Counterpart", "CounterpartLink"),
        ("Counterpart", "Halted"),
        ("Counterpart", "RecordVersion"),
        ("Counterpart", "Commitments"),
        ("Counterpart", "Records"),
        ("Counterpart", "Payments"),
        ("BridgeGrandpa", "BestFinalized"),
        ("BridgeGrandpa", "CurrentAuthoritySet"),
        ("BridgeGrandpa", "PalletOperatingMode"),
        ("BridgeMessages", "InboundLanes"),
        ("BridgeMessages", "OutboundLanes"),
        ("BridgeMessages", "OutboundMessages"),
    ],
    events: &[],
    constants: &[("System", "BlockWeights"), ("System", "BlockLength"), ("Participants", "BlockShares")],
    apis: &[("TransactionPaymentCallApi", "query_call_info")],
};

/// One of the two networks.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Side {
    /// Network that holds the securities.
    Asset,
    /// Network that holds the cash.
    Payment,
}

impl Side {
    /// Name of the network in labels and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Side::Asset => "asset",
            Side::Payment => "payment",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_client::interface::known;

    #[test]
    fn known_interface_should_have_every_part() {
        assert_eq!(INTERFACE.differences(known()), Vec::<String>::new());
    }
}
