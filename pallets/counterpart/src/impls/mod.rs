//! What the calls do, by feature. Each file calls only those before it:
//! `weighing`, `access`, `blocking`, `looks`, `records`, `ending`, `deciding`, `reservation`, `holding`, `governance`, `halt`,
//! `sweep`, `views`, `admission`.

mod access;
mod admission;
mod blocking;
mod deciding;
mod ending;
mod governance;
mod halt;
mod holding;
mod looks;
mod records;
mod reservation;
mod sweep;
mod views;
mod weighing;

pub(crate) use access::Act;
