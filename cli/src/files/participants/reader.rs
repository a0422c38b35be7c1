//! Checks a participants file: shapes, check digits, and whether every name leads somewhere.

use super::{account_of, key_of, parse_status, Account, Asset, Book, Participant};
use crate::{
    fault::{Faults, Place},
    files::amounts,
};
use polkadot_sdk::sp_core::crypto::Ss58Codec;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use tandem_primitives::{AccountId, AssetKind, Balance, Isin, Lei, Role, Status};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBook {
    #[serde(default)]
    participant: Vec<RawParticipant>,
    #[serde(default)]
    security: Vec<RawSecurity>,
    #[serde(default)]
    currency: Vec<RawCurrency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParticipant {
    code: Spanned<String>,
    name: Spanned<String>,
    lei: Spanned<String>,
    #[serde(rename = "country")]
    _country: Option<String>,
    roles: Vec<Spanned<String>>,
    status: Option<Spanned<String>>,
    custodian: Option<Spanned<String>>,
    settlement_bank: Option<Spanned<String>>,
    #[serde(default)]
    account: Vec<RawAccount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAccount {
    label: Spanned<String>,
    key: Option<Spanned<String>>,
    account: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    #[serde(default)]
    opening: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSecurity {
    isin: Spanned<String>,
    name: String,
    cfi: Option<String>,
    #[serde(default, rename = "quoted_in")]
    _quoted_in: Option<String>,
    decimals: Spanned<u8>,
    settlement_unit: Option<Spanned<String>>,
    issuer: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCurrency {
    code: Spanned<String>,
    name: Option<String>,
    decimals: Spanned<u8>,
    settlement_unit: Option<Spanned<String>>,
    issuer: Option<Spanned<String>>,
}

/// The line and the column of a position in the text, both from 1.
pub(super) fn at(place: &Place, text: &str, position: usize) -> Place {
    let before = text.get(..position).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()).saturating_add(1);
    place.line(line as u64).column(column.to_string())
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

pub(super) struct Reader<'a> {
    pub(super) place: Place,
    pub(super) text: &'a str,
    pub(super) faults: Vec<String>,
}

impl Reader<'_> {
    fn fault<T>(&mut self, of: &Spanned<T>, what: impl std::fmt::Display, cure: impl std::fmt::Display) {
        let sentence = at(&self.place, self.text, of.span().start).fault(what, cure);
        self.faults.push(sentence);
    }

    pub(super) fn book(mut self, file: &str, raw: RawBook) -> Result<Book, Faults> {
        let assets = self.assets(&raw);
        let mut participants: Vec<Participant> = Vec::new();
        let mut seen = BTreeSet::new();
        for raw in &raw.participant {
            if let Some(participant) = self.participant(raw, &assets, &mut seen) {
                participants.push(participant);
            }
        }
        // Roles are looked up in the text as written, so that one broken participant does not accuse the others.
        let has_role = |code: &str, role: &str| {
            raw.participant
                .iter()
                .find(|participant| participant.code.get_ref() == code)
                .map(|participant| participant.roles.iter().any(|found| found.get_ref() == role))
        };
        for participant in &raw.participant {
            for (agent, role) in
                [(&participant.custodian, "Custodian"), (&participant.settlement_bank, "SettlementBank")]
            {
                if let Some(agent) = agent {
                    self.refer(agent, role, &has_role);
                }
            }
        }
        let issuers =
            raw.security.iter().map(|s| &s.issuer).chain(raw.currency.iter().filter_map(|c| c.issuer.as_ref()));
        for issuer in issuers {
            self.refer(issuer, "Issuer", &has_role);
        }
        Faults::unless_any(self.faults, Book { file: file.to_owned(), participants, assets })
    }

    fn refer(&mut self, code: &Spanned<String>, role: &str, has_role: &impl Fn(&str, &str) -> Option<bool>) {
        match has_role(code.get_ref(), role) {
            Some(true) => {}
            Some(false) => self.fault(
                code,
                format!("{} has no role {role}", code.get_ref()),
                "add the role, or name a participant that has it",
            ),
            None => {
                self.fault(code, format!("there is no participant {}", code.get_ref()), "add it, or correct the code")
            }
        }
    }

    fn assets(&mut self, raw: &RawBook) -> Vec<Asset> {
        let mut assets: Vec<Asset> = Vec::new();
        for security in &raw.security {
            let code = security.isin.get_ref().clone();
            let isin = match Isin::parse(&code) {
                Ok(isin) => Some(isin),
                Err(fault) => {
                    self.fault(&security.isin, format!("ISIN {code} {fault}"), "correct the ISIN");
                    None
                }
            };
            let unit = self.unit(&security.decimals, security.settlement_unit.as_ref());
            self.unique(&security.isin, &assets);
            assets.push(Asset {
                code,
                name: security.name.clone(),
                isin,
                cfi: security.cfi.clone(),
                kind: AssetKind::Security,
                decimals: *security.decimals.get_ref(),
                settlement_unit: unit,
                issuer: Some(security.issuer.get_ref().clone()),
            });
        }
        for currency in &raw.currency {
            let code = currency.code.get_ref().clone();
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                self.fault(
                    &currency.code,
                    format!("{code} is no currency code"),
                    "write the three letters of ISO 4217",
                );
            }
            let unit = self.unit(&currency.decimals, currency.settlement_unit.as_ref());
            self.unique(&currency.code, &assets);
            assets.push(Asset {
                name: currency.name.clone().unwrap_or_else(|| code.clone()),
                code,
                isin: None,
                cfi: None,
                kind: AssetKind::Cash,
                decimals: *currency.decimals.get_ref(),
                settlement_unit: unit,
                issuer: currency.issuer.as_ref().map(|issuer| issuer.get_ref().clone()),
            });
        }
        assets
    }

    fn unique(&mut self, code: &Spanned<String>, before: &[Asset]) {
        if before.iter().any(|asset| asset.code == *code.get_ref()) {
            self.fault(code, format!("{} is listed twice", code.get_ref()), "remove one of the two");
        }
    }

    fn unit(&mut self, decimals: &Spanned<u8>, unit: Option<&Spanned<String>>) -> Balance {
        if *decimals.get_ref() > amounts::MAX_DECIMALS {
            self.fault(
                decimals,
                format!("{} decimals are too many", decimals.get_ref()),
                format!("an asset has at most {}", amounts::MAX_DECIMALS),
            );
            return 1;
        }
        let Some(unit) = unit else { return 1 };
        match amounts::parse(unit.get_ref(), *decimals.get_ref()) {
            Ok(0) => {
                self.fault(unit, "the settlement unit is zero", "write the smallest amount that settles");
                1
            }
            Ok(parsed) => parsed,
            Err(fault) => {
                self.fault(unit, format!("the settlement unit {} {fault}", unit.get_ref()), fault.cure());
                1
            }
        }
    }

    fn participant(
        &mut self,
        raw: &RawParticipant,
        assets: &[Asset],
        seen: &mut BTreeSet<String>,
    ) -> Option<Participant> {
        let code = raw.code.get_ref().clone();
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            self.fault(&raw.code, format!("{code:?} is no code"), "write upper-case letters and digits");
        }
        if !seen.insert(format!("code {code}")) {
            self.fault(&raw.code, format!("{code} is listed twice"), "remove one of the two");
        }
        let lei = match Lei::parse(raw.lei.get_ref()) {
            Ok(lei) => Some(lei),
            Err(fault) => {
                self.fault(&raw.lei, format!("LEI {} of {code} {fault}", raw.lei.get_ref()), "correct the LEI");
                None
            }
        };
        if !seen.insert(format!("lei {}", raw.lei.get_ref())) {
            self.fault(&raw.lei, format!("LEI {} is listed twice", raw.lei.get_ref()), "give each participant its own");
        }
        if raw.name.get_ref().trim().is_empty() {
            self.fault(&raw.name, format!("{code} has no name"), "write the legal name");
        }
        let roles = raw.roles.iter().filter_map(|role| self.role(role)).collect();
        let status = raw.status.as_ref().map_or(Status::Active, |status| self.status(status));
        if raw.account.is_empty() {
            self.fault(&raw.code, format!("{code} has no account"), "add a [[participant.account]]");
        }
        let mut accounts = Vec::new();
        for account in &raw.account {
            accounts.extend(self.account(&code, account, assets, seen));
        }
        Some(Participant {
            code,
            name: raw.name.get_ref().clone(),
            lei: lei?,
            roles,
            status,
            custodian: raw.custodian.as_ref().map(|code| code.get_ref().clone()),
            settlement_bank: raw.settlement_bank.as_ref().map(|code| code.get_ref().clone()),
            accounts,
        })
    }

    fn role(&mut self, role: &Spanned<String>) -> Option<Role> {
        let found = Role::ALL.into_iter().find(|known| format!("{known:?}") == *role.get_ref());
        if found.is_none() {
            let known: Vec<String> = Role::ALL.iter().map(|role| format!("{role:?}")).collect();
            self.fault(
                role,
                format!("there is no role {}", role.get_ref()),
                format!("use one of {}", known.join(", ")),
            );
        }
        found
    }

    fn status(&mut self, status: &Spanned<String>) -> Status {
        parse_status(status.get_ref()).unwrap_or_else(|| {
            self.fault(
                status,
                format!("there is no status {}", status.get_ref()),
                "use one of Active, Suspended, Sanctioned, Revoked",
            );
            Status::Active
        })
    }

    fn account(
        &mut self,
        owner: &str,
        raw: &RawAccount,
        assets: &[Asset],
        seen: &mut BTreeSet<String>,
    ) -> Option<Account> {
        let label = raw.label.get_ref();
        if !seen.insert(format!("account {owner} {label}")) {
            self.fault(&raw.label, format!("{owner} has two accounts {label}"), "give each its own label");
        }
        if let Some(kind) = raw.kind.as_ref().filter(|kind| !matches!(kind.get_ref().as_str(), "own" | "omnibus")) {
            self.fault(kind, format!("there is no kind of account {}", kind.get_ref()), "use own or omnibus");
        }
        let opening: Vec<(String, Balance)> =
            raw.opening.iter().filter_map(|(code, amount)| self.opening(code, amount, assets)).collect();
        let (id, key) = match (&raw.key, &raw.account) {
            (Some(path), None) => {
                let Some(key) = key_of(path.get_ref()) else {
                    self.fault(
                        path,
                        "the key is no derivation path",
                        "write one such as //Name//account, or name an ss58 address with account",
                    );
                    return None;
                };
                (account_of(&key), Some(key))
            }
            (None, Some(address)) => {
                let Ok(id) = AccountId::from_ss58check(address.get_ref()) else {
                    self.fault(address, format!("{} is no ss58 address", address.get_ref()), "correct the address");
                    return None;
                };
                (id, None)
            }
            (Some(_), Some(both)) => {
                self.fault(
                    both,
                    format!("account {label} of {owner} has a key and an address"),
                    "remove one of the two",
                );
                return None;
            }
            (None, None) => {
                self.fault(
                    &raw.label,
                    format!("account {label} of {owner} has neither key nor account"),
                    "name a development key with key or an ss58 address with account",
                );
                return None;
            }
        };
        if !seen.insert(format!("id {id}")) {
            self.fault(
                &raw.label,
                format!("account {label} of {owner} is listed twice"),
                "give each account its own key",
            );
        }
        Some(Account { label: label.clone(), id, key, opening })
    }

    fn opening(&mut self, code: &str, amount: &Spanned<String>, assets: &[Asset]) -> Option<(String, Balance)> {
        let Some(asset) = assets.iter().find(|asset| asset.code == code) else {
            self.fault(
                amount,
                format!("there is no asset {code}"),
                "add it as a [[security]] or a [[currency]], or correct the code",
            );
            return None;
        };
        if asset.issuer.is_none() {
            self.fault(
                amount,
                format!("nobody issues {code}"),
                "remove the opening balance, or give the currency an issuer",
            );
            return None;
        }
        match amounts::parse(amount.get_ref(), asset.decimals) {
            Ok(parsed) => Some((code.to_owned(), parsed)),
            Err(fault) => {
                self.fault(amount, format!("the opening balance {} of {code} {fault}", amount.get_ref()), fault.cure());
                None
            }
        }
    }
}
