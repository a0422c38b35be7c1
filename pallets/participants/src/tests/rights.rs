use super::helpers::*;
use crate::{
    decisions::Body,
    mandates::{Change, MAX_REQUESTS_EACH},
    mock::*,
    Error, Event, Requests,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use tandem_primitives::{AccountId, AssetId, ChangeHash, Directory, Escrow as _, PartyLeg, Right, Rights, Status};

fn ask(who: AccountId, account: AccountId, list: &[Right]) -> sp_runtime::DispatchResult {
    Participants::request_rights(signed(who), account, rights(list))
}

fn hash() -> ChangeHash {
    Requests::<Test>::get(TRADER)[0].hash
}

fn veto(who: AccountId) -> sp_runtime::DispatchResult {
    Participants::veto_change(signed(who), TRADER, hash())
}

fn apply() -> sp_runtime::DispatchResult {
    Participants::apply_change(signed(BANK_1), TRADER, hash())
}

#[test]
fn the_first_account_should_administer_and_all_should_trade_and_move() {
    run(|| {
        assert_eq!(record(&TRADER_1).rights, Rights::OF_FIRST);
        assert_eq!(record(&TRADER_2).rights, Rights::OF_NEW);
    });
}

#[test]
fn lower_rights_should_stop_an_account_at_once() {
    run(|| {
        let native = || Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1);
        let asset = || Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1);
        assert_ok!(native());
        assert_ok!(asset());
        // An account may lower its own rights, too.
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[Right::Trade, Right::Administer])));
        expect_event(Event::AccountRightsChanged {
            participant: TRADER,
            account: TRADER_1,
            old: Rights::OF_FIRST,
            new: Rights::NONE.with(Right::Trade).with(Right::Administer),
            by: Some(TRADER_1),
        });
        assert_noop!(native(), TokenError::Frozen);
        assert_noop!(asset(), pallet_assets::Error::<Test>::BalanceLow);
        // It still receives.
        assert_ok!(Assets::transfer(signed(BANK_1), SHARE, TRADER_1, 1));
    });
}

#[test]
fn lower_rights_should_reach_what_an_account_has_allowed_others() {
    run(|| {
        assert_ok!(Assets::approve_transfer(signed(TRADER_1), SHARE, BANK_1, 100));
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[Right::Administer])));
        let pull = Assets::transfer_approved(signed(BANK_1), SHARE, TRADER_1, BANK_1, 100);
        assert_noop!(pull, pallet_assets::Error::<Test>::BalanceLow);
    });
}

#[test]
fn lower_rights_should_be_for_who_administers_and_only_lower() {
    run(|| {
        let lower = |who, account, list: &[Right]| Participants::lower_rights(signed(who), account, rights(list));
        for who in [TRADER_2, BANK_1, OUTSIDER] {
            assert_noop!(lower(who, TRADER_1, &[]), Error::<Test>::NotAuthorized);
        }
        assert_noop!(lower(OP_1, TRADER_1, &[]), Error::<Test>::NeedsBothAuthorities);
        assert_noop!(lower(OP_1, OP_2, &[]), Error::<Test>::NeedsBothAuthorities);
        assert_noop!(lower(TRADER_1, OUTSIDER, &[]), Error::<Test>::AccountNotFound);
        assert_noop!(lower(TRADER_1, TRADER_2, &[Right::MoveAll]), Error::<Test>::RightsNotLowered);
        assert_noop!(lower(TRADER_1, TRADER_2, &[Right::Trade, Right::Move]), Error::<Test>::RightsNotLowered);
        assert_ok!(lower(TRADER_1, TRADER_2, &[]));
        assert_noop!(lower(TRADER_1, TRADER_2, &[]), Error::<Test>::RightsNotLowered);
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        assert_noop!(lower(TRADER_1, TRADER_1, &[]), Error::<Test>::NotAuthorized);
    });
}

// A theft is found while the participant is suspended: it still stops what it can.
#[test]
fn chain_h3_a_suspended_participant_should_still_lower_rights_and_dismiss_agents() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        let custody = tandem_primitives::Capacity::Delivery;
        assert_noop!(Participants::dismiss_agent(signed(TRADER_2), CUSTODIAN, custody), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::dismiss_agent(signed(TRADER_1), CUSTODIAN, custody));
        // It starts nothing.
        assert_noop!(ask(TRADER_1, TRADER_2, &[Right::Trade]), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[])));
    });
}

// All keys of a participant may be in one thief's hands.
#[test]
fn chain_h3_operator_and_regulator_together_should_stop_any_request() {
    run(|| {
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        for origin in [by(Body::Operator), by(Body::Regulator)] {
            assert!(Participants::veto_change(origin, TRADER, hash()).is_err());
        }
        assert_ok!(Participants::veto_change(by(Body::OperatorAndRegulator), TRADER, hash()));
        assert!(!Requests::<Test>::contains_key(TRADER));
    });
}

