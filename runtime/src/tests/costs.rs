//! Test and writer of the table of calls in `docs/costs.md`: one line for every call that the filter admits, those of
//! the SDK's pallets included.
//!
//! `TANDEM_WRITE_COSTS=1 cargo test -p tandem-runtime --features runtime-benchmarks,try-runtime benchmark` writes it
//! anew.

use super::{calls::samples, world::execute};
use crate::{
    guard::table::{Row, ROWS},
    *,
};
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::GetCallMetadata,
};
use pallet_participants::{Access, CallClass};
use std::collections::BTreeMap;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/costs.md");
const BEGIN: &str = "<!-- table of calls: written by a test of the runtime -->";
const END: &str = "<!-- end of the table of calls -->";

/// Test helper: calls that the filter admits, with pallet, name and row.
fn admitted() -> Vec<(&'static str, &'static str, Row)> {
    ROWS.iter().filter(|(.., row)| !row.refused).copied().collect()
}

/// Test helper: declared weight of each call, in microseconds: for our pallets that of the heaviest arguments, for the
/// SDK's that of a sample.
fn declared() -> BTreeMap<(String, String), u64> {
    let mut declared = BTreeMap::new();
    for call in samples() {
        let name = call.get_call_metadata();
        let info = call.get_dispatch_info();
        let base = <Runtime as frame_system::Config>::BlockWeights::get().get(DispatchClass::Normal).base_extrinsic;
        let time = info.call_weight.saturating_add(base).ref_time() / 1_000_000;
        declared.insert((name.pallet_name.to_string(), name.function_name.to_string()), time);
    }
    for (pallet, calls) in super::weights::at_most() {
        for (call, weight) in calls {
            declared.insert((pallet.to_string(), call.to_string()), weight.ref_time() / 1_000_000);
        }
    }
    declared
}

fn payer(row: &Row) -> &'static str {
    match row.class {
        CallClass::Finishing => "own lane; if it fails, the quota",
        CallClass::Proof => "lane of proofs; if it fails, the quota",
        CallClass::Ordinary | CallClass::Issuing => "the quota",
        CallClass::Governing => "the reserve, a quarter of it for one account",
        CallClass::Chain => "nobody: no account sends it",
    }
}

fn state(row: &Row) -> &'static str {
    match (row.opened.instructions, row.opened.payments, row.opened.others) {
        (0, 0, 0) => "none that is counted",
        (_, 0, 0) => "an instruction",
        (0, _, 0) => "a payment ahead",
        _ => "one of the other kinds",
    }
}

fn senders(row: &Row) -> String {
    let status = match row.access {
        Access::Veto => "active, suspended, sanctioned",
        Access::Claim => "active, suspended, revoked",
        Access::Finish => "active, suspended",
        Access::Start | Access::Chain => "active",
    };
    match (row.class, row.role) {
        (CallClass::Chain, _) => "the chain".into(),
        (_, Some(role)) => format!("{status} {role:?}"),
        (CallClass::Governing, None) => format!("{status} Operator or Regulator"),
        (_, None) => status.into(),
    }
}

/// Writes the table into `docs/costs.md` with these measured times in nanoseconds, by pallet and benchmark, if
/// `TANDEM_WRITE_COSTS` is set.
pub fn write(times: &BTreeMap<(String, String), u128>) {
    if std::env::var_os("TANDEM_WRITE_COSTS").is_none() {
        return;
    }
    let declared = super::world::genesis(presets::DEVELOPMENT).execute_with(declared);
    let mut table = String::from(
        "| call | class | sender | declared µs | measured µs | paid from | state |\n|---|---|---|---|---|---|---|\n",
    );
    for (pallet, call, row) in admitted() {
        let weight = declared.get(&(pallet.into(), call.into())).copied().unwrap_or_default();
        // A benchmark is known by its crate.
        let crate_name = if pallet == "System" { "frame_system".into() } else { format!("pallet_{}", snake(pallet)) };
        let measured = match times.get(&(crate_name, call.into())) {
            Some(time) => format!("{}", time.div_ceil(1_000)),
            None => "not measured".into(),
        };
        table += &format!(
            "| `{pallet}.{call}` | {:?} | {} | {weight} | {measured} | {} | {} |\n",
            row.class,
            senders(&row),
            payer(&row),
            state(&row)
        );
    }
    let page = std::fs::read_to_string(FILE).expect("the page exists");
    let (before, rest) = page.split_once(BEGIN).expect("the table begins");
    let (_, after) = rest.split_once(END).expect("the table ends");
    std::fs::write(FILE, format!("{before}{BEGIN}\n\n{table}\n{END}{after}")).expect("the page can be written");
}

/// Test helper: name of a pallet in snake case, such as `tx_pause` for `TxPause`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[test]
fn the_page_should_list_every_call_that_is_admitted_as_the_table_has_it() {
    execute(|| {
        let page = std::fs::read_to_string(FILE).expect("the page exists");
        let table = page.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).expect("the table is there").0;
        // All but the two columns of times.
        let said = |line: &str| {
            let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
            [&cells[..3], &cells[5..]].concat().join(" | ")
        };
        let listed: Vec<String> = table.lines().filter_map(|line| line.strip_prefix("| `")).map(said).collect();
        let row_of = |(pallet, call, row): (&str, &str, Row)| {
            format!("{pallet}.{call}` | {:?} | {} | {} | {}", row.class, senders(&row), payer(&row), state(&row))
        };
        let expected: Vec<String> = admitted().into_iter().map(row_of).collect();
        assert_eq!(listed, expected, "write the table anew");
    });
}
