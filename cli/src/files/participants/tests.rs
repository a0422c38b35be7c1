use super::*;
use tandem_primitives::Role;

/// A small file that is right.
pub const GOOD: &str = r#"[[participant]]
code = "ALPSTEIN"
name = "Alpstein Kapital AG"
lei = "TNDM00ALPSTEIN000083"
roles = ["Trader"]
custodian = "LUMEN"
[[participant.account]]
label = "main"
key = "//Alpstein//main"
opening = { "EUR" = "10.50" }

[[participant]]
code = "LUMEN"
name = "Lumen Custodie SA"
lei = "TNDM00LUMEN000000009"
roles = ["Custodian", "Issuer"]
status = "Suspended"
[[participant.account]]
label = "main"
account = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"

[[currency]]
code = "EUR"
decimals = 2
issuer = "LUMEN"
"#;

fn faults(change: impl Fn(&str) -> String) -> Vec<String> {
    Book::parse("p.toml", &change(GOOD)).unwrap_err().0
}

#[test]
fn parse_should_read_participants_accounts_and_assets() {
    let book = Book::parse("p.toml", GOOD).unwrap();
    let alpstein = book.participant("ALPSTEIN").unwrap();
    assert!(alpstein.roles.has(Role::Trader));
    assert_eq!(alpstein.status, Status::Active);
    let main = alpstein.account("main").unwrap();
    assert_eq!(main.opening, [("EUR".to_owned(), 1_050)]);
    assert!(main.key.is_some());
    assert_eq!(book.owner_of(&main.id).unwrap().0.code, "ALPSTEIN");
    let lumen = book.participant("LUMEN").unwrap();
    assert_eq!(lumen.status, Status::Suspended);
    // The well-known address of //Alice.
    assert_eq!(lumen.account("main").unwrap().id, account_of(&key_of("//Alice").unwrap()));
    assert!(lumen.signer().is_none());
    assert_eq!(book.asset("EUR").unwrap().settlement_unit, 1);
}

#[test]
fn parse_should_name_line_and_column_of_each_fault() {
    assert_eq!(
        faults(|text| text.replace("000083", "000084")),
        ["p.toml:4:7: LEI TNDM00ALPSTEIN000084 of ALPSTEIN has wrong check digits; correct the LEI"]
    );
    assert_eq!(
        faults(|text| text.replace("\"Trader\"", "\"Dealer\"")),
        ["p.toml:5:10: there is no role Dealer; use one of Operator, Trader, Issuer, Custodian, SettlementBank, \
          SettlementManager, Regulator, Gateway, Auditor"]
    );
    assert_eq!(
        faults(|text| text.replace("\"10.50\"", "\"10.505\"")),
        ["p.toml:10:21: the opening balance 10.505 of EUR has 3 decimals and the asset has 2; write it with at most 2"]
    );
    assert_eq!(
        faults(|text| text.replace("custodian = \"LUMEN\"", "custodian = \"LUMIN\"")),
        ["p.toml:6:13: there is no participant LUMIN; add it, or correct the code"]
    );
    assert_eq!(
        faults(|text| text.replace("[\"Custodian\", \"Issuer\"]", "[\"Issuer\"]")),
        ["p.toml:6:13: LUMEN has no role Custodian; add the role, or name a participant that has it"]
    );
    assert_eq!(
        faults(|text| text.replace("\"Suspended\"", "\"Paused\"")),
        ["p.toml:17:10: there is no status Paused; use one of Active, Suspended, Sanctioned, Revoked"]
    );
}

#[test]
fn parse_should_refuse_what_it_does_not_know() {
    let found = faults(|text| text.replace("decimals = 2", "decimal = 2"));
    assert!(found[0].starts_with("p.toml:24:1: unknown field `decimal`"), "{found:?}");
    let found = faults(|text| text.replace("code = \"EUR\"", "code = \"euro\""));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("euro is no currency code") || found[1].contains("euro is no currency code"));
}

#[test]
fn parse_should_refuse_an_account_without_key_or_address() {
    assert_eq!(
        faults(|text| text.replace("key = \"//Alpstein//main\"\n", "")),
        ["p.toml:8:9: account main of ALPSTEIN has neither key nor account; name a development key with key or \
          an ss58 address with account"]
    );
}

#[test]
fn parse_should_refuse_an_isin_with_wrong_check_digit() {
    let with_security = |text: &str| {
        format!("{text}\n[[security]]\nisin = \"QZ0004710018\"\nname = \"Tellur\"\ndecimals = 0\nissuer = \"LUMEN\"\n")
    };
    assert_eq!(faults(with_security), ["p.toml:28:8: ISIN QZ0004710018 has wrong check digits; correct the ISIN"]);
}
