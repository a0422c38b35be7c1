//! Terms of an instruction, on which all parties must agree.

use crate::{AccountId, AssetId, Balance, Lots, Moment, NetworkIndex, Reference};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec, PalletError},
    sp_core::H256,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Maximum number of legs of an instruction.
pub const MAX_LEGS: u32 = 16;

/// Maximum number of parties of an instruction: each of [`MAX_LEGS`] legs has two.
pub const MAX_PARTIES: u32 = 32;

/// Calendar day, as the number of days since 1970-01-01.
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
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Date(pub u32);

/// Leg of an instruction: one movement of one asset from one account to another.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Leg {
    /// Network on which the leg moves, as its position in the terms' list of networks.
    pub network: NetworkIndex,
    /// Asset that the leg moves.
    pub asset: AssetId,
    /// Amount that moves when all lots settle, in the asset's smallest unit; at least one for each lot.
    pub amount: Balance,
    /// Account that gives the asset. The directory says which participant owns it.
    pub from: AccountId,
    /// Account that receives the asset. The directory says which participant owns it.
    pub to: AccountId,
}

/// Way in which a formed tranche is executed.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Execution {
    /// A tranche settles in the call that forms it.
    #[codec(index = 0)]
    Immediate,
    /// Choreographed (DSM.C): the holder of each token executes the leg that it receives.
    #[codec(index = 1)]
    OnToken,
    /// Orchestrated (DSM.O): the settlement manager decides how many lots settle, within what all parties accept.
    #[codec(index = 2)]
    ByManager {
        /// Account of the settlement manager.
        manager: AccountId,
        /// Instant from which any party may settle the largest possible part in the manager's place.
        manager_by: Moment,
    },
    /// One call that shows the 32-byte preimage moves every leg. Only the whole instruction settles.
    #[codec(index = 3)]
    Hashlock {
        /// SHA2-256 of the preimage.
        hash: H256,
    },
}

/// Fate of a tranche at the deadline, if some of its tokens were consumed and others were not.
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
pub enum OnIncomplete {
    /// Complete: the other legs are executed for their receivers too, so that nobody holds a free option.
    #[default]
    #[codec(index = 0)]
    Complete,
    /// Reverse: what was delivered goes back to its giver.
    #[codec(index = 1)]
    Reverse,
}

/// Settlement manager of a trade across two networks, and the instant until which it alone decides.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ManagedBy {
    /// Account of the settlement manager on the deciding network.
    pub manager: AccountId,
    /// Instant from which any party may decide in the manager's place.
    pub manager_by: Moment,
}

/// Terms that only a trade across two networks has.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct TwoNetworks {
    /// Deciding network, as its position in the terms' list of networks: its record is the one commit point. The other
    /// network holds the instruction.
    pub commit_on: NetworkIndex,
    /// Instant, in the deciding network's time, before which that network can execute. From then on it only rejects.
    pub pay_deadline: Moment,
    /// Settlement manager who decides on that network how many lots are executed; `None` if the payer's reservation
    /// decides.
    pub managed_by: Option<ManagedBy>,
}

/// Terms of an instruction, first version.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Terms {
    /// Common reference of the trade: 1 to 35 characters of the SWIFT X set. Trades that are otherwise equal differ in
    /// it.
    pub reference: Reference,
    /// Genesis hashes of the networks: one, or two for a trade across networks.
    pub networks: BoundedVec<H256, ConstU32<2>>,
    /// Further terms of a trade across two networks; `Some` if and only if `networks` has two entries.
    pub two_networks: Option<TwoNetworks>,
    /// Legs of the instruction, 1 to 16.
    pub legs: BoundedVec<Leg, ConstU32<MAX_LEGS>>,
    /// Number N of equal lots into which the trade is divided for partial settlement; at least 1.
    pub lots: Lots,
    /// Day on which the trade was agreed.
    pub trade_date: Date,
    /// Day on which the trade is due. It is matched and reported; the instants below decide when settlement is
    /// possible.
    pub settlement_date: Date,
    /// Instant before which no tranche settles.
    pub settle_from: Moment,
    /// Instant from which the parties may settle a part of the trade.
    pub partial_from: Moment,
    /// Instant before which lots must be reserved. From it on, what cannot settle returns to its givers.
    pub reserve_by: Moment,
    /// Instant before which everything must have settled. What is left returns then, except a tranche of which a token
    /// was used, a covered `Immediate` tranche that no flag holds back, and what is committed to the other network.
    pub deadline: Moment,
    /// Way in which a formed tranche is executed.
    pub execution: Execution,
    /// Fate of a tranche of which only some tokens were consumed at the deadline.
    pub on_incomplete: OnIncomplete,
}

