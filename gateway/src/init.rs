//! `init`: opens networks for each other, each under the dual control of its operator.
//!
//! A light client begins with a header whose signatures were checked here. What was proposed before is found again and carried
//! on, by the account that proposed it or by the other one with nodes of its own: the chain keeps only the hash of a proposed
//! call, and the header in it is looked for backwards, or named.

use crate::{
    args::Init,
    network::{Side, INTERFACE},
    views::target_view,
};
use anyhow::{bail, Context};
use polkadot_sdk::{sp_core::H256, sp_io::hashing::blake2_256};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tandem_client::{authorities::changes_validators, follow, keys, Call, Chain, Ended, Error, InitialHeader, Signer};
use tandem_primitives::{Body, CallHash, Moment, Proposal, ProposalState};

/// Number of headers back among which a proposed call is looked for: more than an hour of blocks.
const BACK: u32 = 2_048;

/// Time between two looks at the chain.
const POLL: Duration = Duration::from_secs(1);

/// For how long a dispatched call may not show before it is taken for failed.
const SHOWS: Duration = Duration::from_secs(12);

/// Opens those that a key was given for.
pub async fn run(init: Init) -> anyhow::Result<()> {
    let [asset_operators, payment_operators] = init.operators()?;
    let asset = Arc::new(Chain::connect(&init.networks.asset_url, &INTERFACE).await?);
    let payment = Arc::new(Chain::connect(&init.networks.payment_url, &INTERFACE).await?);
    if asset.genesis == payment.genesis {
        bail!("both addresses are of the same chain; name the other network's too");
    }
    let patience = Duration::from_secs(init.timeout);
    let until = Instant::now().checked_add(patience).context("so many seconds are too many for --timeout")?;
    let there = Opening {
        of: payment.clone(),
        on: asset.clone(),
        sides: [Side::Payment, Side::Asset],
        operators: asset_operators,
        block: init.payment_block,
        until,
    };
    let back = Opening {
        of: asset,
        on: payment,
        sides: [Side::Asset, Side::Payment],
        operators: payment_operators,
        block: init.asset_block,
        until,
    };
    let both = async { tokio::try_join!(there.run(), back.run()) };
    tokio::time::timeout(patience, both).await.map_err(|_| {
        anyhow::anyhow!("not done within {} seconds; run it again, it goes on where it was", init.timeout)
    })??;
    Ok(())
}

/// Opening one network for the other.
struct Opening {
    of: Arc<Chain>,
    on: Arc<Chain>,
    /// Names of the two, in this order.
    sides: [Side; 2],
    /// None, one or two.
    operators: Vec<Signer>,
    /// With which block of the other network it begins, if that was named.
    block: Option<u32>,
    /// Instant at which this program ends.
    until: Instant,
}

/// Parts that a network still needs.
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

/// Next step of a call under dual control.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Next {
    /// Nobody has proposed it.
    Propose,
    /// Approval by the key with this place, which has not spoken yet.
    Approve(usize),
    /// Approval by an account of the operator whose key is not at hand.
    Another,
    /// Both have spoken, and it may be dispatched from this instant on, in milliseconds of the chain's time.
    EnactAfter(Moment),
    /// Removal, since its time is over: only then can it be proposed again.
    Lapsed,
}

fn next(proposals: &[Proposal], hash: CallHash, operators: &[Signer], now: Moment) -> Next {
    let Some(proposal) = proposals.iter().find(|proposal| proposal.hash == hash) else { return Next::Propose };
    if now >= proposal.until {
        return Next::Lapsed;
    }
    match proposal.state {
        ProposalState::Proposed => {
            operators.iter().position(|operator| operator.account != proposal.by).map_or(Next::Another, Next::Approve)
        }
        ProposalState::Approved { enact_after, .. } => Next::EnactAfter(enact_after),
    }
}

impl Opening {
    fn say(&self, what: &str) {
        println!("{}: {what}", self.sides[1]);
    }

    async fn run(&self) -> anyhow::Result<()> {
        let missing = self.missing().await?;
        if !missing.any() {
            self.say("open for the other network already");
            return Ok(());
        }
        if self.operators.is_empty() {
            self.say("not open for the other network yet, and no key of its operator was given: left alone");
            return Ok(());
        }
        let origin = self.origin().await?;
        let number = origin.header.number;
        self.say(&format!(
            "block {number} of the {} network is signed by its {} validators",
            self.sides[0],
            origin.set.authorities.len()
        ));
        let origin = match self.block {
            Some(block) => self.of.initial_header_at(block, &origin).await?,
            None => self.proposed_origin(missing, origin).await?,
        };
        self.decide(missing, &origin).await
    }

