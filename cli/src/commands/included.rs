//! Transactions that are in blocks, and when that is for good.

use super::transact::{failure, Wanted};
use crate::{
    chain::{
        blocks::{Block, Result as Ended},
        client::At,
    },
    fault::fault,
};
use polkadot_sdk::sp_core::H256;
use std::collections::{btree_map::Entry, BTreeMap};

/// After so many more final blocks a transaction whose block was abandoned is given up: nodes put it into another soon, or never.
const ABANDONED: u32 = 20;

/// Transactions that are in blocks, until those are final. A block may be abandoned, and a transaction come again in another.
#[derive(Default)]
pub(super) struct Included {
    found: BTreeMap<H256, (At, Wanted)>,
}

impl Included {
    /// Adds a transaction that ended so in this block. Fails if it did nothing, unless that is because it was done before.
    pub(super) fn add(&mut self, hash: H256, at: At, wanted: Wanted, ended: &Ended) -> anyhow::Result<()> {
        if let Ended::Failed(reason) = ended {
            if wanted.unless != Some(reason.code.as_str()) {
                return Err(failure(&wanted.purpose, reason));
            }
        }
        self.found.insert(hash, (at, wanted));
        Ok(())
    }

    /// Looks whether a new block has any of them again.
    pub(super) fn see(&mut self, block: &Block) -> anyhow::Result<()> {
        let again =
            block.transactions.iter().filter_map(|(hash, ended)| Some((*hash, self.found.remove(hash)?.1, ended)));
        for (hash, wanted, ended) in again.collect::<Vec<_>>() {
            self.add(hash, block.at, wanted, ended)?;
        }
        Ok(())
    }

    /// Number of those whose blocks are not final yet.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Number of the first block that has one of them.
    pub(super) fn next(&self) -> Option<u32> {
        self.found.values().map(|(at, _)| at.number).min()
    }

    /// Leaves out those whose blocks are final by now. Fails for one whose block was abandoned, and that has not come again for
    /// a while. `hash_of` answers which block has a number.
    pub(super) async fn confirm(
        &mut self,
        last: At,
        mut hash_of: impl AsyncFnMut(u32) -> anyhow::Result<Option<H256>>,
    ) -> anyhow::Result<()> {
        let mut kept: BTreeMap<u32, Option<H256>> = BTreeMap::new();
        for (at, _) in self.found.values().filter(|(at, _)| at.number <= last.number) {
            if let Entry::Vacant(place) = kept.entry(at.number) {
                place.insert(hash_of(at.number).await?);
            }
        }
        self.found.retain(|_, (at, _)| kept.get(&at.number).is_none_or(|kept| *kept != Some(at.hash)));
        let gone = self.found.values().find(|(at, _)| at.number.saturating_add(ABANDONED) < last.number);
        match gone {
            Some((at, wanted)) => Err(fault(format!(
                "{} was in block {}, which the network has abandoned, and is in no other; run the same command again",
                wanted.purpose, at.number
            ))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::{blocks::Reason, calls::Call};

    fn at(number: u32) -> At {
        At { number, hash: H256::zero() }
    }

    fn wanted(purpose: &str, unless: Option<&'static str>) -> Wanted {
        let key = crate::files::participants::key_of("//Alice").unwrap();
        Wanted { key, call: Call::settle_part([1; 32].into()), purpose: purpose.to_owned(), unless }
    }

    fn block(number: u32, fork: u8, transactions: &[(H256, Ended)]) -> Block {
        let at = At { number, hash: H256([fork; 32]) };
        let transactions = transactions.iter().cloned().collect();
        Block { at, parent: H256::zero(), transactions, events: Vec::new() }
    }

    async fn other(_: u32) -> anyhow::Result<Option<H256>> {
        Ok(Some(H256([2; 32])))
    }

    #[tokio::test]
    async fn cli_c15_only_the_final_block_that_has_a_transaction_should_count() {
        let tx = H256([9; 32]);
        let mut included = Included::default();
        let first = block(7, 1, &[(tx, Ended::Done)]);
        included.add(tx, first.at, wanted("setting a status", None), &Ended::Done).unwrap();
        // Height 7 is final, and it is another block that became so.
        included.confirm(At { number: 7, hash: H256([2; 32]) }, other).await.unwrap();
        assert_eq!((included.count(), included.next()), (1, Some(7)));
        included.see(&block(8, 3, &[(tx, Ended::Done)])).unwrap();
        assert_eq!(included.next(), Some(8));
        included.confirm(At { number: 8, hash: H256([3; 32]) }, async |_: u32| Ok(Some(H256([3; 32])))).await.unwrap();
        assert_eq!((included.count(), included.next()), (0, None));
    }

    #[tokio::test]
    async fn cli_c15_a_transaction_that_was_lost_with_its_block_should_be_a_fault() {
        let tx = H256([9; 32]);
        let mut included = Included::default();
        included.add(tx, block(7, 1, &[]).at, wanted("setting a status", None), &Ended::Done).unwrap();
        included.confirm(at(7 + ABANDONED), other).await.unwrap();
        let sentence = included.confirm(at(8 + ABANDONED), other).await.unwrap_err().to_string();
        assert!(sentence.starts_with("setting a status was in block 7, which the network has abandoned"), "{sentence}");
    }

    #[test]
    fn cli_c15_a_transaction_that_comes_again_and_fails_should_be_a_failure() {
        let tx = H256([9; 32]);
        let failed =
            Ended::Failed(Reason { code: "Participants.AlreadyExists".into(), fault: None, text: String::new() });
        let mut included = Included::default();
        included.add(tx, at(7), wanted("registering X", None), &Ended::Done).unwrap();
        assert!(included.see(&block(8, 2, &[(tx, failed.clone())])).is_err());
        included.add(tx, at(7), wanted("registering X", Some("Participants.AlreadyExists")), &failed).unwrap();
        included.see(&block(8, 2, &[(tx, failed)])).unwrap();
        assert_eq!(included.next(), Some(8));
    }
}
