//! Benchmarks of every call in its worst case: every leg is between two participants of its own, in an asset of its
//! own, with the maximum number of lots. Every party has the policy that takes longest to read. Every account of a leg
//! is replaced as often as possible before the measurement, and an agent signs wherever one may.

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
    sp_core::H256,
};
use tandem_primitives::benchmarking::{SetUpCounterpart, SetUpDirectory, SetUpEscrow};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Capacity, Date, Directory, Escrow, Execution, HeldInstructions,
    InstructionId, Leg, LegIndex, Lots, Moment, NetworkIndex, OnIncomplete, Outcome, ParticipantId, PartyTerms, Policy,
    Quantity, Role, Roles, TakenBack, Terms, TermsHash, TwoNetworks, VersionedTerms, MAX_LEGS,
};

const LOTS: Lots = Lots::MAX;
/// Amount of one lot in benchmarks: so large that a product of lots and amounts does not fit the type of a balance.
const LOT: Balance = 1 << 90;
const AMOUNT: Balance = LOTS as Balance * LOT;
/// Minimum number of lots of a part in the benchmark parties' policy; the largest part leaves as many.
const LEAST: Lots = LOTS / 10 * 4;
/// Number of lots reserved on each leg where a benchmark leaves some over: more than the largest part that all parties
/// accept.
const COVERED: Lots = LOTS / 10 * 8;
/// Number of lots of the largest part that the benchmark parties accept, apart from the whole.
const PART: Lots = LOTS - LEAST;
/// First id of the assets that benchmarks create, above any that an issuer on a test network chose.
const ASSETS: u32 = 3_100_000_000;
const START: Moment = 1_800_000_000_000;
const MINUTE: Moment = 60_000;

/// Trade for benchmarks, with methods that bring it to the state that a benchmark needs.
struct Trade {
    id: InstructionId,
    hash: TermsHash,
    terms: Terms,
}

fn signed<T: Config>(who: &AccountId) -> T::RuntimeOrigin {
    RawOrigin::Signed(who.clone()).into()
}

/// Benchmark helper: values of a party at all their bounds, with the policy that takes longest to read.
fn party() -> PartyTerms {
    PartyTerms {
        on_behalf_of: None,
        account: None,
        policy: Policy::Parc { leg: LegIndex(0), min_amount: LEAST as Balance * LOT },
        priority: u8::MAX,
        reference: full(b'p'),
    }
}

fn full<S: Get<u32>>(letter: u8) -> BoundedVec<u8, S> {
    alloc::vec![letter; S::get() as usize].try_into().expect("as long as its bound; qed")
}

fn manager<T: Config>() -> AccountId {
    let manager = account("manager", 0, 0);
    T::BenchmarkHelper::register(&manager, Roles::default().with(Role::SettlementManager));
    manager
}

fn by_manager<T: Config>() -> Execution {
    Execution::ByManager { manager: manager::<T>(), manager_by: START + MINUTE }
}

/// Benchmark helper: account that has taken the place of `account` by replacement.
fn now<T: Config>(account: &AccountId) -> AccountId {
    T::Directory::current_account(account)
}

fn owner<T: Config>(account: &AccountId) -> ParticipantId {
    T::Directory::standing(account).expect("it is registered; qed").participant
}

/// Benchmark helper: account of an agent of the owner of `of`, in this capacity.
fn agent<T: Config>(of: &AccountId, capacity: Capacity) -> AccountId {
    let agent = account("agent", 0, 0);
    let participant = T::BenchmarkHelper::register(&agent, Roles::default().with(Role::Trader));
    T::BenchmarkHelper::appoint(participant, owner::<T>(of), capacity);
    agent
}

fn for_owner<T: Config>(account: &AccountId) -> PartyTerms {
    PartyTerms { on_behalf_of: Some(owner::<T>(account)), ..party() }
}

fn set_time<T: pallet_timestamp::Config<Moment = Moment>>(now: Moment) {
    // Past the hooks of the timestamp: the slots of consensus do not follow a benchmark's clock.
    pallet_timestamp::Now::<T>::put(now);
}

