//! What each line of the file becomes on the chain: terms, parties, and the id of the instruction.

use super::journal::Known;
use crate::{
    chain::calls::reference,
    files::{
        dates::{midnight, Limit},
        trades::{Across, End, Execution as Model, Line, Movement, Pay, Side, Trade, View},
    },
};
use anyhow::Context;
use polkadot_sdk::{
    sp_core::H256,
    sp_io::hashing::{blake2_256, sha2_256},
    sp_runtime::BoundedVec,
};
use std::collections::{BTreeMap, BTreeSet};
use tandem_primitives::{
    instruction_id, AccountId, AssetId, AssetKind, Execution, InstructionId, Leg, LegIndex, ManagedBy, Moment,
    NetworkIndex, PartyTerms, Quantity, Term, Terms, TwoNetworks, VersionedTerms,
};

/// Before an absolute deadline, how long tokens and managers have after the last reservation.
const EXECUTION_TIME: Moment = 60_000;

/// Across two networks, the least time from the last commitment to the pay deadline. More than the chains ask for, as a
/// block may be late.
const COMMIT_TIME: Moment = 40_000;

/// Assets and networks that trades refer to, found on the chains once.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The only network, or the asset network and the payment network.
    pub networks: Vec<Network>,
    /// From which the secrets of hashlocks follow.
    pub seed: [u8; 32],
}

/// Assets that trades refer to on one chain.
#[derive(Clone, Debug)]
pub struct Network {
    /// The chain's first block.
    pub genesis: H256,
    /// The asset behind each code, and what it is.
    pub assets: BTreeMap<String, (AssetId, AssetKind)>,
}

impl Ground {
    /// Assets that a trade refers to, by code, for each network; those that are not on their network are left out.
    pub fn known(&self, trade: &Trade) -> Vec<BTreeMap<String, Known>> {
        let movements = trade.lines.iter().flat_map(|line| line.view.deliveries.iter().chain(&line.view.payment));
        let codes: BTreeSet<&String> = movements.map(|movement| &movement.asset).collect();
        let of = |network: &Network| {
            let found = codes.iter().filter_map(|code| Some(((*code).clone(), network.assets.get(*code)?.into())));
            found.collect()
        };
        self.networks.iter().map(of).collect()
    }

    /// Ground of a trade that was sent with these assets: it goes on with them, whatever is listed now.
    pub fn with(&self, sent: &[BTreeMap<String, Known>]) -> Self {
        let mut ground = self.clone();
        for (network, sent) in ground.networks.iter_mut().zip(sent) {
            network.assets.extend(sent.iter().map(|(code, known)| (code.clone(), known.into())));
        }
        ground
    }

    fn network(&self, network: NetworkIndex) -> anyhow::Result<&Network> {
        self.networks.get(usize::from(network.0)).context("a network of the trades")
    }
}

/// One side of a trade that a line of the file speaks for.
#[derive(Clone, Debug)]
pub struct Party {
    /// The account that signs.
    pub account: AccountId,
    /// The side's view of the terms.
    pub terms: VersionedTerms,
    /// Part of the instruction that is the side's own.
    pub own: PartyTerms,
    /// Quantity that it reserves; `None` to hold back.
    pub reserve: Option<Quantity>,
}

/// A trade on its way.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Common reference of the trade.
    pub name: String,
    /// Terms that the first side of the file has.
    pub terms: Terms,
    /// The side that puts it on the chain, if the file speaks for it.
    pub seller: Option<Party>,
    /// The side that pays.
    pub buyer: Option<Party>,
    /// The id that it has if the seller instructs, and the one if the buyer does.
    pub ids: [InstructionId; 2],
    /// The accounts that would instruct then.
    pub instructing: [AccountId; 2],
    /// The secret of its hashlock.
    pub preimage: Option<[u8; 32]>,
    /// Behaviour of the parties on the network that decides, if there are two.
    pub pay: Option<Pay>,
}

impl Plan {
    /// Ids that it may have: if the file speaks for one side only, the other's desk may have instructed.
    pub fn ids(&self) -> Vec<InstructionId> {
        let [by_seller, by_buyer] = self.ids;
        if self.seller.is_some() && self.buyer.is_some() {
            vec![by_seller]
        } else {
            vec![by_seller, by_buyer]
        }
    }

    /// The network that holds the instruction.
    pub fn holding(&self) -> usize {
        usize::from(self.terms.holding().0)
    }

    /// The network that decides, of two.
    pub fn deciding(&self) -> Option<usize> {
        self.terms.deciding().map(|network| usize::from(network.0))
    }

