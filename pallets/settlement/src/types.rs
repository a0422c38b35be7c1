//! Stored types of an instruction's life. None depends on the pallet's `Config`.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use tandem_primitives::{
    AccountId, BlockNumber, FlagKind, Leg, LegIndex, Lots, Moment, Outcome, ParticipantId, PartyTerms, Policy,
    Reference, TermsHash, TokenStatus, TrancheIndex, VersionedTerms, MAX_LEGS, MAX_PARTIES,
};

pub use tandem_primitives::Affirmation;

/// Maximum number of flags on one instruction.
pub const MAX_FLAGS: u32 = 8;

/// Maximum length of a reason, in bytes (ISO 20022 `Max140Text` of ASCII).
pub const MAX_REASON: u32 = 140;

/// Reason of a rejection or a flag, as text that the signer of the call wrote.
pub type Reason = BoundedVec<u8, ConstU32<MAX_REASON>>;

/// Record that the storage item `Instructions` keeps under an instruction's id.
// The open one is large, and is what every call reads: a box would not make it smaller in storage.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Instruction {
    /// Instruction that has not ended, with all that it needs to settle or to return what is reserved.
    #[codec(index = 0)]
    Open(Open),
    /// Small record of an instruction that has ended. The sweep removes it after its retention.
    #[codec(index = 1)]
    Closed(Closed),
}

/// Instruction that has not ended.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Open {
    /// Terms of the trade, in the version of the encoding in which they were instructed.
    pub terms: VersionedTerms,
    /// Hash of `terms`, which the parties affirm.
    pub terms_hash: TermsHash,
    /// Account that signed `instruct`. The genesis hash, this account and the terms' hash make the instruction's id.
    pub instructing: AccountId,
    /// Parties on this network, in the order in which the legs name them. Each participant that gives or receives is
    /// one party; one at both ends of a leg is a party with each of its accounts.
    pub parties: BoundedVec<Party, ConstU32<MAX_PARTIES>>,
    /// States of the legs, one for each leg of the terms and in the terms' order.
    pub legs: BoundedVec<LegState, ConstU32<MAX_LEGS>>,
    /// State of the instruction, such as proposed or matched.
    pub state: State,
    /// Lots that have settled so far; always less than the lots of the terms.
    pub settled: Lots,
    /// Number of the tranche that forms next or has formed, counted from 0; so also the number of tranches that have
    /// settled.
    pub tranche: TrancheIndex,
    /// Flags that hold back settlement; at most one of each kind and participant.
    pub flags: BoundedVec<Flag, ConstU32<MAX_FLAGS>>,
    /// Blocks at which the instruction reached the points of settlement finality.
    pub points: Points,
}

/// Record of an instruction that has ended. It never changes.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Closed {
    /// Hash of the terms, which the parties affirmed or were asked to affirm.
    pub terms_hash: TermsHash,
    /// Outcome with which the instruction ended.
    pub outcome: Outcome,
    /// Lots that settled, over all tranches.
    pub lots: Lots,
    /// Number of tranches that settled.
    pub tranches: TrancheIndex,
    /// Deadline of the terms, in milliseconds of consensus time.
    pub deadline: Moment,
    /// Instant at which the instruction ended, in milliseconds of consensus time. A proof of the other network's
    /// decision can end it after the deadline.
    pub ended: Moment,
    /// Blocks at which the instruction reached the points of settlement finality.
    pub points: Points,
}

impl Closed {
    /// Instant from which the sweep may remove this record: `retention` after the deadline or the end, whichever is
    /// later. All are milliseconds.
    pub fn kept_until(&self, retention: Moment) -> Moment {
        // Saturating: an instant beyond the end of time only means that the record is kept.
        self.deadline.max(self.ended).saturating_add(retention)
    }
}

/// Blocks at which an instruction reached the points of settlement finality.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Points {
    /// Block in which the trade was instructed.
    pub entered: BlockNumber,
    /// Block in which the lots for the current tranche became irrevocable or were committed; until then, that of the
    /// tranche before. `None` for the first tranche until then, and again after a release that frees all lots.
    pub irrevocable: Option<BlockNumber>,
    /// Block in which the most recent tranche settled; `None` before any has.
    pub last_tranche: Option<BlockNumber>,
}

