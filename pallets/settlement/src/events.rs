//! Events and errors of settlement.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors of the pallet, in a section that the module `pallet` imports.
#[pallet_section]
mod events {
    /// Events of settlement, complete enough to rebuild every state from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    // One carries whole terms, the others little; all are encoded at once and never kept.
    #[allow(clippy::large_enum_variant)]
    pub enum Event<T: Config> {
        /// A party instructed a trade: its terms are on the chain, and the other parties are asked to affirm them.
        Instructed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Terms that the other parties are asked to affirm. The trade's common reference is one of them.
            terms: VersionedTerms,
            /// Hash of `terms`, which the other parties affirm.
            terms_hash: TermsHash,
            /// Account that signed the `instruct` call.
            by: AccountId,
            /// Party that instructed: the participant of the account `by`, or the principal for which that account acts
            /// as agent.
            participant: ParticipantId,
            /// Account for which the party instructed, if the participant is at both ends of a leg and so is a party
            /// with each of its accounts; `None` otherwise.
            account: Option<AccountId>,
            /// Policy, priority and own reference that the instructing party gave for itself.
            own: OwnTerms,
        },
        /// A participant that has not affirmed an instructed trade is named as a party of it, and is asked to affirm or
        /// reject.
        InstructionAlleged {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party that is asked to affirm.
            participant: ParticipantId,
            /// Account for which the participant is asked to affirm, if it is at both ends of a leg and so is a party
            /// with each of its accounts; `None` otherwise.
            account: Option<AccountId>,
            /// Account that signed the `instruct` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party affirmed the terms of an instruction.
        Affirmed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party that affirmed: the participant of the account `by`, or the principal for which that account acts
            /// as agent.
            participant: ParticipantId,
            /// Account for which the party affirmed, if the participant is at both ends of a leg and so is a party with
            /// each of its accounts; `None` otherwise.
            account: Option<AccountId>,
            /// Account that signed the `affirm` call.
            by: AccountId,
            /// Policy, priority and own reference that the affirming party gave for itself.
            own: OwnTerms,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party called `affirm` with its own version of the terms, which differs from the instruction's. The party
        /// has not affirmed, and nothing else changed.
        MatchFailed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party whose terms differ: the participant of the account `by`, or the principal for which that account
            /// acts as agent.
            participant: ParticipantId,
            /// Account for which the party tried to affirm, if the participant is at both ends of a leg and so is a
            /// party with each of its accounts; `None` otherwise.
            account: Option<AccountId>,
            /// All terms in which the party's version differs from the instruction's.
            fields: Vec<Term>,
            /// Account that signed the `affirm` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// All parties have affirmed the instruction: its state is now `Matched`.
        Matched {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Account that signed the last party's `affirm` call, or the `instruct` call if nobody else had to affirm.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party changed its own policy, priority or reference.
        PartyChanged {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party whose values changed: the participant of the account `by`, or the principal for which that account
            /// acts as agent.
            participant: ParticipantId,
            /// Account of the party whose values changed, if the participant is at both ends of a leg and so is a party
            /// with each of its accounts; `None` otherwise.
            account: Option<AccountId>,
            /// Policy, priority and own reference of the party until this call.
            old: OwnTerms,
            /// Policy, priority and own reference of the party from now on.
            new: OwnTerms,
            /// Account that signed the `set_party` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// Lots of a leg were reserved: their amount moved from the giver into escrow or, if they completed a trade
        /// that settled at once, straight to the receiver.
        Reserved {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the leg that was reserved, from 0.
            leg: LegIndex,
            /// Lots of the leg that were in reservation before the call.
            old: Lots,
            /// Lots of the leg in reservation now, including those that went straight to the receiver.
            new: Lots,
            /// Amount that left the giver's account, in the smallest unit of the leg's asset.
            amount: Balance,
            /// Settlement token of the leg for the current tranche. Its holder is the leg's receiver.
            token: TokenId,
            /// Account that signed the call (`reserve`, `instruct` or `affirm`).
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A reservation with `UpTo` reserved fewer lots than asked for. The giver's balance covers no more, the
        /// parties accept no larger part, or an asset is frozen or off the list.
        ReservationShort {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the leg to reserve, from 0.
            leg: LegIndex,
            /// Lots that the call asked for, or all that the leg had left if that was less.
            wanted: Lots,
            /// Lots that the call reserved; may be 0.
            reserved: Lots,
            /// Account that signed the call (`reserve`, `instruct` or `affirm`).
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// Reserved lots of a leg went from escrow back to the leg's giver, or became its credit.
        Released {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the leg whose lots were released, from 0.
            leg: LegIndex,
            /// Lots of the leg that were in reservation before.
            old: Lots,
            /// Lots of the leg that are still in reservation.
            new: Lots,
            /// Amount that the giver got back, in the smallest unit of the leg's asset.
            amount: Balance,
            /// Account whose call released the lots, or that brought the other network's decision; `None` if the sweep or a
            /// message did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// Enough lots are now reserved on every leg for a part that all parties accept. From now on no party alone can
        /// take back what this part needs.
        Irrevocable {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Lots of the largest part that every leg covers and all parties accept.
            lots: Lots,
            /// Account whose call made the part irrevocable; `None` if the sweep did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A tranche formed: its tokens are armed, and requests to cancel the instruction have ended.
        TrancheFormed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Number of the tranche that formed, counted from 0 within the instruction.
            tranche: TrancheIndex,
            /// Number of lots of the formed tranche.
            lots: Lots,
            /// Account whose call formed the tranche; `None` if the sweep did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A tranche is ready to settle, but something blocks it. `settle` by anybody, or the sweep, settles it once
        /// nothing does.
        SettlementDeferred {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// All reasons that block the tranche now.
            reasons: Vec<BlockingReason>,
            /// Account whose call would have settled the tranche; `None` if the sweep tried.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A token was used, or the preimage of the hashlock was shown: the leg counts as delivered, and its amount
        /// stays in escrow until the tranche settles.
        TokenConsumed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the delivered leg, from 0.
            leg: LegIndex,
            /// Settlement token of the delivered leg.
            token: TokenId,
            /// Account that signed the `execute` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A delivered leg is undone because the instruction ended before its tranche settled: the amount goes back to
        /// the giver.
        TokenReversed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the leg whose delivery is undone, from 0.
            leg: LegIndex,
            /// Settlement token of that leg, which had been consumed.
            token: TokenId,
            /// Account whose call closed the instruction; `None` if the sweep did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A tranche settled: every leg of this network is paid to its receiver, or credited to a receiver that cannot
        /// take it.
        TrancheSettled {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Number of the tranche that settled, counted from 0 within the instruction.
            tranche: TrancheIndex,
            /// Lots that the tranche settled.
            lots: Lots,
            /// Lots of the instruction that had settled before this tranche.
            old: Lots,
            /// Lots of the instruction that have settled, this tranche included.
            new: Lots,
            /// Amount that the tranche moved on each leg, in the order of the terms and in the smallest unit of the
            /// leg's asset.
            amounts: Vec<Balance>,
            /// Account whose call settled the tranche, or that brought the other network's decision; `None` if the sweep or
            /// a message did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party asked to cancel the instruction. Before all parties have affirmed, or while another party is
        /// sanctioned, that alone cancels it; otherwise all parties must ask.
        CancelRequested {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party that asked: the participant of the account `by`, or the principal for which that account acts as
            /// agent.
            participant: ParticipantId,
            /// Instant at which the request lapses, in milliseconds of consensus time.
            until: Moment,
            /// Account that signed the `cancel` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party that had not affirmed refused the trade, which closes the instruction.
        Rejected {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Party that refused: the participant of the account `by`, or the principal for which that account acts as
            /// agent.
            participant: ParticipantId,
            /// Reason that the party gave, as text.
            reason: Reason,
            /// Account that signed the `reject` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party, the operator, a regulator or the settlement manager set a flag that holds back the settlement of an
        /// instruction.
        FlagSet {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Kind of the flag that was set; for a party or a manager it names the participant.
            kind: FlagKind,
            /// Reason that the signer gave, as text.
            reason: Reason,
            /// Account that signed the `set_flag` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A flag that held back the settlement of an instruction was cleared.
        FlagCleared {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Kind of the flag that was cleared; for a party or a manager it names the participant that had set it.
            kind: FlagKind,
            /// Account that signed the `clear_flag` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// The instruction ended. All that was reserved and had not settled is back with its giver, or credited to it.
        Closed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Outcome with which the instruction ended.
            outcome: Outcome,
            /// Lots of the instruction that settled in all.
            lots: Lots,
            /// Total number of lots in the terms.
            of: Lots,
            /// Account whose call ended the instruction, or that brought the other network's decision; `None` if the sweep
            /// or a message did.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// The sweep removed the record of a closed instruction, because its retention had passed.
        Pruned {
            /// Id of the instruction that the event is about.
            id: InstructionId,
        },
        /// The sweep could not do what is due for an instruction, and tries again a minute later. Anybody can call
        /// `expire` meanwhile.
        SweepFailed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Error that the sweep met.
            error: DispatchError,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A tranche of a trade across two networks was committed: the other network decides now, and nothing on this
        /// one takes the tranche back. Its tokens are armed; flags and requests to cancel have ended.
        Committed {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Number of the committed tranche, counted from 0 within the instruction.
            tranche: TrancheIndex,
            /// Maximum number of lots that the other network may execute.
            lots: Lots,
            /// Account that signed the `Counterpart::commit` call.
            by: AccountId,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A proof showed that the other network has executed the committed tranche: the token of a leg of this network
        /// is consumed.
        TokenProven {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Position in the terms of the leg of this network, from 0.
            leg: LegIndex,
            /// Settlement token of that leg.
            token: TokenId,
            /// Account that brought the proof of the payment; `None` if a message brought it.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
        /// A party withdrew reserved lots from a formed tranche, because another party is sanctioned: the tranche is
        /// undone, and the instruction is `Matched` again.
        TrancheDissolved {
            /// Id of the instruction that the event is about.
            id: InstructionId,
            /// Number of the tranche that was undone, counted from 0 within the instruction.
            tranche: TrancheIndex,
            /// Number of lots of the tranche that was undone.
            lots: Lots,
            /// Account that signed the `release` call.
            by: Option<AccountId>,
            /// Common reference of the trade, from the instruction's terms.
            reference: Reference,
        },
    }

    /// Causes of a failed call, each with its cure.
    #[pallet::error]
    pub enum Error<T> {
        /// No instruction has this id. Compute the id again from the terms and the instructing account; the record of a
        /// closed instruction goes after its retention.
        NotFound,
        /// An instruction with exactly these terms exists already, from this account. Put another reference in the
        /// terms of another trade.
        AlreadyExists,
        /// The instruction has ended. Query `instruction` for its outcome.
        AlreadyClosed,
        /// The signing account may not make this call for this instruction. Sign with an account, and a right, that the
        /// call's description names.
        NotAuthorized,
        /// The trade, or the amount that the agent reserves on this day, exceeds the agent's mandate. The principal
        /// makes the call itself, or gives the agent a wider mandate.
        BeyondMandate,
        /// The participant of the signing account has a status that does not allow this call: suspended, sanctioned or
        /// revoked. Ask the regulator to reinstate it.
        NotActive,
        /// An account of a leg belongs to no participant. The operator registers its owner, or the owner adds the
        /// account.
        PartyNotFound,
        /// A party of the trade, or the principal for which the agent signs, is not active. Repeat the call once the
        /// regulator has reinstated that participant.
        PartyNotActive,
        /// The owner of an account of a leg has none of the roles that may settle: trader, issuer, custodian or
        /// settlement bank. Ask the operator for the role.
        PartyWithoutRole,
        /// The manager named in the terms is no active participant with the role settlement manager. Name another one.
        ManagerNotFound,
        /// The asset of a leg is not in the asset registry, or was taken off the list. List it first.
        AssetNotFound,
        /// The terms contradict themselves or leave something out. The fault says which term to change.
        BadTerms(TermsFault),
        /// The terms are for another network. Of two networks the one that does not decide holds the instruction:
        /// instruct there.
        OtherNetwork,
        /// The terms name a second network that is not the open counterpart of this chain, or whose state cannot be
        /// proven now. Ask the operator.
        CounterpartNotOpen,
        /// The amount of a security leg is not a multiple of the number of lots times the asset's settlement unit.
        /// Change the amount or the number of lots.
        NotAMultipleOfUnit,
        /// The deadline is more than `MaxInstructionLife` away from now. Agree an earlier deadline.
        LifeTooLong,
        /// Less than `MinSettleTime` lies between `settle_from` (or a later `manager_by`) and the deadline; across two
        /// networks `reserve_by` counts in place of the deadline. Agree a later end or an earlier start.
        NoTimeToSettle,
        /// The minimum in the party's policy is zero, exceeds the whole, or names a leg that the terms do not have.
        /// Correct the policy.
        MinimumNotPossible,
        /// Under the execution `Hashlock` the trade settles whole or not at all. Give the policy `Npar`.
        PartialWithHashlock,
        /// The last instant for this call, `reserve_by` or the deadline, has passed. `expire` by anybody settles or
        /// returns what is left.
        TooLate,
        /// A part cannot settle or be committed before `partial_from` of the terms. Call again from that instant on.
        TooEarly,
        /// The party has affirmed the instruction already. It can change its own values with `set_party`, or ask to
        /// `cancel`.
        AlreadyAffirmed,
        /// The hash that the party affirmed, or the hash of its own terms, is not the hash of the instruction's terms.
        /// Read the instruction again.
        TermsDiffer,
        /// The state of the instruction does not allow this call. Query `instruction` for the state.
        WrongState,
        /// The terms name another kind of execution than the one that this call serves. Query `instruction` for the
        /// terms.
        WrongExecution,
        /// The terms have no leg at this position. Positions count from 0.
        LegNotFound,
        /// The call asks for zero lots. Ask for at least one.
        ZeroLots,
        /// The call asks for more lots than the leg has left to reserve, has reserved, or than all legs cover. Ask for
        /// fewer.
        TooManyLots,
        /// A tranche, or a covered part that all parties accept, needs these lots, so no party alone can take them
        /// back, set a flag or change its policy. All parties together can cancel; otherwise the deadline ends it.
        Irrevocable,
        /// No part of this size is covered and accepted by the policies of all parties. Query `preview_tranche` for the
        /// largest that is.
        PartNotAllowed,
        /// The giver of the leg, or the party to change, has not affirmed the instruction. Affirm it first.
        NotAffirmed,
        /// The token of the leg is not armed, because no tranche has formed. Wait until every leg is reserved.
        TokenNotArmed,
        /// The token of the leg was used before, or the preimage was shown before. Nothing is left to do.
        TokenConsumed,
        /// The right preimage has not been shown: it is missing, or its SHA-256 is not the hash in the terms. Call
        /// `execute` with the 32 bytes that were hashed.
        WrongPreimage,
        /// Something blocks settlement: an instant to come, a flag, a sanctioned party, or an asset that is frozen or
        /// off the list. Query `blocking_reasons` for all reasons.
        Blocked,
        /// A token of the tranche has been used, or a tranche has settled, so that the instruction can no longer be
        /// cancelled.
        AlreadyExecuted,
        /// Nothing new is due for the instruction now. Call again from `reserve_by` or from the deadline on.
        NotDue,
        /// This flag is set on the instruction already. Clear it first to give another reason.
        FlagAlreadySet,
        /// The flag to clear is not set on the instruction. Query `instruction` for its flags.
        FlagNotFound,
        /// The instruction has the largest number of flags of parties and managers. Ask one of them to clear its own.
        TooManyFlags,
        /// Too little time is left before the pay deadline: from `reserve_by` when instructing, from now when
        /// committing. Agree a later pay deadline, or commit earlier.
        WindowTooShort,
        /// The leg moves on the other network of the trade. Make the call there.
        LegElsewhere,
        /// The trade is across two networks, so the other network decides. Use `Counterpart::commit` in place of this
        /// call.
        NeedsCommit,
        /// The tranche is committed, and only the other network's decision ends it. Submit a proof of that decision, or
        /// of the passed pay deadline.
        AlreadyCommitted,
        /// No tranche of the instruction is committed: it was never committed, or the other network's decision was
        /// applied already.
        NotCommitted,
        /// The trade is on one network, so there is nothing to commit. Use `reserve`, `settle` or `execute`.
        OneNetwork,
    }
}
