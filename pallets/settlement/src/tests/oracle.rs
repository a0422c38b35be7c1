//! Test oracle: says for each call whether it must succeed or fail, by the documentation of the calls.

use super::model::{across, committed, covered, here, owner, proposed, takes, Model};
use crate::{mock::*, Affirmation, Call, Ends, FlagSource, Open, State};
use polkadot_sdk::sp_io::hashing::sha2_256;
use std::collections::BTreeMap;
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Balance, Capacity, Execution, FlagKind, InstructionId, Leg, LegIndex, Lots,
    ParticipantId, PartyTerms, Policy, Quantity, Right, Rights, Role, Status, Terms, TokenStatus, VersionedTerms,
};

/// Lots that a call must reserve, leg by leg.
pub type Reservations = Vec<(LegIndex, Lots)>;

/// Test model of an account that signs a call, with its owner and its rights.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Owner of the account.
    pub participant: ParticipantId,
    /// Account that signs.
    pub account: AccountId,
    /// Rights of the account.
    pub rights: Rights,
}

/// Test helper: capacity of an agent that acts for legs in this asset.
fn capacity_of(asset: &AssetId) -> Capacity {
    if security(asset).is_some() {
        Capacity::Delivery
    } else {
        Capacity::Payment
    }
}

fn only_if(condition: bool) -> Option<()> {
    condition.then_some(())
}

/// Test helper: settlement unit of the asset if it is a security; `None` for cash.
fn security(asset: &AssetId) -> Option<Balance> {
    match asset {
        AssetId::WithId(SHARE) => Some(1),
        AssetId::WithId(BOND) => Some(100),
        AssetId::WithId(_) | AssetId::Native => None,
    }
}

impl Model {
    /// Reservations that the call must make if it must succeed, empty for most calls; `None` if it must fail.
    pub fn permits(&self, who: &AccountId, call: &Call<Test>) -> Option<Reservations> {
        let nothing = |permitted: Option<()>| permitted.map(|()| Vec::new());
        match call {
            Call::instruct { terms: VersionedTerms::V1(terms), party, reserve } => {
                self.may_instruct(who, terms, party, *reserve)
            }
            Call::affirm { id, affirmation, party, reserve } => self.may_affirm(who, *id, affirmation, party, *reserve),
            Call::set_party { id, party } => nothing(self.may_set_party(who, *id, party)),
            Call::reserve { id, leg, quantity } => {
                let open = self.open(*id)?;
                let signer = self.active(who)?;
                let giver = open.legs.get(usize::from(leg.0))?.ends?.giver;
                let moved = &open.terms.legs[usize::from(leg.0)];
                only_if(self.may_move(&signer, giver, &moved.from, &moved.asset))?;
                only_if(self.sanctioned(open).is_empty())?;
                let lots = self.reservable(open, *leg, *quantity, &mut BTreeMap::new())?;
                Some(Vec::from_iter((lots > 0).then_some((*leg, lots))))
            }
            Call::release { id, leg, lots } => nothing(self.may_release(who, *id, *leg, *lots)),
            Call::settle_part { id } => nothing(self.may_settle_part(who, *id)),
            Call::execute { id, leg, preimage } => nothing(self.may_execute(who, *id, *leg, *preimage)),
            Call::settle { id, lots } => nothing(self.may_settle(who, *id, *lots)),
            Call::cancel { id, on_behalf_of } => nothing(self.may_cancel(who, *id, *on_behalf_of)),
            Call::reject { id, on_behalf_of, reason: _ } => {
                let open = self.open(*id)?;
                let signer = self.finishing(who)?;
                let principal = self.principal(&signer, *on_behalf_of)?;
                only_if(self.may_agree(&signer, principal, open))?;
                let waits = open.parties.iter().any(|party| party.participant == principal && !party.affirmed);
                nothing(only_if(waits && self.now < open.terms.reserve_by))
            }
            Call::expire { id } => nothing(self.active(who).and_then(|_| self.is_due(*id))),
            Call::set_flag { id, source, reason: _ } => nothing(self.may_set_flag(who, *id, *source)),
            Call::clear_flag { id, source } => {
                let open = self.open(*id)?;
                let own = *source == FlagSource::Party;
                let signer = if own { self.finishing(who)? } else { self.active(who)? };
                only_if(self.now < if own { open.terms.reserve_by } else { open.terms.deadline })?;
                only_if(!is_committed(open) && (!own || self.sanctioned(open).is_empty()))?;
                let governs =
                    [Role::Operator, Role::Regulator].into_iter().any(|role| self.has_role(signer.participant, role));
                if *source == FlagSource::Independent && governs && !open.has_party(signer.participant) {
                    let of_manager = |flag: &crate::Flag| matches!(flag.kind, FlagKind::Independent(_));
                    return nothing(only_if(open.flags.iter().any(of_manager)));
                }
                let kind = self.flag(&signer, open, *source)?;
                nothing(only_if(open.flags.iter().any(|flag| flag.kind == kind)))
            }
            Call::__Ignore(_, never) => match *never {},
        }
    }

