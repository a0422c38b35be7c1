//! Calls that programs sign. Arguments are encoded by types whose encoding is compared with the chain's at each connection, or
//! by the chain's metadata.

use crate::{authorities::InitialHeader, connection::Header, finality::Justified};
use codec::{Compact, Encode};
use polkadot_sdk::{
    bp_header_chain::{justification::GrandpaJustification, InitializationData},
    bp_messages::{
        source_chain::FromBridgedChainMessagesDeliveryProof, target_chain::FromBridgedChainMessagesProof, HashedLaneId,
        UnrewardedRelayersState,
    },
    bp_runtime::BasicOperatingMode,
    sp_core::H256,
    sp_weights::Weight,
};
use subxt::{
    dynamic::Value,
    ext::{
        scale_encode::{EncodeAsFields, Error as EncodeError, FieldIter},
        scale_type_resolver::TypeResolver,
        scale_value::Composite,
    },
    transactions::Payload,
};
use tandem_primitives::{
    mandates::Mandate, AccountId, Affirmation, AssetId, AssetRecord, Balance, Body, CallHash, Capacity, HeaderProof,
    InstructionId, LegIndex, Lei, Lots, ParticipantId, PartyTerms, Quantity, Reason, Reference, Right, Role, Status,
    TrancheIndex, VersionedTerms,
};

/// Proof of messages, as the lane between the two networks takes it.
pub type MessagesProof = FromBridgedChainMessagesProof<H256, HashedLaneId>;

/// Proof of what the other network has received, as the lane takes it.
pub type DeliveryProof = FromBridgedChainMessagesDeliveryProof<H256, HashedLaneId>;

/// Call with its arguments.
#[derive(Clone, Debug)]
pub struct Call {
    pallet: &'static str,
    name: &'static str,
    arguments: Arguments,
}

/// Arguments, encoded already or to be encoded by the metadata.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// SCALE, by the types that the runtime itself is compiled with.
    Encoded(Vec<u8>),
    /// By name or position.
    Described(Composite<()>),
}

impl EncodeAsFields for Arguments {
    fn encode_as_fields_to<R: TypeResolver>(
        &self,
        fields: &mut dyn FieldIter<'_, R::TypeId>,
        types: &R,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        match self {
            Arguments::Encoded(bytes) => {
                out.extend_from_slice(bytes);
                Ok(())
            }
            Arguments::Described(values) => values.encode_as_fields_to(fields, types, out),
        }
    }
}

impl Payload for Call {
    type CallData = Arguments;

    fn pallet_name(&self) -> &str {
        self.pallet
    }

    fn call_name(&self) -> &str {
        self.name
    }

    fn call_data(&self) -> &Arguments {
        &self.arguments
    }
}

impl Call {
    fn ours(pallet: &'static str, name: &'static str, arguments: impl Encode) -> Self {
        Self { pallet, name, arguments: Arguments::Encoded(arguments.encode()) }
    }

    fn sdk(pallet: &'static str, name: &'static str, arguments: Vec<Value>) -> Self {
        Self { pallet, name, arguments: Arguments::Described(Composite::unnamed(arguments)) }
    }

    /// Pallet and name, as a list of a program's calls has them.
    pub fn name(&self) -> (&'static str, &'static str) {
        (self.pallet, self.name)
    }

    /// Pallet and name, for people.
    pub fn title(&self) -> String {
        format!("{}.{}", self.pallet, self.name)
    }

    /// `Settlement.instruct`: proposes a trade, and may reserve at once.
    pub fn instruct(terms: &VersionedTerms, party: &PartyTerms, reserve: Option<Quantity>) -> Self {
        Self::ours("Settlement", "instruct", (terms, party, reserve))
    }

    /// `Settlement.affirm`: agrees to a trade that another has proposed.
    pub fn affirm(id: InstructionId, affirmation: Affirmation, party: &PartyTerms, reserve: Option<Quantity>) -> Self {
        Self::ours("Settlement", "affirm", (id, affirmation, party, reserve))
    }

    /// `Settlement.reserve`: reserves a leg for the next part.
    pub fn reserve(id: InstructionId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Settlement", "reserve", (id, leg, quantity))
    }

    /// `Settlement.settle_part`: settles the part that all reservations cover.
    pub fn settle_part(id: InstructionId) -> Self {
        Self::ours("Settlement", "settle_part", id)
    }

    /// `Settlement.execute`: uses the signer's token of a leg.
    pub fn execute(id: InstructionId, leg: LegIndex, preimage: Option<[u8; 32]>) -> Self {
        Self::ours("Settlement", "execute", (id, leg, preimage))
    }

