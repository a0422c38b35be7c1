//! `init`: opens both networks for each other, under the dual control of each one's operator.
//!
//! A light client begins with a header whose signatures were checked here. What was proposed before and cut off is found
//! again and carried on: the chain keeps only the hash of a proposed call, and the header in it is looked for backwards.

use crate::{
    args::{pair, Init},
    chain::{follow, Ended, Node, Origin, Side, Signer, Trouble},
};
use anyhow::{bail, Context};
use pallet_participants::types::{Proposal, ProposalState};
use polkadot_sdk::{
    bp_header_chain::{GrandpaConsensusLogReader, InitializationData},
    bp_runtime::BasicOperatingMode,
    pallet_bridge_grandpa, pallet_utility,
    sp_core::H256,
    sp_runtime::traits::Header as _,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tandem_primitives::{CallHash, Role};
use tandem_runtime::{BlockNumber, Header, Runtime, RuntimeCall};

/// How many headers back a proposed call is looked for: more than an hour of blocks.
const BACK: u32 = 2_048;

/// Between two looks.
const POLL: Duration = Duration::from_secs(1);

/// For how long a dispatched call may not show before it is taken for failed.
const SHOWS: Duration = Duration::from_secs(12);

/// Opens both.
pub async fn run(init: Init) -> anyhow::Result<()> {
    let asset_operators = pair(&init.asset_operators, "--asset-operators")?;
    let payment_operators = pair(&init.payment_operators, "--payment-operators")?;
    let asset = Arc::new(Node::connect(Side::Asset, &init.networks.asset_url).await?);
    let payment = Arc::new(Node::connect(Side::Payment, &init.networks.payment_url).await?);
    if asset.genesis == payment.genesis {
        bail!("both addresses are of the same chain; name the other network's too");
    }
    let there = Opening { of: payment.clone(), on: asset.clone(), operators: asset_operators };
    let back = Opening { of: asset, on: payment, operators: payment_operators };
    let both = async { tokio::try_join!(there.run(), back.run()) };
    tokio::time::timeout(Duration::from_secs(init.timeout), both).await.map_err(|_| {
        anyhow::anyhow!("not done within {} seconds; run it again, it goes on where it was", init.timeout)
    })??;
    Ok(())
}

/// Opening one network for the other.
struct Opening {
    of: Arc<Node>,
    on: Arc<Node>,
    operators: [Signer; 2],
}

/// What a network still needs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Missing {
    counterpart: bool,
    light_client: bool,
}

impl Missing {
    fn any(self) -> bool {
        self.counterpart || self.light_client
    }
}

/// What is next for a call under dual control.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Next {
    /// Nobody has proposed it.
    Propose,
    /// This one of the two has not spoken yet.
    Approve(usize),
    /// Both have, and it may be dispatched from then on.
    EnactAfter(u64),
}

fn next(proposals: &[Proposal], hash: CallHash, operators: &[Signer; 2]) -> Next {
    match proposals.iter().find(|proposal| proposal.hash == hash) {
        None => Next::Propose,
        Some(proposal) => match proposal.state {
            ProposalState::Proposed => Next::Approve(usize::from(proposal.by == operators[0].account)),
            ProposalState::Approved { enact_after, .. } => Next::EnactAfter(enact_after),
        },
    }
}

impl Opening {
    fn say(&self, what: &str) {
        println!("{}: {what}", self.on.side);
    }

    async fn run(&self) -> anyhow::Result<()> {
        let missing = self.missing().await?;
        if !missing.any() {
            self.say("open for the other network already");
            return Ok(());
        }
        let origin = self.origin().await?;
        let number = origin.header.number();
        self.say(&format!(
            "block {number} of the {} network is signed by its {} validators",
            self.of.side,
            origin.set.authorities.len()
        ));
        let call = self.known_call(missing, &origin).await?;
        self.decide(call).await
    }

    async fn missing(&self) -> anyhow::Result<Missing> {
        let at = self.on.best().await?;
        let view = self.on.target_view(at).await?;
        if let Some(genesis) = view.counterpart.filter(|genesis| *genesis != self.of.genesis) {
            bail!("the {} network is open for another chain, {genesis:?}; it never changes", self.on.side);
        }
        let counterpart = view.counterpart.is_none() || !self.on.is_open(at.hash).await?;
        Ok(Missing { counterpart, light_client: view.imported.is_none() })
    }

    /// A header that the other network has just made final.
    async fn origin(&self) -> anyhow::Result<Origin> {
        let mut finality = follow(self.of.clone());
        loop {
            finality.changed().await?;
            if let Some(newest) = finality.newest() {
                return Ok(self.of.origin(&newest).await?);
            }
        }
    }

