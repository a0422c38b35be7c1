//! What the guard asks the runtime about a call: for which accounts it acts, and whether it only finishes something.

use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tandem_primitives::AccountId;

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

/// Why the guard keeps a transaction out. The number is the `u8` of `InvalidTransaction::Custom`, if nothing else is said.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GuardRefusal {
    /// 1: the signer, or an account for which it acts, belongs to no participant.
    NotRegistered = 1,
    /// 2: its participant is suspended or has left, and the call is not one that only finishes what exists.
    NotActive = 2,
    /// 3: its participant is sanctioned.
    Sanctioned = 3,
    /// 4: the account has been replaced by another.
    Replaced = 4,
    /// 5: the participant has used up its quota for this period.
    QuotaExceeded = 5,
    /// 6: the call is inside a wrapper that this network does not know.
    UnknownWrapper = 6,
    /// 7: the wrappers are nested more than four deep.
    TooDeep = 7,
    /// 8: the transaction acts for more than [`crate::types::MAX_ORIGINS`] accounts.
    TooManyOrigins = 8,
    /// 9: the call acts on an account, or by a right, that no transaction may use.
    Forbidden = 9,
    /// 10: the call makes supply of an asset or hands on the right to, and its participant is no issuer.
    NotIssuer = 10,
    /// 11: the participant has used its share of this block. It is answered as a full block is, so that the pool keeps the
    /// transaction for the next one.
    BlockShareUsed = 11,
}

impl From<GuardRefusal> for TransactionValidityError {
    fn from(refusal: GuardRefusal) -> Self {
        match refusal {
            GuardRefusal::BlockShareUsed => InvalidTransaction::ExhaustsResources.into(),
            _ => InvalidTransaction::Custom(refusal as u8).into(),
        }
    }
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
