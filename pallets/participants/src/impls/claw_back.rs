//! Claw-backs: assets taken from their holders by the issuer and the regulator together, with a reason.

use crate::{
    decisions::{Body, Decider, Reason},
    types::AssetTeams,
    Config, Error, Event, Pallet,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{
        fungibles::{roles::Inspect, Destroy, Mutate},
        tokens::{Fortitude::Force, Precision::Exact, Preservation::Expendable},
        Contains,
    },
};
use sp_runtime::{DispatchError, DispatchResult};
use tandem_primitives::{AccountId, AssetId, Balance, EscrowOrders};

impl<T: Config> Pallet<T> {
    /// Account of the asset's owner, if it decided together with the regulator; an error for any other decider.
    fn ensure_issuer_and_regulator(by: Decider, asset: u32) -> Result<AccountId, DispatchError> {
        match by {
            Decider::Together { body: Body::IssuerAndRegulator, issuer: Some(issuer) } => {
                ensure!(T::AssetOwners::owner(asset).is_some_and(|owner| owner == issuer), Error::<T>::NotIssuer);
                Ok(issuer)
            }
            Decider::Together { .. }
            | Decider::Genesis
            | Decider::Operator(_)
            | Decider::Regulator(_)
            | Decider::Root => Err(Error::<T>::NeedsOtherBody.into()),
        }
    }

    pub(crate) fn do_claw_back(
        by: Decider,
        asset: u32,
        from: AccountId,
        to: AccountId,
        amount: Balance,
        reason: Reason,
    ) -> DispatchResult {
        let issuer = Self::ensure_issuer_and_regulator(by, asset)?;
        Self::check_note(&reason)?;
        ensure!(!T::Exempt::contains(&from), Error::<T>::ReservedAccount);
        let receiver = Self::live_account(&to)?;
        ensure!(receiver.is_active(), Error::<T>::NotActive);
        let id = AssetId::WithId(asset);
        Self::with_door_open(&id, &from, || T::Escrow::transfer_by_order(&id, &from, &to, amount))?;
        Self::deposit_event(Event::ClawedBack { asset, from, to, amount, issuer, reason });
        Ok(())
    }

    pub(crate) fn do_burn_from(
        by: Decider,
        asset: u32,
        from: AccountId,
        amount: Balance,
        reason: Reason,
    ) -> DispatchResult {
        let issuer = Self::ensure_issuer_and_regulator(by, asset)?;
        Self::check_note(&reason)?;
        // Escrow's balance is what is owed to those whose trades it holds.
        ensure!(!T::Exempt::contains(&from), Error::<T>::ReservedAccount);
        let id = AssetId::WithId(asset);
        Self::with_door_open(&id, &from, || {
            let burnt = T::Assets::burn_from(id.clone(), &from, amount, Expendable, Exact, Force)?;
            ensure!(burnt == amount, Error::<T>::NothingToRecover);
            Ok(())
        })?;
        Self::deposit_event(Event::BurntFrom { asset, from, amount, issuer, reason });
        Ok(())
    }

    pub(crate) fn do_destroy_asset(by: Decider, asset: u32, reason: Reason) -> DispatchResult {
        let issuer = Self::ensure_issuer_and_regulator(by, asset)?;
        Self::check_note(&reason)?;
        // Escrow is asked by `pallet-assets` and refuses while it has any of the asset.
        T::AssetOwners::start_destroy(asset, None)?;
        Self::deposit_event(Event::DestructionStarted { asset, issuer, reason });
        Ok(())
    }

    /// True if nobody but its owner holds the asset, so that the owner may destroy it alone.
    pub fn is_held_by_owner_only(asset: u32) -> bool {
        T::AssetOwners::owner(asset).is_none_or(|owner| T::AssetTeams::is_held_only_by(asset, &owner))
    }
}
