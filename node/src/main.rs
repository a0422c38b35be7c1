//! The binary of the Tandem node.

fn main() -> polkadot_sdk::sc_cli::Result<()> {
    tandem_node::run()
}
