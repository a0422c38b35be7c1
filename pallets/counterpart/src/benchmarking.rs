//! The worst case of every call. On the deciding side: every leg between two participants of its own, in an asset of its
//! own, in as many lots as there can be, every account of a leg replaced as often as it can be before what is measured, and
//! an agent as the signer wherever one may be. On the holding side: the longest terms, of which little is here, because
//! what moves here is measured by the pallet that holds it. The lane takes every message, the block-list is full.
//!
//! The benchmarks of proofs have the most nodes that a proof may have at every number of bytes, see [`trie`].

// Every figure here is this file's own, and small.
#![allow(clippy::arithmetic_side_effects)]

mod deciding;
mod holding;
mod trie;

use crate::{
    grandpa::keys, BlockedHeaders, BlockedUntil, Call, ClientChanges, Commitments, Config, CounterpartLink, Event,
    Halted, HeaderProof, Link, Pallet, Payments, Reason, Records, Releases, WeightInfo,
};
use alloc::vec::Vec;
use codec::Encode;
use deciding::{Trade, COVERED, LEAST, LOTS};
use holding::Held;
use polkadot_sdk::{
    bp_messages::{
        target_chain::{DispatchMessage, DispatchMessageData, MessageDispatch},
        HashedLaneId, MessageKey,
    },
    bp_runtime,
    frame_benchmarking::v2::*,
    frame_support::{
        assert_ok,
        traits::{EnsureOrigin, Get, Time},
        weights::{Weight, WeightMeter},
        BoundedVec,
    },
    frame_system::{self, RawOrigin},
    pallet_bridge_grandpa, pallet_timestamp,
    sp_core::H256,
};
use tandem_primitives::benchmarking::{SetUpDirectory, SetUpHeld, SetUpState};
use tandem_primitives::{
    AccountId, BlockNumber, Bucket, Capacity, CounterpartState, Directory, Escrow, HeldInstructions, Message, Moment,
    ParticipantId, Quantity, RejectReason, Role, Roles, TrancheIndex, VersionedMessage, VersionedTerms, MAX_LEGS,
    RECORD_VERSION,
};

/// A chain on which this can be measured: with the light client, and a clock that can be set.
pub trait Measured:
    Config<State: CounterpartState<Proof = HeaderProof>>
    + pallet_timestamp::Config<Moment = Moment>
    + pallet_bridge_grandpa::Config<BridgedChain: bp_runtime::Chain<Hash = H256>>
{
}

impl<T> Measured for T where
    T: Config<State: CounterpartState<Proof = HeaderProof>>
        + pallet_timestamp::Config<Moment = Moment>
        + pallet_bridge_grandpa::Config<BridgedChain: bp_runtime::Chain<Hash = H256>>
{
}

const START: Moment = 1_800_000_000_000;
/// The other network.
const OTHER: H256 = H256([0xee; 32]);
/// The tranche that everything is about.
const FIRST: TrancheIndex = TrancheIndex(0);

fn signed<T: Config>(who: &AccountId) -> T::RuntimeOrigin {
    RawOrigin::Signed(who.clone()).into()
}

fn operator<T: Config>() -> T::RuntimeOrigin {
    T::OperatorOrigin::try_successful_origin().expect("the operator exists; qed")
}

fn full<S: Get<u32>>(letter: u8) -> BoundedVec<u8, S> {
    alloc::vec![letter; S::get() as usize].try_into().expect("as long as its bound; qed")
}

fn trader<T: Config>(name: &'static str, number: u32) -> AccountId {
    let account = account(name, number, 0);
    T::BenchmarkHelper::register(&account, Roles::default().with(Role::Trader));
    account
}

/// Carries proofs, and has nothing to do with the trade.
fn carrier<T: Config>() -> AccountId {
    trader::<T>("carrier", 0)
}

/// The account that has taken the place of this one.
fn now<T: Config>(account: &AccountId) -> AccountId {
    T::Directory::current_account(account)
}

fn owner<T: Config>(account: &AccountId) -> ParticipantId {
    T::Directory::standing(account).expect("it is registered; qed").participant
}

/// An agent of the owner of this account.
fn agent<T: Config>(of: &AccountId, capacity: Capacity) -> AccountId {
    let agent = trader::<T>("agent", 0);
    T::BenchmarkHelper::appoint(owner::<T>(&agent), owner::<T>(of), capacity);
    agent
}

