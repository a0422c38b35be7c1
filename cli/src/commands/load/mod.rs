//! `tandem load`: makes a chain know what a participants file says. What is there already is left alone.

use super::transact::{self, Wanted};
use crate::{
    args::{Common, Load},
    chain::{
        calls::Call,
        directory::{Listed, Registered},
        types::{AssetCode, AssetRecord},
        Chain,
    },
    fault::{fault, Faults},
    files::participants::{key_of, Asset, Book, Participant},
    output,
};
use polkadot_sdk::sp_io::hashing::blake2_256;
use serde_json::json;
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{AccountId, AssetId, Balance, CallHash, Capacity, ParticipantId, Role, Status};

/// How many calls go into one transaction, so that it stays well within a block and a quota.
const BATCH: usize = 10;

/// How many calls one account of the operator has proposed at a time; the chain takes no more of one account.
const PROPOSALS: usize = 8;

/// How many of each were missing.
#[derive(Default)]
struct Done {
    participants: usize,
    accounts: usize,
    assets: usize,
    balances: usize,
    agents: usize,
    statuses: usize,
}

struct Loader {
    chain: Chain,
    book: Book,
    operator: [Keypair; 2],
    regulator: Keypair,
    done: Done,
}

/// Whether one account of the operator does not register it alone.
fn governs(participant: &Participant) -> bool {
    participant.roles.has(Role::Operator) || participant.roles.has(Role::Regulator)
}

/// A key from the command line.
pub fn key(path: &str) -> anyhow::Result<Keypair> {
    key_of(path).ok_or_else(|| fault("a key on the command line is no derivation path; write one such as //Alice"))
}

/// Runs it.
pub async fn run(common: &Common, arguments: &Load) -> anyhow::Result<()> {
    let book = Book::read(&arguments.participants)?;
    let [first, second] = arguments.operator.as_slice() else {
        return Err(fault("the operator has two keys; name both with --operator"));
    };
    let operator = [key(first)?, key(second)?];
    let regulator = key(&arguments.regulator)?;
    let chain = Chain::connect(&common.url).await?;
    let mut loader = Loader { chain, book, operator, regulator, done: Done::default() };
    loader.check()?;
    loader.register().await?;
    loader.issue().await?;
    loader.open().await?;
    loader.appoint().await?;
    loader.set_statuses().await?;
    let Done { participants, accounts, assets, balances, agents, statuses } = loader.done;
    let json = json!({
        "participants": participants, "accounts": accounts, "assets": assets, "balances": balances, "agents": agents,
        "statuses": statuses,
    });
    output::answer(common.output, json, || {
        if [participants, accounts, assets, balances, agents, statuses].iter().all(|count| *count == 0) {
            return "everything in the file is on the chain already".to_owned();
        }
        format!(
            "{participants} participants and {accounts} more accounts registered, {assets} assets issued, {balances} \
             opening balances paid, {agents} agents appointed, {statuses} statuses set"
        )
    })
}

impl Loader {
    /// Whether the file gives the keys that loading needs.
    fn check(&self) -> anyhow::Result<()> {
        let file = &self.book.file;
        let mut faults = Vec::new();
        for asset in &self.book.assets {
            let issuer = asset.issuer.as_ref().and_then(|code| self.book.participant(code));
            if issuer.is_some_and(|issuer| issuer.signer().is_none()) {
                faults.push(format!(
                    "{file}: no account of the issuer of {} has a key; add one, or issue it by hand",
                    asset.code
                ));
            }
        }
        Ok(Faults::unless_any(faults, ())?)
    }

    async fn registered(&self) -> anyhow::Result<Vec<Registered>> {
        self.chain.participants(self.chain.best().await?.hash).await
    }

