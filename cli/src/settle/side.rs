//! Reconciliation of one network: what escrow holds for a file, and how much there is of each asset.

use crate::{chain::holdings::Holding, files::amounts, output::table};
use serde_json::{json, Value};

/// Assets of the file on a network, before and after, with what escrow holds for the file's own trades.
pub struct Side {
    /// Name of the network, if there are two.
    pub name: Option<&'static str>,
    /// Holdings before the run.
    pub before: Vec<Holding>,
    /// Holdings after the run.
    pub after: Vec<Holding>,
}

impl Side {
    /// A network of this name, if there are two. An asset that was not used before begins with nothing in escrow.
    pub fn of(name: Option<&'static str>, before: Vec<Holding>, after: Vec<Holding>) -> Self {
        let is_new = |after: &&Holding| before.iter().all(|before| before.id != after.id);
        let new = after.iter().filter(is_new).map(|after| Holding { escrow: 0, claimable: 0, ..after.clone() });
        let before = before.iter().cloned().chain(new).collect();
        Self { name, before, after }
    }

    /// True if there is more or less of one of them than before.
    pub(super) fn supply_changed(&self) -> bool {
        self.before.iter().any(|before| {
            let after = self.after.iter().find(|after| after.id == before.id);
            after.map(|after| after.supply) != Some(before.supply)
        })
    }

    /// Sum over all of them, after the run.
    pub(super) fn sum(&self, of: fn(&Holding) -> u128) -> u128 {
        self.after.iter().map(of).fold(0u128, u128::saturating_add)
    }

    /// Table for people.
    pub(super) fn text(&self) -> String {
        let used = |holding: &&Holding| holding.supply > 0 || holding.escrow > 0 || holding.claimable > 0;
        let reconciliation = self.before.iter().filter(used).map(|before| {
            let after = self.after.iter().find(|after| after.id == before.id);
            let shown = |of: fn(&Holding) -> u128| {
                [Some(before), after].map(|holding| {
                    holding.map_or_else(|| "gone".to_owned(), |holding| amounts::format(of(holding), holding.decimals))
                })
            };
            let ([escrow, escrow_after], [supply, supply_after]) = (shown(|h| h.escrow), shown(|h| h.supply));
            vec![before.code.clone(), escrow, escrow_after, supply, supply_after]
        });
        let title = self.name.map_or_else(|| "asset".to_owned(), |name| format!("{name} network"));
        table(&[&title, ">escrow before", ">escrow after", ">supply before", ">supply after"], reconciliation)
    }

    /// Rows for programs.
    pub(super) fn json(&self) -> Vec<Value> {
        let reconciliation = self.before.iter().map(|before| {
            let after = self.after.iter().find(|after| after.id == before.id);
            let shown = |holding: &Holding| {
                json!({
                    "escrow": amounts::format(holding.escrow, holding.decimals),
                    "claimable": amounts::format(holding.claimable, holding.decimals),
                    "supply": amounts::format(holding.supply, holding.decimals),
                })
            };
            json!({ "asset": before.code, "before": shown(before), "after": after.map(shown) })
        });
        reconciliation.collect()
    }
}
