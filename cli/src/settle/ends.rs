//! How trades end, in the words of the `expect` column, once that is final.

use super::{
    drive::{Arrived, Driver, Work},
    journal::End,
    plan::{codes, Plan},
};
use crate::{
    chain::client::At,
    files::{
        amounts,
        expect::{Ended as Words, Status},
    },
};
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{cumulative, AccountId, Execution, InstructionView, Outcome, Stage, Status as Standing};

impl Driver<'_> {
    /// Records the ends that are final now.
    pub(super) async fn conclude(&mut self, works: &mut Vec<Work>, last: At) -> anyhow::Result<()> {
        let mut place = 0;
        while let Some(work) = works.get_mut(place) {
            let Some((arrived, _)) = work.arrived.clone().filter(|(_, at)| *at <= last.number) else {
                place = place.saturating_add(1);
                continue;
            };
            let view: Option<InstructionView> = self.chain.ask("instruction", work.id, last.hash).await?;
            let end = match (arrived, view) {
                (_, Some(InstructionView { stage: Stage::Closed { outcome }, settled, .. })) => {
                    let ended = self.ended(work, outcome, settled);
                    Some(End { ended, id: Some(hex::encode(work.id)), lots: settled })
                }
                (Arrived::Refused(reason), None) => {
                    let ended = Words { status: Status::Refused, text: format!("refused:{reason}") };
                    Some(End { ended, id: None, lots: 0 })
                }
                // The block in which it ended did not become final: it goes on from what is.
                (_, _) => None,
            };
            let Some(end) = end else {
                work.arrived = None;
                work.awake = true;
                place = place.saturating_add(1);
                continue;
            };
            if let Some(entry) = self.journal.entry_mut(&work.plan.name) {
                entry.ended = Some(end);
            }
            works.remove(place);
        }
        Ok(())
    }

    /// An end in the words of the `expect` column.
    fn ended(&self, work: &Work, outcome: Outcome, settled: u32) -> Words {
        let entry = self.journal.entry(&work.plan.name);
        let (status, text) = match outcome {
            Outcome::Settled => (Status::Settled, "settled".to_owned()),
            Outcome::PartiallySettled => (Status::PartiallySettled, self.part(work, settled)),
            Outcome::Rejected => (Status::Rejected, "rejected".to_owned()),
            Outcome::Cancelled => (Status::Cancelled, "cancelled".to_owned()),
            Outcome::Reversed => (Status::Reversed, "reversed".to_owned()),
            Outcome::Released => (Status::Reversed, "reversed:released".to_owned()),
            Outcome::Expired => {
                let differs = entry
                    .and_then(|entry| entry.mismatch.clone())
                    .or_else(|| Some(codes(&work.plan.differences(self.ground))).filter(|codes| !codes.is_empty()));
                let alone = work.plan.seller.is_none() || work.plan.buyer.is_none() || work.proposed;
                let matched = entry.is_some_and(|entry| entry.matched);
                let text = match differs {
                    Some(codes) if !matched => format!("unmatched:{codes}"),
                    None if !matched && alone => "expired:unmatched".to_owned(),
                    _ => "expired".to_owned(),
                };
                (Status::Expired, text)
            }
        };
        Words { status, text }
    }

    /// `partial:600:6000.00`: what moved of the deliveries, and of the payment.
    fn part(&self, work: &Work, settled: u32) -> String {
        let terms = &work.plan.terms;
        let Some(view) = self.trades.get(work.index).and_then(|trade| trade.lines.first()).map(|line| &line.view)
        else {
            return "partial".to_owned();
        };
        let movements = view.deliveries.iter().chain(&view.payment).zip(&terms.legs);
        let moved: Vec<String> = movements
            .map(|(movement, leg)| {
                let decimals = self.book.asset(&movement.asset).map_or(0, |asset| asset.decimals);
                amounts::format(cumulative(leg.amount, settled, terms.lots).unwrap_or_default(), decimals)
            })
            .collect();
        let (deliveries, payment) = moved.split_at(view.deliveries.len().min(moved.len()));
        [&["partial".to_owned(), deliveries.join("+")], payment].concat().join(":")
    }

    /// Which party of the trade is not active, in words: `GREYMARK is suspended`.
    pub(super) async fn standing_of(&self, plan: &Plan, at: H256) -> anyhow::Result<Option<String>> {
        let registered = self.chain.participants(at).await?;
        let mut accounts: Vec<&AccountId> = plan.terms.legs.iter().flat_map(|leg| [&leg.from, &leg.to]).collect();
        if let Execution::ByManager { manager, .. } = &plan.terms.execution {
            accounts.push(manager);
        }
        let mut words: Vec<String> = Vec::new();
        for account in accounts {
            let code = self.book.owner_of(account).map_or_else(|| account.to_string(), |(owner, _)| owner.code.clone());
            let owner = registered.iter().find(|participant| participant.accounts.contains(account));
            let word = match owner.map(|owner| owner.status) {
                Some(Standing::Active) => continue,
                Some(status) => format!("{code} is {}", format!("{status:?}").to_lowercase()),
                None => format!("{code} is not registered"),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Ok(Some(words.join(", ")).filter(|words| !words.is_empty()))
    }
}
