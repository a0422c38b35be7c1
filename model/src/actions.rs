//! Everything that anybody can do, and which of it is worth trying in a state.

use crate::{Chain, Commitment, Decision, Fault, Header, Network, PerTranche, Protocol, Side, State, Status, TRANCHES};

/// One step of the model.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// Something happens to a network.
    On(Network, Event),
    /// Somebody calls the holding network.
    Held(HoldingCall),
    /// Somebody calls the deciding network.
    Paid(DecidingCall),
}

/// Event of a network, whoever uses it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Event {
    /// Time passes here. The other network stands still meanwhile, for as long as nothing happens on it.
    Tick,
    /// The best block becomes final.
    Finalise,
    /// The blocks that are not final are lost.
    Reorganise,
    /// A gateway brings the other network's newest final header.
    Import,
    /// The operator halts the light client.
    Halt,
    /// The operator lets it run again.
    Unhalt,
    /// A new runtime moves what the other network can be shown, and raises the version.
    Upgrade,
}

/// A call of the holding network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HoldingCall {
    /// The giver reserves a lot.
    Reserve,
    /// The giver takes a lot back.
    Release,
    /// A party or the manager commits so many lots.
    Commit(u8),
    /// Anybody closes it by the local clock.
    Expire,
    /// Anybody delivers by a proof.
    Deliver(Header<Decision>),
    /// Anybody returns the delivery by a proof.
    Return(Header<Decision>),
    /// The lane brings the decision about a tranche.
    Hear(u8),
    /// The operator registers a release.
    Govern,
    /// Anybody completes it, or clears away a void one.
    Complete,
}

/// A call of the deciding network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DecidingCall {
    /// The payer reserves a lot, ahead or after.
    Reserve,
    /// The payer takes a lot back, because another party is sanctioned.
    Release,
    /// Anybody brings the commitment of a tranche by a proof.
    Instruct(Header<Commitment>, u8),
    /// The lane brings it.
    Hear(u8),
    /// Anybody or the manager executes so many lots.
    Execute(u8),
    /// Refusal by the payee.
    Refuse,
    /// Anybody ends the payment at its deadline.
    Expire,
    /// Anybody has the record of a tranche removed by a proof.
    Forget(Header<Commitment>, u8),
}

/// The tranches that there can be.
pub fn tranches() -> impl Iterator<Item = u8> {
    (0u8..).take(TRANCHES)
}

impl Protocol {
    /// Every action that may change the state. Only what can never be of use is left out, to save the checker's time; the
    /// rest is filtered out when it is tried and refused.
    pub fn candidates(&self, state: &State, actions: &mut Vec<Action>) {
        for network in [Network::Holding, Network::Deciding] {
            let mut on = |event| actions.push(Action::On(network, event));
            on(Event::Tick);
            on(Event::Import);
            if self.reorgs > 0 {
                on(Event::Finalise);
                on(Event::Reorganise);
            }
            if self.halts {
                on(Event::Halt);
                on(Event::Unhalt);
            }
            if self.upgrades {
                on(Event::Upgrade);
            }
        }
        self.holding_candidates(state, |call| actions.push(Action::Held(call)));
        self.deciding_candidates(state, |call| actions.push(Action::Paid(call)));
    }

    /// Does the action, or returns `None` and leaves everything as it was if the protocol refuses it.
    pub fn act(&self, state: &mut State, action: &Action) -> Option<()> {
        let State { holding, deciding, reorgs } = state;
        match action {
            Action::On(Network::Holding, event) => self.happen(holding, deciding, reorgs, *event),
            Action::On(Network::Deciding, event) => self.happen(deciding, holding, reorgs, *event),
            Action::Held(call) => {
                holding.build(self);
                self.call_holding(state, *call)
            }
            Action::Paid(call) => {
                deciding.build(self);
                self.call_deciding(state, *call)
            }
        }
    }

