use super::helpers::*;
use crate::{mock::*, types::Certificate, Error, Event, Fingerprint};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{ParticipantId, Status};

#[test]
fn update_should_change_the_name_and_keep_the_rest() {
    run(|| {
        let before = participant(TRADER);
        assert_ok!(Participants::update(RuntimeOrigin::root(), TRADER, text("Renamed AG")));
        assert_eq!(participant(TRADER), crate::ParticipantRecord { name: text("Renamed AG"), ..before });
        expect_event(Event::Renamed { participant: TRADER, old: text("Trader"), new: text("Renamed AG") });
    });
}

#[test]
fn update_should_fail_for_others_unknown_participants_and_unreadable_names() {
    run(|| {
        assert_noop!(Participants::update(signed(OP_1), TRADER, text("X")), DispatchError::BadOrigin);
        let unknown = Participants::update(RuntimeOrigin::root(), ParticipantId(99), text("X"));
        assert_noop!(unknown, Error::<Test>::ParticipantNotFound);
        assert_noop!(Participants::update(RuntimeOrigin::root(), TRADER, text("")), Error::<Test>::BadText);
    });
}

fn certificate(expires: u64) -> Option<Certificate> {
    Some(Certificate { fingerprint: Fingerprint([7; 32]), expires })
}

#[test]
fn set_certificate_should_store_it_and_take_it_back() {
    run(|| {
        let new = certificate(START + 1);
        assert_ok!(Participants::set_certificate(signed(TRADER_1), new));
        assert_eq!(participant(TRADER).certificate, new);
        expect_event(Event::CertificateChanged { participant: TRADER, old: None, new });
        assert_ok!(Participants::set_certificate(signed(TRADER_1), None));
        assert_eq!(participant(TRADER).certificate, None);
        expect_event(Event::CertificateChanged { participant: TRADER, old: new, new: None });
    });
}

#[test]
fn set_certificate_should_fail_when_it_has_expired() {
    run(|| {
        for expires in [START, START - 1] {
            let call = Participants::set_certificate(signed(TRADER_1), certificate(expires));
            assert_noop!(call, Error::<Test>::CertificateExpired);
        }
    });
}

#[test]
fn set_certificate_should_fail_for_outsiders_and_the_suspended() {
    run(|| {
        for who in [OUTSIDER, TRADER_2] {
            let call = Participants::set_certificate(signed(who), certificate(START + 1));
            assert_noop!(call, Error::<Test>::NotAuthorized);
        }
        // An operator or a regulator keeps its own, too.
        assert_ok!(Participants::set_certificate(signed(OP_1), certificate(START + 1)));
        assert_ok!(set_status(TRADER, Status::Suspended));
        let call = Participants::set_certificate(signed(TRADER_1), certificate(START + 1));
        assert_noop!(call, Error::<Test>::NotAuthorized);
    });
}
