//! Whatever the parties, the carriers and the clocks do, in whatever order: both sides settle the same lots, and
//! everything ends.

use super::pair::*;
use crate::{
    tests::world::{set_status, BUYER, BUYER_ID, SELLER, SELLER_ID},
    *,
};
use pallet_counterpart::{
    grandpa::keys::{commitment, now, record, record_version},
    Call, Commitments, Payments, Records,
};
use pallet_settlement::{Instruction, Instructions};
use proptest::prelude::*;
use tandem_primitives::{Lots, Policy, Quantity, Status, TrancheIndex};

/// Something that somebody does. What is not allowed then fails and changes nothing.
#[derive(Clone, Debug)]
enum Act {
    Reserve(Lots),
    Release(Lots),
    Commit,
    PayAhead(Lots),
    Pay(Lots),
    RefuseByPayee,
    RefuseByPayer,
    Execute,
    /// Time passes on the asset chain, and on the payment chain, in slots.
    Wait(u64, u64),
    /// A header is imported by the asset chain, or by the payment chain.
    Import(bool),
    /// A proof made at one of the last headers of the other chain, imported or not.
    Instruct(usize),
    Deliver(usize),
    Return(usize),
    Forget(usize),
    Sanction(bool, bool),
}

fn acts() -> impl Strategy<Value = Act> {
    let lots = 1..6u32;
    let back = 0..4usize;
    prop_oneof![
        3 => lots.clone().prop_map(Act::Reserve),
        1 => lots.clone().prop_map(Act::Release),
        3 => Just(Act::Commit),
        2 => lots.clone().prop_map(Act::PayAhead),
        3 => lots.prop_map(Act::Pay),
        1 => Just(Act::RefuseByPayee),
        1 => Just(Act::RefuseByPayer),
        1 => Just(Act::Execute),
        2 => (1..60u64, 1..60u64).prop_map(|(asset, payment)| Act::Wait(asset, payment)),
        6 => any::<bool>().prop_map(Act::Import),
        4 => back.clone().prop_map(Act::Instruct),
        4 => back.clone().prop_map(Act::Deliver),
        3 => back.clone().prop_map(Act::Return),
        1 => back.prop_map(Act::Forget),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(asset, lifted)| Act::Sanction(asset, lifted)),
    ]
}

/// The tranche that is open now.
fn current(pair: &mut Pair, trade: &Trade) -> Trade {
    let id = trade.id;
    let tranche = match pair.asset.on(|| Instructions::<Runtime>::get(id)) {
        Some(Instruction::Open(open)) => open.tranche,
        Some(Instruction::Closed(closed)) => closed.tranches,
        None => TrancheIndex(0),
    };
    Trade { tranche, ..trade.clone() }
}

/// The keys at a header some blocks ago.
fn prove_back(pair: &mut Pair, to: To, back: usize, keys: &[Vec<u8>]) -> pallet_counterpart::HeaderProof {
    let from = pair.ends(to).0;
    let at = from.top().saturating_sub(back);
    from.finalised[at].prove(keys)
}

