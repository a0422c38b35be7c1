//! Commands and options that can be typed.

use crate::{fault::Faults, files::trades::Model, output::Output};
use clap::{parser::ValueSource, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::{ffi::OsString, path::PathBuf};

/// Settles trades on a Tandem chain, and shows what is on it.
///
/// Exit codes: 0 done, and every outcome as the file expects; 1 an outcome that the file does not expect (where it expects
/// none, any but settled); 2 a fault: of the command or of a file, and nothing was sent, or of the connection, and the same
/// command again goes on where it was.
#[derive(Debug, Parser)]
#[command(name = "tandem", version)]
pub struct Arguments {
    /// Command that is run.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Address of the node.
    #[arg(long, global = true, env = "TANDEM_URL", default_value = "ws://127.0.0.1:9944")]
    pub url: String,
    /// Form in which answers are written.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub output: Output,
    /// The participants file: codes, accounts and the keys that this machine holds.
    #[arg(long, global = true, env = "TANDEM_KEYS")]
    pub keys: Option<PathBuf>,
}

/// Commands that can be typed.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Settle a file of trades.
    Settle(Settle),
    /// Register participants, and issue securities and cash, as a file says. Run again, it adds what is missing.
    Load(Load),
    /// Follow what happens on the chain, included and final apart.
    Watch(Watch),
    /// Show one instruction: its state, its tokens, and everything that keeps it from settling.
    Report(Report),
    /// Show what accounts have at their disposal, in escrow and in all.
    Positions(Positions),
    /// Show the instructions that name a participant and that it has not affirmed.
    Allegements(Allegements),
    /// Show who is registered.
    Participants,
    /// Show what can be settled.
    Assets,
    /// Change the status of a participant, as the regulator.
    SetStatus(SetStatus),
    /// Prove to one network what is so on the other, by hand and without a gateway.
    Proof(Proof),
}

/// Settle a file of trades, on one network or across two.
///
/// Across two networks this puts each trade on the one that holds it, commits there, and reserves on the one that
/// decides. A gateway carries the rest: it must run meanwhile. The last line counts what settled, what settled in part
/// and what returned, and says what is left in escrow on each.
#[derive(Args, Debug)]
pub struct Settle {
    /// The trade file.
    pub trades: PathBuf,
    /// Address of a node of the asset network, for trades across two networks.
    #[arg(long, requires = "payment_url")]
    pub asset_url: Option<String>,
    /// Address of a node of the payment network, for trades across two networks.
    #[arg(long, requires = "asset_url")]
    pub payment_url: Option<String>,
    /// The participants file of the asset network; asset-participants.toml beside the trade file by default.
    #[arg(long, requires = "asset_url")]
    pub asset_keys: Option<PathBuf>,
    /// The participants file of the payment network; payment-participants.toml beside the trade file by default.
    #[arg(long, requires = "asset_url")]
    pub payment_keys: Option<PathBuf>,
    /// Execute every trade in this way, whatever the file says.
    #[arg(long, value_enum)]
    pub model: Option<Model>,
    /// The code of the settlement manager for every trade that has one.
    #[arg(long)]
    pub manager: Option<String>,
    /// Folder for the journal; $XDG_STATE_HOME/tandem or ~/.local/state/tandem by default.
    #[arg(long)]
    pub state: Option<PathBuf>,
    /// Forget earlier runs of this file and settle all of it anew, with secrets of its own. What they have left open ends on the
    /// chain by itself.
    #[arg(long)]
    pub fresh: bool,
    /// Settle the trades of this file although another file has had them: each of them settles twice then.
    #[arg(long)]
    pub again: bool,
    /// Maximum number of trades that are on their way at a time.
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub in_flight: u16,
}

/// Register participants, and issue securities and cash.
///
/// Nothing that is on the chain changes: neither the status of a participant nor the supply of an asset. Statuses are set for
/// participants that are registered by this, and opening balances are paid of assets that are issued by this.
#[derive(Args, Debug)]
pub struct Load {
    /// The participants file.
    pub participants: PathBuf,
    /// The keys of the operator's two accounts; two, because some registrations are under dual control.
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"], default_values = ["//Alice", "//Bob"])]
    pub operator: Vec<String>,
    /// The keys of two accounts of the regulator: one suspends and sanctions, both lift and revoke, and both together with the
    /// operator's decide who operates and who regulates.
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"], default_values = ["//Charlie", "//Charlie//stash"])]
    pub regulator: Vec<String>,
    /// Folder for the note of statuses that are still to be set; $XDG_STATE_HOME/tandem or ~/.local/state/tandem by default.
    #[arg(long)]
    pub state: Option<PathBuf>,
}

/// Follow what happens.
#[derive(Args, Debug)]
pub struct Watch {
    /// Only this instruction.
    #[arg(long)]
    pub id: Option<String>,
    /// Everything, not only settlement, trades across two networks, escrow and participants.
    #[arg(long)]
    pub all: bool,
}

/// Show one instruction.
#[derive(Args, Debug)]
pub struct Report {
    /// Id of the instruction: 64 hexadecimal digits, with or without 0x.
    pub id: String,
}

/// Show positions.
#[derive(Args, Debug)]
pub struct Positions {
    /// A participant's code from the participants file, its LEI, or an ss58 address. All of the file by default.
    pub who: Option<String>,
}

/// Show allegements.
#[derive(Args, Debug)]
pub struct Allegements {
    /// A participant's code from the participants file, or its LEI. All by default.
    pub who: Option<String>,
}

