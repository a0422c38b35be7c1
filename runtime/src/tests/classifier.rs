use super::{dvp, world::*};
use crate::{
    guard::{origins::Classifier, table::ROWS},
    *,
};
use pallet_participants::{Access, ClassifyCall, Effective, GuardRefusal, Lane, Opened};
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{Body, Role, Roles};

fn effective(signer: Sr25519Keyring, call: &RuntimeCall) -> Result<Vec<Effective>, GuardRefusal> {
    Classifier::classify(&signer.to_account_id(), call).map(|found| found.effective)
}

fn lane(call: &RuntimeCall) -> Lane {
    Classifier::classify(&SELLER.to_account_id(), call).expect("admitted").lane
}

fn opened(call: &RuntimeCall) -> Opened {
    Classifier::classify(&SELLER.to_account_id(), call).expect("admitted").opened
}

fn for_account(account: AccountId, access: Access) -> Effective {
    Effective::new(account, access)
}

fn ordinary(account: AccountId) -> Effective {
    for_account(account, Access::Start)
}

fn issuing(account: AccountId) -> Effective {
    Effective {
        roles: Roles::default().with(Role::Issuer),
        moves: true,
        without_role: GuardRefusal::NotIssuer,
        ..ordinary(account)
    }
}

fn derived(who: AccountId, index: u16) -> AccountId {
    pallet_utility::derivative_account_id(who, index)
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    pallet_utility::Call::batch { calls }.into()
}

fn proxy(real: Sr25519Keyring, call: RuntimeCall) -> RuntimeCall {
    pallet_proxy::Call::proxy { real: id(real), force_proxy_type: None, call: Box::new(call) }.into()
}

fn as_multi(threshold: u16, others: &[AccountId], call: RuntimeCall) -> RuntimeCall {
    pallet_multisig::Call::as_multi {
        threshold,
        other_signatories: others.to_vec(),
        maybe_timepoint: None,
        call: Box::new(call),
        max_weight: Default::default(),
    }
    .into()
}

fn settle() -> RuntimeCall {
    pallet_settlement::Call::settle { id: Default::default(), lots: None }.into()
}

#[test]
fn a_plain_call_should_act_for_its_signer() {
    execute(|| {
        assert_eq!(effective(SELLER, &transfer(BUYER, 1)), Ok(vec![ordinary(SELLER.to_account_id())]));
        let finishing = for_account(SELLER.to_account_id(), Access::Finish);
        assert_eq!(effective(SELLER, &settle()), Ok(vec![finishing]));
    });
}

#[test]
fn a_batch_should_act_for_its_signer_once_for_each_call() {
    execute(|| {
        let expected = vec![ordinary(SELLER.to_account_id()), for_account(SELLER.to_account_id(), Access::Finish)];
        for wrap in [
            |calls| RuntimeCall::from(pallet_utility::Call::batch { calls }),
            |calls| RuntimeCall::from(pallet_utility::Call::batch_all { calls }),
            |calls| RuntimeCall::from(pallet_utility::Call::force_batch { calls }),
        ] {
            assert_eq!(effective(SELLER, &wrap(vec![transfer(BUYER, 1), settle()])), Ok(expected.clone()));
        }
        let either = pallet_utility::Call::if_else { main: Box::new(transfer(BUYER, 1)), fallback: Box::new(settle()) };
        assert_eq!(effective(SELLER, &either.into()), Ok(expected));
        assert_eq!(effective(SELLER, &batch(vec![])), Ok(vec![ordinary(SELLER.to_account_id())]));
    });
}

#[test]
fn a_proxy_should_act_for_its_principal() {
    execute(|| {
        assert_eq!(effective(SELLER, &proxy(BUYER, transfer(SELLER, 1))), Ok(vec![ordinary(BUYER.to_account_id())]));
        let announced = pallet_proxy::Call::proxy_announced {
            delegate: id(SELLER),
            real: id(BUYER),
            force_proxy_type: None,
            call: Box::new(settle()),
        };
        assert_eq!(
            effective(STRANGER, &announced.into()),
            Ok(vec![for_account(BUYER.to_account_id(), Access::Finish)])
        );
    });
}

