//! Property tests of two networks: whatever parties, carriers and clocks do, in whatever order, both sides settle the
//! same lots, and everything ends.

use super::{network::Network, pair::*};
use crate::{
    tests::world::{set_status, BOND, BUYER, BUYER_ID, EURO, ISSUER, SELLER, SELLER_ID},
    *,
};
use frame_support::{assert_ok, weights::constants::WEIGHT_REF_TIME_PER_MILLIS};
use pallet_counterpart::{
    grandpa::keys::{commitment, genesis, now, record, record_version},
    BlockedHeaders, Call, Commitments, CounterpartLink, Halted, Payments, Records,
};
use pallet_participants::{Allowance, Call as SetDirectory, Opened, Resources};
use pallet_settlement::{Instruction, Instructions};
use proptest::prelude::*;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{Directory, Lots, ParticipantId, Policy, Quantity, Status, TrancheIndex};

/// Networks of the trade, each with the asset that it holds.
const CHAINS: [(To, u32); 2] = [(To::Asset, BOND), (To::Payment, EURO)];
const PARTIES: [(Sr25519Keyring, ParticipantId); 2] = [(SELLER, SELLER_ID), (BUYER, BUYER_ID)];

/// Step of a random sequence. A step that the chain does not allow fails and changes nothing.
#[derive(Clone, Debug)]
enum Act {
    Reserve(Lots),
    Release(Lots),
    /// The payer takes lots back, which it may only beside a sanctioned party.
    TakeBack(Lots),
    Commit,
    PayAhead(Lots),
    Pay(Lots),
    RefuseByPayee,
    RefuseByPayer,
    Execute,
    /// Passing of time, in slots, on the asset chain and on the payment chain.
    Wait(u64, u64),
    /// Passing of a day on one of [`CHAINS`].
    WaitADay(usize),
    /// Import of a header by the asset chain if true, by the payment chain otherwise.
    Import(bool),
    /// Proof of the commitment, made at one of the last headers of the other chain, imported or not.
    Instruct(usize),
    Deliver(usize),
    Return(usize),
    Forget(usize),
    /// Change of a party's status by the regulator: positions in [`CHAINS`], `PARTIES` and [`STATUSES`].
    Status(usize, usize, usize),
    /// Replacement of a party's account, and recovery of its balance: positions in [`CHAINS`] and `PARTIES`.
    Replace(usize, usize),
    /// Freeze (true) or thaw of the asset of a chain by its issuer: position in [`CHAINS`].
    Freeze(usize, bool),
    /// Closing (true) or opening of the counterpart by a chain's operator: position in [`CHAINS`].
    Close(usize, bool),
    Halt(usize, bool),
    Block(usize, bool),
    /// Small allowance (true) for a party, or the network's: positions in [`CHAINS`] and `PARTIES`.
    Allow(usize, usize, bool),
}

/// Allowance with which a party begins hardly anything: what finishes has lanes of its own.
const LITTLE: Allowance = Allowance {
    period: Resources { time: 20 * WEIGHT_REF_TIME_PER_MILLIS, bytes: 4_000 },
    day: Opened { instructions: 1, payments: 1, others: 0 },
};

const STATUSES: [Status; 3] = [Status::Active, Status::Suspended, Status::Sanctioned];

fn acts() -> impl Strategy<Value = Act> {
    let lots = 1..6u32;
    let back = 0..4usize;
    prop_oneof![
        3 => lots.clone().prop_map(Act::Reserve),
        1 => lots.clone().prop_map(Act::Release),
        3 => Just(Act::Commit),
        2 => lots.clone().prop_map(Act::PayAhead),
        2 => lots.clone().prop_map(Act::TakeBack),
        3 => lots.prop_map(Act::Pay),
        1 => Just(Act::RefuseByPayee),
        1 => Just(Act::RefuseByPayer),
        1 => Just(Act::Execute),
        2 => (1..60u64, 1..60u64).prop_map(|(asset, payment)| Act::Wait(asset, payment)),
        // Long enough for a sanction to have lasted.
        1 => (0..2usize).prop_map(Act::WaitADay),
        6 => any::<bool>().prop_map(Act::Import),
        4 => back.clone().prop_map(Act::Instruct),
        4 => back.clone().prop_map(Act::Deliver),
        3 => back.clone().prop_map(Act::Return),
        1 => back.prop_map(Act::Forget),
        3 => (0..2usize, 0..2usize, 0..3usize).prop_map(|(chain, party, to)| Act::Status(chain, party, to)),
        1 => (0..2usize, 0..2usize).prop_map(|(chain, party)| Act::Replace(chain, party)),
        3 => (0..2usize, any::<bool>()).prop_map(|(chain, on)| Act::Freeze(chain, on)),
        1 => (0..2usize, any::<bool>()).prop_map(|(chain, on)| Act::Close(chain, on)),
        1 => (0..2usize, any::<bool>()).prop_map(|(chain, on)| Act::Halt(chain, on)),
        1 => (0..2usize, any::<bool>()).prop_map(|(chain, on)| Act::Block(chain, on)),
        1 => (0..2usize, 0..2usize, any::<bool>())
            .prop_map(|(chain, party, little)| Act::Allow(chain, party, little)),
    ]
}

