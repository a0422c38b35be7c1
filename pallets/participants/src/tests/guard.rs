use super::helpers::*;
use crate::{extension::LANE_PRIORITY, mock::*, Access, Classified, Effective, Guard, GuardRefusal, Lane, Quota};
use codec::Encode;
use polkadot_sdk::*;

use frame_support::{
    assert_ok,
    dispatch::{DispatchInfo, GetDispatchInfo},
    weights::Weight,
};
use sp_runtime::{
    traits::{DispatchTransaction, TransactionExtension},
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction},
};
use tandem_primitives::{AccountId, Role, Roles, Status};

type Checked = Result<ValidTransaction, TransactionValidityError>;

fn remark() -> RuntimeCall {
    frame_system::Call::remark { remark: vec![] }.into()
}

fn check(who: AccountId) -> Checked {
    let info = DispatchInfo::default();
    Guard::<Test>::new()
        .validate_only(signed(who), &remark(), &info, 0, TransactionSource::External, 0)
        .map(|(valid, _, _)| valid)
}

fn refused(refusal: GuardRefusal) -> Checked {
    Err(InvalidTransaction::Custom(refusal as u8).into())
}

#[test]
fn the_guard_should_have_no_payload_and_its_codes_should_stay() {
    assert!(Guard::<Test>::new().encode().is_empty());
    assert_eq!(<Guard<Test> as TransactionExtension<RuntimeCall>>::IDENTIFIER, "TandemGuard");
    let codes = [
        GuardRefusal::NotRegistered,
        GuardRefusal::NotActive,
        GuardRefusal::Sanctioned,
        GuardRefusal::Replaced,
        GuardRefusal::QuotaExceeded,
        GuardRefusal::UnknownWrapper,
        GuardRefusal::TooDeep,
        GuardRefusal::TooManyOrigins,
        GuardRefusal::Forbidden,
        GuardRefusal::NotIssuer,
        GuardRefusal::BlockShareUsed,
        GuardRefusal::NotAuthorized,
        GuardRefusal::CapReached,
    ];
    assert_eq!(codes.map(|refusal| refusal as u8), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
}

#[test]
fn ordinary_calls_should_be_for_active_participants() {
    run(|| {
        assert_eq!(check(TRADER_1).unwrap().priority, 0);
        assert_eq!(check(OUTSIDER), refused(GuardRefusal::NotRegistered));
        for (status, refusal) in [
            (Status::Suspended, GuardRefusal::NotActive),
            (Status::Sanctioned, GuardRefusal::Sanctioned),
            (Status::Revoked, GuardRefusal::NotActive),
        ] {
            assert_ok!(set_status(TRADER, status));
            assert_eq!(check(TRADER_1), refused(refusal));
            assert_eq!(check(TRADER_2), refused(refusal));
        }
        assert_ok!(check(BANK_1));
    });
}

#[test]
fn finishing_calls_should_be_for_the_suspended_and_claims_for_the_revoked_too() {
    run(|| {
        let send = |who: AccountId, access| {
            classify_as(Ok(Classified { lane: Lane::Finishing, ..acts_for(&[(who.clone(), access)]) }));
            check(who)
        };
        assert_eq!(send(TRADER_1, Access::Finish).unwrap().priority, LANE_PRIORITY);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(send(TRADER_1, Access::Finish));
        assert_ok!(send(TRADER_1, Access::Claim));
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        assert_eq!(send(TRADER_1, Access::Finish), refused(GuardRefusal::Sanctioned));
        assert_eq!(send(TRADER_1, Access::Claim), refused(GuardRefusal::Sanctioned));
        assert_ok!(set_status(TRADER, Status::Active));
        assert_ok!(set_status(TRADER, Status::Revoked));
        assert_eq!(send(TRADER_1, Access::Finish), refused(GuardRefusal::NotActive));
        assert_ok!(send(TRADER_1, Access::Claim));
        assert_eq!(send(OUTSIDER, Access::Claim), refused(GuardRefusal::NotRegistered));
    });
}

#[test]
fn chain_c2_a_veto_should_be_admitted_whatever_the_status_but_revoked() {
    run(|| {
        let send = |accesses: &[Access]| {
            let acts: Vec<_> = accesses.iter().map(|access| (REG_2, *access)).collect();
            classify_as(Ok(acts_for(&acts)));
            check(REG_2)
        };
        for (status, refusal) in
            [(Status::Suspended, GuardRefusal::NotActive), (Status::Sanctioned, GuardRefusal::Sanctioned)]
        {
            assert_ok!(set_status(SECOND_REGULATOR, status));
            assert_ok!(send(&[Access::Veto]));
            assert_eq!(send(&[Access::Start]), refused(refusal));
            assert_eq!(send(&[Access::Veto, Access::Start]), refused(refusal));
        }
        assert_eq!(send(&[Access::Veto, Access::Claim]), refused(GuardRefusal::Sanctioned));
        assert_ok!(set_status(SECOND_REGULATOR, Status::Revoked));
        assert_eq!(send(&[Access::Veto]), refused(GuardRefusal::NotActive));
        assert_eq!(send(&[Access::Veto, Access::Claim]), refused(GuardRefusal::NotActive));
        assert_ok!(send(&[Access::Claim]));
    });
}

#[test]
fn chain_h3_an_account_without_any_right_should_send_only_what_needs_none() {
    run(|| {
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        let act_for = |signer: AccountId, others: &[(AccountId, bool)]| {
            let effective = others.iter().map(|(account, rightless)| Effective {
                rightless: *rightless,
                ..Effective::new(account.clone(), Access::Finish)
            });
            classify_as(Ok(Classified { effective: effective.collect(), ..acts_for(&[]) }));
            check(signer)
        };
        assert_eq!(act_for(TRADER_2, &[(TRADER_2, true)]).unwrap().priority, LANE_PRIORITY);
        let not = refused(GuardRefusal::NotAuthorized);
        assert_eq!(act_for(TRADER_2, &[(TRADER_2, false)]), not);
        assert_eq!(act_for(TRADER_2, &[(TRADER_2, true), (TRADER_2, false)]), not);
        assert_eq!(act_for(TRADER_2, &[]), not);
        // Neither for another, as a proxy or a signatory, nor another for it.
        assert_eq!(act_for(TRADER_2, &[(TRADER_2, true), (BANK_1, false)]), not);
        assert_eq!(act_for(BANK_1, &[(TRADER_2, false)]), not);
        assert_ok!(act_for(TRADER_2, &[(BANK_1, true)]));
        assert_ok!(act_for(BANK_1, &[(TRADER_2, true)]));
        // Whoever governs does so by its role.
        assert_ok!(Participants::lower_rights(signed(OP_1), OP_1, rights(&[])));
        assert_ok!(act_for(OP_1, &[(OP_1, false)]));
    });
}

#[test]
fn a_replaced_account_should_not_even_finish() {
    run(|| {
        replace(TRADER_1, fresh(1));
        assert_eq!(check(TRADER_1), refused(GuardRefusal::Replaced));
        classify_as(Ok(acts_for(&[(TRADER_1, Access::Claim)])));
        assert_eq!(check(TRADER_1), refused(GuardRefusal::Replaced));
        assert_eq!(check(BANK_1), refused(GuardRefusal::Replaced));
    });
}

#[test]
fn every_account_for_which_a_transaction_acts_should_be_checked() {
    run(|| {
        let act_for = |others: &[(AccountId, Access)]| {
            classify_as(Ok(acts_for(others)));
            check(BANK_1)
        };
        let (ordinary, finishing) = (Access::Start, Access::Finish);
        assert_ok!(act_for(&[(TRADER_1, ordinary)]));
        assert_eq!(act_for(&[(OUTSIDER, ordinary)]), refused(GuardRefusal::NotRegistered));
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_eq!(act_for(&[(TRADER_1, ordinary)]), refused(GuardRefusal::NotActive));
        assert_ok!(act_for(&[(TRADER_1, finishing)]));
        // The strictest call decides, in whatever order they come.
        assert_eq!(act_for(&[(TRADER_1, finishing), (TRADER_1, ordinary)]), refused(GuardRefusal::NotActive));
        assert_eq!(act_for(&[(TRADER_1, ordinary), (TRADER_1, finishing)]), refused(GuardRefusal::NotActive));
        // Each account by its own calls.
        assert_ok!(act_for(&[(TRADER_1, finishing), (BANK_1, ordinary)]));
        // A suspended signer starts nothing for others either.
        classify_as(Ok(acts_for(&[(BANK_1, ordinary)])));
        assert_eq!(check(TRADER_1), refused(GuardRefusal::NotActive));
    });
}

#[test]
fn a_call_for_a_role_should_need_it() {
    run(|| {
        let act_for = |signer: AccountId, others: &[(AccountId, bool)]| {
            let effective = others.iter().map(|(account, issues)| Effective {
                roles: if *issues { Roles::default().with(Role::Issuer) } else { Roles::default() },
                without_role: GuardRefusal::NotIssuer,
                ..Effective::new(account.clone(), Access::Start)
            });
            classify_as(Ok(Classified { effective: effective.collect(), ..acts_for(&[]) }));
            check(signer)
        };
        assert_eq!(act_for(ISSUER_1, &[(ISSUER_1, true)]).unwrap().priority, 0);
        assert_eq!(act_for(TRADER_1, &[(TRADER_1, true)]), refused(GuardRefusal::NotIssuer));
        // The role of the account it acts for counts, not that of the signer, in whatever order the calls come.
        assert_ok!(act_for(TRADER_1, &[(ISSUER_1, true)]));
        assert_eq!(act_for(ISSUER_1, &[(TRADER_1, true)]), refused(GuardRefusal::NotIssuer));
        let mixed = [(TRADER_1, false), (TRADER_1, true), (TRADER_1, false)];
        assert_eq!(act_for(ISSUER_1, &mixed), refused(GuardRefusal::NotIssuer));
        assert_ok!(set_status(ISSUER, Status::Suspended));
        assert_eq!(act_for(ISSUER_1, &[(ISSUER_1, true)]), refused(GuardRefusal::NotActive));
        assert_ok!(set_status(ISSUER, Status::Active));
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), ISSUER, roles(&[])));
        assert_eq!(act_for(ISSUER_1, &[(ISSUER_1, true)]), refused(GuardRefusal::NotIssuer));
    });
}