    async fn missing(&self) -> anyhow::Result<Missing> {
        let at = self.on.best().await?;
        let view = target_view(&self.on, at).await?;
        if let Some(link) = view.counterpart.as_ref().filter(|link| link.genesis != self.of.genesis) {
            let (on, genesis) = (self.sides[1], link.genesis);
            bail!("the {on} network is open for another chain, {genesis:?}, and that never changes; name a node of that chain");
        }
        let counterpart = !view.counterpart.is_some_and(|link| link.open);
        Ok(Missing { counterpart, light_client: view.imported.is_none() })
    }

    /// A header that the other network has just made final.
    async fn origin(&self) -> anyhow::Result<InitialHeader> {
        let mut finality = follow(self.of.clone());
        loop {
            finality.changed().await?;
            if let Some(newest) = finality.newest() {
                return Ok(self.of.initial_header(&newest).await?);
            }
        }
    }

    /// Encoded call that opens what is missing.
    fn call(&self, missing: Missing, origin: &InitialHeader) -> Result<Vec<u8>, Error> {
        let counterpart = missing.counterpart.then(|| Call::open_counterpart(self.of.genesis));
        let light_client = missing.light_client.then(|| Call::initialize_light_client(origin));
        let calls: Vec<Call> = counterpart.into_iter().chain(light_client).collect();
        match calls.as_slice() {
            [only] => self.on.encode(only),
            all => {
                let encoded: Result<Vec<Vec<u8>>, Error> = all.iter().map(|call| self.on.encode(call)).collect();
                self.on.encode(&Call::batch_all(&encoded?))
            }
        }
    }

    /// Beginning that a call proposed before has, or else the newest one.
    async fn proposed_origin(&self, missing: Missing, newest: InitialHeader) -> anyhow::Result<InitialHeader> {
        let proposed: Vec<CallHash> = self.proposals().await?.into_iter().map(|proposal| proposal.hash).collect();
        if proposed.is_empty() || !missing.light_client {
            return Ok(newest);
        }
        // Each header names the one before it: what is reached from one that is final is final.
        let mut earlier = newest.clone();
        for _ in 0..BACK {
            if proposed.contains(&hash_of(&self.call(missing, &earlier)?)) {
                self.say(&format!("going on with block {}, which was proposed before", earlier.header.number));
                return Ok(earlier);
            }
            // Before a change of the validators others signed, of whom nothing was checked.
            let parent = earlier.header.parent_hash;
            if changes_validators(&earlier.header) || parent == H256::zero() {
                break;
            }
            earlier.header = self.of.header(parent).await?;
        }
        self.say(&format!(
            "of the calls that wait for the operator none has a block of the last hour; if one is of this command, stop it and \
             name the block with {}",
            self.block_option()
        ));
        Ok(newest)
    }

    fn block_option(&self) -> String {
        format!("--{}-block", self.sides[0])
    }

    async fn proposals(&self) -> Result<Vec<Proposal>, Error> {
        let at = self.on.best().await?.hash;
        Ok(self.on.value(&keys::proposals(Body::Operator), at).await?.unwrap_or_default())
    }

    /// Two accounts of the operator propose and approve it, and after its delay it is dispatched. Ends before that where
    /// the other account is not at hand, or the delay is longer than this program runs.
    async fn decide(&self, missing: Missing, origin: &InitialHeader) -> anyhow::Result<()> {
        let call = self.call(missing, origin)?;
        let (body, hash) = (Body::Operator, hash_of(&call));
        let again = format!("{} {}", self.block_option(), origin.header.number);
        let mut dispatched: Option<Instant> = None;
        let mut told = false;
        while self.missing().await?.any() {
            if let Some(since) = dispatched {
                if since.elapsed() > SHOWS {
                    bail!(
                        "the {} network dispatched the call and it failed; its Enacted event says why",
                        self.sides[1]
                    );
                }
                tokio::time::sleep(POLL).await;
                continue;
            }
            let now = self.on.now(self.on.best().await?.hash).await?;
            match next(&self.proposals().await?, hash, &self.operators, now) {
                Next::Propose => {
                    self.send(0, Call::propose(body, hash)).await?;
                    self.say(&format!("proposed {hash:?}"));
                }
                Next::Lapsed => {
                    self.send(0, Call::withdraw_proposal(body, hash)).await?;
                    self.say("nobody had approved or enacted it in time: it is proposed again");
                }
                Next::Another => {
                    self.say(&format!(
                        "waits for another account of the operator, which runs init with its own key and nodes, and {again}"
                    ));
                    return Ok(());
                }
                Next::Approve(by) => {
                    self.send(by, Call::approve(body, &call)).await?;
                    self.say("approved by the second account");
                    let waits = self.proposals().await?.iter().any(|proposal| proposal.hash == hash);
                    dispatched = (!waits).then(Instant::now);
                }
                Next::EnactAfter(instant) if now < instant => {
                    let left = instant.saturating_sub(now);
                    if Duration::from_millis(left) > self.until.saturating_duration_since(Instant::now()) {
                        self.say(&format!(
                            "can be enacted in {} seconds: run init again then, with {again}",
                            left.div_ceil(1_000)
                        ));
                        return Ok(());
                    }
                    if !told {
                        self.say(&format!("enacted in {} seconds", left.div_ceil(1_000)));
                        told = true;
                    }
                    tokio::time::sleep(POLL).await;
                }
                Next::EnactAfter(_) => {
                    self.send(0, Call::enact(body, &call)).await?;
                    // It may not have been included yet: then it is asked for again.
                    let waits = self.proposals().await?.iter().any(|proposal| proposal.hash == hash);
                    dispatched = (!waits).then(Instant::now);
                }
            }
        }
        self.say(&format!("open for the {} network", self.sides[0]));
        Ok(())
    }

