//! Decisions that several accounts take together: what each body may decide, and when it takes effect. Nothing here knows
//! `Config`; the records are those of `tandem-primitives`.

use tandem_primitives::Role;

pub use tandem_primitives::decisions::*;

/// Most proposals that wait under one body at a time.
pub const MAX_PROPOSALS: u32 = 32;
/// Most of them that one account has proposed: one key cannot keep the others from proposing its removal.
pub const MAX_PROPOSALS_EACH: u32 = 8;

/// Kind of a call, as far as its approval is concerned. The runtime tells it, in one table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Act {
    /// Only stops something: two accounts of the operator, at once.
    Stop,
    /// Undoes a stop: two accounts of the operator and one of the regulator, at once.
    Undo,
    /// Sets the status of a participant: two accounts of the operator or of the regulator, at once.
    Status,
    /// Says which accounts the operator and the regulator have: both together, after the enactment delay; for a role with
    /// too few accounts the other one alone, after the estate delay.
    Governors,
    /// Moves what a revoked or sanctioned participant has: operator and regulator together, after the estate delay.
    Estate,
    /// Takes an asset from its holders: its issuer and the regulator together, at once.
    ClawBack(u32),
    /// Anything else: two accounts of the operator, as root, after the enactment delay.
    Root,
}

/// Time between the last approval and the moment from which a call may be dispatched.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Delay {
    /// None: the last approval dispatches the call.
    None,
    /// The enactment delay of this network.
    Enactment,
    /// The estate delay, longer than the other.
    Estate,
}

/// Terms on which a body may decide an act.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Plan {
    /// Time until it takes effect.
    pub delay: Delay,
    /// The call is sent as root; otherwise with the origin of the body.
    pub as_root: bool,
    /// Role of which any one account can stop the call while it waits. Where one role decides for the other, each of its
    /// own accounts that has not approved can do so too.
    pub veto: Option<Role>,
}

impl Plan {
    const AT_ONCE: Plan = Plan { delay: Delay::None, as_root: false, veto: None };

    const fn delayed(delay: Delay, veto: Option<Role>) -> Plan {
        Plan { delay, as_root: false, veto }
    }

    /// The one table of who may decide what together; `None` if this body may not.
    pub const fn of(body: Body, act: Act) -> Option<Plan> {
        const ROOT: Plan = Plan { delay: Delay::Enactment, as_root: true, veto: None };
        match (body, act) {
            (Body::Operator, Act::Stop | Act::Status)
            | (Body::Regulator, Act::Status)
            | (Body::OperatorAndOneRegulator, Act::Undo)
            | (Body::IssuerAndRegulator, Act::ClawBack(_)) => Some(Plan::AT_ONCE),
            (Body::Operator, Act::Undo | Act::Root) => Some(ROOT),
            (Body::OperatorAndRegulator, Act::Governors) => Some(Plan::delayed(Delay::Enactment, None)),
            // For a role that has too few accounts left, which the call itself checks. Whoever is left of it can object, and
            // has the longer delay for it: two stolen keys could otherwise suspend the other role and take its place.
            (Body::Operator, Act::Governors) => Some(Plan::delayed(Delay::Estate, Some(Role::Regulator))),
            (Body::Regulator, Act::Governors) => Some(Plan::delayed(Delay::Estate, Some(Role::Operator))),
            (Body::OperatorAndRegulator, Act::Estate) => Some(Plan::delayed(Delay::Estate, Some(Role::Regulator))),
            (Body::Operator, Act::Estate | Act::ClawBack(_))
            | (Body::Regulator, Act::Stop | Act::Undo | Act::Estate | Act::ClawBack(_) | Act::Root)
            | (Body::OperatorAndRegulator, Act::Stop | Act::Undo | Act::Status | Act::ClawBack(_) | Act::Root)
            | (
                Body::OperatorAndOneRegulator,
                Act::Stop | Act::Status | Act::Governors | Act::Estate | Act::ClawBack(_) | Act::Root,
            )
            | (
                Body::IssuerAndRegulator,
                Act::Stop | Act::Undo | Act::Status | Act::Governors | Act::Estate | Act::Root,
            ) => None,
        }
    }
}

/// Tells what kind of act a call is. The runtime implements it, because it knows all calls.
pub trait ClassifyAct<Call> {
    /// The kind of the call as the state stands now; of a batch, that of its calls if they all have the same.
    fn act(call: &Call) -> Act;

    /// Number of calls that [`Self::act`] looks at, each with two reads at most: 1, and of a batch those inside too.
    fn looks_at(_call: &Call) -> u32 {
        1
    }
}