#[test]
fn one_of_several_roles_should_do() {
    run(|| {
        let effective = |account: AccountId| Effective {
            roles: Roles::default().with(Role::Operator).with(Role::Regulator),
            ..Effective::new(account, Access::Start)
        };
        for (who, admitted) in [(OP_1, true), (REG_1, true), (BANK_1, false)] {
            classify_as(Ok(Classified { effective: vec![effective(who.clone())], ..acts_for(&[]) }));
            match admitted {
                true => assert!(check(who).is_ok()),
                false => assert_eq!(check(who), refused(GuardRefusal::NotAuthorized)),
            }
        }
    });
}

#[test]
fn a_transaction_should_not_act_for_too_many_accounts() {
    run(|| {
        let of = |count: u8| {
            for number in 0..count {
                let participant = accounts(&[fresh(number)]);
                let number = 100 + u32::from(number);
                Participants::register(
                    signed(OP_1),
                    text("P"),
                    lei(number),
                    roles(&[]),
                    participant,
                    Default::default(),
                )
                .ok();
            }
            let all: Vec<_> = (0..count).map(|number| (fresh(number), Access::Start)).collect();
            classify_as(Ok(acts_for(&all)));
            check(BANK_1)
        };
        assert_ok!(of(15));
        assert_eq!(of(16), refused(GuardRefusal::TooManyOrigins));
    });
}

