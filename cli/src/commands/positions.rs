//! `tandem positions`: what accounts have, at their disposal, in escrow and in all.

use super::who;
use crate::{
    args::{Common, Positions},
    chain::connect,
    fault::fault,
    files::amounts,
    output,
    settle::assets::number,
};
use polkadot_sdk::sp_core::crypto::Ss58Codec;
use serde_json::json;
use tandem_primitives::{AccountId, AssetId, Position};

/// Runs the command `tandem positions`.
pub async fn run(common: &Common, arguments: &Positions) -> anyhow::Result<()> {
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let last = chain.finalized().await?;
    let at = last.hash;
    let accounts: Vec<AccountId> = match (&arguments.who, &book) {
        (Some(text), book) => match AccountId::from_ss58check(text) {
            Ok(account) => vec![account],
            Err(_) => who::participant(text, book.as_ref(), &chain.participants(at).await?)?.accounts.clone(),
        },
        (None, Some(book)) => book
            .participants
            .iter()
            .flat_map(|participant| participant.accounts.iter().map(|account| account.id.clone()))
            .collect(),
        (None, None) => {
            return Err(fault("whose positions is not said; name a participant, or a participants file with --keys"))
        }
    };
    let assets = chain.assets(at).await?;
    let about = |id: &AssetId| {
        let found = assets.iter().find(|asset| asset.id == *id);
        found.map_or((format!("{id:?}"), 0), |asset| (who::asset(asset, &assets, book.as_ref()), asset.decimals))
    };
    let mut found: Vec<(AccountId, Position)> = Vec::new();
    for account in accounts {
        let positions: Vec<Position> = chain.ask("positions", &account, at).await?;
        found.extend(positions.into_iter().map(|position| (account.clone(), position)));
    }
    let cells = |position: &Position| {
        let (code, decimals) = about(&position.asset);
        let amounts = [
            position.available,
            position.reserved,
            position.provisional_in,
            position.provisional_out,
            position.claimable,
            position.total,
        ];
        (code, amounts.map(|amount| amounts::format(amount, decimals)))
    };
    let json = found
        .iter()
        .map(|(account, position)| {
            let (asset, [available, reserved, provisional_in, provisional_out, claimable, total]) = cells(position);
            json!({
                "account": account.to_string(), "name": who::account(account, book.as_ref()), "asset": asset,
                "number": number(&position.asset),
                "available": available, "reserved": reserved, "provisional_in": provisional_in,
                "provisional_out": provisional_out, "claimable": claimable, "total": total,
            })
        })
        .collect();
    output::answer(common.output, json, || {
        let rows = found.iter().map(|(account, position)| {
            let (asset, amounts) = cells(position);
            [vec![who::account(account, book.as_ref()), asset], amounts.to_vec()].concat()
        });
        let columns =
            ["account", "asset", ">available", ">reserved", ">coming in", ">going out", ">claimable", ">total"];
        output::as_of(output::table(&columns, rows), last.number)
    })
}
