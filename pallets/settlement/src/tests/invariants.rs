//! Random sequences of all calls by several parties, checked against the test model and the invariants I1 to I8 after
//! every step. Some trades are across two networks; the other network's decisions are drawn too.

use super::{
    draws::{assets, sequence, PREIMAGE, TICK, TRADERS},
    model::{owner, Context, Model},
};
use crate::{mock::*, Call, Event, Expiries, Instruction, Instructions};
use codec::Encode;
use polkadot_sdk::{
    frame_support::{assert_ok, traits::Hooks},
    sp_runtime::{traits::Dispatchable, DispatchResult, StateVersion},
    *,
};
use proptest::test_runner::{Config as ProptestConfig, TestRunner};
use std::{cell::RefCell, collections::BTreeMap};
use tandem_primitives::{
    AccountId, AssetId, Balance, Capacity, InstructionId, LegIndex, Moment, Quantity, Status, Terms,
};

/// Number of random sequences that run if the variable `PROPTEST_CASES` does not set another.
const SEQUENCES: u32 = 2_000;

/// Balances of all accounts in tests, by asset and account.
type Holdings = BTreeMap<(AssetId, AccountId), Balance>;

/// Counts of what all random sequences reached: calls by index and success, events, outcomes.
#[derive(Debug, Default)]
pub struct Reached {
    calls: BTreeMap<(u8, bool), u32>,
    events: BTreeMap<u8, u32>,
    outcomes: BTreeMap<u8, u32>,
}

/// Test chain of one random sequence, together with the model that it is compared with.
pub struct World<'a> {
    pub model: Model,
    /// Instructions that the drawn actions refer to, with their terms and the account that instructed.
    pub places: [Option<(InstructionId, Terms, AccountId)>; 3],
    /// Balances after the step before.
    holdings: Holdings,
    /// Records of closed instructions as they were when first seen, to check that they never change (I6).
    closed: BTreeMap<InstructionId, Instruction>,
    pub steps: u32,
    reached: &'a RefCell<Reached>,
}

pub fn pick<T: Clone>(from: &[T], number: usize) -> T {
    from[number % from.len()].clone()
}

pub fn dispatch(call: impl Into<RuntimeCall>, who: &AccountId) -> DispatchResult {
    call.into().dispatch(RuntimeOrigin::signed(who.clone())).map(|_| ()).map_err(|failure| failure.error)
}

fn root() -> Vec<u8> {
    sp_io::storage::root(StateVersion::V1)
}

/// Test helper: balances of all accounts of the test chain, the escrow account included.
fn holdings() -> Holdings {
    let assets = pallet_assets::Account::<Test>::iter()
        .map(|(asset, account, held)| ((AssetId::WithId(asset), account), held.balance));
    let native = frame_system::Account::<Test>::iter()
        .map(|(account, info)| ((AssetId::Native, account), info.data.free + info.data.reserved));
    assets.chain(native).filter(|(_, balance)| *balance > 0).collect()
}

impl<'a> World<'a> {
    fn new(reached: &'a RefCell<Reached>) -> Self {
        let mut model = Model { now: START, ..Model::default() };
        for (asset, account) in [SHARE, BOND, EURO, DOLLAR].into_iter().flat_map(|asset| TRADERS.map(|to| (asset, to)))
        {
            assert_ok!(Assets::mint(RuntimeOrigin::signed(ISSUER), asset, account, OPENING / 2));
        }
        for (principal, agent, capacity) in
            [(SELLER, CUSTODIAN_ID, Capacity::Delivery), (BUYER, BANK_ID, Capacity::Payment)]
        {
            assert_ok!(Participants::appoint_agent(
                RuntimeOrigin::signed(principal.clone()),
                agent,
                capacity,
                unlimited()
            ));
            model.agents.insert((agent, owner(&principal).expect("registered; qed"), capacity));
        }
        System::reset_events();
        model.balances = holdings();
        let holdings = model.balances.clone();
        World { model, places: [None, None, None], holdings, closed: BTreeMap::new(), steps: 0, reached }
    }

