//! Sends transactions, many in flight for each account, and says what became of each.

use super::{
    blocks::{Block, Result as Ended},
    calls::Call,
    client::{At, Chain},
};
use anyhow::anyhow;
use polkadot_sdk::sp_core::H256;
use std::collections::BTreeMap;
use subxt::{
    config::{substrate::SubstrateExtrinsicParamsBuilder, SubstrateConfig},
    rpcs::Error as RpcError,
};
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{AccountId, GuardRefusal};

use crate::files::participants::account_of;

/// For how many blocks a transaction can be included. One that is not is forgotten by every node.
const MORTALITY: u64 = 128;

/// After how many blocks without inclusion the account's numbering is checked against the chain.
const OVERDUE: u64 = 10;

/// Why a transaction was not taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unsent {
    /// The node has no room for it, or the participant's quota is used up: later it may be taken.
    Later(String),
    /// It will never be taken, for this reason.
    Refused(Guard),
}

/// Why the chain keeps a transaction out. The numbers are those of its guard.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Guard {
    /// The account belongs to no participant.
    NotRegistered,
    /// The participant is suspended, sanctioned or has left.
    NotActive,
    /// Something else, in the node's words.
    Other(String),
}

impl std::fmt::Display for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Guard::NotRegistered => f.write_str("the signer belongs to no participant"),
            Guard::NotActive => f.write_str("the signer's participant is not active"),
            Guard::Other(text) => f.write_str(text),
        }
    }
}

/// A transaction that the node has taken.
#[derive(Clone, Debug)]
struct Pending {
    account: AccountId,
    nonce: u64,
    sent: u64,
}

/// Everything that is on its way.
#[derive(Default)]
pub struct Outbox {
    next: BTreeMap<AccountId, u64>,
    pending: BTreeMap<H256, Pending>,
}

impl Outbox {
    /// How many transactions are on their way.
    pub fn in_flight(&self) -> usize {
        self.pending.len()
    }

    /// Signs a call and hands it to the node. The hash is how [`Outbox::included`] names it.
    pub async fn send(
        &mut self,
        chain: &Chain,
        best: At,
        key: &Keypair,
        call: &Call,
    ) -> anyhow::Result<Result<H256, Unsent>> {
        let account = account_of(key);
        let nonce = match self.next.get(&account) {
            Some(nonce) => *nonce,
            None => self.renumber(chain, &account).await?,
        };
        let params = SubstrateExtrinsicParamsBuilder::<SubstrateConfig>::new()
            .nonce(nonce)
            .mortal_from_unchecked(MORTALITY, best.number, best.hash.0.into())
            .build();
        let tx = chain.codec.tx();
        let mut signable =
            tx.create_signable_offline(call, params).map_err(|error| anyhow!("{}: {error}", call.title()))?;
        let bytes = signable.sign(key).map_err(|error| anyhow!("{}: {error}", call.title()))?.into_encoded();
        match chain.rpc.author_submit_extrinsic(&bytes).await {
            Ok(hash) => {
                let hash = H256(hash.0);
                tracing::debug!(call = call.title(), %account, nonce, ?hash, "sent");
                self.next.insert(account.clone(), nonce.saturating_add(1));
                self.pending.insert(hash, Pending { account, nonce, sent: best.number });
                Ok(Ok(hash))
            }
            Err(error) => {
                tracing::debug!(call = call.title(), %account, nonce, ?error, "not taken");
                // Whatever the pool thinks of the number, it is asked again next time.
                self.next.remove(&account);
                match error {
                    RpcError::User(user) => {
                        let data = user.data.as_ref().map_or("", |data| data.get()).trim_matches('"');
                        if is_unproven(user.code, data) {
                            return Err(chain.upgraded());
                        }
                        Ok(Err(classify(user.code, &user.message, data)))
                    }
                    error => Err(chain.lost(&error)),
                }
            }
        }
    }

    async fn renumber(&mut self, chain: &Chain, account: &AccountId) -> anyhow::Result<u64> {
        let nonce = chain.next_nonce(account).await?;
        self.next.insert(account.clone(), nonce);
        Ok(nonce)
    }

    /// How those of our transactions ended that are in this block.
    pub fn included(&mut self, block: &Block) -> Vec<(H256, Ended)> {
        let ours = block.transactions.iter().filter(|(hash, _)| self.pending.contains_key(*hash));
        let ours: Vec<(H256, Ended)> = ours.map(|(hash, ended)| (*hash, ended.clone())).collect();
        for (hash, _) in &ours {
            self.pending.remove(hash);
        }
        ours
    }