#[test]
fn a_multisig_should_act_for_the_account_of_its_signatories_in_any_order() {
    execute(|| {
        let mut signatories = [SELLER, BUYER, ISSUER].map(|key| key.to_account_id());
        signatories.sort();
        let expected = Ok(vec![ordinary(Multisig::multi_account_id(&signatories, 2))]);
        for signer in [SELLER, BUYER, ISSUER] {
            let others: Vec<_> =
                signatories.iter().filter(|account| **account != signer.to_account_id()).cloned().collect();
            assert_eq!(effective(signer, &as_multi(2, &others, transfer(BUYER, 1))), expected);
        }
        let one = pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![BUYER.to_account_id()],
            call: Box::new(settle()),
        };
        let mut two = [SELLER, BUYER].map(|key| key.to_account_id());
        two.sort();
        assert_eq!(
            effective(SELLER, &one.into()),
            Ok(vec![for_account(Multisig::multi_account_id(&two, 1), Access::Finish)])
        );
    });
}

#[test]
fn a_derivative_should_act_for_the_derived_account() {
    execute(|| {
        let call = |call| RuntimeCall::from(pallet_utility::Call::as_derivative { index: 3, call: Box::new(call) });
        let account = derived(SELLER.to_account_id(), 3);
        assert_eq!(effective(SELLER, &call(transfer(BUYER, 1))), Ok(vec![ordinary(account.clone())]));
        assert_eq!(
            effective(SELLER, &call(call(settle()))),
            Ok(vec![for_account(derived(account.clone(), 3), Access::Finish), for_account(account, Access::Finish)])
        );
    });
}

#[test]
fn sudo_should_serve_its_key_and_nobody_else() {
    execute(|| {
        let inner = || Box::new(transfer(BUYER, 1));
        for call in [
            RuntimeCall::from(pallet_sudo::Call::sudo { call: inner() }),
            pallet_sudo::Call::sudo_unchecked_weight { call: inner(), weight: Default::default() }.into(),
            pallet_sudo::Call::remove_key {}.into(),
        ] {
            assert_eq!(effective(OPERATOR, &call), Ok(vec![for_account(OPERATOR.to_account_id(), Access::Chain)]));
            assert_eq!(effective(SELLER, &call), Err(GuardRefusal::Forbidden));
        }
    });
}

#[test]
fn sudo_as_should_act_for_its_target() {
    execute(|| {
        let call = pallet_sudo::Call::sudo_as { who: id(BUYER), call: Box::new(transfer(SELLER, 1)) };
        assert_eq!(effective(OPERATOR, &call.into()), Ok(vec![ordinary(BUYER.to_account_id())]));
    });
}

#[test]
fn what_forges_an_origin_should_be_forbidden_for_everybody() {
    execute(|| {
        use frame_system::RawOrigin;
        for origin in [RawOrigin::Signed(BUYER.to_account_id()), RawOrigin::Root, RawOrigin::None] {
            let as_origin = Box::new(OriginCaller::system(origin));
            let forged = RuntimeCall::from(pallet_utility::Call::dispatch_as { as_origin, call: Box::new(settle()) });
            let sudo = pallet_sudo::Call::sudo { call: Box::new(forged.clone()) };
            for call in [forged.clone(), sudo.into(), batch(vec![forged])] {
                assert_eq!(effective(OPERATOR, &call), Err(GuardRefusal::Forbidden));
            }
        }
    });
}