    /// Dispatches one call, and asserts that it succeeds exactly if the model permits it. Replays its events on the
    /// model, and returns true if it succeeded.
    pub fn call(&mut self, by: &AccountId, call: Call<Test>) -> bool {
        let permitted = self.model.permits(by, &call);
        // The root of the whole state is dear, so that only some calls are watched that closely.
        let watched = self.steps.is_multiple_of(8);
        let before = watched.then(root);
        let result = dispatch(call.clone(), by);
        let said = (by, &call, &result);
        assert_eq!(result.is_ok(), permitted.is_some(), "I8 and all other conditions: {said:?}");
        *self.reached.borrow_mut().calls.entry((call.encode()[0], result.is_ok())).or_default() += 1;
        let events = self.events();
        let Some(reservations) = permitted else {
            assert!(events.is_empty(), "what fails says nothing: {said:?}");
            assert_eq!(before, watched.then(root), "what fails changes nothing");
            return false;
        };
        let made: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                Event::Reserved { leg, old: before, new: now, .. } => Some((*leg, now - before)),
                _ => None,
            })
            .collect();
        assert_eq!(made, reservations, "what the balance covers is reserved: {said:?}");
        let mut context = context(&call);
        for event in events {
            self.replay(event, &mut context);
        }
        true
    }

    pub fn events(&self) -> Vec<Event<Test>> {
        let events = super::helpers::events();
        let mut reached = self.reached.borrow_mut();
        for event in &events {
            *reached.events.entry(event.encode()[0]).or_default() += 1;
            if let Event::Closed { outcome, .. } = event {
                *reached.outcomes.entry(outcome.encode()[0]).or_default() += 1;
            }
        }
        events
    }

    pub fn replay(&mut self, event: Event<Test>, context: &mut Context) {
        if let Event::Pruned { id } = &event {
            self.closed.remove(id);
        }
        self.model.replay(event, context);
    }

    /// Asserts I1 to I8 on the stored state, and that the model has rebuilt all of it from events.
    pub fn check(&mut self) {
        let stored: BTreeMap<_, _> = Instructions::<Test>::iter().collect();
        let known: BTreeMap<_, _> =
            self.model.records.iter().map(|(id, record)| (*id, record.stored.clone())).collect();
        assert_eq!(stored, known, "events alone tell the whole state");
        for (id, record) in stored.into_iter().filter(|(_, record)| matches!(record, Instruction::Closed(_))) {
            assert_eq!(*self.closed.entry(id).or_insert_with(|| record.clone()), record, "I6: the closed never change");
        }
        let credits: BTreeMap<_, _> = pallet_escrow::Claimable::<Test>::iter()
            .map(|(account, asset, credit)| ((account, asset), credit.amount))
            .collect();
        assert_eq!(credits, self.model.credits, "I4: what cannot be paid is a credit");
        self.check_holdings();
        self.model.check_at_rest();
        assert_ok!(Settlement::do_try_state());
    }

    fn check_holdings(&mut self) {
        let mut now = holdings();
        let still =
            |account: &AccountId| owner(account).is_some_and(|owner| self.model.status(owner) == Status::Sanctioned);
        for (key, amount) in now.iter().chain(&self.holdings).filter(|((_, account), _)| still(account)) {
            assert!(now.get(key) == Some(amount), "I8: nothing moves to or from the sanctioned: {key:?}");
        }
        let supply = |holdings: &Holdings, asset: &AssetId| -> Balance {
            holdings.iter().filter(|((of, _), _)| of == asset).map(|(_, amount)| amount).sum()
        };
        for asset in assets() {
            assert_eq!(supply(&now, &asset), supply(&self.holdings, &asset), "I1: nothing is made or lost");
            if let AssetId::WithId(id) = asset {
                assert_eq!(supply(&now, &asset), Assets::total_supply(id), "I1: the accounts add up to the supply");
            }
        }
        self.holdings = now.clone();
        for asset in assets() {
            let held = now.remove(&(asset.clone(), Escrow::account_id())).unwrap_or_default();
            assert_eq!(held, self.model.held(&asset), "I2: escrow has what is reserved and what is claimable");
        }
        self.model.balances.retain(|_, amount| *amount > 0);
        assert_eq!(now, self.model.balances, "I4: every leg is paid by exactly its amount");
    }

    /// Ends the sequence: passes each deadline and asserts that anybody, or the sweep, closes the instruction (I5), and
    /// that all records go after their retention (I6).
    fn end(mut self, by_sweep: bool) {
        while let Some((id, deadline)) = self.next_open() {
            self.pass(deadline.saturating_sub(self.model.now));
            self.come_too_late(id);
            if self.decide_late(id) {
                continue;
            }
            if by_sweep {
                self.pass(TICK);
                self.sweep(false);
            } else {
                assert!(self.call(&AUDITOR, Call::expire { id }), "I5: anybody ends it");
            }
            self.check();
            assert!(self.model.open(id).is_none(), "I5: the deadline ends it");
        }
        for asset in assets() {
            let credits = self.model.credits.iter().filter(|((_, of), _)| *of == asset);
            let credits: Balance = credits.map(|(_, amount)| amount).sum();
            assert_eq!(self.model.held(&asset), credits, "what is over holds nothing");
        }
        // The sweep looks at what another network decided late hourly, which is longer than the retention here.
        for _ in 0..5 {
            self.pass(RETENTION + TICK);
            self.sweep(false);
            self.check();
        }
        assert_eq!((Instructions::<Test>::iter().count(), Expiries::<Test>::iter().count()), (0, 0), "I6");
        assert_ok!(<Escrow as Hooks<u64>>::try_state(System::block_number()));
    }

    /// Makes calls on an instruction that has reached its deadline; the model says that they fail.
    fn come_too_late(&mut self, id: InstructionId) {
        let Some(open) = self.model.open(id).cloned() else { return };
        for (leg, movement) in (0u8..).map(LegIndex).zip(&open.terms.legs) {
            self.call(&movement.to, Call::execute { id, leg, preimage: Some(PREIMAGE) });
            self.call(&movement.from, Call::cancel { id, on_behalf_of: None });
            self.call(&movement.from, Call::reserve { id, leg, quantity: Quantity::UpTo(1) });
        }
        self.call(&MANAGER, Call::settle { id, lots: None });
        self.call(&AUDITOR, Call::settle_part { id });
    }

    fn next_open(&self) -> Option<(InstructionId, Moment)> {
        let open = self.model.records.keys().filter_map(|id| Some((*id, self.model.open(*id)?.terms.deadline)));
        open.min_by_key(|(_, deadline)| *deadline)
    }
}

