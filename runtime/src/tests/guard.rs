use super::world::*;
use crate::*;
use frame_support::{assert_ok, weights::Weight};
use pallet_participants::GuardRefusal;
use sp_runtime::transaction_validity::TransactionValidityError;
use tandem_primitives::{Body, Capacity, Directory as _, ParticipantId, Status};

fn error(refusal: GuardRefusal) -> TransactionValidityError {
    refusal.into()
}

fn claim(to: sp_keyring::Sr25519Keyring) -> RuntimeCall {
    pallet_escrow::Call::claim { account: to.to_account_id(), asset: AssetId::WithId(BOND), to: to.to_account_id() }
        .into()
}

fn proxy(real: sp_keyring::Sr25519Keyring, call: RuntimeCall) -> RuntimeCall {
    pallet_proxy::Call::proxy { real: id(real), force_proxy_type: None, call: Box::new(call) }.into()
}

fn make_proxy(real: sp_keyring::Sr25519Keyring, delegate: sp_keyring::Sr25519Keyring) {
    let proxy_type = configs::ProxyType::Any;
    send_ok(real, pallet_proxy::Call::add_proxy { delegate: id(delegate), proxy_type, delay: 0 });
}

#[test]
fn an_unknown_account_should_be_refused() {
    execute(|| {
        // It may hold the native currency and have a nonce: it is still nobody.
        frame_system::Pallet::<Runtime>::inc_providers(&STRANGER.to_account_id());
        assert_eq!(refused(STRANGER, transfer(BUYER, 1)), error(GuardRefusal::NotRegistered));
        assert_eq!(refused(STRANGER, claim(STRANGER)), error(GuardRefusal::NotRegistered));
    });
}

#[test]
fn an_unknown_account_should_be_refused_behind_a_wrapper() {
    execute(|| {
        frame_system::Pallet::<Runtime>::inc_providers(&STRANGER.to_account_id());
        make_proxy(SELLER, BUYER);
        assert_ok!(Proxy::add_proxy(
            RuntimeOrigin::signed(SELLER.to_account_id()),
            id(STRANGER),
            configs::ProxyType::Any,
            0
        ));
        assert_eq!(refused(STRANGER, proxy(SELLER, transfer(BUYER, 1))), error(GuardRefusal::NotRegistered));
        assert_eq!(refused(SELLER, proxy(STRANGER, transfer(BUYER, 1))), error(GuardRefusal::NotRegistered));
        let derivative = pallet_utility::Call::as_derivative { index: 0, call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(refused(SELLER, derivative), error(GuardRefusal::NotRegistered));
        let multisig = pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![BUYER.to_account_id()],
            call: Box::new(transfer(BUYER, 1)),
        };
        assert_eq!(refused(SELLER, multisig), error(GuardRefusal::NotRegistered));
        let sudo_as = pallet_sudo::Call::sudo_as { who: id(STRANGER), call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(refused(OPERATOR, sudo_as), error(GuardRefusal::NotRegistered));
    });
}

#[test]
fn a_registered_multisig_should_act() {
    execute(|| {
        let mut signatories = [SELLER, ISSUER].map(|key| key.to_account_id());
        signatories.sort();
        let account = Multisig::multi_account_id(&signatories, 2);
        add_account(SELLER, SELLER_ID, account.clone());
        let target = Address::from(account.clone());
        send_ok(SELLER, pallet_assets::Call::transfer { id: BOND.into(), target, amount: 10 });

        let as_multi = |other: sp_keyring::Sr25519Keyring, maybe_timepoint| pallet_multisig::Call::as_multi {
            threshold: 2,
            other_signatories: vec![other.to_account_id()],
            maybe_timepoint,
            call: Box::new(transfer(BUYER, 4)),
            max_weight: Weight::from_parts(1_000_000_000, 100_000),
        };
        let timepoint = Multisig::timepoint();
        send_ok(SELLER, as_multi(ISSUER, None));
        assert_eq!(balance(BOND, BUYER), 0);
        send_ok(ISSUER, as_multi(SELLER, Some(timepoint)));
        assert_eq!(balance(BOND, BUYER), 4);
    });
}

#[test]
fn a_suspended_participant_should_start_nothing() {
    execute(|| {
        set_status(SELLER_ID, Status::Suspended);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::NotActive));
        let batch = pallet_utility::Call::batch { calls: vec![claim(SELLER), transfer(BUYER, 1)] };
        assert_eq!(refused(SELLER, batch), error(GuardRefusal::NotActive));
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

#[test]
fn a_suspended_participant_should_finish_what_exists() {
    execute(|| {
        set_status(SELLER_ID, Status::Suspended);
        let nothing = Err(pallet_escrow::Error::<Runtime>::NothingToClaim.into());
        assert_eq!(outcome(SELLER, claim(SELLER)), nothing);
        let batch = pallet_utility::Call::batch_all { calls: vec![claim(SELLER)] };
        assert_eq!(outcome(SELLER, batch), nothing);
    });
}

// A theft is found while the participant is suspended.
#[test]
fn chain_h3_a_suspended_participant_should_be_admitted_with_what_stops_a_thief() {
    use pallet_participants::{Call as Directory, Error};
    execute(|| {
        set_status(SELLER_ID, Status::Suspended);
        let dismiss = Directory::dismiss_agent { agent: BUYER_ID, capacity: Capacity::Delivery };
        assert_eq!(outcome(SELLER, dismiss), Err(Error::<Runtime>::AgentNotFound.into()));
        let veto = Directory::veto_change { participant: SELLER_ID, hash: Default::default() };
        assert_eq!(outcome(SELLER, veto), Err(Error::<Runtime>::RequestNotFound.into()));
        let account = SELLER.to_account_id();
        send_ok(SELLER, Directory::lower_rights { account: account.clone(), rights: Default::default() });
        // What raises rights waits until it is active again.
        let raise = Directory::request_rights { account, rights: Default::default() };
        assert_eq!(refused(SELLER, raise), error(GuardRefusal::NotActive));
    });
}

// Two stolen keys of the regulator suspend the operator first: its veto counts all the same.
#[test]
fn chain_c2_a_suspended_operator_should_be_admitted_with_its_veto() {
    use pallet_participants::{Call as Directory, Error};
    execute(|| {
        set_status(ParticipantId(0), Status::Suspended);
        let veto = Directory::veto { body: Body::Regulator, hash: Default::default() };
        assert_eq!(outcome(OPERATOR_2, veto), Err(Error::<Runtime>::ProposalNotFound.into()));
        let propose = Directory::propose { body: Body::Operator, hash: Default::default() };
        assert_eq!(refused(OPERATOR_2, propose), error(GuardRefusal::NotActive));
    });
}

#[test]
fn a_sanctioned_participant_should_send_nothing() {
    execute(|| {
        set_status(SELLER_ID, Status::Sanctioned);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::Sanctioned));
        assert_eq!(refused(SELLER, claim(SELLER)), error(GuardRefusal::Sanctioned));
    });
}

