use super::helpers::*;
use crate::mock::*;
use tandem_primitives::{Execution, Outcome, Policy};

#[test]
fn immediate_dvp_should_settle_in_two_calls_when_both_reserve_in_full() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(1, Execution::Immediate);
        let id = matched(&terms, Policy::Npar, 1, 1);
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_eq!((balance(SHARE, &BUYER), balance(EURO, &SELLER)), (1_000, 10_000));
        assert_eq!((in_escrow(SHARE), in_escrow(EURO)), (0, 0));
    });
}
