//! What moves in one line, and in which parts.

use super::{
    reader::{Cells, Reader},
    Across, Execution, Movement, View,
};
use crate::files::{
    amounts::{self, AmountFault},
    participants::{Asset, Book},
};
use tandem_primitives::{cumulative, AssetKind, Balance, Isin, LegIndex, Lots, NetworkIndex, Policy, MAX_LEGS};

impl Reader<'_> {
    pub(super) fn movements(
        &mut self,
        cells: &Cells,
        lots: Lots,
        across: Option<&Across>,
    ) -> Option<(Vec<Movement>, Option<Movement>)> {
        let only = NetworkIndex(0);
        let delivered_in = self.books.of(across.map_or(only, |across| across.delivery_on));
        let paid_in = self.books.of(across.map_or(only, Across::payment_on));
        // Which kinds of asset stand on the two sides of each type of trade.
        let (delivered, paid) = match cells.get("type") {
            "DVP" => (AssetKind::Security, Some(AssetKind::Cash)),
            "FOP" => (AssetKind::Security, None),
            "PVP" => (AssetKind::Cash, Some(AssetKind::Cash)),
            "DVD" => (AssetKind::Security, Some(AssetKind::Security)),
            other => {
                self.fault(cells, "type", format!("there is no type {other:?}"), "use DVP, FOP, PVP or DVD");
                return None;
            }
        };
        if across.is_some() && paid.is_none() {
            self.fault(cells, "type", "nothing of it is on the other network", "use DVP, PVP or DVD");
            return None;
        }
        let quantity = cells.get("quantity");
        if amounts::is_scientific(quantity) {
            // Its sign is no plus that joins a basket.
            let (code, fault) = (cells.get("asset"), AmountFault::NotANumber);
            self.fault(cells, "quantity", format!("{quantity:?} of {code} {fault}"), fault.cure());
            return None;
        }
        let codes: Vec<&str> = cells.get("asset").split('+').collect();
        let quantities: Vec<&str> = cells.get("quantity").split('+').collect();
        if codes.len() != quantities.len() {
            self.fault(
                cells,
                "quantity",
                format!("there are {} quantities for {} assets", quantities.len(), codes.len()),
                "write one for each asset, joined with + in the same order",
            );
            return None;
        }
        if codes.len() >= MAX_LEGS as usize {
            self.fault(cells, "asset", format!("{} assets are too many", codes.len()), "write at most 15");
            return None;
        }
        let pairs = codes.into_iter().zip(quantities);
        let deliveries: Vec<Option<Movement>> = pairs
            .map(|(code, amount)| {
                self.movement(cells, delivered_in, ("asset", code), ("quantity", amount), delivered, lots)
            })
            .collect();
        let payment = match paid {
            Some(kind) => Some(self.movement(
                cells,
                paid_in,
                ("currency", cells.get("currency")),
                ("amount", cells.get("amount")),
                kind,
                lots,
            )),
            None => {
                for column in ["currency", "amount"] {
                    if !cells.get(column).is_empty() {
                        self.fault(
                            cells,
                            column,
                            "free of payment has none",
                            "leave it empty, or write DVP as the type",
                        );
                    }
                }
                None
            }
        };
        let deliveries = deliveries.into_iter().collect::<Option<Vec<_>>>()?;
        match payment {
            None => Some((deliveries, None)),
            Some(payment) => payment.map(|payment| (deliveries, Some(payment))),
        }
    }

    pub(super) fn movement(
        &mut self,
        cells: &Cells,
        book: &Book,
        (asset_column, code): (&str, &str),
        (amount_column, text): (&str, &str),
        kind: AssetKind,
        lots: Lots,
    ) -> Option<Movement> {
        let asset = self.asset(cells, book, asset_column, code, kind)?;
        let amount = match amounts::parse(text, asset.decimals) {
            Ok(amount) => amount,
            Err(fault) => {
                self.fault(cells, amount_column, format!("{text:?} of {code} {fault}"), fault.cure());
                return None;
            }
        };
        if amount == 0 {
            self.fault(cells, amount_column, format!("nothing of {code} would move"), "write more than zero");
            return None;
        }
        let unit = Balance::from(lots).checked_mul(asset.settlement_unit);
        if kind == AssetKind::Security && unit.is_none_or(|unit| amount % unit != 0) {
            let one = amounts::format(asset.settlement_unit, asset.decimals);
            self.fault(
                cells,
                amount_column,
                format!("{text} of {code} is not a multiple of {lots} lots of its settlement unit {one}"),
                "use fewer lots or another quantity",
            );
            return None;
        }
        if amount < Balance::from(lots) {
            self.fault(
                cells,
                amount_column,
                format!("{text} of {code} is less than one smallest unit for each of {lots} lots"),
                "use fewer lots",
            );
            return None;
        }
        Some(Movement { asset: code.to_owned(), amount })
    }

    pub(super) fn asset(
        &mut self,
        cells: &Cells,
        book: &Book,
        column: &str,
        code: &str,
        kind: AssetKind,
    ) -> Option<Asset> {
        let found = book.asset(code).cloned();
        let file = &book.file;
        match (&found, kind) {
            (Some(asset), kind) if asset.kind == kind => return found,
            (Some(_), AssetKind::Security) => {
                self.fault(cells, column, format!("{code} is a currency"), "name a security, or write PVP as the type");
            }
            (Some(_), AssetKind::Cash) => {
                self.fault(cells, column, format!("{code} is a security"), "name a currency, or write DVD as the type");
            }
            (None, AssetKind::Security) => match Isin::parse(code) {
                Ok(_) => {
                    self.fault(cells, column, format!("{file} has no security {code}"), "add it, or correct the ISIN")
                }
                Err(fault) => self.fault(cells, column, format!("ISIN {code:?} {fault}"), "correct the ISIN"),
            },
            (None, AssetKind::Cash) => {
                self.fault(cells, column, format!("{file} has no currency {code:?}"), "add it, or correct the code");
            }
        }
        None
    }

    /// Refuses a policy that does not exist, also in a line that is wrong elsewhere.
    pub(super) fn partial(&mut self, cells: &Cells) {
        let partial = cells.or("partial", "NPAR");
        if !["NPAR", "PART", "PARQ", "PARC"].contains(&partial) {
            self.fault(cells, "partial", format!("there is no policy {partial:?}"), "use NPAR, PART, PARQ or PARC");
        }
    }

    pub(super) fn policy(&mut self, cells: &Cells, view: &View) -> Policy {
        let minimum = cells.get("minimum");
        let partial = cells.or("partial", "NPAR");
        let policy = match partial {
            "NPAR" | "PART" => {
                if !minimum.is_empty() {
                    self.fault(
                        cells,
                        "minimum",
                        format!("{partial} has no minimum"),
                        "leave it empty, or use PARQ or PARC",
                    );
                }
                if partial == "PART" {
                    Policy::Part
                } else {
                    Policy::Npar
                }
            }
            "PARQ" => match view.deliveries.first() {
                Some(first) => {
                    let book = self.books.of(view.across.as_ref().map_or(NetworkIndex(0), |across| across.delivery_on));
                    let least = self.minimum(cells, first, book);
                    // Quantities in lots: the fewest lots that move at least the minimum.
                    let enough = |k: &Lots| cumulative(first.amount, *k, view.lots).is_some_and(|moved| moved >= least);
                    Policy::Parq { min_lots: fewest(view.lots, enough) }
                }
                None => Policy::Npar,
            },
            "PARC" => match &view.payment {
                Some(payment) => {
                    let leg = LegIndex(u8::try_from(view.deliveries.len()).unwrap_or(u8::MAX));
                    let book = self.books.of(view.across.as_ref().map_or(NetworkIndex(0), Across::payment_on));
                    Policy::Parc { leg, min_amount: self.minimum(cells, payment, book) }
                }
                None => {
                    self.fault(cells, "partial", "free of payment has no cash minimum", "use NPAR, PART or PARQ");
                    Policy::Npar
                }
            },
            // Named already.
            _ => Policy::Npar,
        };
        // A revealed secret moves everything or nothing.
        if view.execution == Execution::Hashlock {
            Policy::Npar
        } else {
            policy
        }
    }

    pub(super) fn minimum(&mut self, cells: &Cells, of: &Movement, book: &Book) -> Balance {
        let decimals = book.asset(&of.asset).map_or(0, |asset| asset.decimals);
        let text = cells.get("minimum");
        match amounts::parse(text, decimals) {
            Ok(least) if least > 0 && least <= of.amount => return least,
            Ok(_) => {
                let whole = amounts::format(of.amount, decimals);
                self.fault(
                    cells,
                    "minimum",
                    format!("the minimum {text} is zero or above the whole"),
                    format!("write at most {whole}"),
                );
            }
            Err(fault) => self.fault(cells, "minimum", format!("the minimum {text:?} {fault}"), fault.cure()),
        }
        of.amount
    }
}

/// The smallest k from 1 to `upto` for which `enough`, which stays true once it is.
fn fewest(upto: Lots, enough: impl Fn(&Lots) -> bool) -> Lots {
    let (mut low, mut high) = (1, upto);
    while low < high {
        let middle = low + (high - low) / 2;
        if enough(&middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}
