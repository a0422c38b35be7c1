use super::world::*;
use crate::{presets, *};
use codec::Encode;
use frame_support::traits::Contains;
use tandem_primitives::{Body, CallHash, Directory, Role};

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
fn chain_l8_operator_and_regulator_should_have_three_accounts_each() {
    for preset in presets::ALL {
        genesis(preset).execute_with(|| {
            for lei in [presets::OPERATOR_LEI, presets::REGULATOR_LEI] {
                assert_eq!(lei.check(), Ok(()));
                assert!(pallet_participants::Leis::<Runtime>::contains_key(lei));
            }
            for (key, role) in [
                (OPERATOR, Role::Operator),
                (OPERATOR_2, Role::Operator),
                (OPERATOR_3, Role::Operator),
                (REGULATOR, Role::Regulator),
                (REGULATOR_2, Role::Regulator),
                (REGULATOR_3, Role::Regulator),
            ] {
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

#[test]
fn two_accounts_of_the_operator_should_not_make_a_sudo_key() {
    for preset in [presets::ASSET_LOCAL, presets::PAYMENT_LOCAL] {
        genesis(preset).execute_with(|| {
            begin_block(1);
            let remark = || RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
            for call in [
                RuntimeCall::from(pallet_sudo::Call::set_key { new: id(OPERATOR) }),
                pallet_sudo::Call::sudo { call: Box::new(remark()) }.into(),
                pallet_sudo::Call::sudo_as { who: id(REGULATOR), call: Box::new(remark()) }.into(),
            ] {
                let hash = CallHash(sp_core::H256(call.using_encoded(sp_io::hashing::blake2_256)));
                send_ok(OPERATOR, pallet_participants::Call::propose { body: Body::Operator, hash });
                let approve = pallet_participants::Call::approve { body: Body::Operator, call: Box::new(call) };
                let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
                assert_eq!(outcome(OPERATOR_2, approve), filtered, "{preset}");
            }
            assert_eq!(pallet_sudo::Key::<Runtime>::get(), None, "{preset}");
        });
    }
}

// Everybody sees coming what root does; and one lost key is replaced by two others.
#[test]
fn presets_without_sudo_should_have_a_delay_and_three_accounts_of_the_operator() {
    for preset in [presets::ASSET_LOCAL, presets::PAYMENT_LOCAL] {
        genesis(preset).execute_with(|| {
            assert!(pallet_participants::EnactmentDelay::<Runtime>::get() > 0, "{preset}");
            let operator = pallet_participants::Leis::<Runtime>::get(presets::OPERATOR_LEI).expect("registered");
            let record = pallet_participants::Participants::<Runtime>::get(operator).expect("registered");
            assert!(record.accounts.len() >= 3, "{preset}");
        });
    }
}

#[test]
fn presets_with_sudo_should_have_no_delay() {
    for preset in [presets::DEVELOPMENT, presets::LOCAL_TESTNET] {
        genesis(preset).execute_with(|| {
            assert_eq!(pallet_participants::EnactmentDelay::<Runtime>::get(), 0, "{preset}");
        });
    }
}

// Nobody but the operator under dual control opens the way to another network.
#[test]
fn every_preset_should_have_an_open_lane_and_a_halted_light_client_without_an_owner() {
    for preset in presets::ALL {
        genesis(preset).execute_with(|| {
            let lanes: Vec<_> = pallet_bridge_messages::OutboundLanes::<Runtime>::iter_keys().collect();
            assert_eq!(lanes, [configs::lane()], "{preset}");
            assert_eq!(pallet_bridge_messages::InboundLanes::<Runtime>::iter_keys().collect::<Vec<_>>(), lanes);
            let outbound = BridgeMessages::outbound_lane_data(configs::lane()).expect("open");
            let inbound = BridgeMessages::inbound_lane_data(configs::lane()).expect("open");
            assert!(outbound.state.is_active() && inbound.state.is_active(), "{preset}");
            assert_eq!(pallet_bridge_messages::PalletOwner::<Runtime>::get(), None, "{preset}");
            assert_eq!(pallet_bridge_grandpa::PalletOwner::<Runtime>::get(), None, "{preset}");
            assert_eq!(pallet_bridge_grandpa::BestFinalized::<Runtime>::get(), None, "{preset}");
            let mode = pallet_bridge_grandpa::PalletOperatingMode::<Runtime>::get();
            assert_eq!(mode, bp_runtime::BasicOperatingMode::Halted, "{preset}");
        });
    }
}

// Otherwise it can never change its session keys: the guard refuses who belongs to no participant.
#[test]
fn every_validator_should_be_able_to_set_its_keys() {
    for preset in presets::ALL {
        genesis(preset).execute_with(|| {
            for validator in pallet_session::Validators::<Runtime>::get() {
                assert!(Participants::standing(&validator).is_some(), "{validator} of {preset}");
            }
        });
    }
}