#[test]
fn dual_control_should_act_for_its_signer() {
    execute(|| {
        let body = Body::Operator;
        let call = pallet_participants::Call::approve { body, call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(effective(OPERATOR_2, &call.into()), Ok(vec![ordinary(OPERATOR_2.to_account_id())]));
    });
}

#[test]
fn wrappers_in_wrappers_should_be_followed() {
    execute(|| {
        // A batch in a proxy in a multisig, and a derivative beside it.
        let others = [BUYER.to_account_id()];
        let mut signatories = [SELLER, BUYER].map(|key| key.to_account_id());
        signatories.sort();
        let as_derivative = pallet_utility::Call::as_derivative { index: 1, call: Box::new(transfer(BUYER, 1)) }.into();
        let call = as_multi(2, &others, proxy(ISSUER, batch(vec![settle(), as_derivative])));
        assert_eq!(
            effective(SELLER, &call),
            Ok(vec![
                for_account(ISSUER.to_account_id(), Access::Finish),
                ordinary(derived(ISSUER.to_account_id(), 1)),
                // Between two wrappers.
                ordinary(ISSUER.to_account_id()),
                ordinary(Multisig::multi_account_id(&signatories, 2))
            ])
        );
        assert_eq!(Classifier::origins(&call), 4);
        assert_eq!(Classifier::origins(&transfer(BUYER, 1)), 1);
        assert_eq!(Classifier::origins(&batch(vec![settle(), settle()])), 1);
    });
}

#[test]
fn five_wrappers_should_be_too_deep() {
    execute(|| {
        let nested = |times| (0..times).fold(settle(), |call, _| batch(vec![call]));
        assert!(effective(SELLER, &nested(4)).is_ok());
        assert_eq!(effective(SELLER, &nested(5)), Err(GuardRefusal::TooDeep));
        assert_eq!(effective(SELLER, &nested(50)), Err(GuardRefusal::TooDeep));
        // What is too deep to be admitted is not walked to be weighed either.
        let proxies = (0..50).fold(settle(), |call, _| proxy(BUYER, call));
        assert_eq!(Classifier::origins(&proxies), 6);
    });
}

#[test]
fn escrow_should_be_nobody_to_act_for() {
    execute(|| {
        let escrow = || Address::from(Escrow::account_id());
        let call = pallet_sudo::Call::sudo_as { who: escrow(), call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(effective(OPERATOR, &call.into()), Err(GuardRefusal::Forbidden));
        let call =
            pallet_proxy::Call::proxy { real: escrow(), force_proxy_type: None, call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(effective(OPERATOR, &call.into()), Err(GuardRefusal::Forbidden));
    });
}

#[test]
fn an_address_of_another_form_should_be_unknown() {
    execute(|| {
        let call = pallet_sudo::Call::sudo_as { who: Address::Index(()), call: Box::new(settle()) };
        assert_eq!(effective(OPERATOR, &call.into()), Err(GuardRefusal::UnknownWrapper));
    });
}

#[test]
fn the_chain_should_have_no_accounts_of_its_own() {
    execute(|| {
        let derivative = pallet_utility::Call::as_derivative { index: 0, call: Box::new(settle()) };
        let sudo = pallet_sudo::Call::sudo { call: Box::new(derivative.into()) };
        assert_eq!(effective(OPERATOR, &sudo.into()), Err(GuardRefusal::Forbidden));
    });
}

#[test]
fn an_account_between_two_wrappers_should_act_by_what_it_passes_on() {
    execute(|| {
        let others = [BUYER.to_account_id()];
        let mut signatories = [SELLER, BUYER].map(|key| key.to_account_id());
        signatories.sort();
        let multisig = Multisig::multi_account_id(&signatories, 2);
        let through = |call| effective(SELLER, &as_multi(2, &others, proxy(ISSUER, call)));
        let both =
            |access| Ok(vec![for_account(ISSUER.to_account_id(), access), for_account(multisig.clone(), access)]);
        assert_eq!(through(settle()), both(Access::Finish));
        assert_eq!(through(transfer(BUYER, 1)), both(Access::Start));
        // The right to issue is that of the account that issues.
        let mint = pallet_assets::Call::mint { id: BOND.into(), beneficiary: id(BUYER), amount: 1 };
        assert_eq!(through(mint.into()), Ok(vec![issuing(ISSUER.to_account_id()), ordinary(multisig.clone())]));
        // The key of `Sudo` may be a multisig, and need not be a participant's.
        pallet_sudo::Key::<Runtime>::put(&multisig);
        let sudo_as = pallet_sudo::Call::sudo_as { who: id(ISSUER), call: Box::new(transfer(BUYER, 1)) };
        assert_eq!(
            effective(SELLER, &as_multi(2, &others, sudo_as.into())),
            Ok(vec![ordinary(ISSUER.to_account_id()), for_account(multisig, Access::Chain)])
        );
    });
}

#[test]
fn what_makes_supply_should_be_issuing() {
    execute(|| {
        use pallet_assets::Call as A;
        let (asset, to) = (|| BOND.into(), || id(BUYER));
        let all: [RuntimeCall; 5] = [
            A::create { id: 9.into(), admin: to(), min_balance: 1 }.into(),
            A::mint { id: asset(), beneficiary: to(), amount: 1 }.into(),
            A::set_team { id: asset(), issuer: to(), admin: to(), freezer: to() }.into(),
            A::transfer_ownership { id: asset(), owner: to() }.into(),
            A::start_destroy { id: asset() }.into(),
        ];
        for call in all {
            let expected = Ok(vec![issuing(BUYER.to_account_id())]);
            assert_eq!(effective(BUYER, &call), expected, "{call:?}");
            assert_eq!(effective(BUYER, &batch(vec![call.clone()])), expected, "{call:?}");
        }
    });
}

#[test]
fn only_a_wrapper_that_fails_with_its_calls_should_have_their_lane() {
    execute(|| {
        let boxed = |call: &RuntimeCall| Box::new(call.clone());
        let claim = pallet_escrow::Call::claim {
            account: SELLER.to_account_id(),
            asset: AssetId::WithId(BOND),
            to: SELLER.to_account_id(),
        };
        let two = vec![settle(), claim.into()];
        let whole = RuntimeCall::from(pallet_utility::Call::batch_all { calls: two.clone() });
        let one = RuntimeCall::from(pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![BUYER.to_account_id()],
            call: boxed(&whole),
        });
        let derivative = RuntimeCall::from(pallet_utility::Call::as_derivative { index: 0, call: boxed(&one) });
        for call in [settle(), whole.clone(), one, derivative] {
            assert_eq!(lane(&call), Lane::Finishing, "{call:?}");
        }
        let either = pallet_utility::Call::if_else { main: boxed(&settle()), fallback: boxed(&settle()) };
        for call in [
            batch(two.clone()),
            pallet_utility::Call::force_batch { calls: two.clone() }.into(),
            either.into(),
            proxy(BUYER, settle()),
            as_multi(2, &[BUYER.to_account_id()], settle()),
            pallet_utility::Call::batch_all { calls: vec![settle(), transfer(BUYER, 1)] }.into(),
            pallet_utility::Call::batch_all { calls: vec![settle(), batch(two)] }.into(),
            pallet_utility::Call::batch_all { calls: vec![] }.into(),
            transfer(BUYER, 1),
        ] {
            assert_eq!(lane(&call), Lane::Ordinary, "{call:?}");
        }
    });
}

#[test]
fn chain_m5_state_should_be_counted_inside_wrappers_too() {
    execute(|| {
        let instruct = || dvp::instruct(dvp::terms("COUNTED-1"));
        let approve =
            || pallet_assets::Call::approve_transfer { id: BOND.into(), delegate: id(BUYER), amount: 1 }.into();
        assert_eq!(opened(&instruct()), Opened::INSTRUCTION);
        assert_eq!(opened(&approve()), Opened::OTHER);
        assert_eq!(opened(&transfer(BUYER, 1)), Opened::default());
        let call = batch(vec![instruct(), proxy(BUYER, batch(vec![instruct(), approve()]))]);
        assert_eq!(opened(&call), Opened { instructions: 2, payments: 0, others: 1 });
        // The first approval of a multisig operation stores it, a later one does not.
        let others = [BUYER.to_account_id()];
        assert_eq!(opened(&as_multi(2, &others, transfer(BUYER, 1))), Opened::OTHER);
        let later = pallet_multisig::Call::approve_as_multi {
            threshold: 2,
            other_signatories: others.to_vec(),
            maybe_timepoint: Some(Multisig::timepoint()),
            call_hash: [0; 32],
            max_weight: Default::default(),
        };
        assert_eq!(opened(&later.into()), Opened::default());
    });
}

// Every call that leaves state behind, with the cap that it counts against.
#[test]
fn chain_m5_every_call_that_leaves_state_should_be_counted() {
    let counted: Vec<_> = ROWS
        .iter()
        .filter(|(.., row)| row.opened != Opened::default())
        .map(|(pallet, call, row)| (*pallet, *call, row.opened))
        .collect();
    let others = |pallet: &'static str, calls: &[&'static str]| -> Vec<_> {
        calls.iter().map(|call| (pallet, *call, Opened::OTHER)).collect()
    };
    let expected = [
        others("Multisig", &["as_multi", "approve_as_multi"]),
        others("Proxy", &["add_proxy", "create_pure", "announce"]),
        others("Assets", &["create", "approve_transfer", "touch", "touch_other", "set_metadata"]),
        others("Participants", &["register_service"]),
        vec![("Settlement", "instruct", Opened::INSTRUCTION)],
        vec![("Counterpart", "reserve_ahead", Opened::PAYMENT)],
    ];
    assert_eq!(counted, expected.concat());
}

#[test]
fn chain_h2_calls_for_the_chain_should_be_sent_by_no_account() {
    execute(|| {
        let root_only: [RuntimeCall; 4] = [
            frame_system::Call::set_code { code: vec![] }.into(),
            frame_system::Call::set_heap_pages { pages: 1 }.into(),
            pallet_tx_pause::Call::unpause { ident: Default::default() }.into(),
            pallet_validators::Call::add { validator: SELLER.to_account_id() }.into(),
        ];
        for call in root_only {
            for signer in [SELLER, OPERATOR, REGULATOR] {
                assert_eq!(effective(signer, &call), Err(GuardRefusal::Forbidden));
                assert_eq!(effective(signer, &batch(vec![call.clone()])), Err(GuardRefusal::Forbidden));
            }
            // Two accounts of the operator are the chain.
            let approve = pallet_participants::Call::approve { body: Body::Operator, call: Box::new(call) };
            assert!(effective(OPERATOR_2, &approve.into()).is_ok());
        }
    });
}
