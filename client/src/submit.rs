//! Signs calls, sends them, and says how each transaction ended.

use crate::{
    blocks::CallResult,
    calls::Call,
    connection::{BlockRef, Chain},
    error::Error,
    signer::Signer,
};
use codec::Encode;
use polkadot_sdk::{
    sp_core::{crypto::Ss58Codec, Bytes, H256},
    sp_io::hashing::blake2_256,
    sp_runtime::transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
    },
};
use std::time::Duration;
use subxt::{
    config::substrate::SubstrateExtrinsicParamsBuilder,
    rpcs::{
        client::{rpc_params, RpcSubscription},
        Error as RpcError, UserError,
    },
    SubstrateConfig,
};
use tandem_primitives::{AccountId, GuardRefusal};

/// Number of blocks in which a transaction can be included. One that is not is forgotten by every node.
pub const MORTALITY: u32 = 64;

/// Maximum distance of the last final block from the best one at which transactions are counted from it.
const NEAR: u32 = MORTALITY / 2;

/// Longest time that a transaction waits to be included before the chain is looked at again.
const INCLUSION: Duration = Duration::from_secs(24);

/// Time without news of a transaction, two blocks, after which the chain is asked whether it would take it still.
const SILENCE: Duration = Duration::from_secs(4);

/// Number of refusals in a row that count: a transaction that is just included would be refused as well.
const REFUSALS: u32 = 2;

/// Method that sends a transaction and reports about it from then on.
const SUBMIT: &str = "author_submitAndWatchExtrinsic";

/// End of a call that was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ended {
    /// Included and done.
    Done,
    /// Nothing was left to do: somebody else has done it, or is doing it.
    Obsolete(String),
    /// Refused by the chain, for this reason.
    Failed(String),
    /// End that is not known: the chain's next state tells.
    Unknown(String),
}

/// Reason for which a node does not take a transaction. The runtime gives it as a type; no words are compared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// Refusal of the pool: it has the transaction or another with its number, or no room.
    Pool(String),
    /// Refusal of the chain's guard, by its number.
    Guard(GuardRefusal),
    /// Number used already, or a proof that shows nothing new.
    Stale,
    /// Number too far ahead.
    Future,
    /// No room in the block, or a proof that is larger than its keys need.
    Exhausted,
    /// Signature of another payload: the chain's code or the block that it counts from is another.
    BadSignature,
    /// Any other reason, in the node's words.
    Invalid(String),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Guard(GuardRefusal::NotRegistered | GuardRefusal::Replaced) => {
                f.write_str("the signer belongs to no participant")
            }
            Refusal::Guard(GuardRefusal::NotActive | GuardRefusal::Sanctioned) => {
                f.write_str("the signer's participant is not active")
            }
            Refusal::Guard(GuardRefusal::QuotaExceeded) => {
                f.write_str("the quota of the signer's participant is used up for this period")
            }
            Refusal::Guard(GuardRefusal::NotAuthorized) => f.write_str(
                "the signer's participant does not have the role that this call is for, or its account has no right",
            ),
            Refusal::Guard(other) => write!(f, "the chain's guard keeps it out ({other:?})"),
            Refusal::Stale => f.write_str("it is outdated"),
            Refusal::Future => f.write_str("its number is too far ahead"),
            Refusal::Exhausted => f.write_str("it exhausts the resources of a block"),
            Refusal::BadSignature => f.write_str("the signature is not of this chain's code and blocks"),
            Refusal::Pool(text) | Refusal::Invalid(text) => f.write_str(text),
        }
    }
}

impl Refusal {
    /// End of a call that was refused so.
    fn ended(self) -> Ended {
        match self {
            // It is there already, or another with its number; or there is no room. All pass.
            Refusal::Pool(_) | Refusal::Stale | Refusal::Future | Refusal::Exhausted => {
                Ended::Obsolete(self.to_string())
            }
            Refusal::Guard(GuardRefusal::NotRegistered | GuardRefusal::Replaced) => {
                Ended::Failed(format!("{self}; use a registered account, or have the operator register it"))
            }
            Refusal::Guard(_) | Refusal::BadSignature | Refusal::Invalid(_) => Ended::Failed(self.to_string()),
        }
    }

