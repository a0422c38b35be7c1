//! A trade of which this network has to decide.

use super::{agent, dispatch, full, now, open, set_time, signed, trader, version, Measured, FIRST, OTHER, START};
use crate::{grandpa::keys, Config, Event, Expiries, Pallet, Payment, Payments, Records};
use alloc::vec::Vec;
use codec::Encode;
use polkadot_sdk::{frame_benchmarking::account, frame_support::assert_ok, frame_system};
use tandem_primitives::benchmarking::{SetUpDirectory, SetUpEscrow};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Capacity, Commitment, Date, Decision, Escrow, Execution,
    InstructionId, Leg, LegIndex, LotRange, Lots, ManagedBy, Message, Moment, NetworkIndex, OnIncomplete, Quantity,
    RejectReason, Role, Roles, Terms, TwoNetworks, VersionedMessage, VersionedTerms,
};

pub const LOTS: Lots = Lots::MAX;
/// The amount of one lot, so large that no product of lots and amounts fits the type of a balance.
const LOT: Balance = 1 << 90;
const AMOUNT: Balance = LOTS as Balance * LOT;
/// The fewest lots that the parties take at a time: the largest part leaves so many.
pub const LEAST: Lots = LOTS / 10 * 4;
/// What is reserved where something is left over: it covers a part that all take, and more than the largest one.
pub const COVERED: Lots = LOTS / 10 * 8;
/// The largest part of it.
const PART: Lots = LOTS - LEAST;
/// The first number of the assets that move here, above any that an issuer on a test network chose.
const ASSETS: u32 = 3_200_000_000;
const MINUTE: Moment = 60_000;

/// A trade of which this network has to decide, and who makes it.
pub struct Trade {
    pub id: InstructionId,
    pub terms: Terms,
    pub instructing: AccountId,
}

impl Trade {
    /// A trade in which giver `i` pays the asset of leg `i` to receiver `i` here, and the last leg is on the other network.
    pub fn new<T: Measured>(legs: u32, managed: bool) -> Self {
        set_time::<T>(START);
        open::<T>();
        let legs: Vec<Leg> = (0..legs)
            .map(|leg| {
                let (from, to) = (trader::<T>("giver", leg), trader::<T>("receiver", leg));
                let asset = AssetId::WithId(ASSETS + leg);
                T::BenchmarkHelper::fund(&asset, &from, AMOUNT);
                Leg { network: NetworkIndex(1), asset, amount: AMOUNT, from, to }
            })
            .collect();
        let managed_by = managed.then(|| {
            let manager = account("manager", 0, 0);
            T::BenchmarkHelper::register(&manager, Roles::default().with(Role::SettlementManager));
            ManagedBy { manager, manager_by: START + MINUTE }
        });
        let here = Pallet::<T>::own_genesis();
        let mut terms = Terms {
            reference: full(b'r'),
            networks: alloc::vec![OTHER, here].try_into().expect("two networks; qed"),
            two_networks: Some(TwoNetworks {
                commit_on: NetworkIndex(1),
                pay_deadline: START + 4 * MINUTE,
                managed_by,
            }),
            legs: legs.try_into().expect("at most as many legs as fit; qed"),
            lots: LOTS,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from: START,
            partial_from: START + MINUTE,
            reserve_by: START + 2 * MINUTE,
            deadline: START + 4 * MINUTE,
            execution: Execution::Immediate,
            on_incomplete: OnIncomplete::Complete,
        };
        terms.legs.last_mut().expect("there is a leg; qed").network = NetworkIndex(0);
        let instructing: AccountId = account("instructing", 0, 0);
        let id = instruction_id(OTHER, &instructing, VersionedTerms::V1(terms.clone()).hash());
        Self { id, terms, instructing }
    }

    pub fn versioned(&self) -> VersionedTerms {
        VersionedTerms::V1(self.terms.clone())
    }

    pub fn leg(&self, index: u32) -> &Leg {
        self.terms.legs.get(index as usize).expect("a leg of the trade; qed")
    }

    pub fn here(&self) -> impl Iterator<Item = &Leg> {
        self.terms.legs.iter().filter(|leg| leg.network == NetworkIndex(1))
    }

    /// The last leg here.
    pub fn last(&self) -> u32 {
        self.here().count() as u32 - 1
    }

    pub fn index(&self) -> LegIndex {
        LegIndex(self.last() as u8)
    }

