use super::helpers::*;
use crate::{mock::*, FlagSource};
use polkadot_sdk::frame_support::assert_ok;
use tandem_primitives::{
    token_id, AccountId, AssetId, BlockingReason, Execution, FinalityPoints, FlagKind, InstructionId, LegView, Outcome,
    Policy, Position, Stage, Status, TokenStatus, TrancheView, VersionedTerms,
};

/// Test helper: positions of the account in shares and euros.
fn positions(account: &AccountId) -> Vec<Position> {
    Settlement::positions(account, [SHARE, EURO].into_iter().map(AssetId::WithId))
}

fn position(asset: u32) -> Position {
    Position {
        asset: AssetId::WithId(asset),
        available: 0,
        reserved: 0,
        provisional_in: 0,
        provisional_out: 0,
        claimable: 0,
        total: 0,
    }
}

#[test]
fn instruction_should_show_each_stage() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(Settlement::instruction(InstructionId::default()), None);
        let terms = dvp(10, Execution::OnToken);
        let id = instructed(&terms, Policy::Parq { min_lots: 2 }, 6);
        let stage = || Settlement::instruction(id).map(|view| view.stage);
        assert_eq!(stage(), Some(Stage::Proposed));
        assert_ok!(affirm(id, Policy::Part, 4));
        assert_eq!(stage(), Some(Stage::Matched));
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        let view = Settlement::instruction(id).expect("there");
        let token = |leg, holder, lots, status| Some((token_id(id, leg, 0.into()), holder, lots, status));
        assert_eq!((view.id, view.settled, view.tranches.0), (id, 0, 0));
        assert_eq!(view.terms_hash, VersionedTerms::V1(terms.clone()).hash());
        assert_eq!(view.terms, Some(VersionedTerms::V1(terms)));
        assert_eq!(view.flags, [FlagKind::Authority]);
        assert_eq!(
            view.parties.iter().map(|party| (party.participant, party.affirmed, party.policy)).collect::<Vec<_>>(),
            [(SELLER_ID, true, Policy::Parq { min_lots: 2 }), (BUYER_ID, true, Policy::Part)]
        );
        let leg = |reserved, amount_reserved, amount_delivered, token| LegView {
            reserved,
            amount_reserved,
            amount_delivered,
            token,
        };
        assert_eq!(
            view.legs,
            [
                leg(6, 600, 0, token(DELIVERY, BUYER, 6, TokenStatus::Issued)),
                leg(4, 4_000, 0, token(PAYMENT, SELLER, 4, TokenStatus::Issued)),
            ]
        );
        assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!(stage(), Some(Stage::Formed { lots: 4 }));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_eq!(stage(), Some(Stage::Executing { lots: 4 }));
        assert_eq!(
            Settlement::instruction(id).map(|view| view.legs),
            Some(vec![
                leg(6, 200, 400, token(DELIVERY, BUYER, 4, TokenStatus::Consumed)),
                leg(4, 4_000, 0, token(PAYMENT, SELLER, 4, TokenStatus::Armed)),
            ])
        );
        assert_eq!(
            Settlement::tokens(id),
            [
                (DELIVERY, token_id(id, DELIVERY, 0.into()), BUYER, 4, TokenStatus::Consumed),
                (PAYMENT, token_id(id, PAYMENT, 0.into()), SELLER, 4, TokenStatus::Armed),
            ]
        );
        at(DEADLINE);
        sweep();
        let view = Settlement::instruction(id).expect("kept");
        assert_eq!(view.stage, Stage::Closed { outcome: Outcome::PartiallySettled });
        assert_eq!((view.settled, view.tranches.0, view.terms, view.legs), (4, 1, None, vec![]));
        assert_eq!(Settlement::tokens(id), []);
    });
}

#[test]
fn tokens_should_name_the_account_that_took_the_holders_place() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
        let new = AccountId::new([150; 32]);
        replace(&BUYER, &BUYER_2, &new);
        let holders: Vec<_> = Settlement::tokens(id).into_iter().map(|(_, _, holder, _, _)| holder).collect();
        assert_eq!(holders, [new, SELLER]);
    });
}

#[test]
fn blocking_reasons_should_name_all_and_not_the_first() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = instructed(&terms, Policy::Npar, 6);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(set_flag(&OPERATOR, id, FlagSource::Operator));
        assert_ok!(Assets::freeze_asset(by(&ISSUER), EURO));
        set_status(BUYER_ID, Status::Sanctioned);
        let mut all = vec![
            BlockingReason::NotAffirmed(BUYER_ID),
            BlockingReason::NotReserved { leg: DELIVERY, missing: 4 },
            BlockingReason::NotReserved { leg: PAYMENT, missing: 10 },
            BlockingReason::NoAllowedPart,
            BlockingReason::NotBefore(START + 5_000),
            BlockingReason::Flagged(FlagKind::Party(SELLER_ID)),
            BlockingReason::Flagged(FlagKind::Operator),
            BlockingReason::Sanctioned(BUYER_ID),
            BlockingReason::AssetNotLive(PAYMENT),
        ];
        assert_eq!(Settlement::blocking_reasons(id), all);
        at(DEADLINE);
        all[4] = BlockingReason::PastDeadline;
        all.insert(4, BlockingReason::PastReserveBy);
        assert_eq!(Settlement::blocking_reasons(id), all);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(Settlement::blocking_reasons(id), [BlockingReason::Closed]);
        assert_eq!(Settlement::blocking_reasons(InstructionId::default()), []);
    });
}

