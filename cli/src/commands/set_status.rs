//! `tandem set-status`: suspends, sanctions, revokes or reinstates a participant, as the regulator.

use super::{
    decide::{self, is_for_one, Decision},
    transact::{self, Wanted},
    who,
};
use crate::{
    args::{Common, SetStatus},
    chain::{calls::Call, connect},
    fault::fault,
    files::participants::parse_status,
    output,
};
use serde_json::json;
use tandem_primitives::{Body, Reason, ReasonCode};

/// Runs the command `tandem set-status`.
pub async fn run(common: &Common, arguments: &SetStatus) -> anyhow::Result<()> {
    let status = parse_status(&arguments.status).ok_or_else(|| {
        fault(format!("there is no status {}; use Active, Suspended, Sanctioned or Revoked", arguments.status))
    })?;
    let regulator = decide::pair(&arguments.regulator, "--regulator")?;
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let registered = chain.participants(chain.finalized().await?.hash).await?;
    let participant = who::participant(&arguments.who, book.as_ref(), &registered)?;
    let before = participant.status;
    if before != status {
        let call = Call::set_status(participant.id, status, &Reason::new(ReasonCode::Other));
        let purpose = format!("changing the status of {}", arguments.who);
        let title = "setting a status";
        if is_for_one(participant.roles, before, status) {
            let key = regulator[0].clone();
            transact::all(&chain, title, vec![Wanted { key, call, purpose, unless: None }]).await?;
        } else {
            let decision = Decision { body: Body::Regulator, call, purpose };
            if let Some(waiting) = decide::all(&chain, title, &regulator, vec![decision]).await?.first() {
                return Err(fault(waiting.to_string()));
            }
            let after = chain.participants(chain.finalized().await?.hash).await?;
            if !after.iter().any(|found| found.id == participant.id && found.status == status) {
                return Err(fault(format!(
                    "both accounts of the regulator agreed and {} is not {status:?}; see the event Participants.Enacted",
                    arguments.who
                )));
            }
        }
    }
    let json = json!({ "participant": arguments.who, "before": format!("{before:?}"), "now": format!("{status:?}") });
    output::answer(common.output, json, || {
        format!("{} was {before:?} and is {status:?}, which is final", arguments.who)
    })
}
