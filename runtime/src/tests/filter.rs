use super::world::*;
use crate::{configs::ProxyType, guard::filter::CallFilter, *};
use frame_support::{
    assert_ok,
    traits::{Contains, InstanceFilter},
};
use tandem_primitives::Status;

/// Test helper: every call of `Assets` and `Balances` that gives something, or a right over an asset, to the account.
fn gives(to: &AccountId) -> Vec<RuntimeCall> {
    use pallet_assets::Call as A;
    use pallet_balances::Call as B;
    let seller = || id(SELLER);
    let to = || Address::from(to.clone());
    vec![
        A::mint { id: BOND.into(), beneficiary: to(), amount: 1 }.into(),
        A::transfer { id: BOND.into(), target: to(), amount: 1 }.into(),
        A::transfer_keep_alive { id: BOND.into(), target: to(), amount: 1 }.into(),
        A::transfer_all { id: BOND.into(), dest: to(), keep_alive: false }.into(),
        A::transfer_approved { id: BOND.into(), owner: seller(), destination: to(), amount: 1 }.into(),
        A::approve_transfer { id: BOND.into(), delegate: to(), amount: 1 }.into(),
        A::create { id: 9.into(), admin: to(), min_balance: 1 }.into(),
        A::touch_other { id: BOND.into(), who: to() }.into(),
        B::transfer_allow_death { dest: to(), value: 1 }.into(),
        B::transfer_keep_alive { dest: to(), value: 1 }.into(),
        B::transfer_all { dest: to(), keep_alive: false }.into(),
        B::force_transfer { source: seller(), dest: to(), value: 1 }.into(),
        B::force_set_balance { who: to(), new_free: 1 }.into(),
    ]
}

/// Test helper: every call of `Assets` that transfers a role for an asset to the account.
fn hands_over(to: &AccountId) -> Vec<RuntimeCall> {
    use pallet_assets::Call as A;
    let (asset, own) = (|| BOND.into(), || id(ISSUER));
    let to = || Address::from(to.clone());
    vec![
        A::transfer_ownership { id: asset(), owner: to() }.into(),
        A::set_team { id: asset(), issuer: to(), admin: own(), freezer: own() }.into(),
        A::set_team { id: asset(), issuer: own(), admin: to(), freezer: own() }.into(),
        A::set_team { id: asset(), issuer: own(), admin: own(), freezer: to() }.into(),
    ]
}

/// Test helper: every call of `Assets` and `Balances` that takes from the account, or does something to it.
fn takes(from: &AccountId) -> Vec<RuntimeCall> {
    use pallet_assets::Call as A;
    use pallet_balances::Call as B;
    let buyer = || id(BUYER);
    let from = || Address::from(from.clone());
    vec![
        A::freeze { id: BOND.into(), who: from() }.into(),
        A::thaw { id: BOND.into(), who: from() }.into(),
        A::block { id: BOND.into(), who: from() }.into(),
        A::refund_other { id: BOND.into(), who: from() }.into(),
        A::cancel_approval { id: BOND.into(), delegate: from() }.into(),
        A::transfer_approved { id: BOND.into(), owner: from(), destination: buyer(), amount: 1 }.into(),
        B::force_transfer { source: from(), dest: buyer(), value: 1 }.into(),
        B::force_unreserve { who: from(), amount: 1 }.into(),
    ]
}

