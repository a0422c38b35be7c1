//! The worst case of every call: every leg between two participants of its own, in an asset of its own, every party
//! with the policy that takes longest to read.

// Every figure here is this file's own, and small.
#![allow(clippy::arithmetic_side_effects)]

use crate::{
    Affirmation, Call, Config, Event, Expiries, FlagSource, Instruction, Instructions, Open, Pallet, Reason, State,
    WeightInfo,
};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_benchmarking::v2::*,
    frame_support::{
        assert_ok,
        traits::{Get, Time},
        weights::WeightMeter,
        BoundedVec,
    },
    frame_system::{self, RawOrigin},
    pallet_timestamp,
};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Date, Directory, Escrow, Execution, InstructionId, Leg, LegIndex,
    Lots, Moment, NetworkIndex, OnIncomplete, Outcome, PartyTerms, Policy, Quantity, Role, Roles, Terms, TermsHash,
    VersionedTerms, MAX_LEGS,
};

const LOTS: Lots = 1_000;
const AMOUNT: Balance = 1_000_000;
/// The first number of the assets that move here, above any that an issuer on a test network chose.
const ASSETS: u32 = 3_100_000_000;
const START: Moment = 1_800_000_000_000;
const MINUTE: Moment = 60_000;

/// A trade and those who make it.
struct Trade {
    id: InstructionId,
    hash: TermsHash,
    terms: Terms,
}

fn signed<T: Config>(who: &AccountId) -> T::RuntimeOrigin {
    RawOrigin::Signed(who.clone()).into()
}

/// The party whose bounds are all reached.
fn party() -> PartyTerms {
    PartyTerms {
        on_behalf_of: None,
        policy: Policy::Parc { leg: LegIndex(0), min_amount: 1 },
        priority: u8::MAX,
        reference: full(b'p'),
    }
}

fn full<S: Get<u32>>(letter: u8) -> BoundedVec<u8, S> {
    alloc::vec![letter; S::get() as usize].try_into().expect("as long as its bound; qed")
}

fn manager<T: Config>() -> AccountId {
    let manager = account("manager", 0, 0);
    T::Directory::register_for_benchmark(&manager, Roles::default().with(Role::SettlementManager));
    manager
}

fn by_manager<T: Config>() -> Execution {
    // Nobody stands in for the manager before the deadline.
    Execution::ByManager { manager: manager::<T>(), manager_by: START + 4 * MINUTE }
}

fn set_time<T: pallet_timestamp::Config<Moment = Moment>>(now: Moment) {
    // Past the hooks of the timestamp: the slots of consensus do not follow a benchmark's clock.
    pallet_timestamp::Now::<T>::put(now);
}

impl Trade {
    /// A trade in which giver `i` delivers the asset of leg `i` to receiver `i`; each `number` has its own.
    fn new<T>(legs: u32, execution: Execution, number: u32) -> Self
    where
        T: Config + pallet_timestamp::Config<Moment = Moment>,
    {
        set_time::<T>(START);
        assert_eq!(T::Time::now(), START, "time is that of the timestamp");
        let trader = Roles::default().with(Role::Trader);
        let legs: Vec<Leg> = (0..legs)
            .map(|leg| {
                let (from, to) = (account("giver", leg, number), account("receiver", leg, number));
                let asset = AssetId::WithId(ASSETS + number * MAX_LEGS + leg);
                T::Directory::register_for_benchmark(&from, trader);
                T::Directory::register_for_benchmark(&to, trader);
                T::Escrow::fund_for_benchmark(&asset, &from, AMOUNT);
                Leg { network: NetworkIndex(0), asset, amount: AMOUNT, from, to }
            })
            .collect();
        Self::of::<T>(legs, execution)
    }

