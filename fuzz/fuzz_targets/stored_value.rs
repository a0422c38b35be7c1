//! Fuzzes [`tandem_fuzz::stored_value`]; nothing outside of `cargo fuzz`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(
    init: tandem_fuzz::seeds::write("stored_value"),
    |data: &[u8]| {
        drop(tandem_fuzz::stored_value(data));
    }
);

#[cfg(not(fuzzing))]
fn main() {}
