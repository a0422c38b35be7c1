//! The trade file: one instruction a line, checked whole before anything is sent.

pub mod across;
mod amounts;
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

/// How a formed tranche is executed, as the `execution` column and `--model` name it.
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

/// What the command line puts in the place of what the file says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// For every trade.
    pub model: Option<Model>,
    /// The code of the settlement manager, for every trade under that model.
    pub manager: Option<String>,
}

/// A trade: one `BOTH` line, or one line of each side that is in the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trade {
    /// The common reference.
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

/// Who a line speaks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// Both, who agree.
    Both,
    /// The seller.
    Deli,
    /// The buyer.
    Rece,
}

/// One line of the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// The party's own reference.
    pub reference: String,
    /// Who it speaks for.
    pub side: Side,
    /// What it says of the trade.
    pub view: View,
    /// Which partial settlements the party takes.
    pub policy: Policy,
    /// 0 is the lowest.
    pub priority: u8,
    /// Whether the party reserves at once.
    pub reserve: bool,
    /// Expected end of the trade, as written; `None` for an empty cell.
    pub expect: Option<String>,
}

impl Line {
    /// Expected end of the trade: a line that names none is to settle.
    pub fn expected(&self) -> &str {
        self.expect.as_deref().unwrap_or(expect::DEFAULT)
    }
}

/// What both sides must agree on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct View {
    /// When it was agreed.
    pub trade_date: Day,
    /// When it is due.
    pub settle_date: Day,
    /// When it is over.
    pub deadline: Limit,
    /// Who delivers.
    pub seller: End,
    /// Who pays.
    pub buyer: End,
    /// What is delivered; several for a basket.
    pub deliveries: Vec<Movement>,
    /// What is paid, or delivered in return.
    pub payment: Option<Movement>,
    /// Parts into which it can be settled.
    pub lots: Lots,
    /// How a tranche is executed.
    pub execution: Execution,
    /// What happens to a tranche that is half executed at the deadline.
    pub on_incomplete: OnIncomplete,
    /// What is said of a trade across two networks.
    pub across: Option<Across>,
}

/// What a trade across two networks needs beside. The first network is the asset network, the second the payment network.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Across {
    /// The network of the deliveries; the payment is on the other one.
    pub delivery_on: NetworkIndex,
    /// The network that decides; the other one holds the instruction.
    pub commit_on: NetworkIndex,
    /// Before when it can decide.
    pub pay_by: Limit,
    /// The settlement manager of the network that decides, where one does.
    pub manager: Option<End>,
    /// What happens on the network that decides.
    pub pay: Pay,
    /// The seller, with its account on the payment's network.
    pub seller: End,
    /// The buyer, with its account on the payment's network.
    pub buyer: End,
}

/// What the giver of a leg on the deciding network does, or its receiver.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pay {
    /// The giver reserves before the commitment has arrived there.
    Ahead,
    /// The giver reserves once the commitment has arrived there.
    Later,
    /// The giver never reserves.
    Never,
    /// The receiver refuses once the commitment has arrived there.
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
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct End {
    /// The participant's code.
    pub code: String,
    /// The account.
    pub account: AccountId,
}

/// So much of an asset.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Movement {
    /// The asset's code.
    pub asset: String,
    /// In smallest units.
    pub amount: Balance,
}

/// The model, with the manager that it needs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Execution {
    /// In the call that forms it.
    Immediate,
    /// Each receiver uses its token.
    Token,
    /// This settlement manager decides.
    Manager(End),
    /// One secret moves both legs.
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
