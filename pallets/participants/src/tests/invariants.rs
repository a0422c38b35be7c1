//! Property tests: random sequences of calls by several parties. After every step all invariants hold, and the state
//! equals a small model.

use super::helpers::*;
use crate::{
    decisions::Body,
    mandates::{Change, Mandate},
    mock::*,
    types::RightList,
    Accounts, Mandates, Requests,
};
use polkadot_sdk::*;

use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tandem_primitives::{AccountId, AssetId, Capacity, Directory, Moment, ParticipantId, Right, Rights, Role, Status};

#[derive(Clone, Debug)]
enum Step {
    Register { account: u8, role: usize, rights: u8 },
    Status { by: usize, participant: u32, status: u8 },
    Roles { participant: u32, role: usize, root: bool },
    Add { by: usize, participant: u32, account: u8, root: bool },
    Remove { account: usize, successor: usize },
    Request { by: usize, old: usize, new: u8, rights: u8 },
    RequestOwn { by: usize, old: usize, new: usize },
    Replace { nth: usize, root: bool },
    Recover { by: usize, account: usize, native: bool },
    Appoint { by: usize, agent: u32, payment: bool, expires: u64 },
    Dismiss { by: usize, agent: u32, payment: bool },
    Lower { by: usize, account: usize, rights: u8 },
    Ask { by: usize, account: usize, rights: u8, root: bool },
    Unname { account: usize },
    Approve { by: usize, nth: usize },
    Apply { nth: usize },
    Veto { by: usize, nth: usize, root: bool },
    Wait { time: u64 },
    Send { from: usize, to: usize, native: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let (who, id, fresh, rights) = (0..24usize, 0..10u32, 0..12u8, 0..16u8);
    let nth = 0..16usize;
    prop_oneof![
        1 => (fresh.clone(), 0..9usize, rights.clone())
            .prop_map(|(account, role, rights)| Step::Register { account, role, rights }),
        3 => (who.clone(), id.clone(), 0..8u8)
            .prop_map(|(by, participant, status)| Step::Status { by, participant, status }),
        1 => (id.clone(), 0..9usize, any::<bool>())
            .prop_map(|(participant, role, root)| Step::Roles { participant, role, root }),
        2 => (who.clone(), id.clone(), fresh.clone(), any::<bool>())
            .prop_map(|(by, participant, account, root)| Step::Add { by, participant, account, root }),
        2 => (who.clone(), who.clone()).prop_map(|(account, successor)| Step::Remove { account, successor }),
        3 => (who.clone(), who.clone(), fresh, rights.clone())
            .prop_map(|(by, old, new, rights)| Step::Request { by, old, new, rights }),
        2 => (who.clone(), who.clone(), who.clone()).prop_map(|(by, old, new)| Step::RequestOwn { by, old, new }),
        4 => (nth.clone(), any::<bool>()).prop_map(|(nth, root)| Step::Replace { nth, root }),
        3 => (who.clone(), who.clone(), any::<bool>())
            .prop_map(|(by, account, native)| Step::Recover { by, account, native }),
        3 => (who.clone(), id.clone(), any::<bool>(), 0..3_000u64)
            .prop_map(|(by, agent, payment, expires)| Step::Appoint { by, agent, payment, expires }),
        2 => (who.clone(), id, any::<bool>()).prop_map(|(by, agent, payment)| Step::Dismiss { by, agent, payment }),
        3 => (who.clone(), who.clone(), rights.clone())
            .prop_map(|(by, account, rights)| Step::Lower { by, account, rights }),
        5 => (who.clone(), who.clone(), rights, prop::bool::weighted(0.2))
            .prop_map(|(by, account, rights, root)| Step::Ask { by, account, rights, root }),
        1 => who.clone().prop_map(|account| Step::Unname { account }),
        4 => (who.clone(), nth.clone()).prop_map(|(by, nth)| Step::Approve { by, nth }),
        4 => nth.clone().prop_map(|nth| Step::Apply { nth }),
        2 => (who.clone(), nth, prop::bool::weighted(0.2)).prop_map(|(by, nth, root)| Step::Veto { by, nth, root }),
        5 => (1..RIGHTS_DELAY).prop_map(|time| Step::Wait { time }),
        3 => (who.clone(), who, any::<bool>()).prop_map(|(from, to, native)| Step::Send { from, to, native }),
    ]
}

/// Test helper: origin of a call that the accounts of this body have approved.
fn by_body(body: Body) -> RuntimeOrigin {
    super::helpers::by(body)
}

/// Test helper: list of the rights whose bits are set in a number.
fn list(bits: u8) -> RightList {
    rights(&Rights(bits).iter().collect::<Vec<_>>())
}

/// Request for a change of rights, as the model keeps it.
#[derive(Clone)]
struct Waiting {
    participant: ParticipantId,
    change: Change,
    by: Option<AccountId>,
    at: Moment,
    approved: bool,
}

/// Model of the directory: owners, successors and rights of accounts, statuses of participants, mandates, and requests
/// that wait.
#[derive(Default)]
struct Model {
    owner: BTreeMap<AccountId, ParticipantId>,
    successor: BTreeMap<AccountId, AccountId>,
    status: BTreeMap<ParticipantId, Status>,
    rights: BTreeMap<AccountId, Rights>,
    mandates: BTreeMap<(ParticipantId, ParticipantId, Capacity), Mandate>,
    waiting: Vec<Waiting>,
}

impl Model {
    fn at_genesis() -> Self {
        let mut model = Self::default();
        for (number, entry) in participants().into_iter().enumerate() {
            let participant = ParticipantId(number as u32);
            model.status.insert(participant, Status::Active);
            for (at, account) in entry.accounts.into_iter().enumerate() {
                model.rights.insert(account.clone(), if at == 0 { Rights::OF_FIRST } else { Rights::OF_NEW });
                model.owner.insert(account, participant);
            }
        }
        model.mandates.insert((TRADER, CUSTODIAN, Capacity::Delivery), Mandate::widest());
        model
    }

