#![doc = include_str!("../README.md")]

mod args;
mod carry;
mod crash;
mod direction;
mod health;
mod init;
mod memory;
mod metrics;
mod network;
mod run;
mod status;
mod steps;
mod views;

use clap::Parser;
use std::{io::IsTerminal as _, process::ExitCode};

/// A fault that no retry helps.
const FAULT: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TANDEM_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("tandem_gateway=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let done = match args::Arguments::parse().command {
        args::Command::Run(run) => run::run(*run).await,
        args::Command::Init(init) => init::run(init).await,
        args::Command::Status(status) => status::run(status).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            FAULT.into()
        }
    }
}
