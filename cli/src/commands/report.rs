//! `tandem report`: one instruction, with everything that keeps it from settling.

use super::who;
use crate::{
    args::{Common, Report},
    chain::{connect, directory::Listed, directory::Registered},
    fault::fault,
    files::{amounts, dates, participants::Book},
    output,
    settle::assets::number,
};
use serde_json::{json, Value};
use tandem_primitives::{
    AccountId, AssetId, Balance, BlockingReason, FinalityPoints, FlagKind, InstructionId, InstructionView, LegIndex,
    ParticipantId, Stage, VersionedTerms,
};

/// Names behind numbers and accounts.
struct Names {
    book: Option<Book>,
    registered: Vec<Registered>,
    assets: Vec<Listed>,
}

/// Runs the command `tandem report`.
pub async fn run(common: &Common, arguments: &Report) -> anyhow::Result<()> {
    let id = parse_id(&arguments.id)?;
    let book = who::book(common)?;
    let chain = connect(&common.url, "--url").await?;
    let at = chain.best().await?.hash;
    let last = chain.finalized().await?.hash;
    let view: Option<InstructionView> = chain.ask("instruction", id, at).await?;
    let view = view.ok_or_else(|| {
        fault(format!("{} is no instruction on this chain, or is past its retention; check the id", arguments.id))
    })?;
    let final_view: Option<InstructionView> = chain.ask("instruction", id, last).await?;
    let is_final = final_view.as_ref() == Some(&view);
    let reasons: Vec<BlockingReason> = chain.ask("blocking_reasons", id, at).await?;
    let points: Option<FinalityPoints> = chain.ask("finality", id, at).await?;
    let points = points.unwrap_or_default();
    let names = Names { book, registered: chain.participants(at).await?, assets: chain.assets(at).await? };
    output::answer(common.output, names.json(&view, &reasons, points, is_final), || {
        names.text(&view, &reasons, points, is_final)
    })
}

/// An instruction's id from its 64 hexadecimal digits.
pub fn parse_id(text: &str) -> anyhow::Result<InstructionId> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let bytes: Option<[u8; 32]> = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(InstructionId::from)
        .ok_or_else(|| fault(format!("{text} is no id of an instruction; write 0x and 64 hexadecimal digits")))
}

impl Names {
    fn participant(&self, id: ParticipantId) -> String {
        let found = self.registered.iter().find(|participant| participant.id == id);
        found.map_or_else(|| format!("participant {}", id.0), |found| who::name(found, self.book.as_ref()))
    }

    /// The code or the name of the account's owner; with the account's label where the file has one.
    fn account(&self, account: &AccountId) -> String {
        if self.book.as_ref().is_some_and(|book| book.owner_of(account).is_some()) {
            return who::account(account, self.book.as_ref());
        }
        let owner = self.registered.iter().find(|participant| participant.accounts.contains(account));
        owner.map_or_else(|| account.to_string(), |owner| owner.name.clone())
    }

    fn amount(&self, asset: &AssetId, amount: Balance) -> String {
        let found = self.assets.iter().find(|listed| listed.id == *asset);
        found.map_or_else(
            || format!("{amount} of {asset:?}"),
            |found| {
                let asset = who::asset(found, &self.assets, self.book.as_ref());
                format!("{} {asset}", amounts::format(amount, found.decimals))
            },
        )
    }

    fn reason(&self, reason: &BlockingReason) -> String {
        let leg = |leg: &LegIndex| format!("leg {}", leg.0);
        match reason {
            BlockingReason::NotAffirmed(party) => format!("{} has not affirmed", self.participant(*party)),
            BlockingReason::NotReserved { leg: index, missing } => format!("{} lacks {missing} lots", leg(index)),
            BlockingReason::NoAllowedPart => "what is reserved is no part that all parties take".to_owned(),
            BlockingReason::NotBefore(instant) => format!("it settles from {}", dates::format(*instant)),
            BlockingReason::Flagged(flag) => format!("it is held back by {}", self.flag(flag)),
            BlockingReason::AssetNotLive(index) => format!("the asset of {} does not move now", leg(index)),
            BlockingReason::Sanctioned(party) => format!("{} is sanctioned", self.participant(*party)),
            BlockingReason::TokenNotConsumed(index) => format!("the token of {} is not used", leg(index)),
            BlockingReason::AwaitingManager => "the settlement manager has not decided".to_owned(),
            BlockingReason::AwaitingPreimage => "nobody has shown the secret".to_owned(),
            BlockingReason::PastReserveBy => "the time to reserve has passed".to_owned(),
            BlockingReason::PastDeadline => "the deadline has passed".to_owned(),
            BlockingReason::Committed => "the other network decides".to_owned(),
            BlockingReason::Closed => "it is over".to_owned(),
            BlockingReason::NotCommitted => "the other network has not committed it, as far as is known".to_owned(),
        }
    }

