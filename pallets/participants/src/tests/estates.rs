use super::helpers::*;
use crate::{decisions::*, mock::*, Error, Event, Licences, Recovering};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult, TokenError};
use tandem_primitives::{AccountId, AssetId, Escrow as _, Status};

fn share() -> AssetId {
    AssetId::WithId(SHARE)
}

fn estate(origin: RuntimeOrigin, from: Holding, asset: AssetId) -> DispatchResult {
    Participants::transfer_estate(origin, TRADER, from, asset, BANK_1, reason())
}

fn joint() -> RuntimeOrigin {
    by(Body::OperatorAndRegulator)
}

/// Test helper: gives the trader this status and lets the estate delay pass.
fn settled(status: Status) {
    assert_ok!(set_status(TRADER, status));
    at(ESTATE_DELAY);
}

fn account() -> Holding {
    Holding::Account(TRADER_1)
}

#[test]
fn chain_h7_what_a_participant_that_left_owns_should_not_be_lost() {
    run(|| {
        settled(Status::Revoked);
        assert_noop!(Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1), pallet_assets::Error::<Test>::BalanceLow);
        assert_ok!(estate(joint(), account(), share()));
        assert_eq!((shares(&TRADER_1), shares(&BANK_1)), (0, 500));
        expect_event(Event::EstateTransferred {
            participant: TRADER,
            from: account(),
            to: BANK_1,
            asset: share(),
            amount: 500,
            reason: reason(),
        });
        assert_ok!(estate(joint(), account(), AssetId::Native));
        assert_eq!((Balances::free_balance(TRADER_1), Balances::free_balance(BANK_1)), (0, 1_000));
        // The door is closed again, for what arrives later too.
        assert_eq!(Recovering::<Test>::get(), None);
        assert_ok!(Balances::transfer_allow_death(signed(BANK_1), TRADER_1, 10));
        assert_noop!(Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1), TokenError::Frozen);
        assert_noop!(estate(joint(), account(), share()), Error::<Test>::NothingToRecover);
    });
}

#[test]
fn chain_h7_an_estate_should_wait_and_any_regulator_should_veto_it() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Revoked));
        let call: Box<RuntimeCall> = Box::new(
            crate::Call::<Test>::transfer_estate {
                participant: TRADER,
                from: account(),
                asset: share(),
                to: BANK_1,
                reason: reason(),
            }
            .into(),
        );
        let (hash, body) = (Participants::call_hash(&call), Body::OperatorAndRegulator);
        let decide = || {
            assert_ok!(Participants::propose(signed(OP_1), body, hash));
            for who in [REG_1, OP_2, REG_1B] {
                assert_ok!(Participants::approve(signed(who), body, call.clone()));
            }
        };
        decide();
        assert_noop!(Participants::veto(signed(OP_3), body, hash), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::veto(signed(REG_2), body, hash));
        decide();
        let enact = || Participants::enact(signed(BANK_1), body, call.clone()).map_err(|failed| failed.error);
        at(ESTATE_DELAY - 1);
        assert_noop!(enact(), Error::<Test>::TooEarly);
        at(ESTATE_DELAY);
        assert_ok!(enact());
        assert_eq!(shares(&BANK_1), 500);
    });
}

#[test]
fn transfer_estate_should_fail_for_others_and_for_who_has_not_left() {
    run(|| {
        for status in [Status::Active, Status::Suspended, Status::Sanctioned] {
            if status != Status::Active {
                assert_ok!(set_status(TRADER, status));
            }
            assert_noop!(estate(joint(), account(), share()), Error::<Test>::NotRevoked);
        }
        settled(Status::Revoked);
        for origin in [RuntimeOrigin::root(), by(Body::Operator), by(Body::Regulator), signed(REG_1), signed(OP_1)] {
            assert_noop!(estate(origin, account(), share()), Error::<Test>::NeedsOtherBody);
        }
        assert_noop!(estate(signed(TRADER_1), account(), share()), DispatchError::BadOrigin);
        assert_noop!(estate(joint(), Holding::Account(ISSUER_1), share()), Error::<Test>::OtherOwner);
        assert_noop!(estate(joint(), Holding::Account(OUTSIDER), share()), Error::<Test>::AccountNotFound);
        assert_ok!(set_status(BANK, Status::Suspended));
        assert_noop!(estate(joint(), account(), share()), Error::<Test>::NotActive);
    });
}

