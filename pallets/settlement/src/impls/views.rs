//! Answers to clients' queries. They change nothing, and no call uses them.

use crate::{policy::parts_of, Config, Instruction, Instructions, Open, Pallet, State};
use alloc::vec::Vec;
use tandem_primitives::{
    cumulative, share, token_id, AccountId, AssetId, Balance, BlockingReason, Controller, Directory, Escrow, Execution,
    FinalityPoints, InstructionId, InstructionView, LegIndex, LegView, Lots, ParticipantId, PartyView, Position, Stage,
    TokenId, TokenStatus, TrancheView,
};

impl<T: Config> Controller for Pallet<T> {
    fn holds(asset: &AssetId) -> Balance {
        Self::reserved_in_total(asset)
    }
}

impl<T: Config> Pallet<T> {
    /// State, parties, legs and flags of the stored instruction; of a closed one only its outcome and numbers.
    pub(crate) fn view_of(id: InstructionId, stored: Instruction) -> InstructionView {
        match stored {
            Instruction::Closed(closed) => InstructionView {
                id,
                terms_hash: closed.terms_hash,
                terms: None,
                stage: Stage::Closed { outcome: closed.outcome },
                settled: closed.lots,
                tranches: closed.tranches,
                parties: Vec::new(),
                legs: Vec::new(),
                flags: Vec::new(),
            },
            Instruction::Open(open) => InstructionView {
                id,
                terms_hash: open.terms_hash,
                stage: match open.state {
                    State::Proposed => Stage::Proposed,
                    State::Matched => Stage::Matched,
                    State::Formed { lots } => Stage::Formed { lots },
                    State::Executing { lots } => Stage::Executing { lots },
                    State::Committed { lots } => Stage::Committed { lots },
                },
                settled: open.settled,
                tranches: open.tranche,
                parties: open
                    .parties
                    .iter()
                    .map(|party| PartyView {
                        participant: party.participant,
                        account: party.account.clone(),
                        affirmed: party.affirmed,
                        policy: party.policy,
                        priority: party.priority,
                        reference: party.reference.clone(),
                        cancel_until: party.cancel_until,
                    })
                    .collect(),
                legs: Self::leg_views(id, &open),
                flags: Self::holding_back(&open, Self::now()).collect(),
                terms: Some(open.terms),
            },
        }
    }

    fn leg_views(id: InstructionId, open: &Open) -> Vec<LegView> {
        (0u8..)
            .map(LegIndex)
            .zip(open.terms.legs.iter().zip(&open.legs))
            .map(|(index, (leg, state))| {
                let part = |lots: Lots| share(leg.amount, open.settled, lots, open.terms.lots).unwrap_or(0);
                let formed = open.state.formed();
                let delivered = formed.filter(|_| state.token == Some(TokenStatus::Consumed)).map_or(0, part);
                LegView {
                    reserved: state.reserved,
                    amount_reserved: part(state.reserved).saturating_sub(delivered),
                    amount_delivered: delivered,
                    token: state.token.map(|status| {
                        let lots = formed.unwrap_or(state.reserved);
                        (token_id(id, index, open.tranche), T::Directory::current_account(&leg.to), lots, status)
                    }),
                }
            })
            .collect()
    }

    /// Tokens of the current tranche. For each: its leg, its id, the account that holds it, the lots that it executes,
    /// and its status.
    pub(crate) fn tokens_of(
        id: InstructionId,
        stored: &Instruction,
    ) -> Vec<(LegIndex, TokenId, AccountId, Lots, TokenStatus)> {
        let Instruction::Open(open) = stored else { return Vec::new() };
        (0u8..)
            .map(LegIndex)
            .zip(Self::leg_views(id, open))
            .filter_map(|(index, leg)| {
                leg.token.map(|(token, holder, lots, status)| (index, token, holder, lots, status))
            })
            .collect()
    }

