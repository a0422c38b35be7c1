//! Codes of ISO 20022 that Tandem writes, each with the code list of its element.

/// Code of ISO 20022 that Tandem writes. The doc names the code list of the element that has it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum IsoCode {
    /// Awaiting money: the securities are delivered (`PendingReason24Code`).
    Awmo,
    /// Awaiting securities: the money is paid (`PendingReason24Code`).
    Awsh,
    /// Account blocked: the viewer's own (`PendingReason24Code`).
    Bloc,
    /// Both instructions are on hold (`PendingReason24Code`).
    Both,
    /// Cancelled by the instructing party (`CancelledStatusReason16Code`, `CancelledStatusReason5Code`).
    Cani,
    /// Cancelled by the system (`CancelledStatusReason16Code`).
    Cans,
    /// Conditional delivery awaiting release: held by a third party (`PendingReason24Code`).
    Cdlr,
    /// Counterparty is short of securities (`PendingReason24Code`).
    Clac,
    /// Missing or unaffirmed instruction of the counterparty (`UnmatchedReason11Code`).
    Cmis,
    /// Counterparty is short of money (`PendingReason24Code`).
    Cmon,
    /// Awaiting confirmation of the cancellation by the counterparty (`PendingReason35Code`).
    Conf,
    /// Held by the operator, in its standing as a CSD (`PendingReason24Code`).
    Csdh,
    /// Cancelled by the counterparty (`CancelledStatusReason16Code`).
    Cthp,
    /// Cancellation denied: it is cancelled already (`DeniedReason6Code`).
    Dcan,
    /// Settlement date differs (`UnmatchedReason11Code`).
    Ddat,
    /// Depository differs: the networks (`UnmatchedReason11Code`).
    Dept,
    /// Settlement amount differs (`UnmatchedReason11Code`).
    Dmon,
    /// Cancellation denied: settlement is in progress (`DeniedReason6Code`).
    Dprg,
    /// Quantity of securities differs (`UnmatchedReason11Code`).
    Dqua,
    /// Security of the trade differs (`UnmatchedReason11Code`).
    Dsec,
    /// Cancellation denied: it is settled already (`DeniedReason6Code`).
    Dset,
    /// Counterparty does not recognise the transaction (`UnmatchedReason11Code`).
    Dtra,
    /// Trade date differs (`UnmatchedReason11Code`).
    Dtrd,
    /// One side is free of payment and the other against it (`UnmatchedReason11Code`).
    Frap,
    /// Awaiting the settlement date or a later instant (`PendingReason24Code`).
    Futu,
    /// Common reference differs (`UnmatchedReason11Code`).
    Iind,
    /// Viewer is short of securities (`PendingReason24Code`).
    Lack,
    /// Past the deadline (`PendingReason24Code`, `DeniedReason6Code`, `RejectionReason75Code`).
    Late,
    /// Viewer is short of money (`PendingReason24Code`).
    Mony,
    /// Confirmation of settlement by the other system has not come (`PendingReason24Code`).
    Ncon,
    /// Currency of the settlement amount differs (`UnmatchedReason11Code`).
    Ncrr,
    /// Another reason, told in words (every list).
    Othr,
    /// Partial settlement, and more is to come (`PartialSettlement2Code`).
    Pain,
    /// Partial settlement, and nothing more ever (`PartialSettlement2Code`).
    Parc,
    /// Partial indicators of the parties disagree (`PendingReason24Code`).
    Patd,
    /// Counterparty's instruction is on hold (`PendingReason24Code`).
    Prcy,
    /// Viewer's own instruction is on hold (`PendingReason24Code`).
    Prea,
    /// Held by an authority (`PendingReason24Code`).
    Prsy,
    /// Safekeeping account differs or is not usable (`UnmatchedReason11Code`, `RejectionReason75Code`).
    Safe,
    /// Securities are blocked: frozen, or being destroyed (`PendingReason24Code`).
    Sblo,
    /// Settlement system or method differs (`UnmatchedReason11Code`).
    Sets,
}

impl IsoCode {
    /// Four capital letters, as messages carry them.
    pub const fn as_str(self) -> &'static str {
        match self {
            IsoCode::Awmo => "AWMO",
            IsoCode::Awsh => "AWSH",
            IsoCode::Bloc => "BLOC",
            IsoCode::Both => "BOTH",
            IsoCode::Cani => "CANI",
            IsoCode::Cans => "CANS",
            IsoCode::Cdlr => "CDLR",
            IsoCode::Clac => "CLAC",
            IsoCode::Cmis => "CMIS",
            IsoCode::Cmon => "CMON",
            IsoCode::Conf => "CONF",
            IsoCode::Csdh => "CSDH",
            IsoCode::Cthp => "CTHP",
            IsoCode::Dcan => "DCAN",
            IsoCode::Ddat => "DDAT",
            IsoCode::Dept => "DEPT",
            IsoCode::Dmon => "DMON",
            IsoCode::Dprg => "DPRG",
            IsoCode::Dqua => "DQUA",
            IsoCode::Dsec => "DSEC",
            IsoCode::Dset => "DSET",
            IsoCode::Dtra => "DTRA",
            IsoCode::Dtrd => "DTRD",
            IsoCode::Frap => "FRAP",
            IsoCode::Futu => "FUTU",
            IsoCode::Iind => "IIND",
            IsoCode::Lack => "LACK",
            IsoCode::Late => "LATE",
            IsoCode::Mony => "MONY",
            IsoCode::Ncon => "NCON",
            IsoCode::Ncrr => "NCRR",
            IsoCode::Othr => "OTHR",
            IsoCode::Pain => "PAIN",
            IsoCode::Parc => "PARC",
            IsoCode::Patd => "PATD",
            IsoCode::Prcy => "PRCY",
            IsoCode::Prea => "PREA",
            IsoCode::Prsy => "PRSY",
            IsoCode::Safe => "SAFE",
            IsoCode::Sblo => "SBLO",
            IsoCode::Sets => "SETS",
        }
    }
}

impl core::fmt::Display for IsoCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}
