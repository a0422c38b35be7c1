//! What became of a file: by trade, by status, and whether everything is where it was.

use super::journal::Journal;
use crate::{
    chain::holdings::Holding,
    files::{
        amounts,
        expect::{is_met, Ended, Status},
        trades::Trade,
    },
    output::table,
};
use serde_json::{json, Value};

/// One trade.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its common reference.
    pub trade: String,
    /// How it ended.
    pub ended: Ended,
    /// The instruction.
    pub id: Option<String>,
    /// What its lines expect and did not get.
    pub unmet: Vec<(u64, String)>,
}

/// Everything that is reported.
pub struct Report {
    rows: Vec<Row>,
    before: Vec<Holding>,
    after: Vec<Holding>,
}

impl Report {
    /// From the ends that the journal has.
    pub fn of(trades: &[Trade], journal: &Journal, before: Vec<Holding>, after: Vec<Holding>) -> Self {
        let rows = trades.iter().filter_map(|trade| {
            let end = journal.entry(&trade.name)?.ended.clone()?;
            let unmet = trade.lines.iter().filter_map(|line| {
                let expected = line.expect.as_ref().filter(|expected| !is_met(expected, &end.ended))?;
                Some((line.number, expected.clone()))
            });
            Some(Row { trade: trade.name.clone(), unmet: unmet.collect(), ended: end.ended, id: end.id })
        });
        Self { rows: rows.collect(), before, after }
    }

    /// Whether every line that expects something got it.
    pub fn as_expected(&self) -> bool {
        self.rows.iter().all(|row| row.unmet.is_empty())
    }

    fn count(&self, status: Status) -> usize {
        self.rows.iter().filter(|row| row.ended.status == status).count()
    }

    /// `total=N settled=N ... escrow=0 claimable=0 supply=unchanged`.
    pub fn summary(&self) -> String {
        let counts: Vec<String> =
            Status::ALL.iter().map(|status| format!("{}={}", status.word(), self.count(*status))).collect();
        let sum = |of: fn(&Holding) -> u128| self.after.iter().map(of).fold(0u128, u128::saturating_add);
        format!(
            "total={} {} escrow={} claimable={} supply={}",
            self.rows.len(),
            counts.join(" "),
            sum(|holding| holding.escrow),
            sum(|holding| holding.claimable),
            if self.supply_changed() { "changed" } else { "unchanged" }
        )
    }

    fn supply_changed(&self) -> bool {
        self.before.iter().any(|before| {
            let after = self.after.iter().find(|after| after.code == before.code);
            after.map(|after| after.supply) != Some(before.supply)
        })
    }

    /// For people. Trades that simply settled are only counted.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        let worth_a_line: Vec<&Row> =
            self.rows.iter().filter(|row| row.ended.status != Status::Settled || !row.unmet.is_empty()).collect();
        if !worth_a_line.is_empty() {
            let rows = worth_a_line.iter().map(|row| {
                let unmet: Vec<String> =
                    row.unmet.iter().map(|(line, expected)| format!("line {line} expects {expected}")).collect();
                vec![row.trade.clone(), row.ended.text.clone(), unmet.join(", ")]
            });
            parts.push(table(&["trade", "outcome", "not as expected"], rows));
        }
        let used = |holding: &&Holding| holding.supply > 0 || holding.escrow > 0 || holding.claimable > 0;
        let reconciliation = self.before.iter().filter(used).map(|before| {
            let after = self.after.iter().find(|after| after.code == before.code);
            let shown = |of: fn(&Holding) -> u128| {
                [Some(before), after].map(|holding| {
                    holding.map_or_else(|| "gone".to_owned(), |holding| amounts::format(of(holding), holding.decimals))
                })
            };
            let ([escrow, escrow_after], [supply, supply_after]) = (shown(|h| h.escrow), shown(|h| h.supply));
            vec![before.code.clone(), escrow, escrow_after, supply, supply_after]
        });
        parts.push(table(
            &["asset", ">escrow before", ">escrow after", ">supply before", ">supply after"],
            reconciliation,
        ));
        let statuses = Status::ALL.iter().filter(|status| self.count(**status) > 0);
        parts.push(table(
            &["status", ">trades", ">not as expected"],
            statuses.map(|status| {
                let unmet = self.rows.iter().filter(|row| row.ended.status == *status && !row.unmet.is_empty()).count();
                vec![status.word().to_owned(), self.count(*status).to_string(), unmet.to_string()]
            }),
        ));
        parts.push(self.summary());
        parts.join("\n")
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let unmet: Vec<Value> =
                    row.unmet.iter().map(|(line, expected)| json!({ "line": line, "expect": expected })).collect();
                json!({
                    "trade": row.trade, "status": row.ended.status, "outcome": row.ended.text,
                    "id": row.id.as_ref().map(|id| format!("0x{id}")), "not_as_expected": unmet,
                })
            })
            .collect();
        let reconciliation: Vec<Value> = self
            .before
            .iter()
            .map(|before| {
                let after = self.after.iter().find(|after| after.code == before.code);
                let shown = |holding: &Holding| {
                    json!({
                        "escrow": amounts::format(holding.escrow, holding.decimals),
                        "claimable": amounts::format(holding.claimable, holding.decimals),
                        "supply": amounts::format(holding.supply, holding.decimals),
                    })
                };
                json!({ "asset": before.code, "before": shown(before), "after": after.map(shown) })
            })
            .collect();
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

    fn row(status: Status, text: &str, unmet: &[(u64, &str)]) -> Row {
        Row {
            trade: format!("T-{text}"),
            ended: Ended { status, text: text.into() },
            id: None,
            unmet: unmet.iter().map(|(line, text)| (*line, (*text).to_owned())).collect(),
        }
    }

    fn holding(supply: u128, escrow: u128) -> Holding {
        Holding { code: "EUR".into(), decimals: 2, supply, escrow, claimable: 0 }
    }

    fn report(after: Holding) -> Report {
        let rows = vec![
            row(Status::Settled, "settled", &[]),
            row(Status::Settled, "settled", &[]),
            row(Status::PartiallySettled, "partial:600:6000.00", &[(4, "settled")]),
            row(Status::Refused, "refused:X is suspended", &[]),
        ];
        Report { rows, before: vec![holding(500, 0)], after: vec![after] }
    }

    #[test]
    fn summary_should_add_up() {
        assert_eq!(
            report(holding(500, 0)).summary(),
            "total=4 settled=2 partially_settled=1 rejected=0 cancelled=0 expired=0 reversed=0 refused=1 escrow=0 \
             claimable=0 supply=unchanged"
        );
        assert!(report(holding(501, 7)).summary().ends_with("escrow=7 claimable=0 supply=changed"));
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
