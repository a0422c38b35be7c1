//! The two chains of a test together, and the trade across them.

use super::network::Network;
use crate::{
    tests::world::{found, BOND, BUYER, BUYER_ID, EURO, SELLER, SELLER_ID},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{
    grandpa::keys::{commitment, genesis, now, record, record_version},
    Call, HeaderProof, Records,
};
use pallet_settlement::Affirmation;
use polkadot_sdk::bp_header_chain::InitializationData;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{
    instruction_id, Date, Decision, Execution, InstructionId, Leg, LegIndex, Lots, NetworkIndex, OnIncomplete,
    ParticipantId, PartyTerms, Policy, Quantity, Terms, TrancheIndex, TwoNetworks, VersionedTerms,
};

/// Key that carries proofs: a participant that is no party of the trade.
pub const CARRIER: Sr25519Keyring = crate::tests::world::ISSUER;

/// Leg of the delivery, on the asset network.
pub const DELIVERY: LegIndex = LegIndex(0);
/// Leg of the payment, on the payment network.
pub const PAYMENT: LegIndex = LegIndex(1);

/// Amount of cash that the buyer pays for the whole trade.
pub const PRICE: Balance = 59_400;
/// Amount of the security that the seller delivers in the whole trade.
pub const QUANTITY: Balance = 600;

/// Two chains that settle a trade with each other.
pub struct Pair {
    /// Asset network, which holds the security and, by default, the instruction.
    pub asset: Network,
    /// Payment network, which holds the cash and, by default, decides.
    pub payment: Network,
    /// Supply of the security on the asset network, and of the cash on the payment network.
    supply: [Balance; 2],
}

/// Direction between the two chains, by the chain that receives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum To {
    Asset,
    Payment,
}

impl Pair {
    /// Two chains that are opened for each other, with all parties registered on both.
    pub fn new() -> Self {
        let mut pair = Self::unlinked();
        pair.link();
        pair
    }

    /// Two chains that do not know each other yet, with all parties registered on both.
    pub fn unlinked() -> Self {
        let mut asset = Network::new(presets::ASSET_LOCAL);
        let mut payment = Network::new(presets::PAYMENT_LOCAL);
        for network in [&mut asset, &mut payment] {
            network.on(found);
            network.block();
        }
        assert_ne!(asset.genesis, payment.genesis);
        Self { asset, payment, supply: [1_000, 100_000] }
    }

    pub fn link(&mut self) {
        for to in [To::Asset, To::Payment] {
            let (from, at) = self.ends(to);
            let (authority_list, set_id) = from.authorities();
            let header = Box::new(from.newest().header.clone());
            let operating_mode = polkadot_sdk::bp_runtime::BasicOperatingMode::Normal;
            let genesis = from.genesis;
            assert_ok!(at.root(Call::open_counterpart { genesis }));
            let init_data = InitializationData { header, authority_list, set_id, operating_mode };
            assert_ok!(at.root(pallet_bridge_grandpa::Call::initialize { init_data }));
        }
    }

    /// Chain that sends in this direction, and chain that receives.
    pub fn ends(&mut self, to: To) -> (&mut Network, &mut Network) {
        match to {
            To::Asset => (&mut self.payment, &mut self.asset),
            To::Payment => (&mut self.asset, &mut self.payment),
        }
    }

    /// Finalises a block of the sending chain and imports its header into the receiving one.
    #[track_caller]
    pub fn import(&mut self, to: To) {
        self.import_by(to, CARRIER);
    }

    #[track_caller]
    fn import_by(&mut self, to: To, who: Sr25519Keyring) {
        self.ends(to).0.block();
        self.import_newest(to, who);
    }

    /// Does what `import` does, without a check of invariants, for a state that a test has broken.
    #[track_caller]
    pub fn unchecked_import(&mut self, to: To) {
        self.ends(to).0.unchecked_block_after(1);
        self.import_newest(to, CARRIER);
    }

    #[track_caller]
    fn import_newest(&mut self, to: To, who: Sr25519Keyring) {
        let (from, at) = self.ends(to);
        let top = from.top();
        let set_id = from.authorities().1;
        let (header, justification) = from.justify(top, set_id);
        at.send_ok(
            who,
            pallet_bridge_grandpa::Call::submit_finality_proof_ex {
                finality_target: Box::new(header),
                justification,
                current_set_id: set_id,
                is_free_execution_expected: false,
            },
        );
    }

