//! Calls of the directory.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

// Calls, imported into the pallet.
#[pallet_section]
mod calls {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers a legal entity with its accounts and roles.
        ///
        /// ## Dispatch Origin
        /// One account of the operator, up to `DailyRegistrations` times a day; root. With the role Operator or
        /// Regulator, or with the LEI of a revoked participant, two accounts of the operator and two of the regulator,
        /// after the enactment delay.
        ///
        /// ## Details
        /// The entity is active from now on and gets the next number. Each account gets a reference that keeps it alive
        /// without any balance. `rights` has one list for each account, in their order. If it is shorter, each further
        /// account gets `Trade` and `Move`, the first one `Administer` too. If one account of the operator registers the
        /// entity, it begins with the small `StartingAllowance`, and shares its place in a block with all others that
        /// begin so, until `set_allowance` gives it more. The LEI of a revoked participant leads to the new one from now
        /// on; the record of the revoked one stays.
        ///
        /// ## Errors
        /// `BadText`, `BadLei`, `LeiAlreadyExists`, `NoAccounts`, `AccountAlreadyExists`, `ReservedAccount`,
        /// `NeedsOtherBody`, `TooManyRegistrations`, `OperatorAndRegulator`, `TooManyGovernors`.
        ///
        /// ## Events
        /// `Registered`.
        #[pallet::call_index(0)]
        #[pallet::weight((
            // One write more than was measured, the counters of a participant that is starting, and one read, the
            // participant that had the LEI before.
            T::WeightInfo::register(accounts.len() as u32).saturating_add(T::DbWeight::get().reads_writes(1, 1)),
            DispatchClass::Operational,
        ))]
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

        /// Sets the status of a participant: suspends, sanctions, revokes or reinstates it.
        ///
        /// ## Dispatch Origin
        /// One account of the regulator suspends or sanctions an ordinary participant. Two of them do everything else:
        /// lift a suspension or sanction that a regulator has set, revoke, and set any status of an operator or a
        /// regulator. Two accounts of the operator suspend an ordinary participant, and lift a suspension that two
        /// accounts of the operator have set.
        ///
        /// ## Details
        /// Takes effect at once for every account of the participant. While the participant is not active nothing
        /// leaves its accounts, except through what was formed or committed before. A revoked participant does not come
        /// back. A network keeps one active regulator, and one operator that is not revoked.
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

        /// Gives a participant another set of roles in place of the one that it has.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay. If the participant is or becomes operator or
        /// regulator, two accounts of each, after that delay.
        ///
        /// ## Details
        /// The roles change at once. An agent that loses the role for its capacity stays appointed, but its mandate
        /// counts only while it has the role.
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
        /// An account of the participant with `Administer`. For a participant that is operator or regulator, these two
        /// together. Root, or operator and regulator together, for any other participant, whose keys may be lost.
        ///
        /// ## Details
        /// The account may be a key, a multisig or a pure proxy. The account gets `Trade` and `Move`, or fewer rights
        /// if the call says so; more are asked for by `request_rights`. An account that root, or operator and regulator
        /// together, add to an ordinary participant has no rights. The participant itself fills all but 8 of the 64
        /// places; root, or operator and regulator together, fill the rest.
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
        /// Two accounts of the operator together, at once.
        ///
        /// ## Details
        /// Payouts that name the account go to `successor`, another account of the same participant, and so does what
        /// the account holds, by `recover`. The role, operator or regulator, keeps at least two accounts. An account of
        /// any other participant may await payouts: `lower_rights` stops it, and `request_replacement` replaces it.
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

        /// Asks for an account of the signer's participant to be replaced, for example because its key is lost.
        ///
        /// ## Dispatch Origin
        /// An account of the same participant with `Administer`.
        ///
        /// ## Details
        /// A second account with `Administer` approves the request, or the rights delay passes; then the operator
        /// confirms it with `replace_account`. The new account is a fresh one, which gets `rights`, or another account
        /// of the same participant, which keeps its own rights. A fresh one gets no right that the old one lacks, but
        /// for `Trade` and `Move`, which `add_account` gives too. Ask for more by `request_rights`.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `NeedsBothAuthorities`, `SameAccount`, `OtherOwner`,
        /// `ReservedAccount`, `BadRights`, `RequestAlreadyExists`, `TooManyRequests`.
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
        /// One account of the operator, or root. For an account of an operator or a regulator, operator and regulator
        /// together.
        ///
        /// ## Details
        /// The participant has asked for exactly these accounts and rights by `request_replacement`, and a second account
        /// has approved or the rights delay has passed. For an operator or a regulator nobody needs to ask, and a fresh
        /// account gets `rights`. From now on the old account starts nothing, and what it holds is moved by `recover`.
        /// An account can be replaced by a fresh one any number of times.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `SameAccount`, `OtherOwner`, `ReservedAccount`, `BadRights`,
        /// `RequestNotFound`, `RequestExpired`, `RequesterLapsed`, `TooEarly`, `TooManyAccounts`, `TooManyReplacements`,
        /// `NeedsOtherBody`.
        ///
        /// ## Events
        /// `AccountReplaced`.
        #[pallet::call_index(7)]
        #[pallet::weight((
            T::WeightInfo::replace_account().saturating_add(T::WeightInfo::replacement_beyond_measured()),
            DispatchClass::Operational
        ))]
        pub fn replace_account(
            origin: OriginFor<T>,
            old: AccountId,
            new: AccountId,
            rights: RightList,
        ) -> DispatchResult {
            Self::do_replace_account(origin, old, new, rights.into_iter().collect())
        }

        /// Moves all that a replaced account has of an asset to the account that took its place.
        ///
        /// ## Dispatch Origin
        /// An active account of the same participant, or the operator.
        ///
        /// ## Details
        /// The participant must be active. The asset's whole balance moves.
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

        /// Names the certificate by which the systems of the caller's participant are known, or takes it back (`None`).
        ///
        /// ## Dispatch Origin
        /// An account of the participant with `Administer`.
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

        /// Asks for an agent of the signer's participant to get a mandate: a custodian for deliveries, a settlement
        /// bank for payments.
        ///
        /// ## Dispatch Origin
        /// An account of the principal with `Administer`.
        ///
        /// ## Details
        /// The mandate takes effect when a second account with `Administer` approves it, or by `apply_change` after the
        /// rights delay. The new mandate takes the place of one that the agent has in this capacity. The principal may
        /// still act itself; whoever acts first wins.
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

        /// Dismisses an agent of the signer's participant: its mandate for this kind of legs ends.
        ///
        /// ## Dispatch Origin
        /// An account of the principal with `Administer`, also while the principal is suspended.
        ///
        /// ## Details
        /// The mandate ends at once. What the agent has done stands.
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

        /// Adds a network to the list of networks to which participants can connect.
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

        /// Changes the entry of a listed network, or takes the network off the list.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
        ///
        /// ## Details
        /// `None` in place of an entry takes the network off the list.
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

        /// Adds a service that the signer's participant offers to the list of services.
        ///
        /// ## Dispatch Origin
        /// An account of the participant with `Administer`.
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

        /// Changes the entry of a service that the signer's participant lists under this name.
        ///
        /// ## Dispatch Origin
        /// An account of the participant with `Administer`.
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
        /// An account of the service's owner with `Administer`, or the operator.
        ///
        /// ## Details
        /// Nothing on the chain depends on a service.
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
        /// The listing takes effect when the operator confirms it, for the native currency at once. A security has an
        /// ISIN that no other asset has; cash has the code of its currency. Every settled amount of a security is a
        /// multiple of the settlement unit.
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

        /// Changes the listing of an asset, or asks for a change of its code.
        ///
        /// ## Dispatch Origin
        /// The asset's owner, who is an active issuer. For the native currency, root.
        ///
        /// ## Details
        /// All but the kind may change. Another ISIN or currency takes effect when the operator confirms it, everything
        /// else at once. Amounts in open instructions stay as they are.
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

        /// Proposes a call to a body, whose accounts decide it together.
        ///
        /// ## Dispatch Origin
        /// An active account that has a role of the body, other than the role of the issuer.
        ///
        /// ## Details
        /// The hash is BLAKE2b-256 of the encoded call. The proposal counts as the proposer's approval and lapses after
        /// `ProposalLife`. One account may have at most 8 of the 32 proposals that wait under a body.
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
        /// A call that only stops something is dispatched at once; one that changes or starts something waits for its
        /// delay, and `enact` dispatches it then. Until then more accounts may approve: they count if another takes its
        /// approval back. An approval counts while its account acts in its role. A call that fails is not repeated: its
        /// error is in the event.
        ///
        /// ## Errors
        /// `NotAuthorized`, `ProposalNotFound`, `OwnProposal`, `ProposalExpired`, `AlreadyApproved`, `WrongBody`,
        /// `NotIssuer`.
        ///
        /// ## Events
        /// `ApprovalAdded` while more approvals are needed, and for one beyond those; `Approved` with the last that is
        /// needed, and `Enacted` if there is no delay.
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
        /// The accounts that the body needs must still be active in their roles. A call that fails is not repeated: its
        /// error is in the event.
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

        /// Takes the signer's approval of a proposal back, or removes a proposal that has lapsed.
        ///
        /// ## Dispatch Origin
        /// An account that approved the proposal and is active in its role. Once the proposal has lapsed, or if an
        /// approving account is no longer active, any account that is active in a role of the body, other than the role
        /// of the issuer. Root.
        ///
        /// ## Details
        /// The proposal is removed only with its last approval. If enough approvals are left without the one taken
        /// back, the decision stands, so that a stolen key cannot prevent its own removal.
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

        /// Sets the enactment delay: the time between the approval of a call that changes something and its enactment.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the delay that is in force.
        ///
        /// ## Details
        /// Calls that are approved already keep the delay with which they were approved.
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

        /// Vetoes an approved call while it waits for its delay, and removes its proposal.
        ///
        /// ## Dispatch Origin
        /// One account of the role that may veto the call, whatever status its participant has, other than revoked; the
        /// event `Approved` names that role.
        ///
        /// ## Details
        /// Any account of the regulator can veto an estate or a licence. If operator or regulator has too few accounts
        /// left, the other role alone decides its new ones: any account left of the first role can veto that, and any
        /// account of the deciding role that has not approved.
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

        /// Moves a whole balance or credit that a revoked participant has in an asset to an account of an active
        /// participant.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator and two of the regulator, after the estate delay.
        ///
        /// ## Details
        /// `from` is an account of the participant, which may have been replaced, or a credit in escrow. A frozen asset
        /// does not move. The participant must have been revoked for at least the estate delay.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `ParticipantNotFound`, `NotRevoked`, `TooEarly`, `AccountNotFound`, `OtherOwner`,
        /// `NotActive`, `AlreadyReplaced`, `NothingToRecover`, `BadText`, and those of the asset.
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

        /// Grants a licence: allows payments to one payee out of a balance or credit of a sanctioned participant.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator and two of the regulator, after the estate delay.
        ///
        /// ## Details
        /// Nothing moves until `use_licence`. The participant must have been sanctioned for at least the estate delay.
        /// The licence ends when it is used up, when it expires, or when the sanction is lifted: a later sanction needs
        /// another licence.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `ParticipantNotFound`, `NotSanctioned`, `TooEarly`, `AccountNotFound`, `OtherOwner`,
        /// `NotActive`, `AlreadyReplaced`, `NothingToRecover`, `LicenceExpired`, `BadText`.
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

        /// Pays an amount to the payee of a licence out of the sanctioned participant's balance or credit.
        ///
        /// ## Dispatch Origin
        /// An active account of the payee's participant, of the operator or of the regulator.
        ///
        /// ## Details
        /// A licence that has expired, or whose sanction was lifted, is removed and pays nothing.
        ///
        /// ## Errors
        /// `NotAuthorized`, `LicenceNotFound`, `LicenceExceeded`, `NothingToRecover`, `NotActive`, `AlreadyReplaced`,
        /// and those of the asset.
        ///
        /// ## Events
        /// `LicenceUsed`, or `LicenceEnded`.
        #[pallet::call_index(43)]
        #[pallet::weight(T::WeightInfo::use_licence())]
        pub fn use_licence(origin: OriginFor<T>, id: LicenceId, amount: Balance) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_use_licence(who, id, amount)
        }

        /// Gives the roles that replaced accounts have for an asset to the accounts that took their place.
        ///
        /// ## Dispatch Origin
        /// An active account of the participant that owns the replaced accounts, or the operator.
        ///
        /// ## Details
        /// An asset has an owner, an issuer, an admin and a freezer in `Assets`; each of them that was replaced gives
        /// way to its successor.
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

        /// Confirms the listing of an asset, or another code of a listed one, that its issuer asked for.
        ///
        /// ## Dispatch Origin
        /// One account of the operator, or root.
        ///
        /// ## Details
        /// `record` must be the one that the issuer asked for, so that the operator cannot confirm another than it has
        /// checked.
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

        /// Delists an asset: takes it off the list, so that nothing new is settled in it.
        ///
        /// ## Dispatch Origin
        /// One account of the operator or of the regulator; root.
        ///
        /// ## Details
        /// Tranches that have formed settle. Nothing new is agreed, reserved or committed in the asset, so that
        /// everything else in it returns. Its ISIN is free for another asset. The issuer may ask for it to be listed
        /// again.
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

        /// Takes an amount of an asset from a holder and gives it to another account, which belongs to an active
        /// participant.
        ///
        /// ## Dispatch Origin
        /// The account that owns the asset and two accounts of the regulator together.
        ///
        /// ## Details
        /// Reaches a holder whatever its status, but never escrow: what is there belongs to trades.
        ///
        /// ## Errors
        /// `NeedsOtherBody`, `NotIssuer`, `ReservedAccount`, `NotActive`, `AccountNotFound`, `AlreadyReplaced`,
        /// `BadText`, and those of the asset.
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
        /// Reaches a holder whatever its status, but never escrow: what is there belongs to trades.
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

        /// Begins the destruction of an asset, also while others than its owner hold it.
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

        /// Sets the allowance of a participant: the time and bytes that it may use in one quota period, and the state
        /// that it may open in one day.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator together: at once if nothing is raised and the participant is neither operator
        /// nor regulator, otherwise as root.
        ///
        /// ## Details
        /// The allowance counts at once, also for what was used earlier in the period or day. `None` gives the
        /// participant the network's allowance. A participant that one account of the operator has registered begins
        /// with less, until two of them decide as root. Lanes, and the reserve for those who govern, are not part of it.
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
        /// An account of the same participant with `Administer`, or the account itself; also while the participant is
        /// suspended.
        ///
        /// ## Details
        /// The account has `rights` at once, which must be fewer than it had: this is how a stolen key is stopped.
        /// Without `Move` and `MoveAll` nothing leaves the account by its own signature. Without any right it sends
        /// nothing but `veto_change` and `claim`.
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
        /// An account of the same participant with `Administer`. Operator and regulator together.
        ///
        /// ## Details
        /// The account gets the rights when a second account with `Administer` approves the request, or by
        /// `apply_change` after the rights delay; `Trade` alone at once. Operator and regulator together give an
        /// account of an operator or a regulator any rights, at once, and an account of another participant only
        /// `Administer`, after the rights delay.
        ///
        /// ## Errors
        /// `AccountNotFound`, `AlreadyReplaced`, `NotAuthorized`, `NeedsBothAuthorities`, `BadRights`,
        /// `RightsUnchanged`, `RequestAlreadyExists`, `TooManyRequests`.
        ///
        /// ## Events
        /// `ChangeRequested`, or `AccountRightsChanged` if the rights change at once.
        #[pallet::call_index(71)]
        #[pallet::weight(T::WeightInfo::request_change())]
        pub fn request_rights(origin: OriginFor<T>, account: AccountId, rights: RightList) -> DispatchResult {
            Self::do_request_rights(origin, account, rights.into_iter().collect())
        }

        /// Asks for the right `Administer` to be taken from an account.
        ///
        /// ## Dispatch Origin
        /// Operator and regulator together.
        ///
        /// ## Details
        /// The account loses the right by `apply_change` after the rights delay, and no account of the participant can
        /// veto that: so a participant gets rid of a thief that has its administrator's key.
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

        /// Approves a change of rights as the second account, so that the change need not wait for its delay.
        ///
        /// ## Dispatch Origin
        /// An account of the participant with `Administer`, but not the one that asked.
        ///
        /// ## Details
        /// `hash` is `blake2_256` of the SCALE encoding of the change. Look at the change itself first, in the event
        /// `ChangeRequested` or in `Requests`. A replacement still waits for the operator.
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

        /// Applies a change of rights or of a mandate whose delay has passed.
        ///
        /// ## Dispatch Origin
        /// Any account of any active participant.
        ///
        /// ## Details
        /// The account that asked must still have `Administer`. A replacement is confirmed by the operator with
        /// `replace_account` instead.
        ///
        /// ## Errors
        /// `NotAuthorized`, `RequestNotFound`, `RequestExpired`, `RequesterLapsed`, `TooEarly`, `NeedsOperator`, and
        /// those of the change.
        ///
        /// ## Events
        /// `AccountRightsChanged` or `AgentAppointed`.
        #[pallet::call_index(74)]
        #[pallet::weight(T::WeightInfo::approve_change())]
        pub fn apply_change(origin: OriginFor<T>, participant: ParticipantId, hash: ChangeHash) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_apply_change(who, participant, hash)
        }

        /// Vetoes a change that waits: removes its request.
        ///
        /// ## Dispatch Origin
        /// The account that asked; any account of the participant that had `Move` or `Administer` one rights delay
        /// before the request, whatever rights it has now; both also while the participant is suspended. Operator and
        /// regulator together.
        ///
        /// ## Details
        /// Accounts that the participant was registered with count as if they had always had those rights. Once a
        /// second account has approved, only the two that decided can veto, or operator and regulator together.
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