/// Test helper: the trade with the tranche that is open now on the asset chain.
fn current(pair: &mut Pair, trade: &Trade) -> Trade {
    let id = trade.id;
    let tranche = match pair.asset.on(|| Instructions::<Runtime>::get(id)) {
        Some(Instruction::Open(open)) => open.tranche,
        Some(Instruction::Closed(closed)) => closed.tranches,
        None => TrancheIndex(0),
    };
    Trade { tranche, ..trade.clone() }
}

/// Test helper: proof of these keys, made at the other chain's header `back` blocks before its newest.
fn prove_back(pair: &mut Pair, to: To, back: usize, keys: &[Vec<u8>]) -> pallet_counterpart::HeaderProof {
    let from = pair.ends(to).0;
    let at = from.top().saturating_sub(back);
    from.finalised[at].prove(keys)
}

/// Test helper: account that is in use in place of this key's.
fn in_use(network: &mut Network, key: Sr25519Keyring) -> AccountId {
    network.on(|| Participants::current_account(&key.to_account_id()))
}

/// Test helper: sends a call from the account in use of the party, which the guard may refuse, and gives its result.
fn by(network: &mut Network, party: Sr25519Keyring, call: impl Into<RuntimeCall>) -> sp_runtime::DispatchResult {
    let account = in_use(network, party);
    network.admitted(account, call)
}

fn act(pair: &mut Pair, trade: &Trade, what: Act) {
    let trade = &current(pair, trade);
    let (id, tranche) = (trade.id, trade.tranche);
    // Whether it may do so is the chain's to say: what fails is as good a case as what does not.
    let _tried = match what {
        Act::Reserve(lots) => {
            let quantity = Quantity::UpTo(lots);
            by(&mut pair.asset, SELLER, pallet_settlement::Call::reserve { id, leg: DELIVERY, quantity })
        }
        Act::Release(lots) => by(&mut pair.asset, SELLER, pallet_settlement::Call::release { id, leg: DELIVERY, lots }),
        Act::TakeBack(lots) => by(&mut pair.payment, BUYER, trade.release(lots)),
        Act::Commit => by(&mut pair.asset, BUYER, Call::commit { id, lots: None }),
        Act::PayAhead(lots) => by(&mut pair.payment, BUYER, trade.reserve_ahead(lots)),
        Act::Pay(lots) => by(&mut pair.payment, BUYER, trade.pay(lots)),
        Act::RefuseByPayee | Act::RefuseByPayer => {
            let who = if matches!(what, Act::RefuseByPayee) { SELLER } else { BUYER };
            by(&mut pair.payment, who, Call::refuse { id, on_behalf_of: None, reason: Default::default() })
        }
        Act::Execute => pair.payment.directly(CARRIER, Call::execute { id, lots: None }),
        Act::Wait(asset, payment) => {
            pair.asset.block_after(asset);
            pair.payment.block_after(payment);
            Ok(())
        }
        Act::WaitADay(chain) => {
            pair.ends(CHAINS[chain].0).1.block_after(86_400_000 / SLOT_DURATION);
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
            let proof = prove_back(pair, To::Asset, back, &[record_version(), record(id, tranche), now(), genesis()]);
            pair.asset.directly(CARRIER, Call::return_by_proof { id, proof })
        }
        Act::Forget(back) => {
            let proof =
                prove_back(pair, To::Payment, back, &[record_version(), commitment(id, tranche), now(), genesis()]);
            pair.payment.directly(CARRIER, Call::forget_by_proof { id, tranche, proof })
        }
        Act::Status(..)
        | Act::Replace(..)
        | Act::Freeze(..)
        | Act::Close(..)
        | Act::Halt(..)
        | Act::Block(..)
        | Act::Allow(..) => {
            govern(pair, what);
            Ok(())
        }
    };
}