    fn of<T: Config>(legs: Vec<Leg>, execution: Execution) -> Self {
        let genesis =
            frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::from(0u32));
        let terms = Terms {
            reference: full(b'r'),
            networks: alloc::vec![genesis].try_into().expect("one network; qed"),
            two_networks: None,
            legs: legs.try_into().expect("at most as many legs as fit; qed"),
            lots: LOTS,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from: START,
            partial_from: START + MINUTE,
            reserve_by: START + 2 * MINUTE,
            deadline: START + 4 * MINUTE,
            execution,
            on_incomplete: OnIncomplete::Complete,
        };
        let hash = VersionedTerms::V1(terms.clone()).hash();
        let instructing = terms.legs.first().map(|leg| leg.from.clone()).expect("there is a leg; qed");
        Self { id: instruction_id(genesis, &instructing, hash), hash, terms }
    }

    fn leg(&self, index: u32) -> &Leg {
        self.terms.legs.get(index as usize).expect("a leg of the trade; qed")
    }

    fn last(&self) -> u32 {
        self.terms.legs.len() as u32 - 1
    }

    fn versioned(&self) -> VersionedTerms {
        VersionedTerms::V1(self.terms.clone())
    }

    fn instruct<T: Config>(&self) {
        assert_ok!(Pallet::<T>::instruct(signed::<T>(&self.leg(0).from), self.versioned(), party(), None));
    }

    fn affirm<T: Config>(&self, who: &AccountId) {
        let affirmation = Affirmation::Hash(self.hash);
        assert_ok!(Pallet::<T>::affirm(signed::<T>(who), self.id, affirmation, party(), None));
    }

    /// Every account but the instructing one, the last receiver last.
    fn others(&self) -> Vec<AccountId> {
        let givers = self.terms.legs.iter().skip(1).map(|leg| leg.from.clone());
        givers.chain(self.terms.legs.iter().map(|leg| leg.to.clone())).collect()
    }

    /// Instructed, and affirmed by all.
    fn matched<T: Config>(self) -> Self {
        self.instruct::<T>();
        self.others().iter().for_each(|who| self.affirm::<T>(who));
        self
    }

    fn reserve<T: Config>(&self, leg: u32, lots: Lots) {
        let index = LegIndex(leg as u8);
        assert_ok!(Pallet::<T>::reserve(signed::<T>(&self.leg(leg).from), self.id, index, Quantity::Exactly(lots)));
    }

    fn reserve_all<T: Config>(&self, lots: Lots) {
        (0..=self.last()).for_each(|leg| self.reserve::<T>(leg, lots));
    }

    fn open<T: Config>(&self) -> Open {
        match Instructions::<T>::get(self.id) {
            Some(Instruction::Open(open)) => open,
            other => panic!("not open: {other:?}"),
        }
    }

    /// Asserts that it is over: so it ended, with so many lots, and the last call said so.
    fn assert_closed<T: Config>(&self, outcome: Outcome, lots: Lots) {
        assert!(
            matches!(Instructions::<T>::get(self.id), Some(Instruction::Closed(closed))
                if closed.outcome == outcome && closed.lots == lots),
            "it ends as it should",
        );
        let reference = self.terms.reference.clone();
        let closed = Event::<T>::Closed { id: self.id, outcome, lots, of: LOTS, reference };
        frame_system::Pallet::<T>::assert_last_event(closed.into());
    }

    /// Asserts that escrow has this much of every leg's asset.
    fn assert_held<T: Config>(&self, amount: Balance) {
        assert!(self.terms.legs.iter().all(|leg| T::Escrow::held(&leg.asset) == amount), "escrow holds what it should");
    }
}

