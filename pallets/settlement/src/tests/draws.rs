//! Random trades and random steps of test sequences. The world of `world.rs` decides what a draw refers to.

use super::across::Fate;
use crate::{mock::*, FlagSource};
use polkadot_sdk::{sp_core::H256, sp_io::hashing::sha2_256};
use proptest::prelude::*;
use tandem_primitives::{
    AccountId, AssetId, Balance, Date, Execution, Leg, LegIndex, Lots, Moment, NetworkIndex, OnIncomplete,
    ParticipantId, Policy, Quantity, Rights, Role, Roles, Status, TakenBack, Terms, TwoNetworks,
};

/// Step of time in random sequences, in milliseconds. Every instant of a drawn trade is a whole number of steps after
/// it was instructed, so that limits are met exactly.
pub const TICK: Moment = 5_000;
/// Preimage of the hashlock in all drawn trades.
pub const PREIMAGE: [u8; 32] = [42; 32];
/// Accounts that give and receive in drawn trades.
pub const TRADERS: [AccountId; 6] = [SELLER, BUYER, THIRD, SELLER_2, BUYER_2, ISSUER];
/// Accounts that sign calls in random sequences.
pub const EVERYBODY: [AccountId; 13] =
    [SELLER, BUYER, THIRD, CUSTODIAN, BANK, MANAGER, REGULATOR, OPERATOR, ISSUER, AUDITOR, SELLER_2, BUYER_2, OUTSIDER];

/// Test helper: assets that drawn trades move.
pub fn assets() -> [AssetId; 5] {
    [SHARE, BOND, EURO, DOLLAR]
        .map(AssetId::WithId)
        .into_iter()
        .chain([AssetId::Native])
        .collect::<Vec<_>>()
        .try_into()
        .expect("five; qed")
}

/// Signer of a drawn call: one that is likely to be allowed (`Fit`), or any account (`Any`).
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Fit(usize),
    Any(usize),
}

/// Affirmation of a drawn `affirm` call, right or wrong.
#[derive(Clone, Copy, Debug)]
pub enum Agreement {
    Hash,
    WrongHash,
    Terms,
    OtherTerms,
}

/// Policy of a drawn party, before the trade's amounts are known. Where the policy has a minimum, `part` twelfths of
/// the whole.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    kind: u8,
    part: u32,
}

