//! Events of the pallet: each tells a change of the directory, with old and new values.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

// Events, imported into the pallet.
#[pallet_section]
mod events {
    /// Event of the directory. Old and new values are given, so that the whole directory can be rebuilt from events
    /// alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A legal entity was registered as a participant.
        Registered {
            /// Number that the participant got.
            participant: ParticipantId,
            /// Legal Entity Identifier of the participant.
            lei: Lei,
            /// Legal name of the participant, UTF-8.
            name: Name,
            /// Roles that the participant was given.
            roles: Roles,
            /// Accounts that the participant was registered with.
            accounts: AccountList,
            /// Rights of these accounts, in the order of `accounts`.
            rights: BoundedVec<Rights, ConstU32<{ types::MAX_ACCOUNTS }>>,
            /// Authority that decided the registration.
            by: Decider,
        },
        /// The legal name of a participant changed.
        Renamed {
            /// Participant whose name changed.
            participant: ParticipantId,
            /// Legal name of the participant until now, UTF-8.
            old: Name,
            /// Legal name of the participant from now on, UTF-8.
            new: Name,
        },
        /// The status of a participant changed, and with it that of all its accounts.
        StatusChanged {
            /// Participant whose status changed.
            participant: ParticipantId,
            /// Status of the participant until now.
            old: Status,
            /// Status of the participant from now on.
            new: Status,
            /// Authority that decided the change.
            by: Decider,
            /// Reason that was given for the change.
            reason: Reason,
            /// Moment from which the participant has the new status.
            since: Moment,
        },
        /// The roles of a participant changed, and with them those of all its accounts.
        RolesChanged {
            /// Participant whose roles changed.
            participant: ParticipantId,
            /// Roles of the participant until now.
            old: Roles,
            /// Roles of the participant from now on.
            new: Roles,
            /// Authority that decided the change.
            by: Decider,
        },
        /// The certificate of a participant's systems was set, changed or taken back.
        CertificateChanged {
            /// Participant whose certificate changed.
            participant: ParticipantId,
            /// Certificate until now; `None` if there was none.
            old: Option<Certificate>,
            /// Certificate from now on; `None` if it was taken back.
            new: Option<Certificate>,
        },
        /// An account was added to a participant.
        AccountAdded {
            /// Participant that has the account now.
            participant: ParticipantId,
            /// Account that was added.
            account: AccountId,
            /// Rights that the account has for its participant.
            rights: Rights,
            /// Account that added it; `None` for root, or for operator and regulator together.
            by: Option<AccountId>,
        },
        /// The rights of an account in use changed.
        AccountRightsChanged {
            /// Participant that owns the account.
            participant: ParticipantId,
            /// Account whose rights changed.
            account: AccountId,
            /// Rights of the account until now.
            old: Rights,
            /// Rights of the account from now on.
            new: Rights,
            /// Account that lowered the rights or asked for them; `None` for operator and regulator together.
            by: Option<AccountId>,
        },
        /// A change of rights, a mandate or a replacement was asked for. It takes effect when a second account approves
        /// it, or by `apply_change` after its delay; on a network without that delay at once.
        ChangeRequested {
            /// Participant whose rights, agents or accounts would change.
            participant: ParticipantId,
            /// Hash of the change, by which it is approved, applied or vetoed.
            hash: ChangeHash,
            /// Change that was asked for.
            change: Change,
            /// Account that asked; `None` for operator and regulator together.
            by: Option<AccountId>,
            /// Moment from which the change may be applied without a second account.
            not_before: Moment,
            /// Moment from which the request has lapsed.
            until: Moment,
        },
        /// A second account with `Administer` approved a change that was asked for.
        ChangeApproved {
            /// Participant whose rights, agents or accounts would change.
            participant: ParticipantId,
            /// Hash of the change that was approved.
            hash: ChangeHash,
            /// Account that approved the change.
            by: AccountId,
        },
        /// A change that was asked for was vetoed, or taken back by the account that asked.
        ChangeVetoed {
            /// Participant whose rights, agents or accounts would have changed.
            participant: ParticipantId,
            /// Hash of the change that was vetoed.
            hash: ChangeHash,
            /// Account that vetoed the change; `None` for operator and regulator together.
            by: Option<AccountId>,
        },
        /// An account of an operator or a regulator was taken out of use; payouts that name it go to `successor`.
        AccountRemoved {
            /// Participant that owned the account.
            participant: ParticipantId,
            /// Account that was taken out of use.
            account: AccountId,
            /// Account of the same participant that takes its place.
            successor: AccountId,
        },
        /// An account was replaced: payouts that name `old` go to `new`.
        AccountReplaced {
            /// Participant that owns both accounts.
            participant: ParticipantId,
            /// Account that was replaced and is out of use now.
            old: AccountId,
            /// Account that took the place of `old`.
            new: AccountId,
        },
        /// The balance that a replaced account had in an asset was moved to the account that took its place.
        Recovered {
            /// Participant that owns both accounts.
            participant: ParticipantId,
            /// Replaced account that had the balance.
            from: AccountId,
            /// Account in use that has the balance now.
            to: AccountId,
            /// Asset whose balance was moved.
            asset: AssetId,
            /// Amount that was moved, in the asset's smallest unit.
            amount: Balance,
        },
        /// An agent was appointed with a mandate, or got it in place of the one that it had.
        AgentAppointed {
            /// Participant for which the agent acts.
            principal: ParticipantId,
            /// Participant that was appointed as agent of `principal`.
            agent: ParticipantId,
            /// Kind of legs for which the agent acts: deliveries or payments.
            capacity: Capacity,
            /// Mandate until now; `None` if the agent had none in this capacity.
            old: Option<Mandate>,
            /// Mandate of the agent from now on.
            new: Mandate,
        },
        /// A principal dismissed an agent, whose mandate ended.
        AgentDismissed {
            /// Participant for which the agent acted.
            principal: ParticipantId,
            /// Participant that was dismissed as agent of `principal`.
            agent: ParticipantId,
            /// Kind of legs for which the agent acted.
            capacity: Capacity,
            /// Account of the principal that dismissed the agent.
            by: AccountId,
        },
        /// A network was listed (`old` is `None`), its entry changed, or it was taken off the list (`new` is `None`).
        NetworkChanged {
            /// Genesis hash of the network.
            genesis: GenesisHash,
            /// Entry until now; `None` if the network was not listed.
            old: Option<Network>,
            /// Entry from now on; `None` if the network was taken off the list.
            new: Option<Network>,
        },
        /// A service was listed (`old` is `None`), its entry changed, or it was taken off the list (`new` is `None`).
        ServiceChanged {
            /// Participant that offers the service.
            owner: ParticipantId,
            /// Entry until now; `None` if the service was not listed.
            old: Option<Service>,
            /// Entry from now on; `None` if the service was taken off the list.
            new: Option<Service>,
        },
        /// An asset was listed (`old` is `None`), its record changed, or it was destroyed (`new` is `None`).
        AssetChanged {
            /// Asset that was listed, changed or destroyed.
            asset: AssetId,
            /// Record until now; `None` if the asset was not listed.
            old: Option<AssetRecord>,
            /// Record from now on; `None` if the asset was destroyed.
            new: Option<AssetRecord>,
        },
        /// An issuer asked for an asset to be listed (`old` is `None`), or for another code of a listed asset. The
        /// operator must confirm it.
        ListingRequested {
            /// Asset that the request is for.
            asset: AssetId,
            /// Record that is listed now; `None` if the asset is not listed.
            old: Option<AssetRecord>,
            /// Record that the issuer asks for.
            new: AssetRecord,
            /// Moment from which the request has lapsed.
            until: Moment,
        },
        /// An asset was taken off the list: tranches that have formed settle, everything else in the asset returns.
        AssetDelisted {
            /// Asset that was taken off the list.
            asset: AssetId,
            /// Record with which the asset was listed.
            record: AssetRecord,
            /// Authority that took the asset off the list.
            by: Decider,
            /// Reason that was given for the delisting.
            reason: Reason,
        },
        /// Roles that replaced accounts had for an asset in `pallet-assets` passed to the accounts that took their
        /// place.
        AssetRecovered {
            /// Number of the asset in `pallet-assets`.
            asset: u32,
            /// Accounts with a role for the asset until now.
            old: Team,
            /// Accounts with a role for the asset from now on.
            new: Team,
            /// Account that asked for it; `None` for root.
            by: Option<AccountId>,
        },
        /// A balance or credit of a revoked participant was moved to an account of another.
        EstateTransferred {
            /// Revoked participant that had the balance or credit.
            participant: ParticipantId,
            /// Balance or credit that was moved as a whole.
            from: Holding,
            /// Account that has the amount now.
            to: AccountId,
            /// Asset of the balance or credit that was moved.
            asset: AssetId,
            /// Amount that was moved, in the asset's smallest unit.
            amount: Balance,
            /// Reason that was given for the transfer.
            reason: Reason,
        },
        /// A licence was granted: payments to one payee out of a sanctioned participant's balance or credit are
        /// allowed.
        LicenceGranted {
            /// Number of the licence that was granted.
            id: LicenceId,
            /// Sanctioned participant out of whose balance or credit is paid.
            participant: ParticipantId,
            /// Terms of the licence: from where, which asset, how much, to whom and until when.
            licence: Licence,
            /// Reason that was given for the licence.
            reason: Reason,
        },
        /// A payment was made under a licence out of a sanctioned participant's balance or credit.
        LicenceUsed {
            /// Number of the licence under which was paid.
            id: LicenceId,
            /// Sanctioned participant out of whose balance or credit was paid.
            participant: ParticipantId,
            /// Balance or credit that the payment came from.
            from: Holding,
            /// Account of the payee that was paid.
            to: AccountId,
            /// Asset in which the payee was paid.
            asset: AssetId,
            /// Amount that was paid, in the asset's smallest unit.
            amount: Balance,
            /// Amount that may still be paid under the licence; zero ends it.
            left: Balance,
            /// Account that asked for the payment.
            by: AccountId,
        },
        /// A licence ended and was removed, because it had expired or because the sanction it was for had been lifted.
        LicenceEnded {
            /// Number of the licence that ended.
            id: LicenceId,
            /// Participant that the licence was for.
            participant: ParticipantId,
            /// Account that sent the call which removed the licence.
            by: AccountId,
        },
        /// An amount of an asset was taken from its holder and given to another account, by the issuer and the
        /// regulator.
        ClawedBack {
            /// Number, in `pallet-assets`, of the asset that was taken.
            asset: u32,
            /// Account from which the amount was taken.
            from: AccountId,
            /// Account that got the amount.
            to: AccountId,
            /// Amount that was taken, in the asset's smallest unit.
            amount: Balance,
            /// Account of the issuer that decided it together with the regulator.
            issuer: AccountId,
            /// Reason that was given for the claw-back.
            reason: Reason,
        },
        /// An amount of an asset that a holder had was burnt, by the issuer and the regulator.
        BurntFrom {
            /// Number, in `pallet-assets`, of the asset that was burnt.
            asset: u32,
            /// Account whose amount was burnt.
            from: AccountId,
            /// Amount that was burnt, in the asset's smallest unit.
            amount: Balance,
            /// Account of the issuer that decided it together with the regulator.
            issuer: AccountId,
            /// Reason that was given for the burning.
            reason: Reason,
        },
        /// The destruction of an asset began, by the issuer and the regulator, although others than its owner may hold
        /// it.
        DestructionStarted {
            /// Number, in `pallet-assets`, of the asset that is being destroyed.
            asset: u32,
            /// Account of the issuer that decided it together with the regulator.
            issuer: AccountId,
            /// Reason that was given for the destruction.
            reason: Reason,
        },
        /// A call was proposed to a body; more of its accounts must approve.
        Proposed {
            /// Body that decides the call.
            body: Body,
            /// Hash of the proposed call.
            hash: CallHash,
            /// Account that proposed the call.
            by: AccountId,
            /// Moment from which the proposal has lapsed.
            until: Moment,
        },
        /// An account approved a proposed call, which still waits for more accounts of the body or for its delay.
        ApprovalAdded {
            /// Body that decides the call.
            body: Body,
            /// Hash of the proposed call.
            hash: CallHash,
            /// Account that approved the call.
            by: AccountId,
            /// Role of the account for which its approval counts.
            role: Role,
        },
        /// The last account that the body needed approved a proposed call.
        Approved {
            /// Body that decided the call.
            body: Body,
            /// Hash of the approved call.
            hash: CallHash,
            /// Approvals of the call, with account and role, the oldest first.
            approvals: Approvals,
            /// Moment from which the call may be enacted; now, if it has no delay.
            enact_after: Moment,
            /// Role of which any one account can veto the call until then; `None` if nobody can.
            veto: Option<Role>,
        },
        /// An approved call was dispatched. If it failed, `result` has the error, and the call changed nothing.
        Enacted {
            /// Body that decided the call.
            body: Body,
            /// Hash of the call that was dispatched.
            hash: CallHash,
            /// Result of the dispatched call: success, or its error.
            result: DispatchResult,
        },
        /// An account took back its approval of a proposed call; the proposal still waits.
        ApprovalWithdrawn {
            /// Body that decides the call.
            body: Body,
            /// Hash of the call whose approval was taken back.
            hash: CallHash,
            /// Account whose approval was taken back.
            by: AccountId,
        },
        /// A proposal was removed: its last approval was taken back, or it had lapsed or lost an approving account.
        Withdrawn {
            /// Body under which the call was proposed.
            body: Body,
            /// Hash of the call whose proposal was removed.
            hash: CallHash,
            /// Account that removed the proposal; `None` for root.
            by: Option<AccountId>,
        },
        /// An approved call was vetoed while it waited for its delay.
        Vetoed {
            /// Body that had approved the call.
            body: Body,
            /// Hash of the call that was vetoed.
            hash: CallHash,
            /// Account that vetoed the call.
            by: AccountId,
        },
        /// The enactment delay of the network changed: the time between the approval of a call and its enactment.
        EnactmentDelayChanged {
            /// Enactment delay until now, in milliseconds.
            old: Moment,
            /// Enactment delay from now on, in milliseconds.
            new: Moment,
        },
        /// The operator set the allowance of a participant: the time and bytes of one period, and the state it may open
        /// in a day.
        AllowanceChanged {
            /// Participant whose allowance changed.
            participant: ParticipantId,
            /// Own allowance until now; `None` if the participant had the network's.
            old: Option<Allowance>,
            /// Own allowance from now on; `None` if the participant has the network's.
            new: Option<Allowance>,
        },
    }
}
