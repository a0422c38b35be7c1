//! What escrow holds and owes, and what accounts have.

use super::{
    client::Chain,
    directory::Listed,
    types::{AssetAccount, NativeAccount},
};
use codec::{Decode, Encode};
use polkadot_sdk::{sp_core::H256, sp_io::hashing::blake2_128};
use std::collections::BTreeMap;
use subxt::utils::AccountId32;
use tandem_primitives::{AccountId, AssetId, Balance, Credit};

/// One asset, as the reconciliation shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Holding {
    /// Number of the asset: assets of several issuers may have the same code.
    pub id: AssetId,
    /// The code.
    pub code: String,
    /// Its decimals.
    pub decimals: u8,
    /// All there is of it.
    pub supply: Balance,
    /// What the escrow account has.
    pub escrow: Balance,
    /// What escrow owes to participants that could not take it.
    pub claimable: Balance,
}

impl Chain {
    /// What there is of each asset, in escrow and in all.
    pub async fn holdings(&self, assets: &[Listed], at: H256) -> anyhow::Result<Vec<Holding>> {
        let escrow = AccountId::from(self.constant::<AccountId32>("Escrow", "EscrowAccount")?.0);
        let mut owed: BTreeMap<Vec<u8>, Balance> = BTreeMap::new();
        for (asset, _, amount) in self.credits(at).await? {
            let sum = owed.entry(asset.encode()).or_default();
            *sum = sum.saturating_add(amount);
        }
        let mut holdings = Vec::new();
        for asset in assets {
            holdings.push(Holding {
                id: asset.id.clone(),
                code: asset.code.clone(),
                decimals: asset.decimals,
                supply: asset.supply,
                escrow: self.balance(&asset.id, &escrow, at).await?,
                claimable: owed.get(&asset.id.encode()).copied().unwrap_or_default(),
            });
        }
        Ok(holdings)
    }

    /// What an account has of an asset.
    pub async fn balance(&self, asset: &AssetId, account: &AccountId, at: H256) -> anyhow::Result<Balance> {
        match asset {
            AssetId::Native => {
                let key = blake2_concat(&account.encode());
                let found: Option<NativeAccount> = self.fetch("System", "Account", &key, at).await?;
                Ok(found.map_or(0, |found| found.data.free.saturating_add(found.data.reserved)))
            }
            AssetId::WithId(id) => {
                let key = [blake2_concat(&id.encode()), blake2_concat(&account.encode())].concat();
                let found: Option<AssetAccount> = self.fetch("Assets", "Account", &key, at).await?;
                Ok(found.map_or(0, |found| found.balance))
            }
        }
    }

    /// The number of an account's next transaction, by the state at a block.
    pub async fn nonce(&self, account: &AccountId, at: H256) -> anyhow::Result<u64> {
        let key = blake2_concat(&account.encode());
        let found: Option<NativeAccount> = self.fetch("System", "Account", &key, at).await?;
        Ok(found.map_or(0, |found| found.nonce.into()))
    }

    /// The number of an account's next transaction, after those that wait in the node's pool.
    pub async fn next_nonce(&self, account: &AccountId) -> anyhow::Result<u64> {
        let bytes: [u8; 32] = account.clone().into();
        self.rpc.system_account_next_index(&bytes.into()).await.map_err(|error| self.lost(&error))
    }

    /// Every credit: asset, account, amount.
    pub async fn credits(&self, at: H256) -> anyhow::Result<Vec<(AssetId, AccountId, Balance)>> {
        let found = self.read_entries::<Credit>("Escrow", "Claimable", at).await?;
        Ok(found
            .into_iter()
            .filter_map(|(key, credit)| {
                // Blake2_128Concat of an account (16 + 32 bytes), then of an asset (16 + its encoding).
                let account = AccountId::decode(&mut key.get(16..48)?).ok()?;
                let asset = AssetId::decode(&mut key.get(64..)?).ok()?;
                Some((asset, account, credit.amount))
            })
            .collect())
    }
}

/// A key of the hasher `Blake2_128Concat`.
fn blake2_concat(key: &[u8]) -> Vec<u8> {
    [&blake2_128(key)[..], key].concat()
}
