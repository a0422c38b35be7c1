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

/// Instructions, from the first party's word to the outcome.
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

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Collaborators and bounds that a chain provides.
    #[pallet::config]
    // The macro does not know the supertrait again once it bounds its types; it is there.
    #[pallet::disable_frame_system_supertrait_check]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId, Hash = sp_core::H256, RuntimeEvent: From<Event<Self>>>
    {
        /// Clock of consensus time. `pallet-timestamp`.
        type Time: Time<Moment = Moment>;

        /// Participants, their accounts, roles and agents. `pallet-participants`.
        type Directory: Directory;

        /// Custody of reserved assets. `pallet-escrow`.
        type Escrow: Escrow;

        /// The other network of trades across two, and whether it is open. `pallet-counterpart`; `()` where there is none.
        type Counterpart: Counterpart;

        /// Listener that is told of each end. `()` where nothing depends on it.
        type OnSettled: OnSettled;

        /// Longest time from `instruct` to the deadline, in milliseconds. 60 days: the longest that T2S recycles.
        #[pallet::constant]
        type MaxInstructionLife: Get<Moment>;

        /// Time for which a closed instruction stays after its deadline or its end, whichever is later, in milliseconds. 30
        /// days on a production chain.
        #[pallet::constant]
        type Retention: Get<Moment>;

        /// Time for which a request to cancel stands, in milliseconds. One hour.
        #[pallet::constant]
        type CancelLife: Get<Moment>;

        /// Least time from `settle_from`, and from a manager's `manager_by`, to the deadline (across two networks to
        /// `reserve_by`), in milliseconds. Six blocks.
        #[pallet::constant]
        type MinSettleTime: Get<Moment>;

        /// Time for which a party must have been sanctioned before another one leaves a formed tranche, in milliseconds.
        /// One day, in which a regulator can correct a mistake.
        #[pallet::constant]
        type SanctionGrace: Get<Moment>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;

        /// Set-up of what the benchmarks need of other pallets.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory
            + tandem_primitives::benchmarking::SetUpEscrow
            + tandem_primitives::benchmarking::SetUpCounterpart;
    }

    /// Instructions by id, open ones with all they need and closed ones as a small record.
    ///
    /// Written by every call; the sweep removes a closed one the retention after its deadline or end. Bounded by what
    /// participants' quotas let them instruct within the longest life and the retention.
    // The id is a hash of its contents, so nobody can choose where it lands in the trie.
    #[pallet::storage]
    pub type Instructions<T: Config> = StorageMap<_, Identity, InstructionId, Instruction, OptionQuery>;

    /// Bucket in which the sweep looks at an instruction next: exactly one entry for each instruction.
    ///
    /// Written at `instruct` and by the sweep itself, never by settling.
    // Keys in order are instants in order, so that the first key is the next that is due. The id is a hash.
    #[pallet::storage]
    pub type Expiries<T: Config> = StorageDoubleMap<_, Identity, Bucket, Identity, InstructionId, (), OptionQuery>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// The sweep: settles what has waited for its time, ends what is due and removes records past their retention, the
        /// earliest first.
        ///
        /// Bounded by the weight that the block has left; what does not fit waits for the next block. Nothing
        /// depends on it: expiry is a fact of time that every call checks, and anybody can call `expire`.
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
        /// Puts a trade on the chain for the other parties to affirm.
        ///
        /// ## Dispatch Origin
        /// Signed by a party, or by an agent with `party.on_behalf_of`.
        ///
        /// ## Details
        /// Every party must be active. A participant is one party; one that is at both ends of a leg is a party with each
        /// of its accounts in the terms, and instructs for the one that signs or that `party.account` names. With `reserve`, each leg that the party delivers is reserved too. A trade across
        /// two networks is instructed on the one that does not decide; only that one's legs are looked up.
        ///
        /// ## Errors
        /// [`Error::AlreadyExists`], [`Error::PartyNotActive`], [`Error::BadTerms`] with the fault,
        /// [`Error::NoTimeToSettle`], and those of `reserve`. With two networks [`Error::OtherNetwork`], [`Error::CounterpartNotOpen`],
        /// [`Error::WindowTooShort`].
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

        /// Agrees to a trade, by the hash of its terms or with one's own view of them.
        ///
        /// ## Dispatch Origin
        /// Signed by a party that has not affirmed, or by its agent. A participant that is at both ends of a leg affirms
        /// once for each of its accounts: the one that signs, or that `party.account` names.
        ///
        /// ## Details
        /// Terms that differ fail nothing: the event names every field. Once all have affirmed it is matched. With
        /// `reserve`, each leg that the party delivers is reserved too, and the trade settles if that completes it.
        ///
        /// ## Errors
        /// [`Error::AlreadyAffirmed`], [`Error::TermsDiffer`], [`Error::TooLate`] from `reserve_by`, [`Error::Blocked`]
        /// while a party is sanctioned or an asset is off the list,
        /// [`Error::PartyNotActive`], [`Error::MinimumNotPossible`], [`Error::PartialWithHashlock`], and those of
        /// `reserve`.
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

        /// Changes what is one's own: policy, priority, reference.
        ///
        /// ## Dispatch Origin
        /// Signed by a party that has affirmed, or by its agent.
        ///
        /// ## Details
        /// Possible until a tranche forms. The policy stands once a part that all take is covered, unless a party holds
        /// the trade back.
        ///
        /// ## Errors
        /// [`Error::Irrevocable`], [`Error::WrongState`], [`Error::TooLate`] from `reserve_by`, [`Error::NotAffirmed`],
        /// [`Error::AlreadyCommitted`] while the other network decides, [`Error::Blocked`] while a party is sanctioned or an
        /// asset is off the list, [`Error::PartyNotActive`], [`Error::MinimumNotPossible`], [`Error::PartialWithHashlock`].
        ///
        /// ## Events
        /// [`Event::PartyChanged`], and [`Event::Irrevocable`] where a looser policy takes what is covered.
        #[pallet::call_index(2)]
        #[pallet::weight(Pallet::<T>::set_party_weight(tandem_primitives::MAX_LEGS))]
        pub fn set_party(origin: OriginFor<T>, id: InstructionId, party: PartyTerms) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_set_party(who, id, party)?;
            Ok(Some(Self::set_party_weight(legs)).into())
        }

        /// Moves lots of a leg into escrow.
        ///
        /// ## Dispatch Origin
        /// Signed by the leg's giver once it has affirmed, or by its agent for such legs.
        ///
        /// ## Details
        /// The reservation that completes the whole forms the tranche; under `Immediate` it settles then and there
        /// and this leg goes straight to its receiver. `UpTo` takes the most lots that the balance covers and that some
        /// part can use, with what the leg has already. While a party holds the trade back nothing forms, and what is
        /// reserved can be released; nor does it across two networks before `Counterpart::commit`.
        ///
        /// ## Errors
        /// [`Error::TooLate`] from `reserve_by`, [`Error::ZeroLots`], [`Error::TooManyLots`], [`Error::NotAffirmed`],
        /// [`Error::PartyNotActive`] if the giver is not, [`Error::LegNotFound`], [`Error::LegElsewhere`],
        /// [`Error::WrongState`] while a tranche is executed, [`Error::AlreadyCommitted`] while the other network
        /// decides, [`Error::Blocked`] while a party is sanctioned, and for `Exactly` those of the asset, and
        /// [`Error::Blocked`] while its asset is off the list, or that of another reserved leg is frozen or off the list.
        /// `UpTo` reserves nothing then.
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

        /// Takes lots of a leg back that no tranche needs.
        ///
        /// ## Dispatch Origin
        /// Signed by the leg's giver, or by its agent for such legs.
        ///
        /// ## Details
        /// While another party is sanctioned any lots can be taken back: at once while no tranche has formed, and from a
        /// formed one, which ends by that, when the sanction has lasted `SanctionGrace`.
        ///
        /// ## Errors
        /// [`Error::Irrevocable`] for lots that a part which all take needs, [`Error::TooManyLots`],
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

        /// Forms the largest part that is covered and that all parties take.
        ///
        /// ## Dispatch Origin
        /// Signed by a party, or its agent, from `partial_from`; by anybody from `reserve_by`.
        ///
        /// ## Errors
        /// [`Error::PartNotAllowed`], [`Error::TooEarly`], [`Error::TooLate`] from the deadline, [`Error::Blocked`] before
        /// `reserve_by` while a party holds it back or is sanctioned, [`Error::WrongState`], [`Error::WrongExecution`]
        /// where a manager or a secret decides, [`Error::NeedsCommit`] where another network does.
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

        /// Uses the token of a leg, or shows the preimage that moves all legs.
        ///
        /// ## Dispatch Origin
        /// With tokens: signed by the leg's receiver, or its agent for such legs. With a hashlock: by anybody.
        ///
        /// ## Details
        /// The last token settles the tranche. A right preimage before the deadline delivers every leg, whatever stands
        /// in the way: `settle` pays them once nothing does, the deadline at the latest. One thing undoes it: a party
        /// that is sanctioned at the deadline. Nothing moves to or from it, so that everything returns, and the secret
        /// has bought nothing.
        ///
        /// ## Errors
        /// With tokens [`Error::TokenNotArmed`], [`Error::TokenConsumed`], [`Error::Blocked`]. With a hashlock
        /// [`Error::WrongPreimage`], [`Error::TokenNotArmed`] before the whole is reserved, [`Error::TokenConsumed`] the
        /// second time. [`Error::LegNotFound`], [`Error::WrongExecution`], [`Error::TooLate`] from the deadline,
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

        /// Settles a tranche: one that was deferred, or as much as the manager decides.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody for a deferred tranche; by the manager for its instructions, with any size that all
        /// parties take; from `manager_by` by any party with the largest.
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

        /// Cancels a trade: alone until all have affirmed, all together after that.
        ///
        /// ## Dispatch Origin
        /// Signed by a party, or its agent.
        ///
        /// ## Details
        /// A request stands for `CancelLife` and stops nothing meanwhile; it ends when a part becomes irrevocable, when a
        /// tranche forms, and when the party reserves or affirms. Before all have affirmed no request is needed: any party
        /// cancels alone. While another party is sanctioned any party cancels alone: at once while no tranche has formed, and a
        /// formed one when the sanction has lasted `SanctionGrace`.
        ///
        /// ## Errors
        /// [`Error::AlreadyExecuted`] once a token is used, and once a tranche has settled unless a sanction frees the party.
        /// [`Error::TooLate`] from `reserve_by`, when what is not covered has expired; for a tranche that has formed by then,
        /// from the deadline.
        /// [`Error::AlreadyCommitted`] while the other network decides.
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

        /// Refuses a trade that one has not affirmed.
        ///
        /// ## Dispatch Origin
        /// Signed by a party that has not affirmed, or by its agent; a suspended one may too.
        ///
        /// ## Errors
        /// [`Error::AlreadyAffirmed`], [`Error::TooLate`] from `reserve_by`, when it has expired.
        ///
        /// ## Events
        /// [`Event::Rejected`], [`Event::Closed`].
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::reject(tandem_primitives::MAX_LEGS))]
        pub fn reject(
            origin: OriginFor<T>,
            id: InstructionId,
            on_behalf_of: Option<ParticipantId>,
            reason: Reason,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::do_reject(who, id, on_behalf_of, reason).map_err(|error| Self::failed(id, error))?;
            Ok(Some(T::WeightInfo::reject(legs)).into())
        }

        /// Does what is due: at `reserve_by` the largest part forms and the rest returns, at the deadline it ends.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// From the deadline on everything returns that has not settled, with one exception: what is covered under
        /// `Immediate` settles, however late, unless a flag held it back at the deadline or a party is sanctioned now.
        ///
        /// ## Errors
        /// [`Error::NotDue`] if nothing is due that is not done, [`Error::AlreadyCommitted`] where only the
        /// other network's decision ends it.
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

        /// Holds settlement back, with a reason.
        ///
        /// ## Dispatch Origin
        /// Signed by a party; or by the operator, the regulator, or the settlement manager of the terms, if it is no party.
        ///
        /// ## Details
        /// It extends no deadline and stops no return. While the flag of a party stands nothing forms and nothing is
        /// committed, so that each party may release what it has reserved; at `reserve_by` everything returns. A party
        /// cannot set one once a tranche's needs are committed. Any other flag only delays what has formed. The manager's
        /// counts until `manager_by`, and while it is an active settlement manager.
        ///
        /// ## Errors
        /// [`Error::TooLate`] from the deadline. For a party [`Error::Irrevocable`] once something is committed,
        /// [`Error::TooLate`] from `reserve_by`.
        /// [`Error::FlagAlreadySet`], [`Error::TooManyFlags`], [`Error::AlreadyCommitted`] while the other network decides.
        ///
        /// ## Events
        /// [`Event::FlagSet`].
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::set_flag())]
        pub fn set_flag(origin: OriginFor<T>, id: InstructionId, source: FlagSource, reason: Reason) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_set_flag(who, id, source, reason)
        }

        /// Holds settlement back no longer.
        ///
        /// ## Dispatch Origin
        /// Signed as for `set_flag`: the same party, which may be suspended, or any account with the same role. Operator
        /// and regulator clear the manager's flag as well.
        ///
        /// ## Details
        /// With the last flag of a party, what is covered is committed, and a covered whole forms; under `Immediate` it
        /// settles then and there.
        ///
        /// ## Errors
        /// [`Error::FlagNotFound`], [`Error::TooLate`] from the deadline. For a party [`Error::TooLate`] from `reserve_by`,
        /// when everything returns, and [`Error::Blocked`] while a party is sanctioned or an asset is off the list.
        /// [`Error::AlreadyCommitted`] while the other network decides.
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

    /// Questions about one instruction, all answered from its one record. The runtime API asks these, too.
    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// All of an instruction; `None` if there is none, or it is past its retention.
        pub fn instruction(id: InstructionId) -> Option<InstructionView> {
            Instructions::<T>::get(id).map(|stored| Self::view_of(id, stored))
        }

        /// Tokens of the current tranche, with their legs.
        pub fn tokens(id: InstructionId) -> Vec<(LegIndex, TokenId, AccountId, Lots, TokenStatus)> {
            Instructions::<T>::get(id).map_or_else(Vec::new, |stored| Self::tokens_of(id, &stored))
        }

        /// Every reason why an instruction does not settle now; empty if `settle`, or from the deadline on `expire`, settles it.
        pub fn blocking_reasons(id: InstructionId) -> Vec<BlockingReason> {
            Instructions::<T>::get(id).map_or_else(Vec::new, |stored| Self::reasons_of(&stored))
        }

        /// Tranche that has formed or is committed, or that is covered and would be next; `None` while a party holds it
        /// back.
        pub fn preview_tranche(id: InstructionId) -> Option<TrancheView> {
            Instructions::<T>::get(id).and_then(|stored| Self::next_tranche_of(&stored))
        }

        /// Blocks at which an instruction reached the points of settlement finality.
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
            T::WeightInfo::instruct(legs).saturating_add(reserving)
        }

        /// Weight of `settle_part` at most: from `reserve_by` on it does what `expire` does.
        pub fn settle_part_weight(legs: u32) -> Weight {
            T::WeightInfo::settle_part(legs).max(T::WeightInfo::expire(legs))
        }

        /// Failure of a call on an instruction. Of an unknown one it weighs the reads of its signer and of that item:
        /// whoever guesses ids fills no block.
        pub(crate) fn failed(id: InstructionId, error: DispatchError) -> DispatchErrorWithPostInfo {
            match Instructions::<T>::contains_key(id) {
                true => error.into(),
                false => error.with_weight(T::DbWeight::get().reads(2)),
            }
        }

        /// Weight of reading from the list the assets of so many legs.
        pub(crate) fn listing_check(legs: u32) -> Weight {
            T::DbWeight::get().reads(legs.into())
        }

        /// Weight of `affirm` in a trade of so many legs.
        pub fn affirm_weight(legs: u32) -> Weight {
            T::WeightInfo::affirm(legs).saturating_add(Self::listing_check(legs))
        }

        /// Weight of `reserve` in a trade of so many legs.
        pub fn reserve_weight(legs: u32) -> Weight {
            T::WeightInfo::reserve(legs).saturating_add(Self::listing_check(legs))
        }

        /// Weight of `clear_flag` in a trade of so many legs.
        pub fn clear_flag_weight(legs: u32) -> Weight {
            T::WeightInfo::clear_flag(legs).saturating_add(Self::listing_check(legs))
        }

        /// Weight of `set_party` in a trade of so many legs.
        pub fn set_party_weight(legs: u32) -> Weight {
            let checks = T::WeightInfo::sanction_check(legs).saturating_add(Self::listing_check(legs));
            T::WeightInfo::set_party().saturating_add(checks)
        }

        /// Weight of `release` that looks for sanctions at so many legs.
        pub fn release_weight(legs: u32) -> Weight {
            T::WeightInfo::release().saturating_add(T::WeightInfo::sanction_check(legs))
        }

        /// Weight of `cancel` in a trade of so many legs.
        pub fn cancel_weight(legs: u32) -> Weight {
            T::WeightInfo::cancel(legs).saturating_add(T::WeightInfo::sanction_check(legs))
        }

        /// Number of the block in which this runs.
        pub(crate) fn block() -> BlockNumber {
            use sp_runtime::traits::UniqueSaturatedInto;
            frame_system::Pallet::<T>::block_number().unique_saturated_into()
        }
    }
}
