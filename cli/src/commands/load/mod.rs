//! `tandem load`: makes a chain know what a participants file says. What is there already is left alone.

mod issue;
mod statuses;
mod unfinished;

use super::{
    decide::{self, governs, Decision},
    settle,
    transact::{self, Wanted},
};
use crate::{
    args::{Common, Load},
    chain::{calls::Call, connect, directory::Registered, Chain},
    fault::{fault, Faults},
    files::participants::{account_of, key_of, Book, Participant},
    output::{self, say},
    settle::journal::place,
};
use serde_json::json;
use std::collections::BTreeSet;
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{AccountId, Body, Capacity, Role, Status};
use unfinished::Unfinished;

/// Numbers of what was missing and is there now.
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
    regulator: [Keypair; 2],
    /// Participants whose statuses are still to be set.
    unfinished: Unfinished,
    /// Accounts that this run has registered.
    new_accounts: BTreeSet<AccountId>,
    done: Done,
    /// Sentences for what the file says otherwise than the chain, and what stays so.
    left: Vec<String>,
    /// Sentences for what is approved and waits for the delay of the network.
    waiting: Vec<String>,
}

/// A key from the command line.
pub fn key(path: &str) -> anyhow::Result<Keypair> {
    key_of(path).ok_or_else(|| fault("a key on the command line is no derivation path; write one such as //Alice"))
}

/// Loads the file, and says what was added.
pub async fn run(common: &Common, arguments: &Load) -> anyhow::Result<()> {
    let book = Book::read(&arguments.participants)?;
    let operator = decide::pair(&arguments.operator, "--operator")?;
    let regulator = decide::pair(&arguments.regulator, "--regulator")?;
    Faults::unless_any(issue::faults(&book), ())?;
    let chain = connect(&common.url, "--url").await?;
    let identity = settle::identity(&chain).await?;
    let place = place::journal(&place::folder(arguments.state.as_deref())?, &arguments.participants, &identity);
    let unfinished = Unfinished::open(&place)?;
    let (new_accounts, left, waiting) = (BTreeSet::new(), Vec::new(), Vec::new());
    let done = Done::default();
    let mut loader = Loader { chain, book, operator, regulator, unfinished, new_accounts, done, left, waiting };
    loader.catch_up().await?;
    loader.register().await?;
    loader.issue().await?;
    loader.appoint().await?;
    loader.set_statuses().await?;
    loader.left.iter().for_each(|sentence| say(sentence));
    // Everything else of the file is done, and the note of statuses stays for the run that enacts these.
    Faults::unless_any(loader.waiting, ())?;
    loader.unfinished.end()?;
    let Done { participants, accounts, assets, balances, agents, statuses } = loader.done;
    let json = json!({
        "participants": participants, "accounts": accounts, "assets": assets, "balances": balances, "agents": agents,
        "statuses": statuses, "left": loader.left,
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

/// A call that operator and regulator decide together.
fn by_both(call: Call, purpose: String) -> Decision {
    Decision { body: Body::OperatorAndRegulator, call, purpose }
}

impl Loader {
    /// Waits until what a cut-off run has sent is in a block: otherwise it would be sent again.
    async fn catch_up(&self) -> anyhow::Result<()> {
        let issuers = self.book.assets.iter().filter_map(|asset| issue::issuer(&self.book, asset));
        let issuers = issuers.map(|(key, _)| key).collect::<Vec<_>>();
        let mut accounts: Vec<AccountId> =
            self.operator.iter().chain(&self.regulator).chain(&issuers).map(account_of).collect();
        accounts.sort();
        accounts.dedup();
        transact::none_under_way(&self.chain, &accounts).await
    }

    async fn registered(&self) -> anyhow::Result<Vec<Registered>> {
        Ok(self.chain.participants(self.chain.best().await?.hash).await?)
    }

    async fn register(&mut self) -> anyhow::Result<()> {
        let registered = self.registered().await?;
        let is_new = |participant: &&Participant| registered.iter().all(|found| found.lei != participant.lei);
        let to_set = self.book.participants.iter().filter(is_new).filter(|new| new.status != Status::Active);
        self.unfinished.add(to_set.map(|participant| participant.lei))?;
        let mut alone = Vec::new();
        let mut together = Vec::new();
        for participant in &self.book.participants {
            let code = &participant.code;
            match registered.iter().find(|found| found.lei == participant.lei) {
                None => {
                    let accounts: Vec<AccountId> =
                        participant.accounts.iter().map(|account| account.id.clone()).collect();
                    self.new_accounts.extend(accounts.iter().cloned());
                    let roles: Vec<Role> = participant.roles.iter().collect();
                    let call = Call::register(&participant.name, participant.lei, &roles, &accounts);
                    let purpose = format!("registering {code}");
                    if governs(participant.roles) {
                        together.push(by_both(call, purpose));
                    } else {
                        alone.push(Wanted { key: self.operator[0].clone(), call, purpose, unless: None });
                    }
                    self.done.participants += 1;
                }
                Some(found) => {
                    for account in participant.accounts.iter().filter(|account| !found.accounts.contains(&account.id)) {
                        let call = Call::add_account(found.id, &account.id);
                        let purpose = format!("adding account {} of {code}", account.label);
                        // The participant adds its accounts itself; of one that governs two others do.
                        match participant.signer().and_then(|account| account.key.clone()) {
                            Some(key) if !governs(participant.roles) => {
                                alone.push(Wanted { key, call, purpose, unless: None });
                            }
                            _ => together.push(by_both(call, purpose)),
                        }
                        self.new_accounts.insert(account.id.clone());
                        self.done.accounts += 1;
                    }
                }
            }
        }
        transact::all(&self.chain, "registering", alone).await?;
        let keys: Vec<Keypair> = self.operator.iter().chain(&self.regulator).cloned().collect();
        let waiting = decide::all(&self.chain, "registering who governs", &keys, together).await?;
        self.waiting.extend(waiting.iter().map(ToString::to_string));
        if !waiting.is_empty() {
            return Ok(());
        }
        // What several accounts have decided reports its own failure in an event only.
        let registered = self.registered().await?;
        let mut sentences = Vec::new();
        let mut missing = |what: String| {
            sentences
                .push(format!("{what} although operator and regulator agreed; see the event Participants.Enacted"));
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

    fn encoded(&self, call: &Call) -> anyhow::Result<Vec<u8>> {
        decide::encoded(&self.chain, call)
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
}
