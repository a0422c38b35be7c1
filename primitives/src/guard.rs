//! Refusals of the transaction guard, as a node reports them to whoever submits a transaction.

use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Reason for which the guard keeps a transaction out. Its number is the `u8` of `InvalidTransaction::Custom`, unless its
/// doc says otherwise; `TryFrom<u8>` reads it back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GuardRefusal {
    /// 1: the signer, or an account for which it acts, belongs to no participant.
    NotRegistered = 1,
    /// 2: its participant is suspended or has left, and the call is not one that completes what exists.
    NotActive = 2,
    /// 3: its participant is sanctioned.
    Sanctioned = 3,
    /// 4: the account has been replaced by another.
    Replaced = 4,
    /// 5: the participant has used up its quota for this period, or the transaction is larger than any may be.
    QuotaExceeded = 5,
    /// 6: the call is inside a wrapper that this network does not know.
    UnknownWrapper = 6,
    /// 7: the wrappers are nested more than four deep.
    TooDeep = 7,
    /// 8: the transaction acts for more accounts than the guard checks in one transaction.
    TooManyOrigins = 8,
    /// 9: the call acts on an account, or by a right, that no transaction may use.
    Forbidden = 9,
    /// 10: the call makes supply of an asset or hands on the right to; its participant is no issuer, or its account may not
    /// move.
    NotIssuer = 10,
    /// 11: the participant has used its share of this block. The node reports a full block in its place, so that the pool
    /// keeps the transaction for the next one.
    BlockShareUsed = 11,
    /// 12: the call is for a role that its participant does not have.
    NotAuthorized = 12,
    /// 13: the participant has opened as much state of this kind today as it may.
    CapReached = 13,
}

impl GuardRefusal {
    /// Every refusal, in the order of the numbers.
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

/// Error of a number that no refusal of the guard has.
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
