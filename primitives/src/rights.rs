//! Rights of single accounts, and the legs that rights and mandates are compared with.

use crate::{AccountId, AssetId, Balance, ParticipantId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// One right of an account within its participant.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Encode,
    Eq,
    MaxEncodedLen,
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Right {
    /// Agrees, cancels and holds back trades of the participant.
    #[codec(index = 0)]
    Trade,
    /// Moves the assets of this account: reserves, executes, transfers, claims.
    #[codec(index = 1)]
    Move,
    /// Moves the assets of every account of the participant, by trades.
    #[codec(index = 2)]
    MoveAll,
    /// Administers accounts, rights, agents, certificate and services. Of an operator or a regulator: certificate and
    /// services only.
    #[codec(index = 3)]
    Administer,
}

impl Right {
    /// All rights, in the order of their indices.
    pub const ALL: [Right; 4] = [Right::Trade, Right::Move, Right::MoveAll, Right::Administer];

    const fn bit(self) -> u8 {
        1u8 << (self as u8)
    }
}

/// A set of rights: bit n stands for the right with index n.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Default,
    Encode,
    Eq,
    MaxEncodedLen,
    PartialEq,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Rights(pub u8);

impl Rights {
    /// No right: the account can still receive, and nothing leaves it.
    pub const NONE: Rights = Rights(0);
    /// Rights of a new account if nothing else is said.
    pub const OF_NEW: Rights = Rights::NONE.with(Right::Trade).with(Right::Move);
    /// Rights of the first account of a new participant if nothing else is said.
    pub const OF_FIRST: Rights = Rights::OF_NEW.with(Right::Administer);
    /// Every right.
    pub const ALL: Rights = Rights::OF_FIRST.with(Right::MoveAll);

    /// True if the set has this right.
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// The set with this right too.
    #[must_use]
    pub const fn with(self, right: Right) -> Self {
        Self(self.0 | right.bit())
    }

    /// The set without this right.
    #[must_use]
    pub const fn without(self, right: Right) -> Self {
        Self(self.0 & !right.bit())
    }

    /// True if the set is empty.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The rights of both sets.
    #[must_use]
    pub const fn union(self, other: Rights) -> Self {
        Self(self.0 | other.0)
    }

    /// True if every right of `other` is in the set.
    pub const fn covers(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }

    /// The rights of the set that `other` does not have.
    #[must_use]
    pub const fn beyond(self, other: Rights) -> Self {
        Self(self.0 & !other.0)
    }

    /// True if the assets of the account itself may leave it by its own signature.
    pub const fn can_move(self) -> bool {
        self.has(Right::Move) || self.has(Right::MoveAll)
    }

    /// True if the account guards its participant: it may stop a change that was asked for.
    pub const fn guards(self) -> bool {
        self.has(Right::Move) || self.has(Right::Administer)
    }

    /// True if the account takes any part in its participant's trades.
    pub const fn settles(self) -> bool {
        self.has(Right::Trade) || self.can_move()
    }

    /// The rights of the set.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        rights.into_iter().fold(Self::NONE, Self::with)
    }
}

/// One leg as one of its two parties sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PartyLeg<'a> {
    /// The party: owner of `account`.
    pub party: ParticipantId,
    /// Account of the party in this leg, the one that is in use now.
    pub account: &'a AccountId,
    /// Asset of the leg.
    pub asset: &'a AssetId,
    /// True if the party gives the asset; it receives it otherwise.
    pub gives: bool,
    /// Sum of this asset that the whole instruction takes from the party; zero if it only receives.
    pub amount: Balance,
    /// Owner of the other end of the leg.
    pub counterparty: ParticipantId,
    /// True if the instruction gives the party another asset in return.
    pub is_paid: bool,
    /// True if an account of the party itself has affirmed the terms, and not only an agent.
    pub is_agreed: bool,
}

/// Answer of a mandate to one leg.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mandated {
    /// There is no mandate in force for legs of this kind with the right that is needed.
    Absent,
    /// The leg is outside the limits of the mandate.
    Refused,
    /// The leg is within the mandate.
    Allowed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_should_be_a_set() {
        let set: Rights = [Right::Trade, Right::Administer].into_iter().collect();
        assert_eq!(set, Rights(0b1001));
        assert!(set.has(Right::Trade) && !set.has(Right::Move));
        assert_eq!(set.with(Right::Move).without(Right::Trade), Rights(0b1010));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Right::Trade, Right::Administer]);
        assert!(Rights::ALL.covers(set) && !Rights::OF_NEW.covers(set));
        assert_eq!(Rights::OF_FIRST.beyond(Rights::OF_NEW), Rights::NONE.with(Right::Administer));
        assert_eq!(Rights::ALL, Rights(0b1111));
    }

    #[test]
    fn a_move_of_its_own_should_need_move_or_move_all() {
        for (right, moves, guards) in [
            (Right::Trade, false, false),
            (Right::Move, true, true),
            (Right::MoveAll, true, false),
            (Right::Administer, false, true),
        ] {
            let rights = Rights::NONE.with(right);
            assert_eq!((rights.can_move(), rights.guards()), (moves, guards), "{right:?}");
        }
    }
}