#[test]
fn blocking_reasons_should_say_for_whom_a_formed_tranche_waits() {
    ExtBuilder.build_and_execute(|| {
        let tokens = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        let waits = [BlockingReason::TokenNotConsumed(DELIVERY), BlockingReason::TokenNotConsumed(PAYMENT)];
        assert_eq!(Settlement::blocking_reasons(tokens), waits);
        assert_ok!(execute(&SELLER, tokens, PAYMENT));
        assert_eq!(Settlement::blocking_reasons(tokens), [BlockingReason::TokenNotConsumed(DELIVERY)]);
        let managed = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        assert_eq!(Settlement::blocking_reasons(managed), [BlockingReason::AwaitingManager]);
        let part = matched(&named(dvp(10, by_manager(MANAGER_BY)), "PART"), Policy::Part, 10, 4);
        let missing = BlockingReason::NotReserved { leg: PAYMENT, missing: 6 };
        assert_eq!(Settlement::blocking_reasons(part), [missing, BlockingReason::AwaitingManager]);
        assert_ok!(release(&SELLER, part, DELIVERY, 6));
        let secret = matched(&dvp(10, hashlock()), Policy::Npar, 10, 10);
        assert_eq!(Settlement::blocking_reasons(secret), [BlockingReason::AwaitingPreimage]);
        assert_ok!(set_flag(&REGULATOR, secret, FlagSource::Authority));
        assert_ok!(reveal(&BUYER, secret, SECRET));
        assert_eq!(Settlement::blocking_reasons(secret), [BlockingReason::Flagged(FlagKind::Authority)]);
        let mut later = dvp(10, Execution::Immediate);
        later.settle_from = START + 5_000;
        let deferred = matched(&later, Policy::Part, 10, 10);
        assert_eq!(Settlement::blocking_reasons(deferred), [BlockingReason::NotBefore(START + 5_000)]);
        at(5_000);
        assert_eq!(Settlement::blocking_reasons(deferred), []);
    });
}

#[test]
fn preview_tranche_should_show_what_would_settle() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 9);
        assert_eq!(Settlement::preview_tranche(id), None);
        assert_ok!(affirm(id, Policy::Part, 8));
        let view = TrancheView { lots: 6, amounts: vec![600, 6_000], surplus: vec![300, 2_000] };
        assert_eq!(Settlement::preview_tranche(id), Some(view.clone()));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_moved(view.amounts[0], view.amounts[1], (view.surplus[0], view.surplus[1]));
        assert_eq!(Settlement::preview_tranche(id), None);
        assert_eq!(Settlement::preview_tranche(InstructionId::default()), None);
    });
}

#[test]
fn allegements_should_list_what_waits_for_the_participants_word() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        let rejected = instructed(&named(dvp(10, Execution::Immediate), "R"), Policy::Part, 0);
        assert_eq!(Settlement::allegements(SELLER_ID), []);
        assert_eq!(Settlement::allegements(THIRD_ID), []);
        assert_eq!(Settlement::allegements(BUYER_ID).len(), 2);
        assert_ok!(Settlement::reject(by(&BUYER), rejected, None, because("no")));
        assert_eq!(Settlement::allegements(BUYER_ID), [id]);
        assert_ok!(affirm(id, Policy::Part, 0));
        assert_eq!(Settlement::allegements(BUYER_ID), []);
    });
}

#[test]
fn positions_should_show_where_every_unit_is() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 6, 4);
        let other = instructed(&named(dvp(10, Execution::OnToken), "O"), Policy::Part, 1);
        let available = OPENING - 700;
        assert_eq!(positions(&SELLER), [Position { available, reserved: 700, total: OPENING, ..position(SHARE) }]);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_eq!(
            positions(&SELLER),
            [Position { available, reserved: 300, provisional_out: 400, total: OPENING, ..position(SHARE) }]
        );
        let euros = OPENING - 4_000;
        assert_eq!(
            positions(&BUYER),
            [
                Position { provisional_in: 400, ..position(SHARE) },
                Position { available: euros, reserved: 4_000, total: OPENING, ..position(EURO) },
            ]
        );
        assert_ok!(Assets::touch_other(by(&ISSUER), EURO, SELLER));
        assert_ok!(Assets::block(by(&ISSUER), EURO, SELLER));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_ok!(cancel(&SELLER, other));
        assert_eq!(
            positions(&SELLER),
            [
                Position { available: OPENING - 600, reserved: 200, total: OPENING - 400, ..position(SHARE) },
                Position { claimable: 4_000, total: 4_000, ..position(EURO) },
            ]
        );
        assert_eq!(positions(&OUTSIDER), []);
    });
}

