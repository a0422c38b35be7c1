//! States of a chain whose truth is known, and what can be asked about them.
//!
//! The truth is what was put there, as values: nothing here decodes anything.

use codec::Encode;
use polkadot_sdk::{
    bp_runtime::{storage_map_final_key, storage_value_key},
    frame_support::Blake2_128Concat,
    sp_core::{Hasher, H256},
    sp_io::hashing::blake2_256,
    sp_runtime::{traits::BlakeTwo256, StateVersion},
};
use sp_state_machine::{prove_read, Backend, InMemoryBackend};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};
use tandem_primitives::{
    keys, AccountId, Commitment, Decision, InstructionId, LotRange, Moment, ProofFault, ProvenState, Record,
    RejectReason, TermsHash, TrancheIndex, RECORD_VERSION,
};

/// Which tranche a commitment or a record is of.
pub type Tranche = (InstructionId, TrancheIndex);

/// What can be asked of a proof.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Question {
    /// The version of the records.
    RecordVersion,
    /// The chain's time.
    Now,
    /// The chain's first block.
    Genesis,
    /// What is committed of a tranche.
    Commitment(Tranche),
    /// What is decided about a tranche.
    Record(Tranche),
}

/// What a proof can show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// The version of the records.
    RecordVersion(Option<u16>),
    /// The chain's time.
    Now(Moment),
    /// The chain's first block.
    Genesis(H256),
    /// What is committed of the tranche.
    Commitment(Option<Commitment>),
    /// What is decided about the tranche.
    Record(Option<Record>),
}

impl Question {
    /// The key under which a chain keeps the answer.
    pub fn key(self) -> Vec<u8> {
        match self {
            Self::RecordVersion => keys::record_version(),
            Self::Now => keys::now(),
            Self::Genesis => keys::genesis(),
            Self::Commitment((id, tranche)) => keys::commitment(id, tranche),
            Self::Record((id, tranche)) => keys::record(id, tranche),
        }
    }

    /// What an opened proof answers.
    pub fn ask(self, nodes: &mut impl ProvenState) -> Result<Answer, ProofFault> {
        match self {
            Self::RecordVersion => nodes.record_version().map(Answer::RecordVersion),
            Self::Now => nodes.now().map(Answer::Now),
            Self::Genesis => nodes.genesis().map(Answer::Genesis),
            Self::Commitment((id, tranche)) => nodes.commitment(id, tranche).map(Answer::Commitment),
            Self::Record((id, tranche)) => nodes.record(id, tranche).map(Answer::Record),
        }
    }
}

/// Tranches that are asked about. Each state has some of them and not the others.
const ASKED: u32 = 12;

/// A tranche, by number. Every fourth is the second tranche of the instruction before it.
pub fn tranche(number: u32) -> Tranche {
    let second = number % 4 == 3;
    let id = InstructionId::from(blake2_256(&("instruction", number - u32::from(second)).encode()));
    (id, TrancheIndex(u32::from(second)))
}

/// Everything that can be asked, in an order that inputs refer to.
pub fn questions() -> &'static [Question] {
    static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
        let about = (0..ASKED).map(tranche).flat_map(|asked| [Question::Record(asked), Question::Commitment(asked)]);
        [Question::RecordVersion, Question::Now].into_iter().chain(about).chain([Question::Genesis]).collect()
    });
    &QUESTIONS
}

/// A commitment, by number.
pub fn commitment(number: u32) -> Commitment {
    Commitment {
        terms_hash: TermsHash::from(blake2_256(&("terms", number).encode())),
        instructing: AccountId::new(blake2_256(&("account", number).encode())),
        networks: [H256::repeat_byte(1), H256::repeat_byte(2)],
        settled: number % 3,
        lots: number + 1,
        parts: LotRange { remaining: number + 1, min: 1, max: number },
    }
}

/// A record, by number: every other one is a rejection.
pub fn record(number: u32) -> Record {
    let decision = match number % 2 {
        0 => Decision::Executed { lots: number + 1 },
        _ => Decision::Rejected { reason: RejectReason::Refused },
    };
    Record {
        terms_hash: TermsHash::from(blake2_256(&("terms", number).encode())),
        networks: [H256::repeat_byte(1), H256::repeat_byte(2)],
        pay_deadline: 1_600_000_000_000 + u64::from(number),
        decision,
    }
}