    pub fn commitment(&self) -> Commitment {
        Commitment {
            terms_hash: self.versioned().hash(),
            instructing: self.instructing.clone(),
            networks: self.terms.both_networks().expect("two networks; qed"),
            settled: 0,
            lots: LOTS,
            parts: LotRange { remaining: LOTS, min: LEAST, max: LOTS - LEAST },
        }
    }

    pub fn message(&self) -> VersionedMessage {
        let (terms, commitment) = (self.versioned(), self.commitment());
        VersionedMessage::V1(Message::Committed { terms, tranche: FIRST, commitment })
    }

    /// The commitment has arrived, by the lane.
    pub fn committed<T: Config>(&self) {
        dispatch::<T>(self.message());
        assert!(self.payment::<T>().commitment.is_some());
    }

    pub fn reserve_ahead<T: Config>(&self, leg: u32, lots: Lots) {
        assert_ok!(Pallet::<T>::reserve_ahead(
            signed::<T>(&self.leg(leg).from),
            self.versioned(),
            self.instructing.clone(),
            LegIndex(leg as u8),
            Quantity::Exactly(lots),
        ));
    }

    /// Everything here is reserved before anything is committed.
    pub fn covered<T: Config>(&self, lots: Lots) {
        (0..=self.last()).for_each(|leg| self.reserve_ahead::<T>(leg, lots));
    }

    /// Everything here but the last leg is reserved, and the trade is committed. Who gives that leg has not enough for all
    /// of it: what it covers is searched.
    pub fn awaiting_the_last<T: Measured>(&self) -> AccountId {
        (0..self.last()).for_each(|leg| self.reserve_ahead::<T>(leg, COVERED));
        self.committed::<T>();
        let last = self.leg(self.last());
        let agent = agent::<T>(&last.from, Capacity::Delivery);
        self.replace::<T>();
        T::BenchmarkHelper::fund(&last.asset, &now::<T>(&last.from), COVERED as Balance * LOT + 1);
        set_time::<T>(self.terms.partial_from);
        agent
    }

    pub fn payment<T: Config>(&self) -> Payment {
        Payments::<T>::get(self.id).expect("a payment of the trade; qed")
    }

    /// Replaces the accounts of every leg here, and the manager's.
    pub fn replace<T: Config>(&self) {
        for account in self.here().flat_map(|leg| [&leg.from, &leg.to]) {
            T::BenchmarkHelper::replace(account);
        }
        if let Some(managed) = self.terms.two_networks.as_ref().and_then(|two| two.managed_by.as_ref()) {
            T::BenchmarkHelper::replace(&managed.manager);
        }
    }

    pub fn pay_deadline(&self) -> Moment {
        self.terms.two_networks.as_ref().expect("two networks; qed").pay_deadline
    }

    /// The deciding network's state once the holding one has committed.
    pub fn state(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        alloc::vec![version(), (keys::commitment(self.id, FIRST), self.commitment().encode())]
    }

    /// Asserts that the largest part is executed here, its record sent, and the rest kept.
    pub fn assert_executed<T: Config>(&self, by: Option<AccountId>) {
        let payment = self.payment::<T>();
        assert!(payment.settled == PART && payment.commitment.is_none() && payment.covered() == COVERED - PART);
        let record = Records::<T>::get((self.id, FIRST)).map(|record| record.decision);
        assert_eq!(record, Some(Decision::Executed { lots: PART }));
        let amount = PART as Balance * LOT;
        assert!(self.here().all(|leg| T::Escrow::held(&leg.asset) == (COVERED - PART) as Balance * LOT));
        let executed = Event::<T>::Executed {
            id: self.id,
            tranche: FIRST,
            lots: PART,
            old: 0,
            new: PART,
            amounts: (0..=self.last()).map(|leg| (LegIndex(leg as u8), amount)).collect(),
            sent: true,
            by,
            reference: self.terms.reference.clone(),
        };
        frame_system::Pallet::<T>::assert_last_event(executed.into());
    }

    /// Asserts that the tranche is rejected here, and that everything went back.
    pub fn assert_rejected<T: Config>(&self, reason: RejectReason) {
        assert!(!Payments::<T>::contains_key(self.id) && Expiries::<T>::iter_keys().next().is_none());
        let record = Records::<T>::get((self.id, FIRST)).map(|record| record.decision);
        assert_eq!(record, Some(Decision::Rejected { reason }));
        assert!(self.here().all(|leg| T::Escrow::held(&leg.asset) == 0), "everything has returned");
    }
}
