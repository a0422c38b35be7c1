//! A test's way to stop the program at an exact point of its loop, as a power failure would.

use crate::steps::Kind;
use std::str::FromStr;

/// When, of one step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// Everything is known and nothing is sent.
    Before,
    /// The node has it.
    Sent,
    /// It is in a block.
    Included,
}

/// Where the program stops.
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
