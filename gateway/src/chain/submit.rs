//! Signs calls in the runtime's own types, sends them, and says how each ended.

use super::node::{At, Node, Trouble};
use codec::{Decode, Encode};
use polkadot_sdk::{
    frame_metadata_hash_extension,
    frame_support::storage::storage_prefix,
    frame_system::{self, EventRecord, Phase},
    pallet_transaction_payment,
    sp_core::{crypto::Ss58Codec, sr25519, Bytes, Pair as _, H256},
    sp_io::hashing::blake2_256,
    sp_runtime::{
        generic::Era,
        transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
        DispatchError, MultiSignature,
    },
};
use std::{path::Path, time::Duration};
use subxt::rpcs::{
    client::{rpc_params, RpcSubscription},
    Error as RpcError,
};
use tandem_primitives::{AccountId, GuardRefusal};
use tandem_runtime::{
    guard::obsolete::RefuseObsolete, Hash, RuntimeCall, RuntimeError, RuntimeEvent, SignedPayload, TxExtension,
    UncheckedExtrinsic, VERSION,
};

/// For how many blocks a transaction can be included. One that is not is forgotten by every node.
const MORTALITY: u64 = 64;

/// Longest time that a transaction waits to be included before the chain is looked at again.
const INCLUSION: Duration = Duration::from_secs(24);

/// After so long without news of a transaction, two blocks, the chain is asked whether it would take it still.
const SILENCE: Duration = Duration::from_secs(4);

/// Number of refusals in a row that count: a transaction that is just included would be refused as well.
const REFUSALS: u32 = 2;

/// End of a call that was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ended {
    /// Included and done.
    Done,
    /// Nothing was left to do: somebody else has done it, or is doing it.
    Obsolete(String),
    /// The chain refused it, for this reason.
    Failed(String),
    /// End that is not known: the chain's next state tells.
    Unknown(String),
}

/// The key that signs.
#[derive(Clone)]
pub struct Signer {
    pair: sr25519::Pair,
    /// Account of the key.
    pub account: AccountId,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the key of {}", self.account)
    }
}

impl Signer {
    /// From a secret: `//Name`, a phrase, or 0x and the seed.
    pub fn from_secret(secret: &str) -> anyhow::Result<Self> {
        // The error says nothing of the secret, and neither does this.
        let pair = sr25519::Pair::from_string(secret.trim(), None).map_err(|_| {
            anyhow::anyhow!("the key cannot be read; write //Name, a phrase of words, or 0x and a seed")
        })?;
        let account = AccountId::from(pair.public().0);
        Ok(Self { pair, account })
    }

    /// From a file that has the secret and nothing else.
    pub fn from_file(path: &Path) -> anyhow::Result<Self> {
        let secret = std::fs::read_to_string(path).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        Self::from_secret(&secret).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
    }
}

/// Method that sends a transaction and reports about it from then on.
const SUBMIT: &str = "author_submitAndWatchExtrinsic";

type Status = RpcSubscription<serde_json::Value>;

/// One that the node has.
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

impl Node {
    /// Signs the calls and hands them to the node in this order.
    ///
    /// After the first that is not taken none is sent: its number would be missing.
    pub async fn send(&self, signer: &Signer, calls: Vec<RuntimeCall>) -> Result<Sent, Trouble> {
        let name = signer.account.to_ss58check();
        let nonce: u32 = self.request("system_accountNextIndex", rpc_params![name]).await?;
        let best = self.best().await?;
        let mut waiting = Vec::new();
        for (call, nonce) in calls.into_iter().zip(nonce..) {
            let bytes = self.sign(signer, call, nonce, best).await?;
            let params = rpc_params![Bytes(bytes.clone())];
            match self.subscribe(SUBMIT, params, "author_unwatchExtrinsic").await {
                Ok(status) => waiting.push(Waiting { bytes, status }),
                Err(RpcError::User(refusal)) => {
                    let data = refusal.data.as_ref().map_or("", |data| data.get()).trim_matches('"');
                    return Ok(Sent { waiting, refused: Some(refused(refusal.code, &refusal.message, data)) });
                }
                Err(error) => return Err(self.trouble(SUBMIT, &error)),
            }
        }
        Ok(Sent { waiting, refused: None })
    }