    fn flag(&self, flag: &FlagKind) -> String {
        match flag {
            FlagKind::Party(party) => self.participant(*party),
            FlagKind::Operator => "the operator".to_owned(),
            FlagKind::Authority => "the regulator".to_owned(),
            FlagKind::Independent(manager) => format!("{}, a settlement manager", self.participant(*manager)),
        }
    }

    fn legs(&self, view: &InstructionView) -> Vec<Vec<String>> {
        let Some(VersionedTerms::V1(terms)) = &view.terms else { return Vec::new() };
        let legs = (0u8..).zip(terms.legs.iter().zip(&view.legs));
        legs.map(|(index, (leg, state))| {
            let token = state.token.as_ref();
            vec![
                index.to_string(),
                self.amount(&leg.asset, leg.amount),
                self.account(&leg.from),
                self.account(&leg.to),
                format!("{} of {}", state.reserved, terms.lots.saturating_sub(view.settled)),
                token.map_or_else(|| "none yet".to_owned(), |(_, _, lots, status)| format!("{status:?}, {lots} lots")),
                token.map_or_else(String::new, |(id, _, _, _)| format!("0x{}", hex::encode(id))),
            ]
        })
        .collect()
    }

    /// The legs for programs: numbers as numbers, and addresses beside names.
    fn json_legs(&self, view: &InstructionView) -> Vec<Value> {
        let Some(VersionedTerms::V1(terms)) = &view.terms else { return Vec::new() };
        let legs = (0u8..).zip(terms.legs.iter().zip(&view.legs));
        legs.map(|(index, (leg, state))| {
            let listed = self.assets.iter().find(|listed| listed.id == leg.asset);
            let token = state.token.as_ref().map(|(id, _, lots, status)| {
                json!({ "id": format!("0x{}", hex::encode(id)), "lots": lots, "status": format!("{status:?}") })
            });
            json!({
                "leg": index, "asset": listed.map(|listed| &listed.code), "number": number(&leg.asset),
                "amount": amounts::format(leg.amount, listed.map_or(0, |listed| listed.decimals)),
                "from": leg.from.to_string(), "from_name": self.account(&leg.from),
                "to": leg.to.to_string(), "to_name": self.account(&leg.to),
                "reserved_lots": state.reserved, "token": token,
            })
        })
        .collect()
    }

    fn text(
        &self,
        view: &InstructionView,
        reasons: &[BlockingReason],
        points: FinalityPoints,
        is_final: bool,
    ) -> String {
        let block = |block: Option<u32>| block.map_or_else(|| "not yet".to_owned(), |block| format!("block {block}"));
        let mut lines = vec![
            format!("instruction  0x{}", hex::encode(view.id)),
            format!(
                "state        {}, {}",
                stage(&view.stage),
                if is_final { "final" } else { "included, not final yet" }
            ),
        ];
        if let Some(VersionedTerms::V1(terms)) = &view.terms {
            lines.push(format!("reference    {}", String::from_utf8_lossy(&terms.reference)));
            lines.push(format!("settled      {} of {} lots in {} tranches", view.settled, terms.lots, view.tranches.0));
            lines.push(format!("reserve by   {}", dates::format(terms.reserve_by)));
            lines.push(format!("deadline     {}", dates::format(terms.deadline)));
        } else {
            lines.push(format!("settled      {} lots in {} tranches", view.settled, view.tranches.0));
        }
        lines.push(format!(
            "finality     entered {}, irrevocable {}, last tranche {}",
            block(points.entered),
            block(points.irrevocable),
            block(points.last_tranche)
        ));
        if !view.parties.is_empty() {
            let rows = view.parties.iter().map(|party| {
                vec![
                    self.participant(party.participant),
                    if party.affirmed { "yes" } else { "no" }.to_owned(),
                    // What it takes is its own to say, with its word.
                    if party.affirmed { format!("{:?}", party.policy) } else { "not said yet".to_owned() },
                    party.priority.to_string(),
                    String::from_utf8_lossy(&party.reference).into_owned(),
                ]
            });
            lines.push(output::table(&["party", "affirmed", "takes", ">priority", "own reference"], rows));
        }
        let legs = self.legs(view);
        if !legs.is_empty() {
            lines.push(output::table(&[">leg", ">whole", "from", "to", ">lots reserved", "token", "token id"], legs));
        }
        if reasons.is_empty() {
            lines.push("nothing keeps it from settling".to_owned());
        } else {
            lines.push("what keeps it from settling:".to_owned());
            lines.extend(reasons.iter().map(|reason| format!("  - {}", self.reason(reason))));
        }
        lines.join("\n")
    }

