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
    /// Hash of an instruction's terms: `blake2_256` of the SCALE encoding of [`VersionedTerms`].
    TermsHash
}
hash_id! {
    /// Id of a settlement token, the single-use right to execute one reservation of one tranche. See [`token_id`].
    TokenId
}
hash_id! {
    /// Hash of a call that several accounts decide together: `blake2_256` of the call's SCALE encoding.
    CallHash
}
hash_id! {
    /// Hash of a [`Change`](crate::mandates::Change) of rights that waits: `blake2_256` of its SCALE encoding.
    ChangeHash
}
number_id! {
    /// Number of a participant, a registered legal entity: 0 for the first that was registered.
    ParticipantId(u32)
}
number_id! {
    /// Position of a leg in the list of legs of its instruction's terms, from 0.
    LegIndex(u8)
}
number_id! {
    /// Number of a tranche within its instruction, counted from 0 in the order in which tranches settle.
    TrancheIndex(u32)
}
number_id! {
    /// Position of a network in the terms' list of networks, from 0.
    NetworkIndex(u8)
}

/// Number of lots. A lot is the unit of partial settlement; the terms divide an instruction into N equal lots.
pub type Lots = u32;

/// Maximum length of a reference, in characters (ISO 20022 `Max35Text`).
pub const MAX_REFERENCE: u32 = 35;

/// Reference to a trade that a client gives, at most [`MAX_REFERENCE`] characters. The common reference in the terms
/// has 1 to 35 characters of the SWIFT X set; a party's own may be empty.
pub type Reference = BoundedVec<u8, ConstU32<MAX_REFERENCE>>;

/// Computes the id of an instruction from the genesis hash of the chain that holds it, the account that instructs it,
/// and the hash of its terms.
///
/// The id is known before the instruction is sent: a client that was cut off computes it again and asks the chain. Two
/// otherwise equal trades differ in the common reference inside their terms.
pub fn instruction_id(genesis: H256, instructing: &AccountId, terms: TermsHash) -> InstructionId {
    InstructionId::from(blake2_256(&(b"tandem/instruction/1", genesis, instructing, terms).encode()))
}

/// Computes the id of the settlement token with which `leg` of the instruction is executed in `tranche`.
pub fn token_id(instruction: InstructionId, leg: LegIndex, tranche: TrancheIndex) -> TokenId {
    TokenId::from(blake2_256(&(instruction, leg, tranche).encode()))
}

impl VersionedTerms {
    /// Hash of these terms, which every party of the instruction affirms.
    pub fn hash(&self) -> TermsHash {
        TermsHash::from(self.using_encoded(blake2_256))
    }
}