    async fn register(&mut self) -> anyhow::Result<()> {
        let registered = self.registered().await?;
        let mut alone = Vec::new();
        let mut together = Vec::new();
        for participant in &self.book.participants {
            let code = &participant.code;
            match registered.iter().find(|found| found.lei == participant.lei) {
                None => {
                    let accounts: Vec<AccountId> =
                        participant.accounts.iter().map(|account| account.id.clone()).collect();
                    let roles: Vec<Role> = participant.roles.iter().collect();
                    let call = Call::register(&participant.name, participant.lei, &roles, &accounts);
                    let purpose = format!("registering {code}");
                    if governs(participant) {
                        together.push(self.by_two(call, &purpose)?);
                    } else {
                        alone.push(Wanted { key: self.operator[0].clone(), call, purpose, unless: None });
                    }
                    self.done.participants += 1;
                }
                Some(found) => {
                    for account in participant.accounts.iter().filter(|account| !found.accounts.contains(&account.id)) {
                        let call = Call::add_account(found.id, &account.id);
                        let purpose = format!("adding account {} of {code}", account.label);
                        together.push(self.by_two(call, &purpose)?);
                        self.done.accounts += 1;
                    }
                }
            }
        }
        transact::all(&self.chain, "registering", alone).await?;
        // What one account proposes must be on the chain before the other approves it.
        let mut together = together.into_iter().peekable();
        while together.peek().is_some() {
            let (first, second) = together.by_ref().take(PROPOSALS).unzip();
            transact::all(&self.chain, "proposing what needs two", first).await?;
            transact::all(&self.chain, "approving what needs two", second).await?;
        }
        // A call under dual control reports its own failure in an event only.
        let registered = self.registered().await?;
        let mut sentences = Vec::new();
        let mut missing = |what: String| {
            sentences.push(format!(
                "{what} although both operators agreed; see the event Participants.Enacted, or wait for the delay of this \
                 network and enact it"
            ));
        };
        for participant in &self.book.participants {
            let code = &participant.code;
            match registered.iter().find(|found| found.lei == participant.lei) {
                None => missing(format!("{code} is not registered")),
                Some(found) => {
                    for account in participant.accounts.iter().filter(|account| !found.accounts.contains(&account.id)) {
                        missing(format!("account {} of {code} is not added", account.label));
                    }
                }
            }
        }
        Ok(Faults::unless_any(sentences, ())?)
    }

    /// A call of the operator that its two accounts decide, one after the other.
    fn by_two(&self, call: Call, purpose: &str) -> anyhow::Result<(Wanted, Wanted)> {
        let [first, second] = &self.operator;
        let encoded = self.encoded(&call)?;
        let hash = CallHash::from(blake2_256(&encoded));
        let propose = Wanted {
            key: first.clone(),
            call: Call::propose(Role::Operator, hash),
            purpose: format!("proposing {purpose}"),
            unless: Some("Participants.ProposalAlreadyExists"),
        };
        let approve = Wanted {
            key: second.clone(),
            call: Call::approve(Role::Operator, &encoded),
            purpose: format!("approving {purpose}"),
            unless: Some("Participants.AlreadyApproved"),
        };
        Ok((propose, approve))
    }

    fn encoded(&self, call: &Call) -> anyhow::Result<Vec<u8>> {
        self.chain.codec.tx().call_data(call).map_err(|error| anyhow::anyhow!("{}: {error}", call.title()))
    }

    async fn listed(&self) -> anyhow::Result<Vec<Listed>> {
        self.chain.assets(self.chain.best().await?.hash).await
    }

    /// Creates, describes and lists what is not listed: one transaction for each, so that none is half there.
    async fn issue(&mut self) -> anyhow::Result<()> {
        let listed = self.listed().await?;
        let created = self.chain.created(self.chain.best().await?.hash).await?;
        let mut next = created.iter().map(|asset| asset.id).max().map_or(1, |last| last.saturating_add(1));
        let mut wanted = Vec::new();
        for asset in &self.book.assets {
            if listed.iter().any(|found| found.code == asset.code) {
                continue;
            }
            let Some((key, account)) = self.issuer(asset) else {
                return Err(fault(format!(
                    "{}: {} has no issuer and is not this chain's currency; give it one",
                    self.book.file, asset.code
                )));
            };
            let calls = [
                Call::create_asset(next, &account),
                Call::set_metadata(next, &asset.name, &asset.code, asset.decimals),
                Call::list_asset(&AssetId::WithId(next), &record(asset)?),
            ];
            let encoded = calls.iter().map(|call| self.encoded(call)).collect::<Result<Vec<_>, _>>()?;
            wanted.push(Wanted {
                key,
                call: Call::batch_all(&encoded),
                purpose: format!("issuing {}", asset.code),
                unless: None,
            });
            next = next.saturating_add(1);
            self.done.assets += 1;
        }
        transact::all(&self.chain, "issuing securities and cash", wanted).await
    }

