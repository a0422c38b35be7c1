//! Tests of the storage accesses of a settled trade, compared with two plain transfers of the same assets.

use super::{dvp, recorder::Recorder, world::*};
use crate::{presets, *};
use frame_support::traits::WhitelistedStorageKeys;
use sp_externalities::Externalities;
use sp_keyring::Sr25519Keyring;
use std::collections::BTreeMap;

/// Test helper: chain with parties and assets that counts storage accesses from now on.
///
/// What belongs to the block and not to a transaction (its number, its weight, its events) is not counted, as in the
/// SDK's benchmarks, nor what `CheckNonce` reads and writes of the signer.
fn counting() -> Recorder {
    let mut chain = genesis(presets::DEVELOPMENT);
    let storage = chain.execute_with(|| {
        begin_block(1);
        found();
        let keys: Vec<Vec<u8>> = {
            let mut keys = Vec::new();
            let mut last = Vec::new();
            while let Some(next) = sp_io::storage::next_key(&last) {
                last = next.clone();
                keys.push(next);
            }
            keys
        };
        let top = keys.into_iter().filter_map(|key| Some((key.clone(), sp_io::storage::get(&key)?.to_vec()))).collect();
        sp_core::storage::Storage { top, children_default: Default::default() }
    });
    let mut recorder = Recorder::new(storage);
    let mut whitelist = recorder.execute_with(AllPalletsWithSystem::whitelisted_storage_keys);
    for key in [SELLER, BUYER] {
        let nonce = frame_system::Account::<Runtime>::hashed_key_for(key.to_account_id());
        whitelist.push(nonce.into());
    }
    // The block's inherent writes the time before any transaction: the database is not asked for it.
    whitelist.push(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec().into());
    // Read once a block, after the inherents; it is the first transaction only because no block is made here.
    whitelist.push(pallet_migrations::Cursor::<Runtime>::hashed_key().to_vec().into());
    for key in [sp_core::storage::well_known_keys::EXTRINSIC_INDEX, b":transaction_level:".as_slice()] {
        whitelist.push(key.to_vec().into());
    }
    recorder.set_whitelist(whitelist);
    recorder.reset_read_write_count();
    recorder
}

/// Test helper: name of pallet and storage item, by the prefix of their keys.
fn names() -> BTreeMap<Vec<u8>, String> {
    use frame_support::traits::StorageInfoTrait;
    AllPalletsWithSystem::storage_info()
        .into_iter()
        .map(|info| {
            let name = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
            (info.prefix, format!("{}::{}", name(info.pallet_name), name(info.storage_name)))
        })
        .collect()
}

/// Test helper: number of these keys in each storage item, by its name.
fn by_item(keys: &[Vec<u8>]) -> BTreeMap<String, u32> {
    let names = names();
    let mut found = BTreeMap::new();
    for key in keys {
        let name = key.get(..32).and_then(|prefix| names.get(prefix)).cloned();
        *found.entry(name.unwrap_or_else(|| String::from_utf8_lossy(key).into_owned())).or_insert(0) += 1;
    }
    found
}

fn items<const N: usize>(expected: [(&str, u32); N]) -> BTreeMap<String, u32> {
    expected.into_iter().map(|(name, count)| (name.to_string(), count)).collect()
}

/// Test helper: runs the transactions that `send` gives, and counts the keys that they read and wrote, by storage item.
fn measure(send: impl FnOnce() -> Vec<(Sr25519Keyring, RuntimeCall)>) -> [BTreeMap<String, u32>; 2] {
    let mut recorder = counting();
    let calls = recorder.execute_with(send);
    let (mut reads, mut writes) = (BTreeMap::new(), BTreeMap::new());
    for (signer, call) in calls {
        let transaction = recorder.execute_with(|| sign(signer, call, 0));
        recorder.reset_read_write_count();
        recorder.execute_with(|| assert_eq!(Executive::apply_extrinsic(transaction), Ok(Ok(()))));
        let (read, written) = recorder.keys();
        for (total, keys) in [(&mut reads, read), (&mut writes, written)] {
            for (name, count) in by_item(&keys) {
                *total.entry(name).or_insert(0) += count;
            }
        }
    }
    [reads, writes]
}

fn total(items: &BTreeMap<String, u32>) -> u32 {
    items.values().sum()
}

#[test]
fn two_plain_transfers_should_read_and_write_exactly_this() {
    let [reads, writes] = measure(|| {
        let pay = pallet_assets::Call::transfer_keep_alive { id: EURO.into(), target: id(SELLER), amount: 59_400 };
        let deliver = pallet_assets::Call::transfer_keep_alive { id: BOND.into(), target: id(BUYER), amount: 600 };
        vec![(SELLER, deliver.into()), (BUYER, pay.into())]
    });
    assert_eq!(
        reads,
        items([
            // Of each: giver and receiver. Nobody may give anything to one who is sanctioned.
            ("Participants::Accounts", 4),
            ("Participants::Quota", 2),
            ("TxPause::PausedCalls", 2),
            // `CheckGenesis` and `CheckMortality`.
            ("System::BlockHash", 2),
            ("Assets::Asset", 2),
            ("Assets::Account", 4),
        ])
    );
    assert_eq!(
        writes,
        items([
            ("Participants::Quota", 2),
            ("Assets::Asset", 2),
            ("Assets::Account", 4),
            // The transaction itself, until the block is closed.
            ("System::ExtrinsicData", 2),
        ])
    );
    assert_eq!((total(&reads), total(&writes)), (16, 10));
}

#[test]
fn an_immediate_dvp_should_read_and_write_exactly_this() {
    let [reads, writes] = measure(|| {
        let terms = dvp::terms("COST-1");
        vec![(SELLER, dvp::instruct(terms.clone())), (BUYER, dvp::affirm(dvp::id_of(&terms), &terms))]
    });
    assert_eq!(
        reads,
        items([
            ("Participants::Accounts", 4),
            ("Participants::Quota", 2),
            ("TxPause::PausedCalls", 2),
            // `CheckGenesis` and `CheckMortality`.
            ("System::BlockHash", 2),
            // `instruct` looks every asset up, and so does what agrees and reserves: one may have been delisted since.
            ("Participants::AssetRegistry", 4),
            ("Settlement::Instructions", 2),
            // The delivery into escrow and out of it, and the payment past it.
            ("Assets::Asset", 3),
            ("Assets::Account", 6),
        ])
    );
    assert_eq!(
        writes,
        items([
            ("Participants::Quota", 2),
            ("Settlement::Instructions", 2),
            ("Settlement::Expiries", 1),
            ("Assets::Asset", 3),
            ("Assets::Account", 6),
            // The transaction itself, until the block is closed.
            ("System::ExtrinsicData", 2),
        ])
    );
    assert_eq!((total(&reads), total(&writes)), (25, 16));
}
