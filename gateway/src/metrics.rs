//! What Prometheus is told.

use crate::{
    network::Side,
    steps::Kind,
    views::{SourceView, TargetView},
};
use prometheus::{Encoder, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder};
use tandem_client::Ended;

/// All metrics of the program.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    connected: IntGaugeVec,
    best: IntGaugeVec,
    finalized: IntGaugeVec,
    imported: IntGaugeVec,
    lag: IntGaugeVec,
    nonces: IntGaugeVec,
    waiting: IntGaugeVec,
    oldest: IntGaugeVec,
    submissions: IntCounterVec,
    unproven: IntCounterVec,
    failures: IntCounterVec,
}

/// State of both chains at one look.
pub struct Look<'a> {
    /// Network whose state is carried.
    pub from: Side,
    /// The number of its best block.
    pub best: u32,
    /// The number of its last final one.
    pub finalized: u32,
    /// Seconds by which what is imported is behind that.
    pub lag: Option<u64>,
    /// State of the target.
    pub target: &'a TargetView,
    /// Network that the target is.
    pub to: Side,
    /// Seconds since the oldest commitment of the target.
    pub oldest: u64,
}

impl Metrics {
    /// Registers all counters and gauges.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let gauge = |name: &str, help: &str, labels: &[&str]| -> prometheus::Result<IntGaugeVec> {
            let gauge = IntGaugeVec::new(Opts::new(format!("tandem_gateway_{name}"), help), labels)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok(gauge)
        };
        let counter = |name: &str, help: &str, labels: &[&str]| -> prometheus::Result<IntCounterVec> {
            let counter = IntCounterVec::new(Opts::new(format!("tandem_gateway_{name}"), help), labels)?;
            registry.register(Box::new(counter.clone()))?;
            Ok(counter)
        };
        Ok(Self {
            connected: gauge("connected", "1 while both nodes of the direction answer.", &["from", "to"])?,
            best: gauge("best_block", "Number of the network's best block.", &["network"])?,
            finalized: gauge("finalized_block", "Number of the network's last final block.", &["network"])?,
            imported: gauge("imported_block", "Number of the newest header of `from` on `to`.", &["from", "to"])?,
            lag: gauge("lag_seconds", "How far that header is behind the last final block.", &["from", "to"])?,
            nonces: gauge("lane_nonce", "Messages that the network has sent or received.", &["network", "end"])?,
            waiting: gauge("waiting", "Tranches that the network has committed.", &["network"])?,
            oldest: gauge("oldest_waiting_seconds", "Since the oldest of them was committed.", &["network"])?,
            submissions: counter("submissions_total", "Transactions, by how they ended.", &["to", "kind", "result"])?,
            unproven: counter("unproven_total", "What the source's node did not prove.", &["from", "to", "kind"])?,
            failures: counter("failures_total", "Connections that failed or broke.", &["from", "to"])?,
            registry,
        })
    }

    /// Both nodes of a direction answer, or not.
    pub fn connected(&self, from: Side, to: Side, connected: bool) {
        self.connected.with_label_values(&[from.name(), to.name()]).set(i64::from(connected));
        if !connected {
            self.failures.with_label_values(&[from.name(), to.name()]).inc();
        }
    }

    /// One look at both chains.
    pub fn look(&self, look: &Look<'_>) {
        let (from, to, target) = (look.from.name(), look.to.name(), look.target);
        self.best.with_label_values(&[from]).set(look.best.into());
        self.finalized.with_label_values(&[from]).set(look.finalized.into());
        if let Some(imported) = target.imported {
            self.imported.with_label_values(&[from, to]).set(imported.number.into());
        }
        match look.lag {
            Some(lag) => self.lag.with_label_values(&[from, to]).set(whole(lag)),
            // An old number would pass for a new one. There may be none yet.
            None => self.lag.remove_label_values(&[from, to]).unwrap_or_default(),
        }
        let lane = |end: &str, nonce: u64| self.nonces.with_label_values(&[to, end]).set(whole(nonce));
        lane("generated", target.outbound.latest_generated_nonce);
        lane("confirmed", target.outbound.latest_received_nonce);
        lane("received", target.inbound.last_delivered_nonce());
        lane("received_confirmed", target.inbound.last_confirmed_nonce);
        self.waiting.with_label_values(&[to]).set(whole(target.commitments.len() as u64));
        self.oldest.with_label_values(&[to]).set(whole(look.oldest));
    }

    /// Counts a transaction that has ended.
    pub fn ended(&self, to: Side, kind: Kind, ended: &Ended) {
        let result = match ended {
            Ended::Done => "done",
            Ended::Obsolete(_) => "obsolete",
            Ended::Failed(_) => "failed",
            Ended::Unknown(_) => "unknown",
        };
        self.submissions.with_label_values(&[to.name(), kind.name(), result]).inc();
    }

    /// The source's node did not give what the target has to be shown.
    pub fn unproven(&self, from: Side, to: Side, kind: Kind) {
        self.unproven.with_label_values(&[from.name(), to.name(), kind.name()]).inc();
    }

    /// All of them as text.
    pub fn text(&self) -> prometheus::Result<Vec<u8>> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

/// By how many seconds the imported header is behind.
pub fn lag(newest: u64, imported: Option<&SourceView>) -> Option<u64> {
    imported.map(|imported| newest.saturating_sub(imported.now) / 1_000)
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing;

    #[test]
    fn text_should_have_what_was_seen() {
        let metrics = Metrics::new().unwrap();
        let target = testing::target(1_000);
        let (from, to) = (Side::Asset, Side::Payment);
        metrics.look(&Look { from, best: 9, finalized: 7, lag: Some(4), target: &target, to, oldest: 0 });
        metrics.ended(to, Kind::Messages, &Ended::Done);
        metrics.connected(from, to, false);
        metrics.unproven(from, to, Kind::Header);
        let text = String::from_utf8(metrics.text().unwrap()).unwrap();
        for line in [
            "tandem_gateway_best_block{network=\"asset\"} 9",
            "tandem_gateway_finalized_block{network=\"asset\"} 7",
            "tandem_gateway_lag_seconds{from=\"asset\",to=\"payment\"} 4",
            "tandem_gateway_submissions_total{kind=\"messages\",result=\"done\",to=\"payment\"} 1",
            "tandem_gateway_unproven_total{from=\"asset\",kind=\"header\",to=\"payment\"} 1",
            "tandem_gateway_failures_total{from=\"asset\",to=\"payment\"} 1",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn look_should_not_repeat_a_lag_that_is_not_known_any_more() {
        let metrics = Metrics::new().unwrap();
        let target = testing::target(1_000);
        for (lag, shown) in [(None, false), (Some(4), true), (None, false)] {
            let (from, to) = (Side::Asset, Side::Payment);
            metrics.look(&Look { from, best: 9, finalized: 7, lag, target: &target, to, oldest: 0 });
            let text = String::from_utf8(metrics.text().unwrap()).unwrap();
            assert_eq!(text.contains("tandem_gateway_lag_seconds{"), shown, "{lag:?}");
        }
    }
}
