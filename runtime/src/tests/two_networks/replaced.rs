//! Tests of accounts that are replaced between commitment and end, on either chain: where delivery and payment go, and
//! who acts.

use super::{network::Network, pair::*};
use crate::{
    tests::world::{BUYER, BUYER_2, OPERATOR, SELLER},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{
    grandpa::keys::{record, record_version},
    Call, Error, Records,
};
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{Decision, LegIndex, NetworkIndex, Quantity, RejectReason};

/// Key of the account that takes another one's place.
const HEIR: Sr25519Keyring = Sr25519Keyring::BobStash;

/// Test helper: trade that the chain `deciding` decides.
fn trade(pair: &mut Pair, deciding: To) -> Trade {
    let trade = Trade::with(pair, 10, |terms| {
        if let (Some(two), To::Asset) = (&mut terms.two_networks, deciding) {
            two.commit_on = NetworkIndex(0);
        }
    });
    assert_eq!(trade.deciding, deciding);
    trade
}

/// Test helper: replaces an account, as its participant asks and the operator confirms.
#[track_caller]
fn replace(network: &mut Network, old: &AccountId, new: &AccountId) {
    assert_ok!(network.on(|| crate::tests::world::replace_account(old, new)));
}

/// Test helper: replaces the account, and each that took its place, twenty times. Gives the one that is in use then.
#[track_caller]
fn replace_often(network: &mut Network, first: Sr25519Keyring) -> AccountId {
    let mut current = first.to_account_id();
    for hop in 1..=20u8 {
        let next = AccountId::from([hop; 32]);
        replace(network, &current, &next);
        current = next;
    }
    current
}

/// Test helper: balance of the account in the asset of this leg.
fn balance(network: &mut Network, trade: &Trade, leg: LegIndex, account: &AccountId) -> Balance {
    let AssetId::WithId(asset) = trade.terms.legs[usize::from(leg.0)].asset else { panic!("no native legs") };
    network.on(|| Assets::balance(asset, account))
}

fn amount(trade: &Trade, leg: LegIndex) -> Balance {
    trade.terms.legs[usize::from(leg.0)].amount
}

fn other(party: Sr25519Keyring) -> Sr25519Keyring {
    if party == SELLER {
        BUYER
    } else {
        SELLER
    }
}

fn decision(pair: &mut Pair, trade: &Trade) -> Option<Decision> {
    let key = (trade.id, trade.tranche);
    pair.deciding(trade).on(|| Records::<Runtime>::get(key)).map(|record| record.decision)
}

fn refuse(trade: &Trade) -> Call<Runtime> {
    Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() }
}

#[test]
fn a_delivery_should_go_to_the_last_account_that_took_the_receivers_place() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        pair.deciding(&trade).send_ok(trade.payer().0, trade.pay(10));
        let (deliverer, leg) = trade.deliverer();
        let receiver = other(deliverer);
        let last = replace_often(pair.holding(&trade), receiver);
        pair.carry_record(&trade);
        let holding = pair.holding(&trade);
        assert_eq!(balance(holding, &trade, leg, &last), amount(&trade, leg));
        assert_eq!(balance(holding, &trade, leg, &receiver.to_account_id()), 0);
        pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

#[test]
fn a_return_should_go_to_the_last_account_that_took_the_deliverers_place() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        trade.committed(&mut pair);
        let (deliverer, leg) = trade.deliverer();
        let before = balance(pair.holding(&trade), &trade, leg, &deliverer.to_account_id());
        let last = replace_often(pair.holding(&trade), deliverer);
        let pay_deadline = trade.pay_deadline();
        pair.deciding(&trade).wait_until(pay_deadline);
        pair.import(trade.holding());
        let proof = pair.absence(&trade);
        pair.holding(&trade).send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
        let holding = pair.holding(&trade);
        assert_eq!(balance(holding, &trade, leg, &last), amount(&trade, leg));
        // What it had beside the trade waits there to be recovered.
        assert_eq!(balance(holding, &trade, leg, &deliverer.to_account_id()), before);
        pair.ended((1_000, 0), (0, 100_000));
    }
}

#[test]
fn a_payment_should_come_from_and_go_to_the_accounts_in_use() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        let (payer, leg) = trade.payer();
        let payee = other(payer);
        pair.deciding(&trade).send_ok(payer, trade.reserve_ahead(4));
        let chain = pair.deciding(&trade);
        replace(chain, &payer.to_account_id(), &HEIR.to_account_id());
        // Whoever has the lost key pays nothing more, and lets nothing go.
        for call in [trade.pay(6), trade.reserve_ahead(6), refuse(&trade).into()] {
            assert_eq!(chain.directly(payer, call), Err(Error::<Runtime>::NotActive.into()));
        }
        let asset = trade.terms.legs[usize::from(leg.0)].asset.clone();
        chain.send_ok(HEIR, Directory::recover { account: payer.to_account_id(), asset });
        // The terms still name the old account: they are what was agreed.
        chain.send_ok(HEIR, trade.reserve_ahead(6));
        let last = replace_often(chain, payee);
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 10 }));
        let chain = pair.deciding(&trade);
        assert_eq!(balance(chain, &trade, leg, &last), amount(&trade, leg));
        assert_eq!(balance(chain, &trade, leg, &payee.to_account_id()), 0);
        pair.carry_record(&trade);
        pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