/// What is put into a state.
#[derive(Clone, Default)]
struct Facts {
    record_version: Option<u16>,
    now: Option<Moment>,
    genesis: Option<H256>,
    commitments: BTreeMap<Tranche, Commitment>,
    records: BTreeMap<Tranche, Record>,
    /// What is kept there in a form that nothing decodes.
    spoilt: BTreeMap<Question, Vec<u8>>,
    /// What else a chain keeps.
    others: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Facts {
    fn truth(&self, question: Question) -> Result<Answer, ProofFault> {
        if self.spoilt.contains_key(&question) {
            return Err(ProofFault::Undecodable);
        }
        match question {
            Question::RecordVersion => Ok(Answer::RecordVersion(self.record_version)),
            // A chain without a time is none of ours.
            Question::Now => self.now.map(Answer::Now).ok_or(ProofFault::Undecodable),
            Question::Genesis => self.genesis.map(Answer::Genesis).ok_or(ProofFault::Undecodable),
            Question::Commitment(of) => Ok(Answer::Commitment(self.commitments.get(&of).cloned())),
            Question::Record(of) => Ok(Answer::Record(self.records.get(&of).copied())),
        }
    }

    /// Keys and values, as a chain keeps them.
    fn entries(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut entries = self.others.clone();
        let mut put = |question: Question, value: Vec<u8>| {
            entries.insert(question.key(), value);
        };
        if let Some(version) = self.record_version {
            put(Question::RecordVersion, version.encode());
        }
        if let Some(now) = self.now {
            put(Question::Now, now.encode());
        }
        if let Some(genesis) = self.genesis {
            put(Question::Genesis, genesis.encode());
        }
        for (of, commitment) in &self.commitments {
            put(Question::Commitment(*of), commitment.encode());
        }
        for (of, record) in &self.records {
            put(Question::Record(*of), record.encode());
        }
        for (question, value) in &self.spoilt {
            put(*question, value.clone());
        }
        entries
    }
}

/// A chain on which much is going on: records and commitments of some tranches, neither of others.
fn busy() -> Facts {
    let mut facts = Facts { record_version: Some(RECORD_VERSION), now: Some(1_600_000_000_000), ..Facts::default() };
    for number in 0..200 {
        if number % 3 != 0 {
            facts.records.insert(tranche(number), record(number));
        }
        if number % 5 < 2 {
            facts.commitments.insert(tranche(number), commitment(number));
        }
        let balance = storage_map_final_key::<Blake2_128Concat>("Assets", "Account", &number.encode()).0;
        facts.others.insert(balance, vec![7; 16 + (number as usize % 40)]);
        let instruction = storage_map_final_key::<Blake2_128Concat>("Settlement", "Instructions", &number.encode()).0;
        facts.others.insert(instruction, vec![8; 400]);
    }
    for (pallet, name) in [("System", "Number"), ("System", "Events"), ("Counterpart", "Counterpart")] {
        facts.others.insert(storage_value_key(pallet, name).0, vec![9; 30]);
    }
    facts
}

/// The same chain a block later: it has decided one tranche more, and one commitment has ended.
fn later() -> Facts {
    let mut facts = busy();
    facts.now = facts.now.map(|now| now + 2_000);
    facts.records.insert(tranche(0), record(0));
    facts.commitments.remove(&tranche(1));
    facts
}

/// A chain that has neither records nor commitments yet.
fn young() -> Facts {
    Facts { record_version: Some(RECORD_VERSION), now: Some(1_500_000_000_000), ..Facts::default() }
}

/// A chain whose keys are one byte longer or shorter than those that are asked for, beside a few true ones.
fn crowded() -> Facts {
    let mut facts = young();
    facts.records.insert(tranche(2), record(2));
    facts.commitments.insert(tranche(2), commitment(2));
    for number in 0..ASKED {
        let key = keys::record(tranche(number).0, tranche(number).1);
        let near = if number.is_multiple_of(2) { [&key[..], &[0]].concat() } else { key[..key.len() - 1].to_vec() };
        facts.others.insert(near, record(number).encode());
    }
    facts
}

/// A chain that keeps its records elsewhere, and says so.
fn upgraded() -> Facts {
    let mut facts = busy();
    facts.record_version = Some(RECORD_VERSION + 1);
    facts.records.clear();
    facts
}

/// A chain that keeps what is asked for in other forms: longer, shorter, empty, and with a decision that there is not.
fn spoilt() -> Facts {
    let mut facts = busy();
    facts.record_version = None;
    facts.now = None;
    let whole = record(0).encode();
    let unknown = [&whole[..whole.len() - 5], &[2, 0, 0, 0, 0]].concat();
    let forms = [[&whole[..], &[0]].concat(), whole[..whole.len() - 1].to_vec(), Vec::new(), unknown];
    for (number, form) in (0..).zip(forms) {
        facts.records.remove(&tranche(number));
        facts.spoilt.insert(Question::Record(tranche(number)), form);
    }
    facts.commitments.remove(&tranche(0));
    facts.spoilt.insert(Question::Commitment(tranche(0)), record(0).encode());
    facts
}

/// The first chain, with the hash of its first block: the others have dropped theirs.
fn whole() -> Facts {
    Facts { genesis: Some(H256::repeat_byte(2)), ..busy() }
}

/// A state behind a header that a light client has imported, and the truth about it.
pub struct State {
    /// The header's hash.
    pub header: H256,
    /// The root of its trie.
    pub root: H256,
    facts: Facts,
    /// The nodes that lead to each answer, or to the place where there is none.
    needed: BTreeMap<Question, BTreeSet<Vec<u8>>>,
}

impl State {
    fn new(number: u8, facts: Facts) -> Self {
        let backend = InMemoryBackend::<BlakeTwo256>::from((facts.entries(), StateVersion::V1));
        let root = backend.storage_root(std::iter::empty(), StateVersion::V1).0;
        let needed = questions().iter().map(|question| {
            let nodes = prove_read(backend.clone(), [question.key()]).expect("the state is whole; qed");
            (*question, nodes.into_nodes())
        });
        Self { header: H256::repeat_byte(number), root, needed: needed.collect(), facts }
    }

