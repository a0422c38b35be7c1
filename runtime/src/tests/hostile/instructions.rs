use super::{super::world::*, against};
use crate::*;
use tandem_primitives::{Date, Execution, Leg, NetworkIndex, OnIncomplete, PartyTerms, Role, Terms, VersionedTerms};

// Instructions that nobody affirms, due at once with those of the market: the sweep has to close them all.
#[test]
fn chain_m5_instructions_should_keep_nobody_out_and_not_hold_up_the_sweep() {
    for foes in 1..=3 {
        against(foes, &[Role::Trader], |foe, key, serial| {
            let now = Timestamp::get();
            let terms = VersionedTerms::V1(Terms {
                reference: format!("FOE-{serial}").into_bytes().try_into().expect("short"),
                networks: vec![System::block_hash(0)].try_into().expect("one"),
                two_networks: None,
                legs: vec![Leg {
                    network: NetworkIndex(0),
                    asset: AssetId::WithId(EURO),
                    amount: 1,
                    from: foe.account(key),
                    to: BUYER.to_account_id(),
                }]
                .try_into()
                .expect("one"),
                lots: 1,
                trade_date: Date(20_000),
                settlement_date: Date(20_002),
                settle_from: 0,
                partial_from: now,
                reserve_by: now + 4 * SLOT_DURATION,
                deadline: now + 60_000,
                execution: Execution::Immediate,
                on_incomplete: OnIncomplete::Complete,
            });
            pallet_settlement::Call::instruct { terms, party: PartyTerms::default(), reserve: None }.into()
        });
    }
}
