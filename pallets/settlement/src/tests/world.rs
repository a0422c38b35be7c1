//! Steps of a random sequence, applied to the test chain and to the model.

use super::{
    draws::{assets, Action, Agreement, Taste, Who, EVERYBODY, PREIMAGE, TICK, TRADERS},
    invariants::{dispatch, pick, World},
    model::{across, committed, largest, owner, Context},
    oracle::is_committed,
};
use crate::{mock::*, Affirmation, Call, FlagSource, LegState, Open, Reason, State, WeightInfo};
use polkadot_sdk::frame_support::{traits::Hooks, weights::Weight};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, Capacity, Execution, FlagKind, InstructionId, LegIndex, Moment, ParticipantId,
    PartyTerms, Quantity, Right, Rights, Status, Terms, TokenStatus, VersionedTerms,
};

/// Accounts whose rights random sequences change.
const LOWERED: [AccountId; 9] = [SELLER, BUYER, THIRD, SELLER_2, BUYER_2, CUSTODIAN, BANK, MANAGER, ISSUER];

/// Accounts that random sequences replace.
const REPLACEABLE: [AccountId; 4] = [SELLER, BUYER, MANAGER, ISSUER];

fn asset_number(asset: usize) -> u32 {
    pick(&[SHARE, BOND, EURO, DOLLAR], asset)
}

