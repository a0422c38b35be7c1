//! What can be typed, one file for each command.

mod allegements;
mod assets;
mod decide;
mod included;
mod load;
mod participants;
mod positions;
mod proof;
mod report;
mod set_status;
mod settle;
mod transact;
mod watch;
mod who;
mod words;

use crate::args::{Arguments, Command};

/// Runs a command. False if an outcome is not the expected one.
pub async fn run(arguments: Arguments) -> anyhow::Result<bool> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Settle(settle) => return settle::run(common, settle).await,
        Command::Load(load) => load::run(common, load).await?,
        Command::Watch(watch) => watch::run(common, watch).await?,
        Command::Report(report) => report::run(common, report).await?,
        Command::Positions(positions) => positions::run(common, positions).await?,
        Command::Allegements(allegements) => allegements::run(common, allegements).await?,
        Command::Participants => participants::run(common).await?,
        Command::Assets => assets::run(common).await?,
        Command::Proof(proof) => proof::run(common, proof).await?,
        Command::SetStatus(set_status) => set_status::run(common, set_status).await?,
    }
    Ok(true)
}
