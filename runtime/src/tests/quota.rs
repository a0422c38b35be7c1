//! Tests of the quota: what a participant may use of a minute and of a block.

use super::{dvp, world::*};
use crate::{guard::table::row, *};
use frame_support::dispatch::{DispatchClass, GetDispatchInfo};
use pallet_participants::{CallClass, GuardRefusal, Quota, Resources};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    Perbill,
};
use tandem_primitives::{Body, ParticipantId, Status};

type Directory = pallet_participants::Call<Runtime>;

fn error(refusal: GuardRefusal) -> TransactionValidityError {
    refusal.into()
}

fn claim(to: Sr25519Keyring) -> RuntimeCall {
    pallet_escrow::Call::claim { account: to.to_account_id(), asset: AssetId::WithId(BOND), to: to.to_account_id() }
        .into()
}

fn expire() -> RuntimeCall {
    pallet_settlement::Call::expire { id: Default::default() }.into()
}

fn pay() -> RuntimeCall {
    pallet_assets::Call::transfer { id: EURO.into(), target: id(SELLER), amount: 1 }.into()
}

/// Test helper: uses up the participant's quota of the period outside the lanes.
fn use_up(participant: ParticipantId) {
    let (mut quota, allowance) = Participants::quota_of(participant);
    quota.ordinary = allowance.period;
    Quota::<Runtime>::insert(participant, quota);
}

#[test]
fn an_exhausted_quota_should_stop_what_begins_and_not_what_completes() {
    execute(|| {
        use_up(SELLER_ID);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::QuotaExceeded));
        let nothing = Err(pallet_escrow::Error::<Runtime>::NothingToClaim.into());
        assert_eq!(outcome(SELLER, claim(SELLER)), nothing);
        // Others have their own.
        send_ok(BUYER, pay());
    });
}

