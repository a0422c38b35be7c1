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

#[cfg(feature = "runtime-benchmarks")]
pub(crate) mod benchmarking;
pub mod classify;
mod events;
pub mod extension;
pub mod genesis;
mod impls;
#[cfg(test)]
mod mock;
pub mod origins;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;

pub use classify::{CallClass, ClassifyCall, Effective, GuardRefusal};
pub use extension::Guard;
pub use genesis::{GenesisAgent, GenesisAsset, GenesisParticipant};
pub use origins::{EnsureApproved, EnsureIssuer, EnsureOperator, EnsureRegulator, EnsureRole};
pub use pallet::*;
pub use types::{
    AccountRecord, Agent, AssetCode, AssetRecord, Certificate, Fingerprint, GenesisHash, Network, ParticipantRecord,
    Proposal, ProposalState, QuotaLimits, QuotaUse, Replacement, Service, ServiceKind, ServiceStatus,
};
pub use weights::WeightInfo;

use polkadot_sdk::*;

use frame_support::pallet_macros::import_section;

/// The directory: who may act, and for whom.
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::types::{AccountList, Name, RoleList, MAX_AGENTS, MAX_PROPOSALS, MAX_SERVICES};
    use alloc::{boxed::Box, vec::Vec};
    use frame_support::{
        dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
        pallet_prelude::*,
        traits::{fungible, fungibles, Contains, Time},
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::{AsSystemOriginSigner, Dispatchable};
    use tandem_primitives::{
        AccountId, AssetId, Balance, CallHash, Capacity, Isin, Lei, Moment, ParticipantId, Role, Roles, Status,
    };

    /// What a runtime gives the directory.
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
        /// Who registers: [`EnsureOperator`]. `None` stands for root, which is two accounts of the operator together.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Option<AccountId>>;
        /// Who changes a status: [`EnsureRegulator`].
        type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = AccountId>;
        /// Consensus time: `pallet_timestamp`.
        type Time: Time<Moment = Moment>;
        /// The native currency, frozen while its holder may not move it: `pallet_balances`.
        type Native: fungible::MutateFreeze<AccountId, Id = Self::RuntimeFreezeReason, Balance = Balance>;
        /// The runtime's reasons for freezes.
        type RuntimeFreezeReason: From<FreezeReason>;
        /// Every asset, the native one included: `fungible::UnionOf` over `pallet_balances` and `pallet_assets`.
        type Assets: fungibles::Mutate<AccountId, AssetId = AssetId, Balance = Balance>;
        /// Moves exactly what a replaced account has, or nothing: `pallet_escrow`.
        type Escrow: tandem_primitives::Escrow;
        /// Who owns an asset: `pallet_assets`. `Create` serves the benchmarks.
        type AssetOwners: fungibles::roles::Inspect<AccountId, AssetId = u32, Balance = Balance>
            + fungibles::Create<AccountId, AssetId = u32, Balance = Balance>;
        /// Accounts of the chain itself: they belong to nobody and are never frozen. The escrow account.
        type Exempt: Contains<AccountId>;
        /// Computes for whom a call acts.
        type CallClassifier: ClassifyCall<Self::RuntimeCall>;
        /// What one participant may use in one period; each at least the heaviest transaction.
        #[pallet::constant]
        type Quotas: Get<QuotaLimits>;
        /// The length of a quota's period in blocks, at least 1: 30 is a minute.
        #[pallet::constant]
        type QuotaPeriod: Get<BlockNumberFor<Self>>;
        /// How long a proposal, and a request for replacement, stands: a day (86,400,000 ms).
        #[pallet::constant]
        type ProposalLife: Get<Moment>;
        /// The longest delay between approval and enactment: 30 days.
        #[pallet::constant]
        type MaxEnactmentDelay: Get<Moment>;
        /// The weights of the calls.
        type WeightInfo: WeightInfo;
    }

    /// The pallet.
    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// Two accounts of a role together.
    #[pallet::origin]
    #[derive(
        Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, scale_info::TypeInfo,
    )]
    pub enum Origin {
        /// The call was proposed by one account of this role and approved by another.
        #[codec(index = 0)]
        Approved(Role),
    }

    /// Why a native balance is frozen.
    #[pallet::composite_enum]
    pub enum FreezeReason {
        /// Its holder belongs to no active participant, or the account was replaced.
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

    /// Participant to the agents that act for it. Written by `appoint_agent` and `dismiss_agent`; gone when empty.
    #[pallet::storage]
    pub type Agents<T: Config> =
        StorageMap<_, Twox64Concat, ParticipantId, BoundedVec<Agent, ConstU32<MAX_AGENTS>>, ValueQuery>;

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

    /// Account to the replacement that its owner asked for. Written by `request_replacement`; goes when the account is
    /// replaced or removed. Bound: one for each account in use.
    #[pallet::storage]
    pub type Replacements<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, Replacement>;

    /// The account that `recover` moves assets from, within that call only: nothing else moves out of a replaced one.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Recovering<T: Config> = StorageValue<_, AccountId>;

    /// Role to the calls that wait for a second account or for their delay. Written by `propose` and `approve`; a call
    /// goes when it is enacted or withdrawn. Bound: `MAX_PROPOSALS` for each role.
    #[pallet::storage]
    pub type Proposals<T: Config> =
        StorageMap<_, Twox64Concat, Role, BoundedVec<Proposal, ConstU32<MAX_PROPOSALS>>, ValueQuery>;

    /// How long after its approval a call of the operator may be enacted, in milliseconds. Set at genesis and by root.
    #[pallet::storage]
    pub type EnactmentDelay<T: Config> = StorageValue<_, Moment, ValueQuery>;

    /// Participant to what it has used in its last period. Written by every transaction. Bound: one for each.
    #[pallet::storage]
    pub type Quota<T: Config> = StorageMap<_, Twox64Concat, ParticipantId, QuotaUse, ValueQuery>;

    /// The directory that a chain begins with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Participants, numbered from 0 in this order.
        pub participants: Vec<GenesisParticipant>,
        /// Appointments among them.
        pub agents: Vec<GenesisAgent>,
        /// What is known of the assets that the chain begins with.
        pub assets: Vec<GenesisAsset>,
        /// Milliseconds between the operator's approval and enactment.
        pub enactment_delay: Moment,
        /// Nothing.
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
        fn integrity_test() {
            Self::check_integrity();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers a legal entity with its accounts and roles.
        ///
        /// ## Dispatch Origin
        /// The operator. With the role Operator or Regulator, two of its accounts together (`propose`, `approve`).
        ///
        /// ## Details
        /// The entity is active from now on and gets the next number. Each account gets a reference that keeps it
        /// alive without any balance.
        ///
        /// ## Errors
        /// `BadText`, `BadLei`, `LeiAlreadyExists`, `NoAccounts`, `AccountAlreadyExists`, `ReservedAccount`, `NeedsDualControl`.
        ///
        /// ## Events
        /// `Registered`.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::register(accounts.len() as u32))]
        pub fn register(
            origin: OriginFor<T>,
            name: Name,
            lei: Lei,
            roles: RoleList,
            accounts: AccountList,
        ) -> DispatchResult {
            let by = T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_register(by, name, lei, roles.into_iter().collect(), accounts)
        }

        /// Changes the legal name of a participant.
        ///
        /// ## Dispatch Origin
        /// The operator.
        ///
        /// ## Details
        /// The LEI stays: a legal entity keeps it when its name changes.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `BadText`.
        ///
        /// ## Events
        /// `Renamed`.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::update())]
        pub fn update(origin: OriginFor<T>, participant: ParticipantId, name: Name) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_update(participant, name)
        }

        /// Suspends, sanctions, revokes or reinstates a participant.
        ///
        /// ## Dispatch Origin
        /// A regulator, and nobody else.
        ///
        /// ## Details
        /// It takes effect at once for every account of the participant. While it is not active nothing leaves its
        /// accounts, except through what was formed or committed before. A revoked participant does not come back, so
        /// an operator or a regulator is not revoked while it has that role: two accounts of the operator take it first.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `OwnStatus`, `StatusUnchanged`, `ParticipantRevoked`, `NeedsDualControl`.
        ///
        /// ## Events
        /// `StatusChanged`.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::set_status(types::MAX_ACCOUNTS))]
        pub fn set_status(
            origin: OriginFor<T>,
            participant: ParticipantId,
            status: Status,
        ) -> DispatchResultWithPostInfo {
            let by = T::RegulatorOrigin::ensure_origin(origin)?;
            Self::do_set_status(by, participant, status)
        }

        /// Changes what a participant may do.
        ///
        /// ## Dispatch Origin
        /// The operator. If the role Operator or Regulator is given or taken, two of its accounts together.
        ///
        /// ## Details
        /// It takes effect at once. An appointment as agent stays but counts only while the agent has the role for
        /// it.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `NeedsDualControl`.
        ///
        /// ## Events
        /// `RolesChanged`.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::set_roles(types::MAX_ACCOUNTS))]
        pub fn set_roles(
            origin: OriginFor<T>,
            participant: ParticipantId,
            roles: RoleList,
        ) -> DispatchResultWithPostInfo {
            let by = T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_set_roles(by, participant, roles.into_iter().collect())
        }

        /// Adds an account to a participant.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator together (`propose`, `approve`).
        ///
        /// ## Details
        /// Whoever has the account acts for the participant, so one account of the operator does not decide it alone.
        /// The account may be a key, a multisig or a pure proxy. If the participant is not active, the native balance
        /// of the account is frozen.
        ///
        /// ## Errors
        /// `NeedsDualControl`, `ParticipantNotFound`, `ParticipantRevoked`, `TooManyAccounts`, `AccountAlreadyExists`,
        /// `ReservedAccount`.
        ///
        /// ## Events
        /// `AccountAdded`.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::add_account())]
        pub fn add_account(origin: OriginFor<T>, participant: ParticipantId, account: AccountId) -> DispatchResult {
            let by = T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_add_account(by, participant, account)
        }

        /// Takes an account out of use.
        ///
        /// ## Dispatch Origin
        /// An active account of the same participant, or the operator.
        ///
        /// ## Details
        /// Open legs may name the account, so its record stays, and payouts go to the first account that the
        /// participant has left. What the account holds is moved by `recover`. It cannot be registered again.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `LastAccount`, `TooManyReplacements`.
        ///
        /// ## Events
        /// `AccountRemoved`.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::remove_account())]
        pub fn remove_account(origin: OriginFor<T>, account: AccountId) -> DispatchResult {
            Self::do_remove_account(origin, account)
        }

        /// Asks for an account to be replaced, for example because its key is lost.
        ///
        /// ## Dispatch Origin
        /// Another active account of the same participant.
        ///
        /// ## Details
        /// The operator confirms it with `replace_account` while the request stands. A later request for the same
        /// account takes the place of an earlier one.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `SameAccount`, `OtherOwner`, `ReservedAccount`.
        ///
        /// ## Events
        /// `ReplacementRequested`.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::request_replacement())]
        pub fn request_replacement(origin: OriginFor<T>, old: AccountId, new: AccountId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_request_replacement(who, old, new)
        }

        /// Replaces an account: what is due to the old one goes to the new one.
        ///
        /// ## Dispatch Origin
        /// The operator, if an account of the owner that still acts asked for it. Two of its accounts together need no
        /// request: a participant whose only key is lost cannot ask. For an operator or a regulator, only two
        /// together.
        ///
        /// ## Details
        /// The new account is a fresh one or another of the same participant. From now on the old one starts nothing,
        /// and what it holds is moved by `recover`.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `SameAccount`, `OtherOwner`, `ReservedAccount`, `RequestNotFound`,
        /// `RequestExpired`, `TooManyAccounts`, `TooManyReplacements`, `NeedsDualControl`.
        ///
        /// ## Events
        /// `AccountReplaced`.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::replace_account())]
        pub fn replace_account(origin: OriginFor<T>, old: AccountId, new: AccountId) -> DispatchResult {
            let by = T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_replace_account(by, old, new)
        }

        /// Moves all that a replaced account has of an asset to the account that took its place.
        ///
        /// ## Dispatch Origin
        /// An active account of the same participant, or the operator.
        ///
        /// ## Details
        /// Only while the participant is active.
        ///
        /// ## Errors
        /// `AccountNotFound`, `NotReplaced`, `NotAuthorized`, `NotActive`, `NothingToRecover`, and those of the asset.
        ///
        /// ## Events
        /// `Recovered`.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::recover())]
        pub fn recover(origin: OriginFor<T>, account: AccountId, asset: AssetId) -> DispatchResult {
            Self::do_recover(origin, account, asset)
        }

        /// Names the certificate by which the systems of the caller's participant are known, or takes it back.
        ///
        /// ## Dispatch Origin
        /// An active account of the participant.
        ///
        /// ## Details
        /// The chain does not check the certificate itself; others compare the fingerprint when they connect.
        ///
        /// ## Errors
        /// `NotAuthorized`, `CertificateExpired`.
        ///
        /// ## Events
        /// `CertificateChanged`.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::set_certificate())]
        pub fn set_certificate(origin: OriginFor<T>, certificate: Option<Certificate>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_set_certificate(who, certificate)
        }

        /// Appoints an agent that may act for the caller's participant: a custodian for its deliveries, a settlement
        /// bank for its payments.
        ///
        /// ## Dispatch Origin
        /// An active account of the principal.
        ///
        /// ## Details
        /// The principal may still act itself; whoever acts first wins.
        ///
        /// ## Errors
        /// `NotAuthorized`, `OwnAgent`, `ParticipantNotFound`, `AgentLacksRole`, `AgentAlreadyExists`, `TooManyAgents`.
        ///
        /// ## Events
        /// `AgentAppointed`.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::appoint_agent())]
        pub fn appoint_agent(origin: OriginFor<T>, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_appoint_agent(who, agent, capacity)
        }

        /// Ends an appointment.
        ///
        /// ## Dispatch Origin
        /// An active account of the principal.
        ///
        /// ## Details
        /// It takes effect at once. What the agent has done stands.
        ///
        /// ## Errors
        /// `NotAuthorized`, `AgentNotFound`.
        ///
        /// ## Events
        /// `AgentDismissed`.
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::dismiss_agent())]
        pub fn dismiss_agent(origin: OriginFor<T>, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_dismiss_agent(who, agent, capacity)
        }

        /// Lists a network.
        ///
        /// ## Dispatch Origin
        /// The operator.
        ///
        /// ## Details
        /// The list lets a client find where to connect; settlement does not depend on it.
        ///
        /// ## Errors
        /// `BadText`, `NetworkAlreadyExists`, `TooManyNetworks`.
        ///
        /// ## Events
        /// `NetworkChanged`.
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::register_network())]
        pub fn register_network(origin: OriginFor<T>, genesis: GenesisHash, network: Network) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_register_network(genesis, network)
        }

        /// Changes what is listed of a network, or takes it off the list.
        ///
        /// ## Dispatch Origin
        /// The operator.
        ///
        /// ## Details
        /// Nothing instead of a network takes it off the list.
        ///
        /// ## Errors
        /// `BadText`, `NetworkNotFound`.
        ///
        /// ## Events
        /// `NetworkChanged`.
        #[pallet::call_index(13)]
        #[pallet::weight(T::WeightInfo::update_network())]
        pub fn update_network(origin: OriginFor<T>, genesis: GenesisHash, network: Option<Network>) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_update_network(genesis, network)
        }

        /// Lists a service that the caller's participant offers.
        ///
        /// ## Dispatch Origin
        /// An active account of the participant.
        ///
        /// ## Details
        /// A service is known by its owner and its name.
        ///
        /// ## Errors
        /// `NotAuthorized`, `BadText`, `ServiceAlreadyExists`, `TooManyServices`.
        ///
        /// ## Events
        /// `ServiceChanged`.
        #[pallet::call_index(14)]
        #[pallet::weight(T::WeightInfo::register_service())]
        pub fn register_service(origin: OriginFor<T>, service: Service) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_register_service(who, service)
        }

        /// Changes what is listed of a service of the same name.
        ///
        /// ## Dispatch Origin
        /// An active account of the participant.
        ///
        /// ## Details
        /// All but the name may change.
        ///
        /// ## Errors
        /// `NotAuthorized`, `BadText`, `ServiceNotFound`.
        ///
        /// ## Events
        /// `ServiceChanged`.
        #[pallet::call_index(15)]
        #[pallet::weight(T::WeightInfo::update_service())]
        pub fn update_service(origin: OriginFor<T>, service: Service) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_update_service(who, service)
        }

        /// Takes a service off the list.
        ///
        /// ## Dispatch Origin
        /// An active account of its owner, or the operator.
        ///
        /// ## Details
        /// Nothing on the chain depends on it.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ServiceNotFound`.
        ///
        /// ## Events
        /// `ServiceChanged`.
        #[pallet::call_index(16)]
        #[pallet::weight(T::WeightInfo::remove_service())]
        pub fn remove_service(origin: OriginFor<T>, owner: ParticipantId, name: Name) -> DispatchResult {
            Self::do_remove_service(origin, owner, name)
        }

        /// Puts an asset on the list: from now on it can be settled.
        ///
        /// ## Dispatch Origin
        /// The asset's owner, who is an active issuer. For the native currency, the operator.
        ///
        /// ## Details
        /// A security has an ISIN that no other asset has; cash has the code of its currency. Every settled amount is
        /// a multiple of the settlement unit.
        ///
        /// ## Errors
        /// `NotIssuer`, `AssetAlreadyExists`, `CodeMismatch`, `BadIsin`, `IsinAlreadyExists`, `BadCurrency`, `BadCfi`,
        /// `BadSettlementUnit`.
        ///
        /// ## Events
        /// `AssetChanged`.
        #[pallet::call_index(17)]
        #[pallet::weight(T::WeightInfo::list_asset())]
        pub fn list_asset(origin: OriginFor<T>, asset: AssetId, record: AssetRecord) -> DispatchResult {
            Self::do_list_asset(origin, asset, record)
        }

        /// Changes what is listed of an asset.
        ///
        /// ## Dispatch Origin
        /// As for `list_asset`.
        ///
        /// ## Details
        /// All but the kind may change. Instructions keep the amounts that they have.
        ///
        /// ## Errors
        /// `NotIssuer`, `AssetNotFound`, `KindFixed`, and those of `list_asset`.
        ///
        /// ## Events
        /// `AssetChanged`.
        #[pallet::call_index(18)]
        #[pallet::weight(T::WeightInfo::update_asset())]
        pub fn update_asset(origin: OriginFor<T>, asset: AssetId, record: AssetRecord) -> DispatchResult {
            Self::do_update_asset(origin, asset, record)
        }

        /// Proposes a call that needs two accounts of a role.
        ///
        /// ## Dispatch Origin
        /// An active account with that role.
        ///
        /// ## Details
        /// The hash is BLAKE2b-256 of the encoded call. The proposal lapses after its life. One account has only a share
        /// of the proposals that may wait under its role.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalAlreadyExists`, `TooManyProposals`.
        ///
        /// ## Events
        /// `Proposed`.
        #[pallet::call_index(19)]
        #[pallet::weight(T::WeightInfo::propose())]
        pub fn propose(origin: OriginFor<T>, role: Role, hash: CallHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_propose(who, role, hash)
        }

        /// Approves a proposed call, and dispatches it unless a delay is set.
        ///
        /// ## Dispatch Origin
        /// Another active account with that role than the one that proposed.
        ///
        /// ## Details
        /// A call of the operator is dispatched as root after the delay of this network (none: at once), by `enact`;
        /// one of another role at once, as two accounts of that role. A call that fails is not repeated: its error is
        /// in the event.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `OwnProposal`, `ProposalExpired`, `AlreadyApproved`, `ProposerLapsed`.
        ///
        /// ## Events
        /// `Approved`, and `Enacted` if there is no delay.
        #[pallet::call_index(20)]
        #[pallet::weight(Pallet::<T>::weight_of_enactment(call, T::WeightInfo::approve))]
        pub fn approve(
            origin: OriginFor<T>,
            role: Role,
            call: Box<<T as frame_system::Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_approve(who, role, *call)
        }

        /// Dispatches an approved call after its delay.
        ///
        /// ## Dispatch Origin
        /// Any account of any active participant.
        ///
        /// ## Details
        /// Both accounts that decided must still act in that role. A call that fails is not repeated: its error is in
        /// the event.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `NotApproved`, `TooEarly`, `ProposalExpired`, `ProposerLapsed`.
        ///
        /// ## Events
        /// `Enacted`.
        #[pallet::call_index(21)]
        #[pallet::weight(Pallet::<T>::weight_of_enactment(call, T::WeightInfo::enact))]
        pub fn enact(
            origin: OriginFor<T>,
            role: Role,
            call: Box<<T as frame_system::Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_enact(who, role, *call)
        }

        /// Takes a proposal back, approved or not, or removes one that has lapsed.
        ///
        /// ## Dispatch Origin
        /// The account that proposed it or the one that approved it, while active in that role; if one of them no longer
        /// is, any account that is. Root. Once it has lapsed, any account of any active participant.
        ///
        /// ## Details
        /// Nobody else of the role stops what two have decided: a stolen key could otherwise prevent its own removal.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`.
        ///
        /// ## Events
        /// `Withdrawn`.
        #[pallet::call_index(22)]
        #[pallet::weight(T::WeightInfo::withdraw_proposal())]
        pub fn withdraw_proposal(origin: OriginFor<T>, role: Role, hash: CallHash) -> DispatchResult {
            let who = ensure_signed_or_root(origin)?;
            Self::do_withdraw_proposal(who, role, hash)
        }

        /// Sets how long after its approval a call of the operator may be enacted.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator together.
        ///
        /// ## Details
        /// Calls that are approved already keep their delay.
        ///
        /// ## Errors
        /// `DelayTooLong`.
        ///
        /// ## Events
        /// `EnactmentDelayChanged`.
        #[pallet::call_index(23)]
        #[pallet::weight(T::WeightInfo::set_enactment_delay())]
        pub fn set_enactment_delay(origin: OriginFor<T>, delay: Moment) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_set_enactment_delay(delay)
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

        /// The most calls that wait under one role at a time.
        fn max_proposals() -> u32 {
            MAX_PROPOSALS
        }

        /// The most of them that one account has proposed.
        fn max_proposals_each() -> u32 {
            types::MAX_PROPOSALS_EACH
        }

        /// The most different accounts for which one transaction may act.
        fn max_origins() -> u32 {
            types::MAX_ORIGINS
        }
    }
}