    /// Refusal that the runtime's answer stands for; `text` is what the node says.
    fn of(validity: TransactionValidity, text: &str) -> Self {
        let invalid = match validity {
            // It was refused for something that has passed since.
            Ok(_) => return Refusal::Pool(text.to_owned()),
            Err(TransactionValidityError::Unknown(_)) => return Refusal::Invalid(text.to_owned()),
            Err(TransactionValidityError::Invalid(invalid)) => invalid,
        };
        match invalid {
            InvalidTransaction::Custom(number) => match GuardRefusal::try_from(number) {
                Ok(refusal) => Refusal::Guard(refusal),
                Err(_) => Refusal::Invalid(text.to_owned()),
            },
            // Nothing has a fee: the chain says so of an account that it does not know, before the guard is asked.
            InvalidTransaction::Payment => Refusal::Guard(GuardRefusal::NotRegistered),
            InvalidTransaction::Stale => Refusal::Stale,
            InvalidTransaction::Future => Refusal::Future,
            InvalidTransaction::ExhaustsResources => Refusal::Exhausted,
            InvalidTransaction::BadProof => Refusal::BadSignature,
            InvalidTransaction::Call
            | InvalidTransaction::AncientBirthBlock
            | InvalidTransaction::BadMandatory
            | InvalidTransaction::MandatoryValidation
            | InvalidTransaction::BadSigner
            | InvalidTransaction::IndeterminateImplicit
            | InvalidTransaction::UnknownOrigin => Refusal::Invalid(text.to_owned()),
        }
    }
}

type Status = RpcSubscription<serde_json::Value>;

/// Transaction that the node has.
struct Waiting {
    bytes: Vec<u8>,
    status: Status,
}

/// Transactions that the node has.
pub struct Sent {
    waiting: Vec<Waiting>,
    refused: Option<Ended>,
}

impl Sent {
    /// Number of those, from the first on, that the node has taken.
    pub fn taken(&self) -> usize {
        self.waiting.len()
    }
}

impl Chain {
    /// Encoded call, as it stands in a transaction or in another call.
    pub fn encode(&self, call: &Call) -> Result<Vec<u8>, Error> {
        self.codec
            .tx()
            .call_data(call)
            .map_err(|error| self.incompatible(&format!("{} cannot be encoded: {error}", call.title())))
    }

    /// Number of an account's next transaction, after those that wait in the node's pool.
    pub async fn next_nonce(&self, account: &AccountId) -> Result<u32, Error> {
        self.request("system_accountNextIndex", rpc_params![account.to_ss58check()]).await
    }

    /// Block that transactions count from: the last final one, as the best one may lose its place, and with it every
    /// signature that names it. Where finality is far behind there is only the best one.
    pub async fn anchor(&self) -> Result<BlockRef, Error> {
        let (last, best) = (self.finalized().await?, self.best().await?);
        Ok(if best.number.saturating_sub(last.number) <= NEAR { last } else { best })
    }

    /// Signs a call with this number, to be included within [`MORTALITY`] blocks after the anchor.
    pub fn sign(
        &self,
        signer: &impl subxt::transactions::Signer<SubstrateConfig>,
        call: &Call,
        nonce: u32,
        anchor: BlockRef,
    ) -> Result<Vec<u8>, Error> {
        let params = SubstrateExtrinsicParamsBuilder::<SubstrateConfig>::new()
            .nonce(nonce.into())
            .mortal_from_unchecked(MORTALITY.into(), anchor.number.into(), anchor.hash.0.into())
            .build();
        let cannot =
            |error: &dyn std::fmt::Display| self.incompatible(&format!("{} cannot be signed: {error}", call.title()));
        let mut signable = self.codec.tx().create_signable_offline(call, params).map_err(|error| cannot(&error))?;
        Ok(signable.sign(signer).map_err(|error| cannot(&error))?.into_encoded())
    }

    /// Hands a transaction to the node, without following it.
    pub(crate) async fn submit(&self, bytes: &[u8]) -> Result<Result<H256, UserError>, Error> {
        self.answer("author_submitExtrinsic", rpc_params![Bytes(bytes.to_vec())]).await
    }

