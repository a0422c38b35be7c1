//! How a chain shows to a light client which of its blocks are final: signed headers, in the order in which it takes them.

use super::{
    client::{innermost, At, Chain},
    types::Header,
};
use crate::fault::fault;
use anyhow::{anyhow, Context};
use codec::Decode;
use futures::{stream, StreamExt, TryStreamExt};
use polkadot_sdk::{
    bp_header_chain::{
        justification::{verify_and_optimize_justification, GrandpaJustification, JustificationVerificationContext},
        AuthoritySet, GrandpaConsensusLogReader,
    },
    sp_consensus_grandpa::{SetId, GRANDPA_ENGINE_ID},
    sp_core::{Bytes, H256},
};
use std::time::Duration;
use subxt::rpcs::{rpc_params, Error as RpcError};

/// How long a node has to finalise something.
const REPORTS: Duration = Duration::from_secs(60);

/// A node's proof has every header from the block that is asked for to the one that is proven, and a connection takes ten
/// megabytes: 25,000 headers with two hexadecimal digits for each byte. Over more blocks than this nothing is asked for so.
const MOST_BETWEEN: u64 = 8_192;

/// Hashes that are asked for at a time where headers are looked through one by one.
const BATCH: u64 = 256;

/// How many questions to the node are under way at a time.
const QUESTIONS: usize = 32;

/// What a node gives to prove that a block is final.
#[derive(Debug, Decode)]
struct FinalityProof {
    _block: H256,
    justification: Vec<u8>,
    _unknown_headers: Vec<Header>,
}

/// A header, and the votes that make it final.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The header.
    pub header: Header,
    /// Who voted for it.
    pub justification: GrandpaJustification<Header>,
}

impl Signed {
    /// With exactly the votes that are needed of these validators: a light client refuses one more.
    pub fn needed_by(mut self, validators: AuthoritySet) -> anyhow::Result<Self> {
        let context = JustificationVerificationContext::try_from(validators)
            .map_err(|error| anyhow!("the validators that the light client knows: {error:?}"))?;
        let target = (self.header.hash(), self.header.number);
        verify_and_optimize_justification(target, &context, &mut self.justification).map_err(|error| {
            fault(format!(
                "the votes for block {} are not those of the validators that the light client knows ({error:?}); see \
                 whether the node has synced, and try again",
                self.header.number
            ))
        })?;
        Ok(self)
    }
}

impl Chain {
    /// How many sets of validators there were before the one that signs after this block.
    async fn set_id(&self, at: H256) -> anyhow::Result<SetId> {
        let answer = self
            .rpc
            .state_call("GrandpaApi_current_set_id", None, Some(at.0.into()))
            .await
            .map_err(|error| self.lost(&error))?;
        SetId::decode(&mut &answer[..]).context("the answer of GrandpaApi.current_set_id")
    }

    /// The header with which a light client goes on that has imported this one and knows the set with this number: the last
    /// one of that set, or, if the set signs still, the newest.
    pub async fn next_signed(&self, imported: At, known: SetId, last: At) -> anyhow::Result<Signed> {
        let signing = self.set_id(last.hash).await?;
        if signing < known {
            return Err(fault(format!(
                "{}: the node has not synced as far as the light client has; wait, or name another",
                self.url
            )));
        }
        let encoded = if signing == known {
            // Asked for by the last final block it comes without any other header.
            self.finality_proof(last.number).await?
        } else {
            self.last_of_set(imported, last).await?
        };
        match encoded {
            Some(encoded) => {
                let signed = self.signed(&encoded).await?;
                // A node that has just started may not have seen newer votes than are known already.
                if u64::from(signed.header.number) > imported.number {
                    return Ok(signed);
                }
                self.reported(imported).await
            }
            // Until the first change of validators a node answers that it does not know.
            None => self.reported(imported).await,
        }
    }

    /// The justification of the last block of the set that signs after `imported`, if another one has taken over by `last`.
    async fn last_of_set(&self, imported: At, last: At) -> anyhow::Result<Option<Vec<u8>>> {
        let next = imported.number.saturating_add(1);
        if last.number.saturating_sub(next) <= MOST_BETWEEN {
            if let Some(found) = self.finality_proof(next).await? {
                return Ok(Some(found));
            }
        }
        // The answer would be too long, or the node was not there when the set changed: the header that ends it says so itself.
        let end = self.end_of_set(next, last.number).await?;
        let found = self.rpc.chain_get_block(Some(end.hash.0.into())).await.map_err(|error| self.lost(&error))?;
        let kept = found.and_then(|block| block.justifications).unwrap_or_default();
        let own = kept.into_iter().find(|(engine, _)| *engine == GRANDPA_ENGINE_ID);
        let (_, encoded) = own.ok_or_else(|| {
            fault(format!(
                "{}: the node has no justification of block {}, which changes the validators; name one that has synced \
                 every block",
                self.url, end.number
            ))
        })?;
        Ok(Some(encoded))
    }

