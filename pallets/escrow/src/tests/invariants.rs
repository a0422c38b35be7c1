//! Random sequences of everything that can happen to escrow, compared with a small model after each step.

use super::helpers::*;
use crate::{mock::*, Claimable};
use polkadot_sdk::{frame_support::assert_ok, pallet_assets};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tandem_primitives::{AccountId, AssetId, Balance, Escrow as _, ParticipantId, Payout, Status};

const ACCOUNTS: [(AccountId, ParticipantId); 4] =
    [(SELLER, SELLER_ID), (SELLER_2, SELLER_ID), (BUYER, BUYER_ID), (BUYER_2, BUYER_ID)];

/// Step of a random sequence. Accounts and assets are positions in `ACCOUNTS` and [`assets`].
#[derive(Clone, Debug)]
enum Step {
    Take { asset: usize, from: usize, amount: Balance },
    Pay { asset: usize, to: usize, amount: Balance },
    Pass { asset: usize, from: usize, to: usize, amount: Balance },
    Claim { asset: usize, signer: usize, account: usize, to: usize },
    Block { asset: usize, account: usize },
    Thaw { asset: usize, account: usize },
    FreezeAsset { asset: usize },
    ThawAsset { asset: usize },
    SetStatus { participant: usize, status: Status },
}

fn assets() -> [AssetId; 3] {
    [asset(BOND), asset(EURO), NATIVE]
}

fn account(position: usize) -> (AccountId, ParticipantId) {
    ACCOUNTS.get(position).cloned().expect("positions are below 4")
}

fn any_step() -> impl Strategy<Value = Step> {
    let amount = prop_oneof![Just(0), Just(1), 1..1_200u128, Just(500), Just(1_000)];
    let status = prop_oneof![
        4 => Just(Status::Active),
        1 => Just(Status::Suspended),
        2 => Just(Status::Sanctioned),
        1 => Just(Status::Revoked)
    ];
    prop_oneof![
        6 => (0..3usize, 0..4usize, amount.clone()).prop_map(|(asset, from, amount)| Step::Take { asset, from, amount }),
        8 => (0..3usize, 0..4usize, amount.clone()).prop_map(|(asset, to, amount)| Step::Pay { asset, to, amount }),
        3 => (0..3usize, 0..4usize, 0..4usize, amount)
            .prop_map(|(asset, from, to, amount)| Step::Pass { asset, from, to, amount }),
        4 => (0..3usize, 0..4usize, 0..4usize, 0..4usize)
            .prop_map(|(asset, signer, account, to)| Step::Claim { asset, signer, account, to }),
        2 => (0..2usize, 0..4usize).prop_map(|(asset, account)| Step::Block { asset, account }),
        2 => (0..2usize, 0..4usize).prop_map(|(asset, account)| Step::Thaw { asset, account }),
        1 => (0..2usize).prop_map(|asset| Step::FreezeAsset { asset }),
        2 => (0..2usize).prop_map(|asset| Step::ThawAsset { asset }),
        2 => (0..4usize, status).prop_map(|(participant, status)| Step::SetStatus { participant, status }),
    ]
}

/// Test model of balances, reserved amounts and credits. It predicts the result of every step.
#[derive(Default)]
struct Model {
    balances: BTreeMap<(AssetId, AccountId), Balance>,
    reserved: BTreeMap<AssetId, Balance>,
    credits: BTreeMap<(AccountId, AssetId), Balance>,
    blocked: Vec<(AssetId, AccountId)>,
    frozen: Vec<AssetId>,
    statuses: BTreeMap<ParticipantId, Status>,
}

impl Model {
    fn start() -> Self {
        let balances = [
            ((asset(BOND), SELLER), 1_000),
            ((asset(EURO), BUYER), 1_000),
            ((NATIVE, SELLER), 500),
            ((NATIVE, BUYER), 500),
        ];
        Self { balances: balances.into(), ..Default::default() }
    }

    fn status(&self, participant: ParticipantId) -> Status {
        self.statuses.get(&participant).copied().unwrap_or_default()
    }

    fn balance(&self, asset: &AssetId, account: &AccountId) -> Balance {
        self.balances.get(&(asset.clone(), account.clone())).copied().unwrap_or_default()
    }

    fn can_send(&self, asset: &AssetId, (account, owner): &(AccountId, ParticipantId), amount: Balance) -> bool {
        let status = self.status(*owner);
        let allowed = status == Status::Active || (*asset == NATIVE && status != Status::Sanctioned);
        amount > 0 && allowed && self.moves(asset, account) && self.balance(asset, account) >= amount
    }

    fn can_receive(&self, asset: &AssetId, (account, owner): &(AccountId, ParticipantId)) -> bool {
        self.status(*owner) != Status::Sanctioned && self.moves(asset, account)
    }

    fn moves(&self, asset: &AssetId, account: &AccountId) -> bool {
        !self.frozen.contains(asset) && !self.blocked.contains(&(asset.clone(), account.clone()))
    }

    fn add(&mut self, asset: &AssetId, account: &AccountId, amount: Balance) {
        *self.balances.entry((asset.clone(), account.clone())).or_default() += amount;
    }

    fn sub(&mut self, asset: &AssetId, account: &AccountId, amount: Balance) {
        *self.balances.entry((asset.clone(), account.clone())).or_default() -= amount;
    }