/// State of an open instruction. [`State::after`] has every transition.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum State {
    /// At least one party has not affirmed the terms.
    #[codec(index = 0)]
    Proposed,
    /// All parties have affirmed, and no tranche has formed; the givers may reserve lots.
    #[codec(index = 1)]
    Matched,
    /// A tranche has formed, and waits to be executed.
    #[codec(index = 2)]
    Formed {
        /// Number of lots of the formed tranche.
        lots: Lots,
    },
    /// At least one token of the formed tranche is consumed: its leg is delivered, and its amount in escrow until all
    /// are.
    #[codec(index = 3)]
    Executing {
        /// Number of lots of the formed tranche.
        lots: Lots,
    },
    /// A tranche is committed, and waits for the other network's decision.
    #[codec(index = 4)]
    Committed {
        /// Maximum number of lots that the other network may execute.
        lots: Lots,
    },
}

/// Change of an instruction from one open state to another. An end is not a step: it turns the record into [`Closed`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// All parties have affirmed now.
    AllAffirmed,
    /// A tranche of this many lots formed.
    TrancheFormed(Lots),
    /// A tranche of at most this many lots was committed to the decision of the other network.
    Committed(Lots),
    /// A token of the formed tranche was consumed.
    TokenConsumed,
    /// The tranche settled. If no lots are left, the instruction is closed right after this step.
    TrancheSettled,
    /// A party withdrew lots from the formed tranche, because another party is sanctioned.
    TrancheDissolved,
}

impl State {
    /// State that follows this one by `step`; `None` if `step` is not possible in this state.
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

    /// Number of lots of the formed tranche, or the maximum number of the committed one; `None` in the other states.
    pub fn formed(self) -> Option<Lots> {
        match self {
            State::Proposed | State::Matched => None,
            State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => Some(lots),
        }
    }
}

/// Party of an instruction: a participant with all its accounts or, if it is at both ends of a leg, one of its
/// accounts.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Party {
    /// Participant that is the party, or that owns `account`.
    pub participant: ParticipantId,
    /// Account of the terms that is this party, if its participant is at both ends of a leg; `None` if the participant
    /// is one party with all its accounts.
    pub account: Option<AccountId>,
    /// True once the party, or an agent for it, has affirmed the terms.
    pub affirmed: bool,
    /// True if an account of the party's own participant affirmed; false if an agent did, or nobody yet.
    pub affirmed_itself: bool,
    /// Parts that this party accepts to settle.
    pub policy: Policy,
    /// Priority that the party gives the trade; 0 is the lowest. It has no effect on the chain: clients and managers
    /// settle higher ones first.
    pub priority: u8,
    /// Reference that this party alone uses for the trade; may be empty.
    pub reference: Reference,
    /// Instant at which the party's request to cancel lapses, in milliseconds of consensus time; `None` without a
    /// request.
    pub cancel_until: Option<Moment>,
}

impl Party {
    /// True if this party is the giver or receiver of a leg that names `account`, an account of the participant
    /// `owner`.
    pub fn is(&self, owner: ParticipantId, account: &AccountId) -> bool {
        self.participant == owner && self.account.as_ref().is_none_or(|own| own == account)
    }
}

/// Values that a party sets for itself and the other parties do not affirm, as events carry them.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct OwnTerms {
    /// Parts that the party accepts to settle.
    pub policy: Policy,
    /// Priority that the party gives the trade; 0 is the lowest. It has no effect on the chain.
    pub priority: u8,
    /// Reference that the party alone uses for the trade; may be empty.
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

/// Participants that give and receive a leg of this network.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Ends {
    /// Owner of the account from which the leg moves its asset.
    pub giver: ParticipantId,
    /// Owner of the account to which the leg moves its asset. That account holds the leg's token.
    pub receiver: ParticipantId,
}

/// State of one leg of an open instruction.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct LegState {
    /// Giver and receiver of the leg; `None` if the leg is on the other network, which alone looks up and reserves it.
    pub ends: Option<Ends>,
    /// Number of lots of the leg that are reserved, including those of a formed tranche. Escrow has their amount.
    pub reserved: Lots,
    /// Status of the leg's token for the current tranche; `None` while no lots of the leg are reserved.
    pub token: Option<TokenStatus>,
}

