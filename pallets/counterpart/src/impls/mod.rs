//! What the calls do, by feature.

mod deciding;
mod ending;
mod governance;
mod holding;
mod reservation;
mod views;
