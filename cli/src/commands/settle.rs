//! `tandem settle`: checks the whole file, settles it, reports.

use crate::{
    args::{Common, Settle},
    chain::{
        self,
        client::At,
        directory::{Listed, Registered},
        holdings::Holding,
        Chain,
    },
    fault::{fault, Faults},
    files::{
        participants::{Book, Books},
        trades::{self, Across, Execution, Line, Movement, Overrides, Trade},
    },
    output,
    settle::{
        assets::{self, Named},
        claim::Claim,
        drive::Driver,
        held,
        journal::{clock, mark::Mark, place, Identity, Journal},
        plan::{Ground, Network, Plan},
        report::Report,
        side::Side,
    },
};
use std::{collections::BTreeMap, time::Duration};
use tandem_primitives::{AccountId, Moment, NetworkIndex};

/// The participants file that stands beside a trade file unless another is named.
const BESIDE: &str = "participants.toml";

/// Participants files of the asset and of the payment network.
const BESIDE_OF_TWO: [&str; 2] = ["asset-participants.toml", "payment-participants.toml"];

/// Names of the two networks.
const NAMES: [&str; 2] = ["asset", "payment"];

/// Runs it. False if an outcome is not the expected one.
pub async fn run(common: &Common, settle: &Settle) -> anyhow::Result<bool> {
    let read = read_books(common, settle)?;
    let books = match read.as_slice() {
        [only] => Books::from(only),
        [asset, payment] => Books::two(asset, payment),
        _ => return Err(fault("a trade is on one network or on two")),
    };
    let overrides = Overrides { model: settle.model, manager: settle.manager.clone() };
    let trades = trades::read(&settle.trades, books, &overrides)?;
    let folder = place::folder(settle.state.as_deref())?;
    let chains = connect(common, settle).await?;
    let mut networks = Vec::new();
    let mut starts = Vec::new();
    for chain in &chains {
        let start = chain.finalized().await?;
        let listed = chain.assets(start.hash).await?;
        let book = books.of(NetworkIndex(u8::try_from(networks.len())?));
        networks.push((network(chain, book, &listed), listed));
        starts.push(start);
    }
    let identity = identity_of(&chains).await?;
    let path = place::journal(&folder, &settle.trades, &identity);
    let mut mark = Mark::open(&folder, &trades, &identity)?;
    // Held until the report: of two runs at a time each would begin the trades that the other begins.
    let _claims = [Claim::of(&path)?, Claim::of(mark.path())?];
    if let Some(sentence) = mark.elsewhere(&settle.trades).filter(|_| !settle.again) {
        return Err(fault(sentence));
    }
    let mut journal = Journal::open(&path, identity, settle.fresh)?;
    journal.notices().iter().for_each(|sentence| output::say(sentence));
    let listed: Vec<&[Listed]> = networks.iter().map(|(_, listed)| listed.as_slice()).collect();
    let networks = networks.iter().map(|(network, _)| network.clone()).collect();
    let ground = Ground { networks, seed: journal.seed()? };
    check(&chains, books, settle, &trades, &listed, &ground, &journal).await?;
    let sent = begun(&trades, &ground, &journal)?;
    let fresh = fresh(&trades, &journal);
    let fresh = fresh.iter().map(|trade| Plan::of(trade, clock(), &ground)).collect::<anyhow::Result<Vec<_>>>()?;
    let before = sides(&chains, &[sent.as_slice(), fresh.as_slice()].concat(), &sent, &starts).await?;
    journal.save()?;
    mark.note(&settle.trades)?;
    let in_flight = usize::from(settle.in_flight);
    Driver { chains: &chains, books, trades: &trades, ground: &ground, journal: &mut journal, in_flight }.run().await?;
    let mut ends = Vec::new();
    for chain in &chains {
        ends.push(chain.finalized().await?);
    }
    let sent = begun(&trades, &ground, &journal)?;
    let after = sides(&chains, &sent, &sent, &ends).await?;
    let named = before.into_iter().zip(after).zip(NAMES);
    let sides = named.map(|((before, after), name)| Side::of(books.are_two().then_some(name), before, after));
    let report = Report::of(&trades, &journal, sides.collect());
    output::answer(common.output, report.json(), || report.text())?;
    Ok(report.as_expected())
}