impl World<'_> {
    pub fn place(&self, place: usize) -> (InstructionId, Option<&Open>) {
        let id = self.places.get(place).and_then(Option::as_ref).map(|(id, _, _)| *id).unwrap_or_default();
        (id, self.model.open(id))
    }

    /// Place whose instruction fits `wanted`, searched from `place` on for a signer that is meant to succeed; otherwise
    /// `place`.
    pub fn seek(&self, place: usize, who: Who, wanted: impl Fn(&Open) -> bool) -> usize {
        let fits = |place: &usize| self.place(*place).1.is_some_and(&wanted);
        match who {
            Who::Fit(_) => (place..place + 3).map(|place| place % 3).find(fits).unwrap_or(place),
            Who::Any(_) => place,
        }
    }

    /// Signer of a drawn call for a party, and the party terms that say for whom it acts.
    fn party(&self, open: Option<&Open>, party: usize, who: Who, affirmed: bool) -> (AccountId, PartyTerms) {
        let known = |open: &Open| {
            let fit = open.parties.iter().find(|party| party.affirmed == affirmed);
            let any = &open.parties[party % open.parties.len()];
            let party = fit.filter(|_| party < 4).unwrap_or(any);
            (party.participant, party.account.clone())
        };
        let (principal, account) = open.map_or((SELLER_ID, None), known);
        let said = |on_behalf_of, account| PartyTerms { on_behalf_of, account, ..PartyTerms::default() };
        match who {
            Who::Fit(number @ 0..=13) => (pick(&self.owned(principal), number), said(None, account)),
            Who::Fit(number) => (pick(&[CUSTODIAN, BANK], number), said(Some(principal), account)),
            Who::Any(number) => {
                (pick(&EVERYBODY, number), said((number >= EVERYBODY.len()).then_some(principal), None))
            }
        }
    }

    /// Accounts that the participant uses now, with successors in place of replaced ones.
    fn owned(&self, participant: ParticipantId) -> Vec<AccountId> {
        let own = EVERYBODY.into_iter().filter(|account| owner(account) == Some(participant));
        own.map(|account| self.model.current(&account)).collect()
    }

    /// Signer of a drawn call on a leg: its giver, its receiver if `receives`, an agent, or anybody.
    fn mover(&self, open: Option<&Open>, leg: u8, who: Who, receives: bool) -> AccountId {
        let moves = |open: &Open| {
            let ends = open.legs[usize::from(leg) % open.legs.len()].ends;
            ends.map_or(SELLER_ID, |ends| if receives { ends.receiver } else { ends.giver })
        };
        match who {
            Who::Fit(number @ 0..=11) => pick(&self.owned(open.map_or(SELLER_ID, moves)), number),
            Who::Fit(number) => pick(&[CUSTODIAN, BANK], number),
            Who::Any(number) => pick(&EVERYBODY, number),
        }
    }

    /// Position of a drawn leg: one that fits `wanted` if there is any, now and then one beyond the last.
    fn leg(&self, open: Option<&Open>, leg: u8, who: Who, wanted: impl Fn(&Open, &LegState) -> bool) -> LegIndex {
        let Some(open) = open else { return LegIndex(leg) };
        let legs = open.legs.len() as u8;
        let fits = |leg: &u8| wanted(open, &open.legs[usize::from(*leg)]);
        let found = (leg..leg + legs).map(|leg| leg % legs).find(fits).filter(|_| matches!(who, Who::Fit(_)));
        LegIndex(found.unwrap_or(leg))
    }

    pub fn settler(&self, open: Option<&Open>, who: Who) -> AccountId {
        match who {
            Who::Fit(number @ 0..=5) => pick(&[self.model.current(&MANAGER), AUDITOR], number / 4),
            Who::Fit(number) => self.party(open, number, Who::Fit(number % 2), true).0,
            Who::Any(number) => pick(&EVERYBODY, number),
        }
    }

    pub fn step(&mut self, action: Action) {
        self.steps += 1;
        match action {
            Action::Instruct { place, trade, who, taste, reserve } => {
                let free = |place: &usize| self.place(*place).1.is_none();
                let place = (place..place + 3).map(|place| place % 3).find(free).unwrap_or(place);
                let (_, open) = self.place(place);
                // What is there already is instructed again, which must fail.
                let (terms, by) = match &self.places[place] {
                    Some((_, terms, by)) if open.is_some() => (terms.clone(), Some(by.clone())),
                    Some(_) | None => (self.with_accounts_in_use(trade.terms(self.model.now), who), None),
                };
                let (by, party) = self.instructing(&terms, by, who, taste);
                self.instruct(place, terms, by, party, reserve);
            }
            Action::Affirm { place, party, who, agreement, taste, reserve } => {
                self.affirm(place, party, who, agreement, taste, reserve)
            }
            Action::SetParty { place, party, who, taste } => {
                let place = self.seek(place, who, |open| open.tranche.0 == 0 && open.state.formed().is_none());
                let (id, open) = self.place(place);
                let (by, said) = self.party(open, party, who, true);
                let policy = open.map_or_else(Default::default, |open| taste.policy(&open.terms));
                let party = PartyTerms { policy, ..said };
                self.call(&by, Call::set_party { id, party });
            }
            Action::Reserve { place, leg, who, quantity } => {
                let place = self.seek(place, who, |open| open.legs.iter().any(|leg| has_room(open, leg)));
                let (id, open) = self.place(place);
                let leg = self.leg(open, leg, who, has_room);
                let by = self.mover(open, leg.0, who, false);
                self.call(&by, Call::reserve { id, leg, quantity });
            }
            Action::Release { place, leg, who, lots } => {
                let place = self.seek(place, who, |open| open.legs.iter().any(|leg| leg.reserved > 0));
                let (id, open) = self.place(place);
                let leg = self.leg(open, leg, who, |_, leg| leg.reserved > 0);
                let by = self.mover(open, leg.0, who, false);
                self.call(&by, Call::release { id, leg, lots });
            }
            Action::SettlePart { place, who } => {
                let place = self.seek(place, who, has_part);
                let (id, open) = self.place(place);
                let (by, _) = self.party(open, place, who, true);
                self.call(&by, Call::settle_part { id });
            }
            Action::Execute { place, leg, who, right } => {
                let place = self.seek(place, who, executes);
                let (id, open) = self.place(place);
                let leg = self.leg(open, leg, who, |_, leg| !right || leg.token == Some(TokenStatus::Armed));
                let by = self.mover(open, leg.0, who, true);
                let preimage = right.then_some(PREIMAGE).or((leg.0 == 0).then_some([0; 32]));
                self.call(&by, Call::execute { id, leg, preimage });
            }
            Action::Settle { place, who, lots } => {
                let place = self.seek(place, who, settles);
                let (id, open) = self.place(place);
                let by = self.settler(open, who);
                self.call(&by, Call::settle { id, lots });
            }
            Action::Cancel { place, party, who } => {
                let place = self.seek(place, who, |open| open.settled == 0);
                let (id, open) = self.place(place);
                let (by, said) = self.party(open, party + 4, who, true);
                self.call(&by, Call::cancel { id, on_behalf_of: said.on_behalf_of });
            }
            Action::Reject { place, party, who } => {
                let place = self.seek(place, who, |open| open.state == State::Proposed);
                let (id, open) = self.place(place);
                let (by, said) = self.party(open, party, who, false);
                self.call(&by, Call::reject { id, on_behalf_of: said.on_behalf_of, reason: Reason::default() });
            }
            Action::Expire { place, who } => {
                let place = self.seek(place, who, |open| self.model.now >= open.terms.reserve_by);
                let (id, open) = self.place(place);
                let by = self.settler(open, who);
                self.call(&by, Call::expire { id });
            }
            Action::SetFlag { place, who, source } => {
                let (id, open) = self.place(place);
                let by = self.flagger(open, who, source);
                self.call(&by, Call::set_flag { id, source, reason: Reason::default() });
            }
            Action::ClearFlag { place, who, source } => {
                let place = self.seek(place, who, |open| !open.flags.is_empty());
                let set = self.place(place).1.and_then(|open| open.flags.first()).map(|flag| match flag.kind {
                    FlagKind::Party(_) => FlagSource::Party,
                    FlagKind::Operator => FlagSource::Operator,
                    FlagKind::Authority => FlagSource::Authority,
                    FlagKind::Independent(_) => FlagSource::Independent,
                });
                let source = set.unwrap_or(source);
                let (id, open) = self.place(place);
                let by = self.flagger(open, who, source);
                self.call(&by, Call::clear_flag { id, source });
            }
            Action::Commit { place, who, lots } => self.commit(place, who, lots),
            Action::Decide { place, fate } => self.decide(place, fate),
            Action::Leave { place, leg } => self.leave(place, leg),
            Action::Claim { asset, who, to } => self.claim(asset, who, to),
            Action::Pass { time } => self.pass(time),
            Action::PassToLimit { place, before } => self.pass_to_limit(place, before),
            Action::Sweep { limited } => self.sweep(limited),
            Action::SetStatus { .. }
            | Action::FreezeAsset { .. }
            | Action::ThawAsset { .. }
            | Action::FreezeAccount { .. }
            | Action::BlockAccount { .. }
            | Action::ThawAccount { .. }
            | Action::SetRoles { .. }
            | Action::Replace { .. }
            | Action::SetRights { .. }
            | Action::ToggleAgent { .. } => self.change(action),
        }
        self.check();
    }

    fn flagger(&self, open: Option<&Open>, who: Who, source: FlagSource) -> AccountId {
        match (who, source) {
            (Who::Any(number), _) => pick(&EVERYBODY, number),
            (Who::Fit(number), FlagSource::Party) => self.party(open, number, Who::Fit(0), true).0,
            // Now and then a party, which may have the role as well.
            (Who::Fit(number @ 12..), _) => self.party(open, number, Who::Fit(0), true).0,
            (Who::Fit(_), FlagSource::Operator) => OPERATOR,
            (Who::Fit(_), FlagSource::Authority) => REGULATOR,
            (Who::Fit(number), FlagSource::Independent) => {
                pick(&[self.model.current(&MANAGER), self.model.current(&MANAGER), OPERATOR, REGULATOR], number)
            }
        }
    }

    /// Sanctions a party of a formed tranche, lets the sanction last, and releases a leg of another party.
    fn leave(&mut self, place: usize, leg: usize) {
        let place = self.seek(place, Who::Fit(0), |open| matches!(open.state, State::Formed { .. }));
        let (id, Some(open)) = self.place(place) else { return };
        let leg = leg % open.legs.len();
        let (reserved, ends) = (open.legs[leg].reserved, open.legs[leg].ends);
        let Some(giver) = ends.map(|ends| ends.giver) else { return };
        let mut parties = open.parties.iter().map(|party| party.participant);
        let Some(participant) = parties.rfind(|other| *other != giver) else { return };
        self.change(Action::SetStatus { participant, status: Status::Sanctioned });
        self.pass(2 * TICK);
        let by = pick(&self.owned(giver), 0);
        self.call(&by, Call::release { id, leg: LegIndex(leg as u8), lots: reserved });
    }

    /// Changes drawn terms to name successors in place of replaced accounts, unless the signer is `Any`.
    fn with_accounts_in_use(&self, mut terms: Terms, who: Who) -> Terms {
        if matches!(who, Who::Fit(_)) {
            for leg in terms.legs.iter_mut() {
                (leg.from, leg.to) = (self.model.current(&leg.from), self.model.current(&leg.to));
            }
            if let Execution::ByManager { manager, .. } = &mut terms.execution {
                *manager = self.model.current(manager);
            }
        }
        terms
    }

    /// Replaces the account by a new one, which gets its balances.
    fn replace(&mut self, account: &AccountId) {
        let old = self.model.current(account);
        let participant = owner(&old).expect("registered; qed");
        let earlier = self.model.replaced.keys().filter(|other| owner(other) == Some(participant)).count();
        let first: &[u8; 32] = account.as_ref();
        let number = 110 + 10 * (participant.0 as u8) + earlier as u8;
        if earlier > 7 {
            return;
        }
        let mut new = [number; 32];
        new[1] = first[0];
        let new = AccountId::new(new);
        let asked = Participants::request_replacement(
            RuntimeOrigin::signed(old.clone()),
            old.clone(),
            new.clone(),
            all_rights(),
        );
        if asked
            .and_then(|()| {
                let confirms = RuntimeOrigin::signed(OPERATOR);
                Participants::replace_account(confirms, old.clone(), new.clone(), all_rights())
            })
            .is_err()
        {
            return;
        }
        self.model.replaced.insert(old.clone(), new.clone());
        for asset in assets() {
            let amount = self.model.balance(&asset, &old);
            if Participants::recover(RuntimeOrigin::root(), old.clone(), asset.clone()).is_ok() {
                self.model.balances.remove(&(asset.clone(), old.clone()));
                *self.model.balances.entry((asset, new.clone())).or_default() += amount;
            }
        }
    }

    /// Gives the account these rights: fewer at once, more by a request. It goes on administering.
    fn set_rights(&mut self, account: &AccountId, rights: Rights) {
        let account = self.model.current(account);
        let old = self.model.rights.get(&account).copied().unwrap_or(Rights::ALL);
        let list = |rights: Rights| -> pallet_participants::types::RightList {
            rights.iter().collect::<Vec<_>>().try_into().expect("four; qed")
        };
        let by = || RuntimeOrigin::signed(account.clone());
        let new = rights.with(Right::Administer);
        if Participants::lower_rights(by(), account.clone(), list(new)).is_ok() {
            self.model.rights.insert(account, new);
        } else if Participants::request_rights(by(), account.clone(), list(new)).is_ok() {
            self.model.rights.insert(account, old.union(new));
        }
    }

    fn instructing(&self, terms: &Terms, by: Option<AccountId>, who: Who, taste: Taste) -> (AccountId, PartyTerms) {
        let ends: Vec<_> = terms.legs.iter().flat_map(|leg| [leg.from.clone(), leg.to.clone()]).collect();
        let principal = owner(&ends[0]);
        let side = ends.first().cloned();
        let (fit, on_behalf_of) = match who {
            Who::Fit(number @ 0..=13) => (pick(&ends, number), None),
            Who::Fit(number) => (pick(&[CUSTODIAN, BANK], number), principal),
            Who::Any(number) => (pick(&EVERYBODY, number), None),
        };
        let account = side.filter(|_| on_behalf_of.is_some());
        let party = PartyTerms { on_behalf_of, account, policy: taste.policy(terms), ..PartyTerms::default() };
        (by.unwrap_or(fit), party)
    }

    fn instruct(&mut self, place: usize, terms: Terms, by: AccountId, party: PartyTerms, reserve: Option<Quantity>) {
        let versioned = VersionedTerms::V1(terms.clone());
        let id = instruction_id(GENESIS, &by, versioned.hash());
        if self.call(&by, Call::instruct { terms: versioned, party, reserve }) {
            self.places[place] = Some((id, terms, by));
        }
    }

    fn affirm(
        &mut self,
        place: usize,
        party: usize,
        who: Who,
        agreement: Agreement,
        taste: Taste,
        reserve: Option<Quantity>,
    ) {
        let place = self.seek(place, who, |open| open.state == State::Proposed);
        let (id, open) = self.place(place);
        let (by, said) = self.party(open, party, who, false);
        let Some(terms) = open.map(|open| Terms::clone(&open.terms)) else {
            let affirmation = Affirmation::Hash(Default::default());
            self.call(&by, Call::affirm { id, affirmation, party: PartyTerms::default(), reserve });
            return;
        };
        let mut other = terms.clone();
        other.lots += 1;
        let affirmation = match agreement {
            Agreement::Hash => Affirmation::Hash(VersionedTerms::V1(terms.clone()).hash()),
            Agreement::WrongHash => Affirmation::Hash(VersionedTerms::V1(other).hash()),
            Agreement::Terms => Affirmation::Terms(VersionedTerms::V1(terms.clone())),
            Agreement::OtherTerms => Affirmation::Terms(VersionedTerms::V1(other)),
        };
        let party = PartyTerms { policy: taste.policy(&terms), ..said };
        self.call(&by, Call::affirm { id, affirmation, party, reserve });
    }

    fn claim(&mut self, asset: usize, who: usize, to: usize) {
        // The claims that can succeed are drawn as often as all others.
        let waiting: Vec<_> = self.model.credits.keys().cloned().collect();
        let (account, asset, by, to) = match waiting.get(who) {
            Some((account, asset)) => {
                let own = self.owned(owner(account).expect("credits are of participants; qed"));
                (account.clone(), asset.clone(), pick(&own, who), pick(&own, to))
            }
            None => (pick(&EVERYBODY, who + to), pick(&assets(), asset), pick(&EVERYBODY, who), pick(&EVERYBODY, to)),
        };
        let signer = self.model.in_use(&by).filter(|signer| self.model.status(*signer) != Status::Sanctioned);
        let meant = self.model.current(&account) == to;
        let moves_all = self.model.rights.get(&by).is_none_or(|rights| rights.has(Right::MoveAll));
        let own = signer.is_some() && self.model.in_use(&to) == signer && owner(&account) == signer;
        let own = own && (meant || moves_all);
        let payable = own && self.model.receives(&asset, &to);
        let key = (account.clone(), asset.clone());
        let credit = Some(key).filter(|_| payable).and_then(|key| self.model.credits.remove(&key));
        let call = pallet_escrow::Call::claim { account, asset: asset.clone(), to: to.clone() };
        assert_eq!(dispatch(call, &by).is_ok(), credit.is_some(), "a credit waits until it can be paid, and no longer");
        if let Some(credit) = credit {
            *self.model.balances.entry((asset, to)).or_default() += credit;
        }
        System::reset_events();
    }

    pub fn pass(&mut self, time: Moment) {
        self.model.now += time;
        Timestamp::set_timestamp(self.model.now);
        System::set_block_number(1 + (self.model.now - START) / 2_000);
    }

    fn pass_to_limit(&mut self, place: usize, before: bool) {
        let now = self.model.now;
        let terms = self.place(place).1.map(|open| &open.terms);
        let limits = terms.map(|terms| {
            let manager_by = match terms.execution {
                Execution::ByManager { manager_by, .. } => manager_by,
                Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => terms.settle_from,
            };
            [terms.settle_from, terms.partial_from, manager_by, terms.reserve_by, terms.deadline]
        });
        let next = limits.into_iter().flatten().filter(|limit| *limit > now).min();
        self.pass(next.map_or(0, |limit| limit - now - u64::from(before)));
    }

    pub fn sweep(&mut self, limited: bool) {
        // Enough for one expiry, or for everything.
        let one = <() as WeightInfo>::expire(3).saturating_add(<() as WeightInfo>::sweep_prune());
        let one = one.saturating_add(<() as WeightInfo>::sweep_look());
        let limit = if limited { one } else { Weight::MAX };
        let used = <Settlement as Hooks<u64>>::on_idle(System::block_number(), limit);
        assert!(used.all_lte(limit));
        let mut context = Context::default();
        for event in self.events() {
            self.replay(event, &mut context);
        }
        if !limited {
            let late = |open: &Open| self.model.now >= open.terms.deadline + 1_000 && !is_committed(open);
            let open = self.model.records.keys().filter_map(|id| self.model.open(*id));
            assert_eq!(open.filter(|open| late(open)).count(), 0, "I5: the sweep closes what is due");
        }
    }

    /// Applies an action on statuses, roles, assets, accounts or agents to the chain and, if it succeeds, to the model.
    fn change(&mut self, action: Action) {
        let root = RuntimeOrigin::signed(ISSUER);
        let place = |asset: usize, account: usize| (AssetId::WithId(asset_number(asset)), pick(&TRADERS, account));
        match action {
            Action::SetStatus { participant, status } => {
                let reason = pallet_participants::Reason::new(pallet_participants::ReasonCode::Other);
                let origin = together(pallet_participants::Body::Regulator);
                if Participants::set_status(origin, participant, status, reason).is_ok() {
                    self.model.statuses.insert(participant, (status, self.model.now));
                }
            }
            Action::SetRoles { participant, roles } => {
                let list = roles.iter().collect::<Vec<_>>().try_into().expect("few; qed");
                if Participants::set_roles(RuntimeOrigin::root(), participant, list).is_ok() {
                    self.model.roles.insert(participant, roles);
                }
            }
            Action::Replace { account } => self.replace(&pick(&REPLACEABLE, account)),
            Action::SetRights { account, rights } => self.set_rights(&pick(&LOWERED, account), rights),
            Action::FreezeAsset { asset } => {
                if Assets::freeze_asset(root, asset_number(asset)).is_ok() {
                    self.model.frozen.insert(AssetId::WithId(asset_number(asset)));
                }
            }
            Action::ThawAsset { asset } => {
                if Assets::thaw_asset(root, asset_number(asset)).is_ok() {
                    self.model.frozen.remove(&AssetId::WithId(asset_number(asset)));
                }
            }
            Action::FreezeAccount { asset, account } => {
                let key = place(asset, account);
                if Assets::freeze(root, asset_number(asset), key.1.clone()).is_ok() {
                    self.model.blocked.remove(&key);
                    self.model.stopped.insert(key);
                }
            }
            Action::BlockAccount { asset, account } => {
                let key = place(asset, account);
                if Assets::block(root, asset_number(asset), key.1.clone()).is_ok() {
                    self.model.stopped.remove(&key);
                    self.model.blocked.insert(key);
                }
            }
            Action::ThawAccount { asset, account } => {
                let key = place(asset, account);
                if Assets::thaw(root, asset_number(asset), key.1.clone()).is_ok() {
                    self.model.stopped.remove(&key);
                    self.model.blocked.remove(&key);
                }
            }
            Action::ToggleAgent { principal, payment } => {
                let by = pick(&TRADERS, principal);
                let (agent, capacity) =
                    if payment { (BANK_ID, Capacity::Payment) } else { (CUSTODIAN_ID, Capacity::Delivery) };
                let key = (agent, owner(&by).expect("registered; qed"), capacity);
                if self.model.agents.contains(&key) {
                    if dispatch(pallet_participants::Call::dismiss_agent { agent, capacity }, &by).is_ok() {
                        self.model.agents.remove(&key);
                    }
                } else if dispatch(appointment(agent, capacity), &by).is_ok() {
                    self.model.agents.insert(key);
                }
            }
            other => panic!("not around the trades: {other:?}"),
        }
        System::reset_events();
    }
}

