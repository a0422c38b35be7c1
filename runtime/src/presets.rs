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

/// Preset of a development chain: one node, with Alice as validator.
pub const DEVELOPMENT: &str = DEV_RUNTIME_PRESET;
/// Preset of a local test network with four validators: Alice, Bob, Charlie and Dave.
pub const LOCAL_TESTNET: &str = LOCAL_TESTNET_RUNTIME_PRESET;
/// Preset of a local asset network, which holds securities. Validators: Alice and Bob.
pub const ASSET_LOCAL: &str = "asset_local";
/// Preset of a local payment network, which holds cash. Validators: Alice and Bob.
pub const PAYMENT_LOCAL: &str = "payment_local";

/// Names of all genesis presets.
pub const ALL: [&str; 4] = [DEVELOPMENT, LOCAL_TESTNET, ASSET_LOCAL, PAYMENT_LOCAL];

/// LEI of the operator in every preset. No LEI issuer has its prefix, so that it is no real entity's.
pub const OPERATOR_LEI: Lei = Lei(*b"TNDM00OPERATOR000031");
/// LEI of the regulator in every preset. No LEI issuer has its prefix either.
pub const REGULATOR_LEI: Lei = Lei(*b"TNDM00REGULATOR00010");

/// Amount of native currency that each development account has at genesis, in its smallest unit.
const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// Names of all genesis presets, for the runtime API of the genesis builder.
pub fn names() -> Vec<PresetId> {
    ALL.iter().map(|name| name.to_string()).collect()
}

/// Preset with this name as JSON, to be merged into the default genesis; `None` if there is none.
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

/// Values in which the presets differ.
struct Chain {
    /// First words of the names of operator and regulator, such as `Tandem`.
    title: &'static str,
    /// Validators at genesis. Each is an account of the operator or the regulator, so that it can set its session keys.
    validators: &'static [Sr25519Keyring],
    governance: Governance,
}

/// Way in which calls are dispatched as root on the chain of a preset.
enum Governance {
    /// One key decides, at once. Only for chains on which nothing is at stake.
    Sudo(Sr25519Keyring),
    /// Two accounts of the operator decide, after an enactment delay of this many milliseconds.
    Delayed(Moment),
}

/// Governance with an enactment delay of 30 seconds: long enough to be noticed, short enough to wait for on one's own
/// machine. A network that others rely on takes days.
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

    /// Operator and regulator, with three accounts each: a decision of either needs two, and a third remains if one key
    /// is lost.
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

/// Listing of the native currency as cash, so that it settles as other cash does. Its code is `XXX`, which ISO 4217
/// keeps for no currency.
fn native() -> GenesisAsset {
    GenesisAsset {
        asset: AssetId::Native,
        isin: None,
        currency: Some(String::from("XXX")),
        cfi: None,
        settlement_unit: 1,
    }
}

/// Session keys of the validator with this development key: its account, its validator id, which is the account too,
/// and the keys of its node.
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
