//! Tests with the stolen keys of one validator: its node is one of several, and two accounts of the operator take it
//! off the list at once.

use super::thief::*;
use crate::{presets, tests::world::*, *};
use pallet_participants::GuardRefusal;
use tandem_primitives::Body;

#[test]
fn a_stolen_validator_should_be_removed_without_delay_and_add_nobody() {
    genesis(presets::ASSET_LOCAL).execute_with(|| {
        begin_block(1);
        let validator = OPERATOR_2.to_account_id();
        // Its account cannot change who validates, nor leave too few.
        let add = pallet_validators::Call::add { validator: STRANGER.to_account_id() };
        let purge = pallet_session::Call::purge_keys {};
        let no = || kept_out(GuardRefusal::Forbidden);
        turned_down(OPERATOR_2, vec![(add.into(), no()), (purge.into(), no())]);
        // Two others remove it at once; it makes blocks until the end of the next session.
        let remove = pallet_validators::Call::remove { validator: validator.clone() };
        assert_eq!(enacted(decide(Body::Operator, &[OPERATOR, OPERATOR_3], remove)), Some(Ok(())));
        assert!(!pallet_validators::Listed::<Runtime>::get().contains(&validator));
        for _ in 0..3 * configs::SESSION_BLOCKS {
            next_block();
        }
        assert!(!pallet_session::Validators::<Runtime>::get().contains(&validator));
        check_state();
    });
}
