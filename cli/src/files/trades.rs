//! The trade file: one instruction a line, checked whole before anything is sent.

pub mod across;
mod amounts;
#[cfg(test)]
mod cases;
mod line;
mod reader;
mod rows;
#[cfg(test)]
mod tests;
pub mod times;

use super::{
    dates::{Day, Limit},
    expect,
    participants::Books,
};
use crate::fault::{Faults, Place};
use codec::Encode;
use reader::Reader;
use std::path::Path;
use tandem_primitives::{AccountId, Balance, Lots, NetworkIndex, OnIncomplete, Policy};

/// The columns that a file must have, in any order.
pub const REQUIRED: [&str; 13] = [
    "ref",
    "trade",
    "side",
    "type",
    "trade_date",
    "settle_date",
    "deadline",
    "seller",
    "seller_account",
    "buyer",
    "buyer_account",
    "asset",
    "quantity",
];

/// The columns that it may have.
pub const OPTIONAL: [&str; 11] = [
    "currency",
    "amount",
    "lots",
    "partial",
    "minimum",
    "execution",
    "manager",
    "on_incomplete",
    "reserve",
    "priority",
    "expect",
];

/// The columns that a file of trades across two networks may have beside these.
pub const ACROSS: [&str; 6] = ["delivery_on", "payment_on", "commit_on", "pay_by", "pay", "pay_manager"];

/// Execution of a formed tranche, as the `execution` column and `--model` name it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub enum Model {
    /// In the call that forms it.
    Immediate,
    /// Each receiver uses its token.
    Token,
    /// A settlement manager decides.
    Manager,
    /// One secret moves both legs.
    Hashlock,
}

/// Options of the command line that replace cells of the file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Execution of every trade.
    pub model: Option<Model>,
    /// The code of the settlement manager, for every trade under that model.
    pub manager: Option<String>,
}

/// A trade: one `BOTH` line, or one line of each side that is in the file.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct Trade {
    /// Common reference of the two sides.
    pub name: String,
    /// In the file's order.
    pub lines: Vec<Line>,
}

impl Trade {
    /// Line whose terms are instructed: that of the seller, if there is one.
    pub fn instructing(&self) -> Option<&Line> {
        self.lines.iter().find(|line| line.side != Side::Rece).or(self.lines.first())
    }
}

/// Side or sides of the trade that a line speaks for.
#[derive(Clone, Copy, Debug, Encode, Eq, PartialEq)]
pub enum Side {
    /// Both sides, which agree.
    #[codec(index = 0)]
    Both,
    /// The seller alone.
    #[codec(index = 1)]
    Deli,
    /// The buyer alone.
    #[codec(index = 2)]
    Rece,
}

/// One line of the file.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct Line {
    /// Number of the line in the file, from 1.
    #[codec(skip)]
    pub number: u64,
    /// The party's own reference.
    pub reference: String,
    /// Side or sides that the line speaks for.
    pub side: Side,
    /// Terms that both sides must agree on.
    pub view: View,
    /// Partial settlements that the party takes.
    pub policy: Policy,
    /// 0 is the lowest.
    pub priority: u8,
    /// True if the party reserves as it agrees.
    pub reserve: bool,
    /// Expected end of the trade, as written; `None` for an empty cell.
    #[codec(skip)]
    pub expect: Option<String>,
}

impl Line {
    /// Expected end of the trade: a line that names none is to settle.
    pub fn expected(&self) -> &str {
        self.expect.as_deref().unwrap_or(expect::DEFAULT)
    }
}

/// Terms of a trade, as one line has them.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct View {
    /// Day on which the trade was agreed.
    pub trade_date: Day,
    /// Day on which the trade is due.
    pub settle_date: Day,
    /// Instant at which the trade is over.
    pub deadline: Limit,
    /// Party that delivers the securities.
    pub seller: End,
    /// Party that pays for them.
    pub buyer: End,
    /// Deliveries; several for a basket.
    pub deliveries: Vec<Movement>,
    /// Payment, or delivery in return.
    pub payment: Option<Movement>,
    /// Parts into which it can be settled.
    pub lots: Lots,
    /// Execution of each tranche.
    pub execution: Execution,
    /// Fate of a tranche that is half executed at the deadline.
    pub on_incomplete: OnIncomplete,
    /// Terms of a trade across two networks.
    pub across: Option<Across>,
}

