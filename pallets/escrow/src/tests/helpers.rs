//! Test helpers that the tests of this pallet share.

use crate::mock::*;
use polkadot_sdk::{
    frame_support::assert_ok,
    frame_system::{self, RawOrigin},
    pallet_assets,
    sp_core::H256,
    sp_runtime::DispatchError,
};
use tandem_primitives::{AccountId, AssetId, Balance, Escrow as _, InstructionId};

/// Instruction to which the payouts of these tests belong.
pub const TRADE: InstructionId = InstructionId(H256([7; 32]));

pub fn signed(account: AccountId) -> RuntimeOrigin {
    RawOrigin::Signed(account).into()
}

pub fn balance(asset: &AssetId, account: &AccountId) -> Balance {
    Escrow::balance(asset, account)
}

pub fn supply(asset: &AssetId) -> Balance {
    match asset {
        AssetId::Native => Balances::total_issuance(),
        AssetId::WithId(id) => Assets::total_supply(*id),
    }
}

pub fn deposit(id: u32, from: &AccountId, amount: Balance) {
    assert_ok!(Escrow::deposit(&asset(id), from, amount));
}

pub fn freeze_asset(id: u32) {
    assert_ok!(Assets::freeze_asset(signed(ISSUER), id));
}

pub fn thaw_asset(id: u32) {
    assert_ok!(Assets::thaw_asset(signed(ISSUER), id));
}

/// Test helper: blocks the account for the asset, as its issuer; opens the account's entry first if it has none.
pub fn block(id: u32, account: &AccountId) {
    if !pallet_assets::Account::<Test>::contains_key(id, account) {
        assert_ok!(Assets::touch_other(signed(ISSUER), id, account.clone()));
    }
    assert_ok!(Assets::block(signed(ISSUER), id, account.clone()));
}

pub fn thaw(id: u32, account: &AccountId) {
    assert_ok!(Assets::thaw(signed(ISSUER), id, account.clone()));
}

/// Test helper: gives the asset the status that `start_destroy` gives it, even where that call would refuse.
pub fn force_destroying(id: u32) {
    pallet_assets::Asset::<Test>::mutate(id, |details| {
        details.as_mut().expect("the asset exists").status = pallet_assets::AssetStatus::Destroying
    });
}

pub fn assets_error(error: pallet_assets::Error<Test>) -> DispatchError {
    error.into()
}

/// Test helper: events of this pallet since the last call of this helper, in order.
pub fn escrow_events() -> Vec<crate::Event<Test>> {
    let events = System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Escrow(event) => Some(event),
            _ => None,
        })
        .collect();
    frame_system::Pallet::<Test>::reset_events();
    events
}
