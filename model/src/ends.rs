//! What honest people can do from any state, so that nobody's assets stay where they are.
//!
//! Every step is an ordinary action under the ordinary guards. None of it needs the consent of a party.

use crate::actions::tranches;
use crate::{Action, Chain, DecidingCall, Event, HoldingCall, Network, Protocol, State, Status};

impl Protocol {
    /// True if the instruction ends on both networks once both run: time passes, headers are imported, and anybody brings
    /// the proofs. Afterwards nothing is in escrow, and nothing is kept for the other network.
    pub fn ends(&self, state: &State) -> bool {
        let mut state = state.clone();
        for network in [Network::Holding, Network::Deciding] {
            self.try_on(&mut state, network, Event::Unhalt);
            if state.holding.best.version != state.deciding.best.version {
                self.try_on(&mut state, network, Event::Upgrade);
            }
        }
        for _ in 0..self.pay_deadline {
            self.try_on(&mut state, Network::Holding, Event::Tick);
            self.try_on(&mut state, Network::Deciding, Event::Tick);
            self.try_on(&mut state, Network::Holding, Event::Tick);
        }
        self.try_call(&mut state, Action::Paid(DecidingCall::Expire));
        self.try_call(&mut state, Action::Held(HoldingCall::Expire));
        self.try_on(&mut state, Network::Deciding, Event::Finalise);
        self.try_on(&mut state, Network::Holding, Event::Import);
        let header = state.deciding.final_state().header(self);
        self.try_call(&mut state, Action::Held(HoldingCall::Deliver(header)));
        self.try_call(&mut state, Action::Held(HoldingCall::Return(header)));
        self.try_on(&mut state, Network::Holding, Event::Finalise);
        self.try_on(&mut state, Network::Deciding, Event::Import);
        let header = state.holding.final_state().header(self);
        for tranche in tranches() {
            self.try_call(&mut state, Action::Paid(DecidingCall::Forget(header, tranche)));
        }
        let (holding, deciding) = (&state.holding.best, &state.deciding.best);
        matches!(holding.status, Status::Closed(_))
            && holding.custody.escrow == 0
            && holding.commitments.is_empty()
            && deciding.payment.is_none()
            && deciding.custody.escrow == 0
            && deciding.records.is_empty()
    }

    /// True if the payer gets back what is reserved when the holding network has stopped for good.
    pub fn deciding_ends_alone(&self, state: &State) -> bool {
        let mut state = state.clone();
        state.deciding.best.now = self.pay_deadline;
        self.try_call(&mut state, Action::Paid(DecidingCall::Expire));
        state.deciding.best.payment.is_none() && state.deciding.best.custody.escrow == 0
    }

    /// True if the giver gets back what is reserved when the deciding network has stopped for good, with the operator's help.
    pub fn holding_ends_alone(&self, state: &State) -> bool {
        let mut state = state.clone();
        state.holding.best.now = self.pay_deadline;
        self.try_on(&mut state, Network::Holding, Event::Unhalt);
        self.try_call(&mut state, Action::Held(HoldingCall::Expire));
        // The first one clears away a release that is void, or completes one that is not.
        for call in [HoldingCall::Complete, HoldingCall::Govern, HoldingCall::Complete] {
            self.try_call(&mut state, Action::Held(call));
        }
        matches!(state.holding.best.status, Status::Closed(_)) && state.holding.best.custody.escrow == 0
    }

    fn try_on(&self, state: &mut State, network: Network, event: Event) {
        self.try_call(state, Action::On(network, event));
    }

    /// A step that is refused was not needed, or the state at the end shows that it was.
    fn try_call(&self, state: &mut State, action: Action) {
        self.act(state, &action);
    }
}
