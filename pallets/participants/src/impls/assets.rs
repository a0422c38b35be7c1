//! What the network knows of an asset.

use crate::{
    types::{AssetCode, AssetRecord},
    AssetRegistry, Config, Error, Event, Isins, Pallet,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungibles::roles::Inspect, EnsureOrigin},
};
use frame_system::ensure_signed;
use sp_runtime::DispatchResult;
use tandem_primitives::{AssetId, Role};

impl<T: Config> Pallet<T> {
    /// Lets the asset's owner pass, if it is an active issuer; for the native currency, the operator.
    fn ensure_issuer_of(origin: T::RuntimeOrigin, asset: &AssetId) -> DispatchResult {
        match asset {
            AssetId::Native => T::OperatorOrigin::ensure_origin(origin).map(|_| ()).map_err(Into::into),
            AssetId::WithId(id) => {
                let who = ensure_signed(origin)?;
                let owns = T::AssetOwners::owner(*id).is_some_and(|owner| owner == who);
                ensure!(owns && Self::acts_as(&who, Role::Issuer), Error::<T>::NotIssuer);
                Ok(())
            }
        }
    }

    /// Checks all of a record that can be checked without the state.
    pub(crate) fn check_asset(record: &AssetRecord) -> DispatchResult {
        ensure!(record.kind == record.code.kind(), Error::<T>::CodeMismatch);
        match &record.code {
            AssetCode::Isin(isin) => isin.check().map_err(|_| Error::<T>::BadIsin)?,
            AssetCode::Currency(code) => {
                ensure!(code.iter().all(u8::is_ascii_uppercase), Error::<T>::BadCurrency);
            }
        }
        let letters = record.cfi.is_none_or(|cfi| cfi.iter().all(u8::is_ascii_uppercase));
        ensure!(letters, Error::<T>::BadCfi);
        ensure!(record.settlement_unit > 0, Error::<T>::BadSettlementUnit);
        Ok(())
    }

    pub(crate) fn do_list_asset(origin: T::RuntimeOrigin, asset: AssetId, record: AssetRecord) -> DispatchResult {
        Self::ensure_issuer_of(origin, &asset)?;
        ensure!(!AssetRegistry::<T>::contains_key(&asset), Error::<T>::AssetAlreadyExists);
        Self::set_asset(asset, None, record)
    }

    pub(crate) fn do_update_asset(origin: T::RuntimeOrigin, asset: AssetId, record: AssetRecord) -> DispatchResult {
        Self::ensure_issuer_of(origin, &asset)?;
        let old = AssetRegistry::<T>::get(&asset).ok_or(Error::<T>::AssetNotFound)?;
        ensure!(old.kind == record.kind, Error::<T>::KindFixed);
        Self::set_asset(asset, Some(old), record)
    }

    /// Writes what is known of an asset, by a call or at genesis, and keeps each ISIN at one asset.
    pub(crate) fn set_asset(asset: AssetId, old: Option<AssetRecord>, new: AssetRecord) -> DispatchResult {
        Self::check_asset(&new)?;
        if let AssetCode::Isin(isin) = new.code {
            ensure!(Isins::<T>::get(isin).is_none_or(|holder| holder == asset), Error::<T>::IsinAlreadyExists);
        }
        if let Some(AssetRecord { code: AssetCode::Isin(isin), .. }) = old {
            Isins::<T>::remove(isin);
        }
        if let AssetCode::Isin(isin) = new.code {
            Isins::<T>::insert(isin, &asset);
        }
        AssetRegistry::<T>::insert(&asset, new);
        Self::deposit_event(Event::AssetChanged { asset, old, new: Some(new) });
        Ok(())
    }

    /// Forgets an asset that was destroyed, so that its ISIN can be listed again for another one.
    pub(crate) fn forget_asset(asset: AssetId) {
        if let Some(old) = AssetRegistry::<T>::take(&asset) {
            if let AssetCode::Isin(isin) = old.code {
                Isins::<T>::remove(isin);
            }
            Self::deposit_event(Event::AssetChanged { asset, old: Some(old), new: None });
        }
    }
}
