//! What became of a file: by trade, by status, and whether everything is where it was.

use super::{journal::Journal, side::Side};
use crate::{
    chain::holdings::Holding,
    files::{
        expect::{is_met, Ended, Status},
        trades::Trade,
    },
    output::table,
};
use serde_json::{json, Value};
use tandem_primitives::{Lots, Moment};

/// Trade of the report.
#[derive(Clone, Debug)]
pub struct Row {
    /// Common reference of the trade.
    pub trade: String,
    /// End of the trade.
    pub ended: Ended,
    /// Id of the instruction.
    pub id: Option<String>,
    /// Lines whose expected end it did not have, with that end.
    pub unmet: Vec<(u64, String)>,
    /// Number of lots that settled.
    pub lots: Lots,
    /// Lots that the deciding network has executed, if there are two and it is known.
    pub executed: Option<Lots>,
    /// True if that is not known, because nothing is left that says so.
    pub unheard: bool,
    /// Time until all of that was final, in milliseconds.
    pub took: Option<Moment>,
    /// Instant at which an earlier run ended it, if one did.
    pub earlier: Option<String>,
}

impl Row {
    /// End of the trade in words, with the earlier run that ended it, if one did.
    fn outcome(&self) -> String {
        match &self.earlier {
            Some(at) => format!("{} by an earlier run, at {at}", self.ended.text),
            None => self.ended.text.clone(),
        }
    }

    fn is_as_expected(&self) -> bool {
        self.unmet.is_empty() && self.networks_agree()
    }

    /// True if exactly the lots that one network has executed are those that the other has delivered.
    fn networks_agree(&self) -> bool {
        !self.unheard && self.executed.is_none_or(|executed| executed == self.lots)
    }

    /// Sentences for everything that is not as it should be.
    fn complaints(&self) -> Vec<String> {
        let mut complaints: Vec<String> =
            self.unmet.iter().map(|(line, expected)| format!("line {line} expects {expected}")).collect();
        if self.unheard {
            complaints.push(format!(
                "{} lots are delivered, and what the deciding network executed cannot be read any more",
                self.lots
            ));
        } else if !self.networks_agree() {
            let executed = self.executed.unwrap_or_default();
            complaints.push(format!("{executed} lots are executed on the one network and {} on the other", self.lots));
        }
        complaints
    }
}

/// Everything that is reported.
pub struct Report {
    rows: Vec<Row>,
    sides: Vec<Side>,
}

impl Report {
    /// From the ends that the journal has.
    pub fn of(trades: &[Trade], journal: &Journal, sides: Vec<Side>) -> Self {
        let rows = trades.iter().filter_map(|trade| {
            let end = journal.entry(&trade.name)?.ended.clone()?;
            let expected = trade.lines.iter().map(|line| (line.number, line.expected()));
            let unmet = expected.filter(|(_, expected)| !is_met(expected, &end.ended));
            Some(Row {
                trade: trade.name.clone(),
                unmet: unmet.map(|(line, expected)| (line, expected.to_owned())).collect(),
                ended: end.ended,
                id: end.id,
                lots: end.lots,
                executed: end.executed,
                unheard: end.unheard,
                took: end.took,
                earlier: journal.ended_earlier(&trade.name),
            })
        });
        Self { rows: rows.collect(), sides }
    }

    /// True if every trade has ended as its lines expect; a line that names no end expects `settled`. Across two networks also
    /// whether they agree, and everything of these trades has come out of escrow. The supply of an asset is its issuer's: it
    /// is shown, and decides nothing.
    pub fn as_expected(&self) -> bool {
        let is_out = !self.is_across() || self.sides.iter().all(|side| side.sum(|holding| holding.escrow) == 0);
        is_out && self.rows.iter().all(Row::is_as_expected)
    }

    fn is_across(&self) -> bool {
        self.sides.len() > 1
    }

    fn count(&self, status: Status) -> usize {
        self.rows.iter().filter(|row| row.ended.status == status).count()
    }

    /// `total=N settled=N ... escrow=0 claimable=0 supply=unchanged`; across two networks
    /// `settled=N partially_settled=N returned=N asset_escrow=0 payment_escrow=0 supply=unchanged`.
    pub fn summary(&self) -> String {
        let supply = if self.sides.iter().any(Side::supply_changed) { "changed" } else { "unchanged" };
        let sum = |of: fn(&Holding) -> u128| self.sides.iter().map(|side| side.sum(of)).fold(0, u128::saturating_add);
        if self.is_across() {
            let returned = self.rows.iter().filter(|row| row.lots == 0).count();
            let escrows = self
                .sides
                .iter()
                .map(|side| format!("{}_escrow={}", side.name.unwrap_or_default(), side.sum(|holding| holding.escrow)));
            return format!(
                "settled={} partially_settled={} returned={returned} {} supply={supply}",
                self.count(Status::Settled),
                self.count(Status::PartiallySettled),
                escrows.collect::<Vec<_>>().join(" "),
            );
        }
        let counts: Vec<String> =
            Status::ALL.iter().map(|status| format!("{}={}", status.word(), self.count(*status))).collect();
        format!(
            "total={} {} escrow={} claimable={} supply={supply}",
            self.rows.len(),
            counts.join(" "),
            sum(|holding| holding.escrow),
            sum(|holding| holding.claimable),
        )
    }

