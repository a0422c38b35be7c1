//! What the calls do, by feature. Each file calls only those before it:
//! `access`, `records`, `ending`, `deciding`, `reservation`, `holding`, `governance`, `views`, `admission`.

mod access;
mod admission;
mod deciding;
mod ending;
mod governance;
mod holding;
mod records;
mod reservation;
mod views;
