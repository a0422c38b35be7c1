//! Tests of custodians and settlement banks that act for the parties on the deciding chain.

use super::pair::*;
use crate::{
    tests::world::{set_status, BUYER, BUYER_ID, SELLER, SELLER_ID},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{Call, Error, Event, Payments, Records};
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{
    Capacity, Decision, ManagedBy, NetworkIndex, ParticipantId, Policy, Quantity, RejectReason, Role, Status,
};

/// Test helper: mandate without any limit, which also allows giving for nothing.
fn unlimited() -> pallet_participants::Mandate {
    pallet_participants::Mandate { free_of_payment: true, ..pallet_participants::Mandate::widest() }
}

/// Key of a settlement bank, which may be agent for payments.
const BANK: Sr25519Keyring = Sr25519Keyring::BobStash;
const BANK_ID: ParticipantId = ParticipantId(5);
/// Key of a custodian, which may be agent for deliveries.
const CUSTODIAN: Sr25519Keyring = Sr25519Keyring::FerdieStash;
const CUSTODIAN_ID: ParticipantId = ParticipantId(6);
/// Key of the settlement manager on the deciding network.
const MANAGER: Sr25519Keyring = Sr25519Keyring::EveStash;

/// Trade of a test, with the agent that may act for its payer on the deciding chain, and one that may not.
struct Case {
    pair: Pair,
    trade: Trade,
    right: (Sr25519Keyring, ParticipantId, Capacity),
    wrong: (Sr25519Keyring, ParticipantId, Capacity),
}

impl Case {
    /// Trade that `deciding` decides. Both parties have appointed both agents, on the deciding chain only.
    fn new(deciding: To) -> Self {
        Self::with(deciding, false)
    }

    fn with(deciding: To, managed: bool) -> Self {
        let mut pair = Pair::new();
        let start = pair.asset.now();
        let trade = Trade::with(&mut pair, 10, |terms| {
            let two = terms.two_networks.as_mut().expect("two");
            if deciding == To::Asset {
                two.commit_on = NetworkIndex(0);
            }
            if managed {
                two.managed_by = Some(ManagedBy { manager: MANAGER.to_account_id(), manager_by: start + 300_000 });
            }
        });
        let chain = pair.deciding(&trade);
        for (expected, key, lei, role) in [
            (BANK_ID, BANK, b"TNDM00BANK0000000155", Role::SettlementBank),
            (CUSTODIAN_ID, CUSTODIAN, b"TNDM00CUSTODIAN00181", Role::Custodian),
            (ParticipantId(7), MANAGER, b"TNDM00MANAGER0000133", Role::SettlementManager),
        ] {
            chain.on(|| {
                assert_eq!(pallet_participants::NextParticipant::<Runtime>::get(), expected);
                assert_ok!(Participants::register(
                    RuntimeOrigin::root(),
                    b"Agent".to_vec().try_into().expect("short"),
                    tandem_primitives::Lei(*lei),
                    vec![role].try_into().expect("few"),
                    vec![key.to_account_id()].try_into().expect("few"),
                    Default::default(),
                ));
            });
        }
        let bank = (BANK, BANK_ID, Capacity::Payment);
        let custodian = (CUSTODIAN, CUSTODIAN_ID, Capacity::Delivery);
        for party in [SELLER, BUYER] {
            for (_, agent, capacity) in [bank, custodian] {
                chain.send_ok(party, Directory::appoint_agent { agent, capacity, mandate: unlimited() });
            }
        }
        let (right, wrong) = if deciding == To::Payment { (bank, custodian) } else { (custodian, bank) };
        Self { pair, trade, right, wrong }
    }

    fn chain(&mut self) -> &mut super::network::Network {
        self.pair.deciding(&self.trade)
    }

    /// Commits the whole trade on the holding chain, and carries the commitment to the deciding chain.
    #[track_caller]
    fn committed(&mut self) {
        self.trade.committed(&mut self.pair);
        self.pair.carry_commitment(&self.trade);
    }

    fn payer(&self) -> (Sr25519Keyring, ParticipantId) {
        let payer = self.trade.payer().0;
        (payer, if payer == BUYER { BUYER_ID } else { SELLER_ID })
    }

    fn payee(&self) -> (Sr25519Keyring, ParticipantId) {
        if self.trade.payer().0 == BUYER {
            (SELLER, SELLER_ID)
        } else {
            (BUYER, BUYER_ID)
        }
    }

    fn decision(&mut self) -> Option<Decision> {
        let key = (self.trade.id, self.trade.tranche);
        self.chain().on(|| Records::<Runtime>::get(key)).map(|record| record.decision)
    }

    /// Account that made the last reservation on the deciding chain, by its event.
    fn reserved_by(&mut self) -> Option<AccountId> {
        self.chain().on(System::events).into_iter().rev().find_map(|record| match record.event {
            RuntimeEvent::Counterpart(Event::Reserved { by, .. }) => Some(by),
            _ => None,
        })
    }

    fn refuse(&self, on_behalf_of: Option<ParticipantId>) -> Call<Runtime> {
        Call::refuse { id: self.trade.id, on_behalf_of, reason: Default::default() }
    }

    fn execute(&self) -> Call<Runtime> {
        Call::execute { id: self.trade.id, lots: None }
    }

    #[track_caller]
    fn delivered(mut self) {
        assert_eq!(self.decision(), Some(Decision::Executed { lots: 10 }));
        self.pair.carry_record(&self.trade);
        self.pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

const BOTH: [To; 2] = [To::Payment, To::Asset];

#[test]
fn an_agent_should_reserve_ahead_and_after_the_commitment() {
    for deciding in BOTH {
        let mut case = Case::new(deciding);
        let (trade, agent) = (case.trade.clone(), case.right.0);
        case.chain().send_ok(agent, trade.reserve_ahead(4));
        assert_eq!(case.reserved_by(), Some(agent.to_account_id()), "the event says who signed");
        case.trade.agree_with(&mut case.pair, Policy::Npar);
        trade.deliver_lots(&mut case.pair, 10);
        trade.commit(&mut case.pair);
        case.pair.carry_commitment(&trade);
        assert_eq!(case.decision(), None);
        case.chain().send_ok(agent, trade.pay(6));
        case.delivered();
    }
}

#[test]
fn an_agent_for_the_other_kind_of_leg_should_reserve_nothing() {
    for deciding in BOTH {
        let mut case = Case::new(deciding);
        let (trade, agent) = (case.trade.clone(), case.wrong.0);
        case.chain().send_err(agent, trade.reserve_ahead(1), Error::<Runtime>::NotAuthorized);
        case.committed();
        case.chain().send_err(agent, trade.pay(1), Error::<Runtime>::NotAuthorized);
        assert_eq!(case.chain().on(|| Payments::<Runtime>::get(trade.id)).map(|payment| payment.covered()), Some(0));
    }
}

#[test]
fn an_agent_that_is_dismissed_or_has_lost_its_role_should_act_no_more() {
    for deciding in BOTH {
        for dismissed in [true, false] {
            let mut case = Case::new(deciding);
            let (trade, (agent, agent_id, capacity)) = (case.trade.clone(), case.right);
            case.chain().send_ok(agent, trade.reserve_ahead(4));
            let ((payer, payer_id), (payee, payee_id)) = (case.payer(), case.payee());
            if dismissed {
                for party in [payer, payee] {
                    case.chain().send_ok(party, Directory::dismiss_agent { agent: agent_id, capacity });
                }
            } else {
                let roles = vec![Role::Trader].try_into().expect("few");
                assert_ok!(case.chain().root(Directory::set_roles { participant: agent_id, roles }));
            }
            for call in [trade.reserve_ahead(6), trade.pay(6)] {
                case.chain().send_err(agent, call, Error::<Runtime>::NotAuthorized);
            }
            for principal in [payer_id, payee_id] {
                let refuse = case.refuse(Some(principal));
                case.chain().send_err(agent, refuse, Error::<Runtime>::NotAuthorized);
            }
            // What it has reserved stays reserved, and its principal goes on.
            case.chain().send_ok(payer, trade.pay(6));
            case.committed();
            case.delivered();
        }
    }
}

#[test]
fn an_agent_should_start_nothing_while_it_or_its_principal_is_suspended() {
    for deciding in BOTH {
        let mut case = Case::new(deciding);
        let (trade, (agent, agent_id, _)) = (case.trade.clone(), case.right);
        case.committed();
        let payer_id = case.payer().1;
        case.chain().on(|| set_status(payer_id, Status::Suspended));
        case.chain().send_err(agent, trade.pay(10), Error::<Runtime>::NotSettleable(RejectReason::PartyNotActive));
        case.chain().on(|| {
            set_status(payer_id, Status::Active);
            set_status(agent_id, Status::Suspended);
        });
        assert_eq!(case.chain().directly(agent, trade.pay(10)), Err(Error::<Runtime>::NotActive.into()));
        case.chain().on(|| set_status(agent_id, Status::Active));
        case.chain().send_ok(agent, trade.pay(10));
        case.delivered();
    }
}

#[test]
fn the_first_of_an_agent_and_its_principal_should_win() {
    for deciding in BOTH {
        for agent_first in [true, false] {
            let mut case = Case::new(deciding);
            let (trade, agent, payer) = (case.trade.clone(), case.right.0, case.payer().0);
            let (first, second) = if agent_first { (agent, payer) } else { (payer, agent) };
            case.chain().send_ok(first, trade.reserve_ahead(10));
            case.chain().send_err(second, trade.reserve_ahead(10), Error::<Runtime>::TooManyLots);
            // Nothing is reserved twice by asking for as much as there is either.
            let rest = Call::reserve { id: trade.id, leg: trade.payer().1, quantity: Quantity::UpTo(10) };
            case.chain().send_ok(second, rest);
            let reserved = case.chain().on(|| Payments::<Runtime>::get(trade.id)).map(|payment| payment.covered());
            assert_eq!(reserved, Some(10));
            case.committed();
            case.chain().send_err(second, trade.pay(10), Error::<Runtime>::PaymentNotFound);
            case.delivered();
        }
    }
}

#[test]
fn an_agent_should_refuse_for_a_payee_and_not_for_a_payer_that_is_bound() {
    for deciding in BOTH {
        for (right, others) in [(true, false), (false, true)] {
            let mut case = Case::new(deciding);
            let trade = case.trade.clone();
            // Whoever acts for any of its legs speaks for a party, as it does to cancel.
            let agent = if right { case.right.0 } else { case.wrong.0 };
            let ((payer, payer_id), (_, payee_id)) = (case.payer(), case.payee());
            case.chain().send_ok(payer, trade.reserve_ahead(5));
            let for_payer = case.refuse(Some(payer_id));
            case.chain().send_err(agent, for_payer.clone(), Error::<Runtime>::Irrevocable);
            // Nobody's agent for itself.
            let for_none = case.refuse(None);
            case.chain().send_err(agent, for_none, Error::<Runtime>::NotAuthorized);
            trade.agree_with(&mut case.pair, Policy::Npar);
            trade.deliver_lots(&mut case.pair, 10);
            trade.commit(&mut case.pair);
            case.pair.carry_commitment(&trade);
            // Half of what is needed binds nobody once that is known.
            let call = if others { for_payer } else { case.refuse(Some(payee_id)) };
            case.chain().send_ok(agent, call);
            assert_eq!(case.decision(), Some(Decision::Rejected { reason: RejectReason::Refused }));
        }
    }
}

#[test]
fn a_payer_should_not_let_itself_go_as_the_agent_of_the_payee() {
    let mut case = Case::new(To::Payment);
    let trade = case.trade.clone();
    let roles = vec![Role::Trader, Role::SettlementBank].try_into().expect("few");
    assert_ok!(case.chain().root(Directory::set_roles { participant: BUYER_ID, roles }));
    let appoint = Directory::appoint_agent { agent: BUYER_ID, capacity: Capacity::Payment, mandate: unlimited() };
    case.chain().send_ok(SELLER, appoint);
    case.chain().send_ok(BUYER, trade.reserve_ahead(10));
    let refuse = case.refuse(Some(SELLER_ID));
    case.chain().send_err(BUYER, refuse, Error::<Runtime>::Irrevocable);
}

#[test]
fn an_agent_should_execute_for_a_party_when_the_deciding_manager_is_silent() {
    for deciding in BOTH {
        let mut case = Case::with(deciding, true);
        let (trade, (agent, agent_id, capacity), wrong) = (case.trade.clone(), case.right, case.wrong.0);
        case.committed();
        case.chain().send_ok(agent, trade.pay(10));
        let managed = trade.terms.two_networks.clone().and_then(|two| two.managed_by).expect("managed");
        let execute = case.execute();
        case.chain().wait_until(managed.manager_by - SLOT_DURATION);
        assert!(case.chain().now() < managed.manager_by);
        case.chain().send_err(agent, execute.clone(), Error::<Runtime>::NotAuthorized);
        case.chain().wait_until(managed.manager_by);
        // Neither of the two parties moves such assets through the other agent.
        case.chain().send_err(wrong, execute.clone(), Error::<Runtime>::NotAuthorized);
        let (payer, payee) = (case.payer().0, case.payee().0);
        for party in [payer, payee] {
            case.chain().send_ok(party, Directory::dismiss_agent { agent: agent_id, capacity });
        }
        case.chain().send_err(agent, execute.clone(), Error::<Runtime>::NotAuthorized);
        case.chain().send_ok(payee, Directory::appoint_agent { agent: agent_id, capacity, mandate: unlimited() });
        case.chain().send_ok(agent, execute);
        case.delivered();
    }
}
