use super::helpers::*;
use crate::{
    mandates::{AssetLimits, Change, Counterparties, DayUse, Limits, Mandate, MandateAssets},
    mock::*,
    types::MAX_AGENTS,
    Agents, DayUses, Error, Event, Mandates, Requests,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    AccountId, AssetId, Capacity, Directory, Mandated, Moment, ParticipantId, PartyLeg, Received, Right, Rights, Role,
    Status,
};

const NATIVE: AssetId = AssetId::Native;
const DAY: Moment = 86_400_000;

/// Test helper: leg in which the trader gives 100 of the native currency to the issuer and is paid for it.
fn leg(account: &AccountId) -> PartyLeg<'_> {
    PartyLeg {
        party: TRADER,
        account,
        asset: &NATIVE,
        gives: true,
        amount: 100,
        counterparty: ISSUER,
        received: Received { cash: false, securities: true },
        is_agreed: false,
    }
}

fn only(per_instruction: u128, per_day: u128) -> MandateAssets {
    let limits = Limits { per_instruction, per_day };
    MandateAssets::Only(vec![AssetLimits { asset: NATIVE, limits }].try_into().unwrap())
}

fn of(participants: &[ParticipantId]) -> Counterparties {
    Counterparties::Only(participants.to_vec().try_into().unwrap())
}

/// Test helper: gives the bank this mandate of the trader, if it has another, and returns the answer to a move of this
/// leg by the bank's account.
fn asked(mandate: Mandate, leg: PartyLeg) -> Mandated {
    if Mandates::<Test>::get(TRADER, (BANK, Capacity::Payment)).as_ref() != Some(&mandate) {
        appoint(TRADER, BANK, Capacity::Payment, mandate);
    }
    Participants::mandate(&Participants::standing(&BANK_1).unwrap(), Right::Move, &leg)
}

#[test]
fn appoint_agent_should_wait_for_a_second_account_or_for_its_delay() {
    run(|| {
        let mandate = Mandate::widest();
        assert_ok!(Participants::appoint_agent(signed(TRADER_1), BANK, Capacity::Payment, mandate.clone()));
        let change = Change::Mandate { agent: BANK, capacity: Capacity::Payment, mandate: mandate.clone() };
        let hash = Participants::change_hash(&change);
        assert!(!is_agent(BANK_1, TRADER, Right::Move));
        let apply = || Participants::apply_change(signed(BANK_1), TRADER, hash);
        at(RIGHTS_DELAY - 1);
        assert_noop!(apply(), Error::<Test>::TooEarly);
        at(RIGHTS_DELAY);
        assert_ok!(apply());
        assert!(is_agent(BANK_1, TRADER, Right::Move) && is_agent(BANK_1, TRADER, Right::Trade));
        assert!(!is_agent(TRADER_1, BANK, Right::Move) && !is_agent(CUSTODIAN_1, BANK, Right::Move));
        expect_event(Event::AgentAppointed {
            principal: TRADER,
            agent: BANK,
            capacity: Capacity::Payment,
            old: None,
            new: mandate,
        });
    });
}

#[test]
fn a_second_account_should_appoint_at_once() {
    run(|| {
        grant(TRADER_2, Right::Administer);
        assert_ok!(Participants::appoint_agent(signed(TRADER_2), BANK, Capacity::Payment, Mandate::widest()));
        let hash = Requests::<Test>::get(TRADER)[0].hash;
        assert_noop!(Participants::approve_change(signed(TRADER_2), hash), Error::<Test>::OwnRequest);
        assert_ok!(Participants::approve_change(signed(TRADER_1), hash));
        assert!(is_agent(BANK_1, TRADER, Right::Move));
        assert!(!Requests::<Test>::contains_key(TRADER));
    });
}