    /// Proof of these keys at the newest header of the sending chain.
    pub fn prove(&mut self, to: To, keys: &[Vec<u8>]) -> HeaderProof {
        self.ends(to).0.newest().prove(keys)
    }

    /// Imports a header that shows the commitment into the deciding chain, and sends `instruct_by_proof` there.
    #[track_caller]
    pub fn carry_commitment(&mut self, trade: &Trade) {
        self.carry_commitment_by(trade, CARRIER);
    }

    /// Does what `carry_commitment` does, with this key as the carrier.
    #[track_caller]
    pub fn carry_commitment_by(&mut self, trade: &Trade, who: Sr25519Keyring) {
        let to = trade.deciding;
        self.import_by(to, who);
        let proof = self.prove(to, &[record_version(), commitment(trade.id, trade.tranche)]);
        self.ends(to).1.send_ok(who, trade.instruct_by_proof(proof));
    }

    /// Imports a header that shows the record into the holding chain, and sends `deliver_by_proof` there.
    #[track_caller]
    pub fn carry_record(&mut self, trade: &Trade) {
        let to = trade.holding();
        self.import(to);
        let proof = self.prove(to, &[record_version(), record(trade.id, trade.tranche)]);
        self.ends(to).1.send_ok(CARRIER, Call::deliver_by_proof { id: trade.id, proof });
    }

    /// Proof for the holding chain, at the newest header, that the tranche has no record, with the deciding chain's
    /// time and genesis hash.
    pub fn absence(&mut self, trade: &Trade) -> HeaderProof {
        self.prove(trade.holding(), &[record_version(), record(trade.id, trade.tranche), now(), genesis()])
    }

    pub fn holding(&mut self, trade: &Trade) -> &mut Network {
        self.ends(trade.deciding).0
    }

    pub fn deciding(&mut self, trade: &Trade) -> &mut Network {
        self.ends(trade.deciding).1
    }

    pub fn bonds(&mut self, key: Sr25519Keyring) -> Balance {
        self.asset.on(|| Assets::balance(BOND, key.to_account_id()))
    }

    pub fn euros(&mut self, key: Sr25519Keyring) -> Balance {
        self.payment.on(|| Assets::balance(EURO, key.to_account_id()))
    }

    /// Balances of escrow: of the security on the asset network, and of the cash on the payment network.
    pub fn in_escrow(&mut self) -> (Balance, Balance) {
        (
            self.asset.on(|| Assets::balance(BOND, Escrow::account_id())),
            self.payment.on(|| Assets::balance(EURO, Escrow::account_id())),
        )
    }

    /// Sends the owner's `claim` of its whole credit in the asset of a chain.
    #[track_caller]
    pub fn claim(&mut self, to: To, who: Sr25519Keyring, asset: u32) {
        let (account, asset) = (who.to_account_id(), AssetId::WithId(asset));
        self.ends(to).1.send_ok(who, pallet_escrow::Call::claim { account: account.clone(), asset, to: account });
    }

    /// Proof of the record of the tranche, at the newest header.
    pub fn record(&mut self, trade: &Trade) -> HeaderProof {
        self.prove(trade.holding(), &[record_version(), record(trade.id, trade.tranche)])
    }

    /// Decision of the deciding chain about the tranche.
    pub fn decision(&mut self, trade: &Trade) -> Option<Decision> {
        let key = (trade.id, trade.tranche);
        self.deciding(trade).on(|| Records::<Runtime>::get(key)).map(|record| record.decision)
    }

    /// Waits for the pay deadline of the deciding chain, and returns the delivery by proof of the record there, or of its
    /// absence.
    #[track_caller]
    pub fn time_out(&mut self, trade: &Trade) {
        self.deciding(trade).wait_until(trade.pay_deadline());
        // The sweep rejects what is committed there, and returns what is reserved.
        self.deciding(trade).block();
        self.import(trade.holding());
        let proof = match self.decision(trade) {
            Some(_) => self.record(trade),
            None => self.absence(trade),
        };
        self.holding(trade).send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    }

    /// Waits for the pay deadline on both chains, so that what nobody has committed returns.
    pub fn time_out_rest(&mut self, trade: &Trade) {
        let pay_deadline = trade.pay_deadline();
        for network in [&mut self.asset, &mut self.payment] {
            network.wait_until(pay_deadline);
            network.block();
        }
    }