    fn call(&self, missing: Missing, origin: &Origin) -> RuntimeCall {
        let mut calls = Vec::new();
        if missing.counterpart {
            let genesis = self.of.genesis;
            calls.push(RuntimeCall::Counterpart(pallet_counterpart::Call::open_counterpart { genesis }));
        }
        if missing.light_client {
            let init_data = InitializationData {
                header: Box::new(origin.header.clone()),
                authority_list: origin.set.authorities.clone(),
                set_id: origin.set.set_id,
                operating_mode: BasicOperatingMode::Normal,
            };
            calls.push(RuntimeCall::BridgeGrandpa(pallet_bridge_grandpa::Call::initialize { init_data }));
        }
        match (calls.pop(), calls.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                calls.extend(last);
                RuntimeCall::Utility(pallet_utility::Call::batch_all { calls })
            }
        }
    }

    /// The call that was proposed before, or else a new one.
    async fn known_call(&self, missing: Missing, origin: &Origin) -> anyhow::Result<RuntimeCall> {
        let new = self.call(missing, origin);
        let own = |proposal: &Proposal| self.operators.iter().any(|operator| operator.account == proposal.by);
        let proposed: Vec<CallHash> =
            self.proposals().await?.into_iter().filter(own).map(|proposal| proposal.hash).collect();
        if proposed.is_empty() || !missing.light_client {
            return Ok(new);
        }
        // Each header names the one before it: what is reached from one that is final is final.
        let mut earlier = origin.clone();
        for _ in 0..BACK {
            let call = self.call(missing, &earlier);
            if proposed.contains(&hash_of(&call)) {
                self.say(&format!("going on with block {}, which was proposed before", earlier.header.number()));
                return Ok(call);
            }
            // Before a change of the validators others signed, of whom nothing was checked.
            let parent = *earlier.header.parent_hash();
            if changes(&earlier.header) || parent == H256::zero() {
                break;
            }
            earlier.header = self.of.header(parent).await?;
        }
        Ok(new)
    }

    async fn proposals(&self) -> Result<Vec<Proposal>, Trouble> {
        let key = pallet_participants::Proposals::<Runtime>::hashed_key_for(Role::Operator);
        let at = self.on.best().await?.hash;
        Ok(self.on.value(&key, at).await?.unwrap_or_default())
    }

    /// Two accounts of the operator propose and approve it, and after its delay it is dispatched.
    async fn decide(&self, call: RuntimeCall) -> anyhow::Result<()> {
        type Call = pallet_participants::Call<Runtime>;
        let (role, hash) = (Role::Operator, hash_of(&call));
        let mut dispatched: Option<Instant> = None;
        let mut told = false;
        while self.missing().await?.any() {
            if let Some(since) = dispatched {
                if since.elapsed() > SHOWS {
                    bail!("the {} network dispatched the call and it failed; its Enacted event says why", self.on.side);
                }
                tokio::time::sleep(POLL).await;
                continue;
            }
            match next(&self.proposals().await?, hash, &self.operators) {
                Next::Propose => {
                    self.send(0, Call::propose { role, hash }).await?;
                    self.say(&format!("proposed {hash:?}"));
                }
                Next::Approve(by) => {
                    self.send(by, Call::approve { role, call: Box::new(call.clone()) }).await?;
                    self.say("approved by the second account");
                    let waits = self.proposals().await?.iter().any(|proposal| proposal.hash == hash);
                    dispatched = (!waits).then(Instant::now);
                }
                Next::EnactAfter(instant) => {
                    let now = self.on.now(self.on.best().await?.hash).await?;
                    if now < instant {
                        if !told {
                            self.say(&format!("enacted in {} seconds", instant.saturating_sub(now).div_ceil(1_000)));
                            told = true;
                        }
                        tokio::time::sleep(POLL).await;
                        continue;
                    }
                    self.send(0, Call::enact { role, call: Box::new(call.clone()) }).await?;
                    // It may not have been included yet: then it is asked for again.
                    let waits = self.proposals().await?.iter().any(|proposal| proposal.hash == hash);
                    dispatched = (!waits).then(Instant::now);
                }
            }
        }
        self.say(&format!("open for the {} network", self.of.side));
        Ok(())
    }

    async fn send(&self, by: usize, call: pallet_participants::Call<Runtime>) -> anyhow::Result<()> {
        let signer = self.operators.get(by).context("dual control has two accounts")?;
        let sent = self.on.send(signer, vec![RuntimeCall::Participants(call)]).await?;
        match self.on.ended(sent).await?.pop() {
            Some(Ended::Done) => Ok(()),
            Some(Ended::Failed(why)) => bail!("the {} network refused it: {why}", self.on.side),
            // Somebody else may have done it: what the chain says next tells.
            Some(Ended::Obsolete(_) | Ended::Unknown(_)) | None => {
                tokio::time::sleep(POLL).await;
                Ok(())
            }
        }
    }
}

fn hash_of(call: &RuntimeCall) -> CallHash {
    pallet_participants::Pallet::<Runtime>::call_hash(call)
}

fn changes(header: &Header) -> bool {
    GrandpaConsensusLogReader::<BlockNumber>::find_scheduled_change(header.digest()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_primitives::AccountId;

    fn proposal(by: &AccountId, state: ProposalState) -> Proposal {
        Proposal { hash: hash(1), by: by.clone(), state, until: 1_000 }
    }

    fn hash(of: u8) -> CallHash {
        [of; 32].into()
    }

    #[test]
    fn next_should_go_on_where_it_was_cut_off() {
        let operators = ["//Alice", "//Bob"].map(|secret| Signer::from_secret(secret).unwrap());
        let next = |proposals: &[Proposal]| next(proposals, hash(1), &operators);
        assert_eq!(next(&[]), Next::Propose);
        assert_eq!(next(&[proposal(&operators[0].account, ProposalState::Proposed)]), Next::Approve(1));
        assert_eq!(next(&[proposal(&operators[1].account, ProposalState::Proposed)]), Next::Approve(0));
        let approved = ProposalState::Approved { by: operators[1].account.clone(), enact_after: 7 };
        assert_eq!(next(&[proposal(&operators[0].account, approved)]), Next::EnactAfter(7));
    }

    #[test]
    fn next_should_not_take_another_call_for_its_own() {
        let operators = ["//Alice", "//Bob"].map(|secret| Signer::from_secret(secret).unwrap());
        let other = Proposal { hash: hash(2), ..proposal(&operators[0].account, ProposalState::Proposed) };
        assert_eq!(next(&[other], hash(1), &operators), Next::Propose);
    }
}
