//! Events and errors of the pallet.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// Events, complete enough to rebuild every state from them alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Counterpart opened: trades with the network of this genesis may begin and be committed.
        Opened {
            /// Genesis hash of the counterpart.
            genesis: sp_core::H256,
        },
        /// Counterpart closed for new trades. Commitments that exist still end.
        ClosedForNew {
            /// Genesis hash of the counterpart.
            genesis: sp_core::H256,
        },
        /// Proof verification was halted (`new` is true) or resumed.
        HaltChanged {
            /// True if it was halted before.
            old: bool,
            /// True if it is halted from now on.
            new: bool,
        },
        /// One account of the regulator has halted the light client, for a time.
        HaltedByOne {
            /// The account.
            by: AccountId,
            /// Moment at which the halt lapses.
            until: Moment,
        },
        /// A second account of the regulator has confirmed a halt, which no longer lapses.
        HaltConfirmed {
            /// Account that halted.
            first: AccountId,
            /// Account that confirmed.
            second: AccountId,
        },
        /// Header was put on the block-list: it proves nothing from now on.
        HeaderBlocked {
            /// Hash of the header.
            header: sp_core::H256,
        },
        /// Header was taken off the block-list.
        HeaderUnblocked {
            /// Hash of the header.
            header: sp_core::H256,
        },
        /// Block number at or below which headers are refused was changed.
        HeadersBlockedUntil {
            /// Number before; `None` if no number was blocked.
            old: Option<BlockNumber>,
            /// Number from now on; `None` if none is blocked any more.
            new: Option<BlockNumber>,
        },
        /// Tranche was committed: the counterpart decides it.
        Committed {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Commitment of the holding network.
            commitment: Commitment,
            /// True if the lane took the message; a proof serves either way.
            sent: bool,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Lots that the counterpart executed were delivered.
        Delivered {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Lots that had settled before.
            old: Lots,
            /// Lots that were delivered.
            lots: Lots,
            /// Account that brought the proof; none for the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Tranche returned, because the counterpart rejected it.
        ReturnedOnRejection {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Reason of the deciding network.
            reason: RejectReason,
            /// Account that brought the proof; none for the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Tranche returned, because the pay deadline passed on the counterpart without a record.
        ReturnedOnTimeout {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Time of the counterpart that the proof shows, in milliseconds.
            proven_at: Moment,
            /// Account that brought the proof.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Release of the instruction began: it takes effect if the counterpart stays silent for the delay.
        ReleaseBegun {
            /// Id of the instruction.
            id: InstructionId,
            /// Instant at which the wait began, in milliseconds.
            since: Moment,
            /// Instant from which it can be completed, in milliseconds.
            earliest: Moment,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Release is void: the counterpart was not silent, or the operator changed the light client meanwhile.
        ReleaseVoided {
            /// Id of the instruction.
            id: InstructionId,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Instruction was released: everything returned.
        ReleasedByGovernance {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Payment began on this chain, because a payer reserved before the commitment arrived.
        PaymentBegun {
            /// Id of the instruction.
            id: InstructionId,
            /// Complete terms of the trade; they name the reference.
            terms: VersionedTerms,
            /// Account that instructed on the holding network.
            instructing: AccountId,
            /// Account that signed the call.
            by: AccountId,
        },
        /// Commitment of the holding network arrived.
        CommitmentReceived {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Commitment of the holding network.
            commitment: Commitment,
            /// Complete terms of the trade; they name the reference.
            terms: VersionedTerms,
            /// Account that brought the proof; none for the lane.
            by: Option<AccountId>,
        },
        /// Lots of a leg were reserved on this chain.
        Reserved {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the leg in the terms.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// Amount in the asset's smallest unit.
            amount: Balance,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Balance covered fewer lots than wanted.
        ReservationShort {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the leg in the terms.
            leg: LegIndex,
            /// Lots that the call asked for.
            wanted: Lots,
            /// Lots that were reserved.
            reserved: Lots,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Execution deferred: a committed and covered part cannot be executed now. The sweep does it once nothing stands in
        /// the way any more, unless somebody calls `execute` before.
        ExecutionDeferred {
            /// Id of the instruction.
            id: InstructionId,
            /// Reasons that stand in the way, all of them.
            reasons: Vec<BlockingReason>,
            /// Account whose call led to it; none for the sweep and the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Tranche was executed, the commit point: every leg on this chain has moved.
        Executed {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Lots that were executed.
            lots: Lots,
            /// Lots that had settled before.
            old: Lots,
            /// Lots that have settled now.
            new: Lots,
            /// Amount that each leg on this chain has moved.
            amounts: Vec<(LegIndex, Balance)>,
            /// True if the lane took the message; a proof serves either way.
            sent: bool,
            /// Account whose call led to it; none for the sweep and the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Tranche was rejected: it will never be executed.
        Rejected {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Reason of the deciding network.
            reason: RejectReason,
            /// True if the lane took the message; a proof serves either way.
            sent: bool,
            /// Account whose call led to it; none for the sweep and the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Party refused the trade, with a reason in its own words.
        Refused {
            /// Id of the instruction.
            id: InstructionId,
            /// Participant that refused.
            participant: ParticipantId,
            /// Text of the party, at most [`MAX_REASON`](crate::types::MAX_REASON) bytes.
            reason: Reason,
            /// Account that signed the call.
            by: AccountId,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Reserved lots of a leg went back to their owner.
        Returned {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the leg in the terms.
            leg: LegIndex,
            /// Lots in reservation before.
            old: Lots,
            /// Lots in reservation now.
            new: Lots,
            /// Amount in the asset's smallest unit.
            amount: Balance,
            /// Account whose call led to it; none for the sweep and the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Payment ended: nothing of the trade is left on this chain but its records.
        PaymentEnded {
            /// Id of the instruction.
            id: InstructionId,
            /// Lots that settled.
            lots: Lots,
            /// Lots of the whole trade.
            of: Lots,
            /// Account whose call led to it; none for the sweep and the lane.
            by: Option<AccountId>,
            /// Common reference of the trade.
            reference: Reference,
        },
        /// Record was removed, because the holding network is proven to have ended the tranche.
        RecordForgotten {
            /// Id of the instruction.
            id: InstructionId,
            /// Position of the tranche in its instruction.
            tranche: TrancheIndex,
            /// Account that brought the proof.
            by: AccountId,
        },
        /// Message of the lane changed nothing.
        MessageIgnored {
            /// Error with which it was refused.
            error: DispatchError,
        },
        /// Sweep could not execute or end this payment; it tries again.
        SweepFailed {
            /// Id of the instruction.
            id: InstructionId,
            /// Error of the attempt.
            error: DispatchError,
            /// Common reference of the trade.
            reference: Reference,
        },
    }

    /// Errors of the calls: each names its cause, and the cure where there is one.
    #[pallet::error]
    pub enum Error<T> {
        /// Signer is an account of no participant, or may not act for the one it names.
        NotAuthorized,
        /// The payment, or what the agent moves on this day, is outside its mandate. The payer acts itself, or gives the
        /// agent another mandate.
        BeyondMandate,
        /// Participant of the signer is not active.
        NotActive,
        /// Counterpart is another network: its genesis hash never changes.
        CounterpartDiffers,
        /// Counterpart is not open: never opened, closed, or not provable now because its light client knows no header yet or
        /// is halted.
        CounterpartNotOpen,
        /// Call would change nothing.
        NothingChanges,
        /// This account has halted alone before. Another account of the regulator halts, or two of the operator.
        HaltSpent,
        /// Header is on the block-list already.
        AlreadyBlocked,
        /// Header is not on the block-list.
        NotBlocked,
        /// Block-list is full. Unblock headers that the light client has dropped.
        TooManyBlocked,
        /// Instruction is not committed.
        NotCommitted,
        /// Counterpart has no record of this tranche: there is nothing to deliver.
        RecordNotFound,
        /// Counterpart has rejected this tranche: return it.
        RecordIsRejection,
        /// Counterpart has executed this tranche: deliver it.
        AlreadyExecuted,
        /// Record is of other terms or other networks.
        RecordDiffers,
        /// Record names lots that the parties did not agree to, or more than were committed.
        LotsNotAllowed,
        /// Pay deadline has not come on the counterpart, by the time that this header shows.
        NotTimedOut,
        /// Release of this instruction waits already.
        AlreadyReleasing,
        /// Release of this instruction was not begun.
        ReleaseNotFound,
        /// Too early: the delay of a release, or the pay deadline of a payment, has not passed.
        TooEarly,
        /// Pay deadline has passed.
        TooLate,
        /// Terms that nobody can instruct, for this fault.
        BadTerms(TermsFault),
        /// Terms do not name this chain as the deciding and the counterpart as the holding network, or the proof shows the
        /// state of another chain.
        OtherNetwork,
        /// Holding network has committed nothing of this tranche.
        CommitmentNotFound,
        /// Commitment is of other terms, networks or lots than this chain knows.
        CommitmentDiffers,
        /// Tranche is known to be committed, or is decided, already.
        AlreadyExists,
        /// Payment with this id is not on this chain.
        PaymentNotFound,
        /// Leg with this index is not on this chain.
        LegNotFound,
        /// Quantity of lots is zero.
        ZeroLots,
        /// More lots than remain, or than are covered and committed.
        TooManyLots,
        /// Part is not committed, not covered, or not accepted by all parties.
        PartNotAllowed,
        /// Execution is blocked now, or nothing is reserved now because a party is sanctioned or an asset of a reserved leg
        /// does not move: `view_payment` names the reasons.
        Blocked,
        /// Payer has reserved a part that can be executed, and is bound to every payee. Wait for the commitment, for the
        /// pay deadline, or for the sanction of another party to last.
        Irrevocable,
        /// Holding network is not proven to have ended this tranche.
        StillCommitted,
        /// Sum or product outside its type.
        ArithmeticFailure,
        /// Proof refused, for this fault.
        Proof(ProofFault),
        /// Trade that cannot be settled on this chain, for this reason.
        NotSettleable(RejectReason),
    }

    impl<T> From<ProofFault> for Error<T> {
        fn from(fault: ProofFault) -> Self {
            Error::Proof(fault)
        }
    }
}