/// Change a status.
#[derive(Args, Debug)]
pub struct SetStatus {
    /// A participant's code from the participants file, or its LEI.
    pub who: String,
    /// Active, Suspended, Sanctioned or Revoked.
    pub status: String,
    /// The keys of two accounts of the regulator; the first alone suspends and sanctions, everything else needs both.
    #[arg(long, num_args = 2, value_names = ["KEY", "KEY"], default_values = ["//Charlie", "//Charlie//stash"])]
    pub regulator: Vec<String>,
}

/// Prove to one network what is so on the other.
///
/// No gateway is needed: `header` imports what is final on the other network, and the others prove against the newest
/// header that is imported. Anybody who is registered may send a proof; it only shows what is so.
#[derive(Args, Debug)]
pub struct Proof {
    /// Fact that is proven.
    #[command(subcommand)]
    pub of: ProofOf,
}

/// Facts that can be proven.
#[derive(Debug, Subcommand)]
pub enum ProofOf {
    /// Import the newest final header of the other network, and before it each with which its validators changed.
    Header(Way),
    /// To the network that holds a trade: the other one has executed the committed tranche.
    Deliver(TradeProof),
    /// To the network that holds a trade: the other one has rejected the committed tranche, or has let its time pass.
    Return(TradeProof),
    /// To the network that decides a trade: the other one has committed a tranche.
    Instruct(TradeProof),
    /// To the network that has decided a trade: the other one is done with a tranche, so its record can go.
    Forget(TradeProof),
}

/// A proof about one trade.
#[derive(Args, Debug)]
pub struct TradeProof {
    /// The instruction's id: 64 hexadecimal digits, with or without 0x.
    #[arg(long)]
    pub id: String,
    /// Number of the tranche: for `instruct` the one that is next, for `forget` the first by default. The others prove the
    /// committed one.
    #[arg(long)]
    pub tranche: Option<u32>,
    /// Networks between which it is proven.
    #[command(flatten)]
    pub way: Way,
}

/// From which network a proof comes, and to which it goes.
#[derive(Args, Debug)]
pub struct Way {
    /// Address of a node of the network whose state is proven. It must keep the state of the imported header.
    #[arg(long)]
    pub from_url: String,
    /// Address of a node of the network to which it is proven.
    #[arg(long)]
    pub to_url: String,
    /// The key of the account that sends it there.
    #[arg(long)]
    pub signer: Option<String>,
    /// Only show it, with the call encoded, and send nothing.
    #[arg(long)]
    pub print: bool,
}

impl Arguments {
    /// Reads what was typed. What clap refuses ends the program, with its own words.
    pub fn read(line: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Self, Faults> {
        let matches = Self::command().try_get_matches_from(line).unwrap_or_else(|error| error.exit());
        let arguments = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        if let Command::Settle(Settle { asset_url: Some(_), .. }) = &arguments.command {
            let typed = matches.subcommand_matches("settle");
            // What stands in the environment is for other commands, too.
            let is_typed =
                |name: &str| typed.is_some_and(|typed| typed.value_source(name) == Some(ValueSource::CommandLine));
            let two = [
                ("url", "--url", "--asset-url and --payment-url"),
                ("keys", "--keys", "--asset-keys and --payment-keys"),
            ];
            let wrong = two.into_iter().filter(|(name, ..)| is_typed(name));
            let faults: Vec<String> = wrong
                .map(|(_, option, instead)| {
                    format!("{option} is for one network, and these are two; use {instead} alone")
                })
                .collect();
            return Faults::unless_any(faults, arguments);
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cli_c18_what_is_for_one_network_should_be_a_fault_beside_two() {
        let two = ["tandem", "settle", "t.csv", "--asset-url", "ws://a:1", "--payment-url", "ws://p:1"];
        assert!(Arguments::read(two).is_ok());
        let with = |more: &[&'static str]| Arguments::read([&two[..], more].concat()).map(|_| ()).unwrap_err().0;
        assert_eq!(
            with(&["--url", "ws://x:1"]),
            ["--url is for one network, and these are two; use --asset-url and --payment-url alone"]
        );
        assert_eq!(
            with(&["--keys", "p.toml"]),
            ["--keys is for one network, and these are two; use --asset-keys and --payment-keys alone"]
        );
        assert_eq!(with(&["--url", "ws://x:1", "--keys", "p.toml"]).len(), 2);
        let before = ["tandem", "--url", "ws://x:1", "settle", "t.csv"];
        let before = [&before[..], &two[3..]].concat();
        assert_eq!(Arguments::read(before).map(|_| ()).unwrap_err().0.len(), 1, "before the command as well");
        assert!(Arguments::read(["tandem", "settle", "t.csv", "--url", "ws://x:1", "--keys", "p.toml"]).is_ok());
    }

    #[test]
    fn arguments_should_be_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn common_arguments_should_stand_anywhere() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' ')).unwrap();
        let before = parse("tandem --url ws://a:1 settle t.csv --keys k.toml --model token");
        assert_eq!(before.common.url, "ws://a:1");
        let after = parse("tandem positions ALPSTEIN --url ws://a:1 --output json");
        assert_eq!((after.common.url.as_str(), after.common.output), ("ws://a:1", Output::Json));
        assert!(Arguments::try_parse_from(["tandem", "load", "p.toml", "--operator", "//A"]).is_err());
    }
}
