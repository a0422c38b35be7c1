//! Tests with one stolen key of a trader that trades and moves, beside one that administers and has the assets.

use super::thief::*;
use crate::{
    tests::{dvp, world::*},
    *,
};
use codec::Encode;
use pallet_participants::{Call as Directory, GuardRefusal};
use tandem_primitives::{instruction_id, Body, LegIndex, Quantity, Right, Rights, Role, VersionedTerms};

fn pay(to: sp_keyring::Sr25519Keyring, amount: Balance) -> RuntimeCall {
    pallet_assets::Call::transfer { id: EURO.into(), target: id(to), amount }.into()
}

/// Test helper: runs a test in which the buyer's second account, with 500 of the buyer's 100,000, was stolen.
fn stolen(test: impl FnOnce()) {
    execute_with_delay(|| {
        send_ok(BUYER, pay(BUYER_2, 500));
        test();
    });
}

#[test]
fn chain_h3_a_thief_of_one_trading_key_should_get_what_its_account_has_and_no_more() {
    stolen(|| {
        let accomplice = register(&[Role::Custodian, Role::SettlementBank], &[(ACCOMPLICE.to_account_id(), &[])]);
        not_administering(BUYER_2, appointments(accomplice));
        not_administering(BUYER_2, grabs(BUYER_ID, BUYER, BUYER_2));
        // A trade from the other account: it agrees to it, and gives nothing.
        let VersionedTerms::V1(mut terms) = dvp::terms("STOLEN");
        for leg in terms.legs.iter_mut() {
            leg.from = BUYER.to_account_id();
            leg.to = SELLER.to_account_id();
            leg.asset = AssetId::WithId(EURO);
        }
        let terms = VersionedTerms::V1(terms);
        let trade = instruction_id(System::block_hash(0), &BUYER_2.to_account_id(), terms.hash());
        send_ok(BUYER_2, dvp::instruct(terms.clone()));
        let reserve = pallet_settlement::Call::reserve { id: trade, leg: LegIndex(0), quantity: Quantity::Exactly(1) };
        assert_eq!(outcome(BUYER_2, reserve), Err(pallet_settlement::Error::<Runtime>::NotAuthorized.into()));
        assert_eq!((balance(EURO, BUYER), balance(EURO, SELLER)), (99_500, 0));
        // What the account has is gone.
        send_ok(BUYER_2, pay(SELLER, 500));
        assert_eq!((balance(EURO, BUYER), balance(EURO, BUYER_2), balance(EURO, SELLER)), (99_500, 0, 500));
    });
}

// The way back: the account that administers stops the key at once, and nothing that comes later can leave.
#[test]
fn a_stolen_trading_key_should_be_stopped_at_once() {
    stolen(|| {
        send_ok(BUYER, Directory::lower_rights { account: BUYER_2.to_account_id(), rights: rights(&[]) });
        assert_eq!(rights_of(BUYER_2), Rights::NONE);
        // The guard lets it send nothing, and the asset does not leave the account either.
        for call in [pay(SELLER, 500), dvp::instruct(dvp::terms("AFTER"))] {
            assert_eq!(refused(BUYER_2, call), GuardRefusal::NotAuthorized.into());
        }
        let by = RuntimeOrigin::signed(BUYER_2.to_account_id());
        let moved = Assets::transfer(by, EURO.into(), id(SELLER), 500);
        assert_eq!(moved, Err(pallet_assets::Error::<Runtime>::BalanceLow.into()));
        assert_eq!(balance(EURO, BUYER_2), 500);
    });
}

fn remark(bytes: usize) -> RuntimeCall {
    frame_system::Call::remark { remark: vec![0; bytes] }.into()
}

