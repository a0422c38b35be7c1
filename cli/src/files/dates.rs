//! Days and instants as people write them: `T`, `T+2`, `T-1`, `2026-03-02`; `+120s`, `2026-03-02T16:00:00Z`.

use codec::Encode;
use std::time::Duration;
use tandem_primitives::{Date, Moment};
use time::{format_description::well_known::Rfc3339, macros::format_description, OffsetDateTime};

const MILLIS_OF_DAY: Moment = 86_400_000;
const JULIAN_DAY_OF_1970: i64 = 2_440_588;

/// A day, perhaps counted from the day on which the trade is sent.
#[derive(Clone, Copy, Debug, Encode, Eq, PartialEq)]
pub enum Day {
    /// Number of calendar days after the day of sending, or before it if negative.
    #[codec(index = 0)]
    After(i32),
    /// A given day.
    #[codec(index = 1)]
    On(Date),
}

impl Day {
    /// Reads `T`, `T+n`, `T-n` or an ISO date; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "T" {
            return Some(Day::After(0));
        }
        if let Some(days) = text.strip_prefix('T').filter(|days| days.starts_with(['+', '-'])) {
            // A year is more than any market's cycle, and keeps the sum far from overflowing.
            return days.parse().ok().filter(|days: &i32| days.abs() <= 366).map(Day::After);
        }
        let day = time::Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
        let since_1970 = i64::from(day.to_julian_day()).checked_sub(JULIAN_DAY_OF_1970)?;
        u32::try_from(since_1970).ok().map(|days| Day::On(Date(days)))
    }

    /// The day, for a trade sent at `start`.
    pub fn at(self, start: Moment) -> Date {
        match self {
            Day::After(days) => {
                let today = u32::try_from(start / MILLIS_OF_DAY).unwrap_or(u32::MAX);
                Date(today.saturating_add_signed(days))
            }
            Day::On(day) => day,
        }
    }
}

/// An instant, perhaps counted from the one at which the trade is sent.
#[derive(Clone, Copy, Debug, Encode, Eq, PartialEq)]
pub enum Limit {
    /// Time after the instant of sending.
    #[codec(index = 0)]
    After(Duration),
    /// A given instant.
    #[codec(index = 1)]
    At(Moment),
}

impl Limit {
    /// Reads `+90s`, `+15m`, `+2h` or an RFC 3339 instant; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(relative) = text.strip_prefix('+') {
            let (number, factor) = match relative.as_bytes().last()? {
                b's' => (relative.strip_suffix('s')?, 1),
                b'm' => (relative.strip_suffix('m')?, 60),
                b'h' => (relative.strip_suffix('h')?, 3_600),
                _ => return None,
            };
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let number = if digits { number.parse::<u32>().ok()? } else { return None };
            return Some(Limit::After(Duration::from_secs(u64::from(number).checked_mul(factor)?)));
        }
        // The parser takes any character between day and time.
        if text.as_bytes().get(10) != Some(&b'T') {
            return None;
        }
        let instant = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = instant.unix_timestamp_nanos() / 1_000_000;
        Moment::try_from(millis).ok().map(Limit::At)
    }

    /// The instant, for a trade sent at `start`.
    pub fn at(self, start: Moment) -> Moment {
        match self {
            Limit::After(time) => start.saturating_add(u64::try_from(time.as_millis()).unwrap_or(Moment::MAX)),
            Limit::At(instant) => instant,
        }
    }
}

/// The first instant of a day.
pub fn midnight(day: Date) -> Moment {
    Moment::from(day.0).saturating_mul(MILLIS_OF_DAY)
}

/// An instant as people read it, in UTC.
pub fn format(instant: Moment) -> String {
    let nanos = i128::from(instant).saturating_mul(1_000_000);
    let Ok(time) = OffsetDateTime::from_unix_timestamp_nanos(nanos) else { return instant.to_string() };
    let shape = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    time.format(&shape).unwrap_or_else(|_| instant.to_string())
}

/// A day as people read it.
pub fn format_day(day: Date) -> String {
    let text = format(midnight(day));
    text.split_once('T').map_or_else(|| text.clone(), |(date, _)| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = 20_000 * MILLIS_OF_DAY + MILLIS_OF_DAY / 2;

    #[test]
    fn day_should_count_from_the_day_of_sending() {
        assert_eq!(Day::parse("T").unwrap().at(NOON), Date(20_000));
        assert_eq!(Day::parse("T+2").unwrap().at(NOON), Date(20_002));
        assert_eq!(Day::parse("T-1").unwrap().at(NOON), Date(19_999));
        assert_eq!(Day::parse("1970-01-02"), Some(Day::On(Date(1))));
        assert_eq!(Day::parse("2024-10-04").unwrap().at(NOON), Date(20_000));
    }

    #[test]
    fn day_should_refuse_what_is_no_day() {
        for text in [
            "",
            "t",
            "T+",
            "T-",
            "T2",
            "T+-1",
            "T+367",
            "T-367",
            "2024-13-01",
            "2024-02-30",
            "04.10.2024",
            "1969-12-31",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn limit_should_count_from_the_instant_of_sending() {
        assert_eq!(Limit::parse("+120s").unwrap().at(NOON), NOON + 120_000);
        assert_eq!(Limit::parse("+15m").unwrap().at(NOON), NOON + 900_000);
        assert_eq!(Limit::parse("+2h").unwrap().at(NOON), NOON + 7_200_000);
        assert_eq!(Limit::parse("1970-01-01T00:00:01Z"), Some(Limit::At(1_000)));
        assert_eq!(Limit::parse("1970-01-01T02:00:01.5+02:00"), Some(Limit::At(1_500)));
    }

    #[test]
    fn cli_c18_only_the_letter_t_should_stand_between_day_and_time() {
        for separator in ["X", " ", "t", "_", ":", "-", "\u{a0}"] {
            assert_eq!(Limit::parse(&format!("2030-01-01{separator}00:00:00Z")), None, "{separator:?}");
        }
        assert!(Limit::parse("2030-01-01T00:00:00Z").is_some());
    }

    #[test]
    fn limit_should_refuse_what_is_no_instant() {
        for text in ["", "+", "+s", "+1", "+1d", "+-1s", "+1.5h", "120s", "2024-10-04", "2024-10-04T12:00:00"] {
            assert_eq!(Limit::parse(text), None, "{text}");
        }
    }

    #[test]
    fn format_should_be_utc_with_milliseconds() {
        assert_eq!(format(1_500), "1970-01-01T00:00:01.500Z");
        assert_eq!(format_day(Date(20_000)), "2024-10-04");
    }
}
