//! What each line of the file becomes on the chain: terms, parties, and the id of the instruction.

use crate::{
    chain::calls::reference,
    files::{
        dates::{midnight, Limit},
        trades::{Execution as Model, Line, Movement, Side, Trade, View},
    },
};
use anyhow::Context;
use polkadot_sdk::{
    frame_support::BoundedVec,
    sp_core::H256,
    sp_io::hashing::{blake2_256, sha2_256},
};
use std::collections::BTreeMap;
use tandem_primitives::{
    instruction_id, AccountId, AssetId, AssetKind, Execution, InstructionId, Leg, Moment, NetworkIndex, PartyTerms,
    Quantity, Term, Terms, VersionedTerms,
};

/// Before an absolute deadline, how long tokens and managers have after the last reservation.
const EXECUTION_TIME: Moment = 60_000;

/// What the trades refer to, found on the chain once.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The chain's first block.
    pub genesis: H256,
    /// The asset behind each code, and what it is.
    pub assets: BTreeMap<String, (AssetId, AssetKind)>,
    /// From which the secrets of hashlocks follow.
    pub seed: [u8; 32],
}

/// One side of a trade that a line of the file speaks for.
#[derive(Clone, Debug)]
pub struct Party {
    /// The account that signs.
    pub account: AccountId,
    /// The side's view of the terms.
    pub terms: VersionedTerms,
    /// What is its own.
    pub own: PartyTerms,
    /// What it reserves with its word; `None` to hold back.
    pub reserve: Option<Quantity>,
}

/// A trade on its way.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The common reference.
    pub name: String,
    /// What the first side of the file says.
    pub terms: Terms,
    /// The side that puts it on the chain, if the file speaks for it.
    pub seller: Option<Party>,
    /// The side that pays.
    pub buyer: Option<Party>,
    /// The id that it has if the seller instructs, and the one if the buyer does.
    pub ids: [InstructionId; 2],
    /// The secret of its hashlock.
    pub preimage: Option<[u8; 32]>,
}

impl Plan {
    /// Plans a trade whose relative times count from `start`. The same file, start and chain give the same plan.
    pub fn of(trade: &Trade, start: Moment, ground: &Ground) -> anyhow::Result<Self> {
        let preimage = blake2_256(&[&ground.seed[..], trade.name.as_bytes()].concat());
        let mut seller = None;
        let mut buyer = None;
        for line in &trade.lines {
            let terms = terms(&trade.name, &line.view, start, ground, &preimage)?;
            let party = |account: &AccountId| Party {
                account: account.clone(),
                terms: VersionedTerms::V1(terms.clone()),
                own: own(line),
                reserve: line.reserve.then_some(Quantity::UpTo(line.view.lots)),
            };
            match line.side {
                Side::Both => {
                    seller = Some(party(&line.view.seller.account));
                    buyer = Some(party(&line.view.buyer.account));
                }
                Side::Deli => seller = Some(party(&line.view.seller.account)),
                Side::Rece => buyer = Some(party(&line.view.buyer.account)),
            }
        }
        let first = seller.as_ref().or(buyer.as_ref()).context("a trade has a line")?;
        let VersionedTerms::V1(first_terms) = &first.terms;
        let view = &trade.lines.first().context("a trade has a line")?.view;
        let ends = [
            seller.as_ref().map_or(&view.seller.account, |party| &party.account),
            buyer.as_ref().map_or(&view.buyer.account, |party| &party.account),
        ];
        let hash = first.terms.hash();
        let ids = ends.map(|account| instruction_id(ground.genesis, account, hash));
        let hashlock = matches!(first_terms.execution, Execution::Hashlock { .. });
        Ok(Self {
            name: trade.name.clone(),
            terms: first_terms.clone(),
            ids,
            preimage: hashlock.then_some(preimage),
            seller,
            buyer,
        })
    }

    /// The terms in which the two sides of the file differ, by their codes.
    pub fn differences(&self, ground: &Ground) -> Vec<Term> {
        let (Some(seller), Some(buyer)) = (&self.seller, &self.buyer) else { return Vec::new() };
        let (VersionedTerms::V1(mine), VersionedTerms::V1(theirs)) = (&seller.terms, &buyer.terms);
        let is_cash =
            |asset: &AssetId| ground.assets.values().any(|(id, kind)| id == asset && *kind == AssetKind::Cash);
        mine.differences(theirs, is_cash)
    }
}