#[test]
fn nobody_should_send_anything_to_a_sanctioned_participant() {
    execute(|| {
        set_status(BUYER_ID, Status::Sanctioned);
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        assert_eq!(outcome(SELLER, transfer(BUYER, 1)), filtered);
        let batch = pallet_utility::Call::batch_all { calls: vec![transfer(BUYER_2, 1)] };
        assert_eq!(outcome(SELLER, batch), filtered);
        assert_eq!(balance(BOND, BUYER) + balance(BOND, BUYER_2), 0);
    });
}

#[test]
fn a_proxy_of_a_suspended_participant_should_move_nothing() {
    execute(|| {
        make_proxy(SELLER, BUYER);
        send_ok(BUYER, proxy(SELLER, transfer(BUYER, 1)));
        set_status(SELLER_ID, Status::Suspended);

        // The first layer.
        assert_eq!(refused(BUYER, proxy(SELLER, transfer(BUYER, 1))), error(GuardRefusal::NotActive));
        let batch = pallet_utility::Call::batch { calls: vec![proxy(SELLER, transfer(BUYER, 1))] };
        assert_eq!(refused(BUYER, batch), error(GuardRefusal::NotActive));
        let sudo_as = pallet_sudo::Call::sudo_as { who: id(SELLER), call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(refused(OPERATOR, sudo_as), error(GuardRefusal::NotActive));

        // And without it the third: the asset does not leave the account.
        assert_ok!(Proxy::proxy(
            RuntimeOrigin::signed(BUYER.to_account_id()),
            id(SELLER),
            None,
            Box::new(transfer(BUYER, 1))
        ));
        assert_eq!(balance(BOND, SELLER), 999);
    });
}

#[test]
fn a_delegate_that_was_approved_should_move_nothing_of_a_suspended_participant() {
    execute(|| {
        send_ok(SELLER, pallet_assets::Call::approve_transfer { id: BOND.into(), delegate: id(BUYER), amount: 100 });
        let take = || pallet_assets::Call::transfer_approved {
            id: BOND.into(),
            owner: id(SELLER),
            destination: id(BUYER),
            amount: 1,
        };
        send_ok(BUYER, take());
        set_status(SELLER_ID, Status::Suspended);
        assert!(outcome(BUYER, take()).is_err());
        assert_eq!(balance(BOND, SELLER), 999);
    });
}

#[test]
fn the_native_balance_of_a_suspended_participant_should_not_move() {
    execute(|| {
        let give = pallet_balances::Call::transfer_keep_alive { dest: id(SELLER), value: 100 };
        send_ok(OPERATOR, give);
        set_status(SELLER_ID, Status::Suspended);
        let moved = Balances::transfer_allow_death(RuntimeOrigin::signed(SELLER.to_account_id()), id(BUYER), 1);
        assert!(moved.is_err());
        assert_eq!(Balances::free_balance(SELLER.to_account_id()), 100);
    });
}

#[test]
fn a_replaced_account_should_be_refused() {
    execute(|| {
        send_ok(
            BUYER,
            pallet_participants::Call::request_replacement {
                old: BUYER_2.to_account_id(),
                new: BUYER.to_account_id(),
                rights: Default::default(),
            },
        );
        send_ok(
            OPERATOR,
            pallet_participants::Call::replace_account {
                old: BUYER_2.to_account_id(),
                new: BUYER.to_account_id(),
                rights: Default::default(),
            },
        );
        assert_eq!(refused(BUYER_2, claim(BUYER)), error(GuardRefusal::Replaced));
    });
}

#[test]
fn what_is_nested_too_deep_should_be_refused() {
    execute(|| {
        let nested = |times| {
            (0..times).fold(transfer(BUYER, 1), |call, _| pallet_utility::Call::batch { calls: vec![call] }.into())
        };
        assert_eq!(refused(SELLER, nested(5)), error(GuardRefusal::TooDeep));
        send_ok(SELLER, nested(4));
        assert_eq!(balance(BOND, BUYER), 1);
    });
}

#[test]
fn what_finishes_should_go_first_in_the_pool() {
    execute(|| {
        use sp_runtime::transaction_validity::TransactionSource;
        let priority = |call| {
            let transaction = sign(SELLER, call, 0);
            Executive::validate_transaction(TransactionSource::External, transaction, Hash::default())
                .expect("valid")
                .priority
        };
        assert!(priority(claim(SELLER)) > 1_000 * priority(transfer(BUYER, 1)));
    });
}

#[test]
fn the_guard_should_add_no_bytes_to_a_transaction() {
    assert_eq!(codec::Encode::encoded_size(&pallet_participants::Guard::<Runtime>::new()), 0);
}

#[test]
fn a_batch_in_a_proxy_in_a_multisig_should_act_for_the_principal() {
    execute(|| {
        let mut signatories = [BUYER, ISSUER].map(|key| key.to_account_id());
        signatories.sort();
        let account = Multisig::multi_account_id(&signatories, 1);
        add_account(BUYER, BUYER_ID, account.clone());
        let proxy_type = configs::ProxyType::Any;
        send_ok(SELLER, pallet_proxy::Call::add_proxy { delegate: account.into(), proxy_type, delay: 0 });
        let call = || {
            let batch = pallet_utility::Call::batch_all { calls: vec![transfer(BUYER, 1), transfer(BUYER, 2)] };
            pallet_multisig::Call::as_multi_threshold_1 {
                other_signatories: vec![ISSUER.to_account_id()],
                call: Box::new(proxy(SELLER, batch.into())),
            }
        };
        send_ok(BUYER, call());
        assert_eq!(balance(BOND, BUYER), 3);

        set_status(SELLER_ID, Status::Suspended);
        assert_eq!(refused(BUYER, call()), error(GuardRefusal::NotActive));
        set_status(SELLER_ID, Status::Active);
        set_status(BUYER_ID, Status::Suspended);
        assert_eq!(refused(BUYER, call()), error(GuardRefusal::NotActive));
        assert_eq!(balance(BOND, SELLER), 997);
    });
}

#[test]
fn a_transaction_for_too_many_accounts_should_be_refused() {
    execute(|| {
        let accounts: Vec<AccountId> = (0..20).map(|n| AccountId::new([100 + n; 32])).collect();
        for account in &accounts {
            add_account(BUYER, BUYER_ID, account.clone());
        }
        let calls = accounts
            .into_iter()
            .map(|account| {
                let call = Box::new(transfer(BUYER, 1));
                pallet_proxy::Call::proxy { real: account.into(), force_proxy_type: None, call }.into()
            })
            .collect();
        assert_eq!(refused(SELLER, pallet_utility::Call::batch { calls }), error(GuardRefusal::TooManyOrigins));
    });
}

#[test]
fn a_multisig_that_is_a_proxy_should_need_standing_of_its_own() {
    for (status, refusal) in [
        (Status::Sanctioned, GuardRefusal::Sanctioned),
        (Status::Suspended, GuardRefusal::NotActive),
        (Status::Revoked, GuardRefusal::NotActive),
    ] {
        execute(|| {
            let mut signatories = [ISSUER, OPERATOR_2].map(|key| key.to_account_id());
            signatories.sort();
            let account = Multisig::multi_account_id(&signatories, 1);
            add_account(BUYER, BUYER_ID, account.clone());
            let proxy_type = configs::ProxyType::Any;
            send_ok(SELLER, pallet_proxy::Call::add_proxy { delegate: account.into(), proxy_type, delay: 0 });
            let call = |inner| pallet_multisig::Call::as_multi_threshold_1 {
                other_signatories: vec![OPERATOR_2.to_account_id()],
                call: Box::new(proxy(SELLER, inner)),
            };
            send_ok(ISSUER, call(transfer(ISSUER, 1)));
            // Its signatories are active and so is the principal. It belongs to one that is not.
            set_status(BUYER_ID, status);
            assert_eq!(refused(ISSUER, call(transfer(ISSUER, 1))), error(refusal));
            assert_eq!(balance(BOND, SELLER), 999);
        });
    }
}

#[test]
fn a_replaced_multisig_should_be_nobodys_proxy() {
    execute(|| {
        let mut signatories = [ISSUER, OPERATOR_2].map(|key| key.to_account_id());
        signatories.sort();
        let account = Multisig::multi_account_id(&signatories, 1);
        add_account(BUYER, BUYER_ID, account.clone());
        let proxy_type = configs::ProxyType::Any;
        send_ok(SELLER, pallet_proxy::Call::add_proxy { delegate: account.clone().into(), proxy_type, delay: 0 });
        assert_ok!(replace_account(&account, &BUYER.to_account_id()));
        let call = pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![OPERATOR_2.to_account_id()],
            call: Box::new(proxy(SELLER, transfer(ISSUER, 1))),
        };
        assert_eq!(refused(ISSUER, call), error(GuardRefusal::Replaced));
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

fn mint(to: sp_keyring::Sr25519Keyring) -> RuntimeCall {
    pallet_assets::Call::mint { id: BOND.into(), beneficiary: id(to), amount: 1 }.into()
}

#[test]
fn who_is_no_longer_an_issuer_should_issue_nothing() {
    execute(|| {
        send_ok(ISSUER, mint(BUYER));
        make_proxy(ISSUER, BUYER);
        let issuer = Participants::standing(&ISSUER.to_account_id()).expect("registered").participant;
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), issuer, Default::default()));
        let over = || id(BUYER);
        for call in [
            mint(BUYER),
            pallet_assets::Call::set_team { id: BOND.into(), issuer: over(), admin: over(), freezer: over() }.into(),
            pallet_assets::Call::transfer_ownership { id: BOND.into(), owner: over() }.into(),
            pallet_assets::Call::start_destroy { id: BOND.into() }.into(),
        ] {
            let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
            assert_eq!(refused(ISSUER, call.clone()), error(GuardRefusal::NotIssuer));
            assert_eq!(refused(ISSUER, batch), error(GuardRefusal::NotIssuer));
            assert_eq!(refused(BUYER, proxy(ISSUER, call)), error(GuardRefusal::NotIssuer));
        }
        assert_eq!(balance(BOND, BUYER), 1);
        // What it has it may still move.
        send_ok(BUYER, transfer(SELLER, 1));
    });
}

#[test]
fn who_was_given_an_asset_should_need_the_role_to_issue_it() {
    execute(|| {
        // Past the filter, which lets no issuer give its asset to another participant.
        let by = RuntimeOrigin::signed(ISSUER.to_account_id());
        assert_ok!(Assets::set_team(by, BOND.into(), id(BUYER), id(ISSUER), id(ISSUER)));
        assert_eq!(refused(BUYER, mint(BUYER)), error(GuardRefusal::NotIssuer));
        let roles = vec![tandem_primitives::Role::Issuer].try_into().expect("one");
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), BUYER_ID, roles));
        send_ok(BUYER, mint(BUYER));
    });
}
