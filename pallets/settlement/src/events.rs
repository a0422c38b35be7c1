//! Events and errors of settlement.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// Events of settlement, complete enough to rebuild every state from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    // One carries whole terms, the others little; all are encoded at once and never kept.
    #[allow(clippy::large_enum_variant)]
    pub enum Event<T: Config> {
        /// A party put a trade on the chain.
        Instructed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Terms that the other parties are asked to affirm; they name the reference.
            terms: VersionedTerms,
            /// Hash of the terms.
            terms_hash: TermsHash,
            /// Account that signed the call.
            by: AccountId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Account that is this side, where the participant is at both ends of a leg.
            account: Option<AccountId>,
            /// Policy, priority and reference of that party's own.
            own: OwnTerms,
        },
        /// A party is said to have agreed a trade, and has not affirmed it.
        InstructionAlleged {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant that is asked to affirm.
            participant: ParticipantId,
            /// Account that is this side, where the participant is at both ends of a leg.
            account: Option<AccountId>,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party agreed to the terms.
        Affirmed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Account that is this side, where the participant is at both ends of a leg.
            account: Option<AccountId>,
            /// Account that signed the call.
            by: AccountId,
            /// Policy, priority and reference of the party's own.
            own: OwnTerms,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party's own view of the terms differs. Nothing else changed.
        MatchFailed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Account that is this side, where the participant is at both ends of a leg.
            account: Option<AccountId>,
            /// Every term that differs.
            fields: Vec<Term>,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// All parties have affirmed.
        Matched {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party changed its own policy, priority or reference.
        PartyChanged {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Account that is this side, where the participant is at both ends of a leg.
            account: Option<AccountId>,
            /// Values until this call.
            old: OwnTerms,
            /// Values from now on.
            new: OwnTerms,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Lots of a leg moved into escrow, or, completing the whole, straight to the receiver.
        Reserved {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// Amount that moved, in the asset's smallest unit.
            amount: Balance,
            /// Token that executes the leg.
            token: TokenId,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A reservation of up to so many lots reserved fewer: the balance did not cover more, or no allowed part uses more.
        ReservationShort {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Lots that were wanted.
            wanted: Lots,
            /// Lots that were reserved.
            reserved: Lots,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Lots of a leg went back to their owner.
        Released {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// Amount that moved, in the asset's smallest unit.
            amount: Balance,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Nobody can take back any longer what a tranche of this size needs.
        Irrevocable {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Largest part that all parties take and all reservations cover.
            lots: Lots,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A tranche formed: its tokens are armed, and requests to cancel have ended.
        TrancheFormed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Number of the tranche, from 0.
            tranche: TrancheIndex,
            /// Lots of the tranche.
            lots: Lots,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A tranche formed and may not settle yet; `settle` or the sweep does it once nothing stands in the way.
        SettlementDeferred {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Everything that stands in the way.
            reasons: Vec<BlockingReason>,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A token was used: its leg is delivered, in escrow until the tranche settles.
        TokenConsumed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Token of the leg.
            token: TokenId,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A delivery went back because the other was not made in time.
        TokenReversed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Token of the leg.
            token: TokenId,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A tranche settled: every leg is paid, or credited where it could not be taken.
        TrancheSettled {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Number of the tranche, from 0.
            tranche: TrancheIndex,
            /// Lots of the tranche.
            lots: Lots,
            /// Lots that had settled before.
            old: Lots,
            /// Lots that have settled now.
            new: Lots,
            /// Amount that each leg moved, in its asset's smallest unit.
            amounts: Vec<Balance>,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party asks to cancel: alone that is enough before all have affirmed, and all of them after.
        CancelRequested {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Instant until which the request stands, in milliseconds of consensus time.
            until: Moment,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party refused the trade.
        Rejected {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Participant for which it signed.
            participant: ParticipantId,
            /// Reason that it gave.
            reason: Reason,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Somebody holds settlement back.
        FlagSet {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Kind of the flag, with its owner where it has one.
            kind: FlagKind,
            /// Reason that was given.
            reason: Reason,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Somebody holds settlement back no longer.
        FlagCleared {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Kind of the flag, with its owner where it has one.
            kind: FlagKind,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// The instruction is over, and everything that had not settled is back with its owner.
        Closed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Way in which it ended.
            outcome: Outcome,
            /// Lots that settled.
            lots: Lots,
            /// Lots of the whole trade.
            of: Lots,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// The record of a closed instruction is past its retention and gone.
        Pruned {
            /// Instruction that it happened to.
            id: InstructionId,
        },
        /// The sweep could not close an instruction and tries again later. Anybody can call `expire` meanwhile.
        SweepFailed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Error that stopped it.
            error: DispatchError,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A tranche was committed: its tokens are armed, its flags and requests to cancel have ended, nothing here takes it
        /// back, and the other network decides.
        Committed {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Number of the tranche, from 0.
            tranche: TrancheIndex,
            /// Largest number of lots that the other network may execute.
            lots: Lots,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// The other network has paid, and so used the token of a leg of this one.
        TokenProven {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Leg of the terms.
            leg: LegIndex,
            /// Token of the leg.
            token: TokenId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// A party left a formed tranche because of the sanction of another one: nothing is formed any more.
        TrancheDissolved {
            /// Instruction that it happened to.
            id: InstructionId,
            /// Number of the tranche, from 0.
            tranche: TrancheIndex,
            /// Lots of the tranche.
            lots: Lots,
            /// Account whose call led to it; none for the sweep and for the other network's decision.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
    }

    /// Causes of a failed call, each with its cure.
    #[pallet::error]
    pub enum Error<T> {
        /// No instruction has this id. It may be past its retention; compute the id again from the terms.
        NotFound,
        /// An instruction of the same terms by the same account exists already. Give another trade another reference.
        AlreadyExists,
        /// The instruction is closed. Ask for its outcome.
        AlreadyClosed,
        /// The signer's participant may not do this to this instruction. Sign as a party, its agent, the holder or
        /// the manager, as the call says.
        NotAuthorized,
        /// The trade, or what the agent moves on this day, is outside its mandate. The principal acts itself, or gives the
        /// agent another mandate.
        BeyondMandate,
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
        /// From `settle_from`, or from `manager_by`, to the deadline (across two networks to `reserve_by`) there is less than
        /// `MinSettleTime`, so that nothing could settle. Agree a later one.
        NoTimeToSettle,
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
        /// The number of lots is zero.
        ZeroLots,
        /// More lots than remain, or than are reserved.
        TooManyLots,
        /// The lots are committed to a tranche and cannot be taken back before its time.
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
        /// Nothing is due that is not done: `reserve_by` has not come, or it has, a tranche waits without any
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