/// ISO codes of terms, each once, joined with `+`.
pub fn codes(terms: &[Term]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for term in terms {
        if !codes.contains(&term.iso_code()) {
            codes.push(term.iso_code());
        }
    }
    codes.join("+")
}

fn own(line: &Line) -> PartyTerms {
    PartyTerms {
        on_behalf_of: None,
        policy: line.policy,
        priority: line.priority,
        reference: reference(&line.reference),
    }
}

/// The instants of a trade: settle from, partial from, reserve by, deadline.
fn instants(view: &View, start: Moment) -> [Moment; 4] {
    let deadline = view.deadline.at(start);
    let needs_time = matches!(view.execution, Model::Token | Model::Manager(_));
    match view.deadline {
        Limit::After(_) => {
            let life = deadline.saturating_sub(start);
            let reserve_by = if needs_time { start.saturating_add(life / 3 * 2) } else { deadline };
            [start, start, reserve_by, deadline]
        }
        // Two desks with a file each must come to the same terms, whenever they send them.
        Limit::At(_) => {
            let from = midnight(view.trade_date.at(start)).min(deadline);
            let reserve_by = if needs_time { deadline.saturating_sub(EXECUTION_TIME).max(from) } else { deadline };
            [from, from, reserve_by, deadline]
        }
    }
}

fn terms(name: &str, view: &View, start: Moment, ground: &Ground, preimage: &[u8; 32]) -> anyhow::Result<Terms> {
    let leg = |movement: &Movement, from: &AccountId, to: &AccountId| -> anyhow::Result<Leg> {
        let (asset, _) = ground.assets.get(&movement.asset).with_context(|| format!("no asset {}", movement.asset))?;
        let (from, to) = (from.clone(), to.clone());
        Ok(Leg { network: NetworkIndex(0), asset: asset.clone(), amount: movement.amount, from, to })
    };
    let (seller, buyer) = (&view.seller.account, &view.buyer.account);
    let mut legs = Vec::new();
    for movement in &view.deliveries {
        legs.push(leg(movement, seller, buyer)?);
    }
    if let Some(movement) = &view.payment {
        legs.push(leg(movement, buyer, seller)?);
    }
    let [settle_from, partial_from, reserve_by, deadline] = instants(view, start);
    let execution = match &view.execution {
        Model::Immediate => Execution::Immediate,
        Model::Token => Execution::OnToken,
        Model::Hashlock => Execution::Hashlock { hash: H256(sha2_256(preimage)) },
        Model::Manager(manager) => Execution::ByManager {
            manager: manager.account.clone(),
            // Half of what is left once reservations are in: then the parties may settle without the manager.
            manager_by: reserve_by.saturating_add(deadline.saturating_sub(reserve_by) / 2),
        },
    };
    Ok(Terms {
        reference: reference(name),
        networks: BoundedVec::truncate_from(vec![ground.genesis]),
        two_networks: None,
        legs: BoundedVec::truncate_from(legs),
        lots: view.lots,
        trade_date: view.trade_date.at(start),
        settlement_date: view.settle_date.at(start),
        settle_from,
        partial_from,
        reserve_by,
        deadline,
        execution,
        on_incomplete: view.on_incomplete,
    })
}

