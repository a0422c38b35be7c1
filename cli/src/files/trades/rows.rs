//! Rows of a CSV text. Each line is read alone, so that a quote that is not closed takes no other line with it.

/// One line of a file.
pub(super) struct Row {
    /// Line number, from 1.
    pub(super) number: u64,
    /// Cells without the space around them.
    pub(super) cells: Vec<String>,
    /// Index of the cell whose quote is still open where the line ends.
    pub(super) open: Option<usize>,
    /// True for a line that begins with `#` and goes on at once, so that it may be a reference in its first cell.
    pub(super) is_comment: bool,
}

/// Rows of a text. Blank lines are left out and counted, and so are those that begin with `#` and a space or another `#`.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row> + '_ {
    let written = (1u64..).zip(lines(text)).filter(|(_, line)| is_written(line));
    written.map(|(number, line)| row(number, line))
}

/// True for a line that is neither blank nor a comment of its own.
fn is_written(line: &str) -> bool {
    !line.trim().is_empty() && (!line.starts_with('#') || is_tight(line))
}

/// True for a comment without a space after its `#`.
fn is_tight(line: &str) -> bool {
    line.strip_prefix('#').and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// Lines of a text. Each ends with LF, CR LF or CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn row(number: u64, line: &str) -> Row {
    // The line break after it is in a cell if, and only if, a quote is open there.
    let text = format!("{line}\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let is_read = reader.read_record(&mut record).is_ok_and(|is_read| is_read);
    let open = record.iter().position(|cell| cell.contains('\n'));
    let cells = record.iter().filter(|_| is_read).map(|cell| cell.trim().to_owned()).collect();
    Row { number, cells, open, is_comment: line.starts_with('#') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>, Option<usize>)> {
        rows(text).map(|row| (row.number, row.cells, row.open)).collect()
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn rows_should_be_numbered_by_any_line_break_with_what_is_left_out() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a, b ", "# no, row", "", "  ", "\"c, \"\"d\"\"\",e", ""].join(end);
            let expected = vec![(1, cells(&["a", "b"]), None), (5, cells(&["c, \"d\"", "e"]), None)];
            assert_eq!(read(&text), expected, "{end:?}");
        }
        assert_eq!(read(""), vec![]);
    }

    #[test]
    fn cli_c3_an_open_quote_should_end_with_its_line() {
        for end in ["\n", "\r\n", "\r"] {
            for quoted in ["\"", "\"b", "\"b\"\""] {
                let text = [format!("a,{quoted}"), "c,d".to_owned(), "e,\"f\"".to_owned()].join(end);
                let read = read(&text);
                let found: Vec<_> = read.iter().map(|(number, cells, open)| (*number, cells.len(), *open)).collect();
                assert_eq!(found, [(1, 2, Some(1)), (2, 2, None), (3, 2, None)], "{text:?}");
            }
        }
        // It is one at the end of the file, too.
        assert_eq!(read("a,\"")[0].2, Some(1));
        assert_eq!(read("\"a,b\nc")[0].2, Some(0));
    }
}