    fn administers(&self, account: &AccountId, participant: ParticipantId) -> bool {
        self.owner.get(account) == Some(&participant)
            && self.rights[account].has(Right::Administer)
            && self.status[&participant] == Status::Active
            && !self.successor.contains_key(account)
    }

    /// Request that waits in the model: the one with this position, modulo their number.
    fn nth(&self, nth: usize) -> Option<Waiting> {
        self.waiting.get(nth % self.waiting.len().max(1)).cloned()
    }

    /// Follows a request that succeeded: checks that `by` may make it, and adds it to the model.
    fn asked(&mut self, by: Option<AccountId>, participant: ParticipantId, change: Change) {
        if let Some(by) = &by {
            assert!(self.administers(by, participant), "{by:?} asked for {change:?}");
        }
        let now = Participants::now();
        self.waiting.retain(|waiting| waiting.participant != participant || now < waiting.at + RIGHTS_DELAY + LIFE);
        self.waiting.push(Waiting { participant, change, by, at: now, approved: false });
    }

    fn forget(&mut self, done: &Waiting) {
        self.waiting.retain(|other| other.participant != done.participant || other.change != done.change);
    }

    /// Follows a change that took effect: checks that a second account or the delay allowed it, and applies it to the
    /// model.
    fn happened(&mut self, waiting: &Waiting) {
        let now = Participants::now();
        let waited = now >= waiting.at + RIGHTS_DELAY;
        assert!(waiting.approved || waited, "{:?} happened too early", waiting.change);
        if let Some(by) = &waiting.by {
            assert!(self.administers(by, waiting.participant), "{by:?} no longer administers");
        }
        match waiting.change.clone() {
            Change::Grant { account, rights } => {
                let all = self.rights[&account].union(rights);
                self.rights.insert(account, all);
            }
            Change::Administrator { account, administers } => {
                let old = self.rights[&account];
                let new = if administers { old.with(Right::Administer) } else { old.without(Right::Administer) };
                self.rights.insert(account, new);
            }
            Change::Mandate { agent, capacity, mandate } => {
                self.mandates.insert((waiting.participant, agent, capacity), mandate);
            }
            Change::Replacement { .. } => unreachable!("the operator makes it"),
        }
        self.forget(waiting);
    }

    /// Account with this position among all that the test knows, registered or not.
    fn pick(number: usize) -> AccountId {
        let genesis: Vec<AccountId> = participants().into_iter().flat_map(|entry| entry.accounts).collect();
        genesis.get(number).cloned().unwrap_or_else(|| fresh((number - genesis.len()) as u8))
    }

    /// Account that sends a call about `account`: for every other number another one of the same owner, so that many
    /// calls succeed.
    fn sender(&self, number: usize, account: &AccountId) -> AccountId {
        let owner = self.owner.get(account).filter(|_| number.is_multiple_of(2));
        let listed = owner.map(|owner| participant(*owner).accounts).unwrap_or_default();
        listed.into_iter().find(|other| other != account).unwrap_or_else(|| Self::pick(number))
    }

