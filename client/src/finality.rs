//! Finality as a node reports and keeps it: signed headers, sets of validators, and headers with which a light client begins.

use crate::{
    connection::{BlockRef, Chain, Header},
    error::Error,
};
use codec::{Decode, DecodeAll};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{
            verify_and_optimize_justification, verify_justification, GrandpaJustification,
            JustificationVerificationContext,
        },
        AuthoritySet, GrandpaConsensusLogReader,
    },
    sp_consensus_grandpa::{AuthorityList, SetId},
    sp_core::{Bytes, H256},
};
use std::sync::Arc;
use subxt::rpcs::client::rpc_params;
use tokio::{
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A header, and the signatures that make it final.
#[derive(Clone, Debug)]
pub struct Justified {
    /// Header that is final.
    pub header: Header,
    /// Signatures of the validators for it.
    pub justification: GrandpaJustification<Header>,
}

impl Justified {
    /// Number and hash of the block.
    pub fn at(&self) -> BlockRef {
        (&self.header).into()
    }
}

/// The newest justified header, as far as the node tells.
pub struct Finality {
    reported: watch::Receiver<Option<Arc<Justified>>>,
    newest: Option<Arc<Justified>>,
    task: AbortHandle,
}

impl Drop for Finality {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Finality {
    fn new(reported: watch::Receiver<Option<Arc<Justified>>>, task: AbortHandle) -> Self {
        Self { reported, newest: None, task }
    }

    /// The newest one; `None` until the node has told of any.
    pub fn newest(&mut self) -> Option<Arc<Justified>> {
        let reported = self.reported.borrow_and_update().clone();
        let height = |justified: &Option<Arc<Justified>>| justified.as_ref().map(|justified| justified.at().number);
        if height(&reported) > height(&self.newest) {
            self.newest = reported;
        }
        self.newest.clone()
    }

    /// Waits for the next report. Fails when the node has stopped telling.
    pub async fn changed(&mut self) -> Result<(), Error> {
        let ended = || Error::Disconnected("the node has ended its reports of finality".to_owned());
        self.reported.changed().await.map_err(|_| ended())
    }
}

/// Follows what the node reports as final. A node repeats the last report while it has no other, so that what a chain that has
/// stopped made final is known too. The last header of an earlier set is asked for with [`Chain::next_of_set`].
pub fn follow(chain: Arc<Chain>) -> Finality {
    let (tell, reported) = watch::channel(None);
    let task: JoinHandle<()> = tokio::spawn(async move {
        if let Err(error) = report(&chain, &tell).await {
            tracing::debug!(%error, "finality is not reported any more");
        }
    });
    Finality::new(reported, task.abort_handle())
}

async fn report(chain: &Chain, tell: &watch::Sender<Option<Arc<Justified>>>) -> Result<(), Error> {
    const REPORTS: &str = "grandpa_subscribeJustifications";
    let mut justifications = chain
        .subscribe::<Bytes>(REPORTS, rpc_params![], "grandpa_unsubscribeJustifications")
        .await
        .map_err(|error| chain.error(REPORTS, &error))?;
    while let Some(bytes) = justifications.next().await {
        let bytes = bytes.map_err(|error| chain.error(REPORTS, &error))?;
        let justified = chain.justified(&bytes.0).await?;
        tell.send_replace(Some(Arc::new(justified)));
    }
    Ok(())
}

/// Justified header as a light client with this set takes it; `None` if another set signed it.
///
/// A vote more than it takes makes the light client refuse it: such votes are left out.
pub fn newest_of_set(justified: &Justified, set: &AuthoritySet) -> Option<Justified> {
    let context: JustificationVerificationContext = set.clone().try_into().ok()?;
    let mut own = justified.clone();
    let target = (own.header.hash(), own.header.number);
    verify_and_optimize_justification(target, &context, &mut own.justification).ok()?;
    Some(own)
}

/// A proof of finality comes with every header from the block that it is asked for to the one that is signed, of 370
/// bytes each in hexadecimal. More than 10 MB break the connection; so many are 9 MB, and thirteen hours of blocks.
const MOST_HEADERS: u32 = 24_000;

/// Answer of the node to `grandpa_proveFinality`.
#[derive(Decode)]
struct FinalityProof {
    block: H256,
    justification: Vec<u8>,
    _unknown: Vec<Header>,
}

/// Header and validators with which a light client can begin.
#[derive(Clone, Debug)]
pub struct InitialHeader {
    /// A header whose signatures were checked.
    pub header: Header,
    /// The validators after it.
    pub set: AuthoritySet,
}

impl Chain {
    /// Reads encoded signatures, and fetches the header that they are of.
    pub async fn justified(&self, bytes: &[u8]) -> Result<Justified, Error> {
        let justification = GrandpaJustification::<Header>::decode_all(&mut &*bytes)
            .map_err(|error| self.transient(&format!("a justification that cannot be read: {error}")))?;
        let header = self.header(justification.commit.target_hash).await?;
        if header.number != justification.commit.target_number {
            return Err(self.transient("a justification whose number is not that of its block"));
        }
        Ok(Justified { header, justification })
    }

    /// Number of the set of validators that signs after this block, counted from 0.
    pub async fn set_id(&self, at: H256) -> Result<SetId, Error> {
        self.runtime_call("GrandpaApi_current_set_id", &(), Some(at)).await
    }

    async fn authorities(&self, at: H256) -> Result<AuthorityList, Error> {
        self.runtime_call("GrandpaApi_grandpa_authorities", &(), Some(at)).await
    }

    /// The last header of the set that signs after `imported`, where another has taken over by `finalized`.
    pub async fn next_of_set(
        &self,
        imported: BlockRef,
        finalized: BlockRef,
        set: &AuthoritySet,
    ) -> Result<Justified, Error> {
        let same = self.near_the_end(imported, finalized, set.set_id).await?;
        let proven = self.proven(same.saturating_add(1)).await?;
        let justified = proven.ok_or_else(|| {
            let what = "the node has no signatures of the block that changes the validators";
            self.transient(&format!("{what}; use one that has synced every block"))
        })?;
        newest_of_set(&justified, set)
            .filter(|justified| justified.at().number > imported.number)
            .ok_or_else(|| self.transient("what changes the validators is not signed by those that are known"))
    }

    /// A block after which the same set signs as after `imported`, and of whose set the last one is so near that a proof
    /// of it can be asked for.
    ///
    /// Where that is near from the beginning no state is read: a node may have discarded those of old blocks.
    async fn near_the_end(&self, imported: BlockRef, finalized: BlockRef, set_id: SetId) -> Result<u32, Error> {
        let (mut same, mut other) = (imported.number, finalized.number);
        while other.saturating_sub(same) > MOST_HEADERS {
            let middle = same.saturating_add(other.saturating_sub(same) / 2);
            let found = match self.set_id(self.hash_of(middle).await?).await {
                Err(Error::Pruned(why) | Error::Transient(why)) => {
                    let sentence = format!(
                        "{why}; the state of block {middle} tells where the validators changed: use a node with \
                         --state-pruning archive-canonical"
                    );
                    return Err(Error::Transient(sentence));
                }
                found => found?,
            };
            if found > set_id {
                other = middle;
            } else {
                same = middle;
            }
        }
        Ok(same)
    }

    /// The last header of the set that has signed this block, or the newest one if that is the present set; `None` if
    /// the node has no signatures of it.
    async fn proven(&self, number: u32) -> Result<Option<Justified>, Error> {
        let proof: Option<Bytes> = self.request("grandpa_proveFinality", rpc_params![number]).await?;
        let Some(proof) = proof else { return Ok(None) };
        let proof = FinalityProof::decode(&mut &proof.0[..])
            .map_err(|error| self.transient(&format!("a proof of finality that cannot be read: {error}")))?;
        let justified = self.justified(&proof.justification).await?;
        if justified.header.hash() != proof.block {
            return Err(self.transient("a proof of finality of another block than it says"));
        }
        Ok(Some(justified))
    }

    /// Beginning for a light client of this chain at the block with this number, as far as `newest` is final.
    ///
    /// The node's own state says who signs after it, as it does of who has signed the newest one.
    pub async fn initial_header_at(&self, number: u32, newest: &InitialHeader) -> Result<InitialHeader, Error> {
        if number > newest.header.number {
            return Err(self.transient(&format!("block {number} is not final yet; name an earlier one, or wait")));
        }
        let header = self.header(self.hash_of(number).await?).await?;
        let at = header.hash();
        let set = AuthoritySet::new(self.authorities(at).await?, self.set_id(at).await?);
        Ok(InitialHeader { header, set })
    }

    /// Beginning for a light client of this chain at this header, once its signatures are checked against the
    /// validators that its parent's state names.
    pub async fn initial_header(&self, justified: &Justified) -> Result<InitialHeader, Error> {
        let parent = justified.header.parent_hash;
        let signing = AuthoritySet::new(self.authorities(parent).await?, self.set_id(parent).await?);
        let context: JustificationVerificationContext =
            signing.clone().try_into().map_err(|_| self.transient("a set of validators without any weight"))?;
        let target = (justified.header.hash(), justified.header.number);
        let Some(own) = newest_of_set(justified, &signing) else {
            return Err(self.transient("the signatures of a header are not those of the chain's validators"));
        };
        verify_justification(target, &context, &own.justification)
            .map_err(|error| self.transient(&format!("the signatures of a header are not good: {error:?}")))?;
        let after = GrandpaConsensusLogReader::<u32>::find_scheduled_change(&own.header.digest);
        let set = match after {
            None => signing,
            Some(change) => AuthoritySet::new(change.next_authorities, signing.set_id.saturating_add(1)),
        };
        if set.authorities != self.authorities(target.0).await? || set.set_id != self.set_id(target.0).await? {
            return Err(self.transient("a header names other validators than its state"));
        }
        Ok(InitialHeader { header: own.header, set })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::StubChain;

    #[tokio::test]
    async fn newest_should_be_the_highest_that_was_reported() {
        let chain = StubChain::of(50, &[20]);
        let (tell, reported) = watch::channel(None);
        let mut finality = Finality::new(reported, tokio::spawn(async {}).abort_handle());
        assert!(finality.newest().is_none(), "nothing was reported");
        for (number, newest) in [(40, 40), (40, 40), (45, 45), (30, 45)] {
            tell.send_replace(Some(Arc::new(chain.chain().justified(&chain.signatures(number)).await.unwrap())));
            finality.changed().await.unwrap();
            assert_eq!(finality.newest().unwrap().at(), chain.at(newest));
        }
        drop(tell);
        assert!(matches!(finality.changed().await, Err(Error::Disconnected(_))));
    }

    #[tokio::test]
    async fn next_of_set_should_ask_once_where_the_change_is_near() {
        let chain = StubChain::of(20_000, &[700]).with_states_from(20_000);
        let found = chain.chain().next_of_set(chain.at(100), chain.at(20_000), &chain.set(0)).await.unwrap();
        assert_eq!(found.at(), chain.at(700));
        assert_eq!(chain.asked("state_call"), 0, "a node may have discarded old states");
        assert_eq!(chain.asked("grandpa_proveFinality"), 1);
    }

    #[tokio::test]
    async fn next_of_set_should_find_the_change_after_a_long_absence() {
        for change in [1_001, 1_500, 20_000, 40_000, 59_999] {
            let chain = StubChain::of(61_000, &[900, change, 60_000]);
            let found = chain.chain().next_of_set(chain.at(1_000), chain.at(61_000), &chain.set(1)).await.unwrap();
            assert_eq!(found.at(), chain.at(change));
            assert_eq!(chain.asked("grandpa_proveFinality"), 1);
        }
    }

    #[tokio::test]
    async fn next_of_set_should_name_the_cure_when_the_states_that_tell_are_gone() {
        let chain = StubChain::of(60_100, &[30_000]).with_states_from(60_000);
        let found = chain.chain().next_of_set(chain.at(1_000), chain.at(60_100), &chain.set(0)).await;
        let Err(Error::Transient(sentence)) = found else { panic!("{found:?}") };
        assert!(sentence.ends_with("use a node with --state-pruning archive-canonical"), "{sentence}");
    }

    #[tokio::test]
    async fn next_of_set_should_not_take_what_another_set_has_signed() {
        let chain = StubChain::of(1_000, &[700]);
        let found = chain.chain().next_of_set(chain.at(100), chain.at(1_000), &chain.set(1)).await;
        let Err(Error::Transient(sentence)) = found else { panic!("{found:?}") };
        assert!(sentence.ends_with("is not signed by those that are known"), "{sentence}");
    }
}
