//! Proofs: whatever nodes somebody brings, what is read of them is the truth or a fault.

use crate::{
    canonical::canonical,
    state::{questions, states, Answer, Question, State},
};
use codec::Encode;
use pallet_counterpart::{
    grandpa::{Nodes, MAX_BYTES, MAX_NODES},
    HeaderProof,
};
use polkadot_sdk::{
    sp_core::{Hasher, H256},
    sp_runtime::traits::BlakeTwo256,
};
use std::collections::BTreeSet;
use tandem_primitives::{ProofFault, ProvenState};

/// All answers, if the chain would act on them; else the first fault.
pub type Shown = Result<Vec<Answer>, ProofFault>;

/// The most questions about one proof. No call asks more than three.
const MOST_QUESTIONS: usize = 32;

/// Reads a [`HeaderProof`] as it comes in a transaction, and then what is asked of it.
///
/// What follows the proof chooses questions, a byte each; nothing asks everything. `None` if there is no proof.
pub fn header_proof(data: &[u8]) -> Option<Shown> {
    // A node has a vector of 24 bytes and at least one byte of input. While decoding, as much again is asked for in
    // advance, and 16 KiB at first.
    let (proof, rest) = canonical::<HeaderProof>(data, data.len(), 49 * data.len() + 16 * 1024)?;
    let all = questions();
    let mut asked: Vec<_> = rest.iter().take(MOST_QUESTIONS).map(|byte| all[usize::from(*byte) % all.len()]).collect();
    if asked.is_empty() {
        asked = all.to_vec();
    }
    under_its_own_root(&proof, &asked);
    Some(show(proof, &asked))
}

/// Opens a proof as the chain does and asks, and fails unless that ends as the nodes in it allow, to the letter.
pub fn show(proof: HeaderProof, asked: &[Question]) -> Shown {
    let state = states().iter().find(|state| state.header == proof.header);
    let given: BTreeSet<Vec<u8>> = proof.nodes.iter().cloned().collect();
    let expected = opens(state, &proof, &given);
    let root_of = |header| {
        let known = states().iter().find(|state| state.header == header);
        known.map(|state| state.root).ok_or(ProofFault::HeaderNotFound)
    };
    let mut nodes = match Nodes::<BlakeTwo256>::open(proof, root_of) {
        Ok(nodes) => nodes,
        Err(fault) => {
            assert_eq!(expected.err(), Some(fault));
            return Err(fault);
        }
    };
    let state = expected.expect("an opened proof has nothing that it is refused for");
    let mut answers = Vec::new();
    let mut needed = BTreeSet::new();
    for question in asked {
        // A missing node is never an absence; and if none is missing, the truth comes out, not a fault.
        let whole = state.needed(*question).is_subset(&given);
        let truth = if whole { state.truth(*question) } else { Err(ProofFault::NodeMissing) };
        let answer = question.ask(&mut nodes);
        assert_eq!(answer, truth, "{question:?}");
        answers.push(answer);
        needed.extend(state.needed(*question).iter().cloned());
    }
    let closed = nodes.close();
    if closed.is_ok() {
        assert!(given.is_subset(&needed), "a node that nothing needs was accepted");
    }
    if needed == given {
        assert_eq!(closed, Ok(()), "a proof of exactly what was asked was refused");
    }
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    closed.map(|()| answers)
}

/// The state behind the proof, or why it must not open.
fn opens<'a>(
    state: Option<&'a State>,
    proof: &HeaderProof,
    given: &BTreeSet<Vec<u8>>,
) -> Result<&'a State, ProofFault> {
    let bytes: usize = proof.nodes.iter().map(Vec::len).sum();
    if proof.nodes.len() > MAX_NODES || bytes > MAX_BYTES as usize {
        return Err(ProofFault::TooLarge);
    }
    let state = state.ok_or(ProofFault::HeaderNotFound)?;
    if given.len() < proof.nodes.len() {
        return Err(ProofFault::NodeUnused);
    }
    if !given.iter().any(|node| state.is_root(node)) {
        return Err(ProofFault::WrongRoot);
    }
    Ok(state)
}

/// The same nodes in a state that was made for them: its root is whatever the first of them is.
///
/// No light client knows such a header unless the counterpart's validators made it. There is no truth then, but a reader
/// must end, give the same answers whatever the order of the nodes, and find no absence where a node is taken away.
fn under_its_own_root(proof: &HeaderProof, asked: &[Question]) {
    let Some(first) = proof.nodes.first() else { return };
    let root = BlakeTwo256::hash(first);
    let read = |nodes: Vec<Vec<u8>>| read(root, HeaderProof { nodes, ..proof.clone() }, asked);
    let found = read(proof.nodes.clone());
    assert_eq!(read(proof.nodes.iter().rev().cloned().collect()), found);
    let (Ok((answers, closed)), true) = (found, proof.nodes.len() > 1) else { return };
    let (without, _) = read(proof.nodes[..proof.nodes.len() - 1].to_vec()).expect("the root is still there; qed");
    for (less, answer) in without.iter().zip(&answers) {
        assert!(less == answer || *less == Err(ProofFault::NodeMissing), "{less:?} and not {answer:?}");
    }
    let needs_more = without.contains(&Err(ProofFault::NodeMissing));
    assert!(closed.is_err() || needs_more || names_the_empty_trie(proof), "a node that nothing needs was accepted");
}

/// All answers, and how closing ended.
type Read = (Vec<Result<Answer, ProofFault>>, Result<(), ProofFault>);

fn read(root: H256, proof: HeaderProof, asked: &[Question]) -> Result<Read, ProofFault> {
    let mut nodes = Nodes::<BlakeTwo256>::open(proof, |_| Ok(root))?;
    let answers = asked.iter().map(|question| question.ask(&mut nodes)).collect();
    Ok((answers, nodes.close()))
}

/// Whether a node has the hash of the empty trie as a child. A reader knows that trie without its node, and counts it as
/// one that was brought. No trie of a real state has such a child.
fn names_the_empty_trie(proof: &HeaderProof) -> bool {
    let empty = BlakeTwo256::hash(&[0]).encode();
    proof.nodes.iter().any(|node| node == &[0] || node.windows(empty.len()).any(|part| part == empty))
}