    fn holding_candidates(&self, state: &State, mut call: impl FnMut(HoldingCall)) {
        call(HoldingCall::Reserve);
        call(HoldingCall::Release);
        call(HoldingCall::Expire);
        (1..=self.lots).for_each(|lots| call(HoldingCall::Commit(lots)));
        let holding = &state.holding.best;
        if matches!(holding.status, Status::Committed(_)) {
            for header in &holding.client.imported {
                call(HoldingCall::Deliver(*header));
                call(HoldingCall::Return(*header));
            }
            tranches().for_each(|tranche| call(HoldingCall::Hear(tranche)));
        }
        if self.releases {
            call(HoldingCall::Govern);
            call(HoldingCall::Complete);
        }
    }

    fn deciding_candidates(&self, state: &State, mut call: impl FnMut(DecidingCall)) {
        call(DecidingCall::Reserve);
        call(DecidingCall::Release);
        call(DecidingCall::Refuse);
        call(DecidingCall::Expire);
        (1..=self.lots).for_each(|lots| call(DecidingCall::Execute(lots)));
        let deciding = &state.deciding.best;
        for tranche in tranches() {
            for header in &deciding.client.imported {
                if header.entries.get(tranche).is_some() {
                    call(DecidingCall::Instruct(*header, tranche));
                }
                if deciding.records.get(tranche).is_some() {
                    call(DecidingCall::Forget(*header, tranche));
                }
            }
            if deciding.client.message(tranche).is_some() {
                call(DecidingCall::Hear(tranche));
            }
        }
    }

    fn happen<C, O>(&self, here: &mut Side<C>, there: &Side<O>, reorgs: &mut u8, event: Event) -> Option<()>
    where
        C: Chain,
        O: Chain<Entry = C::Seen>,
    {
        match event {
            Event::Finalise => return here.finalise(),
            Event::Reorganise => {
                let left = reorgs.checked_sub(1)?;
                here.reorganise()?;
                *reorgs = left;
                return Some(());
            }
            Event::Tick | Event::Import | Event::Halt | Event::Unhalt | Event::Upgrade => here.build(self),
        }
        let chain = &mut here.best;
        match event {
            Event::Tick => *chain.clock() = self.next_time(chain.now(), there.best.now())?,
            Event::Import => {
                let seen = if self.has(Fault::UnfinalisedHeader) { &there.best } else { there.final_state() };
                let sent = if self.lane { seen.sent() } else { PerTranche::EMPTY };
                chain.client().import(seen.header(self), sent)?;
                chain.client_changed(self, true);
            }
            Event::Halt => {
                chain.client().set_halted(true)?;
                chain.client_changed(self, false);
            }
            Event::Unhalt => chain.client().set_halted(false)?,
            Event::Upgrade => *chain.version() = Some(2).filter(|next| next > chain.version())?,
            // Done above: they build no block.
            Event::Finalise | Event::Reorganise => return None,
        }
        Some(())
    }

    fn call_holding(&self, state: &mut State, call: HoldingCall) -> Option<()> {
        let there = state.deciding.best.now;
        let holding = &mut state.holding.best;
        match call {
            HoldingCall::Reserve => holding.reserve(self),
            HoldingCall::Release => holding.release(self),
            HoldingCall::Commit(lots) => holding.commit(self, lots, there),
            HoldingCall::Expire => holding.expire(self),
            HoldingCall::Deliver(header) => holding.deliver_by_proof(self, &header),
            HoldingCall::Return(header) => holding.return_by_proof(self, &header),
            HoldingCall::Hear(tranche) => holding.hear(self, tranche),
            HoldingCall::Govern => holding.govern(),
            HoldingCall::Complete => holding.complete(),
        }
    }

    fn call_deciding(&self, state: &mut State, call: DecidingCall) -> Option<()> {
        let deciding = &mut state.deciding.best;
        match call {
            DecidingCall::Reserve => deciding.reserve(self),
            DecidingCall::Release => deciding.release(self),
            DecidingCall::Instruct(header, tranche) => deciding.instruct_by_proof(self, &header, tranche),
            DecidingCall::Hear(tranche) => deciding.hear(self, tranche),
            DecidingCall::Execute(lots) => deciding.execute(self, lots),
            DecidingCall::Refuse => deciding.refuse(),
            DecidingCall::Expire => deciding.expire(self),
            DecidingCall::Forget(header, tranche) => deciding.forget_by_proof(self, &header, tranche),
        }
    }
}
