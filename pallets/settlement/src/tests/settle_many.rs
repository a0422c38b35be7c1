use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo},
    sp_runtime::DispatchError,
};
use tandem_primitives::{AccountId, Execution, InstructionId, Lots, Outcome, Policy, Status};

fn settle_many(who: &AccountId, many: Vec<(InstructionId, Option<Lots>)>) -> DispatchResultWithPostInfo {
    Settlement::settle_many(by(who), many.try_into().expect("at most 64; qed"))
}

/// The instructions that failed, each with its error.
fn failures() -> Vec<(InstructionId, DispatchError)> {
    let failed = |event| match event {
        Event::SettleFailed { id, error } => Some((id, error)),
        _ => None,
    };
    events().into_iter().filter_map(failed).collect()
}

#[test]
fn settle_many_should_settle_all_the_others_when_one_is_blocked() {
    ExtBuilder.build_and_execute(|| {
        let ids: Vec<_> = ["A", "B", "C", "D", "E"]
            .into_iter()
            .map(|name| matched(&named(dvp(10, by_manager(DEADLINE)), name), Policy::Part, 10, 10))
            .collect();
        let nothing = InstructionId::default();
        assert_ok!(set_flag(&REGULATOR, ids[1], FlagSource::Authority));
        events();
        assert_ok!(settle_many(
            &MANAGER,
            vec![
                (ids[0], None),
                (ids[1], None),
                (nothing, None),
                (ids[2], Some(11)),
                (ids[3], Some(4)),
                (ids[0], None),
                (ids[4], Some(10)),
            ]
        ));
        assert_eq!(
            failures(),
            [
                (ids[1], Error::<Test>::Blocked.into()),
                (nothing, Error::<Test>::NotFound.into()),
                (ids[2], Error::<Test>::TooManyLots.into()),
                (ids[0], Error::<Test>::AlreadyClosed.into()),
            ]
        );
        assert_eq!((outcome(ids[0]), outcome(ids[4])), ((Outcome::Settled, 10), (Outcome::Settled, 10)));
        assert_eq!((open(ids[1]).settled, open(ids[2]).settled, open(ids[3]).settled), (0, 0, 4));
        assert_moved(2_400, 24_000, (2_600, 26_000));
    });
}

#[test]
fn settle_many_should_not_make_more_possible_than_settle() {
    ExtBuilder.build_and_execute(|| {
        let managed = matched(&dvp(10, by_manager(DEADLINE)), Policy::Parq { min_lots: 5 }, 10, 10);
        let mut later = dvp(10, Execution::Immediate);
        later.settle_from = START + 5_000;
        let deferred = matched(&later, Policy::Part, 10, 10);
        events();
        at(5_000);
        // The buyer tries its luck, and takes what is open to anybody with it.
        assert_ok!(settle_many(&BUYER, vec![(managed, None), (managed, Some(5)), (deferred, None)]));
        assert_eq!(
            failures(),
            [(managed, Error::<Test>::NotAuthorized.into()), (managed, Error::<Test>::NotAuthorized.into())]
        );
        assert_eq!(outcome(deferred), (Outcome::Settled, 10));
        assert_ok!(settle_many(&MANAGER, vec![(managed, Some(6))]));
        assert_eq!(failures(), [(managed, Error::<Test>::PartNotAllowed.into())]);
        assert_eq!(open(managed).state, State::Formed { lots: 10 });
        at(DEADLINE);
        assert_ok!(settle_many(&MANAGER, vec![(managed, None)]));
        assert_eq!(failures(), [(managed, Error::<Test>::TooLate.into())]);
        assert_moved(1_000, 10_000, (1_000, 10_000));
    });
}

#[test]
fn settle_many_should_fail_for_who_may_finish_nothing() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(DEADLINE)), Policy::Part, 10, 10);
        assert_noop!(settle_many(&OUTSIDER, vec![(id, None)]), Error::<Test>::NotAuthorized);
        for status in [Status::Sanctioned, Status::Revoked] {
            set_status(MANAGER_ID, status);
            assert_noop!(settle_many(&MANAGER, vec![(id, None)]), Error::<Test>::NotActive);
        }
    });
}

#[test]
fn settle_many_should_take_none_and_as_many_as_its_bound() {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(settle_many(&MANAGER, Vec::new()));
        let ids: Vec<_> = (0..64)
            .map(|n| matched(&named(dvp(1, by_manager(DEADLINE)), &format!("T{n}")), Policy::Npar, 1, 1))
            .collect();
        assert_ok!(settle_many(&MANAGER, ids.into_iter().map(|id| (id, None)).collect()));
        assert_moved(64_000, 640_000, (0, 0));
    });
}

#[test]
fn settle_many_should_cost_what_each_of_them_does() {
    use crate::WeightInfo;
    ExtBuilder.build_and_execute(|| {
        let trade = |name| matched(&named(dvp(10, by_manager(DEADLINE)), name), Policy::Part, 10, 10);
        let many = vec![(trade("A"), None), (InstructionId::default(), None), (trade("B"), Some(11))];
        let at_most = Settlement::settle_many_weight(3);
        let spent = settle_many(&MANAGER, many).expect("one that fails stops none of the others").actual_weight;
        // The first has two legs, the second is not there, and of the third nobody says what it cost.
        let each = |legs| <() as WeightInfo>::settle(legs);
        let expected = <() as WeightInfo>::settle_many(3) + each(2) + each(tandem_primitives::MAX_LEGS);
        assert_eq!(spent, Some(expected));
        assert!(expected.all_lt(at_most));
    });
}