/// Plans of the trades that were sent, by this run or an earlier one.
fn begun(trades: &[Trade], ground: &Ground, journal: &Journal) -> anyhow::Result<Vec<Plan>> {
    let sent = trades.iter().filter_map(|trade| Some((trade, journal.entry(&trade.name)?)));
    sent.map(|(trade, entry)| Plan::of(trade, entry.start, &ground.with(&entry.assets))).collect()
}

/// Amounts that escrow holds and owes for these trades on each network, of which some were sent, by these final blocks.
async fn sides(chains: &[Chain], all: &[Plan], sent: &[Plan], at: &[At]) -> anyhow::Result<Vec<Vec<Holding>>> {
    let mut sides = Vec::new();
    for (network, (chain, at)) in chains.iter().zip(at).enumerate() {
        sides.push(held::of(chain, network, [all, sent], &chain.assets(at.hash).await?, *at).await?);
    }
    Ok(sides)
}

/// The participants file of each network.
fn read_books(common: &Common, settle: &Settle) -> anyhow::Result<Vec<Book>> {
    let beside = |name: &str| settle.trades.with_file_name(name);
    let Some(_) = &settle.asset_url else {
        return Ok(vec![Book::read(&common.keys.clone().unwrap_or_else(|| beside(BESIDE)))?]);
    };
    let named = [&settle.asset_keys, &settle.payment_keys].into_iter().zip(BESIDE_OF_TWO);
    let books = named.map(|(named, name)| Book::read(&named.clone().unwrap_or_else(|| beside(name))));
    Ok(books.collect::<Result<_, Faults>>()?)
}

/// A connection to each network. Two are each other's counterpart; whether trades may begin is another question.
async fn connect(common: &Common, settle: &Settle) -> anyhow::Result<Vec<Chain>> {
    let (Some(asset), Some(payment)) = (&settle.asset_url, &settle.payment_url) else {
        return Ok(vec![chain::connect(&common.url, "--url").await?]);
    };
    let chains = vec![chain::connect(asset, "--asset-url").await?, chain::connect(payment, "--payment-url").await?];
    for (chain, other, urls) in [(0, 1, (asset, payment)), (1, 0, (payment, asset))] {
        let (Some(chain), Some(other)) = (chains.get(chain), chains.get(other)) else { continue };
        let at = chain.best().await?.hash;
        let (url, other_url) = urls;
        match chain.link(at).await? {
            Some(link) if link.genesis == other.genesis => {}
            Some(_) => {
                return Err(fault(format!(
                    "{url}: its counterpart is not the network of {other_url}; name the other node"
                )));
            }
            None => {
                return Err(fault(format!("{url}: this network has no counterpart; open it with tandem-gateway init")));
            }
        }
    }
    Ok(chains)
}

/// Assets of the participants file on a chain, by code. One that is missing or ambiguous there is left out.
fn network(chain: &Chain, book: &Book, listed: &[Listed]) -> Network {
    let assets = book.assets.iter().filter_map(|asset| match assets::issued(book, asset, listed).as_slice() {
        [only] => Some((asset.code.clone(), (only.id.clone(), only.kind))),
        _ => None,
    });
    Network { genesis: chain.genesis, assets: assets.collect() }
}

/// Identity of these chains together.
async fn identity_of(chains: &[Chain]) -> anyhow::Result<Identity> {
    let mut identities = Vec::new();
    for chain in chains {
        identities.push(identity(chain).await?);
    }
    match identities.as_slice() {
        [asset, payment] => Ok(Identity::both(asset, payment)),
        [only] => Ok(only.clone()),
        _ => Err(fault("a trade is on one network or on two")),
    }
}

/// Hashes of a chain's first two blocks, which tell it from every other.
pub(super) async fn identity(chain: &Chain) -> anyhow::Result<Identity> {
    Ok(Identity::of(chain.genesis, first_block(chain).await?))
}

