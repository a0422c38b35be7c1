//! Securities and cash: each is issued together with its opening balances, or not at all.
//!
//! One transaction creates an asset, lists it and pays its opening balances. So an asset that is on the chain has had them,
//! whoever has redeemed some since, and no run makes supply of it again.

use super::Loader;
use crate::{
    chain::{calls::Call, directory::Listed},
    commands::transact::{self, Wanted},
    fault::{fault, Faults},
    files::participants::{Asset, Book, Participant},
    settle::assets::issued,
};
use std::collections::BTreeSet;
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{AccountId, AssetCode, AssetId, AssetRecord, Balance};

/// Maximum number of opening balances of one asset, so that its transaction fits into a block with room to spare.
const OPENINGS: usize = 300;

impl Loader {
    /// Issues the assets of the file that its issuers have not issued yet.
    pub(super) async fn issue(&mut self) -> anyhow::Result<()> {
        // A run that was cut off may have issued what the operator has not confirmed.
        self.confirm().await?;
        let at = self.chain.best().await?.hash;
        let listed = self.chain.assets(at).await?;
        let created = self.chain.created(at).await?;
        let mut next = created.iter().map(|asset| asset.id).max().map_or(1, |last| last.saturating_add(1));
        let missing = missing(&self.book, &listed)?;
        let mut wanted = Vec::new();
        for asset in &missing {
            let Some((key, issuer)) = issuer(&self.book, asset) else { continue };
            let calls = issuing(&self.book, asset, next, &issuer)?;
            let encoded = calls.iter().map(|call| self.encoded(call)).collect::<Result<Vec<_>, _>>()?;
            let purpose = format!("issuing {}", asset.code);
            wanted.push(Wanted { key, call: Call::batch_all(&encoded), purpose, unless: None });
            next = next.saturating_add(1);
            self.done.assets += 1;
            self.done.balances += openings(&self.book, asset).count();
        }
        let left = unpaid(&self.book, &missing, &self.new_accounts);
        self.left.extend(left);
        transact::all(&self.chain, "issuing securities and cash", wanted).await?;
        self.confirm().await
    }

    /// Confirms, as the operator, the listings that issuers of the file have asked for as the file says.
    async fn confirm(&self) -> anyhow::Result<()> {
        let at = self.chain.best().await?.hash;
        let created = self.chain.created(at).await?;
        let mut wanted = Vec::new();
        for (number, record) in self.chain.requested(at).await? {
            let Some(owner) = created.iter().find(|asset| asset.id == number).map(|asset| &asset.owner) else {
                continue;
            };
            let is_ours = |asset: &&Asset| {
                let by_issuer = issuer(&self.book, asset).is_some_and(|(_, issuer)| issuer == *owner);
                by_issuer && self::record(asset).is_ok_and(|own| own == record)
            };
            let Some(asset) = self.book.assets.iter().find(is_ours) else { continue };
            wanted.push(Wanted {
                key: self.operator[0].clone(),
                call: Call::confirm_listing(&AssetId::WithId(number), &record),
                purpose: format!("confirming the listing of {}", asset.code),
                unless: None,
            });
        }
        transact::all(&self.chain, "confirming listings", wanted).await
    }
}

/// Faults of a file whose assets cannot be issued from here.
pub(super) fn faults(book: &Book) -> Vec<String> {
    let file = &book.file;
    let mut faults = Vec::new();
    for asset in &book.assets {
        let code = &asset.code;
        if asset.issuer.is_some() && issuer(book, asset).is_none() {
            faults.push(format!("{file}: no account of the issuer of {code} has a key; add one, or issue it by hand"));
        }
        let count = openings(book, asset).count();
        if count > OPENINGS {
            faults.push(format!(
                "{file}: {code} has {count} opening balances and at most {OPENINGS} are paid as it is issued; leave out \
                 some, and let the issuer pay them"
            ));
        }
    }
    faults
}