    fn json(
        &self,
        view: &InstructionView,
        reasons: &[BlockingReason],
        points: FinalityPoints,
        is_final: bool,
    ) -> Value {
        let parties: Vec<Value> = view
            .parties
            .iter()
            .map(|party| {
                json!({
                    "participant": party.participant.0, "name": self.participant(party.participant),
                    "affirmed": party.affirmed, "policy": party.affirmed.then_some(party.policy),
                    "priority": party.priority, "reference": String::from_utf8_lossy(&party.reference),
                })
            })
            .collect();
        let terms = view.terms.as_ref().map(|VersionedTerms::V1(terms)| {
            json!({
                "reference": String::from_utf8_lossy(&terms.reference), "lots": terms.lots,
                "trade_date": dates::format_day(terms.trade_date),
                "settlement_date": dates::format_day(terms.settlement_date),
                "settle_from": dates::format(terms.settle_from), "partial_from": dates::format(terms.partial_from),
                "reserve_by": dates::format(terms.reserve_by), "deadline": dates::format(terms.deadline),
            })
        });
        let legs = self.json_legs(view);
        let blocking: Vec<Value> =
            reasons.iter().map(|reason| json!({ "reason": name(reason), "text": self.reason(reason) })).collect();
        let outcome = match &view.stage {
            Stage::Closed { outcome } => Some(name(outcome)),
            Stage::Proposed
            | Stage::Matched
            | Stage::Formed { .. }
            | Stage::Executing { .. }
            | Stage::Committed { .. } => None,
        };
        json!({
            "id": format!("0x{}", hex::encode(view.id)), "state": name(&view.stage), "outcome": outcome,
            "final": is_final, "terms_hash": format!("0x{}", hex::encode(view.terms_hash)), "terms": terms,
            "settled_lots": view.settled, "tranches": view.tranches.0, "parties": parties, "legs": legs,
            "flags": view.flags.iter().map(|flag| self.flag(flag)).collect::<Vec<_>>(), "blocking": blocking,
            "finality": {
                "entered": points.entered, "irrevocable": points.irrevocable, "last_tranche": points.last_tranche,
            },
        })
    }
}

/// The name of a variant, without what it holds.
fn name(variant: &impl std::fmt::Debug) -> String {
    format!("{variant:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn stage(stage: &Stage) -> String {
    match stage {
        Stage::Proposed => "proposed".to_owned(),
        Stage::Matched => "matched".to_owned(),
        Stage::Formed { lots } => format!("a tranche of {lots} lots has formed"),
        Stage::Executing { lots } => format!("a tranche of {lots} lots is being executed"),
        Stage::Committed { lots } => format!("{lots} lots are committed to the other network"),
        Stage::Closed { outcome } => format!("closed, {outcome:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_should_be_that_of_the_variant() {
        assert_eq!(name(&Stage::Formed { lots: 6 }), "Formed");
        assert_eq!(name(&BlockingReason::NotReserved { leg: LegIndex(0), missing: 4 }), "NotReserved");
        assert_eq!(name(&BlockingReason::PastDeadline), "PastDeadline");
    }

    #[test]
    fn parse_id_should_take_hexadecimal_with_or_without_prefix() {
        let digits = "ab".repeat(32);
        assert_eq!(parse_id(&digits).unwrap(), parse_id(&format!("0x{digits}")).unwrap());
        assert_eq!(
            parse_id("0x12").unwrap_err().to_string(),
            "0x12 is no id of an instruction; write 0x and 64 hexadecimal digits"
        );
    }
}
