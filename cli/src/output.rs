//! Tables for people, JSON for programs.

use crate::fault::fault;
use comfy_table::{presets::NOTHING, CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent};
use std::io::{ErrorKind, Write};

/// In which form answers are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub enum Output {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON value, or one a line where answers go on.
    Json,
}

/// A table with these columns. Those whose names begin with `>` hold numbers and stand to the right.
pub fn table(columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    render(columns, rows, None)
}

/// In so many columns of characters, or in as many as the terminal has.
fn render(columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>, width: Option<u16>) -> String {
    let rows: Vec<Vec<String>> = rows.into_iter().collect();
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(columns.iter().map(|column| column.trim_start_matches('>')).collect::<Vec<_>>());
    for (index, name) in columns.iter().enumerate() {
        let Some(column) = table.column_mut(index) else { continue };
        if name.starts_with('>') {
            column.set_cell_alignment(CellAlignment::Right);
        }
        // Prose is wrapped where the terminal is narrow. A number or an id in two lines would be taken for another one.
        let is_prose = rows.iter().filter_map(|row| row.get(index)).any(|cell| cell.contains(' '));
        if name.starts_with('>') || !is_prose {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// A table of what is so by the last final block: what is only included may still be abandoned.
pub fn as_of(table: String, block: u32) -> String {
    format!("{table}\nas of block {block}, the last final one")
}

/// Writes an answer in the form that was asked for.
pub fn answer(output: Output, json: serde_json::Value, text: impl FnOnce() -> String) -> anyhow::Result<()> {
    match output {
        Output::Json => line(&serde_json::to_string_pretty(&json)?)?,
        Output::Text => line(&text())?,
    };
    Ok(())
}

/// Writes a line. False if nobody reads any further, as behind `head`: that is no fault.
pub fn line(text: &str) -> anyhow::Result<bool> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(fault(format!("the answer cannot be written ({error})"))),
    }
}

/// Says something to a person, on standard error. That nobody listens ends nothing.
pub fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cli_c15_an_answer_should_say_that_it_is_of_the_last_final_block() {
        let rows = vec![vec!["A".to_owned(), "Active".to_owned()]];
        let text = as_of(table(&["participant", "status"], rows), 17);
        assert_eq!(text.lines().last(), Some("as of block 17, the last final one"));
    }

    #[test]
    fn table_should_wrap_prose_and_nothing_else() {
        let row = ["QZ0004710017", "Tellur Energie SA, ordinary shares", "28000000.00"].map(str::to_owned).to_vec();
        let text = render(&["code", "name", ">supply"], vec![row], Some(50));
        assert!(text.contains("QZ0004710017") && text.contains("28000000.00"), "{text}");
        assert!(!text.contains("Tellur Energie SA, ordinary shares"), "{text}");
    }
}