    async fn send(&self, by: usize, call: Call) -> anyhow::Result<()> {
        let signer = self.operators.get(by).context("an account that is at hand")?;
        let sent = self.on.send(signer, vec![call]).await?;
        match self.on.ended(sent).await?.pop() {
            Some(Ended::Done) => Ok(()),
            Some(Ended::Failed(why)) => bail!("the {} network refused it: {why}", self.sides[1]),
            // Somebody else may have done it: what the chain says next tells.
            Some(Ended::Obsolete(_) | Ended::Unknown(_)) | None => {
                tokio::time::sleep(POLL).await;
                Ok(())
            }
        }
    }
}

/// Hash by which a body decides about an encoded call.
fn hash_of(call: &[u8]) -> CallHash {
    blake2_256(call).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_primitives::AccountId;

    fn proposal(by: &AccountId, state: ProposalState) -> Proposal {
        Proposal { hash: hash(1), by: by.clone(), approvals: Default::default(), state, until: 1_000 }
    }

    fn hash(of: u8) -> CallHash {
        [of; 32].into()
    }

    fn operators(secrets: &[&str]) -> Vec<Signer> {
        secrets.iter().map(|secret| Signer::from_secret(secret).unwrap()).collect()
    }

    /// Before the proposals lapse.
    const NOW: Moment = 999;

    #[test]
    fn next_should_go_on_where_it_was_cut_off() {
        let both = operators(&["//Alice", "//Bob"]);
        let next = |proposals: &[Proposal]| next(proposals, hash(1), &both, NOW);
        assert_eq!(next(&[]), Next::Propose);
        assert_eq!(next(&[proposal(&both[0].account, ProposalState::Proposed)]), Next::Approve(1));
        assert_eq!(next(&[proposal(&both[1].account, ProposalState::Proposed)]), Next::Approve(0));
        let approved = ProposalState::Approved { enact_after: 7, veto: None };
        assert_eq!(next(&[proposal(&both[0].account, approved)]), Next::EnactAfter(7));
    }

    #[test]
    fn next_should_wait_for_the_account_that_is_not_at_hand() {
        let [alice, bob] = ["//Alice", "//Bob"].map(|secret| operators(&[secret]));
        let proposals = [proposal(&alice[0].account, ProposalState::Proposed)];
        assert_eq!(next(&proposals, hash(1), &alice, NOW), Next::Another);
        assert_eq!(next(&proposals, hash(1), &bob, NOW), Next::Approve(0));
    }

    #[test]
    fn next_should_not_go_on_with_what_has_lapsed() {
        let both = operators(&["//Alice", "//Bob"]);
        let approved = ProposalState::Approved { enact_after: 7, veto: None };
        for state in [ProposalState::Proposed, approved] {
            let proposals = [proposal(&both[0].account, state)];
            assert_eq!(next(&proposals, hash(1), &both, NOW + 1), Next::Lapsed);
        }
    }

    #[test]
    fn next_should_not_take_another_call_for_its_own() {
        let both = operators(&["//Alice", "//Bob"]);
        let other = Proposal { hash: hash(2), ..proposal(&both[0].account, ProposalState::Proposed) };
        assert_eq!(next(&[other], hash(1), &both, NOW), Next::Propose);
    }
}