    /// `Settlement.settle`: orders settlement, as the manager.
    pub fn settle(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Settlement", "settle", (id, lots))
    }

    /// `Settlement.expire`: ends an instruction whose deadline has passed.
    pub fn expire(id: InstructionId) -> Self {
        Self::ours("Settlement", "expire", id)
    }

    /// `Counterpart.commit`: leaves what is reserved to the decision of the other network.
    pub fn commit(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Counterpart", "commit", (id, lots))
    }

    /// `Counterpart.reserve_ahead`: reserves a payment whose commitment is not known yet.
    pub fn reserve_ahead(terms: &VersionedTerms, instructing: &AccountId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Counterpart", "reserve_ahead", (terms, instructing, leg, quantity))
    }

    /// `Counterpart.reserve`: reserves a leg of a payment.
    pub fn reserve_payment(id: InstructionId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Counterpart", "reserve", (id, leg, quantity))
    }

    /// `Counterpart.execute`: pays all legs, which decides the tranche.
    pub fn execute_payment(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Counterpart", "execute", (id, lots))
    }

    /// `Counterpart.refuse`, for the signer itself.
    pub fn refuse_payment(id: InstructionId, reason: &str) -> Self {
        Self::ours("Counterpart", "refuse", (id, None::<ParticipantId>, reason.as_bytes()))
    }

    /// `Counterpart.expire`: rejects a payment whose deadline has passed.
    pub fn expire_payment(id: InstructionId) -> Self {
        Self::ours("Counterpart", "expire", id)
    }

