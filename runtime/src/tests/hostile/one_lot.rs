use super::{super::world::*, hostiles, survive};
use crate::{presets, *};
use frame_support::assert_ok;
use tandem_primitives::{
    Date, Execution, InstructionId, Leg, LegIndex, NetworkIndex, OnIncomplete, PartyTerms, Quantity, Role, Terms,
    VersionedTerms,
};

// Reservations of one lot that are released again: each release completes something, and each reservation begins anew.
#[test]
fn chain_h2_calls_that_succeed_with_one_lot_should_keep_nobody_out() {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        begin_block(1);
        found();
        let foes = hostiles(2, &[Role::Trader]);
        let ids: Vec<InstructionId> = foes
            .iter()
            .map(|foe| {
                let giver = foe.account(0);
                let issuer = RuntimeOrigin::signed(ISSUER.to_account_id());
                assert_ok!(Assets::mint(issuer, BOND.into(), giver.clone().into(), 1_000));
                let now = Timestamp::get();
                let terms = VersionedTerms::V1(Terms {
                    reference: b"LOTS".to_vec().try_into().expect("short"),
                    networks: vec![System::block_hash(0)].try_into().expect("one"),
                    two_networks: None,
                    legs: vec![
                        Leg {
                            network: NetworkIndex(0),
                            asset: AssetId::WithId(BOND),
                            amount: 1_000,
                            from: giver.clone(),
                            to: BUYER.to_account_id(),
                        },
                        Leg {
                            network: NetworkIndex(0),
                            asset: AssetId::WithId(EURO),
                            amount: 1_000,
                            from: BUYER.to_account_id(),
                            to: giver.clone(),
                        },
                    ]
                    .try_into()
                    .expect("two"),
                    lots: 1_000,
                    trade_date: Date(20_000),
                    settlement_date: Date(20_002),
                    settle_from: 0,
                    partial_from: now,
                    reserve_by: now + 1_000_000,
                    deadline: now + 2_000_000,
                    execution: Execution::Immediate,
                    on_incomplete: OnIncomplete::Complete,
                });
                let reserve = Some(Quantity::Exactly(900));
                let signer = RuntimeOrigin::signed(giver.clone());
                assert_ok!(Settlement::instruct(signer, terms.clone(), PartyTerms::default(), reserve));
                tandem_primitives::instruction_id(System::block_hash(0), &giver, terms.hash())
            })
            .collect();
        next_block();
        let first = foes[0].account(0);
        survive(foes, |foe, key, serial| {
            let id = if foe.account(0) == first { ids[0] } else { ids[1] };
            match (key, serial % 4) {
                (0, 0) => {
                    pallet_settlement::Call::reserve { id, leg: LegIndex(0), quantity: Quantity::Exactly(1) }.into()
                }
                _ => pallet_settlement::Call::release { id, leg: LegIndex(0), lots: 1 }.into(),
            }
        });
        check_state();
    });
}
