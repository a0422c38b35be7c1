//! Calls that several accounts decide together: one proposes, the others approve.

use super::{
    load::key,
    transact::{self, Wanted, POLL, STANDSTILL},
};
use crate::{
    chain::{calls::Call, Chain},
    fault::fault,
    files::{dates, participants::account_of},
};
use codec::Encode;
use polkadot_sdk::sp_io::hashing::blake2_256;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use subxt_signer::sr25519::Keypair;
use tandem_client::keys::TWOX;
use tandem_primitives::{Body, CallHash, Moment, Proposal, ProposalState, Role, Roles, Status};

/// Maximum number of calls that one account has proposed at a time: the chain takes no more.
const PROPOSALS: usize = 8;

/// Longest delay for which a command waits by itself, in milliseconds.
const DELAY: Moment = 600_000;

/// A call that waits to be decided, with its purpose in the words of a sentence.
pub struct Decision {
    /// Body whose accounts decide.
    pub body: Body,
    /// Call that they decide.
    pub call: Call,
    /// Purpose in the words of a sentence: `registering ALPSTEIN`.
    pub purpose: String,
}

/// Two keys from the command line.
pub fn pair(paths: &[String], option: &str) -> anyhow::Result<[Keypair; 2]> {
    let [first, second] = paths else {
        return Err(fault(format!("two keys decide together; name both with {option}")));
    };
    Ok([key(first)?, key(second)?])
}

/// True for roles of which nobody alone decides who has them.
pub fn governs(roles: Roles) -> bool {
    roles.has(Role::Operator) || roles.has(Role::Regulator)
}

/// True if one account of the regulator may give a participant with these roles and this status the new one.
pub fn is_for_one(roles: Roles, old: Status, new: Status) -> bool {
    let stops = match new {
        Status::Sanctioned => old != Status::Revoked,
        Status::Suspended => old == Status::Active,
        Status::Active | Status::Revoked => false,
    };
    stops && !governs(roles)
}

/// A call that is approved and waits for the delay of its network.
#[derive(Debug)]
pub struct Waiting {
    /// Purpose in the words of a sentence: `registering ALPSTEIN`.
    pub purpose: String,
    /// Moment from which it may be enacted.
    pub enact_after: Moment,
}

impl std::fmt::Display for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} is approved and may take effect from {} on, after the delay of this network; run the same command again then, \
             which enacts it",
            self.purpose,
            dates::format(self.enact_after)
        )
    }
}

/// Has these keys decide the calls, a few at a time, and enacts those whose delay is over or soon will be. Returns those that
/// wait for longer; what comes after them is not proposed then. A call that was decided and failed says so in an event only: who
/// asks reads the chain afterwards.
pub async fn all(
    chain: &Chain,
    title: &str,
    keys: &[Keypair],
    decisions: Vec<Decision>,
) -> anyhow::Result<Vec<Waiting>> {
    for some in decisions.chunks(PROPOSALS) {
        // A run that was cut off, or that ended before a delay was over, has done a part of it.
        let before = proposals(chain).await?;
        // What one account proposes must be on the chain before the next approves it.
        for (place, key) in keys.iter().enumerate() {
            let mut wanted = Vec::new();
            for decision in some {
                let call = encoded(chain, &decision.call)?;
                let found = before.get(&(decision.body.encode(), hash(&call)));
                wanted.extend(step(found, decision, &call, key, place == 0));
            }
            transact::all(chain, title, wanted).await?;
        }
        let waiting = enact(chain, title, keys, some).await?;
        if !waiting.is_empty() {
            return Ok(waiting);
        }
    }
    Ok(Vec::new())
}

/// Proposals of all bodies, by the encoding of the body and the hash of the call.
type Proposals = BTreeMap<(Vec<u8>, CallHash), Proposal>;

