//! Proving one trade: what must be so on both networks before a proof can do anything, and exactly what is proven then.

use super::{done, Ends};
use crate::{
    args::Common,
    chain::{
        calls::Call,
        client::At,
        counterpart::{Effect, Item},
    },
    commands::transact::By,
    fault::fault,
    files::dates,
    output,
};
use serde_json::json;
use tandem_primitives::{
    Decision, HeaderProof, InstructionId, InstructionView, Moment, Record, Stage, TrancheIndex, VersionedTerms,
};

/// Effect that a proof is to have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Aim {
    /// Delivery of what is executed.
    Deliver,
    /// Return of what is rejected, or not decided in time.
    Return,
    /// Knowledge of what is committed, where it is decided.
    Instruct,
    /// Removal of a record that nobody needs any more.
    Forget,
}

/// Something to do, or that it is done already, as a sentence.
#[derive(Debug, Eq, PartialEq)]
enum Due<T> {
    Now(T),
    Done(String),
}

/// Proof that is to be sent.
struct Carried {
    call: Call,
    proof: HeaderProof,
    effect: Effect,
}

/// A tranche that the network that holds the trade has committed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Held {
    tranche: TrancheIndex,
    pay_deadline: Moment,
}

/// A block of the other network that is imported, and the time there.
#[derive(Clone, Copy, Debug)]
struct Shown {
    block: u32,
    now: Moment,
}

impl Ends<'_> {
    /// Proves it, unless it is done.
    pub(super) async fn trade(
        &self,
        common: &Common,
        aim: Aim,
        id: InstructionId,
        tranche: Option<TrancheIndex>,
    ) -> anyhow::Result<()> {
        let carried = match aim {
            Aim::Deliver | Aim::Return => self.end(aim, id).await?,
            Aim::Instruct => self.instruct(id, tranche).await?,
            Aim::Forget => self.forget(id, tranche.unwrap_or_default()).await?,
        };
        let Carried { call, proof, effect } = match carried {
            Due::Now(carried) => carried,
            Due::Done(why) => return done(common, &why),
        };
        let at = At::from(&self.from.header(proof.header).await?);
        let bytes: usize = proof.nodes.iter().map(Vec::len).sum();
        let mut shown = json!({
            "call": call.title(), "block": at.number, "header": format!("{:?}", at.hash), "bytes": bytes,
            "nodes": proof.nodes.iter().map(|node| format!("0x{}", hex::encode(node))).collect::<Vec<_>>(),
            "encoded": self.encoded(&call)?,
        });
        if self.way.print {
            return output::answer(common.output, shown.clone(), || format!("{shown:#}"));
        }
        let title = call.title();
        let by = self.send(call, effect).await?;
        let now = self.standing(id, effect).await?;
        shown["sent"] = (by == By::Us).into();
        shown["now"] = now.as_str().into();
        output::answer(common.output, shown, || match by {
            By::Us => {
                format!("{title} is final: proven by block {} of the other network, {bytes} bytes; {now}", at.number)
            }
            By::Another => format!("somebody else was quicker, and that is final; {now}"),
        })
    }

    /// To the network that holds the trade: how the tranche ends.
    async fn end(&self, aim: Aim, id: InstructionId) -> anyhow::Result<Due<Carried>> {
        let view: Option<InstructionView> = self.to.ask("instruction", id, self.to.best().await?.hash).await?;
        let held = match held(view)? {
            Due::Now(held) => held,
            Due::Done(why) => return Ok(Due::Done(why)),
        };
        let at = self.provable().await?;
        let record = self.from.record(id, held.tranche, at.hash).await?;
        let shown = Shown { block: at.number, now: self.from.now(at.hash).await? };
        let is_return = aim == Aim::Return;
        let items = if is_return { returned(id, held, record, shown) } else { delivered(id, held, record, shown) }?;
        let proof = self.from.prove_items(&items, at.hash).await?;
        let call = if is_return { Call::return_by_proof(id, &proof) } else { Call::deliver_by_proof(id, &proof) };
        Ok(Due::Now(Carried { call, proof, effect: Effect::Ended(id, held.tranche) }))
    }

    /// To the network that decides the trade: what is committed.
    async fn instruct(&self, id: InstructionId, asked: Option<TrancheIndex>) -> anyhow::Result<Due<Carried>> {
        // Before anything is proven: what is known already needs no state of the other network.
        let there: Option<InstructionView> = self.from.ask("instruction", id, self.from.best().await?.hash).await?;
        if let Some(next) = asked.or(there.map(|view| view.tranches)) {
            let effect = Effect::Known(id, next);
            if self.to.shows(effect, self.to.best().await?.hash).await? {
                return Ok(Due::Done(format!("nothing is to be proven: {}", self.standing(id, effect).await?)));
            }
        }
        let at = self.provable().await?;
        let view: Option<InstructionView> = self.from.ask("instruction", id, at.hash).await?;
        let (tranche, terms, pay_deadline) = match brought(view, asked, at)? {
            Due::Now(found) => found,
            Due::Done(why) => return Ok(Due::Done(why)),
        };
        let effect = Effect::Known(id, tranche);
        let here = self.to.best().await?.hash;
        if self.to.shows(effect, here).await? {
            return Ok(Due::Done(format!("nothing is to be proven: {}", self.standing(id, effect).await?)));
        }
        if self.to.now(here).await? >= pay_deadline {
            return Err(fault(format!(
                "the pay deadline, {}, has passed where the trade is decided; what is committed returns with tandem proof \
                 return, the other way round",
                dates::format(pay_deadline)
            )));
        }
        let commitment = self.from.commitment(id, tranche, at.hash).await?.ok_or_else(|| not_committed(tranche, at))?;
        let proof = self.from.prove_items(&[Item::RecordVersion, Item::Commitment(id, tranche)], at.hash).await?;
        let call = Call::instruct_by_proof(&terms, &commitment.instructing, tranche, &proof);
        Ok(Due::Now(Carried { call, proof, effect }))
    }

    /// To the network that has decided the trade: that its record is of no use any more.
    async fn forget(&self, id: InstructionId, tranche: TrancheIndex) -> anyhow::Result<Due<Carried>> {
        let here = self.to.best().await?.hash;
        let effect = Effect::Forgotten(id, tranche);
        let Some(record) = self.to.record(id, tranche, here).await? else {
            return Ok(Due::Done(format!("nothing is to be proven: {}", self.standing(id, effect).await?)));
        };
        let now = self.to.now(here).await?;
        let at = self.provable().await?;
        let is_committed = self.from.commitment(id, tranche, at.hash).await?.is_some();
        let shown = Shown { block: at.number, now: self.from.now(at.hash).await? };
        let items = forgotten(id, tranche, &record, now, is_committed, shown)?;
        let proof = self.from.prove_items(&items, at.hash).await?;
        Ok(Due::Now(Carried { call: Call::forget_by_proof(id, tranche, &proof), proof, effect }))
    }

    /// State where the proof goes, once that has come about.
    async fn standing(&self, id: InstructionId, effect: Effect) -> anyhow::Result<String> {
        let here = self.to.best().await?.hash;
        match effect {
            Effect::Imported(number) => Ok(format!("block {number} is imported")),
            Effect::Ended(_, tranche) => {
                let view: Option<InstructionView> = self.to.ask("instruction", id, here).await?;
                Ok(view
                    .map_or_else(|| "the instruction is past its retention".to_owned(), |view| ended(&view, tranche)))
            }
            Effect::Known(_, TrancheIndex(tranche)) => {
                Ok(match self.to.record(id, TrancheIndex(tranche), here).await?.map(|record| record.decision) {
                    Some(Decision::Executed { lots }) => {
                        format!("tranche {tranche} is executed there, with lots: {lots}")
                    }
                    Some(Decision::Rejected { reason }) => format!("tranche {tranche} is rejected there: {reason:?}"),
                    None => format!("tranche {tranche} is known there, and waits to be decided"),
                })
            }
            Effect::Forgotten(_, tranche) => Ok(format!("there is no record of tranche {} there", tranche.0)),
        }
    }
}

