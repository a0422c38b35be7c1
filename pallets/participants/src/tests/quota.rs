use super::helpers::*;
use crate::{mock::*, types::QuotaUse, CallClass, Guard, GuardRefusal, Quota};
use polkadot_sdk::*;

use frame_support::{
    assert_ok,
    dispatch::{DispatchInfo, DispatchResultWithPostInfo, PostDispatchInfo},
    traits::Get,
    weights::Weight,
};
use sp_runtime::{
    traits::DispatchTransaction,
    transaction_validity::{InvalidTransaction, TransactionValidityError},
    DispatchError,
};
use tandem_primitives::{AccountId, Role};

const EXCEEDED: TransactionValidityError =
    TransactionValidityError::Invalid(InvalidTransaction::Custom(GuardRefusal::QuotaExceeded as u8));

/// Sends, in a block of its own, a call that declares so many seconds and uses `actual`.
fn send(
    who: AccountId,
    declared: u64,
    actual: Option<u64>,
) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
    System::set_block_number(System::block_number() + 1);
    send_in_block(who, ref_time(declared), actual.map(ref_time))
}

/// The same, by weight, in the block that stands.
fn send_in_block(
    who: AccountId,
    declared: Weight,
    actual_weight: Option<Weight>,
) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
    let call = frame_system::Call::remark { remark: vec![] }.into();
    let info = DispatchInfo { call_weight: declared, ..Default::default() };
    let post = PostDispatchInfo { actual_weight, ..Default::default() };
    Guard::<Test>::new().test_run(signed(who), &call, &info, 0, 0, |_| Ok(post))
}

fn ref_time(seconds: u64) -> Weight {
    seconds_of(seconds)
}

fn seconds_of(number: u64) -> Weight {
    Weight::from_parts(seconds(number).ref_time(), 0)
}

fn used(participant: tandem_primitives::ParticipantId) -> (Weight, Weight) {
    let QuotaUse { ordinary, finishing, .. } = Quota::<Test>::get(participant);
    (ordinary, finishing)
}

#[test]
fn declared_weight_should_be_charged_to_the_participant_and_refunded_to_what_was_used() {
    run(|| {
        assert_ok!(send(TRADER_1, 2, None).unwrap());
        assert_eq!(used(TRADER), (seconds_of(2), Weight::zero()));
        assert_ok!(send(TRADER_2, 2, Some(1)).unwrap());
        assert_eq!(used(TRADER), (seconds_of(3), Weight::zero()));
        assert_eq!(Participants::quota_left(TRADER).0.ref_time(), seconds_of(1).ref_time());
        // Two seconds are declared, one is left.
        assert_eq!(send(TRADER_1, 2, Some(1)).unwrap_err(), EXCEEDED);
        assert_ok!(send(TRADER_1, 1, Some(0)).unwrap());
        assert_eq!(used(TRADER), (seconds_of(3), Weight::zero()));
        // Others have their own.
        assert_ok!(send(BANK_1, 4, None).unwrap());
        assert_eq!(used(BANK), (seconds_of(4), Weight::zero()));
    });
}

#[test]
fn a_failed_call_should_be_charged_for_what_it_used() {
    run(|| {
        let call = frame_system::Call::remark { remark: vec![] }.into();
        let info = DispatchInfo { call_weight: seconds_of(3), ..Default::default() };
        let failed = |_| {
            let post_info = PostDispatchInfo { actual_weight: Some(seconds_of(1)), ..Default::default() };
            Err(sp_runtime::DispatchErrorWithPostInfo { post_info, error: DispatchError::Other("no") })
        };
        assert!(Guard::<Test>::new().test_run(signed(TRADER_1), &call, &info, 0, 0, failed).unwrap().is_err());
        assert_eq!(used(TRADER), (seconds_of(1), Weight::zero()));
    });
}

#[test]
fn a_quota_should_begin_again_with_its_period() {
    run(|| {
        assert_ok!(send(TRADER_1, 4, None).unwrap());
        System::set_block_number(PERIOD - 2);
        assert_eq!(send(TRADER_1, 1, None).unwrap_err(), EXCEEDED);
        assert_ok!(send(TRADER_1, 1, None).unwrap());
        assert_eq!(System::block_number(), PERIOD);
        let expected = QuotaUse {
            period: 1,
            ordinary: seconds_of(1),
            finishing: Weight::zero(),
            block: PERIOD as u32,
            in_block: seconds_of(1),
        };
        assert_eq!(Quota::<Test>::get(TRADER), expected);
    });
}

