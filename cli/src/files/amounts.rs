//! Amounts as people write them: decimals in the asset's own unit.

use tandem_primitives::Balance;

/// The most decimals that an asset can have; 10^38 is the last power of ten in 128 bits.
pub const MAX_DECIMALS: u8 = 18;

/// Fault of an amount, to be put after it in a sentence.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AmountFault {
    /// The cell is empty.
    #[error("is empty")]
    Empty,
    /// Something other than digits and one point.
    #[error("is not a number")]
    NotANumber,
    /// More decimals than the asset has.
    #[error("has {found} decimals and the asset has {allowed}")]
    TooManyDecimals {
        /// Decimals as written.
        found: usize,
        /// Decimals that the asset has.
        allowed: u8,
    },
    /// More than 128 bits hold.
    #[error("is too large")]
    TooLarge,
}

impl AmountFault {
    /// Cure of the fault, for the end of the sentence.
    pub fn cure(self) -> String {
        match self {
            AmountFault::Empty | AmountFault::NotANumber => {
                "write digits with a point before the decimals, without sign or separators".to_owned()
            }
            AmountFault::TooManyDecimals { allowed: 0, .. } => "write it without decimals".to_owned(),
            AmountFault::TooManyDecimals { allowed, .. } => format!("write it with at most {allowed}"),
            AmountFault::TooLarge => "write a smaller amount".to_owned(),
        }
    }
}

/// Reads an amount into the asset's smallest unit.
pub fn parse(text: &str, decimals: u8) -> Result<Balance, AmountFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountFault::Empty);
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return Err(AmountFault::NotANumber),
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(AmountFault::NotANumber);
    }
    if fraction.len() > usize::from(decimals) {
        return Err(AmountFault::TooManyDecimals { found: fraction.len(), allowed: decimals });
    }
    let padding = usize::from(decimals).saturating_sub(fraction.len());
    let number = format!("{whole}{fraction}{}", "0".repeat(padding));
    number.parse().map_err(|_| AmountFault::TooLarge)
}

/// Reads a number without decimals. `parse` of the standard library would take a sign, too.
pub fn parse_count<T: std::str::FromStr>(text: &str) -> Option<T> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}

/// True for a number in scientific notation, such as `1e+3`, which spreadsheets write for a large one.
pub fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    parse(mantissa, MAX_DECIMALS).is_ok() && parse_count::<u32>(exponent).is_some()
}

/// Writes an amount with all of the asset's decimals.
pub fn format(amount: Balance, decimals: u8) -> String {
    if decimals == 0 {
        return amount.to_string();
    }
    let width = usize::from(decimals).saturating_add(1);
    let padded = format!("{amount:0>width$}");
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(usize::from(decimals)));
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_should_read_the_smallest_unit() {
        assert_eq!(parse("41250.00", 2), Ok(4_125_000));
        assert_eq!(parse("41250", 2), Ok(4_125_000));
        assert_eq!(parse("7499.9", 2), Ok(749_990));
        assert_eq!(parse(" 12.500 ", 3), Ok(12_500));
        assert_eq!(parse("15000000", 0), Ok(15_000_000));
        assert_eq!(parse("0", 2), Ok(0));
        assert_eq!(parse(&u128::MAX.to_string(), 0), Ok(u128::MAX));
    }

    #[test]
    fn parse_should_name_each_fault() {
        assert_eq!(parse("  ", 2), Err(AmountFault::Empty));
        for text in ["1,000", "-1", "+1", "1e3", ".5", "5.", "1.2.3", "١"] {
            assert_eq!(parse(text, 2), Err(AmountFault::NotANumber), "{text}");
        }
        assert_eq!(parse("1.001", 2), Err(AmountFault::TooManyDecimals { found: 3, allowed: 2 }));
        assert_eq!(parse("1.00", 0), Err(AmountFault::TooManyDecimals { found: 2, allowed: 0 }));
        assert_eq!(parse(&format!("{}0", u128::MAX), 0), Err(AmountFault::TooLarge));
        assert_eq!(parse(&u128::MAX.to_string(), 1), Err(AmountFault::TooLarge));
    }

    #[test]
    fn cli_c18_a_count_should_have_no_sign() {
        assert_eq!(parse_count::<u8>("255"), Some(255));
        for text in ["+1", "-1", "", " 1", "1.0", "256", "\u{661}"] {
            assert_eq!(parse_count::<u8>(text), None, "{text}");
        }
    }

    #[test]
    fn cli_c18_scientific_notation_should_be_known() {
        for text in ["1e3", "1E+03", "4.0e2", "1e-3", "12E0"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["100+200", "e3", "1e", "1e+", "1e+x", "QZ0E", "1e3+2", ""] {
            assert!(!is_scientific(text), "{text}");
        }
    }

    #[test]
    fn format_should_write_every_decimal() {
        assert_eq!(format(600_000, 2), "6000.00");
        assert_eq!(format(5, 2), "0.05");
        assert_eq!(format(0, 3), "0.000");
        assert_eq!(format(1234, 0), "1234");
    }

    #[test]
    fn format_should_be_read_back() {
        for amount in [0, 1, 99, 100, 123_456_789, u128::MAX] {
            for decimals in [0, 1, 2, 8, 18] {
                assert_eq!(parse(&format(amount, decimals), decimals), Ok(amount));
            }
        }
    }
}