#[test]
fn what_the_classifier_refuses_should_be_refused() {
    run(|| {
        for refusal in [GuardRefusal::UnknownWrapper, GuardRefusal::TooDeep, GuardRefusal::Forbidden] {
            classify_as(Err(refusal));
            assert_eq!(check(BANK_1), refused(refusal));
        }
    });
}

#[test]
fn a_signer_that_the_chain_knows_should_need_neither_standing_nor_quota() {
    run(|| {
        classify_as(Ok(acts_for(&[(OUTSIDER, Access::Chain)])));
        assert_ok!(check(OUTSIDER));
        let info = DispatchInfo { call_weight: Weight::from_parts(millis(1_000_000), 0), ..Default::default() };
        let done = Guard::<Test>::new().test_run(signed(OUTSIDER), &remark(), &info, 0, 0, |_| Ok(().into()));
        assert_ok!(done.unwrap());
        // But only for itself: for whom else it acts is checked, and so is it.
        classify_as(Ok(acts_for(&[(OUTSIDER, Access::Chain), (TRADER_1, Access::Start)])));
        assert_eq!(check(OUTSIDER), refused(GuardRefusal::NotRegistered));
        classify_as(Ok(acts_for(&[(TRADER_1, Access::Chain)])));
        assert_eq!(check(OUTSIDER), refused(GuardRefusal::NotRegistered));
        assert_eq!(Quota::<Test>::iter().count(), 0);
    });
}

#[test]
fn an_empty_batch_should_be_an_ordinary_call_of_its_signer() {
    run(|| {
        classify_as(Ok(acts_for(&[])));
        assert_ok!(check(TRADER_1));
        assert_eq!(check(OUTSIDER), refused(GuardRefusal::NotRegistered));
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_eq!(check(TRADER_1), refused(GuardRefusal::NotActive));
    });
}

#[test]
fn what_has_no_signer_should_pass_untouched_and_give_its_weight_back() {
    run(|| {
        let call = remark();
        let mut info = call.get_dispatch_info();
        info.extension_weight = Guard::<Test>::new().weight(&call);
        let root = RuntimeOrigin::root();
        let done = Guard::<Test>::new().test_run(root, &call, &info, 0, 0, |_| Ok(().into())).unwrap();
        assert_eq!(done.unwrap().actual_weight, Some(info.call_weight));
        assert_eq!(Quota::<Test>::iter().count(), 0);
    });
}
