use super::*;
use crate::files::participants::Book;
use tandem_primitives::{Date, LegIndex};

const HEAD: &str =
    "ref,trade,side,type,trade_date,settle_date,deadline,seller,seller_account,buyer,buyer_account,asset,\
                    quantity,currency,amount,lots,partial,minimum,execution,manager,on_incomplete,reserve,expect";
const ROW: &str = "R1,T1,BOTH,DVP,T,T+2,+120s,SELL,main,BUY,main,QZ0004710017,1000,EUR,41250.00,10,NPAR,,IMMEDIATE,,\
                   REVERSE,NOW,settled";

pub(super) fn book() -> Book {
    Book::parse(
        "participants.toml",
        r#"
[[participant]]
code = "SELL"
name = "Seller"
lei = "TNDM00ALPSTEIN000083"
roles = ["Trader", "Issuer"]
account = [{ label = "main", key = "//Sell" }, { label = "s1", key = "//Sell//1" }]
[[participant]]
code = "BUY"
name = "Buyer"
lei = "TNDM00NORDHAV0000059"
roles = ["Trader"]
account = [{ label = "main", key = "//Buy" }]
[[participant]]
code = "CONCORD"
name = "Concord"
lei = "TNDM00CONCORD0000032"
roles = ["SettlementManager"]
account = [{ label = "main", key = "//Concord" }]
[[security]]
isin = "QZ0004710017"
name = "Tellur"
decimals = 0
issuer = "SELL"
[[security]]
isin = "QZ0A1GBT0342"
name = "Aldania 2034"
decimals = 2
settlement_unit = "1000"
issuer = "SELL"
[[currency]]
code = "EUR"
decimals = 2
issuer = "SELL"
[[currency]]
code = "JPY"
decimals = 0
issuer = "SELL"
"#,
    )
    .unwrap()
}

pub(super) fn read_rows(rows: &[&str]) -> Result<Vec<Trade>, Vec<String>> {
    parse("t.csv", &format!("{HEAD}\n{}\n", rows.join("\n")), &book(), &Overrides::default()).map_err(|faults| faults.0)
}

pub(super) fn with(column: &str, cell: &str) -> String {
    let position = HEAD.split(',').position(|name| name == column).unwrap();
    let mut cells: Vec<&str> = ROW.split(',').collect();
    cells[position] = cell;
    cells.join(",")
}

fn fault_of(column: &str, cell: &str) -> String {
    let mut faults = read_rows(&[&with(column, cell)]).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

#[test]
fn parse_should_read_a_line() {
    let trades = read_rows(&[ROW]).unwrap();
    let line = &trades[0].lines[0];
    assert_eq!((trades[0].name.as_str(), line.number, line.side), ("T1", 2, Side::Both));
    assert_eq!(line.view.settle_date, Day::After(2));
    assert_eq!(line.view.deliveries, [Movement { asset: "QZ0004710017".into(), amount: 1000 }]);
    assert_eq!(line.view.payment, Some(Movement { asset: "EUR".into(), amount: 4_125_000 }));
    assert_eq!((line.view.lots, line.policy, line.reserve), (10, Policy::Npar, true));
    assert_eq!(line.view.on_incomplete, OnIncomplete::Reverse);
    assert_eq!(line.expect.as_deref(), Some("settled"));
}

#[test]
fn parse_should_take_columns_in_any_order_and_leave_out_optional_ones() {
    let text = "quantity,asset,buyer_account,buyer,seller_account,seller,deadline,settle_date,trade_date,type,side,trade,ref\n\
                5,QZ0004710017,main,BUY,main,SELL,+5m,2026-03-04,2026-03-02,FOP,DELI,T1,R1\n";
    let trades = parse("t.csv", text, &book(), &Overrides::default()).unwrap();
    let line = &trades[0].lines[0];
    assert_eq!((line.side, line.policy, line.view.lots), (Side::Deli, Policy::Npar, 1));
    assert_eq!(line.view.trade_date, Day::On(Date(20_514)));
    assert_eq!(line.view.payment, None);
    assert_eq!(line.view.on_incomplete, OnIncomplete::Complete);
}

#[test]
fn parse_should_refuse_columns_that_are_unknown_missing_or_twice() {
    let faults = |head: &str| parse("t.csv", &format!("{head}\n"), &book(), &Overrides::default()).unwrap_err().0;
    let unknown = faults(&format!("{HEAD},note"));
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].starts_with("t.csv:1:24: there is no column \"note\"; remove it, or use one of ref, trade,"));
    assert_eq!(faults(&HEAD.replace("ref,", "")), ["t.csv:1: column ref is missing; add it"]);
    assert_eq!(faults(&format!("{HEAD},ref")), ["t.csv:1:24: column ref is there twice; remove one"]);
    assert_eq!(faults(HEAD), ["t.csv: has no trades; write one line for each"]);
    assert_eq!(faults(&HEAD.replace("ref,", "Ref,")), ["t.csv:1:1: there is no column \"Ref\"; write ref"]);
}