    /// The transactions that the chain will not include any more: dropped by the pool, or overtaken.
    pub async fn lost(&mut self, chain: &Chain, best: At) -> anyhow::Result<Vec<H256>> {
        let is_overdue = |pending: &Pending| pending.sent.saturating_add(OVERDUE) <= best.number;
        let mut accounts: Vec<AccountId> = self
            .pending
            .values()
            .filter(|pending| is_overdue(pending))
            .map(|pending| pending.account.clone())
            .collect();
        accounts.sort();
        accounts.dedup();
        let mut lost = Vec::new();
        for account in accounts {
            let reached = chain.nonce(&account, best.hash).await?;
            // The pool counts what it still has: from there on nothing of ours is waiting.
            let waiting = self.renumber(chain, &account).await?;
            let gone = self.pending.iter().filter(|(_, pending)| {
                pending.account == account && (pending.nonce < reached || pending.nonce >= waiting)
            });
            lost.extend(gone.map(|(hash, _)| *hash));
        }
        for hash in &lost {
            self.pending.remove(hash);
        }
        Ok(lost)
    }
}

/// The code of a transaction that the chain says is not valid.
const INVALID: i32 = 1010;

/// Whether the chain computes another payload than was signed. Keys sign here, so it is the version in it that differs.
fn is_unproven(code: i32, data: &str) -> bool {
    code == INVALID && data == "Transaction has a bad signature"
}

/// What the node's refusal means, by the codes of the node's `author` methods and the numbers of the chain's guard.
fn classify(code: i32, message: &str, data: &str) -> Unsent {
    let text = if data.is_empty() { message.to_owned() } else { data.to_owned() };
    if code != INVALID {
        // Already there, no room, priority too low, banned for a while: all pass.
        return Unsent::Later(text);
    }
    let number = data.strip_prefix("Custom error: ").and_then(|number| number.trim().parse::<u8>().ok());
    match number.and_then(|number| GuardRefusal::try_from(number).ok()) {
        Some(GuardRefusal::NotRegistered | GuardRefusal::Replaced) => Unsent::Refused(Guard::NotRegistered),
        Some(GuardRefusal::NotActive | GuardRefusal::Sanctioned) => Unsent::Refused(Guard::NotActive),
        Some(GuardRefusal::QuotaExceeded) => {
            Unsent::Later("the participant's quota for this period is used up".to_owned())
        }
        Some(
            GuardRefusal::UnknownWrapper
            | GuardRefusal::TooDeep
            | GuardRefusal::TooManyOrigins
            | GuardRefusal::Forbidden
            | GuardRefusal::NotIssuer
            | GuardRefusal::BlockShareUsed
            | GuardRefusal::NotAuthorized
            | GuardRefusal::CapReached,
        ) => Unsent::Refused(Guard::Other(text)),
        // Nothing has a fee: so the node says that there is no such account, before the guard is asked.
        None if text.contains("Inability to pay") => Unsent::Refused(Guard::NotRegistered),
        // A number that is taken or too far ahead, or a block without room.
        None if ["outdated", "future", "stale", "exhaust", "old"]
            .iter()
            .any(|word| text.to_lowercase().contains(word)) =>
        {
            Unsent::Later(text)
        }
        None => Unsent::Refused(Guard::Other(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_unproven_should_be_what_a_chain_says_after_an_upgrade() {
        assert!(is_unproven(1010, "Transaction has a bad signature"));
        assert!(!is_unproven(1010, "Transaction is outdated"));
    }

    #[test]
    fn classify_should_tell_what_passes_from_what_stays() {
        let invalid = "Invalid Transaction";
        assert_eq!(classify(1010, invalid, "Custom error: 2"), Unsent::Refused(Guard::NotActive));
        assert_eq!(classify(1010, invalid, "Custom error: 1"), Unsent::Refused(Guard::NotRegistered));
        let unknown = "Inability to pay some fees (e.g. account balance too low)";
        assert_eq!(classify(1010, invalid, unknown), Unsent::Refused(Guard::NotRegistered));
        assert!(matches!(classify(1010, invalid, "Custom error: 5"), Unsent::Later(_)));
        assert!(matches!(classify(1010, invalid, "Custom error: 9"), Unsent::Refused(Guard::Other(_))));
        assert!(matches!(classify(1010, invalid, "Transaction is outdated"), Unsent::Later(_)));
        assert!(matches!(
            classify(1010, invalid, "Transaction call is not expected"),
            Unsent::Refused(Guard::Other(_))
        ));
        assert!(matches!(classify(1016, "Immediately Dropped", "the pool is full"), Unsent::Later(_)));
    }
}
