//! Access to the one status of an asset that the directory must know and no trait of the SDK tells.

use polkadot_sdk::{frame_system, pallet_assets};

/// Status of an asset during its destruction.
pub trait AssetDestruction {
    /// True from `start_destroy` until the asset is gone.
    fn is_being_destroyed(asset: u32) -> bool;
}

impl<T: pallet_assets::Config<AssetId = u32> + frame_system::Config> AssetDestruction for pallet_assets::Pallet<T> {
    fn is_being_destroyed(asset: u32) -> bool {
        pallet_assets::Asset::<T>::get(asset)
            .is_some_and(|details| details.status == pallet_assets::AssetStatus::Destroying)
    }
}