fn set_time<T: Measured>(now: Moment) {
    // Past the hooks of the timestamp: the slots of consensus do not follow a benchmark's clock.
    pallet_timestamp::Now::<T>::put(now);
    assert_eq!(<T as Config>::Time::now(), now, "time is that of the timestamp");
}

fn header(number: u32) -> H256 {
    let mut hash = H256::zero();
    hash.0.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, of)| *byte = of);
    hash
}

/// Blocks so many headers, none of which proves anything here.
fn block_headers<T: Config>(count: u32) {
    assert_ok!(Pallet::<T>::block_headers_until(operator::<T>(), Some(0)));
    for number in 0..count {
        assert_ok!(Pallet::<T>::block_header(operator::<T>(), header(number)));
    }
}

fn open<T: Config>() {
    T::BenchmarkHelper::know();
    assert_ok!(Pallet::<T>::open_counterpart(operator::<T>(), OTHER));
}

fn blocked<T: Config>() -> u32 {
    BlockedHeaders::<T>::get().len() as u32
}

/// Brings a message as the lane does.
fn dispatch<T: Config>(message: VersionedMessage) {
    let key = MessageKey { lane_id: HashedLaneId::default(), nonce: 1 };
    Pallet::<T>::dispatch(DispatchMessage { key, data: DispatchMessageData { payload: Ok(message) } });
}

/// What the counterpart keeps of the version of its records.
fn version() -> (Vec<u8>, Vec<u8>) {
    (keys::record_version(), RECORD_VERSION.encode())
}

/// What every chain keeps of its first block.
fn genesis() -> (Vec<u8>, Vec<u8>) {
    (keys::genesis(), OTHER.encode())
}

#[benchmarks(where T: Measured)]
mod benchmarks {
    use super::*;

    /// Again, after it was closed.
    #[benchmark]
    fn open_counterpart() {
        open::<T>();
        assert_ok!(Pallet::<T>::close_counterpart(operator::<T>()));
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, OTHER);