    fn current(&self, account: &AccountId) -> AccountId {
        let mut current = account;
        while let Some(next) = self.successor.get(current) {
            current = next;
        }
        current.clone()
    }

    fn may_move(&self, account: &AccountId) -> bool {
        let active = self.owner.get(account).is_some_and(|owner| self.status[owner] == Status::Active);
        active && !self.successor.contains_key(account) && self.rights[account].can_move()
    }

    fn apply(&mut self, step: &Step) {
        // Operator and regulator decide together where one of them is concerned, root where none is.
        let origin =
            |root: bool, number: u32| match (root, crate::Governors::<Test>::get().contains(&ParticipantId(number))) {
                (true, true) => super::helpers::by(Body::OperatorAndRegulator),
                (true, false) => RuntimeOrigin::root(),
                (false, _) => signed(OP_1),
            };
        let pick = Self::pick;
        match step.clone() {
            Step::Register { account, role: role_index, rights } => {
                let number = self.status.len() as u32;
                let of = accounts(&[fresh(account)]);
                let role = roles(&[Role::ALL[role_index]]);
                let governs = [Role::Operator, Role::Regulator].contains(&Role::ALL[role_index]);
                let origin =
                    if governs { super::helpers::by(Body::OperatorAndRegulator) } else { RuntimeOrigin::root() };
                let each = vec![list(rights)].try_into().unwrap();
                if Participants::register(origin, text("New"), lei(100 + number), role, of, each).is_ok() {
                    self.owner.insert(fresh(account), ParticipantId(number));
                    self.rights.insert(fresh(account), Rights(rights));
                    self.status.insert(ParticipantId(number), Status::Active);
                }
            }
            Step::Status { by, participant, status } => {
                // Revoked is for good, so it comes seldom.
                let new = match status {
                    0 => Status::Revoked,
                    1 | 2 => Status::Suspended,
                    3 => Status::Sanctioned,
                    _ => Status::Active,
                };
                let origin = match by % 4 {
                    0 => signed(REG_1),
                    1 => signed(REG_2),
                    2 => super::helpers::by(Body::Operator),
                    _ => super::helpers::by(Body::Regulator),
                };
                if set_status_by(origin, ParticipantId(participant), new).is_ok() {
                    self.status.insert(ParticipantId(participant), new);
                }
            }
            Step::Roles { participant, role, root } => {
                let role = roles(&[Role::ALL[role]]);
                let _ = Participants::set_roles(origin(root, participant), ParticipantId(participant), role);
            }
            Step::Add { by, participant, account, root } => {
                let participant = ParticipantId(participant);
                let listed = crate::Participants::<Test>::get(participant).map(|record| record.accounts);
                let own = listed.and_then(|accounts| accounts.first().cloned()).filter(|_| by % 2 == 0);
                let by = own.unwrap_or_else(|| pick(by));
                let origin = if root { origin(true, participant.0) } else { signed(by.clone()) };
                if Participants::add_account(origin, participant, fresh(account), None).is_ok() {
                    assert!(root || self.administers(&by, participant));
                    let governs = crate::Participants::<Test>::get(participant).unwrap().governs();
                    let rights = if root && !governs { Rights::NONE } else { Rights::OF_NEW };
                    self.owner.insert(fresh(account), participant);
                    self.rights.insert(fresh(account), rights);
                }
            }
            Step::Remove { account, successor } => {
                let (account, successor) = (pick(account), pick(successor));
                if Participants::remove_account(by_body(Body::Operator), account.clone(), successor.clone()).is_ok() {
                    assert!(participant(self.owner[&account]).governs());
                    self.retired(account, successor);
                }
            }
            Step::Request { by, old, new, rights } => self.request(by, pick(old), fresh(new), rights),
            Step::RequestOwn { by, old, new } => self.request(by, pick(old), pick(new), 0),
            Step::Replace { nth, root } => {
                let Some(waiting) = self.nth(nth) else { return };
                if let Change::Replacement { old, new, rights } = waiting.change.clone() {
                    let fresh = !self.owner.contains_key(&new);
                    let by = origin(root, waiting.participant.0);
                    if Participants::replace_account(by, old.clone(), new.clone(), list(rights.0)).is_ok() {
                        let most = self.rights[&old].union(Rights::OF_NEW);
                        assert!(!fresh || most.covers(rights), "a replacement raises rights");
                        assert!(waiting.approved || Participants::now() >= waiting.at + RIGHTS_DELAY);
                        assert!(self.administers(&waiting.by.clone().unwrap(), waiting.participant));
                        if fresh {
                            self.owner.insert(new.clone(), waiting.participant);
                            self.rights.insert(new.clone(), rights);
                        }
                        self.retired(old, new);
                        self.forget(&waiting);
                    }
                }
            }
            Step::Recover { by, account, native } => {
                let replaced = self.successor.keys().nth(account % self.successor.len().max(1)).cloned();
                let account = replaced.unwrap_or_else(|| pick(account));
                self.recover(self.sender(by, &account), account, native);
            }
            Step::Appoint { by, agent, payment, expires } => {
                let capacity = if payment { Capacity::Payment } else { Capacity::Delivery };
                let agent = if by % 2 == 0 && payment { BANK } else { ParticipantId(agent) };
                let who = pick(by / 4);
                let mandate = Mandate { expires: START + expires, ..Mandate::widest() };
                if Participants::appoint_agent(signed(who.clone()), agent, capacity, mandate.clone()).is_ok() {
                    let of = self.owner[&who];
                    self.asked(Some(who), of, Change::Mandate { agent, capacity, mandate });
                }
            }
            Step::Dismiss { by, agent, payment } => {
                let capacity = if payment { Capacity::Payment } else { Capacity::Delivery };
                let agent = if by % 2 == 0 && payment { BANK } else { ParticipantId(agent) };
                let who = pick(by / 4);
                if Participants::dismiss_agent(signed(who.clone()), agent, capacity).is_ok() {
                    let of = self.owner[&who];
                    assert!(self.administers(&who, of));
                    assert!(self.mandates.remove(&(of, agent, capacity)).is_some());
                }
            }
            Step::Lower { by, account, rights } => {
                let account = pick(account);
                let by = self.sender(by, &account);
                if Participants::lower_rights(signed(by.clone()), account.clone(), list(rights)).is_ok() {
                    assert!(by == account || self.administers(&by, self.owner[&account]));
                    assert!(self.rights[&account].covers(Rights(rights)));
                    self.rights.insert(account, Rights(rights));
                }
            }
            Step::Ask { by, account, rights, root } => self.ask(by, pick(account), Rights(rights), root),
            Step::Unname { account } => {
                let account = pick(account);
                if Participants::remove_administrator(by_body(Body::OperatorAndRegulator), account.clone()).is_ok() {
                    let of = self.owner[&account];
                    self.asked(None, of, Change::Administrator { account, administers: false });
                }
            }
            Step::Approve { by, nth } => {
                let Some(mut waiting) = self.nth(nth) else { return };
                let listed = participant(waiting.participant).accounts;
                let by = listed[by % listed.len()].clone();
                let hash = Participants::change_hash(&waiting.change);
                if Participants::approve_change(signed(by.clone()), hash).is_ok() {
                    assert!(self.administers(&by, waiting.participant) && waiting.by.as_ref() != Some(&by));
                    waiting.approved = true;
                    match waiting.change {
                        Change::Replacement { .. } => {
                            self.forget(&waiting);
                            self.waiting.push(waiting);
                        }
                        Change::Grant { .. } | Change::Mandate { .. } | Change::Administrator { .. } => {
                            self.happened(&waiting)
                        }
                    }
                }
            }
            Step::Apply { nth } => {
                let Some(waiting) = self.nth(nth) else { return };
                let hash = Participants::change_hash(&waiting.change);
                if Participants::apply_change(signed(OP_1), waiting.participant, hash).is_ok() {
                    self.happened(&waiting);
                }
            }
            Step::Veto { by, nth, root } => {
                let Some(waiting) = self.nth(nth) else { return };
                let hash = Participants::change_hash(&waiting.change);
                let by = if root { by_body(Body::OperatorAndRegulator) } else { signed(pick(by)) };
                if Participants::veto_change(by, waiting.participant, hash).is_ok() {
                    assert!(root || waiting.by.is_some(), "what operator and regulator ask for is theirs");
                    self.forget(&waiting);
                }
            }
            Step::Wait { time } => Timestamp::set_timestamp(Participants::now() + time),
            Step::Send { from, to, native } => {
                let (from, to) = (pick(from), pick(to));
                let moved = if native {
                    Balances::transfer_allow_death(signed(from.clone()), to, 10).is_ok()
                } else {
                    Assets::transfer(signed(from.clone()), SHARE, to, 10).is_ok()
                };
                // Native currency of an account that nobody owns is not frozen: the guard keeps its signer out.
                let owned = self.owner.contains_key(&from);
                assert!(!moved || self.may_move(&from) || (native && !owned), "{from:?} moved what it may not");
            }
        }
    }