/// Assets of the file that are not on the chain.
fn missing<'a>(book: &'a Book, listed: &[Listed]) -> Result<Vec<&'a Asset>, Faults> {
    let file = &book.file;
    let mut missing = Vec::new();
    let mut faults = Vec::new();
    for asset in book.assets.iter().filter(|asset| issued(book, asset, listed).is_empty()) {
        let code = &asset.code;
        match &asset.issuer {
            None => faults.push(format!("{file}: {code} has no issuer and is not this chain's currency; give it one")),
            Some(issuer) if asset.isin.is_some() && listed.iter().any(|found| found.code == *code) => {
                faults.push(format!(
                    "{file}: {code} has another issuer on this chain than {issuer}; correct the ISIN, the issuer or its \
                     accounts"
                ));
            }
            Some(_) => missing.push(asset),
        }
    }
    Faults::unless_any(faults, missing)
}

/// Account of the issuer whose key is at hand, with the key.
pub(super) fn issuer(book: &Book, asset: &Asset) -> Option<(Keypair, AccountId)> {
    let account = book.participant(asset.issuer.as_ref()?)?.signer()?;
    Some((account.key.clone()?, account.id.clone()))
}

/// Calls that issue an asset under a number, with its opening balances.
fn issuing(book: &Book, asset: &Asset, number: u32, issuer: &AccountId) -> anyhow::Result<Vec<Call>> {
    let mut calls = vec![
        Call::create_asset(number, issuer),
        Call::set_metadata(number, &asset.name, &asset.code, asset.decimals),
        Call::list_asset(&AssetId::WithId(number), &record(asset)?),
    ];
    calls.extend(openings(book, asset).map(|(_, account, amount)| Call::mint(number, account, amount)));
    Ok(calls)
}

/// Accounts that open with some of the asset, with their owners.
fn openings<'a>(book: &'a Book, asset: &'a Asset) -> impl Iterator<Item = (&'a Participant, &'a AccountId, Balance)> {
    let accounts =
        book.participants.iter().flat_map(|owner| owner.accounts.iter().map(move |account| (owner, account)));
    accounts.flat_map(move |(owner, account)| {
        let of_asset = account.opening.iter().filter(move |(code, amount)| *code == asset.code && *amount > 0);
        of_asset.map(move |(_, amount)| (owner, &account.id, *amount))
    })
}

/// Sentences for opening balances of new accounts that nothing pays, as the asset was there before.
fn unpaid(book: &Book, missing: &[&Asset], new_accounts: &BTreeSet<AccountId>) -> Vec<String> {
    let there = book.assets.iter().filter(|asset| missing.iter().all(|missing| missing.code != asset.code));
    let unpaid = there.flat_map(|asset| openings(book, asset).map(move |(owner, account, _)| (asset, owner, account)));
    let new = unpaid.filter(|(_, _, account)| new_accounts.contains(account));
    new.map(|(asset, owner, account)| {
        let label = book.owner_of(account).map_or("", |(_, account)| account.label.as_str());
        format!(
            "{}: account {label} of {} begins without {code}, which was issued before; its issuer makes more, or another \
             account pays",
            book.file,
            owner.code,
            code = asset.code
        )
    })
    .collect()
}

