//! ISO 20022 codes that Tandem writes, each with the code list of its message element.

/// ISO 20022 code that Tandem writes. Each variant's doc gives the meaning and, in parentheses, the code list that has
/// the code. The viewer is the participant that reads the status.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum IsoCode {
    /// Awaiting money: the securities are delivered and the money is not paid (`PendingReason24Code`).
    Awmo,
    /// Awaiting securities: the money is paid and the securities are not delivered (`PendingReason24Code`).
    Awsh,
    /// Viewer's own account is blocked (`PendingReason24Code`).
    Bloc,
    /// Instructions of both parties are on hold (`PendingReason24Code`).
    Both,
    /// Cancelled by the instructing party (`CancelledStatusReason16Code`, `CancelledStatusReason5Code`).
    Cani,
    /// Cancelled by the system (`CancelledStatusReason16Code`).
    Cans,
    /// Conditional delivery awaits its release by a third party, which holds it back (`PendingReason24Code`).
    Cdlr,
    /// Counterparty is short of securities (`PendingReason24Code`).
    Clac,
    /// Instruction of the counterparty is missing or not affirmed (`UnmatchedReason11Code`).
    Cmis,
    /// Counterparty is short of money (`PendingReason24Code`).
    Cmon,
    /// Awaiting the counterparty's confirmation of the cancellation (`PendingReason35Code`).
    Conf,
    /// Held back by the operator, which acts as the CSD (`PendingReason24Code`).
    Csdh,
    /// Cancelled by the counterparty (`CancelledStatusReason16Code`).
    Cthp,
    /// Cancellation denied: the instruction is cancelled already (`DeniedReason6Code`).
    Dcan,
    /// Settlement date differs (`UnmatchedReason11Code`).
    Ddat,
    /// Depository, here the network, differs (`UnmatchedReason11Code`).
    Dept,
    /// Settlement amount differs (`UnmatchedReason11Code`).
    Dmon,
    /// Cancellation denied: settlement is in progress (`DeniedReason6Code`).
    Dprg,
    /// Quantity of securities differs (`UnmatchedReason11Code`).
    Dqua,
    /// Security of the trade differs (`UnmatchedReason11Code`).
    Dsec,
    /// Cancellation denied: the instruction is settled already (`DeniedReason6Code`).
    Dset,
    /// Counterparty does not recognise the transaction (`UnmatchedReason11Code`).
    Dtra,
    /// Trade date differs (`UnmatchedReason11Code`).
    Dtrd,
    /// One party's instruction is free of payment and the other's against payment (`UnmatchedReason11Code`).
    Frap,
    /// Awaiting the settlement date or a later instant (`PendingReason24Code`).
    Futu,
    /// Common reference differs (`UnmatchedReason11Code`).
    Iind,
    /// Viewer is short of securities (`PendingReason24Code`).
    Lack,
    /// Too late: the deadline has passed (`PendingReason24Code`, `DeniedReason6Code`, `RejectionReason75Code`).
    Late,
    /// Viewer is short of money (`PendingReason24Code`).
    Mony,
    /// Other system has not confirmed settlement (`PendingReason24Code`).
    Ncon,
    /// Currency of the settlement amount differs (`UnmatchedReason11Code`).
    Ncrr,
    /// Other reason, which a text explains (in every list).
    Othr,
    /// Partial settlement, and more can follow (`PartialSettlement2Code`).
    Pain,
    /// Partial settlement, and nothing more will follow (`PartialSettlement2Code`).
    Parc,
    /// Parties' partial settlement indicators leave no common part (`PendingReason24Code`).
    Patd,
    /// Counterparty's instruction is on hold (`PendingReason24Code`).
    Prcy,
    /// Viewer's own instruction is on hold (`PendingReason24Code`).
    Prea,
    /// Held back by an authority, the regulator (`PendingReason24Code`).
    Prsy,
    /// Safekeeping account differs or is not usable (`UnmatchedReason11Code`, `RejectionReason75Code`).
    Safe,
    /// Securities are blocked: frozen, or being destroyed (`PendingReason24Code`).
    Sblo,
    /// Settlement system or method differs (`UnmatchedReason11Code`).
    Sets,
}

impl IsoCode {
    /// Code as messages carry it: four capital letters.
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
