//! One file per call, and one for what `pallet-session` makes of the list.

mod add;
mod genesis;
mod helpers;
mod remove;
mod session;
