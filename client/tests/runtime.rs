//! The client's encodings, keys and weights, compared with those of the runtime itself.

use codec::{Decode, Encode};
use pallet_settlement::types::{Flag, Instruction, LegState, Open, Party, Points, State};
use polkadot_sdk::{
    bp_header_chain::{justification::GrandpaJustification, InitializationData},
    bp_messages::{
        target_chain::{DispatchMessage, DispatchMessageData, MessageDispatch},
        MessageKey, UnrewardedRelayersState,
    },
    bp_runtime::BasicOperatingMode,
    frame_support::{dispatch::GetDispatchInfo, BoundedVec},
    frame_system, pallet_assets, pallet_bridge_grandpa, pallet_bridge_messages, pallet_timestamp, pallet_utility,
    sp_core::{Bytes, H256},
    sp_io::hashing::blake2_256,
    sp_runtime::{generic::Preamble, traits::Verify},
    sp_weights::Weight,
};
use scale_info::TypeDef;
use serde_json::json;
use tandem_client::{
    calls::{DeliveryProof, MessagesProof},
    instructions,
    interface::known_version,
    keys,
    testing::{self, example_terms, StubChain},
    weights::{MessageWeights, Room},
    Call, Chain, Header, InitialHeader, Justified, Signer, METADATA,
};
use tandem_primitives::{
    lane, AccountId, AssetId, Body, CallHash, Decision, FlagKind, HeaderProof, InstructionId, Message, ParticipantId,
    Policy, Record, TermsHash, TrancheIndex, VersionedMessage, VersionedTerms, MAX_LEGS,
};
use tandem_runtime::{Counterpart, Runtime, RuntimeCall, SignedPayload, UncheckedExtrinsic, VERSION};

type Counter = pallet_counterpart::Call<Runtime>;
type Members = pallet_participants::Call<Runtime>;
type LightClient = pallet_bridge_grandpa::Call<Runtime>;
type Lane = pallet_bridge_messages::Call<Runtime>;

fn header() -> Header {
    Header {
        parent_hash: [3; 32].into(),
        number: 9,
        state_root: [2; 32].into(),
        extrinsics_root: [1; 32].into(),
        digest: Default::default(),
    }
}

fn chain() -> Chain {
    StubChain::of(9, &[]).chain()
}

/// Metadata without the docs, which change no interface.
fn without_docs(metadata: &[u8]) -> Vec<u8> {
    testing::changed(metadata, |metadata| {
        for one in &mut metadata.types.types {
            one.ty.docs.clear();
            match &mut one.ty.type_def {
                TypeDef::Composite(composite) => composite.fields.iter_mut().for_each(|field| field.docs.clear()),
                TypeDef::Variant(variants) => variants.variants.iter_mut().for_each(|variant| {
                    variant.docs.clear();
                    variant.fields.iter_mut().for_each(|field| field.docs.clear());
                }),
                _ => {}
            }
        }
        for pallet in &mut metadata.pallets {
            pallet.docs.clear();
            pallet.constants.iter_mut().for_each(|constant| constant.docs.clear());
            let entries = pallet.storage.iter_mut().flat_map(|storage| &mut storage.entries);
            entries.for_each(|entry| entry.docs.clear());
        }
        for api in &mut metadata.apis {
            api.docs.clear();
            api.methods.iter_mut().for_each(|method| method.docs.clear());
        }
    })
}

#[test]
fn committed_metadata_should_be_those_of_the_runtime() {
    let own = Runtime::metadata_at_version(15).unwrap();
    assert!(without_docs(&own) == without_docs(METADATA), "the metadata are stale: run scripts/metadata");
    let known = known_version();
    let numbers = (VERSION.spec_version, VERSION.transaction_version);
    assert_eq!((known.name.as_str(), known.spec, known.transaction), ("tandem", numbers.0, numbers.1));
}

