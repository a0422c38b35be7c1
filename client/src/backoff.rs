//! How long to wait before trying again.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

/// Waits that double up to a limit, each shortened by chance so that gateways do not all come back at once.
#[derive(Debug)]
pub struct Backoff {
    first: Duration,
    most: Duration,
    tries: u32,
}

impl Backoff {
    /// Begins with `first` and never waits longer than `most`.
    pub fn new(first: Duration, most: Duration) -> Self {
        Self { first, most, tries: 0 }
    }

    /// Notes a success: the next failure waits for `first` again.
    pub fn reset(&mut self) {
        self.tries = 0;
    }

    /// Time to wait after one more failure.
    pub fn wait(&mut self) -> Duration {
        let wait = bounded(self.first, self.most, self.tries);
        self.tries = self.tries.saturating_add(1);
        // Between a half and all of it.
        wait.mul_f64(0.5 + 0.5 * chance())
    }
}

/// `first`, doubled so many times, and no more than `most`.
pub fn bounded(first: Duration, most: Duration, times: u32) -> Duration {
    first.checked_mul(1u32.checked_shl(times).unwrap_or(u32::MAX)).unwrap_or(most).min(most)
}

/// From 0 to 1. The standard library seeds it anew for each.
fn chance() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 32;
    bits as f64 / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(500);
    const MOST: Duration = Duration::from_secs(30);

    #[test]
    fn bounded_should_double_up_to_the_limit() {
        assert_eq!(bounded(FIRST, MOST, 0), FIRST);
        assert_eq!(bounded(FIRST, MOST, 3), FIRST * 8);
        assert_eq!(bounded(FIRST, MOST, 6), MOST);
        for times in [31, 32, 33, u32::MAX] {
            assert_eq!(bounded(FIRST, MOST, times), MOST);
        }
    }

    #[test]
    fn wait_should_be_between_a_half_and_all() {
        let mut backoff = Backoff::new(FIRST, MOST);
        for times in 0..40 {
            let all = bounded(FIRST, MOST, times);
            let wait = backoff.wait();
            assert!(wait >= all / 2 && wait <= all, "{wait:?} of {all:?}");
        }
        backoff.reset();
        assert!(backoff.wait() <= FIRST);
    }
}
