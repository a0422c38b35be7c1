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

/// Pallet of the directory: participants, their accounts, rights and agents, and the guard that asks it.
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

    /// Configuration of the pallet: what the runtime supplies to the directory.
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
        /// Origin of the operator: [`EnsureOperator`]. Gives the account that signed; `None` for root, which is two
        /// accounts of the operator after the enactment delay.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Option<AccountId>>;
        /// Origin of anybody who governs: [`EnsureDecider`]. Gives the account, the body or root that decides.
        type DeciderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Decider>;
        /// Table of the kind of act that each call of the runtime is, which decides who may approve it and after which
        /// delay.
        type Acts: ClassifyAct<Self::RuntimeCall>;
        /// Source of the consensus time, in milliseconds: `pallet_timestamp`.
        type Time: Time<Moment = Moment>;
        /// Native currency: `pallet_balances`. The pallet freezes the native balance of every account that may not move
        /// it.
        type Native: fungible::MutateFreeze<AccountId, Id = Self::RuntimeFreezeReason, Balance = Balance>;
        /// Reasons for which the runtime freezes native balances, this pallet's among them.
        type RuntimeFreezeReason: From<FreezeReason>;
        /// Balances of all assets, the native one included: `fungible::UnionOf` over `pallet_balances` and
        /// `pallet_assets`.
        type Assets: fungibles::Mutate<AccountId, AssetId = AssetId, Balance = Balance>;
        /// Transfers that move an exact amount or fail, for `recover`, estates, licences and claw-backs:
        /// `pallet_escrow`.
        type Escrow: tandem_primitives::Escrow + tandem_primitives::EscrowOrders;
        /// Owners of assets and their destruction: `pallet_assets`. Only the benchmarks use `Create`.
        type AssetOwners: fungibles::roles::Inspect<AccountId, AssetId = u32, Balance = Balance>
            + AssetDestruction
            + fungibles::Create<AccountId, AssetId = u32, Balance = Balance>
            + fungibles::Destroy<AccountId, AssetId = u32, Balance = Balance>;
        /// Accounts with a role for an asset (owner, issuer, admin, freezer): `pallet_assets`.
        type AssetTeams: AssetTeams;
        /// Accounts of the chain itself, such as escrow: they belong to no participant and are never frozen.
        type Exempt: Contains<AccountId>;
        /// Classifier of calls: computes the accounts for which a transaction acts, its lane, and the state that it
        /// opens.
        type CallClassifier: ClassifyCall<Self::RuntimeCall>;
        /// Allowance of a participant for which the operator has set none: a few seconds of time and megabytes in each
        /// quota period, and caps on opened state in each day.
        #[pallet::constant]
        type Allowance: Get<Allowance>;
        /// Allowance of a participant that one account of the operator has registered, until two of them set another:
        /// half of a minute's, and a fiftieth of what is opened in a day. At most [`Config::Allowance`].
        #[pallet::constant]
        type StartingAllowance: Get<Allowance>;
        /// Shares of a block that participants, lanes and governing accounts may use. `docs/costs.md` tells how they
        /// add up.
        #[pallet::constant]
        type BlockShares: Get<BlockShares>;
        /// Length of a day for the caps on opened state, in blocks, at least 1: 43,200 with a block every two seconds.
        /// Days are counted from the genesis block.
        #[pallet::constant]
        type CapPeriod: Get<BlockNumberFor<Self>>;
        /// Length of a quota period, in blocks, at least 1: 30 is a minute with a block every two seconds. Periods are
        /// counted from the genesis block.
        #[pallet::constant]
        type QuotaPeriod: Get<BlockNumberFor<Self>>;
        /// Time until something that waits lapses, in milliseconds: 86,400,000 is a day. For a proposal or a listing
        /// request it counts from when that is made, for an approved proposal or a request for a change of rights from
        /// the end of its delay.
        #[pallet::constant]
        type ProposalLife: Get<Moment>;
        /// Delay of a change that raises rights and that one account alone asks for, in milliseconds: 172,800,000 is
        /// two days. Genesis may set a shorter one, no longer one.
        #[pallet::constant]
        type UsualRightsDelay: Get<Moment>;
        /// Maximum that the enactment delay may be set to, in milliseconds: 2,592,000,000 is 30 days.
        #[pallet::constant]
        type MaxEnactmentDelay: Get<Moment>;
        /// Delay of an estate or a licence between its approval and its enactment, in milliseconds: 1,209,600,000 is 14
        /// days. In that time whoever has a claim can object.
        #[pallet::constant]
        type EstateDelay: Get<Moment>;
        /// Maximum number of participants that one account of the operator registers on one UTC day, such as 200.
        #[pallet::constant]
        type DailyRegistrations: Get<u32>;
        /// Weights of the calls and of the guard, as the runtime has measured them.
        type WeightInfo: WeightInfo;
    }

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// Directory of participants: who may act on the network, for whom, and how much.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Origin of a call that several accounts decided together and that is not dispatched as root.
    #[pallet::origin]
    #[derive(
        Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, scale_info::TypeInfo,
    )]
    pub enum Origin {
        /// Approved by the accounts of a body, by `propose` and `approve`.
        #[codec(index = 0)]
        Approved {
            /// Body whose accounts approved the call.
            body: Body,
            /// Account of the asset's issuer that approved, if the body is [`Body::IssuerAndRegulator`].
            issuer: Option<AccountId>,
        },
    }

    /// Reason for which this pallet freezes an account's native balance.
    #[pallet::composite_enum]
    pub enum FreezeReason {
        /// Native balance may not move: the account's owner is not active, the account was replaced, or it has neither
        /// `Move` nor `MoveAll`.
        #[codec(index = 0)]
        NotActive,
    }

    // Accounts come from outside: an attacker could grind keys, so the hasher must be cryptographic.
    /// Account to its record: owner, the owner's roles and status, and rights. Written by registration and by changes
    /// of status, roles, rights and replacement; never removed, so that payouts to a replaced account find its owner.
    /// Bound: the accounts ever registered.
    #[pallet::storage]
    pub type Accounts<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, AccountRecord>;

    // Numbers are given in sequence by the chain.
    /// Participant to its record. Written by the operator, the regulator and the participant itself; never removed.
    /// Bound: the participants ever registered.
    #[pallet::storage]
    pub type Participants<T: Config> = StorageMap<_, Twox64Concat, ParticipantId, ParticipantRecord>;

    /// Number that the participant to be registered next gets.
    #[pallet::storage]
    pub type NextParticipant<T: Config> = StorageValue<_, ParticipantId, ValueQuery>;

    // An LEI is checked text that a registrar gives out, yet the operator types it.
    /// LEI to the participant that it identifies: each LEI is registered once, and again only when its participant is
    /// revoked; then it leads to the later one. Never removed. Bound: one for each participant.
    #[pallet::storage]
    pub type Leis<T: Config> = StorageMap<_, Blake2_128Concat, Lei, ParticipantId>;

    /// Participant to the agents that act for it, each with its kind of legs. Written with their mandates; removed when
    /// empty. Bound: `MAX_AGENTS` for each participant.
    #[pallet::storage]
    pub type Agents<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Agent, ConstU32<MAX_AGENTS>>, ValueQuery>;

    /// Principal, agent and kind of legs to the mandate: the limits within which that agent acts. Written at genesis
    /// and by a change that `appoint_agent` asked for; removed by `dismiss_agent`. Bound: `MAX_AGENTS` for each
    /// principal.
    #[pallet::storage]
    pub type Mandates<T: Config> =
        StorageDoubleMap<_, Twox64Concat, ParticipantId, Twox64Concat, (ParticipantId, Capacity), Mandate>;

    /// Principal, agent and kind of legs to the amounts that the agent has reserved on the last UTC day on which it
    /// did. Written when it reserves, removed with its mandate. Bound: one for each mandate.
    #[pallet::storage]
    pub type DayUses<T: Config> =
        StorageDoubleMap<_, Twox64Concat, ParticipantId, Twox64Concat, (ParticipantId, Capacity), DayUse, ValueQuery>;

    /// Participant to the requests for changes of its rights, mandates and accounts that wait. Written when a change is
    /// asked for; removed when it takes effect or is vetoed, and once lapsed with the next request. Bound:
    /// `MAX_REQUESTS` for each participant.
    #[pallet::storage]
    pub type Requests<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Request, ConstU32<MAX_REQUESTS>>, ValueQuery>;

    /// Rights delay, in milliseconds: the time for which a change that one account alone asks for waits. Set at
    /// genesis, for good.
    #[pallet::storage]
    pub type RightsDelay<T: Config> = StorageValue<_, Moment, ValueQuery>;

    /// Place to the account in use that has it, to which payouts to its earlier accounts go. Written when an account is
    /// replaced, never removed. Bound: one for each replacement.
    #[pallet::storage]
    pub type Places<T: Config> = StorageMap<_, Twox64Concat, PlaceId, Place>;

    /// Number that the place to be created next gets.
    #[pallet::storage]
    pub type NextPlace<T: Config> = StorageValue<_, PlaceId, ValueQuery>;

    // A genesis hash is a hash already, but the operator types it.
    /// Genesis hash of a network to its entry in the list of networks. Written and removed by root. Bound:
    /// `MAX_NETWORKS`.
    #[pallet::storage]
    pub type Networks<T: Config> = CountedStorageMap<_, Blake2_128Concat, GenesisHash, Network>;

    /// Participant to the services that it offers. Written by the participant, a service removed by it or the operator;
    /// removed when empty. Bound: `MAX_SERVICES` for each participant.
    #[pallet::storage]
    pub type Services<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Service, ConstU32<MAX_SERVICES>>, ValueQuery>;

    // Asset numbers are chosen by issuers.
    /// Asset to its listing. Written when the operator confirms what the asset's owner asked for, or when the owner
    /// changes all but the code; for the native asset by root. Removed when the asset is delisted or destroyed. Bound:
    /// one for each asset.
    #[pallet::storage]
    pub type AssetRegistry<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, AssetRecord>;

    // Asset numbers are chosen by issuers.
    /// Numbers of destroyed assets. None of them is created again, because terms that name it mean the destroyed asset.
    /// Written when an asset is destroyed, never removed. Bound: one for each asset that was ever destroyed.
    #[pallet::storage]
    pub type RetiredAssets<T: Config> = StorageMap<_, Blake2_128Concat, u32, ()>;

    /// ISIN to the asset that is listed with it: each ISIN is listed once. Written and removed with the asset's
    /// listing. Bound: one for each asset.
    #[pallet::storage]
    pub type Isins<T: Config> = StorageMap<_, Blake2_128Concat, Isin, AssetId>;

    /// Account that may not move its assets itself and out of which a call moves them now: a recovery, an estate, a
    /// licence or a claw-back. Set for the time of that one transfer only.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Recovering<T: Config> = StorageValue<_, AccountId>;

    /// Account without `Move` and `MoveAll` out of which escrow takes a leg that another account or an agent has given.
    /// Set for the time of that one transfer only.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Giving<T: Config> = StorageValue<_, AccountId>;

    /// Body to the proposals that wait for more of its accounts or for their delay. Written by `propose` and `approve`;
    /// a proposal is removed when it is enacted, withdrawn or vetoed. Bound: `MAX_PROPOSALS` for each body.
    #[pallet::storage]
    pub type Proposals<T: Config> =
        StorageMap<_, Twox64Concat, Body, BoundedVec<Proposal, ConstU32<MAX_PROPOSALS>>, ValueQuery>;

    /// Participants that are operator or regulator, active or not. Written by registration and `set_roles`. Bound:
    /// `MAX_GOVERNORS`.
    #[pallet::storage]
    pub type Governors<T: Config> = StorageValue<_, BoundedVec<ParticipantId, ConstU32<MAX_GOVERNORS>>, ValueQuery>;

    /// Account of the operator to the UTC day on which it last registered participants, and their number on that day.
    /// Written by `register`. Bound: one for each account that has ever been the operator's.
    #[pallet::storage]
    pub type Registrations<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, (u32, u32), ValueQuery>;

    /// Licence to the sanctioned participant that it is for, the moment from which that is sanctioned, and its terms.
    /// Written by `grant_licence` and `use_licence`, which removes it when it is used up, has expired, or the sanction
    /// was lifted. Bound: what operator and regulator grant.
    #[pallet::storage]
    pub type Licences<T: Config> = StorageMap<_, Twox64Concat, LicenceId, (ParticipantId, Moment, Licence)>;

    /// Number that the licence to be granted next gets.
    #[pallet::storage]
    pub type NextLicence<T: Config> = StorageValue<_, LicenceId, ValueQuery>;

    // Asset numbers are chosen by issuers.
    /// Asset to the listing that its issuer asks for. Written by `list_asset` and `update_asset`; removed when the
    /// operator confirms it, or when the asset is delisted or destroyed. Bound: one for each asset.
    #[pallet::storage]
    pub type ListingRequests<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, ListingRequest>;

    // Asset numbers are chosen by issuers.
    /// Delisted asset to its last listing. Written by `delist_asset`; removed when the asset is listed again or
    /// destroyed. Bound: one for each asset.
    #[pallet::storage]
    pub type Delisted<T: Config> = StorageMap<_, Blake2_128Concat, AssetId, AssetRecord>;

    /// Enactment delay, in milliseconds: the time between the approval of a call that changes something and its
    /// enactment. Set at genesis and by `set_enactment_delay`.
    #[pallet::storage]
    pub type EnactmentDelay<T: Config> = StorageValue<_, Moment, ValueQuery>;

    /// Participant to its counters of time, bytes and opened state, and its own allowance if the operator has set one.
    /// Written by every transaction of the participant. Bound: one for each participant.
    #[pallet::storage]
    pub type Quota<T: Config> = StorageMap<_, Twox64Concat, ParticipantId, QuotaUse, ValueQuery>;

    // Gone at the end of the block: it never reaches the database.
    /// Time and bytes that transactions of all participants have used in the lanes of the current block, and those that
    /// starting participants have used together. Written by transactions that compete in a lane, and by those of
    /// starting participants.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type BlockLanes<T: Config> = StorageValue<_, LaneUse, ValueQuery>;

    /// Content of the directory at genesis.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Participants of the network, numbered from 0 in this order.
        pub participants: Vec<GenesisParticipant>,
        /// Agents that participants of this list have, with their mandates.
        pub agents: Vec<GenesisAgent>,
        /// Listings of assets that exist at genesis.
        pub assets: Vec<GenesisAsset>,
        /// Enactment delay in milliseconds: time between the approval of a call that changes something and its
        /// enactment.
        pub enactment_delay: Moment,
        /// Rights delay in milliseconds: time for which a change of rights waits. At most `UsualRightsDelay`, which is
        /// used if none is given.
        pub rights_delay: Option<Moment>,
        /// Marker for the runtime's type; without content.
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
        /// Maximum number of accounts that one participant has in use at a time.
        fn max_accounts() -> u32 {
            types::MAX_ACCOUNTS
        }

        /// Maximum number of agents that one participant has at a time.
        fn max_agents() -> u32 {
            MAX_AGENTS
        }

        /// Maximum number of requests for changes of rights that wait for one participant at a time.
        fn max_requests() -> u32 {
            MAX_REQUESTS
        }

        /// Maximum number of proposals that wait under one body at a time.
        fn max_proposals() -> u32 {
            MAX_PROPOSALS
        }

        /// Maximum number of proposals of one account that wait under one body at a time.
        fn max_proposals_each() -> u32 {
            decisions::MAX_PROPOSALS_EACH
        }

        /// Maximum number of different accounts for which one transaction may act.
        fn max_origins() -> u32 {
            types::MAX_ORIGINS
        }
    }
}
