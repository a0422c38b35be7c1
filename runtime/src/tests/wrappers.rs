use super::world::*;
use crate::{
    guard::wrappers::{inside, SentFor},
    *,
};
use frame_support::traits::GetCallMetadata;
use scale_info::{form::PortableForm, MetaType, PortableRegistry, Registry, Type, TypeDef};
use std::collections::BTreeSet;
use tandem_primitives::Body;

fn remark() -> RuntimeCall {
    RuntimeCall::System(frame_system::Call::remark { remark: vec![] })
}

/// Test helper: every wrapper of the runtime with a remark inside, and the sender for which it sends that.
fn wrappers() -> Vec<(RuntimeCall, SentFor<'static>)> {
    let call = || Box::new(remark());
    let account = || SentFor::Account(BUYER.to_account_id());
    let origin = || Box::new(OriginCaller::system(frame_system::RawOrigin::Signed(BUYER.to_account_id())));
    let others: &'static [AccountId] = Box::leak(Box::new([BUYER.to_account_id()]));
    vec![
        (pallet_utility::Call::batch { calls: vec![remark()] }.into(), SentFor::Sender),
        (pallet_utility::Call::batch_all { calls: vec![remark()] }.into(), SentFor::Sender),
        (pallet_utility::Call::force_batch { calls: vec![remark()] }.into(), SentFor::Sender),
        (pallet_utility::Call::if_else { main: call(), fallback: call() }.into(), SentFor::Sender),
        (pallet_utility::Call::as_derivative { index: 7, call: call() }.into(), SentFor::Derivative(7)),
        (pallet_utility::Call::dispatch_as { as_origin: origin(), call: call() }.into(), SentFor::AnyOrigin),
        (pallet_utility::Call::dispatch_as_fallible { as_origin: origin(), call: call() }.into(), SentFor::AnyOrigin),
        (pallet_utility::Call::with_weight { call: call(), weight: Default::default() }.into(), SentFor::Chain),
        (
            pallet_multisig::Call::as_multi_threshold_1 { other_signatories: others.to_vec(), call: call() }.into(),
            SentFor::Multisig { others, threshold: 1 },
        ),
        (
            pallet_multisig::Call::as_multi {
                threshold: 2,
                other_signatories: others.to_vec(),
                maybe_timepoint: None,
                call: call(),
                max_weight: Default::default(),
            }
            .into(),
            SentFor::Multisig { others, threshold: 2 },
        ),
        (pallet_proxy::Call::proxy { real: id(BUYER), force_proxy_type: None, call: call() }.into(), account()),
        (
            pallet_proxy::Call::proxy_announced {
                delegate: id(SELLER),
                real: id(BUYER),
                force_proxy_type: None,
                call: call(),
            }
            .into(),
            account(),
        ),
        (pallet_sudo::Call::sudo { call: call() }.into(), SentFor::Chain),
        (pallet_sudo::Call::sudo_unchecked_weight { call: call(), weight: Default::default() }.into(), SentFor::Chain),
        (pallet_sudo::Call::sudo_as { who: id(BUYER), call: call() }.into(), account()),
        (pallet_participants::Call::approve { body: Body::Operator, call: call() }.into(), SentFor::Chain),
        (pallet_participants::Call::enact { body: Body::Operator, call: call() }.into(), SentFor::Chain),
    ]
}

fn name(call: &RuntimeCall) -> (String, String) {
    let name = call.get_call_metadata();
    (name.pallet_name.into(), name.function_name.into())
}