#[test]
fn request_rights_should_wait_for_its_delay() {
    run(|| {
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        let change = Change::Grant { account: TRADER_2, rights: Rights::NONE.with(Right::MoveAll) };
        assert_eq!(Requests::<Test>::get(TRADER)[0].change, change);
        at(RIGHTS_DELAY - 1);
        assert_noop!(apply(), Error::<Test>::TooEarly);
        at(RIGHTS_DELAY);
        assert_ok!(apply());
        assert_eq!(record(&TRADER_2).rights, Rights::OF_NEW.with(Right::MoveAll));
        expect_event(Event::AccountRightsChanged {
            participant: TRADER,
            account: TRADER_2,
            old: Rights::OF_NEW,
            new: Rights::OF_NEW.with(Right::MoveAll),
            by: Some(TRADER_1),
        });
    });
}

#[test]
fn request_rights_should_need_no_delay_for_trade_and_none_with_a_second_account() {
    run(|| {
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::Trade]));
        assert_eq!(record(&TRADER_2).rights, Rights::NONE.with(Right::Trade));
        grant(TRADER_2, Right::Administer);
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::Move]));
        assert_noop!(Participants::approve_change(signed(TRADER_1), hash()), Error::<Test>::OwnRequest);
        assert_ok!(Participants::approve_change(signed(TRADER_2), hash()));
        assert!(record(&TRADER_2).rights.has(Right::Move));
        assert_ok!(Assets::transfer(signed(TRADER_1), SHARE, TRADER_2, 10));
        assert_ok!(Assets::transfer(signed(TRADER_2), SHARE, BANK_1, 10));
    });
}

#[test]
fn request_rights_should_fail_for_strangers_twice_and_too_often() {
    run(|| {
        for who in [TRADER_2, BANK_1, OUTSIDER] {
            assert_noop!(ask(who, TRADER_2, &[Right::MoveAll]), Error::<Test>::NotAuthorized);
        }
        assert_noop!(ask(TRADER_1, TRADER_2, &[Right::Move]), Error::<Test>::RightsUnchanged);
        assert_noop!(ask(OP_1, OP_2, &[Right::MoveAll]), Error::<Test>::NeedsBothAuthorities);
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        assert_noop!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]), Error::<Test>::RequestAlreadyExists);
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::Administer]));
        assert_eq!(Requests::<Test>::get(TRADER).len() as u32, MAX_REQUESTS_EACH);
        assert_noop!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]), Error::<Test>::TooManyRequests);
        // What has lapsed makes room.
        at(RIGHTS_DELAY + LIFE - 1);
        assert_noop!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]), Error::<Test>::TooManyRequests);
        at(RIGHTS_DELAY + LIFE);
        assert_noop!(apply(), Error::<Test>::RequestExpired);
        assert_ok!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]));
        assert_eq!(Requests::<Test>::get(TRADER).len(), 1);
    });
}

#[test]
fn apply_change_should_fail_when_who_asked_no_longer_administers() {
    run(|| {
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[Right::Move])));
        at(RIGHTS_DELAY);
        assert_noop!(apply(), Error::<Test>::RequesterLapsed);
        assert_eq!(record(&TRADER_2).rights, Rights::OF_NEW);
    });
}

