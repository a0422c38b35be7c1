//! Random sequences of calls by several parties: every invariant after every step, and a small model beside it.

use super::helpers::*;
use crate::{decisions::Body, mock::*, Accounts};
use polkadot_sdk::*;

use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tandem_primitives::{AccountId, AssetId, Capacity, Directory, ParticipantId, Role, Status};

#[derive(Clone, Debug)]
enum Step {
    Register { account: u8, role: usize },
    Status { by: usize, participant: u32, status: u8 },
    Roles { participant: u32, role: usize, root: bool },
    Add { participant: u32, account: u8, root: bool },
    Remove { by: usize, account: usize },
    Request { by: usize, old: usize, new: u8 },
    Replace { old: usize, new: u8, root: bool },
    ReplaceByOwn { old: usize, new: usize },
    Recover { by: usize, account: usize, native: bool },
    Appoint { by: usize, agent: u32, payment: bool },
    Dismiss { by: usize, agent: u32, payment: bool },
    Send { from: usize, to: usize, native: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let (who, id, fresh) = (0..24usize, 0..10u32, 0..12u8);
    prop_oneof![
        1 => (fresh.clone(), 0..9usize).prop_map(|(account, role)| Step::Register { account, role }),
        3 => (who.clone(), id.clone(), 0..8u8)
            .prop_map(|(by, participant, status)| Step::Status { by, participant, status }),
        1 => (id.clone(), 0..9usize, any::<bool>())
            .prop_map(|(participant, role, root)| Step::Roles { participant, role, root }),
        2 => (id.clone(), fresh.clone(), any::<bool>())
            .prop_map(|(participant, account, root)| Step::Add { participant, account, root }),
        3 => (who.clone(), who.clone()).prop_map(|(by, account)| Step::Remove { by, account }),
        3 => (who.clone(), who.clone(), fresh.clone()).prop_map(|(by, old, new)| Step::Request { by, old, new }),
        2 => (who.clone(), fresh, any::<bool>()).prop_map(|(old, new, root)| Step::Replace { old, new, root }),
        1 => (who.clone(), who.clone()).prop_map(|(old, new)| Step::ReplaceByOwn { old, new }),
        3 => (who.clone(), who.clone(), any::<bool>())
            .prop_map(|(by, account, native)| Step::Recover { by, account, native }),
        3 => (who.clone(), id.clone(), any::<bool>())
            .prop_map(|(by, agent, payment)| Step::Appoint { by, agent, payment }),
        3 => (who.clone(), id, any::<bool>()).prop_map(|(by, agent, payment)| Step::Dismiss { by, agent, payment }),
        3 => (who.clone(), who, any::<bool>()).prop_map(|(from, to, native)| Step::Send { from, to, native }),
    ]
}

/// What a test remembers of the directory: who owns what, who took whose place, who stands how.
#[derive(Default)]
struct Model {
    owner: BTreeMap<AccountId, ParticipantId>,
    successor: BTreeMap<AccountId, AccountId>,
    status: BTreeMap<ParticipantId, Status>,
}

impl Model {
    fn at_genesis() -> Self {
        let mut model = Self::default();
        for (number, entry) in participants().into_iter().enumerate() {
            let participant = ParticipantId(number as u32);
            model.status.insert(participant, Status::Active);
            for account in entry.accounts {
                model.owner.insert(account, participant);
            }
        }
        model
    }

    /// One of all accounts that the test knows, registered or not.
    fn pick(number: usize) -> AccountId {
        let genesis: Vec<AccountId> = participants().into_iter().flat_map(|entry| entry.accounts).collect();
        genesis.get(number).cloned().unwrap_or_else(|| fresh((number - genesis.len()) as u8))
    }

    /// Who sends what concerns `account`: half of the time an account of the same owner, so that much succeeds.
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
        active && !self.successor.contains_key(account)
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
            Step::Register { account, role: role_index } => {
                let number = self.status.len() as u32;
                let of = accounts(&[fresh(account)]);
                let role = roles(&[Role::ALL[role_index]]);
                let governs = [Role::Operator, Role::Regulator].contains(&Role::ALL[role_index]);
                let origin =
                    if governs { super::helpers::by(Body::OperatorAndRegulator) } else { RuntimeOrigin::root() };
                if Participants::register(origin, text("New"), lei(100 + number), role, of).is_ok() {
                    self.owner.insert(fresh(account), ParticipantId(number));
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
            Step::Add { participant, account, root } => {
                let origin = origin(root, participant);
                let participant = ParticipantId(participant);
                if Participants::add_account(origin, participant, fresh(account)).is_ok() {
                    self.owner.insert(fresh(account), participant);
                }
            }
            Step::Remove { by, account } => {
                let account = pick(account);
                let successor = self.owner.get(&account).and_then(|owner| {
                    let listed = participant(*owner).accounts;
                    listed.into_iter().find(|other| *other != account)
                });
                if Participants::remove_account(signed(self.sender(by, &account)), account.clone()).is_ok() {
                    self.successor.insert(account, successor.unwrap());
                }
            }
            Step::Request { by, old, new } => {
                let old = pick(old);
                let _ = Participants::request_replacement(signed(self.sender(by, &old)), old, fresh(new));
            }
            Step::Replace { old, new, root } => {
                let owner = self.owner.get(&pick(old)).map_or(0, |owner| owner.0);
                self.replace(origin(root, owner), pick(old), fresh(new));
            }
            Step::ReplaceByOwn { old, new } => {
                let owner = self.owner.get(&pick(old)).map_or(0, |owner| owner.0);
                self.replace(origin(true, owner), pick(old), pick(new));
            }
            Step::Recover { by, account, native } => {
                let replaced = self.successor.keys().nth(account % self.successor.len().max(1)).cloned();
                let account = replaced.unwrap_or_else(|| pick(account));
                self.recover(self.sender(by, &account), account, native);
            }
            Step::Appoint { by, agent, payment } => {
                let capacity = if payment { Capacity::Payment } else { Capacity::Delivery };
                let agent = if by % 2 == 0 && payment { BANK } else { ParticipantId(agent) };
                let _ = Participants::appoint_agent(signed(pick(by / 4)), agent, capacity);
            }
            Step::Dismiss { by, agent, payment } => {
                let capacity = if payment { Capacity::Payment } else { Capacity::Delivery };
                let agent = if by % 2 == 0 && payment { BANK } else { ParticipantId(agent) };
                let _ = Participants::dismiss_agent(signed(pick(by / 4)), agent, capacity);
            }
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

    fn replace(&mut self, origin: RuntimeOrigin, old: AccountId, new: AccountId) {
        if Participants::replace_account(origin, old.clone(), new.clone()).is_ok() {
            let owner = self.owner[&old];
            self.owner.insert(new.clone(), owner);
            self.successor.insert(old, new);
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
            assert_eq!(standing.is_active(), self.may_move(account));
            assert_eq!(Participants::current_account(account), self.current(account));
        }
        for (participant, status) in &self.status {
            assert_eq!(Participants::status(*participant), Some(*status));
        }
        let issued: u128 = pallet_assets::Account::<Test>::iter().map(|(_, _, account)| account.balance).sum();
        assert_eq!(issued, 1_500);
        assert_eq!(Balances::total_issuance(), 2_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_directory_should_agree_with_the_model(steps in prop::collection::vec(step(), 1..40)) {
        ExtBuilder::default().build().execute_with(|| {
            let mut model = Model::at_genesis();
            for step in &steps {
                model.apply(step);
                model.check();
            }
        });
    }
}
