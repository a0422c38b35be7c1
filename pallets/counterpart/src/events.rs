//! What the pallet tells, and why it refuses.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// What happened, complete enough to rebuild every state from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Trades with the network of this genesis may begin and be committed.
        Opened {
            /// The counterpart's genesis hash.
            genesis: sp_core::H256,
        },
        /// No new trades with it begin or are committed; what is committed ends.
        ClosedForNew {
            /// The counterpart's genesis hash.
            genesis: sp_core::H256,
        },
        /// Nothing can be proven (`now`), or again.
        HaltChanged {
            /// What it was.
            old: bool,
            /// What it is.
            new: bool,
        },
        /// The header proves nothing from now on.
        HeaderBlocked {
            /// The header's hash.
            header: sp_core::H256,
        },
        /// The header proves again what it is.
        HeaderUnblocked {
            /// The header's hash.
            header: sp_core::H256,
        },
        /// Headers up to a number prove nothing, up to another one than before, or prove again what they are.
        HeadersBlockedUntil {
            /// What it was; `None` if no number was blocked.
            old: Option<BlockNumber>,
            /// What it is; `None` if no number is blocked any more.
            new: Option<BlockNumber>,
        },
        /// A tranche is committed: the counterpart decides. `sent` says whether the lane took the message.
        Committed {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// What is committed.
            commitment: Commitment,
            /// Whether the lane took the message; a proof serves either way.
            sent: bool,
            /// The common reference.
            reference: Reference,
        },
        /// The counterpart has executed the tranche: exactly these lots are delivered.
        Delivered {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// What it was.
            old: Lots,
            /// How many lots.
            lots: Lots,
        },
        /// The counterpart has refused the tranche.
        ReturnedOnRejection {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// Why.
            reason: RejectReason,
        },
        /// The counterpart's time has passed without a record of the tranche.
        ReturnedOnTimeout {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// The counterpart's time that the proof shows, in milliseconds.
            proven_at: Moment,
        },
        /// The operator has decided to release the instruction once the counterpart has been silent for the delay.
        ReleaseBegun {
            /// The instruction.
            id: InstructionId,
            /// Since when it waits, in milliseconds.
            since: Moment,
            /// From when it can be completed, in milliseconds.
            earliest: Moment,
        },
        /// The counterpart is not silent, or was halted or resumed meanwhile: the release is void.
        ReleaseVoided {
            /// The instruction.
            id: InstructionId,
        },
        /// The instruction is released.
        ReleasedByGovernance {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
        },
        /// This chain knows a trade that it decides, whose payer has reserved before anything was committed.
        PaymentBegun {
            /// The instruction.
            id: InstructionId,
            /// The terms.
            terms: VersionedTerms,
            /// The account that instructed on the holding network.
            instructing: AccountId,
        },
        /// A tranche is known here to be committed.
        CommitmentReceived {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// What is committed.
            commitment: Commitment,
            /// The terms.
            terms: VersionedTerms,
        },
        /// Lots of a leg are reserved on this chain.
        Reserved {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// What it was.
            old: Lots,
            /// What it is.
            new: Lots,
            /// The amount, in the asset's smallest unit.
            amount: Balance,
            /// The signer.
            by: AccountId,
        },
        /// The balance covered fewer lots than wanted.
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
        /// What is committed and covered cannot be executed now; `execute` does it later.
        ExecutionDeferred {
            /// The instruction.
            id: InstructionId,
            /// Everything that stands in the way.
            reasons: Vec<BlockingReason>,
        },
        /// The commit point: every leg on this chain has moved. `amounts` are those of its legs.
        Executed {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// How many lots.
            lots: Lots,
            /// What it was.
            old: Lots,
            /// What it is.
            new: Lots,
            /// What each leg on this chain has moved.
            amounts: Vec<(LegIndex, Balance)>,
            /// Whether the lane took the message; a proof serves either way.
            sent: bool,
            /// The common reference.
            reference: Reference,
        },
        /// The tranche will never be executed.
        Rejected {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
            /// Why.
            reason: RejectReason,
            /// Whether the lane took the message; a proof serves either way.
            sent: bool,
            /// The common reference.
            reference: Reference,
        },
        /// A party refused, in its words.
        Refused {
            /// The instruction.
            id: InstructionId,
            /// Who.
            participant: ParticipantId,
            /// Why.
            reason: Reason,
        },
        /// Lots of a leg went back to their owner.
        Returned {
            /// The instruction.
            id: InstructionId,
            /// The leg.
            leg: LegIndex,
            /// What it was.
            old: Lots,
            /// What it is.
            new: Lots,
            /// The amount, in the asset's smallest unit.
            amount: Balance,
        },
        /// Nothing of the trade is left on this chain but its records.
        PaymentEnded {
            /// The instruction.
            id: InstructionId,
            /// How many lots.
            lots: Lots,
            /// Of how many lots.
            of: Lots,
            /// The common reference.
            reference: Reference,
        },
        /// The holding network is proven to be done with the tranche, and its record is gone.
        RecordForgotten {
            /// The instruction.
            id: InstructionId,
            /// The tranche.
            tranche: TrancheIndex,
        },
        /// A message of the lane changed nothing, and why.
        MessageIgnored {
            /// Why.
            error: DispatchError,
        },
        /// The sweep could not end this payment; it tries again.
        SweepFailed {
            /// The instruction.
            id: InstructionId,
            /// Why.
            error: DispatchError,
        },
    }

    /// Why a call is refused.
    #[pallet::error]
    pub enum Error<T> {
        /// The signer is an account of no participant, or may not do this for the one it names.
        NotAuthorized,
        /// The signer's participant is not active.
        NotActive,
        /// The counterpart is another network: its genesis hash never changes.
        CounterpartDiffers,
        /// Nobody has opened a counterpart, it is closed already, or nothing of it can be proven now: its light client knows
        /// no header yet, or is halted.
        CounterpartNotOpen,
        /// It is so already.
        NothingChanges,
        /// This header is on the block-list already.
        AlreadyBlocked,
        /// This header is not on the block-list.
        NotBlocked,
        /// The block-list is full. Unblock what the light client has dropped.
        TooManyBlocked,
        /// Nothing is committed under this id.
        NotCommitted,
        /// The counterpart has no record of this tranche: there is nothing to deliver.
        RecordNotFound,
        /// The counterpart has rejected this tranche: return it.
        RecordIsRejection,
        /// The counterpart has executed this tranche: deliver it.
        AlreadyExecuted,
        /// The record is of other terms or other networks.
        RecordDiffers,
        /// The record names lots that the parties did not agree to, or more than were committed.
        LotsNotAllowed,
        /// The pay deadline has not come on the counterpart, as far as this header shows.
        NotTimedOut,
        /// This release waits already.
        AlreadyReleasing,
        /// No release of this instruction waits.
        ReleaseNotFound,
        /// Not yet: the delay of a release, or the pay deadline of a payment.
        TooEarly,
        /// The pay deadline has passed.
        TooLate,
        /// Terms that nobody can instruct, for this fault.
        BadTerms(TermsFault),
        /// The terms do not name this chain as the one that decides, and the counterpart as the one that holds; or the proof
        /// shows the state of another chain than the counterpart.
        OtherNetwork,
        /// The holding network has committed nothing of this tranche.
        CommitmentNotFound,
        /// The commitment is of other terms, networks or lots than those that are known here.
        CommitmentDiffers,
        /// This tranche is known to be committed, or decided, already.
        AlreadyExists,
        /// No payment with this id waits on this chain.
        PaymentNotFound,
        /// No leg with this index is on this chain.
        LegNotFound,
        /// At least one lot.
        ZeroLots,
        /// More lots than remain, or than are covered and committed.
        TooManyLots,
        /// No part is committed, covered and taken by all.
        PartNotAllowed,
        /// Something keeps it from being executed now: see `view_payment`.
        Blocked,
        /// The payer has reserved what can be executed, and is bound; to every payee, so that one of several does not
        /// let it go. It waits for the commitment, or for the pay deadline.
        Irrevocable,
        /// The holding network is not proven to be done with this tranche.
        StillCommitted,
        /// A sum or product is outside its type.
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
