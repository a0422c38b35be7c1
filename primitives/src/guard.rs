//! Refusals of the transaction guard, as a node reports them to whoever submits a transaction.

use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Reason for which the guard, the transaction extension, refuses a transaction. Its number is the `u8` of
/// `InvalidTransaction::Custom`, unless its doc says otherwise; `TryFrom<u8>` reads it back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GuardRefusal {
    /// 1: the signer, or an account for which the transaction acts, belongs to no participant.
    NotRegistered = 1,
    /// 2: the participant of such an account is suspended or revoked, and the call does not complete what exists
    /// already.
    NotActive = 2,
    /// 3: the participant of such an account is sanctioned.
    Sanctioned = 3,
    /// 4: the account was replaced. Sign with the account that took its place.
    Replaced = 4,
    /// 5: the participant has used up its quota of time or bytes for this period, or the transaction is larger than one
    /// participant's share of a block.
    QuotaExceeded = 5,
    /// 6: the call is inside a wrapper (such as a batch or a proxy call) that the guard does not know.
    UnknownWrapper = 6,
    /// 7: the call is inside more than four nested wrappers.
    TooDeep = 7,
    /// 8: the transaction acts for more different accounts than the guard checks in one transaction.
    TooManyOrigins = 8,
    /// 9: the call names an account (such as escrow), or uses a power, that no transaction may use.
    Forbidden = 9,
    /// 10: the call mints an asset or transfers the right to mint it, and its participant is no issuer or its account
    /// has no right to move.
    NotIssuer = 10,
    /// 11: the participant has used its share of this block. The node reports a full block in its place, so that the pool
    /// keeps the transaction for the next one.
    BlockShareUsed = 11,
    /// 12: the call is for a role that the signer's participant does not have, or the account has no right at all.
    NotAuthorized = 12,
    /// 13: the participant has opened as much state of this kind (such as instructions) today as its cap allows.
    CapReached = 13,
}

impl GuardRefusal {
    /// All refusals, in the order of their numbers.
    pub const ALL: [GuardRefusal; 13] = [
        GuardRefusal::NotRegistered,
        GuardRefusal::NotActive,
        GuardRefusal::Sanctioned,
        GuardRefusal::Replaced,
        GuardRefusal::QuotaExceeded,
        GuardRefusal::UnknownWrapper,
        GuardRefusal::TooDeep,
        GuardRefusal::TooManyOrigins,
        GuardRefusal::Forbidden,
        GuardRefusal::NotIssuer,
        GuardRefusal::BlockShareUsed,
        GuardRefusal::NotAuthorized,
        GuardRefusal::CapReached,
    ];
}

/// Error of `GuardRefusal::try_from`: no refusal of the guard has this number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownRefusal(pub u8);

impl TryFrom<u8> for GuardRefusal {
    type Error = UnknownRefusal;

    fn try_from(number: u8) -> Result<Self, UnknownRefusal> {
        Self::ALL.into_iter().find(|refusal| *refusal as u8 == number).ok_or(UnknownRefusal(number))
    }
}

impl From<GuardRefusal> for TransactionValidityError {
    fn from(refusal: GuardRefusal) -> Self {
        match refusal {
            GuardRefusal::BlockShareUsed => InvalidTransaction::ExhaustsResources.into(),
            GuardRefusal::NotRegistered
            | GuardRefusal::NotActive
            | GuardRefusal::Sanctioned
            | GuardRefusal::Replaced
            | GuardRefusal::QuotaExceeded
            | GuardRefusal::UnknownWrapper
            | GuardRefusal::TooDeep
            | GuardRefusal::TooManyOrigins
            | GuardRefusal::Forbidden
            | GuardRefusal::NotIssuer
            | GuardRefusal::NotAuthorized
            | GuardRefusal::CapReached => InvalidTransaction::Custom(refusal as u8).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_should_be_read_back_from_its_number() {
        for (number, refusal) in (1..).zip(GuardRefusal::ALL) {
            assert_eq!(refusal as u8, number);
            assert_eq!(GuardRefusal::try_from(number), Ok(refusal));
        }
        assert_eq!(GuardRefusal::try_from(0), Err(UnknownRefusal(0)));
        assert_eq!(GuardRefusal::try_from(14), Err(UnknownRefusal(14)));
    }

    #[test]
    fn refusal_should_reach_the_node_as_its_number_unless_it_passes_with_the_block() {
        let custom = |refusal: GuardRefusal| TransactionValidityError::from(refusal);
        assert_eq!(custom(GuardRefusal::Forbidden), InvalidTransaction::Custom(9).into());
        assert_eq!(custom(GuardRefusal::BlockShareUsed), InvalidTransaction::ExhaustsResources.into());
    }
}
