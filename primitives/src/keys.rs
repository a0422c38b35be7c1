//! Storage keys that one network proves to the other, and the proof that shows what is stored under them.

use crate::{BlockNumber, InstructionId, TrancheIndex};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::{
    bp_runtime::{storage_map_final_key, storage_value_key},
    frame_support::{Blake2_128Concat, Twox64Concat},
    sp_core::H256,
};
use scale_info::TypeInfo;

/// Name of the pallet in whose storage both chains keep their commitments and records.
pub const PALLET: &str = "Counterpart";

/// Maximum number of trie nodes in a proof. In a trie of 2^60 entries four keys need 60 nodes if they share none.
pub const MAX_NODES: usize = 64;

/// Maximum size of a proof, in bytes. A trie node with all its children has 545 bytes, a leaf of the state a few
/// kilobytes.
pub const MAX_BYTES: u32 = 64 * 1024;

/// Proof of the counterpart's state at one of its finalised headers.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct HeaderProof {
    /// Hash of a header that the light client has imported.
    pub header: H256,
    /// Nodes of the state trie that `state_getReadProof` returned for all keys of the proof together.
    pub nodes: Vec<Vec<u8>>,
}

impl HeaderProof {
    /// Size of all nodes of the proof together, in bytes.
    pub fn size(&self) -> u32 {
        size_of_nodes(&self.nodes)
    }

    /// True if the proof has more than [`MAX_NODES`] nodes or [`MAX_BYTES`] bytes.
    pub fn is_oversized(&self) -> bool {
        self.nodes.len() > MAX_NODES || self.size() > MAX_BYTES
    }
}

/// Sum of the sizes of trie nodes, in bytes.
pub fn size_of_nodes(nodes: &[Vec<u8>]) -> u32 {
    // Saturating: an oversized sum is refused as it is, and no transaction is that long.
    nodes.iter().fold(0u32, |sum, node| sum.saturating_add(node.len() as u32))
}

/// Storage key of the chain's consensus time, `Timestamp::Now`.
pub fn now() -> Vec<u8> {
    storage_value_key("Timestamp", "Now").0
}

/// Storage key of the chain's genesis hash, `System::BlockHash(0)`, which a chain keeps for ever.
pub fn genesis() -> Vec<u8> {
    storage_map_final_key::<Twox64Concat>("System", "BlockHash", &BlockNumber::default().encode()).0
}

/// Storage key of the version in which the chain keeps commitments and records, `Counterpart::RecordVersion`.
pub fn record_version() -> Vec<u8> {
    storage_value_key(PALLET, "RecordVersion").0
}

/// Storage key of the commitment that a holding network has made to a tranche of the instruction,
/// `Counterpart::Commitments`.
pub fn commitment(id: InstructionId, tranche: TrancheIndex) -> Vec<u8> {
    storage_map_final_key::<Blake2_128Concat>(PALLET, "Commitments", &(id, tranche).encode()).0
}

/// Storage key of the record in which a deciding network says how it decided a tranche of the instruction,
/// `Counterpart::Records`.
pub fn record(id: InstructionId, tranche: TrancheIndex) -> Vec<u8> {
    storage_map_final_key::<Blake2_128Concat>(PALLET, "Records", &(id, tranche).encode()).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use polkadot_sdk::sp_io::hashing::{blake2_128, twox_128, twox_64};

    // A proof of absence under another key than the chain uses proves nothing, so each key is built here by hand.
    #[test]
    fn keys_should_be_those_of_the_storage_items() {
        let (id, tranche) = (InstructionId::from([1; 32]), TrancheIndex(2));
        let prefix = |pallet: &str, item: &str| [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat();
        let of_tranche = |item| {
            let key = (id, tranche).encode();
            [prefix("Counterpart", item), blake2_128(&key).to_vec(), key].concat()
        };
        assert_eq!(now(), prefix("Timestamp", "Now"));
        assert_eq!(genesis(), [prefix("System", "BlockHash"), twox_64(&[0; 4]).to_vec(), vec![0; 4]].concat());
        assert_eq!(record_version(), prefix("Counterpart", "RecordVersion"));
        assert_eq!(commitment(id, tranche), of_tranche("Commitments"));
        assert_eq!(record(id, tranche), of_tranche("Records"));
    }

    #[test]
    fn proof_should_be_oversized_above_its_bounds() {
        let proof = |nodes| HeaderProof { header: H256::zero(), nodes };
        assert!(!proof(vec![vec![0; 1_024]; MAX_NODES]).is_oversized());
        assert!(proof(vec![vec![]; MAX_NODES + 1]).is_oversized());
        assert!(proof(vec![vec![0; 65_537]]).is_oversized());
        assert!(!proof(vec![vec![0; 65_536]]).is_oversized());
    }
}
