//! The calls that this program signs. Ours are encoded with the runtime's own types, the SDK's by their metadata.

use codec::{Compact, Encode};
use polkadot_sdk::{
    bp_header_chain::justification::GrandpaJustification, frame_support::BoundedVec, sp_core::ConstU32,
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
    InstructionId, LegIndex, Lei, Lots, ParticipantId, PartyTerms, Quantity, Reason, Right, Role, Status, TrancheIndex,
    VersionedTerms,
};

use super::types::Header;

/// A call with its arguments.
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

    /// What it is called on the chain.
    pub fn title(&self) -> String {
        format!("{}.{}", self.pallet, self.name)
    }

    /// `Settlement.instruct`.
    pub fn instruct(terms: &VersionedTerms, party: &PartyTerms, reserve: Option<Quantity>) -> Self {
        Self::ours("Settlement", "instruct", (terms, party, reserve))
    }

    /// `Settlement.affirm`.
    pub fn affirm(id: InstructionId, affirmation: Affirmation, party: &PartyTerms, reserve: Option<Quantity>) -> Self {
        Self::ours("Settlement", "affirm", (id, affirmation, party, reserve))
    }

    /// `Settlement.reserve`.
    pub fn reserve(id: InstructionId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Settlement", "reserve", (id, leg, quantity))
    }

    /// `Settlement.settle_part`.
    pub fn settle_part(id: InstructionId) -> Self {
        Self::ours("Settlement", "settle_part", id)
    }

    /// `Settlement.execute`.
    pub fn execute(id: InstructionId, leg: LegIndex, preimage: Option<[u8; 32]>) -> Self {
        Self::ours("Settlement", "execute", (id, leg, preimage))
    }

    /// `Settlement.settle`.
    pub fn settle(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Settlement", "settle", (id, lots))
    }

    /// `Settlement.expire`.
    pub fn expire(id: InstructionId) -> Self {
        Self::ours("Settlement", "expire", id)
    }

    /// `Counterpart.commit`.
    pub fn commit(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Counterpart", "commit", (id, lots))
    }

    /// `Counterpart.reserve_ahead`.
    pub fn reserve_ahead(terms: &VersionedTerms, instructing: &AccountId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Counterpart", "reserve_ahead", (terms, instructing, leg, quantity))
    }

    /// `Counterpart.reserve`.
    pub fn reserve_payment(id: InstructionId, leg: LegIndex, quantity: Quantity) -> Self {
        Self::ours("Counterpart", "reserve", (id, leg, quantity))
    }

    /// `Counterpart.execute`.
    pub fn execute_payment(id: InstructionId, lots: Option<Lots>) -> Self {
        Self::ours("Counterpart", "execute", (id, lots))
    }

    /// `Counterpart.refuse`, for the signer itself.
    pub fn refuse_payment(id: InstructionId, reason: &str) -> Self {
        Self::ours("Counterpart", "refuse", (id, None::<ParticipantId>, reason.as_bytes()))
    }

    /// `Counterpart.expire`.
    pub fn expire_payment(id: InstructionId) -> Self {
        Self::ours("Counterpart", "expire", id)
    }

    /// `Counterpart.deliver_by_proof`.
    pub fn deliver_by_proof(id: InstructionId, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "deliver_by_proof", (id, proof))
    }

    /// `Counterpart.return_by_proof`.
    pub fn return_by_proof(id: InstructionId, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "return_by_proof", (id, proof))
    }

    /// `Counterpart.instruct_by_proof`.
    pub fn instruct_by_proof(
        terms: &VersionedTerms,
        instructing: &AccountId,
        tranche: TrancheIndex,
        proof: &HeaderProof,
    ) -> Self {
        Self::ours("Counterpart", "instruct_by_proof", (terms, instructing, tranche, proof))
    }

    /// `Counterpart.forget_by_proof`.
    pub fn forget_by_proof(id: InstructionId, tranche: TrancheIndex, proof: &HeaderProof) -> Self {
        Self::ours("Counterpart", "forget_by_proof", (id, tranche, proof))
    }

    /// `BridgeGrandpa.submit_finality_proof_ex`.
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

    /// `Participants.set_status`.
    pub fn set_status(participant: ParticipantId, status: Status, reason: &Reason) -> Self {
        Self::ours("Participants", "set_status", (participant, status, reason))
    }

    /// `Participants.appoint_agent`, with the widest mandate.
    pub fn appoint_agent(agent: ParticipantId, capacity: Capacity) -> Self {
        Self::ours("Participants", "appoint_agent", (agent, capacity, Mandate::widest()))
    }

    /// `Participants.list_asset`.
    pub fn list_asset(asset: &AssetId, record: &AssetRecord) -> Self {
        Self::ours("Participants", "list_asset", (asset, record))
    }

    /// `Participants.confirm_listing`.
    pub fn confirm_listing(asset: &AssetId, record: &AssetRecord) -> Self {
        Self::ours("Participants", "confirm_listing", (asset, record))
    }

    /// `Participants.propose`, for several accounts to decide.
    pub fn propose(body: Body, hash: CallHash) -> Self {
        Self::ours("Participants", "propose", (body, hash))
    }

    /// `Participants.approve`, with the whole call, encoded.
    pub fn approve(body: Body, call: &[u8]) -> Self {
        Self::decided("approve", body, call)
    }

    /// `Participants.enact`, with the whole call, encoded.
    pub fn enact(body: Body, call: &[u8]) -> Self {
        Self::decided("enact", body, call)
    }

    fn decided(name: &'static str, body: Body, call: &[u8]) -> Self {
        let mut arguments = body.encode();
        arguments.extend_from_slice(call);
        Self { pallet: "Participants", name, arguments: Arguments::Encoded(arguments) }
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

    /// `Assets.set_metadata`.
    pub fn set_metadata(id: u32, name: &str, symbol: &str, decimals: u8) -> Self {
        let arguments =
            vec![number(id.into()), Value::from_bytes(name), Value::from_bytes(symbol), number(decimals.into())];
        Self::sdk("Assets", "set_metadata", arguments)
    }

    /// `Assets.mint`.
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

/// A reference that was checked when the file was read.
pub fn reference(text: &str) -> BoundedVec<u8, ConstU32<35>> {
    BoundedVec::truncate_from(text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::client::codec_for_tests;
    use crate::settle::plan;
    use tandem_primitives::{AssetCode, AssetKind, Isin, Policy, ReasonCode};

    /// Every call is read back by the committed metadata, to its last byte and into the same fields.
    #[test]
    fn every_call_should_be_understood_by_the_committed_metadata() {
        let tx = codec_for_tests().unwrap().tx();
        let account = AccountId::from([7; 32]);
        let terms = VersionedTerms::V1(plan::example_terms());
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
            Call::enact(Body::Regulator, &inner),
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
