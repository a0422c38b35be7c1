use super::helpers::*;
use crate::{decisions::*, mock::*, Error, Event, Origin, Recovering};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;
use tandem_primitives::{AccountId, Role, Status};

/// Test helper: origin of a call that this account of the issuer and two of the regulator have approved.
fn joint(issuer: AccountId) -> RuntimeOrigin {
    Origin::Approved { body: Body::IssuerAndRegulator, issuer: Some(issuer) }.into()
}

fn claw_back(origin: RuntimeOrigin, from: AccountId, amount: u128) -> DispatchResult {
    Participants::claw_back(origin, SHARE, from, BANK_1, amount, reason())
}

#[test]
fn chain_h4_an_issuer_alone_should_take_nothing_back() {
    run(|| {
        let origins = [signed(ISSUER_1), signed(TRADER_1)];
        for origin in origins {
            assert_noop!(claw_back(origin, TRADER_1, 1), sp_runtime::DispatchError::BadOrigin);
        }
        for origin in [signed(REG_1), RuntimeOrigin::root(), by(Body::Regulator), by(Body::OperatorAndRegulator)] {
            assert_noop!(claw_back(origin.clone(), TRADER_1, 1), Error::<Test>::NeedsOtherBody);
            let burn = Participants::burn_from(origin.clone(), SHARE, TRADER_1, 1, reason());
            assert_noop!(burn, Error::<Test>::NeedsOtherBody);
            assert_noop!(Participants::destroy_asset(origin, SHARE, reason()), Error::<Test>::NeedsOtherBody);
        }
        // Nor does an issuer of another asset together with the regulator.
        assert_noop!(claw_back(joint(TRADER_1), TRADER_1, 1), Error::<Test>::NotIssuer);
        assert_eq!(shares(&TRADER_1), 500);
    });
}

#[test]
fn chain_h4_issuer_and_regulator_should_claw_back_with_a_reason() {
    // At once, whatever the enactment delay is: what was taken could be gone by then.
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call: Box<RuntimeCall> = Box::new(
            crate::Call::<Test>::claw_back { asset: SHARE, from: TRADER_1, to: BANK_1, amount: 200, reason: reason() }
                .into(),
        );
        let body = Body::IssuerAndRegulator;
        assert_ok!(Participants::propose(signed(REG_1), body, Participants::call_hash(&call)));
        assert_ok!(Participants::approve(signed(REG_2), body, call.clone()));
        assert_eq!(shares(&TRADER_1), 500, "two accounts of the regulator alone take nothing");
        // The issuer of another asset does not even take the issuer's place in the body.
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), BANK, roles(&[Role::Issuer])));
        let other = Participants::approve(signed(BANK_1), body, call.clone());
        assert_eq!(other.map_err(|failed| failed.error), Err(Error::<Test>::NotIssuer.into()));
        assert_ok!(Participants::approve(signed(ISSUER_1), body, call));
        assert_eq!((shares(&TRADER_1), shares(&BANK_1)), (300, 200));
        System::assert_has_event(
            Event::ClawedBack {
                asset: SHARE,
                from: TRADER_1,
                to: BANK_1,
                amount: 200,
                issuer: ISSUER_1,
                reason: reason(),
            }
            .into(),
        );
    });
}

#[test]
fn claw_back_should_reach_whoever_is_stopped_but_never_escrow() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        assert_ok!(claw_back(joint(ISSUER_1), TRADER_1, 500));
        assert_ok!(claw_back(joint(ISSUER_1), OUTSIDER, 500));
        assert_eq!(shares(&BANK_1), 1_000);
        assert_eq!(Recovering::<Test>::get(), None);
        assert_noop!(claw_back(joint(ISSUER_1), ESCROW, 1), Error::<Test>::ReservedAccount);
        let burn = Participants::burn_from(joint(ISSUER_1), SHARE, ESCROW, 1, reason());
        assert_noop!(burn, Error::<Test>::ReservedAccount);
        assert_ok!(set_status(BANK, Status::Suspended));
        assert_noop!(claw_back(joint(ISSUER_1), BANK_1, 1), Error::<Test>::NotActive);
    });
}

#[test]
fn burn_from_should_burn_exactly_what_was_decided() {
    run(|| {
        let supply = Assets::total_supply(SHARE);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(Participants::burn_from(joint(ISSUER_1), SHARE, TRADER_1, 100, reason()));
        assert_eq!((shares(&TRADER_1), Assets::total_supply(SHARE)), (400, supply - 100));
        expect_event(Event::BurntFrom {
            asset: SHARE,
            from: TRADER_1,
            amount: 100,
            issuer: ISSUER_1,
            reason: reason(),
        });
        assert!(Participants::burn_from(joint(ISSUER_1), SHARE, TRADER_1, 401, reason()).is_err());
        assert_eq!((shares(&TRADER_1), Recovering::<Test>::get()), (400, None));
    });
}

#[test]
fn destroy_asset_should_begin_what_others_hold() {
    run(|| {
        assert!(!Participants::is_held_by_owner_only(SHARE));
        assert_ok!(Participants::destroy_asset(joint(ISSUER_1), SHARE, reason()));
        expect_event(Event::DestructionStarted { asset: SHARE, issuer: ISSUER_1, reason: reason() });
        assert!(Assets::mint(signed(ISSUER_1), SHARE, TRADER_1, 1).is_err());
    });
}

#[test]
fn an_asset_should_be_its_owners_alone_while_nobody_else_has_any() {
    run(|| {
        assert_ok!(Assets::create(signed(ISSUER_1), 2, ISSUER_1, 1));
        assert!(Participants::is_held_by_owner_only(2));
        assert_ok!(Assets::mint(signed(ISSUER_1), 2, ISSUER_1, 10));
        assert!(Participants::is_held_by_owner_only(2));
        assert_ok!(Assets::transfer(signed(ISSUER_1), 2, TRADER_1, 1));
        assert!(!Participants::is_held_by_owner_only(2));
    });
}
