//! The trade file: one instruction a line, checked whole before anything is sent.

use super::{
    amounts,
    dates::{Day, Limit},
    expect,
    participants::{Asset, Book, Participant},
};
use crate::fault::{Faults, Place};
use std::{collections::BTreeMap, path::Path};
use tandem_primitives::{
    cumulative, terms::is_reference, AccountId, AssetKind, Balance, Isin, LegIndex, Lots, Moment, OnIncomplete, Policy,
    Role, MAX_LEGS,
};

/// The columns that a file must have, in any order.
pub const REQUIRED: [&str; 13] = [
    "ref", "trade", "side", "type", "trade_date", "settle_date", "deadline", "seller", "seller_account", "buyer",
    "buyer_account", "asset", "quantity",
];

/// The columns that it may have.
pub const OPTIONAL: [&str; 11] = [
    "currency", "amount", "lots", "partial", "minimum", "execution", "manager", "on_incomplete", "reserve", "priority",
    "expect",
];

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
    /// How the trade is to end.
    pub expect: Option<String>,
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
pub fn read(path: &Path, book: &Book, overrides: &Overrides) -> Result<Vec<Trade>, Faults> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Faults::one(
            Place::file(&path.display().to_string())
                .fault(format!("cannot be read ({error})"), "name an existing trade file"),
        )
    })?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
    parse(&name, &text, book, overrides)
}

/// Checks the text of a file of this name.
pub fn parse(file: &str, text: &str, book: &Book, overrides: &Overrides) -> Result<Vec<Trade>, Faults> {
    let mut reader = Reader { place: Place::file(file), book, overrides, faults: Vec::new() };
    let lines = reader.lines(text);
    let trades = reader.pair(lines);
    if reader.faults.is_empty() && trades.is_empty() {
        reader.faults.push(reader.place.fault("has no trades", "write one line for each"));
    }
    Faults::unless_any(reader.faults, trades)
}

/// The faults of deadlines that are instants: those not after `now`.
pub fn late(file: &str, trades: &[Trade], now: Moment) -> Vec<String> {
    let lines = trades.iter().flat_map(|trade| &trade.lines);
    lines
        .filter(|line| matches!(line.view.deadline, Limit::At(instant) if instant <= now))
        .map(|line| deadline_fault(&Place::file(file).line(line.number), now))
        .collect()
}

fn deadline_fault(line: &Place, now: Moment) -> String {
    let now = super::dates::format(now);
    line.column("deadline").fault(
        format!("the deadline is not after the chain's time {now}"),
        "write a later one, or one relative to sending such as +120s",
    )
}

/// The cells of one line by column, with the line's place for sentences.
struct Cells<'a> {
    place: Place,
    number: u64,
    cells: BTreeMap<&'a str, String>,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The cell, or what stands for an empty one.
    fn or<'s>(&'s self, column: &str, default: &'s str) -> &'s str {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).unwrap_or(default)
    }
}