/// The hash of block 1, which tells two chains of the same specification apart; a new chain may not have it yet.
async fn first_block(chain: &Chain) -> anyhow::Result<polkadot_sdk::sp_core::H256> {
    for _ in 0..60 {
        if chain.finalized().await?.number > 0 {
            return Ok(chain.hash_of(1).await?);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Err(fault("the chain has made no final block for a minute; see whether its validators run and reach each other"))
}

/// Everything that can be wrong with the file on these chains. What was sent before goes on, however late it is, and whatever
/// has become of its accounts, its assets or the other network: only what is to be sent for the first time is looked at.
async fn check(
    chains: &[Chain],
    books: Books<'_>,
    settle: &Settle,
    trades: &[Trade],
    listed: &[&[Listed]],
    ground: &Ground,
    journal: &Journal,
) -> anyhow::Result<()> {
    let file = settle.trades.file_name().unwrap_or_default().to_string_lossy();
    let mut faults = journal.changed(&file, trades);
    let fresh = fresh(trades, journal);
    if fresh.is_empty() {
        return Ok(Faults::unless_any(faults, ())?);
    }
    let mut latest = 0;
    for ((chain, listed), index) in chains.iter().zip(listed).zip((0u8..).map(NetworkIndex)) {
        let best = chain.best().await?;
        latest = latest.max(chain.now(best.hash).await?);
        let book = books.of(index);
        let parts: Vec<Part> = fresh.iter().flat_map(|trade| &trade.lines).map(|line| part(line, index)).collect();
        let named: Vec<Named> = parts.iter().flat_map(|part| part.assets.iter().cloned()).collect();
        faults.extend(assets::faults(&file, book, &named, listed));
        faults.extend(unregistered(book, &parts, &chain.participants(best.hash).await?));
        if chains.len() > 1 && chain.link(best.hash).await?.is_some_and(|link| !link.open) {
            let (url, count) = ([&settle.asset_url, &settle.payment_url][usize::from(index.0)], fresh.len());
            faults.push(format!(
                "{}: this network takes no new trades with the other one, and {count} of {file} are new; its operator opens it \
                 again",
                url.as_deref().unwrap_or_default()
            ));
        }
    }
    faults.extend(trades::times::faults(&file, &fresh, latest));
    if faults.is_empty() {
        for chain in chains {
            faults.extend(impossible(chain, &file, &fresh, ground, latest)?);
        }
        faults.dedup();
    }
    Ok(Faults::unless_any(faults, ())?)
}

/// Trades that no run has sent yet.
fn fresh(trades: &[Trade], journal: &Journal) -> Vec<Trade> {
    trades.iter().filter(|trade| journal.entry(&trade.name).is_none()).cloned().collect()
}

/// Assets and accounts, with the codes of their owners, that a line needs of one network.
struct Part<'a> {
    assets: Vec<Named>,
    ends: Vec<&'a trades::End>,
}

fn part(line: &Line, network: NetworkIndex) -> Part<'_> {
    let view = &line.view;
    let across = view.across.as_ref();
    let delivered = across.is_none_or(|across| across.delivery_on == network);
    let paid = across.is_none_or(|across| across.payment_on() == network);
    let held = across.is_none_or(|across| across.held_on() == network);
    let deliveries = view.deliveries.iter().filter(|_| delivered).map(|movement| ("asset", movement));
    let payment = view.payment.iter().filter(|_| paid).map(|movement| ("currency", movement));
    let named = |(column, movement): (&'static str, &Movement)| Named {
        code: movement.asset.clone(),
        line: line.number,
        column,
    };
    let (seller, buyer) = match across {
        Some(Across { seller, buyer, .. }) if !delivered => (seller, buyer),
        Some(_) | None => (&view.seller, &view.buyer),
    };
    let manager = match &view.execution {
        Execution::Manager(manager) if held => Some(manager),
        Execution::Manager(_) | Execution::Immediate | Execution::Token | Execution::Hashlock => None,
    };
    let decides = across.filter(|across| across.commit_on == network).and_then(|across| across.manager.as_ref());
    Part {
        assets: deliveries.chain(payment).map(named).collect(),
        ends: [Some(seller), Some(buyer), manager, decides].into_iter().flatten().collect(),
    }
}

