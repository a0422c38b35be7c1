//! Guards that can be left out, to show that the checker would see it.

/// One guard of the protocol that a model leaves out.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Fault {
    /// A record that is absent returns the delivery, whatever time the header shows.
    AbsenceWithoutTime,
    /// The time may be proven in one header and the absence in another.
    TimeOfAnotherHeader,
    /// The holding network does not compare the version of records: one that has moved reads as absent.
    AbsenceOfMovedRecord,
    /// The deciding network does not compare the version of records: a commitment that has moved reads as absent.
    AbsenceOfMovedCommitment,
    /// An absent record returns nothing: only a rejection does.
    AbsenceReturnsNothing,
    /// The holding network takes the record of any tranche for that of the present one.
    RecordOfAnotherTranche,
    /// A header is imported before it is final.
    UnfinalisedHeader,
    /// The giver takes back what is committed.
    ReleaseOfCommitted,
    /// A committed instruction expires by the clock of the network that holds it.
    ExpiryOfCommitted,
    /// A commitment is made until the pay deadline, and not only while a window is left.
    CommitWithoutWindow,
    /// A commitment is made even after the pay deadline.
    CommitAfterDeadline,
    /// The deciding network executes even at the pay deadline and after it.
    ExecuteAfterDeadline,
    /// The deciding network executes what is reserved, though fewer lots are committed.
    ExecuteMoreThanCommitted,
    /// The deciding network takes a commitment for a tranche that it has decided.
    DecideAgain,
    /// A record goes while the commitment still waits for it.
    ForgetBeforeEnd,
    /// A record goes by a header in which a commitment could still be made.
    ForgetByEarlyHeader,
    /// A record goes before the pay deadline has passed on its own network.
    ForgetBeforeDeadline,
    /// A governed release goes through although a header was imported while it waited.
    ReleaseDespiteHeader,
}
