//! Finds whom a person means: by code, by LEI, by address.

use crate::{
    args::Common,
    chain::directory::{Listed, Registered},
    fault::fault,
    files::participants::{Account, Book},
};
use polkadot_sdk::sp_core::crypto::Ss58Codec;
use tandem_primitives::{AccountId, Lei};

/// The participants file, if one is named.
pub fn book(common: &Common) -> anyhow::Result<Option<Book>> {
    Ok(common.keys.as_deref().map(Book::read).transpose()?)
}

/// The registered participant with this code or LEI.
pub fn participant<'a>(who: &str, book: Option<&Book>, registered: &'a [Registered]) -> anyhow::Result<&'a Registered> {
    let lei = match book.and_then(|book| book.participant(who)) {
        Some(participant) => participant.lei,
        None => Lei::parse(who).map_err(|_| {
            fault(format!(
                "{who} is neither a code of the participants file nor an LEI; name the file with --keys, or correct it"
            ))
        })?,
    };
    registered
        .iter()
        .find(|registered| registered.lei == lei)
        .ok_or_else(|| fault(format!("{who} is not registered on this chain; register it with tandem load")))
}

/// The code of the participants file, or else the legal name.
pub fn name(registered: &Registered, book: Option<&Book>) -> String {
    let code = book.and_then(|book| book.participants.iter().find(|participant| participant.lei == registered.lei));
    code.map_or_else(|| registered.name.clone(), |participant| participant.code.clone())
}

/// The label of the participants file, or else the address.
pub fn account(account: &AccountId, book: Option<&Book>) -> String {
    match book.and_then(|book| book.owner_of(account)) {
        Some((owner, Account { label, .. })) => format!("{} {label}", owner.code),
        None => account.to_ss58check(),
    }
}

/// Code of an asset, with its issuer where another listed asset has the same code.
pub fn asset(asset: &Listed, listed: &[Listed], book: Option<&Book>) -> String {
    let is_shared = listed.iter().any(|other| other.code == asset.code && other.id != asset.id);
    match asset.owner.as_ref().filter(|_| is_shared) {
        Some(owner) => format!("{} of {}", asset.code, account(owner, book)),
        None => asset.code.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::assets::tests::{account as account_at, book, listed};

    #[test]
    fn cli_c1_assets_that_share_a_code_should_be_shown_with_their_issuers() {
        let book = book();
        let ours = listed("EUR", 1, 2, account_at(&book, 0, 0));
        let other = listed("EUR", 9, 2, [66; 32].into());
        assert_eq!(asset(&ours, std::slice::from_ref(&ours), Some(&book)), "EUR");
        let both = [ours.clone(), other.clone()];
        assert_eq!(asset(&ours, &both, Some(&book)), "EUR of TILL main");
        let owner = AccountId::from([66; 32]).to_ss58check();
        assert_eq!(asset(&other, &both, Some(&book)), format!("EUR of {owner}"));
    }
}