#[test]
fn transfer_estate_should_find_a_replaced_account_and_a_frozen_asset_should_stay() {
    run(|| {
        replace(TRADER_1, fresh(1));
        settled(Status::Revoked);
        assert_ok!(Assets::freeze_asset(signed(ISSUER_1), SHARE));
        assert_noop!(estate(joint(), account(), share()), pallet_assets::Error::<Test>::AssetNotLive);
        assert_eq!(Recovering::<Test>::get(), None);
        assert_ok!(Assets::thaw_asset(signed(ISSUER_1), SHARE));
        assert_ok!(estate(joint(), account(), share()));
        assert_eq!(shares(&BANK_1), 500);
    });
}

fn licence(amount: u128) -> Licence {
    Licence { from: account(), asset: share(), amount, payee: BANK_1, expires: START + ESTATE_DELAY + 1_000 }
}

fn grant(amount: u128) -> LicenceId {
    let id = crate::NextLicence::<Test>::get();
    assert_ok!(Participants::grant_licence(joint(), TRADER, licence(amount), reason()));
    id
}

fn pay(who: AccountId, id: LicenceId, amount: u128) -> DispatchResult {
    Participants::use_licence(signed(who), id, amount)
}

#[test]
fn chain_h7_a_licence_should_pay_its_payee_and_nobody_else() {
    run(|| {
        settled(Status::Sanctioned);
        let id = grant(100);
        expect_event(Event::LicenceGranted { id, participant: TRADER, licence: licence(100), reason: reason() });
        for who in [TRADER_1, TRADER_2, ISSUER_1, OUTSIDER] {
            assert_noop!(pay(who, id, 1), Error::<Test>::NotAuthorized);
        }
        assert_ok!(pay(BANK_1, id, 30));
        assert_ok!(pay(REG_1, id, 30));
        expect_event(Event::LicenceUsed {
            id,
            participant: TRADER,
            from: account(),
            to: BANK_1,
            asset: share(),
            amount: 30,
            left: 40,
            by: REG_1,
        });
        // A payee that is suspended is paid by nobody.
        assert_ok!(set_status(BANK, Status::Suspended));
        assert_noop!(pay(REG_1, id, 1), Error::<Test>::NotActive);
        assert_ok!(set_status(BANK, Status::Active));
        assert_noop!(pay(OP_1, id, 41), Error::<Test>::LicenceExceeded);
        assert_noop!(pay(OP_1, id, 0), Error::<Test>::NothingToRecover);
        assert_ok!(pay(OP_1, id, 40));
        assert_eq!((shares(&TRADER_1), shares(&BANK_1)), (400, 100));
        assert_noop!(pay(BANK_1, id, 1), Error::<Test>::LicenceNotFound);
    });
}

#[test]
fn a_licence_should_end_with_its_time_and_with_the_sanction() {
    run(|| {
        settled(Status::Sanctioned);
        let id = grant(100);
        at(ESTATE_DELAY + 999);
        assert_ok!(pay(BANK_1, id, 1));
        at(ESTATE_DELAY + 1_000);
        assert_ok!(pay(BANK_1, id, 1));
        expect_event(Event::LicenceEnded { id, participant: TRADER, by: BANK_1 });
        assert_eq!((shares(&BANK_1), Licences::<Test>::get(id)), (1, None));
        at(ESTATE_DELAY);
        let id = grant(100);
        assert_ok!(set_status(TRADER, Status::Active));
        assert_ok!(pay(BANK_1, id, 1));
        assert_eq!((shares(&BANK_1), Licences::<Test>::get(id)), (1, None));
    });
}

