//! `tandem proof`: what a gateway carries, carried by hand: one final header, or one proof of the other network's state.

use super::{
    load::key,
    report::parse_id,
    transact::{self, Wanted},
};
use crate::{
    args::{Common, Proof, ProofOf, Way},
    chain::{
        calls::Call,
        client::At,
        counterpart::Item,
        types::{Header, HeaderProof},
        Chain,
    },
    fault::fault,
    output,
};
use anyhow::anyhow;
use polkadot_sdk::{
    bp_header_chain::justification::{
        verify_and_optimize_justification, GrandpaJustification, JustificationVerificationContext,
    },
    sp_runtime::traits::Header as _,
};
use serde_json::{json, Value};
use tandem_primitives::{InstructionId, InstructionView, Stage, TrancheIndex, VersionedTerms};

/// After so many headers something is wrong: there is one for each change of validators, and the newest.
const MOST_HEADERS: usize = 256;

/// The two networks: what is so on `from` is proven to `to`.
struct Ends {
    from: Chain,
    to: Chain,
}

/// Runs it.
pub async fn run(common: &Common, proof: &Proof) -> anyhow::Result<()> {
    let (way, trade) = match &proof.of {
        ProofOf::Header(way) => (way, None),
        ProofOf::Deliver(trade) | ProofOf::Return(trade) | ProofOf::Instruct(trade) | ProofOf::Forget(trade) => {
            (&trade.way, Some((parse_id(&trade.id)?, trade.tranche.map(TrancheIndex))))
        }
    };
    let ends = Ends::connect(way).await?;
    let Some((id, tranche)) = trade else { return ends.headers(common, way).await };
    let at = ends.imported().await?;
    let (call, proven) = match &proof.of {
        ProofOf::Deliver(_) => ends.deliver(id, at).await?,
        ProofOf::Return(_) => ends.give_back(id, at).await?,
        ProofOf::Instruct(_) => ends.instruct(id, tranche, at).await?,
        ProofOf::Forget(_) => ends.forget(id, tranche.unwrap_or_default(), at).await?,
        ProofOf::Header(_) => return Ok(()),
    };
    let shown = json!({
        "call": call.title(), "block": at.number, "header": format!("{:?}", at.hash), "bytes": size(&proven),
        "nodes": proven.nodes.iter().map(|node| format!("0x{}", hex::encode(node))).collect::<Vec<_>>(),
        "encoded": ends.encoded(&call)?,
    });
    if way.print {
        return output::answer(common.output, shown.clone(), || format!("{shown:#}"));
    }
    let title = call.title();
    ends.send(way, call).await?;
    output::answer(common.output, shown, || {
        format!("{title} is final: proven by block {} of the other network, {} bytes", at.number, size(&proven))
    })
}

fn size(proof: &HeaderProof) -> usize {
    proof.nodes.iter().map(Vec::len).sum()
}

impl Ends {
    async fn connect(way: &Way) -> anyhow::Result<Self> {
        let from = Chain::connect(&way.from_url).await?;
        let to = Chain::connect(&way.to_url).await?;
        match to.counterpart(to.best().await?.hash).await? {
            Some((genesis, _)) if genesis == from.genesis => Ok(Self { from, to }),
            Some(_) => Err(fault(format!("{}: its counterpart is not the network of {}", way.to_url, way.from_url))),
            None => Err(fault(format!("{}: this network has no counterpart; its operator opens one", way.to_url))),
        }
    }

    /// The newest header that can be proven against.
    async fn imported(&self) -> anyhow::Result<At> {
        let imported = self.to.imported(self.to.best().await?.hash).await?;
        imported.ok_or_else(|| fault("the light client is not initialised; its operator does that"))
    }

    async fn deliver(&self, id: InstructionId, at: At) -> anyhow::Result<(Call, HeaderProof)> {
        let tranche = self.committed(id).await?;
        if self.from.record(id, tranche, at.hash).await?.is_none() {
            return Err(fault(format!(
                "nothing is decided about tranche {} in block {}, the newest that is imported; import a newer one with \
                 tandem proof header, or wait",
                tranche.0, at.number
            )));
        }
        let proof = self.from.prove(&[Item::RecordVersion, Item::Record(id, tranche)], at.hash).await?;
        Ok((Call::deliver_by_proof(id, &proof), proof))
    }

    async fn give_back(&self, id: InstructionId, at: At) -> anyhow::Result<(Call, HeaderProof)> {
        let tranche = self.committed(id).await?;
        let mut items = vec![Item::RecordVersion, Item::Record(id, tranche)];
        // Without a record it is the time there that says that none can come.
        if self.from.record(id, tranche, at.hash).await?.is_none() {
            items.push(Item::Now);
        }
        let proof = self.from.prove(&items, at.hash).await?;
        Ok((Call::return_by_proof(id, &proof), proof))
    }