    /// Follows a replacement: `old` has no rights in the model any more and leads to `new`.
    fn retired(&mut self, old: AccountId, new: AccountId) {
        self.rights.insert(old.clone(), Rights::NONE);
        self.successor.insert(old, new);
    }

    fn request(&mut self, by: usize, old: AccountId, new: AccountId, bits: u8) {
        let by = self.sender(by, &old);
        let call = Participants::request_replacement(signed(by.clone()), old.clone(), new.clone(), list(bits));
        if call.is_ok() {
            let of = self.owner[&old];
            self.asked(Some(by), of, Change::Replacement { old, new, rights: Rights(bits) });
        }
    }

    fn ask(&mut self, by: usize, account: AccountId, asked: Rights, root: bool) {
        let by = self.sender(by, &account);
        let list = list(asked.0);
        if root {
            if Participants::request_rights(by_body(Body::OperatorAndRegulator), account.clone(), list).is_ok() {
                let of = self.owner[&account];
                if participant(of).governs() {
                    let all = self.rights[&account].union(asked);
                    self.rights.insert(account, all);
                } else {
                    assert_eq!(asked, Rights::NONE.with(Right::Administer));
                    self.asked(None, of, Change::Administrator { account, administers: true });
                }
            }
        } else if Participants::request_rights(signed(by.clone()), account.clone(), list).is_ok() {
            let of = self.owner[&account];
            assert!(self.administers(&by, of));
            let trade = Rights::NONE.with(Right::Trade);
            if asked == trade {
                let all = self.rights[&account].union(asked);
                self.rights.insert(account, all);
            } else {
                self.asked(Some(by), of, Change::Grant { account, rights: asked });
            }
        }
    }

