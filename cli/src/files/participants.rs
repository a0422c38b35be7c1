//! The participants file: who the parties are, what they trade, and the keys that this machine holds.

mod reader;
#[cfg(test)]
mod tests;

use crate::fault::{Faults, Place};
use reader::{at, first_line, RawBook, Reader};
use std::{path::Path, str::FromStr};
use subxt_signer::{sr25519::Keypair, SecretUri};
use tandem_primitives::{AccountId, AssetKind, Balance, Isin, Lei, NetworkIndex, Roles, Status};

/// A file that has passed every check.
#[derive(Clone, Debug)]
pub struct Book {
    /// Name of the file, for sentences.
    pub file: String,
    /// In the file's order.
    pub participants: Vec<Participant>,
    /// Securities first, then currencies, in the file's order.
    pub assets: Vec<Asset>,
}

/// Legal entity that takes part.
#[derive(Clone, Debug)]
pub struct Participant {
    /// The short name that trade files use.
    pub code: String,
    /// Legal name of the entity.
    pub name: String,
    /// The legal entity identifier.
    pub lei: Lei,
    /// Roles of the participant.
    pub roles: Roles,
    /// Status that the participant is to have once everything is loaded.
    pub status: Status,
    /// Agent for the deliveries, by code.
    pub custodian: Option<String>,
    /// Agent for the payments, by code.
    pub settlement_bank: Option<String>,
    /// The first is its main one.
    pub accounts: Vec<Account>,
}

/// An account of a participant.
#[derive(Clone)]
pub struct Account {
    /// The name that trade files use.
    pub label: String,
    /// Public key of the account.
    pub id: AccountId,
    /// Secret key of the account, where the file gives one.
    pub key: Option<Keypair>,
    /// Opening balances by asset code, in smallest units.
    pub opening: Vec<(String, Balance)>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.label, self.id)
    }
}

/// A security or a currency.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asset {
    /// The ISIN, or the currency's code.
    pub code: String,
    /// Name of the asset.
    pub name: String,
    /// The ISIN of a security.
    pub isin: Option<Isin>,
    /// The classification of a security (ISO 10962).
    pub cfi: Option<String>,
    /// A delivery or a payment.
    pub kind: AssetKind,
    /// Decimals of its natural unit.
    pub decimals: u8,
    /// The smallest amount that settles, in smallest units.
    pub settlement_unit: Balance,
    /// Issuer of the asset, by code; nobody issues the native currency.
    pub issuer: Option<String>,
}

impl Book {
    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self, Faults> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Faults::one(
                Place::file(&path.display().to_string())
                    .fault(format!("cannot be read ({error})"), "name the participants file with --keys"),
            )
        })?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        Self::parse(&name, &text)
    }

    /// Checks the text of a file of this name.
    pub fn parse(file: &str, text: &str) -> Result<Self, Faults> {
        let place = Place::file(file);
        let raw: RawBook = toml::from_str(text).map_err(|error| {
            let place = error.span().map_or_else(|| place.clone(), |span| at(&place, text, span.start));
            Faults::one(place.fault(first_line(error.message()), "correct the file"))
        })?;
        Reader { place, text, faults: Vec::new() }.book(file, raw)
    }

    /// The participant with this code.
    pub fn participant(&self, code: &str) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.code == code)
    }

    /// The asset with this code.
    pub fn asset(&self, code: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.code == code)
    }

    /// The owner and the account with this public key.
    pub fn owner_of(&self, id: &AccountId) -> Option<(&Participant, &Account)> {
        self.participants.iter().find_map(|participant| {
            participant.accounts.iter().find(|account| account.id == *id).map(|account| (participant, account))
        })
    }
}

/// The participants files of a run: that of its only network, or those of both.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    first: &'a Book,
    second: Option<&'a Book>,
}

impl<'a> From<&'a Book> for Books<'a> {
    fn from(first: &'a Book) -> Self {
        Self { first, second: None }
    }
}

impl<'a> Books<'a> {
    /// Files of the asset network and of the payment network.
    pub fn two(asset: &'a Book, payment: &'a Book) -> Self {
        Self { first: asset, second: Some(payment) }
    }

    /// True if there are two networks.
    pub fn are_two(&self) -> bool {
        self.second.is_some()
    }

    /// File of a network; with one network, the only one.
    pub fn of(&self, network: NetworkIndex) -> &'a Book {
        self.second.filter(|_| network != NetworkIndex(0)).unwrap_or(self.first)
    }

    /// The key of an account, where one of the files gives it.
    pub fn key(&self, id: &AccountId) -> Option<&'a Keypair> {
        std::iter::once(self.first).chain(self.second).find_map(|book| book.owner_of(id)?.1.key.as_ref())
    }
}

impl Participant {
    /// The account with this label.
    pub fn account(&self, label: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.label == label)
    }

    /// An account of it whose key is at hand, the main one if possible.
    pub fn signer(&self) -> Option<&Account> {
        self.accounts.iter().find(|account| account.key.is_some())
    }
}

/// A key from a derivation path such as `//Nordhav//main`, or from a phrase with one.
pub fn key_of(path: &str) -> Option<Keypair> {
    let uri = SecretUri::from_str(path).ok()?;
    Keypair::from_uri(&uri).ok()
}

/// The account that a key signs for.
pub fn account_of(key: &Keypair) -> AccountId {
    AccountId::from(key.public_key().0)
}

/// A status by its name, in any case.
pub fn parse_status(text: &str) -> Option<Status> {
    [Status::Active, Status::Suspended, Status::Sanctioned, Status::Revoked]
        .into_iter()
        .find(|status| format!("{status:?}").eq_ignore_ascii_case(text))
}
