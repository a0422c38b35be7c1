//! Importing what is final on the other network: one header for each change of its validators, and the newest.

use super::Ends;
use crate::{
    args::Common,
    chain::{calls::Call, client::At, counterpart::Effect},
    commands::transact::By,
    fault::fault,
    output,
};
use serde_json::{json, Value};

/// Number of headers that are imported at a time: there is one for each change of validators, and the newest.
const MOST_HEADERS: usize = 256;

impl Ends<'_> {
    /// Imports up to what is final now. What becomes so meanwhile is for another time.
    pub(super) async fn headers(&self, common: &Common) -> anyhow::Result<()> {
        if self.to.imports_nothing(self.to.best().await?.hash).await? {
            return Err(fault(format!(
                "{}: the operator has halted the light client, and it imports nothing meanwhile",
                self.way.to_url
            )));
        }
        let last = self.from.finalized().await?;
        let mut imported = self.known().await?;
        let mut shown: Vec<Value> = Vec::new();
        while imported.number < last.number && shown.len() < MOST_HEADERS {
            let validators = self.to.other_validators(self.to.best().await?.hash).await?;
            let set = validators.set_id;
            let next = self.from.next_justified(imported, self.from.finalized().await?, &validators).await?;
            let call = Call::import_header(&next, set);
            let mut header = json!({
                "block": next.header.number, "header": format!("{:?}", next.header.hash()),
                "encoded": self.encoded(&call)?,
            });
            if !self.way.print {
                let by = self.send(call, Effect::Imported(next.header.number)).await?;
                header["sent"] = (by == By::Us).into();
                imported = self.known().await?;
            }
            shown.push(header);
            if self.way.print {
                break;
            }
        }
        let is_left = !self.way.print && imported.number < last.number;
        output::answer(common.output, json!(shown), || {
            if self.way.print && !shown.is_empty() {
                return format!("{:#}", json!(shown));
            }
            summary(shown.len(), imported, is_left)
        })
    }

    /// The newest header that is imported, on the chain that the node at `from` follows.
    async fn known(&self) -> anyhow::Result<At> {
        Ok(self.imported().await?.0)
    }
}

/// Sentence for what has been done.
fn summary(count: usize, imported: At, is_left: bool) -> String {
    let block = imported.number;
    match (count, is_left) {
        (0, _) => format!("nothing is to be imported: block {block}, the newest that is final, is imported already"),
        (_, true) => format!("{count} headers are imported up to block {block}, and more are left; run it again"),
        (1, false) => format!("the header of block {block} is imported, and that is final"),
        (_, false) => format!("{count} headers are imported, the last of block {block}, and that is final"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_should_say_what_is_left() {
        let at = At { number: 9, ..At::default() };
        assert!(summary(0, at, false).contains("block 9, the newest that is final, is imported already"));
        assert_eq!(summary(1, at, false), "the header of block 9 is imported, and that is final");
        assert!(summary(MOST_HEADERS, at, true).ends_with("more are left; run it again"));
    }
}