impl Taste {
    /// Policy for a trade with these terms; nearly always one that the terms allow.
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

/// Leg of a drawn trade, before the number of lots is known.
#[derive(Clone, Copy, Debug)]
pub struct Movement {
    asset: usize,
    from: usize,
    to: usize,
    amount: Balance,
    exact: bool,
}

/// Terms of a drawn trade, before the time at which it is instructed is known.
#[derive(Clone, Debug)]
pub struct Trade {
    movements: Vec<Movement>,
    lots: Lots,
    execution: u8,
    reverse: bool,
    /// `Some` if every second leg is on another network; true if the terms list that network first.
    other_first: Option<bool>,
    ticks: [u64; 5],
    reference: u8,
}

impl Trade {
    /// Terms of the trade, with times counted from `now`.
    pub fn terms(&self, now: Moment) -> Terms {
        let legs: Vec<Leg> = self.movements.iter().map(|movement| movement.leg(self.lots)).collect();
        let [settle, part, reserve, end, manager] = self.ticks.map(|ticks| ticks * TICK);
        let settle_from = now + settle;
        let (partial_from, reserve_by) = (settle_from + part, settle_from + part + reserve);
        let terms = Terms {
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
        };
        match self.other_first.filter(|_| terms.legs.len() > 1) {
            Some(other_first) => across(terms, other_first),
            None => terms,
        }
    }
}

/// Test helper: changes terms to ones across two networks, with every second leg on the other one, which decides.
fn across(mut terms: Terms, other_first: bool) -> Terms {
    let (networks, here, there) = if other_first { (vec![OTHER, GENESIS], 1, 0) } else { (vec![GENESIS, OTHER], 0, 1) };
    terms.networks = networks.try_into().expect("two; qed");
    for (number, leg) in terms.legs.iter_mut().enumerate() {
        leg.network = NetworkIndex(if number % 2 == 0 { here } else { there });
    }
    let commit_on = NetworkIndex(there);
    terms.two_networks = Some(TwoNetworks { commit_on, pay_deadline: terms.deadline, managed_by: None });
    if matches!(terms.execution, Execution::OnToken | Execution::Hashlock { .. }) {
        terms.execution = Execution::Immediate;
    }
    terms
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

/// Step of a random sequence. Places, parties, legs and lots are numbers, taken modulo what the sequence has.
#[derive(Clone, Debug)]
pub enum Action {
    Instruct {
        place: usize,
        trade: Trade,
        who: Who,
        taste: Taste,
        reserve: Option<Quantity>,
    },
    Affirm {
        place: usize,
        party: usize,
        who: Who,
        agreement: Agreement,
        taste: Taste,
        reserve: Option<Quantity>,
    },
    SetParty {
        place: usize,
        party: usize,
        who: Who,
        taste: Taste,
    },
    Reserve {
        place: usize,
        leg: u8,
        who: Who,
        quantity: Quantity,
    },
    Release {
        place: usize,
        leg: u8,
        who: Who,
        lots: Lots,
    },
    SettlePart {
        place: usize,
        who: Who,
    },
    Execute {
        place: usize,
        leg: u8,
        who: Who,
        right: bool,
    },
    Settle {
        place: usize,
        who: Who,
        lots: Option<Lots>,
    },
    Cancel {
        place: usize,
        party: usize,
        who: Who,
    },
    Reject {
        place: usize,
        party: usize,
        who: Who,
    },
    Expire {
        place: usize,
        who: Who,
    },
    SetFlag {
        place: usize,
        who: Who,
        source: FlagSource,
    },
    ClearFlag {
        place: usize,
        who: Who,
        source: FlagSource,
    },
    Commit {
        place: usize,
        who: Who,
        lots: Option<Lots>,
    },
    Decide {
        place: usize,
        fate: Fate,
    },
    /// Sanction a party of a formed tranche and, once the sanction has lasted, release a leg of another party.
    Leave {
        place: usize,
        leg: usize,
    },
    Claim {
        asset: usize,
        who: usize,
        to: usize,
    },
    SetStatus {
        participant: ParticipantId,
        status: Status,
    },
    FreezeAsset {
        asset: usize,
    },
    ThawAsset {
        asset: usize,
    },
    FreezeAccount {
        asset: usize,
        account: usize,
    },
    BlockAccount {
        asset: usize,
        account: usize,
    },
    ThawAccount {
        asset: usize,
        account: usize,
    },
    SetRoles {
        participant: ParticipantId,
        roles: Roles,
    },
    Replace {
        account: usize,
    },
    /// Give an account these rights beside `Administer`: fewer at once, more by a request.
    SetRights {
        account: usize,
        rights: Rights,
    },
    ToggleAgent {
        principal: usize,
        payment: bool,
    },
    Pass {
        time: Moment,
    },
    /// Let time pass to the next instant of the trade's terms, or to one millisecond before it.
    PassToLimit {
        place: usize,
        before: bool,
    },
    Sweep {
        limited: bool,
    },
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![9 => (0..16usize).prop_map(Who::Fit), 1 => (0..26usize).prop_map(Who::Any)]
}

/// Strategy for a place of the sequence: mostly the first, so that sequences go deep and trades still meet.
fn place() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0usize), 3 => Just(1), 2 => Just(2)]
}

fn taste() -> impl Strategy<Value = Taste> {
    (0..14u8, prop_oneof![5 => 1..=6u32, 1 => 0..14u32]).prop_map(|(kind, part)| Taste { kind, part })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        1 => (0..=12u32).prop_map(Quantity::Exactly),
        6 => (1..=4u32).prop_map(Quantity::Exactly),
        4 => (1..=12u32).prop_map(Quantity::UpTo),
        8 => Just(Quantity::UpTo(12)),
        1 => Just(Quantity::UpTo(0)),
    ]
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