#[benchmarks(where T: pallet_timestamp::Config<Moment = Moment>)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn instruct(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0);
        let by = trade.leg(0).from.clone();

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.versioned(), party(), None);

        assert_eq!(trade.open::<T>().parties.len() as u32, 2 * l);
    }

    /// By the one that gives every leg, and has all of them reserved and settled.
    #[benchmark]
    fn affirm(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0);
        let giver: AccountId = account("payer", 0, 0);
        T::Directory::register_for_benchmark(&giver, Roles::default().with(Role::Trader));
        let legs = trade.terms.legs.iter().cloned().map(|leg| {
            T::Escrow::fund_for_benchmark(&leg.asset, &giver, AMOUNT);
            Leg { from: giver.clone(), ..leg }
        });
        let mut trade = Trade::of::<T>(legs.collect(), Execution::Immediate);
        let by = trade.leg(0).to.clone();
        let genesis = trade.terms.networks.first().copied().expect("one network; qed");
        trade.id = instruction_id(genesis, &by, trade.hash);
        assert_ok!(Pallet::<T>::instruct(signed::<T>(&by), trade.versioned(), party(), None));
        let receivers = trade.terms.legs.iter().skip(1).map(|leg| leg.to.clone());
        receivers.for_each(|who| trade.affirm::<T>(&who));

        #[extrinsic_call]
        _(
            RawOrigin::Signed(giver),
            trade.id,
            Affirmation::Terms(trade.versioned()),
            party(),
            Some(Quantity::UpTo(LOTS)),
        );

        trade.assert_closed::<T>(Outcome::Settled, LOTS);
    }

    /// That makes what is covered irrevocable.
    #[benchmark]
    fn set_party() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0);
        let by = trade.leg(0).from.clone();
        let whole = PartyTerms { policy: Policy::Npar, ..party() };
        assert_ok!(Pallet::<T>::instruct(signed::<T>(&by), trade.versioned(), whole, None));
        trade.others().iter().for_each(|who| trade.affirm::<T>(who));
        trade.reserve_all::<T>(LOTS / 2);

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.id, party());

        assert!(trade.open::<T>().points.irrevocable.is_some());
    }

    /// The last leg, that settles all of them.
    #[benchmark]
    fn reserve(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0).matched::<T>();
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS));
        let by = trade.leg(trade.last()).from.clone();

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.id, LegIndex(trade.last() as u8), Quantity::UpTo(LOTS));

        trade.assert_closed::<T>(Outcome::Settled, LOTS);
    }

    #[benchmark]
    fn release() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0).matched::<T>();
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS));

        #[extrinsic_call]
        _(RawOrigin::Signed(trade.leg(0).from.clone()), trade.id, LegIndex(0), LOTS);

        assert_eq!(T::Escrow::held(&trade.leg(0).asset), 0);
    }

    /// A part of which something is left.
    #[benchmark]
    fn settle_part(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0).matched::<T>();
        trade.reserve_all::<T>(LOTS / 2);
        set_time::<T>(trade.terms.partial_from);

        #[extrinsic_call]
        _(RawOrigin::Signed(trade.leg(trade.last()).to.clone()), trade.id);

        assert_eq!(trade.open::<T>().settled, LOTS / 2);
    }

    /// The last token, that settles all legs.
    #[benchmark]
    fn execute(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::OnToken, 0).matched::<T>();
        trade.reserve_all::<T>(LOTS);
        for leg in 0..trade.last() {
            assert_ok!(Pallet::<T>::execute(signed::<T>(&trade.leg(leg).to), trade.id, LegIndex(leg as u8), None));
        }

        #[extrinsic_call]
        _(RawOrigin::Signed(trade.leg(trade.last()).to.clone()), trade.id, LegIndex(trade.last() as u8), None);

        trade.assert_closed::<T>(Outcome::Settled, LOTS);
    }

    /// By the manager, and less than what is covered: the rest forms again.
    #[benchmark]
    fn settle(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, by_manager::<T>(), 0).matched::<T>();
        trade.reserve_all::<T>(LOTS);

        #[extrinsic_call]
        _(RawOrigin::Signed(manager::<T>()), trade.id, Some(LOTS / 2));

        assert_eq!(trade.open::<T>().state, State::Formed { lots: LOTS / 2 });
    }

    #[benchmark]
    fn settle_many(n: Linear<1, { T::MaxSettleMany::get() }>) {
        let trades: Vec<Trade> = (0..n)
            .map(|number| {
                let trade = Trade::new::<T>(MAX_LEGS, by_manager::<T>(), number).matched::<T>();
                trade.reserve_all::<T>(LOTS);
                trade
            })
            .collect();
        let many: Vec<_> = trades.iter().map(|trade| (trade.id, Some(LOTS / 2))).collect();

        #[extrinsic_call]
        _(RawOrigin::Signed(manager::<T>()), many.try_into().expect("at most as many as fit; qed"));

        assert!(trades.iter().all(|trade| trade.open::<T>().settled == LOTS / 2));
    }

    /// The last of all parties agrees, and all that is reserved returns.
    #[benchmark]
    fn cancel(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, by_manager::<T>(), 0).matched::<T>();
        trade.reserve_all::<T>(LOTS);
        for who in trade.others() {
            assert_ok!(Pallet::<T>::cancel(signed::<T>(&who), trade.id, None));
        }
        trade.assert_held::<T>(AMOUNT);

        #[extrinsic_call]
        _(RawOrigin::Signed(trade.leg(0).from.clone()), trade.id, None);

        trade.assert_closed::<T>(Outcome::Cancelled, 0);
        trade.assert_held::<T>(0);
    }

    /// The last of all parties refuses, and all that is reserved returns.
    #[benchmark]
    fn reject(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0);
        trade.instruct::<T>();
        let mut others = trade.others();
        let last = others.pop().expect("two parties at least; qed");
        others.iter().for_each(|who| trade.affirm::<T>(who));
        trade.reserve_all::<T>(LOTS);
        trade.assert_held::<T>(AMOUNT);

        #[extrinsic_call]
        _(RawOrigin::Signed(last), trade.id, None, full(b'w'));

        trade.assert_closed::<T>(Outcome::Rejected, 0);
        trade.assert_held::<T>(0);
    }

    /// Settles the largest part, and returns what is left of every leg but the one that held it back.
    #[benchmark]
    fn expire(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate, 0).matched::<T>();
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS));
        trade.reserve::<T>(trade.last(), LOTS / 2);
        set_time::<T>(trade.terms.reserve_by);

        #[extrinsic_call]
        _(RawOrigin::Signed(manager::<T>()), trade.id);

        trade.assert_closed::<T>(Outcome::PartiallySettled, LOTS / 2);
        trade.assert_held::<T>(0);
    }

    #[benchmark]
    fn set_flag() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0).matched::<T>();
        // One leg lacks what every other has, so that nothing is committed and everything is read.
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS / 2));
        let by = trade.leg(0).from.clone();
        let reason: Reason = full(b'w');

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.id, FlagSource::Party, reason);

        assert_eq!(trade.open::<T>().flags.len(), 1);
    }

    #[benchmark]
    fn clear_flag() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0).matched::<T>();
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS / 2));
        let by = trade.leg(0).from.clone();
        assert_ok!(Pallet::<T>::set_flag(signed::<T>(&by), trade.id, FlagSource::Party, full(b'w')));

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.id, FlagSource::Party);

        assert!(trade.open::<T>().flags.is_empty());
    }

    /// At an open instruction of full size for which the weight does not suffice.
    #[benchmark]
    fn sweep_look() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0).matched::<T>();
        trade.reserve_all::<T>(LOTS / 2);
        set_time::<T>(trade.terms.deadline);
        let mut meter = WeightMeter::with_limit(<T as Config>::WeightInfo::sweep_look());

        #[block]
        {
            Pallet::<T>::sweep(&mut meter);
        }

        trade.assert_held::<T>(AMOUNT / 2);
    }

    #[benchmark]
    fn sweep_prune() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate, 0);
        trade.instruct::<T>();
        assert_ok!(Pallet::<T>::cancel(signed::<T>(&trade.leg(0).from), trade.id, None));
        set_time::<T>(trade.terms.deadline + T::Retention::get());

        #[block]
        {
            Pallet::<T>::sweep(&mut WeightMeter::new());
        }

        assert!(!Instructions::<T>::contains_key(trade.id) && Expiries::<T>::iter_keys().next().is_none());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