fn act(pair: &mut Pair, trade: &Trade, what: Act) {
    let trade = &current(pair, trade);
    let (id, tranche) = (trade.id, trade.tranche);
    // Whether it may do so is the chain's to say: what fails is as good a case as what does not.
    let _tried = match what {
        Act::Reserve(lots) => {
            let quantity = Quantity::UpTo(lots);
            let reserve = pallet_settlement::Call::reserve { id, leg: DELIVERY, quantity };
            pair.asset.directly(SELLER, reserve)
        }
        Act::Release(lots) => pair.asset.directly(SELLER, pallet_settlement::Call::release { id, leg: DELIVERY, lots }),
        Act::Commit => pair.asset.directly(BUYER, Call::commit { id, lots: None }),
        Act::PayAhead(lots) => pair.payment.directly(BUYER, trade.reserve_ahead(lots)),
        Act::Pay(lots) => pair.payment.directly(BUYER, trade.pay(lots)),
        Act::RefuseByPayee | Act::RefuseByPayer => {
            let who = if matches!(what, Act::RefuseByPayee) { SELLER } else { BUYER };
            pair.payment.directly(who, Call::refuse { id, on_behalf_of: None, reason: Default::default() })
        }
        Act::Execute => pair.payment.directly(CARRIER, Call::execute { id, lots: None }),
        Act::Wait(asset, payment) => {
            pair.asset.block_after(asset);
            pair.payment.block_after(payment);
            Ok(())
        }
        Act::Import(to_asset) => {
            pair.import(if to_asset { To::Asset } else { To::Payment });
            Ok(())
        }
        Act::Instruct(back) => {
            let proof = prove_back(pair, To::Payment, back, &[record_version(), commitment(id, tranche)]);
            pair.payment.directly(CARRIER, trade.instruct_by_proof(proof))
        }
        Act::Deliver(back) => {
            let proof = prove_back(pair, To::Asset, back, &[record_version(), record(id, tranche)]);
            pair.asset.directly(CARRIER, Call::deliver_by_proof { id, proof })
        }
        Act::Return(back) => {
            let proof = prove_back(pair, To::Asset, back, &[record_version(), record(id, tranche), now()]);
            pair.asset.directly(CARRIER, Call::return_by_proof { id, proof })
        }
        Act::Forget(back) => {
            let proof = prove_back(pair, To::Payment, back, &[record_version(), commitment(id, tranche), now()]);
            pair.payment.directly(CARRIER, Call::forget_by_proof { id, tranche, proof })
        }
        Act::Sanction(asset, lifted) => {
            let status = if lifted { Status::Active } else { Status::Sanctioned };
            let (network, who) = if asset { (&mut pair.asset, SELLER_ID) } else { (&mut pair.payment, BUYER_ID) };
            network.on(|| {
                if pallet_participants::Participants::<Runtime>::get(who).is_some_and(|known| known.status != status) {
                    set_status(who, status);
                }
            });
            Ok(())
        }
    };
}

/// Everybody becomes honest, and time passes: what is decided is carried, what is not decided returns.
fn finish(pair: &mut Pair, trade: &Trade) {
    for asset in [true, false] {
        act(pair, trade, Act::Sanction(asset, true));
    }
    let pay_deadline = trade.pay_deadline();
    pair.asset.wait_until(pay_deadline + SLOT_DURATION);
    pair.payment.wait_until(pay_deadline + SLOT_DURATION);
    pair.payment.block();
    pair.import(To::Asset);
    let trade = current(pair, trade);
    let key = (trade.id, trade.tranche);
    if pair.asset.on(|| Commitments::<Runtime>::contains_key(key)) {
        let decided = pair.payment.on(|| Records::<Runtime>::get(key)).map(|record| record.decision);
        match decided {
            Some(tandem_primitives::Decision::Executed { .. }) => {
                let proof = pair.prove(To::Asset, &[record_version(), record(key.0, key.1)]);
                pair.asset.send_ok(CARRIER, Call::deliver_by_proof { id: trade.id, proof });
            }
            Some(tandem_primitives::Decision::Rejected { .. }) => {
                let proof = pair.prove(To::Asset, &[record_version(), record(key.0, key.1)]);
                pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
            }
            None => {
                let proof = pair.absence(&trade);
                pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
            }
        }
    }
    pair.asset.block();
    for (network, who, asset) in
        [(&mut pair.asset, SELLER, crate::tests::world::BOND), (&mut pair.payment, BUYER, crate::tests::world::EURO)]
    {
        let claim = pallet_escrow::Call::claim { asset: AssetId::WithId(asset), to: who.to_account_id() };
        let _nothing_to_claim = network.directly(who, claim);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_should_settle_the_same_and_everything_should_end(
        policy in prop_oneof![Just(Policy::Part), Just(Policy::Npar), (2..4u32).prop_map(|min_lots| Policy::Parq { min_lots })],
        acts in proptest::collection::vec(acts(), 0..45),
    ) {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 5);
        trade.agree_with(&mut pair, policy);
        for what in acts {
            act(&mut pair, &trade, what);
            pair.check();
        }
        finish(&mut pair, &trade);
        pair.check();
        let id = trade.id;
        let lots = match pair.asset.on(|| Instructions::<Runtime>::get(id)) {
            Some(Instruction::Closed(closed)) => closed.lots,
            other => panic!("not closed: {other:?}"),
        };
        let lots = Balance::from(lots);
        // I10: the seller is paid for exactly what the buyer has received.
        prop_assert_eq!(pair.bonds(BUYER), lots * QUANTITY / 5);
        prop_assert_eq!(pair.euros(SELLER), lots * PRICE / 5);
        prop_assert_eq!(pair.in_escrow(), (0, 0));
        prop_assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
        prop_assert_eq!(pair.asset.on(|| Commitments::<Runtime>::iter().count()), 0);
    }
}
