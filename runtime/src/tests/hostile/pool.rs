//! Transaction pool and block author of the tests, which behave like a node's.

use super::super::world::*;
use crate::*;
use sp_core::{sr25519, Pair as _};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionPriority, TransactionSource};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

/// Number of transactions without room in a block after which its author gives up. A node tries on until half of its
/// time is over, about 0.6 s; an attempt takes well below 2 ms.
const MOST_SKIPPED: usize = 256;

/// Transaction that waits in the pool.
struct Pending {
    priority: TransactionPriority,
    arrival: u64,
    transaction: UncheckedExtrinsic,
    /// Name of an honest call; `None` for a hostile one.
    name: Option<String>,
    sent_at: BlockNumber,
}

/// Pool of transactions that wait, those of each account in the order of their nonces.
#[derive(Default)]
pub struct Pool {
    pending: BTreeMap<AccountId, VecDeque<Pending>>,
    arrivals: u64,
}

/// Result of the blocks that were made: how long honest calls waited, and how many others were included.
#[derive(Default)]
pub struct Made {
    /// Number of blocks that each honest call waited, by its name.
    pub waited: BTreeMap<String, u32>,
    /// Number of hostile transactions that were included.
    pub others: u32,
}

impl Pool {
    /// Signs a call and adds it to the pool, if the runtime finds it valid. An honest call, which has a name, must be
    /// valid.
    pub fn send(&mut self, pair: &sr25519::Pair, call: RuntimeCall, name: Option<String>) {
        let account = AccountId::new(pair.public().0);
        let queue = self.pending.entry(account.clone()).or_default();
        let nonce = System::account_nonce(&account) + queue.len() as Nonce;
        let transaction = sign_with(pair, nonce, call, 0);
        // It asks about the next block, and leaves the state as it is.
        sp_io::storage::start_transaction();
        let asked = Executive::validate_transaction(TransactionSource::External, transaction.clone(), Hash::default());
        sp_io::storage::rollback_transaction();
        match asked {
            Ok(valid) => {
                self.arrivals += 1;
                let (priority, arrival, sent_at) = (valid.priority, self.arrivals, System::block_number());
                queue.push_back(Pending { priority, arrival, transaction, name, sent_at });
            }
            Err(refusal) => assert_eq!(name, None, "an honest call is refused: {refusal:?}"),
        }
    }

    /// Applies transactions to the block that has begun: the highest priority first, then in the order of arrival,
    /// those of an account in the order of their nonces.
    pub fn fill_block(&mut self, made: &mut Made) {
        let (mut skipped, mut away) = (0, BTreeSet::new());
        while skipped < MOST_SKIPPED {
            let heads = self.pending.iter().filter(|(account, _)| !away.contains(*account));
            let ready = heads.filter_map(|(account, queue)| {
                queue.front().map(|first| ((first.priority, Reverse(first.arrival)), account.clone()))
            });
            let Some((_, account)) = ready.max() else { break };
            let queue = self.pending.entry(account.clone()).or_default();
            let Some(next) = queue.pop_front() else { break };
            match Executive::apply_extrinsic(next.transaction.clone()) {
                Ok(_) => match next.name {
                    Some(name) => {
                        made.waited.insert(name, System::block_number() - next.sent_at);
                    }
                    None => made.others += 1,
                },
                // It waits for the next block, and so do those that follow it.
                Err(refusal) if refusal == InvalidTransaction::ExhaustsResources.into() => {
                    queue.push_front(next);
                    away.insert(account);
                    skipped += 1;
                }
                // It never gets in, and neither do those that follow it.
                Err(refusal) => {
                    assert_eq!(next.name, None, "an honest call is dropped: {refusal:?}");
                    queue.clear();
                }
            }
        }
    }

    /// Number of transactions of this account that wait in the pool.
    pub fn waiting(&self, account: &AccountId) -> usize {
        self.pending.get(account).map_or(0, VecDeque::len)
    }
}
