//! What can be typed.

use crate::crash::CrashAt;
use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use tandem_client::Signer;

/// Carries proofs between an asset network and a payment network. Anybody may run it; nobody has to trust it.
#[derive(Debug, Parser)]
#[command(name = "tandem-gateway", version)]
pub struct Arguments {
    /// Command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Carry headers, messages and proofs in both directions until it is stopped.
    Run(Box<Run>),
    /// Open both networks for each other, as the operators of both.
    Init(Init),
    /// Show both networks and what waits between them.
    Status(Status),
}

/// Addresses of a node of each network.
#[derive(Args, Clone, Debug)]
pub struct Networks {
    /// A node of the asset network.
    #[arg(long, env = "TANDEM_ASSET_URL", default_value = "ws://127.0.0.1:9944")]
    pub asset_url: String,
    /// A node of the payment network.
    #[arg(long, env = "TANDEM_PAYMENT_URL", default_value = "ws://127.0.0.1:9945")]
    pub payment_url: String,
}

/// Carry headers, messages and proofs.
#[derive(Args, Debug)]
pub struct Run {
    /// Addresses of a node of each network.
    #[command(flatten)]
    pub networks: Networks,
    /// The key that signs on both networks. Its account must belong to an active participant on each.
    #[arg(long, env = "TANDEM_GATEWAY_KEY", hide_env_values = true)]
    pub signer: Option<String>,
    /// A file with that key and nothing else.
    #[arg(long, conflicts_with = "signer")]
    pub key_file: Option<PathBuf>,
    /// Another key for the asset network.
    #[arg(long)]
    pub asset_signer: Option<String>,
    /// Another key for the payment network.
    #[arg(long)]
    pub payment_signer: Option<String>,
    /// Address at which `/metrics` and `/health` answer.
    #[arg(long, default_value = "127.0.0.1:9700")]
    pub metrics_listen: SocketAddr,
    /// Times of the gateway's loop.
    #[command(flatten)]
    pub pace: Pace,
}

/// Times of a gateway's loop.
#[derive(Args, Clone, Copy, Debug)]
pub struct Pace {
    /// Seconds after which a header is imported even if nothing is to be proven by it.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub heartbeat: u64,
    /// Seconds that a message on its way has before its trade is proven instead.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(0..=3_600))]
    pub grace: u64,
    /// Seconds between two looks when nothing happens.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=60))]
    pub poll: u64,
    /// Seconds that an imported header may be behind before `/health` says so.
    #[arg(long, default_value_t = 180, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub max_lag: u64,
    /// A test's way to stop at an exact point.
    #[arg(long, hide = true, env = "TANDEM_GATEWAY_CRASH_AT")]
    pub crash_at: Option<CrashAt>,
}

impl Pace {
    /// Time between two looks at the chains.
    pub fn poll(&self) -> Duration {
        Duration::from_secs(self.poll)
    }

    /// In milliseconds, as chains count.
    pub fn heartbeat(&self) -> u64 {
        self.heartbeat.saturating_mul(1_000)
    }

    /// In milliseconds, as chains count.
    pub fn grace(&self) -> u64 {
        self.grace.saturating_mul(1_000)
    }
}

/// Open both networks for each other. Each network's operator opens its own: what no key is given for is left alone.
#[derive(Args, Debug)]
pub struct Init {
    /// Addresses of a node of each network.
    #[command(flatten)]
    pub networks: Networks,
    /// The keys of one account of the asset network's operator, or of two with a comma between.
    #[arg(long, value_delimiter = ',', env = "TANDEM_ASSET_OPERATORS", hide_env_values = true)]
    pub asset_operators: Vec<String>,
    /// A file with such a key and nothing else; twice for two.
    #[arg(long, conflicts_with = "asset_operators")]
    pub asset_operator_file: Vec<PathBuf>,
    /// The keys of one account of the payment network's operator, or of two with a comma between.
    #[arg(long, value_delimiter = ',', env = "TANDEM_PAYMENT_OPERATORS", hide_env_values = true)]
    pub payment_operators: Vec<String>,
    /// A file with such a key and nothing else; twice for two.
    #[arg(long, conflicts_with = "payment_operators")]
    pub payment_operator_file: Vec<PathBuf>,
    /// The block of the asset network with which the payment network's light client begins; it was printed when that was
    /// proposed. It is looked for if it is at most an hour old, and the newest final one if nothing is proposed.
    #[arg(long)]
    pub asset_block: Option<u32>,
    /// Number of the payment network's block with which the asset network's light client begins.
    #[arg(long)]
    pub payment_block: Option<u32>,
    /// Seconds after which it gives up. It goes on where it was when it is run again.
    #[arg(long, default_value_t = 600)]
    pub timeout: u64,
}