impl Trade {
    /// Trade instructed from [`START`] on, in which giver `i` gives the asset of leg `i` to receiver `i`.
    fn new<T>(legs: u32, execution: Execution) -> Self
    where
        T: Config + pallet_timestamp::Config<Moment = Moment>,
    {
        set_time::<T>(START);
        assert_eq!(T::Time::now(), START, "time is that of the timestamp");
        Self::from_now::<T>(legs, execution)
    }

    /// Trade as made by [`Trade::new`], but from the current time on.
    fn from_now<T: Config>(legs: u32, execution: Execution) -> Self {
        let trader = Roles::default().with(Role::Trader);
        let legs: Vec<Leg> = (0..legs)
            .map(|leg| {
                let (from, to) = (account("giver", leg, 0), account("receiver", leg, 0));
                let asset = AssetId::WithId(ASSETS + leg);
                T::BenchmarkHelper::register(&from, trader);
                T::BenchmarkHelper::register(&to, trader);
                T::BenchmarkHelper::fund(&asset, &from, AMOUNT);
                Leg { network: NetworkIndex(0), asset, amount: AMOUNT, from, to }
            })
            .collect();
        Self::of::<T>(legs, execution)
    }

    fn of<T: Config>(legs: Vec<Leg>, execution: Execution) -> Self {
        let genesis =
            frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::from(0u32));
        let start = T::Time::now();
        let terms = Terms {
            reference: full(b'r'),
            networks: alloc::vec![genesis].try_into().expect("one network; qed"),
            two_networks: None,
            legs: legs.try_into().expect("at most as many legs as fit; qed"),
            lots: LOTS,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from: start,
            partial_from: start + MINUTE,
            reserve_by: start + 2 * MINUTE,
            deadline: start + 4 * MINUTE,
            execution,
            on_incomplete: OnIncomplete::Complete,
        };
        let hash = VersionedTerms::V1(terms.clone()).hash();
        let instructing = terms.legs.first().map(|leg| leg.from.clone()).expect("there is a leg; qed");
        Self { id: instruction_id(genesis, &instructing, hash), hash, terms }
    }

    /// Changes the trade to one across two networks: all but the first `here` legs are on the other network, which
    /// decides.
    fn across<T: Config>(mut self, here: u32) -> Self {
        let holding = self.terms.networks.first().copied().expect("one network; qed");
        let other = H256([0xee; 32]);
        T::BenchmarkHelper::open(other);
        let terms = &mut self.terms;
        terms.networks = alloc::vec![holding, other].try_into().expect("two networks; qed");
        terms.two_networks =
            Some(TwoNetworks { commit_on: NetworkIndex(1), pay_deadline: terms.deadline, managed_by: None });
        terms.legs.iter_mut().skip(here as usize).for_each(|leg| leg.network = NetworkIndex(1));
        self.hash = self.versioned().hash();
        self.id = instruction_id(holding, &self.leg(0).from, self.hash);
        self
    }

    /// Instructs the trade, affirms it for all parties on this network, and reserves `lots` of each leg on it.
    fn covered<T: Config>(self, lots: Lots) -> Self {
        self.instruct::<T>();
        let here = || self.terms.legs.iter().filter(|leg| leg.network == NetworkIndex(0));
        let others = here().skip(1).map(|leg| leg.from.clone()).chain(here().map(|leg| leg.to.clone()));
        others.for_each(|who| self.affirm::<T>(&who));
        (0..here().count() as u32).for_each(|leg| self.reserve::<T>(leg, lots));
        self
    }

    fn committed<T: Config>(self) -> Self {
        let Execution::ByManager { manager, .. } = &self.terms.execution else { panic!("a manager commits") };
        assert_ok!(Pallet::<T>::commit(manager, self.id, Some(PART)));
        self.replace::<T>();
        self
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

    /// Accounts of all parties except the instructing one; the last receiver is last.
    fn others(&self) -> Vec<AccountId> {
        let givers = self.terms.legs.iter().skip(1).map(|leg| leg.from.clone());
        givers.chain(self.terms.legs.iter().map(|leg| leg.to.clone())).collect()
    }

    /// Instructs the trade and affirms it for all parties.
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

    /// Replaces the accounts of all legs, and the manager, as often as possible, so that finding the current ones takes
    /// longest.
    fn replace<T: Config>(&self) {
        for account in self.terms.legs.iter().flat_map(|leg| [&leg.from, &leg.to]) {
            if now::<T>(account) == *account {
                T::BenchmarkHelper::replace(account);
            }
        }
        if let Execution::ByManager { manager, .. } = &self.terms.execution {
            T::BenchmarkHelper::replace(manager);
        }
    }

    /// Asserts that the instruction has ended with this outcome and these lots, and that the last event says so.
    fn assert_closed<T: Config>(&self, by: Option<AccountId>, outcome: Outcome, lots: Lots) {
        assert!(
            matches!(Instructions::<T>::get(self.id), Some(Instruction::Closed(closed))
                if closed.outcome == outcome && closed.lots == lots),
            "it ends as it should",
        );
        let reference = self.terms.reference.clone();
        let closed = Event::<T>::Closed { id: self.id, outcome, lots, of: LOTS, by, reference };
        frame_system::Pallet::<T>::assert_last_event(closed.into());
    }

    /// Asserts that escrow holds exactly `amount` of each leg's asset.
    fn assert_held<T: Config>(&self, amount: Balance) {
        assert!(self.terms.legs.iter().all(|leg| T::Escrow::held(&leg.asset) == amount), "escrow holds what it should");
    }
}