/// Commitment of the instruction; or that nothing is any more.
fn held(view: Option<InstructionView>) -> anyhow::Result<Due<Held>> {
    let view = view.ok_or_else(|| {
        fault(
            "there is no such instruction where the proof goes, or it is past its retention; check the id, and which \
             network is which",
        )
    })?;
    let tranche = view.tranches;
    match (view.stage, &view.terms) {
        (Stage::Committed { .. }, Some(VersionedTerms::V1(terms))) => {
            let two = terms.two_networks.as_ref();
            let two = two.ok_or_else(|| fault("the instruction is of one network only, so nothing is proven to it"))?;
            Ok(Due::Now(Held { tranche, pay_deadline: two.pay_deadline }))
        }
        (Stage::Closed { .. }, _) => Ok(Due::Done(format!("nothing is to be proven: {}", ended(&view, tranche)))),
        (_, _) if tranche.0 > 0 => Ok(Due::Done(format!("nothing is to be proven: {}", ended(&view, tranche)))),
        (_, _) => Err(fault("the instruction is not committed, so nothing is to be proven to it")),
    }
}

/// State of an instruction of which nothing, or another tranche than this one, is committed.
fn ended(view: &InstructionView, TrancheIndex(tranche): TrancheIndex) -> String {
    let settled = view.settled;
    match view.stage {
        Stage::Closed { outcome } => format!("the instruction is over ({outcome:?}), lots settled: {settled}"),
        Stage::Committed { .. } if view.tranches.0 != tranche => {
            format!("tranche {} is committed, lots settled: {settled}", view.tranches.0)
        }
        Stage::Committed { .. } => format!("tranche {tranche} is committed"),
        Stage::Proposed | Stage::Matched | Stage::Formed { .. } | Stage::Executing { .. } => {
            format!("nothing is committed now, lots settled: {settled}")
        }
    }
}

