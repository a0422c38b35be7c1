//! Balances of accounts and of escrow, and credits.

use crate::{
    connection::Chain,
    error::Error,
    keys::{blake2_concat, BLAKE2},
    registry::Listed,
};
use codec::{Decode, Encode};
use polkadot_sdk::sp_core::H256;
use std::collections::BTreeMap;
use subxt::{ext::scale_decode::DecodeAsType, utils::AccountId32};
use tandem_primitives::{AccountId, AssetId, Balance, Credit};

/// Fields of `Assets.Account` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct AssetAccount {
    balance: u128,
}

/// Fields of `System.Account` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct NativeAccount {
    nonce: u32,
    data: NativeBalance,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct NativeBalance {
    free: u128,
    reserved: u128,
}

/// One asset, as the reconciliation shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Holding {
    /// Number of the asset: assets of several issuers may have the same code.
    pub id: AssetId,
    /// Code of the asset, of which there may be several.
    pub code: String,
    /// Decimals of the natural unit.
    pub decimals: u8,
    /// Supply, in the smallest unit.
    pub supply: Balance,
    /// Balance of the escrow account.
    pub escrow: Balance,
    /// Sum of the credits of participants that could not take it.
    pub claimable: Balance,
}

impl Chain {
    /// Supply of each asset, and how much of it is in escrow.
    pub async fn holdings(&self, assets: &[Listed], at: H256) -> Result<Vec<Holding>, Error> {
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

    /// Balance of an account in an asset.
    pub async fn balance(&self, asset: &AssetId, account: &AccountId, at: H256) -> Result<Balance, Error> {
        match asset {
            AssetId::Native => {
                let key = blake2_concat(account);
                let found: Option<NativeAccount> = self.described_value("System", "Account", &key, at).await?;
                Ok(found.map_or(0, |found| found.data.free.saturating_add(found.data.reserved)))
            }
            AssetId::WithId(id) => {
                let key = [blake2_concat(id), blake2_concat(account)].concat();
                let found: Option<AssetAccount> = self.described_value("Assets", "Account", &key, at).await?;
                Ok(found.map_or(0, |found| found.balance))
            }
        }
    }

    /// Number of an account's next transaction, by the state at a block.
    pub async fn nonce(&self, account: &AccountId, at: H256) -> Result<u32, Error> {
        let key = blake2_concat(account);
        let found: Option<NativeAccount> = self.described_value("System", "Account", &key, at).await?;
        Ok(found.map_or(0, |found| found.nonce))
    }

    /// Every credit: asset, account, amount.
    pub async fn credits(&self, at: H256) -> Result<Vec<(AssetId, AccountId, Balance)>, Error> {
        /// Length of an account.
        const ACCOUNT: usize = 32;
        let found = self.encoded_map("Escrow", "Claimable", at).await?;
        Ok(found
            .into_iter()
            .filter_map(|(key, credit)| {
                // `Blake2_128Concat` of an account, then of an asset.
                let (account, asset) = key.split_at_checked(BLAKE2 + ACCOUNT)?;
                let account = AccountId::decode(&mut account.get(BLAKE2..)?).ok()?;
                let asset = AssetId::decode(&mut asset.get(BLAKE2..)?).ok()?;
                Some((asset, account, Credit::decode(&mut &credit[..]).ok()?.amount))
            })
            .collect())
    }
}
