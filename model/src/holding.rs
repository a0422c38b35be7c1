//! The network that holds the instruction: it reserves, commits, and then only follows the other one's record.
//!
//! Every function changes nothing when it returns `None`.

use crate::{Chain, Client, Commitment, Custody, Decision, Fault, Header, PerTranche, Protocol};

/// State of the instruction.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Status {
    /// Affirmed by all; lots are reserved and released.
    Matched,
    /// Commitment of this many lots, which wait for the record.
    Committed(u8),
    /// End of the instruction.
    Closed(Outcome),
}

/// Outcome of the instruction.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// All lots are delivered.
    Settled,
    /// Some lots are settled, and some are not.
    PartiallySettled,
    /// None is: the record rejects it.
    Rejected,
    /// None is: time passed.
    Expired,
    /// None is: the operator gave back what was committed, because the other network had stopped for good.
    Released,
}

/// Answer of the holding network to the decision about a tranche that was committed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Applied {
    /// Delivered so many lots.
    Delivered(u8),
    /// Took it back because of a rejection.
    Rejected,
    /// Took it back because the pay deadline had passed without a record.
    TimedOut,
}

/// A governed release that waits for its delay.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Release {
    /// True if it can go through no more.
    pub void: bool,
    /// True if a header was imported while it waited.
    pub heard: bool,
}

/// Past of the holding network, for the properties. The protocol reads none of it, except what the lane has carried.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct HoldingHistory {
    /// Every commitment made, and so every message sent.
    pub committed: PerTranche<Commitment>,
    /// Answer to each tranche's decision.
    pub applied: PerTranche<Applied>,
    /// True if one tranche was answered twice.
    pub applied_twice: bool,
    /// True if a commitment was made when the other network's time was already over.
    pub committed_too_late: bool,
    /// True if a release went through.
    pub released: bool,
    /// True if a release went through although a header was imported while it waited.
    pub released_wrongly: bool,
}

/// The state of the holding network.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Holding {
    /// Consensus time of the network.
    pub now: u8,
    /// The version of its commitments, and the one it reads of records.
    pub version: u8,
    /// State of the instruction.
    pub status: Status,
    /// Number of the present tranche.
    pub tranche: u8,
    /// Lots delivered so far.
    pub settled: u8,
    /// Lots reserved and not delivered.
    pub reserved: u8,
    /// The asset that is delivered.
    pub custody: Custody,
    /// Commitments that the other network can be shown.
    pub commitments: PerTranche<Commitment>,
    /// Light client of the other network.
    pub client: Client<Decision>,
    /// True while new commitments may be made.
    pub open: bool,
    /// A governed release that waits.
    pub release: Option<Release>,
    /// Past of the network, for the properties.
    pub history: HoldingHistory,
}

impl Holding {
    /// A matched instruction, of which nothing is reserved.
    pub fn new() -> Self {
        Self {
            now: 0,
            version: 1,
            status: Status::Matched,
            tranche: 0,
            settled: 0,
            reserved: 0,
            custody: Custody::new(3),
            commitments: PerTranche::EMPTY,
            client: Client::new(),
            open: true,
            release: None,
            history: HoldingHistory {
                committed: PerTranche::EMPTY,
                applied: PerTranche::EMPTY,
                applied_twice: false,
                committed_too_late: false,
                released: false,
                released_wrongly: false,
            },
        }
    }

    /// The giver reserves one lot more.
    pub fn reserve(&mut self, protocol: &Protocol) -> Option<()> {
        let covered = self.settled + self.reserved;
        if self.status != Status::Matched || self.now >= protocol.reserve_by || covered >= protocol.lots {
            return None;
        }
        self.custody.take(self.custody.share(protocol, covered, 1))?;
        self.reserved += 1;
        Some(())
    }

    /// The giver takes one lot back that is not committed.
    pub fn release(&mut self, protocol: &Protocol) -> Option<()> {
        match self.status {
            Status::Matched => {}
            Status::Committed(_) if protocol.has(Fault::ReleaseOfCommitted) => {}
            Status::Committed(_) | Status::Closed(_) => return None,
        }
        let left = self.reserved.checked_sub(1)?;
        self.custody.give_back(self.custody.share(protocol, self.settled + left, 1))?;
        self.reserved = left;
        Some(())
    }

    /// Commits so many lots; `there` is the other network's time, which only the history hears of.
    pub fn commit(&mut self, protocol: &Protocol, lots: u8, there: u8) -> Option<()> {
        let in_time = if protocol.has(Fault::CommitAfterDeadline) {
            true
        } else if protocol.has(Fault::CommitWithoutWindow) {
            self.now < protocol.pay_deadline
        } else {
            self.now < protocol.reserve_by && self.now + protocol.window <= protocol.pay_deadline
        };
        let fits = lots <= self.reserved && protocol.takes(lots, protocol.lots - self.settled);
        if self.status != Status::Matched || !self.open || !in_time || !fits {
            return None;
        }
        let commitment = Commitment { settled: self.settled, lots };
        self.status = Status::Committed(lots);
        self.commitments.set(self.tranche, Some(commitment));
        self.history.committed.set(self.tranche, Some(commitment));
        self.history.committed_too_late |= there >= protocol.pay_deadline;
        Some(())
    }

    /// Anybody closes it by this network's clock, unless it is committed.
    pub fn expire(&mut self, protocol: &Protocol) -> Option<()> {
        match self.status {
            Status::Matched => {}
            Status::Committed(_) if protocol.has(Fault::ExpiryOfCommitted) => {}
            Status::Committed(_) | Status::Closed(_) => return None,
        }
        if self.now < protocol.reserve_by {
            return None;
        }
        self.close(Outcome::Expired)
    }