#[test]
fn grant_licence_should_fail_for_others_and_for_terms_that_pay_nothing() {
    run(|| {
        let attempt = |origin, licence| Participants::grant_licence(origin, TRADER, licence, reason());
        assert_noop!(attempt(joint(), licence(1)), Error::<Test>::NotSanctioned);
        settled(Status::Sanctioned);
        for origin in [RuntimeOrigin::root(), by(Body::Operator), by(Body::Regulator), signed(REG_1)] {
            assert_noop!(attempt(origin, licence(1)), Error::<Test>::NeedsOtherBody);
        }
        assert_noop!(attempt(joint(), licence(0)), Error::<Test>::NothingToRecover);
        at(ESTATE_DELAY + 1_000);
        assert_noop!(attempt(joint(), licence(1)), Error::<Test>::LicenceExpired);
        at(ESTATE_DELAY);
        let own = Licence { payee: TRADER_2, ..licence(1) };
        assert_noop!(attempt(joint(), own), Error::<Test>::NotActive);
        let other = Licence { from: Holding::Account(ISSUER_1), ..licence(1) };
        assert_noop!(attempt(joint(), other), Error::<Test>::OtherOwner);
    });
}

#[test]
fn chain_h7_a_credit_should_be_part_of_the_estate() {
    run(|| {
        // Escrow of the mock holds 500 shares of nobody; 300 of them become a credit of the trader.
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        let escrow = Escrow::account_id();
        let give = <Assets as frame_support::traits::fungibles::Mutate<AccountId>>::mint_into(SHARE, &escrow, 300);
        assert_ok!(give);
        credit(&TRADER_1, 300);
        settled(Status::Revoked);
        assert_ok!(estate(joint(), Holding::Credit(TRADER_1), share()));
        assert_eq!(shares(&BANK_1), 300);
        assert_eq!(Escrow::claimable_in_total(&share()), 0);
        System::assert_has_event(RuntimeEvent::Escrow(pallet_escrow::Event::CreditPaidByOrder {
            participant: Some(TRADER),
            asset: share(),
            amount: 300,
            claimable: 0,
            account: TRADER_1,
            to: BANK_1,
        }));
        assert_noop!(estate(joint(), Holding::Credit(TRADER_1), share()), Error::<Test>::NothingToRecover);
    });
}

// Operator and regulator approve an estate of a participant in good standing, and the regulator revokes it once the
// delay is over: it would be gone in the same block.
#[test]
fn chain_h7_an_estate_should_wait_since_the_revocation_and_not_since_its_approval() {
    run(|| {
        at(ESTATE_DELAY);
        assert_ok!(set_status(TRADER, Status::Revoked));
        assert_noop!(estate(joint(), account(), share()), Error::<Test>::TooEarly);
        at(2 * ESTATE_DELAY - 1);
        assert_noop!(estate(joint(), account(), share()), Error::<Test>::TooEarly);
        at(2 * ESTATE_DELAY);
        assert_ok!(estate(joint(), account(), share()));
    });
}

#[test]
fn chain_h7_a_licence_should_be_for_one_sanction() {
    run(|| {
        let attempt = || Participants::grant_licence(joint(), TRADER, licence(100), reason());
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        at(ESTATE_DELAY - 1);
        assert_noop!(attempt(), Error::<Test>::TooEarly);
        at(ESTATE_DELAY);
        let id = grant(100);
        assert_ok!(pay(BANK_1, id, 1));
        // Lifted and imposed anew: what was allowed before counts for nothing.
        assert_ok!(set_status(TRADER, Status::Active));
        at(ESTATE_DELAY + 1);
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        assert_ok!(pay(BANK_1, id, 1));
        expect_event(Event::LicenceEnded { id, participant: TRADER, by: BANK_1 });
        assert_eq!((shares(&BANK_1), Licences::<Test>::get(id)), (1, None));
    });
}

/// Test helper: pays an amount out of escrow to an account that cannot take it, so that it becomes a credit.
fn credit(account: &AccountId, amount: u128) {
    assert_eq!(
        <Escrow as tandem_primitives::Escrow>::pay_out(Default::default(), &share(), account, amount),
        Ok(tandem_primitives::Payout::Credited)
    );
}
