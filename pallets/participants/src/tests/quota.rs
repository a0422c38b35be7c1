use super::helpers::*;
use crate::{
    extension::{GOVERNING_PRIORITY, LANE_PRIORITY},
    mock::*,
    types::{Allowance, LaneUse, Opened, QuotaUse, Resources},
    Access, BlockLanes, Classified, Effective, Error, Event, Guard, GuardRefusal, Lane, Quota,
};
use polkadot_sdk::*;

use frame_support::{
    assert_noop, assert_ok,
    dispatch::{DispatchClass, DispatchInfo, DispatchResultWithPostInfo, PostDispatchInfo},
    traits::Hooks,
    weights::Weight,
};
use sp_runtime::{
    traits::DispatchTransaction,
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    DispatchError, DispatchErrorWithPostInfo,
};
use tandem_primitives::{AccountId, ParticipantId, Role};

type Sent = Result<DispatchResultWithPostInfo, TransactionValidityError>;

fn refusal(refusal: GuardRefusal) -> TransactionValidityError {
    refusal.into()
}

/// Answer of the guard to a transaction that has no room in this block, so that the pool keeps it for the next.
const NEXT_BLOCK: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);

/// Transaction of a test: its class, declared and used milliseconds, bytes, and its result.
#[derive(Clone, Copy)]
struct Tx {
    class: DispatchClass,
    declared: u64,
    used: Option<u64>,
    bytes: usize,
    fails: bool,
}

const fn tx(declared: u64) -> Tx {
    Tx { class: DispatchClass::Normal, declared, used: None, bytes: 0, fails: false }
}

impl Tx {
    fn used(self, used: u64) -> Self {
        Self { used: Some(used), ..self }
    }
    fn bytes(self, bytes: usize) -> Self {
        Self { bytes, ..self }
    }
    fn fails(self) -> Self {
        Self { fails: true, ..self }
    }
    fn governs(self) -> Self {
        Self { class: DispatchClass::Operational, ..self }
    }
    fn info(self) -> DispatchInfo {
        DispatchInfo {
            call_weight: Weight::from_parts(millis(self.declared), 0),
            class: self.class,
            ..Default::default()
        }
    }
    fn send(self, who: AccountId) -> Sent {
        let call = frame_system::Call::remark { remark: vec![] }.into();
        let actual_weight = self.used.map(|used| Weight::from_parts(millis(used), 0));
        let post_info = PostDispatchInfo { actual_weight, ..Default::default() };
        let end = |_| match self.fails {
            true => Err(DispatchErrorWithPostInfo { post_info, error: DispatchError::Other("no") }),
            false => Ok(post_info),
        };
        Guard::<Test>::new().test_run(signed(who), &call, &self.info(), self.bytes, 0, end)
    }
    fn priority(self, who: AccountId) -> u64 {
        let call = frame_system::Call::remark { remark: vec![] }.into();
        Guard::<Test>::new()
            .validate_only(signed(who), &call, &self.info(), self.bytes, TransactionSource::External, 0)
            .map_or(0, |(valid, ..)| valid.priority)
    }
}

fn next_block() {
    Participants::on_finalize(System::block_number());
    System::set_block_number(System::block_number() + 1);
    Participants::on_initialize(System::block_number());
}

fn in_lane(who: AccountId, lane: Lane) {
    let access = if lane == Lane::Ordinary { Access::Start } else { Access::Finish };
    classify_as(Ok(Classified { lane, ..acts_for(&[(who, access)]) }));
}

fn opening(who: AccountId, opened: Opened) {
    classify_as(Ok(Classified { opened, ..acts_for(&[(who, Access::Start)]) }));
}

fn quota(participant: ParticipantId) -> QuotaUse {
    Quota::<Test>::get(participant)
}

fn of(time: u64, bytes: u64) -> Resources {
    Resources { time: millis(time), bytes }
}

