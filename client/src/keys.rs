//! Storage keys, built from the names of pallets and items and from the hashers that the metadata names.

use codec::Encode;
use polkadot_sdk::sp_io::hashing::{blake2_128, twox_128, twox_64};
use tandem_primitives::{AccountId, AssetId, Body, InstructionId};

/// Length of the prefix of a storage item.
pub const PREFIX: usize = 32;

/// Length of the hash before a key of the hasher `Blake2_128Concat`.
pub const BLAKE2: usize = 16;

/// Length of the hash before a key of the hasher `Twox64Concat`.
pub const TWOX: usize = 8;

/// Prefix of a pallet's storage item; the whole key of an item that is no map.
pub fn prefix(pallet: &str, item: &str) -> [u8; PREFIX] {
    let mut key = [0; PREFIX];
    let (first, second) = key.split_at_mut(PREFIX / 2);
    first.copy_from_slice(&twox_128(pallet.as_bytes()));
    second.copy_from_slice(&twox_128(item.as_bytes()));
    key
}

/// Key of an entry of a map, whose own keys are hashed already.
pub fn entry(pallet: &str, item: &str, hashed: &[u8]) -> Vec<u8> {
    [&prefix(pallet, item)[..], hashed].concat()
}

/// Encoded key after its hash, as the hasher `Blake2_128Concat` stores it.
pub fn blake2_concat(key: &impl Encode) -> Vec<u8> {
    let key = key.encode();
    [&blake2_128(&key)[..], &key].concat()
}

/// Encoded key after its hash, as the hasher `Twox64Concat` stores it.
pub fn twox_concat(key: &impl Encode) -> Vec<u8> {
    let key = key.encode();
    [&twox_64(&key)[..], &key].concat()
}

/// Key of `System.Events`, the events of a block.
pub fn events() -> Vec<u8> {
    prefix("System", "Events").to_vec()
}

/// Key of `System.Account`: number and native balance of an account.
pub fn native_account(account: &AccountId) -> Vec<u8> {
    entry("System", "Account", &blake2_concat(account))
}

/// Key of `Assets.Account`: balance of an account in an asset.
pub fn asset_account(asset: u32, account: &AccountId) -> Vec<u8> {
    entry("Assets", "Account", &[blake2_concat(&asset), blake2_concat(account)].concat())
}

/// Key of `Participants.AssetRegistry`: listing of an asset.
pub fn listing(asset: &AssetId) -> Vec<u8> {
    entry("Participants", "AssetRegistry", &blake2_concat(asset))
}

/// Key of `Participants.Proposals`: calls that wait for a body to decide.
pub fn proposals(body: Body) -> Vec<u8> {
    entry("Participants", "Proposals", &twox_concat(&body))
}

/// Key of `Settlement.Instructions`: the id is a hash and not hashed again.
pub fn instruction(id: InstructionId) -> Vec<u8> {
    entry("Settlement", "Instructions", &id.encode())
}

/// Key of `Counterpart.Payments`: the id is a hash and not hashed again.
pub fn payment(id: InstructionId) -> Vec<u8> {
    entry("Counterpart", "Payments", &id.encode())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_should_be_that_of_frame() {
        let hexadecimal: String = prefix("System", "Events").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal, "26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7");
    }
}
