//! Weights of the calls by the legs of the trade that they are about, and what they give back.

use crate::{Config, Pallet, Payments, WeightInfo};
use polkadot_sdk::{
    frame_support::{
        dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
        traits::Get,
        weights::Weight,
    },
    sp_runtime::DispatchResult,
};
use tandem_primitives::{HeldInstructions, InstructionId, VersionedTerms};

impl<T: Config> Pallet<T> {
    /// Number of legs of a payment; none if there is no such payment. One read, which the call repeats.
    pub(crate) fn legs_of_payment(id: InstructionId) -> Option<u32> {
        Payments::<T>::get(id).map(|payment| payment.terms.legs.len() as u32)
    }

    /// Number of legs of an instruction that is committed here; none if there is no such instruction. One read, which the
    /// call repeats.
    pub(crate) fn legs_of_committed(id: InstructionId) -> Option<u32> {
        T::Held::committed(id).map(|(terms, _)| Self::legs_of(&terms))
    }

    /// Weight of `commit` in a trade of so many legs.
    pub fn commit_weight(legs: u32) -> Weight {
        T::WeightInfo::commit().saturating_add(T::Held::commit_weight(legs))
    }

    /// Weight of ending a committed instruction of so many legs, by its delivery or its return.
    pub(crate) fn ending_weight(legs: u32) -> Weight {
        T::Held::deliver_weight(legs).max(T::Held::take_back_weight(legs))
    }

    /// Weight of looking up whether an agent's principal is paid: the owner of the asset of each leg, by its account.
    pub fn payment_check(legs: u32) -> Weight {
        T::DbWeight::get().reads(u64::from(legs).saturating_mul(2))
    }

    /// Weight of reading from the list the assets of so many legs, of what an agent's mandate asks for, and of looking for
    /// sanctioned parties before anything is reserved: their accounts are read again where it is executed.
    fn checks(legs: u32) -> Weight {
        let listing = T::DbWeight::get().reads(legs.into());
        listing.saturating_add(Self::payment_check(legs)).saturating_add(T::WeightInfo::party_check(legs))
    }

    /// Weight of `release` in a trade of so many legs.
    pub fn release_weight(legs: u32) -> Weight {
        T::WeightInfo::release(legs).saturating_add(Self::payment_check(legs))
    }

    /// Weight of `reserve` in a trade of so many legs.
    pub fn reserve_weight(legs: u32) -> Weight {
        T::WeightInfo::reserve(legs).saturating_add(Self::checks(legs))
    }

    /// Weight of `reserve_ahead` in a trade of so many legs.
    pub fn reserve_ahead_weight(legs: u32) -> Weight {
        T::WeightInfo::reserve_ahead(legs).saturating_add(Self::checks(legs))
    }

    /// Weight of a call that fails before it has looked at anything but its signer and one item.
    pub(crate) fn early() -> Weight {
        T::DbWeight::get().reads(2)
    }

    /// Result of a call on a trade, with the weight of the legs that the trade has.
    pub(crate) fn weighed(
        legs: Option<u32>,
        weight: impl FnOnce(u32) -> Weight,
        result: DispatchResult,
    ) -> DispatchResultWithPostInfo {
        let actual = legs.map_or_else(Self::early, weight);
        match result {
            Ok(()) => Ok(Some(actual).into()),
            Err(error) => Err(error.with_weight(actual)),
        }
    }

    /// Number of legs in the terms.
    pub(crate) fn legs_of(terms: &VersionedTerms) -> u32 {
        let VersionedTerms::V1(terms) = terms;
        terms.legs.len() as u32
    }
}