/// Test helper: the call itself, and the call in every wrapper that sends it for an open account or for the chain.
fn wrapped(call: &RuntimeCall) -> Vec<RuntimeCall> {
    let boxed = || Box::new(call.clone());
    let remark = || Box::new(RuntimeCall::System(frame_system::Call::remark { remark: vec![] }));
    vec![
        call.clone(),
        pallet_utility::Call::batch { calls: vec![*remark(), call.clone()] }.into(),
        pallet_utility::Call::batch_all { calls: vec![call.clone()] }.into(),
        pallet_utility::Call::force_batch { calls: vec![call.clone()] }.into(),
        pallet_utility::Call::if_else { main: boxed(), fallback: remark() }.into(),
        pallet_utility::Call::if_else { main: remark(), fallback: boxed() }.into(),
        pallet_utility::Call::as_derivative { index: 0, call: boxed() }.into(),
        pallet_utility::Call::with_weight { call: boxed(), weight: Default::default() }.into(),
        pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![BUYER.to_account_id()], call: boxed() }
            .into(),
        pallet_multisig::Call::as_multi {
            threshold: 2,
            other_signatories: vec![BUYER.to_account_id()],
            maybe_timepoint: None,
            call: boxed(),
            max_weight: Default::default(),
        }
        .into(),
        pallet_proxy::Call::proxy { real: id(BUYER), force_proxy_type: None, call: boxed() }.into(),
        pallet_proxy::Call::proxy_announced {
            delegate: id(SELLER),
            real: id(BUYER),
            force_proxy_type: None,
            call: boxed(),
        }
        .into(),
        pallet_sudo::Call::sudo { call: boxed() }.into(),
        pallet_sudo::Call::sudo_unchecked_weight { call: boxed(), weight: Default::default() }.into(),
        pallet_sudo::Call::sudo_as { who: id(BUYER), call: boxed() }.into(),
        pallet_participants::Call::approve { body: tandem_primitives::Body::Operator, call: boxed() }.into(),
        pallet_participants::Call::enact { body: tandem_primitives::Body::Operator, call: boxed() }.into(),
    ]
}

fn nested(call: RuntimeCall, times: u32) -> RuntimeCall {
    (0..times).fold(call, |call, _| pallet_utility::Call::batch { calls: vec![call] }.into())
}

#[test]
fn calls_should_be_admitted_for_accounts_of_participants() {
    execute(|| {
        for account in [SELLER, BUYER, BUYER_2, ISSUER].map(|key| key.to_account_id()) {
            for call in gives(&account).into_iter().chain(takes(&account)) {
                for call in wrapped(&call) {
                    assert!(CallFilter::contains(&call), "{call:?}");
                }
            }
        }
    });
}

#[test]
fn calls_should_be_refused_when_they_name_the_escrow_account() {
    execute(|| {
        let escrow = Escrow::account_id();
        for call in gives(&escrow).into_iter().chain(takes(&escrow)) {
            for call in wrapped(&call) {
                assert!(!CallFilter::contains(&call), "{call:?}");
                assert!(!CallFilter::contains(&nested(call, 3)));
            }
        }
    });
}

#[test]
fn calls_should_be_refused_when_they_act_for_the_escrow_account() {
    execute(|| {
        let escrow = || Address::from(Escrow::account_id());
        let call = || Box::new(transfer(BUYER, 1));
        let calls: [RuntimeCall; 3] = [
            pallet_sudo::Call::sudo_as { who: escrow(), call: call() }.into(),
            pallet_proxy::Call::proxy { real: escrow(), force_proxy_type: None, call: call() }.into(),
            pallet_proxy::Call::proxy_announced {
                delegate: id(SELLER),
                real: escrow(),
                force_proxy_type: None,
                call: call(),
            }
            .into(),
        ];
        for call in calls {
            for call in wrapped(&call) {
                assert!(!CallFilter::contains(&call), "{call:?}");
            }
        }
    });
}