#[test]
fn a_replaced_payer_should_stay_bound_and_get_back_what_it_reserved() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        let (payer, leg) = trade.payer();
        pair.deciding(&trade).send_ok(payer, trade.reserve_ahead(10));
        let chain = pair.deciding(&trade);
        replace(chain, &payer.to_account_id(), &HEIR.to_account_id());
        chain.send_err(HEIR, refuse(&trade), Error::<Runtime>::Irrevocable);
        chain.send_err(HEIR, trade.pay(1), Error::<Runtime>::TooManyLots);
        chain.wait_until(trade.pay_deadline());
        chain.send_ok(HEIR, Call::expire { id: trade.id });
        assert_eq!(balance(chain, &trade, leg, &HEIR.to_account_id()), amount(&trade, leg));
        pair.ended((1_000, 0), (0, 100_000));
    }
}

#[test]
fn a_payee_should_refuse_from_the_account_in_use_only() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        let payee = other(trade.payer().0);
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        let chain = pair.deciding(&trade);
        replace(chain, &payee.to_account_id(), &HEIR.to_account_id());
        assert_eq!(chain.directly(payee, refuse(&trade)), Err(Error::<Runtime>::NotActive.into()));
        chain.send_ok(HEIR, refuse(&trade));
        assert_eq!(decision(&mut pair, &trade), Some(Decision::Rejected { reason: RejectReason::Refused }));
        pair.import(trade.holding());
        let proof = pair.prove(trade.holding(), &[record_version(), record(trade.id, trade.tranche)]);
        pair.holding(&trade).send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
        pair.ended((1_000, 0), (0, 100_000));
    }
}

#[test]
fn the_account_in_use_should_commit_what_the_old_one_instructed() {
    for deciding in [To::Payment, To::Asset] {
        let mut pair = Pair::new();
        let trade = trade(&mut pair, deciding);
        let (deliverer, leg) = trade.deliverer();
        trade.agree(&mut pair);
        trade.deliver_lots(&mut pair, 6);
        let asset = trade.terms.legs[usize::from(leg.0)].asset.clone();
        let commit = |trade: &Trade| Call::commit { id: trade.id, lots: None };
        let holding = pair.holding(&trade);
        replace(holding, &deliverer.to_account_id(), &HEIR.to_account_id());
        let inactive = || pallet_settlement::Error::<Runtime>::NotActive.into();
        assert_eq!(holding.directly(deliverer, commit(&trade)), Err(inactive()));
        holding.send_ok(HEIR, commit(&trade));
        // The account that instructed still names the trade: its id is made of it.
        pair.carry_commitment(&trade);
        pair.deciding(&trade).send_ok(trade.payer().0, trade.pay(10));
        pair.carry_record(&trade);

        let second = trade.next();
        let holding = pair.holding(&trade);
        holding.send_ok(HEIR, Directory::recover { account: deliverer.to_account_id(), asset });
        let reserve = pallet_settlement::Call::reserve { id: trade.id, leg, quantity: Quantity::Exactly(4) };
        assert_eq!(holding.directly(deliverer, reserve.clone()), Err(inactive()));
        holding.send_ok(HEIR, reserve);
        holding.send_ok(HEIR, commit(&second));
        pair.carry_commitment(&second);
        assert_eq!(decision(&mut pair, &second), Some(Decision::Executed { lots: 4 }));
        pair.carry_record(&second);
        pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

#[test]
fn an_owner_and_one_operator_should_replace_by_another_account_of_the_same_party() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    for network in [&mut pair.asset, &mut pair.payment] {
        let (old, new) = (BUYER.to_account_id(), BUYER_2.to_account_id());
        let replace = Directory::replace_account { old: old.clone(), new: new.clone(), rights: Default::default() };
        // The operator alone gives nobody's delivery to another key.
        network.send_err(OPERATOR, replace.clone(), pallet_participants::Error::<Runtime>::RequestNotFound);
        // Nor does an account that administers nothing ask.
        let request = Directory::request_replacement { old, new, rights: Default::default() };
        network.send_err(BUYER_2, request.clone(), pallet_participants::Error::<Runtime>::NotAuthorized);
        network.send_ok(BUYER, request);
        network.send_ok(OPERATOR, replace);
    }
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    assert_eq!((pair.bonds(BUYER), pair.bonds(BUYER_2)), (0, QUANTITY));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}
