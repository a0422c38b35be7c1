//! Ends of waiting: a network that stands still, and trades that nobody ends.

use crate::fault::fault;
use std::time::{Duration, Instant};

/// Maximum time without a new block, or without a new final one, before a run ends.
pub const STANDSTILL: Duration = Duration::from_secs(120);

/// Maximum time after the deadlines of all open trades before a run ends.
pub const OVERDUE: Duration = Duration::from_secs(600);

/// Heights of a network, and the instants at which they last changed.
#[derive(Clone, Copy, Debug)]
pub struct Standstill {
    best: (u32, Instant),
    last: (u32, Instant),
}

impl Standstill {
    /// Begins to count at `now`, with these heights of the best and of the last final block.
    pub fn at(now: Instant, best: u32, last: u32) -> Self {
        Self { best: (best, now), last: (last, now) }
    }

    /// Notes the height that the best block has at `now`.
    pub fn see_best(&mut self, now: Instant, number: u32) {
        // A reorganisation to a shorter chain is no standstill either.
        if number != self.best.0 {
            self.best = (number, now);
        }
    }

    /// Notes the height that the last final block has at `now`.
    pub fn see_final(&mut self, now: Instant, number: u32) {
        if number > self.last.0 {
            self.last = (number, now);
        }
    }

    /// A sentence if the network has stood still for longer than `limit` at `now`. `network` is its name, and `open` the number of trades that
    /// have not ended.
    pub fn check(&self, now: Instant, limit: Duration, network: &str, open: usize) -> anyhow::Result<()> {
        let seconds = limit.as_secs();
        let go_on = "the same command again goes on where it was, once the network does";
        if now.duration_since(self.best.1) > limit {
            return Err(fault(format!(
                "{network} has made no block for {seconds} seconds, and {open} trades are open; {go_on}"
            )));
        }
        if now.duration_since(self.last.1) > limit {
            return Err(fault(format!(
                "{network} has made no block final for {seconds} seconds, and {open} trades are open; {go_on}"
            )));
        }
        Ok(())
    }
}

/// Time since which all open trades have been past their deadlines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overdue {
    since: Option<(usize, Instant)>,
}

impl Overdue {
    /// A sentence if all open trades have been past their deadlines for longer than `limit` at `now`, and none has ended
    /// meanwhile. `first` is one of them.
    pub fn check(
        &mut self,
        now: Instant,
        limit: Duration,
        are_past: bool,
        open: usize,
        first: &str,
    ) -> anyhow::Result<()> {
        let since = self.since.filter(|(before, _)| are_past && *before == open);
        let (_, began) = since.unwrap_or((open, now));
        self.since = are_past.then_some((open, began));
        if !are_past || now.duration_since(began) <= limit {
            return Ok(());
        }
        Err(fault(format!(
            "{open} trades, {first} among them, are still open {} minutes after their deadlines; across two networks a gateway \
             brings them to their end: see that one runs, and run the same command again, which goes on where it was",
            limit.as_secs() / 60
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(10);
    const LONGER: Duration = Duration::from_secs(11);

    #[test]
    fn cli_c14_a_network_without_blocks_should_end_the_wait() {
        let start = Instant::now();
        let mut network = Standstill::at(start, 7, 5);
        assert!(network.check(start + LIMIT, LIMIT, "the network", 3).is_ok());
        let later = start + LONGER;
        network.see_best(later, 7);
        let sentence = network.check(later, LIMIT, "the payment network", 3).unwrap_err().to_string();
        assert!(sentence.starts_with("the payment network has made no block for"), "{sentence}");
        assert!(sentence.contains("3 trades are open"), "{sentence}");
        network.see_best(later, 8);
        network.see_final(later, 6);
        assert!(network.check(later + LIMIT, LIMIT, "the network", 3).is_ok());
    }

    #[test]
    fn cli_c14_a_network_without_finality_should_end_the_wait() {
        let start = Instant::now();
        let mut network = Standstill::at(start, 7, 5);
        let later = start + LONGER;
        network.see_best(later, 8);
        network.see_final(later, 5);
        let sentence = network.check(later, LIMIT, "the network", 1).unwrap_err().to_string();
        assert!(sentence.starts_with("the network has made no block final for"), "{sentence}");
    }

    #[test]
    fn cli_c14_trades_that_nobody_ends_should_end_the_wait() {
        let start = Instant::now();
        let mut overdue = Overdue::default();
        overdue.check(start, LIMIT, true, 2, "T-1").unwrap();
        // One has ended: the others may, too.
        let one_less = start + LONGER;
        overdue.check(one_less, LIMIT, true, 1, "T-1").unwrap();
        let late = one_less + LONGER;
        let sentence = overdue.check(late, LIMIT, true, 1, "T-1").unwrap_err().to_string();
        assert!(sentence.contains("T-1 among them, are still open"), "{sentence}");
        overdue.check(late, LIMIT, false, 1, "T-1").unwrap();
        overdue.check(late, LIMIT, true, 1, "T-1").unwrap();
    }
}