/// Record of an asset for the list of assets.
fn record(asset: &Asset) -> anyhow::Result<AssetRecord> {
    let malformed =
        || fault(format!("{}: its code or its classification has the wrong length; correct it", asset.code));
    let code = match asset.isin {
        Some(isin) => AssetCode::Isin(isin),
        None => AssetCode::Currency(asset.code.as_bytes().try_into().map_err(|_| malformed())?),
    };
    let cfi = asset.cfi.as_ref().map(|cfi| cfi.as_bytes().try_into().map_err(|_| malformed())).transpose()?;
    Ok(AssetRecord { kind: asset.kind, code, cfi, settlement_unit: asset.settlement_unit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::assets::tests::{account, book, listed};

    fn own(book: &Book) -> Listed {
        Listed { id: AssetId::Native, owner: None, ..listed("TDM", 0, 12, account(book, 0, 0)) }
    }

    fn codes(missing: Result<Vec<&Asset>, Faults>) -> Vec<String> {
        missing.unwrap().into_iter().map(|asset| asset.code.clone()).collect()
    }

    #[test]
    fn cli_c6_an_asset_should_be_issued_with_its_opening_balances_at_once() {
        let book = book();
        let (asset, till) = (book.asset("EUR").unwrap(), account(&book, 0, 0));
        let titles: Vec<String> = issuing(&book, asset, 7, &till).unwrap().iter().map(Call::title).collect();
        assert_eq!(
            titles,
            ["Assets.create", "Assets.set_metadata", "Participants.list_asset", "Assets.mint", "Assets.mint"]
        );
        let paid: Vec<Balance> = openings(&book, asset).map(|(_, _, amount)| amount).collect();
        assert_eq!(paid, [1_000, 250]);
    }

    #[test]
    fn cli_c6_no_supply_should_be_made_of_an_asset_that_is_there() {
        let book = book();
        assert_eq!(codes(missing(&book, &[own(&book)])), ["QZ000TEST017", "EUR"]);
        // All of it was redeemed, or some.
        for supply in [0, 1, 1_249, u128::MAX] {
            let eur = Listed { supply, ..listed("EUR", 1, 2, account(&book, 0, 1)) };
            assert_eq!(codes(missing(&book, &[own(&book), eur])), ["QZ000TEST017"]);
        }
    }

    #[test]
    fn cli_c6_a_new_account_should_be_told_that_nothing_is_paid_to_it() {
        let book = book();
        let new = BTreeSet::from([account(&book, 2, 1)]);
        let share = book.asset("QZ000TEST017").unwrap();
        assert_eq!(
            unpaid(&book, &[share], &new),
            ["p.toml: account other of OSTREA begins without EUR, which was issued before; its issuer makes more, or \
              another account pays"]
        );
        assert_eq!(unpaid(&book, &[share, book.asset("EUR").unwrap()], &new), Vec::<String>::new());
        assert_eq!(unpaid(&book, &[share], &BTreeSet::new()), Vec::<String>::new());
    }

    #[test]
    fn cli_c1_the_asset_of_another_issuer_should_not_pass_for_one_that_is_there() {
        let book = book();
        let squat = [own(&book), listed("EUR", 9, 2, [66; 32].into())];
        assert_eq!(codes(missing(&book, &squat)), ["QZ000TEST017", "EUR"]);
        let isin = [own(&book), listed("QZ000TEST017", 8, 0, [66; 32].into())];
        assert_eq!(
            missing(&book, &isin).unwrap_err().0,
            ["p.toml: QZ000TEST017 has another issuer on this chain than LEDGER; correct the ISIN, the issuer or its \
              accounts"]
        );
        assert_eq!(
            missing(&book, &[]).unwrap_err().0,
            ["p.toml: TDM has no issuer and is not this chain's currency; give it one"]
        );
    }

    #[test]
    fn faults_should_name_issuers_without_key_and_too_many_openings() {
        assert_eq!(faults(&book()), Vec::<String>::new());
        let mut without = book();
        without.participants[0].accounts.iter_mut().for_each(|account| account.key = None);
        assert_eq!(
            faults(&without),
            ["p.toml: no account of the issuer of EUR has a key; add one, or issue it by hand"]
        );
        let mut many = book();
        let trader = &mut many.participants[2];
        trader.accounts = vec![trader.accounts[1].clone(); OPENINGS + 1];
        assert_eq!(faults(&many).len(), 1);
        assert!(faults(&many)[0].contains("EUR has 301 opening balances and at most 300"), "{:?}", faults(&many));
    }
}
