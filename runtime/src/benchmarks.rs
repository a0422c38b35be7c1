//! List of the benchmarked pallets, and the functions by which the runtime API runs their benchmarks.

use crate::*;
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{extensions::Pallet as SystemExtensions, Pallet as SystemBench};

define_benchmarks!(
    [frame_system, SystemBench::<Runtime>]
    [frame_system_extensions, SystemExtensions::<Runtime>]
    [pallet_timestamp, Timestamp]
    [pallet_utility, Utility]
    [pallet_multisig, Multisig]
    [pallet_proxy, Proxy]
    [pallet_sudo, Sudo]
    [pallet_tx_pause, TxPause]
    [pallet_balances, Balances]
    [pallet_assets, Assets]
    [pallet_transaction_payment, TransactionPayment]
    [pallet_validators, Validators]
    [pallet_grandpa, Grandpa]
    [pallet_participants, Participants]
    [pallet_escrow, Escrow]
    [pallet_settlement, Settlement]
    [pallet_counterpart, Counterpart]
);

impl frame_system_benchmarking::Config for Runtime {}

impl pallet_transaction_payment::BenchmarkConfig for Runtime {
    fn setup_benchmark_environment() {
        frame_support::storage::unhashed::put(crate::configs::BENCHMARK_RUNNING, &true);
    }
}

/// All benchmarks, and information on the storage of every pallet, which the benchmark runner asks for.
pub(crate) fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
    let mut list = Vec::<BenchmarkList>::new();
    list_benchmarks!(list, extra);
    (list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmark that the configuration names and returns its measurements.
pub(crate) fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, alloc::string::String> {
    use sp_storage::TrackedStorageKey;

    let mut whitelist: Vec<TrackedStorageKey> = AllPalletsWithSystem::whitelisted_storage_keys();
    whitelist.push(crate::configs::BENCHMARK_RUNNING.to_vec().into());
    let mut batches = Vec::<BenchmarkBatch>::new();
    let params = (&config, &whitelist);
    add_benchmarks!(params, batches);
    Ok(batches)
}