#[test]
fn time_and_bytes_should_be_charged_to_the_participant_and_time_refunded() {
    run(|| {
        assert_ok!(tx(100).bytes(500).send(TRADER_1).unwrap());
        assert_eq!(quota(TRADER).ordinary, of(100, 500));
        assert_ok!(tx(40).used(10).bytes(500).send(TRADER_2).unwrap());
        assert_eq!(quota(TRADER).ordinary, of(110, 1_000));
        assert_eq!(quota(TRADER).in_block.ordinary, of(110, 1_000));
        // Others have their own.
        assert_ok!(tx(150).send(BANK_1).unwrap());
        assert_eq!(quota(BANK).ordinary, of(150, 0));
    });
}

#[test]
fn a_failed_call_should_be_charged_for_what_it_used() {
    run(|| {
        assert!(tx(100).used(30).fails().send(TRADER_1).unwrap().is_err());
        assert_eq!(quota(TRADER).ordinary, of(30, 0));
    });
}

#[test]
fn a_quota_should_end_and_begin_again_with_its_period() {
    run(|| {
        for _ in 0..4 {
            assert_ok!(tx(100).send(TRADER_1).unwrap());
            next_block();
        }
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        System::set_block_number(PERIOD);
        assert_ok!(tx(1).send(TRADER_1).unwrap());
        assert_eq!((quota(TRADER).period, quota(TRADER).ordinary), (1, of(1, 0)));
    });
}

#[test]
fn bytes_should_end_a_quota_too() {
    run(|| {
        assert_ok!(tx(1).bytes(600_000).send(TRADER_1).unwrap());
        next_block();
        assert_eq!(tx(1).bytes(600_000).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        assert_ok!(tx(1).bytes(400_000).send(TRADER_1).unwrap());
    });
}

#[test]
fn chain_h1_one_participant_should_have_a_share_of_a_blocks_bytes_and_time() {
    run(|| {
        // A fifth: 150 ms, 786,432 bytes.
        assert_ok!(tx(1).bytes(786_432).send(TRADER_1).unwrap());
        assert_eq!(tx(1).bytes(1).send(TRADER_2).unwrap_err(), NEXT_BLOCK);
        assert_ok!(tx(1).bytes(786_432).send(BANK_1).unwrap());
        next_block();
        assert_ok!(tx(150).send(TRADER_1).unwrap());
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), NEXT_BLOCK);
        // What was not used is free again in the same block.
        assert_ok!(tx(150).used(0).send(CUSTODIAN_1).unwrap());
        assert_ok!(tx(150).send(CUSTODIAN_1).unwrap());
        // What is larger than the share is refused for good: the pool need not keep it.
        next_block();
        assert_eq!(tx(151).send(BANK_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        assert_eq!(tx(1).bytes(786_433).send(BANK_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
    });
}

#[test]
fn what_finishes_should_have_a_lane_and_overflow_into_the_ordinary_share() {
    run(|| {
        in_lane(TRADER_1, Lane::Finishing);
        assert_eq!(tx(30).priority(TRADER_1), LANE_PRIORITY);
        // 4 % of 750 ms for one participant.
        assert_ok!(tx(30).send(TRADER_1).unwrap());
        assert_eq!((quota(TRADER).ordinary, quota(TRADER).in_block.finishing), (of(0, 0), of(30, 0)));
        assert_eq!(tx(1).priority(TRADER_1), 0);
        assert_ok!(tx(10).used(5).send(TRADER_1).unwrap());
        assert_eq!(quota(TRADER).ordinary, of(5, 0));
        let lanes = LaneUse { finishing: of(30, 0), overflow: of(5, 0), ..Default::default() };
        assert_eq!(BlockLanes::<Test>::get(), lanes);
        // The overflow of all together ends at 20 % of 750 ms: the rest is for what begins.
        assert_ok!(tx(145).send(TRADER_1).unwrap());
        in_lane(BANK_1, Lane::Finishing);
        assert_eq!(tx(31).send(BANK_1).unwrap_err(), NEXT_BLOCK);
        assert_ok!(tx(30).send(BANK_1).unwrap());
        in_lane(BANK_1, Lane::Ordinary);
        assert_ok!(tx(150).send(BANK_1).unwrap());
        next_block();
        assert_eq!(BlockLanes::<Test>::get(), LaneUse::default());
        in_lane(TRADER_1, Lane::Finishing);
        assert_eq!(tx(30).priority(TRADER_1), LANE_PRIORITY);
    });
}

#[test]
fn a_used_up_quota_should_leave_the_lanes_open() {
    run(|| {
        for _ in 0..4 {
            assert_ok!(tx(100).send(TRADER_1).unwrap());
            next_block();
        }
        in_lane(TRADER_1, Lane::Finishing);
        assert_ok!(tx(30).send(TRADER_1).unwrap());
        // The lane has room again in the next block, the quota has not.
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), NEXT_BLOCK);
        assert_eq!(tx(31).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
    });
}

#[test]
fn the_lanes_should_end_for_all_together() {
    run(|| {
        let lanes = LaneUse { finishing: of(299, 0), proof: of(150, 0), overflow: of(149, 0), ..Default::default() };
        BlockLanes::<Test>::put(lanes);
        in_lane(TRADER_1, Lane::Finishing);
        assert_ok!(tx(1).send(TRADER_1).unwrap());
        assert_ok!(tx(1).send(TRADER_1).unwrap());
        assert_eq!(quota(TRADER).ordinary, of(1, 0));
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), NEXT_BLOCK);
        in_lane(GATEWAY_1, Lane::Proof);
        assert_eq!(tx(1).send(GATEWAY_1).unwrap_err(), NEXT_BLOCK);
    });
}

