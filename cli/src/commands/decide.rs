//! Calls that several accounts decide together: one proposes, the others approve.

use super::{
    load::key,
    transact::{self, Wanted},
};
use crate::{
    chain::{calls::Call, Chain},
    fault::fault,
};
use polkadot_sdk::sp_io::hashing::blake2_256;
use subxt_signer::sr25519::Keypair;
use tandem_primitives::{Body, CallHash, Role, Roles, Status};

/// Maximum number of calls that one account has proposed at a time: the chain takes no more.
const PROPOSALS: usize = 8;

/// A call that waits to be decided, with its purpose in the words of a sentence.
pub struct Decision {
    /// Accounts that decide.
    pub body: Body,
    /// Call that they decide.
    pub call: Call,
    /// `registering ALPSTEIN`.
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

/// Has these keys decide the calls, a few at a time. A call that was decided and failed says so in an event only: who asks reads
/// the chain afterwards.
pub async fn all(chain: &Chain, title: &str, keys: &[Keypair], decisions: Vec<Decision>) -> anyhow::Result<()> {
    let mut decisions = decisions.into_iter().peekable();
    while decisions.peek().is_some() {
        let some: Vec<Decision> = decisions.by_ref().take(PROPOSALS).collect();
        // What one account proposes must be on the chain before the next approves it.
        for (place, key) in keys.iter().enumerate() {
            let wanted = some.iter().map(|decision| wanted(chain, decision, key, place == 0));
            transact::all(chain, title, wanted.collect::<anyhow::Result<_>>()?).await?;
        }
    }
    Ok(())
}

fn wanted(chain: &Chain, decision: &Decision, key: &Keypair, proposes: bool) -> anyhow::Result<Wanted> {
    let Decision { body, call, purpose } = decision;
    let encoded = encoded(chain, call)?;
    Ok(if proposes {
        Wanted {
            key: key.clone(),
            call: Call::propose(*body, CallHash::from(blake2_256(&encoded))),
            purpose: format!("proposing {purpose}"),
            unless: Some("Participants.ProposalAlreadyExists"),
        }
    } else {
        Wanted {
            key: key.clone(),
            call: Call::approve(*body, &encoded),
            purpose: format!("approving {purpose}"),
            unless: Some("Participants.AlreadyApproved"),
        }
    })
}

/// A call as the chain decodes it.
pub fn encoded(chain: &Chain, call: &Call) -> anyhow::Result<Vec<u8>> {
    chain.codec.tx().call_data(call).map_err(|error| anyhow::anyhow!("{}: {error}", call.title()))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn pair_should_want_both_keys() {
        assert!(pair(&["//Alice".into(), "//Bob".into()], "--operator").is_ok());
        let error = pair(&["//Alice".into()], "--operator").unwrap_err().to_string();
        assert!(error.contains("--operator"), "{error}");
    }
}
