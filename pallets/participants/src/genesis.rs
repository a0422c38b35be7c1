//! Directory at genesis, as the chain specification writes it.

use crate::{
    decisions::Decider,
    mandates::Mandate,
    types::{AssetCode, AssetRecord},
    Config, EnactmentDelay, GenesisConfig, Leis, Pallet, RightsDelay,
};
use alloc::{string::String, vec::Vec};
use polkadot_sdk::*;

use frame_support::traits::Get;
use serde::{Deserialize, Serialize};
use tandem_primitives::{AccountId, AssetId, Balance, Capacity, Isin, Lei, ParticipantId, Right, Role, Status};

/// Participant that is registered at genesis.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisParticipant {
    /// Legal name of the entity, UTF-8.
    pub name: String,
    /// Legal Entity Identifier of the entity; its check digits are verified.
    pub lei: Lei,
    /// Roles of the participant.
    pub roles: Vec<Role>,
    /// Accounts of the participant, at least one.
    pub accounts: Vec<AccountId>,
    /// Rights of the accounts, one list for each, in their order. If there are fewer lists, each further account has
    /// `Trade` and `Move`, the first one `Administer` too.
    #[serde(default)]
    pub rights: Vec<Vec<Right>>,
    /// Status of the participant; active if none is given.
    #[serde(default)]
    pub status: Status,
}

/// Agent that a participant has at genesis.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisAgent {
    /// LEI of the participant for which the agent acts.
    pub principal: Lei,
    /// LEI of the participant that acts as the agent.
    pub agent: Lei,
    /// Kind of legs for which the agent acts: deliveries or payments.
    pub capacity: Capacity,
    /// Limits within which the agent acts. All must be written out; a limit that is missing is an error.
    pub mandate: Mandate,
}

/// Listing of an asset at genesis: a security with its ISIN, or cash with its currency.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisAsset {
    /// Asset that is listed: `"Native"`, or `{"WithId": 1}`.
    pub asset: AssetId,
    /// ISIN, if the asset is a security.
    #[serde(default)]
    pub isin: Option<Isin>,
    /// ISO 4217 code of the currency, if the asset is cash.
    #[serde(default)]
    pub currency: Option<String>,
    /// Classification of the asset (CFI, ISO 10962); may be absent.
    #[serde(default)]
    pub cfi: Option<String>,
    /// Smallest amount that may be settled, in the asset's smallest unit; at least 1.
    pub settlement_unit: Balance,
}

impl GenesisAsset {
    fn record(&self) -> AssetRecord {
        let asset = &self.asset;
        let code = match (&self.isin, &self.currency) {
            (Some(isin), None) => AssetCode::Isin(*isin),
            (None, Some(currency)) => match currency.as_bytes().try_into() {
                Ok(letters) => AssetCode::Currency(letters),
                Err(_) => panic!("genesis: the currency {currency} of {asset:?} does not have three letters"),
            },
            _ => panic!("genesis: {asset:?} needs either an isin or a currency"),
        };
        let cfi = self.cfi.as_ref().map(|cfi| match cfi.as_bytes().try_into() {
            Ok(letters) => letters,
            Err(_) => panic!("genesis: the cfi {cfi} of {asset:?} does not have six letters"),
        });
        AssetRecord { kind: code.kind(), code, cfi, settlement_unit: self.settlement_unit }
    }
}

fn participant<T: Config>(lei: &Lei) -> ParticipantId {
    Leis::<T>::get(lei).unwrap_or_else(|| panic!("genesis: no participant has the LEI {lei}"))
}

/// Minimum number of accounts that active operators have at genesis, and of those that active regulators have.
const MIN_GOVERNING_ACCOUNTS: usize = 3;

/// Panics if operators or regulators have too few accounts: a network that begins without those who govern it can never
/// get them.
fn check_governance(participants: &[GenesisParticipant]) {
    let accounts_of = |role: Role| -> usize {
        let governs = |entry: &&GenesisParticipant| entry.status == Status::Active && entry.roles.contains(&role);
        participants.iter().filter(governs).map(|entry| entry.accounts.len()).sum()
    };
    for (role, name) in [(Role::Operator, "operators"), (Role::Regulator, "regulators")] {
        let accounts = accounts_of(role);
        assert!(
            accounts >= MIN_GOVERNING_ACCOUNTS,
            "genesis: fewer than three accounts of active {name} ({accounts}): a decision needs two, and a third when one is lost"
        );
    }
}

/// Writes the directory at genesis. Panics with a message that names the fault if an entry is wrong.
pub(crate) fn build<T: Config>(genesis: &GenesisConfig<T>) {
    for entry in &genesis.participants {
        let (name, lei) = (&entry.name, &entry.lei);
        if let Err(fault) = lei.check() {
            panic!("genesis: the LEI {lei} of {name} {fault}");
        }
        let bounded = name.as_bytes().to_vec().try_into();
        let bounded = bounded.unwrap_or_else(|_| panic!("genesis: the name {name} is too long"));
        let accounts = entry.accounts.clone().try_into();
        let accounts = accounts.unwrap_or_else(|_| panic!("genesis: {name} has too many accounts"));
        let roles = entry.roles.iter().copied().collect();
        assert!(entry.rights.len() <= entry.accounts.len(), "genesis: {name} has more rights than accounts");
        let rights = entry.rights.iter().map(|list| list.iter().copied().collect()).collect();
        if let Err(error) =
            Pallet::<T>::insert_participant(Decider::Genesis, bounded, *lei, roles, entry.status, accounts, rights)
        {
            panic!("genesis: {name} cannot be registered: {error:?}");
        }
    }
    // Only a test, which runs without the Wasm code of a chain, begins with nobody.
    if !cfg!(feature = "std") || !genesis.participants.is_empty() {
        check_governance(&genesis.participants);
    }
    for GenesisAgent { principal, agent, capacity, mandate } in &genesis.agents {
        let (of, by) = (participant::<T>(principal), participant::<T>(agent));
        let inserted = Pallet::<T>::check_mandate(of, by, *capacity, mandate)
            .and_then(|()| Pallet::<T>::insert_mandate(of, by, *capacity, mandate.clone()));
        if let Err(error) = inserted {
            panic!("genesis: {agent} cannot act for {principal}: {error:?}");
        }
    }
    for entry in &genesis.assets {
        let asset = &entry.asset;
        assert!(!crate::AssetRegistry::<T>::contains_key(asset), "genesis: {asset:?} is listed twice");
        if let Err(error) = Pallet::<T>::set_asset(asset.clone(), None, entry.record()) {
            panic!("genesis: {asset:?} cannot be listed: {error:?}");
        }
    }
    let delay = genesis.enactment_delay;
    assert!(delay <= T::MaxEnactmentDelay::get(), "genesis: the enactment delay {delay} ms is too long");
    EnactmentDelay::<T>::put(delay);
    let usual = T::UsualRightsDelay::get();
    let delay = genesis.rights_delay.unwrap_or(usual);
    assert!(delay <= usual, "genesis: the delay of rights, {delay} ms, is longer than {usual} ms");
    RightsDelay::<T>::put(delay);
}