/// Show the state of both networks and of what waits between them.
#[derive(Args, Debug)]
pub struct Status {
    /// Addresses of a node of each network.
    #[command(flatten)]
    pub networks: Networks,
}

impl Run {
    /// The keys for the asset and the payment network.
    pub fn signers(&self) -> anyhow::Result<(Signer, Signer)> {
        let common = match (&self.signer, &self.key_file) {
            (Some(secret), _) => Some(Signer::from_secret(secret)?),
            (None, Some(path)) => Some(Signer::from_file(path)?),
            (None, None) => None,
        };
        let own = |secret: &Option<String>, option: &str| match (secret, &common) {
            (Some(secret), _) => Ok(Signer::from_secret(secret)?),
            (None, Some(common)) => Ok(common.clone()),
            (None, None) => Err(anyhow::anyhow!("no key signs; give one with --signer, --key-file or {option}")),
        };
        Ok((own(&self.asset_signer, "--asset-signer")?, own(&self.payment_signer, "--payment-signer")?))
    }
}

impl Init {
    /// The keys of the asset network's operator and of the payment network's: none, one or two each.
    pub fn operators(&self) -> anyhow::Result<[Vec<Signer>; 2]> {
        let asset = operators(&self.asset_operators, &self.asset_operator_file, "--asset-operators")?;
        let payment = operators(&self.payment_operators, &self.payment_operator_file, "--payment-operators")?;
        if asset.is_empty() && payment.is_empty() {
            anyhow::bail!(
                "no key of an operator is given; give one or two of a network with --asset-operators or --payment-operators"
            );
        }
        Ok([asset, payment])
    }
}

/// At most two different keys, as dual control has them.
fn operators(secrets: &[String], files: &[PathBuf], option: &str) -> anyhow::Result<Vec<Signer>> {
    let typed = secrets.iter().map(|secret| Signer::from_secret(secret));
    let kept = files.iter().map(|path| Signer::from_file(path));
    let all = typed.chain(kept).collect::<Result<Vec<Signer>, _>>()?;
    match all.as_slice() {
        [first, second] if first.account == second.account => {
            anyhow::bail!("{option}: both keys are the same; name two accounts, or one")
        }
        [_, _, _, ..] => anyhow::bail!("{option}: two keys decide together; name no more"),
        _ => Ok(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn run(line: &str) -> Run {
        match Arguments::try_parse_from(line.split(' ')).unwrap().command {
            Command::Run(run) => *run,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn arguments_should_be_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn signers_should_prefer_the_key_of_the_network() {
        let (asset, payment) = run("tandem-gateway run --signer //Alice --payment-signer //Bob").signers().unwrap();
        assert_eq!(asset.account, Signer::from_secret("//Alice").unwrap().account);
        assert_eq!(payment.account, Signer::from_secret("//Bob").unwrap().account);
    }

    #[test]
    fn signers_should_fail_when_a_network_has_none() {
        let error = run("tandem-gateway run --asset-signer //Alice").signers().err().unwrap().to_string();
        assert!(error.contains("--payment-signer"), "{error}");
    }

    #[test]
    fn crash_at_should_be_a_known_point_that_help_does_not_show() {
        assert!(run("tandem-gateway run --crash-at sent-messages").pace.crash_at.is_some());
        assert!(Arguments::try_parse_from("tandem-gateway run --crash-at never".split(' ')).is_err());
        let mut command = Arguments::command();
        let help = command.find_subcommand_mut("run").unwrap().render_long_help().to_string();
        assert!(!help.contains("crash"));
    }

    #[test]
    fn operators_should_be_one_or_two_of_a_network_and_different() {
        let operators = |line: &str| {
            let line = format!("tandem-gateway init {line}");
            match Arguments::try_parse_from(line.trim().split(' ')).unwrap().command {
                Command::Init(init) => init.operators().map(|networks| networks.map(|operators| operators.len())),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(operators("--asset-operators //Alice,//Bob --payment-operators //Dave").unwrap(), [2, 1]);
        assert_eq!(operators("--payment-operators //Dave").unwrap(), [0, 1]);
        for line in ["", "--asset-operators //Alice,//Alice", "--asset-operators //Alice,//Bob,//Dave"] {
            assert!(operators(line).is_err(), "{line}");
        }
    }

    #[test]
    fn operators_should_be_read_from_files() {
        let folder = std::env::temp_dir();
        let path = folder.join(format!("tandem-gateway-operator-{}", std::process::id()));
        std::fs::write(&path, "//Alice\n").unwrap();
        let read = operators(&[], std::slice::from_ref(&path), "--asset-operators");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(read.unwrap()[0].account, Signer::from_secret("//Alice").unwrap().account);
        assert!(operators(&[], &[path], "--asset-operators").is_err());
    }
}