#[test]
fn chain_h3_one_key_of_an_issuer_should_give_its_asset_to_no_other_participant() {
    execute(|| {
        for account in [SELLER.to_account_id(), BUYER.to_account_id(), STRANGER.to_account_id(), Escrow::account_id()] {
            for call in hands_over(&account).iter().flat_map(wrapped) {
                assert!(!CallFilter::contains(&call), "{call:?}");
            }
        }
        // Another account of the issuer may have it.
        let issuer =
            pallet_participants::Accounts::<Runtime>::get(ISSUER.to_account_id()).expect("registered").participant;
        add_account(ISSUER, issuer, STRANGER.to_account_id());
        for call in hands_over(&STRANGER.to_account_id()).iter().flat_map(wrapped) {
            assert!(CallFilter::contains(&call), "{call:?}");
        }
        let give = |to| pallet_assets::Call::transfer_ownership { id: BOND.into(), owner: id(to) };
        assert_eq!(outcome(ISSUER, give(SELLER)), Err(frame_system::Error::<Runtime>::CallFiltered.into()));
        send_ok(ISSUER, give(STRANGER));
    });
}

#[test]
fn gifts_should_be_refused_when_nobody_could_use_them() {
    execute(|| {
        for call in gives(&STRANGER.to_account_id()) {
            assert!(!CallFilter::contains(&call), "{call:?}");
        }
        for (status, admitted) in [(Status::Suspended, true), (Status::Sanctioned, false), (Status::Revoked, false)] {
            set_status(BUYER_ID, status);
            for call in gives(&BUYER.to_account_id()) {
                assert_eq!(CallFilter::contains(&call), admitted, "{status:?} {call:?}");
            }
            // What follows them moves something to the buyer too.
            let moves =
                |call: &RuntimeCall| matches!(call, RuntimeCall::Assets(pallet_assets::Call::transfer_approved { .. }));
            for call in takes(&BUYER.to_account_id()).iter().take_while(|call| !moves(call)) {
                assert!(CallFilter::contains(call), "{status:?} {call:?}");
            }
        }
    });
}

#[test]
fn chain_h4_an_issuer_alone_should_take_its_asset_from_nobody() {
    use pallet_assets::Call as A;
    execute(|| {
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        let take = A::force_transfer { id: BOND.into(), source: id(SELLER), dest: id(ISSUER), amount: 1 };
        assert_eq!(refused(ISSUER, take), pallet_participants::GuardRefusal::Forbidden.into());
        assert_eq!(outcome(ISSUER, A::burn { id: BOND.into(), who: id(SELLER), amount: 1 }), filtered);
        assert_eq!(outcome(ISSUER, A::start_destroy { id: BOND.into() }), filtered);
        assert_eq!(balance(BOND, SELLER), 1_000);
        // It redeems what has come back to it, and destroys what nobody else has.
        send_ok(SELLER, transfer(ISSUER, 1_000));
        send_ok(ISSUER, A::burn { id: BOND.into(), who: id(ISSUER), amount: 400 });
        send_ok(ISSUER, A::start_destroy { id: BOND.into() });
    });
}

#[test]
fn calls_should_be_refused_when_they_name_an_account_in_another_form() {
    execute(|| {
        let raw = SELLER.to_account_id();
        for address in [Address::Address32(raw.clone().into()), Address::Raw(codec::Encode::encode(&raw))] {
            let gift = pallet_assets::Call::transfer { id: BOND.into(), target: address.clone(), amount: 1 };
            assert!(!CallFilter::contains(&gift.into()));
            let burn = pallet_assets::Call::burn { id: BOND.into(), who: address, amount: 1 };
            assert!(!CallFilter::contains(&burn.into()));
        }
    });
}

#[test]
fn calls_should_be_refused_when_they_are_nested_five_deep() {
    execute(|| {
        let call = transfer(BUYER, 1);
        assert!(CallFilter::contains(&nested(call.clone(), 4)));
        assert!(!CallFilter::contains(&nested(call, 5)));
    });
}

