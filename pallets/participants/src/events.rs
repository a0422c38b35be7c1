//! What the directory says and refuses.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// Events of the directory. Names, statuses and bounds are given old and new, so that the directory follows from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A legal entity was registered.
        Registered {
            /// Number that it got.
            participant: ParticipantId,
            /// Legal Entity Identifier.
            lei: Lei,
            /// Legal name, UTF-8.
            name: Name,
            /// Roles that it was given.
            roles: Roles,
            /// Accounts that it was registered with.
            accounts: AccountList,
            /// Rights of these accounts, in their order.
            rights: BoundedVec<Rights, ConstU32<{ types::MAX_ACCOUNTS }>>,
            /// Decider of the registration.
            by: Decider,
        },
        /// A participant has another name.
        Renamed {
            /// Number of the participant.
            participant: ParticipantId,
            /// The name it had.
            old: Name,
            /// The name it has.
            new: Name,
        },
        /// A participant's status changed.
        StatusChanged {
            /// Number of the participant.
            participant: ParticipantId,
            /// The status it had.
            old: Status,
            /// The status it has.
            new: Status,
            /// Decider of the change.
            by: Decider,
            /// Reason that was given.
            reason: Reason,
            /// Moment from which it holds.
            since: Moment,
        },
        /// A participant's roles changed.
        RolesChanged {
            /// Number of the participant.
            participant: ParticipantId,
            /// The roles it had.
            old: Roles,
            /// The roles it has.
            new: Roles,
            /// Decider of the change.
            by: Decider,
        },
        /// A participant's certificate changed.
        CertificateChanged {
            /// Number of the participant.
            participant: ParticipantId,
            /// The certificate it had.
            old: Option<Certificate>,
            /// The certificate it has.
            new: Option<Certificate>,
        },
        /// A participant has one more account.
        AccountAdded {
            /// The participant.
            participant: ParticipantId,
            /// The account.
            account: AccountId,
            /// Rights that it begins with.
            rights: Rights,
            /// Account that added it; nothing for root, or operator and regulator together.
            by: Option<AccountId>,
        },
        /// An account has other rights.
        AccountRightsChanged {
            /// The participant.
            participant: ParticipantId,
            /// The account.
            account: AccountId,
            /// Rights that it had.
            old: Rights,
            /// Rights that it has.
            new: Rights,
            /// Account that lowered them or asked for them; nothing for operator and regulator together.
            by: Option<AccountId>,
        },
        /// A change was asked for. It happens when a second account approves it, or by `apply_change` after its delay.
        ChangeRequested {
            /// The participant.
            participant: ParticipantId,
            /// Hash of the change.
            hash: ChangeHash,
            /// The change.
            change: Change,
            /// Account that asked; nothing for operator and regulator together.
            by: Option<AccountId>,
            /// From when on it happens without a second account.
            not_before: Moment,
            /// When it lapses.
            until: Moment,
        },
        /// A second account that administers approved a change.
        ChangeApproved {
            /// The participant.
            participant: ParticipantId,
            /// Hash of the change.
            hash: ChangeHash,
            /// The second account.
            by: AccountId,
        },
        /// A change that waited was stopped or taken back.
        ChangeVetoed {
            /// The participant.
            participant: ParticipantId,
            /// Hash of the change.
            hash: ChangeHash,
            /// Account that stopped it; nothing for operator and regulator together.
            by: Option<AccountId>,
        },
        /// A participant no longer uses an account; payouts that name it go to `successor`.
        AccountRemoved {
            /// Which participant.
            participant: ParticipantId,
            /// The account.
            account: AccountId,
            /// Where payouts go.
            successor: AccountId,
        },
        /// An account was replaced; payouts that name `old` go to `new`.
        AccountReplaced {
            /// Which participant.
            participant: ParticipantId,
            /// The account that was replaced.
            old: AccountId,
            /// The account that took its place.
            new: AccountId,
        },
        /// What a replaced account had of an asset was moved to the account that took its place.
        Recovered {
            /// Which participant.
            participant: ParticipantId,
            /// The replaced account.
            from: AccountId,
            /// The account that has it now.
            to: AccountId,
            /// The asset.
            asset: AssetId,
            /// How much.
            amount: Balance,
        },
        /// An agent got a mandate, or another one than it had.
        AgentAppointed {
            /// The participant for which it acts.
            principal: ParticipantId,
            /// The agent.
            agent: ParticipantId,
            /// Kind of legs.
            capacity: Capacity,
            /// Mandate that it had.
            old: Option<Mandate>,
            /// Mandate that it has.
            new: Mandate,
        },
        /// A participant dismissed an agent.
        AgentDismissed {
            /// The participant for which it acted.
            principal: ParticipantId,
            /// The agent.
            agent: ParticipantId,
            /// Kind of legs.
            capacity: Capacity,
            /// Account that dismissed it.
            by: AccountId,
        },
        /// A network was listed (`old` is nothing), changed, or taken off the list (`new` is nothing).
        NetworkChanged {
            /// Genesis hash of the network.
            genesis: GenesisHash,
            /// Entry before; nothing if it is new.
            old: Option<Network>,
            /// Entry now; nothing if it is gone.
            new: Option<Network>,
        },
        /// A service was listed (`old` is nothing), changed, or taken off the list (`new` is nothing).
        ServiceChanged {
            /// Participant that offers it.
            owner: ParticipantId,
            /// Entry before; nothing if it is new.
            old: Option<Service>,
            /// Entry now; nothing if it is gone.
            new: Option<Service>,
        },
        /// An asset was listed (`old` is nothing), changed, or is gone (`new` is nothing).
        AssetChanged {
            /// Asset that the entry describes.
            asset: AssetId,
            /// Record before; nothing if it is new.
            old: Option<AssetRecord>,
            /// Record now; nothing if it is gone.
            new: Option<AssetRecord>,
        },
        /// An issuer asks for an asset to be listed (`old` is nothing), or for another code of a listed one.
        ListingRequested {
            /// Asset that is concerned.
            asset: AssetId,
            /// Record that is listed now.
            old: Option<AssetRecord>,
            /// Record that is asked for.
            new: AssetRecord,
            /// Moment from which the request counts for nothing.
            until: Moment,
        },
        /// An asset was taken off the list: what has formed settles, everything else in it returns.
        AssetDelisted {
            /// Asset that is concerned.
            asset: AssetId,
            /// Record that was listed.
            record: AssetRecord,
            /// Whoever took it off.
            by: Decider,
            /// Reason that was given.
            reason: Reason,
        },
        /// An asset is managed by the accounts that took the place of replaced ones.
        AssetRecovered {
            /// Asset that is concerned.
            asset: u32,
            /// Accounts that managed it.
            old: Team,
            /// Accounts that manage it.
            new: Team,
            /// Account that asked; none if it was root.
            by: Option<AccountId>,
        },
        /// A revoked participant's holding was moved.
        EstateTransferred {
            /// Revoked participant whose estate it is.
            participant: ParticipantId,
            /// Holding that was emptied.
            from: Holding,
            /// Account that has it now.
            to: AccountId,
            /// Asset that is concerned.
            asset: AssetId,
            /// Amount, in the asset's smallest unit.
            amount: Balance,
            /// Reason that was given.
            reason: Reason,
        },
        /// A payment out of a sanctioned participant's holding is allowed.
        LicenceGranted {
            /// Number of the licence.
            id: LicenceId,
            /// Sanctioned participant that it is for.
            participant: ParticipantId,
            /// Terms of the licence.
            licence: Licence,
            /// Reason that was given.
            reason: Reason,
        },
        /// A payment was made under a licence.
        LicenceUsed {
            /// Number of the licence.
            id: LicenceId,
            /// Sanctioned participant that it is for.
            participant: ParticipantId,
            /// Holding that the payment came from.
            from: Holding,
            /// Account that was paid.
            to: AccountId,
            /// Asset that is concerned.
            asset: AssetId,
            /// Amount that was paid, in the asset's smallest unit.
            amount: Balance,
            /// Amount that may still be paid; none left ends the licence.
            left: Balance,
            /// Account that asked for the payment.
            by: AccountId,
        },
        /// A licence had expired, or its participant was no longer sanctioned, and was removed.
        LicenceEnded {
            /// Number of the licence.
            id: LicenceId,
            /// Participant that it was for.
            participant: ParticipantId,
            /// Account that removed it.
            by: AccountId,
        },
        /// An asset was taken from a holder.
        ClawedBack {
            /// Asset that is concerned.
            asset: u32,
            /// Account that had it.
            from: AccountId,
            /// Account that has it now.
            to: AccountId,
            /// Amount, in the asset's smallest unit.
            amount: Balance,
            /// Account of the issuer that decided with the regulator.
            issuer: AccountId,
            /// Reason that was given.
            reason: Reason,
        },
        /// An asset was burnt that a holder had.
        BurntFrom {
            /// Asset that is concerned.
            asset: u32,
            /// Account that had it.
            from: AccountId,
            /// Amount, in the asset's smallest unit.
            amount: Balance,
            /// Account of the issuer that decided with the regulator.
            issuer: AccountId,
            /// Reason that was given.
            reason: Reason,
        },
        /// The destruction of an asset that others hold began.
        DestructionStarted {
            /// Asset that is concerned.
            asset: u32,
            /// Account of the issuer that decided with the regulator.
            issuer: AccountId,
            /// Reason that was given.
            reason: Reason,
        },
        /// A call waits for more accounts of a body.
        Proposed {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Account that proposed it.
            by: AccountId,
            /// Moment from which the proposal counts for nothing.
            until: Moment,
        },
        /// An account approved a call, which waits for more accounts of the body or for its delay.
        ApprovalAdded {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Account that approved it.
            by: AccountId,
            /// Role for which it counts.
            role: Role,
        },
        /// The last account that was needed approved a call.
        Approved {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Accounts that approved it, the proposer first.
            approvals: Approvals,
            /// Moment from which it may be enacted; now, if there is no delay.
            enact_after: Moment,
            /// Role of which any one account can stop it until then.
            veto: Option<Role>,
        },
        /// An approved call was dispatched; a failure is in `result` and changed nothing else.
        Enacted {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Result of the call.
            result: DispatchResult,
        },
        /// An account took its approval back; the proposal still waits.
        ApprovalWithdrawn {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Account whose approval counts no longer.
            by: AccountId,
        },
        /// A proposal was taken back, or had lapsed and was removed.
        Withdrawn {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Account that removed it; none if it was root.
            by: Option<AccountId>,
        },
        /// An approved call was stopped while it waited.
        Vetoed {
            /// Body that decides it.
            body: Body,
            /// Hash of the call.
            hash: CallHash,
            /// Account that stopped it.
            by: AccountId,
        },
        /// The delay between the operator's approval and enactment changed.
        EnactmentDelayChanged {
            /// Delay before, in milliseconds.
            old: Moment,
            /// Delay now, in milliseconds.
            new: Moment,
        },
        /// The operator set what a participant may use of a minute and open in a day.
        AllowanceChanged {
            /// Participant of the allowance.
            participant: ParticipantId,
            /// Allowance until now; the network's if absent.
            old: Option<Allowance>,
            /// Allowance from now on; the network's if absent.
            new: Option<Allowance>,
        },
    }
}