#[test]
fn proofs_should_have_a_lane_of_which_a_gateway_has_half() {
    run(|| {
        in_lane(GATEWAY_1, Lane::Proof);
        assert_eq!(tx(75).priority(GATEWAY_1), LANE_PRIORITY);
        assert_ok!(tx(75).send(GATEWAY_1).unwrap());
        assert_eq!(tx(1).priority(GATEWAY_1), 0);
        in_lane(TRADER_1, Lane::Proof);
        assert_eq!(tx(16).priority(TRADER_1), 0);
        assert_ok!(tx(15).send(TRADER_1).unwrap());
        assert_eq!(BlockLanes::<Test>::get().proof, of(90, 0));
    });
}

#[test]
fn chain_h2_what_fails_in_a_lane_should_be_charged_to_the_ordinary_quota_beyond_its_end() {
    for lane in [Lane::Finishing, Lane::Proof] {
        run(|| {
            for _ in 0..4 {
                assert_ok!(tx(100).send(TRADER_1).unwrap());
                next_block();
            }
            in_lane(TRADER_1, lane);
            assert!(tx(15).used(5).bytes(7).fails().send(TRADER_1).unwrap().is_err());
            assert_eq!(quota(TRADER).ordinary, of(405, 7));
            // The next period begins with what is owed.
            System::set_block_number(PERIOD);
            in_lane(TRADER_1, Lane::Ordinary);
            assert_ok!(tx(1).send(TRADER_1).unwrap());
            assert_eq!(quota(TRADER).ordinary, of(6, 0));
        });
    }
}

#[test]
fn chain_h2_those_who_govern_should_have_a_reserve_and_one_account_a_quarter_of_it() {
    run(|| {
        // A quarter of 250 ms.
        assert_eq!(tx(60).governs().priority(REG_1), GOVERNING_PRIORITY);
        assert_ok!(tx(60).governs().send(REG_1).unwrap());
        assert_eq!(tx(3).governs().send(REG_1).unwrap_err(), NEXT_BLOCK);
        // Another account of the same participant has its own.
        assert_ok!(tx(60).governs().send(REG_1B).unwrap());
        assert_ok!(tx(60).governs().send(OP_1).unwrap());
        // It costs them nothing of their quotas.
        assert_eq!(quota(REGULATOR).ordinary, of(0, 0));
        // Nobody else gets in, whatever is inside.
        for who in [TRADER_1, ISSUER_1, GATEWAY_1] {
            assert_eq!(tx(1).governs().send(who).unwrap_err(), refusal(GuardRefusal::NotAuthorized));
        }
        next_block();
        assert_ok!(tx(60).governs().used(1).send(REG_1).unwrap());
        assert_ok!(tx(60).governs().send(REG_1).unwrap());
    });
}

