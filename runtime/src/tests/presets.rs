use super::world::*;
use crate::{presets, *};
use frame_support::traits::Contains;
use tandem_primitives::{Directory, Role};

#[test]
fn every_preset_should_build_a_valid_state() {
    for preset in presets::ALL {
        genesis(preset).execute_with(|| {
            check_state();
            begin_block(1);
            for (id, asset) in pallet_assets::Asset::<Runtime>::iter() {
                assert_eq!(asset.min_balance, 1, "asset {id} of {preset}");
            }
            let validators = pallet_session::Validators::<Runtime>::get();
            assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), validators.len(), "{preset}");
            assert_eq!(Grandpa::grandpa_authorities().len(), validators.len(), "{preset}");
            assert!(System::account_exists(&Escrow::account_id()), "{preset}");
        });
    }
}

#[test]
fn preset_names_should_be_listed_and_others_unknown() {
    assert_eq!(presets::names(), ["development", "local_testnet", "asset_local", "payment_local"]);
    assert_eq!(presets::get(&"mainnet".into()), None);
}

#[test]
fn presets_should_differ_in_validators_and_sudo() {
    for (preset, validators, sudo) in [
        (presets::DEVELOPMENT, 1, Some(OPERATOR)),
        (presets::LOCAL_TESTNET, 4, Some(OPERATOR)),
        (presets::ASSET_LOCAL, 2, None),
        (presets::PAYMENT_LOCAL, 2, None),
    ] {
        genesis(preset).execute_with(|| {
            assert_eq!(pallet_session::Validators::<Runtime>::get().len(), validators, "{preset}");
            assert_eq!(pallet_sudo::Key::<Runtime>::get(), sudo.map(|key| key.to_account_id()), "{preset}");
        });
    }
}

#[test]
fn the_operator_should_have_two_accounts_and_the_regulator_one() {
    for preset in presets::ALL {
        genesis(preset).execute_with(|| {
            for lei in [presets::OPERATOR_LEI, presets::REGULATOR_LEI] {
                assert_eq!(lei.check(), Ok(()));
                assert!(pallet_participants::Leis::<Runtime>::contains_key(lei));
            }
            for (key, role) in [(OPERATOR, Role::Operator), (OPERATOR_2, Role::Operator), (REGULATOR, Role::Regulator)]
            {
                let standing = Participants::standing(&key.to_account_id()).expect("registered");
                assert!(standing.is_active_as(role), "{preset}");
            }
        });
    }
}

#[test]
fn the_escrow_account_should_be_the_chains_own() {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        assert!(configs::ChainAccounts::contains(&Escrow::account_id()));
        assert_eq!(Participants::standing(&Escrow::account_id()), None);
    });
}

#[test]
fn sessions_should_rotate_with_the_same_validators() {
    genesis(presets::LOCAL_TESTNET).execute_with(|| {
        begin_block(1);
        for _ in 0..25 {
            next_block();
        }
        assert_eq!(pallet_session::CurrentIndex::<Runtime>::get(), 2);
        assert_eq!(pallet_session::Validators::<Runtime>::get().len(), 4);
        // Nothing changed, so no new set was announced: a light client has nothing to follow.
        assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), 0);
        check_state();
    });
}
