//! Tests of the table of acts, row by row, on a network without `Sudo` and with an enactment delay.

use super::world::*;
use crate::{guard::acts::Acts, presets, *};
use frame_support::BoundedVec;
use pallet_participants::{Act, Call as Directory, ClassifyAct};
use tandem_primitives::{Body, Holding, ParticipantId, Status};

/// Runs a test in the first block of an asset network, on which root has an enactment delay.
fn delayed(test: impl FnOnce()) {
    genesis(presets::ASSET_LOCAL).execute_with(|| {
        begin_block(1);
        found();
        test();
        check_state();
    });
}

fn pause() -> RuntimeCall {
    let bounded = |text: &str| BoundedVec::try_from(text.as_bytes().to_vec()).expect("short");
    pallet_tx_pause::Call::pause { full_name: (bounded("Assets"), bounded("transfer")) }.into()
}

fn unpause() -> RuntimeCall {
    let bounded = |text: &str| BoundedVec::try_from(text.as_bytes().to_vec()).expect("short");
    pallet_tx_pause::Call::unpause { ident: (bounded("Assets"), bounded("transfer")) }.into()
}

const OPERATORS: [sp_keyring::Sr25519Keyring; 2] = [OPERATOR, OPERATOR_2];

#[test]
fn chain_h6_stops_should_take_effect_at_once_and_their_end_should_need_the_regulator() {
    delayed(|| {
        send_ok(SELLER, transfer(BUYER, 1));
        let stop = Directory::set_status { participant: BUYER_ID, status: Status::Suspended, reason: reason() };
        assert_eq!(enacted(decide(Body::Regulator, &[REGULATOR, REGULATOR_2], stop)), Some(Ok(())));
        let start = Directory::set_status { participant: BUYER_ID, status: Status::Active, reason: reason() };
        next_block();
        assert_eq!(enacted(decide(Body::Regulator, &[REGULATOR, REGULATOR_2], start)), Some(Ok(())));
        next_block();
        let hash = decide(Body::Operator, &OPERATORS, pause());
        assert_eq!(enacted(hash), Some(Ok(())));
        assert!(send(SELLER, transfer(BUYER, 1)) != Ok(Ok(())), "transfers are paused");
        // Two accounts of the operator lift it only after the delay; one of the regulator with them does so at once.
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, unpause())), None);
        let three = [REGULATOR, OPERATOR, OPERATOR_2];
        assert_eq!(enacted(decide(Body::OperatorAndOneRegulator, &three, unpause())), Some(Ok(())));
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

#[test]
fn chain_h6_a_link_should_halt_at_once_and_resume_with_the_regulator() {
    delayed(|| {
        let halt = |halted| RuntimeCall::from(pallet_counterpart::Call::set_halted { halted });
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, halt(true))), Some(Ok(())));
        assert!(pallet_counterpart::Halted::<Runtime>::get());
        let three = [OPERATOR, OPERATOR_3, REGULATOR_2];
        assert_eq!(enacted(decide(Body::OperatorAndOneRegulator, &three, halt(false))), Some(Ok(())));
        assert!(!pallet_counterpart::Halted::<Runtime>::get());
        let until = |number| RuntimeCall::from(pallet_counterpart::Call::block_headers_until { number });
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, until(Some(7)))), Some(Ok(())));
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, until(None))), None, "a widening waits");
    });
}