/// Terms that only a trade across two networks has. The first network is the asset network, the second the payment network.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct Across {
    /// The network of the deliveries; the payment is on the other one.
    pub delivery_on: NetworkIndex,
    /// The network that decides; the other one holds the instruction.
    pub commit_on: NetworkIndex,
    /// Before when it can decide.
    pub pay_by: Limit,
    /// The settlement manager of the network that decides, where one does.
    pub manager: Option<End>,
    /// Behaviour of the parties on the network that decides.
    pub pay: Pay,
    /// The seller, with its account on the payment's network.
    pub seller: End,
    /// The buyer, with its account on the payment's network.
    pub buyer: End,
}

/// Behaviour of the giver of a leg on the deciding network, or of its receiver.
#[derive(Clone, Copy, Debug, Encode, Eq, PartialEq)]
pub enum Pay {
    /// The giver reserves before the commitment has arrived there.
    #[codec(index = 0)]
    Ahead,
    /// The giver reserves once the commitment has arrived there.
    #[codec(index = 1)]
    Later,
    /// The giver never reserves.
    #[codec(index = 2)]
    Never,
    /// The receiver refuses once the commitment has arrived there.
    #[codec(index = 3)]
    Refuse,
}

impl Across {
    /// The network of the payment.
    pub fn payment_on(&self) -> NetworkIndex {
        other(self.delivery_on)
    }

    /// The network that holds the instruction.
    pub fn held_on(&self) -> NetworkIndex {
        other(self.commit_on)
    }
}

/// The other of two networks.
fn other(network: NetworkIndex) -> NetworkIndex {
    NetworkIndex(u8::from(network == NetworkIndex(0)))
}

/// A party and the account that it uses.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct End {
    /// Code of the participant.
    pub code: String,
    /// Account that it uses.
    pub account: AccountId,
}

/// Amount of an asset.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub struct Movement {
    /// Code of the asset.
    pub asset: String,
    /// Amount in smallest units.
    pub amount: Balance,
}

/// The model, with the manager that it needs.
#[derive(Clone, Debug, Encode, Eq, PartialEq)]
pub enum Execution {
    /// In the call that forms it.
    #[codec(index = 0)]
    Immediate,
    /// Each receiver uses its token.
    #[codec(index = 1)]
    Token,
    /// This settlement manager decides.
    #[codec(index = 2)]
    Manager(End),
    /// One secret moves both legs.
    #[codec(index = 3)]
    Hashlock,
}

/// Reads and checks the file against the participants that it names.
pub fn read<'a>(path: &Path, books: impl Into<Books<'a>>, overrides: &'a Overrides) -> Result<Vec<Trade>, Faults> {
    let bytes = std::fs::read(path).map_err(|error| {
        Faults::one(
            Place::file(&path.display().to_string())
                .fault(format!("cannot be read ({error})"), "name an existing trade file"),
        )
    })?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
    parse(&name, &utf8(&name, &bytes)?, books, overrides)
}

/// The text of a file, which must be UTF-8.
fn utf8(file: &str, bytes: &[u8]) -> Result<String, Faults> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let before = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        // The character that cannot be read is on the last line.
        let line = rows::lines(&format!("{}?", String::from_utf8_lossy(before))).count();
        Faults::one(Place::file(file).line(line as u64).fault("is not UTF-8 text", "save the file as CSV in UTF-8"))
    })
}

/// Checks the text of a file of this name.
pub fn parse<'a>(
    file: &str,
    text: &str,
    books: impl Into<Books<'a>>,
    overrides: &'a Overrides,
) -> Result<Vec<Trade>, Faults> {
    let mut reader = Reader { place: Place::file(file), books: books.into(), overrides, faults: Vec::new() };
    let lines = reader.lines(text);
    let trades = reader.pair(lines);
    if reader.faults.is_empty() && trades.is_empty() {
        reader.faults.push(reader.place.fault("has no trades", "write one line for each"));
    }
    Faults::unless_any(reader.faults, trades)
}
