//! Rights of single accounts, and the legs that rights and mandates are compared with.

use crate::{AccountId, AssetId, AssetKind, Balance, Capacity, ParticipantId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Right of a single account to act for the participant that owns it.
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
    /// Trade: the account instructs, affirms, cancels and flags trades of its participant.
    #[codec(index = 0)]
    Trade,
    /// Move: the account reserves, executes, transfers and claims its own assets, those under its own address.
    #[codec(index = 1)]
    Move,
    /// Move all: the account reserves and executes in trades with the assets of every account of its participant.
    #[codec(index = 2)]
    MoveAll,
    /// Administer: the account changes accounts, rights, agents, certificate and services of its participant. If the
    /// participant is operator or regulator: certificate and services only.
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

/// Set of an account's rights, as a bit field: bit n stands for the [`Right`] with index n.
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
    /// Empty set. An account without rights can receive assets; none leaves it by its own signature.
    pub const NONE: Rights = Rights(0);
    /// Rights that a new account gets unless its registration names others.
    pub const OF_NEW: Rights = Rights::NONE.with(Right::Trade).with(Right::Move);
    /// Rights that the first account of a new participant gets unless its registration names others.
    pub const OF_FIRST: Rights = Rights::OF_NEW.with(Right::Administer);
    /// Set of all four rights.
    pub const ALL: Rights = Rights::OF_FIRST.with(Right::MoveAll);

    /// True if the set contains this right.
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Copy of the set with this right added.
    #[must_use]
    pub const fn with(self, right: Right) -> Self {
        Self(self.0 | right.bit())
    }

    /// Copy of the set with this right removed.
    #[must_use]
    pub const fn without(self, right: Right) -> Self {
        Self(self.0 & !right.bit())
    }

    /// True if the set contains no right.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Set of the rights that are in this set, in `other`, or in both.
    #[must_use]
    pub const fn union(self, other: Rights) -> Self {
        Self(self.0 | other.0)
    }

    /// True if this set contains every right of `other`.
    pub const fn covers(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }

    /// Set of the rights that are in this set and not in `other`.
    #[must_use]
    pub const fn beyond(self, other: Rights) -> Self {
        Self(self.0 & !other.0)
    }

    /// True if an account with these rights can move its own assets by its own signature: it has `Move` or `MoveAll`.
    pub const fn can_move(self) -> bool {
        self.has(Right::Move) || self.has(Right::MoveAll)
    }

    /// True if an account with these rights may veto a change of its participant's rights that was asked for: it has
    /// `Move` or `Administer`.
    pub const fn guards(self) -> bool {
        self.has(Right::Move) || self.has(Right::Administer)
    }

    /// True if an account with these rights takes any part in its participant's trades: it has `Trade`, `Move` or
    /// `MoveAll`.
    pub const fn settles(self) -> bool {
        self.has(Right::Trade) || self.can_move()
    }

    /// Iterator over the rights in the set, in the order of their indices.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        rights.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Leg of an instruction from the view of one of its two parties. A right or mandate is checked against it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PartyLeg<'a> {
    /// Party from whose view the leg is seen: the owner of `account`.
    pub party: ParticipantId,
    /// Account of the party in this leg; if the one that the terms name was replaced, the account that took its place.
    pub account: &'a AccountId,
    /// Asset of the leg.
    pub asset: &'a AssetId,
    /// True if the party gives the asset of the leg; false if it receives it.
    pub gives: bool,
    /// Amount of this asset that the party gives in all legs of the instruction together; zero if it only receives.
    pub amount: Balance,
    /// Participant that owns the account at the other end of the leg.
    pub counterparty: ParticipantId,
    /// Kinds of assets that the instruction gives the party in return.
    pub received: Received,
    /// True if an account of the party itself has affirmed the terms; false if at most an agent has.
    pub is_agreed: bool,
}

/// Kinds of assets that an instruction gives a party in return for a leg, in the eyes of an agent's mandate.
///
/// Only what can be seen on this network counts: a listed asset, other than the one that the party gives, from another
/// participant. An asset that its giver or the agent has issued itself does not: it may be worth nothing.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Received {
    /// Cash.
    pub cash: bool,
    /// Securities.
    pub securities: bool,
}

impl Received {
    /// The kinds of both.
    #[must_use]
    pub const fn and(self, kind: AssetKind) -> Self {
        match kind {
            AssetKind::Cash => Self { cash: true, ..self },
            AssetKind::Security => Self { securities: true, ..self },
        }
    }

    /// True if it pays for a leg of this kind: cash for a delivery, a delivery or other cash for a payment.
    pub const fn pays(self, capacity: Capacity) -> bool {
        match capacity {
            Capacity::Delivery => self.cash,
            Capacity::Payment => self.cash || self.securities,
        }
    }
}

/// Answer of an agent's mandate to a question: may the agent use one right on one leg?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mandated {
    /// No mandate of the agent for legs of this kind is in force with the right that is needed.
    Absent,
    /// Mandate in force, and the leg is outside its limits.
    Refused,
    /// Mandate in force, and the leg is within its limits.
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
    fn a_delivery_should_be_paid_in_cash_and_a_payment_by_a_delivery_or_other_cash() {
        let of = |kinds: &[AssetKind]| kinds.iter().fold(Received::default(), |sum, kind| sum.and(*kind));
        let (cash, security) = (AssetKind::Cash, AssetKind::Security);
        for (kinds, delivery, payment) in [
            (&[][..], false, false),
            (&[cash], true, true),
            (&[security], false, true),
            (&[security, cash], true, true),
        ] {
            let received = of(kinds);
            assert_eq!(received.pays(Capacity::Delivery), delivery, "{kinds:?}");
            assert_eq!(received.pays(Capacity::Payment), payment, "{kinds:?}");
        }
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