#[test]
fn parse_should_say_in_one_sentence_what_is_no_table() {
    let faults = |text: &str| parse("t.csv", text, &book(), &Overrides::default()).unwrap_err().0;
    for text in ["", "\u{feff}", "\n \n"] {
        assert_eq!(faults(text), ["t.csv: is empty; write the names of the columns and one line for each trade"]);
    }
    let apart = ["t.csv:1: the cells stand apart by ';'; save the file with commas between them"];
    assert_eq!(faults(&format!("{HEAD}\n{ROW}\n").replace(',', ";")), apart);
    let open = with("ref", "\"R1");
    assert_eq!(
        faults(&format!("{HEAD}\n{open}\n{ROW}\n")),
        ["t.csv:2:ref: has a quote that is not closed in this line; close or remove it"]
    );
    let latin = [HEAD.as_bytes(), b"\n\xfc\n"].concat();
    assert_eq!(utf8("t.csv", &latin).unwrap_err().0, ["t.csv:2: is not UTF-8 text; save the file as CSV in UTF-8"]);
    let returns = [HEAD.as_bytes(), b"\r", ROW.as_bytes(), b"\r\xfc\r"].concat();
    assert_eq!(utf8("t.csv", &returns).unwrap_err().0, ["t.csv:3: is not UTF-8 text; save the file as CSV in UTF-8"]);
}

/// Three trades, with `manager` or `expect` as the last column, and a stray quote in the first.
fn with_a_quote(last: &str, cell: &str) -> String {
    let mut columns: Vec<&str> = HEAD.split(',').collect();
    let position = columns.iter().position(|name| *name == last).unwrap();
    let moved = columns.remove(position);
    columns.push(moved);
    let row = |name: &str, cell: &str| {
        let text = ROW.replace("R1,T1", &format!("{name},{name}"));
        let mut cells: Vec<&str> = text.split(',').collect();
        cells.remove(position);
        cells.push(cell);
        cells.join(",")
    };
    [columns.join(","), row("Q1", cell), row("Q2", ""), row("Q3", "")].join("\n")
}

#[test]
fn cli_c3_a_quote_that_is_not_closed_should_be_a_fault_in_any_column_and_swallow_no_line() {
    for (last, cell) in [("manager", "\""), ("expect", "\"refused:BUY is suspended"), ("expect", "\"unmatched:DMON")] {
        let text = with_a_quote(last, cell);
        for text in [text.clone(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
            let faults = parse("t.csv", &text, &book(), &Overrides::default()).unwrap_err().0;
            let place = format!("t.csv:2:{last}");
            assert_eq!(faults, [format!("{place}: has a quote that is not closed in this line; close or remove it")]);
            // What comes after it is read: a fault there is told as well.
            let wrong = text.replace("Q3,Q3,BOTH", "Q3,Q3,LEFT");
            let faults = parse("t.csv", &wrong, &book(), &Overrides::default()).unwrap_err().0;
            assert_eq!(faults.len(), 2, "{faults:?}");
            assert!(faults[1].starts_with("t.csv:4:side: "), "{faults:?}");
        }
    }
    let head = HEAD.replace(",manager", ",\"manager");
    let faults = parse("t.csv", &format!("{head}\n{ROW}\n"), &book(), &Overrides::default()).unwrap_err().0;
    assert_eq!(faults, ["t.csv:1: has a quote that is not closed in this line; close or remove it"]);
}

#[test]
fn cli_c3_a_line_break_in_a_closed_quote_should_be_a_fault_too() {
    let text = format!("{HEAD}\n{}\n{ROW}\n", with("expect", "\"settled\n\"").replace("R1,T1", "Q1,Q1"));
    let faults = parse("t.csv", &text, &book(), &Overrides::default()).unwrap_err().0;
    assert_eq!(faults[0], "t.csv:2:expect: has a quote that is not closed in this line; close or remove it");
}

#[test]
fn cli_c3_a_fault_should_be_on_its_own_line_with_carriage_returns_only() {
    let text = [HEAD, ROW, &with("seller", "NOBODY").replace("R1,T1", "R2,T2"), ""].join("\r");
    let faults = parse("t.csv", &text, &book(), &Overrides::default()).unwrap_err().0;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("t.csv:3:seller: "), "{faults:?}");
}

