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
        /// One account of the operator, so many times a day; root. With the role Operator or Regulator, two accounts of the
        /// operator and two of the regulator, after the enactment delay.
        ///
        /// ## Details
        /// The entity is active from now on and gets the next number. Each account gets a reference that keeps it
        /// alive without any balance. `rights` has the rights of each account in the order of the accounts; an account
        /// that it does not reach gets `Trade` and `Move`, the first one `Administer` too.
        ///
        /// ## Errors
        /// `BadText`, `BadLei`, `LeiAlreadyExists`, `NoAccounts`, `AccountAlreadyExists`, `ReservedAccount`,
        /// `NeedsOtherBody`, `TooManyRegistrations`, `OperatorAndRegulator`, `TooManyGovernors`.
        ///
        /// ## Events
        /// `Registered`.
        #[pallet::call_index(0)]
        #[pallet::weight((T::WeightInfo::register(accounts.len() as u32), DispatchClass::Operational))]
        pub fn register(
            origin: OriginFor<T>,
            name: Name,
            lei: Lei,
            roles: RoleList,
            accounts: AccountList,
            rights: RightsList,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_register(by, name, lei, roles.into_iter().collect(), accounts, rights)
        }

        /// Changes the legal name of a participant.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
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
        #[pallet::weight((T::WeightInfo::update(), DispatchClass::Operational))]
        pub fn update(origin: OriginFor<T>, participant: ParticipantId, name: Name) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_update(participant, name)
        }

        /// Suspends, sanctions, revokes or reinstates a participant.
        ///
        /// ## Dispatch Origin
        /// One account of the regulator suspends or sanctions an ordinary participant. Two of them do everything else: lift
        /// what a regulator has set, revoke, set the status of an operator or a regulator. Two accounts of the operator
        /// suspend an ordinary participant, and lift that again.
        ///
        /// ## Details
        /// Takes effect at once for every account of the participant. While it is not active nothing leaves its accounts,
        /// except through what was formed or committed before. A revoked participant does not come back. A network keeps
        /// one active regulator, and one operator that is not revoked.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `StatusUnchanged`, `ParticipantRevoked`, `NeedsOtherBody`, `LastRegulator`,
        /// `LastOperator`, `BadText`.
        ///
        /// ## Events
        /// `StatusChanged`.
        #[pallet::call_index(2)]
        #[pallet::weight((
            T::WeightInfo::set_status(types::MAX_ACCOUNTS).saturating_add(Pallet::<T>::weight_of_governors()),
            DispatchClass::Operational,
        ))]
        pub fn set_status(
            origin: OriginFor<T>,
            participant: ParticipantId,
            status: Status,
            reason: Reason,
        ) -> DispatchResultWithPostInfo {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_set_status(by, participant, status, reason)
        }

        /// Changes what a participant may do.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay. If the participant is or becomes operator or
        /// regulator, two accounts of each, after that delay.
        ///
        /// ## Details
        /// It takes effect at once. An appointment as agent stays but counts only while the agent has the role for
        /// it.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `NeedsOtherBody`, `OperatorAndRegulator`, `TooManyGovernors`, `LastOperator`,
        /// `LastRegulator`.
        ///
        /// ## Events
        /// `RolesChanged`.
        #[pallet::call_index(3)]
        #[pallet::weight((
            T::WeightInfo::set_roles(types::MAX_ACCOUNTS).saturating_add(Pallet::<T>::weight_of_governors()),
            DispatchClass::Operational,
        ))]
        pub fn set_roles(
            origin: OriginFor<T>,
            participant: ParticipantId,
            roles: RoleList,
        ) -> DispatchResultWithPostInfo {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_set_roles(by, participant, roles.into_iter().collect())
        }

        /// Adds an account to a participant.
        ///
        /// ## Dispatch Origin
        /// An account of the participant that administers. For an operator or a regulator, both together. Root, or both
        /// together, for any other participant: its keys may be lost.
        ///
        /// ## Details
        /// The account may be a key, a multisig or a pure proxy. It gets `Trade` and `Move`, or fewer rights if the call
        /// says so; more are asked for by `request_rights`. What others than the participant add has no rights.
        ///
        /// ## Errors
        /// `NotAuthorized`, `NeedsOtherBody`, `BadRights`, `ParticipantNotFound`, `ParticipantRevoked`,
        /// `TooManyAccounts`, `AccountAlreadyExists`, `ReservedAccount`.
        ///
        /// ## Events
        /// `AccountAdded`.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::add_account())]
        pub fn add_account(
            origin: OriginFor<T>,
            participant: ParticipantId,
            account: AccountId,
            rights: Option<RightList>,
        ) -> DispatchResult {
            Self::do_add_account(origin, participant, account, rights.map(|list| list.into_iter().collect()))
        }

        /// Takes an account of an operator or a regulator out of use.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator at once, as long as two accounts of the role stay.
        ///
        /// ## Details
        /// Payouts that name the account go to `successor`, another account of the same participant, and so does what the
        /// account holds, by `recover`. At least two accounts stay. An account of any other participant is stopped by
        /// `lower_rights` and replaced by `request_replacement`: nobody can tell what it awaits.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `TooFewAccounts`, `NeedsReplacement`, `AccountNotFound`, `AlreadyReplaced`, `SameAccount`,
        /// `OtherOwner`, `TooManyReplacements`.
        ///
        /// ## Events
        /// `AccountRemoved`.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::remove_account())]
        pub fn remove_account(origin: OriginFor<T>, account: AccountId, successor: AccountId) -> DispatchResult {
            Self::do_remove_account(origin, account, successor)
        }

        /// Asks for an account to be replaced, for example because its key is lost.
        ///
        /// ## Dispatch Origin
        /// An account of the same participant that administers.
        ///
        /// ## Details
        /// A second account that administers approves it, or its delay passes; then the operator confirms it with
        /// `replace_account`. The new account is a fresh one, which gets these rights, or another of the same participant,
        /// which keeps its own.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `NeedsBothAuthorities`, `SameAccount`, `OtherOwner`,
        /// `ReservedAccount`, `RequestAlreadyExists`, `TooManyRequests`.
        ///
        /// ## Events
        /// `ChangeRequested`.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::request_change())]
        pub fn request_replacement(
            origin: OriginFor<T>,
            old: AccountId,
            new: AccountId,
            rights: RightList,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_request_replacement(who, old, new, rights.into_iter().collect())
        }

        /// Replaces an account: what is due to the old one goes to the new one.
        ///
        /// ## Dispatch Origin
        /// The operator, once the participant has asked for it. For an operator or a regulator, both together.
        ///
        /// ## Details
        /// The participant has asked by `request_replacement`, and a second account has approved or the delay has passed.
        /// From now on the old account starts nothing, and what it holds is moved by `recover`. An account can be replaced
        /// by a fresh one any number of times.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `SameAccount`, `OtherOwner`, `ReservedAccount`, `RequestNotFound`,
        /// `RequestExpired`, `RequesterLapsed`, `TooEarly`, `TooManyAccounts`, `TooManyReplacements`,
        /// `NeedsBothAuthorities`.
        ///
        /// ## Events
        /// `AccountReplaced`.
        #[pallet::call_index(7)]
        #[pallet::weight((
            T::WeightInfo::replace_account().saturating_add(T::WeightInfo::replacement_beyond_measured()),
            DispatchClass::Operational
        ))]
        pub fn replace_account(origin: OriginFor<T>, old: AccountId, new: AccountId) -> DispatchResult {
            Self::do_replace_account(origin, old, new)
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
        /// An account of the participant that administers.
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

        /// Asks for an agent to get a mandate: a custodian for deliveries, a settlement bank for payments.
        ///
        /// ## Dispatch Origin
        /// An account of the principal that administers.
        ///
        /// ## Details
        /// It takes effect when a second account that administers approves it, or by `apply_change` after its delay. The
        /// new mandate takes the place of one that the agent has in this capacity. The principal may still act itself;
        /// whoever acts first wins.
        ///
        /// ## Errors
        /// `NotAuthorized`, `NeedsBothAuthorities`, `OwnAgent`, `ParticipantNotFound`, `AgentLacksRole`, `BadRights`,
        /// `MandateExpired`, `AgentAlreadyExists`, `TooManyAgents`, `RequestAlreadyExists`, `TooManyRequests`.
        ///
        /// ## Events
        /// `ChangeRequested`; `AgentAppointed` where there is no delay.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::request_change())]
        pub fn appoint_agent(
            origin: OriginFor<T>,
            agent: ParticipantId,
            capacity: Capacity,
            mandate: Mandate,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_appoint_agent(who, agent, capacity, mandate)
        }

        /// Ends an appointment.
        ///
        /// ## Dispatch Origin
        /// An account of the principal that administers, also while the principal is suspended.
        ///
        /// ## Details
        /// It takes effect at once. What the agent has done stands.
        ///
        /// ## Errors
        /// `NotAuthorized`, `NeedsBothAuthorities`, `AgentNotFound`.
        ///
        /// ## Events
        /// `AgentDismissed`.
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::dismiss_agent().saturating_add(T::WeightInfo::dismissal_beyond_measured()))]
        pub fn dismiss_agent(origin: OriginFor<T>, agent: ParticipantId, capacity: Capacity) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_dismiss_agent(who, agent, capacity)
        }

        /// Lists a network.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
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
        #[pallet::weight((T::WeightInfo::register_network(), DispatchClass::Operational))]
        pub fn register_network(origin: OriginFor<T>, genesis: GenesisHash, network: Network) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_register_network(genesis, network)
        }

        /// Changes what is listed of a network, or takes it off the list.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
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
        #[pallet::weight((T::WeightInfo::update_network(), DispatchClass::Operational))]
        pub fn update_network(origin: OriginFor<T>, genesis: GenesisHash, network: Option<Network>) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_update_network(genesis, network)
        }

        /// Lists a service that the caller's participant offers.
        ///
        /// ## Dispatch Origin
        /// An account of the participant that administers.
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
        /// An account of the participant that administers.
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
        /// An account of its owner that administers, or the operator.
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

        /// Asks for an asset to be put on the list, so that it can be settled.
        ///
        /// ## Dispatch Origin
        /// The asset's owner, who is an active issuer. For the native currency, root.
        ///
        /// ## Details
        /// Takes effect when the operator confirms it, for the native currency at once. A security has an ISIN that no
        /// other asset has; cash has the code of its currency. Every settled amount is a multiple of the settlement unit.
        ///
        /// ## Errors
        /// `NotIssuer`, `AssetAlreadyExists`, `CodeMismatch`, `BadIsin`, `IsinAlreadyExists`, `BadCurrency`, `BadCfi`,
        /// `BadSettlementUnit`, `KindFixed`.
        ///
        /// ## Events
        /// `ListingRequested`; `AssetChanged` for the native currency.
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
        /// All but the kind may change. Another ISIN or currency takes effect when the operator confirms it, everything else
        /// at once. Instructions keep the amounts that they have.
        ///
        /// ## Errors
        /// `NotIssuer`, `AssetNotFound`, `KindFixed`, and those of `list_asset`.
        ///
        /// ## Events
        /// `AssetChanged`, or `ListingRequested`.
        #[pallet::call_index(18)]
        #[pallet::weight(T::WeightInfo::update_asset())]
        pub fn update_asset(origin: OriginFor<T>, asset: AssetId, record: AssetRecord) -> DispatchResult {
            Self::do_update_asset(origin, asset, record)
        }

        /// Proposes a call that several accounts decide together.
        ///
        /// ## Dispatch Origin
        /// An active account with a role of the body; not one that is only an issuer.
        ///
        /// ## Details
        /// The hash is BLAKE2b-256 of the encoded call. The proposal lapses after its life, and counts as the proposer's
        /// approval. One account has only a share of the proposals that may wait under its body.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalAlreadyExists`, `TooManyProposals`.
        ///
        /// ## Events
        /// `Proposed`.
        #[pallet::call_index(19)]
        #[pallet::weight((T::WeightInfo::propose(), Pallet::<T>::class_of(*body)))]
        pub fn propose(origin: OriginFor<T>, body: Body, hash: CallHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_propose(who, body, hash)
        }

        /// Approves a proposed call. The last approval that the body needs dispatches it, or begins its delay.
        ///
        /// ## Dispatch Origin
        /// An active account with a role of the body that has not approved the call yet.
        ///
        /// ## Details
        /// What only stops something is dispatched at once; what changes or starts something waits, and `enact` dispatches
        /// it then. Until that more accounts may approve: they count if another takes its approval back. An approval
        /// counts while its account acts in its role. A call that fails is not repeated: its error is in the event.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `OwnProposal`, `ProposalExpired`, `AlreadyApproved`, `WrongBody`,
        /// `NotIssuer`.
        ///
        /// ## Events
        /// `ApprovalAdded` while more approvals are needed, and for one beyond those; `Approved` with the last that is needed,
        /// and `Enacted` if there is no delay.
        #[pallet::call_index(20)]
        #[pallet::weight(Pallet::<T>::weight_of_enactment(*body, call, T::WeightInfo::approve))]
        pub fn approve(
            origin: OriginFor<T>,
            body: Body,
            call: Box<<T as frame_system::Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_approve(who, body, *call)
        }

        /// Dispatches an approved call after its delay.
        ///
        /// ## Dispatch Origin
        /// An account of the operator or the regulator; for `IssuerAndRegulator` an account of any active participant.
        ///
        /// ## Details
        /// The guard admits nobody else, as to every other step of a decision of those who govern. All accounts that
        /// decided must still act in their roles. A call that fails is not repeated: its error is in the
        /// event.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `NotApproved`, `TooEarly`, `ProposalExpired`, `ProposerLapsed`,
        /// `WrongBody`.
        ///
        /// ## Events
        /// `Enacted`.
        #[pallet::call_index(21)]
        #[pallet::weight(Pallet::<T>::weight_of_enactment(*body, call, T::WeightInfo::enact))]
        pub fn enact(
            origin: OriginFor<T>,
            body: Body,
            call: Box<<T as frame_system::Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_enact(who, body, *call)
        }

        /// Takes one's approval of a proposal back, or removes a proposal that has lapsed.
        ///
        /// ## Dispatch Origin
        /// An account that approved it, while active in that role; if one of those no longer is, any account of the body
        /// that is. Root. Once it has lapsed, any account of any active participant.
        ///
        /// ## Details
        /// Only the last approval takes the proposal with it. A body that is complete without the one taken back stays so, and
        /// nobody stops what others have decided: a stolen key could otherwise prevent its own removal.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`.
        ///
        /// ## Events
        /// `ApprovalWithdrawn`; `Withdrawn` when the proposal is gone.
        #[pallet::call_index(22)]
        #[pallet::weight((
            T::WeightInfo::withdraw_proposal().saturating_add(T::DbWeight::get().reads(u64::from(types::MAX_APPROVALS))),
            Pallet::<T>::class_of(*body),
        ))]
        pub fn withdraw_proposal(origin: OriginFor<T>, body: Body, hash: CallHash) -> DispatchResult {
            let who = ensure_signed_or_root(origin)?;
            Self::do_withdraw_proposal(who, body, hash)
        }

        /// Sets how long after its approval a call that changes something may be enacted.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the delay that is in force.
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

        /// Stops an approved call while it waits for its delay.
        ///
        /// ## Dispatch Origin
        /// One account of the role that may object to it, active or suspended; the event `Approved` names that role.
        ///
        /// ## Details
        /// An estate or a licence can be stopped by any account of the regulator. New accounts of a role that has too few
        /// left, which the other role decides alone, by any account left of that role, and by any account of the other
        /// that has not approved.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `NoVeto`.
        ///
        /// ## Events
        /// `Vetoed`.
        #[pallet::call_index(40)]
        #[pallet::weight((T::WeightInfo::veto(), DispatchClass::Operational))]
        pub fn veto(origin: OriginFor<T>, body: Body, hash: CallHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_veto(who, body, hash)
        }

        /// Moves all that a revoked participant has in one place to an account of an active participant.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator and two of the regulator, after the estate delay.
        ///
        /// ## Details
        /// The place is an account, one that was replaced included, or a credit in escrow. A frozen asset does not move. The
        /// participant has been revoked for the estate delay.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `ParticipantNotFound`, `NotRevoked`, `TooEarly`, `AccountNotFound`, `OtherOwner`, `NotActive`,
        /// `AlreadyReplaced`, `NothingToRecover`, `BadText`, and those of the asset.
        ///
        /// ## Events
        /// `EstateTransferred`.
        #[pallet::call_index(41)]
        #[pallet::weight(T::WeightInfo::transfer_estate())]
        pub fn transfer_estate(
            origin: OriginFor<T>,
            participant: ParticipantId,
            from: Holding,
            asset: AssetId,
            to: AccountId,
            reason: Reason,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_transfer_estate(by, participant, from, asset, to, reason)
        }

        /// Allows payments to one payee out of what a sanctioned participant has.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator and two of the regulator, after the estate delay.
        ///
        /// ## Details
        /// Nothing moves until `use_licence`. The participant has been sanctioned for the estate delay. The licence ends when it
        /// is used up or expires, and with this sanction: a later one needs another licence.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `ParticipantNotFound`, `NotSanctioned`, `TooEarly`, `AccountNotFound`, `OtherOwner`, `NotActive`,
        /// `AlreadyReplaced`, `NothingToRecover`, `LicenceExpired`, `BadText`.
        ///
        /// ## Events
        /// `LicenceGranted`.
        #[pallet::call_index(42)]
        #[pallet::weight(T::WeightInfo::grant_licence())]
        pub fn grant_licence(
            origin: OriginFor<T>,
            participant: ParticipantId,
            licence: Licence,
            reason: Reason,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_grant_licence(by, participant, licence, reason)
        }

        /// Pays an amount under a licence to its payee.
        ///
        /// ## Dispatch Origin
        /// An active account of the payee's participant, of the operator or of the regulator.
        ///
        /// ## Details
        /// A sanctioned participant sends nothing itself. A licence that has expired, or that is needed no longer, is removed
        /// and pays nothing.
        ///
        /// ## Errors
        /// `NotAuthorized`, `LicenceNotFound`, `LicenceExceeded`, `NothingToRecover`, `NotActive`, `AlreadyReplaced`, and
        /// those of the asset.
        ///
        /// ## Events
        /// `LicenceUsed`, or `LicenceEnded`.
        #[pallet::call_index(43)]
        #[pallet::weight(T::WeightInfo::use_licence())]
        pub fn use_licence(origin: OriginFor<T>, id: LicenceId, amount: Balance) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_use_licence(who, id, amount)
        }

        /// Gives the accounts that took the place of replaced ones what those could do with an asset.
        ///
        /// ## Dispatch Origin
        /// An active account of the participant that owned the replaced accounts, or the operator.
        ///
        /// ## Details
        /// An asset has an owner, an issuer, an admin and a freezer in `Assets`; each of them that was replaced becomes its
        /// successor.
        ///
        /// ## Errors
        /// `AssetNotFound`, `NotAuthorized`, `NothingToRecover`.
        ///
        /// ## Events
        /// `AssetRecovered`.
        #[pallet::call_index(44)]
        #[pallet::weight(T::WeightInfo::recover_asset())]
        pub fn recover_asset(origin: OriginFor<T>, asset: u32) -> DispatchResult {
            Self::do_recover_asset(origin, asset)
        }

        /// Confirms a listing, or another code, that an issuer asked for.
        ///
        /// ## Dispatch Origin
        /// The operator.
        ///
        /// ## Details
        /// The record must be the one that the issuer asked for, so that nobody confirms another than it looked at.
        ///
        /// ## Errors
        /// `RequestNotFound`, `RequestExpired`, `IsinAlreadyExists`, `KindFixed`.
        ///
        /// ## Events
        /// `AssetChanged`.
        #[pallet::call_index(45)]
        #[pallet::weight((T::WeightInfo::confirm_listing(), DispatchClass::Operational))]
        pub fn confirm_listing(origin: OriginFor<T>, asset: AssetId, record: AssetRecord) -> DispatchResult {
            Self::do_confirm_listing(origin, asset, record)
        }

        /// Takes an asset off the list.
        ///
        /// ## Dispatch Origin
        /// One account of the operator or of the regulator; root.
        ///
        /// ## Details
        /// What has formed settles. Nothing new is agreed, reserved or committed in the asset, so that everything else in it
        /// returns. Its ISIN is free for another asset. The issuer may ask for it to be listed again.
        ///
        /// ## Errors
        /// `AssetNotFound`, `NeedsOtherBody`, `BadText`.
        ///
        /// ## Events
        /// `AssetDelisted`.
        #[pallet::call_index(46)]
        #[pallet::weight((T::WeightInfo::delist_asset(), DispatchClass::Operational))]
        pub fn delist_asset(origin: OriginFor<T>, asset: AssetId, reason: Reason) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_delist_asset(by, asset, reason)
        }

        /// Moves an amount of an asset from a holder to another account.
        ///
        /// ## Dispatch Origin
        /// The account that owns the asset and two accounts of the regulator together.
        ///
        /// ## Details
        /// Reaches a holder whatever its status, but never escrow: what is there belongs to trades.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `NotIssuer`, `ReservedAccount`, `NotActive`, `AccountNotFound`, `AlreadyReplaced`, `BadText`,
        /// and those of the asset.
        ///
        /// ## Events
        /// `ClawedBack`.
        #[pallet::call_index(47)]
        #[pallet::weight(T::WeightInfo::claw_back())]
        pub fn claw_back(
            origin: OriginFor<T>,
            asset: u32,
            from: AccountId,
            to: AccountId,
            amount: Balance,
            reason: Reason,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_claw_back(by, asset, from, to, amount, reason)
        }

        /// Burns an amount of an asset that a holder has.
        ///
        /// ## Dispatch Origin
        /// The account that owns the asset and two accounts of the regulator together.
        ///
        /// ## Details
        /// Reaches a holder whatever its status, but never escrow.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `NotIssuer`, `ReservedAccount`, `BadText`, and those of the asset.
        ///
        /// ## Events
        /// `BurntFrom`.
        #[pallet::call_index(48)]
        #[pallet::weight(T::WeightInfo::burn_from())]
        pub fn burn_from(
            origin: OriginFor<T>,
            asset: u32,
            from: AccountId,
            amount: Balance,
            reason: Reason,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_burn_from(by, asset, from, amount, reason)
        }

        /// Begins the destruction of an asset that others than its owner hold.
        ///
        /// ## Dispatch Origin
        /// The account that owns the asset and two accounts of the regulator together.
        ///
        /// ## Details
        /// Fails while anything of the asset is in escrow. `Assets.destroy_accounts` and `finish_destroy` follow.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `NotIssuer`, `BadText`, and those of `Assets`.
        ///
        /// ## Events
        /// `DestructionStarted`.
        #[pallet::call_index(49)]
        #[pallet::weight(T::WeightInfo::destroy_asset())]
        pub fn destroy_asset(origin: OriginFor<T>, asset: u32, reason: Reason) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_destroy_asset(by, asset, reason)
        }

        /// Sets what a participant may use of a minute and open in a day.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator together: at once if nothing is raised, otherwise as root.
        ///
        /// ## Details
        /// It counts at once, for what was used before as well. Without an allowance of its own a participant has the
        /// network's. Lanes, and the reserve for those who govern, are not part of it.
        ///
        /// ## Errors
        /// `ParticipantNotFound`, `NeedsOtherBody`.
        ///
        /// ## Events
        /// `AllowanceChanged`.
        #[pallet::call_index(60)]
        #[pallet::weight(T::WeightInfo::set_allowance())]
        pub fn set_allowance(
            origin: OriginFor<T>,
            participant: ParticipantId,
            allowance: Option<Allowance>,
        ) -> DispatchResult {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::do_set_allowance(by, participant, allowance)
        }

        /// Lowers the rights of an account.
        ///
        /// ## Dispatch Origin
        /// An account of the same participant that administers, or the account itself; also while the participant is
        /// suspended.
        ///
        /// ## Details
        /// It takes effect at once: this is how a stolen key is stopped. Without `Move` and `MoveAll` nothing leaves the
        /// account by its own signature.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `NeedsBothAuthorities`, `RightsNotLowered`.
        ///
        /// ## Events
        /// `AccountRightsChanged`.
        #[pallet::call_index(70)]
        #[pallet::weight(T::WeightInfo::lower_rights())]
        pub fn lower_rights(origin: OriginFor<T>, account: AccountId, rights: RightList) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_lower_rights(who, account, rights.into_iter().collect())
        }

        /// Asks for an account to get more rights.
        ///
        /// ## Dispatch Origin
        /// An account of the same participant that administers. Operator and regulator together.
        ///
        /// ## Details
        /// It takes effect when a second account that administers approves it, or by `apply_change` after its delay;
        /// `Trade` alone at once. Operator and regulator together give an account of one of them any rights, at once, and
        /// one of another participant `Administer`, after the delay.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `NeedsBothAuthorities`, `BadRights`, `RightsUnchanged`,
        /// `RequestAlreadyExists`, `TooManyRequests`.
        ///
        /// ## Events
        /// `ChangeRequested`, or `AccountRightsChanged` where nothing is waited for.
        #[pallet::call_index(71)]
        #[pallet::weight(T::WeightInfo::request_change())]
        pub fn request_rights(origin: OriginFor<T>, account: AccountId, rights: RightList) -> DispatchResult {
            Self::do_request_rights(origin, account, rights.into_iter().collect())
        }

        /// Asks for the right to administer to be taken from an account.
        ///
        /// ## Dispatch Origin
        /// Operator and regulator together.
        ///
        /// ## Details
        /// It happens by `apply_change` after its delay, and no account of the participant can stop it: this is the way
        /// back when the key that administers was stolen.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `ParticipantRevoked`, `BadRights`, `RightsUnchanged`,
        /// `RequestAlreadyExists`, `TooManyRequests`.
        ///
        /// ## Events
        /// `ChangeRequested`.
        #[pallet::call_index(72)]
        #[pallet::weight(T::WeightInfo::request_change())]
        pub fn remove_administrator(origin: OriginFor<T>, account: AccountId) -> DispatchResult {
            Self::do_remove_administrator(origin, account)
        }

        /// Approves a change as the second account, so that it need not wait.
        ///
        /// ## Dispatch Origin
        /// An account of the participant that administers, but not the one that asked.
        ///
        /// ## Details
        /// The hash is that of the change, `blake2_256` of its SCALE encoding: whoever approves has seen the change itself,
        /// in `ChangeRequested` or in `Requests`. A replacement waits for the operator from then on.
        ///
        /// ## Errors
        /// `NotAuthorized`, `NeedsBothAuthorities`, `RequestNotFound`, `RequestExpired`, `RequesterLapsed`,
        /// `AlreadyApproved`, `OwnRequest`, and those of the change.
        ///
        /// ## Events
        /// `ChangeApproved`, and `AccountRightsChanged` or `AgentAppointed`.
        #[pallet::call_index(73)]
        #[pallet::weight(T::WeightInfo::approve_change())]
        pub fn approve_change(origin: OriginFor<T>, hash: ChangeHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_approve_change(who, hash)
        }

        /// Makes a change whose delay has passed.
        ///
        /// ## Dispatch Origin
        /// Any account of any active participant.
        ///
        /// ## Details
        /// The account that asked must still administer. A replacement is confirmed by the operator instead.
        ///
        /// ## Errors
        /// `NotAuthorized`, `RequestNotFound`, `RequestExpired`, `RequesterLapsed`, `TooEarly`, `NeedsOperator`, and those
        /// of the change.
        ///
        /// ## Events
        /// `AccountRightsChanged` or `AgentAppointed`.
        #[pallet::call_index(74)]
        #[pallet::weight(T::WeightInfo::approve_change())]
        pub fn apply_change(origin: OriginFor<T>, participant: ParticipantId, hash: ChangeHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_apply_change(who, participant, hash)
        }

        /// Stops a change that waits, or takes it back.
        ///
        /// ## Dispatch Origin
        /// The account that asked; any account of the participant that could move or administer one delay before the
        /// change was asked for, whatever rights it has now; also while the participant is suspended. Operator and regulator
        /// together.
        ///
        /// ## Details
        /// The accounts that a participant was registered with count as if they always had been there. Once two accounts
        /// have decided, only they take it back, or operator and regulator together.
        ///
        /// ## Errors
        /// `RequestNotFound`, `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`.
        ///
        /// ## Events
        /// `ChangeVetoed`.
        #[pallet::call_index(75)]
        #[pallet::weight(T::WeightInfo::veto_change())]
        pub fn veto_change(origin: OriginFor<T>, participant: ParticipantId, hash: ChangeHash) -> DispatchResult {
            Self::do_veto_change(origin, participant, hash)
        }
    }
}