// A thief that knows it will be stopped sends as much as its participant may, so that nobody is left to stop it.
#[test]
fn chain_h3_a_used_up_quota_should_not_keep_a_stolen_key_from_being_stopped() {
    stolen(|| {
        for _ in 0..11 {
            send_ok(BUYER_2, remark(700_000));
            next_block();
        }
        let left = || {
            let (quota, allowance) = Participants::quota_of(BUYER_ID);
            usize::try_from(allowance.period.bytes - quota.ordinary.bytes).expect("8 MiB")
        };
        let around = sign(BUYER_2, remark(left()), 0).encoded_size() - left();
        send_ok(BUYER_2, remark(left() - around));
        assert_eq!(refused(BUYER, pay(SELLER, 1)), GuardRefusal::QuotaExceeded.into(), "{} bytes left", left());
        next_block();
        let stolen = || BUYER_2.to_account_id();
        send_ok(BUYER, Directory::lower_rights { account: stolen(), rights: rights(&[]) });
        let new = STRANGER.to_account_id();
        send_ok(BUYER, Directory::request_replacement { old: stolen(), new, rights: rights(&[]) });
        assert_eq!(refused(BUYER_2, remark(1)), GuardRefusal::NotAuthorized.into());
        let batch = pallet_utility::Call::batch { calls: vec![remark(1)] };
        assert_eq!(refused(BUYER_2, batch), GuardRefusal::NotAuthorized.into());
        // In the next minute the quota is whole, and the key takes nothing of it by calls that fail.
        let period = <Runtime as pallet_participants::Config>::QuotaPeriod::get();
        while !System::block_number().is_multiple_of(period) {
            next_block();
        }
        send_ok(BUYER, pay(SELLER, 1));
        let used = || Participants::quota_of(BUYER_ID).0.ordinary;
        let before = used();
        let veto = || Directory::veto_change { participant: BUYER_ID, hash: Default::default() };
        for _ in 0..10 {
            let unknown = Err(pallet_participants::Error::<Runtime>::RequestNotFound.into());
            assert_eq!(outcome(BUYER_2, veto()), unknown);
        }
        while send(BUYER_2, veto()).is_ok() {}
        assert_eq!(used(), before);
        send_ok(BUYER, pay(SELLER, 1));
    });
}

// The worst of one key: the one that administers. It stops everybody else at once, and waits two days for more, during
// which each of them stops it.
#[test]
fn chain_h3_a_thief_of_the_key_that_administers_should_be_stopped_by_the_accounts_that_it_lowered() {
    stolen(|| {
        let (first, second) = (BUYER.to_account_id(), BUYER_2.to_account_id());
        // Give the second account all that there is: the thief has the key of the first.
        send_ok(BUYER, pay(BUYER_2, 99_500));
        send_ok(BUYER, Directory::lower_rights { account: second.clone(), rights: rights(&[]) });
        let more = rights(&[Right::MoveAll]);
        send_ok(BUYER, Directory::request_rights { account: first.clone(), rights: more });
        let request = Directory::request_replacement { old: second, new: first, rights: rights(&[]) };
        send_ok(BUYER, request);
        let hashes: Vec<_> =
            pallet_participants::Requests::<Runtime>::get(BUYER_ID).iter().map(|request| request.hash).collect();
        for hash in hashes {
            let apply = Directory::apply_change { participant: BUYER_ID, hash };
            assert_eq!(outcome(BUYER, apply), Err(pallet_participants::Error::<Runtime>::TooEarly.into()));
            send_ok(BUYER_2, Directory::veto_change { participant: BUYER_ID, hash });
        }
        // Operator and regulator take the right away after the delay, and the thief cannot stop that.
        let all = [REGULATOR, OPERATOR, OPERATOR_2, REGULATOR_2];
        let take = Directory::remove_administrator { account: BUYER.to_account_id() };
        assert_eq!(enacted(decide(Body::OperatorAndRegulator, &all, take)), Some(Ok(())));
        let hash = pallet_participants::Requests::<Runtime>::get(BUYER_ID)[0].hash;
        let veto = Directory::veto_change { participant: BUYER_ID, hash };
        assert_eq!(outcome(BUYER, veto), Err(pallet_participants::Error::<Runtime>::NotAuthorized.into()));
        assert_eq!(balance(EURO, BUYER_2), 100_000);
    });
}
