use super::helpers::*;
use crate::{decisions::*, mock::*, Error, Event, WeightInfo};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{ParticipantId, Right, Role, Roles};

#[test]
fn set_roles_should_reach_every_account() {
    run(|| {
        let new = [Role::Trader, Role::Custodian];
        let post = Participants::set_roles(RuntimeOrigin::root(), TRADER, roles(&new)).unwrap();
        let expected = <() as WeightInfo>::set_roles(2).saturating_add(Participants::weight_of_governors());
        assert_eq!(post.actual_weight, Some(expected));
        let new: Roles = new.into_iter().collect();
        assert_eq!(participant(TRADER).roles, new);
        for account in [TRADER_1, TRADER_2] {
            assert_eq!(record(&account).roles, new);
        }
        expect_event(Event::RolesChanged {
            participant: TRADER,
            old: Roles::default().with(Role::Trader),
            new,
            by: Decider::Root,
        });
    });
}

#[test]
fn set_roles_should_end_what_an_agent_may_do_and_bring_it_back() {
    run(|| {
        let is_agent = || is_agent(CUSTODIAN_1, TRADER, Right::Move);
        assert!(is_agent());
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), CUSTODIAN, roles(&[])));
        assert!(!is_agent());
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), CUSTODIAN, roles(&[Role::Custodian])));
        assert!(is_agent());
    });
}

#[test]
fn set_roles_should_need_operator_and_regulator_to_make_or_unmake_one_of_them() {
    run(|| {
        let set = |origin, participant, to: &[Role]| {
            let done = Participants::set_roles(origin, participant, roles(to));
            done.map(|_| ()).map_err(|failed| failed.error)
        };
        for origin in [signed(OP_1), by(Body::Operator), by(Body::Regulator), RuntimeOrigin::root()] {
            for role in [Role::Operator, Role::Regulator] {
                assert_noop!(set(origin.clone(), TRADER, &[role]), Error::<Test>::NeedsOtherBody);
            }
            for participant in [OPERATOR, REGULATOR] {
                assert_noop!(set(origin.clone(), participant, &[]), Error::<Test>::NeedsOtherBody);
            }
        }
        let joint = || by(Body::OperatorAndRegulator);
        assert_ok!(set(joint(), OPERATOR, &[Role::Operator, Role::Auditor]));
        assert_noop!(set(joint(), OPERATOR, &[]), Error::<Test>::LastOperator);
        let both = [Role::Operator, Role::Regulator];
        assert_noop!(set(joint(), OPERATOR, &both), Error::<Test>::OperatorAndRegulator);
        assert_ok!(set(joint(), REGULATOR, &[Role::Auditor]));
        assert_noop!(set(joint(), ParticipantId(2), &[Role::Auditor]), Error::<Test>::LastRegulator);
        let former = set_status_by(signed(REG_1), TRADER, tandem_primitives::Status::Suspended);
        assert_noop!(former, DispatchError::BadOrigin);
    });
}

#[test]
fn set_roles_should_fail_for_others_and_unknown_participants() {
    run(|| {
        let call = Participants::set_roles(signed(TRADER_1), TRADER, roles(&[]));
        assert_noop!(call, DispatchError::BadOrigin);
        for who in [OP_1, REG_1] {
            let call = Participants::set_roles(signed(who), TRADER, roles(&[]));
            assert_noop!(call, Error::<Test>::NeedsOtherBody);
        }
        let call = Participants::set_roles(RuntimeOrigin::root(), ParticipantId(99), roles(&[]));
        assert_noop!(call, Error::<Test>::ParticipantNotFound);
    });
}