    fn apply(&mut self, step: Step) {
        let of = |position: usize| assets().get(position).cloned().expect("positions are below 3");
        match step {
            Step::Take { asset, from, amount } => self.deposit(of(asset), account(from), amount),
            Step::Pay { asset, to, amount } => self.pay(of(asset), account(to), amount),
            Step::Pass { asset, from, to, amount } => self.pass(of(asset), account(from), account(to), amount),
            Step::Claim { asset, signer, account: of_account, to } => {
                self.claim(of(asset), account(signer), account(of_account), account(to))
            }
            Step::Block { asset, account: who } => {
                let (asset, who) = (of(asset), account(who).0);
                if let AssetId::WithId(id) = asset {
                    // An entry cannot be opened for it while the asset is frozen.
                    if pallet_assets::Account::<Test>::contains_key(id, &who) || !self.frozen.contains(&asset) {
                        block(id, &who);
                        self.blocked.push((asset, who));
                    }
                }
            }
            Step::Thaw { asset, account: who } => {
                let (asset, who) = (of(asset), account(who).0);
                if let (AssetId::WithId(id), true) =
                    (asset.clone(), self.blocked.contains(&(asset.clone(), who.clone())))
                {
                    thaw(id, &who);
                    self.blocked.retain(|entry| *entry != (asset.clone(), who.clone()));
                }
            }
            Step::FreezeAsset { asset } => {
                if let (AssetId::WithId(id), false) = (of(asset), self.frozen.contains(&of(asset))) {
                    freeze_asset(id);
                    self.frozen.push(of(asset));
                }
            }
            Step::ThawAsset { asset } => {
                if let (AssetId::WithId(id), true) = (of(asset), self.frozen.contains(&of(asset))) {
                    thaw_asset(id);
                    self.frozen.retain(|frozen| *frozen != of(asset));
                }
            }
            Step::SetStatus { participant, status } => {
                let participant = account(participant).1;
                Register::set_status(participant, status);
                self.statuses.insert(participant, status);
            }
        }
    }

    fn deposit(&mut self, asset: AssetId, from: (AccountId, ParticipantId), amount: Balance) {
        let expected = self.can_send(&asset, &from, amount);
        assert_eq!(Escrow::available(&asset, &from.0) >= amount && amount > 0, expected);
        assert_eq!(Escrow::deposit(&asset, &from.0, amount).is_ok(), expected);
        if expected {
            self.sub(&asset, &from.0, amount);
            *self.reserved.entry(asset).or_default() += amount;
        }
    }

    /// Pays `amount` out of escrow, but at most what is reserved, as a controller must; checks the result and follows
    /// it.
    fn pay(&mut self, asset: AssetId, to: (AccountId, ParticipantId), amount: Balance) {
        let amount = amount.min(self.reserved.get(&asset).copied().unwrap_or_default());
        let paid = self.can_receive(&asset, &to);
        let expected = if amount == 0 || paid { Payout::Paid } else { Payout::Credited };
        assert_eq!(Escrow::pay_out(TRADE, &asset, &to.0, amount), Ok(expected));
        *self.reserved.entry(asset.clone()).or_default() -= amount;
        match expected {
            Payout::Paid => self.add(&asset, &to.0, amount),
            Payout::Credited => *self.credits.entry((to.0, asset)).or_default() += amount,
        }
    }

    fn pass(
        &mut self,
        asset: AssetId,
        from: (AccountId, ParticipantId),
        to: (AccountId, ParticipantId),
        amount: Balance,
    ) {
        let expected = from.0 != to.0 && self.can_send(&asset, &from, amount) && self.can_receive(&asset, &to);
        assert_eq!(Escrow::transfer(&asset, &from.0, &to.0, amount).is_ok(), expected);
        if expected {
            self.sub(&asset, &from.0, amount);
            self.add(&asset, &to.0, amount);
        }
    }

    fn claim(
        &mut self,
        asset: AssetId,
        signer: (AccountId, ParticipantId),
        account: (AccountId, ParticipantId),
        to: (AccountId, ParticipantId),
    ) {
        let credit = self.credits.get(&(account.0.clone(), asset.clone())).copied().unwrap_or_default();
        let own = signer.1 == to.1 && signer.1 == account.1;
        let expected = own && credit > 0 && self.can_receive(&asset, &to);
        let result = Escrow::claim(signed(signer.0), account.0.clone(), asset.clone(), to.0.clone());
        assert_eq!(result.is_ok(), expected);
        if expected {
            self.credits.remove(&(account.0, asset.clone()));
            self.add(&asset, &to.0, credit);
        }
    }

    fn check(&self) {
        for asset in assets() {
            // I1: the supply is what it was, and the accounts add up to it.
            assert_eq!(supply(&asset), 1_000);
            let accounts: Balance = ACCOUNTS.iter().map(|(account, _)| balance(&asset, account)).sum();
            assert_eq!(accounts + Escrow::held(&asset), 1_000);
            for (account, _) in &ACCOUNTS {
                assert_eq!(balance(&asset, account), self.balance(&asset, account));
            }
            // I2: escrow has what its controllers hold and what waits.
            let credits: Balance =
                self.credits.iter().filter(|((_, of), _)| *of == asset).map(|(_, amount)| amount).sum();
            let reserved = self.reserved.get(&asset).copied().unwrap_or_default();
            assert_eq!(Escrow::held(&asset), reserved + credits);
            assert_eq!(Escrow::claimable_in_total(&asset), credits);
        }
        let stored: BTreeMap<_, _> =
            Claimable::<Test>::iter().map(|(account, of, credit)| ((account, of), credit.amount)).collect();
        assert_eq!(stored, self.credits);
        Books::set(Some(self.reserved.clone()));
        assert_ok!(Escrow::do_try_state());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escrow_should_do_what_the_model_does(steps in prop::collection::vec(any_step(), 1..60)) {
        ExtBuilder::default().build_and_execute(|| {
            let mut model = Model::start();
            for step in steps {
                model.apply(step);
                model.check();
            }
        })
    }
}