fn trade() -> impl Strategy<Value = Trade> {
    let random = || movement(0..5usize, 0..6usize, 0..6usize);
    let movements = prop_oneof![
        6 => (movement(0..2usize, Just(0), Just(1)), movement(2..5usize, Just(1), Just(0)), prop::option::weighted(0.3, random()))
            .prop_map(|(delivery, payment, more)| [delivery, payment].into_iter().chain(more).collect()),
        2 => (movement(0..2usize, Just(0), Just(2)), movement(2..5usize, Just(1), Just(0)))
            .prop_map(|(delivery, payment)| vec![delivery, payment]),
        // The issuer of what moves sells or buys it; and one participant with both sides.
        1 => (movement(0..2usize, Just(5), Just(1)), movement(2..5usize, Just(1), Just(5)))
            .prop_map(|(delivery, payment)| vec![delivery, payment]),
        1 => (movement(0..2usize, Just(0), Just(3)), movement(2..5usize, Just(3), Just(0)))
            .prop_map(|(delivery, payment)| vec![delivery, payment]),
        2 => prop::collection::vec(random(), 1..=3),
    ];
    let settle = prop_oneof![4 => Just(0u64), 1 => Just(1)];
    let ticks = (settle, 0..3u64, 1..7u64, 0..3u64, 0..6u64).prop_map(|(a, b, c, d, e)| [a, b, c, d, e]);
    let other_first = prop::option::weighted(0.25, any::<bool>());
    (movements, 1..=12u32, 0..12u8, any::<bool>(), other_first, ticks, 0..26u8).prop_map(
        |(movements, lots, execution, reverse, other_first, ticks, reference)| Trade {
            movements,
            lots,
            execution,
            reverse,
            other_first,
            ticks,
            reference,
        },
    )
}

fn instruct() -> impl Strategy<Value = Action> {
    let reserve = prop::option::weighted(0.6, quantity());
    (place(), trade(), who(), taste(), reserve).prop_map(|(place, trade, who, taste, reserve)| Action::Instruct {
        place,
        trade,
        who,
        taste,
        reserve,
    })
}

fn begin() -> impl Strategy<Value = Action> {
    let reserve = || prop::option::weighted(0.6, quantity());
    let agreement = prop_oneof![
        8 => Just(Agreement::Hash),
        1 => Just(Agreement::WrongHash),
        2 => Just(Agreement::Terms),
        1 => Just(Agreement::OtherTerms)
    ];
    prop_oneof![
        8 => instruct(),
        13 => (place(), 0..6usize, who(), agreement, taste(), reserve()).prop_map(
            |(place, party, who, agreement, taste, reserve)| Action::Affirm {
                place, party, who, agreement, taste, reserve
            }
        ),
        1 => (place(), 0..6usize, who(), taste())
            .prop_map(|(place, party, who, taste)| Action::SetParty { place, party, who, taste }),
        13 => (place(), 0..4u8, who(), quantity())
            .prop_map(|(place, leg, who, quantity)| Action::Reserve { place, leg, who, quantity }),
        2 => (place(), 0..4u8, who(), 0..8u32)
            .prop_map(|(place, leg, who, lots)| Action::Release { place, leg, who, lots }),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Whole),
        4 => (0..=6u32).prop_map(Fate::Lots),
        1 => Just(Fate::Back(TakenBack::Rejected)),
        1 => Just(Fate::Back(TakenBack::TimedOut)),
        1 => Just(Fate::Back(TakenBack::Released)),
    ]
}

fn finish() -> impl Strategy<Value = Action> {
    let lots = || prop::option::weighted(0.5, 0..=12u32);
    let source = || {
        prop_oneof![
            2 => Just(FlagSource::Party),
            1 => Just(FlagSource::Operator),
            1 => Just(FlagSource::Authority),
            1 => Just(FlagSource::Independent)
        ]
    };
    prop_oneof![
        4 => (place(), who()).prop_map(|(place, who)| Action::SettlePart { place, who }),
        6 => (place(), 0..4u8, who(), prop::bool::weighted(0.8))
            .prop_map(|(place, leg, who, right)| Action::Execute { place, leg, who, right }),
        5 => (place(), who(), lots()).prop_map(|(place, who, lots)| Action::Settle { place, who, lots }),
        5 => (place(), who(), prop::option::weighted(0.2, 0..=12u32))
            .prop_map(|(place, who, lots)| Action::Commit { place, who, lots }),
        3 => (place(), fate()).prop_map(|(place, fate)| Action::Decide { place, fate }),
        1 => (place(), 0..6usize, who()).prop_map(|(place, party, who)| Action::Cancel { place, party, who }),
        1 => (place(), 0..6usize, who()).prop_map(|(place, party, who)| Action::Reject { place, party, who }),
        2 => (place(), who()).prop_map(|(place, who)| Action::Expire { place, who }),
        1 => (place(), who(), source()).prop_map(|(place, who, source)| Action::SetFlag { place, who, source }),
        1 => (place(), who(), source()).prop_map(|(place, who, source)| Action::ClearFlag { place, who, source }),
        1 => (place(), 0..4usize).prop_map(|(place, leg)| Action::Leave { place, leg }),
        1 => (0..5usize, 0..13usize, 0..13usize).prop_map(|(asset, who, to)| Action::Claim { asset, who, to }),
    ]
}

