//! Participants and assets that are registered on the chain.

use crate::{
    connection::Chain,
    error::Error,
    keys::{BLAKE2, TWOX},
};
use codec::Decode;
use polkadot_sdk::sp_core::H256;
use subxt::{ext::scale_decode::DecodeAsType, rpcs::client::rpc_params, utils::AccountId32};
use tandem_primitives::{
    AccountId, Agent, AssetCode, AssetId, AssetKind, AssetRecord, Balance, Capacity, Lei, ListingRequest,
    ParticipantId, ParticipantRecord, Roles, Status,
};

/// Native currency, as the chain's properties describe it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Native {
    /// Code of the currency.
    pub symbol: String,
    /// Decimals of its unit.
    pub decimals: u8,
}

/// Fields of `Assets.Asset` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct AssetDetails {
    owner: AccountId32,
    supply: u128,
}

/// Fields of `Assets.Metadata` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct AssetMetadata {
    name: Vec<u8>,
    symbol: Vec<u8>,
    decimals: u8,
}

/// Registered participant.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Number of the participant.
    pub id: ParticipantId,
    /// Legal name of the entity.
    pub name: String,
    /// Legal Entity Identifier (ISO 17442).
    pub lei: Lei,
    /// Roles that the operator gave it.
    pub roles: Roles,
    /// Status, such as active or suspended.
    pub status: Status,
    /// Accounts in use.
    pub accounts: Vec<AccountId>,
    /// Participants that act for it, and for which legs.
    pub agents: Vec<(ParticipantId, Capacity)>,
}

/// Listed asset.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Number of the asset; the native currency has none.
    pub id: AssetId,
    /// ISIN, or code of the currency.
    pub code: String,
    /// Kind: a leg in it is a delivery or a payment.
    pub kind: AssetKind,
    /// Name of the asset.
    pub name: String,
    /// Decimals of the natural unit.
    pub decimals: u8,
    /// Smallest amount that may be settled, in the smallest unit.
    pub settlement_unit: Balance,
    /// Supply, in the smallest unit.
    pub supply: Balance,
    /// Account of the issuer; `None` for the native currency.
    pub owner: Option<AccountId>,
}

/// Asset of `pallet-assets`, listed or not.
#[derive(Clone, Debug)]
pub struct Created {
    /// Number of the asset.
    pub id: u32,
    /// Account that created it.
    pub owner: AccountId,
    /// Supply, in the smallest unit.
    pub supply: Balance,
    /// Name, short name and decimals, once they are set.
    pub metadata: Option<(String, String, u8)>,
}

impl Chain {
    /// Native currency of the chain.
    pub async fn native(&self) -> Result<Native, Error> {
        let properties: serde_json::Value = self.request("system_properties", rpc_params![]).await?;
        let decimals = properties.get("tokenDecimals").and_then(serde_json::Value::as_u64);
        Ok(Native {
            symbol: properties.get("tokenSymbol").and_then(|symbol| symbol.as_str()).unwrap_or("UNIT").to_owned(),
            decimals: decimals.and_then(|decimals| u8::try_from(decimals).ok()).unwrap_or(0),
        })
    }

    /// Every participant, by number.
    pub async fn participants(&self, at: H256) -> Result<Vec<Registered>, Error> {
        let agents: Vec<(ParticipantId, Vec<Agent>)> = self.map("Participants", "Agents", TWOX, at).await?;
        let records: Vec<(ParticipantId, ParticipantRecord)> =
            self.map("Participants", "Participants", TWOX, at).await?;
        let mut found: Vec<Registered> = records
            .into_iter()
            .map(|(id, record)| {
                let agents = agents.iter().filter(|(principal, _)| *principal == id).flat_map(|(_, agents)| agents);
                Registered {
                    id,
                    name: String::from_utf8_lossy(&record.name).into_owned(),
                    lei: record.lei,
                    roles: record.roles,
                    status: record.status,
                    accounts: record.accounts.into_inner(),
                    agents: agents.map(|agent| (agent.participant, agent.capacity)).collect(),
                }
            })
            .collect();
        found.sort_by_key(|participant| participant.id);
        Ok(found)
    }

    /// Every asset of `pallet-assets`, by number.
    pub async fn created(&self, at: H256) -> Result<Vec<Created>, Error> {
        let metadata = self.described_map::<AssetMetadata>("Assets", "Metadata", at).await?;
        let mut found: Vec<Created> = self
            .described_map::<AssetDetails>("Assets", "Asset", at)
            .await?
            .into_iter()
            .filter_map(|(key, details)| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let known = metadata.iter().find(|(other, _)| *other == key).map(|(_, known)| known);
                Some(Created {
                    id: u32::decode(&mut key.get(BLAKE2..)?).ok()?,
                    owner: AccountId::from(details.owner.0),
                    supply: details.supply,
                    metadata: known.map(|known| (text(&known.name), text(&known.symbol), known.decimals)),
                })
            })
            .collect();
        found.sort_by_key(|asset| asset.id);
        Ok(found)
    }

    /// Every listing that waits for the operator, with the asset's number.
    pub async fn requested(&self, at: H256) -> Result<Vec<(u32, AssetRecord)>, Error> {
        let requests: Vec<(AssetId, ListingRequest)> = self.map("Participants", "ListingRequests", BLAKE2, at).await?;
        Ok(requests
            .into_iter()
            .filter_map(|(id, request)| match id {
                AssetId::WithId(number) => Some((number, request.record)),
                AssetId::Native => None,
            })
            .collect())
    }

    /// Every asset that can be settled: securities first, each kind by code.
    pub async fn assets(&self, at: H256) -> Result<Vec<Listed>, Error> {
        let created = self.created(at).await?;
        let mut found = Vec::new();
        let listings: Vec<(AssetId, AssetRecord)> = self.map("Participants", "AssetRegistry", BLAKE2, at).await?;
        for (id, listed) in listings {
            let (kind, code) = match listed.code {
                AssetCode::Isin(isin) => (AssetKind::Security, isin.to_string()),
                AssetCode::Currency(code) => (AssetKind::Cash, String::from_utf8_lossy(&code).into_owned()),
            };
            let settlement_unit = listed.settlement_unit;
            found.push(match id {
                AssetId::Native => {
                    let supply = self.value(&crate::keys::prefix("Balances", "TotalIssuance"), at).await?;
                    let (supply, Native { symbol: name, decimals }) =
                        (supply.unwrap_or_default(), self.native().await?);
                    Listed { id, code, kind, name, decimals, settlement_unit, supply, owner: None }
                }
                AssetId::WithId(number) => {
                    let Some(asset) = created.iter().find(|asset| asset.id == number) else { continue };
                    let (name, _, decimals) = asset.metadata.clone().unwrap_or((code.clone(), code.clone(), 0));
                    let (supply, owner) = (asset.supply, Some(asset.owner.clone()));
                    Listed { id, code, kind, name, decimals, settlement_unit, supply, owner }
                }
            });
        }
        found.sort_by(|one, other| (one.kind as u8, &one.code).cmp(&(other.kind as u8, &other.code)));
        Ok(found)
    }
}
