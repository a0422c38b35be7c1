//! `tandem assets`: what can be settled.

use super::who;
use crate::{args::Common, chain::connect, files::amounts, output, settle::assets::number};
use serde_json::json;

/// Runs the command `tandem assets`.
pub async fn run(common: &Common) -> anyhow::Result<()> {
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let last = chain.finalized().await?;
    let at = last.hash;
    let assets = chain.assets(at).await?;
    let holdings = chain.holdings(&assets, at).await?;
    let both = || assets.iter().zip(&holdings);
    let json = both()
        .map(|(asset, holding)| {
            let shown = |amount| amounts::format(amount, asset.decimals);
            json!({
                "id": number(&asset.id),
                "code": asset.code,
                "name": asset.name,
                "kind": format!("{:?}", asset.kind),
                "decimals": asset.decimals,
                "settlement_unit": shown(asset.settlement_unit),
                "supply": shown(asset.supply),
                "escrow": shown(holding.escrow),
                "claimable": shown(holding.claimable),
                "issuer": asset.owner.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    output::answer(common.output, json, || {
        let rows = both().map(|(asset, holding)| {
            let shown = |amount| amounts::format(amount, asset.decimals);
            vec![
                number(&asset.id),
                asset.code.clone(),
                asset.name.clone(),
                format!("{:?}", asset.kind),
                shown(asset.settlement_unit),
                shown(asset.supply),
                shown(holding.escrow),
                asset.owner.as_ref().map_or_else(String::new, |owner| who::account(owner, book.as_ref())),
            ]
        });
        output::as_of(
            output::table(&[">no", "code", "name", "kind", ">unit", ">supply", ">in escrow", "issuer"], rows),
            last.number,
        )
    })
}
