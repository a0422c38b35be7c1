use super::helpers::*;
use crate::{mock::*, Error, Event, WeightInfo};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{Capacity, Directory, ParticipantId, Role, Roles};

#[test]
fn set_roles_should_reach_every_account() {
    run(|| {
        let new = [Role::Trader, Role::Custodian];
        let post = Participants::set_roles(signed(OP_1), TRADER, roles(&new)).unwrap();
        assert_eq!(post.actual_weight, Some(<() as WeightInfo>::set_roles(2)));
        let new: Roles = new.into_iter().collect();
        assert_eq!(participant(TRADER).roles, new);
        for account in [TRADER_1, TRADER_2] {
            assert_eq!(record(&account).roles, new);
        }
        expect_event(Event::RolesChanged { participant: TRADER, old: Roles::default().with(Role::Trader), new });
    });
}

#[test]
fn set_roles_should_end_what_an_agent_may_do_and_bring_it_back() {
    run(|| {
        let is_agent = || Participants::is_agent(CUSTODIAN, TRADER, Capacity::Delivery);
        assert!(is_agent());
        assert_ok!(Participants::set_roles(signed(OP_1), CUSTODIAN, roles(&[])));
        assert!(!is_agent());
        assert_ok!(Participants::set_roles(signed(OP_1), CUSTODIAN, roles(&[Role::Custodian])));
        assert!(is_agent());
    });
}

#[test]
fn set_roles_should_need_dual_control_to_make_or_unmake_operators_and_regulators() {
    run(|| {
        for role in [Role::Operator, Role::Regulator] {
            let call = Participants::set_roles(signed(OP_1), TRADER, roles(&[Role::Trader, role]));
            assert_noop!(call, Error::<Test>::NeedsDualControl);
        }
        for participant in [OPERATOR, REGULATOR] {
            let call = Participants::set_roles(signed(OP_1), participant, roles(&[]));
            assert_noop!(call, Error::<Test>::NeedsDualControl);
        }
        // What does not touch these roles is the operator's alone.
        assert_ok!(Participants::set_roles(signed(OP_1), OPERATOR, roles(&[Role::Operator, Role::Auditor])));
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), REGULATOR, roles(&[Role::Auditor])));
        let former = Participants::set_status(signed(REG_1), TRADER, tandem_primitives::Status::Suspended);
        assert_noop!(former, DispatchError::BadOrigin);
    });
}

#[test]
fn set_roles_should_fail_for_others_and_unknown_participants() {
    run(|| {
        let call = Participants::set_roles(signed(REG_1), TRADER, roles(&[]));
        assert_noop!(call, DispatchError::BadOrigin);
        let call = Participants::set_roles(signed(OP_1), ParticipantId(99), roles(&[]));
        assert_noop!(call, Error::<Test>::ParticipantNotFound);
    });
}
