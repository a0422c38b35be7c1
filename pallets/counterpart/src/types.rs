//! Texts that the pallet keeps. Its records are those of `tandem-primitives`.

use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};

pub use tandem_primitives::payment::{Link, Payment, PaymentLeg, PaymentView, PendingRelease};

/// Maximum length of a reason, in bytes (ISO 20022 `Max140Text` of ASCII).
pub const MAX_REASON: u32 = 140;

/// Reason of a refusal, in the words that a person wrote.
pub type Reason = BoundedVec<u8, ConstU32<MAX_REASON>>;
