//! Typed identifiers, so that no bare number or hash is passed around.

use crate::{AccountId, VersionedTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_core::H256,
    sp_io::hashing::blake2_256,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, Hash, MaxEncodedLen, Ord, PartialEq,
            PartialOrd, TypeInfo, Serialize, Deserialize,
        )]
        pub struct $name(pub H256);

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(H256(bytes))
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }
    };
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, Hash, MaxEncodedLen, Ord, PartialEq,
            PartialOrd, TypeInfo, Serialize, Deserialize,
        )]
        pub struct $name(pub $inner);

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
    };
}

hash_id! {
    /// Id of an instruction, one trade to settle. See [`instruction_id`].
    InstructionId
}
hash_id! {
    /// `blake2_256` of the SCALE encoding of [`VersionedTerms`].
    TermsHash
}
hash_id! {
    /// Id of a settlement token, the single-use right to execute one reservation of one tranche. See [`token_id`].
    TokenId
}
hash_id! {
    /// `blake2_256` of the SCALE encoding of a call under dual control.
    CallHash
}
hash_id! {
    /// `blake2_256` of the SCALE encoding of a change of rights that waits for a second account or for its delay.
    ChangeHash
}
number_id! {
    /// Number of a registered legal entity, in the order of registration.
    ParticipantId(u32)
}
number_id! {
    /// Position of a leg in its instruction's terms, from 0.
    LegIndex(u8)
}
number_id! {
    /// Position of a tranche in its instruction, from 0.
    TrancheIndex(u32)
}
number_id! {
    /// Position of a network in the terms' list of networks, from 0.
    NetworkIndex(u8)
}

/// Number of lots, the unit of partial settlement. An instruction has N of them.
pub type Lots = u32;

/// Maximum length of a reference, in characters (ISO 20022 `Max35Text`).
pub const MAX_REFERENCE: u32 = 35;

/// Reference given by a client: 1 to 35 characters of the SWIFT X set where it is part of the terms.
pub type Reference = BoundedVec<u8, ConstU32<MAX_REFERENCE>>;

/// Id of the instruction that `instructing` makes of the terms with this hash, on the chain with this genesis.
///
/// The id is known before the instruction is sent: a client that was cut off computes it again and asks the chain.
/// Two otherwise equal trades differ in the common reference inside their terms.
pub fn instruction_id(genesis: H256, instructing: &AccountId, terms: TermsHash) -> InstructionId {
    InstructionId::from(blake2_256(&(b"tandem/instruction/1", genesis, instructing, terms).encode()))
}

/// Id of the token that executes `leg` of the `tranche`.
pub fn token_id(instruction: InstructionId, leg: LegIndex, tranche: TrancheIndex) -> TokenId {
    TokenId::from(blake2_256(&(instruction, leg, tranche).encode()))
}

impl VersionedTerms {
    /// Hash that both sides agree on.
    pub fn hash(&self) -> TermsHash {
        TermsHash::from(self.using_encoded(blake2_256))
    }
}