struct Reader<'a> {
    place: Place,
    book: &'a Book,
    overrides: &'a Overrides,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn lines(&mut self, text: &str) -> Vec<(String, Line)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut csv =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let Some(columns) = self.columns(csv.headers()) else { return Vec::new() };
        let mut lines = Vec::new();
        let mut references: BTreeMap<String, u64> = BTreeMap::new();
        for record in csv.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.faults.push(self.place.line(line).fault("is not readable as CSV", "correct its quotes"));
                    break;
                }
            };
            let number = record.position().map_or(0, csv::Position::line);
            let place = self.place.line(number);
            if record.len() != columns.len() {
                self.faults.push(place.fault(
                    format!("has {} cells and the first line names {} columns", record.len(), columns.len()),
                    "write one cell for each column, empty where there is nothing to say",
                ));
                continue;
            }
            let cells = columns.iter().map(String::as_str).zip(record.iter().map(str::to_owned)).collect();
            let cells = Cells { place, number, cells };
            if let Some(first) = references.insert(cells.get("ref").to_owned(), number) {
                self.fault(&cells, "ref", format!("{} is the reference of line {first} too", cells.get("ref")), "give each line its own");
            }
            lines.extend(self.line(&cells).map(|line| (cells.get("trade").to_owned(), line)));
        }
        lines
    }

    fn columns(&mut self, headers: Result<&csv::StringRecord, csv::Error>) -> Option<Vec<String>> {
        let first = self.place.line(1);
        let columns: Vec<String> = match headers {
            Ok(headers) => headers.iter().map(str::to_owned).collect(),
            Err(_) => {
                self.faults.push(first.fault("is not readable as CSV", "write the names of the columns"));
                return None;
            }
        };
        let known = || REQUIRED.iter().chain(&OPTIONAL);
        for (position, column) in columns.iter().enumerate() {
            if !known().any(|name| name == column) {
                let all: Vec<&str> = known().copied().collect();
                self.faults.push(first.column((position + 1).to_string()).fault(
                    format!("there is no column {column:?}"),
                    format!("remove it, or use one of {}", all.join(", ")),
                ));
            } else if columns.iter().take(position).any(|before| before == column) {
                self.faults
                    .push(first.column((position + 1).to_string()).fault(format!("column {column} is there twice"), "remove one"));
            }
        }
        for name in REQUIRED {
            if !columns.iter().any(|column| column == name) {
                self.faults.push(first.fault(format!("column {name} is missing"), "add it"));
            }
        }
        self.faults.is_empty().then_some(columns)
    }

    fn fault(&mut self, cells: &Cells, column: &str, what: impl std::fmt::Display, cure: impl std::fmt::Display) {
        self.faults.push(cells.place.column(column).fault(what, cure));
    }

    fn line(&mut self, cells: &Cells) -> Option<Line> {
        let before = self.faults.len();
        for column in ["ref", "trade"] {
            if !is_reference(cells.get(column).as_bytes()) {
                self.fault(
                    cells,
                    column,
                    format!("{:?} is no reference", cells.get(column)),
                    "write 1 to 35 letters, digits, spaces or /-?:().,'+",
                );
            }
        }
        let side = match cells.get("side") {
            "BOTH" => Some(Side::Both),
            "DELI" => Some(Side::Deli),
            "RECE" => Some(Side::Rece),
            other => {
                self.fault(cells, "side", format!("there is no side {other:?}"), "use BOTH, DELI or RECE");
                None
            }
        };
        let view = self.view(cells);
        let policy = view.as_ref().map(|view| self.policy(cells, view));
        let reserve = match cells.or("reserve", "NOW") {
            "NOW" => true,
            "HOLD" => false,
            other => {
                self.fault(cells, "reserve", format!("there is no way {other:?} to reserve"), "use NOW or HOLD");
                false
            }
        };
        let priority = cells.or("priority", "0").parse().unwrap_or_else(|_| {
            self.fault(cells, "priority", format!("{:?} is no priority", cells.get("priority")), "write 0 to 255");
            0
        });
        let expect = Some(cells.get("expect")).filter(|text| !text.is_empty()).map(str::to_owned);
        if let Some(text) = expect.as_ref().filter(|text| !expect::is_valid(text)) {
            self.fault(
                cells,
                "expect",
                format!("{text:?} is no outcome"),
                "use settled, partial:QUANTITY:AMOUNT, expired, expired:unmatched, unmatched:CODES, rejected:TEXT, \
                 cancelled, reversed or refused:TEXT",
            );
        }
        if self.faults.len() > before {
            return None;
        }
        let reference = cells.get("ref").to_owned();
        Some(Line { number: cells.number, reference, side: side?, view: view?, policy: policy?, priority, reserve, expect })
    }

    fn view(&mut self, cells: &Cells) -> Option<View> {
        let day = |reader: &mut Self, column: &str| {
            let day = Day::parse(cells.get(column));
            if day.is_none() {
                reader.fault(
                    cells,
                    column,
                    format!("{:?} is no date", cells.get(column)),
                    "write T, T+2 or a date such as 2026-03-02",
                );
            }
            day
        };
        let trade_date = day(self, "trade_date");
        let settle_date = day(self, "settle_date");
        let backwards = match (trade_date, settle_date) {
            (Some(Day::After(traded)), Some(Day::After(settled))) => settled < traded,
            (Some(Day::On(traded)), Some(Day::On(settled))) => settled < traded,
            _ => false,
        };
        if backwards {
            self.fault(cells, "settle_date", "it is before the trade date", "write a date not before it");
        }
        let deadline = Limit::parse(cells.get("deadline"));
        match deadline {
            None => self.fault(
                cells,
                "deadline",
                format!("{:?} is no deadline", cells.get("deadline")),
                "write +90s, +15m, +2h or an instant such as 2026-03-02T16:00:00Z",
            ),
            Some(Limit::After(time)) if time.is_zero() => {
                self.fault(cells, "deadline", "the deadline is not after now", "write a later one, such as +120s")
            }
            Some(Limit::After(_) | Limit::At(_)) => {}
        }
        let lots = match cells.or("lots", "1").parse::<Lots>() {
            Ok(lots) if lots > 0 => Some(lots),
            _ => {
                self.fault(cells, "lots", format!("{:?} is no number of lots", cells.get("lots")), "write 1 or more");
                None
            }
        };
        let seller = self.end(cells, "seller", "seller_account");
        let buyer = self.end(cells, "buyer", "buyer_account");
        if let (Some(seller), Some(buyer)) = (&seller, &buyer) {
            if seller.account == buyer.account {
                self.fault(cells, "buyer_account", "it is the seller's account", "name another account");
            }
        }
        let execution = self.execution(cells);
        let on_incomplete = match cells.or("on_incomplete", "COMPLETE") {
            "COMPLETE" => OnIncomplete::Complete,
            "REVERSE" => OnIncomplete::Reverse,
            other => {
                self.fault(cells, "on_incomplete", format!("there is no end {other:?}"), "use COMPLETE or REVERSE");
                OnIncomplete::Complete
            }
        };
        let (deliveries, payment) = self.movements(cells, lots.unwrap_or(1))?;
        Some(View {
            trade_date: trade_date?,
            settle_date: settle_date?,
            deadline: deadline?,
            seller: seller?,
            buyer: buyer?,
            deliveries,
            payment,
            lots: lots?,
            execution: execution?,
            on_incomplete,
        })
    }

    fn end(&mut self, cells: &Cells, code_column: &str, account_column: &str) -> Option<End> {
        let code = cells.get(code_column);
        let Some(participant) = self.book.participant(code) else {
            let file = self.book.file.clone();
            self.fault(cells, code_column, format!("{file} has no participant {code:?}"), "add it, or correct the code");
            return None;
        };
        let label = cells.get(account_column);
        let Some(account) = participant.account(label) else {
            let labels: Vec<&str> = participant.accounts.iter().map(|account| account.label.as_str()).collect();
            self.fault(
                cells,
                account_column,
                format!("{code} has no account {label:?}"),
                format!("use one of {}", labels.join(", ")),
            );
            return None;
        };
        Some(End { code: code.to_owned(), account: account.id.clone() })
    }

    fn execution(&mut self, cells: &Cells) -> Option<Execution> {
        let model = self.overrides.model.or(match cells.or("execution", "IMMEDIATE") {
            "IMMEDIATE" => Some(Model::Immediate),
            "TOKEN" => Some(Model::Token),
            "MANAGER" => Some(Model::Manager),
            "HASHLOCK" => Some(Model::Hashlock),
            other => {
                self.fault(
                    cells,
                    "execution",
                    format!("there is no execution {other:?}"),
                    "use IMMEDIATE, TOKEN, MANAGER or HASHLOCK",
                );
                None
            }
        });
        match model? {
            Model::Immediate => Some(Execution::Immediate),
            Model::Token => Some(Execution::Token),
            Model::Hashlock => Some(Execution::Hashlock),
            Model::Manager => {
                let code = self.overrides.manager.clone().unwrap_or_else(|| cells.get("manager").to_owned());
                let found = self.book.participant(&code).filter(|found| found.roles.has(Role::SettlementManager));
                let account = found.and_then(|found: &Participant| found.accounts.first());
                if account.is_none() {
                    let file = self.book.file.clone();
                    self.fault(
                        cells,
                        "manager",
                        format!("{file} has no settlement manager {code:?}"),
                        "name a participant with the role SettlementManager here or with --manager",
                    );
                }
                account.map(|account| Execution::Manager(End { code, account: account.id.clone() }))
            }
        }
    }

    fn movements(&mut self, cells: &Cells, lots: Lots) -> Option<(Vec<Movement>, Option<Movement>)> {
        // Which kinds of asset stand on the two sides of each type of trade.
        let (delivered, paid) = match cells.get("type") {
            "DVP" => (AssetKind::Security, Some(AssetKind::Cash)),
            "FOP" => (AssetKind::Security, None),
            "PVP" => (AssetKind::Cash, Some(AssetKind::Cash)),
            "DVD" => (AssetKind::Security, Some(AssetKind::Security)),
            other => {
                self.fault(cells, "type", format!("there is no type {other:?}"), "use DVP, FOP, PVP or DVD");
                return None;
            }
        };
        let codes: Vec<&str> = cells.get("asset").split('+').collect();
        let quantities: Vec<&str> = cells.get("quantity").split('+').collect();
        if codes.len() != quantities.len() {
            self.fault(
                cells,
                "quantity",
                format!("there are {} quantities for {} assets", quantities.len(), codes.len()),
                "write one for each asset, joined with + in the same order",
            );
            return None;
        }
        if codes.len() >= MAX_LEGS as usize {
            self.fault(cells, "asset", format!("{} assets are too many", codes.len()), "write at most 15");
            return None;
        }
        let pairs = codes.into_iter().zip(quantities);
        let deliveries: Vec<Option<Movement>> =
            pairs.map(|(code, amount)| self.movement(cells, ("asset", code), ("quantity", amount), delivered, lots)).collect();
        let payment = match paid {
            Some(kind) => {
                Some(self.movement(cells, ("currency", cells.get("currency")), ("amount", cells.get("amount")), kind, lots))
            }
            None => {
                for column in ["currency", "amount"] {
                    if !cells.get(column).is_empty() {
                        self.fault(cells, column, "free of payment has none", "leave it empty, or write DVP as the type");
                    }
                }
                None
            }
        };
        let deliveries = deliveries.into_iter().collect::<Option<Vec<_>>>()?;
        match payment {
            None => Some((deliveries, None)),
            Some(payment) => payment.map(|payment| (deliveries, Some(payment))),
        }
    }

    fn movement(
        &mut self,
        cells: &Cells,
        (asset_column, code): (&str, &str),
        (amount_column, text): (&str, &str),
        kind: AssetKind,
        lots: Lots,
    ) -> Option<Movement> {
        let asset = self.asset(cells, asset_column, code, kind)?;
        let amount = match amounts::parse(text, asset.decimals) {
            Ok(amount) => amount,
            Err(fault) => {
                self.fault(cells, amount_column, format!("{text:?} of {code} {fault}"), fault.cure());
                return None;
            }
        };
        if amount == 0 {
            self.fault(cells, amount_column, format!("nothing of {code} would move"), "write more than zero");
            return None;
        }
        let unit = Balance::from(lots).checked_mul(asset.settlement_unit);
        if kind == AssetKind::Security && unit.is_none_or(|unit| amount % unit != 0) {
            let one = amounts::format(asset.settlement_unit, asset.decimals);
            self.fault(
                cells,
                amount_column,
                format!("{text} of {code} is not a multiple of {lots} lots of its settlement unit {one}"),
                "use fewer lots or another quantity",
            );
            return None;
        }
        if amount < Balance::from(lots) {
            self.fault(
                cells,
                amount_column,
                format!("{text} of {code} is less than one smallest unit for each of {lots} lots"),
                "use fewer lots",
            );
            return None;
        }
        Some(Movement { asset: code.to_owned(), amount })
    }

    fn asset(&mut self, cells: &Cells, column: &str, code: &str, kind: AssetKind) -> Option<Asset> {
        let found = self.book.asset(code).cloned();
        let file = self.book.file.clone();
        match (&found, kind) {
            (Some(asset), kind) if asset.kind == kind => return found,
            (Some(_), AssetKind::Security) => {
                self.fault(cells, column, format!("{code} is a currency"), "name a security, or write PVP as the type");
            }
            (Some(_), AssetKind::Cash) => {
                self.fault(cells, column, format!("{code} is a security"), "name a currency, or write DVD as the type");
            }
            (None, AssetKind::Security) => match Isin::parse(code) {
                Ok(_) => self.fault(cells, column, format!("{file} has no security {code}"), "add it, or correct the ISIN"),
                Err(fault) => self.fault(cells, column, format!("ISIN {code:?} {fault}"), "correct the ISIN"),
            },
            (None, AssetKind::Cash) => {
                self.fault(cells, column, format!("{file} has no currency {code:?}"), "add it, or correct the code");
            }
        }
        None
    }

    fn policy(&mut self, cells: &Cells, view: &View) -> Policy {
        let minimum = cells.get("minimum");
        let partial = cells.or("partial", "NPAR");
        let policy = match partial {
            "NPAR" | "PART" => {
                if !minimum.is_empty() {
                    self.fault(cells, "minimum", format!("{partial} has no minimum"), "leave it empty, or use PARQ or PARC");
                }
                if partial == "PART" {
                    Policy::Part
                } else {
                    Policy::Npar
                }
            }
            "PARQ" => match view.deliveries.first() {
                Some(first) => {
                    let least = self.minimum(cells, first);
                    // Quantities in lots: the fewest lots that move at least the minimum.
                    let enough = |k: &Lots| cumulative(first.amount, *k, view.lots).is_some_and(|moved| moved >= least);
                    Policy::Parq { min_lots: fewest(view.lots, enough) }
                }
                None => Policy::Npar,
            },
            "PARC" => match &view.payment {
                Some(payment) => {
                    let leg = LegIndex(u8::try_from(view.deliveries.len()).unwrap_or(u8::MAX));
                    Policy::Parc { leg, min_amount: self.minimum(cells, payment) }
                }
                None => {
                    self.fault(cells, "partial", "free of payment has no cash minimum", "use NPAR, PART or PARQ");
                    Policy::Npar
                }
            },
            other => {
                self.fault(cells, "partial", format!("there is no policy {other:?}"), "use NPAR, PART, PARQ or PARC");
                Policy::Npar
            }
        };
        // A revealed secret moves everything or nothing.
        if view.execution == Execution::Hashlock {
            Policy::Npar
        } else {
            policy
        }
    }

    fn minimum(&mut self, cells: &Cells, of: &Movement) -> Balance {
        let decimals = self.book.asset(&of.asset).map_or(0, |asset| asset.decimals);
        let text = cells.get("minimum");
        match amounts::parse(text, decimals) {
            Ok(least) if least > 0 && least <= of.amount => return least,
            Ok(_) => {
                let whole = amounts::format(of.amount, decimals);
                self.fault(cells, "minimum", format!("the minimum {text} is zero or above the whole"), format!("write at most {whole}"));
            }
            Err(fault) => self.fault(cells, "minimum", format!("the minimum {text:?} {fault}"), fault.cure()),
        }
        of.amount
    }

    /// Puts the lines of each trade together, in the order of their first lines.
    fn pair(&mut self, lines: Vec<(String, Line)>) -> Vec<Trade> {
        let mut trades: Vec<Trade> = Vec::new();
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (name, line) in lines {
            match index.get(&name).and_then(|at| trades.get_mut(*at)) {
                None => {
                    index.insert(name.clone(), trades.len());
                    trades.push(Trade { name, lines: vec![line] });
                }
                Some(trade) => {
                    let taken = trade.lines.iter().any(|other| {
                        other.side == line.side || other.side == Side::Both || line.side == Side::Both
                    });
                    if taken {
                        let place = self.place.line(line.number).column("trade");
                        self.faults.push(place.fault(
                            format!("trade {name} has this side already"),
                            "write one BOTH line, or one DELI and one RECE line, for each trade",
                        ));
                    }
                    trade.lines.push(line);
                }
            }
        }
        trades
    }
}

/// The smallest k from 1 to `upto` for which `enough`, which stays true once it is.
fn fewest(upto: Lots, enough: impl Fn(&Lots) -> bool) -> Lots {
    let (mut low, mut high) = (1, upto);
    while low < high {
        let middle = low + (high - low) / 2;
        if enough(&middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

#[cfg(test)]
#[path = "trades_tests.rs"]
mod tests;