/// Terms of an instruction with the version of their format. The hash of their encoding is what a party affirms.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum VersionedTerms {
    /// Terms in the first version of the format.
    #[codec(index = 1)]
    V1(Terms),
}

/// Access to the terms as this code reads them: terms of any version are read as those of the newest one.
impl core::ops::Deref for VersionedTerms {
    type Target = Terms;

    fn deref(&self) -> &Terms {
        let Self::V1(terms) = self;
        terms
    }
}

/// Term in which two parties' views of a trade differ, with the ISO 20022 code of the unmatched reason.
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
pub enum Term {
    /// Common reference of the trade (`IIND`).
    #[codec(index = 0)]
    Reference,
    /// Networks, or the terms that only two networks have (`DEPT`).
    #[codec(index = 1)]
    Networks,
    /// Number of legs, if both parties have a cash leg or neither has one (`OTHR`).
    #[codec(index = 2)]
    LegCount,
    /// Security of a leg (`DSEC`).
    #[codec(index = 3)]
    Asset,
    /// Quantity of a leg that is not in cash (`DQUA`).
    #[codec(index = 4)]
    Quantity,
    /// Amount of a cash leg (`DMON`).
    #[codec(index = 5)]
    Amount,
    /// Account that gives a leg (`SAFE`).
    #[codec(index = 6)]
    Deliverer,
    /// Account that receives a leg (`SAFE`).
    #[codec(index = 7)]
    Receiver,
    /// Number of lots of the trade (`DQUA`, as the unit of the quantity).
    #[codec(index = 8)]
    Lots,
    /// Day on which the trade was agreed (`DTRD`).
    #[codec(index = 9)]
    TradeDate,
    /// Day on which the trade is due (`DDAT`).
    #[codec(index = 10)]
    SettlementDate,
    /// One of the four instants `settle_from`, `partial_from`, `reserve_by` and `deadline` (`OTHR`).
    #[codec(index = 11)]
    Times,
    /// Way in which a formed tranche is executed (`SETS`).
    #[codec(index = 12)]
    Execution,
    /// Fate of a half-executed tranche at the deadline (`OTHR`).
    #[codec(index = 13)]
    OnIncomplete,
    /// Payment: one party's terms have a cash leg and the other's have none (`FRAP`).
    #[codec(index = 14)]
    Payment,
    /// Currency of a cash leg (`NCRR`).
    #[codec(index = 15)]
    Currency,
}

/// Fault for which terms cannot be instructed, whoever sends them.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PalletError, PartialEq, TypeInfo)]
pub enum TermsFault {
    /// Terms have no leg. Name 1 to 16 legs.
    #[codec(index = 0)]
    NoLegs,
    /// Amount of a leg is zero, or less than one smallest unit for each lot.
    #[codec(index = 1)]
    AmountBelowLots,
    /// Leg goes from an account to the same account.
    #[codec(index = 2)]
    LegToItself,
    /// Number of lots is zero; it must be at least 1.
    #[codec(index = 3)]
    NoLots,
    /// Instants are out of order; required is `settle_from <= partial_from <= reserve_by <= deadline`.
    #[codec(index = 4)]
    TimesOutOfOrder,
    /// No time is left to use tokens: with `OnToken`, `reserve_by` must be strictly before `deadline`.
    #[codec(index = 5)]
    NoTimeForTokens,
    /// Instant from which parties may act for the manager, `manager_by`, is after the deadline.
    #[codec(index = 6)]
    ManagerTooLate,
    /// Common reference is empty or has a character outside the SWIFT X set.
    #[codec(index = 7)]
    BadReference,
    /// Networks are none, or the same one twice, or `two_networks` does not fit their number.
    #[codec(index = 8)]
    BadNetworks,
    /// Leg is on a network that the terms do not list.
    #[codec(index = 9)]
    UnknownNetwork,
    /// One of the two networks has no leg.
    #[codec(index = 10)]
    NetworkWithoutLeg,
    /// Pay deadline is before `reserve_by` or after the deadline, or the deciding network's `manager_by` is after the
    /// pay deadline.
    #[codec(index = 11)]
    PayDeadlineOutOfOrder,
    /// Execution is not possible on two networks: use `Immediate` or `ByManager`.
    #[codec(index = 12)]
    NotOnTwoNetworks,
}

