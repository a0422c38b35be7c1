#![doc = include_str!("../README.md")]
//! ## Example
//!
//! ```ignore
#![doc = include_str!("tests/example.rs")]
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

mod asset_destruction;
#[cfg(feature = "runtime-benchmarks")]
pub(crate) mod benchmarking;
mod calls;
pub mod classify;
pub mod decisions;
mod errors;
mod events;
pub mod extension;
pub mod genesis;
mod impls;
#[cfg(test)]
mod mock;
pub mod origins;
mod resources;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;

pub use asset_destruction::AssetDestruction;
pub use classify::{Access, CallClass, Classified, ClassifyCall, Effective, GuardRefusal, Lane};
pub use decisions::{Act, Approval, Body, ClassifyAct, Decider, Proposal, ProposalState, Reason, ReasonCode};
pub use extension::Guard;
pub use genesis::{GenesisAgent, GenesisAsset, GenesisParticipant};
pub use mandates::{AssetLimits, Change, Counterparties, DayUse, Limits, Mandate, MandateAssets, Request};
pub use origins::{
    EnsureApproved, EnsureDecider, EnsureIssuer, EnsureOperator, EnsureRegulator, EnsureRole, EnsureStop, EnsureUndo,
};
pub use pallet::*;
pub use tandem_primitives::mandates;
pub use types::{
    AccountRecord, Agent, Allowance, AssetCode, AssetRecord, AssetTeams, BlockShares, BlockUse, Certificate,
    DescriptionHash, Fingerprint, GenesisHash, Holding, LaneUse, Licence, LicenceId, ListingRequest, Network, Opened,
    ParticipantRecord, QuotaUse, Resources, Service, ServiceKind, ServiceState, Team,
};
pub use weights::WeightInfo;

use polkadot_sdk::*;

use frame_support::pallet_macros::import_section;

