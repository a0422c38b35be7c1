//! The network that decides: its record of a tranche is the one commit point.
//!
//! Every function changes nothing when it returns `None`.

use crate::{Chain, Client, Commitment, Custody, Decision, Fault, Header, PerTranche, Protocol, TRANCHES};

/// Payment that is due for the instruction.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Payment {
    /// The tranche that comes next.
    pub tranche: u8,
    /// Lots paid so far.
    pub settled: u8,
    /// Lots reserved and not paid. The payer takes them back only beside a sanctioned party.
    pub reserved: u8,
    /// Commitment of this tranche by the other network, once that is known.
    pub commitment: Option<Commitment>,
}

/// Past of the deciding network, for the properties. The protocol reads none of it, except what the lane has carried.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct DecidingHistory {
    /// Every decision, and so every message sent.
    pub decided: PerTranche<Decision>,
    /// Lots paid for each tranche.
    pub paid: [u8; TRANCHES],
    /// True if one tranche was decided twice.
    pub decided_twice: bool,
    /// Every commitment that was believed.
    pub believed: PerTranche<Commitment>,
}

/// The state of the deciding network.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Deciding {
    /// Consensus time of the network.
    pub now: u8,
    /// The version of its records, and the one it reads of commitments.
    pub version: u8,
    /// Payment that is due, if any.
    pub payment: Option<Payment>,
    /// The cash that pays.
    pub custody: Custody,
    /// Records that the other network can be shown.
    pub records: PerTranche<Decision>,
    /// Light client of the other network.
    pub client: Client<Commitment>,
    /// Past of the network, for the properties.
    pub history: DecidingHistory,
}

impl Deciding {
    /// Nothing is known of the instruction.
    pub fn new() -> Self {
        Self {
            now: 0,
            version: 1,
            payment: None,
            custody: Custody::new(5),
            records: PerTranche::EMPTY,
            client: Client::new(),
            history: DecidingHistory {
                decided: PerTranche::EMPTY,
                paid: [0; TRANCHES],
                decided_twice: false,
                believed: PerTranche::EMPTY,
            },
        }
    }

    /// The payer reserves one lot more: ahead of everything the other network says, or after it.
    pub fn reserve(&mut self, protocol: &Protocol) -> Option<()> {
        let ahead = Payment { tranche: 0, settled: 0, reserved: 0, commitment: None };
        let mut payment = self.payment.unwrap_or(ahead);
        let covered = payment.settled + payment.reserved;
        if self.now >= protocol.pay_deadline || covered >= protocol.lots {
            return None;
        }
        self.custody.take(self.custody.share(protocol, covered, 1))?;
        payment.reserved += 1;
        self.payment = Some(payment);
        Some(())
    }

    /// Anybody brings the commitment by a proof.
    pub fn instruct_by_proof(&mut self, protocol: &Protocol, header: &Header<Commitment>, tranche: u8) -> Option<()> {
        if !self.client.opens(header) || header.version != self.version {
            return None;
        }
        self.instruct(protocol, tranche, header.entries.get(tranche)?)
    }

    /// The lane brings it: it does what the proof does.
    pub fn hear(&mut self, protocol: &Protocol, tranche: u8) -> Option<()> {
        self.instruct(protocol, tranche, self.client.message(tranche)?)
    }

    /// Pays so many lots and writes the record. The pallet does it in the call that has both sides of it unless something
    /// blocks; here it happens at any later time as well.
    pub fn execute(&mut self, protocol: &Protocol, lots: u8) -> Option<()> {
        let mut payment = self.payment?;
        let commitment = payment.commitment?;
        let in_time = self.now < protocol.pay_deadline || protocol.has(Fault::ExecuteAfterDeadline);
        let within = lots <= commitment.lots || protocol.has(Fault::ExecuteMoreThanCommitted);
        let remaining = protocol.lots - payment.settled;
        if !in_time || !within || lots > payment.reserved || !protocol.takes(lots, remaining) {
            return None;
        }
        self.custody.pay(self.custody.share(protocol, payment.settled, lots))?;
        self.decide(payment.tranche, Decision::Executed(lots));
        payment.tranche += 1;
        payment.settled += lots;
        payment.reserved -= lots;
        payment.commitment = None;
        self.payment = Some(payment).filter(|payment| payment.settled < protocol.lots);
        Some(())
    }

