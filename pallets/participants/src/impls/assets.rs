//! Listing of assets: the issuer asks, the operator confirms, and operator or regulator delist.

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
    /// Passes an origin that is the owner of the asset, belongs to an active issuer, and may move assets.
    fn ensure_issuer_of(origin: T::RuntimeOrigin, asset: u32) -> DispatchResult {
        let who = ensure_signed(origin)?;
        let owns = T::AssetOwners::owner(asset).is_some_and(|owner| owner == who);
        let moves = Accounts::<T>::get(&who).is_some_and(|record| record.moves());
        ensure!(owns && moves && Self::acts_as(&who, Role::Issuer), Error::<T>::NotIssuer);
        Ok(())
    }

    /// Checks all of a record that does not depend on the state: code, CFI and settlement unit.
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

    /// Checks that the record does not change the kind of the asset, listed or delisted, because agents are appointed
    /// for one kind.
    fn ensure_kind_stays(asset: &AssetId, record: &AssetRecord) -> DispatchResult {
        let kind = <Self as Directory>::asset(asset).map(|terms| terms.kind);
        ensure!(kind.is_none_or(|kind| kind == record.kind), Error::<T>::KindFixed);
        Ok(())
    }

    /// Asks for an asset to be listed. The native currency has no issuer: root lists it, and no confirmation is needed.
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

    /// Sets the record of the native currency; for any other asset, stores the request that the operator must confirm.
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

    /// Writes the listing of an asset, from a call or at genesis. Fails if another asset has the ISIN.
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

    /// Takes an asset off the list. Its ISIN is then free for another asset.
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

    /// Removes all that is stored of an asset that was destroyed, so that its ISIN can be listed for another one.
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

    /// Gives the roles that replaced accounts have for the asset to their successors. An account of a participant does
    /// so only for its own participant, the operator for any.
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