fn context(call: &Call<Test>) -> Context {
    match call {
        Call::settle { lots, .. } => Context { chosen: vec![*lots], ..Context::default() },
        Call::cancel { .. } => Context { cancels: true, ..Context::default() },
        _ => Context::default(),
    }
}

#[test]
fn invariants_should_hold_after_every_step_of_any_sequence() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(SEQUENCES);
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Default::default() };
    let reached = RefCell::new(Reached::default());
    let result = TestRunner::new(config).run(&sequence(), |actions| {
        ExtBuilder.build().execute_with(|| {
            let mut world = World::new(&reached);
            let by_sweep = actions.len() % 2 == 0;
            for action in actions {
                world.step(action);
            }
            world.end(by_sweep);
        });
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let reached = reached.into_inner();
    println!("{reached:?}");
    if cases >= SEQUENCES {
        let both: Vec<_> = (0..14u8).filter(|call| *call != 8).flat_map(|call| [(call, false), (call, true)]).collect();
        assert!(reached.calls.keys().eq(&both), "every call succeeds, and fails: {reached:?}");
        // The one event between reports that the sweep failed, which it never does.
        assert!(
            reached.events.keys().copied().eq((0..21).chain(22..25)),
            "everything that can happen happens: {reached:?}"
        );
        assert!(reached.outcomes.keys().copied().eq(0..7), "all ends are met: {reached:?}");
    }
}
