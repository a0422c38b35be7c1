use super::helpers::*;
use crate::{mock::*, Bucket, Error, Event, Expiries, Instructions, State, WeightInfo};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
    sp_runtime::DispatchError,
};
use tandem_primitives::{Execution, InstructionId, Moment, Outcome, Policy};

/// Test helper: runs the sweep with this much weight, and returns the weight that it used.
fn sweep_with(weight: Weight) -> Weight {
    <Settlement as Hooks<u64>>::on_idle(System::block_number(), weight)
}

/// Test helper: instants of the buckets in which the instruction has an entry, in milliseconds after `START`.
pub fn due(id: InstructionId) -> Vec<Moment> {
    Expiries::<Test>::iter_keys()
        .filter(|(_, (_, known))| *known == id)
        .map(|(bucket, _)| bucket.instant() - START)
        .collect()
}

#[test]
fn sweep_should_do_nothing_before_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        events();
        at(RESERVE_BY - 1);
        sweep();
        assert_eq!(events(), []);
        assert_eq!(due(id), [RESERVE_BY]);
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn sweep_should_settle_the_part_and_return_the_rest() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 8);
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
        assert_moved(600, 6_000, (0, 0));
    });
}

#[test]
fn sweep_should_come_back_at_the_deadline() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 8, 5);
        at(RESERVE_BY);
        sweep();
        assert_eq!((open(id).state, reserved(id)), (State::Formed { lots: 5 }, vec![5, 5]));
        assert_eq!(due(id), [DEADLINE]);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        at(DEADLINE - 1);
        sweep();
        assert_eq!(open(id).state, State::Executing { lots: 5 });
        at(DEADLINE);
        sweep();
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
        assert_eq!(due(id), [DEADLINE + RETENTION]);
        assert_moved(500, 5_000, (0, 0));
    });
}

#[test]
fn sweep_should_prune_a_closed_record_after_its_retention() {
    for (later, gone) in [(RETENTION - 1, false), (RETENTION, true), (RETENTION + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let terms = dvp(10, Execution::Immediate);
            let id = matched(&terms, Policy::Part, 10, 10);
            let record = Instructions::<Test>::get(id);
            for after_start in [RESERVE_BY, DEADLINE, DEADLINE + later] {
                at(after_start);
                assert_eq!(Instructions::<Test>::get(id), record);
                events();
                sweep();
            }
            assert_eq!(Instructions::<Test>::contains_key(id), !gone);
            assert_eq!(events().contains(&Event::Pruned { id }), gone);
            assert_eq!(due(id).is_empty(), gone);
            // The same terms cannot be settled a second time after that, because their time has passed.
            let again = instruct_as(&SELLER, &terms, party(Policy::Part));
            let expected = if gone { Error::<Test>::TooLate } else { Error::<Test>::AlreadyExists };
            assert_eq!(again, Err(expected.into()));
        });
    }
}

#[test]
fn sweep_should_not_come_before_an_instant_within_a_second() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.reserve_by += 1;
        let id = instructed(&terms, Policy::Part, 10);
        assert_eq!(due(id), [RESERVE_BY + 1_000]);
        at(RESERVE_BY + 999);
        sweep();
        assert_eq!(open(id).state, State::Proposed);
        // Expiry is a fact of time; the sweep only cleans up.
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!(Bucket::of(START).instant(), START);
        assert_eq!(Bucket::of(START + 1).instant(), START + 1_000);
    });
}