    /// Waits until each is in a block, or never will be. Says it of those that were sent, and of one that was not.
    pub async fn ended(&self, sent: Sent) -> Result<Vec<Ended>, Trouble> {
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

    async fn sign(&self, signer: &Signer, call: RuntimeCall, nonce: u32, best: At) -> Result<Vec<u8>, Trouble> {
        let era = Era::mortal(MORTALITY, best.number.into());
        let birth = u32::try_from(era.birth(best.number.into())).unwrap_or(best.number);
        let birth = if birth == best.number { best.hash } else { self.hash_of(birth).await? };
        let extension: TxExtension = (
            frame_system::AuthorizeCall::new(),
            frame_system::CheckNonZeroSender::new(),
            frame_system::CheckSpecVersion::new(),
            frame_system::CheckTxVersion::new(),
            frame_system::CheckGenesis::new(),
            frame_system::CheckMortality::from(era),
            frame_system::CheckNonce::from(nonce),
            frame_system::CheckWeight::new(),
            (pallet_participants::Guard::new(), RefuseObsolete),
            pallet_transaction_payment::ChargeTransactionPayment::from(0),
            frame_metadata_hash_extension::CheckMetadataHash::new(false),
            frame_system::WeightReclaim::new(),
        );
        let (spec, transaction) = (self.spec_version, VERSION.transaction_version);
        let implicit = ((), (), spec, transaction, self.genesis, birth, (), (), ((), ()), (), None, ());
        let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
        let signature: MultiSignature = payload.using_encoded(|bytes| signer.pair.sign(bytes)).into();
        Ok(UncheckedExtrinsic::new_signed(call, signer.account.clone().into(), signature, extension).encode())
    }

    /// Follows one transaction until it is in a block, or never will be.
    async fn included(&self, mut waiting: Waiting) -> Result<Ended, Trouble> {
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
            let status = status.map_err(|error| self.trouble(SUBMIT, &error))?;
            if let Some(block) = status.get("inBlock").or_else(|| status.get("finalized")) {
                let block: H256 = serde_json::from_value(block.clone())
                    .map_err(|error| self.passing(&format!("the status of a transaction: {error}")))?;
                return self.ended_in(block, H256(blake2_256(&waiting.bytes))).await;
            }
            let gone = ["usurped", "finalityTimeout"].iter().any(|word| status.get(word).is_some());
            if gone || ["dropped", "invalid"].iter().any(|word| status.as_str() == Some(word)) {
                return Ok(Ended::Obsolete(format!("it left the pool ({status})")));
            }
        }
    }

    /// True if the best block's state makes this transaction invalid.
    async fn is_refused(&self, bytes: &[u8]) -> Result<bool, Trouble> {
        let best = self.best().await?.hash;
        let arguments = [&TransactionSource::External.encode()[..], bytes, &best.encode()[..]].concat();
        let method = "TaggedTransactionQueue_validate_transaction";
        match self.runtime_call_raw::<TransactionValidity>(method, arguments, Some(best)).await {
            Ok(validity) => Ok(matches!(validity, Err(TransactionValidityError::Invalid(_)))),
            // It does not say.
            Err(Trouble::Passing(_)) => Ok(false),
            Err(trouble) => Err(trouble),
        }
    }

    /// End of the transaction with this hash in this block.
    async fn ended_in(&self, block: H256, hash: H256) -> Result<Ended, Trouble> {
        let answer: serde_json::Value = self.request("chain_getBlock", rpc_params![block]).await?;
        let extrinsics = answer.pointer("/block/extrinsics").cloned().unwrap_or_default();
        let extrinsics: Vec<Bytes> = serde_json::from_value(extrinsics)
            .map_err(|error| self.passing(&format!("the transactions of a block: {error}")))?;
        let Some(index) = extrinsics.iter().position(|bytes| H256(blake2_256(&bytes.0)) == hash) else {
            return Ok(Ended::Unknown("it is not in the block that the node named".to_owned()));
        };
        let key = storage_prefix(b"System", b"Events");
        let events: Vec<EventRecord<RuntimeEvent, Hash>> = self.value(&key, block).await?.unwrap_or_default();
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        for event in events.into_iter().filter(|event| event.phase == Phase::ApplyExtrinsic(index)) {
            match event.event {
                RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { .. }) => return Ok(Ended::Done),
                RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
                    return Ok(Ended::Failed(reason(&dispatch_error)))
                }
                _ => {}
            }
        }
        Ok(Ended::Unknown("its block does not say how it ended".to_owned()))
    }
}