    /// Signs the calls and hands them to the node in this order.
    ///
    /// After the first that is not taken none is sent: its number would be missing.
    pub async fn send(&self, signer: &Signer, calls: Vec<Call>) -> Result<Sent, Error> {
        let nonce = self.next_nonce(&signer.account).await?;
        let anchor = self.anchor().await?;
        let mut waiting = Vec::new();
        for (call, nonce) in calls.iter().zip(nonce..) {
            let bytes = self.sign(signer, call, nonce, anchor)?;
            let params = rpc_params![Bytes(bytes.clone())];
            match self.subscribe(SUBMIT, params, "author_unwatchExtrinsic").await {
                Ok(status) => waiting.push(Waiting { bytes, status }),
                Err(RpcError::User(refusal)) => {
                    let refused = Some(self.refusal(&bytes, &refusal).await?.ended());
                    return Ok(Sent { waiting, refused });
                }
                Err(error) => return Err(self.error(SUBMIT, &error)),
            }
        }
        Ok(Sent { waiting, refused: None })
    }

    /// Waits until each is in a block, or never will be. Says it of those that were sent, and of one that was not.
    pub async fn ended(&self, sent: Sent) -> Result<Vec<Ended>, Error> {
        let until = tokio::time::Instant::now() + INCLUSION;
        let mut found: Vec<Ended> = Vec::new();
        for waiting in sent.waiting {
            // Its number comes after one that will be missing.
            let ended = if matches!(found.last(), Some(Ended::Obsolete(_))) {
                Ended::Obsolete("one that was sent before it has left the pool".to_owned())
            } else {
                match tokio::time::timeout_at(until, self.included(waiting)).await {
                    Err(_) => Ended::Unknown("not included within 24 seconds".to_owned()),
                    Ok(ended) => ended?,
                }
            };
            found.push(ended);
        }
        found.extend(sent.refused);
        Ok(found)
    }

    /// Reason for which a node has refused a transaction. What the chain finds wrong is asked of its runtime.
    pub async fn refusal(&self, bytes: &[u8], refusal: &UserError) -> Result<Refusal, Error> {
        /// Code of the `author` methods for a transaction that the chain finds invalid.
        const INVALID: i32 = 1010;
        let data = refusal.data.as_ref().map_or("", |data| data.get()).trim_matches('"');
        let text = if data.is_empty() { refusal.message.as_str() } else { data };
        if refusal.code != INVALID {
            return Ok(Refusal::Pool(text.to_owned()));
        }
        match self.validity(bytes).await {
            Ok(validity) => Ok(Refusal::of(validity, text)),
            Err(error @ Error::Disconnected(_)) => Err(error),
            // The runtime does not say: the node's words are all there is.
            Err(_) => Ok(Refusal::Invalid(text.to_owned())),
        }
    }

    /// Validity of a transaction by the best block's state.
    async fn validity(&self, bytes: &[u8]) -> Result<TransactionValidity, Error> {
        let best = self.best().await?.hash;
        let arguments = [&TransactionSource::External.encode()[..], bytes, &best.encode()[..]].concat();
        self.runtime_call_raw("TaggedTransactionQueue_validate_transaction", arguments, Some(best)).await
    }

    /// Follows one transaction until it is in a block, or never will be.
    async fn included(&self, mut waiting: Waiting) -> Result<Ended, Error> {
        let mut refusals: u32 = 0;
        loop {
            let Ok(status) = tokio::time::timeout(SILENCE, waiting.status.next()).await else {
                // Where somebody else was quicker, a pool keeps it for many blocks and tells nothing.
                let obsolete = self.is_refused(&waiting.bytes).await?;
                refusals = if obsolete { refusals.saturating_add(1) } else { 0 };
                if refusals < REFUSALS {
                    continue;
                }
                return Ok(Ended::Obsolete("the chain takes it no more".to_owned()));
            };
            let Some(status) = status else {
                return Ok(Ended::Unknown("the node has ended its reports of it".to_owned()));
            };
            let status = status.map_err(|error| self.error(SUBMIT, &error))?;
            if let Some(block) = status.get("inBlock").or_else(|| status.get("finalized")) {
                let block: H256 = serde_json::from_value(block.clone())
                    .map_err(|error| self.transient(&format!("the status of a transaction: {error}")))?;
                return self.ended_in(block, H256(blake2_256(&waiting.bytes))).await;
            }
            let gone = ["usurped", "finalityTimeout"].iter().any(|word| status.get(word).is_some());
            if gone || ["dropped", "invalid"].iter().any(|word| status.as_str() == Some(word)) {
                return Ok(Ended::Obsolete(format!("it left the pool ({status})")));
            }
        }
    }