        assert_eq!(CounterpartLink::<T>::get(), Some(Link { genesis: OTHER, open: true }));
    }

    #[benchmark]
    fn close_counterpart() {
        open::<T>();
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin);

        assert_eq!(CounterpartLink::<T>::get(), Some(Link { genesis: OTHER, open: false }));
    }

    #[benchmark]
    fn set_halted() {
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, true);

        assert!(Halted::<T>::get() && ClientChanges::<T>::get() == 1);
    }

    /// The last that the list takes.
    #[benchmark]
    fn block_header() {
        block_headers::<T>(T::MaxBlockedHeaders::get() - 1);
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, OTHER);

        assert_eq!(blocked::<T>(), T::MaxBlockedHeaders::get());
    }

    /// The first of a full list.
    #[benchmark]
    fn unblock_header() {
        block_headers::<T>(T::MaxBlockedHeaders::get());
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, header(0));

        assert_eq!(blocked::<T>(), T::MaxBlockedHeaders::get() - 1);
    }

    /// Up to another one.
    #[benchmark]
    fn block_headers_until() {
        block_headers::<T>(0);
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, Some(BlockNumber::MAX));

        assert_eq!(BlockedUntil::<T>::get(), Some(BlockNumber::MAX));
    }

    /// In the place of one that a halt has made void, after which the counterpart was opened again.
    #[benchmark]
    fn governed_release() {
        let held = Held::new::<T>();
        trie::prove::<T>(&[version()], &[keys::record_version()], trie::LEAST);
        assert_ok!(Pallet::<T>::governed_release(operator::<T>(), held.id));
        assert_ok!(Pallet::<T>::set_halted(operator::<T>(), true));
        assert_ok!(Pallet::<T>::set_halted(operator::<T>(), false));
        open::<T>();
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, held.id);

        assert_eq!(Releases::<T>::get(held.id).map(|pending| pending.client_changes), Some(2));
        assert_eq!(CounterpartLink::<T>::get().map(|link| link.open), Some(false));
    }

    /// With the message on the lane.
    #[benchmark]
    fn commit() {
        set_time::<T>(START);
        let (by, id) = T::BenchmarkHelper::hold();

        #[extrinsic_call]
        _(RawOrigin::Signed(by.clone()), id, None);

        let (VersionedTerms::V1(terms), tranche) = T::Held::committed(id).expect("it is committed; qed");
        let commitment = Commitments::<T>::get((id, tranche)).expect("a commitment is kept; qed");
        let reference = terms.reference;
        let committed = Event::<T>::Committed { id, tranche, commitment, sent: true, by, reference };
        frame_system::Pallet::<T>::assert_last_event(committed.into());
    }

    #[benchmark]
    fn deliver_by_proof(b: Linear<{ trie::LEAST }, { trie::MOST }>) {
        let held = Held::new::<T>();
        block_headers::<T>(T::MaxBlockedHeaders::get());
        let record = (keys::record(held.id, FIRST), held.record().encode());
        let keys = [keys::record_version(), record.0.clone()];
        let proof = trie::prove::<T>(&[version(), record], &keys, b);
        let carrier = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(carrier.clone()), held.id, proof);

        held.assert_delivered::<T>(Some(carrier));
    }

    /// After the pay deadline: four keys, one of them absent.
    #[benchmark]
    fn return_by_proof(b: Linear<{ trie::LEAST }, { trie::MOST }>) {
        let held = Held::new::<T>();
        block_headers::<T>(T::MaxBlockedHeaders::get());
        let (proven_at, tranche) = (held.pay_deadline(), FIRST);
        let keys = [keys::genesis(), keys::now(), keys::record_version(), keys::record(held.id, FIRST)];
        let proof = trie::prove::<T>(&[genesis(), (keys::now(), proven_at.encode()), version()], &keys, b);
        let by = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(by.clone()), held.id, proof);

        held.assert_done::<T>();
        let reference = held.reference();
        let returned = Event::<T>::ReturnedOnTimeout { id: held.id, tranche, proven_at, by, reference };
        frame_system::Pallet::<T>::assert_last_event(returned.into());
    }

    #[benchmark]
    fn complete_release() {
        let held = Held::new::<T>();
        trie::prove::<T>(&[version()], &[keys::record_version()], trie::LEAST);
        assert_ok!(Pallet::<T>::governed_release(operator::<T>(), held.id));
        set_time::<T>(held.pay_deadline() + T::ReleaseDelay::get());
        let by = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(by.clone()), held.id);

        held.assert_done::<T>();
        let reference = held.reference();
        let released = Event::<T>::ReleasedByGovernance { id: held.id, tranche: FIRST, by, reference };
        frame_system::Pallet::<T>::assert_last_event(released.into());
    }

    /// A part of what every payer has reserved ahead is executed.
    #[benchmark]
    fn instruct_by_proof(l: Linear<2, 16>, b: Linear<{ trie::LEAST }, { trie::MOST }>) {
        let trade = Trade::new::<T>(l, false);
        trade.covered::<T>(COVERED);
        trade.replace::<T>();
        block_headers::<T>(T::MaxBlockedHeaders::get());
        set_time::<T>(trade.terms.partial_from);
        let keys = [keys::record_version(), keys::commitment(trade.id, FIRST)];
        let proof = trie::prove::<T>(&trade.state(), &keys, b);
        let carrier = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(carrier.clone()), trade.versioned(), trade.instructing.clone(), FIRST, proof);

        trade.assert_executed::<T>(Some(carrier));
    }

    /// The last leg of what is committed already: a part of all is executed.
    #[benchmark]
    fn reserve_ahead(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, false);
        let agent = trade.awaiting_the_last::<T>();
        let (terms, instructing) = (trade.versioned(), trade.instructing.clone());

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), terms, instructing, trade.index(), Quantity::UpTo(LOTS));

        trade.assert_executed::<T>(Some(agent));
    }

    /// The last leg, that executes a part of all of them.
    #[benchmark]
    fn reserve(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, false);
        let agent = trade.awaiting_the_last::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, trade.index(), Quantity::UpTo(LOTS));

        trade.assert_executed::<T>(Some(agent));
    }

    /// By one that stands in for a silent manager.
    #[benchmark]
    fn execute(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, true);
        trade.covered::<T>(COVERED);
        trade.committed::<T>();
        let agent = agent::<T>(&trade.leg(trade.last()).to, Capacity::Delivery);
        trade.replace::<T>();
        set_time::<T>(trade.terms.partial_from);

        #[extrinsic_call]
        _(RawOrigin::Signed(agent.clone()), trade.id, None);

        trade.assert_executed::<T>(Some(agent));
    }

    /// By the last payee, whose payer has reserved less than any part that all take.
    #[benchmark]
    fn refuse(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, false);
        (0..trade.last()).for_each(|leg| trade.reserve_ahead::<T>(leg, LOTS));
        trade.reserve_ahead::<T>(trade.last(), LEAST - 1);
        trade.committed::<T>();
        let payee = trade.leg(trade.last()).to.clone();
        let agent = agent::<T>(&payee, Capacity::Payment);
        trade.replace::<T>();
        let reason: Reason = full(b'w');

        #[extrinsic_call]
        _(RawOrigin::Signed(agent), trade.id, Some(owner::<T>(&payee)), reason);

        trade.assert_rejected::<T>(RejectReason::Refused);
    }

    /// What is reserved whole, and its manager has let pass.
    #[benchmark]
    fn expire(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, true);
        trade.covered::<T>(LOTS);
        trade.committed::<T>();
        trade.replace::<T>();
        set_time::<T>(trade.pay_deadline());
        let carrier = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(carrier), trade.id);

        trade.assert_rejected::<T>(RejectReason::TooLate);
    }

    /// Four keys, one of them absent.
    #[benchmark]
    fn forget_by_proof(b: Linear<{ trie::LEAST }, { trie::MOST }>) {
        let trade = Trade::new::<T>(2, false);
        trade.committed::<T>();
        let payee = signed::<T>(&trade.leg(0).to);
        assert_ok!(Pallet::<T>::refuse(payee, trade.id, None, full(b'w')));
        assert!(Records::<T>::contains_key((trade.id, FIRST)));
        block_headers::<T>(T::MaxBlockedHeaders::get());
        set_time::<T>(trade.pay_deadline());
        let keys = [keys::genesis(), keys::now(), keys::record_version(), keys::commitment(trade.id, FIRST)];
        let now = (keys::now(), trade.pay_deadline().encode());
        let proof = trie::prove::<T>(&[genesis(), now, version()], &keys, b);
        let carrier = carrier::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(carrier), trade.id, FIRST, proof);

        assert!(!Records::<T>::contains_key((trade.id, FIRST)));
    }

    /// A part of what every payer has reserved ahead is executed.
    #[benchmark]
    fn receive_commitment(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, false);
        trade.covered::<T>(COVERED);
        trade.replace::<T>();
        set_time::<T>(trade.terms.partial_from);
        let message = trade.message();

        #[block]
        {
            dispatch::<T>(message);
        }

        trade.assert_executed::<T>(None);
    }

    #[benchmark]
    fn receive_decision() {
        let held = Held::new::<T>();
        let record = held.record();
        let message = VersionedMessage::V1(Message::Decided { id: held.id, tranche: FIRST, record });

        #[block]
        {
            dispatch::<T>(message);
        }

        held.assert_delivered::<T>(None);
    }

    /// The only leg that is reserved, while a payee of another one is sanctioned: the payment ends.
    #[benchmark]
    fn release(l: Linear<3, 16>) {
        let trade = Trade::new::<T>(l, false);
        trade.reserve_ahead::<T>(trade.last(), LOTS);
        let agent = agent::<T>(&trade.leg(trade.last()).from, Capacity::Delivery);
        trade.replace::<T>();
        T::BenchmarkHelper::sanction(owner::<T>(&now::<T>(&trade.leg(0).to)));

        #[extrinsic_call]
        _(RawOrigin::Signed(agent), trade.id, trade.index(), LOTS);

        assert!(!Payments::<T>::contains_key(trade.id), "nothing is left in it");
        assert_eq!(T::Escrow::held(&trade.leg(trade.last()).asset), 0);
    }

    #[benchmark]
    fn sanction_check(l: Linear<2, 16>) {
        let trade = Trade::new::<T>(l, false);
        trade.covered::<T>(LOTS);
        trade.replace::<T>();
        let payment = trade.payment::<T>();
        let last = owner::<T>(&now::<T>(&trade.leg(trade.last()).to));
        T::BenchmarkHelper::sanction(last);
        let found;

        #[block]
        {
            found = Pallet::<T>::sanctioned_parties(&payment);
        }

        assert_eq!(found, [last]);
    }

    /// At a payment that is due and for which the weight does not suffice.
    #[benchmark]
    fn sweep_look() {
        let trade = Trade::new::<T>(MAX_LEGS, false);
        trade.covered::<T>(LOTS);
        set_time::<T>(Bucket::of(trade.pay_deadline()).instant());
        let mut meter = WeightMeter::with_limit(<T as Config>::WeightInfo::sweep_look());

        #[block]
        {
            Pallet::<T>::sweep(&mut meter);
        }

        assert_eq!(trade.payment::<T>().covered(), LOTS);
        assert_eq!(meter.remaining(), Weight::zero(), "it has looked once");
    }
}