    fn issuer(&self, asset: &Asset) -> Option<(Keypair, AccountId)> {
        let account = self.book.participant(asset.issuer.as_ref()?)?.signer()?;
        Some((account.key.clone()?, account.id.clone()))
    }

    /// Pays opening balances, until there is as much of each asset as the file pays out. Trades change no supply, so
    /// what was paid once is not paid again, wherever it has gone since.
    async fn open(&mut self) -> anyhow::Result<()> {
        let listed = self.listed().await?;
        let at = self.chain.best().await?.hash;
        let mut wanted = Vec::new();
        for asset in &self.book.assets {
            let Some(found) = listed.iter().find(|found| found.code == asset.code) else { continue };
            let (AssetId::WithId(id), Some((key, _))) = (&found.id, self.issuer(asset)) else { continue };
            let mut calls = Vec::new();
            let mut missing = openings(&self.book, asset).map(|(_, amount)| amount).fold(0, Balance::saturating_add);
            missing = missing.saturating_sub(found.supply);
            for (account, amount) in openings(&self.book, asset) {
                if missing == 0 {
                    break;
                }
                let has = self.chain.balance(&found.id, account, at).await?;
                let short = amount.saturating_sub(has).min(missing);
                if short > 0 {
                    calls.push(self.encoded(&Call::mint(*id, account, short))?);
                    missing = missing.saturating_sub(short);
                    self.done.balances += 1;
                }
            }
            for batch in calls.chunks(BATCH) {
                let purpose = format!("paying opening balances of {}", asset.code);
                wanted.push(Wanted { key: key.clone(), call: Call::batch_all(batch), purpose, unless: None });
            }
        }
        transact::all(&self.chain, "paying opening balances", wanted).await
    }

    async fn appoint(&mut self) -> anyhow::Result<()> {
        let registered = self.registered().await?;
        let number = |code: &str| -> Option<&Registered> {
            let lei = self.book.participant(code)?.lei;
            registered.iter().find(|found| found.lei == lei)
        };
        let mut wanted = Vec::new();
        let mut appointed = 0;
        for participant in &self.book.participants {
            let Some(principal) = number(&participant.code) else { continue };
            let agents =
                [(&participant.custodian, Capacity::Delivery), (&participant.settlement_bank, Capacity::Payment)];
            for (code, capacity) in agents {
                let Some(agent) = code.as_deref().and_then(number).map(|agent| agent.id) else { continue };
                if principal.agents.contains(&(agent, capacity)) {
                    continue;
                }
                let Some(key) = participant.signer().and_then(|account| account.key.clone()) else {
                    eprintln!(
                        "{}: no key of {} is here, so it must appoint its agents itself",
                        self.book.file, participant.code
                    );
                    continue;
                };
                let purpose = format!("appointing an agent of {}", participant.code);
                wanted.push(Wanted { key, call: Call::appoint_agent(agent, capacity), purpose, unless: None });
                appointed += 1;
            }
        }
        self.done.agents = appointed;
        transact::all(&self.chain, "appointing agents", wanted).await
    }

    async fn set_statuses(&mut self) -> anyhow::Result<()> {
        let registered = self.registered().await?;
        let mut wanted = Vec::new();
        for participant in &self.book.participants {
            let Some(found) = registered.iter().find(|found| found.lei == participant.lei) else { continue };
            let (id, status): (ParticipantId, Status) = (found.id, participant.status);
            if found.status != status {
                let purpose = format!("making {} {status:?}", participant.code);
                wanted.push(Wanted {
                    key: self.regulator.clone(),
                    call: Call::set_status(id, status),
                    purpose,
                    unless: None,
                });
                self.done.statuses += 1;
            }
        }
        transact::all(&self.chain, "setting statuses", wanted).await
    }
}

/// The accounts that open with some of the asset.
fn openings<'a>(book: &'a Book, asset: &'a Asset) -> impl Iterator<Item = (&'a AccountId, Balance)> {
    let accounts = book.participants.iter().flat_map(|participant| &participant.accounts);
    accounts.flat_map(move |account| {
        let of_asset = account.opening.iter().filter(|(code, _)| *code == asset.code);
        of_asset.map(|(_, amount)| (&account.id, *amount))
    })
}

/// What is listed of an asset.
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
