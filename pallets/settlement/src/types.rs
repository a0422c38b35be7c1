//! Life of an instruction. Nothing here knows the pallet's configuration.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use tandem_primitives::{
    AccountId, BlockNumber, FlagKind, Leg, LegIndex, Lots, Moment, Outcome, ParticipantId, PartyTerms, Policy,
    Reference, TermsHash, TokenStatus, TrancheIndex, VersionedTerms, MAX_LEGS, MAX_PARTIES,
};

pub use tandem_primitives::Affirmation;

/// Largest number of flags on one instruction.
pub const MAX_FLAGS: u32 = 8;

/// Largest length of a reason, in bytes (ISO 20022 `Max140Text` of ASCII).
pub const MAX_REASON: u32 = 140;

/// Reason of a rejection or a flag, in the words that a person wrote.
pub type Reason = BoundedVec<u8, ConstU32<MAX_REASON>>;

/// Record under an instruction's id.
// The open one is large, and is what every call reads: a box would not make it smaller in storage.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Instruction {
    /// Instruction that can still settle, or return what is reserved.
    #[codec(index = 0)]
    Open(Open),
    /// Record of one that is over, kept for the retention.
    #[codec(index = 1)]
    Closed(Closed),
}

/// An instruction that is not over.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Open {
    /// Terms that are agreed, or proposed, in the version that was sent.
    pub terms: VersionedTerms,
    /// The hash that the parties affirm.
    pub terms_hash: TermsHash,
    /// The account that instructed: with the terms it makes the id.
    pub instructing: AccountId,
    /// Parties on this network, in the order in which the legs name them: each participant that pays or receives once, and one
    /// at both ends of a leg once for each of its accounts.
    pub parties: BoundedVec<Party, ConstU32<MAX_PARTIES>>,
    /// One for each leg of the terms.
    pub legs: BoundedVec<LegState, ConstU32<MAX_LEGS>>,
    /// Point of its life.
    pub state: State,
    /// Lots settled so far; less than the terms' lots.
    pub settled: Lots,
    /// The tranche that forms next, or has formed.
    pub tranche: TrancheIndex,
    /// Flags that hold it back, one for each holder.
    pub flags: BoundedVec<Flag, ConstU32<MAX_FLAGS>>,
    /// Blocks at which it passed the points of settlement finality.
    pub points: Points,
}

/// An instruction that is over. It never changes.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Closed {
    /// The hash that the parties affirmed, or were asked to.
    pub terms_hash: TermsHash,
    /// Way in which it ended.
    pub outcome: Outcome,
    /// Lots that settled in all.
    pub lots: Lots,
    /// Tranches that settled in all.
    pub tranches: TrancheIndex,
    /// Deadline of the terms, in milliseconds of consensus time.
    pub deadline: Moment,
    /// Instant at which it was closed, in milliseconds of consensus time; a proof can come after the deadline.
    pub ended: Moment,
    /// Blocks at which it passed the points of settlement finality.
    pub points: Points,
}

impl Closed {
    /// Instant from which the record may go: the retention after its deadline, or after its end if that came later.
    pub fn kept_until(&self, retention: Moment) -> Moment {
        // Saturating: an instant beyond the end of time only means that the record is kept.
        self.deadline.max(self.ended).saturating_add(retention)
    }
}

/// Blocks at which an instruction passed the points of settlement finality.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Points {
    /// Block in which it was instructed.
    pub entered: BlockNumber,
    /// Block at which what the current tranche needs was committed, or else the last one; `None` again once that was released.
    pub irrevocable: Option<BlockNumber>,
    /// Block in which the last tranche settled.
    pub last_tranche: Option<BlockNumber>,
}

/// Point of an open instruction's life.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum State {
    /// Not every party has affirmed.
    #[codec(index = 0)]
    Proposed,
    /// All have; lots are reserved for the next tranche.
    #[codec(index = 1)]
    Matched,
    /// A tranche has formed and waits to be executed.
    #[codec(index = 2)]
    Formed {
        /// Lots of the tranche.
        lots: Lots,
    },
    /// Tokens of the tranche are consumed: their legs are delivered, provisionally.
    #[codec(index = 3)]
    Executing {
        /// Lots of the tranche.
        lots: Lots,
    },
    /// The other network decides.
    #[codec(index = 4)]
    Committed {
        /// Largest number of lots that the other network may execute.
        lots: Lots,
    },
}

/// Step of an instruction from one state to the next. Ends are not steps: they make it [`Closed`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// The last party affirmed.
    AllAffirmed,
    /// A tranche of this many lots formed.
    TrancheFormed(Lots),
    /// A tranche of at most this many lots was committed to the decision of the other network.
    Committed(Lots),
    /// A token of the formed tranche was consumed.
    TokenConsumed,
    /// The tranche settled and lots are left.
    TrancheSettled,
    /// A party left the formed tranche because of another party's sanction.
    TrancheDissolved,
}