fn appointment(agent: ParticipantId, capacity: Capacity) -> pallet_participants::Call<Test> {
    pallet_participants::Call::appoint_agent { agent, capacity, mandate: unlimited() }
}

/// Test helper: true if lots of the leg can still be reserved.
fn has_room(open: &Open, leg: &LegState) -> bool {
    let of_giver = |party: &crate::Party| leg.ends.is_some_and(|ends| party.participant == ends.giver);
    let affirmed = open.parties.iter().any(|party| of_giver(party) && party.affirmed);
    affirmed && open.state.formed().is_none() && leg.reserved < open.terms.lots - open.settled
}

/// Test helper: true if `settle_part` can form a tranche.
fn has_part(open: &Open) -> bool {
    let formable = matches!(open.terms.execution, Execution::Immediate | Execution::OnToken);
    formable && !across(open) && open.state == State::Matched && largest(open).is_some()
}

/// Test helper: true if the instruction waits for `settle`.
fn settles(open: &Open) -> bool {
    if across(open) {
        return false;
    }
    match open.terms.execution {
        Execution::Immediate => open.state.formed().is_some(),
        Execution::ByManager { .. } => committed(open) > 0,
        Execution::Hashlock { .. } => open.all_consumed(),
        Execution::OnToken => false,
    }
}

/// Test helper: true if the instruction waits for a token or a preimage.
fn executes(open: &Open) -> bool {
    let execution = matches!(open.terms.execution, Execution::OnToken | Execution::Hashlock { .. });
    execution && open.state.formed().is_some() && !open.all_consumed()
}