    /// Owner of the account; `None` if the account was replaced or belongs to nobody.
    pub fn in_use(&self, who: &AccountId) -> Option<ParticipantId> {
        owner(who).filter(|_| !self.replaced.contains_key(who))
    }

    fn is_agent(&self, agent: ParticipantId, of: ParticipantId, capacity: Capacity) -> bool {
        self.agents.contains(&(agent, of, capacity)) && self.has_role(agent, capacity.role())
    }

    /// Index in `open.parties` of the party for which the signer affirms; `None` if there is none.
    fn agreeing(&self, open: &Open, principal: ParticipantId, own: &PartyTerms, signer: &Signer) -> Option<usize> {
        let who = &signer.account;
        let named = own.account.as_ref().unwrap_or(who);
        let place = |by_name: bool| {
            let is = |side: &AccountId| side == named || !by_name && self.current(side) == *named;
            let own = |party: &crate::Party| party.participant == principal && party.account.as_ref().is_none_or(is);
            open.parties.iter().position(own)
        };
        let found = place(true).or(place(false))?;
        // For another side of its own participant an account agrees that moves all.
        let side = open.parties[found].account.as_ref();
        let own_side = side.is_none_or(|side| side == who || self.current(side) == *who);
        only_if(own_side || signer.participant != principal || signer.rights.has(Right::MoveAll))?;
        Some(found)
    }

    fn signer(&self, who: &AccountId, may: impl Fn(Status) -> bool) -> Option<Signer> {
        let participant = self.in_use(who).filter(|owner| may(self.status(*owner)))?;
        let rights = self.rights.get(who).copied().unwrap_or(Rights::ALL);
        Some(Signer { participant, account: who.clone(), rights })
    }

    fn active(&self, who: &AccountId) -> Option<Signer> {
        self.signer(who, |status| status == Status::Active)
    }

    fn finishing(&self, who: &AccountId) -> Option<Signer> {
        self.signer(who, |status| matches!(status, Status::Active | Status::Suspended))
    }

    /// True if the signer's participant is this one, or an agent of it for any legs.
    fn acts_for(&self, signer: &Signer, principal: ParticipantId) -> bool {
        let capacities = [Capacity::Delivery, Capacity::Payment];
        let agent = |capacity| self.is_agent(signer.participant, principal, capacity);
        principal == signer.participant || capacities.into_iter().any(agent)
    }

    /// Participant for which the signer agrees, cancels and holds back; `None` if it may not.
    fn principal(&self, signer: &Signer, on_behalf_of: Option<ParticipantId>) -> Option<ParticipantId> {
        let principal = on_behalf_of.unwrap_or(signer.participant);
        only_if(signer.rights.has(Right::Trade) && self.acts_for(signer, principal))?;
        Some(principal)
    }

    /// True if the signer may give or take a leg of this account, which belongs to `of`.
    fn may_move(&self, signer: &Signer, of: ParticipantId, account: &AccountId, asset: &AssetId) -> bool {
        let moves = signer.rights.has(Right::Move);
        if signer.participant == of {
            return moves && signer.account == self.current(account) || signer.rights.has(Right::MoveAll);
        }
        moves && self.is_agent(signer.participant, of, capacity_of(asset))
    }