    /// True if the best block's state makes this transaction invalid.
    async fn is_refused(&self, bytes: &[u8]) -> Result<bool, Error> {
        match self.validity(bytes).await {
            Ok(validity) => Ok(matches!(validity, Err(TransactionValidityError::Invalid(_)))),
            Err(error @ Error::Disconnected(_)) => Err(error),
            // It does not say.
            Err(_) => Ok(false),
        }
    }

    /// End of the transaction with this hash in this block.
    async fn ended_in(&self, block: H256, hash: H256) -> Result<Ended, Error> {
        Ok(match self.result_of(block, hash).await? {
            Some(CallResult::Done) => Ended::Done,
            Some(CallResult::Failed(reason)) => Ended::Failed(reason.full_code()),
            None => Ended::Unknown("the block that the node named does not say how it ended".to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::StubChain;
    use polkadot_sdk::sp_runtime::transaction_validity::ValidTransaction;

    fn refused(code: i32, message: &str) -> UserError {
        UserError { code, message: message.to_owned(), data: None }
    }

    /// End of a transaction that the node refuses with this code, while the runtime finds this of it.
    async fn ended(code: i32, message: &str, validity: TransactionValidity) -> Ended {
        let chain = StubChain::of(10, &[]).with_validity(validity).chain();
        chain.refusal(&[0], &refused(code, message)).await.unwrap().ended()
    }

    #[tokio::test]
    async fn refused_should_tell_what_somebody_else_did_from_what_fails() {
        let invalid = |reason: InvalidTransaction| -> TransactionValidity { Err(reason.into()) };
        let words = "Invalid Transaction";
        for reason in [InvalidTransaction::Stale, InvalidTransaction::Future, InvalidTransaction::ExhaustsResources] {
            assert!(matches!(ended(1010, words, invalid(reason)).await, Ended::Obsolete(_)), "{reason:?}");
        }
        let valid = || Ok(ValidTransaction::default());
        assert!(matches!(ended(1014, "Priority is too low: (1 vs 1)", valid()).await, Ended::Obsolete(_)));
        assert!(matches!(ended(1013, "Already Imported", valid()).await, Ended::Obsolete(_)));
        for (number, word) in [(2, "active"), (5, "quota"), (12, "role")] {
            let Ended::Failed(why) = ended(1010, words, invalid(InvalidTransaction::Custom(number))).await else {
                panic!("{number}")
            };
            assert!(why.contains(word), "{why}");
        }
        let unknown = ended(1010, words, invalid(InvalidTransaction::Payment)).await;
        assert_eq!(unknown, ended(1010, words, invalid(InvalidTransaction::Custom(1))).await);
        assert!(matches!(unknown, Ended::Failed(why) if why.contains("belongs to no participant")));
        assert!(matches!(ended(1010, words, invalid(InvalidTransaction::BadProof)).await, Ended::Failed(_)));
    }

    #[tokio::test]
    async fn refusal_should_not_read_the_words_of_a_node() {
        let chain = StubChain::of(10, &[]).with_validity(Err(InvalidTransaction::Custom(5).into())).chain();
        let found = chain.refusal(&[0], &refused(1010, "veraltet")).await.unwrap();
        assert_eq!(found, Refusal::Guard(GuardRefusal::QuotaExceeded));
        // Whatever the words are, a full pool is no answer of the chain.
        let found = chain.refusal(&[0], &refused(1016, "Custom error: 5")).await.unwrap();
        assert_eq!(found, Refusal::Pool("Custom error: 5".to_owned()));
    }

    #[tokio::test]
    async fn anchor_should_be_final_unless_finality_is_far_behind() {
        let near = StubChain::of(100, &[]).with_final(100 - NEAR);
        assert_eq!(near.chain().anchor().await.unwrap(), near.at(100 - NEAR));
        let far = StubChain::of(100, &[]).with_final(99 - NEAR);
        assert_eq!(far.chain().anchor().await.unwrap(), far.at(100));
    }
}
