//! Replay of events on the test model. Events alone, in their order, must rebuild the whole state.

use super::model::{
    across, block, committed as committed_lots, covered, cumulated, held, here, largest, moved, owner, proposed, takes,
    Context, Model, Record,
};
use crate::{mock::*, Closed, Event, Flag, Instruction, LegState, Open, OwnTerms, Party, State};
use tandem_primitives::{
    token_id, AccountId, Balance, Execution, InstructionId, Leg, LegIndex, Lots, OnIncomplete, Outcome, ParticipantId,
    Status, TokenId, TokenStatus, TrancheIndex, VersionedTerms,
};

impl Model {
    /// Changes the model as the event says, and asserts that the event can follow from the model's state.
    pub fn replay(&mut self, event: Event<Test>, context: &mut Context) {
        match event {
            Event::Instructed { id, terms: VersionedTerms::V1(terms), terms_hash, by, participant, account, own } => {
                assert_eq!(terms_hash, VersionedTerms::V1(terms.clone()).hash());
                let mut open = proposed(terms.clone(), terms_hash, by.clone());
                agree(&mut open, participant, account, own, Some(&by));
                let paid = vec![0; terms.legs.len()];
                let record =
                    Record { terms, stored: Instruction::Open(open), paid, irrevocable: false, reversed: false };
                assert!(self.records.insert(id, record).is_none(), "I6: an id is used once");
            }
            Event::InstructionAlleged { id, participant, account, by: _, reference } => {
                let open = self.known(id);
                assert!(!party(open, participant, account).affirmed);
                assert_eq!(reference, open.terms.reference);
            }
            Event::Affirmed { id, participant, account, by, own, reference: _ } => {
                let open = self.known(id);
                assert!(!party(open, participant, account.clone()).affirmed);
                agree(open, participant, account, own, Some(&by));
            }
            Event::MatchFailed { id, participant, account, fields, by: _, reference: _ } => {
                assert!(!fields.is_empty() && !party(self.known(id), participant, account).affirmed);
            }
            Event::Matched { id, by: _, reference: _ } => {
                let open = self.known(id);
                assert!(open.state == State::Proposed && open.parties.iter().all(|party| party.affirmed));
                open.state = State::Matched;
            }
            Event::PartyChanged { id, participant, account, old, new, by: _, reference: _ } => {
                let open = self.known(id);
                assert_eq!(old, OwnTerms::from(&*party(open, participant, account.clone())));
                agree(open, participant, account, new, None);
            }
            Event::Reserved { id, leg, old, new, amount, token, by: _, reference: _ } => {
                self.reserved(id, leg, (old, new), amount, token)
            }
            Event::ReservationShort { id, leg: _, wanted, reserved, by: _, reference: _ } => {
                assert!(reserved < wanted && wanted <= self.known(id).terms.lots);
            }
            Event::Released { id, leg, old, new, amount, by: _, reference: _ } => {
                self.released(id, leg, (old, new), amount, context)
            }
            Event::Irrevocable { id, lots, by: _, reference: _ } => {
                let open = self.known(id);
                assert_eq!((Some(lots), held(open)), (largest(open), false));
                if self.mark_irrevocable(id) {
                    self.known(id).parties.iter_mut().for_each(|party| party.cancel_until = None);
                }
            }
            Event::TrancheFormed { id, tranche, lots, by: _, reference: _ } => {
                self.formed_now(id, tranche, lots, context)
            }
            Event::TrancheDissolved { id, tranche, lots, by: _, reference: _ } => {
                let open = self.known(id);
                assert_eq!((open.state, open.tranche), (State::Formed { lots }, tranche));
                open.state = State::Matched;
                open.legs.iter_mut().for_each(|leg| leg.token = Some(TokenStatus::Issued));
                let open = self.known(id).clone();
                assert!(!self.sanctioned(&open).is_empty(), "only a sanction lets a party out of what has formed");
            }
            Event::SettlementDeferred { id, reasons, by: _, reference: _ } => {
                let open = self.known(id).clone();
                assert!(!reasons.is_empty());
                assert_eq!(reasons, self.blockers(&open));
            }
            Event::TokenConsumed { id, leg, token, by: _, reference: _ } => {
                assert!(self.used.insert(token), "I3: a token is consumed at most once");
                let open = self.known(id);
                assert_eq!(token, token_id(id, leg, open.tranche));
                let lots = open.state.formed().expect("I3: only a formed tranche has armed tokens");
                assert_eq!(at(open, leg).token, Some(TokenStatus::Armed));
                at(open, leg).token = Some(TokenStatus::Consumed);
                open.state = State::Executing { lots };
            }
            Event::TokenReversed { id, leg, token, by: _, reference: _ } => {
                let open = self.known(id);
                assert_eq!(
                    (token, at(open, leg).token),
                    (token_id(id, leg, open.tranche), Some(TokenStatus::Consumed))
                );
                self.records.get_mut(&id).expect("it is known; qed").reversed = true;
            }
            Event::TrancheSettled { id, tranche, lots, old, new, amounts, by: _, reference: _ } => {
                self.settled(id, tranche, lots, (old, new), amounts)
            }
            Event::CancelRequested { id, participant, until, by: _, reference: _ } => {
                let limit = self.now + CANCEL_LIFE;
                assert_eq!(until, limit);
                let parties = self.known(id).parties.iter_mut();
                parties
                    .filter(|party| party.participant == participant)
                    .for_each(|party| party.cancel_until = Some(until));
            }
            Event::Rejected { id, participant, reason: _, by: _, reference: _ } => {
                let open = self.known(id);
                assert!(open.parties.iter().any(|party| party.participant == participant && !party.affirmed));
                context.rejected = true;
            }
            Event::FlagSet { id, kind, reason, by: _, reference: _ } => {
                let pushed = self.known(id).flags.try_push(Flag { kind, reason });
                pushed.expect("no more flags than fit");
            }
            Event::FlagCleared { id, kind, by: _, reference: _ } => {
                self.known(id).flags.retain(|flag| flag.kind != kind)
            }
            Event::Closed { id, outcome, lots, of, by: _, reference: _ } => {
                self.closed(id, outcome, (lots, of), context)
            }
            Event::Pruned { id } => {
                let record = self.records.remove(&id).expect("I6: what goes was there");
                let Instruction::Closed(closed) = record.stored else { panic!("I6: only closed records go") };
                let end = record.terms.deadline.max(closed.ended);
                assert!(self.now >= end + RETENTION, "I6: not before their retention");
            }
            Event::Committed { id, tranche, lots, by: _, reference: _ } => self.committed(id, tranche, lots, context),
            Event::TokenProven { id, leg, token, by: _, reference: _ } => {
                assert!(self.used.insert(token), "I3: a token is consumed at most once");
                let open = self.known(id);
                assert!(matches!(open.state, State::Committed { .. }), "I9: only what is committed is decided there");
                assert_eq!((token, at(open, leg).token), (token_id(id, leg, open.tranche), Some(TokenStatus::Armed)));
            }
            Event::SweepFailed { id, error, reference: _ } => panic!("I5: {id:?} cannot be closed: {error:?}"),
            Event::__Ignore(_, never) => match never {},
        }
    }

