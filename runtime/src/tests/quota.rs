//! What a participant may use of a minute and of a block.

use super::world::*;
use crate::*;
use frame_support::weights::Weight;
use pallet_participants::{GuardRefusal, Quota, QuotaUse};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError};
use tandem_primitives::ParticipantId;

fn error(refusal: GuardRefusal) -> TransactionValidityError {
    refusal.into()
}

fn claim(to: sp_keyring::Sr25519Keyring) -> RuntimeCall {
    pallet_escrow::Call::claim { account: to.to_account_id(), asset: AssetId::WithId(BOND), to: to.to_account_id() }
        .into()
}

fn use_up(participant: ParticipantId, ordinary: bool, finishing: bool) {
    let limits = <Runtime as pallet_participants::Config>::Quotas::get();
    Quota::<Runtime>::insert(
        participant,
        QuotaUse {
            period: System::block_number() / <Runtime as pallet_participants::Config>::QuotaPeriod::get(),
            ordinary: if ordinary { limits.ordinary } else { Weight::zero() },
            finishing: if finishing { limits.finishing } else { Weight::zero() },
            ..Default::default()
        },
    );
}

#[test]
fn an_exhausted_quota_should_stop_what_begins_and_not_what_finishes() {
    execute(|| {
        use_up(SELLER_ID, true, false);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::QuotaExceeded));
        let nothing = Err(pallet_escrow::Error::<Runtime>::NothingToClaim.into());
        assert_eq!(outcome(SELLER, claim(SELLER)), nothing);
        // Others have their own.
        send_ok(BUYER, pallet_assets::Call::transfer { id: EURO.into(), target: id(SELLER), amount: 1 });

        use_up(SELLER_ID, false, true);
        send_ok(SELLER, transfer(BUYER, 1));
        assert_eq!(refused(SELLER, claim(SELLER)), error(GuardRefusal::QuotaExceeded));
    });
}

#[test]
fn a_quota_should_be_whole_again_in_the_next_period() {
    execute(|| {
        use_up(SELLER_ID, true, true);
        assert_eq!(refused(SELLER, transfer(BUYER, 1)), error(GuardRefusal::QuotaExceeded));
        let period = <Runtime as pallet_participants::Config>::QuotaPeriod::get();
        while !System::block_number().is_multiple_of(period) {
            next_block();
        }
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

#[test]
fn a_quota_should_be_charged_what_was_used() {
    execute(|| {
        let used = || Quota::<Runtime>::get(SELLER_ID).ordinary;
        send_ok(SELLER, pallet_utility::Call::batch { calls: vec![transfer(BUYER, 1)] });
        let one = used();
        assert!(one.ref_time() > 0);
        // The first fails and stops the batch: what was not run is given back.
        let fails = transfer(BUYER, 1_000_000);
        let calls = vec![fails, transfer(BUYER, 1), transfer(BUYER, 1), transfer(BUYER, 1)];
        send_ok(SELLER, pallet_utility::Call::batch { calls });
        assert!((used() - one).ref_time() < 3 * one.ref_time());
    });
}

#[test]
fn one_participant_should_leave_room_for_others_in_every_block() {
    execute(|| {
        let idle = || pallet_settlement::Call::expire { id: Default::default() };
        let sent = (0..10_000).take_while(|_| send(SELLER, idle()).is_ok()).count();
        assert!(sent > 0);
        // As if the block were full: the pool keeps it for the next one.
        assert_eq!(refused(SELLER, idle()), InvalidTransaction::ExhaustsResources.into());
        let pay = || pallet_assets::Call::transfer { id: EURO.into(), target: id(SELLER), amount: 1 };
        assert_eq!(send(BUYER, pay()), Ok(Ok(())), "after {sent}");
        // A pool that asks whether it is valid asks about the next block.
        let transaction = sign(SELLER, idle().into(), 0);
        let valid = Executive::validate_transaction(TransactionSource::External, transaction, Hash::default());
        assert!(valid.is_ok());
    });
}
