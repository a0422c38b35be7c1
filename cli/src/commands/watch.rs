//! `tandem watch`: what happens, when it is included, and when that is final.

use super::{report::parse_id, words};
use crate::{
    args::{Common, Watch},
    chain::{
        blocks::{Follower, Happened},
        client::At,
        connect, is_disconnected, Chain, INTERFACE,
    },
    output::{line, say, Output},
};
use serde_json::{json, Value};
use std::{collections::BTreeMap, time::Duration};
use tandem_client::Error;
use tandem_primitives::InstructionId;

const POLL: Duration = Duration::from_millis(200);

/// Pause before a node that has gone away is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// The pallets that are shown unless everything is.
const SHOWN: [&str; 4] = ["Settlement", "Counterpart", "Escrow", "Participants"];

/// An event as it is shown.
struct Shown {
    pallet: String,
    event: String,
    fields: Value,
}

struct Watcher {
    output: Output,
    only: Option<InstructionId>,
    all: bool,
    follower: Follower,
    /// Blocks with something to show that are not final yet, by their numbers.
    open: BTreeMap<u32, (At, Vec<Shown>)>,
}

/// Runs it, until it is ended.
pub async fn run(common: &Common, arguments: &Watch) -> anyhow::Result<()> {
    let only = arguments.id.as_deref().map(parse_id).transpose()?;
    let mut chain = connect(&common.url, "--url").await?;
    let follower = Follower::after(chain.best().await?);
    let open = BTreeMap::new();
    let mut watcher = Watcher { output: common.output, only, all: arguments.all, follower, open };
    let watching = async {
        loop {
            match watcher.step(&chain).await {
                Ok(true) => tokio::time::sleep(POLL).await,
                // Nobody reads any further.
                Ok(false) => return Ok(()),
                Err(error) if is_disconnected(&error) => {
                    say(&format!("{}: the node stopped answering; waiting for it", common.url));
                    chain = again(&common.url).await?;
                    say(&format!("{}: the node answers, and nothing was missed", common.url));
                }
                Err(error) => return Err(error),
            }
        }
    };
    tokio::select! {
        ended = watching => ended,
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

/// Connects once the node answers.
async fn again(url: &str) -> anyhow::Result<Chain> {
    loop {
        match Chain::connect(url, &INTERFACE).await {
            Err(Error::Disconnected(_)) => tokio::time::sleep(RETRY).await,
            ended => return Ok(ended?),
        }
    }
}

impl Watcher {
    /// Shows what is new. False if nobody reads any further.
    async fn step(&mut self, chain: &Chain) -> anyhow::Result<bool> {
        for block in self.follower.advance(chain).await? {
            // What stood there before is on the best chain no more.
            for (at, events) in self.open.split_off(&block.at.number).into_values() {
                if !self.show("abandoned", at, &events)? {
                    return Ok(false);
                }
            }
            let events: Vec<Shown> = block
                .events
                .iter()
                .filter(|event| self.is_shown(event))
                .map(|event| Shown {
                    pallet: event.pallet.clone(),
                    event: event.name.clone(),
                    fields: words::fields(&event.fields),
                })
                .collect();
            if !self.show("included", block.at, &events)? {
                return Ok(false);
            }
            if !events.is_empty() {
                self.open.insert(block.at.number, (block.at, events));
            }
        }
        let last = chain.finalized().await?.number;
        while let Some(entry) = self.open.first_entry().filter(|entry| *entry.key() <= last) {
            let (at, events) = entry.remove();
            if !self.show("final", at, &events)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_shown(&self, event: &Happened) -> bool {
        match self.only {
            Some(id) => event.instruction == Some(id),
            None => self.all || SHOWN.contains(&event.pallet.as_str()),
        }
    }

    fn show(&self, state: &str, at: At, events: &[Shown]) -> anyhow::Result<bool> {
        for Shown { pallet, event, fields } in events {
            let text = match self.output {
                Output::Text => format!("#{:<8} {state:<9} {pallet}.{event} {}", at.number, words::line(fields)),
                Output::Json => json!({
                    "block": at.number, "hash": format!("{:?}", at.hash), "state": state, "pallet": pallet,
                    "event": event, "fields": fields,
                })
                .to_string(),
            };
            if !line(&text)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
