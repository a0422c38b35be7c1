//! Proofs that cost as much to look at as any of their size: the most nodes that a proof can have, as many of them as can
//! be on the way to two keys, and each filled with siblings of that way.

use super::Measured;
use crate::{grandpa::MAX_NODES, HeaderProof};
use alloc::vec::Vec;
use polkadot_sdk::{
    bp_runtime::HasherOf,
    pallet_bridge_grandpa::{self, BridgedHeader},
    sp_core::Hasher,
    sp_runtime::traits::Header,
};
use sp_trie::{
    recorder_ext::RecorderExt,
    trie_types::{TrieDBBuilder, TrieDBMutBuilderV1},
    LayoutV1, MemoryDB, RandomState, Recorder, Trie, TrieMut,
};

/// Nodes on the way to what is proven. What they lead to needs a few of its own.
const LEVELS: usize = MAX_NODES - 5;
/// The most children beside the one on the way.
const SIBLINGS: usize = 15;
/// What a further child adds to a node: its hash, and the length of that.
const CHILD: u32 = 33;

/// The fewest bytes of such a proof, rounded up: a node with two children has 69.
pub const LEAST: u32 = 5 * 1024;
/// The most, rounded down: a node with all its children has 531. Up to `MAX_BYTES` there are only nodes that lead nowhere,
/// and those cost less: they are hashed and never walked.
pub const MOST: u32 = 30 * 1024;

/// Imports a header whose state has these values, and proves these keys of it with about so many bytes. The way to the
/// last key is the one with siblings.
pub fn prove<T: Measured>(values: &[(Vec<u8>, Vec<u8>)], keys: &[Vec<u8>], bytes: u32) -> HeaderProof {
    let way = keys.last().expect("something is proven; qed");
    let (_, nodes) = proof::<HasherOf<T::BridgedChain>>(values, keys, way, LEVELS);
    let more = bytes.saturating_sub(size(&nodes)) / CHILD;
    let (root, nodes) = proof::<HasherOf<T::BridgedChain>>(values, keys, way, LEVELS + more as usize);
    assert!(size(&nodes).abs_diff(bytes) < 4 * CHILD, "{} bytes and not {bytes}", size(&nodes));
    assert!((LEVELS..=MAX_NODES).contains(&nodes.len()), "{} nodes", nodes.len());

    let header =
        BridgedHeader::<T, ()>::new(1u32.into(), Default::default(), root, Default::default(), Default::default());
    let proof = HeaderProof { header: header.hash(), nodes };
    pallet_bridge_grandpa::initialize_for_benchmarks::<T, ()>(header);
    proof
}

fn size(nodes: &[Vec<u8>]) -> u32 {
    nodes.iter().map(|node| node.len() as u32).sum()
}

/// The root of a state with these values and so many siblings of the way, and the nodes that prove the keys.
fn proof<H: Hasher>(
    values: &[(Vec<u8>, Vec<u8>)],
    keys: &[Vec<u8>],
    way: &[u8],
    siblings: usize,
) -> (H::Out, Vec<Vec<u8>>) {
    assert!(siblings <= LEVELS * SIBLINGS, "a node has {SIBLINGS} siblings at most");
    let mut db = MemoryDB::<H>::with_hasher(RandomState::default());
    let mut root = H::Out::default();
    {
        // Written when it is dropped.
        let mut trie = TrieDBMutBuilderV1::<H>::new(&mut db, &mut root).build();
        for (key, value) in values {
            assert!(trie.insert(key, value).is_ok());
        }
        for number in 0..siblings {
            // So long that the node has its hash and not itself.
            assert!(trie.insert(&sibling(way, number), &[0; 32]).is_ok());
        }
    }
    let mut recorder = Recorder::<LayoutV1<H>>::new();
    {
        let trie = TrieDBBuilder::<H>::new(&db, &root).with_recorder(&mut recorder).build();
        assert!(keys.iter().all(|key| trie.get(key).is_ok()));
    }
    (root, recorder.into_raw_storage_proof())
}

/// A key that leaves the way at one of its levels: each level has its first sibling before any has its second.
fn sibling(way: &[u8], number: usize) -> Vec<u8> {
    let (level, other) = (number % LEVELS, (number / LEVELS + 1) as u8);
    let mut key = way.get(..=level / 2).expect("the way is longer than its levels; qed").to_vec();
    let last = key.last_mut().expect("a byte at least; qed");
    let (high, low) = (*last >> 4, *last & 0x0f);
    *last = if level.is_multiple_of(2) { ((high + other) % 16) << 4 } else { (high << 4) | ((low + other) % 16) };
    key
}
