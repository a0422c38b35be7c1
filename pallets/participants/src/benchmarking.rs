//! What the calls cost at most.

use tandem_primitives::{Isin, Lei};

/// An LEI with right check digits, another for each number.
pub fn lei(number: u32) -> Lei {
    let body = alloc::format!("TNDM00B{number:011}");
    (0..97)
        .find_map(|digits| Lei::parse(&alloc::format!("{body}{digits:02}")).ok())
        .expect("one of 97 remainders fits; qed")
}

/// An ISIN with a right check digit, another for each number below 10^9.
pub fn isin(number: u32) -> Isin {
    let body = alloc::format!("QZ{:09}", number % 1_000_000_000);
    (0..10).find_map(|digit| Isin::parse(&alloc::format!("{body}{digit}")).ok()).expect("one of ten digits fits; qed")
}
