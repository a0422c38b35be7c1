//! Trade files as back offices have written them, with the sentences that they get. The files are in `tests/cases`.

use super::{parse, times, utf8, Overrides, Trade};
use crate::files::participants::Book;
use tandem_primitives::Moment;

const NOON: Moment = 20_000 * 86_400_000 + 43_200_000;

/// Bytes of a case.
macro_rules! case {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/cases/", $name))
    };
}

fn read_as(participants: &str, bytes: &[u8]) -> Result<Vec<Trade>, Vec<String>> {
    let book = Book::parse("participants.toml", participants).unwrap();
    let text = utf8("t.csv", bytes).map_err(|faults| faults.0)?;
    let trades = parse("t.csv", &text, &book, &Overrides::default()).map_err(|faults| faults.0)?;
    let faults = times::faults("t.csv", &trades, NOON);
    if faults.is_empty() {
        Ok(trades)
    } else {
        Err(faults)
    }
}

fn read(bytes: &[u8]) -> Result<Vec<Trade>, Vec<String>> {
    read_as(include_str!("../../../tests/cases/cli/participants.toml"), bytes)
}

fn faults(bytes: &[u8]) -> Vec<String> {
    read(bytes).unwrap_err()
}

fn back_office(bytes: &[u8]) -> Vec<String> {
    read_as(include_str!("../../../../examples/participants.toml"), bytes).unwrap_err()
}

/// Each fault begins with one of these places, in order, and has these words.
fn assert_faults(found: &[String], expected: &[(&str, &str)]) {
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, (place, words)) in found.iter().zip(expected) {
        assert!(found.starts_with(&format!("t.csv:{place}: ")) && found.contains(words), "{found}");
    }
}

const OPEN: &str = "has a quote that is not closed in this line";
const NO_NUMBER: &str = "is not a number";

#[test]
fn case_01_quote_in_manager_should_be_a_fault_of_its_line() {
    assert_faults(&faults(case!("cli/01-quote-in-manager.csv")), &[("2:manager", OPEN)]);
}

#[test]
fn case_02_quote_in_expect_should_be_a_fault_of_its_line() {
    assert_faults(&faults(case!("cli/02-quote-in-expect.csv")), &[("2:expect", OPEN)]);
}

#[test]
fn case_02b_quote_unmatched_should_be_a_fault_of_its_line() {
    assert_faults(&faults(case!("cli/02b-quote-unmatched.csv")), &[("2:expect", OPEN)]);
}

#[test]
fn case_03_nothing_expected_should_expect_that_all_settles() {
    let trades = read(case!("cli/03-nothing-expected.csv")).unwrap();
    let expected: Vec<&str> = trades.iter().flat_map(|trade| &trade.lines).map(|line| line.expected()).collect();
    assert_eq!(expected, ["settled", "settled"]);
}

#[test]
fn case_04_bom_crlf_should_be_one_trade() {
    assert_eq!(read(case!("cli/04-bom-crlf.csv")).unwrap().len(), 1);
}

#[test]
fn case_05_cr_only_should_name_the_line_of_the_fault() {
    let found = faults(case!("cli/05-cr-only.csv"));
    assert!(!found.is_empty() && found.iter().all(|fault| fault.starts_with("t.csv:3:")), "{found:#?}");
}

#[test]
fn case_06_utf16_should_be_no_utf8_text() {
    assert_faults(&faults(case!("cli/06-utf16.csv")), &[("1", "is not UTF-8 text")]);
}

#[test]
fn case_07_thousands_should_be_four_faults() {
    let places = ["2:amount", "3:amount", "4:amount", "5:amount"].map(|place| (place, NO_NUMBER));
    assert_faults(&faults(case!("cli/07-thousands.csv")), &places);
}

#[test]
fn case_08_decimal_comma_should_be_no_number() {
    assert_faults(&faults(case!("cli/08-decimal-comma.csv")), &[("2:amount", NO_NUMBER)]);
}

#[test]
fn case_08b_decimal_comma_unquoted_should_be_one_cell_too_many() {
    assert_faults(&faults(case!("cli/08b-decimal-comma-unquoted.csv")), &[("2", "has 24 cells")]);
}

#[test]
fn case_09_scientific_should_be_three_times_no_number() {
    let places = ["2:amount", "3:quantity", "4:amount"].map(|place| (place, NO_NUMBER));
    assert_faults(&faults(case!("cli/09-scientific.csv")), &places);
}

