//! Tests of this pallet: one file for each call, and the invariants under random sequences of all calls.

mod across;
mod affirm;
mod cancel;
mod clear_flag;
mod commit;
mod committed;
mod deliver;
mod draws;
mod execute;
mod expire;
mod helpers;
mod instruct;
mod invariants;
mod model;
mod on_settled;
mod oracle;
mod planted;
mod reject;
mod release;
mod replay;
mod reserve;
mod rights;
mod sanctions;
mod set_flag;
mod set_party;
mod settle;
mod settle_part;
mod sides;
mod sizes;
mod standstill;
mod status;
mod sweep;
mod take_back;
mod two_networks;
mod views;
mod whole;
mod world;

// Without imports of its own, because the crate's documentation shows it as it is.
mod example {
    use super::helpers::*;
    use crate::{mock::*, Affirmation};
    use polkadot_sdk::frame_support::assert_ok;
    use tandem_primitives::{Execution, Outcome, Policy, Quantity, VersionedTerms};

    include!("example.rs");
}
