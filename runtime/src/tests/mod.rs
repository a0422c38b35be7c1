//! Tests of the runtime as a whole, for what no pallet can show alone.

mod acts;
mod benchmarks;
mod bridge;
mod calls;
mod classifier;
mod cost;
mod costs;
mod dvp;
mod fees;
mod filter;
mod guard;
mod hostile;
pub(crate) mod migrations;
mod obsolete;
mod one_key;
mod operator_alone;
mod pauses;
mod positions;
mod presets;
mod quota;
mod recorder;
mod two_networks;
mod validators;
mod weights;
mod world;
mod wrappers;
