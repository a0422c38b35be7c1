//! Tests of this pallet, one file for each call or group of calls.

mod accounts;
mod agents;
mod assets;
mod claw_back;
mod decisions;
mod estates;
mod first_day;
mod genesis;
mod governors;
mod guard;
mod helpers;
mod invariants;
mod planted;
mod quota;
mod recover;
mod recover_asset;
mod register;
mod replacement;
mod rights;
mod services;
mod set_roles;
mod set_status;
mod update;
