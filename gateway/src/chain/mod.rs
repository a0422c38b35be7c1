//! One connection to one chain, in the types of its runtime.

mod finality;
mod kept;
mod node;
mod state;
mod submit;
#[cfg(test)]
pub mod testing;
mod views;

pub use finality::{follow, newest_of_set, Finality, Justified};
pub use kept::Origin;
pub use node::{At, Node, Side, Trouble};
pub use state::{lane, MESSAGES};
pub use submit::{Ended, Signer};
#[cfg(test)]
pub use views::Held;
pub use views::{oldest, SourceView, TargetView, TrancheKey};