    /// Amount of the security that a participant has on all accounts that it has or had.
    pub fn bonds_of(&mut self, participant: ParticipantId) -> Balance {
        self.asset.on(|| owned(participant, BOND))
    }

    /// Amount of the cash that a participant has on all accounts that it has or had.
    pub fn euros_of(&mut self, participant: ParticipantId) -> Balance {
        self.payment.on(|| owned(participant, EURO))
    }

    /// Ends a block on both chains and checks that nothing was made or lost (I1), and all other invariants.
    pub fn check(&mut self) {
        self.asset.block();
        self.payment.block();
        let supply = [self.asset.on(|| Assets::total_supply(BOND)), self.payment.on(|| Assets::total_supply(EURO))];
        assert_eq!(supply, self.supply);
        let (bonds, euros) = self.in_escrow();
        let owned = [SELLER_ID, BUYER_ID].map(|party| (self.bonds_of(party), self.euros_of(party)));
        assert_eq!(bonds + owned[0].0 + owned[1].0, supply[0]);
        assert_eq!(euros + owned[0].1 + owned[1].1, supply[1]);
    }

    /// Checks that seller and buyer have these amounts of security and cash, and that nothing is left in escrow (I10).
    #[track_caller]
    pub fn ended(&mut self, seller: (Balance, Balance), buyer: (Balance, Balance)) {
        self.check();
        assert_eq!((self.bonds_of(SELLER_ID), self.euros_of(SELLER_ID)), seller, "the seller's");
        assert_eq!((self.bonds_of(BUYER_ID), self.euros_of(BUYER_ID)), buyer, "the buyer's");
        assert_eq!(self.in_escrow(), (0, 0));
    }
}

fn owned(participant: ParticipantId, asset: u32) -> Balance {
    pallet_participants::Accounts::<Runtime>::iter()
        .filter(|(_, record)| record.participant == participant)
        .map(|(account, _)| Assets::balance(asset, account))
        .sum()
}

/// Trade across both chains: 600 of the security against 59,400.00 of cash.
#[derive(Clone)]
pub struct Trade {
    pub terms: Terms,
    pub id: InstructionId,
    pub tranche: TrancheIndex,
    pub deciding: To,
    pub instructing: Sr25519Keyring,
}

/// Time from the start of a test to the trade's `reserve_by`, in milliseconds. The next two constants are times of this
/// kind.
pub const RESERVE_BY: Moment = 200_000;
pub const PAY_DEADLINE: Moment = 400_000;
pub const DEADLINE: Moment = 600_000;

impl Trade {
    /// Trade in this number of lots, which the payment network decides.
    pub fn new(pair: &mut Pair, lots: Lots) -> Self {
        Self::with(pair, lots, |_| ())
    }

    /// Trade in this number of lots, with its terms changed by `change`.
    pub fn with(pair: &mut Pair, lots: Lots, change: impl FnOnce(&mut Terms)) -> Self {
        let leg = |network, asset, amount, from: Sr25519Keyring, to: Sr25519Keyring| Leg {
            network: NetworkIndex(network),
            asset: AssetId::WithId(asset),
            amount,
            from: from.to_account_id(),
            to: to.to_account_id(),
        };
        let start = pair.asset.now();
        let mut terms = Terms {
            reference: b"CROSS-1".to_vec().try_into().expect("short"),
            networks: vec![pair.asset.genesis, pair.payment.genesis].try_into().expect("two"),
            two_networks: Some(TwoNetworks {
                commit_on: NetworkIndex(1),
                pay_deadline: start + PAY_DEADLINE,
                managed_by: None,
            }),
            legs: vec![leg(0, BOND, QUANTITY, SELLER, BUYER), leg(1, EURO, PRICE, BUYER, SELLER)]
                .try_into()
                .expect("two"),
            lots,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from: 0,
            partial_from: 0,
            reserve_by: start + RESERVE_BY,
            deadline: start + DEADLINE,
            execution: Execution::Immediate,
            on_incomplete: OnIncomplete::Complete,
        };
        change(&mut terms);
        Self::of(pair, terms)
    }