    /// Anybody delivers by a proof of the record.
    pub fn deliver_by_proof(&mut self, protocol: &Protocol, header: &Header<Decision>) -> Option<()> {
        if !self.client.opens(header) || header.version != self.version {
            return None;
        }
        let mut record = header.entries.get(self.tranche);
        if protocol.has(Fault::RecordOfAnotherTranche) {
            record = record.or_else(|| header.entries.entries().next());
        }
        self.deliver(protocol, record?)
    }

    /// The lane brings a decision: it does what the proof does.
    pub fn hear(&mut self, protocol: &Protocol, tranche: u8) -> Option<()> {
        if tranche != self.tranche && !protocol.has(Fault::RecordOfAnotherTranche) {
            return None;
        }
        match self.client.message(tranche)? {
            decision @ Decision::Executed(_) => self.deliver(protocol, decision),
            Decision::Rejected => self.take_back(Applied::Rejected),
        }
    }

    /// Anybody returns the delivery: by a rejection, or by the deadline and an absent record in the same header.
    pub fn return_by_proof(&mut self, protocol: &Protocol, header: &Header<Decision>) -> Option<()> {
        if !self.client.opens(header) {
            return None;
        }
        let record = if header.version == self.version {
            header.entries.get(self.tranche)
        } else if protocol.has(Fault::AbsenceOfMovedRecord) {
            None
        } else {
            return None;
        };
        let late = header.late
            || protocol.has(Fault::AbsenceWithoutTime)
            || (protocol.has(Fault::TimeOfAnotherHeader) && self.client.imported.iter().any(|other| other.late));
        match record {
            Some(Decision::Rejected) => self.take_back(Applied::Rejected),
            Some(Decision::Executed(_)) => None,
            None if late && !protocol.has(Fault::AbsenceReturnsNothing) => self.take_back(Applied::TimedOut),
            None => None,
        }
    }

    /// The operator registers a release, which closes the counterpart for new commitments.
    pub fn govern(&mut self) -> Option<()> {
        match (self.status, self.release) {
            (Status::Committed(_), None) => {
                self.release = Some(Release { void: false, heard: false });
                self.open = false;
                Some(())
            }
            _ => None,
        }
    }

    /// Anybody completes the release after its delay, or clears away one that is void.
    pub fn complete(&mut self) -> Option<()> {
        let release = self.release?;
        if release.void {
            self.release = None;
            return Some(());
        }
        if !matches!(self.status, Status::Committed(_)) {
            return None;
        }
        self.close(Outcome::Released)?;
        self.history.released = true;
        self.history.released_wrongly |= release.heard;
        Some(())
    }

    fn deliver(&mut self, protocol: &Protocol, decision: Decision) -> Option<()> {
        let (Status::Committed(committed), Decision::Executed(lots)) = (self.status, decision) else {
            return None;
        };
        if lots > committed {
            return None;
        }
        let left = self.reserved.checked_sub(lots)?;
        self.custody.pay(self.custody.share(protocol, self.settled, lots))?;
        self.note(Applied::Delivered(lots));
        self.commitments.set(self.tranche, None);
        self.settled += lots;
        self.reserved = left;
        self.tranche += 1;
        self.release = None;
        self.status = Status::Matched;
        if self.settled == protocol.lots || self.now >= protocol.reserve_by {
            self.close(Outcome::Settled)?;
        }
        Some(())
    }

    fn take_back(&mut self, why: Applied) -> Option<()> {
        if !matches!(self.status, Status::Committed(_)) {
            return None;
        }
        self.note(why);
        self.close(match why {
            Applied::Rejected => Outcome::Rejected,
            Applied::Delivered(_) | Applied::TimedOut => Outcome::Expired,
        })
    }

    fn note(&mut self, applied: Applied) {
        self.history.applied_twice |= self.history.applied.get(self.tranche).is_some();
        self.history.applied.set(self.tranche, Some(applied));
    }

    /// Returns what is still reserved. With some lots delivered it ends partially settled, whatever the reason.
    fn close(&mut self, why: Outcome) -> Option<()> {
        self.custody.give_back(self.custody.escrow)?;
        self.reserved = 0;
        self.commitments.set(self.tranche, None);
        self.release = None;
        let partly = self.settled > 0 && self.custody.receiver < self.custody.amount;
        self.status = Status::Closed(if partly { Outcome::PartiallySettled } else { why });
        Some(())
    }
}

impl Default for Holding {
    fn default() -> Self {
        Self::new()
    }
}

impl Chain for Holding {
    type Entry = Commitment;
    type Seen = Decision;

    fn header(&self, protocol: &Protocol) -> Header<Commitment> {
        Header { late: self.now >= protocol.pay_deadline, version: self.version, entries: self.commitments }
    }

    fn sent(&self) -> PerTranche<Commitment> {
        self.history.committed
    }

    fn now(&self) -> u8 {
        self.now
    }

    fn clock(&mut self) -> &mut u8 {
        &mut self.now
    }

    fn version(&mut self) -> &mut u8 {
        &mut self.version
    }

    fn client(&mut self) -> &mut Client<Decision> {
        &mut self.client
    }

    // The operator's reason to release is silence. A halt makes silence, so it ends the reason as well.
    fn client_changed(&mut self, protocol: &Protocol, heard: bool) {
        if let Some(release) = &mut self.release {
            release.void |= !protocol.has(Fault::ReleaseDespiteHeader);
            release.heard |= heard;
        }
    }
}
