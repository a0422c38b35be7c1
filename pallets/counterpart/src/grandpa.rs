//! State of the counterpart through its GRANDPA light client: storage proofs against finalised headers.

use crate::{BlockedHeaders, BlockedUntil, Config, Halted};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll};
use core::marker::PhantomData;
use polkadot_sdk::{
    bp_header_chain::{HeaderChain, HeaderChainError},
    bp_runtime::{BasicOperatingMode, Chain, HashOf, HasherOf, StorageProofChecker, StorageProofError},
    pallet_bridge_grandpa,
    sp_core::{Hasher, H256},
    sp_runtime::traits::UniqueSaturatedInto,
};
use tandem_primitives::{
    keys::size_of_nodes, BlockNumber, Commitment, CounterpartState, InstructionId, Moment, ProofFault, ProvenState,
    Record, TrancheIndex,
};

pub use tandem_primitives::keys::{self, HeaderProof, MAX_BYTES, MAX_NODES};

/// Maximum number of nodes for each key of a proof of the lane, which has one key for each message and one more.
pub const MAX_NODES_OF_KEY: usize = MAX_NODES / 4;

/// Maximum number of bytes for each key of a proof of the lane.
pub const MAX_BYTES_OF_KEY: u32 = MAX_BYTES / 4;

/// Maximum number of keys of a proof of the lane: as many messages as may be unconfirmed, and the state of the lane.
pub const MAX_KEYS: u32 = 129;

/// True if these nodes are more than a proof of the lane with so many keys needs.
pub fn is_oversized_for(nodes: &[Vec<u8>], keys: u32) -> bool {
    // More keys than can be proven make no more room.
    let keys = keys.min(MAX_KEYS);
    nodes.len() > MAX_NODES_OF_KEY.saturating_mul(keys as usize)
        || size_of_nodes(nodes) > MAX_BYTES_OF_KEY.saturating_mul(keys)
}

/// Light client of `pallet-bridge-grandpa`, without the headers that the operator has halted or blocked.
pub struct LightClient<T>(PhantomData<T>);

type Bridged<T> = <T as pallet_bridge_grandpa::Config>::BridgedChain;

impl<T> LightClient<T>
where
    T: Config + pallet_bridge_grandpa::Config,
    Bridged<T>: Chain<Hash = H256>,
{
    fn root_of(header: H256) -> Result<H256, ProofFault> {
        if Self::is_halted() {
            return Err(ProofFault::Halted);
        }
        if BlockedHeaders::<T>::get().contains(&header) {
            return Err(ProofFault::HeaderBlocked);
        }
        let imported = pallet_bridge_grandpa::ImportedHeaders::<T>::get(header).ok_or(ProofFault::HeaderNotFound)?;
        // The number of a header is under its hash: whoever forges one cannot give it another here.
        let number: BlockNumber = imported.number.unique_saturated_into();
        if BlockedUntil::<T>::get().is_some_and(|until| number <= until) {
            return Err(ProofFault::HeaderBlocked);
        }
        Ok(imported.state_root)
    }
}

