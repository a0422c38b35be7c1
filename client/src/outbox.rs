//! Transactions of many accounts, many in flight for each, and the end of each of them.

use crate::{
    blocks::CallResult,
    calls::Call,
    connection::{BlockRef, Chain},
    error::Error,
    events::Block,
    submit::Refusal,
};
use polkadot_sdk::sp_core::H256;
use std::collections::BTreeMap;
use subxt::{transactions::Signer, SubstrateConfig};
use tandem_primitives::{AccountId, GuardRefusal};

/// Number of blocks without inclusion after which the account's numbering is checked against the chain.
const OVERDUE: u32 = 10;

/// Reason for which a transaction was not taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unsent {
    /// No room in the node, or the participant's quota is used up: later it may be taken.
    Later(String),
    /// Refused for good, for this reason.
    Refused(Refusal),
}

impl From<Refusal> for Unsent {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Pool(text) => Unsent::Later(text),
            Refusal::Guard(GuardRefusal::QuotaExceeded | GuardRefusal::BlockShareUsed)
            | Refusal::Stale
            | Refusal::Future
            | Refusal::Exhausted
            // The code is the known one, as it was asked: the block that the signature names has lost its place.
            | Refusal::BadSignature => Unsent::Later(refusal.to_string()),
            Refusal::Guard(_) | Refusal::Invalid(_) => Unsent::Refused(refusal),
        }
    }
}

/// Transaction that the node has taken.
#[derive(Clone, Debug)]
struct Pending {
    account: AccountId,
    nonce: u32,
    sent: u32,
}

/// Everything that is on its way.
#[derive(Default)]
pub struct Outbox {
    next: BTreeMap<AccountId, u32>,
    pending: BTreeMap<H256, Pending>,
    /// Block that transactions count from, by the best block at which it was asked for.
    anchor: Option<(H256, BlockRef)>,
}

impl Outbox {
    /// Number of transactions that are on their way.
    pub fn in_flight(&self) -> usize {
        self.pending.len()
    }

    /// Signs a call and hands it to the node. [`Outbox::included`] names it by the hash.
    pub async fn send(
        &mut self,
        chain: &Chain,
        best: BlockRef,
        key: &impl Signer<SubstrateConfig>,
        call: &Call,
    ) -> Result<Result<H256, Unsent>, Error> {
        let account = AccountId::from(key.account_id().0);
        let nonce = match self.next.get(&account) {
            Some(nonce) => *nonce,
            None => self.renumber(chain, &account).await?,
        };
        let anchor = match self.anchor {
            Some((at, anchor)) if at == best.hash => anchor,
            _ => chain.anchor().await?,
        };
        self.anchor = Some((best.hash, anchor));
        let bytes = chain.sign(key, call, nonce, anchor)?;
        match chain.submit(&bytes).await? {
            Ok(hash) => {
                tracing::debug!(call = call.title(), %account, nonce, ?hash, "sent");
                self.next.insert(account.clone(), nonce.saturating_add(1));
                self.pending.insert(hash, Pending { account, nonce, sent: best.number });
                Ok(Ok(hash))
            }
            Err(refusal) => {
                tracing::debug!(call = call.title(), %account, nonce, ?refusal, "not taken");
                // Whatever the pool thinks of the number, it is asked again next time.
                self.next.remove(&account);
                self.anchor = None;
                let refusal = chain.refusal(&bytes, &refusal).await?;
                if refusal == Refusal::BadSignature {
                    if let Err(Error::Transient(why)) = chain.check_unchanged().await {
                        let cure = "run the same command again, which goes on where it was";
                        return Err(Error::Transient(format!("{why}; {cure}")));
                    }
                }
                Ok(Err(refusal.into()))
            }
        }
    }

    async fn renumber(&mut self, chain: &Chain, account: &AccountId) -> Result<u32, Error> {
        let nonce = chain.next_nonce(account).await?;
        self.next.insert(account.clone(), nonce);
        Ok(nonce)
    }

    /// Ends of those of these transactions that are in this block.
    pub fn included(&mut self, block: &Block) -> Vec<(H256, CallResult)> {
        let ours = block.transactions.iter().filter(|(hash, _)| self.pending.contains_key(*hash));
        let ours: Vec<(H256, CallResult)> = ours.map(|(hash, ended)| (*hash, ended.clone())).collect();
        for (hash, _) in &ours {
            self.pending.remove(hash);
        }
        ours
    }

    /// Transactions that the chain will not include any more: dropped by the pool, or overtaken.
    pub async fn lost(&mut self, chain: &Chain, best: BlockRef) -> Result<Vec<H256>, Error> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classify_should_tell_what_passes_from_what_stays() {
        let later = |refusal: Refusal| matches!(Unsent::from(refusal), Unsent::Later(_));
        for refusal in [
            Refusal::Guard(GuardRefusal::QuotaExceeded),
            Refusal::Stale,
            Refusal::Future,
            Refusal::Exhausted,
            Refusal::Pool("the pool is full".to_owned()),
        ] {
            assert!(later(refusal.clone()), "{refusal:?}");
        }
        for refusal in [
            Refusal::Guard(GuardRefusal::NotActive),
            Refusal::Guard(GuardRefusal::NotRegistered),
            Refusal::Guard(GuardRefusal::Forbidden),
            Refusal::Invalid("Transaction call is not expected".to_owned()),
        ] {
            assert!(!later(refusal.clone()), "{refusal:?}");
        }
    }
}