    fn recover(&self, by: AccountId, account: AccountId, native: bool) {
        let asset = if native { AssetId::Native } else { AssetId::WithId(SHARE) };
        let balance = |of: &AccountId| if native { Balances::total_balance(of) } else { shares(of) };
        let successor = self.current(&account);
        let (before, heirs) = (balance(&account), balance(&successor));
        if Participants::recover(signed(by), account.clone(), asset).is_ok() {
            assert_eq!((balance(&account), balance(&successor)), (0, heirs + before));
        } else {
            assert_eq!(balance(&account), before);
        }
    }

    fn check(&self) {
        Participants::do_try_state().expect("the directory's invariants hold");
        assert_eq!(Accounts::<Test>::iter().count(), self.owner.len());
        for (account, owner) in &self.owner {
            let standing = Participants::standing(account).unwrap();
            assert_eq!(standing.participant, *owner);
            let active = self.status[owner] == Status::Active && !self.successor.contains_key(account);
            assert_eq!(standing.is_active(), active);
            assert_eq!(standing.rights, self.rights[account], "{account:?}");
            assert_eq!(Participants::current_account(account), self.current(account));
        }
        for (participant, status) in &self.status {
            assert_eq!(Participants::status(*participant), Some(*status));
        }
        let mandates =
            Mandates::<Test>::iter().map(|(of, (agent, capacity), mandate)| ((of, agent, capacity), mandate));
        assert_eq!(mandates.collect::<BTreeMap<_, _>>(), self.mandates);
        for waiting in &self.waiting {
            let hash = Participants::change_hash(&waiting.change);
            let stored = Requests::<Test>::get(waiting.participant).into_iter().find(|request| request.hash == hash);
            assert_eq!(stored.map(|request| (request.by, request.at)), Some((waiting.by.clone(), waiting.at)));
        }
        let issued: u128 = pallet_assets::Account::<Test>::iter().map(|(_, _, account)| account.balance).sum();
        assert_eq!(issued, 1_500);
        assert_eq!(Balances::total_issuance(), 2_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_directory_should_agree_with_the_model(steps in prop::collection::vec(step(), 1..60)) {
        ExtBuilder::default().build().execute_with(|| {
            let mut model = Model::at_genesis();
            for step in &steps {
                model.apply(step);
                model.check();
            }
        });
    }
}