#[test]
fn every_call_of_a_gateway_should_be_encoded_as_the_runtime_does() {
    let chain = chain();
    let (id, account, tranche) = (InstructionId::from([1; 32]), AccountId::from([7; 32]), TrancheIndex(1));
    let proof = HeaderProof { header: [4; 32].into(), nodes: vec![vec![5; 70], vec![6]] };
    let terms = VersionedTerms::V1(example_terms());
    let lane = lane::id();
    let messages = MessagesProof {
        bridged_header_hash: [4; 32].into(),
        storage_proof: vec![vec![5; 70]],
        lane,
        nonces_start: 1,
        nonces_end: 2,
    };
    let delivery = DeliveryProof { bridged_header_hash: [4; 32].into(), storage_proof: vec![vec![6]], lane };
    let state = UnrewardedRelayersState { last_delivered_nonce: 3, total_messages: 2, ..Default::default() };
    let target_hash = header().hash();
    let commit =
        polkadot_sdk::sp_consensus_grandpa::Commit::<Header> { target_hash, target_number: 9, precommits: vec![] };
    let justification = GrandpaJustification { round: 3, commit, votes_ancestries: vec![header()] };
    let set = StubChain::of(9, &[]).set(3);
    let data = InitializationData {
        header: Box::new(header()),
        authority_list: set.authorities.clone(),
        set_id: set.set_id,
        operating_mode: BasicOperatingMode::Normal,
    };
    let (body, hash) = (Body::Operator, CallHash::from([3; 32]));
    let genesis = H256([8; 32]);
    let open = RuntimeCall::Counterpart(Counter::open_counterpart { genesis });
    let encoded = chain.encode(&Call::open_counterpart(genesis)).unwrap();
    let members = RuntimeCall::Participants;
    let expected: Vec<(Call, RuntimeCall)> = vec![
        (Call::open_counterpart(genesis), open.clone()),
        (
            Call::instruct_by_proof(&terms, &account, tranche, &proof),
            RuntimeCall::Counterpart(Counter::instruct_by_proof {
                terms: terms.clone(),
                instructing: account.clone(),
                tranche,
                proof: proof.clone(),
            }),
        ),
        (
            Call::deliver_by_proof(id, &proof),
            RuntimeCall::Counterpart(Counter::deliver_by_proof { id, proof: proof.clone() }),
        ),
        (
            Call::return_by_proof(id, &proof),
            RuntimeCall::Counterpart(Counter::return_by_proof { id, proof: proof.clone() }),
        ),
        (
            Call::forget_by_proof(id, tranche, &proof),
            RuntimeCall::Counterpart(Counter::forget_by_proof { id, tranche, proof: proof.clone() }),
        ),
        (
            Call::import_header(&Justified { header: header(), justification: justification.clone() }, 7),
            RuntimeCall::BridgeGrandpa(LightClient::submit_finality_proof_ex {
                finality_target: Box::new(header()),
                justification,
                current_set_id: 7,
                is_free_execution_expected: false,
            }),
        ),
        (
            Call::initialize_light_client(&InitialHeader { header: header(), set }),
            RuntimeCall::BridgeGrandpa(LightClient::initialize { init_data: data }),
        ),
        (
            Call::receive_messages(&account, &messages, 2, Weight::from_parts(9, 8)),
            RuntimeCall::BridgeMessages(Lane::receive_messages_proof {
                relayer_id_at_bridged_chain: account.clone(),
                proof: Box::new(messages.clone()),
                messages_count: 2,
                dispatch_weight: Weight::from_parts(9, 8),
            }),
        ),
        (
            Call::confirm_messages(&delivery, &state),
            RuntimeCall::BridgeMessages(Lane::receive_messages_delivery_proof {
                proof: delivery,
                relayers_state: state,
            }),
        ),
        (Call::propose(body, hash), members(Members::propose { body, hash })),
        (Call::withdraw_proposal(body, hash), members(Members::withdraw_proposal { body, hash })),
        (Call::approve(body, &encoded), members(Members::approve { body, call: Box::new(open.clone()) })),
        (Call::enact(body, &encoded), members(Members::enact { body, call: Box::new(open.clone()) })),
        (
            Call::batch_all(&[encoded.clone(), encoded.clone()]),
            RuntimeCall::Utility(pallet_utility::Call::batch_all { calls: vec![open.clone(), open.clone()] }),
        ),
    ];
    for (call, native) in expected {
        assert_eq!(chain.encode(&call).unwrap(), native.encode(), "{}", call.title());
    }
    assert_eq!(CallHash::from(blake2_256(&encoded)), pallet_participants::Pallet::<Runtime>::call_hash(&open));
}

