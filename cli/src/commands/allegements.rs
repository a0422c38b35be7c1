//! `tandem allegements`: what participants are said to have agreed, and have not affirmed.

use super::who;
use crate::{
    args::{Allegements, Common},
    chain::connect,
    files::dates,
    output,
};
use serde_json::json;
use tandem_primitives::{InstructionId, InstructionView, VersionedTerms};

/// Runs the command `tandem allegements`.
pub async fn run(common: &Common, arguments: &Allegements) -> anyhow::Result<()> {
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let last = chain.finalized().await?;
    let at = last.hash;
    let registered = chain.participants(at).await?;
    let asked = match &arguments.who {
        Some(text) => vec![who::participant(text, book.as_ref(), &registered)?],
        None => registered.iter().collect(),
    };
    let mut rows = Vec::new();
    for participant in asked {
        let ids: Vec<InstructionId> = chain.ask("allegements", participant.id, at).await?;
        for id in ids {
            let view: Option<InstructionView> = chain.ask("instruction", id, at).await?;
            let Some(VersionedTerms::V1(terms)) = view.and_then(|view| view.terms) else { continue };
            rows.push((
                who::name(participant, book.as_ref()),
                format!("0x{}", hex::encode(id)),
                String::from_utf8_lossy(&terms.reference).into_owned(),
                dates::format(terms.deadline),
            ));
        }
    }
    let json = rows
        .iter()
        .map(|(participant, id, reference, deadline)| {
            json!({ "participant": participant, "id": id, "reference": reference, "deadline": deadline })
        })
        .collect();
    output::answer(common.output, json, || {
        let rows = rows.iter().map(|(participant, id, reference, deadline)| {
            vec![participant.clone(), reference.clone(), deadline.clone(), id.clone()]
        });
        output::as_of(output::table(&["participant", "reference", "deadline", "instruction"], rows), last.number)
    })
}