    /// All reasons why the stored instruction cannot settle now.
    pub(crate) fn reasons_of(stored: &Instruction) -> Vec<BlockingReason> {
        let open = match stored {
            Instruction::Open(open) => open,
            Instruction::Closed(_) => return alloc::vec![BlockingReason::Closed],
        };
        let now = Self::now();
        let mut reasons = Vec::new();
        for party in open.parties.iter().filter(|party| !party.affirmed) {
            // A participant can be a party with several of its accounts.
            let reason = BlockingReason::NotAffirmed(party.participant);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        // What is covered at `reserve_by` has formed then, whether anybody has looked or not.
        let formed_by_time =
            open.state == State::Matched && !open.is_across() && now >= open.terms.reserve_by && open.next_part() > 0;
        match open.state {
            State::Matched if formed_by_time => Self::awaiting(open, &mut reasons),
            State::Proposed | State::Matched => {
                for (leg, _, state, _) in open.local() {
                    let missing = open.remaining().saturating_sub(state.reserved);
                    if missing > 0 {
                        reasons.push(BlockingReason::NotReserved { leg, missing });
                    }
                }
                let part = parts_of(open).largest(open.covered());
                if part.is_none() {
                    reasons.push(BlockingReason::NoAllowedPart);
                }
                // What is covered can settle before the whole is, and only the manager says when.
                let managed = matches!(open.terms.execution, Execution::ByManager { .. });
                if managed && part.is_some() && open.state == State::Matched {
                    reasons.push(BlockingReason::AwaitingManager);
                } else if open.terms.two_networks.is_some() && part.is_some() {
                    reasons.push(BlockingReason::NotCommitted);
                }
                if now >= open.terms.reserve_by {
                    reasons.push(BlockingReason::PastReserveBy);
                }
            }
            State::Formed { .. } | State::Executing { .. } => Self::awaiting(open, &mut reasons),
            State::Committed { .. } => reasons.push(BlockingReason::Committed),
        }
        reasons.extend(Self::blockers(open, now));
        // Under `Immediate` the deadline alone keeps nothing from settling that has formed.
        let formed = formed_by_time || open.state.formed().is_some();
        if formed && open.terms.execution == Execution::Immediate && !open.is_across() {
            let only_late = reasons.iter().all(|reason| *reason == BlockingReason::PastDeadline);
            reasons.retain(|_| !only_late);
        }
        if matches!(open.state, State::Proposed | State::Matched) && !formed_by_time {
            reasons.extend(Self::asset_blockers(open));
        }
        reasons
    }

    fn awaiting(open: &Open, reasons: &mut Vec<BlockingReason>) {
        match open.terms.execution {
            Execution::Immediate => {}
            Execution::OnToken => {
                for (index, leg) in (0u8..).map(LegIndex).zip(&open.legs) {
                    if leg.token != Some(TokenStatus::Consumed) {
                        reasons.push(BlockingReason::TokenNotConsumed(index));
                    }
                }
            }
            Execution::ByManager { .. } => reasons.push(BlockingReason::AwaitingManager),
            Execution::Hashlock { .. } => {
                if !open.all_consumed() {
                    reasons.push(BlockingReason::AwaitingPreimage);
                }
            }
        }
    }

    /// Tranche that has formed or is committed, or else that would form from the lots reserved now. `None` if no part
    /// is covered that all parties accept, or while a party's flag is set.
    pub(crate) fn next_tranche_of(stored: &Instruction) -> Option<TrancheView> {
        let Instruction::Open(open) = stored else { return None };
        let lots = Some(open.next_part()).filter(|lots| *lots > 0)?;
        let end = open.settled.checked_add(lots)?;
        let legs = || open.terms.legs.iter().zip(&open.legs);
        Some(TrancheView {
            lots,
            amounts: legs()
                .map(|(leg, _)| share(leg.amount, open.settled, lots, open.terms.lots))
                .collect::<Option<_>>()?,
            surplus: legs()
                .map(|(leg, state)| match state.ends {
                    Some(_) => share(leg.amount, end, state.reserved.checked_sub(lots)?, open.terms.lots),
                    None => Some(0),
                })
                .collect::<Option<_>>()?,
        })
    }

    /// Ids of the open instructions that name the participant as a party and that it has not affirmed. Reads every
    /// instruction.
    pub fn allegements(participant: ParticipantId) -> Vec<InstructionId> {
        Instructions::<T>::iter()
            .filter_map(|(id, instruction)| match instruction {
                Instruction::Open(open) => {
                    let mut own = open.parties.iter().filter(|party| party.participant == participant);
                    own.any(|party| !party.affirmed).then_some(id)
                }
                Instruction::Closed(_) => None,
            })
            .collect()
    }

    /// Positions of the account in those of these assets in which it has or awaits anything. Reads every instruction.
    pub fn positions(account: &AccountId, assets: impl Iterator<Item = AssetId>) -> Vec<Position> {
        let mut positions: Vec<Position> = assets
            .map(|asset| Position {
                available: T::Escrow::available(&asset, account),
                reserved: 0,
                provisional_in: 0,
                provisional_out: 0,
                claimable: T::Escrow::claimable(account, &asset),
                total: 0,
                asset,
            })
            .collect();
        // One at a time: together they could be more than the runtime's memory holds.
        for instruction in Instructions::<T>::iter_values() {
            match instruction {
                Instruction::Open(open) => {
                    for position in &mut positions {
                        Self::add_to_position(position, account, &open);
                    }
                }
                Instruction::Closed(_) => (),
            }
        }
        positions
            .into_iter()
            .map(|mut position| {
                // A sum of parts of one supply: it cannot exceed the supply, which fits.
                position.total = position
                    .available
                    .saturating_add(position.reserved)
                    .saturating_add(position.provisional_out)
                    .saturating_add(position.claimable);
                position
            })
            .filter(|position| position.total > 0 || position.provisional_in > 0)
            .collect()
    }

    fn add_to_position(position: &mut Position, account: &AccountId, open: &Open) {
        for (_, leg, state, _) in open.local().filter(|(_, leg, _, _)| leg.asset == position.asset) {
            let part = |lots: Lots| share(leg.amount, open.settled, lots, open.terms.lots).unwrap_or(0);
            let formed = open.state.formed().filter(|_| state.token == Some(TokenStatus::Consumed));
            let delivered: Balance = formed.map_or(0, part);
            if T::Directory::current_account(&leg.from) == *account {
                let reserved = part(state.reserved).saturating_sub(delivered);
                position.reserved = position.reserved.saturating_add(reserved);
                position.provisional_out = position.provisional_out.saturating_add(delivered);
            }
            if T::Directory::current_account(&leg.to) == *account {
                position.provisional_in = position.provisional_in.saturating_add(delivered);
            }
        }
    }

    /// Block numbers at which the instruction reached the points of settlement finality.
    pub(crate) fn points_of(stored: &Instruction) -> FinalityPoints {
        let points = match stored {
            Instruction::Open(open) => open.points,
            Instruction::Closed(closed) => closed.points,
        };
        FinalityPoints {
            entered: Some(points.entered),
            irrevocable: points.irrevocable,
            last_tranche: points.last_tranche,
        }
    }

    /// Amount of the asset that open instructions have in escrow, in its smallest unit. Reads every instruction.
    pub fn reserved_in_total(asset: &AssetId) -> Balance {
        Instructions::<T>::iter_values()
            .map(|instruction| match instruction {
                Instruction::Open(open) => open
                    .local()
                    .filter(|(_, leg, _, _)| leg.asset == *asset)
                    .filter_map(|(_, leg, state, _)| {
                        let end = cumulative(leg.amount, open.settled.checked_add(state.reserved)?, open.terms.lots)?;
                        end.checked_sub(cumulative(leg.amount, open.settled, open.terms.lots)?)
                    })
                    .fold(0, Balance::saturating_add),
                Instruction::Closed(_) => 0,
            })
            .fold(0, Balance::saturating_add)
    }
}
