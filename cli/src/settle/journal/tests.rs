//! Journals over several runs, cuts and broken files.

use super::*;
use crate::files::expect::Status;

/// A journal's place in a directory that goes with the test.
fn place() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = place::journal(directory.path(), Path::new("trades.csv"), &chain(2));
    (directory, path)
}

fn chain(first: u8) -> Identity {
    Identity::of(H256([1; 32]), H256([first; 32]))
}

pub(super) fn trade(priority: u8) -> Trade {
    use crate::files::{dates::Day, dates::Limit, trades::*};
    let end = |code: &str, n: u8| End { code: code.into(), account: [n; 32].into() };
    let view = View {
        trade_date: Day::After(0),
        settle_date: Day::After(0),
        deadline: Limit::At(5),
        seller: end("A", 1),
        buyer: end("B", 2),
        deliveries: vec![],
        payment: None,
        lots: 1,
        execution: Execution::Immediate,
        on_incomplete: tandem_primitives::OnIncomplete::Complete,
        across: None,
    };
    let line = Line {
        number: 7,
        reference: "R".into(),
        side: Side::Both,
        view,
        policy: tandem_primitives::Policy::Npar,
        priority,
        reserve: true,
        expect: Some("settled".into()),
    };
    Trade { name: "T".into(), lines: vec![line] }
}

fn settled() -> End {
    End {
        ended: Ended { status: Status::Settled, text: "settled".into() },
        id: None,
        lots: 1,
        executed: None,
        unheard: false,
        took: None,
        at: 1_500,
    }
}

#[test]
fn open_should_go_on_with_what_was_saved() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), true).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    journal.end("T", settled());
    journal.fund("T", LegIndex(1), TrancheIndex(2));
    journal.save().unwrap();
    let again = Journal::open(&path, chain(2), false).unwrap();
    assert_eq!(again.seed().unwrap(), journal.seed().unwrap());
    assert_eq!(again.entry("T").unwrap().start, 123);
    assert_eq!(again.entry("T").unwrap().ended, Some(settled()));
    assert_eq!(again.entry("T").unwrap().funded, BTreeSet::from([(1, 2)]));
}

#[test]
fn open_should_forget_the_trades_and_keep_the_seed_when_asked_to_begin_anew() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    journal.save().unwrap();
    let anew = Journal::open(&path, chain(2), true).unwrap();
    assert!(anew.entry("T").is_none());
    assert_eq!(anew.seed().unwrap(), journal.seed().unwrap());
    assert!(Journal::open(&path, chain(2), false).unwrap().entry("T").is_some());
}

#[test]
fn open_should_leave_the_journal_of_another_chain_alone() {
    let (directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    journal.save().unwrap();
    let sentence = Journal::open(&path, chain(3), true).unwrap_err().to_string();
    assert!(sentence.contains("is of another chain"), "{sentence}");
    let other = place::journal(directory.path(), Path::new("trades.csv"), &chain(3));
    assert!(Journal::open(&other, chain(3), false).unwrap().entry("T").is_none());
    assert!(Journal::open(&path, chain(2), false).unwrap().entry("T").is_some());
}

#[cfg(unix)]
#[test]
fn save_should_keep_the_seed_from_others() {
    use std::os::unix::fs::PermissionsExt;
    let (_directory, path) = place();
    Journal::open(&path, chain(2), false).unwrap().save().unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn changed_should_name_trades_that_were_sent_with_other_terms() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    assert!(journal.changed("t.csv", &[trade(0)]).is_empty());
    let mut moved = trade(0);
    moved.lines[0].number = 9;
    moved.lines[0].expect = None;
    assert!(journal.changed("t.csv", &[moved]).is_empty());
    assert_eq!(
        journal.changed("t.csv", &[trade(1)]),
        ["t.csv:7:trade: trade T was sent before with other terms; give it another reference, or start over with \
          --fresh"]
    );
}

#[test]
fn cli_c8_a_broken_journal_should_be_read_from_its_copy() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    journal.save().unwrap();
    for broken in ["", "{", "{\"version\":2}"] {
        std::fs::write(&path, broken).unwrap();
        let mut again = Journal::open(&path, chain(2), false).unwrap();
        assert_eq!(again.entry("T").unwrap().start, 123, "{broken:?}");
        assert!(again.notices()[0].contains("its copy"), "{:?}", again.notices());
        // The run that reads the copy makes it whole again.
        again.save().unwrap();
        assert!(Journal::open(&path, chain(2), false).unwrap().notices().is_empty());
    }
}

