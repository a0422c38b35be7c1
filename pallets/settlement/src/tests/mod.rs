//! One file for each call, and the invariants under random sequences of all of them.

mod affirm;
mod cancel;
mod clear_flag;
mod draws;
mod execute;
mod expire;
mod helpers;
mod instruct;
mod invariants;
mod model;
mod on_settled;
mod oracle;
mod reject;
mod release;
mod replay;
mod reserve;
mod set_flag;
mod set_party;
mod settle;
mod settle_many;
mod settle_part;
mod status;
mod sweep;
mod views;
mod whole;
mod world;