    /// True if the signer may affirm for the principal: as itself, or as an agent in the capacity of one of the
    /// principal's legs.
    fn may_agree(&self, signer: &Signer, principal: ParticipantId, open: &Open) -> bool {
        let own = |ends: Ends| ends.giver == principal || ends.receiver == principal;
        let mut legs = open.terms.legs.iter().zip(&open.legs).filter(|(_, state)| state.ends.is_some_and(own));
        let agent = |leg: &Leg| self.is_agent(signer.participant, principal, capacity_of(&leg.asset));
        signer.participant == principal || legs.any(|(leg, _)| agent(leg))
    }

    /// True if the signer finishes for a party: any right in trades is enough.
    fn speaks(&self, signer: &Signer, open: &Open) -> bool {
        signer.rights.settles() && open.parties.iter().any(|party| self.acts_for(signer, party.participant))
    }

    /// True if the signer is the active manager of the terms.
    fn manages(&self, signer: &Signer, open: &Open) -> bool {
        signer.rights.has(Right::Trade) && self.manager(open) == Some(signer.participant)
    }

    fn may_instruct(
        &self,
        who: &AccountId,
        terms: &Terms,
        party: &PartyTerms,
        reserve: Option<Quantity>,
    ) -> Option<Reservations> {
        let signer = self.active(who)?;
        let principal = self.principal(&signer, party.on_behalf_of)?;
        let hash = VersionedTerms::V1(terms.clone()).hash();
        only_if(!self.records.contains_key(&instruction_id(GENESIS, who, hash)))?;
        let of = Balance::from(terms.lots);
        for Leg { network, asset, amount, from, to } in &terms.legs {
            only_if(*amount >= of && from != to)?;
            if terms.networks[usize::from(network.0)] == GENESIS {
                only_if(security(asset).is_none_or(|unit| amount % (of * unit) == 0))?;
                for account in [from, to] {
                    let owner = self.active(account)?.participant;
                    let roles = [Role::Trader, Role::Issuer, Role::Custodian, Role::SettlementBank];
                    only_if(roles.into_iter().any(|role| self.has_role(owner, role)))?;
                }
            }
        }
        only_if(self.now < terms.reserve_by)?;
        only_if(terms.two_networks.as_ref().is_none_or(|two| terms.reserve_by + LEAST_WINDOW <= two.pay_deadline))?;
        let limit = if terms.two_networks.is_some() { terms.reserve_by } else { terms.deadline };
        match &terms.execution {
            Execution::Immediate | Execution::Hashlock { .. } => {}
            Execution::OnToken => only_if(terms.reserve_by < terms.deadline)?,
            Execution::ByManager { manager, manager_by } => {
                let manages = self
                    .active(manager)
                    .is_some_and(|manager| self.has_role(manager.participant, Role::SettlementManager));
                only_if(manages && manager_by + MIN_SETTLE_TIME <= limit)?
            }
        }
        only_if(terms.settle_from + MIN_SETTLE_TIME <= limit)?;
        let mut open = proposed(terms.clone(), hash, who.clone());
        only_if(possible(&party.policy, terms))?;
        let place = self.agreeing(&open, principal, party, &signer)?;
        open.parties[place].affirmed = true;
        open.parties[place].affirmed_itself = signer.participant == principal;
        only_if(self.may_agree(&signer, principal, &open))?;
        open.parties[place].policy = party.policy;
        self.own_reservations(&open, &signer, place, reserve)
    }

    fn may_affirm(
        &self,
        who: &AccountId,
        id: InstructionId,
        affirmation: &Affirmation,
        party: &PartyTerms,
        reserve: Option<Quantity>,
    ) -> Option<Reservations> {
        let signer = self.active(who)?;
        let principal = self.principal(&signer, party.on_behalf_of)?;
        only_if(self.status(principal) == Status::Active)?;
        let mut open = self.open(id)?.clone();
        only_if(self.now < open.terms.reserve_by && possible(&party.policy, &open.terms))?;
        let place = self.agreeing(&open, principal, party, &signer)?;
        only_if(!open.parties[place].affirmed && self.sanctioned(&open).is_empty())?;
        match affirmation {
            Affirmation::Hash(hash) => only_if(*hash == open.terms_hash)?,
            Affirmation::Terms(terms) if *terms == open.terms => {}
            // It says what differs, and changes nothing.
            Affirmation::Terms(_) => return Some(Vec::new()),
        }
        open.parties[place].affirmed = true;
        open.parties[place].affirmed_itself = signer.participant == principal;
        only_if(self.may_agree(&signer, principal, &open))?;
        open.parties[place].policy = party.policy;
        self.own_reservations(&open, &signer, place, reserve)
    }

