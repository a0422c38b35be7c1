//! Refusals of the directory.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// Errors, imported into the pallet.
#[pallet_section]
mod errors {
    /// Refusals, each with its cause and its cure.
    #[pallet::error]
    pub enum Error<T> {
        /// No participant has this number. Look it up by its LEI.
        ParticipantNotFound,
        /// The account belongs to no participant. The operator adds it.
        AccountNotFound,
        /// The account belongs, or belonged, to a participant. Use a fresh one.
        AccountAlreadyExists,
        /// The account belongs to the chain itself and to nobody else. Use another.
        ReservedAccount,
        /// Another participant has this LEI. Update that one instead.
        LeiAlreadyExists,
        /// The LEI has a wrong character or check digits. Check it against the LEI register.
        BadLei,
        /// A text is empty or not UTF-8. Send readable text.
        BadText,
        /// A participant needs at least one account. Name one.
        NoAccounts,
        /// The participant has as many accounts as it may. Remove one first.
        TooManyAccounts,
        /// It is the participant's last account. Have it replaced instead.
        LastAccount,
        /// The caller is not an active account of the participant that may do this. Sign with one that is.
        NotAuthorized,
        /// The participant is not active. The regulator reinstates it.
        NotActive,
        /// The participant has that status already.
        StatusUnchanged,
        /// The participant has left for good. Nothing brings it back; register it again under a new LEI.
        ParticipantRevoked,
        /// One account does not decide this alone: who is operator or regulator, or which accounts a participant gets. Two
        /// accounts of the operator do it together: `propose` it. They take the role of an operator or a regulator before
        /// it is revoked.
        NeedsDualControl,
        /// The account was replaced or removed before. Use the one that took its place.
        AlreadyReplaced,
        /// The account is in use. Only what a replaced account has is recovered.
        NotReplaced,
        /// The new account belongs to another participant. Use a fresh one, or one of the same participant.
        OtherOwner,
        /// An account does not replace itself. Name another.
        SameAccount,
        /// Both accounts stand for very many that were replaced. Replace the old one by a fresh account instead.
        TooManyReplacements,
        /// The replaced account has nothing of this asset.
        NothingToRecover,
        /// The agent does not have the role for this capacity. Custodians deliver, settlement banks pay.
        AgentLacksRole,
        /// A participant needs no appointment to act for itself.
        OwnAgent,
        /// The agent is appointed in this capacity already.
        AgentAlreadyExists,
        /// There is no such appointment.
        AgentNotFound,
        /// The participant has as many agents as it may. Dismiss one first.
        TooManyAgents,
        /// The certificate is no longer valid. Name one that is.
        CertificateExpired,
        /// The network is listed. Update it instead.
        NetworkAlreadyExists,
        /// The network is not listed. Register it first.
        NetworkNotFound,
        /// As many networks are listed as may be. Remove one first.
        TooManyNetworks,
        /// The participant lists a service of this name. Update it instead.
        ServiceAlreadyExists,
        /// The participant lists no service of this name. Register it first.
        ServiceNotFound,
        /// The participant lists as many services as it may. Remove one first.
        TooManyServices,
        /// The service cannot take this state: one is listed as planned or live, and leaves retirement never. List a
        /// successor under a name of its own.
        ServiceStateNotAllowed,
        /// The asset is listed. Update it instead.
        AssetAlreadyExists,
        /// The asset is not listed. List it first.
        AssetNotFound,
        /// The caller does not own the asset, or is no active issuer. The asset's owner lists it.
        NotIssuer,
        /// Another asset has this ISIN.
        IsinAlreadyExists,
        /// The ISIN has a wrong character or check digit.
        BadIsin,
        /// The currency is not three capital letters (ISO 4217).
        BadCurrency,
        /// The CFI is not six capital letters (ISO 10962).
        BadCfi,
        /// A security has an ISIN and cash has a currency. Send the code that fits the kind.
        CodeMismatch,
        /// The settlement unit is at least 1.
        BadSettlementUnit,
        /// The kind of an asset does not change, because agents are appointed by it. Create another asset.
        KindFixed,
        /// This call is proposed under this body already. The next account calls `approve`.
        ProposalAlreadyExists,
        /// No such call is proposed under this body. Check body and call; it may have been withdrawn.
        ProposalNotFound,
        /// The account has approved this call already. Another account of the body does.
        OwnProposal,
        /// An account that approved the call no longer acts in its role. Withdraw the proposal and propose again.
        ProposerLapsed,
        /// The proposal is too old. Withdraw it and propose again.
        ProposalExpired,
        /// The call has all approvals that it needs of this role, or waits for its delay. Enact it then.
        AlreadyApproved,
        /// The call has not been approved. More accounts of the body call `approve`.
        NotApproved,
        /// The delay has not passed. Enact it later.
        TooEarly,
        /// As many calls wait under this body, or of this account, as may. Withdraw one first.
        TooManyProposals,
        /// The delay would be longer than this network allows.
        DelayTooLong,
        /// This body does not decide such a call. Propose it under the body that does.
        WrongBody,
        /// Others decide this: see the table of decisions in the operator's guide. Propose it under their body.
        NeedsOtherBody,
        /// No account can veto this call: it has not been approved, or needs no delay.
        NoVeto,
        /// The participant is the last active regulator. Another one becomes active first.
        LastRegulator,
        /// The participant is the last active operator. Another one becomes active first.
        LastOperator,
        /// Nobody is both operator and regulator. Register a second participant.
        OperatorAndRegulator,
        /// As many participants are operator or regulator as may be.
        TooManyGovernors,
        /// Two accounts of the role must stay. Add another first.
        TooFewAccounts,
        /// The account has registered as many participants today as it may. Use another account, or register as root.
        TooManyRegistrations,
        /// Only the estate of a revoked participant is transferred.
        NotRevoked,
        /// Only a sanctioned participant needs a licence.
        NotSanctioned,
        /// No licence has this number. It may have been used up.
        LicenceNotFound,
        /// The licence would expire in the past.
        LicenceExpired,
        /// The payment is more than is left of the licence.
        LicenceExceeded,
        /// The caller's account does not decide this, because the participant is an operator or a regulator. Operator and
        /// regulator decide it together.
        NeedsBothAuthorities,
        /// Nobody can tell what the account awaits, so that it is not just removed. Have it replaced by the account that
        /// payouts go to then.
        NeedsReplacement,
        /// The replacement waits for the operator. The operator calls `replace_account`.
        NeedsOperator,
        /// These rights cannot be given in this way. A new account gets `Trade` and `Move` at most, an agent one of them
        /// or both; operator and regulator name who administers, and nothing else.
        BadRights,
        /// The new rights are not a part of those that the account has. More of them are asked for by `request_rights`.
        RightsNotLowered,
        /// The account has these rights already, or does not have them.
        RightsUnchanged,
        /// The mandate would have ended already. Name a later end.
        MandateExpired,
        /// Nobody asked for this, or it was stopped or done. Ask for it.
        RequestNotFound,
        /// The request is too old. Ask again.
        RequestExpired,
        /// The same change waits already. A second account approves it, or it happens after its delay.
        RequestAlreadyExists,
        /// The account that asked no longer administers. Another one asks again.
        RequesterLapsed,
        /// The account that asked does not approve its own request. Another account that administers does.
        OwnRequest,
        /// As many changes wait for this participant, or of this account, as may. Take one back or wait.
        TooManyRequests,
    }
}
