//! Faults that are planted in the stored state, and that `try_state` finds.

use super::helpers::*;
use crate::{mock::*, Ends, Flag, FlagSource, Instruction, Instructions, Open};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::TryRuntimeError};
use tandem_primitives::{Execution, FlagKind, Policy, VersionedTerms};

/// Test helper: plants a fault in a matched trade that a manager settles, and expects `try_state` to find it.
#[track_caller]
fn found(fault: &'static str, plant: impl FnOnce(&mut Open)) {
    ExtBuilder.build().execute_with(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 0, 0);
        for (who, source) in [
            (SELLER, FlagSource::Party),
            (MANAGER, FlagSource::Independent),
            (OPERATOR, FlagSource::Operator),
            (REGULATOR, FlagSource::Authority),
        ] {
            assert_ok!(set_flag(&who, id, source));
        }
        assert_eq!(Settlement::do_try_state(), Ok(()));
        let mut changed = open(id);
        plant(&mut changed);
        Instructions::<Test>::insert(id, Instruction::Open(changed));
        assert_eq!(Settlement::do_try_state(), Err(TryRuntimeError::Other(fault)));
    });
}

#[test]
fn parties_that_the_legs_do_not_name_should_be_found() {
    let parties = "the parties are those at the ends of the legs, once for each side";
    found(parties, |open| {
        open.parties.pop();
    });
    found(parties, |open| {
        let first = open.parties.remove(0);
        open.parties.try_push(first).expect("there was room; qed");
    });
    found(parties, |open| open.parties[1].participant = THIRD_ID);
    found(parties, |open| open.parties[1].account = Some(BUYER));
    found(parties, |open| {
        let again = open.parties[1].clone();
        open.parties.try_push(again).expect("there is room; qed");
    });
    found("what a party has affirmed itself is affirmed", |open| open.parties[0].affirmed = false);
}

#[test]
fn ends_of_a_leg_that_do_not_own_its_accounts_should_be_found() {
    let owner = "I4: an end of a leg does not own its account";
    found(owner, |open| open.legs[0].ends = Some(Ends { giver: THIRD_ID, receiver: BUYER_ID }));
    found(owner, |open| open.legs[0].ends = Some(Ends { giver: SELLER_ID, receiver: SELLER_ID }));
}

#[test]
fn flags_without_their_owner_should_be_found() {
    let flag = |kind| Flag { kind, reason: because("planted") };
    found("a flag is set twice by one holder", |open| {
        open.flags.try_push(flag(FlagKind::Operator)).expect("there is room; qed");
    });
    found("a party's flag is set by a stranger", |open| open.flags[0].kind = FlagKind::Party(THIRD_ID));
    found("a party has the flag of a manager", |open| open.flags[1].kind = FlagKind::Independent(BUYER_ID));
    found("a manager's flag is set by another than the manager", |open| {
        open.flags[1].kind = FlagKind::Independent(THIRD_ID)
    });
    found("a manager's flag is set where nobody manages", |open| {
        let VersionedTerms::V1(terms) = &mut open.terms;
        terms.execution = Execution::OnToken;
    });
}