    fn own_reservations(
        &self,
        open: &Open,
        signer: &Signer,
        place: usize,
        reserve: Option<Quantity>,
    ) -> Option<Reservations> {
        let Some(quantity) = reserve else { return Some(Vec::new()) };
        let mut spent = BTreeMap::new();
        let mut reservations = Vec::new();
        for (index, (leg, state)) in (0u8..).map(LegIndex).zip(open.terms.legs.iter().zip(&open.legs)) {
            let party = &open.parties[place];
            let gives = state.ends.is_some_and(|ends| party.is(ends.giver, &leg.from));
            if gives && self.may_move(signer, party.participant, &leg.from, &leg.asset) {
                let lots = self.reservable(open, index, quantity, &mut spent)?;
                reservations.extend((lots > 0).then_some((index, lots)));
            }
        }
        Some(reservations)
    }

    /// Number of lots that a reservation of this quantity must make; `spent` is what the same call has reserved before.
    /// `None` if it must fail.
    fn reservable(
        &self,
        open: &Open,
        index: LegIndex,
        quantity: Quantity,
        spent: &mut BTreeMap<(AssetId, AccountId), Balance>,
    ) -> Option<Lots> {
        let (leg, state) = (open.terms.legs.get(usize::from(index.0))?, open.legs.get(usize::from(index.0))?);
        only_if(self.now < open.terms.reserve_by && matches!(open.state, State::Proposed | State::Matched))?;
        let giver = open.parties.iter().find(|party| party.is(state.ends.expect("local; qed").giver, &leg.from))?;
        let account = self.current(&leg.from);
        only_if(giver.affirmed && self.active(&account).is_some())?;
        let stuck =
            here(open).any(|(other, state)| other != leg && state.reserved > 0 && self.frozen.contains(&other.asset));
        let spent = spent.entry((leg.asset.clone(), account.clone())).or_default();
        let available = self.available(&leg.asset, &account) - *spent;
        let from = open.settled + state.reserved;
        let free = open.terms.lots - from;
        let cost = |lots: Lots| super::model::moved(leg.amount, from, from + lots, open.terms.lots);
        let lots = match quantity {
            Quantity::Exactly(0) | Quantity::UpTo(0) => return None,
            Quantity::Exactly(lots) => only_if(!stuck && lots <= free && cost(lots) <= available).map(|()| lots)?,
            Quantity::UpTo(_) if stuck => 0,
            Quantity::UpTo(most) => {
                let fits = |lots: &Lots| cost(*lots) <= available && takes(open, state.reserved + lots);
                (1..=most.min(free)).rev().find(fits).unwrap_or(0)
            }
        };
        *spent += cost(lots);
        Some(lots)
    }

    fn may_set_party(&self, who: &AccountId, id: InstructionId, own: &PartyTerms) -> Option<()> {
        let signer = self.active(who)?;
        let principal = self.principal(&signer, own.on_behalf_of)?;
        only_if(self.status(principal) == Status::Active)?;
        let open = self.open(id)?;
        only_if(self.may_agree(&signer, principal, open))?;
        let party = &open.parties[self.agreeing(open, principal, own, &signer)?];
        only_if(self.sanctioned(open).is_empty())?;
        only_if(party.affirmed && self.now < open.terms.reserve_by && possible(&own.policy, &open.terms))?;
        only_if(matches!(open.state, State::Proposed | State::Matched) && open.tranche.0 == 0)?;
        only_if(committed(open) == 0 || party.policy == own.policy)
    }

    fn may_release(&self, who: &AccountId, id: InstructionId, leg: LegIndex, lots: Lots) -> Option<()> {
        let open = self.open(id)?;
        let state = open.legs.get(usize::from(leg.0))?;
        let moved = &open.terms.legs[usize::from(leg.0)];
        let giver = state.ends?.giver;
        only_if(self.may_move(&self.finishing(who)?, giver, &moved.from, &moved.asset))?;
        only_if(!is_committed(open))?;
        only_if(lots > 0 && lots <= state.reserved)?;
        only_if(state.reserved - lots >= committed(open) || self.freed(open, giver))
    }

