//! Storage in memory for tests, which counts reads and writes of each key as the SDK's benchmarks count them.

use polkadot_sdk::sp_core::storage::{ChildInfo, StateVersion, Storage, TrackedStorageKey};
use sp_externalities::{Error, Extension, ExtensionStore, Externalities, MultiRemovalResults};
use sp_state_machine::BasicExternalities;
use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, BTreeSet},
};

/// Number of reads and writes of one key.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    reads: u32,
    writes: u32,
    /// True if the key was written before it was first read, so that the database is not read for it.
    written_first: bool,
}

/// State in memory, with the counted accesses to each of its keys.
pub struct Recorder {
    state: BasicExternalities,
    /// State to which `wipe` returns.
    genesis: Storage,
    used: BTreeMap<Vec<u8>, Use>,
    whitelist: BTreeSet<Vec<u8>>,
    whitelist_as_set: Vec<TrackedStorageKey>,
}

impl Recorder {
    pub fn new(genesis: Storage) -> Self {
        Self {
            state: BasicExternalities::new(genesis.clone()),
            genesis,
            used: BTreeMap::new(),
            whitelist: BTreeSet::new(),
            whitelist_as_set: Vec::new(),
        }
    }

    /// Runs `run` with this storage as its state.
    pub fn execute_with<R>(&mut self, run: impl FnOnce() -> R) -> R {
        sp_externalities::set_and_run_with_externalities(self, run)
    }

    /// Number of times that keys with this prefix were read.
    pub fn reads_of(&self, prefix: &[u8]) -> u32 {
        self.used.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(_, used)| used.reads).sum()
    }

    /// Keys that were read from the database, and keys that were written, without the whitelisted ones.
    pub fn keys(&self) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
        let counted = || self.used.iter().filter(|(key, _)| !self.whitelist.contains(*key));
        (
            counted().filter(|(_, used)| used.reads > 0 && !used.written_first).map(|(key, _)| key.clone()).collect(),
            counted().filter(|(_, used)| used.writes > 0).map(|(key, _)| key.clone()).collect(),
        )
    }

    fn read(&mut self, key: &[u8]) {
        self.used.entry(key.to_vec()).or_default().reads += 1;
    }

    fn write(&mut self, key: &[u8]) {
        let used = self.used.entry(key.to_vec()).or_default();
        used.written_first |= used.reads == 0 && used.writes == 0;
        used.writes += 1;
    }
}

impl Externalities for Recorder {
    fn set_offchain_storage(&mut self, key: &[u8], value: Option<&[u8]>) {
        self.state.set_offchain_storage(key, value)
    }

    fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.read(key);
        self.state.storage(key)
    }

    fn storage_hash(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.read(key);
        self.state.storage_hash(key)
    }

    fn child_storage_hash(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.state.child_storage_hash(child, key)
    }

    fn child_storage(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.state.child_storage(child, key)
    }

    fn exists_storage(&mut self, key: &[u8]) -> bool {
        self.read(key);
        self.state.exists_storage(key)
    }

    fn next_storage_key(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.read(key);
        self.state.next_storage_key(key)
    }

    fn next_child_storage_key(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.state.next_child_storage_key(child, key)
    }

    fn kill_child_storage(
        &mut self,
        child: &ChildInfo,
        limit: Option<u32>,
        cursor: Option<&[u8]>,
    ) -> MultiRemovalResults {
        self.state.kill_child_storage(child, limit, cursor)
    }

    fn clear_prefix(&mut self, prefix: &[u8], limit: Option<u32>, cursor: Option<&[u8]>) -> MultiRemovalResults {
        self.write(prefix);
        self.state.clear_prefix(prefix, limit, cursor)
    }

    fn clear_child_prefix(
        &mut self,
        child: &ChildInfo,
        prefix: &[u8],
        limit: Option<u32>,
        cursor: Option<&[u8]>,
    ) -> MultiRemovalResults {
        self.state.clear_child_prefix(child, prefix, limit, cursor)
    }

    fn place_storage(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.write(&key);
        self.state.place_storage(key, value)
    }

    fn place_child_storage(&mut self, child: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.state.place_child_storage(child, key, value)
    }

    fn storage_root(&mut self, version: StateVersion) -> Vec<u8> {
        self.state.storage_root(version)
    }

    fn child_storage_root(&mut self, child: &ChildInfo, version: StateVersion) -> Vec<u8> {
        self.state.child_storage_root(child, version)
    }

    fn storage_append(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.read(&key);
        self.write(&key);
        self.state.storage_append(key, value)
    }

    fn storage_start_transaction(&mut self) {
        self.state.storage_start_transaction()
    }

    fn storage_rollback_transaction(&mut self) -> Result<(), ()> {
        self.state.storage_rollback_transaction()
    }

    fn storage_commit_transaction(&mut self) -> Result<(), ()> {
        self.state.storage_commit_transaction()
    }

    fn wipe(&mut self) {
        let extensions = std::mem::take(self.state.extensions());
        self.state = BasicExternalities::new(self.genesis.clone());
        *self.state.extensions() = extensions;
        self.used.clear();
    }

    // What is in memory is all there is.
    fn commit(&mut self) {}

    fn read_write_count(&self) -> (u32, u32, u32, u32) {
        let (reads, writes) = self.keys();
        (reads.len() as u32, 0, writes.len() as u32, 0)
    }

    fn reset_read_write_count(&mut self) {
        self.used.clear();
    }

    fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
        self.whitelist_as_set.clone()
    }

    fn set_whitelist(&mut self, keys: Vec<TrackedStorageKey>) {
        self.whitelist = keys.iter().map(|tracked| tracked.key.clone()).collect();
        self.whitelist_as_set = keys;
    }

    fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
        self.used
            .iter()
            .map(|(key, used)| (key.clone(), used.reads, used.writes, self.whitelist.contains(key)))
            .collect()
    }
}

impl ExtensionStore for Recorder {
    fn extension_by_type_id(&mut self, id: TypeId) -> Option<&mut dyn Any> {
        self.state.extension_by_type_id(id)
    }

    fn register_extension_with_type_id(&mut self, id: TypeId, extension: Box<dyn Extension>) -> Result<(), Error> {
        self.state.register_extension_with_type_id(id, extension)
    }

    fn deregister_extension_by_type_id(&mut self, id: TypeId) -> Result<(), Error> {
        self.state.deregister_extension_by_type_id(id)
    }
}
