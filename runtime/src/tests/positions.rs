use super::{dvp, recorder::Recorder, world::*};
use crate::*;
use frame_support::storage::StoragePrefixedMap;
use pallet_counterpart::Payments;
use tandem_primitives::{InstructionId, LegIndex, Payment, PaymentLeg};

/// Number of payments in the test, for each of which the buyer has reserved its whole leg.
const PAYMENTS: u8 = 5;

/// Number of assets in the test beside the two that are traded.
const ASSETS: u32 = 20;

#[test]
fn net_p7_positions_should_read_each_payment_once_however_many_assets_there_are() {
    let mut chain = genesis(presets::DEVELOPMENT);
    let top = chain.execute_with(|| {
        begin_block(1);
        found();
        for asset in 0..ASSETS {
            let issuer = RuntimeOrigin::signed(ISSUER.to_account_id());
            frame_support::assert_ok!(Assets::create(issuer, (100 + asset).into(), id(ISSUER), 1));
        }
        for number in 0..PAYMENTS {
            let terms = dvp::terms(&format!("PAID-{number}"));
            let leg = PaymentLeg { leg: LegIndex(1), giver: BUYER_ID, receiver: SELLER_ID, reserved: 1 };
            let payment = Payment {
                terms_hash: terms.hash(),
                terms,
                instructing: SELLER.to_account_id(),
                settled: 0,
                tranche: Default::default(),
                commitment: None,
                legs: vec![leg].try_into().expect("one"),
            };
            Payments::<Runtime>::insert(InstructionId(Hash::repeat_byte(number)), payment);
        }
        let mut top = std::collections::BTreeMap::new();
        let mut last = Vec::new();
        while let Some(next) = sp_io::storage::next_key(&last) {
            if let Some(value) = sp_io::storage::get(&next) {
                top.insert(next.clone(), value.to_vec());
            }
            last = next;
        }
        top
    });
    let mut recorder = Recorder::new(sp_core::storage::Storage { top, children_default: Default::default() });
    let positions = recorder.execute_with(|| crate::positions::of(&BUYER.to_account_id()));
    let euro = positions.iter().find(|position| position.asset == AssetId::WithId(EURO)).expect("it has some");
    assert_eq!(euro.reserved, Balance::from(PAYMENTS) * 59_400);
    assert_eq!(euro.total, euro.available + euro.reserved);
    // Its value, and the look for the next one; more assets make no difference.
    assert_eq!(recorder.reads_of(&Payments::<Runtime>::final_prefix()), 2 * u32::from(PAYMENTS) + 1);
}
