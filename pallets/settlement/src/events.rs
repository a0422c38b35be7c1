//! What settlement says and refuses.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// What happened, complete enough to rebuild every state from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    // One carries whole terms, the others little; all are encoded at once and never kept.
    #[allow(clippy::large_enum_variant)]
    pub enum Event<T: Config> {
        /// A party put a trade on the chain.
        Instructed {
            /// The instruction.
            id: InstructionId,
            /// The terms that the other parties are asked to affirm.
            terms: VersionedTerms,
            /// Their hash.
            terms_hash: TermsHash,
            /// The account that signed.
            by: AccountId,
            /// The party that it is for.
            participant: ParticipantId,
            /// What is that party's own.
            own: OwnTerms,
        },
        /// A party is said to have agreed a trade, and has not affirmed it.
        InstructionAlleged {
            /// The instruction.
            id: InstructionId,
            /// The party that is asked.
            participant: ParticipantId,
            /// The common reference.
            reference: Reference,
        },
        /// A party agreed to the terms.
        Affirmed {
            /// The instruction.
            id: InstructionId,
            /// The party.
            participant: ParticipantId,
            /// The account that signed.
            by: AccountId,
            /// What is the party's own.
            own: OwnTerms,
        },
        /// A party's own view of the terms differs. Nothing else changed.
        MatchFailed {
            /// The instruction.
            id: InstructionId,
            /// The party.
            participant: ParticipantId,
            /// Every term that differs.
            fields: Vec<Term>,
            /// The common reference of the instruction.
            reference: Reference,
        },
        /// All parties have affirmed.
        Matched {
            /// The instruction.
            id: InstructionId,
            /// The common reference.
            reference: Reference,
        },
        /// A party set what is its own.
        PartyChanged {
            /// The instruction.
            id: InstructionId,
            /// The party.
            participant: ParticipantId,
            /// What was its own until now.
            old: OwnTerms,
            /// What is its own from now on.
            new: OwnTerms,
        },
        /// Lots of a leg moved into escrow, or, completing the whole, straight to the receiver.
        Reserved {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// What moved, in the asset's smallest unit.
            amount: Balance,
            /// The token that executes the leg.
            token: TokenId,
        },
        /// The balance covered fewer lots than were wanted.
        ReservationShort {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// Lots that were wanted.
            wanted: Lots,
            /// Lots that were reserved.
            reserved: Lots,
        },
        /// Lots of a leg went back to their owner.
        Released {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// What moved, in the asset's smallest unit.
            amount: Balance,
        },
        /// What a tranche of this size needs can no longer be taken back.
        Irrevocable {
            /// The instruction.
            id: InstructionId,
            /// The largest part that all parties take and all reservations cover.
            lots: Lots,
        },
        /// A tranche formed: its tokens are armed.
        TrancheFormed {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// Its lots.
            lots: Lots,
        },
        /// A tranche formed and may not settle yet; `settle` does it once nothing stands in the way.
        SettlementDeferred {
            /// The instruction.
            id: InstructionId,
            /// Everything that stands in the way.
            reasons: Vec<BlockingReason>,
        },
        /// A token was used: its leg is delivered, in escrow until the tranche settles.
        TokenConsumed {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// The token.
            token: TokenId,
            /// The account that used it.
            by: AccountId,
        },
        /// A delivery went back because the other was not made in time.
        TokenReversed {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// The token.
            token: TokenId,
        },
        /// A tranche settled: every leg is paid, or credited where it could not be taken.
        TrancheSettled {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// Its lots.
            lots: Lots,
            /// Lots settled before.
            old: Lots,
            /// Lots settled now.
            new: Lots,
            /// What each leg moved, in its asset's smallest unit.
            amounts: Vec<Balance>,
            /// The common reference.
            reference: Reference,
        },
        /// A party asks to cancel: alone that is enough before all have affirmed, and all of them after.
        CancelRequested {
            /// The instruction.
            id: InstructionId,
            /// The party.
            participant: ParticipantId,
            /// Until when the request stands, in milliseconds of consensus time.
            until: Moment,
        },
        /// A party refused the trade.
        Rejected {
            /// The instruction.
            id: InstructionId,
            /// The party.
            participant: ParticipantId,
            /// Its reason.
            reason: Reason,
        },
        /// Somebody holds settlement back.
        FlagSet {
            /// The instruction.
            id: InstructionId,
            /// Who.
            kind: FlagKind,
            /// Why.
            reason: Reason,
        },
        /// Somebody holds settlement back no longer.
        FlagCleared {
            /// The instruction.
            id: InstructionId,
            /// Who.
            kind: FlagKind,
        },
        /// The instruction is over, and everything that had not settled is back with its owner.
        Closed {
            /// The instruction.
            id: InstructionId,
            /// How it ended.
            outcome: Outcome,
            /// Lots that settled.
            lots: Lots,
            /// Of so many.
            of: Lots,
            /// The common reference.
            reference: Reference,
        },
        /// The record of a closed instruction is past its retention and gone.
        Pruned {
            /// The instruction.
            id: InstructionId,
        },
        /// The sweep could not close an instruction and tries again later. Anybody can call `expire` meanwhile.
        SweepFailed {
            /// The instruction.
            id: InstructionId,
            /// Why.
            error: DispatchError,
        },
        /// A tranche was committed: its tokens are armed, nothing here takes it back, and the other network decides.
        Committed {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// The most lots that the other network may execute.
            lots: Lots,
            /// The account that signed.
            by: AccountId,
            /// The common reference.
            reference: Reference,
        },
        /// The other network has paid, and so used the token of a leg of this one.
        TokenProven {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// The token.
            token: TokenId,
        },
    }

    /// Why a call failed, and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// No instruction has this id. It may be past its retention; compute the id again from the terms.
        NotFound,
        /// The same account has instructed the same terms. Give another trade another reference.
        AlreadyExists,
        /// The instruction is closed. Ask for its outcome.
        AlreadyClosed,
        /// The signer's participant may not do this to this instruction. Sign as a party, its agent, the holder or
        /// the manager, as the call says.
        NotAuthorized,
        /// The signer's participant is not active. Ask the regulator for its status.
        NotActive,
        /// An account of a leg belongs to no participant. Register it first.
        PartyNotFound,
        /// A party of the trade is not active. It can be instructed once the regulator has reinstated it.
        PartyNotActive,
        /// A party of the trade has no role that may settle: trader, issuer, custodian or settlement bank.
        PartyWithoutRole,
        /// The terms' manager is no active settlement manager.
        ManagerNotFound,
        /// An asset of a leg is not in the registry. List it first.
        AssetNotFound,
        /// The terms contradict themselves or leave something out. The fault says which term to change.
        BadTerms(TermsFault),
        /// The network of the terms that holds the instruction is not this one: of two it is the one that does not
        /// decide. Instruct it there.
        OtherNetwork,
        /// The other network of the terms is not the counterpart that is open on this chain, or nothing of it can be proven
        /// now. Ask the operator.
        CounterpartNotOpen,
        /// A quantity of a security is not a multiple of lots times its settlement unit. Use fewer lots.
        NotAMultipleOfUnit,
        /// The deadline is further away than `MaxInstructionLife`.
        LifeTooLong,
        /// A minimum is zero or above the whole, or names a leg that is not there.
        MinimumNotPossible,
        /// A hashed timelock settles whole or not at all: every party's policy must be `Npar`.
        PartialWithHashlock,
        /// The instant until which this was possible has passed. `expire` returns what is left.
        TooLate,
        /// The instant from which this is possible has not come.
        TooEarly,
        /// This party has affirmed already.
        AlreadyAffirmed,
        /// The hash, or the hash of one's own view, is not the one of this instruction's terms. Read them again.
        TermsDiffer,
        /// The instruction is not in a state that takes this call. Ask for its blocking reasons.
        WrongState,
        /// This is not how the terms say it is executed.
        WrongExecution,
        /// The terms have no such leg.
        LegNotFound,
        /// Zero lots.
        ZeroLots,
        /// More lots than remain, or than are reserved.
        TooManyLots,
        /// What a tranche needs is committed and cannot be taken back before its time.
        Irrevocable,
        /// A part of this size is not what all parties take.
        PartNotAllowed,
        /// The party has not affirmed, and only reserves what it has agreed to.
        NotAffirmed,
        /// The token is not armed: no tranche has formed.
        TokenNotArmed,
        /// The token was used before.
        TokenConsumed,
        /// The preimage is missing, or its hash is not the one in the terms.
        WrongPreimage,
        /// Something stands in the way of settlement. Ask for all blocking reasons.
        Blocked,
        /// A tranche has executed: nobody can cancel.
        AlreadyExecuted,
        /// Time has decided nothing that is not done: `reserve_by` has not come, or it has, a tranche waits without any
        /// surplus, and the deadline has not.
        NotDue,
        /// This flag is set already.
        FlagAlreadySet,
        /// This flag is not set.
        FlagNotFound,
        /// The instruction has as many flags of parties and managers as it can. Ask one of them to clear its own.
        TooManyFlags,
        /// From `reserve_by`, or from the commitment, to the pay deadline there is less than the least settlement window.
        /// Agree a later pay deadline, or commit earlier.
        WindowTooShort,
        /// The leg is on the other network. Reserve it there.
        LegElsewhere,
        /// The other network decides this trade: it settles by `Counterpart::commit` and in no other way.
        NeedsCommit,
        /// The tranche is committed and the other network decides. Prove its decision, or that its time has passed.
        AlreadyCommitted,
        /// No tranche is committed: what is proven has been applied, or was never asked for.
        NotCommitted,
        /// The trade is on one network. It settles without a commitment.
        OneNetwork,
    }
}
