#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod events;
pub mod grandpa;
mod impls;
mod lane;
#[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::*;

use frame_support::pallet_macros::import_section;

pub use grandpa::{HeaderProof, LightClient};
pub use pallet::*;
pub use types::{Link, Payment, PaymentLeg, PaymentView, PendingRelease, Reason};
pub use weights::WeightInfo;

/// Instructions whose legs are on two chains.
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::types::{SingleHalt, MAX_SPENT_HALTS};
    use alloc::vec::Vec;
    use frame_support::{dispatch::WithPostDispatchInfo, pallet_prelude::*, traits::Time, weights::WeightMeter};
    use frame_system::pallet_prelude::*;
    use tandem_primitives::{
        AccountId, Balance, BlockNumber, BlockingReason, Bucket, Commitment, CounterpartState, Directory, Escrow,
        HeldInstructions, InstructionId, LegIndex, Lots, Moment, ParticipantId, ProofFault, Quantity, Record,
        Reference, RejectReason, TermsFault, TrancheIndex, Transport, VersionedTerms, MAX_LEGS, RECORD_VERSION,
    };

    /// A proof of the counterpart's state.
    pub type ProofOf<T> = <<T as Config>::State as CounterpartState>::Proof;

    /// One tranche of one instruction: the key of commitments and of records.
    pub type TrancheKey = (InstructionId, TrancheIndex);

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Configuration of the pallet.
    #[pallet::config]
    // The macro does not know the supertrait again once it bounds its types; it is there.
    #[pallet::disable_frame_system_supertrait_check]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId, Hash = sp_core::H256, RuntimeEvent: From<Event<Self>>>
    {
        /// Origin that opens and halts the counterpart and releases its instructions. Root: the operator under dual control.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Whoever stops what comes from the counterpart, at once: two accounts of the operator, or root.
        type StopOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Whoever ends a halt: two accounts of the operator and one of the regulator, or root.
        type ResumeOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// One account of the regulator, which halts for [`Config::HaltLife`].
        type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = AccountId>;

        /// Life of a halt that one account of the regulator has set and no second one has confirmed, in milliseconds: a
        /// day.
        #[pallet::constant]
        type HaltLife: Get<Moment>;

        /// Source of consensus time. `pallet-timestamp`.
        type Time: Time<Moment = Moment>;

        /// Directory of participants and their accounts. `pallet-participants`.
        type Directory: Directory;

        /// Escrow of reserved assets. `pallet-escrow`.
        type Escrow: Escrow;

        /// Instructions that this chain holds. `pallet-settlement`.
        type Held: HeldInstructions;

        /// Access to the counterpart's state. [`LightClient`].
        type State: CounterpartState;

        /// Lane that takes messages. `()` where proofs serve alone.
        type Transport: Transport;

        /// Minimum time between a commitment and the pay deadline, in milliseconds: finality of both chains, the
        /// gateway's budget and the drift of clocks. 30 seconds with blocks of two.
        #[pallet::constant]
        type MinSettleWindow: Get<Moment>;

        /// Silence of the counterpart that a release needs, in milliseconds. A week.
        #[pallet::constant]
        type ReleaseDelay: Get<Moment>;

        /// Maximum time from a payment's beginning to its pay deadline, in milliseconds. That of instructions.
        #[pallet::constant]
        type MaxInstructionLife: Get<Moment>;

        /// Time for which a sanction of another party must last before a payer takes back what a commitment on its way could
        /// cover, in milliseconds. That of instructions.
        #[pallet::constant]
        type SanctionGrace: Get<Moment>;

        /// Maximum number of headers on the block-list. 64.
        #[pallet::constant]
        type MaxBlockedHeaders: Get<u32>;

        /// Weights of the calls and the sweep.
        type WeightInfo: WeightInfo;

        /// Set-up of what the benchmarks need of other pallets.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory
            + tandem_primitives::benchmarking::SetUpEscrow
            + tandem_primitives::benchmarking::SetUpState
            + tandem_primitives::benchmarking::SetUpHeld;
    }

    /// Version of [`Commitments`] and [`Records`], which proofs show to the counterpart.
    ///
    /// Written at genesis and by the upgrade that changes it; never removed.
    #[pallet::storage]
    pub type RecordVersion<T: Config> = StorageValue<_, u16, OptionQuery>;

    /// Link to the counterpart, once the operator has opened it. Its genesis never changes.
    #[pallet::storage]
    pub type CounterpartLink<T: Config> = StorageValue<_, Link, OptionQuery>;

    /// True while the operator halts the light client: nothing can be proven meanwhile. Written by `set_halted`.
    #[pallet::storage]
    pub type Halted<T: Config> = StorageValue<_, bool, ValueQuery>;

    /// A halt that one account of the regulator has set. Gone when it lapses, when a second account confirms it, and when
    /// others decide about the halt.
    #[pallet::storage]
    pub type HaltByOne<T: Config> = StorageValue<_, SingleHalt, OptionQuery>;

    /// Accounts of the regulator that have halted alone since others last decided about a halt: none of them does it again.
    #[pallet::storage]
    pub type SpentHalts<T: Config> = StorageValue<_, BoundedVec<AccountId, ConstU32<MAX_SPENT_HALTS>>, ValueQuery>;

    /// Headers that prove nothing, although they were imported. Written by `block_header` and `unblock_header`; at most
    /// `MaxBlockedHeaders`.
    #[pallet::storage]
    pub type BlockedHeaders<T: Config> = StorageValue<_, BoundedVec<sp_core::H256, T::MaxBlockedHeaders>, ValueQuery>;

    /// Block number at or below which headers prove nothing, although they were imported. Written and removed by
    /// `block_headers_until`.
    #[pallet::storage]
    pub type BlockedUntil<T: Config> = StorageValue<_, BlockNumber, OptionQuery>;

    /// Number of changes that the operator made to the light client: halts, resumptions, changes of the block-list. Each
    /// voids the releases that wait.
    #[pallet::storage]
    pub type ClientChanges<T: Config> = StorageValue<_, u32, ValueQuery>;

    /// Commitments of this chain that the counterpart has to decide, by instruction and tranche.
    ///
    /// Written by `commit`; gone with the proven decision, the proven timeout or the governed release. At most one for
    /// each instruction. The counterpart reads it by proof: the name, key, hasher and encoding are part of the protocol.
    #[pallet::storage]
    pub type Commitments<T: Config> = StorageMap<_, Blake2_128Concat, TrancheKey, Commitment, OptionQuery>;

    /// Decisions of this chain, by instruction and tranche: the commit point. A record never changes.
    ///
    /// Written in the storage layer that moves the payment; gone once the counterpart is proven to have ended
    /// the tranche and the pay deadline has passed. At most one for each proven commitment. The counterpart reads it by
    /// proof, and its absence: the name, key, hasher and encoding are part of the protocol.
    #[pallet::storage]
    pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, TrancheKey, Record, OptionQuery>;

    /// Payments that this chain has to decide. Written when the payer reserves ahead or the commitment arrives; gone
    /// with the last lot, a rejection or the pay deadline. Bounded by what participants may reserve here or commit there
    /// within their quotas and the longest life.
    // The id is a hash of its contents, so nobody can choose where it lands in the trie.
    #[pallet::storage]
    pub type Payments<T: Config> = StorageMap<_, Identity, InstructionId, Payment, OptionQuery>;

    /// Instants at which the sweep looks at payments: the pay deadline of each, and of one that is committed and covered also
    /// the instant at which nothing may stand in its way any more. An entry goes when its instant comes, with a payment that
    /// has ended or without.
    // Keys in order are instants in order. The id is a hash.
    #[pallet::storage]
    pub type Expiries<T: Config> = StorageDoubleMap<_, Identity, Bucket, Identity, InstructionId, (), OptionQuery>;

    /// Releases that wait for the counterpart's silence to last. At most one for each committed instruction.
    #[pallet::storage]
    pub type Releases<T: Config> = StorageMap<_, Identity, InstructionId, PendingRelease, OptionQuery>;

    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        #[serde(skip)]
        _config: core::marker::PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            RecordVersion::<T>::put(RECORD_VERSION);
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// Sets the version of the records to that of the code that writes them, from its first block on.
        fn on_runtime_upgrade() -> Weight {
            RecordVersion::<T>::put(RECORD_VERSION);
            T::DbWeight::get().writes(1)
        }

        /// Ends a halt by one account of the regulator once its time has passed. One read in every other block.
        fn on_initialize(_block: BlockNumberFor<T>) -> Weight {
            Self::lapse_halt()
        }

        /// Executes what nobody has to decide any more and ends the payments whose pay deadline has passed, the earliest first
        /// (the sweep).
        ///
        /// Bounded by the weight that the block has left; what does not fit waits for the next block. Nothing depends
        /// on it: every call checks the deadline, and anybody can call `expire`.
        fn on_idle(_block: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(remaining);
            Self::sweep(&mut meter);
            meter.consumed()
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Opens the counterpart with this genesis, for good, or again after it was closed.
        ///
        /// ## Dispatch Origin
        /// Root: the operator under dual control.
        ///
        /// ## Errors
        /// [`Error::CounterpartDiffers`], [`Error::NothingChanges`].
        ///
        /// ## Events
        /// [`Event::Opened`].
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::open_counterpart())]
        pub fn open_counterpart(origin: OriginFor<T>, genesis: sp_core::H256) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_open(genesis)
        }

        /// Lets no new trade with the counterpart begin or be committed. What is committed ends.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator, at once; root.
        ///
        /// ## Errors
        /// [`Error::CounterpartNotOpen`].
        ///
        /// ## Events
        /// [`Event::ClosedForNew`].
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::close_counterpart())]
        pub fn close_counterpart(origin: OriginFor<T>) -> DispatchResult {
            T::StopOrigin::ensure_origin(origin)?;
            Self::do_close()
        }

        /// Halts the light client, so that nothing can be proven, or resumes it. Voids every release that waits.
        ///
        /// ## Dispatch Origin
        /// Halts: two accounts of the operator, at once; root; one account of the regulator. Resumes: two accounts of the
        /// operator and one of the regulator, at once; root.
        ///
        /// ## Details
        /// A halt by one account of the regulator lapses after `HaltLife`, unless a second account of the regulator halts
        /// too. The same account does not halt again before others have decided.
        ///
        /// ## Errors
        /// [`Error::NothingChanges`], [`Error::HaltSpent`].
        ///
        /// ## Events
        /// [`Event::HaltChanged`], [`Event::HaltedByOne`], [`Event::HaltConfirmed`].
        #[pallet::call_index(2)]
        #[pallet::weight((
            T::WeightInfo::set_halted().saturating_add(T::DbWeight::get().reads_writes(3, 2)),
            DispatchClass::Operational,
        ))]
        pub fn set_halted(origin: OriginFor<T>, halted: bool) -> DispatchResult {
            if !halted {
                T::ResumeOrigin::ensure_origin(origin)?;
                return Self::do_resume();
            }
            match T::StopOrigin::try_origin(origin) {
                Ok(_) => Self::do_halt(),
                Err(origin) => {
                    let by = T::RegulatorOrigin::ensure_origin(origin)?;
                    Self::do_halt_by_one(by)
                }
            }
        }

        /// Puts a header on the block-list: it proves nothing, although it was imported. Voids every release that waits.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator, at once; root.
        ///
        /// ## Errors
        /// [`Error::AlreadyBlocked`], [`Error::TooManyBlocked`].
        ///
        /// ## Events
        /// [`Event::HeaderBlocked`].
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::block_header())]
        pub fn block_header(origin: OriginFor<T>, header: sp_core::H256) -> DispatchResult {
            T::StopOrigin::ensure_origin(origin)?;
            Self::do_block_header(header)
        }

        /// Takes a header off the block-list. Voids every release that waits.
        ///
        /// ## Dispatch Origin
        /// Root: the operator under dual control.
        ///
        /// ## Errors
        /// [`Error::NotBlocked`].
        ///
        /// ## Events
        /// [`Event::HeaderUnblocked`].
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::unblock_header())]
        pub fn unblock_header(origin: OriginFor<T>, header: sp_core::H256) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_unblock_header(header)
        }

        /// Commits what is reserved of a trade across two networks: from now on the other network decides.
        ///
        /// ## Dispatch Origin
        /// Signed by a party, or its agent. Where a manager decides: by the manager, with any part that all parties take;
        /// by a party from `manager_by`.
        ///
        /// ## Details
        /// Nothing on this chain takes it back: no release, no flag, no cancellation and no deadline. It ends by a proof
        /// of what the other network has decided, or that it let the pay deadline pass. What is left of the trade can be
        /// committed again after that, before `reserve_by`.
        ///
        /// ## Errors
        /// [`Error::CounterpartNotOpen`], and those of `Settlement` for what stands in the way.
        ///
        /// ## Events
        /// [`Event::Committed`].
        #[pallet::call_index(5)]
        #[pallet::weight(Pallet::<T>::commit_weight(MAX_LEGS))]
        pub fn commit(origin: OriginFor<T>, id: InstructionId, lots: Option<Lots>) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = T::Held::legs(id);
            let result = Self::do_commit(who, id, lots);
            Self::weighed(legs, Self::commit_weight, result)
        }

        /// Delivers what the other network has executed.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// The proof is of two keys of one finalised header of the other network: `Counterpart.RecordVersion` and
        /// `Counterpart.Records` of the tranche. Exactly the executed lots are delivered, whatever status, flag or state
        /// of an asset says now: what cannot be paid out becomes a credit. The rest is free again.
        ///
        /// ## Errors
        /// [`Error::NotCommitted`], [`Error::RecordNotFound`], [`Error::RecordIsRejection`], [`Error::RecordDiffers`],
        /// [`Error::LotsNotAllowed`], [`Error::Proof`].
        ///
        /// ## Events
        /// [`Event::Delivered`].
        #[pallet::call_index(6)]
        #[pallet::weight(
            T::WeightInfo::deliver_by_proof(T::State::size(proof)).saturating_add(T::Held::deliver_weight(MAX_LEGS))
        )]
        pub fn deliver_by_proof(
            origin: OriginFor<T>,
            id: InstructionId,
            proof: ProofOf<T>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let (legs, of_proof) =
                (Self::legs_of_committed(id), T::WeightInfo::deliver_by_proof(T::State::size(&proof)));
            let result = Self::do_deliver_by_proof(who, id, proof);
            Self::weighed(legs, |legs| of_proof.saturating_add(T::Held::deliver_weight(legs)), result)
        }

        /// Returns what the other network has rejected, or has let pass.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// Either the proof is that of `deliver_by_proof` and shows a rejection. Or it is of four keys of one
        /// finalised header: `Counterpart.RecordVersion`, `Counterpart.Records` of the tranche, which is absent,
        /// `System.BlockHash` of 0, which is the counterpart's genesis hash, and `Timestamp.Now`, which has reached the pay
        /// deadline.
        ///
        /// ## Errors
        /// [`Error::NotCommitted`], [`Error::AlreadyExecuted`], [`Error::OtherNetwork`], [`Error::NotTimedOut`],
        /// [`Error::RecordDiffers`], [`Error::Proof`].
        ///
        /// ## Events
        /// [`Event::ReturnedOnRejection`] or [`Event::ReturnedOnTimeout`].
        #[pallet::call_index(7)]
        #[pallet::weight(
            T::WeightInfo::return_by_proof(T::State::size(proof)).saturating_add(T::Held::take_back_weight(MAX_LEGS))
        )]
        pub fn return_by_proof(
            origin: OriginFor<T>,
            id: InstructionId,
            proof: ProofOf<T>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let (legs, of_proof) =
                (Self::legs_of_committed(id), T::WeightInfo::return_by_proof(T::State::size(&proof)));
            let result = Self::do_return_by_proof(who, id, proof);
            Self::weighed(legs, |legs| of_proof.saturating_add(T::Held::take_back_weight(legs)), result)
        }

        /// Begins the release of a committed instruction whose counterpart has stopped for good, and closes the
        /// counterpart for new trades.
        ///
        /// ## Dispatch Origin
        /// Root: the operator under dual control.
        ///
        /// ## Details
        /// It takes effect by `complete_release` once `ReleaseDelay` has passed without a new finalised header of the
        /// counterpart, and the pay deadline too. The first new header voids it.
        ///
        /// ## Errors
        /// [`Error::NotCommitted`], [`Error::Proof`], [`Error::AlreadyReleasing`].
        ///
        /// ## Events
        /// [`Event::ReleaseBegun`], [`Event::ClosedForNew`].
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::governed_release())]
        pub fn governed_release(origin: OriginFor<T>, id: InstructionId) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_governed_release(id)
        }

        /// Completes a release after its delay, or drops it if the counterpart was not silent.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Errors
        /// [`Error::ReleaseNotFound`], [`Error::TooEarly`].
        ///
        /// ## Events
        /// [`Event::ReleasedByGovernance`], [`Event::ReleaseVoided`].
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::complete_release().saturating_add(T::Held::take_back_weight(MAX_LEGS)))]
        pub fn complete_release(origin: OriginFor<T>, id: InstructionId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Releases::<T>::get(id).and_then(|_| Self::legs_of_committed(id));
            let result = Self::do_complete_release(who, id);
            let weight = |legs| T::WeightInfo::complete_release().saturating_add(T::Held::take_back_weight(legs));
            Self::weighed(legs, weight, result)
        }

        /// Brings a trade that the other network has committed and that this one decides.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// The proof is of two keys of one finalised header of the other network: `Counterpart.RecordVersion` and
        /// `Counterpart.Commitments` of the tranche. What the payer has reserved ahead is executed then and there. A
        /// trade that cannot be settled here, whoever pays, is rejected at once.
        ///
        /// ## Errors
        /// [`Error::BadTerms`], [`Error::OtherNetwork`], [`Error::CounterpartNotOpen`], [`Error::CommitmentNotFound`],
        /// [`Error::CommitmentDiffers`], [`Error::AlreadyExists`], [`Error::TooLate`], [`Error::Proof`].
        ///
        /// ## Events
        /// [`Event::CommitmentReceived`], [`Event::Executed`], [`Event::ExecutionDeferred`], [`Event::Rejected`].
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::instruct_by_proof(Pallet::<T>::legs_of(terms), T::State::size(proof)))]
        pub fn instruct_by_proof(
            origin: OriginFor<T>,
            terms: VersionedTerms,
            instructing: AccountId,
            tranche: TrancheIndex,
            proof: ProofOf<T>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_instruct_by_proof(who, terms, instructing, tranche, proof)
        }

        /// Reserves lots of a leg on this chain before the trade has arrived here.
        ///
        /// ## Dispatch Origin
        /// Signed by the leg's giver, or by its agent for such legs.
        ///
        /// ## Details
        /// The signature is over the whole terms. What is reserved is bound until the pay deadline, so that nobody
        /// commits in reliance on it in vain; who is the only payee can let it go with `refuse`. A payment does not begin
        /// with nothing in it: `UpTo` that finds no lots fails with `ZeroLots` then.
        ///
        /// ## Errors
        /// [`Error::BadTerms`], [`Error::OtherNetwork`], [`Error::CounterpartNotOpen`], [`Error::TooLate`],
        /// [`Error::NotSettleable`], and those of `reserve`.
        ///
        /// ## Events
        /// [`Event::PaymentBegun`], and those of `reserve`.
        #[pallet::call_index(11)]
        #[pallet::weight(Pallet::<T>::reserve_ahead_weight(Pallet::<T>::legs_of(terms)))]
        pub fn reserve_ahead(
            origin: OriginFor<T>,
            terms: VersionedTerms,
            instructing: AccountId,
            leg: LegIndex,
            quantity: Quantity,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_reserve_ahead(who, terms, instructing, leg, quantity)
        }

        /// Reserves lots of a leg on this chain. What is then committed and covered is executed at once, unless a
        /// manager decides.
        ///
        /// ## Dispatch Origin
        /// Signed by the leg's giver, or by its agent for such legs.
        ///
        /// ## Errors
        /// [`Error::PaymentNotFound`], [`Error::LegNotFound`], [`Error::NotAuthorized`], [`Error::ZeroLots`],
        /// [`Error::TooManyLots`], [`Error::TooLate`], [`Error::NotSettleable`]. [`Error::Blocked`] while a party is
        /// sanctioned; for `Exactly` also if an asset is off the list or that of another reserved leg does not move, and
        /// those of the asset.
        ///
        /// ## Events
        /// [`Event::Reserved`], [`Event::ReservationShort`], [`Event::Executed`], [`Event::ExecutionDeferred`].
        #[pallet::call_index(12)]
        #[pallet::weight(Pallet::<T>::reserve_weight(MAX_LEGS))]
        pub fn reserve(
            origin: OriginFor<T>,
            id: InstructionId,
            leg: LegIndex,
            quantity: Quantity,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::legs_of_payment(id);
            let result = Self::do_reserve(who, id, leg, quantity);
            Self::weighed(legs, Self::reserve_weight, result)
        }

        /// Executes what is committed and covered: late, or as much as the manager decides.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody where no manager decides; by the manager with any part that is committed and taken; by a
        /// party from the manager's instant with the largest.
        ///
        /// ## Details
        /// Where no manager decides the sweep does it too, when its time has come or a sanction has ended. The status of an
        /// asset stands in nobody's way: what a receiver cannot take becomes its credit.
        ///
        /// ## Errors
        /// [`Error::PaymentNotFound`], [`Error::TooLate`], [`Error::PartNotAllowed`], [`Error::TooManyLots`],
        /// [`Error::Blocked`], [`Error::NotAuthorized`].
        ///
        /// ## Events
        /// [`Event::Executed`].
        #[pallet::call_index(13)]
        #[pallet::weight(T::WeightInfo::execute(MAX_LEGS))]
        pub fn execute(origin: OriginFor<T>, id: InstructionId, lots: Option<Lots>) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::legs_of_payment(id);
            let result = Self::do_execute(who, id, lots);
            Self::weighed(legs, T::WeightInfo::execute, result)
        }

        /// Refuses to be paid, or to pay what one has not reserved: everything returns on both networks.
        ///
        /// ## Dispatch Origin
        /// Signed by a payee or its agent; by a payer, or its agent, whose reservation does not cover the fewest lots
        /// that could be executed. Before a commitment is known: by the only payee, if it gives nothing here. By nobody
        /// once a part that all take is committed and covered.
        ///
        /// ## Errors
        /// [`Error::PaymentNotFound`], [`Error::Irrevocable`], [`Error::NotAuthorized`],
        /// [`Error::TooLate`].
        ///
        /// ## Events
        /// [`Event::Refused`], [`Event::Returned`], [`Event::Rejected`], [`Event::PaymentEnded`].
        #[pallet::call_index(14)]
        #[pallet::weight(T::WeightInfo::refuse(MAX_LEGS))]
        pub fn refuse(
            origin: OriginFor<T>,
            id: InstructionId,
            on_behalf_of: Option<ParticipantId>,
            reason: Reason,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::legs_of_payment(id);
            let result = Self::do_refuse(who, id, on_behalf_of, reason);
            Self::weighed(legs, T::WeightInfo::refuse, result)
        }

        /// Ends a payment whose pay deadline has passed: everything reserved for it returns.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Errors
        /// [`Error::PaymentNotFound`], [`Error::TooEarly`].
        ///
        /// ## Events
        /// [`Event::Returned`], [`Event::Rejected`], [`Event::PaymentEnded`].
        #[pallet::call_index(15)]
        #[pallet::weight(T::WeightInfo::expire(MAX_LEGS))]
        pub fn expire(origin: OriginFor<T>, id: InstructionId) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::legs_of_payment(id);
            let result = Self::do_expire(who, id);
            Self::weighed(legs, T::WeightInfo::expire, result)
        }

        /// Drops the record of a tranche with which the other network is done.
        ///
        /// ## Dispatch Origin
        /// Signed by anybody.
        ///
        /// ## Details
        /// The pay deadline must have passed here. The proof is of four keys of one finalised header of the other
        /// network: `Counterpart.RecordVersion`, `Counterpart.Commitments` of the tranche, which is absent,
        /// `System.BlockHash` of 0, which is the counterpart's genesis hash, and `Timestamp.Now`, which has reached the pay
        /// deadline: nothing can be committed again then.
        ///
        /// ## Errors
        /// [`Error::RecordNotFound`], [`Error::TooEarly`], [`Error::StillCommitted`], [`Error::OtherNetwork`],
        /// [`Error::NotTimedOut`], [`Error::Proof`].
        ///
        /// ## Events
        /// [`Event::RecordForgotten`].
        #[pallet::call_index(16)]
        #[pallet::weight(T::WeightInfo::forget_by_proof(T::State::size(proof)))]
        pub fn forget_by_proof(
            origin: OriginFor<T>,
            id: InstructionId,
            tranche: TrancheIndex,
            proof: ProofOf<T>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let is_known = Records::<T>::contains_key((id, tranche));
            match Self::do_forget_by_proof(who, id, tranche, proof) {
                Err(error) if !is_known => Err(error.with_weight(Self::early())),
                result => result.map(Into::into).map_err(Into::into),
            }
        }

        /// Lets no header up to this number prove anything, although it was imported; `None` ends that. Voids every
        /// release that waits.
        ///
        /// ## Dispatch Origin
        /// A higher number: two accounts of the operator, at once. A lower one, or none: root.
        ///
        /// ## Details
        /// Whoever had the keys of the other network's validators may have imported more headers than `block_header`
        /// takes. A true header up to the number proves nothing either; any later one proves the same.
        ///
        /// ## Errors
        /// [`Error::NothingChanges`].
        ///
        /// ## Events
        /// [`Event::HeadersBlockedUntil`].
        #[pallet::call_index(17)]
        #[pallet::weight(T::WeightInfo::block_headers_until())]
        pub fn block_headers_until(origin: OriginFor<T>, number: Option<BlockNumber>) -> DispatchResult {
            if Self::narrows(&number) {
                T::StopOrigin::ensure_origin(origin)?;
            } else {
                T::OperatorOrigin::ensure_origin(origin)?;
            }
            Self::do_block_headers_until(number)
        }

        /// Takes lots of a leg out of reservation while another party is sanctioned.
        ///
        /// ## Dispatch Origin
        /// Signed by the leg's giver, if it is not sanctioned, or by its agent for such legs; a suspended one may too.
        ///
        /// ## Details
        /// Without a sanction nobody takes back what is reserved. With one: what no commitment could cover goes at once.
        /// Before a commitment is known, what one could cover that is on its way goes when the sanction has lasted
        /// `SanctionGrace`. What a known commitment covers never goes: it is executed, or returns at the pay deadline. A
        /// payment in which nothing is left, and of which nothing is committed or settled, ends.
        ///
        /// ## Errors
        /// [`Error::PaymentNotFound`], [`Error::LegNotFound`], [`Error::NotAuthorized`], [`Error::ZeroLots`],
        /// [`Error::TooManyLots`], [`Error::TooLate`], [`Error::Irrevocable`].
        ///
        /// ## Events
        /// [`Event::Returned`], [`Event::PaymentEnded`].
        #[pallet::call_index(18)]
        #[pallet::weight(Pallet::<T>::release_weight(MAX_LEGS))]
        pub fn release(
            origin: OriginFor<T>,
            id: InstructionId,
            leg: LegIndex,
            lots: Lots,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            let legs = Self::legs_of_payment(id);
            let result = Self::do_release(who, id, leg, lots);
            Self::weighed(legs, Self::release_weight, result)
        }
    }

    /// Queries of clients about one trade on this chain.
    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// Payment that this chain has to decide, and the reasons that stand in its way.
        pub fn view_payment(id: InstructionId) -> Option<PaymentView> {
            Self::payment(id)
        }
    }
}
