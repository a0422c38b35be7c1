//! Instants as keys.

use crate::Moment;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A place in the order of time, in which a sweep works: a second, rounded up.
///
/// It is encoded with the most significant byte first, so that keys in order are instants in order.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub struct Bucket(pub [u8; 8]);

impl Bucket {
    /// Milliseconds of a bucket.
    pub const MILLIS: u64 = 1_000;

    /// The first bucket at whose time the instant has come.
    pub fn of(instant: Moment) -> Self {
        Self(instant.div_ceil(Self::MILLIS).to_be_bytes())
    }

    /// The instant that this bucket stands for, in milliseconds.
    pub fn instant(self) -> Moment {
        u64::from_be_bytes(self.0).saturating_mul(Self::MILLIS)
    }
}
