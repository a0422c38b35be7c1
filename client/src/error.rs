//! Errors of a client, sorted by what helps against them.

/// Cause for which a chain or its node did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No retry helps: the chain is not the one that this program is for, or the command is wrong.
    #[error("{0}")]
    Incompatible(String),
    /// The node answers, and not as expected or that it cannot: later it may.
    #[error("{0}")]
    Transient(String),
    /// The node has discarded the state of the block that it was asked about: another node may have it.
    #[error("{0}")]
    Pruned(String),
    /// The node does not answer: the connection has to be made anew.
    #[error("{0}")]
    Disconnected(String),
}
