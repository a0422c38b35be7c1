//! Random steps. What a draw means depends on what is there: the world of `invariants.rs` reads it.

use super::trades::{taste, trade, Taste, Trade, TICK};
use crate::{mock::*, FlagSource};
use proptest::prelude::*;
use tandem_primitives::{AccountId, Lots, Moment, ParticipantId, Quantity, Status};

/// Who signs.
pub const EVERYBODY: [AccountId; 13] =
    [SELLER, BUYER, THIRD, CUSTODIAN, BANK, MANAGER, REGULATOR, OPERATOR, ISSUER, AUDITOR, SELLER_2, BUYER_2, OUTSIDER];

/// Who signs: one of those who may, or just anyone.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Fit(usize),
    Any(usize),
}

/// How a party agrees.
#[derive(Clone, Copy, Debug)]
pub enum Agreement {
    Hash,
    WrongHash,
    Terms,
    OtherTerms,
}

/// What happens next. Places, parties, legs and lots are taken modulo what there is.
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
    SettleMany {
        who: Who,
        many: Vec<(usize, Option<Lots>)>,
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
    ToggleAgent {
        principal: usize,
        payment: bool,
    },
    Pass {
        time: Moment,
    },
    /// To the next instant of the trade that counts, or to just before it.
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

/// The first place most of all, so that sequences go deep and still trades meet.
fn place() -> impl Strategy<Value = usize> {
    prop_oneof![5 => Just(0usize), 3 => Just(1), 2 => Just(2)]
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
        1 => (who(), prop::collection::vec((0..4usize, lots()), 1..=4))
            .prop_map(|(who, many)| Action::SettleMany { who, many }),
        1 => (place(), 0..6usize, who()).prop_map(|(place, party, who)| Action::Cancel { place, party, who }),
        1 => (place(), 0..6usize, who()).prop_map(|(place, party, who)| Action::Reject { place, party, who }),
        2 => (place(), who()).prop_map(|(place, who)| Action::Expire { place, who }),
        1 => (place(), who(), source()).prop_map(|(place, who, source)| Action::SetFlag { place, who, source }),
        1 => (place(), who(), source()).prop_map(|(place, who, source)| Action::ClearFlag { place, who, source }),
        1 => (0..5usize, 0..13usize, 0..13usize).prop_map(|(asset, who, to)| Action::Claim { asset, who, to }),
    ]
}

fn around() -> impl Strategy<Value = Action> {
    let status = prop_oneof![
        12 => Just(Status::Active),
        4 => Just(Status::Suspended),
        4 => Just(Status::Sanctioned),
        1 => Just(Status::Revoked)
    ];
    let time = prop_oneof![4 => Just(1), 4 => Just(TICK - 1), 20 => Just(TICK), 2 => Just(3 * TICK), 3 => Just(CANCEL_LIFE), 1 => Just(RETENTION)];
    let account = || (0..4usize, 0..5usize);
    prop_oneof![
        3 => (0..6u32, status)
            .prop_map(|(number, status)| Action::SetStatus { participant: ParticipantId(number), status }),
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

/// Twenty to sixty steps, in which trades begin, finish, and the world around them changes.
pub fn sequence() -> impl Strategy<Value = Vec<Action>> {
    let steps = prop::collection::vec(prop_oneof![14 => begin(), 9 => finish(), 3 => around()], 19..=59);
    (instruct(), steps).prop_map(|(first, steps)| [first].into_iter().chain(steps).collect())
}