impl Terms {
    /// Checks the terms as far as that is possible without the chain's state; returns the first fault.
    pub fn check(&self) -> Result<(), TermsFault> {
        let fault = |broken: bool, fault: TermsFault| if broken { Err(fault) } else { Ok(()) };
        fault(self.legs.is_empty(), TermsFault::NoLegs)?;
        fault(self.lots == 0, TermsFault::NoLots)?;
        fault(!is_reference(&self.reference), TermsFault::BadReference)?;
        let distinct = match self.networks.as_slice() {
            [_] => self.two_networks.is_none(),
            [first, second] => first != second && self.two_networks.as_ref().is_some_and(|two| two.commit_on.0 < 2),
            _ => false,
        };
        fault(!distinct, TermsFault::BadNetworks)?;
        for leg in &self.legs {
            fault(leg.amount < Balance::from(self.lots), TermsFault::AmountBelowLots)?;
            fault(leg.from == leg.to, TermsFault::LegToItself)?;
            fault(usize::from(leg.network.0) >= self.networks.len(), TermsFault::UnknownNetwork)?;
        }
        let in_order = self.settle_from <= self.partial_from
            && self.partial_from <= self.reserve_by
            && self.reserve_by <= self.deadline;
        fault(!in_order, TermsFault::TimesOutOfOrder)?;
        self.check_two_networks()?;
        match &self.execution {
            Execution::OnToken => fault(self.reserve_by == self.deadline, TermsFault::NoTimeForTokens),
            Execution::ByManager { manager_by, .. } => fault(*manager_by > self.deadline, TermsFault::ManagerTooLate),
            Execution::Immediate | Execution::Hashlock { .. } => Ok(()),
        }
    }

    fn check_two_networks(&self) -> Result<(), TermsFault> {
        let Some(two) = &self.two_networks else { return Ok(()) };
        for network in [NetworkIndex(0), NetworkIndex(1)] {
            if self.legs.iter().all(|leg| leg.network != network) {
                return Err(TermsFault::NetworkWithoutLeg);
            }
        }
        let in_order = self.reserve_by <= two.pay_deadline
            && two.pay_deadline <= self.deadline
            && two.managed_by.as_ref().is_none_or(|managed| managed.manager_by <= two.pay_deadline);
        if !in_order {
            return Err(TermsFault::PayDeadlineOutOfOrder);
        }
        match self.execution {
            Execution::Immediate | Execution::ByManager { .. } => Ok(()),
            Execution::OnToken | Execution::Hashlock { .. } => Err(TermsFault::NotOnTwoNetworks),
        }
    }

    /// Network that holds the instruction: the only one, or of two the one that does not decide.
    pub fn holding(&self) -> NetworkIndex {
        match &self.two_networks {
            Some(two) if two.commit_on == NetworkIndex(0) => NetworkIndex(1),
            Some(_) | None => NetworkIndex(0),
        }
    }

    /// Network that decides; `None` if the terms name only one network.
    pub fn deciding(&self) -> Option<NetworkIndex> {
        self.two_networks.as_ref().map(|two| two.commit_on)
    }

    /// Genesis hash of a network of the terms; `None` if the terms have no such network.
    pub fn genesis(&self, network: NetworkIndex) -> Option<H256> {
        self.networks.get(usize::from(network.0)).copied()
    }

    /// Genesis hashes of both networks, in the order of the terms; `None` if there is only one.
    pub fn both_networks(&self) -> Option<[H256; 2]> {
        self.networks.as_slice().try_into().ok()
    }