/// Proof that the tranche is executed.
fn delivered(id: InstructionId, held: Held, record: Option<Record>, shown: Shown) -> anyhow::Result<Vec<Item>> {
    let Held { tranche, pay_deadline } = held;
    match record.map(|record| record.decision) {
        Some(Decision::Executed { .. }) => Ok(vec![Item::RecordVersion, Item::Record(id, tranche)]),
        Some(Decision::Rejected { reason }) => Err(fault(format!(
            "the other network has rejected tranche {} ({reason:?}); prove that with tandem proof return",
            tranche.0
        ))),
        None if shown.now >= pay_deadline => Err(fault(format!(
            "the other network has let the pay deadline, {}, pass without executing tranche {}; prove that with tandem proof \
             return",
            dates::format(pay_deadline),
            tranche.0
        ))),
        None => Err(fault(format!(
            "the other network has not decided tranche {} in block {}, the newest that is imported; once it has, import a \
             newer one with tandem proof header",
            tranche.0, shown.block
        ))),
    }
}

/// Proof that the tranche is rejected, or that its time has passed.
fn returned(id: InstructionId, held: Held, record: Option<Record>, shown: Shown) -> anyhow::Result<Vec<Item>> {
    let Held { tranche, pay_deadline } = held;
    match record.map(|record| record.decision) {
        Some(Decision::Executed { lots }) => Err(fault(format!(
            "the other network has executed tranche {}, with lots: {lots}; prove that with tandem proof deliver",
            tranche.0
        ))),
        Some(Decision::Rejected { .. }) => Ok(vec![Item::RecordVersion, Item::Record(id, tranche)]),
        // Without a record it is the time there that says that none can come.
        None if shown.now >= pay_deadline => Ok(vec![Item::RecordVersion, Item::Record(id, tranche), Item::Now, Item::Genesis]),
        None => Err(fault(format!(
            "the pay deadline, {}, has not come in block {}, the newest that is imported: it was {} there; once it has, import \
             a newer one with tandem proof header",
            dates::format(pay_deadline),
            shown.block,
            dates::format(shown.now)
        ))),
    }
}

/// Tranche that is brought, with its terms and its last instant.
fn brought(
    view: Option<InstructionView>,
    asked: Option<TrancheIndex>,
    at: At,
) -> anyhow::Result<Due<(TrancheIndex, VersionedTerms, Moment)>> {
    let view = view.ok_or_else(|| {
        fault(format!(
            "the other network has no such instruction in block {}, the newest that is imported; import a newer one with \
             tandem proof header, or check the id, and which network is which",
            at.number
        ))
    })?;
    let tranche = asked.unwrap_or(view.tranches);
    match (view.stage, &view.terms) {
        (Stage::Committed { .. }, Some(terms)) if view.tranches == tranche => {
            let VersionedTerms::V1(inner) = terms;
            let pay_deadline = inner.two_networks.as_ref().map_or(Moment::MAX, |two| two.pay_deadline);
            Ok(Due::Now((tranche, terms.clone(), pay_deadline)))
        }
        (Stage::Closed { .. }, _) => Ok(Due::Done(format!("nothing is to be proven: {}", ended(&view, tranche)))),
        (_, _) if view.tranches > tranche => {
            Ok(Due::Done(format!("nothing is to be proven: {}", ended(&view, tranche))))
        }
        (_, _) => Err(not_committed(tranche, at)),
    }
}

fn not_committed(tranche: TrancheIndex, at: At) -> anyhow::Error {
    fault(format!(
        "tranche {} is not committed in block {}, the newest that is imported; once it is, import a newer one with tandem \
         proof header",
        tranche.0, at.number
    ))
}

/// Proof that nobody needs the record any more.
fn forgotten(
    id: InstructionId,
    tranche: TrancheIndex,
    record: &Record,
    now: Moment,
    is_committed: bool,
    shown: Shown,
) -> anyhow::Result<Vec<Item>> {
    let deadline = dates::format(record.pay_deadline);
    if now < record.pay_deadline {
        return Err(fault(format!("the record stays until the pay deadline, {deadline}; wait until then")));
    }
    if is_committed {
        return Err(fault(format!(
            "tranche {} is still committed in block {}, the newest that is imported; end it with tandem proof deliver or \
             return, the other way round, and import a newer one with tandem proof header",
            tranche.0, shown.block
        )));
    }
    if shown.now < record.pay_deadline {
        return Err(fault(format!(
            "the pay deadline, {deadline}, has not come in block {}, the newest that is imported; import a newer one with \
             tandem proof header",
            shown.block
        )));
    }
    Ok(vec![Item::RecordVersion, Item::Commitment(id, tranche), Item::Now, Item::Genesis])
}

#[cfg(test)]
#[path = "trade_tests.rs"]
mod tests;
