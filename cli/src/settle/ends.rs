//! How trades end, in the words of the `expect` column, once that is final.

use super::{
    drive::{Arrived, Driver, Work},
    journal::{clock, Decided, End},
    plan::{codes, Plan},
};
use crate::{
    chain::client::At,
    files::{
        amounts,
        dates::Limit,
        expect::{Ended as Words, Status},
        trades::Trade,
    },
};
use anyhow::Context;
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{
    cumulative, AccountId, Execution, InstructionView, Lots, Moment, Outcome, RejectReason, Stage, Status as Standing,
};

impl Driver<'_> {
    /// Records the ends that are final now.
    pub(super) async fn conclude(&mut self, works: &mut Vec<Work>, last: &[At]) -> anyhow::Result<()> {
        let mut place = 0;
        while let Some(work) = works.get_mut(place) {
            let are_final = |at: &Vec<u32>| at.iter().zip(last).all(|(at, last)| *at <= last.number);
            let Some((arrived, _)) = work.arrived.clone().filter(|(_, at)| are_final(at)) else {
                place = place.saturating_add(1);
                continue;
            };
            let held = last.get(work.plan.holding()).copied().unwrap_or_default();
            let view: Option<InstructionView> = self.holder(&work.plan)?.ask("instruction", work.id, held.hash).await?;
            let decides = work.plan.deciding().and_then(|on| Some((self.chains.get(on)?, last.get(on)?)));
            let remains = match decides {
                Some((chain, last)) => chain.payment(work.id, last.hash).await?.is_some(),
                None => false,
            };
            if let (Some((chain, last)), Some(view)) = (decides, &view) {
                if self.executed(&work.plan.name) != view.settled || self.is_undecided(&work.plan.name) {
                    self.recall(work, chain, *last).await?;
                }
            }
            let end = match (arrived, view) {
                (_, Some(InstructionView { stage: Stage::Closed { outcome }, settled, .. })) if !remains => {
                    let ended = self.ended(work, outcome, settled);
                    let id = Some(hex::encode(work.id));
                    let executed = self.executed(&work.plan.name);
                    // What was not heard can only add to it: more than was delivered is a breach that is known.
                    let unheard = executed < settled && self.is_unheard(&work.plan.name);
                    let executed = work.plan.deciding().map(|_| executed).filter(|_| !unheard);
                    let begun = self.journal.entry(&work.plan.name).map(|entry| entry.begun);
                    let took = begun.filter(|begun| *begun > 0).map(|begun| clock().saturating_sub(begun));
                    Some(End { ended, id, lots: settled, executed, unheard, took, at: clock() })
                }
                (Arrived::Late(_), None) if self.begins_anew(work) => {
                    self.begin_anew(work, last).await?;
                    place = place.saturating_add(1);
                    continue;
                }
                (Arrived::Refused(reason) | Arrived::Late(reason), None) => {
                    let ended = Words { status: Status::Refused, text: format!("refused:{reason}") };
                    Some(End { ended, id: None, lots: 0, executed: None, unheard: false, took: None, at: clock() })
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
            self.journal.end(&work.plan.name, end);
            works.remove(place);
        }
        Ok(())
    }

    /// Reason for which the chain does not have a trade whose deadline has passed.
    pub(super) fn never_sent(&self, plan: &Plan, now: Moment) -> anyhow::Result<Arrived> {
        let retention: Moment = self.holder(plan)?.constant("Settlement", "Retention")?;
        Ok(if now < plan.closes().saturating_add(retention) {
            Arrived::Late("its deadline passed before it was sent".to_owned())
        } else {
            Arrived::Refused("the chain has no record of it any more, if it ever had one".to_owned())
        })
    }

    /// True for a trade that an earlier run had begun and that has not reached the chain, by final blocks.
    fn begins_anew(&self, work: &Work) -> bool {
        let trade = self.trades.get(work.index);
        trade.is_some_and(|trade| self.journal.is_earlier(&trade.name) && follows_its_start(trade))
    }

    /// Begins a trade anew from the time of these final blocks. That of the chains may have passed the first deadline while
    /// nothing ran here.
    async fn begin_anew(&mut self, work: &mut Work, last: &[At]) -> anyhow::Result<()> {
        let mut now = Moment::MAX;
        for (chain, last) in self.chains.iter().zip(last) {
            now = now.min(chain.now(last.hash).await?);
        }
        let trade = self.trades.get(work.index).context("a trade of the file")?;
        // What is listed now, and where it is listed no more what it was sent with: the chain then says why not.
        let mut assets = self.journal.entry(&trade.name).map(|entry| entry.assets.clone()).unwrap_or_default();
        for (sent, listed) in assets.iter_mut().zip(self.ground.known(trade)) {
            sent.extend(listed);
        }
        self.journal.begin(trade, now, assets);
        *work = self.start(work.index, now)?;
        Ok(())
    }

    /// Lots that the deciding network has executed, by what final blocks said.
    fn executed(&self, trade: &str) -> Lots {
        let decided = self.journal.entry(trade).into_iter().flat_map(|entry| entry.decided.values());
        decided.fold(0, |sum: Lots, decided| match decided {
            // More than all lots is no sum of ours: the comparison with what settled says so.
            Decided::Executed(lots) => sum.saturating_add(*lots),
            Decided::Rejected(_) => sum,
        })
    }

    /// True if nothing was heard of a decision.
    fn is_undecided(&self, trade: &str) -> bool {
        self.journal.entry(trade).is_none_or(|entry| entry.decided.is_empty())
    }

    /// True if it may have decided what could not be read.
    fn is_unheard(&self, trade: &str) -> bool {
        self.journal.entry(trade).is_some_and(|entry| entry.unheard)
    }

    /// Reason for which the deciding network has executed none of the last tranche.
    fn rejected(&self, trade: &str) -> Option<RejectReason> {
        match self.journal.entry(trade)?.decided.values().next_back()? {
            Decided::Rejected(reason) => Some(*reason),
            Decided::Executed(_) => None,
        }
    }

    /// An end in the words of the `expect` column.
    fn ended(&self, work: &Work, outcome: Outcome, settled: u32) -> Words {
        let entry = self.journal.entry(&work.plan.name);
        let (status, text) = match outcome {
            Outcome::Settled => (Status::Settled, "settled".to_owned()),
            Outcome::PartiallySettled => (Status::PartiallySettled, self.part(work, settled)),
            Outcome::Rejected => match self.rejected(&work.plan.name) {
                // Nobody said no there: the time to pay has passed.
                Some(RejectReason::TooLate) => (Status::Expired, "expired".to_owned()),
                Some(reason) => (Status::Rejected, format!("rejected:{reason:?}")),
                None => (Status::Rejected, "rejected".to_owned()),
            },
            Outcome::Cancelled => (Status::Cancelled, "cancelled".to_owned()),
            Outcome::Reversed => (Status::Reversed, "reversed".to_owned()),
            Outcome::Released => (Status::Reversed, "reversed:released".to_owned()),
            Outcome::Expired => {
                let differs = entry.and_then(|entry| entry.mismatch.clone()).or_else(|| {
                    Some(codes(&work.plan.differences(&self.ground_of(&work.plan.name))))
                        .filter(|codes| !codes.is_empty())
                });
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
                let decimals = self.books.of(leg.network).asset(&movement.asset).map_or(0, |asset| asset.decimals);
                amounts::format(cumulative(leg.amount, settled, terms.lots).unwrap_or_default(), decimals)
            })
            .collect();
        let (deliveries, payment) = moved.split_at(view.deliveries.len().min(moved.len()));
        [&["partial".to_owned(), deliveries.join("+")], payment].concat().join(":")
    }

    /// Parties of the trade that are not active, in words: `GREYMARK is suspended`.
    pub(super) async fn standing_of(&self, plan: &Plan, at: H256) -> anyhow::Result<Option<String>> {
        let registered = self.holder(plan)?.participants(at).await?;
        let book = self.books.of(plan.terms.holding());
        let mut accounts: Vec<&AccountId> =
            plan.legs_on(plan.holding()).flat_map(|(_, leg)| [&leg.from, &leg.to]).collect();
        if let Execution::ByManager { manager, .. } = &plan.terms.execution {
            accounts.push(manager);
        }
        let mut words: Vec<String> = Vec::new();
        for account in accounts {
            let code = book.owner_of(account).map_or_else(|| account.to_string(), |(owner, _)| owner.code.clone());
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

/// True for a trade whose last instant counts from its start, so that it can begin anew after that.
fn follows_its_start(trade: &Trade) -> bool {
    let Some(view) = trade.instructing().map(|line| &line.view) else { return false };
    let limit = view.across.as_ref().map_or(view.deadline, |across| across.pay_by);
    matches!(limit, Limit::After(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::journal::{Identity, Journal};

    #[test]
    fn cli_c11_what_never_reached_the_chain_should_begin_anew_once() {
        let relative = crate::files::trades::across::tests::row(|row| row).unwrap();
        assert!(follows_its_start(&relative));
        let across = relative.lines[0].view.across.clone();
        let mut absolute = relative.clone();
        if let Some(across) = &mut absolute.lines[0].view.across {
            across.pay_by = Limit::At(5);
        }
        assert!(!follows_its_start(&absolute));
        absolute.lines[0].view.across = None;
        assert!(follows_its_start(&absolute) && across.is_some());
        absolute.lines[0].view.deadline = Limit::At(5);
        assert!(!follows_its_start(&absolute));

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tandem.json");
        let chain = Identity::of(H256([1; 32]), H256([2; 32]));
        let mut journal = Journal::open(&path, chain.clone(), false).unwrap();
        journal.begin(&relative, 1_000, Vec::new());
        assert!(!journal.is_earlier(&relative.name), "one that this run has sent too late is refused");
        journal.save().unwrap();
        let mut again = Journal::open(&path, chain, false).unwrap();
        assert!(again.is_earlier(&relative.name));
        again.begin(&relative, 70_000, Vec::new());
        assert!(!again.is_earlier(&relative.name));
        assert_eq!(again.entry(&relative.name).unwrap().start, 70_000);
    }
}