impl<T> CounterpartState for LightClient<T>
where
    T: Config + pallet_bridge_grandpa::Config,
    Bridged<T>: Chain<Hash = H256>,
    HasherOf<Bridged<T>>: Hasher<Out = H256>,
{
    type Proof = HeaderProof;
    type Reader = Nodes<HasherOf<Bridged<T>>>;

    fn open(proof: HeaderProof) -> Result<Self::Reader, ProofFault> {
        Nodes::open(proof, Self::root_of)
    }

    fn size(proof: &HeaderProof) -> u32 {
        proof.size()
    }

    fn is_oversized(proof: &HeaderProof) -> bool {
        proof.is_oversized()
    }

    fn newest() -> Option<H256> {
        pallet_bridge_grandpa::BestFinalized::<T>::get().map(|best| best.1)
    }

    fn is_halted() -> bool {
        Halted::<T>::get() || pallet_bridge_grandpa::PalletOperatingMode::<T>::get() != BasicOperatingMode::Normal
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T> tandem_primitives::benchmarking::SetUpState for LightClient<T>
where
    T: Config + pallet_bridge_grandpa::Config,
    Bridged<T>: Chain<Hash = H256>,
{
    fn know() {
        pallet_bridge_grandpa::PalletOperatingMode::<T>::put(BasicOperatingMode::Normal);
        pallet_bridge_grandpa::BestFinalized::<T>::put(polkadot_sdk::bp_runtime::HeaderId(0u32.into(), H256::zero()));
    }
}

/// Header chain for `pallet-bridge-messages`: a halted or blocked header proves no message either.
impl<T> HeaderChain<Bridged<T>> for LightClient<T>
where
    T: Config + pallet_bridge_grandpa::Config,
    Bridged<T>: Chain<Hash = H256>,
{
    fn finalized_header_state_root(header: HashOf<Bridged<T>>) -> Option<HashOf<Bridged<T>>> {
        Self::root_of(header).ok()
    }

    fn verify_storage_proof(
        header: HashOf<Bridged<T>>,
        nodes: Vec<Vec<u8>>,
    ) -> Result<StorageProofChecker<HasherOf<Bridged<T>>>, HeaderChainError> {
        // Before anything of it is hashed. How many keys it is of has been looked at by then; this is for whatever way
        // a call may take one day.
        if is_oversized_for(&nodes, MAX_KEYS) {
            return Err(HeaderChainError::StorageProof(StorageProofError::InvalidProof));
        }
        let root = Self::finalized_header_state_root(header).ok_or(HeaderChainError::UnknownHeader)?;
        StorageProofChecker::new(root, nodes).map_err(HeaderChainError::StorageProof)
    }
}

/// Nodes of one proof, whose root is that of the header.
pub struct Nodes<H: Hasher>(StorageProofChecker<H>);

impl<H: Hasher<Out = H256>> Nodes<H> {
    /// Opens a proof against the state root of the header that it names, as `root_of` knows it.
    ///
    /// Every value that a proof shows is read through this function; `fuzz/` tests it without a chain.
    pub fn open(
        proof: HeaderProof,
        root_of: impl FnOnce(H256) -> Result<H256, ProofFault>,
    ) -> Result<Self, ProofFault> {
        // Before anything of it is hashed.
        if proof.is_oversized() {
            return Err(ProofFault::TooLarge);
        }
        let root = root_of(proof.header)?;
        StorageProofChecker::new(root, proof.nodes).map(Self).map_err(fault)
    }
}

impl<H: Hasher> Nodes<H> {
    /// Value under the key; `None` only if the nodes prove that there is none.
    // `read_and_decode_opt_value` of the checker takes a missing node for an absent value: it must not be used here.
    fn read<V: Decode>(&mut self, key: &[u8]) -> Result<Option<V>, ProofFault> {
        match self.0.read_value(key).map_err(fault)? {
            None => Ok(None),
            Some(bytes) => V::decode_all(&mut &bytes[..]).map(Some).map_err(|_| ProofFault::Undecodable),
        }
    }
}

impl<H: Hasher> ProvenState for Nodes<H> {
    fn record_version(&mut self) -> Result<Option<u16>, ProofFault> {
        self.read(&keys::record_version())
    }

    fn now(&mut self) -> Result<Moment, ProofFault> {
        // Every Tandem chain runs pallet-timestamp; state without `Now` is not from one.
        self.read(&keys::now())?.ok_or(ProofFault::Undecodable)
    }

    fn genesis(&mut self) -> Result<H256, ProofFault> {
        self.read(&keys::genesis())?.ok_or(ProofFault::Undecodable)
    }

    fn commitment(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Commitment>, ProofFault> {
        self.read(&keys::commitment(id, tranche))
    }

    fn record(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Record>, ProofFault> {
        self.read(&keys::record(id, tranche))
    }

    fn close(self) -> Result<(), ProofFault> {
        self.0.ensure_no_unused_nodes().map_err(fault)
    }
}

fn fault(error: StorageProofError) -> ProofFault {
    match error {
        StorageProofError::StorageRootMismatch => ProofFault::WrongRoot,
        StorageProofError::StorageValueUnavailable
        | StorageProofError::UnavailableKey
        | StorageProofError::UnableToGenerateTrieProof => ProofFault::NodeMissing,
        StorageProofError::DuplicateNodes | StorageProofError::UnusedKey | StorageProofError::UnsortedEntries => {
            ProofFault::NodeUnused
        }
        StorageProofError::InvalidProof | StorageProofError::EmptyVal | StorageProofError::DecodeError => {
            ProofFault::Undecodable
        }
    }
}