    async fn instruct(
        &self,
        id: InstructionId,
        tranche: Option<TrancheIndex>,
        at: At,
    ) -> anyhow::Result<(Call, HeaderProof)> {
        let view: Option<InstructionView> = self.from.ask("instruction", id, at.hash).await?;
        let view =
            view.ok_or_else(|| fault(format!("the other network has no such instruction in block {}", at.number)))?;
        let tranche = tranche.unwrap_or(view.tranches);
        let not_committed = || fault(format!("tranche {} is not committed in block {}", tranche.0, at.number));
        let terms: VersionedTerms = view.terms.ok_or_else(not_committed)?;
        let commitment = self.from.commitment(id, tranche, at.hash).await?.ok_or_else(not_committed)?;
        let proof = self.from.prove(&[Item::RecordVersion, Item::Commitment(id, tranche)], at.hash).await?;
        Ok((Call::instruct_by_proof(&terms, &commitment.instructing, tranche, &proof), proof))
    }

    async fn forget(&self, id: InstructionId, tranche: TrancheIndex, at: At) -> anyhow::Result<(Call, HeaderProof)> {
        let items = [Item::RecordVersion, Item::Commitment(id, tranche), Item::Now];
        let proof = self.from.prove(&items, at.hash).await?;
        Ok((Call::forget_by_proof(id, tranche, &proof), proof))
    }

    /// The tranche that is committed where the proof goes.
    async fn committed(&self, id: InstructionId) -> anyhow::Result<TrancheIndex> {
        let view: Option<InstructionView> = self.to.ask("instruction", id, self.to.best().await?.hash).await?;
        match view {
            Some(InstructionView { stage: Stage::Committed { .. }, tranches, .. }) => Ok(tranches),
            Some(InstructionView { stage: Stage::Closed { outcome }, .. }) => {
                Err(fault(format!("the instruction is over: {outcome:?}")))
            }
            Some(_) => Err(fault("the instruction is not committed, so nothing is to be proven to it")),
            None => Err(fault("there is no such instruction; check the id, and which network is which")),
        }
    }

    /// Imports what is final on the other network, one header for each change of its validators and the newest.
    async fn headers(&self, common: &Common, way: &Way) -> anyhow::Result<()> {
        let mut shown: Vec<Value> = Vec::new();
        // What becomes final meanwhile is for another time.
        let last = self.from.finalized().await?.number;
        for _ in 0..MOST_HEADERS {
            let best = self.imported().await?;
            let next = best.number.saturating_add(1);
            if next > last {
                break;
            }
            let justification = self.from.justification(next).await?;
            let (header, call) = self.header(justification).await?;
            if u64::from(header.number) <= best.number {
                break;
            }
            shown.push(json!({
                "block": header.number, "header": format!("{:?}", header.hash()), "encoded": self.encoded(&call)?,
            }));
            if way.print {
                break;
            }
            self.send(way, call).await?;
        }
        let last = shown.last().and_then(|last| last.get("block")).cloned();
        output::answer(common.output, json!(shown), || match last {
            _ if way.print => format!("{:#}", json!(shown)),
            Some(block) => format!("{} headers imported, the last of block {block}", shown.len()),
            None => "the newest final header is imported already".to_owned(),
        })
    }

    /// A header, and the call that imports it with no more votes than are needed: the light client takes no others.
    async fn header(&self, mut justification: GrandpaJustification<Header>) -> anyhow::Result<(Header, Call)> {
        let header = self.from.whole_header(justification.commit.target_hash).await?;
        let validators = self.to.other_validators(self.to.best().await?.hash).await?;
        let set = validators.set_id;
        let context = JustificationVerificationContext::try_from(validators)
            .map_err(|error| anyhow!("the validators that the light client knows: {error:?}"))?;
        verify_and_optimize_justification((header.hash(), *header.number()), &context, &mut justification).map_err(
            |error| fault(format!("the justification of block {} does not hold: {error:?}; try again", header.number)),
        )?;
        let call = Call::submit_finality_proof(&header, &justification, set);
        Ok((header, call))
    }

    fn encoded(&self, call: &Call) -> anyhow::Result<String> {
        let bytes = self.to.codec.tx().call_data(call).map_err(|error| anyhow!("{}: {error}", call.title()))?;
        Ok(format!("0x{}", hex::encode(bytes)))
    }

    async fn send(&self, way: &Way, call: Call) -> anyhow::Result<()> {
        let signer = way.signer.as_deref().ok_or_else(|| {
            fault("nobody is named who sends it; name an account's key with --signer, or look at it with --print")
        })?;
        let purpose = call.title();
        transact::all(
            &self.to,
            &purpose,
            vec![Wanted { key: key(signer)?, call, purpose: purpose.clone(), unless: None }],
        )
        .await
    }
}
