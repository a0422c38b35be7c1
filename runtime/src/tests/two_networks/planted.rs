//! Tests of `try_state`: faults that are written into the holding chain's state, and must be found.

use super::pair::*;
use crate::*;
use pallet_counterpart::Commitments;
use sp_runtime::TryRuntimeError;
use tandem_primitives::Commitment;

/// Test helper: trade that is committed, with the stored commitment.
fn committed() -> (Pair, Trade, Commitment) {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    let key = (trade.id, trade.tranche);
    let kept = pair.asset.on(|| Commitments::<Runtime>::get(key)).expect("committed");
    assert_eq!(pair.asset.on(Counterpart::do_try_state), Ok(()));
    (pair, trade, kept)
}

#[track_caller]
fn found(pair: &mut Pair, fault: &'static str) {
    assert_eq!(pair.asset.on(Counterpart::do_try_state), Err(TryRuntimeError::Other(fault)));
}

#[test]
fn a_committed_instruction_without_its_commitment_should_be_found() {
    let (mut pair, trade, kept) = committed();
    let key = (trade.id, trade.tranche);
    // Nothing would ever end it: no proof is of it.
    pair.asset.on(|| Commitments::<Runtime>::remove(key));
    let fault = "I5: what is committed has exactly its commitment";
    found(&mut pair, fault);
    // Nor does that of another tranche.
    pair.asset.on(|| Commitments::<Runtime>::insert((trade.id, trade.next().tranche), &kept));
    found(&mut pair, fault);
    // Nor one that says anything else than what is reserved and agreed.
    let changes: [fn(&mut Commitment); 5] = [
        |said| said.terms_hash = Default::default(),
        |said| said.lots -= 1,
        |said| said.settled += 1,
        |said| said.networks.swap(0, 1),
        |said| said.parts.min += 1,
    ];
    pair.asset.on(|| Commitments::<Runtime>::remove((trade.id, trade.next().tranche)));
    for change in changes {
        let mut said = kept.clone();
        change(&mut said);
        pair.asset.on(|| Commitments::<Runtime>::insert(key, &said));
        found(&mut pair, fault);
    }
    pair.asset.on(|| Commitments::<Runtime>::insert(key, &kept));
    pair.check();
}

#[test]
fn a_commitment_of_nothing_should_be_found() {
    let (mut pair, trade, kept) = committed();
    pair.asset.on(|| Commitments::<Runtime>::insert((trade.id, trade.next().tranche), &kept));
    found(&mut pair, "a commitment is of an instruction that is committed");
}
