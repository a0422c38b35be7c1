//! The shape of the file: columns, lines, and which lines are one trade.

use super::{Line, Overrides, Side, Trade, ACROSS, OPTIONAL, REQUIRED};
use crate::{fault::Place, files::participants::Books};
use std::collections::BTreeMap;

/// The cells of one line by column, with the line's place for sentences.
pub(super) struct Cells<'a> {
    pub(super) place: Place,
    pub(super) number: u64,
    cells: BTreeMap<&'a str, String>,
}

impl Cells<'_> {
    pub(super) fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The cell, or what stands for an empty one.
    pub(super) fn or<'s>(&'s self, column: &str, default: &'s str) -> &'s str {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).unwrap_or(default)
    }
}

pub(super) struct Reader<'a> {
    pub(super) place: Place,
    pub(super) books: Books<'a>,
    pub(super) overrides: &'a Overrides,
    pub(super) faults: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn lines(&mut self, text: &str) -> Vec<(String, Line)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            self.faults
                .push(self.place.fault("is empty", "write the names of the columns and one line for each trade"));
            return Vec::new();
        }
        let mut csv = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
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
                if record.iter().any(|cell| cell.contains('\n')) {
                    self.faults.push(place.fault("has a quote that is not closed in this line", "close it"));
                    continue;
                }
                self.faults.push(place.fault(
                    format!("has {} cells and the first line names {} columns", record.len(), columns.len()),
                    "write one cell for each column, empty where there is nothing to say",
                ));
                continue;
            }
            let cells = columns.iter().map(String::as_str).zip(record.iter().map(str::to_owned)).collect();
            let cells = Cells { place, number, cells };
            let before = references.insert(cells.get("ref").to_owned(), number);
            if let Some(first) = before.filter(|_| !cells.get("ref").is_empty()) {
                self.fault(
                    &cells,
                    "ref",
                    format!("{} is the reference of line {first} too", cells.get("ref")),
                    "give each line its own",
                );
            }
            lines.extend(self.line(&cells).map(|line| (cells.get("trade").to_owned(), line)));
        }
        lines
    }

    pub(super) fn columns(&mut self, headers: Result<&csv::StringRecord, csv::Error>) -> Option<Vec<String>> {
        let first = self.place.line(1);
        let columns: Vec<String> = match headers {
            Ok(headers) => headers.iter().map(str::to_owned).collect(),
            Err(_) => {
                self.faults.push(first.fault("is not readable as CSV", "write the names of the columns"));
                return None;
            }
        };
        if let [single] = columns.as_slice() {
            if let Some(separator) = [';', '\t', '|'].into_iter().find(|separator| single.contains(*separator)) {
                let what = format!("the cells stand apart by {separator:?}");
                self.faults.push(first.fault(what, "save the file with commas between them"));
                return None;
            }
        }
        let across = if self.books.are_two() { &ACROSS[..] } else { &[] };
        let known = || REQUIRED.iter().chain(&OPTIONAL).chain(across);
        for (position, column) in columns.iter().enumerate() {
            if !known().any(|name| name == column) {
                let all: Vec<&str> = known().copied().collect();
                let cure = match known().find(|name| name.eq_ignore_ascii_case(column)) {
                    Some(name) => format!("write {name}"),
                    None => format!("remove it, or use one of {}", all.join(", ")),
                };
                self.faults.push(
                    first.column((position + 1).to_string()).fault(format!("there is no column {column:?}"), cure),
                );
            } else if columns.iter().take(position).any(|before| before == column) {
                self.faults.push(
                    first
                        .column((position + 1).to_string())
                        .fault(format!("column {column} is there twice"), "remove one"),
                );
            }
        }
        for name in REQUIRED {
            if !columns.iter().any(|column| column.eq_ignore_ascii_case(name)) {
                self.faults.push(first.fault(format!("column {name} is missing"), "add it"));
            }
        }
        self.faults.is_empty().then_some(columns)
    }

    pub(super) fn fault(
        &mut self,
        cells: &Cells,
        column: &str,
        what: impl std::fmt::Display,
        cure: impl std::fmt::Display,
    ) {
        self.faults.push(cells.place.column(column).fault(what, cure));
    }

    /// Puts the lines of each trade together, in the order of their first lines.
    pub(super) fn pair(&mut self, lines: Vec<(String, Line)>) -> Vec<Trade> {
        let mut trades: Vec<Trade> = Vec::new();
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (name, line) in lines {
            match index.get(&name).and_then(|at| trades.get_mut(*at)) {
                None => {
                    index.insert(name.clone(), trades.len());
                    trades.push(Trade { name, lines: vec![line] });
                }
                Some(trade) => {
                    let taken = trade
                        .lines
                        .iter()
                        .any(|other| other.side == line.side || other.side == Side::Both || line.side == Side::Both);
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
