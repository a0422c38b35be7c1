//! Test model: a second, plain implementation of the rules for instructions, balances and credits.
//!
//! `replay.rs` fills it from events alone, and `oracle.rs` says from it which calls must succeed. It uses the simplest
//! means (search in place of ranges, a division in place of a 256-bit product) and shares with the pallet only the
//! stored types.

use crate::{mock::*, Ends, Instruction, LegState, Open, Party, Points, State};
use std::collections::{BTreeMap, BTreeSet};
use tandem_primitives::{
    AccountId, AssetId, Balance, BlockingReason, Capacity, Execution, FlagKind, InstructionId, Leg, Lots, Moment,
    Outcome, ParticipantId, Policy, Rights, Role, Roles, Status, Terms, TermsHash, TokenId, TrancheIndex,
    VersionedTerms,
};

/// Test model of one instruction.
#[derive(Clone, Debug)]
pub struct Record {
    /// Terms that the parties affirm.
    pub terms: Terms,
    /// Record that the chain must have stored under the instruction's id.
    pub stored: Instruction,
    /// Amount that each leg has paid so far, in the order of the terms.
    pub paid: Vec<Balance>,
    /// True once lots for the next tranche are irrevocable.
    pub irrevocable: bool,
    /// True once a delivered leg has gone back.
    pub reversed: bool,
}

/// Facts about one call that the model needs and the events do not tell.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Numbers of lots that the manager chose, one for each `settle` or `commit`; `None` for the largest part.
    pub chosen: Vec<Option<Lots>>,
    /// True if the call is `cancel`.
    pub cancels: bool,
    /// True once the events of the call include a rejection.
    pub rejected: bool,
    /// Outcome that the other network's decision, or a governed release, brings about.
    pub decided: Option<Outcome>,
    /// Block at which the lots that this call releases had become irrevocable, by instruction.
    pub released: BTreeMap<InstructionId, Option<u32>>,
}

/// Test model of the chain: all that it must have stored, and the facts that led to it.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Consensus time, in milliseconds.
    pub now: Moment,
    /// Instructions by id, open and closed.
    pub records: BTreeMap<InstructionId, Record>,
    /// Balances of all accounts except the escrow account.
    pub balances: BTreeMap<(AssetId, AccountId), Balance>,
    /// Credits that wait for `claim`.
    pub credits: BTreeMap<(AccountId, AssetId), Balance>,
    /// Status of each participant that was changed, and the instant of the change.
    pub statuses: BTreeMap<ParticipantId, (Status, Moment)>,
    /// Roles of each participant whose roles were changed.
    pub roles: BTreeMap<ParticipantId, Roles>,
    /// Rights of each account whose rights were changed; every other account has all.
    pub rights: BTreeMap<AccountId, Rights>,
    /// Replaced accounts, each with the account that took its place.
    pub replaced: BTreeMap<AccountId, AccountId>,
    /// Frozen assets, which do not move.
    pub frozen: BTreeSet<AssetId>,
    /// Accounts that are frozen for an asset: they can receive it, but not send it.
    pub stopped: BTreeSet<(AssetId, AccountId)>,
    /// Accounts that are blocked for an asset: they can neither send nor receive it.
    pub blocked: BTreeSet<(AssetId, AccountId)>,
    /// Appointed agents: the agent, its principal and its capacity.
    pub agents: BTreeSet<(ParticipantId, ParticipantId, Capacity)>,
    /// Tokens that were consumed at any time.
    pub used: BTreeSet<TokenId>,
}

/// Test helper: participant that owns an account of the test chain.
pub fn owner(account: &AccountId) -> Option<ParticipantId> {
    let first: &[u8; 32] = account.as_ref();
    match first[0] {
        number @ 1..=10 => Some(ParticipantId(u32::from(number) - 1)),
        number @ 101..=102 => Some(ParticipantId(u32::from(number) - 101)),
        // Accounts that take the place of others: ten for each.
        number @ 110..=199 => Some(ParticipantId((u32::from(number) - 110) / 10)),
        _ => None,
    }
}

