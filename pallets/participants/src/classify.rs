//! Questions that the guard puts to the runtime about a call: for which accounts it acts, and what it uses.

use crate::types::Opened;
use alloc::vec::Vec;
use tandem_primitives::{AccountId, Roles};

pub use tandem_primitives::GuardRefusal;

/// Class of a call. Every call of a runtime has one; filter, quota, priority, proxies and pauses go by it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallClass {
    /// Completes what exists: `execute`, `settle`, `expire`, `claim`, `release`, `cancel`. A suspended participant may
    /// send it, and it has a lane of its own in each block.
    Finishing,
    /// Carries a proof of what another network has finalised. A suspended participant may send it, and it has a lane of
    /// its own in each block.
    Proof,
    /// Starts or changes something: only an active participant may.
    Ordinary,
    /// Makes supply of an asset, or hands on the right to: only an active issuer may.
    Issuing,
    /// Decides who may act on the network. It is `DispatchClass::Operational`: a part of every block is kept for it.
    Governing,
    /// For the chain itself: root, an inherent, or the key of `Sudo`. No account sends it directly.
    Chain,
}

/// Statuses that let a participant make a call, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Access {
    /// No status is asked for: the account is the key of `Sudo`, as the classifier has verified.
    Chain,
    /// Any status but `Sanctioned`: `claim`.
    Claim,
    /// `Active` or `Suspended`: the call completes what exists.
    Finish,
    /// `Active` only.
    Start,
}

/// Account for which a transaction acts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Effective {
    /// Origin of a call: the signer, a proxy's principal, a derived account. One that only passes a call on to another
    /// counts too, for example a multisig that is a proxy.
    pub account: AccountId,
    /// Status that the call asks of the account's owner.
    pub access: Access,
    /// Roles of which the owner must have one; empty if every participant may make the call.
    pub roles: Roles,
    /// True if the account itself must have `Move` or `MoveAll`: the call manages an asset, in a pallet that knows no rights.
    pub moves: bool,
    /// Refusal of an owner with none of the roles, and of an account without that right.
    pub without_role: GuardRefusal,
}

impl Effective {
    /// Account of a participant with any role.
    pub fn new(account: AccountId, access: Access) -> Self {
        Self { account, access, roles: Roles::default(), moves: false, without_role: GuardRefusal::NotAuthorized }
    }
}

/// Part of a block in which a transaction competes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lane {
    /// Open to every transaction.
    Ordinary,
    /// For transactions that complete what exists, and that fail if a call inside them fails.
    Finishing,
    /// For transactions that carry proofs, and that fail if a call inside them fails.
    Proof,
    /// For the code of an upgrade that was authorised: once, and larger than any share.
    Upgrade,
}

/// Summary of a transaction, as far as admission is concerned.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Classified {
    /// Accounts for which it acts, with the demands of each call on them; the same account may appear several times. Empty
    /// if it does nothing at all, such as an empty batch.
    pub effective: Vec<Effective>,
    /// Lane in which it competes unless it governs: the dispatch class `Operational` tells that.
    pub lane: Lane,
    /// State that its calls open.
    pub opened: Opened,
}

/// Classification of calls. The runtime implements it, because it knows all pallets that wrap calls.
pub trait ClassifyCall<Call> {
    /// Accounts, lane and opened state of everything inside `call` that `signer` sends; of the call itself if it wraps
    /// none. A call that no account may send is refused.
    fn classify(signer: &AccountId, call: &Call) -> Result<Classified, GuardRefusal>;

    /// Upper bound of the different accounts that [`Self::classify`] would name: 1 for a call that wraps none. It weighs
    /// the guard; nothing above [`crate::types::MAX_ORIGINS`] is admitted.
    fn origins(call: &Call) -> u32;
}
