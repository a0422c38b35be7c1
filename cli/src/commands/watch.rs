//! `tandem watch`: what happens, when it is included, and when that is final.

use super::{report::parse_id, words};
use crate::{
    args::{Common, Watch},
    chain::{
        blocks::{Block, Follower, Happened},
        Chain,
    },
    output::Output,
};
use serde_json::json;
use std::{collections::BTreeMap, io::Write, time::Duration};
use tandem_primitives::InstructionId;

const POLL: Duration = Duration::from_millis(200);

/// The pallets that are shown unless everything is.
const SHOWN: [&str; 3] = ["Settlement", "Escrow", "Participants"];

/// Runs it, until it is ended.
pub async fn run(common: &Common, arguments: &Watch) -> anyhow::Result<()> {
    let only = arguments.id.as_deref().map(parse_id).transpose()?;
    let chain = Chain::connect(&common.url).await?;
    let mut follower = Follower::after(chain.best().await?);
    // Blocks with something to show that are not final yet: how much each shows.
    let mut open: BTreeMap<u64, usize> = BTreeMap::new();
    loop {
        for block in follower.advance(&chain).await? {
            let shown: Vec<&Happened> =
                block.happened.iter().filter(|event| is_shown(event, only, arguments.all)).collect();
            if !shown.is_empty() {
                open.insert(block.at.number, shown.len());
            }
            included(common.output, &block, &shown)?;
        }
        let last = chain.finalized().await?.number;
        while let Some(entry) = open.first_entry().filter(|entry| *entry.key() <= last) {
            let (number, events) = entry.remove_entry();
            finalised(common.output, number, events)?;
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}

fn is_shown(event: &Happened, only: Option<InstructionId>, all: bool) -> bool {
    match only {
        Some(id) => event.instruction == Some(id),
        None => all || SHOWN.contains(&event.pallet.as_str()),
    }
}

fn included(output: Output, block: &Block, shown: &[&Happened]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for event in shown {
        let fields = words::fields(&event.fields);
        match output {
            Output::Text => writeln!(
                out,
                "#{:<8} included  {}.{} {}",
                block.at.number,
                event.pallet,
                event.name,
                words::line(&fields)
            )?,
            Output::Json => writeln!(
                out,
                "{}",
                json!({
                    "block": block.at.number, "hash": format!("{:?}", block.at.hash), "state": "included",
                    "pallet": event.pallet, "event": event.name, "fields": fields,
                })
            )?,
        }
    }
    Ok(out.flush()?)
}

fn finalised(output: Output, number: u64, events: usize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match output {
        Output::Text => writeln!(out, "#{number:<8} final     {events} events")?,
        Output::Json => writeln!(out, "{}", json!({ "block": number, "state": "final", "events": events }))?,
    }
    Ok(out.flush()?)
}