    /// From when nothing of it can be committed or settle any more on the network that holds it, unless it is committed.
    pub fn closes(&self) -> Moment {
        if self.terms.two_networks.is_some() {
            self.terms.reserve_by
        } else {
            self.terms.deadline
        }
    }

    /// Quantity that a party reserves as it instructs or affirms. Where the payer reserves ahead, nobody else does before that is final.
    pub fn reserves_with_its_word(&self, party: &Party) -> Option<Quantity> {
        party.reserve.filter(|_| self.pay != Some(Pay::Ahead))
    }

    /// The legs on a network.
    pub fn legs_on(&self, network: usize) -> impl Iterator<Item = (LegIndex, &Leg)> {
        let legs = (0u8..).map(LegIndex).zip(&self.terms.legs);
        legs.filter(move |(_, leg)| usize::from(leg.network.0) == network)
    }

    /// Plans a trade whose relative times count from `start`. The same file, start and chain give the same plan.
    pub fn of(trade: &Trade, start: Moment, ground: &Ground) -> anyhow::Result<Self> {
        // A trade that is sent anew has another start, and so a secret that nobody has seen.
        let preimage = blake2_256(&[&ground.seed[..], &start.to_le_bytes()[..], trade.name.as_bytes()].concat());
        let mut seller = None;
        let mut buyer = None;
        // Sides that differ in the settlement date differ in that alone, and not in the instants that follow from it.
        let due = midnight(trade.instructing().context("a trade has a line")?.view.settle_date.at(start));
        for line in &trade.lines {
            let terms = terms(&trade.name, &line.view, due, start, ground, &preimage)?;
            let party = |account: &AccountId| Party {
                account: account.clone(),
                terms: VersionedTerms::V1(terms.clone()),
                own: own(line),
                reserve: line.reserve.then_some(Quantity::UpTo(line.view.lots)),
            };
            let [sells, buys] = line.view.holders();
            match line.side {
                Side::Both => {
                    seller = Some(party(&sells.account));
                    buyer = Some(party(&buys.account));
                }
                Side::Deli => seller = Some(party(&sells.account)),
                Side::Rece => buyer = Some(party(&buys.account)),
            }
        }
        let first = seller.as_ref().or(buyer.as_ref()).context("a trade has a line")?;
        let VersionedTerms::V1(first_terms) = &first.terms;
        let view = &trade.lines.first().context("a trade has a line")?.view;
        let [sells, buys] = view.holders();
        let ends = [
            seller.as_ref().map_or(&sells.account, |party| &party.account),
            buyer.as_ref().map_or(&buys.account, |party| &party.account),
        ];
        let hash = first.terms.hash();
        let holding = ground.network(first_terms.holding())?.genesis;
        let instructing = ends.map(Clone::clone);
        let ids = ends.map(|account| instruction_id(holding, account, hash));
        let hashlock = matches!(first_terms.execution, Execution::Hashlock { .. });
        Ok(Self {
            name: trade.name.clone(),
            terms: first_terms.clone(),
            ids,
            instructing,
            preimage: hashlock.then_some(preimage),
            seller,
            buyer,
            pay: view.across.as_ref().map(|across| across.pay),
        })
    }

    /// The terms in which the two sides of the file differ, by their codes.
    pub fn differences(&self, ground: &Ground) -> Vec<Term> {
        let (Some(seller), Some(buyer)) = (&self.seller, &self.buyer) else { return Vec::new() };
        let (VersionedTerms::V1(mine), VersionedTerms::V1(theirs)) = (&seller.terms, &buyer.terms);
        let assets: Vec<&(AssetId, AssetKind)> =
            ground.networks.iter().flat_map(|network| network.assets.values()).collect();
        let is_cash = |asset: &AssetId| assets.iter().any(|(id, kind)| id == asset && *kind == AssetKind::Cash);
        mine.differences(theirs, is_cash)
    }
}

