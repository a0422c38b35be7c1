//! `tandem participants`: who is registered.

use super::who;
use crate::{args::Common, chain::connect, output};
use serde_json::json;
use tandem_primitives::{Capacity, ParticipantId};

/// Runs the command `tandem participants`.
pub async fn run(common: &Common) -> anyhow::Result<()> {
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let last = chain.finalized().await?;
    let registered = chain.participants(last.hash).await?;
    let name = |id: &ParticipantId| {
        let found = registered.iter().find(|participant| participant.id == *id);
        found.map_or_else(|| format!("#{}", id.0), |found| who::name(found, book.as_ref()))
    };
    let json = registered
        .iter()
        .map(|participant| {
            let agent = |(id, capacity): &(ParticipantId, Capacity)| {
                json!({ "participant": id.0, "name": name(id), "capacity": format!("{capacity:?}") })
            };
            json!({
                "id": participant.id.0,
                "name": participant.name,
                "lei": participant.lei.to_string(),
                "roles": participant.roles.iter().map(|role| format!("{role:?}")).collect::<Vec<_>>(),
                "status": format!("{:?}", participant.status),
                "accounts": participant.accounts.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "agents": participant.agents.iter().map(agent).collect::<Vec<_>>(),
            })
        })
        .collect();
    output::answer(common.output, json, || {
        let rows = registered.iter().map(|participant| {
            let roles: Vec<String> = participant.roles.iter().map(|role| format!("{role:?}")).collect();
            let agents: Vec<String> = participant.agents.iter().map(|(id, _)| name(id)).collect();
            vec![
                participant.id.0.to_string(),
                who::name(participant, book.as_ref()),
                participant.lei.to_string(),
                roles.join(", "),
                format!("{:?}", participant.status),
                participant.accounts.len().to_string(),
                agents.join(", "),
            ]
        });
        output::as_of(
            output::table(&[">no", "participant", "LEI", "roles", "status", ">accounts", "agents"], rows),
            last.number,
        )
    })
}
