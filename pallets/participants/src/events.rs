//! What the directory says and refuses.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Events and errors, imported into the pallet.
#[pallet_section]
mod events {
    /// What happened. Names, statuses and bounds are given old and new, so that the directory follows from events alone.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A legal entity was registered.
        Registered {
            /// Its number.
            participant: ParticipantId,
            /// Its LEI.
            lei: Lei,
            /// Its name.
            name: Name,
            /// Its roles.
            roles: Roles,
            /// Its accounts.
            accounts: AccountList,
        },
        /// A participant has another name.
        Renamed {
            /// Which participant.
            participant: ParticipantId,
            /// The name it had.
            old: Name,
            /// The name it has.
            new: Name,
        },
        /// A participant's status changed.
        StatusChanged {
            /// Which participant.
            participant: ParticipantId,
            /// The status it had.
            old: Status,
            /// The status it has.
            new: Status,
            /// Since when.
            since: Moment,
        },
        /// A participant's roles changed.
        RolesChanged {
            /// Which participant.
            participant: ParticipantId,
            /// The roles it had.
            old: Roles,
            /// The roles it has.
            new: Roles,
        },
        /// A participant's certificate changed.
        CertificateChanged {
            /// Which participant.
            participant: ParticipantId,
            /// The certificate it had.
            old: Option<Certificate>,
            /// The certificate it has.
            new: Option<Certificate>,
        },
        /// A participant has one more account.
        AccountAdded {
            /// Which participant.
            participant: ParticipantId,
            /// The account.
            account: AccountId,
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
        /// A participant asked for an account to be replaced.
        ReplacementRequested {
            /// Which participant.
            participant: ParticipantId,
            /// The account to replace.
            old: AccountId,
            /// The account to take its place.
            new: AccountId,
            /// Which of its accounts asked.
            by: AccountId,
            /// Until when the operator may confirm it.
            until: Moment,
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
        /// A participant appointed an agent.
        AgentAppointed {
            /// For whom it acts.
            principal: ParticipantId,
            /// Who acts.
            agent: ParticipantId,
            /// For which legs.
            capacity: Capacity,
        },
        /// A participant dismissed an agent.
        AgentDismissed {
            /// For whom it acted.
            principal: ParticipantId,
            /// Who acted.
            agent: ParticipantId,
            /// For which legs.
            capacity: Capacity,
        },
        /// A network was listed (`old` is nothing), changed, or taken off the list (`new` is nothing).
        NetworkChanged {
            /// Its genesis hash.
            genesis: GenesisHash,
            /// What was listed.
            old: Option<Network>,
            /// What is listed.
            new: Option<Network>,
        },
        /// A service was listed (`old` is nothing), changed, or taken off the list (`new` is nothing).
        ServiceChanged {
            /// Who offers it.
            owner: ParticipantId,
            /// What was listed.
            old: Option<Service>,
            /// What is listed.
            new: Option<Service>,
        },
        /// An asset was listed (`old` is nothing), changed, or is gone (`new` is nothing).
        AssetChanged {
            /// Which asset.
            asset: AssetId,
            /// What was known of it.
            old: Option<AssetRecord>,
            /// What is known of it.
            new: Option<AssetRecord>,
        },
        /// A call waits for a second account of the role.
        Proposed {
            /// Under which role.
            role: Role,
            /// The call's hash.
            hash: CallHash,
            /// The first account.
            by: AccountId,
            /// When it lapses.
            until: Moment,
        },
        /// A second account of the role approved a call.
        Approved {
            /// Under which role.
            role: Role,
            /// The call's hash.
            hash: CallHash,
            /// The first account.
            proposed_by: AccountId,
            /// The second account.
            approved_by: AccountId,
            /// From when on it may be enacted; now, if there is no delay.
            enact_after: Moment,
        },
        /// An approved call was dispatched; a failure is in `result` and changed nothing else.
        Enacted {
            /// Under which role.
            role: Role,
            /// The call's hash.
            hash: CallHash,
            /// How it ended.
            result: DispatchResult,
        },
        /// A proposal was taken back, or had lapsed and was removed.
        Withdrawn {
            /// Under which role.
            role: Role,
            /// The call's hash.
            hash: CallHash,
            /// Who removed it; nobody if it was root.
            by: Option<AccountId>,
        },
        /// The delay between the operator's approval and enactment changed.
        EnactmentDelayChanged {
            /// What it was, in milliseconds.
            old: Moment,
            /// What it is, in milliseconds.
            new: Moment,
        },
    }
}
