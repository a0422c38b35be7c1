//! Decisions that several accounts take together: what each body may decide, and when it takes effect. Nothing here knows
//! `Config`; the records are those of `tandem-primitives`.

use tandem_primitives::Role;

pub use tandem_primitives::decisions::*;

/// Maximum number of proposals that wait under one body at a time.
pub const MAX_PROPOSALS: u32 = 32;
/// Maximum number of proposals of one account that wait under one body, so that one key cannot keep the others from
/// proposing its removal.
pub const MAX_PROPOSALS_EACH: u32 = 8;

/// Number of approvals for which each role of a body has room, as a multiple of its quorum: a decision stands when one
/// account takes its approval back and another has approved beyond the quorum.
pub const APPROVAL_ROOM: u32 = 2;

/// Kind of act that a call is, which decides the body that may approve it and the delay. The runtime assigns it to each
/// call in one table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Act {
    /// Only stops something; two accounts of the operator decide it, at once.
    Stop,
    /// Undoes a stop; two accounts of the operator and one of the regulator decide it, at once.
    Undo,
    /// Sets the status of a participant; two accounts of the operator, or two of the regulator, decide it, at once.
    Status,
    /// Changes the accounts of the operator or the regulator. Two accounts of each decide it, after the enactment
    /// delay; if one role has too few accounts left, two of the other alone, after the estate delay.
    Governors,
    /// Moves assets of a revoked or sanctioned participant; two accounts of the operator and two of the regulator
    /// decide it, after the estate delay.
    Estate,
    /// Takes the asset with this number from its holders; the issuer's account and two of the regulator decide it, at
    /// once.
    ClawBack(u32),
    /// Any other act: two accounts of the operator decide it, as root, after the enactment delay.
    Root,
}

/// Delay between the last approval of a call and the moment from which it may be dispatched.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Delay {
    /// No delay: the last approval dispatches the call.
    None,
    /// Enactment delay of this network, in the storage item `EnactmentDelay`.
    Enactment,
    /// Estate delay, the constant `EstateDelay`, which is longer than the enactment delay.
    Estate,
}

/// Terms on which a body may decide an act: the delay, the origin of the call, and the veto.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Plan {
    /// Delay between the last approval and the enactment.
    pub delay: Delay,
    /// True if the call is dispatched as root; false if with the origin of the body.
    pub as_root: bool,
    /// Role of which any one account can veto the call during its delay. If one role decides for the other, each
    /// account of the deciding role that has not approved can veto it too.
    pub veto: Option<Role>,
}

impl Plan {
    const AT_ONCE: Plan = Plan { delay: Delay::None, as_root: false, veto: None };

    const fn delayed(delay: Delay, veto: Option<Role>) -> Plan {
        Plan { delay, as_root: false, veto }
    }

    /// Terms on which `body` may decide an act of this kind; `None` if it may not.
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

/// Table of the kind of act that each call is. The runtime implements it, because it knows all calls.
pub trait ClassifyAct<Call> {
    /// Kind of act that the call is in the present state. A batch has the kind of its calls if they all have the same
    /// one, otherwise [`Act::Root`].
    fn act(call: &Call) -> Act;

    /// Number of calls that [`Self::act`] looks at, with at most two reads each: 1, and for a batch also the calls
    /// inside.
    fn looks_at(_call: &Call) -> u32 {
        1
    }
}
