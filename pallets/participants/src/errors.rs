//! Errors of the pallet: reasons for which it refuses a call.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

// Errors, imported into the pallet.
#[pallet_section]
mod errors {
    /// Reason for which a call was refused, with its cause and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// No participant has this number. Look the participant up by its LEI.
        ParticipantNotFound,
        /// The named account belongs to no participant. An account must be added to one first.
        AccountNotFound,
        /// The account to be added belongs, or belonged before it was replaced, to a participant. Use a fresh one.
        AccountAlreadyExists,
        /// The account belongs to the chain itself (escrow): it belongs to no participant, and no call takes from it. Use
        /// another.
        ReservedAccount,
        /// Another participant, which is not revoked, is registered with this LEI. Use that participant, or correct the
        /// LEI.
        LeiAlreadyExists,
        /// The LEI has a wrong character or check digits. Check it against the LEI register.
        BadLei,
        /// A name, address or other text is empty or not UTF-8, or the note of a reason is not UTF-8. Send readable
        /// text.
        BadText,
        /// The registration names no account. A participant needs at least one.
        NoAccounts,
        /// The participant has as many accounts in use as it may: 56 if it adds one itself, 64 in all. Have one replaced
        /// by another of its own first.
        TooManyAccounts,
        /// The signer is not an account in use of an active participant with the right or role that this call needs.
        /// Sign with one that is.
        NotAuthorized,
        /// The participant of the named account is not active. Name an account of an active participant, or wait until
        /// the regulator reinstates this one.
        NotActive,
        /// The participant has the status that the call would set already. Nothing needs to be done.
        StatusUnchanged,
        /// The participant is revoked, which is final. Register the legal entity again under a new LEI.
        ParticipantRevoked,
        /// The named account was replaced, or taken out of use, before. Name the account that took its place.
        AlreadyReplaced,
        /// The account is in use, and `recover` moves assets only from a replaced account. Transfer its assets instead.
        NotReplaced,
        /// The named account belongs to another participant than the one concerned. Name an account of that
        /// participant, or for a replacement a fresh one.
        OtherOwner,
        /// An account cannot be replaced by itself. Name another as its successor.
        SameAccount,
        /// Both accounts stand for so many replaced ones that their places cannot be joined. Replace the old account by
        /// a fresh one instead.
        TooManyReplacements,
        /// No amount of this asset is there to be moved: the balance, the credit or the named amount is zero. Name
        /// another account, asset or amount.
        NothingToRecover,
        /// The agent's participant does not have the role for this capacity. Appoint a custodian for deliveries, a
        /// settlement bank for payments.
        AgentLacksRole,
        /// A participant cannot be its own agent; it acts for itself without an appointment. Name another participant.
        OwnAgent,
        /// The agent has exactly this mandate in this capacity already. Nothing needs to be done.
        AgentAlreadyExists,
        /// The principal has not appointed this agent in this capacity. Check both.
        AgentNotFound,
        /// The principal has 32 agents, as many as it may. Dismiss one first.
        TooManyAgents,
        /// The certificate has expired already. Name one that is valid.
        CertificateExpired,
        /// A network with this genesis hash is listed. Change its entry by `update_network` instead.
        NetworkAlreadyExists,
        /// No network with this genesis hash is listed. List it by `register_network` first.
        NetworkNotFound,
        /// As many networks are listed as may be, 64. Take one off the list first.
        TooManyNetworks,
        /// The participant lists a service of this name. Change it by `update_service` instead.
        ServiceAlreadyExists,
        /// The participant lists no service of this name. List it by `register_service` first.
        ServiceNotFound,
        /// The participant lists as many services as it may, 32. Remove one first.
        TooManyServices,
        /// The service cannot take this state: a new one is planned or live, and a retired one stays retired. List a
        /// successor under another name.
        ServiceStateNotAllowed,
        /// The asset is listed. Change its entry by `update_asset` instead.
        AssetAlreadyExists,
        /// The asset is not listed, or does not exist. List it by `list_asset` first.
        AssetNotFound,
        /// The signer, or the issuer's account that approved, does not own the asset, may not move, or belongs to no
        /// active issuer. The asset's owner must act.
        NotIssuer,
        /// Another asset is listed with this ISIN. Check the ISIN, or have the other asset taken off the list.
        IsinAlreadyExists,
        /// The ISIN has a wrong character or check digit. Check it against the ISIN's register.
        BadIsin,
        /// The currency is not three capital letters. Use a code of ISO 4217.
        BadCurrency,
        /// The CFI (classification) is not six capital letters. Use a code of ISO 10962.
        BadCfi,
        /// A security has an ISIN and cash has a currency. Send the code that fits the kind.
        CodeMismatch,
        /// The settlement unit is zero. Name at least 1.
        BadSettlementUnit,
        /// The kind of an asset, security or cash, cannot change, because agents are appointed for one kind. Create
        /// another asset.
        KindFixed,
        /// This call is proposed under this body already. Another account of the body approves it by `approve`.
        ProposalAlreadyExists,
        /// No proposal of this call waits under this body. Check body and call; the proposal may have been enacted,
        /// withdrawn or vetoed.
        ProposalNotFound,
        /// The signer has approved this proposal already. Another account of the body must approve it.
        OwnProposal,
        /// An account that approved the call is no longer active in its role, so that approvals are missing. Withdraw
        /// the proposal and propose the call again.
        ProposerLapsed,
        /// The proposal has lapsed. Withdraw it and propose the call again.
        ProposalExpired,
        /// The proposal has as many approvals of the signer's role as it can hold, or the change of rights has its
        /// second approval. Enact or apply it instead.
        AlreadyApproved,
        /// The body has not approved the call yet. More of its accounts must call `approve`.
        NotApproved,
        /// The delay of the call, of the change of rights, or of an estate has not passed. Send it again later.
        TooEarly,
        /// As many proposals wait under this body as may (32), or as many of the signer (8). Withdraw one first.
        TooManyProposals,
        /// The new enactment delay is longer than `MaxEnactmentDelay`. Name a shorter one.
        DelayTooLong,
        /// This body may not decide such a call. Propose the call under the body that may.
        WrongBody,
        /// The origin of the call may not decide this. Propose the call under the body that may; the table of decisions
        /// in the operator's guide names it.
        NeedsOtherBody,
        /// No account can veto this proposal: the body has not approved it yet, or its kind of call has no veto.
        NoVeto,
        /// The participant is the last active regulator, which must stay. Make another one active first.
        LastRegulator,
        /// The participant is the last active operator, which must stay. Make another one active first.
        LastOperator,
        /// A participant would be both operator and regulator, which nobody may be. Register a second participant.
        OperatorAndRegulator,
        /// As many participants are operator or regulator as may be, 16. Take the role from one first.
        TooManyGovernors,
        /// Fewer than two accounts of the role, operator or regulator, would be left. Add another first.
        TooFewAccounts,
        /// The operator's account has registered as many participants on this UTC day as it may. Use another account of
        /// the operator, or register as root.
        TooManyRegistrations,
        /// The participant is not revoked, and only the estate of a revoked one is transferred. Have it revoked first.
        NotRevoked,
        /// The participant is not sanctioned, so that it needs no licence. It can transfer its assets itself.
        NotSanctioned,
        /// No licence has this number: it was not granted, is used up, or has ended. Check the number.
        LicenceNotFound,
        /// The licence to be granted has expired already. Name a later moment.
        LicenceExpired,
        /// The payment is more than what may still be paid under the licence. Name a smaller amount.
        LicenceExceeded,
        /// The participant is operator or regulator, so that none of its own accounts decides this. Operator and
        /// regulator decide it together.
        NeedsBothAuthorities,
        /// The account belongs to no operator or regulator, and may await payouts, so that it is not just taken out of
        /// use. Have it replaced by `request_replacement`.
        NeedsReplacement,
        /// The change is a replacement of an account, which the operator must confirm. The operator calls
        /// `replace_account`.
        NeedsOperator,
        /// The rights cannot be given in this way. A new account gets `Trade` and `Move` at most, and one that takes
        /// another's place those of the other too; a mandate has one of the two or both. Operator and regulator together
        /// give `Administer` alone, and a registration has no more lists of rights than accounts.
        BadRights,
        /// The new rights are not fewer than those that the account has. Ask for more by `request_rights`.
        RightsNotLowered,
        /// The account has all rights that were asked for already, or does not have the one to be taken. Nothing needs
        /// to be done.
        RightsUnchanged,
        /// The mandate has expired already. Name a later end.
        MandateExpired,
        /// No such request waits: it was not made, was vetoed or done, or asks for another record. Ask again.
        RequestNotFound,
        /// The request has lapsed. Ask for the change again.
        RequestExpired,
        /// The participant has a request for the same change that waits. Approve it with a second account, or apply it
        /// after its delay.
        RequestAlreadyExists,
        /// The account that asked for the change no longer has `Administer`. Another account asks for it again.
        RequesterLapsed,
        /// The signer made the request itself and cannot be its second account. Another account with `Administer`
        /// approves it.
        OwnRequest,
        /// As many requests wait for this participant as may (8), or as many of the signer (2). Veto one or wait until
        /// one lapses.
        TooManyRequests,
    }
}
