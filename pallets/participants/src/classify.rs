//! Answers that the guard needs of the runtime about a call: for which accounts it acts, in which lane, and what state
//! it opens.

use crate::types::Opened;
use alloc::vec::Vec;
use tandem_primitives::{AccountId, Roles};

pub use tandem_primitives::GuardRefusal;

/// Class of a call. The runtime assigns one to every call; filter, quota, priority, proxies and pauses depend on it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallClass {
    /// Completes what exists (`execute`, `settle`, `expire`, `claim`, `release`, `cancel`), or stops a thief among the
    /// participant's own accounts and agents (`lower_rights`, `veto_change`). A suspended participant may send most of
    /// these calls, and they have a lane of their own in each block.
    Finishing,
    /// Carries a proof of what another network has finalised. A suspended participant may send it, and it has a lane of
    /// its own in each block.
    Proof,
    /// Starts or changes something: only an active participant may.
    Ordinary,
    /// Mints an asset, or transfers the right to mint: only an active issuer may.
    Issuing,
    /// Decides who may act on the network. Such calls have the dispatch class `Operational`, for which a part of every
    /// block is kept.
    Governing,
    /// For the chain itself: root, an inherent, or the key of `Sudo`. No account sends it directly.
    Chain,
}

/// Status that a participant must have for a call, from the least strict to the strictest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Access {
    /// Any status, or none: the call is for the key of `Sudo`, which the classifier has checked.
    Chain,
    /// Status other than `Revoked`, for the call `veto`: whoever decides for another role could sanction it first.
    Veto,
    /// Status other than `Sanctioned`, for the call `claim`.
    Claim,
    /// `Active` or `Suspended`: the call completes what exists.
    Finish,
    /// Status `Active`, for a call that starts or changes something.
    Start,
}

/// Account for which a transaction acts, with what the call inside asks of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Effective {
    /// Account that is the origin of a call inside the transaction: the signer, a proxy's principal, or a derived
    /// account. An account that only passes a call on counts too, for example a multisig that is a proxy.
    pub account: AccountId,
    /// Status that the account's owner must have for the call.
    pub access: Access,
    /// Roles of which the account's owner must have at least one; empty if every participant may make the call.
    pub roles: Roles,
    /// True if the account itself must have `Move` or `MoveAll`, because the call manages an asset in a pallet that
    /// knows no rights.
    pub moves: bool,
    /// True if an account without any right may make the call too. An account of the operator or the regulator needs no
    /// right: it governs by its role.
    pub rightless: bool,
    /// Refusal that is returned if the owner has none of the roles, or the account lacks that right.
    pub without_role: GuardRefusal,
}

impl Effective {
    /// Demand on an account that asks for this status and any one right, and for no role.
    pub fn new(account: AccountId, access: Access) -> Self {
        Self {
            account,
            access,
            roles: Roles::default(),
            moves: false,
            rightless: false,
            without_role: GuardRefusal::NotAuthorized,
        }
    }
}

/// Lane: the part of a block in which a transaction competes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lane {
    /// Part of the block for all transactions that have no other lane.
    Ordinary,
    /// Lane of transactions that complete what exists, and that fail if a call inside them fails.
    Finishing,
    /// Lane of transactions that carry proofs, and that fail if a call inside them fails.
    Proof,
    /// Lane of the one transaction with the code of an authorised upgrade, which may be larger than any share.
    Upgrade,
}

/// Classification of a transaction: for whom it acts, where it competes, and what state it opens.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Classified {
    /// Accounts for which the transaction acts, with what each call asks of them. An account may be listed several
    /// times. Empty if the transaction does nothing, such as an empty batch.
    pub effective: Vec<Effective>,
    /// Lane in which the transaction competes. Not used if its dispatch class is `Operational`, except for an upgrade.
    pub lane: Lane,
    /// Numbers of calls in the transaction that open state.
    pub opened: Opened,
}

/// Classifier of calls. The runtime implements it, because it knows all pallets that wrap calls.
pub trait ClassifyCall<Call> {
    /// Classification of `call`, sent by `signer`: of everything inside it, or of the call itself if it wraps none.
    /// Fails if no account may send the call.
    fn classify(signer: &AccountId, call: &Call) -> Result<Classified, GuardRefusal>;

    /// Upper bound on the number of different accounts that [`Self::classify`] would name: 1 for a call that wraps
    /// none. The guard's own weight depends on it; more than [`crate::types::MAX_ORIGINS`] are not admitted.
    fn origins(call: &Call) -> u32;

    /// Upper bound on the number of reads with which the call filter looks at the accounts and assets that `call` names,
    /// and the calls inside it, each as often as it is filtered. Part of the guard's own weight.
    fn filter_reads(call: &Call) -> u64;
}
