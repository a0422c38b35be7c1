//! `tandem settle`: checks the whole file, settles it, reports.

use crate::{
    args::{Common, Settle},
    chain::{client::At, directory::Listed, Chain},
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
        journal::{Identity, Journal},
        plan::{Ground, Network, Plan},
        report::{Report, Side},
    },
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};
use tandem_primitives::{AccountId, Moment, NetworkIndex};

/// The participants file that stands beside a trade file unless another is named.
const BESIDE: &str = "participants.toml";

/// Those of the asset and of the payment network.
const BESIDE_OF_TWO: [&str; 2] = ["asset-participants.toml", "payment-participants.toml"];

/// What the two networks are called.
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
    let chains = connect(common, settle).await?;
    let mut networks = Vec::new();
    let mut sides = Vec::new();
    for chain in &chains {
        let start = chain.finalized().await?;
        let listed = chain.assets(start.hash).await?;
        sides.push(Side { name: None, before: chain.holdings(&listed, start.hash).await?, after: Vec::new() });
        let book = books.of(NetworkIndex(u8::try_from(networks.len())?));
        networks.push((network(chain, book, &listed), listed));
    }
    let (path, identity) = journal_of(&chains, settle).await?;
    // Held until the report: of two runs at a time each would begin the trades that the other begins.
    let _claim = Claim::of(&path)?;
    let mut journal = Journal::open(&path, identity, settle.fresh)?;
    let listed: Vec<&[Listed]> = networks.iter().map(|(_, listed)| listed.as_slice()).collect();
    let networks = networks.iter().map(|(network, _)| network.clone()).collect();
    let ground = Ground { networks, seed: journal.seed()? };
    check(&chains, books, &settle.trades, &trades, &listed, &ground, &journal).await?;
    journal.save()?;
    let in_flight = usize::from(settle.in_flight);
    Driver { chains: &chains, books, trades: &trades, ground: &ground, journal: &mut journal, in_flight }.run().await?;
    for ((chain, side), name) in chains.iter().zip(&mut sides).zip(NAMES) {
        let end = chain.finalized().await?;
        side.name = books.are_two().then_some(name);
        side.after = chain.holdings(&chain.assets(end.hash).await?, end.hash).await?;
    }
    let report = Report::of(&trades, &journal, sides);
    output::answer(common.output, report.json(), || report.text())?;
    Ok(report.as_expected())
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

/// A connection to each network.
async fn connect(common: &Common, settle: &Settle) -> anyhow::Result<Vec<Chain>> {
    let (Some(asset), Some(payment)) = (&settle.asset_url, &settle.payment_url) else {
        return Ok(vec![Chain::connect(&common.url).await?]);
    };
    let chains =
        vec![Chain::connect_as(asset, "--asset-url").await?, Chain::connect_as(payment, "--payment-url").await?];
    for (chain, other, urls) in [(0, 1, (asset, payment)), (1, 0, (payment, asset))] {
        let (Some(chain), Some(other)) = (chains.get(chain), chains.get(other)) else { continue };
        let at = chain.best().await?.hash;
        let (url, other_url) = urls;
        match chain.counterpart(at).await? {
            Some((genesis, true)) if genesis == other.genesis => {}
            Some((genesis, false)) if genesis == other.genesis => {
                return Err(fault(format!(
                    "{url}: this network takes no new trades with the other one; its operator opens it again"
                )));
            }
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

/// Where the journal of this file on these chains is.
async fn journal_of(chains: &[Chain], settle: &Settle) -> anyhow::Result<(PathBuf, Identity)> {
    let mut identities = Vec::new();
    for chain in chains {
        identities.push(identity(chain).await?);
    }
    let identity = match identities.as_slice() {
        [asset, payment] => Identity::both(asset, payment),
        [only] => only.clone(),
        _ => return Err(fault("a trade is on one network or on two")),
    };
    Ok((Journal::path_for(&settle.trades, settle.state.as_deref(), &identity), identity))
}

/// Hashes of a chain's first two blocks, which tell it from every other.
pub(super) async fn identity(chain: &Chain) -> anyhow::Result<Identity> {
    Ok(Identity::of(chain.genesis, first_block(chain).await?))
}

/// The hash of block 1, which tells two chains of the same specification apart; a new chain may not have it yet.
async fn first_block(chain: &Chain) -> anyhow::Result<polkadot_sdk::sp_core::H256> {
    for _ in 0..60 {
        if chain.finalized().await?.number > 0 {
            if let Some(hash) = chain.hash_of(1).await? {
                return Ok(hash);
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Err(fault("the chain has made no final block for a minute; see whether its validators run and reach each other"))
}

/// Everything that can be wrong with the file on these chains.
async fn check(
    chains: &[Chain],
    books: Books<'_>,
    path: &Path,
    trades: &[Trade],
    listed: &[&[Listed]],
    ground: &Ground,
    journal: &Journal,
) -> anyhow::Result<()> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let mut faults = journal.changed(&file, trades);
    // What was sent before goes on, however late it is.
    let fresh: Vec<Trade> = trades.iter().filter(|trade| journal.entry(&trade.name).is_none()).cloned().collect();
    let mut latest = 0;
    for ((chain, listed), index) in chains.iter().zip(listed).zip((0u8..).map(NetworkIndex)) {
        let best = chain.best().await?;
        latest = latest.max(chain.now(best.hash).await?);
        let book = books.of(index);
        let parts: Vec<Part> = trades.iter().flat_map(|trade| &trade.lines).map(|line| part(line, index)).collect();
        let named: Vec<Named> = parts.iter().flat_map(|part| part.assets.iter().cloned()).collect();
        faults.extend(assets::faults(&file, book, &named, listed));
        faults.extend(unregistered(chain, book, &parts, best).await?);
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
async fn unregistered(chain: &Chain, book: &Book, parts: &[Part<'_>], at: At) -> anyhow::Result<Vec<String>> {
    let registered = chain.participants(at.hash).await?;
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
    Ok(faults)
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