/// Flag that holds back the settlement of an instruction.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Flag {
    /// Kind of the flag; for a party or a manager it names the participant that set it.
    pub kind: FlagKind,
    /// Reason that the signer of `set_flag` gave.
    pub reason: Reason,
}

/// Capacity in which the signer of `set_flag` or `clear_flag` acts.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum FlagSource {
    /// Signer acts for its participant, which is a party of the instruction.
    #[codec(index = 0)]
    Party,
    /// Signer has the role operator, and its participant is no party of the instruction.
    #[codec(index = 1)]
    Operator,
    /// Signer has the role regulator, and its participant is no party of the instruction.
    #[codec(index = 2)]
    Authority,
    /// Signer is the settlement manager that the terms name, and no party of the instruction. The operator and a
    /// regulator may clear the manager's flag as well.
    #[codec(index = 3)]
    Independent,
}

impl Open {
    /// Number of lots that have not settled yet.
    pub fn remaining(&self) -> Lots {
        // `settled` never exceeds the terms' lots: each tranche is a part of what remains.
        self.terms.lots.saturating_sub(self.settled)
    }

    /// Number of lots that every leg of this network has in reservation: the smallest number reserved on any of them.
    pub fn covered(&self) -> Lots {
        self.local().map(|(_, _, state, _)| state.reserved).min().unwrap_or(0)
    }

    /// Legs of this network, each with its position in the terms, its state, and its giver and receiver.
    pub fn local(&self) -> impl Iterator<Item = (LegIndex, &Leg, &LegState, Ends)> {
        let legs = (0u8..).map(LegIndex).zip(self.terms.legs.iter().zip(&self.legs));
        legs.filter_map(|(index, (leg, state))| state.ends.map(|ends| (index, leg, state, ends)))
    }

    /// True if the trade is across two networks: the other one has legs of the trade, and decides.
    pub fn is_across(&self) -> bool {
        self.terms.two_networks.is_some()
    }

    /// True if the participant is a party of this instruction, with all its accounts or with some.
    pub fn has_party(&self, participant: ParticipantId) -> bool {
        self.parties.iter().any(|party| party.participant == participant)
    }

    /// Mutable access to the party that owns `account` in a leg: the participant `owner`, or that one account of it.
    pub fn party_mut(&mut self, owner: ParticipantId, account: &AccountId) -> Option<&mut Party> {
        self.parties.iter_mut().find(|party| party.is(owner, account))
    }

    /// Records the participant's request to cancel, which lapses at the instant `until`. It counts for each party that
    /// the participant is.
    pub fn request_cancel(&mut self, participant: ParticipantId, until: Moment) {
        for party in self.parties.iter_mut().filter(|party| party.participant == participant) {
            party.cancel_until = Some(until);
        }
    }

    /// Ends the requests to cancel of all parties.
    pub fn end_requests(&mut self) {
        for party in self.parties.iter_mut() {
            party.cancel_until = None;
        }
    }

    /// Forms a tranche of `lots` lots: arms its tokens and ends the requests to cancel. Returns `None` and changes
    /// nothing if no tranche can form in this state.
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

    /// True while a party's flag is set on the instruction. Until it is cleared no tranche forms, nothing is committed,
    /// and each giver may release what it has reserved.
    pub fn is_held(&self) -> bool {
        self.flags.iter().any(|flag| matches!(flag.kind, FlagKind::Party(_)))
    }

    /// Replaces the policy, priority and reference of the party at index `place` of `parties`, and returns the replaced
    /// ones; `None` if there is no such party.
    pub fn set_own(&mut self, place: usize, own: OwnTerms) -> Option<OwnTerms> {
        let party = self.parties.get_mut(place)?;
        let before = OwnTerms::from(&*party);
        party.policy = own.policy;
        party.priority = own.priority;
        party.reference = own.reference;
        Some(before)
    }

    /// Changes the state by `step`. Returns `None` and changes nothing if `step` is not possible in this state.
    #[must_use]
    pub fn step(&mut self, step: Step) -> Option<()> {
        self.state = self.state.after(step)?;
        Some(())
    }

    /// True once the tokens of all legs of this network are consumed.
    pub fn all_consumed(&self) -> bool {
        self.local().all(|(_, _, state, _)| state.token == Some(TokenStatus::Consumed))
    }

    /// Sets the tokens of all legs of this network to `status`.
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
