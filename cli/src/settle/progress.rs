//! What a person sees while trades are on their way: included and final apart.

use crate::output::say;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::IsTerminal,
    time::{Duration, Instant},
};

/// Pause between two lines where nobody sees bars move.
const PAUSE: Duration = Duration::from_secs(10);

/// Two bars on a terminal; elsewhere a line now and then.
pub struct Progress {
    included: ProgressBar,
    last: ProgressBar,
    lines: bool,
    total: usize,
    said: Option<(Instant, String)>,
}

impl Progress {
    /// For so many trades.
    pub fn of(total: usize) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bars = MultiProgress::with_draw_target(if terminal {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        let style = ProgressStyle::with_template("{prefix:>9} {bar:40} {pos:>5}/{len} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = |prefix: &'static str| {
            let bar = ProgressBar::new(total as u64).with_prefix(prefix).with_style(style.clone());
            bars.add(bar)
        };
        Self { included: bar("included"), last: bar("final"), lines: !terminal, total, said: None }
    }

    /// Shows how far it has come.
    pub fn show(&mut self, included: usize, last: usize, message: String) {
        self.included.set_position(included as u64);
        self.last.set_position(last as u64);
        self.included.set_message(message.clone());
        if !self.lines {
            return;
        }
        let line = format!("{included}/{total} included, {last}/{total} final; {message}", total = self.total);
        let due = self.said.as_ref().is_none_or(|(at, said)| at.elapsed() >= PAUSE && *said != line);
        if due {
            say(&line);
            self.said = Some((Instant::now(), line));
        }
    }

    /// Takes the bars away, and says that all is done.
    pub fn end(&self, message: &str) {
        self.included.finish_and_clear();
        self.last.finish_and_clear();
        if self.lines {
            let total = self.total;
            say(&format!("{total}/{total} included, {total}/{total} final; {message}"));
        }
    }
}