/// Test helper: does a step of the regulator, the issuer or the operator of a chain.
fn govern(pair: &mut Pair, what: Act) {
    match what {
        Act::Status(chain, party, to) => {
            let who = PARTIES[party].1;
            pair.ends(CHAINS[chain].0).1.on(|| {
                if <Participants as Directory>::status(who) != Some(STATUSES[to]) {
                    set_status(who, STATUSES[to]);
                }
            });
        }
        Act::Replace(chain, party) => replace(pair.ends(CHAINS[chain].0).1, PARTIES[party].0, CHAINS[chain].1),
        Act::Freeze(chain, on) => {
            let (to, asset) = CHAINS[chain];
            let network = pair.ends(to).1;
            let live = network.on(|| <Escrow as tandem_primitives::Escrow>::is_live(&AssetId::WithId(asset)));
            if live == on {
                let id = asset.into();
                let call =
                    if on { pallet_assets::Call::freeze_asset { id } } else { pallet_assets::Call::thaw_asset { id } };
                assert_eq!(network.directly(ISSUER, call), Ok(()));
            }
        }
        Act::Close(chain, on) => {
            let network = pair.ends(CHAINS[chain].0).1;
            let link = network.on(CounterpartLink::<Runtime>::get).expect("linked");
            if link.open == on {
                let genesis = link.genesis;
                let call = if on { Call::close_counterpart {} } else { Call::open_counterpart { genesis } };
                assert_ok!(network.root(call));
            }
        }
        Act::Halt(chain, halted) => {
            let network = pair.ends(CHAINS[chain].0).1;
            if network.on(Halted::<Runtime>::get) != halted {
                assert_ok!(network.root(Call::set_halted { halted }));
            }
        }
        Act::Block(chain, on) => {
            let (from, network) = pair.ends(CHAINS[chain].0);
            let newest = from.newest().hash();
            let blocked = network.on(BlockedHeaders::<Runtime>::get);
            if on && !blocked.contains(&newest) {
                assert_ok!(network.root(Call::block_header { header: newest }));
            } else if !on {
                for header in blocked {
                    assert_ok!(network.root(Call::unblock_header { header }));
                }
            }
        }
        Act::Allow(chain, party, little) => {
            let allowance = little.then_some(LITTLE);
            let participant = PARTIES[party].1;
            assert_ok!(pair.ends(CHAINS[chain].0).1.root(SetDirectory::set_allowance { participant, allowance }));
        }
        other => panic!("{other:?} is a party's"),
    }
}

/// Test helper: replaces the party's account in use by a fresh one, if that is possible, and recovers the old one's
/// balance if nothing holds it back.
fn replace(network: &mut Network, party: Sr25519Keyring, asset: u32) {
    let old = in_use(network, party);
    let new = AccountId::from(sp_io::hashing::blake2_256(old.as_ref()));
    if network.on(|| crate::tests::world::replace_account(&old, &new)).is_ok() {
        let recover = pallet_participants::Call::recover { account: old, asset: AssetId::WithId(asset) };
        let _nothing_or_not_now = network.root(recover);
    }
}

/// Test helper: lifts what stands in the way of the parties and of the assets on both chains.
fn lift(pair: &mut Pair) {
    for chain in 0..2 {
        for party in 0..2 {
            govern(pair, Act::Status(chain, party, 0));
        }
        govern(pair, Act::Freeze(chain, false));
    }
}

/// Test helper: ends the trade by honest steps and time: what is decided is carried, what is not decided returns. What is
/// frozen or sanctioned stays so until the end, unless `lifted`.
fn finish(pair: &mut Pair, trade: &Trade, lifted: bool) {
    for chain in 0..2 {
        govern(pair, Act::Halt(chain, false));
        govern(pair, Act::Block(chain, false));
    }
    if lifted {
        lift(pair);
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
    pair.check();
    lift(pair);
    for (to, asset) in CHAINS {
        for (party, _) in PARTIES {
            let network = pair.ends(to).1;
            let credits: Vec<_> = network.on(|| pallet_escrow::Claimable::<Runtime>::iter_keys().collect());
            for (account, of) in credits.into_iter().filter(|(_, of)| *of == AssetId::WithId(asset)) {
                let owner = in_use(network, party);
                let claim = pallet_escrow::Call::claim { account, asset: of, to: owner.clone() };
                // Past the guard: whatever allowance is left has to do with nothing here.
                let _not_its_own = network.by(owner, claim);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_should_settle_the_same_and_everything_should_end(
        policy in prop_oneof![Just(Policy::Part), Just(Policy::Npar), (2..4u32).prop_map(|min_lots| Policy::Parq { min_lots })],
        acts in proptest::collection::vec(acts(), 0..45),
        // Instants of some minutes, or so many that a sanction can last in between.
        days in prop_oneof![Just(0), Just(3u64)],
        lifted in any::<bool>(),
    ) {
        let mut pair = Pair::new();
        let trade = Trade::with(&mut pair, 5, |terms| {
            let more = days * 86_400_000;
            terms.reserve_by += more;
            terms.two_networks.as_mut().expect("two").pay_deadline += more;
            terms.deadline += more;
        });
        trade.agree_with(&mut pair, policy);
        for what in acts {
            act(&mut pair, &trade, what);
            pair.check();
        }
        finish(&mut pair, &trade, lifted);
        pair.check();
        let id = trade.id;
        let lots = match pair.asset.on(|| Instructions::<Runtime>::get(id)) {
            Some(Instruction::Closed(closed)) => closed.lots,
            other => panic!("not closed: {other:?}"),
        };
        let lots = Balance::from(lots);
        // I10: the seller is paid for exactly what the buyer has received.
        prop_assert_eq!(pair.bonds_of(BUYER_ID), lots * QUANTITY / 5);
        prop_assert_eq!(pair.euros_of(SELLER_ID), lots * PRICE / 5);
        prop_assert_eq!(pair.in_escrow(), (0, 0));
        prop_assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
        prop_assert_eq!(pair.asset.on(|| Commitments::<Runtime>::iter().count()), 0);
    }
}
