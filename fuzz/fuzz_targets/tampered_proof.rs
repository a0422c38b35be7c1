//! Fuzzes [`tandem_fuzz::tampered_proof`]; nothing outside of `cargo fuzz`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(
    init: tandem_fuzz::seeds::write("tampered_proof"),
    |data: &[u8]| {
        drop(tandem_fuzz::tampered_proof(data));
    }
);

#[cfg(not(fuzzing))]
fn main() {}
