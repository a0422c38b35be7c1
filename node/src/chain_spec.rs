//! The chains that the binary knows by name: each is the one runtime with one of its genesis presets.

use polkadot_sdk::*;

use sc_chain_spec::{ChainType, GenericChainSpec, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
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
        None => ChainSpec::from_json_file(chain.into()).map_err(|reason| {
            let names = KNOWN.map(|known| known.chain).join(", ");
            format!("`{chain}` is neither one of {names} nor a chain specification that can be read: {reason}")
        }),
    }
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
