//! Assets of a trade file on a chain: those of the issuers that the participants file names.
//!
//! A code alone names no asset. Any issuer may list a token of a currency, and an ISIN is free again once its asset is
//! destroyed.

use crate::{
    chain::directory::Listed,
    fault::Place,
    files::participants::{Asset, Book},
};
use tandem_primitives::AssetId;

/// Assets with the code of this one that an account of its issuer owns, or the chain's own currency if nobody issues it.
/// More than one is ambiguous.
pub fn issued<'a>(book: &Book, asset: &Asset, listed: &'a [Listed]) -> Vec<&'a Listed> {
    let is_issuer = |found: &&Listed| match (&asset.issuer, &found.owner) {
        (Some(issuer), Some(owner)) => book.owner_of(owner).is_some_and(|(participant, _)| participant.code == *issuer),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    listed.iter().filter(|found| found.code == asset.code).filter(is_issuer).collect()
}

/// Place in the trade file at which an asset is named.
#[derive(Clone, Debug)]
pub struct Named {
    /// ISIN or currency code.
    pub code: String,
    /// Line number, from 1.
    pub line: u64,
    /// Name of the column, `asset` or `currency`.
    pub column: &'static str,
}

/// Faults of the assets that a trade file names, each at the first of its places: not on the chain, of another issuer,
/// ambiguous, or with other decimals or another unit.
pub fn faults(file: &str, book: &Book, named: &[Named], listed: &[Listed]) -> Vec<String> {
    let mut first: Vec<&Named> = Vec::new();
    for named in named {
        if first.iter().all(|known| known.code != named.code) {
            first.push(named);
        }
    }
    first.into_iter().filter_map(|named| fault_of(file, book, named, listed)).collect()
}

fn fault_of(file: &str, book: &Book, named: &Named, listed: &[Listed]) -> Option<String> {
    let asset = book.asset(&named.code)?;
    let (code, participants) = (&asset.code, &book.file);
    let place = Place::file(file).line(named.line).column(named.column);
    let found = match issued(book, asset, listed).as_slice() {
        [only] => *only,
        [] if listed.iter().all(|listed| listed.code != *code) => {
            return Some(format!(
                "{participants}: {code} is not on this chain; run tandem load {participants}, or correct the code"
            ));
        }
        [] => {
            let issuer = asset.issuer.as_deref().unwrap_or("the chain itself");
            return Some(place.fault(
                format!("{code} of {issuer} is not on this chain, and the {code} that is has another issuer"),
                format!("run tandem load {participants}, or correct the issuer or its accounts in {participants}"),
            ));
        }
        several => {
            let issuer = asset.issuer.as_deref().unwrap_or_default();
            let numbers: Vec<String> = several.iter().map(|listed| number(&listed.id)).collect();
            return Some(place.fault(
                format!("{code} is ambiguous: {issuer} has issued assets {} under it", numbers.join(" and ")),
                format!("leave {issuer} only the account in {participants} that has issued the right one"),
            ));
        }
    };
    if found.decimals != asset.decimals {
        return Some(format!(
            "{participants}: {code} has {} decimals here and {} on this chain; correct the file",
            asset.decimals, found.decimals
        ));
    }
    (found.settlement_unit != asset.settlement_unit)
        .then(|| format!("{participants}: {code} has another settlement unit on this chain; correct the file"))
}

