use super::helpers::*;
use crate::{mock::*, types::MAX_AGENTS, Agents, Error, Event};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Capacity, Directory, ParticipantId, Role, Status};

#[test]
fn appoint_agent_should_let_it_act_in_that_capacity_only() {
    run(|| {
        assert_ok!(Participants::appoint_agent(signed(TRADER_2), BANK, Capacity::Payment));
        assert!(Participants::is_agent(BANK, TRADER, Capacity::Payment));
        assert!(!Participants::is_agent(BANK, TRADER, Capacity::Delivery));
        assert!(!Participants::is_agent(TRADER, BANK, Capacity::Payment));
        assert!(!Participants::is_agent(CUSTODIAN, BANK, Capacity::Delivery));
        expect_event(Event::AgentAppointed { principal: TRADER, agent: BANK, capacity: Capacity::Payment });
    });
}

#[test]
fn appoint_agent_should_fail_when_it_lacks_the_role_or_is_unknown_or_itself_or_appointed() {
    run(|| {
        let appoint = |who, agent, capacity| Participants::appoint_agent(signed(who), agent, capacity);
        assert_noop!(appoint(TRADER_1, BANK, Capacity::Delivery), Error::<Test>::AgentLacksRole);
        assert_noop!(appoint(TRADER_1, CUSTODIAN, Capacity::Payment), Error::<Test>::AgentLacksRole);
        assert_noop!(appoint(TRADER_1, ParticipantId(99), Capacity::Payment), Error::<Test>::ParticipantNotFound);
        assert_noop!(appoint(BANK_1, BANK, Capacity::Payment), Error::<Test>::OwnAgent);
        assert_noop!(appoint(TRADER_1, CUSTODIAN, Capacity::Delivery), Error::<Test>::AgentAlreadyExists);
        assert_noop!(appoint(OUTSIDER, BANK, Capacity::Payment), Error::<Test>::NotAuthorized);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(appoint(TRADER_1, BANK, Capacity::Payment), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn appoint_agent_should_fail_when_there_are_too_many() {
    run(|| {
        for number in 0..MAX_AGENTS {
            let account = fresh(number as u8);
            let bank = roles(&[Role::SettlementBank]);
            assert_ok!(Participants::register(
                signed(OP_1),
                text("Bank"),
                lei(100 + number),
                bank,
                accounts(&[account])
            ));
        }
        for number in 0..MAX_AGENTS - 1 {
            assert_ok!(Participants::appoint_agent(signed(TRADER_1), ParticipantId(8 + number), Capacity::Payment));
        }
        let one_more = Participants::appoint_agent(signed(TRADER_1), BANK, Capacity::Payment);
        assert_noop!(one_more, Error::<Test>::TooManyAgents);
    });
}

#[test]
fn dismiss_agent_should_end_the_appointment() {
    run(|| {
        assert_ok!(Participants::appoint_agent(signed(TRADER_1), BANK, Capacity::Payment));
        assert_ok!(Participants::dismiss_agent(signed(TRADER_2), CUSTODIAN, Capacity::Delivery));
        assert!(!Participants::is_agent(CUSTODIAN, TRADER, Capacity::Delivery));
        assert!(Participants::is_agent(BANK, TRADER, Capacity::Payment));
        expect_event(Event::AgentDismissed { principal: TRADER, agent: CUSTODIAN, capacity: Capacity::Delivery });
        assert_ok!(Participants::dismiss_agent(signed(TRADER_2), BANK, Capacity::Payment));
        assert!(!Agents::<Test>::contains_key(TRADER));
    });
}

#[test]
fn dismiss_agent_should_fail_when_not_appointed_or_not_the_principals() {
    run(|| {
        let dismiss = |who, capacity| Participants::dismiss_agent(signed(who), CUSTODIAN, capacity);
        assert_noop!(dismiss(TRADER_1, Capacity::Payment), Error::<Test>::AgentNotFound);
        assert_noop!(dismiss(BANK_1, Capacity::Delivery), Error::<Test>::AgentNotFound);
        assert_noop!(dismiss(OUTSIDER, Capacity::Delivery), Error::<Test>::NotAuthorized);
    });
}
