//! The model: its bounds, and what `stateright` asks of it.

use crate::{Action, Deciding, Fault, Holding, Side, State};
use stateright::{Model, Property};

/// One instruction between two networks, within bounds that can be searched to the end.
#[derive(Clone, Copy, Debug)]
pub struct Protocol {
    /// Lots: 1 or 2.
    pub lots: u8,
    /// The fewest lots of a part.
    pub least: u8,
    /// Until when the holding network reserves and commits, by its clock.
    pub reserve_by: u8,
    /// From when the deciding network pays no more, by its clock.
    pub pay_deadline: u8,
    /// The least time between a commitment and the pay deadline.
    pub window: u8,
    /// Largest distance of the clocks. Both stop at the pay deadline, so that this much is no bound.
    pub drift: u8,
    /// Number of times that a chain may lose blocks that are not final. With 0 every block is final at once.
    pub reorgs: u8,
    /// True if the lane carries messages; else proofs serve alone.
    pub lane: bool,
    /// True if the operators halt light clients.
    pub halts: bool,
    /// True if the runtimes are upgraded.
    pub upgrades: bool,
    /// True if the operator of the holding network releases.
    pub releases: bool,
    /// The guard that is left out.
    pub fault: Option<Fault>,
}

impl Protocol {
    /// Protocol with this many lots, any part, clocks that nothing ties to each other, and the lane; none of the rest.
    pub const fn new(lots: u8) -> Self {
        Self {
            lots,
            least: 1,
            reserve_by: 1,
            pay_deadline: 2,
            window: 1,
            drift: 2,
            reorgs: 0,
            lane: true,
            halts: false,
            upgrades: false,
            releases: false,
            fault: None,
        }
    }

    /// True if this guard is left out.
    pub fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// True if all parties take a part of this many lots.
    pub fn takes(&self, lots: u8, remaining: u8) -> bool {
        lots == remaining || (lots >= self.least && lots + self.least <= remaining)
    }

    /// The next time of a clock, unless it would be too far from the other one.
    pub fn next_time(&self, now: u8, other: u8) -> Option<u8> {
        let next = now + 1;
        (next <= self.pay_deadline && next.abs_diff(other) <= self.drift.max(now.abs_diff(other))).then_some(next)
    }
}

impl Model for Protocol {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let (holding, deciding) = (Side::new(Holding::new()), Side::new(Deciding::new()));
        vec![State { holding, deciding, reorgs: self.reorgs }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.candidates(state, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut next = last.clone();
        self.act(&mut next, &action).filter(|_| next != *last)?;
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        self.promises()
    }
}
