//! Which header of the source the target learns next.

use tandem_primitives::Moment;

/// What is known before a header is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The set of validators that the target knows.
    pub target_set: u64,
    /// The one that signs after the source's last final block.
    pub source_set: u64,
    /// How much later the newest header that could be imported is than the one that is; `None` if there is none.
    pub ahead: Option<Moment>,
    /// Whether something is proven by it that is due and that the imported one does not show.
    pub has_work: bool,
}

/// Which header is next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next {
    /// None is needed.
    None,
    /// The last one of the set that the target knows. Without it nothing later is ever taken, so it never waits.
    OfSet,
    /// The newest.
    Newest,
}

/// Chooses.
pub fn decide(known: Known, heartbeat: Moment) -> Next {
    let Known { target_set, source_set, ahead, has_work } = known;
    if source_set > target_set {
        return Next::OfSet;
    }
    match ahead {
        Some(ahead) if has_work || ahead >= heartbeat => Next::Newest,
        Some(_) | None => Next::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARTBEAT: Moment = 60_000;
    const IDLE: Known = Known { target_set: 3, source_set: 3, ahead: Some(4_000), has_work: false };

    #[test]
    fn decide_should_import_nothing_without_need() {
        assert_eq!(decide(IDLE, HEARTBEAT), Next::None);
        assert_eq!(decide(Known { ahead: None, has_work: true, ..IDLE }, HEARTBEAT), Next::None);
    }

    #[test]
    fn decide_should_import_for_work_and_for_the_heartbeat() {
        assert_eq!(decide(Known { has_work: true, ..IDLE }, HEARTBEAT), Next::Newest);
        assert_eq!(decide(Known { ahead: Some(59_999), ..IDLE }, HEARTBEAT), Next::None);
        assert_eq!(decide(Known { ahead: Some(60_000), ..IDLE }, HEARTBEAT), Next::Newest);
    }

    #[test]
    fn decide_should_put_a_change_of_validators_before_everything() {
        for has_work in [false, true] {
            assert_eq!(decide(Known { source_set: 4, has_work, ..IDLE }, HEARTBEAT), Next::OfSet);
            assert_eq!(decide(Known { source_set: 9, ahead: None, has_work, ..IDLE }, HEARTBEAT), Next::OfSet);
        }
    }
}