#[test]
fn case_10_plus_signs_should_be_no_counts() {
    let expected = [("2:priority", "\"+5\" is no priority"), ("2:lots", "\"+1\" is no number of lots")];
    let mut found = faults(case!("cli/10-plus-signs.csv"));
    found.sort_by_key(|fault| fault.contains("lots"));
    assert_faults(&found, &expected);
}

#[test]
fn case_11_huge_should_be_faults_and_no_panic() {
    let text = String::from_utf8(case!("cli/11-huge.csv").to_vec()).unwrap();
    let head = text.lines().next().unwrap();
    let of = |row: usize| read(format!("{head}\n{}\n", text.lines().nth(row).unwrap()).as_bytes());
    for (row, place, words) in [
        (1, "2:amount", "is too large"),
        (2, "2:quantity", "is too large"),
        (3, "2:lots", "is no number of lots"),
        (5, "2:trade_date", "depends on the day of sending"),
    ] {
        assert_faults(&of(row).unwrap_err(), &[(place, words)]);
    }
    // How far away a deadline may be is the chain's to say.
    assert_eq!(of(4).unwrap().len(), 1);
    assert!(read(text.as_bytes()).is_err());
}

#[test]
fn case_12_trailing_comma_should_be_a_column_without_name() {
    assert_faults(&faults(case!("cli/12-trailing-comma.csv")), &[("1:24", "there is no column \"\"")]);
}

#[test]
fn case_12b_duplicate_header_should_be_a_fault() {
    assert_faults(&faults(case!("cli/12b-duplicate-header.csv")), &[("1:24", "column ref is there twice")]);
}

#[test]
fn case_12c_empty_rows_should_be_a_fault() {
    assert_faults(&faults(case!("cli/12c-empty-rows.csv")), &[("3", "has nothing in any cell")]);
}

#[test]
fn case_13_settle_date_later_should_be_a_fault_of_the_deadline() {
    assert_faults(&faults(case!("cli/13-settle-date-later.csv")), &[("2:deadline", "before its settlement date")]);
}

#[test]
fn case_21_relative_day_beside_an_absolute_deadline_should_be_a_fault() {
    let text = include_str!("../../../tests/cases/cli/21-relative-day-absolute-deadline.csv.in");
    let text = text.replace("@AT@", "2024-10-06T00:30:00Z");
    assert_faults(&faults(text.as_bytes()), &[("2:trade_date", "\"T\" depends on the day of sending")]);
    // The same file with dates is read on any day.
    assert!(read(text.replace("T,T+1", "2024-10-04,2024-10-05").as_bytes()).is_ok());
}

#[test]
fn case_22_any_separator_should_be_no_deadline() {
    let text = include_str!("../../../tests/cases/cli/22-any-separator.csv.in");
    let text = text.replace("@ATX@", "2030-01-01X00:00:00Z");
    assert_faults(&faults(text.as_bytes()), &[("2:deadline", "is no deadline")]);
}

#[test]
fn case_23_manager_ignored_should_be_a_fault() {
    let words = "execution IMMEDIATE has no manager";
    assert_faults(&faults(case!("cli/23-manager-ignored.csv")), &[("2:manager", words)]);
}

#[test]
fn case_24_late_after_outage_should_be_a_file_whose_trades_can_begin_anew() {
    let trades = read(case!("cli/24-late-after-outage.csv")).unwrap();
    assert!(trades.len() > 100, "{}", trades.len());
    let limits = trades.iter().filter_map(Trade::instructing).map(|line| line.view.deadline);
    assert!(limits.into_iter().all(|limit| matches!(limit, crate::files::dates::Limit::After(_))));
}

#[test]
fn case_cr_only_fault_should_be_on_its_own_line() {
    assert_faults(&back_office(case!("back-office/cr-only-fault.csv")), &[("4:quantity", NO_NUMBER)]);
}

#[test]
fn case_empty_rows_should_be_one_fault() {
    let words = "has nothing in any cell, and so have 2 more up to line 5; remove the lines";
    assert_faults(&back_office(case!("back-office/empty-rows.csv")), &[("3", words)]);
}

#[test]
fn case_hash_reference_should_be_a_fault_and_no_comment() {
    let words = "begins with # and has the cells of a trade";
    assert_faults(&back_office(case!("back-office/hash-reference.csv")), &[("3", words)]);
}

#[test]
fn case_1e_03_in_a_quantity_should_be_no_number() {
    let text = String::from_utf8(case!("cli/09-scientific.csv").to_vec()).unwrap().replace("1e+1", "1E+03");
    let found = faults(text.as_bytes());
    assert!(found[1].contains("\"1E+03\" of QZ000TEST017 is not a number"), "{}", found[1]);
}