// A thief with the key that administers lowers all others first: they can still stop it.
#[test]
fn chain_h3_lowered_accounts_should_stop_the_thief_of_the_key_that_administers() {
    run(|| {
        at(1);
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        assert_ok!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]));
        assert_ok!(veto(TRADER_2));
        expect_event(Event::ChangeVetoed {
            participant: TRADER,
            hash: Participants::change_hash(&Change::Grant {
                account: TRADER_1,
                rights: Rights::NONE.with(Right::MoveAll),
            }),
            by: Some(TRADER_2),
        });
        assert!(!Requests::<Test>::contains_key(TRADER));
        // For one delay after it was lowered, and not for ever.
        at(1 + RIGHTS_DELAY - 1);
        assert_ok!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]));
        assert_ok!(veto(TRADER_2));
        at(1 + RIGHTS_DELAY);
        assert_ok!(ask(TRADER_1, TRADER_1, &[Right::MoveAll]));
        assert_noop!(veto(TRADER_2), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn veto_change_should_be_for_who_asked_and_for_who_could_move_one_delay_before() {
    run(|| {
        assert_ok!(Participants::add_account(signed(TRADER_1), TRADER, fresh(1), None));
        assert_ok!(Participants::add_account(signed(TRADER_1), TRADER, fresh(2), Some(rights(&[Right::Trade]))));
        at(RIGHTS_DELAY - 1);
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        // One has not been there long enough, the other never could move.
        for who in [fresh(1), fresh(2), BANK_1, OP_1] {
            assert_noop!(veto(who), Error::<Test>::NotAuthorized);
        }
        assert_noop!(veto(OUTSIDER), Error::<Test>::AccountNotFound);
        assert_ok!(veto(TRADER_1));
        at(RIGHTS_DELAY);
        assert_ok!(ask(TRADER_1, TRADER_2, &[Right::MoveAll]));
        assert_noop!(veto(fresh(2)), Error::<Test>::NotAuthorized);
        // A suspended participant may still stop what was begun in its name.
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(veto(fresh(1)));
    });
}

#[test]
fn what_two_accounts_have_decided_should_be_stopped_by_nobody_else() {
    run(|| {
        grant(TRADER_2, Right::Administer);
        assert_ok!(Participants::add_account(signed(TRADER_1), TRADER, fresh(1), None));
        at(2 * RIGHTS_DELAY);
        let replacement = Participants::request_replacement(signed(TRADER_1), fresh(1), fresh(2), rights(&[]));
        assert_ok!(replacement);
        assert_ok!(Participants::approve_change(signed(TRADER_2), hash()));
        assert_noop!(Participants::approve_change(signed(TRADER_2), hash()), Error::<Test>::AlreadyApproved);
        // The key that is to go had its rights long enough.
        assert_noop!(veto(fresh(1)), Error::<Test>::NotAuthorized);
        assert_ok!(veto(TRADER_2));
    });
}

#[test]
fn operator_and_regulator_should_name_who_administers_and_take_that_away_after_the_delay() {
    run(|| {
        let both = || by(Body::OperatorAndRegulator);
        let name = |list: &[Right]| Participants::request_rights(both(), TRADER_2, rights(list));
        for list in [&[Right::MoveAll][..], &[Right::Administer, Right::Move], &[]] {
            assert_noop!(name(list), Error::<Test>::BadRights);
        }
        assert_ok!(name(&[Right::Administer]));
        assert_noop!(Participants::approve_change(signed(TRADER_1), hash()), Error::<Test>::NotAuthorized);
        assert_noop!(veto(TRADER_1), Error::<Test>::NotAuthorized);
        at(RIGHTS_DELAY);
        assert_ok!(apply());
        assert!(record(&TRADER_2).rights.has(Right::Administer));

        assert_ok!(Participants::remove_administrator(both(), TRADER_1));
        assert_noop!(apply(), Error::<Test>::TooEarly);
        assert_noop!(veto(TRADER_1), Error::<Test>::NotAuthorized);
        at(2 * RIGHTS_DELAY);
        assert_ok!(apply());
        assert_eq!(record(&TRADER_1).rights, Rights::OF_NEW);
        let again = Participants::remove_administrator(both(), TRADER_1);
        assert_noop!(again, Error::<Test>::RightsUnchanged);
        // They take back what they asked for.
        assert_ok!(Participants::remove_administrator(both(), TRADER_2));
        assert_ok!(Participants::veto_change(both(), TRADER, hash()));
    });
}

#[test]
fn the_rights_of_who_governs_should_be_raised_by_both_at_once() {
    run(|| {
        let raise = |list: &[Right]| Participants::request_rights(by(Body::OperatorAndRegulator), OP_2, rights(list));
        assert_ok!(raise(&[Right::Administer]));
        assert_eq!(record(&OP_2).rights, Rights::OF_FIRST);
        assert_noop!(raise(&[Right::Administer]), Error::<Test>::RightsUnchanged);
        let remove = Participants::remove_administrator(by(Body::OperatorAndRegulator), OP_2);
        assert_noop!(remove, Error::<Test>::BadRights);
        // What an operator's account administers is certificate and services.
        assert_ok!(Participants::register_service(signed(OP_2), service("A")));
        assert_noop!(Participants::register_service(signed(OP_3), service("B")), Error::<Test>::NotAuthorized);
    });
}

// A multisig with `Move` beside keys that only trade: none of them gives its legs.
#[test]
fn chain_h3_a_leg_should_be_given_by_its_own_account_or_by_one_that_moves_all() {
    run(|| {
        let leg = PartyLeg {
            party: TRADER,
            account: &TRADER_1,
            asset: &AssetId::WithId(SHARE),
            gives: true,
            amount: 500,
            counterparty: BANK,
            received: tandem_primitives::Received { cash: true, securities: false },
            is_agreed: true,
        };
        let may = |who: AccountId| Participants::may_move(&who, &Participants::standing(&who).unwrap(), &leg);
        assert!(may(TRADER_1));
        assert!(!may(TRADER_2));
        grant(TRADER_2, Right::MoveAll);
        assert!(may(TRADER_2));
        assert!(!may(BANK_1) && !may(CUSTODIAN_1));
    });
}

// The freeze of an account without `Move` holds for everything but escrow, for the time of the transfer.
#[test]
fn escrow_should_take_a_leg_from_an_account_that_cannot_move_by_itself() {
    run(|| {
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[Right::Administer])));
        for (asset, amount) in [(AssetId::WithId(SHARE), 500), (AssetId::Native, 1_000)] {
            assert_eq!(Escrow::available(&asset, &TRADER_1), amount);
            assert_ok!(Escrow::deposit(&asset, &TRADER_1, amount - 10));
            assert_eq!(Escrow::available(&asset, &TRADER_1), 10);
        }
        let asset = Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1);
        assert_noop!(asset, pallet_assets::Error::<Test>::BalanceLow);
        assert_noop!(Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1), TokenError::Frozen);
        // Of a suspended participant it takes nothing.
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_eq!(Escrow::available(&AssetId::WithId(SHARE), &TRADER_1), 0);
    });
}
