//! Genesis presets, which make the one runtime a development chain, an asset network or a payment network.
//!
//! All of them use the well-known development keys and are for one machine. A network that anybody relies on begins
//! with a specification of its own: keys of its validators, its operator's accounts, `sudo` without a key, an
//! enactment delay.

use crate::{
    configs::lane, opaque::SessionKeys, AccountId, AssetId, Balance, BalancesConfig, BridgeMessagesConfig, Moment,
    ParticipantsConfig, RuntimeGenesisConfig, SessionConfig, SudoConfig, ValidatorsConfig, UNIT,
};
use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};
use pallet_participants::{GenesisAsset, GenesisParticipant};
use polkadot_sdk::{
    frame_support::build_struct_json_patch,
    sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET},
    sp_keyring::{Ed25519Keyring, Sr25519Keyring},
};
use tandem_primitives::{Lei, Role, Status};

/// One node, whose validator is Alice.
pub const DEVELOPMENT: &str = DEV_RUNTIME_PRESET;
/// Four validators: Alice, Bob, Charlie and Dave.
pub const LOCAL_TESTNET: &str = LOCAL_TESTNET_RUNTIME_PRESET;
/// A network that holds securities. Two validators: Alice and Bob.
pub const ASSET_LOCAL: &str = "asset_local";
/// A network that holds cash. Two validators: Alice and Bob.
pub const PAYMENT_LOCAL: &str = "payment_local";

/// Names of all presets.
pub const ALL: [&str; 4] = [DEVELOPMENT, LOCAL_TESTNET, ASSET_LOCAL, PAYMENT_LOCAL];

/// The LEI of the operator in every preset. Its prefix is of no issuer, so it is nobody's.
pub const OPERATOR_LEI: Lei = Lei(*b"TNDM00OPERATOR000031");
/// The LEI of the regulator in every preset.
pub const REGULATOR_LEI: Lei = Lei(*b"TNDM00REGULATOR00010");

/// Native currency of each development account at genesis.
const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// Names of all presets, as the genesis builder lists them.
pub fn names() -> Vec<PresetId> {
    ALL.iter().map(|name| name.to_string()).collect()
}

/// A preset as JSON, to be merged into the default genesis.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
    use Sr25519Keyring::{Alice, Bob, Charlie, Dave};
    let patch = match id.as_str() {
        DEVELOPMENT => Chain { title: "Tandem", validators: &[Alice], governance: Governance::Sudo(Alice) },
        LOCAL_TESTNET => {
            let validators = &[Alice, Bob, Charlie, Dave];
            Chain { title: "Tandem", validators, governance: Governance::Sudo(Alice) }
        }
        ASSET_LOCAL => Chain { title: "Tandem Asset Network", validators: &[Alice, Bob], governance: DELAYED },
        PAYMENT_LOCAL => Chain { title: "Tandem Payment Network", validators: &[Alice, Bob], governance: DELAYED },
        _ => return None,
    };
    Some(patch.genesis().to_string().into_bytes())
}

/// Differences between the presets.
struct Chain {
    /// First words of the names of operator and regulator.
    title: &'static str,
    /// Validators. Each of them is an account of the operator or the regulator, so that it can set its keys.
    validators: &'static [Sr25519Keyring],
    governance: Governance,
}

/// Way in which root decides on a preset.
enum Governance {
    /// One key, at once. Only for chains on which nothing is at stake.
    Sudo(Sr25519Keyring),
    /// Two accounts of the operator, after so many milliseconds in which everybody sees it coming.
    Delayed(Moment),
}

/// Long enough to be seen, short enough to wait for on one's own machine. A network that others rely on takes days.
const DELAYED: Governance = Governance::Delayed(30_000);

impl Chain {
    fn genesis(&self) -> serde_json::Value {
        let validators: Vec<AccountId> = self.validators.iter().map(|key| key.to_account_id()).collect();
        let (sudo, enactment_delay) = match &self.governance {
            Governance::Sudo(key) => (Some(key.to_account_id()), 0),
            Governance::Delayed(delay) => (None, *delay),
        };
        build_struct_json_patch!(RuntimeGenesisConfig {
            balances: BalancesConfig {
                balances: [Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie, Sr25519Keyring::Dave]
                    .iter()
                    .map(|key| (key.to_account_id(), ENDOWMENT))
                    .collect::<Vec<_>>(),
            },
            validators: ValidatorsConfig { validators },
            session: SessionConfig { keys: self.validators.iter().map(|key| session_keys(*key)).collect::<Vec<_>>() },
            sudo: SudoConfig { key: sudo },
            participants: ParticipantsConfig {
                participants: self.participants(),
                assets: vec![native()],
                enactment_delay,
                // One account that administers decides at once: they are for one machine.
                rights_delay: Some(0),
            },
            // The light client is halted until the operator has told it where to begin: no genesis can contain another
            // that contains it.
            bridge_messages: BridgeMessagesConfig { opened_lanes: vec![lane()] },
        })
    }

    /// Three accounts of the operator and three of the regulator: a decision of either needs two, and a third is there
    /// when one is lost.
    fn participants(&self) -> Vec<GenesisParticipant> {
        let account = |key: Sr25519Keyring| key.to_account_id();
        vec![
            GenesisParticipant {
                name: self.title.to_string() + " Operator",
                lei: OPERATOR_LEI,
                roles: vec![Role::Operator],
                accounts: [Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Dave].map(account).to_vec(),
                rights: vec![],
                status: Status::Active,
            },
            GenesisParticipant {
                name: self.title.to_string() + " Regulator",
                lei: REGULATOR_LEI,
                roles: vec![Role::Regulator],
                accounts: [Sr25519Keyring::Charlie, Sr25519Keyring::CharlieStash, Sr25519Keyring::DaveStash]
                    .map(account)
                    .to_vec(),
                rights: vec![],
                status: Status::Active,
            },
        ]
    }
}

/// The native currency settles like any other cash. ISO 4217 keeps codes that begin with X for what is no country's
/// currency; `XXX` is no currency at all.
fn native() -> GenesisAsset {
    GenesisAsset {
        asset: AssetId::Native,
        isin: None,
        currency: Some(String::from("XXX")),
        cfi: None,
        settlement_unit: 1,
    }
}

/// A validator's account, its id as a validator, and the keys its node signs with: all of the same name.
fn session_keys(key: Sr25519Keyring) -> (AccountId, AccountId, SessionKeys) {
    let account = key.to_account_id();
    let finality = match key {
        Sr25519Keyring::Bob => Ed25519Keyring::Bob,
        Sr25519Keyring::Charlie => Ed25519Keyring::Charlie,
        Sr25519Keyring::Dave => Ed25519Keyring::Dave,
        _ => Ed25519Keyring::Alice,
    };
    let keys = SessionKeys { aura: key.public().into(), grandpa: finality.public().into() };
    (account.clone(), account, keys)
}
