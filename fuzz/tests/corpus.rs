//! Every input that was ever worth keeping, and a little fuzzing: structured changes of seeds, anew in each run.

use proptest::{collection::vec, prelude::*, sample::Index};
use std::{collections::BTreeSet, fs, path::PathBuf};
use tandem_fuzz::{header_proof, lane_message, message, seeds::seeds, stored_value, tampered_proof, Shown, TARGETS};
use tandem_primitives::{Message, ProofFault, VersionedMessage};

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// The inputs of a target, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder(target)).expect("each target has a corpus");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("readable")).collect()
}

/// How these proofs ended: the faults, each once, and how many showed what was asked.
fn endings(shown: impl IntoIterator<Item = Shown>) -> (Vec<ProofFault>, usize) {
    let mut faults = Vec::new();
    let mut good = 0;
    for ending in shown {
        match ending {
            Ok(_) => good += 1,
            Err(fault) if !faults.contains(&fault) => faults.push(fault),
            Err(_) => {}
        }
    }
    faults.sort_by_key(|fault| *fault as u8);
    (faults, good)
}

/// All faults that nodes can have; the others are those of a light client and of a record's version.
const FAULTS: [ProofFault; 6] = [
    ProofFault::HeaderNotFound,
    ProofFault::WrongRoot,
    ProofFault::NodeMissing,
    ProofFault::NodeUnused,
    ProofFault::Undecodable,
    ProofFault::TooLarge,
];

#[test]
fn every_input_of_every_corpus_should_pass() {
    for (target, run) in TARGETS {
        let inputs = corpus(target);
        assert!(!inputs.is_empty(), "the corpus of {target} is empty");
        for input in inputs {
            run(&input);
        }
    }
}

#[test]
fn every_corpus_should_be_that_of_a_target_and_stay_small() {
    let targets: BTreeSet<_> = TARGETS.iter().map(|(target, _)| String::from(*target)).collect();
    let folders =
        fs::read_dir(folder("")).expect("there are corpora").map(|entry| entry.expect("readable").file_name());
    assert_eq!(folders.map(|name| name.into_string().expect("UTF-8")).collect::<BTreeSet<_>>(), targets);
    let all: Vec<Vec<Vec<u8>>> = targets.iter().map(|target| corpus(target)).collect();
    assert!(all.iter().all(|inputs| inputs.len() <= 150));
    assert!(all.iter().flatten().map(Vec::len).sum::<usize>() < 1_000_000);
}

/// A corpus that no longer reaches what it was kept for fails here: it was made for other keys or other encodings.
#[test]
fn the_corpora_of_proofs_should_reach_every_fault_and_good_proofs() {
    let (faults, good) = endings(corpus("header_proof").iter().filter_map(|input| header_proof(input)));
    assert_eq!(faults, FAULTS);
    assert!(good > 5, "{good}");
    let (faults, good) = endings(corpus("tampered_proof").iter().map(|input| tampered_proof(input)));
    assert_eq!(faults, FAULTS);
    assert!(good > 5, "{good}");
}

#[test]
fn the_corpora_of_messages_and_values_should_reach_every_kind() {
    let targets: [(_, fn(&[u8]) -> _); 2] = [("message", message), ("lane_message", lane_message)];
    for (target, run) in targets {
        let found: Vec<_> = corpus(target).iter().filter_map(|input| run(input)).collect();
        let committed = |message: &VersionedMessage| matches!(message, VersionedMessage::V1(Message::Committed { .. }));
        assert!(found.iter().any(committed), "{target}");
        assert!(found.iter().any(|message| !committed(message)), "{target}");
    }
    let read: Vec<_> = corpus("stored_value").iter().map(|input| stored_value(input)).collect();
    for question in 0..4 {
        assert!(read.iter().any(|answers| answers.get(question).is_some_and(Result::is_ok)), "{question}");
        assert!(read.iter().any(|answers| answers.get(question).is_some_and(Result::is_err)), "{question}");
    }
}

#[test]
fn every_seed_should_pass() {
    for (target, run) in TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target} has no seeds");
        seeds.iter().for_each(|seed| run(seed));
    }
    let (faults, good) = endings(seeds("header_proof").iter().filter_map(|input| header_proof(input)));
    assert!(faults.contains(&ProofFault::TooLarge) && faults.contains(&ProofFault::Undecodable), "{faults:?}");
    assert!(good > 50, "{good}");
}

/// A seed of the target, with some bytes changed, removed and added.
fn changed_seed(target: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), 0..4usize, vec(any::<u8>(), 0..4));
    let seeds = seeds(target);
    (any::<Index>(), vec(change, 0..6)).prop_map(move |(which, changes)| {
        let mut input = which.get(&seeds).clone();
        for (place, removed, added) in changes {
            let from = place.index(input.len() + 1);
            let to = input.len().min(from + removed);
            input.splice(from..to, added);
        }
        input
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn a_proof_that_is_changed_anyhow_should_show_the_truth_or_a_fault(changes in vec(any::<u8>(), 0..64)) {
        // It fails by itself.
        drop(tampered_proof(&changes));
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_changed_header_proof_should_show_the_truth_or_a_fault(input in changed_seed("header_proof")) {
        header_proof(&input);
    }

    #[test]
    fn a_changed_value_should_be_read_as_what_it_is_or_not(input in changed_seed("stored_value")) {
        stored_value(&input);
    }

    #[test]
    fn a_changed_message_should_have_one_encoding(input in changed_seed("message")) {
        message(&input);
    }

    #[test]
    fn a_changed_payload_should_be_the_message_in_it(input in changed_seed("lane_message")) {
        lane_message(&input);
    }
}
