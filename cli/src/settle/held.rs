//! What escrow holds and owes for the trades of a file, and for nobody else's.

use super::plan::Plan;
use crate::chain::{client::At, directory::Listed, holdings::Holding, Chain};
use anyhow::Context;
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::BTreeSet;
use tandem_primitives::{cumulative, AccountId, AssetId, Balance, InstructionView, Payment, VersionedTerms};

/// Number of questions to a node that are under way at a time.
const QUESTIONS: usize = 32;

/// Assets of all of these trades on a network, with what escrow holds for the instructions of those that were sent, and owes to
/// the accounts of all.
pub async fn of(
    chain: &Chain,
    network: usize,
    [all, sent]: [&[Plan]; 2],
    listed: &[Listed],
    at: At,
) -> anyhow::Result<Vec<Holding>> {
    let used: Vec<Listed> = listed.iter().filter(|listed| uses(all, network, &listed.id)).cloned().collect();
    let mut holdings = chain.holdings(&used, at.hash).await?;
    let reserved: Vec<Vec<(AssetId, Balance)>> = stream::iter(sent)
        .map(|plan| async move { reserved(chain, network, plan, at).await })
        .buffer_unordered(QUESTIONS)
        .try_collect()
        .await?;
    let credits = chain.credits(at.hash).await?;
    let accounts: BTreeSet<&AccountId> =
        all.iter().flat_map(|plan| plan.legs_on(network)).flat_map(|(_, leg)| [&leg.from, &leg.to]).collect();
    for holding in &mut holdings {
        holding.escrow =
            sum(reserved.iter().flatten().filter(|(asset, _)| *asset == holding.id).map(|(_, held)| *held));
        let ours = credits.iter().filter(|(asset, account, _)| *asset == holding.id && accounts.contains(account));
        holding.claimable = sum(ours.map(|(_, _, amount)| *amount));
    }
    Ok(holdings)
}

/// True if a leg of the trades is in this asset.
fn uses(plans: &[Plan], network: usize, asset: &AssetId) -> bool {
    plans.iter().flat_map(|plan| plan.legs_on(network)).any(|(_, leg)| leg.asset == *asset)
}

/// Amounts in escrow for one trade, under each id that it may have.
async fn reserved(chain: &Chain, network: usize, plan: &Plan, at: At) -> anyhow::Result<Vec<(AssetId, Balance)>> {
    let mut held = Vec::new();
    for id in plan.ids() {
        if plan.holding() == network {
            let view: Option<InstructionView> = chain.ask("instruction", id, at.hash).await?;
            held.extend(view.as_ref().map(in_instruction).unwrap_or_default());
        } else {
            let payment = chain.payment(id, at.hash).await?;
            held.extend(payment.as_ref().map(in_payment).transpose()?.unwrap_or_default());
        }
    }
    Ok(held)
}

fn in_instruction(view: &InstructionView) -> Vec<(AssetId, Balance)> {
    // A closed instruction has no terms and no legs any more, and nothing in escrow.
    let Some(VersionedTerms::V1(terms)) = &view.terms else { return Vec::new() };
    let legs = terms.legs.iter().zip(&view.legs);
    legs.map(|(leg, state)| (leg.asset.clone(), state.amount_reserved.saturating_add(state.amount_delivered))).collect()
}

fn in_payment(payment: &Payment) -> anyhow::Result<Vec<(AssetId, Balance)>> {
    let VersionedTerms::V1(terms) = &payment.terms;
    let held = payment.legs.iter().map(|state| {
        let leg = terms.legs.get(usize::from(state.leg.0)).context("a leg of a payment")?;
        let until = |lots| cumulative(leg.amount, lots, terms.lots).context("lots of a payment");
        let amount = until(payment.settled.saturating_add(state.reserved))?.saturating_sub(until(payment.settled)?);
        Ok((leg.asset.clone(), amount))
    });
    held.collect()
}

fn sum(amounts: impl Iterator<Item = Balance>) -> Balance {
    amounts.fold(0, Balance::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        files::trades::Pay,
        settle::plan::{example_across, example_terms},
    };
    use tandem_primitives::{LegIndex, LegView, ParticipantId, PaymentLeg, Stage, TrancheIndex};

    #[test]
    fn cli_c7_what_escrow_holds_should_be_that_of_the_files_own_instructions() {
        let terms = VersionedTerms::V1(example_terms());
        let leg = |reserved, delivered| LegView {
            reserved: 6,
            amount_reserved: reserved,
            amount_delivered: delivered,
            token: None,
        };
        let mut view = InstructionView {
            id: [1; 32].into(),
            terms_hash: terms.hash(),
            terms: Some(terms),
            stage: Stage::Matched,
            settled: 0,
            tranches: TrancheIndex(0),
            parties: vec![],
            legs: vec![leg(600, 0), leg(0, 6_000)],
            flags: vec![],
        };
        assert_eq!(in_instruction(&view), [(AssetId::WithId(1), 600), (AssetId::WithId(2), 6_000)]);
        view.terms = None;
        assert_eq!(in_instruction(&view), []);
    }

    #[test]
    fn cli_c7_a_payment_should_count_with_the_lots_that_are_reserved_for_it() {
        let plan = example_across(Pay::Later, |_| {});
        let terms = VersionedTerms::V1(plan.terms.clone());
        let leg = PaymentLeg { leg: LegIndex(1), giver: ParticipantId(2), receiver: ParticipantId(1), reserved: 3 };
        let mut legs = polkadot_sdk::sp_runtime::BoundedVec::new();
        legs.try_push(leg).unwrap();
        let payment = Payment {
            terms_hash: terms.hash(),
            terms,
            instructing: [1; 32].into(),
            settled: 4,
            tranche: TrancheIndex(1),
            commitment: None,
            legs,
        };
        assert_eq!(in_payment(&payment).unwrap(), [(AssetId::WithId(2), 3_000)]);
        assert!(uses(std::slice::from_ref(&plan), 1, &AssetId::WithId(2)));
        assert!(!uses(&[plan], 0, &AssetId::WithId(2)));
    }
}
