//! Tests of the call `claim`.

use super::helpers::*;
use crate::{mock::*, Claimable, Error, Event};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    sp_runtime::{DispatchError, TokenError},
};
use tandem_primitives::{Escrow as _, InstructionId, Payout, Status};

/// Test helper: runs `test` on a chain where the buyer has a credit of 600 bonds, because its account was blocked.
fn with_credit(test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        block(BOND, &BUYER);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 600), Ok(Payout::Credited));
        escrow_events();
        test()
    })
}

#[test]
fn claim_should_pay_the_whole_credit() {
    with_credit(|| {
        thaw(BOND, &BUYER);
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER));

        assert_eq!(balance(&asset(BOND), &BUYER), 600);
        assert_eq!(Escrow::held(&asset(BOND)), 400);
        assert!(!Claimable::<Test>::contains_key(BUYER, asset(BOND)));
        assert_eq!(
            escrow_events(),
            vec![Event::Claimed {
                instructions: vec![TRADE],
                unnamed: 0,
                participant: BUYER_ID,
                asset: asset(BOND),
                amount: 600,
                account: BUYER,
                to: BUYER,
                by: BUYER
            }]
        );
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER), Error::<Test>::NothingToClaim);
    })
}

#[test]
fn claim_should_pay_to_another_account_of_the_owner() {
    with_credit(|| {
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER_2));
        assert_eq!(balance(&asset(BOND), &BUYER_2), 600);
    })
}

#[test]
fn claim_should_be_open_to_any_account_of_the_owner() {
    with_credit(|| {
        assert_ok!(Escrow::claim(signed(BUYER_2), BUYER, asset(BOND), BUYER_2));
        assert_eq!(balance(&asset(BOND), &BUYER_2), 600);
    })
}

#[test]
fn claim_should_be_open_to_a_suspended_owner() {
    for status in [Status::Suspended, Status::Revoked] {
        with_credit(|| {
            Register::set_status(BUYER_ID, status);
            assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER_2));
            assert_eq!(balance(&asset(BOND), &BUYER_2), 600);
        })
    }
}

#[test]
fn claim_should_pay_native_currency() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 500));
        Register::set_status(BUYER_ID, Status::Sanctioned);
        assert_eq!(Escrow::pay_out(TRADE, &NATIVE, &BUYER, 500), Ok(Payout::Credited));
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, NATIVE, BUYER), Error::<Test>::Sanctioned);

        Register::set_status(BUYER_ID, Status::Active);
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, NATIVE, BUYER));
        assert_eq!(balance(&NATIVE, &BUYER), 1_000);
        assert_eq!(Escrow::held(&NATIVE), 0);
    })
}

#[test]
fn claim_should_fail_when_origin_is_not_signed() {
    with_credit(|| {
        assert_noop!(Escrow::claim(RuntimeOrigin::root(), BUYER, asset(BOND), BUYER), DispatchError::BadOrigin);
        assert_noop!(Escrow::claim(RuntimeOrigin::none(), BUYER, asset(BOND), BUYER), DispatchError::BadOrigin);
    })
}

#[test]
fn claim_should_fail_when_signer_belongs_to_nobody() {
    with_credit(|| {
        assert_noop!(Escrow::claim(signed(ISSUER), BUYER, asset(BOND), BUYER_2), Error::<Test>::NotRegistered);
        Register::remove(&BUYER);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER_2), Error::<Test>::NotRegistered);
    })
}

#[test]
fn claim_should_fail_when_owner_is_sanctioned() {
    with_credit(|| {
        Register::set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(Escrow::claim(signed(BUYER_2), BUYER, asset(BOND), BUYER_2), Error::<Test>::Sanctioned);
    })
}

#[test]
fn claim_should_fail_when_account_is_of_another_participant() {
    with_credit(|| {
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), SELLER), Error::<Test>::WrongAccount);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), ISSUER), Error::<Test>::NotRegistered);
        let escrow = Escrow::account_id();
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), escrow), Error::<Test>::NotRegistered);
    })
}

#[test]
fn chain_l4_claim_should_name_every_instruction_that_it_pays() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        block(BOND, &BUYER);
        let number = |number: u8| InstructionId::from([number; 32]);
        for trade in [1, 2, 1].map(number) {
            assert_eq!(Escrow::pay_out(trade, &asset(BOND), &BUYER, 100), Ok(Payout::Credited));
        }
        thaw(BOND, &BUYER);
        escrow_events();
        assert_ok!(Escrow::claim(signed(BUYER_2), BUYER, asset(BOND), BUYER));
        let instructions = vec![number(1), number(2)];
        let (participant, account, to, by) = (BUYER_ID, BUYER, BUYER, BUYER_2);
        let claimed =
            Event::Claimed { instructions, unnamed: 0, participant, asset: asset(BOND), amount: 300, account, to, by };
        assert_eq!(escrow_events(), [claimed]);
    })
}

#[test]
fn claim_should_leave_the_credit_of_another_account_alone() {
    with_credit(|| {
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER_2, 100), Ok(Payout::Paid));
        block(BOND, &BUYER_2);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER_2, 100), Ok(Payout::Credited));
        thaw(BOND, &BUYER);
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER));
        assert_eq!(balance(&asset(BOND), &BUYER), 600);
        assert_eq!(Escrow::claimable(&BUYER_2, &asset(BOND)), 100);
        // One participant does not take what is credited to an account of another.
        let stolen = Escrow::claim(signed(SELLER), BUYER_2, asset(BOND), SELLER);
        assert_eq!(stolen, Err(Error::<Test>::WrongAccount.into()));
    })
}

#[test]
fn claim_should_fail_when_nothing_is_credited() {
    with_credit(|| {
        // The rest of what escrow has is not the seller's to claim.
        assert_noop!(Escrow::claim(signed(SELLER), SELLER, asset(BOND), SELLER), Error::<Test>::NothingToClaim);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(EURO), BUYER), Error::<Test>::NothingToClaim);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, NATIVE, BUYER), Error::<Test>::NothingToClaim);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(77), BUYER), Error::<Test>::NothingToClaim);
    })
}

#[test]
fn claim_should_fail_when_account_is_still_blocked() {
    with_credit(|| {
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER), TokenError::Blocked);
        assert_eq!(Escrow::claimable(&BUYER, &asset(BOND)), 600);
    })
}

#[test]
fn claim_should_fail_when_asset_is_not_live() {
    with_credit(|| {
        freeze_asset(BOND);
        assert_noop!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER_2), Error::<Test>::NotLive);
        thaw_asset(BOND);
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER_2));
    })
}