#[test]
fn what_only_finishes_should_have_an_allowance_of_its_own() {
    run(|| {
        assert_ok!(send(TRADER_1, 4, None).unwrap());
        classify_as(Ok(vec![(TRADER_1, CallClass::Finishing)]));
        assert_ok!(send(TRADER_1, 5, Some(4)).unwrap());
        assert_eq!(used(TRADER), (seconds_of(4), seconds_of(4)));
        assert_ok!(send(TRADER_1, 1, None).unwrap());
        assert_eq!(send(TRADER_1, 1, None).unwrap_err(), EXCEEDED);
        assert_eq!(Participants::quota_left(TRADER).1.ref_time(), 0);
    });
}

#[test]
fn a_gateway_should_have_more() {
    run(|| {
        assert_ok!(send(GATEWAY_1, 8, None).unwrap());
        assert_eq!(send(GATEWAY_1, 1, None).unwrap_err(), EXCEEDED);
        classify_as(Ok(vec![(GATEWAY_1, CallClass::Finishing)]));
        assert_ok!(send(GATEWAY_1, 8, None).unwrap());
        assert_eq!(send(GATEWAY_1, 1, None).unwrap_err(), EXCEEDED);
        assert_eq!(Participants::quota_left(TRADER), (seconds(4), seconds(5)));
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), TRADER, roles(&[Role::Gateway])));
        assert_eq!(Participants::quota_left(TRADER), (seconds(8), seconds(8)));
    });
}

#[test]
fn the_signer_should_be_charged_and_not_for_whom_it_acts() {
    run(|| {
        classify_as(Ok(vec![(TRADER_1, CallClass::Ordinary)]));
        assert_ok!(send(BANK_1, 1, None).unwrap());
        assert_eq!(used(BANK), (seconds_of(1), Weight::zero()));
        assert!(!Quota::<Test>::contains_key(TRADER));
    });
}

fn room_in_a_block() -> Weight {
    let blocks: frame_system::limits::BlockWeights = <Test as frame_system::Config>::BlockWeights::get();
    let room = blocks.get(frame_support::dispatch::DispatchClass::Normal).max_total.unwrap();
    Weight::from_parts(room.ref_time(), 0)
}

/// As a full block answers, so that the pool keeps the transaction.
const NEXT_BLOCK: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);

#[test]
fn a_participant_should_leave_room_in_a_block() {
    run(|| {
        let eighth = room_in_a_block() / 8;
        for _ in 0..3 {
            assert_ok!(send_in_block(TRADER_1, eighth, None).unwrap());
        }
        // What was not used is given back here too, and what only finishes counts as well.
        assert_ok!(send_in_block(TRADER_1, eighth, Some(Weight::zero())).unwrap());
        classify_as(Ok(vec![(TRADER_2, CallClass::Finishing)]));
        assert_ok!(send_in_block(TRADER_2, eighth, None).unwrap());
        for class in [CallClass::Finishing, CallClass::Ordinary] {
            classify_as(Ok(vec![(TRADER_1, class)]));
            let one = Weight::from_parts(1, 0);
            assert_eq!(send_in_block(TRADER_1, one, None).unwrap_err(), NEXT_BLOCK);
        }
        classify_as(Ok(vec![(BANK_1, CallClass::Ordinary)]));
        assert_ok!(send_in_block(BANK_1, eighth, None).unwrap());
        // A gateway has more of the block.
        classify_as(Ok(vec![(GATEWAY_1, CallClass::Ordinary)]));
        for _ in 0..6 {
            assert_ok!(send_in_block(GATEWAY_1, eighth, None).unwrap());
        }
        assert_eq!(send_in_block(GATEWAY_1, eighth, None).unwrap_err(), NEXT_BLOCK);
        // And the next block has room again.
        System::set_block_number(System::block_number() + 1);
        classify_as(Ok(vec![(TRADER_1, CallClass::Ordinary)]));
        assert_ok!(send_in_block(TRADER_1, eighth, None).unwrap());
    });
}

#[test]
fn what_is_heavier_than_a_share_should_be_admitted_first_in_a_block() {
    run(|| {
        let most = room_in_a_block() / 8 * 7;
        assert_ok!(send_in_block(TRADER_1, most, None).unwrap());
        assert_eq!(send_in_block(TRADER_1, Weight::from_parts(1, 0), None).unwrap_err(), NEXT_BLOCK);
        System::set_block_number(System::block_number() + 1);
        assert_ok!(send_in_block(TRADER_1, Weight::from_parts(1, 0), None).unwrap());
        assert_eq!(send_in_block(TRADER_1, most, None).unwrap_err(), NEXT_BLOCK);
    });
}