    fn known(&mut self, id: InstructionId) -> &mut Open {
        match self.records.get_mut(&id).map(|record| &mut record.stored) {
            Some(Instruction::Open(open)) => open,
            other => panic!("I6: an event of what is not open: {other:?}"),
        }
    }

    /// Records that lots are irrevocable from this block on; true if none were before.
    fn mark_irrevocable(&mut self, id: InstructionId) -> bool {
        let record = self.records.get_mut(&id).expect("it is known; qed");
        let first = !record.irrevocable;
        if first {
            record.irrevocable = true;
            self.known(id).points.irrevocable = Some(block());
        }
        first
    }

    fn reserved(&mut self, id: InstructionId, index: LegIndex, lots: (Lots, Lots), amount: Balance, token: TokenId) {
        let now = self.now;
        let open = self.known(id);
        assert!(now < open.terms.reserve_by && lots.0 < lots.1 && open.settled + lots.1 <= open.terms.lots);
        assert_eq!((at(open, index).reserved, token), (lots.0, token_id(id, index, open.tranche)));
        let leg = leg(open, index);
        let start = open.settled;
        assert_eq!(amount, moved(leg.amount, start + lots.0, start + lots.1, open.terms.lots));
        at(open, index).reserved = lots.1;
        at(open, index).token = Some(TokenStatus::Issued);
        let giver = owner(&leg.from).expect("legs are between participants; qed");
        let party = open.parties.iter_mut().find(|party| party.is(giver, &leg.from)).expect("a giver is a party");
        party.cancel_until = None;
        let status = self.status(owner(&leg.from).expect("legs are between participants; qed"));
        assert_eq!(status, Status::Active, "I8: only the active reserve");
        self.give(&leg.asset, &leg.from, amount);
    }

