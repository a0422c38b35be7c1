//! `tandem proof`: what a gateway carries, carried by hand: one final header, or one proof of the other network's state.
//!
//! It needs no gateway, and does not mind one: what somebody else has brought in the meantime is done.

mod header;
mod trade;

use super::{
    load::key,
    report::parse_id,
    transact::{self, By, Wanted},
};
use crate::{
    args::{Common, Proof, ProofOf, Way},
    chain::{
        calls::Call,
        client::At,
        connect,
        counterpart::{Effect, Kept},
        Chain,
    },
    fault::fault,
    output,
};
use serde_json::json;
use tandem_primitives::TrancheIndex;
use trade::Aim;

/// The two networks: what is so on `from` is proven to `to`.
struct Ends<'a> {
    from: Chain,
    to: Chain,
    way: &'a Way,
}

/// Runs the command `tandem proof`.
pub async fn run(common: &Common, proof: &Proof) -> anyhow::Result<()> {
    let (aim, trade) = match &proof.of {
        ProofOf::Header(way) => return Ends::connect(way).await?.headers(common).await,
        ProofOf::Deliver(trade) => (Aim::Deliver, trade),
        ProofOf::Return(trade) => (Aim::Return, trade),
        ProofOf::Instruct(trade) => (Aim::Instruct, trade),
        ProofOf::Forget(trade) => (Aim::Forget, trade),
    };
    let id = parse_id(&trade.id)?;
    Ends::connect(&trade.way).await?.trade(common, aim, id, trade.tranche.map(TrancheIndex)).await
}

/// Says that nothing is to be sent, and why.
fn done(common: &Common, why: &str) -> anyhow::Result<()> {
    output::answer(common.output, json!({ "sent": false, "why": why }), || why.to_owned())
}

impl<'a> Ends<'a> {
    async fn connect(way: &'a Way) -> anyhow::Result<Self> {
        let from = connect(&way.from_url, "--from-url").await?;
        let to = connect(&way.to_url, "--to-url").await?;
        match to.link(to.best().await?.hash).await? {
            Some(link) if link.genesis == from.genesis => Ok(Self { from, to, way }),
            Some(_) => Err(fault(format!(
                "{}: its counterpart is not the network of {}; see whether the two addresses are the wrong way round",
                way.to_url, way.from_url
            ))),
            None => Err(fault(format!("{}: this network has no counterpart; its operator opens one", way.to_url))),
        }
    }

    /// The newest header that is imported, which the other network's node must know.
    async fn imported(&self) -> anyhow::Result<(At, Kept)> {
        let Way { from_url, to_url, .. } = self.way;
        let imported = self.to.imported(self.to.best().await?.hash).await?.ok_or_else(|| {
            fault(format!("{to_url}: the light client is not initialised; the network's operator does that"))
        })?;
        match self.from.keeps(imported.hash).await? {
            Kept::Nothing => Err(fault(format!(
                "{from_url}: the node does not know block {}, which {to_url} has imported; wait until it has synced, or name \
                 another",
                imported.number
            ))),
            kept => Ok((imported, kept)),
        }
    }

    /// The newest header that can be proven against.
    async fn provable(&self) -> anyhow::Result<At> {
        let Way { from_url, to_url, .. } = self.way;
        if self.to.is_halted(self.to.best().await?.hash).await? {
            return Err(fault(format!(
                "{to_url}: the operator has halted it, and nothing can be proven to it meanwhile"
            )));
        }
        match self.imported().await? {
            (imported, Kept::All) => Ok(imported),
            (imported, Kept::Header | Kept::Nothing) => Err(fault(format!(
                "{from_url}: the node has not kept the state of block {}, the newest that {to_url} has imported; import a \
                 newer one with tandem proof header and prove soon after it, or name a node that keeps all states \
                 (--state-pruning archive-canonical)",
                imported.number
            ))),
        }
    }

    /// The call for another wallet to send.
    fn encoded(&self, call: &Call) -> anyhow::Result<String> {
        Ok(format!("0x{}", hex::encode(self.to.encode(call)?)))
    }

    /// Sends it, and waits until what it is for has come about and is final.
    async fn send(&self, call: Call, effect: Effect) -> anyhow::Result<By> {
        let signer = self.way.signer.as_deref().ok_or_else(|| {
            fault("nobody is named who sends it; name an account's key with --signer, or look at it with --print")
        })?;
        let purpose = call.title();
        transact::carry(&self.to, &Wanted { key: key(signer)?, call, purpose, unless: None }, effect).await
    }
}
