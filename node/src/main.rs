//! The Tandem node: Aura block production, GRANDPA finality, and the Tandem runtime.

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod service;

fn main() -> polkadot_sdk::sc_cli::Result<()> {
    command::run()
}
