use super::helpers::*;
use crate::{
    mock::*,
    types::{MAX_NETWORKS, MAX_SERVICES},
    Error, Event, GenesisHash, Network, Networks, Service, ServiceState, Services,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::DispatchError;

fn genesis(number: u64) -> GenesisHash {
    GenesisHash(H256::from_low_u64_be(number))
}

#[test]
fn a_network_should_be_listed_changed_and_taken_off() {
    run(|| {
        assert_ok!(Participants::register_network(RuntimeOrigin::root(), genesis(1), network("assets")));
        assert_eq!(Networks::<Test>::get(genesis(1)), Some(network("assets")));
        expect_event(Event::NetworkChanged { genesis: genesis(1), old: None, new: Some(network("assets")) });
        assert_ok!(Participants::update_network(RuntimeOrigin::root(), genesis(1), Some(network("payments"))));
        assert_eq!(Networks::<Test>::get(genesis(1)), Some(network("payments")));
        assert_ok!(Participants::update_network(RuntimeOrigin::root(), genesis(1), None));
        assert_eq!(Networks::<Test>::count(), 0);
        expect_event(Event::NetworkChanged { genesis: genesis(1), old: Some(network("payments")), new: None });
    });
}

#[test]
fn networks_should_be_the_operators_and_readable_and_bounded() {
    run(|| {
        let list = |origin, number| Participants::register_network(origin, genesis(number), network("a"));
        let root = RuntimeOrigin::root;
        let update = |origin, network| Participants::update_network(origin, genesis(1), network);
        for who in [TRADER_1, OP_1] {
            assert_noop!(list(signed(who.clone()), 1), DispatchError::BadOrigin);
            assert_noop!(update(signed(who), None), DispatchError::BadOrigin);
        }
        assert_noop!(update(root(), None), Error::<Test>::NetworkNotFound);
        for number in 1..=u64::from(MAX_NETWORKS) {
            assert_ok!(list(root(), number));
        }
        assert_noop!(list(root(), 1), Error::<Test>::NetworkAlreadyExists);
        assert_noop!(list(root(), 1_000), Error::<Test>::TooManyNetworks);
        let empty = [
            Network { name: text(""), ..network("a") },
            Network { operator: text(""), ..network("a") },
            Network { endpoint: text(""), ..network("a") },
        ];
        for broken in empty {
            assert_noop!(update(root(), Some(broken)), Error::<Test>::BadText);
        }
    });
}

#[test]
fn a_service_should_be_listed_changed_and_taken_off_by_its_owner() {
    run(|| {
        assert_ok!(Participants::register_service(signed(TRADER_1), service("node")));
        expect_event(Event::ServiceChanged { owner: TRADER, old: None, new: Some(service("node")) });
        let down = Service { state: ServiceState::Deprecated, ..service("node") };
        assert_ok!(Participants::update_service(signed(TRADER_1), down.clone()));
        assert_eq!(Services::<Test>::get(TRADER).into_inner(), vec![down.clone()]);
        expect_event(Event::ServiceChanged { owner: TRADER, old: Some(service("node")), new: Some(down.clone()) });
        assert_ok!(Participants::remove_service(signed(TRADER_1), TRADER, text("node")));
        assert!(!Services::<Test>::contains_key(TRADER));
        expect_event(Event::ServiceChanged { owner: TRADER, old: Some(down), new: None });
    });
}

#[test]
fn a_service_should_be_taken_off_by_the_operator_and_by_no_stranger() {
    run(|| {
        assert_ok!(Participants::register_service(signed(TRADER_1), service("node")));
        assert_ok!(Participants::register_service(signed(TRADER_1), service("indexer")));
        let remove = |who, name| Participants::remove_service(signed(who), TRADER, text(name));
        assert_noop!(remove(BANK_1, "node"), Error::<Test>::NotAuthorized);
        assert_noop!(remove(OUTSIDER, "node"), Error::<Test>::NotAuthorized);
        assert_noop!(remove(OP_1, "other"), Error::<Test>::ServiceNotFound);
        assert_ok!(remove(OP_1, "node"));
        assert_eq!(Services::<Test>::get(TRADER).into_inner(), vec![service("indexer")]);
    });
}

#[test]
fn services_should_be_participants_and_readable_and_bounded() {
    run(|| {
        let list = |who, name: &str| Participants::register_service(signed(who), service(name));
        assert_noop!(list(OUTSIDER, "node"), Error::<Test>::NotAuthorized);
        assert_noop!(Participants::update_service(signed(OUTSIDER), service("a")), Error::<Test>::NotAuthorized);
        for broken in [
            Service { name: text(""), ..service("a") },
            Service { protocol: text(""), ..service("a") },
            Service { endpoint: text(""), ..service("a") },
            Service { version: text(""), ..service("a") },
        ] {
            assert_noop!(Participants::register_service(signed(TRADER_1), broken), Error::<Test>::BadText);
        }
        for number in 0..MAX_SERVICES {
            assert_ok!(list(TRADER_1, &number.to_string()));
        }
        assert_noop!(list(TRADER_1, "0"), Error::<Test>::ServiceAlreadyExists);
        assert_noop!(list(TRADER_1, "one more"), Error::<Test>::TooManyServices);
        let unknown = Participants::update_service(signed(TRADER_1), service("other"));
        assert_noop!(unknown, Error::<Test>::ServiceNotFound);
        // Each participant has names of its own.
        assert_ok!(list(BANK_1, "0"));
    });
}

#[test]
fn a_service_should_be_listed_as_planned_or_live_and_never_leave_retirement() {
    run(|| {
        let in_state = |state| Service { state, ..service("api") };
        let list = |state| Participants::register_service(signed(TRADER_1), in_state(state));
        let update = |state| Participants::update_service(signed(TRADER_1), in_state(state));
        assert_noop!(list(ServiceState::Deprecated), Error::<Test>::ServiceStateNotAllowed);
        assert_noop!(list(ServiceState::Retired), Error::<Test>::ServiceStateNotAllowed);
        assert_ok!(list(ServiceState::Planned));
        assert_noop!(update(ServiceState::Deprecated), Error::<Test>::ServiceStateNotAllowed);
        for state in [ServiceState::Live, ServiceState::Deprecated, ServiceState::Live, ServiceState::Retired] {
            assert_ok!(update(state));
            assert_eq!(Services::<Test>::get(TRADER).into_inner(), vec![in_state(state)]);
        }
        assert_noop!(update(ServiceState::Live), Error::<Test>::ServiceStateNotAllowed);
        // A successor under the same name is a new listing.
        assert_ok!(Participants::remove_service(signed(TRADER_1), TRADER, text("api")));
        assert_ok!(list(ServiceState::Live));
    });
}