    fn released(
        &mut self,
        id: InstructionId,
        index: LegIndex,
        lots: (Lots, Lots),
        amount: Balance,
        context: &mut Context,
    ) {
        let open = self.known(id);
        assert!(at(open, index).reserved == lots.0 && lots.1 < lots.0);
        let leg = leg(open, index);
        let start = open.settled;
        assert_eq!(amount, moved(leg.amount, start + lots.1, start + lots.0, open.terms.lots));
        at(open, index).reserved = lots.1;
        if lots.1 == 0 {
            at(open, index).token = None;
        }
        let committed = committed_lots(open) > 0;
        let record = self.records.get_mut(&id).expect("it is known; qed");
        if record.irrevocable && !committed {
            record.irrevocable = false;
            // A release takes the point back. A close does not: it puts it where it was.
            context.released.insert(id, self.known(id).points.irrevocable.take());
        }
        self.pay(&leg.asset, &leg.from, amount);
    }

    fn formed_now(&mut self, id: InstructionId, tranche: TrancheIndex, lots: Lots, context: &Context) {
        let open = self.known(id);
        assert_eq!((open.state, open.tranche), (State::Matched, tranche));
        assert!(!held(open) && !across(open), "nothing forms while a party holds it back, or another network decides");
        assert!(takes(open, lots) && lots <= covered(open), "I4: only what all take and all cover forms");
        let (largest, whole) = (largest(open), open.terms.lots - open.settled);
        let chosen = context.chosen.iter().any(|chosen| chosen.or(largest) == Some(lots));
        let unasked = lots == whole || context.chosen.is_empty() && Some(lots) == largest;
        assert!(chosen || unasked, "the largest part forms, or the one that was chosen");
        open.state = State::Formed { lots };
        for leg in open.legs.iter_mut() {
            leg.token = Some(TokenStatus::Armed);
        }
        open.parties.iter_mut().for_each(|party| party.cancel_until = None);
        self.mark_irrevocable(id);
    }

    fn committed(&mut self, id: InstructionId, tranche: TrancheIndex, lots: Lots, context: &Context) {
        let open = self.known(id);
        assert_eq!((open.state, open.tranche), (State::Matched, tranche));
        assert!(across(open));
        open.flags = Default::default();
        open.parties.iter_mut().for_each(|party| party.cancel_until = None);
        assert!(takes(open, lots) && lots <= covered(open), "I4: only what all take and all cover is committed");
        let largest = largest(open);
        assert!(
            context.chosen.iter().any(|chosen| chosen.or(largest) == Some(lots)),
            "the largest, or the chosen part"
        );
        open.state = State::Committed { lots };
        for leg in open.legs.iter_mut().filter(|leg| leg.ends.is_some()) {
            leg.token = Some(TokenStatus::Armed);
        }
        self.mark_irrevocable(id);
    }

    fn settled(
        &mut self,
        id: InstructionId,
        tranche: TrancheIndex,
        lots: Lots,
        settled: (Lots, Lots),
        amounts: Vec<Balance>,
    ) {
        let open = self.known(id).clone();
        self.check_may_settle(&open, lots);
        assert_eq!((tranche, settled), (open.tranche, (open.settled, open.settled + lots)));
        for (leg, amount) in open.terms.legs.iter().zip(&amounts) {
            assert_eq!(*amount, moved(leg.amount, settled.0, settled.1, open.terms.lots), "I7");
            // I4: to the receiver or as its credit; the comparison of all balances shows that it came.
            if here(&open).any(|(other, _)| other == leg) {
                self.pay(&leg.asset, &leg.to, *amount);
            }
        }
        let block = block();
        let open = self.known(id);
        for leg in open.legs.iter_mut().filter(|leg| leg.ends.is_some()) {
            leg.reserved = leg.reserved.checked_sub(lots).expect("I4: every leg was covered");
            leg.token = (leg.reserved > 0).then_some(TokenStatus::Issued);
        }
        open.state = State::Matched;
        open.settled = settled.1;
        open.tranche = TrancheIndex(tranche.0 + 1);
        open.points.last_tranche = Some(block);
        let record = self.records.get_mut(&id).expect("it is known; qed");
        record.irrevocable = false;
        for ((paid, amount), leg) in record.paid.iter_mut().zip(amounts).zip(&record.terms.legs) {
            *paid += amount;
            assert_eq!(*paid, cumulated(leg.amount, settled.1, record.terms.lots), "I7: tranches add up");
        }
    }