/// Test helper: true if a value of the type `id` can contain one of the type `target`.
fn contains(types: &PortableRegistry, id: u32, target: u32, seen: &mut BTreeSet<u32>) -> bool {
    if id == target {
        return true;
    }
    if !seen.insert(id) {
        return false;
    }
    let ty: &Type<PortableForm> = types.resolve(id).expect("registered");
    let parts: Vec<u32> = match &ty.type_def {
        TypeDef::Composite(composite) => composite.fields.iter().map(|field| field.ty.id).collect(),
        TypeDef::Variant(variant) => {
            variant.variants.iter().flat_map(|variant| variant.fields.iter().map(|field| field.ty.id)).collect()
        }
        TypeDef::Sequence(sequence) => vec![sequence.type_param.id],
        TypeDef::Array(array) => vec![array.type_param.id],
        TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| field.id).collect(),
        TypeDef::Compact(compact) => vec![compact.type_param.id],
        TypeDef::Primitive(_) | TypeDef::BitSequence(_) => Vec::new(),
    };
    parts.into_iter().any(|part| contains(types, part, target, seen))
}

// If this fails, a pallet has a call that carries another and that the guard does not look into: add it to
// `guard::wrappers`.
#[test]
fn every_call_that_carries_a_call_should_be_a_known_wrapper() {
    let mut registry = Registry::new();
    let target = registry.register_type(&MetaType::new::<RuntimeCall>()).id;
    let types: PortableRegistry = registry.into();
    let pallets = |id: u32| match &types.resolve(id).expect("registered").type_def {
        TypeDef::Variant(variant) => variant.variants.clone(),
        other => panic!("not an enum: {other:?}"),
    };
    let mut found = BTreeSet::new();
    for pallet in pallets(target) {
        for call in pallets(pallet.fields[0].ty.id) {
            if call.fields.iter().any(|field| contains(&types, field.ty.id, target, &mut BTreeSet::new())) {
                found.insert((pallet.name.clone(), call.name.clone()));
            }
        }
    }
    let known: BTreeSet<_> = wrappers().iter().map(|(call, _)| name(call)).collect();
    assert_eq!(found, known);
}

#[test]
fn every_wrapper_should_be_looked_into() {
    for (call, sent_for) in wrappers() {
        let found = inside(&call);
        assert!(!found.is_empty(), "{:?}", name(&call));
        for (found, inner) in found {
            assert_eq!((found, inner), (sent_for.clone(), &remark()), "{:?}", name(&call));
        }
    }
}

#[test]
fn an_address_of_another_form_should_be_unknown() {
    for address in
        [Address::Index(()), Address::Raw(vec![0; 32]), Address::Address32([0; 32]), Address::Address20([0; 20])]
    {
        let call = RuntimeCall::from(pallet_sudo::Call::sudo_as { who: address, call: Box::new(remark()) });
        assert_eq!(inside(&call), [(SentFor::Unknown, &remark())]);
    }
}

// The filter sees a call inside wrappers once by itself and once with each of them.
#[test]
fn chain_l10_the_weight_of_the_guard_should_grow_with_what_the_filter_looks_at() {
    use frame_support::dispatch::GetDispatchInfo;
    use sp_runtime::traits::TransactionExtension;
    let to = || Address::from(ISSUER.to_account_id());
    let team = || {
        let call = pallet_assets::Call::set_team { id: BOND.into(), issuer: to(), admin: to(), freezer: to() };
        RuntimeCall::from(call)
    };
    let batch = |calls: Vec<RuntimeCall>| RuntimeCall::from(pallet_utility::Call::batch { calls });
    let guard = pallet_participants::Guard::<Runtime>::new();
    let of = |call: &RuntimeCall| guard.weight(call).saturating_sub(guard.weight(&remark())).ref_time();
    let read = <Runtime as frame_system::Config>::DbWeight::get().reads(1).ref_time();
    assert_eq!(of(&team()), 21 * read);
    assert_eq!(of(&batch(vec![team(), team()])), 2 * 2 * 21 * read);
    assert_eq!(of(&batch(vec![batch(vec![batch(vec![batch(vec![team()])])])])), 5 * 21 * read);
    assert_eq!(of(&pallet_settlement::Call::settle { id: Default::default(), lots: None }.into()), 0);
    assert!(team().get_dispatch_info().call_weight.ref_time() < 21 * read);
}