/// Number of an asset for people.
pub fn number(id: &AssetId) -> String {
    match id {
        AssetId::Native => "native".to_owned(),
        AssetId::WithId(id) => id.to_string(),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use tandem_primitives::AccountId;

    /// TILL issues the euro and has two accounts, LEDGER issues a share; nobody issues TDM.
    pub fn book() -> Book {
        Book::parse(
            "p.toml",
            r#"
participant = [
{code = "TILL", name = "T", lei = "TNDM00TILL0000000024", roles = ["Issuer"], account = [{label = "main", key = "//T"}, {label = "old", key = "//T//old"}]},
{code = "LEDGER", name = "L", lei = "TNDM00LEDGER00000092", roles = ["Issuer"], account = [{label = "main", key = "//L"}]},
{code = "OSTREA", name = "O", lei = "TNDM00OSTREA00000003", roles = ["Trader"], account = [
    {label = "main", key = "//O", opening = {EUR = "10.00", QZ000TEST017 = "5"}}, {label = "other", key = "//O//2", opening = {EUR = "2.50"}}]},
]
security = [{isin = "QZ000TEST017", name = "Share", decimals = 0, issuer = "LEDGER"}]
currency = [{code = "EUR", decimals = 2, issuer = "TILL"}, {code = "TDM", decimals = 12}]
"#,
        )
        .unwrap()
    }

    /// Account of the participant at this place of the book.
    pub fn account(book: &Book, participant: usize, account: usize) -> AccountId {
        book.participants[participant].accounts[account].id.clone()
    }

    pub fn listed(code: &str, number: u32, decimals: u8, owner: AccountId) -> Listed {
        let kind = book().asset(code).unwrap().kind;
        let (code, name) = (code.to_owned(), code.to_owned());
        Listed {
            id: AssetId::WithId(number),
            code,
            kind,
            name,
            decimals,
            settlement_unit: 1,
            supply: 0,
            owner: Some(owner),
        }
    }

    fn named(code: &str, line: u64, column: &'static str) -> Named {
        Named { code: code.to_owned(), line, column }
    }

    fn thief() -> AccountId {
        [66; 32].into()
    }

    #[test]
    fn cli_c1_the_asset_should_be_that_of_the_issuer_wherever_another_stands() {
        let book = book();
        let (till, ledger) = (account(&book, 0, 1), account(&book, 1, 0));
        let squat = [listed("EUR", 9, 0, thief()), listed("QZ000TEST017", 8, 3, thief())];
        let ours = [listed("EUR", 1, 2, till), listed("QZ000TEST017", 2, 0, ledger)];
        let named = [named("EUR", 2, "currency"), named("QZ000TEST017", 2, "asset")];
        for all in [[squat.to_vec(), ours.to_vec()].concat(), [ours.to_vec(), squat.to_vec()].concat()] {
            for ours in &ours {
                let found = issued(&book, book.asset(&ours.code).unwrap(), &all);
                assert_eq!(found.iter().map(|found| &found.id).collect::<Vec<_>>(), [&ours.id]);
            }
            // The decimals that are compared are those of the issuer's asset.
            assert_eq!(faults("t.csv", &book, &named, &all), Vec::<String>::new());
        }
        let alone = faults("t.csv", &book, &named, &squat);
        assert_eq!(
            alone,
            [
                "t.csv:2:currency: EUR of TILL is not on this chain, and the EUR that is has another issuer; run tandem \
                 load p.toml, or correct the issuer or its accounts in p.toml",
                "t.csv:2:asset: QZ000TEST017 of LEDGER is not on this chain, and the QZ000TEST017 that is has another \
                 issuer; run tandem load p.toml, or correct the issuer or its accounts in p.toml",
            ]
        );
    }

    #[test]
    fn cli_c1_a_code_that_its_issuer_uses_twice_should_be_a_fault() {
        let book = book();
        let twice = [listed("EUR", 1, 2, account(&book, 0, 0)), listed("EUR", 7, 2, account(&book, 0, 1))];
        let named = [named("EUR", 3, "currency"), named("EUR", 4, "currency")];
        assert_eq!(
            faults("t.csv", &book, &named, &twice),
            ["t.csv:3:currency: EUR is ambiguous: TILL has issued assets 1 and 7 under it; leave TILL only the account in \
              p.toml that has issued the right one"]
        );
    }

    #[test]
    fn cli_c1_a_currency_without_issuer_should_be_the_chains_own() {
        let book = book();
        let token = listed("TDM", 5, 12, thief());
        let own = Listed { id: AssetId::Native, owner: None, ..token.clone() };
        let both = [token.clone(), own];
        let found = issued(&book, book.asset("TDM").unwrap(), &both);
        assert_eq!(found.iter().map(|found| &found.id).collect::<Vec<_>>(), [&AssetId::Native]);
        assert_eq!(faults("t.csv", &book, &[named("TDM", 2, "currency")], &[token]).len(), 1);
    }

    #[test]
    fn faults_should_name_what_is_missing_or_written_otherwise() {
        let book = book();
        let eur = [named("EUR", 2, "currency")];
        let of = |listed: &[Listed]| faults("t.csv", &book, &eur, listed).join("\n");
        assert_eq!(of(&[]), "p.toml: EUR is not on this chain; run tandem load p.toml, or correct the code");
        let till = account(&book, 0, 0);
        assert!(of(&[listed("EUR", 1, 3, till.clone())]).contains("EUR has 2 decimals here and 3 on this chain"));
        let unit = Listed { settlement_unit: 5, ..listed("EUR", 1, 2, till) };
        assert!(of(&[unit]).contains("EUR has another settlement unit on this chain"));
    }
}