    /// `Some` if `commit` must succeed.
    pub fn may_commit(&self, who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Option<()> {
        let signer = self.active(who)?;
        let open = self.open(id)?;
        only_if(across(open) && open.state == State::Matched && self.now < open.terms.reserve_by)?;
        only_if(self.blockers(open).is_empty())?;
        only_if(here(open).all(|(leg, _)| !self.frozen.contains(&leg.asset)))?;
        only_if(here(open).all(|(leg, _)| self.active(&self.current(&leg.from)).is_some()))?;
        let manager_by = match open.terms.execution {
            Execution::ByManager { manager_by, .. } => Some(manager_by),
            Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => None,
        };
        let manages = self.manages(&signer, open);
        let by_parties = manager_by.is_none_or(|manager_by| self.now >= manager_by);
        let active = |party: &crate::Party| {
            let status = self.status(party.participant) == Status::Active;
            status && signer.rights.settles() && self.acts_for(&signer, party.participant)
        };
        only_if(manages || by_parties && open.parties.iter().any(active))?;
        let largest = super::model::largest(open)?;
        let lots = lots.unwrap_or(largest);
        let whole = lots == open.terms.lots - open.settled;
        only_if(lots <= covered(open) && takes(open, lots))?;
        only_if(manages || lots == largest && (whole || self.now >= open.terms.partial_from))
    }

    /// `Some` if `deliver` of so many lots must succeed: they are at most the committed ones, and all parties accept
    /// the part.
    pub fn may_deliver(&self, id: InstructionId, lots: Lots) -> Option<()> {
        let open = self.open(id)?;
        only_if(matches!(open.state, State::Committed { lots: most } if lots <= most) && takes(open, lots))
    }

    fn may_settle_part(&self, who: &AccountId, id: InstructionId) -> Option<()> {
        let signer = self.active(who)?;
        let open = self.open(id)?;
        only_if(!across(open) && matches!(open.terms.execution, Execution::Immediate | Execution::OnToken))?;
        only_if(open.state == State::Matched && self.now < open.terms.deadline)?;
        let by_a_party = self.speaks(&signer, open) && self.now >= open.terms.partial_from && committed(open) > 0;
        only_if(by_a_party && self.sanctioned(open).is_empty() || self.now >= open.terms.reserve_by)
    }

    fn may_execute(&self, who: &AccountId, id: InstructionId, leg: LegIndex, preimage: Option<[u8; 32]>) -> Option<()> {
        let signer = self.finishing(who)?;
        let open = self.open(id)?;
        let state = open.legs.get(usize::from(leg.0))?;
        only_if(self.now < open.terms.deadline)?;
        match &open.terms.execution {
            Execution::OnToken => {
                let moved = &open.terms.legs[usize::from(leg.0)];
                only_if(self.may_move(&signer, state.ends?.receiver, &moved.to, &moved.asset))?;
                let by_time = open.state == State::Matched && self.formed(open).is_some();
                only_if((by_time || state.token == Some(TokenStatus::Armed)) && self.blockers(open).is_empty())
            }
            Execution::Hashlock { hash } => {
                let shown = preimage.is_some_and(|preimage| sha2_256(&preimage) == hash.0);
                only_if(shown && matches!(open.state, State::Formed { .. }))
            }
            Execution::Immediate | Execution::ByManager { .. } => None,
        }
    }

    /// `Some` if `settle` must succeed.
    pub fn may_settle(&self, who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Option<()> {
        let signer = self.finishing(who)?;
        let open = self.open(id)?;
        only_if(!across(open) && self.blockers(open).is_empty())?;
        let formed = open.state.formed();
        match &open.terms.execution {
            Execution::Immediate if formed.is_none() => {
                only_if(self.formed(open).is_some_and(|formed| lots.is_none_or(|lots| lots == formed)))
            }
            Execution::Immediate => only_if(formed.is_some_and(|formed| lots.is_none_or(|lots| lots == formed))),
            Execution::Hashlock { .. } => {
                only_if(matches!(open.state, State::Executing { lots: all } if lots.is_none_or(|lots| lots == all)))
            }
            Execution::ByManager { manager_by, .. } => {
                let manages = self.manages(&signer, open);
                let whole = covered(open) == open.terms.lots - open.settled;
                let stands_in = self.now >= *manager_by && (whole || self.now >= open.terms.partial_from);
                only_if(manages || stands_in && lots.is_none() && self.speaks(&signer, open))?;
                only_if(open.state != State::Proposed)?;
                let most = formed.unwrap_or(covered(open));
                only_if(match lots {
                    None => (1..=most).any(|lots| takes(open, lots)),
                    Some(lots) => lots <= most && takes(open, lots),
                })
            }
            Execution::OnToken => None,
        }
    }

    fn may_cancel(&self, who: &AccountId, id: InstructionId, on_behalf_of: Option<ParticipantId>) -> Option<()> {
        let open = self.open(id)?;
        let signer = self.finishing(who)?;
        let principal = self.principal(&signer, on_behalf_of)?;
        only_if(open.has_party(principal) && self.may_agree(&signer, principal, open))?;
        only_if(self.now < open.terms.deadline)?;
        // What has expired is not cancelled: only a tranche lives on after `reserve_by`.
        only_if(self.now < open.terms.reserve_by || committed(open) > 0)?;
        match open.state {
            State::Proposed => Some(()),
            State::Matched | State::Formed { .. } => only_if(open.settled == 0 || self.freed(open, principal)),
            State::Executing { .. } | State::Committed { .. } => None,
        }
    }

    /// `Some` if something is due for the instruction that no call has done yet.
    fn is_due(&self, id: InstructionId) -> Option<()> {
        let open = self.open(id)?;
        let surplus = |lots: Lots| open.legs.iter().any(|leg| leg.reserved > lots);
        let settles = match open.terms.execution {
            Execution::Immediate => open.state.formed().is_some(),
            Execution::Hashlock { .. } => open.state.formed().is_some() && open.all_consumed(),
            Execution::OnToken | Execution::ByManager { .. } => false,
        };
        let surplus = open.state.formed().is_none_or(surplus) || settles && self.blockers(open).is_empty();
        only_if(!is_committed(open))?;
        only_if(self.now >= open.terms.deadline || self.now >= open.terms.reserve_by && surplus)
    }

    fn may_set_flag(&self, who: &AccountId, id: InstructionId, source: FlagSource) -> Option<()> {
        let open = self.open(id)?;
        let kind = self.flag(&self.active(who)?, open, source)?;
        only_if(
            self.now < open.terms.deadline && !is_committed(open) && open.flags.iter().all(|flag| flag.kind != kind),
        )?;
        only_if(source != FlagSource::Party || committed(open) == 0 && self.now < open.terms.reserve_by)
    }

    /// Flag that the signer can set or clear in the capacity `source`; `None` if it may not. A party has only a party's
    /// flag.
    fn flag(&self, signer: &Signer, open: &Open, source: FlagSource) -> Option<FlagKind> {
        let who = signer.participant;
        only_if(open.has_party(who) == (source == FlagSource::Party))?;
        let (has_it, kind) = match source {
            FlagSource::Party => (signer.rights.has(Right::Trade), FlagKind::Party(who)),
            FlagSource::Operator => (self.has_role(who, Role::Operator), FlagKind::Operator),
            FlagSource::Authority => (self.has_role(who, Role::Regulator), FlagKind::Authority),
            FlagSource::Independent => (self.manages(signer, open), FlagKind::Independent(who)),
        };
        only_if(has_it).map(|()| kind)
    }
}

/// True if the instruction waits for the other network's decision.
pub fn is_committed(open: &Open) -> bool {
    matches!(open.state, State::Committed { .. })
}

/// True if a party may have this policy under these terms.
fn possible(policy: &Policy, terms: &Terms) -> bool {
    let whole_only = matches!(terms.execution, Execution::Hashlock { .. });
    match policy {
        Policy::Npar => true,
        Policy::Part => !whole_only,
        Policy::Parq { min_lots } => !whole_only && *min_lots > 0 && *min_lots <= terms.lots,
        Policy::Parc { leg, min_amount } => {
            let amount = terms.legs.get(usize::from(leg.0)).map(|leg| leg.amount);
            !whole_only && *min_amount > 0 && amount.is_some_and(|amount| *min_amount <= amount)
        }
    }
}
