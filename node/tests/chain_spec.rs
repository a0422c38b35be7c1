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

/// A specification of a live chain with this text in its genesis.
fn live(genesis: &str) -> String {
    format!(r#"{{"name": "N", "chainType": "Live", "genesis": {{"runtimeGenesis": {{"code": "0x00", {genesis}}}}}}}"#)
}

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const ALICE_HEX: &str = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
/// Alice's key for GRANDPA.
const ALICE_ED25519: &str = "5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu";

#[test]
fn chain_l8_a_live_chain_should_not_begin_with_development_keys() {
    for key in [ALICE, ALICE_ED25519] {
        for genesis in [
            format!(r#""patch": {{"balances": {{"balances": [["{key}", 1]]}}}}"#),
            format!(r#""patch": {{"sudo": {{"key": "{key}"}}}}"#),
            format!(r#""config": {{"validators": {{"validators": ["{key}"]}}}}"#),
            format!(r#""config": {{"session": {{"keys": [["x", "y", {{"aura": "{key}"}}]]}}}}"#),
        ] {
            let refused = tandem_node::chain_spec::refuse_development_keys(&live(&genesis));
            assert!(refused.is_err_and(|reason| reason.contains("//Alice")), "{genesis}");
        }
    }
    for hex in [ALICE_HEX.to_string(), ALICE_HEX.to_uppercase()] {
        let raw = format!(r#"{{"genesis": {{"raw": {{"top": {{"0x26aa394e": "0x04{hex}00"}}}}}}}}"#);
        assert!(tandem_node::chain_spec::refuse_development_keys(&raw).is_err());
    }
}

#[test]
fn chain_l8_the_code_of_a_live_chain_may_know_development_keys() {
    let plain = format!(r#"{{"genesis": {{"runtimeGenesis": {{"code": "0x{ALICE_HEX}", "patch": {{}}}}}}}}"#);
    let raw = format!(r#"{{"genesis": {{"raw": {{"top": {{"0x3a636f6465": "0x{ALICE_HEX}", "0x01": "0x02"}}}}}}}}"#);
    for spec in [plain, raw, live(r#""patch": {}"#)] {
        assert_eq!(tandem_node::chain_spec::refuse_development_keys(&spec), Ok(()));
    }
}

#[test]
fn chain_l8_a_file_of_a_live_chain_should_not_load_with_development_keys() {
    let local = load("local").expect("a known chain loads").as_json(false).expect("it is written as JSON");
    let path = std::env::temp_dir().join(format!("tandem-chain-spec-{}.json", std::process::id()));
    let load_as = |chain_type: &str| {
        let (old, new) = (r#""chainType": "Local""#, format!(r#""chainType": "{chain_type}""#));
        assert_eq!(local.matches(old).count(), 1);
        std::fs::write(&path, local.replace(old, &new)).expect("the file is written");
        load(&path.to_string_lossy()).map(|spec| spec.id().to_owned())
    };
    assert_eq!(load_as("Development"), Ok("tandem_local".to_owned()));
    let refused = load_as("Live");
    assert!(refused.as_ref().is_err_and(|reason| reason.contains("//Alice")), "{refused:?}");
    std::fs::remove_file(&path).expect("the file is there");
}