    pub fn of(pair: &Pair, terms: Terms) -> Self {
        let holding = terms.genesis(terms.holding()).expect("two networks");
        let deciding = if holding == pair.asset.genesis { To::Payment } else { To::Asset };
        let instructing = SELLER;
        let id = instruction_id(holding, &instructing.to_account_id(), VersionedTerms::V1(terms.clone()).hash());
        Self { terms, id, tranche: TrancheIndex(0), deciding, instructing }
    }

    pub fn holding(&self) -> To {
        match self.deciding {
            To::Asset => To::Payment,
            To::Payment => To::Asset,
        }
    }

    pub fn versioned(&self) -> VersionedTerms {
        VersionedTerms::V1(self.terms.clone())
    }

    pub fn pay_deadline(&self) -> Moment {
        self.terms.two_networks.as_ref().expect("two networks").pay_deadline
    }

    /// Instructs and affirms the trade on the holding chain, each party with the policy `Part`.
    #[track_caller]
    pub fn agree(&self, pair: &mut Pair) {
        self.agree_with(pair, Policy::Part);
    }

    #[track_caller]
    pub fn agree_with(&self, pair: &mut Pair, policy: Policy) {
        let party = || PartyTerms { policy, ..PartyTerms::default() };
        let network = pair.holding(self);
        network.send_ok(
            self.instructing,
            pallet_settlement::Call::instruct { terms: self.versioned(), party: party(), reserve: None },
        );
        let affirmation = Affirmation::Hash(self.versioned().hash());
        let other = if self.instructing == SELLER { BUYER } else { SELLER };
        network.send_ok(
            other,
            pallet_settlement::Call::affirm { id: self.id, affirmation, party: party(), reserve: None },
        );
    }

    /// Giver on the holding chain, and its leg.
    pub fn deliverer(&self) -> (Sr25519Keyring, LegIndex) {
        match self.deciding {
            To::Payment => (SELLER, DELIVERY),
            To::Asset => (BUYER, PAYMENT),
        }
    }

    /// Giver on the deciding chain, and its leg.
    pub fn payer(&self) -> (Sr25519Keyring, LegIndex) {
        match self.deciding {
            To::Payment => (BUYER, PAYMENT),
            To::Asset => (SELLER, DELIVERY),
        }
    }

    /// Reserves exactly this number of lots on the holding chain.
    #[track_caller]
    pub fn deliver_lots(&self, pair: &mut Pair, lots: Lots) {
        let (who, leg) = self.deliverer();
        let quantity = Quantity::Exactly(lots);
        pair.holding(self).send_ok(who, pallet_settlement::Call::reserve { id: self.id, leg, quantity });
    }

    /// Commits all lots that are reserved on the holding chain.
    #[track_caller]
    pub fn commit(&self, pair: &mut Pair) {
        pair.holding(self).send_ok(SELLER, Call::commit { id: self.id, lots: None });
    }

    /// Instructs and affirms the trade, reserves all lots on the holding chain, and commits them.
    #[track_caller]
    pub fn committed(&self, pair: &mut Pair) {
        self.agree(pair);
        self.deliver_lots(pair, self.terms.lots);
        self.commit(pair);
    }

    pub fn instruct_by_proof(&self, proof: HeaderProof) -> RuntimeCall {
        Call::instruct_by_proof {
            terms: self.versioned(),
            instructing: self.instructing.to_account_id(),
            tranche: self.tranche,
            proof,
        }
        .into()
    }

    /// Call of the payer that reserves lots on the deciding chain before the commitment is known there.
    pub fn reserve_ahead(&self, lots: Lots) -> RuntimeCall {
        Call::reserve_ahead {
            terms: self.versioned(),
            instructing: self.instructing.to_account_id(),
            leg: self.payer().1,
            quantity: Quantity::Exactly(lots),
        }
        .into()
    }

    /// Call of the payer that reserves lots on the deciding chain, which knows the commitment.
    pub fn pay(&self, lots: Lots) -> RuntimeCall {
        Call::reserve { id: self.id, leg: self.payer().1, quantity: Quantity::Exactly(lots) }.into()
    }

    /// Call by which the payer takes lots out of reservation on the deciding chain.
    pub fn release(&self, lots: Lots) -> Call<Runtime> {
        Call::release { id: self.id, leg: self.payer().1, lots }
    }

    /// Copy of the trade with the next tranche.
    pub fn next(&self) -> Self {
        Self { tranche: TrancheIndex(self.tranche.0 + 1), ..self.clone() }
    }
}
