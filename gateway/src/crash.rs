//! A test's way to stop the program at an exact point of its loop, as a power failure would.

use crate::steps::Kind;
use std::str::FromStr;

/// Moment of one step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// Everything is known and nothing is sent.
    Before,
    /// The node has taken it.
    Sent,
    /// A block has it, or the same of somebody else.
    Included,
}

/// Point at which the program stops.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CrashAt {
    moment: Moment,
    kind: Kind,
}

impl CrashAt {
    /// Stops here, if this is the point.
    pub fn reached(this: Option<CrashAt>, moment: Moment, kind: Kind) {
        if this == Some(CrashAt { moment, kind }) {
            tracing::warn!(?moment, %kind, "stopping here, as asked");
            std::process::abort();
        }
    }
}

impl FromStr for CrashAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let moments = [("before", Moment::Before), ("sent", Moment::Sent), ("included", Moment::Included)];
        let found = text.split_once('-').and_then(|(moment, kind)| {
            let (_, moment) = moments.into_iter().find(|(name, _)| *name == moment)?;
            let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
            Some(CrashAt { moment, kind })
        });
        found.ok_or_else(|| {
            let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            format!("write before, sent or included, a dash, and one of {}", kinds.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    /// The signal of a process that has ended itself.
    const ABORTED: i32 = 6;

    impl CrashAt {
        fn reach(self, asked: Option<CrashAt>) {
            CrashAt::reached(asked, self.moment, self.kind);
        }
    }

    #[test]
    fn reached_should_end_the_process_there_and_then_in_any_task() {
        const POINT: &str = "TANDEM_GATEWAY_TEST_POINT";
        const NAME: &str = "crash::tests::reached_should_end_the_process_there_and_then_in_any_task";
        let points = || {
            let moments = [Moment::Before, Moment::Sent, Moment::Included];
            moments.into_iter().flat_map(|moment| Kind::ALL.map(|kind| CrashAt { moment, kind }))
        };
        if let Ok(point) = std::env::var(POINT) {
            let this: CrashAt = point.parse().unwrap();
            let carrying = async move {
                tokio::spawn(async move {
                    points().filter(|other| *other != this).for_each(|other| other.reach(Some(this)));
                    this.reach(None);
                    println!("nothing stopped it yet");
                    this.reach(Some(this));
                    println!("it goes on");
                })
                .await
            };
            tokio::runtime::Runtime::new().unwrap().block_on(carrying).unwrap();
            return;
        }
        for CrashAt { moment, kind } in points() {
            let point = format!("{moment:?}-{kind}").to_lowercase();
            let mut again = std::process::Command::new(std::env::current_exe().unwrap());
            let ended = again.args(["--exact", NAME, "--nocapture"]).env(POINT, &point).output().unwrap();
            assert_eq!(ended.status.signal(), Some(ABORTED), "{point}");
            let said = String::from_utf8(ended.stdout).unwrap();
            assert!(said.contains("nothing stopped it yet") && !said.contains("it goes on"), "{point}: {said}");
        }
    }

    #[test]
    fn from_str_should_know_every_point() {
        for moment in ["before", "sent", "included"] {
            for kind in Kind::ALL {
                assert!(format!("{moment}-{kind}").parse::<CrashAt>().is_ok());
            }
        }
        assert!("after-header".parse::<CrashAt>().unwrap_err().contains("before, sent or included"));
        assert!("header".parse::<CrashAt>().is_err());
    }
}
