//! Why a node has no answer: it does not answer at all, or has dropped what it was asked about.

use subxt::rpcs::Error as RpcError;

/// That the node does not answer, as a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(String);

impl Unreachable {
    /// There is no connection. `option` names the node.
    pub(super) fn from_the_start(url: &str, reason: &str, option: &str) -> Self {
        Self(format!("{url}: the node does not answer ({reason}); start it, or name another with {option}"))
    }

    /// It answered before.
    pub(super) fn since(url: &str, reason: &str) -> Self {
        Self(format!(
            "{url}: the node stopped answering ({reason}); start it and run the same command again, which goes on where it \
             was"
        ))
    }
}

/// That the node has dropped the state of the block that it was asked about, as a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Forgotten(String);

impl Forgotten {
    /// This node has.
    pub(super) fn at(url: &str) -> Self {
        Self(format!(
            "{url}: the node does not keep the state of so old a block; name one that keeps all states \
             (--state-pruning archive-canonical)"
        ))
    }
}

/// Whether the node answers that it has pruned the state.
pub(super) fn is_forgotten(error: &RpcError) -> bool {
    matches!(error, RpcError::User(refusal) if refusal.message.contains("State already discarded"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use subxt::rpcs::UserError;

    #[test]
    fn is_forgotten_should_tell_a_pruned_state_from_a_block_that_is_not_known() {
        let refused = |message: &str| RpcError::User(UserError { code: 4003, message: message.to_owned(), data: None });
        for message in [
            "UnknownBlock: State already discarded for 0x01",
            "Api called for an unknown Block: State already discarded for 0x01",
        ] {
            assert!(is_forgotten(&refused(&format!("Client error: {message}"))), "{message}");
        }
        assert!(!is_forgotten(&refused("Client error: UnknownBlock: Header was not found in the database: 0x01")));
    }
}
