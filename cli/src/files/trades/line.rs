//! One line: who, when and how.

use super::{
    reader::{Cells, Reader},
    End, Execution, Line, Model, Side, View,
};
use crate::files::{
    amounts::parse_count,
    dates::{Day, Limit},
    expect,
    participants::{Book, Participant},
};
use tandem_primitives::{terms::is_reference, Lots, NetworkIndex, OnIncomplete, Role};

impl Reader<'_> {
    pub(super) fn line(&mut self, cells: &Cells) -> Option<Line> {
        let before = self.faults.len();
        for column in ["ref", "trade"] {
            if !is_reference(cells.get(column).as_bytes()) {
                self.fault(
                    cells,
                    column,
                    format!("{:?} is no reference", cells.get(column)),
                    "write 1 to 35 letters, digits, spaces or /-?:().,'+, no / at an end and no two together",
                );
            }
        }
        let side = match cells.get("side") {
            "BOTH" => Some(Side::Both),
            "DELI" => Some(Side::Deli),
            "RECE" => Some(Side::Rece),
            other => {
                self.fault(cells, "side", format!("there is no side {other:?}"), "use BOTH, DELI or RECE");
                None
            }
        };
        let view = self.view(cells);
        self.partial(cells);
        let policy = view.as_ref().map(|view| self.policy(cells, view));
        let reserve = match cells.or("reserve", "NOW") {
            "NOW" => true,
            "HOLD" => false,
            other => {
                self.fault(cells, "reserve", format!("there is no way {other:?} to reserve"), "use NOW or HOLD");
                false
            }
        };
        let priority = parse_count(cells.or("priority", "0")).unwrap_or_else(|| {
            self.fault(cells, "priority", format!("{:?} is no priority", cells.get("priority")), "write 0 to 255");
            0
        });
        let expect = Some(cells.get("expect")).filter(|text| !text.is_empty()).map(str::to_owned);
        if let Some(text) = expect.as_ref().filter(|text| !expect::is_valid(text)) {
            self.fault(
                cells,
                "expect",
                format!("{text:?} is no outcome"),
                "use settled, partial:QUANTITY:AMOUNT, expired, expired:unmatched, unmatched:CODES, rejected:TEXT, \
                 cancelled, reversed or refused:TEXT",
            );
        }
        if let Some((old, now)) = expect.as_deref().and_then(expect::renamed_code) {
            self.fault(
                cells,
                "expect",
                format!("the chain reports the ISO 20022 code {now} where it reported {old} before"),
                format!("write {now} in place of {old}"),
            );
        }
        if self.faults.len() > before {
            return None;
        }
        let reference = cells.get("ref").to_owned();
        Some(Line {
            number: cells.number,
            reference,
            side: side?,
            view: view?,
            policy: policy?,
            priority,
            reserve,
            expect,
        })
    }

    pub(super) fn view(&mut self, cells: &Cells) -> Option<View> {
        let day = |reader: &mut Self, column: &str| {
            let day = Day::parse(cells.get(column));
            if day.is_none() {
                reader.fault(
                    cells,
                    column,
                    format!("{:?} is no date", cells.get(column)),
                    "write T, T+2 or a date such as 2026-03-02",
                );
            }
            day
        };
        let trade_date = day(self, "trade_date");
        let settle_date = day(self, "settle_date");
        let backwards = match (trade_date, settle_date) {
            (Some(Day::After(traded)), Some(Day::After(settled))) => settled < traded,
            (Some(Day::On(traded)), Some(Day::On(settled))) => settled < traded,
            _ => false,
        };
        if backwards {
            self.faults.push(super::times::backwards(&cells.place));
        }
        let deadline = Limit::parse(cells.get("deadline"));
        match deadline {
            None => self.fault(
                cells,
                "deadline",
                format!("{:?} is no deadline", cells.get("deadline")),
                "write +90s, +15m, +2h or an instant such as 2026-03-02T16:00:00Z",
            ),
            Some(Limit::After(time)) if time.is_zero() => {
                self.fault(cells, "deadline", "the deadline is not after now", "write a later one, such as +120s")
            }
            Some(Limit::After(_) | Limit::At(_)) => {}
        }
        let lots = match parse_count::<Lots>(cells.or("lots", "1")) {
            Some(lots) if lots > 0 => Some(lots),
            _ => {
                self.fault(cells, "lots", format!("{:?} is no number of lots", cells.get("lots")), "write 1 or more");
                None
            }
        };
        let across = if self.books.are_two() { Some(self.across(cells)?) } else { None };
        self.mixed_times(cells, [trade_date, settle_date], deadline, across.as_ref().map(|across| across.pay_by));
        let only = NetworkIndex(0);
        let delivered_on = across.as_ref().map_or(only, |across| across.delivery_on);
        let seller = self.end(cells, "seller", "seller_account", self.books.of(delivered_on));
        let buyer = self.end(cells, "buyer", "buyer_account", self.books.of(delivered_on));
        if let (Some(seller), Some(buyer)) = (&seller, &buyer) {
            if seller.account == buyer.account {
                self.fault(cells, "buyer_account", "it is the seller's account", "name another account");
            }
        }
        let held_on = across.as_ref().map_or(only, |across| across.held_on());
        let execution = self.execution(cells, held_on);
        let on_incomplete = match cells.or("on_incomplete", "COMPLETE") {
            "COMPLETE" => OnIncomplete::Complete,
            "REVERSE" => OnIncomplete::Reverse,
            other => {
                self.fault(cells, "on_incomplete", format!("there is no end {other:?}"), "use COMPLETE or REVERSE");
                OnIncomplete::Complete
            }
        };
        let (deliveries, payment) = self.movements(cells, lots.unwrap_or(1), across.as_ref())?;
        Some(View {
            trade_date: trade_date?,
            settle_date: settle_date?,
            deadline: deadline?,
            seller: seller?,
            buyer: buyer?,
            deliveries,
            payment,
            lots: lots?,
            execution: execution?,
            on_incomplete,
            across,
        })
    }

    /// Refuses a day that counts from sending beside an instant that does not: two sides that send before and after midnight
    /// would come to other terms.
    fn mixed_times(&mut self, cells: &Cells, days: [Option<Day>; 2], deadline: Option<Limit>, pay_by: Option<Limit>) {
        let is_absolute = [deadline, pay_by].into_iter().flatten().any(|limit| matches!(limit, Limit::At(_)));
        let columns = ["trade_date", "settle_date"].into_iter().zip(days);
        let relative = columns.filter(|(_, day)| matches!(day, Some(Day::After(_)))).map(|(column, _)| column).next();
        if let Some(column) = relative.filter(|_| is_absolute) {
            self.fault(
                cells,
                column,
                format!("{:?} depends on the day of sending, and the deadline does not", cells.get(column)),
                "write the days as dates such as 2026-03-02, or a deadline such as +120s",
            );
        }
    }

    pub(super) fn end(&mut self, cells: &Cells, code_column: &str, account_column: &str, book: &Book) -> Option<End> {
        let code = cells.get(code_column);
        let Some(participant) = book.participant(code) else {
            let file = &book.file;
            self.fault(
                cells,
                code_column,
                format!("{file} has no participant {code:?}"),
                "add it, or correct the code",
            );
            return None;
        };
        let label = cells.get(account_column);
        let Some(account) = participant.account(label) else {
            let labels: Vec<&str> = participant.accounts.iter().map(|account| account.label.as_str()).collect();
            self.fault(
                cells,
                account_column,
                format!("{code} has no account {label:?}"),
                format!("use one of {}", labels.join(", ")),
            );
            return None;
        };
        Some(End { code: code.to_owned(), account: account.id.clone() })
    }

    pub(super) fn execution(&mut self, cells: &Cells, held_on: NetworkIndex) -> Option<Execution> {
        let written = match cells.or("execution", "IMMEDIATE") {
            "IMMEDIATE" => Some(Model::Immediate),
            "TOKEN" => Some(Model::Token),
            "MANAGER" => Some(Model::Manager),
            "HASHLOCK" => Some(Model::Hashlock),
            other => {
                self.fault(
                    cells,
                    "execution",
                    format!("there is no execution {other:?}"),
                    "use IMMEDIATE, TOKEN, MANAGER or HASHLOCK",
                );
                None
            }
        };
        let is_managed = [written, self.overrides.model].contains(&Some(Model::Manager));
        if written.is_some() && !is_managed && !cells.get("manager").is_empty() {
            let what = format!("execution {} has no manager", cells.or("execution", "IMMEDIATE"));
            self.fault(cells, "manager", what, "leave it empty, or write MANAGER as the execution");
        }
        let model = self.overrides.model.or(written);
        if self.books.are_two() && matches!(model, Some(Model::Token | Model::Hashlock)) {
            let cure = "use IMMEDIATE or MANAGER";
            self.fault(cells, "execution", "two networks have neither tokens that are used nor secrets", cure);
            return None;
        }
        match model? {
            Model::Immediate => Some(Execution::Immediate),
            Model::Token => Some(Execution::Token),
            Model::Hashlock => Some(Execution::Hashlock),
            Model::Manager => {
                let code = self.overrides.manager.clone().unwrap_or_else(|| cells.get("manager").to_owned());
                self.manager(cells, "manager", &code, held_on).map(Execution::Manager)
            }
        }
    }

    /// The settlement manager with this code on a network.
    pub(super) fn manager(&mut self, cells: &Cells, column: &str, code: &str, network: NetworkIndex) -> Option<End> {
        let book = self.books.of(network);
        let found = book.participant(code).filter(|found| found.roles.has(Role::SettlementManager));
        let account = found.and_then(|found: &Participant| found.accounts.first());
        if account.is_none() {
            self.fault(
                cells,
                column,
                format!("{} has no settlement manager {code:?}", book.file),
                "name a participant with the role SettlementManager here or with --manager",
            );
        }
        account.map(|account| End { code: code.to_owned(), account: account.id.clone() })
    }
}
