//! Fuzzes [`tandem_fuzz::header_proof`]; nothing outside of `cargo fuzz`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(
    init: tandem_fuzz::seeds::write("header_proof"),
    |data: &[u8]| {
        drop(tandem_fuzz::header_proof(data));
    }
);

#[cfg(not(fuzzing))]
fn main() {}