/// The parties of the trades whose accounts the chain does not know as theirs.
fn unregistered(book: &Book, parts: &[Part<'_>], registered: &[Registered]) -> Vec<String> {
    let mut ends: BTreeMap<AccountId, String> = BTreeMap::new();
    for end in parts.iter().flat_map(|part| &part.ends) {
        ends.insert(end.account.clone(), end.code.clone());
    }
    let file = &book.file;
    let fault_of = |(account, code): (AccountId, String)| {
        let lei = book.participant(&code)?.lei;
        let Some(found) = registered.iter().find(|registered| registered.lei == lei) else {
            return Some(format!("{file}: {code} is not registered on this chain; run tandem load {file}"));
        };
        let label = book.owner_of(&account).map_or_else(|| account.to_string(), |(_, account)| account.label.clone());
        (!found.accounts.contains(&account)).then(|| {
            format!("{file}: account {label} of {code} is not registered on this chain; run tandem load {file}")
        })
    };
    let mut faults: Vec<String> = ends.into_iter().filter_map(fault_of).collect();
    faults.sort();
    faults.dedup();
    faults
}

/// The trades that no chain would take, and those that live longer than this one allows.
fn impossible(
    chain: &Chain,
    file: &str,
    trades: &[Trade],
    ground: &Ground,
    now: Moment,
) -> anyhow::Result<Vec<String>> {
    let longest: Moment = chain.constant("Settlement", "MaxInstructionLife")?;
    let window: Moment = chain.constant("Counterpart", "MinSettleWindow")?;
    let mut faults = Vec::new();
    for trade in trades {
        let plan = Plan::of(trade, now, ground)?;
        let line = trade.lines.first().map_or(0, |line| line.number);
        let two = plan.terms.two_networks.as_ref();
        if plan.terms.deadline.saturating_sub(now) > longest {
            faults.push(format!(
                "{file}:{line}:deadline: the deadline is further away than this chain allows; write one within {} days",
                longest / 86_400_000
            ));
        } else if let Err(found) = plan.terms.check() {
            faults.push(format!(
                "{file}:{line}:deadline: the terms are not possible ({found:?}); write a later deadline"
            ));
        } else if two.is_some_and(|two| {
            plan.terms.reserve_by <= now.max(plan.terms.settle_from)
                || two.pay_deadline.saturating_sub(plan.terms.reserve_by) < window
        }) {
            faults.push(format!(
                "{file}:{line}:pay_by: there is too little time to commit and to pay; write a later instant, at least {} \
                 seconds from now and from midnight UTC of the settlement date",
                window.saturating_mul(2) / 1_000
            ));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        files::trades::across::tests::{books, row},
        settle::journal::Identity,
    };
    use polkadot_sdk::sp_core::H256;
    use tandem_primitives::{ParticipantId, Roles, Status};

    #[test]
    fn cli_c13_only_fresh_trades_should_need_registered_accounts() {
        let trade = row(|row| row).unwrap();
        let [asset, _] = books();
        let participants = asset.participants.iter().map(|participant| Registered {
            id: ParticipantId(1),
            name: participant.name.clone(),
            lei: participant.lei,
            roles: Roles::default(),
            status: Status::Active,
            accounts: participant.accounts.iter().map(|account| account.id.clone()).collect(),
            agents: vec![],
        });
        let mut registered: Vec<Registered> = participants.collect();
        let faults = |trades: &[Trade], registered: &[Registered]| {
            let lines = trades.iter().flat_map(|trade| &trade.lines);
            let parts: Vec<Part> = lines.map(|line| part(line, NetworkIndex(0))).collect();
            unregistered(&asset, &parts, registered)
        };
        let folder = tempfile::tempdir().unwrap();
        let chain = Identity::of(H256([1; 32]), H256([2; 32]));
        let mut journal = Journal::open(&folder.path().join("t.tandem.json"), chain, false).unwrap();
        let all = [trade.clone()];
        assert_eq!(faults(&fresh(&all, &journal), &registered), Vec::<String>::new());
        // The buyer has replaced its account.
        for found in registered.iter_mut().filter(|found| found.name == "BUY") {
            found.accounts = vec![[66; 32].into()];
        }
        assert_eq!(
            faults(&fresh(&all, &journal), &registered),
            ["asset.toml: account main of BUY is not registered on this chain; run tandem load asset.toml"]
        );
        journal.begin(&trade, 1_000, Vec::new());
        assert_eq!(faults(&fresh(&all, &journal), &registered), Vec::<String>::new());
    }
}