    /// All terms in which `other` differs from these, each once, in the order of [`Term`].
    ///
    /// `is_cash` tells if an asset is cash: a differing amount is then [`Term::Amount`], otherwise [`Term::Quantity`].
    pub fn differences(&self, other: &Terms, is_cash: impl Fn(&AssetId) -> bool) -> Vec<Term> {
        let mut found = Vec::new();
        let mut note = |differs: bool, term: Term| {
            if differs && !found.contains(&term) {
                found.push(term);
            }
        };
        note(self.reference != other.reference, Term::Reference);
        note(self.networks != other.networks || self.two_networks != other.two_networks, Term::Networks);
        let against_payment = |terms: &Terms| terms.legs.iter().any(|leg| is_cash(&leg.asset));
        let payment_differs = against_payment(self) != against_payment(other);
        note(payment_differs, Term::Payment);
        note(self.legs.len() != other.legs.len() && !payment_differs, Term::LegCount);
        for (mine, theirs) in self.legs.iter().zip(other.legs.iter()) {
            note(mine.network != theirs.network, Term::Networks);
            let cash = is_cash(&mine.asset);
            note(mine.asset != theirs.asset, if cash { Term::Currency } else { Term::Asset });
            let amount = if cash { Term::Amount } else { Term::Quantity };
            note(mine.amount != theirs.amount, amount);
            note(mine.from != theirs.from, Term::Deliverer);
            note(mine.to != theirs.to, Term::Receiver);
        }
        note(self.lots != other.lots, Term::Lots);
        note(self.trade_date != other.trade_date, Term::TradeDate);
        note(self.settlement_date != other.settlement_date, Term::SettlementDate);
        let times = |terms: &Terms| (terms.settle_from, terms.partial_from, terms.reserve_by, terms.deadline);
        note(times(self) != times(other), Term::Times);
        note(self.execution != other.execution, Term::Execution);
        note(self.on_incomplete != other.on_incomplete, Term::OnIncomplete);
        found.sort();
        found
    }
}