#[test]
fn chain_h3_one_account_should_not_appoint_an_agent_that_empties_the_others() {
    run(|| {
        let appoint = |who| Participants::appoint_agent(signed(who), BANK, Capacity::Payment, Mandate::widest());
        // Without the right to administer, not at all.
        assert_noop!(appoint(TRADER_2), Error::<Test>::NotAuthorized);
        // With it, after the delay, and everybody who had something to lose can stop it.
        assert_ok!(appoint(TRADER_1));
        let hash = Requests::<Test>::get(TRADER)[0].hash;
        assert_ok!(Participants::veto_change(signed(TRADER_2), TRADER, hash));
        at(RIGHTS_DELAY);
        let apply = Participants::apply_change(signed(TRADER_1), TRADER, hash);
        assert_noop!(apply, Error::<Test>::RequestNotFound);
    });
}

#[test]
fn appoint_agent_should_fail_when_it_lacks_the_role_or_is_unknown_or_itself_or_appointed() {
    run(|| {
        let with = |who, agent, capacity, mandate| Participants::appoint_agent(signed(who), agent, capacity, mandate);
        let appoint = |who, agent, capacity| with(who, agent, capacity, Mandate::widest());
        assert_noop!(appoint(TRADER_1, BANK, Capacity::Delivery), Error::<Test>::AgentLacksRole);
        assert_noop!(appoint(TRADER_1, CUSTODIAN, Capacity::Payment), Error::<Test>::AgentLacksRole);
        assert_noop!(appoint(TRADER_1, ParticipantId(99), Capacity::Payment), Error::<Test>::ParticipantNotFound);
        assert_noop!(appoint(BANK_1, BANK, Capacity::Payment), Error::<Test>::OwnAgent);
        assert_noop!(appoint(TRADER_1, CUSTODIAN, Capacity::Delivery), Error::<Test>::AgentAlreadyExists);
        assert_noop!(appoint(OUTSIDER, BANK, Capacity::Payment), Error::<Test>::NotAuthorized);
        for rights in [Rights::NONE, Rights::ALL, Rights::NONE.with(Right::MoveAll)] {
            let mandate = Mandate { rights, ..Mandate::widest() };
            assert_noop!(with(TRADER_1, BANK, Capacity::Payment, mandate), Error::<Test>::BadRights);
        }
        let over = Mandate { expires: START, ..Mandate::widest() };
        assert_noop!(with(TRADER_1, BANK, Capacity::Payment, over), Error::<Test>::MandateExpired);
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
            let name = text("Bank");
            let list = accounts(&[account]);
            assert_ok!(Participants::register(signed(OP_1), name, lei(100 + number), bank, list, Default::default()));
        }
        for number in 0..MAX_AGENTS - 1 {
            appoint(TRADER, ParticipantId(8 + number), Capacity::Payment, Mandate::widest());
        }
        let one_more = Participants::appoint_agent(signed(TRADER_1), BANK, Capacity::Payment, Mandate::widest());
        assert_noop!(one_more, Error::<Test>::TooManyAgents);
        // Another mandate for one of them needs no room.
        let narrower = Mandate { counterparties: of(&[ISSUER]), ..Mandate::widest() };
        appoint(TRADER, ParticipantId(8), Capacity::Payment, narrower);
    });
}

#[test]
fn dismiss_agent_should_end_the_mandate_at_once() {
    run(|| {
        appoint(TRADER, BANK, Capacity::Payment, Mandate::widest());
        assert_ok!(Participants::dismiss_agent(signed(TRADER_1), CUSTODIAN, Capacity::Delivery));
        assert!(!is_agent(CUSTODIAN_1, TRADER, Right::Move));
        assert!(is_agent(BANK_1, TRADER, Right::Move));
        let capacity = Capacity::Delivery;
        expect_event(Event::AgentDismissed { principal: TRADER, agent: CUSTODIAN, capacity, by: TRADER_1 });
        assert_ok!(Participants::dismiss_agent(signed(TRADER_1), BANK, Capacity::Payment));
        assert!(!Agents::<Test>::contains_key(TRADER));
    });
}

