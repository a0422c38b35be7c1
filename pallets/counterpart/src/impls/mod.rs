//! What the calls do, by feature. Each file calls only those before it:
//! `access`, `records`, `ending`, `deciding`, `reservation`, `holding`, `governance`, `halt`, `views`, `admission`.

mod access;
mod admission;
mod deciding;
mod ending;
mod governance;
mod halt;
mod holding;
mod records;
mod reservation;
mod views;
