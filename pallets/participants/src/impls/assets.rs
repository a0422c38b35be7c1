//! The list of assets: the issuer asks, the operator confirms, operator or regulator take off.

use crate::{
    decisions::{Decider, Reason},
    types::{AssetCode, AssetRecord, AssetTeams, ListingRequest, Team},
    Accounts, AssetRegistry, Config, Delisted, Error, Event, Isins, ListingRequests, Pallet,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungibles::roles::Inspect, EnsureOrigin, Get},
};
use frame_system::{ensure_root, ensure_signed};
use sp_runtime::{ArithmeticError, DispatchResult};
use tandem_primitives::{AccountId, AssetId, Directory, ParticipantId, Role};

impl<T: Config> Pallet<T> {
    /// Lets the asset's owner pass, if it is an active issuer and the account still moves assets.
    fn ensure_issuer_of(origin: T::RuntimeOrigin, asset: u32) -> DispatchResult {
        let who = ensure_signed(origin)?;
        let owns = T::AssetOwners::owner(asset).is_some_and(|owner| owner == who);
        let moves = Accounts::<T>::get(&who).is_some_and(|record| record.moves());
        ensure!(owns && moves && Self::acts_as(&who, Role::Issuer), Error::<T>::NotIssuer);
        Ok(())
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

    fn ensure_isin_is_free(asset: &AssetId, record: &AssetRecord) -> DispatchResult {
        if let AssetCode::Isin(isin) = record.code {
            ensure!(Isins::<T>::get(isin).is_none_or(|holder| holder == *asset), Error::<T>::IsinAlreadyExists);
        }
        Ok(())
    }

    /// The kind of an asset stays, listed or taken off the list: agents are appointed by it.
    fn ensure_kind_stays(asset: &AssetId, record: &AssetRecord) -> DispatchResult {
        let kind = <Self as Directory>::asset(asset).map(|terms| terms.kind);
        ensure!(kind.is_none_or(|kind| kind == record.kind), Error::<T>::KindFixed);
        Ok(())
    }

    /// The native currency is no issuer's: root lists it, and nobody else confirms.
    pub(crate) fn do_list_asset(origin: T::RuntimeOrigin, asset: AssetId, record: AssetRecord) -> DispatchResult {
        Self::ensure_listing(origin, &asset)?;
        ensure!(!AssetRegistry::<T>::contains_key(&asset), Error::<T>::AssetAlreadyExists);
        Self::ensure_kind_stays(&asset, &record)?;
        Self::ask_or_set(asset, None, record)
    }

    pub(crate) fn do_update_asset(origin: T::RuntimeOrigin, asset: AssetId, record: AssetRecord) -> DispatchResult {
        Self::ensure_listing(origin, &asset)?;
        let old = AssetRegistry::<T>::get(&asset).ok_or(Error::<T>::AssetNotFound)?;
        ensure!(old.kind == record.kind, Error::<T>::KindFixed);
        if old.code == record.code {
            return Self::set_asset(asset, Some(old), record);
        }
        Self::ask_or_set(asset, Some(old), record)
    }

    fn ensure_listing(origin: T::RuntimeOrigin, asset: &AssetId) -> DispatchResult {
        match asset {
            AssetId::Native => ensure_root(origin).map_err(Into::into),
            AssetId::WithId(id) => Self::ensure_issuer_of(origin, *id),
        }
    }

    /// A code tells the market which asset this is, so that the operator confirms it.
    fn ask_or_set(asset: AssetId, old: Option<AssetRecord>, record: AssetRecord) -> DispatchResult {
        match asset {
            AssetId::Native => Self::set_asset(asset, old, record),
            AssetId::WithId(_) => {
                Self::check_asset(&record)?;
                Self::ensure_isin_is_free(&asset, &record)?;
                let until = Self::now().checked_add(T::ProposalLife::get()).ok_or(ArithmeticError::Overflow)?;
                ListingRequests::<T>::insert(&asset, ListingRequest { record, until });
                Self::deposit_event(Event::ListingRequested { asset, old, new: record, until });
                Ok(())
            }
        }
    }

    pub(crate) fn do_confirm_listing(origin: T::RuntimeOrigin, asset: AssetId, record: AssetRecord) -> DispatchResult {
        T::OperatorOrigin::ensure_origin(origin)?;
        let request = ListingRequests::<T>::get(&asset).filter(|request| request.record == record);
        let request = request.ok_or(Error::<T>::RequestNotFound)?;
        ensure!(Self::now() < request.until, Error::<T>::RequestExpired);
        Self::ensure_kind_stays(&asset, &record)?;
        let old = AssetRegistry::<T>::get(&asset);
        Self::set_asset(asset, old, record)
    }

    /// Writes the record of an asset, by a call or at genesis, and keeps each ISIN at one asset.
    pub(crate) fn set_asset(asset: AssetId, old: Option<AssetRecord>, new: AssetRecord) -> DispatchResult {
        Self::check_asset(&new)?;
        Self::ensure_isin_is_free(&asset, &new)?;
        if let Some(AssetRecord { code: AssetCode::Isin(isin), .. }) = old {
            Isins::<T>::remove(isin);
        }
        if let AssetCode::Isin(isin) = new.code {
            Isins::<T>::insert(isin, &asset);
        }
        AssetRegistry::<T>::insert(&asset, new);
        Delisted::<T>::remove(&asset);
        ListingRequests::<T>::remove(&asset);
        Self::deposit_event(Event::AssetChanged { asset, old, new: Some(new) });
        Ok(())
    }

    /// Takes an asset off the list. Its code is free again for whoever has the right to it.
    pub(crate) fn do_delist_asset(by: Decider, asset: AssetId, reason: Reason) -> DispatchResult {
        match by {
            Decider::Operator(_) | Decider::Regulator(_) | Decider::Root => {}
            Decider::Genesis | Decider::Together { .. } => return Err(Error::<T>::NeedsOtherBody.into()),
        }
        Self::check_note(&reason)?;
        let record = AssetRegistry::<T>::take(&asset).ok_or(Error::<T>::AssetNotFound)?;
        if let AssetCode::Isin(isin) = record.code {
            Isins::<T>::remove(isin);
        }
        ListingRequests::<T>::remove(&asset);
        Delisted::<T>::insert(&asset, record);
        Self::deposit_event(Event::AssetDelisted { asset, record, by, reason });
        Ok(())
    }

    /// Forgets an asset that was destroyed, so that its ISIN can be listed again for another one.
    pub(crate) fn forget_asset(asset: AssetId) {
        ListingRequests::<T>::remove(&asset);
        let delisted = Delisted::<T>::take(&asset);
        let listed = AssetRegistry::<T>::take(&asset);
        if let Some(AssetRecord { code: AssetCode::Isin(isin), .. }) = listed {
            Isins::<T>::remove(isin);
        }
        if let Some(old) = listed.or(delisted) {
            Self::deposit_event(Event::AssetChanged { asset, old: Some(old), new: None });
        }
    }

    /// Moves what replaced accounts may do with an asset to the accounts that took their place.
    pub(crate) fn do_recover_asset(origin: T::RuntimeOrigin, asset: u32) -> DispatchResult {
        let old = T::AssetTeams::team(asset).ok_or(Error::<T>::AssetNotFound)?;
        // The operator may help any participant; an account of one moves only what is its own.
        let (by, only) = match T::OperatorOrigin::try_origin(origin) {
            Ok(by) => (by, None),
            Err(origin) => {
                let who = ensure_signed(origin)?;
                let participant = Self::acting(&who)?;
                (Some(who), Some(participant))
            }
        };
        let new = Team {
            owner: Self::successor_for(&old.owner, only),
            issuer: Self::successor_for(&old.issuer, only),
            admin: Self::successor_for(&old.admin, only),
            freezer: Self::successor_for(&old.freezer, only),
        };
        ensure!(new != old, Error::<T>::NothingToRecover);
        T::AssetTeams::set_team(asset, &new);
        Self::deposit_event(Event::AssetRecovered { asset, old, new, by });
        Ok(())
    }

    fn successor_for(account: &AccountId, only: Option<ParticipantId>) -> AccountId {
        let owner = Accounts::<T>::get(account).map(|record| record.participant);
        if only.is_some() && owner != only {
            return account.clone();
        }
        <Self as Directory>::current_account(account)
    }
}
