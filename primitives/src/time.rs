//! Length of a slot, and instants rounded up to seconds, as keys of storage maps that are read in the order of time.

use crate::Moment;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Length of a slot, in milliseconds. Each slot has one block author, so that this is the time between blocks.
pub const SLOT_DURATION: Moment = 2_000;

/// Second to which an instant is rounded up. The sweep, which ends instructions whose time is over, goes through its
/// queue by these keys.
///
/// The seconds since 1970 are encoded with the most significant byte first, so that the order of the keys is that of
/// time.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub struct Bucket(pub [u8; 8]);

impl Bucket {
    /// Length of a bucket, in milliseconds.
    pub const MILLIS: u64 = 1_000;

    /// Bucket of an instant: the first full second that is not before it.
    pub fn of(instant: Moment) -> Self {
        Self(instant.div_ceil(Self::MILLIS).to_be_bytes())
    }

    /// Instant that the bucket stands for, in milliseconds since 1970. The instants that are rounded up to it lie less
    /// than a second before.
    pub fn instant(self) -> Moment {
        u64::from_be_bytes(self.0).saturating_mul(Self::MILLIS)
    }
}
