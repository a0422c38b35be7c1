//! The chains that the binary knows by name.

use polkadot_sdk::{sp_core::storage::well_known_keys, sp_runtime::BuildStorage};
use tandem_node::chain_spec::{known, load};

#[test]
fn every_known_chain_should_have_properties_and_a_genesis_that_builds() {
    assert_eq!(known().collect::<Vec<_>>(), ["dev", "local", "asset-local", "payment-local"]);
    for chain in known() {
        let spec = load(chain).expect("a known chain loads");
        assert_eq!(spec.id(), format!("tandem_{}", chain.replace('-', "_")));
        let properties = spec.properties();
        assert_eq!(properties.get("ss58Format"), Some(&42.into()));
        assert_eq!(properties.get("tokenSymbol"), Some(&"TND".into()));
        assert_eq!(properties.get("tokenDecimals"), Some(&12.into()));
        let storage = spec.build_storage().expect("the preset builds");
        assert!(storage.top.contains_key(well_known_keys::CODE));
    }
}

#[test]
fn the_networks_should_differ_in_their_genesis() {
    let storage = |chain| load(chain).expect("a known chain loads").build_storage().expect("the preset builds").top;
    assert_ne!(storage("asset-local"), storage("payment-local"));
}

#[test]
fn no_name_should_mean_the_local_chain() {
    assert_eq!(load("").expect("a known chain loads").id(), "tandem_local");
}

#[test]
fn an_unknown_name_should_be_refused_with_the_known_ones() {
    let reason = load("no-such-chain").err().expect("there is no such file");
    assert!(reason.contains("`no-such-chain`") && reason.contains("payment-local"), "{reason}");
}