/// Test model: amount that the first `lots` of `of` lots move. The product must fit, as the amounts of the tests are
/// small.
pub fn cumulated(amount: Balance, lots: Lots, of: Lots) -> Balance {
    amount * Balance::from(lots) / Balance::from(of)
}

/// Test model: amount that the lots after `from`, up to `to`, move of `amount` for `of` lots.
pub fn moved(amount: Balance, from: Lots, to: Lots, of: Lots) -> Balance {
    cumulated(amount, to, of) - cumulated(amount, from, of)
}

/// Test model: true if all parties accept a tranche of `lots`, by the policies' definitions word for word.
pub fn takes(open: &Open, lots: Lots) -> bool {
    let (of, settled) = (open.terms.lots, open.settled);
    if lots == 0 || settled + lots > of {
        return false;
    }
    let rest = of - settled - lots;
    let whole_only = matches!(open.terms.execution, Execution::Hashlock { .. });
    let all_take = open.parties.iter().all(|party| match party.policy {
        Policy::Npar => lots == of,
        Policy::Part => true,
        Policy::Parq { min_lots } => lots >= min_lots && (rest == 0 || rest >= min_lots),
        Policy::Parc { leg, min_amount } => {
            let amount = open.terms.legs[usize::from(leg.0)].amount;
            moved(amount, settled, settled + lots, of) >= min_amount
                && (rest == 0 || moved(amount, settled + lots, of, of) >= min_amount)
        }
    });
    all_take && (!whole_only || lots == of)
}

/// Test model: true if the trade is across two networks.
pub fn across(open: &Open) -> bool {
    open.terms.networks.len() == 2
}

/// Test model: legs of this network with their states.
pub fn here(open: &Open) -> impl Iterator<Item = (&Leg, &LegState)> {
    let genesis = |leg: &Leg| open.terms.networks[usize::from(leg.network.0)];
    open.terms.legs.iter().zip(&open.legs).filter(move |(leg, _)| genesis(leg) == GENESIS)
}

/// Test model: smallest number of lots reserved on any leg of this network.
pub fn covered(open: &Open) -> Lots {
    here(open).map(|(_, leg)| leg.reserved).min().expect("there is a leg; qed")
}

/// Test model: number of lots of the largest part that every leg covers and all parties accept.
pub fn largest(open: &Open) -> Option<Lots> {
    (1..=covered(open)).rev().find(|lots| takes(open, *lots))
}

/// Test model: true while a party's flag is set.
pub fn held(open: &Open) -> bool {
    open.flags.iter().any(|flag| matches!(flag.kind, FlagKind::Party(_)))
}

/// Test model: number of lots that no party alone can take back.
pub fn committed(open: &Open) -> Lots {
    match open.state {
        State::Proposed => 0,
        State::Matched if held(open) || across(open) => 0,
        State::Matched => largest(open).unwrap_or(0),
        State::Formed { lots } | State::Executing { lots } | State::Committed { lots } => lots,
    }
}

impl Model {
    pub fn status(&self, participant: ParticipantId) -> Status {
        self.statuses.get(&participant).map(|(status, _)| *status).unwrap_or_default()
    }

    pub fn has_role(&self, participant: ParticipantId, role: Role) -> bool {
        let at_first = match participant.0 {
            0..=2 => Role::Trader,
            3 => Role::Custodian,
            4 => Role::SettlementBank,
            5 => Role::SettlementManager,
            6 => Role::Regulator,
            7 => Role::Operator,
            8 => Role::Issuer,
            _ => Role::Auditor,
        };
        self.roles.get(&participant).map_or(role == at_first, |roles| roles.has(role))
    }

    /// Account that has taken the place of this one by replacement, or this one.
    pub fn current(&self, account: &AccountId) -> AccountId {
        self.replaced.get(account).map_or_else(|| account.clone(), |next| self.current(next))
    }

    /// Manager that the terms name; `None` if it is no active settlement manager.
    pub fn manager(&self, open: &Open) -> Option<ParticipantId> {
        let Execution::ByManager { manager, .. } = &open.terms.execution else { return None };
        let manager = owner(&self.current(manager))?;
        (self.has_role(manager, Role::SettlementManager) && self.status(manager) == Status::Active).then_some(manager)
    }

