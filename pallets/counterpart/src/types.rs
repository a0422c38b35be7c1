//! Texts and halts that the pallet keeps. Its records are those of `tandem-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use tandem_primitives::{AccountId, Moment};

pub use tandem_primitives::payment::{Link, Payment, PaymentLeg, PaymentView, PendingRelease};

/// Maximum length of a reason, in bytes (ISO 20022 `Max140Text` of ASCII).
pub const MAX_REASON: u32 = 140;

/// Reason of a refusal, in the words that a person wrote.
pub type Reason = BoundedVec<u8, ConstU32<MAX_REASON>>;

/// Most accounts that have halted alone since others last decided about a halt.
pub const MAX_SPENT_HALTS: u32 = 32;

/// A halt that one account of the regulator has set.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct SingleHalt {
    /// The account.
    pub by: AccountId,
    /// Moment at which it lapses.
    pub until: Moment,
}
