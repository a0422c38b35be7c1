//! Random trades, before it is known when and with how many lots they are made.

use crate::mock::*;
use polkadot_sdk::{sp_core::H256, sp_io::hashing::sha2_256};
use proptest::prelude::*;
use tandem_primitives::{
    AccountId, AssetId, Balance, Date, Execution, Leg, LegIndex, Lots, Moment, NetworkIndex, OnIncomplete, Policy,
    Terms,
};

/// Every instant of a trade is a whole number of these after it was instructed, so that limits are met exactly.
pub const TICK: Moment = 5_000;
/// The secret of every hashlock.
pub const PREIMAGE: [u8; 32] = [42; 32];
/// Who gives and receives.
pub const TRADERS: [AccountId; 5] = [SELLER, BUYER, THIRD, SELLER_2, BUYER_2];
/// What moves.
pub fn assets() -> [AssetId; 5] {
    [SHARE, BOND, EURO, DOLLAR]
        .map(AssetId::WithId)
        .into_iter()
        .chain([AssetId::Native])
        .collect::<Vec<_>>()
        .try_into()
        .expect("five; qed")
}

/// A policy before the amounts are known: `part` twelfths of them where a minimum is one.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    kind: u8,
    part: u32,
}

impl Taste {
    /// The policy in a trade. Nearly always the one that the trade can have.
    pub fn policy(self, terms: &Terms) -> Policy {
        let hashlock = matches!(terms.execution, Execution::Hashlock { .. });
        let leg = LegIndex((self.part % 4) as u8);
        let amount = terms.legs.get(usize::from(leg.0)).map_or(1, |leg| leg.amount);
        match self.kind {
            _ if hashlock && self.part != 13 => Policy::Npar,
            0..=1 => Policy::Npar,
            2..=7 => Policy::Part,
            8..=10 => Policy::Parq { min_lots: self.part % (terms.lots + 2) },
            _ => Policy::Parc { leg, min_amount: amount * Balance::from(self.part) / 12 },
        }
    }
}

/// One movement before the lots are known.
#[derive(Clone, Copy, Debug)]
pub struct Movement {
    asset: usize,
    from: usize,
    to: usize,
    amount: Balance,
    exact: bool,
}

/// A trade before the clock is known.
#[derive(Clone, Debug)]
pub struct Trade {
    movements: Vec<Movement>,
    lots: Lots,
    execution: u8,
    reverse: bool,
    ticks: [u64; 5],
    reference: u8,
}

impl Trade {
    /// The terms, when they are agreed now.
    pub fn terms(&self, now: Moment) -> Terms {
        let legs: Vec<Leg> = self.movements.iter().map(|movement| movement.leg(self.lots)).collect();
        let [settle, part, reserve, end, manager] = self.ticks.map(|ticks| ticks * TICK);
        let settle_from = now + settle;
        let (partial_from, reserve_by) = (settle_from + part, settle_from + part + reserve);
        Terms {
            reference: vec![b'A' + self.reference].try_into().expect("short; qed"),
            networks: vec![GENESIS].try_into().expect("one; qed"),
            two_networks: None,
            legs: legs.try_into().expect("at most three; qed"),
            lots: self.lots,
            trade_date: Date(20_000),
            settlement_date: Date(20_002),
            settle_from,
            partial_from,
            reserve_by,
            deadline: reserve_by + end,
            execution: match self.execution {
                0..=3 => Execution::Immediate,
                4..=6 => Execution::OnToken,
                7..=9 => Execution::ByManager { manager: MANAGER, manager_by: settle_from + manager },
                _ => Execution::Hashlock { hash: H256(sha2_256(&PREIMAGE)) },
            },
            on_incomplete: if self.reverse { OnIncomplete::Reverse } else { OnIncomplete::Complete },
        }
    }
}

impl Movement {
    fn leg(&self, lots: Lots) -> Leg {
        let asset = assets()[self.asset].clone();
        let lot = Balance::from(lots) * if asset == AssetId::WithId(BOND) { 100 } else { 1 };
        let divided = matches!(asset, AssetId::WithId(SHARE | BOND)) && !self.exact;
        // Securities come in whole lots; a trade in which they do not is refused, and drawn now and then.
        let amount = if divided { self.amount.div_ceil(lot) * lot } else { self.amount.max(Balance::from(lots)) };
        let (from, to) = (TRADERS[self.from].clone(), TRADERS[self.to].clone());
        Leg { network: NetworkIndex(0), asset, amount, from, to }
    }
}

pub fn taste() -> impl Strategy<Value = Taste> {
    (0..14u8, prop_oneof![5 => 1..=6u32, 1 => 0..14u32]).prop_map(|(kind, part)| Taste { kind, part })
}

fn amount() -> impl Strategy<Value = Balance> {
    prop_oneof![2 => 1..100u128, 4 => 1_000..200_000u128, 3 => 300_000..800_000u128, 1 => 900_000..1_100_000u128]
}

fn movement(
    asset: impl Strategy<Value = usize>,
    from: impl Strategy<Value = usize>,
    to: impl Strategy<Value = usize>,
) -> impl Strategy<Value = Movement> {
    let exact = prop::bool::weighted(0.02);
    (asset, from, to, amount(), exact).prop_map(|(asset, from, to, amount, exact)| Movement {
        asset,
        from,
        to,
        amount,
        exact,
    })
}

pub fn trade() -> impl Strategy<Value = Trade> {
    let random = || movement(0..5usize, 0..5usize, 0..5usize);
    let movements = prop_oneof![
        6 => (movement(0..2usize, Just(0), Just(1)), movement(2..5usize, Just(1), Just(0)), prop::option::weighted(0.3, random()))
            .prop_map(|(delivery, payment, more)| [delivery, payment].into_iter().chain(more).collect()),
        2 => (movement(0..2usize, Just(0), Just(2)), movement(2..5usize, Just(1), Just(0)))
            .prop_map(|(delivery, payment)| vec![delivery, payment]),
        2 => prop::collection::vec(random(), 1..=3),
    ];
    let settle = prop_oneof![4 => Just(0u64), 1 => Just(1)];
    let ticks = (settle, 0..3u64, prop_oneof![4 => 1..7u64, 1 => 15..30u64], 0..3u64, 0..6u64)
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e]);
    (movements, 1..=12u32, 0..12u8, any::<bool>(), ticks, 0..26u8).prop_map(
        |(movements, lots, execution, reverse, ticks, reference)| Trade {
            movements,
            lots,
            execution,
            reverse,
            ticks,
            reference,
        },
    )
}