    /// The payer takes one lot back beside a party that is sanctioned, which may be at any time: whatever no known commitment
    /// covers. The pallet has it wait for a day where a commitment may be on its way; here a day passes at once.
    pub fn release(&mut self, protocol: &Protocol) -> Option<()> {
        let mut payment = self.payment?;
        let left = payment.reserved.checked_sub(1)?;
        let remaining = protocol.lots - payment.settled;
        let covered = payment.commitment.map_or(0, |commitment| commitment.lots.min(payment.reserved));
        let needed = (1..=covered).rev().find(|lots| protocol.takes(*lots, remaining)).unwrap_or(0);
        if self.now >= protocol.pay_deadline || left < needed {
            return None;
        }
        self.custody.give_back(self.custody.share(protocol, payment.settled + left, 1))?;
        payment.reserved = left;
        let is_over = left == 0 && payment.settled == 0 && payment.commitment.is_none();
        self.payment = Some(payment).filter(|_| !is_over);
        Some(())
    }

    /// The payee refuses, or a payer who has not covered the smallest part.
    pub fn refuse(&mut self) -> Option<()> {
        let payment = self.payment?;
        self.custody.give_back(self.custody.escrow)?;
        if payment.commitment.is_some() {
            self.decide(payment.tranche, Decision::Rejected);
        }
        self.payment = None;
        Some(())
    }

    /// Anybody ends it at the pay deadline: what waits for payment is rejected as too late.
    pub fn expire(&mut self, protocol: &Protocol) -> Option<()> {
        if self.now < protocol.pay_deadline {
            return None;
        }
        self.refuse()
    }

    /// Anybody has a record removed that nobody will need: no commitment waits for it, and none can be made any more.
    pub fn forget_by_proof(&mut self, protocol: &Protocol, header: &Header<Commitment>, tranche: u8) -> Option<()> {
        self.records.get(tranche)?;
        if !self.client.opens(header) {
            return None;
        }
        let commitment = if header.version == self.version {
            header.entries.get(tranche)
        } else if protocol.has(Fault::AbsenceOfMovedCommitment) {
            None
        } else {
            return None;
        };
        let ended = commitment.is_none() || protocol.has(Fault::ForgetBeforeEnd);
        let late_there = header.late || protocol.has(Fault::ForgetByEarlyHeader);
        let late_here = self.now >= protocol.pay_deadline || protocol.has(Fault::ForgetBeforeDeadline);
        if !ended || !late_there || !late_here {
            return None;
        }
        self.records.set(tranche, None);
        Some(())
    }

    fn instruct(&mut self, protocol: &Protocol, tranche: u8, commitment: Commitment) -> Option<()> {
        let decided = self.records.get(tranche).is_some() && !protocol.has(Fault::DecideAgain);
        if self.now >= protocol.pay_deadline || decided {
            return None;
        }
        let new = Payment { tranche, settled: commitment.settled, reserved: 0, commitment: None };
        let payment = self.payment.unwrap_or(new);
        let fits = payment.tranche == tranche && payment.settled == commitment.settled;
        if !fits || payment.commitment.is_some() {
            return None;
        }
        self.payment = Some(Payment { commitment: Some(commitment), ..payment });
        self.history.believed.set(tranche, Some(commitment));
        Some(())
    }

    fn decide(&mut self, tranche: u8, decision: Decision) {
        self.history.decided_twice |= self.history.decided.get(tranche).is_some();
        self.history.decided.set(tranche, Some(decision));
        self.records.set(tranche, Some(decision));
        if let (Decision::Executed(lots), Some(paid)) = (decision, self.history.paid.get_mut(usize::from(tranche))) {
            *paid += lots;
        }
    }
}

impl Default for Deciding {
    fn default() -> Self {
        Self::new()
    }
}

impl Chain for Deciding {
    type Entry = Decision;
    type Seen = Commitment;

    fn header(&self, protocol: &Protocol) -> Header<Decision> {
        Header { late: self.now >= protocol.pay_deadline, version: self.version, entries: self.records }
    }

    fn sent(&self) -> PerTranche<Decision> {
        self.history.decided
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

    fn client(&mut self) -> &mut Client<Commitment> {
        &mut self.client
    }

    fn client_changed(&mut self, _protocol: &Protocol, _heard: bool) {}
}