#[test]
fn signed_transaction_should_be_one_that_the_runtime_verifies() {
    let stub = StubChain::of(9, &[]);
    let signer = Signer::from_secret("//Alice").unwrap();
    let genesis = H256([8; 32]);
    let bytes = stub.chain().sign(&signer, &Call::open_counterpart(genesis), 5, stub.at(9)).unwrap();
    let transaction = UncheckedExtrinsic::decode(&mut &bytes[..]).unwrap();
    let call = transaction.function;
    assert_eq!(call, RuntimeCall::Counterpart(Counter::open_counterpart { genesis }));
    let Preamble::Signed(address, signature, extension) = transaction.preamble else { panic!("it is signed") };
    assert_eq!(address, signer.account.clone().into());
    let (spec, version) = (VERSION.spec_version, VERSION.transaction_version);
    let implicit = ((), (), spec, version, H256::zero(), stub.at(9).hash, (), (), ((), ()), (), None, ());
    let payload = SignedPayload::from_raw(call, extension, implicit);
    assert!(payload.using_encoded(|payload| signature.verify(payload, &signer.account)));
}

#[test]
fn every_key_should_be_the_one_of_the_runtime() {
    let (id, account, asset) = (InstructionId::from([1; 32]), AccountId::from([7; 32]), AssetId::WithId(3));
    type Escrowed = frame_system::Account<Runtime>;
    assert_eq!(keys::native_account(&account), Escrowed::hashed_key_for(&account));
    assert_eq!(keys::asset_account(3, &account), pallet_assets::Account::<Runtime>::hashed_key_for(3, &account));
    assert_eq!(keys::listing(&asset), pallet_participants::AssetRegistry::<Runtime>::hashed_key_for(&asset));
    assert_eq!(
        keys::proposals(Body::Operator),
        pallet_participants::Proposals::<Runtime>::hashed_key_for(Body::Operator)
    );
    assert_eq!(keys::instruction(id), pallet_settlement::Instructions::<Runtime>::hashed_key_for(id));
    assert_eq!(keys::payment(id), pallet_counterpart::Payments::<Runtime>::hashed_key_for(id));
    assert_eq!(keys::prefix("Timestamp", "Now"), pallet_timestamp::Now::<Runtime>::hashed_key());
    assert_eq!(keys::prefix("Counterpart", "Halted"), pallet_counterpart::Halted::<Runtime>::hashed_key());
    let lane = keys::entry(lane::PALLET, "InboundLanes", &keys::blake2_concat(&lane::id()));
    assert_eq!(lane, pallet_bridge_messages::InboundLanes::<Runtime>::hashed_key_for(lane::id()));
}

#[test]
fn instruction_should_be_read_as_the_runtime_writes_it() {
    let terms = VersionedTerms::V1(example_terms());
    let party = Party {
        participant: ParticipantId(3),
        account: Some(AccountId::from([1; 32])),
        affirmed: true,
        affirmed_itself: false,
        policy: Policy::Part,
        priority: 9,
        reference: Default::default(),
        cancel_until: Some(7),
    };
    let leg = LegState { ends: None, reserved: 4, token: None };
    let flag = Flag { kind: FlagKind::Authority, reason: BoundedVec::truncate_from(b"why".to_vec()) };
    let open = Open {
        terms_hash: terms.hash(),
        terms,
        instructing: AccountId::from([2; 32]),
        parties: BoundedVec::truncate_from(vec![party]),
        legs: BoundedVec::truncate_from(vec![leg, leg]),
        state: State::Committed { lots: 2 },
        settled: 1,
        tranche: TrancheIndex(5),
        flags: BoundedVec::truncate_from(vec![flag]),
        points: Points { entered: 11, irrevocable: Some(12), last_tranche: None },
    };
    let bytes = Instruction::Open(open.clone()).encode();
    let read = instructions::Instruction::decode(&mut &bytes[..]).unwrap();
    let instructions::Instruction::Open(read) = read else { panic!("{read:?}") };
    assert_eq!((read.terms, read.instructing, read.tranche), (open.terms, open.instructing, open.tranche));
    assert_eq!((read.points.entered, read.points.irrevocable), (11, Some(12)));
}