#[test]
fn sweep_should_stop_where_the_weight_ends_and_go_on_in_the_next_block() {
    ExtBuilder.build_and_execute(|| {
        let ids: Vec<_> = (0..5u64)
            .map(|n| {
                let mut terms = named(dvp(10, Execution::Immediate), &format!("T{n}"));
                terms.reserve_by -= n * 1_000;
                instructed(&terms, Policy::Part, 10)
            })
            .collect();
        at(RESERVE_BY);
        assert_eq!(sweep_with(Weight::zero()), Weight::zero());
        let look = <() as WeightInfo>::sweep_look();
        // Nothing is reserved on the other leg.
        let one = look.saturating_add(<() as WeightInfo>::expire(1)).saturating_add(<() as WeightInfo>::sweep_prune());
        let cursor = Settlement::cursor_weight();
        // Enough to look and not to act: nothing is half done.
        let little = cursor.saturating_add(one).saturating_sub(Weight::from_parts(1, 0));
        assert!(sweep_with(little).all_lte(little));
        assert!(ids.iter().all(|id| open(*id).state == State::Proposed));
        // The participant's share is used up after the first: the sweep passes the four others before it comes back.
        let two = cursor.saturating_add(one.saturating_mul(2)).saturating_add(look.saturating_mul(5));
        assert!(sweep_with(two).all_lte(two));
        // The earliest are the last two that were instructed.
        assert_eq!((outcome(ids[4]), outcome(ids[3])), ((Outcome::Expired, 0), (Outcome::Expired, 0)));
        assert!(ids[..3].iter().all(|id| open(*id).state == State::Proposed));
        assert_moved(0, 0, (3_000, 0));
        sweep();
        assert!(ids.iter().all(|id| outcome(*id) == (Outcome::Expired, 0)));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn sweep_should_catch_up_after_a_long_silence() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        let other = instructed(&named(dvp(10, Execution::OnToken), "O"), Policy::Part, 10);
        at(DEADLINE + RETENTION);
        sweep();
        // All that was due, in one run: returned and closed. The records are kept from now on.
        assert_eq!((outcome(id), outcome(other)), ((Outcome::Expired, 0), (Outcome::Expired, 0)));
        at(DEADLINE + 2 * RETENTION);
        sweep();
        assert!(!Instructions::<Test>::contains_key(id) && !Instructions::<Test>::contains_key(other));
        assert_eq!(Expiries::<Test>::iter().count(), 0);
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn sweep_should_go_past_an_instruction_that_it_cannot_close() {
    ExtBuilder.build_and_execute(|| {
        let mut first = dvp(10, Execution::Immediate);
        first.legs.truncate(1);
        first.reserve_by -= 1_000;
        let stuck = instructed(&first, Policy::Part, 10);
        let free = {
            let mut terms = dvp(10, Execution::Immediate);
            terms.legs = vec![leg(BOND, 1_000, SELLER, BUYER)].try_into().expect("one; qed");
            instructed(&terms, Policy::Part, 10)
        };
        // What no call can do on a chain that filters this one: take from escrow.
        assert_ok!(Assets::burn(by(&ISSUER), SHARE, Escrow::account_id(), 1_000));
        at(RESERVE_BY);
        events();
        sweep();
        let error: DispatchError = pallet_escrow::Error::<Test>::NotInEscrow.into();
        assert!(events().contains(&Event::SweepFailed { id: stuck, error, reference: trade_1() }));
        assert_eq!((open(stuck).state, due(stuck)), (State::Proposed, vec![RESERVE_BY + 60_000]));
        assert_eq!((outcome(free), balance(BOND, &SELLER)), ((Outcome::Expired, 0), OPENING));
        assert_noop!(expire(&THIRD, stuck), pallet_escrow::Error::<Test>::NotInEscrow);
        // Once it can be paid, the sweep comes back for it.
        assert_ok!(Assets::mint(by(&ISSUER), SHARE, Escrow::account_id(), 1_000));
        at(RESERVE_BY + 60_000);
        sweep();
        assert_eq!(outcome(stuck), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn chain_l6_sweep_should_look_at_what_is_committed_hourly_and_for_the_price_of_a_move() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        at(DEADLINE);
        let look = <() as WeightInfo>::sweep_look();
        let moved = look.saturating_add(<() as WeightInfo>::sweep_prune());
        // Not enough for an expiry, and enough for all that is done.
        let used = sweep_with(moved.saturating_add(look));
        assert!(used.all_lte(moved.saturating_add(look)));
        assert_eq!(due(id), [DEADLINE + 3_600_000]);
        events();
        sweep();
        assert_eq!((events(), due(id)), (vec![], vec![DEADLINE + 3_600_000]));
    });
}

#[test]
fn net_p8_record_that_ended_late_should_outlive_its_end_by_the_retention() {
    let late = DEADLINE + 2 * RETENTION;
    for (later, gone) in [(RETENTION - 1, false), (RETENTION, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            at(late);
            assert_ok!(deliver(id, 10));
            sweep();
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            for after_start in [late + 3_600_000, late + later + 3_600_000] {
                at(after_start.min(late + later));
                sweep();
            }
            assert_eq!(Instructions::<Test>::contains_key(id), !gone);
        });
    }
}

#[test]
fn chain_l6_early_look_should_cost_a_move_where_nothing_has_formed() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Part, 6, 6);
        assert_eq!(due(id), [5_000]);
        at(5_000);
        let look = <() as WeightInfo>::sweep_look();
        let moved = look.saturating_add(<() as WeightInfo>::sweep_prune());
        // Not enough for an expiry.
        assert!(sweep_with(moved.saturating_add(look)).all_lte(moved.saturating_add(look)));
        assert_eq!((open(id).state, due(id)), (State::Matched, vec![RESERVE_BY]));
    });
}