#[test]
fn finality_should_name_the_three_points() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(Settlement::finality(InstructionId::default()), None);
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        let points = |irrevocable, last_tranche| Some(FinalityPoints { entered: Some(1), irrevocable, last_tranche });
        assert_eq!(Settlement::finality(id), points(None, None));
        at(4_000);
        assert_ok!(affirm(id, Policy::Part, 5));
        assert_eq!(Settlement::finality(id), points(Some(3), None));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_eq!(Settlement::finality(id), points(Some(3), Some(6)));
        at(PARTIAL_FROM + 2_000);
        assert_ok!(reserve(&BUYER, id, PAYMENT, tandem_primitives::Quantity::Exactly(5)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!(Settlement::finality(id), points(Some(7), Some(7)));
    });
}

#[test]
fn blocking_reasons_should_be_none_for_what_settles_at_the_next_touch() {
    for (after_start, flagged) in [(RESERVE_BY, false), (DEADLINE, false), (RESERVE_BY, true), (DEADLINE, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 4);
            at(RESERVE_BY - 1);
            let missing = BlockingReason::NotReserved { leg: PAYMENT, missing: 6 };
            assert!(Settlement::blocking_reasons(id).contains(&missing));
            if flagged {
                assert_ok!(set_flag(&OPERATOR, id, FlagSource::Operator));
            }
            at(after_start);
            let flag = BlockingReason::Flagged(FlagKind::Operator);
            let expected = match (flagged, after_start) {
                (false, _) => vec![],
                (true, DEADLINE) => vec![BlockingReason::PastDeadline, flag],
                (true, _) => vec![flag],
            };
            assert_eq!(Settlement::blocking_reasons(id), expected);
            assert_ok!(expire(&THIRD, id));
            let settled = matches!(crate::Instructions::<Test>::get(id), Some(crate::Instruction::Closed(closed)) if closed.lots == 4);
            assert_eq!(settled, !flagged);
        });
    }
}

#[test]
fn blocking_reasons_should_say_what_a_part_waits_for_that_formed_at_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 6, 4);
        at(RESERVE_BY);
        let waits = vec![BlockingReason::TokenNotConsumed(DELIVERY), BlockingReason::TokenNotConsumed(PAYMENT)];
        assert_eq!(Settlement::blocking_reasons(id), waits);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(Settlement::blocking_reasons(id), waits);
    });
}

#[test]
fn blocking_reasons_should_name_a_participant_once_that_has_not_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        assert_ok!(Participants::add_account(by(&SELLER), SELLER_ID, new.clone(), Some(Default::default())));
        let legs = vec![leg(SHARE, 1_000, SELLER, SELLER_2), leg(SHARE, 10, SELLER, new), leg(EURO, 10, BUYER, SELLER)];
        assert_ok!(instruct_as(&BUYER, &with_legs(1, legs), party(Policy::Npar)));
        let id = Settlement::allegements(SELLER_ID)[0];
        assert_eq!(open(id).parties.len(), 4);
        let reasons = Settlement::blocking_reasons(id);
        let named = reasons.iter().filter(|reason| **reason == BlockingReason::NotAffirmed(SELLER_ID));
        assert_eq!(named.count(), 1);
    });
}

#[test]
fn instruction_should_show_no_flag_of_a_manager_that_counts_no_longer() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
        assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
        let flags = || Settlement::instruction(id).expect("there").flags;
        assert_eq!(flags(), [FlagKind::Independent(MANAGER_ID)]);
        at(15_000);
        assert_eq!(flags(), []);
    });
}

#[test]
fn finality_should_forget_a_point_that_was_released() {
    ExtBuilder.build_and_execute(|| {
        let formed = matched(&named(dvp(10, Execution::OnToken), "F"), Policy::Npar, 10, 10);
        let part = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 4);
        let points = |id| Settlement::finality(id).expect("there").irrevocable;
        assert_eq!((points(formed), points(part)), (Some(1), Some(1)));
        set_status(SELLER_ID, Status::Sanctioned);
        at(SANCTION_GRACE);
        assert_ok!(release(&BUYER, part, PAYMENT, 1));
        assert_eq!(points(part), Some(1), "three lots are covered still");
        assert_ok!(release(&BUYER, part, PAYMENT, 3));
        assert_ok!(release(&BUYER, formed, PAYMENT, 1));
        assert_eq!((points(formed), points(part)), (None, None));
    });
}