#[test]
fn chain_h6_one_regulator_account_should_halt_a_link_for_a_time() {
    delayed(|| {
        let halt = || RuntimeCall::from(pallet_counterpart::Call::set_halted { halted: true });
        let halted = pallet_counterpart::Halted::<Runtime>::get;
        let again = Err(pallet_counterpart::Error::<Runtime>::NothingChanges.into());
        assert_eq!(outcome(OPERATOR, halt()), Err(sp_runtime::DispatchError::BadOrigin));
        send_ok(REGULATOR, halt());
        assert!(halted());
        assert_eq!(outcome(REGULATOR, halt()), again, "it does not confirm itself");
        let until = pallet_counterpart::HaltByOne::<Runtime>::get().expect("halted by one").until;
        let now = pallet_timestamp::Now::<Runtime>::get();
        for (instant, halts) in [(until - 1, true), (until, false)] {
            pallet_timestamp::Now::<Runtime>::put(instant);
            <Counterpart as frame_support::traits::Hooks<BlockNumber>>::on_initialize(2);
            assert_eq!(halted(), halts, "it lapses at {until}");
        }
        // The block's time is that of its slot.
        pallet_timestamp::Now::<Runtime>::put(now);
        let spent = Err(pallet_counterpart::Error::<Runtime>::HaltSpent.into());
        assert_eq!(outcome(REGULATOR, halt()), spent, "the same account does not repeat it");
        // A second account halts in its turn, and a third confirms: that no longer lapses.
        send_ok(REGULATOR_2, halt());
        send_ok(REGULATOR_3, halt());
        assert!(!pallet_counterpart::HaltByOne::<Runtime>::exists() && halted());
        let three = [OPERATOR, OPERATOR_2, REGULATOR];
        let resume = || pallet_counterpart::Call::set_halted { halted: false };
        assert_eq!(enacted(decide(Body::OperatorAndOneRegulator, &three, resume())), Some(Ok(())));
        send_ok(REGULATOR, halt());
        // Whoever resumes gives each account its halt back, also where nobody has confirmed it.
        next_block();
        assert_eq!(enacted(decide(Body::OperatorAndOneRegulator, &three, resume())), Some(Ok(())));
        send_ok(REGULATOR, halt());
    });
}

#[test]
fn accounts_of_who_governs_should_go_at_once_and_come_after_the_delay() {
    delayed(|| {
        let remove =
            Directory::remove_account { account: REGULATOR_3.to_account_id(), successor: REGULATOR.to_account_id() };
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, remove)), Some(Ok(())));
        let replace = || Directory::replace_account {
            old: OPERATOR_3.to_account_id(),
            new: STRANGER.to_account_id(),
            rights: Default::default(),
        };
        let alone = decide(Body::Operator, &OPERATORS, replace());
        let all = [REGULATOR, OPERATOR, OPERATOR_2, REGULATOR_2];
        let joint = decide(Body::OperatorAndRegulator, &all, replace());
        assert_eq!((enacted(alone), enacted(joint)), (None, None));
        for _ in 0..15 {
            next_block();
        }
        let call = RuntimeCall::from(replace());
        let one_role = || Directory::enact { body: Body::Operator, call: Box::new(call.clone()) };
        // What one role decides alone waits for as long as an estate.
        let early = Err(pallet_participants::Error::<Runtime>::TooEarly.into());
        assert_eq!(outcome(REGULATOR, one_role()), early);
        send_ok(REGULATOR, Directory::enact { body: Body::OperatorAndRegulator, call: Box::new(call.clone()) });
        assert_eq!(enacted(joint), Some(Ok(())));
    });
}

/// Test helper: allowance with which a participant sends nothing.
fn nothing() -> Option<pallet_participants::Allowance> {
    let (period, day) = (pallet_participants::Resources::default(), pallet_participants::Opened::default());
    Some(pallet_participants::Allowance { period, day })
}

// Two stolen keys of the operator stop a participant at once, and not those who could stop them.
#[test]
fn chain_h6_less_of_a_quota_should_wait_for_who_governs() {
    delayed(|| {
        let less = |participant| Directory::set_allowance { participant, allowance: nothing() };
        assert_eq!(enacted(decide(Body::Operator, &OPERATORS, less(SELLER_ID))), Some(Ok(())));
        for governor in [ParticipantId(0), ParticipantId(1)] {
            next_block();
            assert_eq!(enacted(decide(Body::Operator, &OPERATORS, less(governor))), None);
            assert_eq!(pallet_participants::Quota::<Runtime>::get(governor).allowance, None);
        }
    });
}

