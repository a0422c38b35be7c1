//! Calls that several accounts decide together: proposed by the first, approved by all others.

use super::transact::{self, Wanted};
use crate::chain::{calls::Call, Chain};
use polkadot_sdk::sp_io::hashing::blake2_256;
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{Body, CallHash};

/// Maximum number of calls that one account has proposed at a time: the chain takes no more.
const PROPOSALS: usize = 8;

/// Call that a body decides.
pub struct Decision {
    /// Accounts of the body, as many as it needs.
    pub keys: Vec<Keypair>,
    /// Roles and numbers of the accounts that decide.
    pub body: Body,
    /// Call that is dispatched once all have approved it.
    pub call: Call,
    /// `registering ALPSTEIN`.
    pub purpose: String,
}

/// Encoding of a call, as a proposal names it.
pub fn encoded(chain: &Chain, call: &Call) -> anyhow::Result<Vec<u8>> {
    chain.codec.tx().call_data(call).map_err(|error| anyhow::anyhow!("{}: {error}", call.title()))
}

/// Proposes and approves every call, and waits until that is final. A call that fails, or that waits for a delay, says so in an
/// event only: the caller looks at what came of it.
pub async fn decide(chain: &Chain, decisions: &[Decision]) -> anyhow::Result<()> {
    for some in decisions.chunks(PROPOSALS) {
        let mut proposals = Vec::new();
        let mut approvals = Vec::new();
        for Decision { keys, body, call, purpose } in some {
            let call = encoded(chain, call)?;
            let hash = CallHash::from(blake2_256(&call));
            let Some((first, others)) = keys.split_first() else { continue };
            proposals.push(Wanted {
                key: first.clone(),
                call: Call::propose(*body, hash),
                purpose: format!("proposing {purpose}"),
                unless: Some("Participants.ProposalAlreadyExists"),
            });
            approvals.extend(others.iter().map(|key| Wanted {
                key: key.clone(),
                call: Call::approve(*body, &call),
                purpose: format!("approving {purpose}"),
                unless: Some("Participants.AlreadyApproved"),
            }));
        }
        // A proposal must be on the chain before another account approves it.
        transact::all(chain, "proposing what several accounts decide", proposals).await?;
        transact::all(chain, "approving what several accounts decide", approvals).await?;
    }
    Ok(())
}
