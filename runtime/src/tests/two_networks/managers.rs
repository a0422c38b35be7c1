//! Tests with a settlement manager on each network. Each follows the other by proven events only, and each can fall
//! silent.

use super::pair::*;
use crate::{
    tests::world::{BUYER, SELLER, STRANGER},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{Call, Error, Records};
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{Decision, Execution, ManagedBy, RejectReason, Role};

/// Key of the settlement manager on the holding network.
const MANAGER: Sr25519Keyring = STRANGER;
/// Key of the settlement manager on the deciding network.
const OTHER_MANAGER: Sr25519Keyring = Sr25519Keyring::BobStash;

/// Test helper: both chains with both managers registered, and a trade that names one on each network.
fn managed() -> (Pair, Trade) {
    let mut pair = Pair::new();
    for network in [&mut pair.asset, &mut pair.payment] {
        for (key, lei) in [(MANAGER, b"TNDM00MANAGER0000133"), (OTHER_MANAGER, b"TNDM00MANAGER0000230")] {
            network.on(|| register(key, lei));
        }
    }
    let start = pair.asset.now();
    let trade = Trade::with(&mut pair, 10, |terms| {
        let manager_by = start + 100_000;
        terms.execution = Execution::ByManager { manager: MANAGER.to_account_id(), manager_by };
        if let Some(two) = &mut terms.two_networks {
            let manager_by = start + 300_000;
            two.managed_by = Some(ManagedBy { manager: OTHER_MANAGER.to_account_id(), manager_by });
        }
    });
    (pair, trade)
}

fn register(key: Sr25519Keyring, lei: &[u8; 20]) {
    let lei = tandem_primitives::Lei(*lei);
    let accounts = vec![key.to_account_id()].try_into().expect("few");
    let roles = vec![Role::SettlementManager].try_into().expect("few");
    assert_ok!(Participants::register(
        RuntimeOrigin::root(),
        b"Manager".to_vec().try_into().expect("short"),
        lei,
        roles,
        accounts,
        Default::default(),
    ));
}

fn commit(trade: &Trade, lots: Option<u32>) -> Call<Runtime> {
    Call::commit { id: trade.id, lots }
}

fn execute(trade: &Trade, lots: Option<u32>) -> Call<Runtime> {
    Call::execute { id: trade.id, lots }
}

fn decision(pair: &mut Pair, trade: &Trade) -> Option<Decision> {
    let key = (trade.id, trade.tranche);
    pair.payment.on(|| Records::<Runtime>::get(key)).map(|record| record.decision)
}

#[test]
fn each_manager_should_choose_on_its_own_side() {
    let (mut pair, trade) = managed();
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    assert!(pair.asset.send(SELLER, commit(&trade, None)).is_err(), "the manager's, before its instant");
    assert!(pair.asset.send(OTHER_MANAGER, commit(&trade, None)).is_err(), "of the other network");
    assert!(pair.asset.send(MANAGER, commit(&trade, Some(11))).is_err());
    pair.asset.send_ok(MANAGER, commit(&trade, Some(7)));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    assert_eq!(decision(&mut pair, &trade), None, "it waits for its manager");
    // Whatever the market does meanwhile: what is committed and covered binds the payee too.
    let refuse = || Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    for party in [SELLER, BUYER] {
        pair.payment.send_err(party, refuse(), Error::<Runtime>::Irrevocable);
    }
    pair.payment.send_err(BUYER, execute(&trade, None), Error::<Runtime>::NotAuthorized);
    pair.payment.send_err(MANAGER, execute(&trade, None), Error::<Runtime>::NotAuthorized);
    pair.payment.send_err(OTHER_MANAGER, execute(&trade, Some(8)), Error::<Runtime>::TooManyLots);
    pair.payment.send_ok(OTHER_MANAGER, execute(&trade, Some(5)));
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 5 }));
    pair.carry_record(&trade);
    pair.check();
    assert_eq!((pair.bonds(BUYER), pair.euros(SELLER)), (300, 29_700));
    // The rest is another tranche, which each of them decides again.
    let second = trade.next();
    pair.asset.send_ok(MANAGER, commit(&second, None));
    pair.carry_commitment(&second);
    pair.payment.send_ok(OTHER_MANAGER, execute(&second, None));
    pair.carry_record(&second);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn parties_should_go_on_when_the_holding_manager_is_silent() {
    let (mut pair, trade) = managed();
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    let Execution::ByManager { manager_by, .. } = trade.terms.execution else { panic!("managed") };
    pair.asset.wait_until(manager_by - SLOT_DURATION);
    assert!(pair.asset.now() < manager_by);
    assert!(pair.asset.send(BUYER, commit(&trade, None)).is_err());
    pair.asset.wait_until(manager_by);
    assert!(pair.asset.send(BUYER, commit(&trade, Some(3))).is_err(), "a party has no choice");
    pair.asset.send_ok(BUYER, commit(&trade, None));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.payment.send_ok(OTHER_MANAGER, execute(&trade, None));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn parties_should_go_on_when_the_deciding_manager_is_silent() {
    let (mut pair, trade) = managed();
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    pair.asset.send_ok(MANAGER, commit(&trade, None));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let managed_by = trade.terms.two_networks.clone().and_then(|two| two.managed_by).expect("managed");
    pair.payment.wait_until(managed_by.manager_by - SLOT_DURATION);
    assert!(pair.payment.now() < managed_by.manager_by);
    pair.payment.send_err(SELLER, execute(&trade, None), Error::<Runtime>::NotAuthorized);
    pair.payment.wait_until(managed_by.manager_by);
    pair.payment.send_err(SELLER, execute(&trade, Some(3)), Error::<Runtime>::PartNotAllowed);
    pair.payment.send_err(MANAGER, execute(&trade, None), Error::<Runtime>::NotAuthorized);
    pair.payment.send_ok(SELLER, execute(&trade, None));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn everything_should_return_when_both_managers_and_all_parties_are_silent() {
    let (mut pair, trade) = managed();
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    pair.asset.send_ok(MANAGER, commit(&trade, None));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    pair.payment.block();
    pair.import(To::Asset);
    let keys = [
        pallet_counterpart::grandpa::keys::record_version(),
        pallet_counterpart::grandpa::keys::record(trade.id, trade.tranche),
    ];
    let proof = pair.prove(To::Asset, &keys);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_manager_that_is_none_on_the_deciding_network_should_reject_the_trade() {
    let (mut pair, _) = managed();
    let start = pair.asset.now();
    let trade = Trade::with(&mut pair, 10, |terms| {
        if let Some(two) = &mut terms.two_networks {
            two.managed_by = Some(ManagedBy { manager: SELLER.to_account_id(), manager_by: start + 300_000 });
        }
    });
    pair.payment.send_err(
        BUYER,
        trade.reserve_ahead(1),
        Error::<Runtime>::NotSettleable(RejectReason::ManagerNotFound),
    );
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    let reason = tandem_primitives::RejectReason::ManagerNotFound;
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Rejected { reason }));
}
