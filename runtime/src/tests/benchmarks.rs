//! Runs every benchmark once on this runtime, at the lowest and the highest value of each component.

#![cfg(feature = "runtime-benchmarks")]

use super::{recorder::Recorder, world::genesis};
use crate::{benchmarks, presets, *};
use frame_benchmarking::{BenchmarkConfig, BenchmarkParameter};

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
    Recorder::new(storage)
}

#[test]
fn every_benchmark_should_run_and_meet_its_conditions() {
    let mut chain = chain();
    let mut failed = Vec::new();
    let (pallets, _) = chain.execute_with(|| benchmarks::metadata(false));
    for pallet in &pallets {
        for benchmark in &pallet.benchmarks {
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
                let name = format!(
                    "{}::{} {selected_components:?}",
                    String::from_utf8_lossy(&pallet.pallet),
                    String::from_utf8_lossy(&benchmark.name)
                );
                match chain.execute_with(|| benchmarks::dispatch(config)) {
                    Ok(batches) if !batches.is_empty() => (),
                    Ok(_) => failed.push(format!("{name}: not run")),
                    // A right that nobody has on this chain weighs nothing.
                    Err(reason) if reason.contains("Weightless") => (),
                    Err(reason) => failed.push(format!("{name}: {reason}")),
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
