//! Answers of the runtime to clients' questions about instructions, and the runtime API that gives them.

use crate::{
    AccountId, AssetId, Balance, BlockNumber, FlagKind, InstructionId, LegIndex, Lots, Moment, Outcome, ParticipantId,
    Policy, Reference, TermsHash, TokenId, TokenStatus, TrancheIndex, VersionedTerms,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Stage in the life of an instruction.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum Stage {
    /// Not every party has affirmed the terms.
    #[codec(index = 0)]
    Proposed,
    /// Every party has affirmed the terms; lots may be reserved.
    #[codec(index = 1)]
    Matched,
    /// A tranche has formed and waits to be executed.
    #[codec(index = 2)]
    Formed {
        /// Number of lots of the tranche, at most those that remain.
        lots: Lots,
    },
    /// Some tokens of the formed tranche are consumed, and not all.
    #[codec(index = 3)]
    Executing {
        /// Number of lots of the tranche, at most those that remain.
        lots: Lots,
    },
    /// Committed to the deciding network, which executes or rejects the tranche.
    #[codec(index = 4)]
    Committed {
        /// Largest number of lots that the deciding network may execute.
        lots: Lots,
    },
    /// Closed: no part of the instruction changes any more.
    #[codec(index = 5)]
    Closed {
        /// Way in which the instruction ended.
        outcome: Outcome,
    },
}

/// Party of an instruction, as a client sees it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PartyView {
    /// Participant that pays or receives in the instruction.
    pub participant: ParticipantId,
    /// Account for which the participant is this party, if it is at both ends of a leg; otherwise `None`.
    pub account: Option<AccountId>,
    /// True if the party has affirmed the terms.
    pub affirmed: bool,
    /// Policy of the party: the partial settlements that it accepts.
    pub policy: Policy,
    /// Priority that the party has set; 0 is the lowest.
    pub priority: u8,
    /// Own reference of the party; may be empty.
    pub reference: Reference,
    /// Instant at which the party's request to cancel lapses; `None` if it has made none.
    pub cancel_until: Option<Moment>,
}

/// Leg of an instruction with its reservation and token, as a client sees it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct LegView {
    /// Number of lots that are reserved on the leg.
    pub reserved: Lots,
    /// Amount that is in escrow for these lots, in the asset's smallest unit.
    pub amount_reserved: Balance,
    /// Amount that was delivered into escrow for the receiver and is not final yet, in the asset's smallest unit.
    pub amount_delivered: Balance,
    /// Token of the current tranche: id, holder, lots and status. `None` until the leg is reserved.
    pub token: Option<(TokenId, AccountId, Lots, TokenStatus)>,
}

/// Complete state of an instruction, as a client sees it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct InstructionView {
    /// Id of the instruction.
    pub id: InstructionId,
    /// Hash of the terms, which the parties affirm.
    pub terms_hash: TermsHash,
    /// Terms of the instruction; `None` once it is closed.
    pub terms: Option<VersionedTerms>,
    /// Stage in the life of the instruction.
    pub stage: Stage,
    /// Number of lots that have settled.
    pub settled: Lots,
    /// Number of tranches that have settled.
    pub tranches: TrancheIndex,
    /// Parties of the instruction; empty once it is closed.
    pub parties: Vec<PartyView>,
    /// Legs of the instruction, in the order of the terms; empty once it is closed.
    pub legs: Vec<LegView>,
    /// Flags that hold back the settlement of the instruction.
    pub flags: Vec<FlagKind>,
}

/// Tranche of an instruction, as it has formed or would form next.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TrancheView {
    /// Number of lots: the largest part that all parties accept and all reservations cover.
    pub lots: Lots,
    /// Amount that each leg would move, in the order of the terms.
    pub amounts: Vec<Balance>,
    /// Amount that each leg would have left in reservation, in the order of the terms.
    pub surplus: Vec<Balance>,
}

/// Position of one account in one asset, in the asset's smallest unit.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Position {
    /// Asset of the position.
    pub asset: AssetId,
    /// Amount that the account can dispose of now.
    pub available: Balance,
    /// Amount in escrow that is reserved from this account.
    pub reserved: Balance,
    /// Amount in escrow that was delivered to this account and becomes its own when the tranche settles.
    pub provisional_in: Balance,
    /// Amount in escrow that this account has delivered and that becomes the receiver's when the tranche settles.
    pub provisional_out: Balance,
    /// Amount that escrow owes under this account, or under one that it has replaced. `claim` pays it.
    pub claimable: Balance,
    /// Sum of available, reserved, provisional out and claimable.
    pub total: Balance,
}

/// Blocks at which an instruction reached the points of settlement finality (Directive 98/26/EC: entry, irrevocability;
/// the transfer itself is final).
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct FinalityPoints {
    /// Block in which the instruction was instructed.
    pub entered: Option<BlockNumber>,
    /// Block in which the amounts that the last tranche needs became irrevocable.
    pub irrevocable: Option<BlockNumber>,
    /// Block in which the last tranche settled; `None` while none has.
    pub last_tranche: Option<BlockNumber>,
}

polkadot_sdk::sp_api::decl_runtime_apis! {
    /// Runtime API that answers clients' questions about settlement.
    pub trait SettlementApi {
        /// State of an instruction; `None` if the id is unknown or the instruction is past its retention.
        fn instruction(id: InstructionId) -> Option<InstructionView>;
        /// Tokens of the instruction's current tranche: leg, token id, holder, lots and status.
        fn tokens(id: InstructionId) -> Vec<(LegIndex, TokenId, AccountId, Lots, TokenStatus)>;
        /// All reasons that keep the instruction from settling now; empty if it would settle.
        fn blocking_reasons(id: InstructionId) -> Vec<crate::BlockingReason>;
        /// Tranche of the instruction that has formed, or that the reservations cover and that would form next.
        /// `blocking_reasons` says what else it waits for. `None` if the reservations cover no allowed part, or a
        /// party's flag holds it back.
        fn preview_tranche(id: InstructionId) -> Option<TrancheView>;
        /// Ids of the instructions that name the participant as a party and that it has not affirmed.
        fn allegements(participant: ParticipantId) -> Vec<InstructionId>;
        /// Position of the account in every asset that it has, has reserved or awaits.
        fn positions(account: AccountId) -> Vec<Position>;
        /// Blocks at which the instruction reached the points of settlement finality; `None` if the id is unknown.
        fn finality(id: InstructionId) -> Option<FinalityPoints>;
    }
}