    /// For people. On one network, trades that have simply settled in this run are only counted.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        let is_worth_a_line =
            |row: &&Row| row.ended.status != Status::Settled || !row.is_as_expected() || row.earlier.is_some();
        if self.is_across() {
            let rows = self.rows.iter().map(|row| {
                let seconds =
                    row.took.map_or_else(String::new, |took| format!("{}.{}", took / 1_000, took % 1_000 / 100));
                let lots = row.lots.to_string();
                vec![row.trade.clone(), row.outcome(), lots, seconds, row.complaints().join(", ")]
            });
            parts.push(table(&["trade", "outcome", ">lots", ">seconds", "not as expected"], rows));
        } else if self.rows.iter().any(|row| is_worth_a_line(&row)) {
            let rows = self.rows.iter().filter(is_worth_a_line);
            let rows = rows.map(|row| vec![row.trade.clone(), row.outcome(), row.complaints().join(", ")]);
            parts.push(table(&["trade", "outcome", "not as expected"], rows));
        }
        parts.extend(self.sides.iter().map(Side::text));
        let statuses = Status::ALL.iter().filter(|status| self.count(**status) > 0);
        parts.push(table(
            &["status", ">trades", ">not as expected"],
            statuses.map(|status| {
                let unmet = self.rows.iter().filter(|row| row.ended.status == *status && !row.is_as_expected()).count();
                vec![status.word().to_owned(), self.count(*status).to_string(), unmet.to_string()]
            }),
        ));
        parts.push(self.summary());
        parts.join("\n")
    }

    /// Report for programs, as JSON.
    pub fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let unmet: Vec<Value> =
                    row.unmet.iter().map(|(line, expected)| json!({ "line": line, "expect": expected })).collect();
                json!({
                    "trade": row.trade, "status": row.ended.status, "outcome": row.ended.text,
                    "id": row.id.as_ref().map(|id| format!("0x{id}")), "not_as_expected": unmet, "lots": row.lots,
                    "executed": row.executed, "complaints": row.complaints(), "milliseconds": row.took,
                    "earlier_run": row.earlier,
                })
            })
            .collect();
        let reconciliation: Value = if self.is_across() {
            let sides = self.sides.iter().map(|side| (side.name.unwrap_or_default().to_owned(), side.json().into()));
            Value::Object(sides.collect())
        } else {
            self.sides.iter().flat_map(Side::json).collect()
        };
        let by_status: serde_json::Map<String, Value> =
            Status::ALL.iter().map(|status| (status.word().to_owned(), self.count(*status).into())).collect();
        json!({
            "trades": rows, "by_status": by_status, "reconciliation": reconciliation, "summary": self.summary(),
            "as_expected": self.as_expected(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_primitives::AssetId;

    fn row(status: Status, text: &str, unmet: &[(u64, &str)]) -> Row {
        Row {
            trade: format!("T-{text}"),
            ended: Ended { status, text: text.into() },
            id: None,
            unmet: unmet.iter().map(|(line, text)| (*line, (*text).to_owned())).collect(),
            lots: u32::from(matches!(status, Status::Settled | Status::PartiallySettled)),
            executed: None,
            unheard: false,
            took: Some(12_340),
            earlier: None,
        }
    }

    fn holding(supply: u128, escrow: u128) -> Holding {
        Holding { id: AssetId::WithId(1), code: "EUR".into(), decimals: 2, supply, escrow, claimable: 0 }
    }

    fn report(after: Holding) -> Report {
        let rows = vec![
            row(Status::Settled, "settled", &[]),
            row(Status::Settled, "settled", &[]),
            row(Status::PartiallySettled, "partial:600:6000.00", &[(4, "settled")]),
            row(Status::Refused, "refused:X is suspended", &[]),
        ];
        Report { rows, sides: vec![Side { name: None, before: vec![holding(500, 0)], after: vec![after] }] }
    }

    /// Both networks end with these in escrow, and the deciding one has executed so many lots of each trade.
    fn across(escrows: [u128; 2], executed: [Lots; 4]) -> Report {
        let mut report = report(holding(500, 0));
        for (row, executed) in report.rows.iter_mut().zip(executed) {
            row.executed = Some(executed);
            row.unmet.clear();
        }
        let sides = [Some("asset"), Some("payment")].into_iter().zip(escrows);
        let before = || vec![holding(500, 0)];
        report.sides =
            sides.map(|(name, escrow)| Side { name, before: before(), after: vec![holding(500, escrow)] }).collect();
        report
    }

    #[test]
    fn summary_across_should_name_both_escrows_and_what_returned() {
        let report = across([0, 0], [1, 1, 1, 0]);
        assert!(report.as_expected());
        assert_eq!(
            report.summary(),
            "settled=2 partially_settled=1 returned=1 asset_escrow=0 payment_escrow=0 supply=unchanged"
        );
        assert_eq!(report.text().lines().last(), Some(report.summary().as_str()));
        assert!(report.text().contains("12.3"), "{}", report.text());
    }

    #[test]
    fn as_expected_should_fail_across_when_networks_differ_or_escrow_has_something() {
        let differs = across([0, 0], [1, 0, 1, 0]);
        assert!(!differs.as_expected());
        assert!(differs.text().contains("0 lots are executed on the one network and 1 on the other"));
        let mut unheard = across([0, 0], [1, 1, 1, 0]);
        if let Some(row) = unheard.rows.first_mut() {
            (row.executed, row.unheard) = (None, true);
        }
        assert!(!unheard.as_expected());
        assert!(unheard.json()["trades"][0]["complaints"][0].as_str().unwrap().starts_with("1 lots are delivered"));
        assert!(unheard.text().contains("1 lots are delivered, and what the deciding network executed cannot be read"));
        let left = across([0, 3], [1, 1, 1, 0]);
        assert!(!left.as_expected() && left.summary().contains("payment_escrow=3"));
    }

    #[test]
    fn cli_c7_an_issuer_that_mints_should_change_no_exit_code() {
        let mut report = across([0, 0], [1, 1, 1, 0]);
        for side in &mut report.sides {
            side.after = vec![holding(700, 0)];
        }
        assert!(report.as_expected());
        assert!(report.summary().ends_with("supply=changed"), "{}", report.summary());
    }

    #[test]
    fn cli_c9_a_row_that_an_earlier_run_ended_should_say_so() {
        let mut report = report(holding(500, 0));
        report.rows[0].earlier = Some("2026-03-02T16:00:00.000Z".into());
        let text = report.text();
        let marked: Vec<&str> = text.lines().filter(|line| line.contains("by an earlier run, at 2026-03-02")).collect();
        assert_eq!(marked.len(), 1, "{text}");
        assert_eq!(report.json()["trades"][0]["earlier_run"], "2026-03-02T16:00:00.000Z");
        assert!(report.json()["trades"][1]["earlier_run"].is_null());
        report.rows[1].earlier = Some("later".into());
        assert_eq!(report.summary(), self::report(holding(500, 0)).summary());
    }

    #[test]
    fn cli_c4_an_empty_expectation_should_mean_settled() {
        use crate::settle::journal::{End, Identity};
        use polkadot_sdk::sp_core::H256;
        let trade = crate::files::trades::across::tests::row(|row| row).unwrap();
        assert_eq!((&trade.lines[0].expect, trade.lines[0].number), (&None, 2));
        let directory = tempfile::tempdir().unwrap();
        let chain = Identity::of(H256([1; 32]), H256([2; 32]));
        let mut journal = Journal::open(&directory.path().join("t.json"), chain, false).unwrap();
        journal.begin(&trade, 123, Vec::new());
        let mut report = |status, text: &str| {
            let ended = Ended { status, text: text.to_owned() };
            let end = End { ended, id: None, lots: 0, executed: None, unheard: false, took: None, at: 5 };
            journal.end(&trade.name, end);
            Report::of(std::slice::from_ref(&trade), &journal, Vec::new())
        };
        assert!(report(Status::Settled, "settled").as_expected());
        for (status, text) in [
            (Status::PartiallySettled, "partial:600:6000.00"),
            (Status::Rejected, "rejected"),
            (Status::Cancelled, "cancelled"),
            (Status::Expired, "expired:unmatched"),
            (Status::Reversed, "reversed"),
            (Status::Refused, "refused:QUARRY is suspended"),
        ] {
            let report = report(status, text);
            assert!(!report.as_expected(), "{text}");
            assert!(report.text().contains("line 2 expects settled"), "{}", report.text());
            assert_eq!(report.json()["trades"][0]["not_as_expected"][0]["expect"], "settled");
        }
    }

    #[test]
    fn summary_should_add_up() {
        assert_eq!(
            report(holding(500, 0)).summary(),
            "total=4 settled=2 partially_settled=1 rejected=0 cancelled=0 expired=0 reversed=0 refused=1 escrow=0 \
             claimable=0 supply=unchanged"
        );
        assert!(report(holding(501, 7)).summary().ends_with("escrow=7 claimable=0 supply=changed"));
        // An asset of the same code is another one.
        let mut two = report(holding(500, 0));
        for side in &mut two.sides {
            for assets in [&mut side.before, &mut side.after] {
                assets.insert(0, Holding { id: AssetId::WithId(9), supply: 7, ..holding(500, 0) });
            }
            side.after.reverse();
        }
        assert!(two.summary().ends_with("supply=unchanged"), "{}", two.summary());
    }

    #[test]
    fn text_should_end_with_the_summary_and_name_what_is_unexpected() {
        let report = report(holding(500, 0));
        let text = report.text();
        assert!(!report.as_expected());
        assert_eq!(text.lines().last(), Some(report.summary().as_str()));
        assert!(text.contains("line 4 expects settled") && text.contains("X is suspended"), "{text}");
    }
}
