//! Real proofs, tampered as an input says.

use crate::{
    choices::Choices,
    proofs::{show, Shown},
    state::{questions, states, Question},
};
use pallet_counterpart::HeaderProof;
use polkadot_sdk::sp_core::H256;
use std::iter::repeat_with;

/// The most questions that a proof answers before it is tampered with.
const MOST_PROVEN: usize = 6;

/// The most changes of one proof.
const MOST_CHANGES: usize = 16;

/// A proof of a real state, and what is asked of it.
struct Tampered {
    proof: HeaderProof,
    asked: Vec<Question>,
}

/// Begins with a whole proof of a state and changes it; then it must show the truth or a fault, as any other.
///
/// The first byte chooses the state, the next ones what is proven of it, and the rest what is changed.
pub fn tampered_proof(data: &[u8]) -> Shown {
    let mut choices = Choices::new(data);
    let state = choices.one_of(states());
    let count = 1 + choices.below(MOST_PROVEN);
    let asked: Vec<_> = repeat_with(|| *choices.one_of(questions())).take(count).collect();
    let proof = HeaderProof { header: state.header, nodes: state.prove(&asked) };
    let mut tampered = Tampered { proof, asked };
    for _ in 0..MOST_CHANGES {
        if choices.is_empty() {
            break;
        }
        tampered.change(&mut choices);
    }
    show(tampered.proof, &tampered.asked)
}

impl Tampered {
    fn change(&mut self, choices: &mut Choices) {
        let nodes = &mut self.proof.nodes;
        match choices.below(16) {
            // Of the nodes as a whole.
            0 => drop(take(nodes, choices)),
            1 => {
                let again = one(nodes, choices).clone();
                nodes.insert(choices.below(nodes.len() + 1), again);
            }
            2 if !nodes.is_empty() => {
                let (this, that) = (choices.below(nodes.len()), choices.below(nodes.len()));
                nodes.swap(this, that);
            }
            3 => nodes.reverse(),
            // Of the bytes of one.
            4 => {
                let node = one(nodes, choices);
                node.truncate(choices.below(node.len()));
            }
            5 => one(nodes, choices).extend(choices.bytes()),
            6 => {
                let node = one(nodes, choices);
                let (at, bits) = (choices.below(node.len()), choices.byte());
                if let Some(byte) = node.get_mut(at) {
                    *byte ^= bits;
                }
            }
            7 => {
                let more = take(nodes, choices).unwrap_or_default();
                one(nodes, choices).extend(more);
            }
            8 => swell(one(nodes, choices), choices),
            // With nodes of elsewhere.
            9 => nodes.push(choices.bytes().to_vec()),
            10 => fill(nodes, choices),
            _ => self.splice(choices),
        }
    }

    /// What another proof has, of this state or of another one.
    fn splice(&mut self, choices: &mut Choices) {
        let state = choices.one_of(states());
        let others = state.prove(&[*choices.one_of(questions())]);
        let nodes = &mut self.proof.nodes;
        match choices.below(7) {
            0 => nodes.push(choices.one_of(&others).clone()),
            1 => *one(nodes, choices) = choices.one_of(&others).clone(),
            2 => {
                let more = others.into_iter().filter(|node| !nodes.contains(node)).collect::<Vec<_>>();
                nodes.extend(more);
            }
            3 => self.proof.header = state.header,
            4 => self.proof.header = H256::from_low_u64_be(choices.byte().into()),
            5 => self.asked.push(*choices.one_of(questions())),
            _ => {
                self.asked.pop();
            }
        }
    }
}

/// One of the nodes, to change it; there is one afterwards.
fn one<'a>(nodes: &'a mut Vec<Vec<u8>>, choices: &mut Choices) -> &'a mut Vec<u8> {
    if nodes.is_empty() {
        nodes.push(Vec::new());
    }
    let at = choices.below(nodes.len());
    &mut nodes[at]
}

/// Takes one of the nodes away.
fn take(nodes: &mut Vec<Vec<u8>>, choices: &mut Choices) -> Option<Vec<u8>> {
    (!nodes.is_empty()).then(|| nodes.remove(choices.below(nodes.len())))
}

/// More nodes, up to beyond the limit.
fn fill(nodes: &mut Vec<Vec<u8>>, choices: &mut Choices) {
    let count = choices.below(80);
    nodes.extend((0..count).map(|number| vec![0xff, number as u8]));
}

/// More bytes, up to beyond the limit.
fn swell(node: &mut Vec<u8>, choices: &mut Choices) {
    let more = usize::from(choices.byte()) * 512;
    node.resize(node.len() + more, 0);
}
