//! Who and what is registered on the chain.

use super::{
    client::Chain,
    types::{AssetDetails, AssetMetadata},
};
use codec::Decode;
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{
    AccountId, Agent, AssetCode, AssetId, AssetKind, AssetRecord, Balance, Capacity, Lei, ListingRequest,
    ParticipantId, ParticipantRecord, Roles, Status,
};

/// A registered participant.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Its number.
    pub id: ParticipantId,
    /// Its legal name.
    pub name: String,
    /// Its Legal Entity Identifier.
    pub lei: Lei,
    /// What it may do.
    pub roles: Roles,
    /// Its standing.
    pub status: Status,
    /// The accounts that it uses.
    pub accounts: Vec<AccountId>,
    /// Who acts for it.
    pub agents: Vec<(ParticipantId, Capacity)>,
}

/// A listed asset.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its number; the native currency has none.
    pub id: AssetId,
    /// The ISIN or the currency's code.
    pub code: String,
    /// A delivery or a payment.
    pub kind: AssetKind,
    /// What it is called.
    pub name: String,
    /// Decimals of its natural unit.
    pub decimals: u8,
    /// The smallest amount that may be settled.
    pub settlement_unit: Balance,
    /// All there is of it.
    pub supply: Balance,
    /// Who issued it.
    pub owner: Option<AccountId>,
}

/// An asset of `pallet-assets`, listed or not.
#[derive(Clone, Debug)]
pub struct Created {
    /// Its number.
    pub id: u32,
    /// Who created it.
    pub owner: AccountId,
    /// All there is of it.
    pub supply: Balance,
    /// Name, short name and decimals, once they are set.
    pub metadata: Option<(String, String, u8)>,
}

impl Chain {
    /// Every participant, by number.
    pub async fn participants(&self, at: H256) -> anyhow::Result<Vec<Registered>> {
        let agents: Vec<(ParticipantId, Vec<Agent>)> = self
            .read_entries::<Vec<Agent>>("Participants", "Agents", at)
            .await?
            .into_iter()
            .filter_map(|(key, agents)| Some((participant_key(&key)?, agents)))
            .collect();
        let records = self.read_entries::<ParticipantRecord>("Participants", "Participants", at).await?;
        let mut found: Vec<Registered> = records
            .into_iter()
            .filter_map(|(key, record)| {
                let id = participant_key(&key)?;
                let agents = agents.iter().filter(|(principal, _)| *principal == id).flat_map(|(_, agents)| agents);
                Some(Registered {
                    id,
                    name: String::from_utf8_lossy(&record.name).into_owned(),
                    lei: record.lei,
                    roles: record.roles,
                    status: record.status,
                    accounts: record.accounts.into_inner(),
                    agents: agents.map(|agent| (agent.participant, agent.capacity)).collect(),
                })
            })
            .collect();
        found.sort_by_key(|participant| participant.id);
        Ok(found)
    }

    /// Every asset of `pallet-assets`, by number.
    pub async fn created(&self, at: H256) -> anyhow::Result<Vec<Created>> {
        let metadata = self.entries::<AssetMetadata>("Assets", "Metadata", at).await?;
        let mut found: Vec<Created> = self
            .entries::<AssetDetails>("Assets", "Asset", at)
            .await?
            .into_iter()
            .filter_map(|(key, details)| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let known = metadata.iter().find(|(other, _)| *other == key).map(|(_, known)| known);
                Some(Created {
                    id: u32::decode(&mut key.get(16..)?).ok()?,
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
    pub async fn requested(&self, at: H256) -> anyhow::Result<Vec<(u32, AssetRecord)>> {
        let requests = self.read_entries::<ListingRequest>("Participants", "ListingRequests", at).await?;
        Ok(requests
            .into_iter()
            .filter_map(|(key, request)| match AssetId::decode(&mut key.get(16..)?).ok()? {
                AssetId::WithId(number) => Some((number, request.record)),
                AssetId::Native => None,
            })
            .collect())
    }

    /// Every asset that can be settled: securities first, each kind by code.
    pub async fn assets(&self, at: H256) -> anyhow::Result<Vec<Listed>> {
        let created = self.created(at).await?;
        let mut found = Vec::new();
        for (key, listed) in self.read_entries::<AssetRecord>("Participants", "AssetRegistry", at).await? {
            let Some(id) = key.get(16..).and_then(|mut rest| AssetId::decode(&mut rest).ok()) else { continue };
            let (kind, code) = match listed.code {
                AssetCode::Isin(isin) => (AssetKind::Security, isin.to_string()),
                AssetCode::Currency(code) => (AssetKind::Cash, String::from_utf8_lossy(&code).into_owned()),
            };
            let settlement_unit = listed.settlement_unit;
            found.push(match id {
                AssetId::Native => {
                    let supply = self.fetch("Balances", "TotalIssuance", &[], at).await?.unwrap_or_default();
                    let (name, decimals) = (self.native.symbol.clone(), self.native.decimals);
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

/// A participant's number from a `Twox64Concat` key.
fn participant_key(key: &[u8]) -> Option<ParticipantId> {
    ParticipantId::decode(&mut key.get(8..)?).ok()
}
