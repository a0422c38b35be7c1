//! What both networks have: an asset in custody, headers that show a part of the state, and a light client.

use crate::Protocol;

/// The most tranches of an instruction: it has at most two lots.
pub const TRANCHES: usize = 2;

/// One of the two networks.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Network {
    /// The one that holds the instruction and follows.
    Holding,
    /// The one whose record decides.
    Deciding,
}

/// At most one entry for each tranche.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PerTranche<E>([Option<E>; TRANCHES]);

impl<E: Copy> PerTranche<E> {
    /// Value without any entry.
    pub const EMPTY: Self = Self([None; TRANCHES]);

    /// The entry of a tranche.
    pub fn get(&self, tranche: u8) -> Option<E> {
        self.0.get(usize::from(tranche)).copied().flatten()
    }

    /// Writes the entry of a tranche, or removes it. There is no tranche after the last.
    pub fn set(&mut self, tranche: u8, entry: Option<E>) {
        if let Some(place) = self.0.get_mut(usize::from(tranche)) {
            *place = entry;
        }
    }

    /// All entries, in the order of the tranches.
    pub fn entries(&self) -> impl Iterator<Item = E> + '_ {
        self.0.iter().copied().flatten()
    }

    /// True if there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }
}

/// Commitment of one tranche by the holding network.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Commitment {
    /// Lots that had settled before.
    pub settled: u8,
    /// The most lots that may be executed.
    pub lots: u8,
}

/// Decision of the deciding network about one tranche.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Decision {
    /// Payment of this many lots.
    Executed(u8),
    /// None is, and none ever will be.
    Rejected,
}

/// Part of a network's state that a proof can show.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Header<E> {
    /// True if its time is at the pay deadline or after it. Nothing else is ever asked of the time in a header.
    pub late: bool,
    /// The version of its entries: where they are and how they are read.
    pub version: u8,
    /// Commitments of the holding network, or records of the deciding one.
    pub entries: PerTranche<E>,
}

/// Knowledge of a network about the other one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Client<E> {
    /// Every header imported so far, in order and once. Any of them serves a proof, the oldest as well.
    pub imported: Vec<Header<E>>,
    /// The messages that these headers prove to have been sent. Each may arrive any number of times, in any order, or never.
    pub lane: PerTranche<E>,
    /// True while the operator has halted it: then nothing is imported and nothing proven.
    pub halted: bool,
}

impl<E: Copy + Ord> Client<E> {
    /// A client that runs and has imported nothing.
    pub fn new() -> Self {
        Self { imported: Vec::new(), lane: PerTranche::EMPTY, halted: false }
    }

    /// Imports a header, and with it the messages that it proves to have been sent.
    pub fn import(&mut self, header: Header<E>, sent: PerTranche<E>) -> Option<()> {
        if self.halted {
            return None;
        }
        if let Err(place) = self.imported.binary_search(&header) {
            self.imported.insert(place, header);
        }
        self.lane = sent;
        Some(())
    }

    /// Halts it or lets it run again.
    pub fn set_halted(&mut self, halted: bool) -> Option<()> {
        if self.halted == halted {
            return None;
        }
        self.halted = halted;
        Some(())
    }

    /// True if a proof against this header can be opened.
    pub fn opens(&self, header: &Header<E>) -> bool {
        !self.halted && self.imported.contains(header)
    }

    /// The message about a tranche, if it can have arrived.
    pub fn message(&self, tranche: u8) -> Option<E> {
        self.lane.get(tranche).filter(|_| !self.halted)
    }
}

impl<E: Copy + Ord> Default for Client<E> {
    fn default() -> Self {
        Self::new()
    }
}

/// One asset on one network: who has how much of it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Custody {
    /// The whole amount of the leg, which is also the supply.
    pub amount: u8,
    /// With the one who delivers or pays.
    pub giver: u8,
    /// Units in escrow.
    pub escrow: u8,
    /// With the one who receives.
    pub receiver: u8,
}

impl Custody {
    /// The giver has it all.
    pub fn new(amount: u8) -> Self {
        Self { amount, giver: amount, escrow: 0, receiver: 0 }
    }

    /// Units that `more` lots after `settled` ones are worth: a difference of rounded sums, so that all parts add up.
    pub fn share(&self, protocol: &Protocol, settled: u8, more: u8) -> u8 {
        let sum = |lots: u8| self.amount * lots / protocol.lots;
        sum(settled + more) - sum(settled)
    }

    /// From the giver into escrow.
    pub fn take(&mut self, value: u8) -> Option<()> {
        (self.giver, self.escrow) = (self.giver.checked_sub(value)?, self.escrow + value);
        Some(())
    }

    /// From escrow to the receiver.
    pub fn pay(&mut self, value: u8) -> Option<()> {
        (self.escrow, self.receiver) = (self.escrow.checked_sub(value)?, self.receiver + value);
        Some(())
    }

    /// From escrow back to the giver.
    pub fn give_back(&mut self, value: u8) -> Option<()> {
        (self.escrow, self.giver) = (self.escrow.checked_sub(value)?, self.giver + value);
        Some(())
    }
}

/// Behaviour that both networks share, whatever they do for the instruction.
pub trait Chain: Clone {
    /// Entry that it writes for the other one.
    type Entry: Copy + Ord;
    /// Entry that it reads of the other one.
    type Seen: Copy + Ord;

    /// Header of its present state, as a proof can show it.
    fn header(&self, protocol: &Protocol) -> Header<Self::Entry>;

    /// Every message it has sent.
    fn sent(&self) -> PerTranche<Self::Entry>;

    /// Consensus time of the network.
    fn now(&self) -> u8;

    /// Clock of the network.
    fn clock(&mut self) -> &mut u8;

    /// The version of its entries, and the one it reads of the other's.
    fn version(&mut self) -> &mut u8;

    /// Light client of the network.
    fn client(&mut self) -> &mut Client<Self::Seen>;

    /// Told when its light client imports or is halted.
    fn client_changed(&mut self, protocol: &Protocol, heard: bool);
}
