//! Calls of the directory.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Calls, imported into the pallet.
#[pallet_section]
mod calls {
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
        /// `NotAuthorized`, `BadText`, `ServiceAlreadyExists`, `TooManyServices`, `ServiceStateNotAllowed`.
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
        /// `NotAuthorized`, `BadText`, `ServiceNotFound`, `ServiceStateNotAllowed`.
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
}
