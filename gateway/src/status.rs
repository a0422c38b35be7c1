//! `status`: both networks and what waits between them, as a table.

use crate::{
    args::Status,
    network::INTERFACE,
    views::{oldest, target_view, TargetView},
};
use comfy_table::{presets::UTF8_FULL_CONDENSED, Table};
use tandem_client::{BlockRef, Chain, Error};

/// State of one network.
struct Network {
    best: BlockRef,
    finalized: BlockRef,
    view: TargetView,
    /// Distance of its newest imported header from the other's last final block: blocks, and seconds if the other's node
    /// still has that block's state.
    behind: Option<(u32, Option<u64>)>,
}

/// Prints the state of both networks.
pub async fn run(status: Status) -> anyhow::Result<()> {
    let asset = Chain::connect(&status.networks.asset_url, &INTERFACE).await?;
    let payment = Chain::connect(&status.networks.payment_url, &INTERFACE).await?;
    let both = [look(&asset, &payment).await?, look(&payment, &asset).await?];
    println!("{}", table(&both));
    Ok(())
}

async fn look(own: &Chain, other: &Chain) -> Result<Network, Error> {
    let best = own.best().await?;
    let finalized = own.finalized().await?;
    let view = target_view(own, best).await?;
    let behind = match view.imported {
        None => None,
        Some(imported) => {
            let there = other.finalized().await?;
            let now = other.now(there.hash).await?;
            let then = other.now(imported.hash).await.ok();
            let seconds = then.map(|then| now.saturating_sub(then) / 1_000);
            Some((there.number.saturating_sub(imported.number), seconds))
        }
    };
    Ok(Network { best, finalized, view, behind })
}

fn table(both: &[Network; 2]) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED).set_header(["", "asset", "payment"]);
    let mut row = |name: &str, of: &dyn Fn(&Network) -> String| {
        table.add_row([name.to_owned(), of(&both[0]), of(&both[1])]);
    };
    row("best block", &|network| network.best.number.to_string());
    row("final block", &|network| network.finalized.number.to_string());
    row("chain time, ms", &|network| network.view.now.to_string());
    row("counterpart's header", &|network| {
        network.view.imported.map_or("none: run init".to_owned(), |imported| imported.number.to_string())
    });
    row("behind it by", &|network| match network.behind {
        None => "-".to_owned(),
        Some((blocks, Some(seconds))) => format!("{blocks} blocks, {seconds} s"),
        Some((blocks, None)) => format!("{blocks} blocks"),
    });
    row("validator set known", &|network| network.view.set.set_id.to_string());
    row("messages sent", &|network| network.view.outbound.latest_generated_nonce.to_string());
    row("of those confirmed", &|network| network.view.outbound.latest_received_nonce.to_string());
    row("messages received", &|network| network.view.inbound.last_delivered_nonce().to_string());
    row("tranches committed", &|network| network.view.commitments.len().to_string());
    row("oldest of them, s", &|network| (oldest(&network.view.commitments, network.view.at) / 1_000).to_string());
    row("payments to decide", &|network| network.view.payments.to_string());
    row("records kept", &|network| network.view.records.len().to_string());
    row("halted", &|network| if network.view.halted { "yes".to_owned() } else { "no".to_owned() });
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::{held, key, target};

    #[test]
    fn table_should_have_both_networks_beside_each_other() {
        let network = |number| {
            let mut view = target(1_000);
            view.at.number = number;
            view.commitments.insert(key(1), held(9));
            let at = BlockRef { number, ..BlockRef::default() };
            Network { best: at, finalized: at, view, behind: Some((4, Some(8))) }
        };
        let text = table(&[network(11), network(21)]).to_string();
        assert!(text.contains("4 blocks, 8 s"), "{text}");
        let line = text.lines().find(|line| line.contains("oldest of them")).unwrap();
        assert!(line.contains("20") && line.contains("40"), "{line}");
    }
}
