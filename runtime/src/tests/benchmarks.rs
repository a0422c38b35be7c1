//! Runs every benchmark once on this runtime, at the lowest and the highest value of each component.

#![cfg(feature = "runtime-benchmarks")]

use super::{recorder::Recorder, world::genesis};
use crate::{benchmarks, presets, *};
use codec::Encode;
use frame_benchmarking::{BenchmarkConfig, BenchmarkParameter};
use sp_core::traits::{ReadRuntimeVersion, ReadRuntimeVersionExt};
use sp_externalities::{Externalities, ExternalitiesExt};
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Test helper: stands for the node's reading of the version in new code, and always answers the next version.
struct NextVersion;

impl ReadRuntimeVersion for NextVersion {
    fn read_runtime_version(&self, _code: &[u8], _ext: &mut dyn Externalities) -> Result<Vec<u8>, String> {
        Ok(RuntimeVersion { spec_version: VERSION.spec_version + 1, ..VERSION }.encode())
    }
}

/// Names of the benchmarks that cannot run on this chain.
const NOT_RUN: [&str; 1] = [
    // Asserts that deposits are not zero.
    "pallet_proxy::poke_deposit",
];

fn chain() -> Recorder {
    let storage = genesis(presets::DEVELOPMENT).execute_with(|| {
        let mut top = std::collections::BTreeMap::new();
        let mut last = Vec::new();
        while let Some(next) = sp_io::storage::next_key(&last) {
            if let Some(value) = sp_io::storage::get(&next) {
                top.insert(next.clone(), value.to_vec());
            }
            last = next;
        }
        sp_core::storage::Storage { top, children_default: Default::default() }
    });
    let mut recorder = Recorder::new(storage);
    let registered =
        (&mut recorder as &mut dyn Externalities).register_extension(ReadRuntimeVersionExt::new(NextVersion));
    assert!(registered.is_ok());
    recorder
}

#[test]
fn every_pallet_of_ours_should_be_measured() {
    let (measured, _) = chain().execute_with(|| benchmarks::metadata(false));
    for pallet in
        ["pallet_escrow", "pallet_participants", "pallet_settlement", "pallet_counterpart", "pallet_validators"]
    {
        assert!(measured.iter().any(|listed| listed.pallet == pallet.as_bytes()), "{pallet}");
    }
}

#[test]
fn every_benchmark_should_run_and_meet_its_conditions() {
    let mut chain = chain();
    let mut failed = Vec::new();
    let mut times = std::collections::BTreeMap::new();
    let (pallets, _) = chain.execute_with(|| benchmarks::metadata(false));
    for pallet in &pallets {
        for benchmark in &pallet.benchmarks {
            let name =
                format!("{}::{}", String::from_utf8_lossy(&pallet.pallet), String::from_utf8_lossy(&benchmark.name));
            if NOT_RUN.contains(&name.as_str()) {
                continue;
            }
            let mut sets: Vec<Vec<(BenchmarkParameter, u32)>> = vec![
                benchmark.components.iter().map(|(name, low, _)| (*name, *low)).collect(),
                benchmark.components.iter().map(|(name, _, high)| (*name, *high)).collect(),
            ];
            sets.dedup();
            for selected_components in sets {
                let config = BenchmarkConfig {
                    pallet: pallet.pallet.clone(),
                    instance: pallet.instance.clone(),
                    benchmark: benchmark.name.clone(),
                    selected_components: selected_components.clone(),
                    verify: true,
                    internal_repeats: 1,
                };
                let name = format!("{name} {selected_components:?}");
                let run = AssertUnwindSafe(|| chain.execute_with(|| benchmarks::dispatch(config)));
                let result = catch_unwind(run).unwrap_or_else(|_| Err("panicked".into()));
                match result {
                    Ok(batches) if !batches.is_empty() => {
                        let taken = batches.iter().flat_map(|batch| &batch.results).map(|run| run.extrinsic_time).max();
                        let pallet = String::from_utf8_lossy(&pallet.pallet).into_owned();
                        let call = String::from_utf8_lossy(&benchmark.name).into_owned();
                        let worst = times.entry((pallet, call)).or_insert(0);
                        *worst = taken.unwrap_or_default().max(*worst);
                    }
                    Ok(_) => failed.push(format!("{name}: not run")),
                    // A right that nobody has on this chain weighs nothing.
                    Err(reason) if reason.contains("Weightless") => (),
                    Err(reason) => failed.push(format!("{name}: {reason}")),
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    super::costs::write(&times);
}
