//! The chains that the binary knows by name: each is the one runtime with one of its genesis presets.

use polkadot_sdk::*;

use sc_chain_spec::{ChainSpec as _, ChainType, GenericChainSpec, Properties};
use sp_core::crypto::{AccountId32, Ss58AddressFormat, Ss58Codec};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use tandem_runtime::WASM_BINARY;

/// A chain specification without extensions.
pub type ChainSpec = GenericChainSpec;

/// What wallets show for the native currency. It pays no fee and settles like any other asset; its smallest unit is
/// worth 10^-12 TND, so that an amount of it fits wherever wallets expect the digits of a typical native token.
const TOKEN_SYMBOL: &str = "TND";
const TOKEN_DECIMALS: u32 = 12;
/// The generic Substrate address format: a permissioned network needs no registered prefix.
const SS58_FORMAT: u16 = 42;

/// A chain that the binary can build by itself.
struct Known {
    /// What `--chain` takes.
    chain: &'static str,
    /// What wallets and logs show.
    name: &'static str,
    /// The folder of its database. Zombienet recognises some chains by a part of their id and then rewrites their
    /// genesis; none of these ids is one of them.
    id: &'static str,
    chain_type: ChainType,
    /// The runtime's genesis preset.
    preset: &'static str,
}

const KNOWN: [Known; 4] = [
    Known {
        chain: "dev",
        name: "Tandem Development",
        id: "tandem_dev",
        chain_type: ChainType::Development,
        preset: DEV_RUNTIME_PRESET,
    },
    Known {
        chain: "local",
        name: "Tandem Local Testnet",
        id: "tandem_local",
        chain_type: ChainType::Local,
        preset: LOCAL_TESTNET_RUNTIME_PRESET,
    },
    Known {
        chain: "asset-local",
        name: "Tandem Asset Network (local)",
        id: "tandem_asset_local",
        chain_type: ChainType::Local,
        preset: "asset_local",
    },
    Known {
        chain: "payment-local",
        name: "Tandem Payment Network (local)",
        id: "tandem_payment_local",
        chain_type: ChainType::Local,
        preset: "payment_local",
    },
];

/// The names that [`load`] knows.
pub fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.chain)
}

/// The chain of that name, or the one in the file of that name. No name at all means `local`.
pub fn load(chain: &str) -> Result<ChainSpec, String> {
    let chain = if chain.is_empty() { "local" } else { chain };
    match KNOWN.iter().find(|known| known.chain == chain) {
        Some(known) => build(known),
        None => {
            let spec = ChainSpec::from_json_file(chain.into()).map_err(|reason| {
                let names = KNOWN.map(|known| known.chain).join(", ");
                format!("`{chain}` is neither one of {names} nor a chain specification that can be read: {reason}")
            })?;
            match spec.chain_type() {
                ChainType::Live => refuse_development_keys(&spec.as_json(false)?)?,
                ChainType::Development | ChainType::Local | ChainType::Custom(_) => {}
            }
            Ok(spec)
        }
    }
}

/// Refuses a specification, as JSON, in whose genesis a well-known development key stands: everybody has its secret, so
/// that whatever it may do there everybody may do. Session keys are found as well as accounts.
pub fn refuse_development_keys(spec: &str) -> Result<(), String> {
    let genesis = without_code(&spec.to_lowercase(), spec);
    let accounts = Sr25519Keyring::iter().map(|key| (format!("//{key}"), key.to_raw_public()));
    let finality = Ed25519Keyring::iter().map(|key| (format!("//{key} (ed25519)"), key.to_raw_public()));
    for (name, public) in accounts.chain(finality) {
        let address = AccountId32::new(public).to_ss58check_with_version(Ss58AddressFormat::custom(SS58_FORMAT));
        let hex: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
        if genesis.text.contains(&address) || genesis.lowercase.contains(&hex) {
            return Err(format!(
                "the chain is of type Live and its genesis names the development key {name} ({address}), which everybody \
                 has; replace it with a key of your own"
            ));
        }
    }
    Ok(())
}

/// A specification without the code of its runtime, as it is written and in small letters.
struct Genesis {
    text: String,
    lowercase: String,
}

/// The code knows the development keys, as it has the presets. It stands under `code`, or under the storage key `:code`.
fn without_code(lowercase: &str, spec: &str) -> Genesis {
    let mut kept = Genesis { text: String::new(), lowercase: String::new() };
    let mut rest = 0;
    while let Some((start, end)) = next_code(lowercase, rest) {
        kept.text.push_str(spec.get(rest..start).unwrap_or_default());
        kept.lowercase.push_str(lowercase.get(rest..start).unwrap_or_default());
        rest = end;
    }
    kept.text.push_str(spec.get(rest..).unwrap_or_default());
    kept.lowercase.push_str(lowercase.get(rest..).unwrap_or_default());
    kept
}

/// Where the next value of a code begins and ends, from `from` on.
fn next_code(spec: &str, from: usize) -> Option<(usize, usize)> {
    let rest = spec.get(from..)?;
    let found = ["\"code\":", "\"0x3a636f6465\":"].iter().filter_map(|name| Some((rest.find(name)?, name.len())));
    let (at, length) = found.min()?;
    let after = at.checked_add(length)?;
    let open = after.checked_add(rest.get(after..)?.find('"')?)?.checked_add(1)?;
    let close = open.checked_add(rest.get(open..)?.find('"')?)?;
    Some((from.checked_add(open)?, from.checked_add(close)?))
}

fn build(known: &Known) -> Result<ChainSpec, String> {
    let code = WASM_BINARY.ok_or(
        "this binary was built without its runtime (SKIP_WASM_BUILD was set); build it again without that variable",
    )?;
    Ok(ChainSpec::builder(code, None)
        .with_name(known.name)
        .with_id(known.id)
        .with_chain_type(known.chain_type.clone())
        .with_protocol_id("tandem")
        .with_properties(properties())
        .with_genesis_config_preset_name(known.preset)
        .build())
}

fn properties() -> Properties {
    let mut properties = Properties::new();
    properties.insert("ss58Format".into(), SS58_FORMAT.into());
    properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
    properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
    properties
}
