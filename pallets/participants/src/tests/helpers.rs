//! What the tests say often.

use crate::{decisions::*, mock::*, types::*, Event, Origin};
use polkadot_sdk::*;

use sp_runtime::DispatchResult;
use tandem_primitives::{AccountId, AssetKind, Isin, ParticipantId, Role, Status};

pub fn signed(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn text<S: polkadot_sdk::sp_core::Get<u32>>(text: &str) -> frame_support::BoundedVec<u8, S> {
    text.as_bytes().to_vec().try_into().unwrap()
}

pub fn roles(roles: &[Role]) -> RoleList {
    roles.to_vec().try_into().unwrap()
}

pub fn accounts(accounts: &[AccountId]) -> AccountList {
    accounts.to_vec().try_into().unwrap()
}

/// An account that no participant of the mock has.
pub fn fresh(number: u8) -> AccountId {
    AccountId::new([100 + number; 32])
}

pub fn expect_event(event: Event<Test>) {
    System::assert_last_event(event.into());
}

/// The origin of a body.
pub fn by(body: Body) -> RuntimeOrigin {
    Origin::Approved { body, issuer: None }.into()
}

pub fn reason() -> Reason {
    Reason { code: ReasonCode::Other, note: text("of a test") }
}

/// Two accounts of the regulator set any status.
pub fn set_status(participant: ParticipantId, status: Status) -> DispatchResult {
    set_status_by(by(Body::Regulator), participant, status)
}

pub fn set_status_by(origin: RuntimeOrigin, participant: ParticipantId, status: Status) -> DispatchResult {
    Participants::set_status(origin, participant, status, reason()).map(|_| ()).map_err(|failed| failed.error)
}

pub fn record(account: &AccountId) -> AccountRecord {
    crate::Accounts::<Test>::get(account).unwrap()
}

pub fn participant(participant: ParticipantId) -> ParticipantRecord {
    crate::Participants::<Test>::get(participant).unwrap()
}

pub fn network(name: &str) -> Network {
    Network { name: text(name), operator: text("Tandem"), endpoint: text("wss://example.test:9944") }
}

pub fn service(name: &str) -> Service {
    Service {
        name: text(name),
        kind: ServiceKind::Node,
        protocol: text("wss"),
        endpoint: text("wss://node.example.test:9944"),
        version: text("0.1.0"),
        description: None,
        state: ServiceState::Live,
    }
}

pub fn isin(code: &str) -> Isin {
    Isin::parse(code).unwrap()
}

/// A security with an ISIN and a settlement unit.
pub fn security(code: &str, settlement_unit: u128) -> AssetRecord {
    AssetRecord { kind: AssetKind::Security, code: AssetCode::Isin(isin(code)), cfi: Some(*b"ESVUFR"), settlement_unit }
}

pub fn cash(currency: [u8; 3]) -> AssetRecord {
    AssetRecord { kind: AssetKind::Cash, code: AssetCode::Currency(currency), cfi: None, settlement_unit: 1 }
}
