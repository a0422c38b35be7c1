//! Weights of calls and messages as the target chain has them, and the room that a block of its leaves for proofs.
//!
//! Nothing of it is compiled in: a later runtime may weigh and share its blocks otherwise.

use crate::{calls::Call, connection::Chain, error::Error};
use codec::{Decode, DecodeAll};
use polkadot_sdk::{
    sp_core::H256,
    sp_runtime::{BoundedVec, Perbill},
    sp_weights::Weight,
};
use std::collections::BTreeMap;
use subxt::ext::scale_decode::DecodeAsType;
use tandem_primitives::{
    AccountId, AssetId, Balance, Date, Execution, HeaderProof, InstructionId, Leg, Message, NetworkIndex, OnIncomplete,
    Reference, Terms, TrancheIndex, VersionedMessage, VersionedTerms, MAX_LEGS,
};

/// Bytes of a transaction beside its call: signature, account, extensions.
const ENVELOPE: usize = 256;

/// Share of a block's lane of proofs that one transaction's call takes; the rest is for its signature and its extensions.
const OF_LANE: Perbill = Perbill::from_percent(90);

/// Room for one transaction.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Maximum weight of the call.
    pub weight: Weight,
    bytes: u32,
}

/// Fields of `frame_system::limits::BlockWeights` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct BlockWeights {
    max_block: Limit,
    per_class: WeightsByClass,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct WeightsByClass {
    normal: ClassWeights,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct ClassWeights {
    max_total: Option<Limit>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Limit {
    ref_time: u64,
    proof_size: u64,
}

/// Fields of `frame_system::limits::BlockLength` that are read.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct BlockLength {
    max: LengthByClass,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct LengthByClass {
    normal: u32,
}

/// Fields of `pallet_participants::BlockShares` that are read, in parts of 1,000,000,000.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct BlockShares {
    proof_gateway: u32,
}

/// Answer of `TransactionPaymentCallApi.query_call_info`.
#[derive(Decode)]
struct DispatchInfo {
    weight: Weight,
    _class: u8,
    _fee: Balance,
}

impl Room {
    /// Room in the part of a block's lane of proofs that a participant with the role Gateway has. What is larger, or sent
    /// without the role, is charged to the quota of the participant, which may refuse it.
    pub fn of(chain: &Chain) -> Result<Self, Error> {
        let share = chain.constant::<BlockShares>("Participants", "BlockShares")?;
        let share = Perbill::from_parts(share.proof_gateway);
        let limits: BlockWeights = chain.constant("System", "BlockWeights")?;
        let length: BlockLength = chain.constant("System", "BlockLength")?;
        let most = limits.per_class.normal.max_total.unwrap_or(limits.max_block);
        Ok(Self {
            weight: Weight::from_parts(OF_LANE * (share * most.ref_time), most.proof_size),
            bytes: OF_LANE * (share * length.max.normal),
        })
    }

    /// True if a call of so many bytes and this weight fits.
    pub fn holds(self, bytes: usize, weight: Weight) -> bool {
        let bytes = u32::try_from(bytes.saturating_add(ENVELOPE));
        bytes.is_ok_and(|bytes| bytes <= self.bytes) && weight.all_lte(self.weight)
    }
}

/// Weight of an encoded call, as the chain's runtime declares it.
pub async fn of_call(chain: &Chain, call: &[u8]) -> Result<Weight, Error> {
    let length = u32::try_from(call.len()).unwrap_or(u32::MAX).to_le_bytes();
    let arguments = [call, &length].concat();
    let info: DispatchInfo =
        chain.runtime_call_raw("TransactionPaymentCallApi_query_call_info", arguments, None).await?;
    Ok(info.weight)
}

/// Maximum weights of dispatching messages.
///
/// No runtime API says them. They are those of the calls that prove the content of a message: such a call does what the message does,
/// and reads a proof. The chain gives back what a message does not use.
#[derive(Default)]
pub struct MessageWeights {
    by_legs: BTreeMap<u32, Weight>,
    heaviest: Option<Weight>,
}

impl MessageWeights {
    /// Weight of a message as it is stored. One that cannot be read is taken for the heaviest, and so is a decision, which
    /// may be about any number of legs.
    pub async fn of(&mut self, chain: &Chain, payload: &Option<Vec<u8>>) -> Result<Weight, Error> {
        let payload = payload.as_ref().map(|bytes| VersionedMessage::decode_all(&mut &bytes[..]));
        match payload {
            Some(Ok(VersionedMessage::V1(Message::Committed { terms: VersionedTerms::V1(terms), .. }))) => {
                self.commitment(chain, u32::try_from(terms.legs.len()).unwrap_or(MAX_LEGS)).await
            }
            Some(Ok(VersionedMessage::V1(Message::Decided { .. })) | Err(_)) | None => self.heaviest(chain).await,
        }
    }

    async fn commitment(&mut self, chain: &Chain, legs: u32) -> Result<Weight, Error> {
        if let Some(known) = self.by_legs.get(&legs) {
            return Ok(*known);
        }
        let weight = of_call(chain, &chain.encode(&instruct(legs))?).await?;
        self.by_legs.insert(legs, weight);
        Ok(weight)
    }

    async fn heaviest(&mut self, chain: &Chain) -> Result<Weight, Error> {
        if let Some(known) = self.heaviest {
            return Ok(known);
        }
        let (id, proof) = (InstructionId::from([0; 32]), no_proof());
        let mut heaviest = self.commitment(chain, MAX_LEGS).await?;
        for call in [Call::deliver_by_proof(id, &proof), Call::return_by_proof(id, &proof)] {
            heaviest = heaviest.max(of_call(chain, &chain.encode(&call)?).await?);
        }
        self.heaviest = Some(heaviest);
        Ok(heaviest)
    }
}

/// A call that brings a commitment of this many legs. It is only weighed.
fn instruct(legs: u32) -> Call {
    let account = AccountId::from([0; 32]);
    let leg =
        Leg { network: NetworkIndex(0), asset: AssetId::Native, amount: 1, from: account.clone(), to: account.clone() };
    let legs = std::iter::repeat_n(leg, usize::try_from(legs.min(MAX_LEGS)).unwrap_or_default());
    let terms = Terms {
        reference: Reference::default(),
        networks: BoundedVec::truncate_from(vec![H256::zero()]),
        two_networks: None,
        legs: BoundedVec::truncate_from(legs.collect()),
        lots: 1,
        trade_date: Date(0),
        settlement_date: Date(0),
        settle_from: 0,
        partial_from: 0,
        reserve_by: 0,
        deadline: 0,
        execution: Execution::Immediate,
        on_incomplete: OnIncomplete::Complete,
    };
    Call::instruct_by_proof(&VersionedTerms::V1(terms), &account, TrancheIndex(0), &no_proof())
}

fn no_proof() -> HeaderProof {
    HeaderProof { header: H256::zero(), nodes: Vec::new() }
}