    /// `Counterpart.deliver_by_proof`: delivers what the other network has executed.
    pub fn deliver_by_proof(id: InstructionId, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "deliver_by_proof", (id, proof))
    }

    /// `Counterpart.return_by_proof`: returns what the other network has rejected or let pass.
    pub fn return_by_proof(id: InstructionId, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "return_by_proof", (id, proof))
    }

    /// `Counterpart.instruct_by_proof`: shows what the other network has committed.
    pub fn instruct_by_proof(
        terms: &VersionedTerms,
        instructing: &AccountId,
        tranche: TrancheIndex,
        proof: &HeaderProof,
    ) -> Self {
        Self::ours("Counterpart", "instruct_by_proof", (terms, instructing, tranche, proof))
    }

    /// `Counterpart.forget_by_proof`: removes a record that nobody needs any more.
    pub fn forget_by_proof(id: InstructionId, tranche: TrancheIndex, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "forget_by_proof", (id, tranche, proof))
    }

    /// `Counterpart.open_counterpart`: names the other network by its first block.
    pub fn open_counterpart(genesis: H256) -> Self {
        Self::ours("Counterpart", "open_counterpart", genesis)
    }

    /// `BridgeGrandpa.initialize`: starts the light client with this header.
    pub fn initialize_light_client(initial: &InitialHeader) -> Self {
        let data = InitializationData {
            header: Box::new(initial.header.clone()),
            authority_list: initial.set.authorities.clone(),
            set_id: initial.set.set_id,
            operating_mode: BasicOperatingMode::Normal,
        };
        Self::ours("BridgeGrandpa", "initialize", data)
    }

    /// `BridgeGrandpa.submit_finality_proof_ex` of a header with its signatures.
    pub fn import_header(justified: &Justified, set: u64) -> Self {
        Self::submit_finality_proof(&justified.header, &justified.justification, set)
    }

    /// `BridgeMessages.receive_messages_proof`, carried by this account.
    pub fn receive_messages(account: &AccountId, proof: &MessagesProof, count: u32, dispatch_weight: Weight) -> Self {
        Self::ours("BridgeMessages", "receive_messages_proof", (account, proof, count, dispatch_weight))
    }

    /// `BridgeMessages.receive_messages_delivery_proof`: shows which messages the other network has received.
    pub fn confirm_messages(proof: &DeliveryProof, state: &UnrewardedRelayersState) -> Self {
        Self::ours("BridgeMessages", "receive_messages_delivery_proof", (proof, state))
    }

    /// `BridgeGrandpa.submit_finality_proof_ex`: imports a header that this set of validators has signed.
    pub fn submit_finality_proof(header: &Header, justification: &GrandpaJustification<Header>, set: u64) -> Self {
        Self::ours("BridgeGrandpa", "submit_finality_proof_ex", (header, justification, set, false))
    }

    /// `Participants.register`, with the usual rights of the accounts.
    pub fn register(name: &str, lei: Lei, roles: &[Role], accounts: &[AccountId]) -> Self {
        let rights: &[Vec<Right>] = &[];
        Self::ours("Participants", "register", (name.as_bytes(), lei, roles, accounts, rights))
    }

    /// `Participants.add_account`, with the usual rights.
    pub fn add_account(participant: ParticipantId, account: &AccountId) -> Self {
        Self::ours("Participants", "add_account", (participant, account, None::<Vec<Right>>))
    }

    /// `Participants.set_status`: suspends, sanctions, revokes or reinstates a participant.
    pub fn set_status(participant: ParticipantId, status: Status, reason: &Reason) -> Self {
        Self::ours("Participants", "set_status", (participant, status, reason))
    }

    /// `Participants.appoint_agent`, with the widest mandate.
    pub fn appoint_agent(agent: ParticipantId, capacity: Capacity) -> Self {
        Self::ours("Participants", "appoint_agent", (agent, capacity, Mandate::widest()))
    }

    /// `Participants.list_asset`: asks for a listing of the asset.
    pub fn list_asset(asset: &AssetId, record: &AssetRecord) -> Self {
        Self::ours("Participants", "list_asset", (asset, record))
    }

    /// `Participants.confirm_listing`: grants a listing that was asked for.
    pub fn confirm_listing(asset: &AssetId, record: &AssetRecord) -> Self {
        Self::ours("Participants", "confirm_listing", (asset, record))
    }

    /// `Participants.propose`, for several accounts to decide.
    pub fn propose(body: Body, hash: CallHash) -> Self {
        Self::ours("Participants", "propose", (body, hash))
    }

    /// `Participants.approve`, with the whole call, encoded.
    pub fn approve(body: Body, call: &[u8]) -> Self {
        Self::with_call("approve", body, call)
    }

    /// `Participants.enact`, with the whole call, encoded.
    pub fn enact(body: Body, call: &[u8]) -> Self {
        Self::with_call("enact", body, call)
    }

    /// `Participants.withdraw_proposal`: takes back one's own approval.
    pub fn withdraw_proposal(body: Body, hash: CallHash) -> Self {
        Self::ours("Participants", "withdraw_proposal", (body, hash))
    }

    fn with_call(name: &'static str, body: Body, call: &[u8]) -> Self {
        let arguments = Arguments::Encoded([&body.encode()[..], call].concat());
        Self { pallet: "Participants", name, arguments }
    }

    /// `Utility.batch_all`: all of these encoded calls, or none.
    pub fn batch_all(calls: &[Vec<u8>]) -> Self {
        let mut arguments = Compact(u32::try_from(calls.len()).unwrap_or(u32::MAX)).encode();
        arguments.extend(calls.concat());
        Self { pallet: "Utility", name: "batch_all", arguments: Arguments::Encoded(arguments) }
    }

    /// `Assets.create`, with a smallest balance of 1.
    pub fn create_asset(id: u32, admin: &AccountId) -> Self {
        Self::sdk("Assets", "create", vec![number(id.into()), address(admin), number(1)])
    }

    /// `Assets.set_metadata`: name, short name and decimals.
    pub fn set_metadata(id: u32, name: &str, symbol: &str, decimals: u8) -> Self {
        let arguments =
            vec![number(id.into()), Value::from_bytes(name), Value::from_bytes(symbol), number(decimals.into())];
        Self::sdk("Assets", "set_metadata", arguments)
    }

    /// `Assets.mint`: issues an amount to an account.
    pub fn mint(id: u32, to: &AccountId, amount: Balance) -> Self {
        Self::sdk("Assets", "mint", vec![number(id.into()), address(to), number(amount)])
    }
}

fn number(number: u128) -> Value {
    Value::u128(number)
}

fn address(account: &AccountId) -> Value {
    let bytes: &[u8] = account.as_ref();
    Value::unnamed_variant("Id", [Value::from_bytes(bytes)])
}

