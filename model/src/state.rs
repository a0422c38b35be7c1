//! Both networks together.

use crate::{Chain, Deciding, Holding, Protocol};

/// The state of the model.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct State {
    /// The network that holds the instruction.
    pub holding: Side<Holding>,
    /// The network that decides.
    pub deciding: Side<Deciding>,
    /// Number of times that a chain may still lose blocks that are not final.
    pub reorgs: u8,
}

/// One chain: its best block, and the newest final one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Side<C> {
    /// The state after the best block.
    pub best: C,
    /// The state after the newest final block; `None` if that is the best one.
    pub last_final: Option<Box<C>>,
}

impl<C: Chain> Side<C> {
    /// A chain whose first block is final.
    pub fn new(genesis: C) -> Self {
        Self { best: genesis, last_final: None }
    }

    /// The state that no reorganisation takes back.
    pub fn final_state(&self) -> &C {
        self.last_final.as_deref().unwrap_or(&self.best)
    }

    /// Keeps the final state apart before the best one changes.
    pub fn build(&mut self, protocol: &Protocol) {
        if protocol.reorgs > 0 && self.last_final.is_none() {
            self.last_final = Some(Box::new(self.best.clone()));
        }
    }

    /// The best block becomes final.
    pub fn finalise(&mut self) -> Option<()> {
        self.last_final.take().map(|_| ())
    }

    /// The chain loses every block that is not final.
    pub fn reorganise(&mut self) -> Option<()> {
        self.best = *self.last_final.take()?;
        Some(())
    }
}
