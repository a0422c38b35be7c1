//! Tables for people, JSON for programs.

use comfy_table::{presets::NOTHING, CellAlignment, ContentArrangement, Table, TableComponent};
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
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(columns.iter().map(|column| column.trim_start_matches('>')).collect::<Vec<_>>());
    for (index, _) in columns.iter().enumerate().filter(|(_, column)| column.starts_with('>')) {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// Writes an answer in the form that was asked for.
pub fn answer(output: Output, json: serde_json::Value, text: impl FnOnce() -> String) -> anyhow::Result<()> {
    match output {
        Output::Json => line(&serde_json::to_string_pretty(&json)?),
        Output::Text => line(&text()),
    }
}

/// Writes a line. That nobody reads any further, as behind `head`, is no fault.
pub fn line(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => Ok(written?),
    }
}