/// For tests: terms with two legs.
#[cfg(test)]
pub fn example_terms() -> Terms {
    let leg = |asset: u32, amount, from: u8, to: u8| Leg {
        network: NetworkIndex(0),
        asset: AssetId::WithId(asset),
        amount,
        from: AccountId::from([from; 32]),
        to: AccountId::from([to; 32]),
    };
    Terms {
        reference: reference("T-1"),
        networks: BoundedVec::truncate_from(vec![H256([9; 32])]),
        two_networks: None,
        legs: BoundedVec::truncate_from(vec![leg(1, 1_000, 1, 2), leg(2, 10_000, 2, 1)]),
        lots: 10,
        trade_date: tandem_primitives::Date(20_000),
        settlement_date: tandem_primitives::Date(20_002),
        settle_from: 1_000,
        partial_from: 1_000,
        reserve_by: 20_000,
        deadline: 30_000,
        execution: Execution::Immediate,
        on_incomplete: tandem_primitives::OnIncomplete::Complete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{
        participants::Book,
        trades::{self, Overrides},
    };

    const NOON: Moment = 20_000 * 86_400_000 + 43_200_000;

    fn ground() -> Ground {
        let assets = [
            ("QZ0004710017".to_owned(), (AssetId::WithId(7), AssetKind::Security)),
            ("EUR".to_owned(), (AssetId::WithId(1), AssetKind::Cash)),
        ];
        Ground { genesis: H256([9; 32]), assets: assets.into(), seed: [5; 32] }
    }

    fn plan(rows: &str, start: Moment) -> Plan {
        let book = Book::parse(
            "p.toml",
            "participant = [\n\
             {code = \"S\", name = \"S\", lei = \"TNDM00ALPSTEIN000083\", roles = [\"Issuer\"], account = [{label = \"m\", key = \"//S\"}]},\n\
             {code = \"B\", name = \"B\", lei = \"TNDM00NORDHAV0000059\", roles = [\"Trader\"], account = [{label = \"m\", key = \"//B\"}]},\n\
             {code = \"C\", name = \"C\", lei = \"TNDM00CONCORD0000032\", roles = [\"SettlementManager\"], account = [{label = \"m\", key = \"//C\"}]},\n\
             ]\n\
             security = [{isin = \"QZ0004710017\", name = \"X\", decimals = 0, issuer = \"S\"}]\n\
             currency = [{code = \"EUR\", decimals = 2, issuer = \"S\"}]\n",
        )
        .unwrap();
        let head =
            "ref,trade,side,type,trade_date,settle_date,deadline,seller,seller_account,buyer,buyer_account,asset,\
                    quantity,currency,amount,lots,execution,manager";
        let trades = trades::parse("t.csv", &format!("{head}\n{rows}\n"), &book, &Overrides::default()).unwrap();
        Plan::of(&trades[0], start, &ground()).unwrap()
    }

    #[test]
    fn the_same_start_should_give_the_same_ids() {
        let row = "R,T,BOTH,DVP,T,T+2,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,IMMEDIATE,";
        let (first, again) = (plan(row, NOON), plan(row, NOON));
        assert_eq!(first.ids, again.ids);
        assert_ne!(first.ids, plan(row, NOON + 1).ids);
        let terms = &first.terms;
        assert_eq!((terms.settle_from, terms.reserve_by, terms.deadline), (NOON, NOON + 120_000, NOON + 120_000));
        assert_eq!((terms.trade_date.0, terms.settlement_date.0), (20_000, 20_002));
        assert_eq!(terms.legs[0].to, terms.legs[1].from);
        assert_eq!(terms.check(), Ok(()));
        assert_eq!(first.seller.unwrap().terms, first.buyer.unwrap().terms);
    }

    #[test]
    fn an_absolute_deadline_should_give_the_same_ids_whenever_it_is_sent() {
        let row = "R,T,BOTH,DVP,2024-10-04,2024-10-04,2024-10-04T18:00:00Z,S,m,B,m,QZ0004710017,100,EUR,5.00,10,TOKEN,";
        let first = plan(row, NOON);
        assert_eq!(first.ids, plan(row, NOON + 5_000).ids);
        assert_eq!(first.terms.deadline - first.terms.reserve_by, EXECUTION_TIME);
        assert_eq!(first.terms.check(), Ok(()));
    }

    #[test]
    fn tokens_and_managers_should_have_time_after_reservation() {
        for execution in ["TOKEN,", "MANAGER,C"] {
            let row = format!("R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,{execution}");
            let terms = plan(&row, NOON).terms;
            assert_eq!((terms.reserve_by, terms.deadline), (NOON + 80_000, NOON + 120_000));
            assert_eq!(terms.check(), Ok(()));
        }
    }

    #[test]
    fn a_hashlock_should_be_opened_by_its_preimage() {
        let plan = plan("R,T,BOTH,DVP,T,T,+120s,S,m,B,m,QZ0004710017,100,EUR,5.00,10,HASHLOCK,", NOON);
        let hash = H256(sha2_256(&plan.preimage.unwrap()));
        assert_eq!(plan.terms.execution, Execution::Hashlock { hash });
    }

    #[test]
    fn differences_should_name_what_the_sides_say() {
        let plan = plan(
            "R1,T,DELI,DVP,T,T,+30s,S,m,B,m,QZ0004710017,100,EUR,5.00,1,IMMEDIATE,\n\
             R2,T,RECE,DVP,T,T+1,+30s,S,m,B,m,QZ0004710017,110,EUR,5.00,1,IMMEDIATE,",
            NOON,
        );
        assert_eq!(codes(&plan.differences(&ground())), "DQUA+DDAT");
    }
}
