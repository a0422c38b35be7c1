//! Benchmarks of every call in its worst case.

use crate::{Call, Claimable, Config, Event, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_benchmarking::v2::*,
    frame_support::{assert_ok, traits::fungible::NativeOrWithId},
    frame_system::{self, RawOrigin},
    pallet_assets::{self, AssetStatus},
};
use tandem_primitives::{
    benchmarking::{SetUpDirectory, SetUpEscrow},
    AccountId, AssetId, Balance, Escrow, InstructionId, Payout, Roles, MAX_NAMED,
};

const ASSET: u32 = 7_000;
const AMOUNT: Balance = 1_600;

fn set_status<T: Config>(status: AssetStatus) {
    pallet_assets::Asset::<T>::mutate(ASSET, |details| {
        if let Some(details) = details {
            details.status = status;
        }
    });
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// Benchmark of `claim` to an account that has no entry in the asset yet, so that the transfer opens one.
    #[benchmark]
    fn claim() {
        let asset: AssetId = NativeOrWithId::WithId(ASSET);
        let seller: AccountId = account("seller", 0, 0);
        let buyer: AccountId = account("buyer", 0, 0);
        <T as Config>::BenchmarkHelper::register(&seller, Roles::default());
        let participant = <T as Config>::BenchmarkHelper::register(&buyer, Roles::default());
        frame_system::Pallet::<T>::inc_providers(&buyer);
        <Pallet<T> as SetUpEscrow>::fund(&asset, &seller, AMOUNT);
        assert_ok!(Pallet::<T>::deposit(&asset, &seller, AMOUNT));
        set_status::<T>(AssetStatus::Frozen);
        let instructions: Vec<_> = (0..MAX_NAMED).map(|number| InstructionId::from([number as u8; 32])).collect();
        for instruction in &instructions {
            assert_eq!(
                Pallet::<T>::pay_out(
                    *instruction,
                    &asset,
                    &buyer,
                    AMOUNT.checked_div(Balance::from(MAX_NAMED)).unwrap_or(AMOUNT)
                ),
                Ok(Payout::Credited)
            );
        }
        set_status::<T>(AssetStatus::Live);

        #[extrinsic_call]
        _(RawOrigin::Signed(buyer.clone()), buyer.clone(), asset.clone(), buyer.clone());

        assert_eq!(Claimable::<T>::get(&buyer, &asset), None);
        let (account, to, by) = (buyer.clone(), buyer.clone(), buyer);
        let paid =
            Event::<T>::Claimed { instructions, unnamed: 0, participant, asset, amount: AMOUNT, account, to, by };
        frame_system::Pallet::<T>::assert_last_event(paid.into());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
