//! Configuration of each pallet on this chain.

mod assets;
mod bridge;
mod consensus;
mod participants;
mod settlement;
mod system;

#[cfg(feature = "runtime-benchmarks")]
pub(crate) use assets::BENCHMARK_RUNNING;
pub use assets::{RefuseTips, EXISTENTIAL_DEPOSIT};
pub use bridge::{lane, CounterpartChain, Lane, Outbound, TandemChain, ThisChain, MAX_QUEUED};
pub use consensus::{MAX_VALIDATORS, SESSION_BLOCKS};
pub use participants::{AllAssets, ChainAccounts};
pub use system::{ProxyType, RuntimeBlockLength, RuntimeBlockWeights};