/// ISO codes of terms, each once, joined with `+`.
pub fn codes(terms: &[Term]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for term in terms {
        let code = term.iso_code().as_str();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes.join("+")
}

fn own(line: &Line) -> PartyTerms {
    PartyTerms {
        on_behalf_of: None,
        account: None,
        policy: line.policy,
        priority: line.priority,
        reference: reference(&line.reference),
    }
}

impl View {
    /// Seller and buyer, with their accounts on the network that holds the instruction.
    fn holders(&self) -> [&End; 2] {
        match &self.across {
            Some(across) if across.held_on() == across.payment_on() => [&across.seller, &across.buyer],
            Some(_) | None => [&self.seller, &self.buyer],
        }
    }
}

/// First instant at which a trade may settle: once it is sent, and not before `due`.
fn settle_from(view: &View, due: Moment, start: Moment) -> Moment {
    match view.deadline {
        Limit::After(_) => start.max(due),
        // Two desks with a file each must come to the same terms, whenever they send them.
        Limit::At(_) => due,
    }
}

/// Instants of a trade across two networks: settle from, partial from, reserve by, pay deadline, deadline.
fn instants_across(view: &View, across: &Across, due: Moment, start: Moment) -> [Moment; 5] {
    let deadline = view.deadline.at(start);
    let pay_deadline = across.pay_by.at(start);
    let from = settle_from(view, due, start);
    // Half of the time for what happens on the network that holds the instruction, and half for the other one.
    let half = match across.pay_by {
        Limit::After(_) => pay_deadline.saturating_sub(from.max(start)) / 2,
        Limit::At(_) => 0,
    };
    let reserve_by = pay_deadline.saturating_sub(half.max(COMMIT_TIME)).max(from);
    [from, from, reserve_by, pay_deadline, deadline]
}

/// Instants of a trade: settle from, partial from, reserve by, deadline.
fn instants(view: &View, due: Moment, start: Moment) -> [Moment; 4] {
    let deadline = view.deadline.at(start);
    let from = settle_from(view, due, start);
    let reserve_by = match (&view.execution, view.deadline) {
        (Model::Immediate | Model::Hashlock, _) => deadline,
        (Model::Token | Model::Manager(_), Limit::After(_)) => {
            from.saturating_add(deadline.saturating_sub(from) / 3 * 2)
        }
        (Model::Token | Model::Manager(_), Limit::At(_)) => deadline.saturating_sub(EXECUTION_TIME).max(from),
    };
    [from, from, reserve_by, deadline]
}

/// Terms of a view of the trade. `due` is the first instant of its settlement date.
fn terms(
    name: &str,
    view: &View,
    due: Moment,
    start: Moment,
    ground: &Ground,
    preimage: &[u8; 32],
) -> anyhow::Result<Terms> {
    let leg = |network: NetworkIndex, movement: &Movement, from: &End, to: &End| -> anyhow::Result<Leg> {
        let assets = &ground.network(network)?.assets;
        let (asset, _) = assets.get(&movement.asset).with_context(|| format!("no asset {}", movement.asset))?;
        let (from, to) = (from.account.clone(), to.account.clone());
        Ok(Leg { network, asset: asset.clone(), amount: movement.amount, from, to })
    };
    let across = view.across.as_ref();
    let mut legs = Vec::new();
    for movement in &view.deliveries {
        let network = across.map_or(NetworkIndex(0), |across| across.delivery_on);
        legs.push(leg(network, movement, &view.seller, &view.buyer)?);
    }
    if let Some(movement) = &view.payment {
        legs.push(match across {
            Some(across) => leg(across.payment_on(), movement, &across.buyer, &across.seller)?,
            None => leg(NetworkIndex(0), movement, &view.buyer, &view.seller)?,
        });
    }
    let ([settle_from, partial_from, reserve_by, deadline], two_networks) = match across {
        None => (instants(view, due, start), None),
        Some(across) => {
            let [settle_from, partial_from, reserve_by, pay_deadline, deadline] =
                instants_across(view, across, due, start);
            let managed_by = across.manager.as_ref().map(|manager| ManagedBy {
                manager: manager.account.clone(),
                // Half of the least time that is left once everything is committed.
                manager_by: reserve_by.saturating_add(pay_deadline.saturating_sub(reserve_by) / 2),
            });
            let two = TwoNetworks { commit_on: across.commit_on, pay_deadline, managed_by };
            ([settle_from, partial_from, reserve_by, deadline], Some(two))
        }
    };
    let manager_by = if across.is_some() {
        // A tranche is committed before `reserve_by`: a silent manager must have been given up before that.
        reserve_by.saturating_sub((reserve_by.saturating_sub(settle_from) / 2).min(COMMIT_TIME))
    } else {
        // Half of what is left once reservations are in: then the parties may settle without the manager.
        reserve_by.saturating_add(deadline.saturating_sub(reserve_by) / 2)
    };
    let execution = match &view.execution {
        Model::Immediate => Execution::Immediate,
        Model::Token => Execution::OnToken,
        Model::Hashlock => Execution::Hashlock { hash: H256(sha2_256(preimage)) },
        Model::Manager(manager) => Execution::ByManager { manager: manager.account.clone(), manager_by },
    };
    Ok(Terms {
        reference: reference(name),
        networks: BoundedVec::truncate_from(ground.networks.iter().map(|network| network.genesis).collect()),
        two_networks,
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

#[cfg(test)]
#[path = "plan_examples.rs"]
mod examples;
#[cfg(test)]
pub use examples::{example_across, example_terms};

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
