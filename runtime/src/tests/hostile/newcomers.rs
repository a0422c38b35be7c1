//! Participants that one stolen key of the operator has registered, as many as it takes to fill a block.

use super::{super::world::*, hostiles_of, short_terms, survive, Hostile};
use crate::{presets, *};
use pallet_participants::{Allowance, GuardRefusal, Quota};
use sp_runtime::transaction_validity::TransactionValidityError;
use tandem_primitives::{InstructionId, ParticipantId, PartyTerms, Role, VersionedTerms};

/// Number of the first participant that the thief registers.
const FIRST: ParticipantId = ParticipantId(5);

fn starting() -> Allowance {
    <Runtime as pallet_participants::Config>::StartingAllowance::get()
}

/// Fills the ordinary room, the lane of what finishes and the lane of proofs, in time and in bytes.
fn worst(foe: &Hostile, key: usize, serial: u32) -> RuntimeCall {
    let id = InstructionId(sp_core::H256(sp_io::hashing::blake2_256(&serial.to_le_bytes())));
    match serial % 5 {
        0 => {
            let VersionedTerms::V1(mut terms) = short_terms(&format!("NEW-{serial}"));
            terms.legs[0].from = foe.account(key);
            let terms = VersionedTerms::V1(terms);
            pallet_settlement::Call::instruct { terms, party: PartyTerms::default(), reserve: None }.into()
        }
        1 => pallet_settlement::Call::settle { id, lots: None }.into(),
        2 => pallet_counterpart::Call::execute { id, lots: None }.into(),
        3 => frame_system::Call::remark { remark: vec![serial as u8; 20_000] }.into(),
        _ => {
            let call = || frame_system::Call::remark_with_event { remark: vec![serial as u8; 16] }.into();
            pallet_utility::Call::batch_all { calls: (0..200).map(|_| call()).collect() }.into()
        }
    }
}

/// With the network's allowance five of them fill every block: each has a fifth.
#[test]
fn five_participants_that_one_operator_key_registered_should_keep_nobody_out() {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        begin_block(1);
        found();
        let thief = RuntimeOrigin::signed(OPERATOR_2.to_account_id());
        let mut foes = hostiles_of(thief, 5, &[Role::Trader, Role::Gateway]);
        foes.iter_mut().for_each(|foe| foe.keys.truncate(2));
        next_block();
        survive(foes, worst);
        check_state();
    });
}

/// An honest newcomer trades at once, as a party as good as any other.
#[test]
fn a_participant_that_one_operator_key_registered_should_trade_at_once_and_get_more_by_two() {
    execute(|| {
        let one = RuntimeOrigin::signed(OPERATOR.to_account_id());
        let newcomer = hostiles_of(one, 1, &[Role::Trader]).remove(0);
        assert_eq!(Participants::quota_of(FIRST).1, starting());
        let mut nonce = 0;
        let mut send = |call: RuntimeCall| {
            let sent = Executive::apply_extrinsic(sign_with(&newcomer.keys[0], nonce, call, 0));
            nonce += u32::from(sent.is_ok());
            sent
        };
        let mut sent = 0;
        // A hundred trades in a row, as a tour sends them.
        for number in 0..100 {
            let VersionedTerms::V1(mut terms) = short_terms(&format!("FIRST-{number}"));
            terms.legs[1].to = newcomer.account(0);
            terms.legs[0].from = newcomer.account(0);
            let terms = VersionedTerms::V1(terms);
            let call = pallet_settlement::Call::instruct { terms, party: PartyTerms::default(), reserve: None };
            let mut result = send(call.clone().into());
            if result.is_err() {
                // The share of this block is used up, as it is for any other participant that sends so much at once.
                next_block();
                result = send(call.into());
            }
            sent += u32::from(result == Ok(Ok(())));
        }
        assert_eq!(sent, 100);
        // What is opened in a day has its end.
        Quota::<Runtime>::mutate(FIRST, |quota| quota.opened.instructions = starting().day.instructions);
        let VersionedTerms::V1(mut terms) = short_terms("ONE-MORE");
        terms.legs[0].from = newcomer.account(0);
        let terms = VersionedTerms::V1(terms);
        let call: RuntimeCall =
            pallet_settlement::Call::instruct { terms, party: PartyTerms::default(), reserve: None }.into();
        assert_eq!(send(call.clone()), Err(TransactionValidityError::from(GuardRefusal::CapReached)));
        // Two accounts of the operator, as root, give it what the others have. One does not, and neither do two at once.
        let raise = || pallet_participants::Call::set_allowance { participant: FIRST, allowance: None };
        assert_eq!(refused(OPERATOR, raise()), GuardRefusal::Forbidden.into());
        let decided = decide(tandem_primitives::Body::Operator, &[OPERATOR, OPERATOR_2], raise());
        assert_eq!(enacted(decided), Some(Ok(())));
        let network = <Runtime as pallet_participants::Config>::Allowance::get();
        assert_eq!(Participants::quota_of(FIRST).1, network);
        assert!(!Quota::<Runtime>::get(FIRST).is_starting);
        assert_eq!(send(call), Ok(Ok(())));
    });
}