    /// Asserts that a tranche of `lots` may settle now: before the deadline nothing blocks it; from the deadline on a
    /// token was used and the terms say to complete, or it is `Immediate` or decided by the other network.
    fn check_may_settle(&self, open: &Open, lots: Lots) {
        let formed = open.state.formed().expect("I4: only a formed tranche settles");
        if across(open) {
            // The other leg is paid there: nothing stands in the way of this one.
            assert!(lots <= formed && takes(open, lots));
            return;
        }
        let by_manager = matches!(open.terms.execution, Execution::ByManager { .. });
        assert!(lots == formed || by_manager && lots < formed && takes(open, lots));
        let used = open.legs.iter().filter(|leg| leg.token == Some(TokenStatus::Consumed)).count();
        let all_used = used == open.legs.len();
        if self.now < open.terms.deadline {
            assert_eq!(self.blockers(open), []);
            let by_token = matches!(open.terms.execution, Execution::OnToken | Execution::Hashlock { .. });
            assert!(!by_token || all_used, "I3: delivered means consumed");
        } else {
            if open.terms.execution == Execution::Immediate {
                assert_eq!(self.holding_back(open), [], "what was held back at the deadline returns");
            } else {
                assert!(used > 0, "nothing else settles after the deadline unless a token was used");
                assert!(all_used || open.terms.on_incomplete == OnIncomplete::Complete);
            }
            let sanctioned = open.parties.iter().any(|party| self.status(party.participant) == Status::Sanctioned);
            assert!(!sanctioned, "I8: nothing settles for the sanctioned");
        }
    }

    fn closed(&mut self, id: InstructionId, outcome: Outcome, lots: (Lots, Lots), context: &Context) {
        let now = self.now;
        let mut open = self.known(id).clone();
        open.points.irrevocable = context.released.get(&id).copied().unwrap_or(open.points.irrevocable);
        assert_eq!(lots, (open.settled, open.terms.lots));
        assert!(open.legs.iter().all(|leg| leg.reserved == 0), "I4: what is over holds nothing");
        let record = self.records.get_mut(&id).expect("it is known; qed");
        let expected = match lots {
            (settled, of) if settled == of => Outcome::Settled,
            (1.., _) => Outcome::PartiallySettled,
            _ if context.decided.is_some() => context.decided.expect("there is one; qed"),
            _ if context.rejected => Outcome::Rejected,
            _ if context.cancels => Outcome::Cancelled,
            _ if record.reversed => Outcome::Reversed,
            _ => Outcome::Expired,
        };
        assert_eq!(outcome, expected);
        let by_time = matches!(outcome, Outcome::Expired | Outcome::Reversed | Outcome::PartiallySettled);
        assert!(
            !by_time || now >= open.terms.reserve_by || context.decided.is_some() || context.cancels,
            "time alone ends what nobody ends"
        );
        assert!(outcome != Outcome::Reversed || now >= open.terms.deadline);
        record.stored = Instruction::Closed(Closed {
            terms_hash: open.terms_hash,
            outcome,
            lots: open.settled,
            tranches: open.tranche,
            deadline: open.terms.deadline,
            ended: now,
            points: open.points,
        });
    }
}

fn at(open: &mut Open, leg: LegIndex) -> &mut LegState {
    open.legs.get_mut(usize::from(leg.0)).expect("events name legs that are there")
}

fn leg(open: &Open, leg: LegIndex) -> Leg {
    open.terms.legs.get(usize::from(leg.0)).expect("events name legs that are there").clone()
}

fn party(open: &mut Open, participant: ParticipantId, account: Option<AccountId>) -> &mut Party {
    let found = open.parties.iter_mut().find(|party| (party.participant, &party.account) == (participant, &account));
    found.expect("events name parties of the trade")
}

fn agree(
    open: &mut Open,
    participant: ParticipantId,
    account: Option<AccountId>,
    own: OwnTerms,
    by: Option<&AccountId>,
) {
    let party = party(open, participant, account);
    party.affirmed = true;
    if let Some(by) = by {
        party.affirmed_itself = owner(by) == Some(participant);
    }
    party.policy = own.policy;
    party.priority = own.priority;
    party.reference = own.reference;
}