impl State {
    /// The state after the step; `None` if this state does not take it.
    pub fn after(self, step: Step) -> Option<State> {
        match (self, step) {
            (State::Proposed, Step::AllAffirmed) => Some(State::Matched),
            (State::Matched, Step::TrancheFormed(lots)) => Some(State::Formed { lots }),
            (State::Formed { lots } | State::Executing { lots }, Step::TokenConsumed) => {
                Some(State::Executing { lots })
            }
            (State::Matched, Step::Committed(lots)) => Some(State::Committed { lots }),
            (State::Formed { .. } | State::Executing { .. } | State::Committed { .. }, Step::TrancheSettled)
            | (State::Formed { .. }, Step::TrancheDissolved) => Some(State::Matched),
            (
                State::Proposed,
                Step::TrancheFormed(_)
                | Step::Committed(_)
                | Step::TokenConsumed
                | Step::TrancheSettled
                | Step::TrancheDissolved,
            )
            | (
                State::Matched,
                Step::AllAffirmed | Step::TokenConsumed | Step::TrancheSettled | Step::TrancheDissolved,
            )
            | (
                State::Formed { .. } | State::Executing { .. },
                Step::AllAffirmed | Step::TrancheFormed(_) | Step::Committed(_),
            )
            | (State::Executing { .. }, Step::TrancheDissolved)
            | (
                State::Committed { .. },
                Step::AllAffirmed
                | Step::TrancheFormed(_)
                | Step::Committed(_)
                | Step::TokenConsumed
                | Step::TrancheDissolved,
            ) => None,
        }
    }

    /// The lots of the tranche that has formed, or the most of the one that is committed.
    pub fn formed(self) -> Option<Lots> {
        match self {
            State::Proposed | State::Matched => None,
            State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => Some(lots),
        }
    }
}

/// One party of an instruction: a participant, or one side of a participant that is at both ends of a leg.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Party {
    /// Owner of the accounts.
    pub participant: ParticipantId,
    /// Account of the terms that is this side; none where the participant is one party with all its accounts.
    pub account: Option<AccountId>,
    /// True once it has affirmed.
    pub affirmed: bool,
    /// Whether an account of its own has affirmed, and not only an agent.
    pub affirmed_itself: bool,
    /// Partial settlements that it takes.
    pub policy: Policy,
    /// 0 is the lowest.
    pub priority: u8,
    /// Reference of its own; may be empty.
    pub reference: Reference,
    /// Until when its request to cancel stands.
    pub cancel_until: Option<Moment>,
}

impl Party {
    /// True if this party owns that end of a leg, which names this account of that participant.
    pub fn is(&self, owner: ParticipantId, account: &AccountId) -> bool {
        self.participant == owner && self.account.as_ref().is_none_or(|own| own == account)
    }
}

/// Values that are one party's own, as events tell them.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct OwnTerms {
    /// Partial settlements that it takes.
    pub policy: Policy,
    /// 0 is the lowest.
    pub priority: u8,
    /// Reference of its own; may be empty.
    pub reference: Reference,
}

impl From<&Party> for OwnTerms {
    fn from(party: &Party) -> Self {
        Self { policy: party.policy, priority: party.priority, reference: party.reference.clone() }
    }
}

impl From<PartyTerms> for OwnTerms {
    fn from(party: PartyTerms) -> Self {
        Self { policy: party.policy, priority: party.priority, reference: party.reference }
    }
}

/// Giver and receiver of a leg of this network.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Ends {
    /// The owner of the account that gives.
    pub giver: ParticipantId,
    /// The owner of the account that gets, and the holder of the leg's token.
    pub receiver: ParticipantId,
}

/// State of one leg.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct LegState {
    /// Giver and receiver; `None` for a leg of the other network, of which nothing is known or reserved here.
    pub ends: Option<Ends>,
    /// Lots in reservation, the formed tranche's included. Their amount is in escrow.
    pub reserved: Lots,
    /// The token of the current tranche, once the leg has lots in reservation.
    pub token: Option<TokenStatus>,
}

/// Flag by which somebody holds settlement back.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Flag {
    /// Kind of the flag, with its owner where it has one.
    pub kind: FlagKind,
    /// Reason that was given.
    pub reason: Reason,
}

/// Capacity in which a signer holds settlement back.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum FlagSource {
    /// As a party of the instruction.
    #[codec(index = 0)]
    Party,
    /// As the operator of the network.
    #[codec(index = 1)]
    Operator,
    /// As a regulator of the network.
    #[codec(index = 2)]
    Authority,
    /// As the settlement manager that the terms name, if it is no party.
    #[codec(index = 3)]
    Independent,
}

