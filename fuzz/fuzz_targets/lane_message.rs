//! Fuzzes [`tandem_fuzz::lane_message`]; nothing outside of `cargo fuzz`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(
    init: tandem_fuzz::seeds::write("lane_message"),
    |data: &[u8]| {
        drop(tandem_fuzz::lane_message(data));
    }
);

#[cfg(not(fuzzing))]
fn main() {}
