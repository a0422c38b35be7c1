//! What the command line of the node looks like.

use polkadot_sdk::*;

/// The Tandem node.
#[derive(Debug, clap::Parser)]
pub struct Cli {
    /// Without one, the node runs.
    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,

    /// How it runs.
    #[clap(flatten)]
    pub run: sc_cli::RunCmd,
}

/// What the binary does instead of running a node.
#[derive(Debug, clap::Subcommand)]
// One value exists per process: boxing the larger commands would buy nothing.
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
    /// Generate, inspect and insert keys.
    #[command(subcommand)]
    Key(sc_cli::KeySubcommand),

    /// Print a chain specification (plain or raw) to standard output.
    BuildSpec(sc_cli::BuildSpecCmd),

    /// Write a chain specification (plain or raw) to a file.
    ExportChainSpec(sc_cli::ExportChainSpecCmd),

    /// Execute blocks that are already in the database once more.
    CheckBlock(sc_cli::CheckBlockCmd),

    /// Write blocks to a file.
    ExportBlocks(sc_cli::ExportBlocksCmd),

    /// Read blocks from a file.
    ImportBlocks(sc_cli::ImportBlocksCmd),

    /// Delete the chain's database. Keys stay.
    PurgeChain(sc_cli::PurgeChainCmd),

    /// Take back the newest blocks that are not final.
    Revert(sc_cli::RevertCmd),

    /// Print what the database knows of the chain: best, final and genesis block.
    ChainInfo(sc_cli::ChainInfoCmd),

    /// Measure weights.
    #[cfg(feature = "runtime-benchmarks")]
    #[command(subcommand)]
    Benchmark(frame_benchmarking_cli::BenchmarkCmd),
}
