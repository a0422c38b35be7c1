//! Faults of dates and deadlines that depend on the moment of sending.

use super::Trade;
use crate::{
    fault::Place,
    files::dates::{format, format_day, midnight, Limit},
};
use tandem_primitives::Moment;

/// Faults of trades that are sent at `now`, by the chain's clock.
pub fn faults(file: &str, trades: &[Trade], now: Moment) -> Vec<String> {
    let file = Place::file(file);
    let mut faults = Vec::new();
    for line in trades.iter().flat_map(|trade| &trade.lines) {
        let place = file.line(line.number);
        if matches!(line.view.deadline, Limit::At(instant) if instant <= now) {
            faults.push(place.column("deadline").fault(
                format!("the deadline is not after the chain's time {}", format(now)),
                "write a later one, or one relative to sending such as +120s",
            ));
        }
        // With one relative day it depends on the day of sending; otherwise the file has been refused before.
        if line.view.settle_date.at(now) < line.view.trade_date.at(now) {
            faults.push(backwards(&place));
        }
    }
    faults.extend(unsettleable(&file, trades, now));
    faults
}

/// Fault of a settlement date before the trade date.
pub(super) fn backwards(line: &Place) -> String {
    line.column("settle_date").fault("it is before the trade date", "write a date not before it")
}

/// Faults of trades that are over before their settlement date begins, so that they could never settle.
fn unsettleable(file: &Place, trades: &[Trade], now: Moment) -> Vec<String> {
    let mut faults = Vec::new();
    for line in trades.iter().filter_map(Trade::instructing) {
        let day = line.view.settle_date.at(now);
        let pay_by = line.view.across.as_ref().map(|across| ("pay_by", "the time to pay", across.pay_by));
        for (column, what, limit) in [("deadline", "the trade", line.view.deadline)].into_iter().chain(pay_by) {
            let until = limit.at(now);
            // One that has passed is a fault of its own.
            if until > now && until <= midnight(day) {
                let (until, day) = (format(until), format_day(day));
                faults.push(file.line(line.number).column(column).fault(
                    format!("{what} is over at {until}, before its settlement date {day} begins (midnight UTC)"),
                    "write a later instant, or an earlier settle_date",
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::{
        parse,
        tests::{read_rows, with},
        Overrides,
    };
    use super::*;
    use crate::files::participants::{Book, Books};

    const DAY: Moment = 86_400_000;
    const NOON: Moment = 20_000 * DAY + DAY / 2;

    fn of(trades: &[Trade], now: Moment) -> Vec<String> {
        faults("t.csv", trades, now)
    }

    #[test]
    fn late_should_name_instants_that_have_passed() {
        let row = with("deadline", "1970-01-01T00:00:10Z").replace("T,T+2", "1970-01-01,1970-01-01");
        let trades = read_rows(&[&row]).unwrap();
        assert!(of(&trades, 9_999).is_empty());
        assert_eq!(
            of(&trades, 10_000),
            ["t.csv:2:deadline: the deadline is not after the chain's time 1970-01-01T00:00:10.000Z; write a later one, or \
              one relative to sending such as +120s"]
        );
    }

    #[test]
    fn backwards_should_compare_a_date_with_a_day_of_sending() {
        let trades = read_rows(&[&with("settle_date", "1970-01-05")]).unwrap();
        let at = |day: Moment| of(&trades, day * DAY);
        assert!(at(4).is_empty());
        assert_eq!(at(5), ["t.csv:2:settle_date: it is before the trade date; write a date not before it"]);
    }

    #[test]
    fn cli_c5_a_trade_that_is_over_before_its_settlement_date_should_be_a_fault() {
        let faults_of = |settle_date: &str, deadline: &str, now: Moment| {
            let row = with("settle_date", settle_date).replace("+120s", deadline);
            // Days that count from sending and instants that do not are not for one line.
            let row = if deadline.starts_with('+') { row } else { row.replace(",T,", ",2024-10-04,") };
            of(&read_rows(&[&row]).unwrap(), now)
        };
        let cure = "write a later instant, or an earlier settle_date";
        assert_eq!(
            faults_of("T+2", "+300s", NOON),
            [format!(
                "t.csv:2:deadline: the trade is over at 2024-10-04T12:05:00.000Z, before its settlement date 2024-10-06 \
                 begins (midnight UTC); {cure}"
            )]
        );
        assert_eq!(faults_of("T+1", "+12h", NOON).len(), 1);
        assert_eq!(faults_of("2024-10-06", "2024-10-06T00:00:00Z", NOON).len(), 1);
        for (settle_date, deadline) in [("T", "+1s"), ("T+1", "+13h"), ("2024-10-06", "2024-10-06T00:00:01Z")] {
            assert_eq!(faults_of(settle_date, deadline, NOON), Vec::<String>::new(), "{settle_date} {deadline}");
        }
        // Near midnight, too, today has begun.
        for now in [20_000 * DAY, 20_001 * DAY - 1] {
            assert_eq!(faults_of("T", "+1s", now), Vec::<String>::new());
        }
        // A deadline that has passed is told once.
        let late = faults_of("2024-10-06", "2024-10-04T11:00:00Z", NOON);
        assert!(late.len() == 1 && late[0].contains("is not after the chain's time"), "{late:?}");
        // The terms of the seller are those that are instructed: a buyer that differs is no fault.
        let deli = with("side", "DELI").replace("T,T+2", "T,T");
        let rece = with("side", "RECE").replace("R1,", "R2,");
        assert_eq!(of(&read_rows(&[&deli, &rece]).unwrap(), NOON), Vec::<String>::new());
        assert_eq!(of(&read_rows(&[&rece]).unwrap(), NOON).len(), 1);
    }

    #[test]
    fn cli_c5_the_examples_should_be_able_to_settle_at_any_time_of_the_day() {
        let book = |text: &str| Book::parse("p.toml", text).unwrap();
        let only = book(include_str!("../../../../examples/participants.toml"));
        let asset = book(include_str!("../../../../examples/asset-participants.toml"));
        let payment = book(include_str!("../../../../examples/payment-participants.toml"));
        let overrides = Overrides::default();
        let read = |text: &str, books: Books| parse("t.csv", text, books, &overrides).unwrap();
        let examples = [
            read(include_str!("../../../../examples/trades.csv"), Books::from(&only)),
            read(include_str!("../../../../examples/reinstated.csv"), Books::from(&only)),
            read(include_str!("../../../../examples/next-day.csv"), Books::from(&only)),
            read(include_str!("../../../../examples/cross-trades.csv"), Books::two(&asset, &payment)),
        ];
        for trades in examples {
            for now in [20_000 * DAY, NOON, 20_001 * DAY - 1] {
                assert_eq!(of(&trades, now), Vec::<String>::new());
            }
        }
    }
}