/// The name of an error.
pub fn reason(error: &DispatchError) -> String {
    let DispatchError::Module(module) = error else { return format!("{error:?}") };
    let bytes = [&[module.index][..], &module.error[..]].concat();
    match RuntimeError::decode(&mut &bytes[..]) {
        Ok(error) => format!("{error:?}"),
        Err(_) => format!("{error:?}"),
    }
}

/// Of an account that the chain does not know.
const UNKNOWN_SIGNER: &str =
    "the signer belongs to no participant of the chain; use a registered account, or have the operator register it";

/// End that a node's refusal stands for, by the codes of its `author` methods.
fn refused(code: i32, message: &str, data: &str) -> Ended {
    /// The chain says that it is not valid.
    const INVALID: i32 = 1010;
    let text = if data.is_empty() { message.to_owned() } else { data.to_owned() };
    if code != INVALID {
        // It is there already, or another with its number; or the pool is full. All pass.
        return Ended::Obsolete(text);
    }
    let passes = ["outdated", "stale", "future", "exhaust"];
    if passes.iter().any(|word| text.to_lowercase().contains(word)) {
        return Ended::Obsolete(text);
    }
    let number = text.strip_prefix("Custom error: ").and_then(|number| number.trim().parse::<u8>().ok());
    match number.and_then(|number| GuardRefusal::try_from(number).ok()) {
        Some(GuardRefusal::NotRegistered | GuardRefusal::Replaced) => Ended::Failed(UNKNOWN_SIGNER.to_owned()),
        Some(GuardRefusal::NotActive | GuardRefusal::Sanctioned) => {
            Ended::Failed("the signer's participant is not active".to_owned())
        }
        Some(GuardRefusal::QuotaExceeded) => {
            Ended::Failed("the quota of the signer's participant is used up for this period".to_owned())
        }
        Some(GuardRefusal::NotAuthorized) => {
            Ended::Failed("the signer's participant does not have the role that this call is for".to_owned())
        }
        // Nothing has a fee: the node says so of an account that it does not know, before the guard is asked.
        None if text.contains("Inability to pay") => Ended::Failed(UNKNOWN_SIGNER.to_owned()),
        Some(_) | None => Ended::Failed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_should_tell_what_somebody_else_did_from_what_fails() {
        let invalid = "Invalid Transaction";
        assert!(matches!(refused(1010, invalid, "Transaction is outdated"), Ended::Obsolete(_)));
        assert!(matches!(refused(1014, "Priority is too low: (1 vs 1)", ""), Ended::Obsolete(_)));
        assert!(matches!(refused(1013, "Already Imported", ""), Ended::Obsolete(_)));
        for (number, word) in [(2, "active"), (5, "quota"), (12, "role")] {
            let Ended::Failed(why) = refused(1010, invalid, &format!("Custom error: {number}")) else {
                panic!("{number}")
            };
            assert!(why.contains(word), "{why}");
        }
        let unknown = "Inability to pay some fees (e.g. account balance too low)";
        assert_eq!(refused(1010, invalid, unknown), Ended::Failed(UNKNOWN_SIGNER.to_owned()));
        assert!(matches!(refused(1010, invalid, "Transaction has a bad signature"), Ended::Failed(_)));
    }

    #[test]
    fn signer_should_not_repeat_a_secret_that_it_cannot_read() {
        let secret = "bottle drive obey";
        let error = Signer::from_secret(secret).err().unwrap().to_string();
        assert!(!error.contains("bottle"));
        assert!(Signer::from_secret("//Alice\n").is_ok());
    }
}
