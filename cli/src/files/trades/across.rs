//! What a line says of a trade across two networks.

use super::{
    reader::{Cells, Reader},
    Across, Pay,
};
use crate::files::dates::Limit;
use tandem_primitives::NetworkIndex;

impl Reader<'_> {
    pub(super) fn across(&mut self, cells: &Cells) -> Option<Across> {
        let delivery_on = self.network(cells, "delivery_on", "ASSET");
        let payment_on = self.network(cells, "payment_on", "PAYMENT");
        let commit_on = self.network(cells, "commit_on", "PAYMENT");
        let (delivery_on, payment_on, commit_on) = (delivery_on?, payment_on?, commit_on?);
        if payment_on == delivery_on {
            self.fault(cells, "payment_on", "it is the network of the delivery", "name the other one");
            return None;
        }
        let pay_by = Limit::parse(cells.get("pay_by"));
        if pay_by.is_none() {
            let what = format!("{:?} is no instant", cells.get("pay_by"));
            self.fault(cells, "pay_by", what, "write +90s, +15m, +2h or an instant such as 2026-03-02T16:00:00Z");
        }
        let pay = match cells.or("pay", "LATER") {
            "AHEAD" => Some(Pay::Ahead),
            "LATER" => Some(Pay::Later),
            "NEVER" => Some(Pay::Never),
            "REFUSE" => Some(Pay::Refuse),
            other => {
                let what = format!("there is no way {other:?} to pay");
                self.fault(cells, "pay", what, "use AHEAD, LATER, NEVER or REFUSE");
                None
            }
        };
        let manager = match cells.get("pay_manager") {
            "" => None,
            code => Some(self.manager(cells, "pay_manager", code, commit_on)?),
        };
        // The same labels name accounts in both files.
        let book = self.books.of(payment_on);
        let seller = self.end(cells, "seller", "seller_account", book);
        let buyer = self.end(cells, "buyer", "buyer_account", book);
        Some(Across { delivery_on, commit_on, pay_by: pay_by?, manager, pay: pay?, seller: seller?, buyer: buyer? })
    }

    fn network(&mut self, cells: &Cells, column: &str, default: &str) -> Option<NetworkIndex> {
        match cells.or(column, default) {
            "ASSET" => Some(NetworkIndex(0)),
            "PAYMENT" => Some(NetworkIndex(1)),
            other => {
                self.fault(cells, column, format!("there is no network {other:?}"), "use ASSET or PAYMENT");
                None
            }
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::super::{parse, Execution, Overrides, Trade};
    use super::*;
    use crate::files::participants::{Book, Books};

    const HEAD: &str = "ref,trade,side,type,trade_date,settle_date,deadline,seller,seller_account,buyer,buyer_account,\
                        asset,quantity,currency,amount,lots,execution,manager,delivery_on,payment_on,commit_on,pay_by,pay,\
                        pay_manager";
    const ROW: &str =
        "R1,T1,BOTH,DVP,T,T,+300s,SELL,main,BUY,main,QZ0004710017,100,EUR,5.00,10,IMMEDIATE,,ASSET,PAYMENT,\
                       PAYMENT,+120s,AHEAD,";

    /// Participants file of a network: on each they have other accounts and other assets.
    fn book(network: &str, assets: &str) -> Book {
        let participant = |code: &str, lei: &str, role: &str| {
            format!(
                "[[participant]]\ncode = \"{code}\"\nname = \"{code}\"\nlei = \"{lei}\"\nroles = [{role}]\n\
                 account = [{{ label = \"main\", key = \"//{code}//{network}\" }}]\n"
            )
        };
        let participants = [
            participant("SELL", "TNDM00ALPSTEIN000083", "\"Trader\", \"Issuer\""),
            participant("BUY", "TNDM00NORDHAV0000059", "\"Trader\""),
            participant("CONCORD", "TNDM00CONCORD0000032", "\"SettlementManager\""),
        ];
        Book::parse(&format!("{network}.toml"), &format!("{}{assets}", participants.concat())).unwrap()
    }

    pub fn books() -> [Book; 2] {
        let security = "[[security]]\nisin = \"QZ0004710017\"\nname = \"X\"\ndecimals = 0\nissuer = \"SELL\"\n";
        let usd = "[[currency]]\ncode = \"USD\"\ndecimals = 2\nissuer = \"SELL\"\n";
        let eur = "[[currency]]\ncode = \"EUR\"\ndecimals = 2\nissuer = \"SELL\"\n";
        [book("asset", &format!("{security}{usd}")), book("payment", eur)]
    }

    pub fn read(row: &str) -> Result<Vec<Trade>, Vec<String>> {
        let [asset, payment] = books();
        let text = format!("{HEAD}\n{row}\n");
        parse("t.csv", &text, Books::two(&asset, &payment), &Overrides::default()).map_err(|faults| faults.0)
    }

    pub fn row(change: impl Fn(String) -> String) -> Result<Trade, Vec<String>> {
        read(&change(ROW.to_owned())).map(|mut trades| trades.remove(0))
    }

    #[test]
    fn each_leg_should_be_read_with_the_file_of_its_network() {
        let [asset, payment] = books();
        let view = row(|row| row).unwrap().lines.remove(0).view;
        let across = view.across.unwrap();
        assert_eq!((across.delivery_on, across.payment_on()), (NetworkIndex(0), NetworkIndex(1)));
        assert_eq!((across.commit_on, across.held_on()), (NetworkIndex(1), NetworkIndex(0)));
        assert_eq!((across.pay, across.manager), (Pay::Ahead, None));
        let account = |book: &Book, code: &str| book.participant(code).unwrap().account("main").unwrap().id.clone();
        assert_eq!((view.seller.account, across.seller.account), (account(&asset, "SELL"), account(&payment, "SELL")));
        assert_eq!((view.buyer.account, across.buyer.account), (account(&asset, "BUY"), account(&payment, "BUY")));
    }

    #[test]
    fn a_manager_should_be_one_of_the_network_on_which_it_decides() {
        let [asset, payment] = books();
        let managed = row(|row| row.replace("IMMEDIATE,", "MANAGER,CONCORD") + "CONCORD").unwrap();
        let view = &managed.lines[0].view;
        let account = |book: &Book| book.participant("CONCORD").unwrap().accounts[0].id.clone();
        let Execution::Manager(manager) = &view.execution else { panic!("{view:?}") };
        assert_eq!(manager.account, account(&asset));
        assert_eq!(view.across.as_ref().unwrap().manager.as_ref().unwrap().account, account(&payment));
    }

    #[test]
    fn what_two_networks_do_not_have_should_be_refused() {
        let sentence = |from: &str, to: &str| row(|row| row.replace(from, to)).unwrap_err().join("\n");
        assert!(sentence("ASSET,PAYMENT", "ASSET,ASSET").contains("payment_on: it is the network of the delivery"));
        assert!(sentence("PAYMENT,+120s", "BANK,+120s").contains("commit_on: there is no network \"BANK\""));
        assert!(sentence(",+120s", ",").contains("pay_by: \"\" is no instant"));
        assert!(sentence("AHEAD", "SOON").contains("pay: there is no way \"SOON\" to pay"));
        assert!(sentence("IMMEDIATE", "TOKEN").contains("use IMMEDIATE or MANAGER"));
        assert!(sentence("EUR", "USD").contains("payment.toml has no currency \"USD\""));
        assert!(sentence("DVP", "FOP").contains("nothing of it is on the other network"));
    }

    #[test]
    fn the_columns_should_be_unknown_to_one_network() {
        let [asset, _] = books();
        let faults = parse("t.csv", &format!("{HEAD}\n{ROW}\n"), &asset, &Overrides::default()).unwrap_err();
        assert!(faults.0.iter().any(|fault| fault.contains("there is no column \"commit_on\"")), "{faults:?}");
    }
}
