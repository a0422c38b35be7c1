//! What the source's validators have signed: as it happens, and what was missed while this program was away.

use super::node::{At, Node, Trouble};
use codec::{Decode, DecodeAll};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{
            verify_and_optimize_justification, verify_justification, GrandpaJustification,
            JustificationVerificationContext,
        },
        AuthoritySet, GrandpaConsensusLogReader,
    },
    sp_consensus_grandpa::{AuthorityList, SetId, GRANDPA_ENGINE_ID},
    sp_core::{Bytes, H256},
    sp_runtime::traits::Header as _,
};
use std::sync::Arc;
use subxt::rpcs::client::rpc_params;
use tandem_runtime::{BlockNumber, Header};
use tokio::{
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A header, and the signatures that make it final.
#[derive(Clone, Debug)]
pub struct Justified {
    /// The header.
    pub header: Header,
    /// Who signed it.
    pub justification: GrandpaJustification<Header>,
}

impl Justified {
    /// Which block it is.
    pub fn at(&self) -> At {
        (&self.header).into()
    }
}

/// The newest justified header, as the node tells.
pub struct Finality {
    newest: watch::Receiver<Option<Arc<Justified>>>,
    task: AbortHandle,
}

impl Drop for Finality {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Finality {
    /// The newest one; `None` until the first after the connection was made.
    pub fn newest(&mut self) -> Option<Arc<Justified>> {
        self.newest.borrow_and_update().clone()
    }

    /// Waits for the next one. Fails when the node has stopped telling.
    pub async fn changed(&mut self) -> Result<(), Trouble> {
        let ended = || Trouble::Passing("the node has ended its reports of finality".to_owned());
        self.newest.changed().await.map_err(|_| ended())
    }
}

/// Follows what the node reports as final. It has no replay: what was missed is asked for by [`Node::next_of_set`].
pub fn follow(node: Arc<Node>) -> Finality {
    let (tell, newest) = watch::channel(None);
    let task: JoinHandle<()> = tokio::spawn(async move {
        if let Err(trouble) = report(&node, &tell).await {
            tracing::debug!(%trouble, "finality is not reported any more");
        }
    });
    Finality { newest, task: task.abort_handle() }
}

async fn report(node: &Node, tell: &watch::Sender<Option<Arc<Justified>>>) -> Result<(), Trouble> {
    let lost = |error: subxt::rpcs::Error| node.passing(&super::node::innermost(&error));
    let mut justifications = node
        .subscribe::<Bytes>("grandpa_subscribeJustifications", rpc_params![], "grandpa_unsubscribeJustifications")
        .await
        .map_err(lost)?;
    while let Some(bytes) = justifications.next().await {
        let bytes = bytes.map_err(lost)?;
        let justified = node.justified(&bytes.0).await?;
        tell.send_replace(Some(Arc::new(justified)));
    }
    Ok(())
}

/// The justified header as a light client with this set takes it; `None` if another set signed it.
///
/// A vote more than it takes makes the light client refuse it: such votes are left out.
pub fn newest_of_set(justified: &Justified, set: &AuthoritySet) -> Option<Justified> {
    let context: JustificationVerificationContext = set.clone().try_into().ok()?;
    let mut own = justified.clone();
    let target = (own.header.hash(), *own.header.number());
    verify_and_optimize_justification(target, &context, &mut own.justification).ok()?;
    Some(own)
}

/// What the node answers to `grandpa_proveFinality`.
#[derive(Decode)]
struct FinalityProof {
    block: H256,
    justification: Vec<u8>,
    _unknown: Vec<Header>,
}

#[derive(serde::Deserialize)]
struct SignedBlock {
    justifications: Option<Vec<([u8; 4], Vec<u8>)>>,
}

/// Where a light client can begin.
#[derive(Clone, Debug)]
pub struct Origin {
    /// A header whose signatures were checked.
    pub header: Header,
    /// The validators after it.
    pub set: AuthoritySet,
}

impl Node {
    /// Reads encoded signatures, and fetches the header that they are of.
    async fn justified(&self, bytes: &[u8]) -> Result<Justified, Trouble> {
        let justification = GrandpaJustification::<Header>::decode_all(&mut &*bytes)
            .map_err(|error| self.passing(&format!("a justification that cannot be read: {error}")))?;
        let header = self.header(justification.commit.target_hash).await?;
        if *header.number() != justification.commit.target_number {
            return Err(self.passing("a justification whose number is not that of its block"));
        }
        Ok(Justified { header, justification })
    }

    /// How many sets of validators there were before the one that signs after this block.
    pub async fn set_id(&self, at: H256) -> Result<SetId, Trouble> {
        self.runtime_call("GrandpaApi_current_set_id", &(), Some(at)).await
    }

    async fn authorities(&self, at: H256) -> Result<AuthorityList, Trouble> {
        self.runtime_call("GrandpaApi_grandpa_authorities", &(), Some(at)).await
    }

    /// The last header of the set that signs after `imported`, if another set has taken over by `finalized`, or else the
    /// newest header that the node keeps signatures of.
    pub async fn next_of_set(
        &self,
        imported: At,
        finalized: At,
        set: &AuthoritySet,
    ) -> Result<Option<Justified>, Trouble> {
        let next = imported.number.saturating_add(1);
        // Until its first change of validators a node answers that it does not know: no justification is missing then.
        let proof: Option<Bytes> = self.request("grandpa_proveFinality", rpc_params![next]).await.unwrap_or(None);
        if let Some(proof) = proof {
            let proof = FinalityProof::decode(&mut &proof.0[..])
                .map_err(|error| self.passing(&format!("a proof of finality that cannot be read: {error}")))?;
            let justified = self.justified(&proof.justification).await?;
            if justified.header.hash() != proof.block {
                return Err(self.passing("a proof of finality of another block than it says"));
            }
            return Ok(newest_of_set(&justified, set));
        }
        if self.set_id(finalized.hash).await? == set.set_id {
            return Ok(None);
        }
        // The node does not know where its sets changed: it has not seen it itself. The states of the blocks tell.
        let (mut same, mut other) = (imported.number, finalized.number);
        while same.saturating_add(1) < other {
            let middle = same.saturating_add(other.saturating_sub(same) / 2);
            if self.set_id(self.hash_of(middle).await?).await? > set.set_id {
                other = middle;
            } else {
                same = middle;
            }
        }
        let hash = self.hash_of(other).await?;
        let block: Option<SignedBlock> = self.request("chain_getBlock", rpc_params![hash]).await?;
        let kept = block.and_then(|block| block.justifications).unwrap_or_default();
        let Some((_, bytes)) = kept.into_iter().find(|(engine, _)| *engine == GRANDPA_ENGINE_ID) else {
            return Err(self.passing(&format!(
                "the node has no justification of block {other}, which changes the validators; use one that has synced \
                 every block"
            )));
        };
        Ok(newest_of_set(&self.justified(&bytes).await?, set))
    }

    /// Where a light client of this chain can begin: at this header, once its signatures are checked against the
    /// validators that its parent's state names.
    pub async fn origin(&self, justified: &Justified) -> Result<Origin, Trouble> {
        let parent = *justified.header.parent_hash();
        let signing = AuthoritySet::new(self.authorities(parent).await?, self.set_id(parent).await?);
        let context: JustificationVerificationContext =
            signing.clone().try_into().map_err(|_| self.passing("a set of validators without any weight"))?;
        let target = (justified.header.hash(), *justified.header.number());
        let Some(own) = newest_of_set(justified, &signing) else {
            return Err(self.passing("the signatures of a header are not those of the chain's validators"));
        };
        verify_justification(target, &context, &own.justification)
            .map_err(|error| self.passing(&format!("the signatures of a header are not good: {error:?}")))?;
        let after = GrandpaConsensusLogReader::<BlockNumber>::find_scheduled_change(own.header.digest());
        let set = match after {
            None => signing,
            Some(change) => AuthoritySet::new(change.next_authorities, signing.set_id.saturating_add(1)),
        };
        if set.authorities != self.authorities(target.0).await? || set.set_id != self.set_id(target.0).await? {
            return Err(self.passing("a header names other validators than its state"));
        }
        Ok(Origin { header: own.header, set })
    }
}
