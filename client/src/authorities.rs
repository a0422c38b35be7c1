//! Sets of validators: the header with which each ends, and headers with which a light client begins.

use crate::{
    connection::{BlockRef, Chain, Header},
    error::Error,
    finality::{newest_of_set, Justified},
};
use codec::Decode;
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_justification, JustificationVerificationContext},
        AuthoritySet, GrandpaConsensusLogReader,
    },
    sp_consensus_grandpa::{AuthorityList, SetId, GRANDPA_ENGINE_ID},
    sp_core::{Bytes, H256},
};
use subxt::rpcs::client::rpc_params;

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
    /// Number of the set of validators that signs after this block, counted from 0.
    pub async fn set_id(&self, at: H256) -> Result<SetId, Error> {
        self.runtime_call("GrandpaApi_current_set_id", &(), Some(at)).await
    }

    async fn authorities(&self, at: H256) -> Result<AuthorityList, Error> {
        self.runtime_call("GrandpaApi_grandpa_authorities", &(), Some(at)).await
    }

    /// Header with which a light client goes on that has imported this block and knows this set: the last one of the set,
    /// or, if the set signs still, the newest one up to `last` or after it.
    pub async fn next_justified(
        &self,
        imported: BlockRef,
        last: BlockRef,
        set: &AuthoritySet,
    ) -> Result<Justified, Error> {
        let signing = self.set_id(last.hash).await?;
        if signing < set.set_id {
            return Err(self.transient("the node has not synced as far as the light client has; wait, or name another"));
        }
        if signing > set.set_id {
            return self.next_of_set(imported, last, set).await;
        }
        // Asked for by the last final block it comes without any other header. Until the first change of validators a node
        // answers that it does not know, and one that has just started may not have seen newer signatures.
        let newest = match self.proven(last.number).await?.filter(|newest| newest.header.number > imported.number) {
            Some(newest) => newest,
            None => self.reported_after(imported.number).await?,
        };
        newest_of_set(&newest, set).ok_or_else(|| self.signed_by_others(newest.header.number))
    }

    /// Last header of the set that signs after `imported`, where another has taken over by `finalized`.
    pub async fn next_of_set(
        &self,
        imported: BlockRef,
        finalized: BlockRef,
        set: &AuthoritySet,
    ) -> Result<Justified, Error> {
        let next = self.near_the_end(imported, finalized, set.set_id).await?.saturating_add(1);
        let justified = match self.proven(next).await? {
            Some(justified) => justified,
            // A node that was not there when the set changed does not know where it did: the header says so itself.
            None => self.kept(self.end_of_set(next, finalized.number).await?).await?,
        };
        newest_of_set(&justified, set)
            .filter(|justified| justified.at().number > imported.number)
            .ok_or_else(|| self.transient("what changes the validators is not signed by those that are known"))
    }

    fn signed_by_others(&self, number: u32) -> Error {
        self.transient(&format!(
            "the votes for block {number} are not those of the validators that the light client knows; see whether the \
             node has synced, and try again"
        ))
    }

    /// First header from this number on with which the validators change.
    async fn end_of_set(&self, first: u32, last: u32) -> Result<Header, Error> {
        for number in first..=last {
            let header = self.header(self.hash_of(number).await?).await?;
            if changes_validators(&header) {
                return Ok(header);
            }
        }
        Err(self.transient(&format!("no block up to {last} changes the validators, and others sign now; try again")))
    }

    /// Signatures that the node has kept with a block.
    async fn kept(&self, header: Header) -> Result<Justified, Error> {
        let block: serde_json::Value = self.request("chain_getBlock", rpc_params![header.hash()]).await?;
        let kept = block.get("justifications").cloned().unwrap_or_default();
        let kept: Option<Vec<([u8; 4], Vec<u8>)>> = serde_json::from_value(kept)
            .map_err(|error| self.transient(&format!("the justifications of block {}: {error}", header.number)))?;
        let own = kept.unwrap_or_default().into_iter().find(|(engine, _)| *engine == GRANDPA_ENGINE_ID);
        let (_, encoded) = own.ok_or_else(|| {
            self.transient(&format!(
                "the node has no signatures of block {}, which changes the validators; use one that has synced every block",
                header.number
            ))
        })?;
        self.justified(&encoded).await
    }

    /// A block after which the same set signs as after `imported`, and of whose set the last one is so near that a proof
    /// of it can be asked for.
    ///
    /// No state is read where that is near from the beginning: a node may have discarded those of old blocks.
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

    /// Last header of the set that has signed this block, or the newest one if that is the present set; `None` if
    /// the node does not know where its sets end.
    async fn proven(&self, number: u32) -> Result<Option<Justified>, Error> {
        /// Code of what a node cannot prove.
        const CANNOT: i32 = 4;
        let proof: Option<Bytes> = match self.answer("grandpa_proveFinality", rpc_params![number]).await? {
            Ok(proof) => proof,
            Err(refusal) if refusal.code == CANNOT => {
                tracing::debug!(number, reason = refusal.message, "no proof of finality");
                None
            }
            Err(refusal) => return Err(self.transient(&format!("grandpa_proveFinality: {}", refusal.message))),
        };
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

/// True if other validators sign after this header.
pub fn changes_validators(header: &Header) -> bool {
    GrandpaConsensusLogReader::<u32>::find_scheduled_change(&header.digest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::StubChain;
    use codec::Encode;
    use polkadot_sdk::{
        bp_header_chain::justification::GrandpaJustification,
        sp_consensus_grandpa::{localized_payload, Commit, ConsensusLog, Message, Precommit, ScheduledChange},
        sp_core::{ed25519, Pair},
        sp_runtime::generic::{Digest, DigestItem},
    };

    const SET: SetId = 7;
    const ROUND: u64 = 3;

    fn header(number: u32, logs: Vec<DigestItem>) -> Header {
        Header {
            parent_hash: H256([number as u8; 32]),
            number,
            state_root: H256([2; 32]),
            extrinsics_root: H256([1; 32]),
            digest: Digest { logs },
        }
    }

    fn pair(validator: u8) -> ed25519::Pair {
        ed25519::Pair::from_seed(&[validator; 32])
    }

    fn validators(these: &[u8]) -> AuthoritySet {
        let authorities = these.iter().map(|validator| (pair(*validator).public().into(), 1)).collect();
        AuthoritySet::new(authorities, SET)
    }

    /// The header with a vote of each of these validators, all for the header itself.
    fn signed(header: &Header, by: &[u8]) -> Justified {
        let (target_hash, target_number) = (header.hash(), header.number);
        let votes: Vec<_> = by
            .iter()
            .map(|validator| {
                let vote = Precommit::<Header> { target_hash, target_number };
                let payload = localized_payload(ROUND, SET, &Message::<Header>::Precommit(vote));
                (target_hash, target_number, pair(*validator).sign(&payload), pair(*validator).public())
            })
            .collect();
        let commit = Commit::<Header>::decode(&mut &(target_hash, target_number, votes).encode()[..]).unwrap();
        let justification = GrandpaJustification { round: ROUND, commit, votes_ancestries: vec![] };
        Justified { header: header.clone(), justification }
    }

    fn is_taken(signed: &Justified, validators: AuthoritySet) -> bool {
        let target = (signed.header.hash(), signed.header.number);
        verify_justification(target, &validators.try_into().unwrap(), &signed.justification).is_ok()
    }

    #[test]
    fn needed_by_should_leave_exactly_the_votes_that_a_light_client_takes() {
        let all = [1, 2, 3, 4];
        let given = signed(&header(9, vec![]), &[9, 1, 2, 2, 3, 4]);
        assert!(!is_taken(&given, validators(&all)), "it takes no vote too many");
        let needed = newest_of_set(&given, &validators(&all)).unwrap();
        assert_eq!(needed.justification.commit.precommits.len(), 3);
        assert!(is_taken(&needed, validators(&all)));
    }

    #[test]
    fn needed_by_should_refuse_too_few_votes_and_those_of_others() {
        for by in [&[1, 2][..], &[5, 6, 7, 8][..]] {
            let given = signed(&header(9, vec![]), by);
            assert!(newest_of_set(&given, &validators(&[1, 2, 3, 4])).is_none());
        }
    }

    #[test]
    fn changes_validators_should_find_the_header_that_ends_a_set() {
        let log = |log: ConsensusLog<u32>| DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode());
        let change = ScheduledChange { next_authorities: vec![(pair(1).public().into(), 1)], delay: 0 };
        assert!(changes_validators(&header(9, vec![log(ConsensusLog::ScheduledChange(change))])));
        assert!(!changes_validators(&header(9, vec![log(ConsensusLog::Pause(3))])));
        assert!(!changes_validators(&header(9, vec![])));
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

    #[tokio::test]
    async fn next_justified_should_be_the_newest_of_a_set_that_signs_still_and_the_last_of_one_that_does_not() {
        let chain = StubChain::of(900, &[300, 700]);
        let next = |imported: u32, set: u64| {
            let chain = chain.clone();
            async move { chain.chain().next_justified(chain.at(imported), chain.at(900), &chain.set(set)).await }
        };
        assert_eq!(next(100, 0).await.unwrap().at(), chain.at(300));
        assert_eq!(next(300, 1).await.unwrap().at(), chain.at(700));
        assert_eq!(next(700, 2).await.unwrap().at(), chain.at(900));
        let Err(Error::Transient(sentence)) = next(900, 3).await else { panic!("the node is behind") };
        assert!(sentence.ends_with("wait, or name another"), "{sentence}");
    }
}