/// Reference of a trade, cut off after the 35 bytes that a chain takes.
pub fn reference(text: &str) -> Reference {
    Reference::truncate_from(text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{example_terms, StubChain};
    use tandem_primitives::{AssetCode, AssetKind, Isin, Policy, ReasonCode};

    /// Every call is read back by the committed metadata, to its last byte and into the same fields.
    #[test]
    fn every_call_should_be_understood_by_the_committed_metadata() {
        let chain = StubChain::of(9, &[]).chain();
        let tx = chain.codec.tx();
        let account = AccountId::from([7; 32]);
        let terms = VersionedTerms::V1(example_terms());
        let id = InstructionId::from([1; 32]);
        let party = PartyTerms {
            on_behalf_of: Some(ParticipantId(3)),
            account: None,
            policy: Policy::Parc { leg: LegIndex(1), min_amount: 5 },
            priority: 9,
            reference: reference("R-1"),
        };
        let record = AssetRecord {
            kind: AssetKind::Security,
            code: AssetCode::Isin(Isin::parse("QZ0004710017").unwrap()),
            cfi: Some(*b"ESVUFR"),
            settlement_unit: 1,
        };
        let proof = HeaderProof { header: [4; 32].into(), nodes: vec![vec![5; 70], vec![6]] };
        let header = Header {
            parent_hash: [3; 32].into(),
            number: 9,
            state_root: [2; 32].into(),
            extrinsics_root: [1; 32].into(),
            digest: Default::default(),
        };
        let lane = tandem_primitives::lane::id();
        let messages = MessagesProof {
            bridged_header_hash: [4; 32].into(),
            storage_proof: vec![vec![5; 70]],
            lane,
            nonces_start: 1,
            nonces_end: 2,
        };
        let delivery = DeliveryProof { bridged_header_hash: [4; 32].into(), storage_proof: vec![vec![6]], lane };
        let state = UnrewardedRelayersState { last_delivered_nonce: 3, ..Default::default() };
        let commit = polkadot_sdk::sp_consensus_grandpa::Commit::<Header> {
            target_hash: header.hash(),
            target_number: 9,
            precommits: vec![],
        };
        let justification = GrandpaJustification { round: 3, commit, votes_ancestries: vec![header.clone()] };
        let set_status = Call::set_status(ParticipantId(1), Status::Suspended, &Reason::new(ReasonCode::Other));
        let inner = tx.call_data(&set_status).unwrap();
        let calls = [
            Call::instruct(&terms, &party, Some(Quantity::UpTo(3))),
            Call::affirm(id, Affirmation::Hash(terms.hash()), &party, None),
            Call::affirm(id, Affirmation::Terms(terms.clone()), &party, Some(Quantity::Exactly(1))),
            Call::reserve(id, LegIndex(1), Quantity::UpTo(3)),
            Call::settle_part(id),
            Call::execute(id, LegIndex(1), Some([2; 32])),
            Call::settle(id, Some(4)),
            Call::expire(id),
            Call::commit(id, Some(2)),
            Call::reserve_ahead(&terms, &account, LegIndex(1), Quantity::UpTo(3)),
            Call::reserve_payment(id, LegIndex(1), Quantity::Exactly(3)),
            Call::execute_payment(id, None),
            Call::refuse_payment(id, "no"),
            Call::expire_payment(id),
            Call::deliver_by_proof(id, &proof),
            Call::return_by_proof(id, &proof),
            Call::instruct_by_proof(&terms, &account, TrancheIndex(1), &proof),
            Call::forget_by_proof(id, TrancheIndex(1), &proof),
            Call::submit_finality_proof(&header, &justification, 7),
            Call::register(
                "Name",
                Lei(*b"TNDM00ALPSTEIN000083"),
                &[Role::Trader, Role::Issuer],
                std::slice::from_ref(&account),
            ),
            Call::add_account(ParticipantId(1), &account),
            set_status,
            Call::appoint_agent(ParticipantId(2), Capacity::Payment),
            Call::list_asset(&AssetId::WithId(1), &record),
            Call::confirm_listing(&AssetId::WithId(1), &record),
            Call::propose(Body::OperatorAndRegulator, CallHash::from([3; 32])),
            Call::approve(Body::Regulator, &inner),
            Call::enact(Body::Operator, &inner),
            Call::withdraw_proposal(Body::Operator, CallHash::from([3; 32])),
            Call::open_counterpart([8; 32].into()),
            Call::initialize_light_client(&InitialHeader { header: header.clone(), set: StubChain::of(9, &[]).set(3) }),
            Call::import_header(&Justified { header: header.clone(), justification: justification.clone() }, 7),
            Call::receive_messages(&account, &messages, 2, Weight::from_parts(9, 8)),
            Call::confirm_messages(&delivery, &state),
            Call::batch_all(&[inner.clone(), inner]),
            Call::create_asset(1, &account),
            Call::set_metadata(1, "Name", "CODE", 2),
            Call::mint(1, &account, 500),
        ];
        for call in calls {
            let bytes = tx.call_data(&call).unwrap();
            let read = tx.from_call_data_bytes(&bytes).unwrap_or_else(|error| panic!("{}: {error}", call.title()));
            assert_eq!(tx.call_data(&read).unwrap(), bytes, "{}", call.title());
        }
    }
}
