//! The binary of the Tandem node.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tandem_node::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