/// True if the bytes are 1 to 35 characters of the SWIFT X set (SWIFT standards, "character sets": letters, digits,
/// space and `/-?:().,'+`) that neither begin nor end with a slash nor have two slashes in a row.
pub fn is_reference(bytes: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-?:().,'+ ".contains(byte);
    !bytes.is_empty()
        && bytes.len() <= crate::MAX_REFERENCE as usize
        && bytes.iter().all(allowed)
        && bytes.first() != Some(&b'/')
        && bytes.last() != Some(&b'/')
        && !bytes.windows(2).any(|pair| pair == b"//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{instruction_id, LegIndex};

    fn terms() -> Terms {
        let leg = |asset: u32, amount, from: u8, to: u8| Leg {
            network: NetworkIndex(0),
            asset: AssetId::WithId(asset),
            amount,
            from: [from; 32].into(),
            to: [to; 32].into(),
        };
        Terms {
            reference: b"TRADE-1".to_vec().try_into().unwrap(),
            networks: alloc::vec![H256([9; 32])].try_into().unwrap(),
            two_networks: None,
            legs: alloc::vec![leg(1, 1_000, 1, 2), leg(2, 10_000, 2, 1)].try_into().unwrap(),
            lots: 10,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from: 0,
            partial_from: 10,
            reserve_by: 20,
            deadline: 30,
            execution: Execution::Immediate,
            on_incomplete: OnIncomplete::Complete,
        }
    }

    #[test]
    fn check_should_pass_for_complete_terms() {
        assert_eq!(terms().check(), Ok(()));
    }

    #[test]
    fn check_should_name_each_fault() {
        let with = |change: fn(&mut Terms)| {
            let mut terms = terms();
            change(&mut terms);
            terms.check().unwrap_err()
        };
        assert_eq!(with(|t| t.legs = Default::default()), TermsFault::NoLegs);
        assert_eq!(with(|t| t.lots = 0), TermsFault::NoLots);
        assert_eq!(with(|t| t.legs[0].amount = 9), TermsFault::AmountBelowLots);
        assert_eq!(with(|t| t.legs[0].to = t.legs[0].from.clone()), TermsFault::LegToItself);
        assert_eq!(with(|t| t.legs[0].network = NetworkIndex(1)), TermsFault::UnknownNetwork);
        assert_eq!(with(|t| t.settle_from = 11), TermsFault::TimesOutOfOrder);
        assert_eq!(with(|t| t.partial_from = 21), TermsFault::TimesOutOfOrder);
        assert_eq!(with(|t| t.reserve_by = 31), TermsFault::TimesOutOfOrder);
        assert_eq!(with(|t| t.networks = Default::default()), TermsFault::BadNetworks);
        assert_eq!(
            with(|t| t.networks = alloc::vec![H256([1; 32]), H256([2; 32])].try_into().unwrap()),
            TermsFault::BadNetworks
        );
        assert_eq!(with(|t| t.reference = Default::default()), TermsFault::BadReference);
        assert_eq!(
            with(|t| {
                t.execution = Execution::OnToken;
                t.reserve_by = t.deadline;
            }),
            TermsFault::NoTimeForTokens
        );
        assert_eq!(
            with(|t| t.execution = Execution::ByManager { manager: [3; 32].into(), manager_by: 31 }),
            TermsFault::ManagerTooLate
        );
    }

    /// Test helper: valid terms across two networks, with leg 0 on the first and leg 1 on the second, which decides.
    fn across() -> Terms {
        let mut terms = terms();
        terms.networks = alloc::vec![H256([9; 32]), H256([8; 32])].try_into().unwrap();
        terms.two_networks = Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: 25, managed_by: None });
        terms.legs[1].network = NetworkIndex(1);
        terms
    }

    #[test]
    fn check_should_name_each_fault_of_terms_across_networks() {
        assert_eq!(across().check(), Ok(()));
        assert_eq!((across().holding(), across().deciding()), (NetworkIndex(0), Some(NetworkIndex(1))));
        let with = |change: fn(&mut Terms, &mut TwoNetworks)| {
            let mut terms = across();
            let mut two = terms.two_networks.clone().unwrap();
            change(&mut terms, &mut two);
            terms.two_networks = Some(two);
            terms
        };
        let turned = with(|_, two| two.commit_on = NetworkIndex(0));
        assert_eq!(turned.check(), Ok(()));
        assert_eq!((turned.holding(), turned.deciding()), (NetworkIndex(1), Some(NetworkIndex(0))));
        let manager = |manager_by| Some(ManagedBy { manager: [3; 32].into(), manager_by });
        assert_eq!(with(|_, two| two.commit_on = NetworkIndex(2)).check(), Err(TermsFault::BadNetworks));
        assert_eq!(with(|terms, _| terms.networks[1] = terms.networks[0]).check(), Err(TermsFault::BadNetworks));
        assert_eq!(
            with(|terms, _| terms.legs[1].network = NetworkIndex(0)).check(),
            Err(TermsFault::NetworkWithoutLeg)
        );
        let mut managed = across();
        for (pay_deadline, managed_by, verdict) in [
            (20, None, Ok(())),
            (30, manager(30), Ok(())),
            (19, None, Err(TermsFault::PayDeadlineOutOfOrder)),
            (31, None, Err(TermsFault::PayDeadlineOutOfOrder)),
            (25, manager(26), Err(TermsFault::PayDeadlineOutOfOrder)),
        ] {
            managed.two_networks = Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline, managed_by });
            assert_eq!(managed.check(), verdict);
        }
        for execution in [Execution::OnToken, Execution::Hashlock { hash: H256::zero() }] {
            let mut terms = across();
            terms.execution = execution;
            assert_eq!(terms.check(), Err(TermsFault::NotOnTwoNetworks));
        }
        let mut terms = across();
        terms.execution = Execution::ByManager { manager: [3; 32].into(), manager_by: 20 };
        assert_eq!(terms.check(), Ok(()));
    }

    #[test]
    fn differences_should_name_every_field_and_tell_cash_from_securities() {
        let mine = terms();
        let mut theirs = terms();
        theirs.legs[0].amount = 1_100;
        theirs.legs[1].amount = 10_100;
        theirs.settlement_date = Date(20_003);
        let is_cash = |asset: &AssetId| *asset == AssetId::WithId(2);
        assert_eq!(mine.differences(&theirs, is_cash), [Term::Quantity, Term::Amount, Term::SettlementDate]);
        assert!(mine.differences(&mine, is_cash).is_empty());
    }

    #[test]
    fn differences_should_tell_a_currency_from_a_security_and_free_from_against_payment() {
        let is_cash = |asset: &AssetId| [AssetId::WithId(2), AssetId::WithId(3)].contains(asset);
        let with = |change: fn(&mut Terms)| {
            let mut theirs = terms();
            change(&mut theirs);
            terms().differences(&theirs, is_cash)
        };
        assert_eq!(with(|t| t.legs[0].asset = AssetId::WithId(7)), [Term::Asset]);
        assert_eq!(with(|t| t.legs[1].asset = AssetId::WithId(3)), [Term::Currency]);
        assert_eq!(with(|t| t.legs.truncate(1)), [Term::Payment]);
        let fewer = [Term::LegCount, Term::Asset, Term::Quantity, Term::Deliverer, Term::Receiver];
        let without_delivery = |t: &mut Terms| {
            t.legs.remove(0);
        };
        assert_eq!(with(without_delivery), fewer);
    }

    #[test]
    fn any_changed_term_should_change_the_hash_and_be_named() {
        let changes: [fn(&mut Terms); 12] = [
            |t| t.reference = b"TRADE-2".to_vec().try_into().unwrap(),
            |t| t.networks[0] = H256([8; 32]),
            |t| t.legs.truncate(1),
            |t| t.legs[0].asset = AssetId::Native,
            |t| t.legs[0].from = [7; 32].into(),
            |t| t.legs[0].to = [7; 32].into(),
            |t| t.lots = 5,
            |t| t.trade_date = Date(1),
            |t| t.settlement_date = Date(1),
            |t| t.partial_from = 9,
            |t| t.execution = Execution::OnToken,
            |t| t.on_incomplete = OnIncomplete::Reverse,
        ];
        for change in changes {
            let mut other = terms();
            change(&mut other);
            assert_ne!(VersionedTerms::V1(other.clone()).hash(), VersionedTerms::V1(terms()).hash());
            assert_eq!(terms().differences(&other, |_| false).len(), 1, "{other:?}");
        }
    }

    #[test]
    fn any_changed_instant_amount_or_network_should_be_named() {
        let changes: [(fn(&mut Terms), Term); 8] = [
            (|t| t.settle_from = 1, Term::Times),
            (|t| t.partial_from = 9, Term::Times),
            (|t| t.reserve_by = 21, Term::Times),
            (|t| t.deadline = 31, Term::Times),
            (|t| t.legs[0].amount = 1_010, Term::Quantity),
            (|t| t.legs[1].amount = 10_010, Term::Amount),
            (|t| t.legs[0].network = NetworkIndex(1), Term::Networks),
            (
                |t| {
                    t.two_networks =
                        Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: 25, managed_by: None })
                },
                Term::Networks,
            ),
        ];
        for (change, named) in changes {
            let mut other = terms();
            change(&mut other);
            assert_ne!(VersionedTerms::V1(other.clone()).hash(), VersionedTerms::V1(terms()).hash());
            assert_eq!(terms().differences(&other, |asset| *asset == AssetId::WithId(2)), [named], "{other:?}");
        }
    }

    #[test]
    fn instruction_id_should_depend_on_chain_and_instructing_account() {
        let hash = VersionedTerms::V1(terms()).hash();
        let id = instruction_id(H256([1; 32]), &[1; 32].into(), hash);
        assert_ne!(id, instruction_id(H256([2; 32]), &[1; 32].into(), hash));
        assert_ne!(id, instruction_id(H256([1; 32]), &[2; 32].into(), hash));
        assert_ne!(crate::token_id(id, LegIndex(0), 0.into()), crate::token_id(id, LegIndex(1), 0.into()));
    }

    #[test]
    fn reference_should_be_of_the_swift_x_set() {
        assert!(is_reference(b"FULL-1 (a/b)"));
        for bad in [&b""[..], b"/A", b"A/", b"A//B", b"A_B", "\u{e9}".as_bytes(), &[b'A'; 36]] {
            assert!(!is_reference(bad), "{bad:?}");
        }
    }
}