/// Strategy for a participant and its new roles: also parties that get an office, and officers that lose theirs.
fn roles() -> impl Strategy<Value = (ParticipantId, Roles)> {
    let choices: [(u32, &[Role]); 9] = [
        (0, &[Role::Trader, Role::Operator]),
        (0, &[Role::Trader]),
        (1, &[Role::Trader, Role::Regulator]),
        (1, &[Role::Trader]),
        (2, &[Role::Auditor]),
        (2, &[Role::Trader, Role::SettlementManager]),
        (5, &[Role::Auditor]),
        (5, &[Role::SettlementManager]),
        (3, &[Role::Custodian, Role::Trader]),
    ];
    (0..choices.len()).prop_map(move |choice| {
        let (participant, roles) = choices[choice];
        (ParticipantId(participant), roles.iter().copied().collect())
    })
}

fn around() -> impl Strategy<Value = Action> {
    let status = prop_oneof![
        12 => Just(Status::Active),
        4 => Just(Status::Suspended),
        4 => Just(Status::Sanctioned),
        1 => Just(Status::Revoked)
    ];
    let time =
        prop_oneof![4 => Just(1), 4 => Just(TICK - 1), 20 => Just(TICK), 2 => Just(3 * TICK), 1 => Just(RETENTION)];
    let account = || (0..4usize, 0..6usize);
    prop_oneof![
        3 => (0..7u32, status)
            .prop_map(|(number, status)| (if number == 6 { 8 } else { number }, status))
            .prop_map(|(number, status)| Action::SetStatus { participant: ParticipantId(number), status }),
        1 => roles().prop_map(|(participant, roles)| Action::SetRoles { participant, roles }),
        1 => (0..4usize).prop_map(|account| Action::Replace { account }),
        1 => (0..9usize, prop_oneof![1 => Just(Rights::ALL), 1 => (0..16u8).prop_map(Rights)])
            .prop_map(|(account, rights)| Action::SetRights { account, rights }),
        1 => (0..4usize).prop_map(|asset| Action::FreezeAsset { asset }),
        2 => (0..4usize).prop_map(|asset| Action::ThawAsset { asset }),
        1 => account().prop_map(|(asset, account)| Action::FreezeAccount { asset, account }),
        1 => account().prop_map(|(asset, account)| Action::BlockAccount { asset, account }),
        2 => account().prop_map(|(asset, account)| Action::ThawAccount { asset, account }),
        1 => (0..3usize, any::<bool>())
            .prop_map(|(principal, payment)| Action::ToggleAgent { principal, payment }),
        3 => time.prop_map(|time| Action::Pass { time }),
        5 => (place(), prop::bool::weighted(0.3))
            .prop_map(|(place, before)| Action::PassToLimit { place, before }),
        2 => prop::bool::weighted(0.3).prop_map(|limited| Action::Sweep { limited }),
    ]
}

/// Strategy for a sequence of 20 to 60 steps, in which trades begin and end and participants, assets and accounts
/// change.
pub fn sequence() -> impl Strategy<Value = Vec<Action>> {
    let steps = prop::collection::vec(prop_oneof![14 => begin(), 9 => finish(), 3 => around()], 19..=59);
    (instruct(), steps).prop_map(|(first, steps)| [first].into_iter().chain(steps).collect())
}
