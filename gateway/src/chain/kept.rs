//! What a node keeps of finality, for what its reports do not reach: the last header of a set of validators.

use super::{
    finality::{newest_of_set, Justified},
    node::{At, Node, Trouble},
};
use codec::{Decode, DecodeAll};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_justification, GrandpaJustification, JustificationVerificationContext},
        AuthoritySet, GrandpaConsensusLogReader,
    },
    sp_consensus_grandpa::{AuthorityList, SetId},
    sp_core::{Bytes, H256},
    sp_runtime::traits::Header as _,
};
use subxt::rpcs::client::rpc_params;
use tandem_runtime::{BlockNumber, Header};

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
pub struct Origin {
    /// A header whose signatures were checked.
    pub header: Header,
    /// The validators after it.
    pub set: AuthoritySet,
}

impl Node {
    /// Reads encoded signatures, and fetches the header that they are of.
    pub async fn justified(&self, bytes: &[u8]) -> Result<Justified, Trouble> {
        let justification = GrandpaJustification::<Header>::decode_all(&mut &*bytes)
            .map_err(|error| self.passing(&format!("a justification that cannot be read: {error}")))?;
        let header = self.header(justification.commit.target_hash).await?;
        if *header.number() != justification.commit.target_number {
            return Err(self.passing("a justification whose number is not that of its block"));
        }
        Ok(Justified { header, justification })
    }

    /// Number of the set of validators that signs after this block, counted from 0.
    pub async fn set_id(&self, at: H256) -> Result<SetId, Trouble> {
        self.runtime_call("GrandpaApi_current_set_id", &(), Some(at)).await
    }

    async fn authorities(&self, at: H256) -> Result<AuthorityList, Trouble> {
        self.runtime_call("GrandpaApi_grandpa_authorities", &(), Some(at)).await
    }

    /// The last header of the set that signs after `imported`, where another has taken over by `finalized`.
    pub async fn next_of_set(&self, imported: At, finalized: At, set: &AuthoritySet) -> Result<Justified, Trouble> {
        let same = self.near_the_end(imported, finalized, set.set_id).await?;
        let proven = self.proven(same.saturating_add(1)).await?;
        let justified = proven.ok_or_else(|| {
            let what = "the node has no signatures of the block that changes the validators";
            self.passing(&format!("{what}; use one that has synced every block"))
        })?;
        newest_of_set(&justified, set)
            .filter(|justified| justified.at().number > imported.number)
            .ok_or_else(|| self.passing("what changes the validators is not signed by those that are known"))
    }

    /// A block after which the same set signs as after `imported`, and of whose set the last one is so near that a proof
    /// of it can be asked for.
    ///
    /// Where that is near from the beginning no state is read: a node may have discarded those of old blocks.
    async fn near_the_end(&self, imported: At, finalized: At, set_id: SetId) -> Result<u32, Trouble> {
        let (mut same, mut other) = (imported.number, finalized.number);
        while other.saturating_sub(same) > MOST_HEADERS {
            let middle = same.saturating_add(other.saturating_sub(same) / 2);
            let found = match self.set_id(self.hash_of(middle).await?).await {
                Err(Trouble::Passing(why)) => {
                    let sentence = format!(
                        "{why}; the state of block {middle} tells where the validators changed: use a node with \
                         --state-pruning archive-canonical"
                    );
                    return Err(Trouble::Passing(sentence));
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
    async fn proven(&self, number: u32) -> Result<Option<Justified>, Trouble> {
        let proof: Option<Bytes> = self.request("grandpa_proveFinality", rpc_params![number]).await?;
        let Some(proof) = proof else { return Ok(None) };
        let proof = FinalityProof::decode(&mut &proof.0[..])
            .map_err(|error| self.passing(&format!("a proof of finality that cannot be read: {error}")))?;
        let justified = self.justified(&proof.justification).await?;
        if justified.header.hash() != proof.block {
            return Err(self.passing("a proof of finality of another block than it says"));
        }
        Ok(Some(justified))
    }

    /// Beginning for a light client of this chain at the block with this number, as far as `newest` is final.
    ///
    /// The node's own state says who signs after it, as it does of who has signed the newest one.
    pub async fn origin_at(&self, number: u32, newest: &Origin) -> Result<Origin, Trouble> {
        if number > *newest.header.number() {
            return Err(self.passing(&format!("block {number} is not final yet; name an earlier one, or wait")));
        }
        let header = self.header(self.hash_of(number).await?).await?;
        let at = header.hash();
        let set = AuthoritySet::new(self.authorities(at).await?, self.set_id(at).await?);
        Ok(Origin { header, set })
    }

    /// Beginning for a light client of this chain at this header, once its signatures are checked against the
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::testing::Keeps;

    #[tokio::test]
    async fn next_of_set_should_ask_once_where_the_change_is_near() {
        let chain = Keeps::of(20_000, &[700]).with_states_from(20_000);
        let node = chain.node();
        let found = node.next_of_set(chain.at(100), chain.at(20_000), &chain.set(0)).await.unwrap();
        assert_eq!(found.at(), chain.at(700));
        assert_eq!(chain.asked("state_call"), 0, "a node may have discarded old states");
        assert_eq!(chain.asked("grandpa_proveFinality"), 1);
    }

    #[tokio::test]
    async fn next_of_set_should_find_the_change_after_a_long_absence() {
        for change in [1_001, 1_500, 20_000, 40_000, 59_999] {
            let chain = Keeps::of(61_000, &[900, change, 60_000]);
            let node = chain.node();
            let found = node.next_of_set(chain.at(1_000), chain.at(61_000), &chain.set(1)).await.unwrap();
            assert_eq!(found.at(), chain.at(change));
            assert_eq!(chain.asked("grandpa_proveFinality"), 1);
        }
    }

    #[tokio::test]
    async fn next_of_set_should_name_the_cure_when_the_states_that_tell_are_gone() {
        let chain = Keeps::of(60_100, &[30_000]).with_states_from(60_000);
        let found = chain.node().next_of_set(chain.at(1_000), chain.at(60_100), &chain.set(0)).await;
        let Err(Trouble::Passing(sentence)) = found else { panic!("{found:?}") };
        assert!(sentence.ends_with("use a node with --state-pruning archive-canonical"), "{sentence}");
    }

    #[tokio::test]
    async fn next_of_set_should_not_take_what_another_set_has_signed() {
        let chain = Keeps::of(1_000, &[700]);
        let found = chain.node().next_of_set(chain.at(100), chain.at(1_000), &chain.set(1)).await;
        let Err(Trouble::Passing(sentence)) = found else { panic!("{found:?}") };
        assert!(sentence.ends_with("is not signed by those that are known"), "{sentence}");
    }
}
