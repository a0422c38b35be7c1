//! Access to the status `Destroying` of an asset, which no trait of the SDK gives.

use polkadot_sdk::{frame_system, pallet_assets};

/// Query of assets that are being destroyed. `pallet_assets` implements it.
pub trait AssetDestruction {
    /// True from the `start_destroy` of the asset until it is gone.
    fn is_being_destroyed(asset: u32) -> bool;
}

impl<T: pallet_assets::Config<AssetId = u32> + frame_system::Config> AssetDestruction for pallet_assets::Pallet<T> {
    fn is_being_destroyed(asset: u32) -> bool {
        pallet_assets::Asset::<T>::get(asset)
            .is_some_and(|details| details.status == pallet_assets::AssetStatus::Destroying)
    }
}