// Whoever has many instructions due before and with those of others holds up nobody but itself.
#[test]
fn chain_m5_sweep_should_give_every_participant_its_share() {
    ExtBuilder.build_and_execute(|| {
        let flood: Vec<_> = (0..40u64)
            .map(|n| {
                let mut terms = named(dvp(10, Execution::Immediate), &format!("F{n}"));
                // Forty at one instant, and the same instant as the trade of the other participant.
                terms.reserve_by -= (n % 2) * 1_000;
                instructed(&terms, Policy::Part, 0)
            })
            .collect();
        let mut terms = dvp(10, Execution::Immediate);
        terms.legs = vec![leg(EURO, 1_000, BUYER, SELLER)].try_into().expect("one; qed");
        assert_ok!(instruct_as(&BUYER, &terms, party(Policy::Part)));
        let other = id_of(&terms, &BUYER);
        at(RESERVE_BY);
        let block = look_and_expire().saturating_mul(6);
        assert!(sweep_with(block).all_lte(block));
        assert_eq!(outcome(other), (Outcome::Expired, 0));
        let closed = |ids: &[InstructionId]| ids.iter().filter(|id| is_closed(**id)).count();
        assert!((2..6).contains(&closed(&flood)), "{}", closed(&flood));
        assert_eq!(crate::SweptTo::<Test>::get(), Some(Bucket::of(RESERVE_BY + START)));
        // The rest follows in the order of time, and nothing is left of the cursor.
        for _ in 0..20 {
            sweep_with(block);
        }
        assert_eq!(closed(&flood), 40);
        assert_eq!(crate::SweptTo::<Test>::get(), None);
    });
}

// What becomes due while a backlog waits is served at once, block by block.
#[test]
fn chain_m5_sweep_should_serve_what_becomes_due_while_others_wait() {
    ExtBuilder.build_and_execute(|| {
        let flood: Vec<_> = (0..60u64)
            .map(|n| instructed(&named(dvp(10, Execution::Immediate), &format!("F{n}")), Policy::Part, 0))
            .collect();
        let later: Vec<_> = (1..6u64)
            .map(|n| {
                let mut terms = named(dvp(10, Execution::Immediate), &format!("L{n}"));
                terms.legs = vec![leg(EURO, 1_000, BUYER, SELLER)].try_into().expect("one; qed");
                terms.reserve_by += n * 1_000;
                assert_ok!(instruct_as(&BUYER, &terms, party(Policy::Part)));
                id_of(&terms, &BUYER)
            })
            .collect();
        let block = look_and_expire().saturating_mul(3);
        at(RESERVE_BY);
        sweep_with(block);
        for (n, id) in (1..).zip(later) {
            assert!(!is_closed(id));
            at(RESERVE_BY + n * 1_000);
            sweep_with(block);
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            assert!(flood.iter().any(|id| !is_closed(*id)), "a backlog waits");
        }
    });
}

/// Test helper: weight of a visit that ends an instruction, with a look at one more.
fn look_and_expire() -> Weight {
    let expiry = <() as WeightInfo>::expire(0).saturating_add(<() as WeightInfo>::sweep_prune());
    <() as WeightInfo>::sweep_look().saturating_mul(2).saturating_add(expiry)
}

/// Test helper: true if the instruction has ended.
fn is_closed(id: InstructionId) -> bool {
    matches!(Instructions::<Test>::get(id), Some(crate::Instruction::Closed(_)))
}

// Blocks that transactions of both classes fill leave nothing to the sweep, however little one class takes.
#[test]
#[should_panic(expected = "in a block that is otherwise full")]
fn chain_l3_blocks_should_leave_room_for_the_sweep_when_both_classes_are_full() {
    FULL_BLOCKS.set(true);
    <Settlement as Hooks<u64>>::integrity_test();
}