async fn proposals(chain: &Chain) -> anyhow::Result<Proposals> {
    let at = chain.best().await?.hash;
    let by_body: Vec<(Body, Vec<Proposal>)> = chain.map("Participants", "Proposals", TWOX, at).await?;
    let each = by_body.into_iter().flat_map(|(body, proposals)| {
        proposals.into_iter().map(move |proposal| ((body.encode(), proposal.hash), proposal))
    });
    Ok(each.collect())
}

/// Step of one account towards a decision, unless it has made it before or none is needed. `found` is the proposal, if the chain
/// has it.
fn step(found: Option<&Proposal>, decision: &Decision, call: &[u8], key: &Keypair, is_first: bool) -> Option<Wanted> {
    let Decision { body, purpose, .. } = decision;
    let account = account_of(key);
    let key = key.clone();
    match found {
        Some(Proposal { state: ProposalState::Approved { .. }, .. }) => None,
        Some(proposal) if proposal.approvals.iter().any(|approval| approval.account == account) => None,
        None if is_first => Some(Wanted {
            key,
            call: Call::propose(*body, hash(call)),
            purpose: format!("proposing {purpose}"),
            unless: Some("Participants.ProposalAlreadyExists"),
        }),
        Some(_) | None => Some(Wanted {
            key,
            call: Call::approve(*body, call),
            purpose: format!("approving {purpose}"),
            unless: Some("Participants.AlreadyApproved"),
        }),
    }
}

/// Enacts what is approved and has waited for its delay, or does soon. Returns what waits for longer.
async fn enact(chain: &Chain, title: &str, keys: &[Keypair], decisions: &[Decision]) -> anyhow::Result<Vec<Waiting>> {
    let found = proposals(chain).await?;
    let mut due = Vec::new();
    let mut waiting = Vec::new();
    for decision in decisions {
        let call = encoded(chain, &decision.call)?;
        let proposal = found.get(&(decision.body.encode(), hash(&call)));
        let Some(ProposalState::Approved { enact_after, .. }) = proposal.map(|proposal| &proposal.state) else {
            continue;
        };
        due.push((*enact_after, call, decision));
        waiting.push(Waiting { purpose: decision.purpose.clone(), enact_after: *enact_after });
    }
    let (Some(last), Some(key)) = (due.iter().map(|(enact_after, ..)| *enact_after).max(), keys.first()) else {
        return Ok(Vec::new());
    };
    if !until(async || Ok(chain.now(chain.finalized().await?.hash).await?), last, DELAY, STANDSTILL).await? {
        return Ok(waiting);
    }
    let wanted = due.into_iter().map(|(_, call, decision)| Wanted {
        key: key.clone(),
        call: Call::enact(decision.body, &call),
        purpose: format!("enacting {}", decision.purpose),
        // Anybody may be quicker.
        unless: Some("Participants.ProposalNotFound"),
    });
    transact::all(chain, title, wanted.collect()).await?;
    Ok(Vec::new())
}

/// Waits until the chain's time, by what `now` answers, has come to this moment. False at once if that is too far away; a fault
/// if the time stands still.
async fn until(
    mut now: impl AsyncFnMut() -> anyhow::Result<Moment>,
    moment: Moment,
    longest: Moment,
    standstill: Duration,
) -> anyhow::Result<bool> {
    let mut last = now().await?;
    let mut since = Instant::now();
    if moment.saturating_sub(last) > longest {
        return Ok(false);
    }
    while last < moment {
        if since.elapsed() > standstill {
            return Err(fault(format!(
                "the network has made no block final for {} seconds; run the same command again once it goes on",
                standstill.as_secs()
            )));
        }
        tokio::time::sleep(POLL).await;
        let next = now().await?;
        if next > last {
            since = Instant::now();
        }
        last = next;
    }
    Ok(true)
}

fn hash(call: &[u8]) -> CallHash {
    CallHash::from(blake2_256(call))
}

