//! One file for each call or group of calls.

mod accounts;
mod agents;
mod assets;
mod dual_control;
mod first_day;
mod genesis;
mod guard;
mod helpers;
mod invariants;
mod quota;
mod recover;
mod register;
mod services;
mod set_roles;
mod set_status;
mod update;