impl Open {
    /// Lots that have not settled.
    pub fn remaining(&self) -> Lots {
        // `settled` never exceeds the terms' lots: each tranche is a part of what remains.
        self.terms.lots.saturating_sub(self.settled)
    }

    /// The fewest lots reserved on any leg of this network.
    pub fn covered(&self) -> Lots {
        self.local().map(|(_, _, state, _)| state.reserved).min().unwrap_or(0)
    }

    /// The legs of this network, with their ends.
    pub fn local(&self) -> impl Iterator<Item = (LegIndex, &Leg, &LegState, Ends)> {
        let legs = (0u8..).map(LegIndex).zip(self.terms.legs.iter().zip(&self.legs));
        legs.filter_map(|(index, (leg, state))| state.ends.map(|ends| (index, leg, state, ends)))
    }

    /// True if another network has legs of it, and decides.
    pub fn is_across(&self) -> bool {
        self.terms.two_networks.is_some()
    }

    /// True if the participant is a party.
    pub fn has_party(&self, participant: ParticipantId) -> bool {
        self.parties.iter().any(|party| party.participant == participant)
    }

    /// The party at that end of a leg, to change it.
    pub fn party_mut(&mut self, owner: ParticipantId, account: &AccountId) -> Option<&mut Party> {
        self.parties.iter_mut().find(|party| party.is(owner, account))
    }

    /// Notes that the participant asks to cancel, until this instant. It speaks for all its sides.
    pub fn request_cancel(&mut self, participant: ParticipantId, until: Moment) {
        for party in self.parties.iter_mut().filter(|party| party.participant == participant) {
            party.cancel_until = Some(until);
        }
    }

    /// Ends every request to cancel.
    pub fn end_requests(&mut self) {
        for party in self.parties.iter_mut() {
            party.cancel_until = None;
        }
    }

    /// Forms a tranche of `lots`: its tokens arm, and requests to cancel end. `None`, and nothing changed, if the state does
    /// not take that.
    #[must_use]
    pub fn form(&mut self, lots: Lots) -> Option<()> {
        self.step(Step::TrancheFormed(lots))?;
        self.set_tokens(TokenStatus::Armed);
        self.end_requests();
        Some(())
    }

    /// True once all parties have affirmed.
    pub fn all_affirmed(&self) -> bool {
        self.parties.iter().all(|party| party.affirmed)
    }

    /// True while a party holds it back. While one does nothing is committed, nothing forms, and everything may go back.
    pub fn is_held(&self) -> bool {
        self.flags.iter().any(|flag| matches!(flag.kind, FlagKind::Party(_)))
    }

    /// Gives the party at this place what is its own from now on, and returns what was.
    pub fn set_own(&mut self, place: usize, own: OwnTerms) -> Option<OwnTerms> {
        let party = self.parties.get_mut(place)?;
        let before = OwnTerms::from(&*party);
        party.policy = own.policy;
        party.priority = own.priority;
        party.reference = own.reference;
        Some(before)
    }

    /// Takes the step; `None`, and nothing changed, if the state does not take it.
    #[must_use]
    pub fn step(&mut self, step: Step) -> Option<()> {
        self.state = self.state.after(step)?;
        Some(())
    }

    /// True once every token of the formed tranche is consumed.
    pub fn all_consumed(&self) -> bool {
        self.local().all(|(_, _, state, _)| state.token == Some(TokenStatus::Consumed))
    }

    /// Gives the token of every leg of this network this status.
    pub fn set_tokens(&mut self, status: TokenStatus) {
        for state in self.legs.iter_mut().filter(|state| state.ends.is_some()) {
            state.token = Some(status);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_should_take_exactly_its_own_steps() {
        let states = [
            State::Proposed,
            State::Matched,
            State::Formed { lots: 3 },
            State::Executing { lots: 3 },
            State::Committed { lots: 3 },
        ];
        let steps = [
            Step::AllAffirmed,
            Step::TrancheFormed(3),
            Step::Committed(3),
            Step::TokenConsumed,
            Step::TrancheSettled,
            Step::TrancheDissolved,
        ];
        let taken: Vec<(State, Step)> = states
            .into_iter()
            .flat_map(|state| steps.into_iter().map(move |step| (state, step)))
            .filter(|(state, step)| state.after(*step).is_some())
            .collect();
        assert_eq!(
            taken,
            [
                (State::Proposed, Step::AllAffirmed),
                (State::Matched, Step::TrancheFormed(3)),
                (State::Matched, Step::Committed(3)),
                (State::Formed { lots: 3 }, Step::TokenConsumed),
                (State::Formed { lots: 3 }, Step::TrancheSettled),
                (State::Formed { lots: 3 }, Step::TrancheDissolved),
                (State::Executing { lots: 3 }, Step::TokenConsumed),
                (State::Executing { lots: 3 }, Step::TrancheSettled),
                (State::Committed { lots: 3 }, Step::TrancheSettled),
            ]
        );
    }
}
