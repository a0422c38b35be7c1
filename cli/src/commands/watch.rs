//! `tandem watch`: what happens, when it is included, and when that is final.

use super::{report::parse_id, words};
use crate::{
    args::{Common, Watch},
    chain::{
        blocks::{Block, Follower, Happened},
        Chain,
    },
    output::{line, Output},
};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};
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
    for event in shown {
        let fields = words::fields(&event.fields);
        let (number, pallet, name) = (block.at.number, &event.pallet, &event.name);
        line(&match output {
            Output::Text => format!("#{number:<8} included  {pallet}.{name} {}", words::line(&fields)),
            Output::Json => json!({
                "block": number, "hash": format!("{:?}", block.at.hash), "state": "included", "pallet": pallet,
                "event": name, "fields": fields,
            })
            .to_string(),
        })?;
    }
    Ok(())
}

fn finalised(output: Output, number: u64, events: usize) -> anyhow::Result<()> {
    line(&match output {
        Output::Text => format!("#{number:<8} final     {events} events"),
        Output::Json => json!({ "block": number, "state": "final", "events": events }).to_string(),
    })
}
