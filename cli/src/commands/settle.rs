//! `tandem settle`: checks the whole file, settles it, reports.

use crate::{
    args::{Common, Settle},
    chain::{client::At, directory::Listed, Chain},
    fault::{fault, Faults},
    files::{
        participants::Book,
        trades::{self, Execution, Overrides, Trade},
    },
    output,
    settle::{
        claim::Claim,
        drive::Driver,
        journal::{Identity, Journal},
        plan::{Ground, Plan},
        report::Report,
    },
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};
use tandem_primitives::{AccountId, Moment};

/// The participants file that stands beside a trade file unless another is named.
const BESIDE: &str = "participants.toml";

/// Runs it. False if an outcome is not the expected one.
pub async fn run(common: &Common, settle: &Settle) -> anyhow::Result<bool> {
    let keys = common.keys.clone().unwrap_or_else(|| settle.trades.with_file_name(BESIDE));
    let book = Book::read(&keys)?;
    let overrides = Overrides { model: settle.model, manager: settle.manager.clone() };
    let trades = trades::read(&settle.trades, &book, &overrides)?;
    let chain = Chain::connect(&common.url).await?;
    let start = chain.finalized().await?;
    let listed = chain.assets(start.hash).await?;
    let (path, identity) = journal_of(&chain, settle).await?;
    // Held until the report: of two runs at a time each would begin the trades that the other begins.
    let _claim = Claim::of(&path)?;
    let mut journal = Journal::open(&path, identity, settle.fresh)?;
    check(&chain, &book, &settle.trades, &trades, &listed, &journal).await?;
    let ground = Ground {
        genesis: chain.genesis,
        assets: listed.iter().map(|asset| (asset.code.clone(), (asset.id.clone(), asset.kind))).collect(),
        seed: journal.seed()?,
    };
    let before = chain.holdings(&listed, start.hash).await?;
    journal.save()?;
    let in_flight = usize::from(settle.in_flight);
    Driver { chain: &chain, book: &book, trades: &trades, ground: &ground, journal: &mut journal, in_flight }
        .run()
        .await?;
    let end = chain.finalized().await?;
    let after = chain.holdings(&chain.assets(end.hash).await?, end.hash).await?;
    let report = Report::of(&trades, &journal, before, after);
    output::answer(common.output, report.json(), || report.text())?;
    Ok(report.as_expected())
}

/// Where the journal of this file on this chain is.
async fn journal_of(chain: &Chain, settle: &Settle) -> anyhow::Result<(PathBuf, Identity)> {
    let identity = Identity::of(chain.genesis, first_block(chain).await?);
    Ok((Journal::path_for(&settle.trades, settle.state.as_deref(), &identity), identity))
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

/// Everything that can be wrong with the file on this chain.
async fn check(
    chain: &Chain,
    book: &Book,
    path: &Path,
    trades: &[Trade],
    listed: &[Listed],
    journal: &Journal,
) -> anyhow::Result<()> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let best = chain.best().await?;
    let now = chain.now(best.hash).await?;
    let mut faults = journal.changed(&file, trades);
    // What was sent before goes on, however late it is.
    let fresh: Vec<Trade> = trades.iter().filter(|trade| journal.entry(&trade.name).is_none()).cloned().collect();
    faults.extend(trades::late(&file, &fresh, now));
    faults.extend(trades::backwards(&file, &fresh, now));
    faults.extend(unlisted(book, trades, listed));
    faults.extend(unregistered(chain, book, trades, best).await?);
    if faults.is_empty() {
        faults.extend(impossible(chain, &file, &fresh, listed, now)?);
    }
    Ok(Faults::unless_any(faults, ())?)
}

/// The assets of the trades that the chain does not have, or has with other decimals or units.
fn unlisted(book: &Book, trades: &[Trade], listed: &[Listed]) -> Vec<String> {
    let views = trades.iter().flat_map(|trade| &trade.lines).map(|line| &line.view);
    let mut codes: Vec<&String> =
        views.flat_map(|view| view.deliveries.iter().chain(&view.payment)).map(|movement| &movement.asset).collect();
    codes.sort();
    codes.dedup();
    let file = &book.file;
    let fault_of = |code: &String| {
        let asset = book.asset(code)?;
        let Some(found) = listed.iter().find(|listed| listed.code == *code) else {
            return Some(format!("{file}: {code} is not on this chain; run tandem load {file}, or correct the code"));
        };
        if found.decimals != asset.decimals {
            return Some(format!(
                "{file}: {code} has {} decimals here and {} on this chain; correct the file",
                asset.decimals, found.decimals
            ));
        }
        if found.settlement_unit != asset.settlement_unit {
            return Some(format!("{file}: {code} has another settlement unit on this chain; correct the file"));
        }
        None
    };
    codes.into_iter().filter_map(fault_of).collect()
}

/// The parties of the trades whose accounts the chain does not know as theirs.
async fn unregistered(chain: &Chain, book: &Book, trades: &[Trade], at: At) -> anyhow::Result<Vec<String>> {
    let registered = chain.participants(at.hash).await?;
    let mut ends: BTreeMap<AccountId, String> = BTreeMap::new();
    for view in trades.iter().flat_map(|trade| &trade.lines).map(|line| &line.view) {
        let manager = match &view.execution {
            Execution::Manager(manager) => Some(manager),
            Execution::Immediate | Execution::Token | Execution::Hashlock => None,
        };
        for end in [Some(&view.seller), Some(&view.buyer), manager].into_iter().flatten() {
            ends.insert(end.account.clone(), end.code.clone());
        }
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
    listed: &[Listed],
    now: Moment,
) -> anyhow::Result<Vec<String>> {
    let longest: Moment = chain.constant("Settlement", "MaxInstructionLife")?;
    let ground = Ground {
        genesis: chain.genesis,
        assets: listed.iter().map(|asset| (asset.code.clone(), (asset.id.clone(), asset.kind))).collect(),
        seed: [0; 32],
    };
    let mut faults = Vec::new();
    for trade in trades {
        let plan = Plan::of(trade, now, &ground)?;
        let line = trade.lines.first().map_or(0, |line| line.number);
        if plan.terms.deadline.saturating_sub(now) > longest {
            faults.push(format!(
                "{file}:{line}:deadline: the deadline is further away than this chain allows; write one within {} days",
                longest / 86_400_000
            ));
        } else if let Err(found) = plan.terms.check() {
            faults.push(format!(
                "{file}:{line}:deadline: the terms are not possible ({found:?}); write a later deadline"
            ));
        }
    }
    Ok(faults)
}