#[test]
fn chain_h1_one_governing_key_should_not_fill_a_block_by_bytes_or_by_time() {
    run(|| {
        // A quarter of 250 ms and of 1,310,720 bytes, also as an account's first and only act in a block.
        for heavy in [tx(63), tx(1).bytes(327_681), tx(1).bytes(4_000_000)] {
            assert_eq!(heavy.governs().send(OP_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        }
        assert_ok!(tx(1).bytes(327_679).governs().send(OP_1).unwrap());
        assert_eq!(tx(1).bytes(2).governs().send(OP_1).unwrap_err(), NEXT_BLOCK);
        // The code of an upgrade that was authorised is larger and heavier.
        in_lane(OP_2, Lane::Upgrade);
        assert_ok!(tx(170).bytes(2_000_000).governs().send(OP_2).unwrap());
        // It is nobody's who does not govern, and nothing outside the reserve.
        in_lane(TRADER_1, Lane::Upgrade);
        assert_eq!(tx(170).governs().send(TRADER_1).unwrap_err(), refusal(GuardRefusal::NotAuthorized));
        assert_eq!(tx(170).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
    });
}

#[test]
fn chain_h1_ordinary_calls_of_one_governing_key_should_use_up_nothing_of_the_others() {
    run(|| {
        for _ in 0..11 {
            // A quarter of 250 ms, of what is kept for those who govern.
            assert_ok!(tx(62).send(REG_1).unwrap());
            assert_eq!(tx(1).send(REG_1).unwrap_err(), NEXT_BLOCK);
            assert_ok!(tx(1).governs().send(REG_1B).unwrap());
            assert_ok!(tx(60).send(REG_1B).unwrap());
            next_block();
        }
        assert_eq!(quota(REGULATOR).ordinary, of(0, 0));
        assert_eq!(tx(60).priority(REG_1), GOVERNING_PRIORITY);
        assert_eq!(tx(63).send(REG_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        // What was not used is free again.
        assert_ok!(tx(62).used(2).send(REG_1).unwrap());
        assert_ok!(tx(60).used(1).send(REG_1).unwrap());
        // What completes something has its lane, as for anybody.
        in_lane(REG_1, Lane::Finishing);
        assert_ok!(tx(30).send(REG_1).unwrap());
        assert_eq!(quota(REGULATOR).in_block.finishing, of(30, 0));
    });
}

#[test]
fn chain_h3_a_key_whose_rights_were_taken_should_use_up_no_quota() {
    run(|| {
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        let lowered = || {
            let effective = vec![Effective { rightless: true, ..Effective::new(TRADER_2, Access::Finish) }];
            // Also in a wrapper, which has no lane of its own.
            classify_as(Ok(Classified { effective, ..acts_for(&[]) }));
        };
        lowered();
        // Half of 4 % of 750 ms: the other half is for the other accounts.
        assert_eq!(tx(15).priority(TRADER_2), LANE_PRIORITY);
        assert!(tx(15).fails().send(TRADER_2).unwrap().is_err());
        assert_eq!(tx(1).send(TRADER_2).unwrap_err(), NEXT_BLOCK);
        assert_eq!(tx(16).send(TRADER_2).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        assert_eq!((quota(TRADER).ordinary, quota(TRADER).in_block.finishing), (of(0, 0), of(15, 0)));
        in_lane(TRADER_1, Lane::Finishing);
        assert_ok!(tx(15).send(TRADER_1).unwrap());
        assert_eq!(quota(TRADER).ordinary, of(0, 0));
        next_block();
        lowered();
        assert_ok!(tx(15).used(5).send(TRADER_2).unwrap());
        assert_ok!(tx(10).send(TRADER_2).unwrap());
        assert_eq!(BlockLanes::<Test>::get().finishing, of(15, 0));
    });
}

#[test]
fn chain_m5_opened_state_should_be_capped_by_day_and_kind() {
    run(|| {
        for (one, cap) in [(Opened::INSTRUCTION, 5), (Opened::PAYMENT, 3), (Opened::OTHER, 2)] {
            opening(TRADER_1, one);
            for _ in 0..cap {
                assert_ok!(tx(1).send(TRADER_1).unwrap());
            }
            assert_eq!(tx(1).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::CapReached));
        }
        // What opens nothing goes on, and so do others.
        opening(TRADER_1, Opened::default());
        assert_ok!(tx(1).send(TRADER_1).unwrap());
        opening(BANK_1, Opened { instructions: 6, ..Default::default() });
        assert_eq!(tx(1).send(BANK_1).unwrap_err(), refusal(GuardRefusal::CapReached));
        opening(BANK_1, Opened { instructions: 5, ..Default::default() });
        // A call that failed has opened nothing.
        assert!(tx(1).fails().send(BANK_1).unwrap().is_err());
        assert_ok!(tx(1).send(BANK_1).unwrap());
        System::set_block_number(DAY);
        assert_ok!(tx(1).send(BANK_1).unwrap());
    });
}

#[test]
fn set_allowance_should_count_at_once_and_be_for_two_of_the_operator() {
    run(|| {
        opening(TRADER_1, Opened::INSTRUCTION);
        assert_ok!(tx(100).send(TRADER_1).unwrap());
        let lower = Allowance { period: of(100, 1_000_000), day: Opened { instructions: 1, ..ALLOWANCE.day } };
        assert_noop!(Participants::set_allowance(signed(OP_1), TRADER, Some(lower)), Error::<Test>::NeedsOtherBody);
        assert_noop!(Participants::set_allowance(signed(TRADER_1), TRADER, Some(lower)), DispatchError::BadOrigin);
        let unknown = Participants::set_allowance(RuntimeOrigin::root(), ParticipantId(99), Some(lower));
        assert_noop!(unknown, Error::<Test>::ParticipantNotFound);
        // Less is a stop, more of anything waits.
        let stop = || crate::Origin::Approved { body: crate::Body::Operator, issuer: None }.into();
        let more = Allowance { period: of(401, 1_000_000), day: Opened { others: 0, ..ALLOWANCE.day } };
        assert_noop!(Participants::set_allowance(stop(), TRADER, Some(more)), Error::<Test>::NeedsOtherBody);
        assert_ok!(Participants::set_allowance(stop(), TRADER, Some(lower)));
        expect_event(Event::AllowanceChanged { participant: TRADER, old: None, new: Some(lower) });
        assert_noop!(Participants::set_allowance(stop(), TRADER, None), Error::<Test>::NeedsOtherBody);
        // Nobody stops operator or regulator by it, the operator neither.
        for governor in [OPERATOR, REGULATOR] {
            let less = Participants::set_allowance(stop(), governor, Some(lower));
            assert_noop!(less, Error::<Test>::NeedsOtherBody);
        }
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::CapReached));
        opening(TRADER_1, Opened::default());
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        assert_eq!(Participants::quota_of(TRADER).1, lower);
        // It stays when counters begin again.
        System::set_block_number(DAY);
        assert_ok!(tx(100).send(TRADER_1).unwrap());
        assert_eq!(tx(1).send(TRADER_1).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        assert_ok!(Participants::set_allowance(RuntimeOrigin::root(), TRADER, None));
        assert_ok!(tx(50).send(TRADER_1).unwrap());
    });
}

/// Registers a participant as one account of the operator does.
fn newcomer(number: u32, account: AccountId) -> ParticipantId {
    let of = (roles(&[Role::Trader]), accounts(std::slice::from_ref(&account)));
    assert_ok!(Participants::register(signed(OP_1), text("Newcomer"), lei(number), of.0, of.1, Default::default()));
    record(&account).participant
}

#[test]
fn whom_one_operator_account_registers_should_begin_with_less() {
    run(|| {
        let new = newcomer(40, fresh(1));
        assert_eq!(Participants::quota_of(new).1, STARTING);
        assert_ok!(tx(150).send(fresh(1)).unwrap());
        next_block();
        assert_eq!(tx(51).send(fresh(1)).unwrap_err(), refusal(GuardRefusal::QuotaExceeded));
        // Two accounts of the operator take more from it at once, and it goes on sharing its place in a block.
        let two = || crate::Origin::Approved { body: crate::Body::Operator, issuer: None }.into();
        let lower = Allowance { day: Opened { instructions: 1, ..STARTING.day }, ..STARTING };
        assert_noop!(Participants::set_allowance(two(), new, None), Error::<Test>::NeedsOtherBody);
        assert_ok!(Participants::set_allowance(two(), new, Some(lower)));
        expect_event(Event::AllowanceChanged { participant: new, old: Some(STARTING), new: Some(lower) });
        assert_noop!(Participants::set_allowance(two(), new, Some(STARTING)), Error::<Test>::NeedsOtherBody);
        assert!(quota(new).is_starting);
        // As root, after the enactment delay, they give it what the others have.
        assert_ok!(Participants::set_allowance(RuntimeOrigin::root(), new, None));
        expect_event(Event::AllowanceChanged { participant: new, old: Some(lower), new: None });
        assert_eq!(Participants::quota_of(new).1, ALLOWANCE);
        assert_ok!(tx(51).send(fresh(1)).unwrap());
        // Whom two accounts or root register begins with all of it.
        let of = (roles(&[Role::Trader]), accounts(&[fresh(2)]));
        let root = RuntimeOrigin::root();
        assert_ok!(Participants::register(root, text("Bank"), lei(41), of.0, of.1, Default::default()));
        assert_eq!(Participants::quota_of(record(&fresh(2)).participant).1, ALLOWANCE);
    });
}

/// The room of a block, ordinary and in each lane, is that of one participant for all that are starting.
#[test]
fn participants_that_are_starting_should_share_one_place_in_a_block() {
    run(|| {
        for number in 1..=2 {
            newcomer(40 + number, fresh(number as u8));
        }
        for (lane, each) in [(Lane::Ordinary, 150), (Lane::Finishing, 30), (Lane::Proof, 15)] {
            next_block();
            in_lane(fresh(1), lane);
            assert_ok!(tx(each).used(each - 1).send(fresh(1)).unwrap());
            in_lane(fresh(2), lane);
            // What the first has not used is there for the second, and no more. A lane overflows into what is ordinary.
            let place = |sent: Sent| sent.map(|_| BlockLanes::<Test>::get());
            let lanes = place(tx(1).send(fresh(2))).unwrap();
            assert_eq!(lanes.overflow, of(0, 0));
            match lane {
                Lane::Ordinary => assert_eq!(tx(1).send(fresh(2)).unwrap_err(), NEXT_BLOCK),
                Lane::Finishing | Lane::Proof | Lane::Upgrade => {
                    let lanes = place(tx(1).send(fresh(2))).unwrap();
                    assert_eq!((lanes.overflow, lanes.starting.ordinary), (of(1, 0), of(1, 0)));
                }
            }
            // Others have theirs.
            in_lane(TRADER_1, lane);
            assert_ok!(tx(each).send(TRADER_1).unwrap());
        }
        next_block();
        assert_eq!(BlockLanes::<Test>::get(), LaneUse::default());
    });
}

#[test]
fn the_signer_should_be_charged_and_not_for_whom_it_acts() {
    run(|| {
        in_lane(TRADER_1, Lane::Ordinary);
        assert_ok!(tx(100).send(BANK_1).unwrap());
        assert_eq!(quota(BANK).ordinary, of(100, 0));
        assert!(!Quota::<Test>::contains_key(TRADER));
        // The role counts by the signer as well: nobody has a gateway's lane by naming it.
        in_lane(GATEWAY_1, Lane::Proof);
        assert_eq!(tx(75).priority(BANK_1), 0);
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), BANK, roles(&[Role::Gateway])));
        next_block();
        assert_eq!(tx(75).priority(BANK_1), LANE_PRIORITY);
    });
}