#[test]
fn root_should_not_get_past_the_filter() {
    execute(|| {
        let escrow = Address::from(Escrow::account_id());
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        let moves = || RuntimeCall::from(pallet_balances::Call::force_set_balance { who: escrow.clone(), new_free: 5 });
        let pens = || RuntimeCall::from(frame_system::Call::kill_prefix { prefix: vec![], subkeys: 1 });
        for call in [moves(), pens()] {
            assert_eq!(outcome(OPERATOR, pallet_sudo::Call::sudo { call: Box::new(call.clone()) }), filtered);
            // The same under dual control.
            let hash = tandem_primitives::CallHash(sp_core::H256(codec::Encode::using_encoded(
                &call,
                sp_io::hashing::blake2_256,
            )));
            let body = tandem_primitives::Body::Operator;
            send_ok(OPERATOR, pallet_participants::Call::propose { body, hash });
            let approve = pallet_participants::Call::approve { body, call: Box::new(call) };
            assert_eq!(outcome(OPERATOR_2, approve), filtered);
        }
        assert_eq!(Balances::free_balance(Escrow::account_id()), 0);
    });
}

#[test]
fn a_batch_should_stop_at_what_is_refused() {
    execute(|| {
        let escrow = Address::from(Escrow::account_id());
        let gift = RuntimeCall::from(pallet_assets::Call::transfer { id: BOND.into(), target: escrow, amount: 1 });
        let batch = pallet_utility::Call::batch { calls: vec![transfer(BUYER, 1), gift] };
        assert_eq!(outcome(SELLER, batch), Err(frame_system::Error::<Runtime>::CallFiltered.into()));
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

#[test]
fn proxy_types_should_admit_what_they_are_for() {
    let settle = RuntimeCall::from(pallet_settlement::Call::settle { id: Default::default(), lots: None });
    let release = RuntimeCall::from(pallet_settlement::Call::release {
        id: Default::default(),
        leg: Default::default(),
        lots: 1,
    });
    let reserve = RuntimeCall::from(pallet_settlement::Call::reserve {
        id: Default::default(),
        leg: Default::default(),
        quantity: tandem_primitives::Quantity::Exactly(1),
    });
    let move_it = transfer(BUYER, 1);
    for (call, any, settlement, finishing) in [
        (&settle, true, true, true),
        (&release, true, true, true),
        (&reserve, true, true, false),
        (&move_it, true, false, false),
    ] {
        assert_eq!(ProxyType::Any.filter(call), any);
        assert_eq!(ProxyType::Settlement.filter(call), settlement);
        assert_eq!(ProxyType::Finishing.filter(call), finishing);
    }
    assert!(ProxyType::Any.is_superset(&ProxyType::Settlement));
    assert!(ProxyType::Settlement.is_superset(&ProxyType::Finishing));
    assert!(!ProxyType::Finishing.is_superset(&ProxyType::Settlement));
}

// Of the calls by which a participant stops a thief none is for a proxy that was made for trades.
#[test]
fn chain_h3_a_proxy_for_trades_should_send_nothing_that_governs() {
    execute(|| {
        let veto = pallet_participants::Call::veto_change { participant: SELLER_ID, hash: Default::default() };
        assert!(!ProxyType::Finishing.filter(&veto.into()));
        for call in super::calls::samples() {
            let governs = matches!(call, RuntimeCall::Participants(_))
                || crate::guard::table::row(&call).class == pallet_participants::CallClass::Governing;
            for proxy_type in [ProxyType::Settlement, ProxyType::Finishing] {
                assert!(!governs || !proxy_type.filter(&call), "{proxy_type:?} {call:?}");
            }
        }
    });
}

#[test]
fn a_settlement_proxy_should_not_move_assets_in_a_batch() {
    execute(|| {
        let add = pallet_proxy::Call::add_proxy { delegate: id(BUYER_2), proxy_type: ProxyType::Settlement, delay: 0 };
        send_ok(SELLER, add);
        let batch = RuntimeCall::from(pallet_utility::Call::batch_all { calls: vec![transfer(BUYER, 1)] });
        send_ok(BUYER_2, pallet_proxy::Call::proxy { real: id(SELLER), force_proxy_type: None, call: Box::new(batch) });
        assert_eq!(balance(BOND, SELLER), 1_000);
        assert_ok!(send(SELLER, transfer(BUYER, 1)).expect("admitted"));
    });
}

#[test]
fn session_keys_should_not_be_purged_in_any_wrapper() {
    execute(|| {
        for call in wrapped(&pallet_session::Call::purge_keys {}.into()) {
            assert!(!CallFilter::contains(&call), "{call:?}");
        }
    });
}

#[test]
fn chain_c1_nobody_should_open_an_entry_for_an_account_of_nobody() {
    execute(|| {
        let touch = |who| pallet_assets::Call::touch_other { id: BOND.into(), who: id(who) };
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        assert_eq!(outcome(SELLER, touch(STRANGER)), filtered);
        let batch = pallet_utility::Call::batch { calls: vec![touch(STRANGER).into()] };
        assert_eq!(outcome(SELLER, batch), filtered);
        assert!(!pallet_assets::Account::<Runtime>::contains_key(BOND, STRANGER.to_account_id()));
        // For an account of a participant it is what a transfer would open.
        send_ok(SELLER, touch(BUYER));
    });
}

/// Test helper: the call in both forms of `dispatch_as`, for the account of the key and for root.
fn forged(key: sp_keyring::Sr25519Keyring, call: &RuntimeCall) -> Vec<RuntimeCall> {
    use frame_system::RawOrigin;
    [RawOrigin::Signed(key.to_account_id()), RawOrigin::Root]
        .into_iter()
        .flat_map(|origin| {
            let origin = || Box::new(OriginCaller::system(origin.clone()));
            let call = || Box::new(call.clone());
            [
                RuntimeCall::from(pallet_utility::Call::dispatch_as { as_origin: origin(), call: call() }),
                pallet_utility::Call::dispatch_as_fallible { as_origin: origin(), call: call() }.into(),
            ]
        })
        .collect()
}

#[test]
fn chain_m7_two_accounts_of_the_operator_should_not_sign_for_the_regulator() {
    execute(|| {
        let stop =
            pallet_participants::Call::set_status { participant: SELLER_ID, status: Status::Revoked, reason: reason() };
        for call in forged(REGULATOR, &stop.into()) {
            for call in wrapped(&call) {
                assert!(!CallFilter::contains(&call), "{call:?}");
            }
            let body = tandem_primitives::Body::Operator;
            let hash = tandem_primitives::CallHash(sp_core::H256(codec::Encode::using_encoded(
                &call,
                sp_io::hashing::blake2_256,
            )));
            send_ok(OPERATOR, pallet_participants::Call::propose { body, hash });
            let approve = pallet_participants::Call::approve { body, call: Box::new(call.clone()) };
            let forbidden = pallet_participants::GuardRefusal::Forbidden.into();
            assert_eq!(refused(OPERATOR_2, approve), forbidden);
            let sudo = pallet_sudo::Call::sudo { call: Box::new(call) };
            assert_eq!(refused(OPERATOR, sudo), forbidden);
            send_ok(OPERATOR, pallet_participants::Call::withdraw_proposal { body, hash });
        }
        let status = |account: sp_keyring::Sr25519Keyring| {
            pallet_participants::Accounts::<Runtime>::get(account.to_account_id()).map(|record| record.status)
        };
        assert_eq!(status(SELLER), Some(Status::Active));
    });
}

#[test]
fn chain_m7_sudo_should_serve_nobody_where_it_has_no_key() {
    execute(|| {
        pallet_sudo::Key::<Runtime>::kill();
        let inner = || Box::new(transfer(BUYER, 1));
        for call in [
            RuntimeCall::from(pallet_sudo::Call::sudo_as { who: id(SELLER), call: inner() }),
            pallet_sudo::Call::sudo { call: inner() }.into(),
            pallet_sudo::Call::set_key { new: id(OPERATOR) }.into(),
        ] {
            assert!(!CallFilter::contains(&call), "{call:?}");
            assert_eq!(refused(OPERATOR, call), pallet_participants::GuardRefusal::Forbidden.into());
        }
    });
}