/// A call as the chain decodes it.
pub fn encoded(chain: &Chain, call: &Call) -> anyhow::Result<Vec<u8>> {
    Ok(chain.encode(call)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use polkadot_sdk::sp_runtime::BoundedVec;
    use tandem_primitives::{Approval, ParticipantId, ReasonCode};

    #[test]
    fn is_for_one_should_be_what_stops_an_ordinary_participant() {
        let trader: Roles = [Role::Trader].into_iter().collect();
        assert!(is_for_one(trader, Status::Active, Status::Suspended));
        assert!(is_for_one(trader, Status::Suspended, Status::Sanctioned));
        for (old, new) in [
            (Status::Suspended, Status::Active),
            (Status::Sanctioned, Status::Suspended),
            (Status::Active, Status::Revoked),
            (Status::Revoked, Status::Sanctioned),
        ] {
            assert!(!is_for_one(trader, old, new), "{old:?} to {new:?}");
        }
        for role in [Role::Operator, Role::Regulator] {
            assert!(!is_for_one([role].into_iter().collect(), Status::Active, Status::Suspended));
        }
    }

    fn decision() -> Decision {
        let call =
            Call::set_status(ParticipantId(1), Status::Revoked, &tandem_primitives::Reason::new(ReasonCode::Other));
        Decision { body: Body::OperatorAndRegulator, call, purpose: "registering X".into() }
    }

    fn proposal(approved_by: &[&str], state: ProposalState) -> Proposal {
        let approval = |path: &&str| Approval { account: account_of(&key(path).unwrap()), role: Role::Operator };
        let approvals = BoundedVec::truncate_from(approved_by.iter().map(approval).collect());
        let by = account_of(&key("//Alice").unwrap());
        Proposal { hash: hash(b"call"), by, approvals, state, until: 9 }
    }

    #[test]
    fn cli_c18_a_run_should_go_on_with_what_others_have_proposed_and_approved() {
        let titles = |found: Option<&Proposal>| {
            let steps = ["//Alice", "//Bob"].into_iter().zip([true, false]).map(|(path, is_first)| {
                step(found, &decision(), b"call", &key(path).unwrap(), is_first).map(|wanted| wanted.call.title())
            });
            steps.flatten().collect::<Vec<_>>()
        };
        assert_eq!(titles(None), ["Participants.propose", "Participants.approve"]);
        // The first has proposed it, and was cut off.
        let proposed = proposal(&["//Alice"], ProposalState::Proposed);
        assert_eq!(titles(Some(&proposed)), ["Participants.approve"]);
        let by_another = proposal(&["//Eve"], ProposalState::Proposed);
        assert_eq!(titles(Some(&by_another)), ["Participants.approve", "Participants.approve"]);
        let waits = proposal(&["//Alice", "//Bob"], ProposalState::Approved { enact_after: 5, veto: None });
        assert_eq!(titles(Some(&waits)), Vec::<String>::new());
    }

    #[tokio::test]
    async fn cli_c18_a_short_delay_should_be_waited_for_and_a_long_one_be_told() {
        let time = std::cell::Cell::new(1_000);
        let passing = async || {
            time.set(time.get() + 1_000);
            Ok(time.get())
        };
        assert!(until(passing, 5_000, DELAY, STANDSTILL).await.unwrap());
        assert!(!until(async || Ok(1_000), 1_001 + DELAY, DELAY, STANDSTILL).await.unwrap());
        let stands = until(async || Ok(1_000), 5_000, DELAY, Duration::ZERO).await.unwrap_err().to_string();
        assert!(stands.contains("no block final"), "{stands}");
        let waiting = Waiting { purpose: "registering X".into(), enact_after: 1_500 };
        assert_eq!(
            waiting.to_string(),
            "registering X is approved and may take effect from 1970-01-01T00:00:01.500Z on, after the delay of this network; \
             run the same command again then, which enacts it"
        );
    }

    #[test]
    fn pair_should_want_both_keys() {
        assert!(pair(&["//Alice".into(), "//Bob".into()], "--operator").is_ok());
        let error = pair(&["//Alice".into()], "--operator").unwrap_err().to_string();
        assert!(error.contains("--operator"), "{error}");
    }
}
