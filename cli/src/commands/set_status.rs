//! `tandem set-status`: suspends, sanctions, revokes or reinstates a participant, as the regulator.

use super::{
    load::key,
    transact::{self, Wanted},
    who,
};
use crate::{
    args::{Common, SetStatus},
    chain::{calls::Call, Chain},
    fault::fault,
    files::participants::parse_status,
    output,
};
use serde_json::json;

/// Runs it.
pub async fn run(common: &Common, arguments: &SetStatus) -> anyhow::Result<()> {
    let status = parse_status(&arguments.status).ok_or_else(|| {
        fault(format!("there is no status {}; use Active, Suspended, Sanctioned or Revoked", arguments.status))
    })?;
    let regulator = key(&arguments.regulator)?;
    let book = who::book(common)?;
    let chain = Chain::connect(&common.url).await?;
    let registered = chain.participants(chain.best().await?.hash).await?;
    let participant = who::participant(&arguments.who, book.as_ref(), &registered)?;
    let before = participant.status;
    if before != status {
        let call = Call::set_status(participant.id, status);
        let purpose = format!("changing the status of {}", arguments.who);
        transact::all(&chain, "setting a status", vec![Wanted { key: regulator, call, purpose, unless: None }]).await?;
    }
    let json = json!({ "participant": arguments.who, "before": format!("{before:?}"), "now": format!("{status:?}") });
    output::answer(common.output, json, || format!("{} was {before:?} and is {status:?}", arguments.who))
}