    /// What is true of it, or why nothing can be said.
    pub fn truth(&self, question: Question) -> Result<Answer, ProofFault> {
        self.facts.truth(question)
    }

    /// The nodes without which nothing can be said.
    pub fn needed(&self, question: Question) -> &BTreeSet<Vec<u8>> {
        &self.needed[&question]
    }

    /// What `state_getReadProof` answers for all of these together.
    pub fn prove(&self, questions: &[Question]) -> Vec<Vec<u8>> {
        let nodes: BTreeSet<_> = questions.iter().flat_map(|question| self.needed(*question)).collect();
        nodes.into_iter().cloned().collect()
    }

    /// Whether a node is the one with the root.
    pub fn is_root(&self, node: &[u8]) -> bool {
        BlakeTwo256::hash(node) == self.root
    }
}

/// The states that are known, the same in every run.
pub fn states() -> &'static [State] {
    static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
        let all = [busy(), later(), young(), crowded(), upgraded(), spoilt(), whole()];
        (1..).zip(all).map(|(number, facts)| State::new(number, facts)).collect()
    });
    &STATES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_of_many_keys_should_be_that_of_the_state_machine() {
        for state in states() {
            let backend = InMemoryBackend::<BlakeTwo256>::from((state.facts.entries(), StateVersion::V1));
            for some in questions().windows(3) {
                let nodes = prove_read(backend.clone(), some.iter().map(|question| question.key())).expect("whole");
                assert_eq!(state.prove(some), nodes.into_iter_nodes().collect::<Vec<_>>());
            }
        }
    }

    /// Presence and absence, executed and rejected, kept in other forms: an input can choose each.
    #[test]
    fn states_should_have_every_kind_of_answer() {
        let truths: Vec<_> =
            states().iter().flat_map(|state| questions().iter().map(|question| state.truth(*question))).collect();
        let has = |what: fn(&Result<Answer, ProofFault>) -> bool| truths.iter().any(what);
        assert!(has(|truth| *truth == Ok(Answer::RecordVersion(None))));
        assert!(has(|truth| *truth == Ok(Answer::RecordVersion(Some(RECORD_VERSION)))));
        assert!(has(|truth| *truth == Ok(Answer::RecordVersion(Some(RECORD_VERSION + 1)))));
        assert!(has(|truth| matches!(truth, Ok(Answer::Now(_)))));
        assert!(has(|truth| matches!(truth, Ok(Answer::Genesis(_)))));
        assert!(has(|truth| *truth == Ok(Answer::Commitment(None))));
        assert!(has(|truth| matches!(truth, Ok(Answer::Commitment(Some(_))))));
        assert!(has(|truth| *truth == Ok(Answer::Record(None))));
        let decided = |truth: &Result<Answer, ProofFault>| match truth {
            Ok(Answer::Record(Some(record))) => Some(record.decision),
            _ => None,
        };
        assert!(truths.iter().filter_map(decided).any(|decision| matches!(decision, Decision::Executed { .. })));
        assert!(truths.iter().filter_map(decided).any(|decision| matches!(decision, Decision::Rejected { .. })));
        assert!(has(|truth| *truth == Err(ProofFault::Undecodable)));
    }
}