#[test]
fn chain_h6_kinds_should_be_those_of_the_table() {
    execute(|| {
        let account = || OPERATOR.to_account_id();
        let status = Directory::set_status { participant: SELLER_ID, status: Status::Suspended, reason: reason() };
        let estate = Directory::transfer_estate {
            participant: SELLER_ID,
            from: Holding::Account(account()),
            asset: AssetId::Native,
            to: account(),
            reason: reason(),
        };
        let claw = Directory::destroy_asset { asset: BOND, reason: reason() };
        // Less of an allowance stops a participant, more of it does not.
        let (_, network) = Participants::quota_of(SELLER_ID);
        let allowing = |instructions| {
            let day = pallet_participants::Opened { instructions, ..network.day };
            let allowance = Some(pallet_participants::Allowance { day, ..network });
            Directory::set_allowance { participant: SELLER_ID, allowance }
        };
        let (lower, raise) = (allowing(network.day.instructions - 1), allowing(network.day.instructions + 1));
        let batch = |calls: Vec<RuntimeCall>| RuntimeCall::from(pallet_utility::Call::batch_all { calls });
        let rows: Vec<(RuntimeCall, Act)> = vec![
            (pause(), Act::Stop),
            (unpause(), Act::Undo),
            (pallet_validators::Call::remove { validator: account() }.into(), Act::Stop),
            (pallet_validators::Call::add { validator: account() }.into(), Act::Root),
            (Directory::remove_account { account: account(), successor: account() }.into(), Act::Stop),
            (
                Directory::remove_account { account: SELLER.to_account_id(), successor: SELLER.to_account_id() }.into(),
                Act::Root,
            ),
            (
                Directory::add_account { participant: ParticipantId(0), account: account(), rights: None }.into(),
                Act::Governors,
            ),
            (Directory::add_account { participant: SELLER_ID, account: account(), rights: None }.into(), Act::Root),
            (Directory::set_allowance { participant: SELLER_ID, allowance: nothing() }.into(), Act::Stop),
            (Directory::set_allowance { participant: ParticipantId(0), allowance: nothing() }.into(), Act::Root),
            (Directory::set_allowance { participant: ParticipantId(1), allowance: nothing() }.into(), Act::Root),
            (status.into(), Act::Status),
            (estate.into(), Act::Estate),
            (claw.into(), Act::ClawBack(BOND)),
            (lower.into(), Act::Stop),
            (raise.into(), Act::Root),
            (pallet_counterpart::Call::close_counterpart {}.into(), Act::Stop),
            (pallet_counterpart::Call::block_header { header: Default::default() }.into(), Act::Stop),
            (pallet_counterpart::Call::set_halted { halted: true }.into(), Act::Stop),
            (pallet_counterpart::Call::set_halted { halted: false }.into(), Act::Undo),
            (pallet_counterpart::Call::unblock_header { header: Default::default() }.into(), Act::Root),
            (frame_system::Call::set_code { code: vec![] }.into(), Act::Root),
            (batch(vec![pause(), pause()]), Act::Stop),
            (batch(vec![pause(), unpause()]), Act::Root),
            (batch(vec![]), Act::Root),
            // What says which kind a batch is takes reads for each call in it.
            (batch(vec![pause(); 64]), Act::Stop),
            (batch(vec![pause(); 65]), Act::Root),
            (batch(vec![batch(vec![pause(); 40]), batch(vec![pause(); 22])]), Act::Stop),
            (batch(vec![batch(vec![pause(); 40]), batch(vec![pause(); 23])]), Act::Root),
        ];
        for (call, kind) in rows {
            assert_eq!(Acts::act(&call), kind, "{call:?}");
            assert!(Acts::looks_at(&call) <= 65);
        }
    });
}
