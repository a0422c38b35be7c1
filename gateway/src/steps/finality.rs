//! Which header of the source the target learns next.

use tandem_primitives::Moment;

/// Facts on which a header is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The set of validators that the target knows.
    pub target_set: u64,
    /// The one that signs after the source's last final block.
    pub source_set: u64,
    /// True if a header failed so lately that none is tried yet.
    pub rests: bool,
    /// True if something is due that the imported header shows.
    pub has_work: bool,
    /// Milliseconds by which the newest header that could be imported is later than the imported one; `None` if there is none.
    pub ahead: Option<Moment>,
    /// True if something is due that the newest one shows.
    pub has_further: bool,
}

/// Next thing to bring.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next {
    /// Nothing at this look.
    None,
    /// The last header of the set that the target knows. Without it no later one is ever taken, so it never waits.
    OfSet,
    /// Proofs that the imported header shows.
    Work,
    /// Newest header of the source.
    Newest,
}

/// Chooses between proofs, a newer header and nothing.
pub fn decide(known: Known, heartbeat: Moment) -> Next {
    let Known { target_set, source_set, rests, has_work, ahead, has_further } = known;
    let changes = source_set > target_set;
    if changes && !rests {
        return Next::OfSet;
    }
    // It is proven whatever becomes of a header that is not found or not taken.
    if has_work {
        return Next::Work;
    }
    match ahead {
        Some(ahead) if !changes && !rests && (has_further || ahead >= heartbeat) => Next::Newest,
        Some(_) | None => Next::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARTBEAT: Moment = 60_000;
    const IDLE: Known =
        Known { target_set: 3, source_set: 3, rests: false, has_work: false, ahead: Some(4_000), has_further: false };

    #[test]
    fn decide_should_import_nothing_without_need() {
        assert_eq!(decide(IDLE, HEARTBEAT), Next::None);
        assert_eq!(decide(Known { ahead: None, has_further: true, ..IDLE }, HEARTBEAT), Next::None);
    }

    #[test]
    fn decide_should_import_for_work_and_for_the_heartbeat() {
        assert_eq!(decide(Known { has_further: true, ..IDLE }, HEARTBEAT), Next::Newest);
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

    #[test]
    fn decide_should_prove_what_the_imported_header_shows_before_another_is_imported() {
        let busy = Known { has_work: true, has_further: true, ahead: Some(60_000), ..IDLE };
        assert_eq!(decide(busy, HEARTBEAT), Next::Work);
    }

    #[test]
    fn decide_should_go_on_with_what_is_imported_while_a_header_rests() {
        for source_set in [3, 4] {
            let known = Known { source_set, rests: true, has_further: true, ahead: Some(60_000), ..IDLE };
            assert_eq!(decide(Known { has_work: true, ..known }, HEARTBEAT), Next::Work);
            assert_eq!(decide(known, HEARTBEAT), Next::None);
        }
    }
}
