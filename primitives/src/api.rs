//! Answers of the runtime to questions about instructions.

use crate::{
    AccountId, AssetId, Balance, BlockNumber, FlagKind, InstructionId, LegIndex, Lots, Moment, Outcome, ParticipantId,
    Policy, Reference, TermsHash, TokenId, TokenStatus, TrancheIndex, VersionedTerms,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Point of an instruction's life.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum Stage {
    /// Not all parties have affirmed.
    #[codec(index = 0)]
    Proposed,
    /// All have affirmed; lots may be reserved.
    #[codec(index = 1)]
    Matched,
    /// A tranche has formed and waits to be executed.
    #[codec(index = 2)]
    Formed {
        /// Lots of the tranche, which may be some of the whole.
        lots: Lots,
    },
    /// Some of a tranche's tokens are consumed.
    #[codec(index = 3)]
    Executing {
        /// Lots of the tranche, which may be some of the whole.
        lots: Lots,
    },
    /// The other network decides.
    #[codec(index = 4)]
    Committed {
        /// Largest number of lots that the other network may execute.
        lots: Lots,
    },
    /// Closed: nothing of it changes any more.
    #[codec(index = 5)]
    Closed {
        /// Way in which it ended.
        outcome: Outcome,
    },
}

/// One party of an instruction.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PartyView {
    /// Owner of the accounts.
    pub participant: ParticipantId,
    /// Account that is this side, where one participant is at both ends of a leg; otherwise `None`.
    pub account: Option<AccountId>,
    /// True once it has affirmed.
    pub affirmed: bool,
    /// Partial settlements that it takes.
    pub policy: Policy,
    /// 0 is the lowest.
    pub priority: u8,
    /// Reference of its own; may be empty.
    pub reference: Reference,
    /// Until when its request to cancel stands.
    pub cancel_until: Option<Moment>,
}

/// One leg of an instruction, and its token.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct LegView {
    /// Lots in reservation.
    pub reserved: Lots,
    /// The amount that these lots hold in escrow.
    pub amount_reserved: Balance,
    /// Delivered into escrow for the receiver and not yet final.
    pub amount_delivered: Balance,
    /// The token of the current tranche, once the leg has been reserved.
    pub token: Option<(TokenId, AccountId, Lots, TokenStatus)>,
}

/// All of an instruction that the chain knows.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct InstructionView {
    /// Id of the instruction.
    pub id: InstructionId,
    /// Hash that the parties affirm.
    pub terms_hash: TermsHash,
    /// The terms; `None` once it is closed.
    pub terms: Option<VersionedTerms>,
    /// Point of its life.
    pub stage: Stage,
    /// Lots settled so far.
    pub settled: Lots,
    /// Tranches settled so far.
    pub tranches: TrancheIndex,
    /// Empty once it is closed.
    pub parties: Vec<PartyView>,
    /// Empty once it is closed.
    pub legs: Vec<LegView>,
    /// Flags that hold it back.
    pub flags: Vec<FlagKind>,
}

/// A tranche, as it has formed or would form.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TrancheView {
    /// The largest part that all parties take and all reservations cover.
    pub lots: Lots,
    /// Amount that each leg would move.
    pub amounts: Vec<Balance>,
    /// Amount that each leg would have left in reservation.
    pub surplus: Vec<Balance>,
}

/// The position of an account in one asset.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Position {
    /// Asset of the position.
    pub asset: AssetId,
    /// At the account's disposal.
    pub available: Balance,
    /// In escrow, reserved from this account.
    pub reserved: Balance,
    /// Delivered to this account, in escrow until its tranche settles.
    pub provisional_in: Balance,
    /// Delivered by this account, in escrow until its tranche settles.
    pub provisional_out: Balance,
    /// Credited under this account or one whose place it has taken: `claim` pays it.
    pub claimable: Balance,
    /// Available, reserved, provisional out and claimable together.
    pub total: Balance,
}

/// The blocks at which an instruction reached the three points of settlement finality (Directive 98/26/EC: entry,
/// irrevocability; finality is the transfer itself).
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct FinalityPoints {
    /// Block in which it was instructed.
    pub entered: Option<BlockNumber>,
    /// Block at which what the last tranche needs became committed.
    pub irrevocable: Option<BlockNumber>,
    /// The last tranche settled.
    pub last_tranche: Option<BlockNumber>,
}

polkadot_sdk::sp_api::decl_runtime_apis! {
    /// Questions of clients about settlement.
    pub trait SettlementApi {
        /// All of an instruction; `None` if there is none, or it is past its retention.
        fn instruction(id: InstructionId) -> Option<InstructionView>;
        /// The tokens of the current tranche with their legs.
        fn tokens(id: InstructionId) -> Vec<(LegIndex, TokenId, AccountId, Lots, TokenStatus)>;
        /// Every reason why it does not settle now; empty if it would.
        fn blocking_reasons(id: InstructionId) -> Vec<crate::BlockingReason>;
        /// The tranche that has formed, or that is covered and would form next. What else it waits for are its blocking
        /// reasons. `None` if no part is covered, or a party holds it back.
        fn preview_tranche(id: InstructionId) -> Option<TrancheView>;
        /// The instructions that name the participant and that it has not affirmed.
        fn allegements(participant: ParticipantId) -> Vec<InstructionId>;
        /// The account's position in every asset that it has, reserved or awaits.
        fn positions(account: AccountId) -> Vec<Position>;
        /// The blocks at which the instruction reached the points of settlement finality.
        fn finality(id: InstructionId) -> Option<FinalityPoints>;
    }
}