    /// The first block from `first` on with which the validators change.
    async fn end_of_set(&self, first: u64, last: u64) -> anyhow::Result<At> {
        let mut from = first;
        while from <= last {
            let until = from.saturating_add(BATCH).saturating_sub(1).min(last);
            let numbers: Vec<u64> = (from..=until).collect();
            let hashes: Vec<Option<H256>> = self
                .client
                .request("chain_getBlockHash", rpc_params![numbers])
                .await
                .map_err(|error| self.lost(&error))?;
            let headers: Vec<Header> = stream::iter(hashes.into_iter().flatten())
                .map(|hash| self.whole_header(hash))
                .buffered(QUESTIONS)
                .try_collect()
                .await?;
            if let Some(header) = headers.iter().find(|header| changes_validators(header)) {
                return Ok(At { number: header.number.into(), hash: header.hash() });
            }
            from = until.saturating_add(1);
        }
        Err(fault(format!(
            "{}: no block up to {last} changes the validators, and others sign now; try again",
            self.url
        )))
    }

    /// What the node answers to `grandpa_proveFinality`; `None` if it does not know where its sets end.
    async fn finality_proof(&self, number: u64) -> anyhow::Result<Option<Vec<u8>>> {
        /// The code of what a node cannot prove.
        const CANNOT: i32 = 4;
        let proof: Option<Bytes> = match self.client.request("grandpa_proveFinality", rpc_params![number]).await {
            Ok(proof) => proof,
            Err(RpcError::User(refusal)) if refusal.code == CANNOT => {
                tracing::debug!(number, reason = refusal.message, "no proof of finality");
                None
            }
            Err(error) => return Err(self.lost(&error)),
        };
        let decoded = proof.map(|proof| FinalityProof::decode(&mut &proof[..]).context("the node's proof of finality"));
        Ok(decoded.transpose()?.map(|proof| proof.justification))
    }

    /// The next header after this one of which the node reports that it is final.
    async fn reported(&self, imported: At) -> anyhow::Result<Signed> {
        let cannot = |reason: String| {
            fault(format!(
                "{}: the node does not report what is final ({reason}); see whether its network runs",
                self.url
            ))
        };
        let mut reported = self
            .client
            .subscribe::<Bytes>("grandpa_subscribeJustifications", rpc_params![], "grandpa_unsubscribeJustifications")
            .await
            .map_err(|error| cannot(innermost(&error)))?;
        let newer = async {
            loop {
                let encoded = match reported.next().await {
                    Some(Ok(encoded)) => encoded,
                    Some(Err(error)) => return Err(cannot(innermost(&error))),
                    None => return Err(cannot("it has ended its reports".to_owned())),
                };
                let signed = self.signed(&encoded).await?;
                if u64::from(signed.header.number) > imported.number {
                    return Ok(signed);
                }
            }
        };
        match tokio::time::timeout(REPORTS, newer).await {
            Ok(found) => found,
            Err(_) => Err(cannot("nothing has become so for a minute".to_owned())),
        }
    }

    /// Reads encoded votes, and fetches the header that they are for.
    async fn signed(&self, encoded: &[u8]) -> anyhow::Result<Signed> {
        let justification =
            GrandpaJustification::<Header>::decode(&mut &*encoded).context("the node's justification")?;
        let header = self.whole_header(justification.commit.target_hash).await?;
        Ok(Signed { header, justification })
    }

    /// The header with this hash, whole.
    pub async fn whole_header(&self, hash: H256) -> anyhow::Result<Header> {
        let header: Option<Header> =
            self.client.request("chain_getHeader", rpc_params![hash]).await.map_err(|error| self.lost(&error))?;
        header.with_context(|| format!("the node does not know block {hash:?}"))
    }
}

/// Whether other validators sign after this header.
fn changes_validators(header: &Header) -> bool {
    GrandpaConsensusLogReader::<u32>::find_scheduled_change(&header.digest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;
    use polkadot_sdk::{
        bp_header_chain::justification::verify_justification,
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
    fn signed(header: &Header, by: &[u8]) -> Signed {
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
        Signed { header: header.clone(), justification }
    }

    fn is_taken(signed: &Signed, validators: AuthoritySet) -> bool {
        let target = (signed.header.hash(), signed.header.number);
        verify_justification(target, &validators.try_into().unwrap(), &signed.justification).is_ok()
    }

    #[test]
    fn needed_by_should_leave_exactly_the_votes_that_a_light_client_takes() {
        let all = [1, 2, 3, 4];
        let given = signed(&header(9, vec![]), &[9, 1, 2, 2, 3, 4]);
        assert!(!is_taken(&given, validators(&all)), "it takes no vote too many");
        let needed = given.needed_by(validators(&all)).unwrap();
        assert_eq!(needed.justification.commit.precommits.len(), 3);
        assert!(is_taken(&needed, validators(&all)));
    }

    #[test]
    fn needed_by_should_refuse_too_few_votes_and_those_of_others() {
        for by in [&[1, 2][..], &[5, 6, 7, 8][..]] {
            let sentence = signed(&header(9, vec![]), by).needed_by(validators(&[1, 2, 3, 4])).unwrap_err().to_string();
            assert!(sentence.contains("are not those of the validators"), "{sentence}");
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
}