    /// Parties of the instruction that are sanctioned, each participant once.
    pub fn sanctioned(&self, open: &Open) -> Vec<ParticipantId> {
        let mut found = Vec::new();
        for participant in open.parties.iter().map(|party| party.participant) {
            if self.status(participant) == Status::Sanctioned && !found.contains(&participant) {
                found.push(participant);
            }
        }
        found
    }

    /// True if the sanction of another party lets this party leave the trade without the consent of the others.
    pub fn freed(&self, open: &Open, party: ParticipantId) -> bool {
        let sanctioned = self.sanctioned(open);
        let long =
            |other: &ParticipantId| self.statuses.get(other).is_some_and(|since| since.1 + SANCTION_GRACE <= self.now);
        let formed = match open.state {
            State::Proposed => false,
            State::Matched => self.now >= open.terms.reserve_by && committed(open) > 0,
            State::Formed { .. } => true,
            State::Executing { .. } | State::Committed { .. } => return false,
        };
        !sanctioned.contains(&party) && !sanctioned.is_empty() && (!formed || sanctioned.iter().any(long))
    }

    /// Number of lots of the tranche that a call has formed, or that counts as formed since `reserve_by`.
    pub fn formed(&self, open: &Open) -> Option<Lots> {
        let by_time = self.now >= open.terms.reserve_by && open.state == State::Matched && committed(open) > 0;
        open.state.formed().or(by_time.then(|| committed(open)))
    }

    /// Flags that hold back settlement now, without the flag of a manager whose time has passed.
    pub fn holding_back(&self, open: &Open) -> Vec<FlagKind> {
        let counts = |kind: &FlagKind| match (kind, &open.terms.execution) {
            (FlagKind::Independent(of), Execution::ByManager { manager_by, .. }) => {
                self.now < *manager_by && self.manager(open) == Some(*of)
            }
            _ => true,
        };
        open.flags.iter().map(|flag| flag.kind).filter(counts).collect()
    }

    pub fn balance(&self, asset: &AssetId, account: &AccountId) -> Balance {
        self.balances.get(&(asset.clone(), account.clone())).copied().unwrap_or_default()
    }

    /// Open instruction with this id; `None` if it is closed or there is none.
    pub fn open(&self, id: InstructionId) -> Option<&Open> {
        match self.records.get(&id).map(|record| &record.stored) {
            Some(Instruction::Open(open)) => Some(open),
            Some(Instruction::Closed(_)) | None => None,
        }
    }

    /// True if the account can receive the asset now.
    pub fn receives(&self, asset: &AssetId, account: &AccountId) -> bool {
        owner(account).is_some_and(|owner| self.status(owner) != Status::Sanctioned)
            && !self.frozen.contains(asset)
            && !self.blocked.contains(&(asset.clone(), account.clone()))
    }

    /// Amount of the asset that the account can reserve now.
    pub fn available(&self, asset: &AssetId, account: &AccountId) -> Balance {
        let key = (asset.clone(), account.clone());
        let moves = owner(account).is_some_and(|owner| self.status(owner) == Status::Active)
            && !self.replaced.contains_key(account)
            && !self.frozen.contains(asset)
            && !self.stopped.contains(&key)
            && !self.blocked.contains(&key);
        if moves {
            self.balance(asset, account)
        } else {
            0
        }
    }

    /// All reasons for which a formed tranche of the instruction cannot settle now.
    pub fn blockers(&self, open: &Open) -> Vec<BlockingReason> {
        let mut reasons = Vec::new();
        if self.now < open.terms.settle_from {
            reasons.push(BlockingReason::NotBefore(open.terms.settle_from));
        }
        if self.now >= open.terms.deadline {
            reasons.push(BlockingReason::PastDeadline);
        }
        reasons.extend(self.holding_back(open).into_iter().map(BlockingReason::Flagged));
        reasons.extend(self.sanctioned(open).into_iter().map(BlockingReason::Sanctioned));
        reasons
    }

