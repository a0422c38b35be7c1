//! What the guard asks the runtime about a call: for which accounts it acts, and whether it only finishes something.

use alloc::vec::Vec;
use tandem_primitives::AccountId;

pub use tandem_primitives::GuardRefusal;

/// What a call does, as far as admission is concerned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallClass {
    /// It starts something or changes something: only an active participant may.
    Ordinary,
    /// It only finishes what exists (`execute`, `settle*`, `expire`, `claim`, `release`, `cancel`, proofs): a suspended
    /// participant may too, it draws on an allowance of its own, and it goes first.
    Finishing,
    /// An ordinary call that makes supply of an asset or hands on the right to: only an issuer may.
    Issuing,
    /// The chain itself knows this signer (the key of `Sudo`, verified by the classifier): it needs no standing and no
    /// quota.
    Privileged,
}

/// One account for which a transaction acts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Effective {
    /// The account that is the origin of a call: the signer, a proxy's principal, a derived account. One that only passes
    /// a call on to another counts too, for example a multisig that is a proxy.
    pub account: AccountId,
    /// What that call does.
    pub class: CallClass,
}

/// Computes for whom a call acts. The runtime implements it, because it knows all pallets that wrap calls.
pub trait ClassifyCall<Call> {
    /// The effective origin and the class of every call inside `call` that `signer` sends; the call itself if it wraps
    /// none. And every other account that passes a call on, by the strictest class of what it passes. The same account
    /// may appear several times. `Privileged` is only returned for a signer that the chain itself knows.
    fn effective(signer: &AccountId, call: &Call) -> Result<Vec<Effective>, GuardRefusal>;

    /// At most how many different accounts [`Self::effective`] would name: 1 for a call that wraps none. It weighs the
    /// guard; nothing above [`crate::types::MAX_ORIGINS`] is admitted.
    fn origins(call: &Call) -> u32;
}