/// Chain that weighs calls by the runtime itself.
fn weighing() -> Chain {
    testing::chain(|method, params| {
        assert_eq!((method, &params[0]), ("state_call", &json!("TransactionPaymentCallApi_query_call_info")));
        let bytes = testing::parameter::<Bytes>(params, 1).0;
        let (call, length) = <(RuntimeCall, u32)>::decode(&mut &bytes[..]).unwrap();
        assert_eq!(length as usize, call.encoded_size());
        Ok(testing::encoded((call.get_dispatch_info().total_weight(), 0u8, 0u128)))
    })
}

/// Weight of dispatching a message, as the runtime declares it.
fn dispatch_weight(payload: &[u8]) -> Weight {
    let payload = VersionedMessage::decode(&mut &payload[..]);
    let key = MessageKey { lane_id: lane::id(), nonce: 1 };
    Counterpart::dispatch_weight(&mut DispatchMessage { key, data: DispatchMessageData { payload } })
}

fn commitment(legs: u32) -> VersionedMessage {
    let mut terms = example_terms();
    let leg = terms.legs[0].clone();
    terms.legs = BoundedVec::truncate_from(vec![leg; legs as usize]);
    let commitment = tandem_primitives::Commitment {
        terms_hash: TermsHash(H256::zero()),
        instructing: AccountId::from([1; 32]),
        networks: [H256::zero(); 2],
        settled: 0,
        lots: 1,
        parts: tandem_primitives::LotRange { remaining: 1, min: 1, max: 0 },
    };
    VersionedMessage::V1(Message::Committed { terms: VersionedTerms::V1(terms), tranche: TrancheIndex(0), commitment })
}

fn decided() -> VersionedMessage {
    let decision = Decision::Executed { lots: 1 };
    let record = Record { terms_hash: TermsHash(H256::zero()), networks: [H256::zero(); 2], pay_deadline: 1, decision };
    VersionedMessage::V1(Message::Decided { id: InstructionId::from([1; 32]), tranche: TrancheIndex(0), record })
}

#[tokio::test]
async fn room_should_hold_several_of_the_heaviest_messages() {
    let chain = weighing();
    let each = MessageWeights::default().of(&chain, &None).await.unwrap();
    assert!(each.ref_time() > 0);
    let room = Room::of(&chain).unwrap();
    assert!(each.saturating_mul(3).all_lte(room.weight), "{each:?} of {room:?}");
}

#[tokio::test]
async fn weight_of_should_not_exceed_that_of_the_heaviest_message() {
    let (chain, mut weights) = (weighing(), MessageWeights::default());
    let heaviest = weights.of(&chain, &None).await.unwrap();
    for message in [commitment(1), commitment(MAX_LEGS), decided()] {
        let weight = weights.of(&chain, &Some(message.encode())).await.unwrap();
        assert!(weight.ref_time() > 0 && weight.all_lte(heaviest), "{weight:?}");
    }
}

#[tokio::test]
async fn weight_of_should_be_enough_to_dispatch_each_message_and_not_much_more() {
    let (chain, mut weights) = (weighing(), MessageWeights::default());
    let messages = (1..=MAX_LEGS).map(commitment).chain([decided()]).map(|message| message.encode());
    for message in messages.chain([vec![0xff]]) {
        let needed = dispatch_weight(&message);
        let given = weights.of(&chain, &Some(message)).await.unwrap();
        assert!(needed.all_lte(given), "{needed:?} of {given:?}");
        assert!(given.ref_time() < needed.ref_time().saturating_mul(2), "{needed:?} of {given:?}");
    }
}