/// Prepares for `SetUpHeld::hold` an instruction with the maximum number of legs, of which one is on this network and
/// reserved whole. Returns an account that may commit it, and its id.
pub(crate) fn hold<T: Config>() -> (AccountId, InstructionId) {
    let trade = Trade::from_now::<T>(MAX_LEGS, Execution::Immediate).across::<T>(1).covered::<T>(LOTS);
    (trade.leg(0).from.clone(), trade.id)
}

/// Benchmark helper: a trade across two networks that a manager commits, covered on this network, with its last leg on
/// the other.
fn across_two<T>(legs: u32) -> Trade
where
    T: Config + pallet_timestamp::Config<Moment = Moment>,
{
    Trade::new::<T>(legs, by_manager::<T>()).across::<T>(legs - 1).covered::<T>(COVERED)
}

#[benchmarks(where T: pallet_timestamp::Config<Moment = Moment>)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn instruct(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate);
        let by = trade.leg(0).from.clone();

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.versioned(), party(), None);

        assert_eq!(trade.open::<T>().parties.len() as u32, 2 * l);
    }

    /// Benchmark of `affirm` by the agent of a party that gives every leg, where all legs are reserved and settled.
    #[benchmark]
    fn affirm(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate);
        let payer = T::BenchmarkHelper::register(&account("payer", MAX_LEGS, 0), Roles::default().with(Role::Trader));
        let legs = trade.terms.legs.iter().cloned().zip(0u32..).map(|(leg, index)| {
            let from: AccountId = account("payer", index, 0);
            T::BenchmarkHelper::add_account(payer, &from);
            Leg { from, ..leg }
        });
        let mut trade = Trade::of::<T>(legs.collect(), Execution::Immediate);
        let by = trade.leg(0).to.clone();
        let genesis = trade.terms.networks.first().copied().expect("one network; qed");
        trade.id = instruction_id(genesis, &by, trade.hash);
        assert_ok!(Pallet::<T>::instruct(signed::<T>(&by), trade.versioned(), party(), None));
        let receivers = trade.terms.legs.iter().skip(1).map(|leg| leg.to.clone());
        receivers.for_each(|who| trade.affirm::<T>(&who));
        trade.replace::<T>();
        trade.terms.legs.iter().for_each(|leg| T::BenchmarkHelper::fund(&leg.asset, &now::<T>(&leg.from), AMOUNT));
        let agent = agent::<T>(&trade.leg(0).from, Capacity::Delivery);
        let (terms, own) = (trade.versioned(), for_owner::<T>(&trade.leg(0).from));

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, Affirmation::Terms(terms), own, Some(Quantity::UpTo(LOTS)));

        trade.assert_closed::<T>(Some(agent), Outcome::Settled, LOTS);
    }

    /// Benchmark of `set_party` with a policy that makes a covered part irrevocable.
    #[benchmark]
    fn set_party() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate);
        let by = trade.leg(0).from.clone();
        let whole = PartyTerms { policy: Policy::Npar, ..party() };
        assert_ok!(Pallet::<T>::instruct(signed::<T>(&by), trade.versioned(), whole, None));
        trade.others().iter().for_each(|who| trade.affirm::<T>(who));
        trade.reserve_all::<T>(COVERED);
        let agent = agent::<T>(&by, Capacity::Delivery);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, for_owner::<T>(&by));

        assert!(trade.open::<T>().points.irrevocable.is_some());
    }

    /// Benchmark of `reserve` for the last leg, where all legs settle.
    #[benchmark]
    fn reserve(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate).matched::<T>();
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, LOTS));
        let last = trade.leg(trade.last());
        let agent = agent::<T>(&last.from, Capacity::Delivery);
        trade.replace::<T>();
        T::BenchmarkHelper::fund(&last.asset, &now::<T>(&last.from), AMOUNT);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, LegIndex(trade.last() as u8), Quantity::UpTo(LOTS));

        trade.assert_closed::<T>(Some(agent), Outcome::Settled, LOTS);
    }

    /// Benchmark of `release` for lots that no part needs, where every leg covers a part.
    #[benchmark]
    fn release() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        let agent = agent::<T>(&trade.leg(0).from, Capacity::Delivery);
        trade.replace::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, LegIndex(0), COVERED - PART);

        assert_eq!(T::Escrow::held(&trade.leg(0).asset), PART as Balance * LOT);
    }

    /// Benchmark of `settle_part` before `reserve_by`, where lots are left over.
    #[benchmark]
    fn settle_part(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        let agent = agent::<T>(&trade.leg(trade.last()).to, Capacity::Payment);
        trade.replace::<T>();
        set_time::<T>(trade.terms.partial_from);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id);

        assert_eq!(trade.open::<T>().settled, PART);
    }

    /// Benchmark of `execute` with the last token, where a part of every leg settles and the rest returns.
    #[benchmark]
    fn execute(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::OnToken).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        set_time::<T>(trade.terms.partial_from);
        assert_ok!(Pallet::<T>::settle_part(signed::<T>(&trade.leg(0).from), trade.id));
        for leg in 0..trade.last() {
            assert_ok!(Pallet::<T>::execute(signed::<T>(&trade.leg(leg).to), trade.id, LegIndex(leg as u8), None));
        }
        let agent = agent::<T>(&trade.leg(trade.last()).to, Capacity::Delivery);
        trade.replace::<T>();
        set_time::<T>(trade.terms.reserve_by);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, LegIndex(trade.last() as u8), None);

        trade.assert_closed::<T>(Some(agent), Outcome::PartiallySettled, PART);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of `settle` by a party in place of a silent manager, where a part of every leg settles and the rest
    /// returns.
    #[benchmark]
    fn settle(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, by_manager::<T>()).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        let agent = agent::<T>(&trade.leg(trade.last()).to, Capacity::Payment);
        trade.replace::<T>();
        set_time::<T>(trade.terms.reserve_by);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, None);

        trade.assert_closed::<T>(Some(agent), Outcome::PartiallySettled, PART);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of `cancel` by the last of all parties, where everything reserved returns.
    #[benchmark]
    fn cancel(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, by_manager::<T>()).matched::<T>();
        trade.reserve_all::<T>(LOTS);
        for who in trade.others() {
            assert_ok!(Pallet::<T>::cancel(signed::<T>(&who), trade.id, None));
        }
        trade.assert_held::<T>(AMOUNT);
        let first = trade.leg(0).from.clone();
        let agent = agent::<T>(&first, Capacity::Delivery);
        trade.replace::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, Some(owner::<T>(&first)));

        trade.assert_closed::<T>(Some(agent), Outcome::Cancelled, 0);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of `reject` by the last of all parties, where everything reserved returns.
    #[benchmark]
    fn reject(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate);
        trade.instruct::<T>();
        let mut others = trade.others();
        let last = others.pop().expect("two parties at least; qed");
        others.iter().for_each(|who| trade.affirm::<T>(who));
        trade.reserve_all::<T>(LOTS);
        trade.assert_held::<T>(AMOUNT);
        let agent = agent::<T>(&last, Capacity::Delivery);
        trade.replace::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, Some(owner::<T>(&last)), full(b'w'));

        trade.assert_closed::<T>(Some(agent), Outcome::Rejected, 0);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of `expire`, where the largest part settles and the rest of every leg returns.
    #[benchmark]
    fn expire(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        trade.replace::<T>();
        set_time::<T>(trade.terms.reserve_by);

        #[extrinsic_call]
        _(RawOrigin::Signed(manager::<T>()), trade.id);

        trade.assert_closed::<T>(Some(account("manager", 0, 0)), Outcome::PartiallySettled, PART);
        trade.assert_held::<T>(0);
    }

    #[benchmark]
    fn set_flag() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate).matched::<T>();
        // One leg lacks what every other has, so that nothing is committed and everything is read.
        (0..trade.last()).for_each(|leg| trade.reserve::<T>(leg, COVERED));
        let by = trade.leg(0).from.clone();
        let reason: Reason = full(b'w');

        #[extrinsic_call]
        _(RawOrigin::Signed(by), trade.id, FlagSource::Party, reason);

        assert_eq!(trade.open::<T>().flags.len(), 1);
    }

    /// Benchmark of `clear_flag` for the last flag of a party, which held back a trade that is reserved whole.
    #[benchmark]
    fn clear_flag(l: Linear<1, 16>) {
        let trade = Trade::new::<T>(l, Execution::Immediate).matched::<T>();
        let by = trade.leg(0).from.clone();
        assert_ok!(Pallet::<T>::set_flag(signed::<T>(&by), trade.id, FlagSource::Party, full(b'w')));
        trade.reserve_all::<T>(LOTS);
        trade.assert_held::<T>(AMOUNT);
        trade.replace::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(now::<T>(&by)), trade.id, FlagSource::Party);

        trade.assert_closed::<T>(Some(now::<T>(&by)), Outcome::Settled, LOTS);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of `commit` by a party in place of a silent manager, which commits a part.
    #[benchmark]
    fn commit(l: Linear<2, 16>) {
        let trade = across_two::<T>(l);
        let agent = agent::<T>(&trade.leg(trade.last() - 1).to, Capacity::Payment);
        trade.replace::<T>();
        set_time::<T>(trade.terms.partial_from);

        #[block]
        {
            assert_ok!(Pallet::<T>::commit(&agent, trade.id, None));
        }

        assert_eq!(trade.open::<T>().state, State::Committed { lots: PART });
    }

    /// Benchmark of `deliver` for a part, so late that the rest of every leg returns.
    #[benchmark]
    fn deliver(l: Linear<2, 16>) {
        let trade = across_two::<T>(l).committed::<T>();
        set_time::<T>(trade.terms.reserve_by);

        #[block]
        {
            assert_ok!(Pallet::<T>::deliver(trade.id, PART, None));
        }

        trade.assert_closed::<T>(None, Outcome::PartiallySettled, PART);
        trade.assert_held::<T>(0);
    }

    #[benchmark]
    fn take_back(l: Linear<2, 16>) {
        let trade = across_two::<T>(l).committed::<T>();

        #[block]
        {
            assert_ok!(Pallet::<T>::take_back(trade.id, TakenBack::TimedOut, None));
        }

        trade.assert_closed::<T>(None, Outcome::Expired, 0);
        trade.assert_held::<T>(0);
    }

    /// Benchmark of one visit of the sweep to an instruction of full size, for which no weight is left.
    #[benchmark]
    fn sweep_look() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate).matched::<T>();
        trade.reserve_all::<T>(COVERED);
        set_time::<T>(trade.terms.deadline);
        let look = <T as Config>::WeightInfo::sweep_look();
        let mut meter = WeightMeter::with_limit(Pallet::<T>::cursor_weight().saturating_add(look));

        #[block]
        {
            Pallet::<T>::sweep(&mut meter);
        }

        trade.assert_held::<T>(COVERED as Balance * LOT);
    }

    #[benchmark]
    fn sweep_prune() {
        let trade = Trade::new::<T>(MAX_LEGS, Execution::Immediate);
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