#[test]
fn cli_c3_a_manager_that_is_not_used_should_be_a_fault() {
    for execution in ["IMMEDIATE", "TOKEN", "HASHLOCK"] {
        let row = with("manager", "CONCORD").replace("IMMEDIATE", execution);
        let cure = "leave it empty, or write MANAGER as the execution";
        assert_eq!(
            read_rows(&[&row]).unwrap_err(),
            [format!("t.csv:2:manager: execution {execution} has no manager; {cure}")]
        );
    }
    // The command line changes how it is executed, and not what may be written.
    let read = |model, row: &str| {
        let overrides = Overrides { model: Some(model), manager: None };
        parse("t.csv", &format!("{HEAD}\n{row}\n"), &book(), &overrides)
    };
    assert!(read(Model::Token, &with("manager", "CONCORD").replace("IMMEDIATE", "MANAGER")).is_ok());
    assert!(read(Model::Manager, &with("manager", "CONCORD")).is_ok());
    assert!(read(Model::Token, &with("manager", "CONCORD")).is_err());
}

#[test]
fn a_row_of_empty_cells_should_be_one_fault() {
    let empty = ",".repeat(HEAD.split(',').count() - 1);
    assert_eq!(read_rows(&[ROW, &empty]).unwrap_err(), ["t.csv:3: has nothing in any cell; remove the line"]);
}

#[test]
fn parse_should_name_the_place_and_the_cure_of_each_fault() {
    let cases = [
        ("ref", "A_B", "t.csv:2:ref: \"A_B\" is no reference; write 1 to 35 letters, digits, spaces or /-?:().,'+, no / at an end and no two together"),
        ("side", "SELL", "t.csv:2:side: there is no side \"SELL\"; use BOTH, DELI or RECE"),
        ("type", "DFP", "t.csv:2:type: there is no type \"DFP\"; use DVP, FOP, PVP or DVD"),
        ("trade_date", "soon", "t.csv:2:trade_date: \"soon\" is no date; write T, T+2 or a date such as 2026-03-02"),
        ("trade_date", "T+3", "t.csv:2:settle_date: it is before the trade date; write a date not before it"),
        (
            "deadline",
            "soon",
            "t.csv:2:deadline: \"soon\" is no deadline; write +90s, +15m, +2h or an instant such as 2026-03-02T16:00:00Z",
        ),
        ("deadline", "+0s", "t.csv:2:deadline: the deadline is not after now; write a later one, such as +120s"),
        ("seller", "SELLER", "t.csv:2:seller: participants.toml has no participant \"SELLER\"; add it, or correct the code"),
        ("seller_account", "s2", "t.csv:2:seller_account: SELL has no account \"s2\"; use one of main, s1"),
        ("asset", "QZ0004710018", "t.csv:2:asset: ISIN \"QZ0004710018\" has wrong check digits; correct the ISIN"),
        ("asset", "QZ0008841024", "t.csv:2:asset: participants.toml has no security QZ0008841024; add it, or correct the ISIN"),
        ("asset", "JPY", "t.csv:2:asset: JPY is a currency; name a security, or write PVP as the type"),
        ("currency", "GBP", "t.csv:2:currency: participants.toml has no currency \"GBP\"; add it, or correct the code"),
        ("currency", "QZ0A1GBT0342", "t.csv:2:currency: QZ0A1GBT0342 is a security; name a currency, or write DVD as the type"),
        ("quantity", "10.5", "t.csv:2:quantity: \"10.5\" of QZ0004710017 has 1 decimals and the asset has 0; write it without decimals"),
        ("quantity", "0", "t.csv:2:quantity: nothing of QZ0004710017 would move; write more than zero"),
        (
            "quantity",
            "1005",
            "t.csv:2:quantity: 1005 of QZ0004710017 is not a multiple of 10 lots of its settlement unit 1; use fewer lots or \
             another quantity",
        ),
        ("amount", "41250.001", "t.csv:2:amount: \"41250.001\" of EUR has 3 decimals and the asset has 2; write it with at most 2"),
        (
            "amount",
            "",
            "t.csv:2:amount: \"\" of EUR is empty; write digits with a point before the decimals, without sign or separators",
        ),
        ("amount", "0.05", "t.csv:2:amount: 0.05 of EUR is less than one smallest unit for each of 10 lots; use fewer lots"),
        ("lots", "0", "t.csv:2:lots: \"0\" is no number of lots; write 1 or more"),
        ("partial", "ALL", "t.csv:2:partial: there is no policy \"ALL\"; use NPAR, PART, PARQ or PARC"),
        ("minimum", "5", "t.csv:2:minimum: NPAR has no minimum; leave it empty, or use PARQ or PARC"),
        ("execution", "LATER", "t.csv:2:execution: there is no execution \"LATER\"; use IMMEDIATE, TOKEN, MANAGER or HASHLOCK"),
        (
            "execution",
            "MANAGER",
            "t.csv:2:manager: participants.toml has no settlement manager \"\"; name a participant with the role \
             SettlementManager here or with --manager",
        ),
        ("on_incomplete", "KEEP", "t.csv:2:on_incomplete: there is no end \"KEEP\"; use COMPLETE or REVERSE"),
        ("reserve", "LATER", "t.csv:2:reserve: there is no way \"LATER\" to reserve; use NOW or HOLD"),
        (
            "expect",
            "done",
            "t.csv:2:expect: \"done\" is no outcome; use settled, partial:QUANTITY:AMOUNT, expired, expired:unmatched, \
             unmatched:CODES, rejected:TEXT, cancelled, reversed or refused:TEXT",
        ),
    ];
    for (column, cell, sentence) in cases {
        assert_eq!(fault_of(column, cell), sentence);
    }
}