#[test]
fn cli_c8_no_sentence_should_advise_to_remove_a_journal() {
    let (_directory, path) = place();
    let mut sentences = Vec::new();
    let mut refused = |path: &Path, chain: Identity| {
        sentences.push(Journal::open(path, chain, false).unwrap_err().to_string());
    };
    std::fs::write(&path, "{").unwrap();
    refused(&path, chain(2));
    std::fs::write(store::copy_of(&path), "").unwrap();
    refused(&path, chain(2));
    let fresh = Journal::open(&path, chain(2), true).unwrap();
    assert!(fresh.notices()[0].contains("nobody knows which trades"), "{:?}", fresh.notices());
    let (_directory, path) = place();
    Journal::open(&path, chain(2), false).unwrap().save().unwrap();
    refused(&path, chain(3));
    let text = std::fs::read_to_string(&path).unwrap().replace("\"version\": 2", "\"version\": 1");
    std::fs::write(&path, text).unwrap();
    refused(&path, chain(2));
    assert_eq!(sentences.len(), 4);
    for sentence in sentences {
        assert!(!sentence.contains("remove") && !sentence.contains("delete"), "{sentence}");
        assert!(sentence.contains("--state") || sentence.contains("restore it"), "{sentence}");
    }
}

#[test]
fn cli_c9_what_an_earlier_run_ended_should_be_told_from_what_this_one_ended() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    journal.begin(&trade(0), 123, Vec::new());
    assert!(!journal.is_earlier("T"));
    journal.end("T", settled());
    assert_eq!(journal.ended_earlier("T"), None);
    journal.save().unwrap();
    let again = Journal::open(&path, chain(2), false).unwrap();
    assert_eq!(again.ended_earlier("T").as_deref(), Some("1970-01-01T00:00:01.500Z"));
    // What an earlier run began and this one ends was ended by this one.
    let mut open = journal.clone();
    open.begin(&trade(0), 123, Vec::new());
    open.save().unwrap();
    let mut again = Journal::open(&path, chain(2), false).unwrap();
    assert!(again.is_earlier("T"));
    again.end("T", settled());
    assert_eq!(again.ended_earlier("T"), None);
}

#[test]
fn cli_c8_fresh_should_say_how_many_trades_may_still_be_open() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    for (name, has_ended) in [("A", true), ("B", false), ("C", false)] {
        journal.begin(&Trade { name: name.into(), ..trade(0) }, 123, Vec::new());
        if has_ended {
            journal.end(name, settled());
        }
    }
    journal.save().unwrap();
    let fresh = Journal::open(&path, chain(2), true).unwrap();
    assert!(fresh.notices()[0].starts_with("starting over: 2 of 3 trades"), "{:?}", fresh.notices());
    assert!(Journal::open(&path, chain(2), false).unwrap().notices().is_empty());
}

#[test]
fn cli_c13_the_digest_of_a_trade_should_be_the_same_in_every_release() {
    assert_eq!(digest(&trade(0)), "922d4806d5c03669c4021b26753840f7a4b496549a7a4caf59a1501423237719");
    assert_ne!(digest(&trade(0)), digest(&trade(1)));
}

#[test]
fn cli_c13_a_trade_should_keep_the_assets_that_it_was_sent_with() {
    let (_directory, path) = place();
    let mut journal = Journal::open(&path, chain(2), false).unwrap();
    let assets = [("EUR", AssetId::WithId(7)), ("TDM", AssetId::Native)];
    let sent = assets.clone().map(|(code, id)| (code.to_owned(), Known::from(&(id, AssetKind::Cash))));
    journal.begin(&trade(0), 123, vec![sent.into()]);
    journal.save().unwrap();
    let again = Journal::open(&path, chain(2), false).unwrap();
    for (code, id) in assets {
        let known = &again.entry("T").unwrap().assets[0][code];
        assert_eq!(<(AssetId, AssetKind)>::from(known), (id, AssetKind::Cash));
    }
}
