//! The shape of the file: columns, lines, and which lines are one trade.

use super::{
    rows::{rows, Row},
    Line, Overrides, Side, Trade, ACROSS, OPTIONAL, REQUIRED,
};
use crate::{fault::Place, files::participants::Books};
use std::collections::BTreeMap;

/// Fault of a quote without an end in its line, and the cure. No cell has a line break, so it is a slip.
const OPEN_QUOTE: &str = "has a quote that is not closed in this line";
const CLOSE_IT: &str = "close or remove it";

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
        let mut rows = rows(text);
        let Some(first) = rows.find(|row| !row.is_comment) else {
            self.faults
                .push(self.place.fault("is empty", "write the names of the columns and one line for each trade"));
            return Vec::new();
        };
        let Some(columns) = self.columns(first) else { return Vec::new() };
        let mut lines = Vec::new();
        let mut empty = Vec::new();
        let mut references: BTreeMap<String, u64> = BTreeMap::new();
        for row in rows {
            if row.is_comment {
                self.comment(&columns, &row);
                continue;
            }
            if row.cells.len() == columns.len() && row.cells.iter().all(String::is_empty) {
                empty.push(row.number);
                continue;
            }
            let Some(cells) = self.cells(&columns, row) else { continue };
            let before = references.insert(cells.get("ref").to_owned(), cells.number);
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
        self.empty(&empty);
        lines
    }

    /// One fault for all lines that have nothing in any cell: a spreadsheet may have written many.
    fn empty(&mut self, lines: &[u64]) {
        let Some((first, others)) = lines.split_first() else { return };
        let (others, cure) = match others.last() {
            None => (String::new(), "remove the line"),
            Some(last) => (format!(", and so have {} more up to line {last}", others.len()), "remove the lines"),
        };
        self.faults.push(self.place.line(*first).fault(format!("has nothing in any cell{others}"), cure));
    }

    /// A comment that has the cells of a trade is one whose reference begins with `#`, and would be lost.
    fn comment(&mut self, columns: &[String], row: &Row) {
        if row.cells.len() == columns.len() {
            self.faults.push(self.place.line(row.number).fault(
                "begins with # and has the cells of a trade",
                "write another reference, or a space after # if it is a comment",
            ));
        }
    }

    /// Cells of a row by column, unless they cannot be told apart.
    fn cells<'c>(&mut self, columns: &'c [String], row: Row) -> Option<Cells<'c>> {
        let place = self.place.line(row.number);
        if let Some(open) = row.open {
            let place = columns.get(open).map_or_else(|| place.clone(), |column| place.column(column.as_str()));
            self.faults.push(place.fault(OPEN_QUOTE, CLOSE_IT));
            return None;
        }
        if row.cells.len() != columns.len() {
            self.faults.push(place.fault(
                format!("has {} cells and the first line names {} columns", row.cells.len(), columns.len()),
                "write one cell for each column, empty where there is nothing to say",
            ));
            return None;
        }
        let cells = columns.iter().map(String::as_str).zip(row.cells).collect();
        Some(Cells { place, number: row.number, cells })
    }

    fn columns(&mut self, row: Row) -> Option<Vec<String>> {
        let first = self.place.line(row.number);
        if row.open.is_some() {
            self.faults.push(first.fault(OPEN_QUOTE, CLOSE_IT));
            return None;
        }
        let columns = row.cells;
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