    /// Amount of the asset that escrow must hold: what is reserved and what is claimable (I2).
    pub fn held(&self, asset: &AssetId) -> Balance {
        let reserved = self.records.values().filter_map(|record| match &record.stored {
            Instruction::Open(open) => Some(open),
            Instruction::Closed(_) => None,
        });
        let reserved = reserved.flat_map(|open| open.terms.legs.iter().zip(&open.legs).map(move |pair| (open, pair)));
        let reserved: Balance = reserved
            .filter(|(_, (leg, _))| leg.asset == *asset)
            .map(|(open, (leg, state))| moved(leg.amount, open.settled, open.settled + state.reserved, open.terms.lots))
            .sum();
        let credits = self.credits.iter().filter(|((_, of), _)| of == asset);
        reserved + credits.map(|(_, amount)| amount).sum::<Balance>()
    }

    pub fn give(&mut self, asset: &AssetId, from: &AccountId, amount: Balance) {
        let balance = self.balances.entry((asset.clone(), self.current(from))).or_default();
        *balance = balance.checked_sub(amount).expect("nobody gives what it does not have");
    }

    /// Pays `amount` out of escrow: to the account that has taken the place of `to`, or as its credit.
    pub fn pay(&mut self, asset: &AssetId, to: &AccountId, amount: Balance) {
        let to = self.current(to);
        if self.receives(asset, &to) {
            *self.balances.entry((asset.clone(), to)).or_default() += amount;
        } else if amount > 0 {
            *self.credits.entry((to, asset.clone())).or_default() += amount;
        }
    }

    /// Asserts what must hold after each call: parties, state, flags and coverage of every open instruction agree.
    pub fn check_at_rest(&self) {
        for record in self.records.values() {
            let Instruction::Open(open) = &record.stored else { continue };
            let affirmed = open.parties.iter().all(|party| party.affirmed);
            assert_eq!(affirmed, open.state != State::Proposed, "what all have affirmed is matched");
            if open.state == State::Matched {
                let whole = covered(open) == open.terms.lots - open.settled;
                assert!(!whole || held(open) || across(open), "the completed whole forms");
                assert_eq!(record.irrevocable, committed(open) > 0, "what is covered is committed");
            } else if open.state != State::Proposed {
                assert!(!held(open), "no party holds back what is irrevocable");
                assert_eq!(across(open), matches!(open.state, State::Committed { .. }), "one network decides");
            }
        }
    }
}

/// Test helper: number of the current block.
pub fn block() -> u32 {
    u32::try_from(System::block_number()).expect("few blocks; qed")
}

/// Test model: open instruction with these terms, which nobody has affirmed.
pub fn proposed(terms: Terms, terms_hash: TermsHash, instructing: AccountId) -> Open {
    let owned = |account: &AccountId| owner(account).expect("legs are between participants; qed");
    let mut parties: Vec<Party> = Vec::new();
    let mut legs = Vec::new();
    for leg in &terms.legs {
        let here = terms.networks[usize::from(leg.network.0)] == GENESIS;
        let ends = here.then(|| Ends { giver: owned(&leg.from), receiver: owned(&leg.to) });
        legs.push(LegState { ends, reserved: 0, token: None });
    }
    let local = || terms.legs.iter().zip(&legs).filter(|(_, state)| state.ends.is_some()).map(|(leg, _)| leg);
    for account in local().flat_map(|leg| [&leg.from, &leg.to]) {
        let participant = owned(account);
        let both = local().any(|leg| owned(&leg.from) == participant && owned(&leg.to) == participant);
        let account = both.then(|| account.clone());
        if parties.iter().all(|party| (party.participant, &party.account) != (participant, &account)) {
            let (priority, reference, policy) = (0, Default::default(), Policy::Part);
            let (affirmed, cancel_until) = (false, None);
            parties.push(Party {
                participant,
                account,
                affirmed,
                affirmed_itself: false,
                policy,
                priority,
                reference,
                cancel_until,
            });
        }
    }
    Open {
        terms: VersionedTerms::V1(terms),
        terms_hash,
        instructing,
        parties: parties.try_into().expect("few; qed"),
        legs: legs.try_into().expect("few; qed"),
        state: State::Proposed,
        settled: 0,
        tranche: TrancheIndex(0),
        flags: Default::default(),
        points: Points { entered: block(), ..Points::default() },
    }
}
