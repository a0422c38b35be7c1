//! `tandem`: settles files of trades on a Tandem chain, and shows what is on it.
//!
//! `files` reads what people write and knows no chain; `chain` connects to one; `settle` brings trades
//! to their end; `commands` are what can be typed.

mod args;
mod chain;
mod commands;
mod fault;
mod files;
mod output;
mod settle;

use std::process::ExitCode;

/// An outcome that the file does not expect.
const UNEXPECTED: u8 = 1;

/// A fault of the command, of a file or of the connection.
const FAULT: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TANDEM_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let ended = match args::Arguments::read(std::env::args_os()) {
        Ok(arguments) => commands::run(arguments).await,
        Err(faults) => Err(faults.into()),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => UNEXPECTED.into(),
        Err(error) => {
            output::say(&format!("{:#}", chain::with_cure(error)));
            FAULT.into()
        }
    }
}