#[test]
fn dismiss_agent_should_fail_when_not_appointed_or_not_the_principals() {
    run(|| {
        let dismiss = |who, capacity| Participants::dismiss_agent(signed(who), CUSTODIAN, capacity);
        assert_noop!(dismiss(TRADER_1, Capacity::Payment), Error::<Test>::AgentNotFound);
        assert_noop!(dismiss(TRADER_2, Capacity::Delivery), Error::<Test>::NotAuthorized);
        assert_noop!(dismiss(BANK_1, Capacity::Delivery), Error::<Test>::AgentNotFound);
        assert_noop!(dismiss(OUTSIDER, Capacity::Delivery), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn a_mandate_should_allow_its_assets_and_counterparties_and_an_empty_list_none() {
    run(|| {
        let widest = Mandate::widest;
        assert_eq!(asked(widest(), leg(&TRADER_1)), Mandated::Allowed);
        for (assets, expected) in [
            (only(100, 100), Mandated::Allowed),
            (only(99, 100), Mandated::Refused),
            (MandateAssets::Only(Default::default()), Mandated::Refused),
        ] {
            assert_eq!(asked(Mandate { assets, ..widest() }, leg(&TRADER_1)), expected);
        }
        for (list, expected) in
            [(&[ISSUER][..], Mandated::Allowed), (&[BANK], Mandated::Refused), (&[], Mandated::Refused)]
        {
            assert_eq!(asked(Mandate { counterparties: of(list), ..widest() }, leg(&TRADER_1)), expected);
        }
        // What the principal gives to itself has no counterparty.
        let own = PartyLeg { counterparty: TRADER, ..leg(&TRADER_1) };
        assert_eq!(asked(Mandate { counterparties: of(&[]), ..widest() }, own), Mandated::Allowed);
    });
}

#[test]
fn a_mandate_should_not_give_for_nothing_unless_it_says_so_or_the_principal_agreed() {
    run(|| {
        let unpaid = PartyLeg { received: Received::default(), ..leg(&TRADER_1) };
        assert_eq!(asked(Mandate::widest(), unpaid), Mandated::Refused);
        assert_eq!(asked(Mandate::widest(), PartyLeg { is_agreed: true, ..unpaid }), Mandated::Allowed);
        assert_eq!(asked(Mandate::widest(), PartyLeg { gives: false, amount: 0, ..unpaid }), Mandated::Allowed);
        assert_eq!(asked(Mandate { free_of_payment: true, ..Mandate::widest() }, unpaid), Mandated::Allowed);
    });
}

#[test]
fn a_mandate_should_end_with_its_time_its_role_and_the_right_of_the_account_that_signs() {
    run(|| {
        let until = |expires| Mandate { expires, ..Mandate::widest() };
        assert_eq!(asked(until(START + 10), leg(&TRADER_1)), Mandated::Allowed);
        at(9);
        assert_eq!(asked(until(START + 10), leg(&TRADER_1)), Mandated::Allowed);
        at(10);
        let bank = || Participants::standing(&BANK_1).unwrap();
        let ask = |right| Participants::mandate(&bank(), right, &leg(&TRADER_1));
        assert_eq!(ask(Right::Move), Mandated::Absent);
        assert_eq!(asked(until(START + 20), leg(&TRADER_1)), Mandated::Allowed);
        // The bank's own account needs the right that it uses for its principal.
        assert_ok!(Participants::lower_rights(signed(BANK_1), BANK_1, rights(&[Right::Trade])));
        assert_eq!(ask(Right::Move), Mandated::Absent);
        assert_eq!(ask(Right::Trade), Mandated::Allowed);
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), BANK, roles(&[Role::Trader])));
        assert_eq!(ask(Right::Trade), Mandated::Absent);
    });
}

#[test]
fn without_trade_in_the_mandate_an_agent_should_agree_nothing() {
    run(|| {
        let mandate = Mandate { rights: Rights::NONE.with(Right::Move), ..Mandate::widest() };
        appoint(TRADER, BANK, Capacity::Payment, mandate);
        let bank = Participants::standing(&BANK_1).unwrap();
        assert!(!Participants::may_speak(&bank, TRADER));
        assert!(!Participants::may_trade(&bank, TRADER, &[leg(&TRADER_1)]));
        assert!(Participants::may_finish_for(&bank, TRADER));
        assert!(Participants::may_move(&BANK_1, &bank, &leg(&TRADER_1)));
    });
}

#[test]
fn what_an_agent_moves_should_count_for_the_day() {
    run(|| {
        appoint(TRADER, BANK, Capacity::Payment, Mandate { assets: only(100, 150), ..Mandate::widest() });
        let bank = Participants::standing(&BANK_1).unwrap();
        let take = |amount| Participants::take(&BANK_1, &bank, &leg(&TRADER_1), amount);
        assert!(take(100));
        assert!(!take(51));
        assert!(take(50));
        assert!(!take(1));
        let used: DayUse = DayUses::<Test>::get(TRADER, (BANK, Capacity::Payment));
        assert_eq!((used.day, used.sums.into_inner()), (START / DAY, vec![(NATIVE, 150)]));
        // The next UTC day begins anew.
        Timestamp::set_timestamp((START / DAY + 1) * DAY - 1);
        assert!(!take(1));
        Timestamp::set_timestamp((START / DAY + 1) * DAY);
        assert!(take(100));
        // What the principal moves itself does not count.
        let own = Participants::standing(&TRADER_1).unwrap();
        assert!(Participants::take(&TRADER_1, &own, &leg(&TRADER_1), 1_000));
        assert_eq!(DayUses::<Test>::get(TRADER, (BANK, Capacity::Payment)).sums.into_inner(), vec![(NATIVE, 100)]);
    });
}

#[test]
fn chain_h3_an_agent_without_a_limit_should_be_counted_nowhere() {
    run(|| {
        appoint(TRADER, BANK, Capacity::Payment, Mandate::widest());
        let bank = Participants::standing(&BANK_1).unwrap();
        assert!(Participants::take(&BANK_1, &bank, &leg(&TRADER_1), 100));
        assert!(!DayUses::<Test>::contains_key(TRADER, (BANK, Capacity::Payment)));
    });
}

// One leg that the mandate allows does not bring another one with it.
#[test]
fn chain_h3_an_agent_should_agree_nothing_that_one_leg_refuses() {
    run(|| {
        let within = leg(&TRADER_1);
        let beyond = PartyLeg { amount: 101, ..within };
        let to_others = PartyLeg { counterparty: CUSTODIAN, ..within };
        let mandate = Mandate { assets: only(100, 100), counterparties: of(&[ISSUER]), ..Mandate::widest() };
        appoint(TRADER, BANK, Capacity::Payment, mandate);
        let bank = Participants::standing(&BANK_1).unwrap();
        assert!(Participants::may_trade(&bank, TRADER, &[within]));
        for refused in [beyond, to_others] {
            assert!(!Participants::may_trade(&bank, TRADER, &[within, refused]));
            assert!(!Participants::may_move(&BANK_1, &bank, &refused));
        }
    });
}

#[test]
fn chain_h3_what_an_agent_has_moved_should_go_with_its_mandate() {
    run(|| {
        appoint(TRADER, BANK, Capacity::Payment, Mandate { assets: only(100, 100), ..Mandate::widest() });
        let bank = Participants::standing(&BANK_1).unwrap();
        assert!(Participants::take(&BANK_1, &bank, &leg(&TRADER_1), 100));
        assert_ok!(Participants::dismiss_agent(signed(TRADER_1), BANK, Capacity::Payment));
        assert!(!DayUses::<Test>::contains_key(TRADER, (BANK, Capacity::Payment)));
        assert!(!Participants::take(&BANK_1, &bank, &leg(&TRADER_1), 1));
    });
}

#[test]
fn an_agent_should_stay_within_every_mandate_that_concerns_a_trade() {
    run(|| {
        let none = Mandate { assets: MandateAssets::Only(Default::default()), ..Mandate::widest() };
        appoint(TRADER, BANK, Capacity::Payment, none);
        let bank = Participants::standing(&BANK_1).unwrap();
        assert!(!Participants::may_trade(&bank, TRADER, &[leg(&TRADER_1)]));
        // Nor does it agree what has no leg of its kind.
        assert!(!Participants::may_trade(&bank, TRADER, &[]));
    });
}