/// The directory: who may act, and for whom.
#[import_section(calls::calls)]
#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::{
        decisions::{Approvals, MAX_PROPOSALS},
        mandates::{Place, PlaceId, MAX_REQUESTS},
        types::{AccountList, Name, RightList, RightsList, RoleList, MAX_AGENTS, MAX_GOVERNORS, MAX_SERVICES},
    };
    use alloc::{boxed::Box, vec::Vec};
    use frame_support::{
        dispatch::{DispatchClass, DispatchInfo, GetDispatchInfo, PostDispatchInfo},
        pallet_prelude::*,
        traits::{fungible, fungibles, Contains, Time},
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::{AsSystemOriginSigner, Dispatchable};
    use tandem_primitives::{
        AccountId, AssetId, Balance, CallHash, Capacity, ChangeHash, Isin, Lei, Moment, ParticipantId, Rights, Role,
        Roles, Status,
    };

    /// Parts of a runtime that the directory needs.
    #[pallet::config]
    // The macro does not know the supertrait again once it bounds its types; it is there.
    #[pallet::disable_frame_system_supertrait_check]
    pub trait Config:
        frame_system::Config<
        AccountId = AccountId,
        RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo> + GetDispatchInfo,
        RuntimeOrigin: From<Origin> + AsSystemOriginSigner<AccountId> + Clone,
    >
    {
        /// Origin of the operator: [`EnsureOperator`]. `None` stands for root, which is two accounts of the operator together.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Option<AccountId>>;
        /// Whoever governs, and as whom it decides: [`EnsureDecider`].
        type DeciderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Decider>;
        /// Tells what kind of act a call is: the runtime's one table of what stops at once and what waits.
        type Acts: ClassifyAct<Self::RuntimeCall>;
        /// Source of consensus time: `pallet_timestamp`.
        type Time: Time<Moment = Moment>;
        /// The native currency, frozen while its holder may not move it: `pallet_balances`.
        type Native: fungible::MutateFreeze<AccountId, Id = Self::RuntimeFreezeReason, Balance = Balance>;
        /// The runtime's reasons for freezes.
        type RuntimeFreezeReason: From<FreezeReason>;
        /// Every asset, the native one included: `fungible::UnionOf` over `pallet_balances` and `pallet_assets`.
        type Assets: fungibles::Mutate<AccountId, AssetId = AssetId, Balance = Balance>;
        /// Moves exactly what a replaced account has, or nothing: `pallet_escrow`.
        type Escrow: tandem_primitives::Escrow + tandem_primitives::EscrowOrders;
        /// Owners of assets, which asset is being destroyed, and the end of an asset: `pallet_assets`. `Create` serves the benchmarks.
        type AssetOwners: fungibles::roles::Inspect<AccountId, AssetId = u32, Balance = Balance>
            + AssetDestruction
            + fungibles::Create<AccountId, AssetId = u32, Balance = Balance>
            + fungibles::Destroy<AccountId, AssetId = u32, Balance = Balance>;
        /// Accounts that manage an asset: `pallet_assets`.
        type AssetTeams: AssetTeams;
        /// Accounts of the chain itself: they belong to nobody and are never frozen. The escrow account.
        type Exempt: Contains<AccountId>;
        /// Computes for whom a call acts.
        type CallClassifier: ClassifyCall<Self::RuntimeCall>;
        /// Allowance of a participant for which the operator has set no other: a few seconds and megabytes a minute.
        #[pallet::constant]
        type Allowance: Get<Allowance>;
        /// Shares of a block: see `docs/costs.md` for how they add up.
        #[pallet::constant]
        type BlockShares: Get<BlockShares>;
        /// Blocks of a day, after which caps on opened state count anew: 43,200 at two seconds a block.
        #[pallet::constant]
        type CapPeriod: Get<BlockNumberFor<Self>>;
        /// Blocks of a period, at least 1: 30 is a minute.
        #[pallet::constant]
        type QuotaPeriod: Get<BlockNumberFor<Self>>;
        /// Life of a proposal and of a request for replacement: a day (86,400,000 ms).
        #[pallet::constant]
        type ProposalLife: Get<Moment>;
        /// How long a change that raises rights waits where genesis says nothing else, if one account asks alone: two days
        /// (172,800,000 ms).
        #[pallet::constant]
        type UsualRightsDelay: Get<Moment>;
        /// The longest delay between approval and enactment: 30 days.
        #[pallet::constant]
        type MaxEnactmentDelay: Get<Moment>;
        /// Delay of an estate or a licence, in milliseconds, so that whoever has a claim can object: 14 days.
        #[pallet::constant]
        type EstateDelay: Get<Moment>;
        /// Most participants that one account of the operator registers on one UTC day: 200.
        #[pallet::constant]
        type DailyRegistrations: Get<u32>;
        /// The weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// Directory of participants.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Origin of a call that several accounts decided together.
    #[pallet::origin]
    #[derive(
        Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, scale_info::TypeInfo,
    )]
    pub enum Origin {
        /// The accounts of a body approved the call.
        #[codec(index = 0)]
        Approved {
            /// Body whose accounts approved it.
            body: Body,
            /// The account of the issuer, where the body has one.
            issuer: Option<AccountId>,
        },
    }

    /// Reason of a freeze of native currency.
    #[pallet::composite_enum]
    pub enum FreezeReason {
        /// The holder belongs to no active participant, or the account was replaced.
        #[codec(index = 0)]
        NotActive,
    }

    // Accounts come from outside: an attacker could grind keys, so the hasher must be cryptographic.
    /// Account to what it may do. Written by registration, status, roles and replacement; it stays when the account is
    /// replaced, so that payouts find the owner. Bound: the accounts ever registered.
    #[pallet::storage]
    pub type Accounts<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, AccountRecord>;

    // Numbers are given in sequence by the chain.
    /// Number to legal entity. Written by the operator, the regulator and the participant itself; never removed.
    /// Bound: the participants ever registered.
    #[pallet::storage]
    pub type Participants<T: Config> = StorageMap<_, Twox64Concat, ParticipantId, ParticipantRecord>;

    /// The number that the next participant gets.
    #[pallet::storage]
    pub type NextParticipant<T: Config> = StorageValue<_, ParticipantId, ValueQuery>;

    // An LEI is checked text that a registrar gives out, yet the operator types it.
    /// LEI to participant: each LEI is registered once. Never removed. Bound: one for each participant.
    #[pallet::storage]
    pub type Leis<T: Config> = StorageMap<_, Blake2_128Concat, Lei, ParticipantId>;

    /// Participant to the agents that act for it. Written with their mandates; gone when empty.
    #[pallet::storage]
    pub type Agents<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Agent, ConstU32<MAX_AGENTS>>, ValueQuery>;

    /// Participant, agent and kind of legs to the limits within which that agent acts. Written at genesis and by a change
    /// that `appoint_agent` asked for; removed by `dismiss_agent`. Bound: `MAX_AGENTS` for each participant.
    #[pallet::storage]
    pub type Mandates<T: Config> =
        StorageDoubleMap<_, Twox64Concat, ParticipantId, Twox64Concat, (ParticipantId, Capacity), Mandate>;

    /// Participant, agent and kind of legs to the amounts that the agent has reserved on its last day. Written when it
    /// reserves, removed with its mandate. Bound: one for each mandate.
    #[pallet::storage]
    pub type DayUses<T: Config> =
        StorageDoubleMap<_, Twox64Concat, ParticipantId, Twox64Concat, (ParticipantId, Capacity), DayUse, ValueQuery>;

    /// Participant to the changes of rights, mandates and accounts that wait. Written when one is asked for; a change goes
    /// when it happens or is stopped, and a lapsed one with the next that is asked for. Bound: `MAX_REQUESTS` for each
    /// participant.
    #[pallet::storage]
    pub type Requests<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Request, ConstU32<MAX_REQUESTS>>, ValueQuery>;

    /// How long a change waits that one account alone asks for, in milliseconds. Set at genesis, for good.
    #[pallet::storage]
    pub type RightsDelay<T: Config> = StorageValue<_, Moment, ValueQuery>;

    /// Place to the account that has it, for payouts to the accounts that had it before. Written when an account is
    /// replaced, never removed. Bound: one for each replacement.
    #[pallet::storage]
    pub type Places<T: Config> = StorageMap<_, Twox64Concat, PlaceId, Place>;

    /// The number that the next place gets.
    #[pallet::storage]
    pub type NextPlace<T: Config> = StorageValue<_, PlaceId, ValueQuery>;

    // A genesis hash is a hash already, but the operator types it.
    /// Genesis hash to network. Written and removed by the operator. Bound: `MAX_NETWORKS`.
    #[pallet::storage]
    pub type Networks<T: Config> = CountedStorageMap<_, Blake2_128Concat, GenesisHash, Network>;

    /// Participant to the services that it offers. Written by their owner; gone when empty.
    #[pallet::storage]
    pub type Services<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Service, ConstU32<MAX_SERVICES>>, ValueQuery>;

    // Asset numbers are chosen by issuers.
    /// Asset to what settlement and the market know of it. Written by the asset's owner (the native one by the
    /// operator); goes with the asset. Bound: one for each asset.
    #[pallet::storage]
    pub type AssetRegistry<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, AssetRecord>;

    // Asset numbers are chosen by issuers.
    /// The numbers of destroyed assets: terms that name one mean the asset that was, so that none is created again.
    /// Written when an asset is destroyed, never removed. Bound: one for each asset that was ever destroyed.
    #[pallet::storage]
    pub type RetiredAssets<T: Config> = StorageMap<_, Blake2_128Concat, u32, ()>;

    /// ISIN to asset: each ISIN is listed once. Written and removed with the asset's record.
    #[pallet::storage]
    pub type Isins<T: Config> = StorageMap<_, Blake2_128Concat, Isin, AssetId>;

    /// The account that `recover` moves assets from, within that call only: nothing else moves out of a replaced one.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Recovering<T: Config> = StorageValue<_, AccountId>;

    /// The account without the right to move from which escrow takes a leg that another account or an agent has given.
    /// Written for the time of that one transfer only.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Giving<T: Config> = StorageValue<_, AccountId>;

    /// Body to the calls that wait for more of its accounts or for their delay. Written by `propose` and `approve`; a call
    /// goes when it is enacted, withdrawn or vetoed. Bound: `MAX_PROPOSALS` for each body.
    #[pallet::storage]
    pub type Proposals<T: Config> =
        StorageMap<_, Twox64Concat, Body, BoundedVec<Proposal, ConstU32<MAX_PROPOSALS>>, ValueQuery>;

    /// Participants that are operator or regulator. Written by registration and `set_roles`. Bound: `MAX_GOVERNORS`.
    #[pallet::storage]
    pub type Governors<T: Config> = StorageValue<_, BoundedVec<ParticipantId, ConstU32<MAX_GOVERNORS>>, ValueQuery>;

    /// Account of the operator to the UTC day on which it last registered somebody, and the number that day. Bound: one
    /// for each account that has ever been the operator's.
    #[pallet::storage]
    pub type Registrations<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, (u32, u32), ValueQuery>;

    /// Licence to the sanctioned participant that it is for, the moment of its sanction, and the terms. Written by
    /// `grant_licence`; goes when it is used up, has expired, or is needed no longer. Bound: what operator and regulator
    /// grant.
    #[pallet::storage]
    pub type Licences<T: Config> = StorageMap<_, Twox64Concat, LicenceId, (ParticipantId, Moment, Licence)>;

    /// Number that the next licence gets.
    #[pallet::storage]
    pub type NextLicence<T: Config> = StorageValue<_, LicenceId, ValueQuery>;

    // Asset numbers are chosen by issuers.
    /// Asset to the listing that its issuer asks for. Written by `list_asset` and `update_asset`; goes when the operator
    /// confirms it, or with the asset. Bound: one for each asset.
    #[pallet::storage]
    pub type ListingRequests<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, ListingRequest>;

    // Asset numbers are chosen by issuers.
    /// Asset that was taken off the list to what was listed. Written by `delist_asset`; goes when it is listed again, or
    /// with the asset. Bound: one for each asset.
    #[pallet::storage]
    pub type Delisted<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, AssetRecord>;

    /// Time between the approval of a call that changes something and its enactment, in milliseconds. Set at genesis and by root.
    #[pallet::storage]
    pub type EnactmentDelay<T: Config> = StorageValue<_, Moment, ValueQuery>;

    /// Participant to its counters of time, bytes and opened state, and the allowance that the operator has set. Written by
    /// every transaction. Bound: one for each participant.
    #[pallet::storage]
    pub type Quota<T: Config> = StorageMap<_, Twox64Concat, ParticipantId, QuotaUse, ValueQuery>;

    // Gone at the end of the block: it never reaches the database.
    /// Use of the current block's lanes by all participants. Written by transactions that compete in a lane.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type BlockLanes<T: Config> = StorageValue<_, LaneUse, ValueQuery>;

    /// The directory that a chain begins with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Participants, numbered from 0 in this order.
        pub participants: Vec<GenesisParticipant>,
        /// Appointments among these participants.
        pub agents: Vec<GenesisAgent>,
        /// Entries of the assets that the chain begins with.
        pub assets: Vec<GenesisAsset>,
        /// Milliseconds between the operator's approval and enactment.
        pub enactment_delay: Moment,
        /// Milliseconds that a change of rights waits, at most `UsualRightsDelay`; that if it is not given.
        pub rights_delay: Option<Moment>,
        /// No content; the runtime that it is for.
        #[serde(skip)]
        pub _config: core::marker::PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            genesis::build::<T>(self);
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            // For `on_finalize`, which has no weight of its own.
            T::DbWeight::get().writes(1)
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            BlockLanes::<T>::kill();
        }

        fn integrity_test() {
            Self::check_integrity();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// The most accounts that one participant has at a time.
        fn max_accounts() -> u32 {
            types::MAX_ACCOUNTS
        }

        /// The most agents that one participant has appointed at a time.
        fn max_agents() -> u32 {
            MAX_AGENTS
        }

        /// The most changes of rights that wait for one participant at a time.
        fn max_requests() -> u32 {
            MAX_REQUESTS
        }

        /// Most calls that wait under one body at a time.
        fn max_proposals() -> u32 {
            MAX_PROPOSALS
        }

        /// Most of them that one account has proposed.
        fn max_proposals_each() -> u32 {
            decisions::MAX_PROPOSALS_EACH
        }

        /// The most different accounts for which one transaction may act.
        fn max_origins() -> u32 {
            types::MAX_ORIGINS
        }
    }
}
