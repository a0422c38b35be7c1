//! Helpers of this pallet's tests.

use crate::{decisions::*, mandates::Mandate, mock::*, types::*, Event, Origin, RightsDelay};
use polkadot_sdk::*;

use frame_support::assert_ok;
use sp_runtime::DispatchResult;
use tandem_primitives::{AccountId, AssetKind, Capacity, Directory, Isin, ParticipantId, Right, Role, Status};

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

pub fn rights(rights: &[Right]) -> RightList {
    rights.to_vec().try_into().unwrap()
}

/// Test helper: runs `change` with a rights delay of zero, so that the request of one account takes effect at once.
fn at_once<R>(change: impl FnOnce() -> R) -> R {
    let delay = RightsDelay::<Test>::take();
    let result = change();
    RightsDelay::<Test>::put(delay);
    result
}

/// Test helper: first account of a participant that has `Administer`.
pub fn administrator(participant: ParticipantId) -> AccountId {
    let listed = self::participant(participant).accounts;
    listed.into_iter().find(|account| record(account).rights.has(Right::Administer)).unwrap()
}

/// Test helper: replaces an account by public calls. A fresh account gets the rights of the old one.
pub fn replace(old: AccountId, new: AccountId) {
    let owner = record(&old).participant;
    let list = record(&old).rights.iter().collect::<Vec<_>>();
    at_once(|| {
        let asks = signed(administrator(owner));
        assert_ok!(Participants::request_replacement(asks, old.clone(), new.clone(), rights(&list)));
        assert_ok!(Participants::replace_account(signed(OP_1), old, new, rights(&list)));
    });
}

/// Test helper: gives an account of an ordinary participant one more right.
pub fn grant(account: AccountId, right: Right) {
    let asks = signed(administrator(record(&account).participant));
    let asked = at_once(|| Participants::request_rights(asks, account, rights(&[right])));
    assert_ok!(asked);
}

/// Test helper: appoints `agent` as agent of `principal` with this mandate.
pub fn appoint(principal: ParticipantId, agent: ParticipantId, capacity: Capacity, mandate: Mandate) {
    let asks = signed(administrator(principal));
    let asked = at_once(|| Participants::appoint_agent(asks, agent, capacity, mandate));
    assert_ok!(asked);
}

/// Test helper: true if the agent's account may use this right for the principal.
pub fn is_agent(agent: AccountId, principal: ParticipantId, right: Right) -> bool {
    Participants::is_agent(&Participants::standing(&agent).unwrap(), principal, Some(right))
}

/// Test helper: account that no participant of the mock runtime has, another for each number.
pub fn fresh(number: u8) -> AccountId {
    AccountId::new([100 + number; 32])
}

pub fn expect_event(event: Event<Test>) {
    System::assert_last_event(event.into());
}

/// Test helper: origin of a call that the accounts of this body have approved.
pub fn by(body: Body) -> RuntimeOrigin {
    Origin::Approved { body, issuer: None }.into()
}

pub fn reason() -> Reason {
    Reason { code: ReasonCode::Other, note: text("of a test") }
}

/// Test helper: sets the status of a participant by two accounts of the regulator.
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

/// Test helper: record of a security with this ISIN and settlement unit.
pub fn security(code: &str, settlement_unit: u128) -> AssetRecord {
    AssetRecord { kind: AssetKind::Security, code: AssetCode::Isin(isin(code)), cfi: Some(*b"ESVUFR"), settlement_unit }
}

pub fn cash(currency: [u8; 3]) -> AssetRecord {
    AssetRecord { kind: AssetKind::Cash, code: AssetCode::Currency(currency), cfi: None, settlement_unit: 1 }
}