#[test]
fn a_quota_should_be_whole_again_in_the_next_period() {
    execute(|| {
        use_up(SELLER_ID);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::QuotaExceeded));
        let period = <Runtime as pallet_participants::Config>::QuotaPeriod::get();
        while !System::block_number().is_multiple_of(period) {
            next_block();
        }
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

#[test]
fn a_quota_should_be_charged_what_was_used() {
    execute(|| {
        let used = || Quota::<Runtime>::get(SELLER_ID).ordinary;
        send_ok(SELLER, pallet_utility::Call::batch { calls: vec![transfer(BUYER, 1)] });
        let one = used();
        assert!(one.time > 0 && one.bytes > 100);
        // The first fails and stops the batch: what was not run is given back.
        let fails = transfer(BUYER, 1_000_000);
        let calls = vec![fails, transfer(BUYER, 1), transfer(BUYER, 1), transfer(BUYER, 1)];
        send_ok(SELLER, pallet_utility::Call::batch { calls });
        assert!(used().time - one.time < 3 * one.time);
    });
}

#[test]
fn chain_h1_one_participant_should_leave_bytes_for_others_in_every_block() {
    execute(|| {
        let (_, network) = Participants::quota_of(SELLER_ID);
        assert_eq!(network.period.bytes, 8 * 1024 * 1024);
        let long = || frame_system::Call::remark { remark: vec![0; 4_000] };
        let sent = (0..2_000).take_while(|_| send(SELLER, long()).is_ok()).count();
        assert!((100..=200).contains(&sent), "a fifth of 3.9 MB, {sent}");
        // As if the block were full: the pool keeps it for the next one.
        assert_eq!(refused(SELLER, long()), InvalidTransaction::ExhaustsResources.into());
        assert_eq!(send(BUYER, pay()), Ok(Ok(())), "after {sent}");
        // A pool that asks whether it is valid asks about the next block.
        let transaction = sign(SELLER, long().into(), 0);
        let valid = Executive::validate_transaction(TransactionSource::External, transaction, Hash::default());
        assert!(valid.is_ok());
    });
}

#[test]
fn chain_h2_the_regulator_should_get_in_when_two_participants_fill_the_block() {
    execute(|| {
        for who in [SELLER, BUYER] {
            for call in [expire, || claim(SELLER), || transfer(BUYER, 0)] {
                (0..10_000).take_while(|_| send(who, call()).is_ok()).count();
            }
        }
        let stop = Directory::set_status { participant: BUYER_ID, status: Status::Sanctioned, reason: reason() };
        assert_eq!(send(REGULATOR, stop), Ok(Ok(())));
    });
}

#[test]
fn chain_h2_a_failing_call_in_a_lane_should_weigh_what_it_did_and_cost_the_ordinary_quota() {
    execute(|| {
        let unknown = Err(pallet_settlement::Error::<Runtime>::NotFound.into());
        assert_eq!(outcome(SELLER, expire()), unknown);
        let ordinary = Quota::<Runtime>::get(SELLER_ID).ordinary;
        // Less than the declared weight of sixteen legs, which is above 5 ms.
        assert!((1..1_000_000_000).contains(&ordinary.time), "{ordinary:?}");
        assert!(ordinary.bytes > 100);
    });
}

#[test]
fn net_p2_a_failing_call_on_a_payment_should_weigh_what_it_did() {
    execute(|| {
        let id = Default::default;
        let calls: [pallet_counterpart::Call<Runtime>; 4] = [
            pallet_counterpart::Call::execute { id: id(), lots: None },
            pallet_counterpart::Call::reserve {
                id: id(),
                leg: Default::default(),
                quantity: tandem_primitives::Quantity::Exactly(1),
            },
            pallet_counterpart::Call::expire { id: id() },
            pallet_counterpart::Call::complete_release { id: id() },
        ];
        for call in calls {
            let before = Quota::<Runtime>::get(SELLER_ID).ordinary.time;
            assert!(outcome(SELLER, call.clone()).is_err());
            let used = Quota::<Runtime>::get(SELLER_ID).ordinary.time - before;
            assert!((1..1_000_000_000).contains(&used), "{call:?} used {used}");
        }
    });
}

#[test]
fn chain_h2_the_reserve_should_be_for_those_who_govern() {
    execute(|| {
        let propose = || Directory::propose { body: tandem_primitives::Body::Operator, hash: Default::default() };
        assert_eq!(refused(SELLER, propose()), error(GuardRefusal::NotAuthorized));
        let batch = pallet_utility::Call::batch { calls: vec![propose().into()] };
        assert_eq!(refused(SELLER, batch), error(GuardRefusal::NotAuthorized));
        // Neither through another's right, if the signer has none.
        let proxy =
            pallet_proxy::Call::proxy { real: id(REGULATOR), force_proxy_type: None, call: Box::new(propose().into()) };
        assert_eq!(refused(SELLER, proxy), error(GuardRefusal::NotAuthorized));
        let used = || *System::block_weight().get(DispatchClass::Operational);
        let before = used();
        send_ok(OPERATOR, propose());
        assert!(used().ref_time() > before.ref_time());
        assert_eq!(Quota::<Runtime>::get(ParticipantId(0)).ordinary, Resources::default());
        // An upgrade that nobody has authorised would fill it, and fail.
        let code = frame_system::Call::apply_authorized_upgrade { code: vec![0; 1_000] };
        assert_eq!(refused(OPERATOR_2, code), InvalidTransaction::Call.into());
    });
}

#[test]
fn chain_m5_instructions_should_be_capped_and_the_operator_should_set_the_cap() {
    execute(|| {
        let (_, network) = Participants::quota_of(SELLER_ID);
        assert_eq!(network.day.instructions, 50_000);
        let lower = pallet_participants::Allowance {
            day: pallet_participants::Opened { instructions: 1, ..network.day },
            ..network
        };
        frame_support::assert_ok!(Participants::set_allowance(RuntimeOrigin::root(), SELLER_ID, Some(lower)));
        send_ok(SELLER, dvp::instruct(dvp::terms("CAP-1")));
        assert_eq!(refused(SELLER, dvp::instruct(dvp::terms("CAP-2"))), error(GuardRefusal::CapReached));
        let batch = pallet_utility::Call::batch { calls: vec![dvp::instruct(dvp::terms("CAP-2"))] };
        assert_eq!(refused(SELLER, batch), error(GuardRefusal::CapReached));
        // No account sends it, the operator's neither.
        let raise = Directory::set_allowance { participant: SELLER_ID, allowance: None };
        assert_eq!(refused(OPERATOR, raise), error(GuardRefusal::Forbidden));
    });
}

// Three participants that use all of their shares, a gateway among them, leave room for a fourth. All lanes together, and
// what overflows from them, leave a fifth of a block to what begins something.
#[test]
fn chain_h2_shares_of_a_block_should_leave_room_for_others() {
    let shares = <Runtime as pallet_participants::Config>::BlockShares::get();
    let (whole, parts) = (Perbill::one().deconstruct(), |share: Perbill, times: u32| share.deconstruct() * times);
    let lanes_of_three = parts(shares.finishing_each, 3) + parts(shares.proof_gateway, 1) + parts(shares.proof_each, 2);
    assert!(parts(shares.ordinary_each, 3) + lanes_of_three < whole);
    assert!(parts(shares.finishing, 1) + parts(shares.proof, 1) + parts(shares.overflow, 1) <= whole / 5 * 4);
    assert_eq!(shares.finishing, Perbill::from_percent(40));
    // Each of four accounts has its part of the reserve.
    assert!(parts(shares.governing_each, 4) <= whole);
}

#[test]
fn chain_h2_decisions_with_issuers_should_stay_outside_the_reserve() {
    for body in Body::ALL {
        let hash = Default::default();
        let remark = || Box::new(RuntimeCall::from(frame_system::Call::remark { remark: vec![] }));
        let calls: [RuntimeCall; 4] = [
            Directory::propose { body, hash }.into(),
            Directory::approve { body, call: remark() }.into(),
            Directory::enact { body, call: remark() }.into(),
            Directory::withdraw_proposal { body, hash }.into(),
        ];
        let expected = match body {
            Body::IssuerAndRegulator => (CallClass::Ordinary, DispatchClass::Normal),
            Body::Operator | Body::Regulator | Body::OperatorAndRegulator | Body::OperatorAndOneRegulator => {
                (CallClass::Governing, DispatchClass::Operational)
            }
        };
        for call in calls {
            assert_eq!((row(&call).class, call.get_dispatch_info().class), expected, "{call:?}");
        }
    }
}
