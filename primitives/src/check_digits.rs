//! Legal Entity Identifiers (LEI, ISO 17442) and securities identification numbers (ISIN, ISO 6166), with their check
//! digits.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Fault for which a text is refused as an LEI or an ISIN.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Malformed {
    /// Length other than the standard sets (LEI 20, ISIN 12).
    Length,
    /// Character that is no upper-case letter or digit, or is a letter where the standard wants a digit, or the
    /// reverse.
    Character,
    /// Check digits that do not fit the characters before them.
    CheckDigits,
}

impl core::fmt::Display for Malformed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Malformed::Length => "has the wrong length",
            Malformed::Character => "has a character that the standard does not allow there",
            Malformed::CheckDigits => "has wrong check digits",
        })
    }
}

/// Legal Entity Identifier: 18 letters or digits and two check digits (ISO 17442-1, check by ISO 7064 MOD 97-10).
///
/// The bytes are the ASCII characters. Decoding does not check; [`Lei::parse`] and [`Lei::check`] do.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub struct Lei(pub [u8; 20]);

impl Lei {
    /// Parses and checks an LEI of 20 characters.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let lei = Self(text.as_bytes().try_into().map_err(|_| Malformed::Length)?);
        lei.check().map(|()| lei)
    }

    /// Checks the characters and the check digits of the LEI.
    pub fn check(&self) -> Result<(), Malformed> {
        let (body, digits) = self.0.split_at(18);
        if !body.iter().all(is_code_character) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(Malformed::Character);
        }
        // ISO 7064 MOD 97-10: letters become two digits (A = 10), the number so written leaves 1 when divided by 97.
        let remainder = self.0.iter().fold(0u32, |rest, character| {
            let value = code_value(*character);
            let shift = if value > 9 { 100 } else { 10 };
            rest.saturating_mul(shift).saturating_add(value) % 97
        });
        if remainder == 1 {
            Ok(())
        } else {
            Err(Malformed::CheckDigits)
        }
    }
}

/// International Securities Identification Number: two letters, nine letters or digits, a check digit (ISO 6166,
/// check by the Luhn formula over the digits that the characters stand for).
///
/// The bytes are the ASCII characters. Decoding does not check; [`Isin::parse`] and [`Isin::check`] do.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub struct Isin(pub [u8; 12]);

impl Isin {
    /// Parses and checks an ISIN of 12 characters.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let isin = Self(text.as_bytes().try_into().map_err(|_| Malformed::Length)?);
        isin.check().map(|()| isin)
    }

    /// Checks the characters and the check digit of the ISIN.
    pub fn check(&self) -> Result<(), Malformed> {
        let (country, rest) = self.0.split_at(2);
        let (body, digit) = rest.split_at(9);
        if !country.iter().all(u8::is_ascii_uppercase)
            || !body.iter().all(is_code_character)
            || !digit.iter().all(u8::is_ascii_digit)
        {
            return Err(Malformed::Character);
        }
        let mut sum = 0u32;
        let mut double = false;
        for character in self.0.iter().rev() {
            let value = code_value(*character);
            let digits = if value > 9 { [Some(value % 10), Some(value / 10)] } else { [Some(value), None] };
            for digit in digits.into_iter().flatten() {
                let counted = if double { digit.saturating_mul(2) } else { digit };
                sum = sum.saturating_add(counted / 10).saturating_add(counted % 10);
                double = !double;
            }
        }
        if sum.is_multiple_of(10) {
            Ok(())
        } else {
            Err(Malformed::CheckDigits)
        }
    }
}

macro_rules! text_code {
    ($name:ident) => {
        impl core::str::FromStr for $name {
            type Err = Malformed;
            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::parse(text)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(core::str::from_utf8(&self.0).unwrap_or("(not text)"))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = alloc::string::String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
text_code!(Lei);
text_code!(Isin);

fn is_code_character(character: &u8) -> bool {
    character.is_ascii_uppercase() || character.is_ascii_digit()
}

/// Value of a character: 0 to 9 for digits, 10 to 35 for letters; meaningless for anything else, which the callers refuse first.
fn code_value(character: u8) -> u32 {
    match character {
        b'0'..=b'9' => u32::from(character.saturating_sub(b'0')),
        _ => u32::from(character.saturating_sub(b'A')).saturating_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lei_should_be_read_when_its_check_digits_fit() {
        for lei in ["TNDM00NORDHAV0000059", "TNDM00ALPSTEIN000083", "TNDM00KESTREL0000003", "TNDM00GREYMARK000052"] {
            assert_eq!(Lei::parse(lei).map(|lei| alloc::format!("{lei}")), Ok(lei.into()));
        }
    }

    #[test]
    fn lei_should_be_refused_when_a_digit_is_changed_or_two_are_swapped() {
        assert_eq!(Lei::parse("TNDM00NORDHAV0000058"), Err(Malformed::CheckDigits));
        assert_eq!(Lei::parse("TNDM00NORDHVA0000059"), Err(Malformed::CheckDigits));
        assert_eq!(Lei::parse("TNDM00NORDHAV000005"), Err(Malformed::Length));
        assert_eq!(Lei::parse("TNDM00nORDHAV0000059"), Err(Malformed::Character));
        assert_eq!(Lei::parse("TNDM00NORDHAV00000A9"), Err(Malformed::Character));
    }

    #[test]
    fn isin_should_be_read_when_its_check_digit_fits() {
        // The first two are the examples that are printed with the standard's own description of the formula.
        for isin in ["US0378331005", "AU0000XVGZA3", "QZ0004710017", "QZ0A1GBT0342", "QZ000WRLD012", "QZ000WHLE011"] {
            assert_eq!(Isin::parse(isin).map(|isin| alloc::format!("{isin}")), Ok(isin.into()));
        }
    }

    #[test]
    fn isin_should_be_refused_when_a_digit_is_changed() {
        assert_eq!(Isin::parse("US0378331006"), Err(Malformed::CheckDigits));
        assert_eq!(Isin::parse("US037833100"), Err(Malformed::Length));
        assert_eq!(Isin::parse("U00378331005"), Err(Malformed::Character));
        assert_eq!(Isin::parse("US03783310O5"), Err(Malformed::CheckDigits));
        assert_eq!(Isin::parse("US037833100A"), Err(Malformed::Character));
    }
}