#[test]
fn parse_should_refuse_a_reference_or_a_side_that_is_there_already() {
    assert_eq!(
        read_rows(&[ROW, &with("trade", "T2")]).unwrap_err(),
        ["t.csv:3:ref: R1 is the reference of line 2 too; give each line its own"]
    );
    assert_eq!(
        read_rows(&[ROW, &with("ref", "R2")]).unwrap_err(),
        ["t.csv:3:trade: trade T1 has this side already; write one BOTH line, or one DELI and one RECE line, for each trade"]
    );
}

#[test]
fn parse_should_collect_the_faults_of_all_lines() {
    let faults = read_rows(&[&with("lots", "x"), &with("ref", "R2"), "a,b"]).unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[1].starts_with("t.csv:4: has 2 cells and the first line names 23 columns;"));
    // What cannot be read in one cell hides nothing that is wrong in another.
    let several = read_rows(&[&with("seller", "SELLER").replace(",NPAR,", ",ALL,")]).unwrap_err();
    assert_eq!(several.len(), 2, "{several:?}");
}

#[test]
fn parse_should_pair_the_sides_of_a_trade() {
    let deli = with("side", "DELI");
    let rece = with("side", "RECE").replace("R1,", "R2,").replace("41250.00", "41350.00");
    let trades = read_rows(&[&deli, &rece]).unwrap();
    assert_eq!(trades.len(), 1);
    assert_eq!(trades[0].lines.iter().map(|line| line.side).collect::<Vec<_>>(), [Side::Deli, Side::Rece]);
}

#[test]
fn parse_should_read_a_basket() {
    let row = with("asset", "QZ0004710017+QZ0A1GBT0342").replace(",1000,", ",1000+20000.00,");
    let trades = read_rows(&[&row]).unwrap();
    let deliveries = &trades[0].lines[0].view.deliveries;
    assert_eq!(deliveries.iter().map(|d| d.amount).collect::<Vec<_>>(), [1_000, 2_000_000]);
    assert_eq!(
        fault_of("asset", "QZ0004710017+QZ0A1GBT0342"),
        "t.csv:2:quantity: there are 1 quantities for 2 assets; write one for each asset, joined with + in the same order"
    );
}

#[test]
fn parse_should_turn_minima_into_lots_and_amounts() {
    let policy = |partial: &str, minimum: &str| {
        let row = with("partial", partial).replace(&format!("{partial},,"), &format!("{partial},{minimum},"));
        read_rows(&[&row]).map(|trades| trades[0].lines[0].policy)
    };
    assert_eq!(policy("PART", ""), Ok(Policy::Part));
    assert_eq!(policy("PARQ", "200"), Ok(Policy::Parq { min_lots: 2 }));
    assert_eq!(policy("PARQ", "201"), Ok(Policy::Parq { min_lots: 3 }));
    assert_eq!(policy("PARC", "10000.00"), Ok(Policy::Parc { leg: LegIndex(1), min_amount: 1_000_000 }));
    assert_eq!(
        policy("PARQ", "1001"),
        Err(vec!["t.csv:2:minimum: the minimum 1001 is zero or above the whole; write at most 1000".to_owned()])
    );
    assert!(policy("PARC", "").is_err());
}

#[test]
fn overrides_should_replace_the_execution() {
    let read = |model, manager: Option<&str>, row: &str| {
        let overrides = Overrides { model: Some(model), manager: manager.map(str::to_owned) };
        parse("t.csv", &format!("{HEAD}\n{row}\n"), &book(), &overrides)
            .map(|mut trades| trades.remove(0).lines.remove(0))
    };
    let partial = with("partial", "PART");
    let hashlock = read(Model::Hashlock, None, &partial).unwrap();
    assert_eq!((hashlock.view.execution, hashlock.policy), (Execution::Hashlock, Policy::Npar));
    let manager = read(Model::Manager, Some("CONCORD"), &partial).unwrap();
    assert!(matches!(manager.view.execution, Execution::Manager(End { code, .. }) if code == "CONCORD"));
    assert_eq!(manager.policy, Policy::Part);
    assert!(read(Model::Manager, Some("BUY"), &partial).is_err());
}
