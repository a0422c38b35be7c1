#![doc = include_str!("../README.md")]
//!
//! ## Example
//!
//! ```ignore
#![doc = include_str!("tests/example.rs")]
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod events;
mod impls;
#[cfg(test)]
mod mock;
pub mod policy;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::*;

use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use tandem_primitives::Bucket;
pub use types::{
    Affirmation, Closed, Ends, Flag, FlagSource, Instruction, LegState, Open, OwnTerms, Party, Points, Reason, State,
    Step,
};
pub use weights::WeightInfo;

/// Pallet of instructions: from the first party's `instruct` to the outcome.
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::vec::Vec;
    use frame_support::{
        dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
        pallet_prelude::*,
        traits::Time,
        weights::WeightMeter,
    };
    use frame_system::pallet_prelude::*;
    use tandem_primitives::{
        AccountId, Balance, BlockNumber, BlockingReason, Counterpart, Directory, Escrow, FinalityPoints, FlagKind,
        InstructionId, InstructionView, LegIndex, Lots, Moment, OnSettled, Outcome, ParticipantId, PartyTerms,
        Quantity, Reference, Term, TermsFault, TermsHash, TokenId, TokenStatus, TrancheIndex, TrancheView,
        VersionedTerms,
    };

    /// Version of this pallet's storage layout. Each migration raises it.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Other pallets, times and weights that a runtime gives to this pallet.
    #[pallet::config]
    // The macro does not know the supertrait again once it bounds its types; it is there.
    #[pallet::disable_frame_system_supertrait_check]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId, Hash = sp_core::H256, RuntimeEvent: From<Event<Self>>>
    {
        /// Clock that gives consensus time: `pallet-timestamp`.
        type Time: Time<Moment = Moment>;

        /// Access to participants and to their accounts, roles, rights, mandates and assets: `pallet-participants`.
        type Directory: Directory;

        /// Escrow, which holds reserved assets and pays them out: `pallet-escrow`.
        type Escrow: Escrow;

        /// Access to the other network of a trade across two networks: `pallet-counterpart`, or `()` on a chain without
        /// one.
        type Counterpart: Counterpart;

        /// Listener called when a tranche has settled and when an instruction has ended; `()` if there is none.
        type OnSettled: OnSettled;

        /// Maximum time from `instruct` to the deadline of the terms, in milliseconds. Example: 60 days, the longest
        /// that T2S recycles.
        #[pallet::constant]
        type MaxInstructionLife: Get<Moment>;

        /// Time for which the record of an ended instruction is kept, in milliseconds. Counted from the deadline or
        /// from the end, whichever is later. Example: 30 days.
        #[pallet::constant]
        type Retention: Get<Moment>;

        /// Time for which a request to cancel stands, in milliseconds, counted from the `cancel` call. Example: one
        /// hour.
        #[pallet::constant]
        type CancelLife: Get<Moment>;

        /// Minimum time, in milliseconds, from `settle_from` (or a later `manager_by`) of the terms to their deadline;
        /// across two networks to `reserve_by`. Example: the time of six blocks.
        #[pallet::constant]
        type MinSettleTime: Get<Moment>;

        /// Time, in milliseconds and counted from the change of status, for which a party must have been sanctioned
        /// before another party can leave a formed tranche. Example: one day, in which a regulator can correct a
        /// mistake.
        #[pallet::constant]
        type SanctionGrace: Get<Moment>;

        /// Weights of this pallet's calls and of its sweep.
        type WeightInfo: WeightInfo;

        /// Helper that prepares participants, escrow and the counterpart for benchmarks.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory
            + tandem_primitives::benchmarking::SetUpEscrow
            + tandem_primitives::benchmarking::SetUpCounterpart;
    }

    /// Record of each instruction by its id: all data of an open one, a small record of a closed one.
    ///
    /// Every call writes it; the sweep removes a closed record [`Config::Retention`] after its deadline or end. The
    /// quotas of participants bound how many can be instructed within [`Config::MaxInstructionLife`] and the retention.
    // The id is a hash of its contents, so nobody can choose where it lands in the trie.
    #[pallet::storage]
    pub type Instructions<T: Config> = StorageMap<_, Identity, InstructionId, Instruction, OptionQuery>;

    /// Time bucket in which the sweep looks at an instruction next: exactly one entry for each instruction.
    ///
    /// The second key is the participant that instructed, with the id of its instruction. `instruct` writes the entry.
    /// The sweep moves it to a later bucket, or removes it together with the record.
    // Keys in order are instants in order, so that the first key is the next that is due. Within a bucket those of one
    // participant are together, so that the sweep can pass over them in one step. The id is a hash.
    #[pallet::storage]
    pub type Expiries<T: Config> =
        StorageDoubleMap<_, Identity, Bucket, Identity, (ParticipantId, InstructionId), (), OptionQuery>;

    /// Last time bucket in which the sweep has given every participant its share, while instructions that are due wait
    /// in it or before it; absent while none waits. It may stay for one sweep more, which finds out that none is left.
    ///
    /// The sweep writes it.
    #[pallet::storage]
    pub type SweptTo<T: Config> = StorageValue<_, Bucket, OptionQuery>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// Runs the sweep with the weight that the block has left: it settles tranches that had to wait, does what is
        /// due at `reserve_by` and at the deadline, and removes old records, the earliest first.
        ///
        /// Anything that does not fit waits for the next block. No right depends on the sweep: every call compares the
        /// deadlines with the time itself, and anybody can call `expire`.
        fn on_idle(_block: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::sweep(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            assert!(T::MinSettleTime::get() > 0, "terms without any time to settle are refused");
            assert!(T::MinSettleTime::get() <= T::MaxInstructionLife::get(), "terms can be instructed at all");
            let blocks = T::BlockWeights::get();
            // A block is full when both classes of transactions are.
            let transactions = [DispatchClass::Normal, DispatchClass::Operational]
                .map(|class| blocks.get(class).max_total.unwrap_or(Weight::MAX));
            let left = transactions.into_iter().fold(blocks.max_block, |left, class| left.saturating_sub(class));
            let left = left.saturating_sub(blocks.base_block);
            let expiry = T::WeightInfo::expire(tandem_primitives::MAX_LEGS)
                .saturating_add(T::WeightInfo::sweep_prune())
                .saturating_add(T::WeightInfo::sweep_look());
            assert!(expiry.all_lt(left), "the sweep closes the largest instruction in a block that is otherwise full");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Puts a trade on the chain, affirms it for the signer's party, and asks the other parties to affirm it.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party, or of its agent with `party.on_behalf_of` naming the party. The account
        /// needs `Trade`.
        ///
        /// ## Details
        /// Every party must be active. A participant is one party; one that is at both ends of a leg is a party with
        /// each of its accounts in the terms, and instructs for the account that signs or that `party.account` names.
        /// With `reserve`, the call also reserves each leg that the party gives and the signer may move. A trade across
        /// two networks is instructed on the one that does not decide, and only the legs of that network are checked.
        ///
        /// ## Errors
        /// [`Error::AlreadyExists`], [`Error::PartyNotActive`], [`Error::BadTerms`] with the fault,
        /// [`Error::NoTimeToSettle`], and those of `reserve`. With two networks [`Error::OtherNetwork`],
        /// [`Error::CounterpartNotOpen`], [`Error::WindowTooShort`].
        ///
        /// ## Events
        /// [`Event::Instructed`], [`Event::InstructionAlleged`] for each other party, and those of `reserve`.
        #[pallet::call_index(0)]
        #[pallet::weight(Pallet::<T>::instruct_weight(terms, reserve))]
        pub fn instruct(
            origin: OriginFor<T>,
            terms: VersionedTerms,
            party: PartyTerms,
            reserve: Option<Quantity>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_instruct(who, terms, party, reserve).map(|_| ())
        }

        /// Affirms the terms of an instruction for a party, by their hash or by the party's own version of them.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party that has not affirmed, or of its agent. A participant that is at both ends
        /// of a leg affirms once for each of its accounts: the account that signs, or that `party.account` names.
        ///
        /// ## Details
        /// If the party's own terms differ from the instruction's, the call succeeds without affirming, and the event
        /// [`Event::MatchFailed`] names every field that differs. Once all parties have affirmed, the instruction is
        /// matched. With `reserve`, the call also reserves each leg that the party gives and the signer may move; the
        /// trade settles if that completes it.
        ///
        /// ## Errors
        /// [`Error::AlreadyAffirmed`], [`Error::TermsDiffer`] for another hash, [`Error::TooLate`] from `reserve_by`,
        /// [`Error::Blocked`] while a party is sanctioned or an asset is off the list, [`Error::PartyNotActive`],
        /// [`Error::MinimumNotPossible`], [`Error::PartialWithHashlock`], and those of `reserve`.
        ///
        /// ## Events
        /// [`Event::Affirmed`] or [`Event::MatchFailed`], [`Event::Matched`], and those of `reserve`.
        #[pallet::call_index(1)]
        #[pallet::weight(Pallet::<T>::affirm_weight(tandem_primitives::MAX_LEGS))]
        pub fn affirm(
            origin: OriginFor<T>,
            id: InstructionId,
            affirmation: Affirmation,
            party: PartyTerms,
            reserve: Option<Quantity>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs =
                Self::do_affirm(who, id, affirmation, party, reserve).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::affirm_weight(legs)).into())
        }

        /// Changes the values that a party sets for itself: its partial policy, its priority and its own reference.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party that has affirmed, or of its agent.
        ///
        /// ## Details
        /// Possible until a tranche forms. The policy can no longer be changed once every leg covers a part that all
        /// parties accept, unless a party's flag holds the trade back.
        ///
        /// ## Errors
        /// [`Error::Irrevocable`], [`Error::WrongState`], [`Error::TooLate`] from `reserve_by`, [`Error::NotAffirmed`],
        /// [`Error::AlreadyCommitted`] while the other network decides, [`Error::Blocked`] while a party is sanctioned
        /// or an asset is off the list, [`Error::PartyNotActive`], [`Error::MinimumNotPossible`],
        /// [`Error::PartialWithHashlock`], [`Error::BeyondMandate`] for an agent.
        ///
        /// ## Events
        /// [`Event::PartyChanged`], and [`Event::Irrevocable`] where a looser policy makes a covered part acceptable to
        /// all.
        #[pallet::call_index(2)]
        #[pallet::weight(Pallet::<T>::set_party_weight(tandem_primitives::MAX_LEGS))]
        pub fn set_party(origin: OriginFor<T>, id: InstructionId, party: PartyTerms) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_set_party(who, id, party)?;
            Ok(Some(Self::set_party_weight(legs)).into())
        }

        /// Reserves lots of a leg: moves their amount from the giver into escrow.
        ///
        /// ## Dispatch Origin
        /// Signed by the giver's account of the leg with `Move`, by another account of the giver with `MoveAll`, or by
        /// an agent within its mandate. The giver must have affirmed.
        ///
        /// ## Details
        /// `Exactly` reserves that number of lots or fails. `UpTo` reserves as many lots as the giver's balance covers
        /// and as complete, with those reserved before, a part that all parties accept. The reservation that completes
        /// the whole forms the tranche; under `Immediate` the tranche settles in this call and the leg goes straight to
        /// its receiver. While a party's flag is set nothing forms, and lots that are reserved can be released. Across
        /// two networks nothing forms before `Counterpart::commit`.
        ///
        /// ## Errors
        /// [`Error::TooLate`] from `reserve_by`, [`Error::ZeroLots`], [`Error::TooManyLots`], [`Error::NotAffirmed`],
        /// [`Error::PartyNotActive`] if the giver is not active, [`Error::LegNotFound`], [`Error::LegElsewhere`],
        /// [`Error::WrongState`] while a tranche waits for execution, [`Error::AlreadyCommitted`] while the other
        /// network decides, [`Error::Blocked`] while a party is sanctioned. For `Exactly` also those of the asset's
        /// transfer, and [`Error::Blocked`] while the leg's asset is off the list, or that of another reserved leg is
        /// frozen or off the list; `UpTo` then succeeds and reserves nothing.
        ///
        /// ## Events
        /// [`Event::Reserved`], [`Event::ReservationShort`], [`Event::Irrevocable`], [`Event::TrancheFormed`],
        /// [`Event::TrancheSettled`], [`Event::SettlementDeferred`], [`Event::Closed`].
        #[pallet::call_index(3)]
        #[pallet::weight(Pallet::<T>::reserve_weight(tandem_primitives::MAX_LEGS))]
        pub fn reserve(
            origin: OriginFor<T>,
            id: InstructionId,
            leg: LegIndex,
            quantity: Quantity,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_reserve(who, id, leg, quantity).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::reserve_weight(legs)).into())
        }

        /// Returns reserved lots of a leg, which no tranche needs, from escrow to the giver.
        ///
        /// ## Dispatch Origin
        /// Signed as for `reserve`; the giver may be suspended.
        ///
        /// ## Details
        /// While another party is sanctioned any lots can be released: at once while no tranche has formed, and from a
        /// formed tranche, which is undone by that, once the sanction has lasted [`Config::SanctionGrace`].
        ///
        /// ## Errors
        /// [`Error::Irrevocable`] for lots that a covered part needs which all parties accept, [`Error::TooManyLots`],
        /// [`Error::LegElsewhere`], [`Error::AlreadyCommitted`] while the other network decides.
        ///
        /// ## Events
        /// [`Event::Released`], [`Event::TrancheDissolved`].
        #[pallet::call_index(4)]
        #[pallet::weight(Pallet::<T>::release_weight(tandem_primitives::MAX_LEGS))]
        pub fn release(
            origin: OriginFor<T>,
            id: InstructionId,
            leg: LegIndex,
            lots: Lots,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let looked_at = Self::do_release(who, id, leg, lots)?;
            Ok(Some(Self::release_weight(looked_at)).into())
        }

        /// Forms a tranche of the largest part that every leg covers and all parties accept, and settles it where the
        /// terms say `Immediate`.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party, or of its agent, from `partial_from`; by anybody from `reserve_by`.
        ///
        /// ## Errors
        /// [`Error::PartNotAllowed`], [`Error::TooEarly`], [`Error::TooLate`] from the deadline, [`Error::Blocked`]
        /// before `reserve_by` while a party's flag is set or a party is sanctioned, [`Error::WrongState`],
        /// [`Error::WrongExecution`] where a manager or a secret decides, [`Error::NeedsCommit`] where another network
        /// does.
        ///
        /// ## Events
        /// As for `reserve`, without [`Event::Reserved`]; from `reserve_by` as for `expire`.
        #[pallet::call_index(5)]
        #[pallet::weight(Pallet::<T>::settle_part_weight(tandem_primitives::MAX_LEGS))]
        pub fn settle_part(origin: OriginFor<T>, id: InstructionId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_settle_part(who, id).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::settle_part_weight(legs)).into())
        }

        /// Uses the token of a leg, or shows the preimage of the hashlock, which delivers all legs.
        ///
        /// ## Dispatch Origin
        /// With tokens: signed by the receiver's account of the leg with `Move`, by another account of the receiver
        /// with `MoveAll`, or by an agent within its mandate. With a hashlock: by anybody.
        ///
        /// ## Details
        /// The last token settles the tranche. A right preimage before the deadline delivers every leg, even while
        /// something blocks settlement: `settle` pays the legs once nothing does, and at the deadline they are paid at
        /// the latest. One exception: if a party is sanctioned at the deadline, nothing moves to or from it, so
        /// everything returns although the secret is known.
        ///
        /// ## Errors
        /// With tokens [`Error::TokenNotArmed`], [`Error::TokenConsumed`], [`Error::Blocked`]. With a hashlock
        /// [`Error::WrongPreimage`], [`Error::TokenNotArmed`] before the whole is reserved, [`Error::TokenConsumed`]
        /// the second time. [`Error::LegNotFound`], [`Error::WrongExecution`], [`Error::TooLate`] from the deadline,
        /// [`Error::NeedsCommit`] where another network decides, [`Error::LegElsewhere`] for a leg of it.
        ///
        /// ## Events
        /// [`Event::TokenConsumed`], [`Event::TrancheSettled`], [`Event::SettlementDeferred`], [`Event::Closed`].
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::execute(tandem_primitives::MAX_LEGS))]
        pub fn execute(
            origin: OriginFor<T>,
            id: InstructionId,
            leg: LegIndex,
            preimage: Option<[u8; 32]>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_execute(who, id, leg, preimage).map_err(|error| Self::failed(id, error))?;
            Ok(Some(T::WeightInfo::execute(legs)).into())
        }

        /// Settles a tranche: a formed one that had to wait or, under `ByManager`, as many lots as the manager chooses.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody for a tranche that had to wait. Under `ByManager` by the manager, for any number of lots
        /// that every leg covers and all parties accept; from `manager_by` also by any party, for the largest such
        /// number.
        ///
        /// ## Errors
        /// [`Error::Blocked`], [`Error::WrongState`] where nothing has formed, [`Error::PartNotAllowed`],
        /// [`Error::TooManyLots`], [`Error::TooEarly`] for a part before `partial_from` by a party,
        /// [`Error::WrongPreimage`] before the secret is shown, [`Error::WrongExecution`] where tokens decide,
        /// [`Error::TooLate`] from the deadline, [`Error::NeedsCommit`] where another network decides.
        ///
        /// ## Events
        /// [`Event::TrancheFormed`], [`Event::TrancheSettled`], [`Event::Released`], [`Event::Irrevocable`],
        /// [`Event::Closed`].
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::settle(tandem_primitives::MAX_LEGS))]
        pub fn settle(origin: OriginFor<T>, id: InstructionId, lots: Option<Lots>) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_settle(&who, id, lots).map_err(|error| Self::failed(id, error))?;
            Ok(Some(T::WeightInfo::settle(legs)).into())
        }

        /// Cancels an instruction: any party alone until all have affirmed, after that all parties together.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party, or of its agent.
        ///
        /// ## Details
        /// Once all have affirmed, the call records a request; the instruction is cancelled when the requests of all
        /// parties stand. A request stands for [`Config::CancelLife`] and stops nothing meanwhile; it ends when a part
        /// becomes irrevocable, when a tranche forms, and when the party reserves or affirms. While another party is
        /// sanctioned any party cancels alone: at once while no tranche has formed, and a formed one once the sanction
        /// has lasted [`Config::SanctionGrace`].
        ///
        /// ## Errors
        /// [`Error::AlreadyExecuted`] once a token is used, and once a tranche has settled unless another party is
        /// sanctioned. [`Error::TooLate`] from `reserve_by`, or from the deadline if a tranche has formed by then.
        /// [`Error::AlreadyCommitted`] while the other network decides. [`Error::BeyondMandate`] for an agent.
        ///
        /// ## Events
        /// [`Event::CancelRequested`], [`Event::Closed`].
        #[pallet::call_index(9)]
        #[pallet::weight(Pallet::<T>::cancel_weight(tandem_primitives::MAX_LEGS))]
        pub fn cancel(
            origin: OriginFor<T>,
            id: InstructionId,
            on_behalf_of: Option<ParticipantId>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_cancel(who, id, on_behalf_of).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::cancel_weight(legs)).into())
        }

        /// Refuses a trade that the signer's party has not affirmed. The instruction ends, and everything reserved
        /// returns.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party that has not affirmed, or of its agent; the party may be suspended.
        ///
        /// ## Errors
        /// [`Error::AlreadyAffirmed`], [`Error::TooLate`] from `reserve_by`, when the instruction has expired,
        /// [`Error::BeyondMandate`] for an agent.
        ///
        /// ## Events
        /// [`Event::Rejected`], [`Event::Closed`].
        #[pallet::call_index(10)]
        #[pallet::weight(Pallet::<T>::reject_weight(tandem_primitives::MAX_LEGS))]
        pub fn reject(
            origin: OriginFor<T>,
            id: InstructionId,
            on_behalf_of: Option<ParticipantId>,
            reason: Reason,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_reject(who, id, on_behalf_of, reason).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::reject_weight(legs)).into())
        }

        /// Does what is due for an instruction. At `reserve_by` the largest acceptable part forms a tranche and the
        /// rest returns; at the deadline the instruction ends.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// From the deadline on everything that has not settled returns. Under `Immediate` a covered tranche still
        /// settles, however late, unless a flag held it back at the deadline or a party is sanctioned now. A tranche of
        /// which some tokens are used is completed or reversed, as `on_incomplete` says, and one whose secret was shown
        /// is paid; while a party is sanctioned both return.
        ///
        /// ## Errors
        /// [`Error::NotDue`] if nothing new is due, [`Error::AlreadyCommitted`] where only the other network's decision
        /// ends the instruction.
        ///
        /// ## Events
        /// As for `reserve`, [`Event::TokenReversed`], [`Event::Closed`].
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::expire(tandem_primitives::MAX_LEGS))]
        pub fn expire(origin: OriginFor<T>, id: InstructionId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_expire(who, id).map_err(|error| Self::failed(id, error))?;
            Ok(Some(T::WeightInfo::expire(legs)).into())
        }

        /// Sets a flag that holds back the settlement of an instruction, with a reason.
        ///
        /// ## Dispatch Origin
        /// Signed by an account of a party; or of the operator, a regulator, or the settlement manager of the terms, if
        /// that participant is no party.
        ///
        /// ## Details
        /// No flag extends a deadline or stops a return. While a party's flag is set nothing forms and nothing is
        /// committed, so that each giver may release its reserved lots, and at `reserve_by` everything returns. A party
        /// cannot set its flag once every leg covers a part that all parties accept. Any other flag only delays a
        /// formed tranche. The manager's flag counts until `manager_by`, and while the manager is an active settlement
        /// manager.
        ///
        /// ## Errors
        /// [`Error::TooLate`] from the deadline. For a party [`Error::Irrevocable`] once such a part is covered,
        /// [`Error::TooLate`] from `reserve_by`. [`Error::FlagAlreadySet`], [`Error::TooManyFlags`],
        /// [`Error::AlreadyCommitted`] while the other network decides.
        ///
        /// ## Events
        /// [`Event::FlagSet`].
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::set_flag())]
        pub fn set_flag(origin: OriginFor<T>, id: InstructionId, source: FlagSource, reason: Reason) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_set_flag(who, id, source, reason)
        }

        /// Clears a flag with which a party, the operator, a regulator or the settlement manager holds back the
        /// settlement of an instruction.
        ///
        /// ## Dispatch Origin
        /// Signed as for `set_flag`: by the party that set the flag, which may be suspended, or by any account with the
        /// role for which it was set. Operator and regulator can clear the manager's flag as well.
        ///
        /// ## Details
        /// When the last flag of a party is cleared, a covered part that all parties accept becomes irrevocable, and a
        /// covered whole forms a tranche; under `Immediate` the tranche settles in this call.
        ///
        /// ## Errors
        /// [`Error::FlagNotFound`], [`Error::TooLate`] from the deadline. For a party [`Error::TooLate`] from
        /// `reserve_by`, when everything returns, and [`Error::Blocked`] while a party is sanctioned or an asset is off
        /// the list. [`Error::AlreadyCommitted`] while the other network decides.
        ///
        /// ## Events
        /// [`Event::FlagCleared`], [`Event::Irrevocable`], [`Event::TrancheFormed`], [`Event::TrancheSettled`],
        /// [`Event::SettlementDeferred`], [`Event::Closed`].
        #[pallet::call_index(13)]
        #[pallet::weight(Pallet::<T>::clear_flag_weight(tandem_primitives::MAX_LEGS))]
        pub fn clear_flag(origin: OriginFor<T>, id: InstructionId, source: FlagSource) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_clear_flag(who, id, source).map_err(|error| Self::failed(id, error))?;
            Ok(Some(Self::clear_flag_weight(legs)).into())
        }
    }

    /// Queries about one instruction, each answered from its record. The runtime API `SettlementApi` gives the same
    /// answers.
    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// State, parties, legs and flags of an instruction; `None` if there is none with this id, or its record was
        /// removed.
        pub fn instruction(id: InstructionId) -> Option<InstructionView> {
            Instructions::<T>::get(id).map(|stored| Self::view_of(id, stored))
        }

        /// Tokens of the current tranche of an instruction. For each: its leg, its id, the account that holds it, the
        /// lots that it executes, and its status.
        pub fn tokens(id: InstructionId) -> Vec<(LegIndex, TokenId, AccountId, Lots, TokenStatus)> {
            Instructions::<T>::get(id).map_or_else(Vec::new, |stored| Self::tokens_of(id, &stored))
        }

        /// All reasons why an instruction cannot settle now. Empty if `settle`, or from the deadline on `expire`,
        /// settles it, and if there is no instruction with this id.
        pub fn blocking_reasons(id: InstructionId) -> Vec<BlockingReason> {
            Instructions::<T>::get(id).map_or_else(Vec::new, |stored| Self::reasons_of(&stored))
        }

        /// Tranche of an instruction that has formed or is committed, or else that would form from the lots reserved
        /// now. `None` if no part is covered that all parties accept, or while a party's flag is set.
        pub fn preview_tranche(id: InstructionId) -> Option<TrancheView> {
            Instructions::<T>::get(id).and_then(|stored| Self::next_tranche_of(&stored))
        }

        /// Block numbers at which an instruction reached the points of settlement finality: entered, irrevocable,
        /// settled. `None` if there is no instruction with this id.
        pub fn finality(id: InstructionId) -> Option<FinalityPoints> {
            Instructions::<T>::get(id).map(|stored| Self::points_of(&stored))
        }
    }

    impl<T: Config> Pallet<T> {
        fn instruct_weight(terms: &VersionedTerms, reserve: &Option<Quantity>) -> Weight {
            let VersionedTerms::V1(terms) = terms;
            let legs = terms.legs.len() as u32;
            // Its own reservations take no more than those of the last affirmation, which settle the trade as well.
            let reserving = reserve.map_or(Weight::zero(), |_| T::WeightInfo::affirm(legs));
            T::WeightInfo::instruct(legs).saturating_add(reserving).saturating_add(Self::payment_check(legs))
        }

        /// Maximum weight of `settle_part` in a trade of so many legs. From `reserve_by` on the call does what `expire`
        /// does.
        pub fn settle_part_weight(legs: u32) -> Weight {
            T::WeightInfo::settle_part(legs).max(T::WeightInfo::expire(legs))
        }

        /// Turns the error of a failed call on an instruction into one with a weight: two reads if there is no
        /// instruction with this id, the declared weight otherwise.
        ///
        /// With that weight, calls with guessed ids fill no block.
        pub(crate) fn failed(id: InstructionId, error: DispatchError) -> DispatchErrorWithPostInfo {
            match Instructions::<T>::contains_key(id) {
                true => error.into(),
                false => error.with_weight(T::DbWeight::get().reads(2)),
            }
        }

        /// Weight of checking the assets of so many legs against the asset registry.
        pub(crate) fn listing_check(legs: u32) -> Weight {
            T::DbWeight::get().reads(legs.into())
        }

        /// Weight of looking up whether an agent's principal is paid: the owner of the asset of each leg, by its account.
        pub fn payment_check(legs: u32) -> Weight {
            T::DbWeight::get().reads(u64::from(legs).saturating_mul(2))
        }

        /// Maximum weight of `affirm` in a trade of so many legs.
        pub fn affirm_weight(legs: u32) -> Weight {
            let checks = Self::listing_check(legs).saturating_add(Self::payment_check(legs));
            T::WeightInfo::affirm(legs).saturating_add(checks)
        }

        /// Maximum weight of `reserve` in a trade of so many legs.
        pub fn reserve_weight(legs: u32) -> Weight {
            let checks = Self::listing_check(legs).saturating_add(Self::payment_check(legs));
            T::WeightInfo::reserve(legs).saturating_add(checks)
        }

        /// Maximum weight of `clear_flag` in a trade of so many legs.
        pub fn clear_flag_weight(legs: u32) -> Weight {
            T::WeightInfo::clear_flag(legs).saturating_add(Self::listing_check(legs))
        }

        /// Maximum weight of `set_party` in a trade of so many legs.
        pub fn set_party_weight(legs: u32) -> Weight {
            let checks = T::WeightInfo::sanction_check(legs).saturating_add(Self::listing_check(legs));
            T::WeightInfo::set_party().saturating_add(checks).saturating_add(T::WeightInfo::mandate_check(legs))
        }

        /// Maximum weight of `release` where the parties of so many legs are checked for sanctions.
        pub fn release_weight(legs: u32) -> Weight {
            let checks = T::WeightInfo::sanction_check(legs).saturating_add(Self::payment_check(legs));
            T::WeightInfo::release().saturating_add(checks)
        }

        /// Maximum weight of `cancel` in a trade of so many legs.
        pub fn cancel_weight(legs: u32) -> Weight {
            let checks = T::WeightInfo::sanction_check(legs).saturating_add(T::WeightInfo::mandate_check(legs));
            T::WeightInfo::cancel(legs).saturating_add(checks)
        }

        /// Maximum weight of `reject` in a trade of so many legs.
        pub fn reject_weight(legs: u32) -> Weight {
            T::WeightInfo::reject(legs).saturating_add(T::WeightInfo::mandate_check(legs))
        }

        /// Number of the current block.
        pub(crate) fn block() -> BlockNumber {
            use sp_runtime::traits::UniqueSaturatedInto;
            frame_system::Pallet::<T>::block_number().unique_saturated_into()
        }
    }
}
