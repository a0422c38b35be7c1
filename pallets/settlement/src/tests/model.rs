//! A second, plain reading of the rules: what the chain must know of instructions, balances and credits.
//!
//! `replay.rs` rebuilds it from events alone, `oracle.rs` says from it which calls must succeed. It computes with the smallest means (search instead of ranges, a division instead of a 256-bit product) and shares
//! with the pallet only the types in which the pallet stores what it knows.

use crate::{mock::*, Ends, Instruction, LegState, Open, Party, Points, State};
use std::collections::{BTreeMap, BTreeSet};
use tandem_primitives::{
    AccountId, AssetId, Balance, BlockingReason, Capacity, Execution, FlagKind, InstructionId, Leg, Lots, Moment,
    Outcome, ParticipantId, Policy, Role, Roles, Status, Terms, TermsHash, TokenId, TrancheIndex, VersionedTerms,
};

/// What is known of one instruction.
#[derive(Clone, Debug)]
pub struct Record {
    /// What its parties agree to.
    pub terms: Terms,
    /// What the chain must have under its id.
    pub stored: Instruction,
    /// What every leg has paid so far.
    pub paid: Vec<Balance>,
    /// Whether what the next tranche needs is committed already.
    pub irrevocable: bool,
    /// Whether a delivery went back.
    pub reversed: bool,
}

/// What one call brings that its events do not tell.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The lots that a manager chose, in one call or in one of many; `None` is the largest part.
    pub chosen: Vec<Option<Lots>>,
    /// Whether the call asks to cancel.
    pub cancels: bool,
    /// Whether a party has refused.
    pub rejected: bool,
    /// How it ends, because of what the other network has decided.
    pub decided: Option<Outcome>,
    /// Blocks at which what this call takes back was committed.
    pub released: BTreeMap<InstructionId, Option<u32>>,
}

/// All that the chain must know, and how it came to it.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Consensus time.
    pub now: Moment,
    /// Instructions, open and closed.
    pub records: BTreeMap<InstructionId, Record>,
    /// What everybody has, escrow excepted.
    pub balances: BTreeMap<(AssetId, AccountId), Balance>,
    /// What waits for `claim`.
    pub credits: BTreeMap<(AccountId, AssetId), Balance>,
    /// Statuses that were set, and since when they stand.
    pub statuses: BTreeMap<ParticipantId, (Status, Moment)>,
    /// Roles that were set.
    pub roles: BTreeMap<ParticipantId, Roles>,
    /// Accounts that others have taken the place of.
    pub replaced: BTreeMap<AccountId, AccountId>,
    /// Assets that do not move.
    pub frozen: BTreeSet<AssetId>,
    /// Accounts that cannot send an asset.
    pub stopped: BTreeSet<(AssetId, AccountId)>,
    /// Accounts that can neither send nor receive an asset.
    pub blocked: BTreeSet<(AssetId, AccountId)>,
    /// Agent, principal, capacity.
    pub agents: BTreeSet<(ParticipantId, ParticipantId, Capacity)>,
    /// Tokens that were used, ever.
    pub used: BTreeSet<TokenId>,
}

/// The owner of an account of the mock.
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

/// What `lots` of `of` lots make of the amount. The amounts of these tests are small.
pub fn cumulated(amount: Balance, lots: Lots, of: Lots) -> Balance {
    amount * Balance::from(lots) / Balance::from(of)
}

/// What the lots from `from` up to `to` move.
pub fn moved(amount: Balance, from: Lots, to: Lots, of: Lots) -> Balance {
    cumulated(amount, to, of) - cumulated(amount, from, of)
}

/// Whether all parties take a tranche of `lots`, word for word.
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

/// Whether another network decides.
pub fn across(open: &Open) -> bool {
    open.terms.networks.len() == 2
}

/// The legs of this network.
pub fn here(open: &Open) -> impl Iterator<Item = (&Leg, &LegState)> {
    let genesis = |leg: &Leg| open.terms.networks[usize::from(leg.network.0)];
    open.terms.legs.iter().zip(&open.legs).filter(move |(leg, _)| genesis(leg) == GENESIS)
}

/// The fewest lots reserved on any leg of this network.
pub fn covered(open: &Open) -> Lots {
    here(open).map(|(_, leg)| leg.reserved).min().expect("there is a leg; qed")
}

/// The largest tranche that all take and all reservations cover.
pub fn largest(open: &Open) -> Option<Lots> {
    (1..=covered(open)).rev().find(|lots| takes(open, *lots))
}

/// Whether a party holds it back.
pub fn held(open: &Open) -> bool {
    open.flags.iter().any(|flag| matches!(flag.kind, FlagKind::Party(_)))
}

/// What nobody can take back.
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

    /// The account that has this one's place now.
    pub fn current(&self, account: &AccountId) -> AccountId {
        self.replaced.get(account).map_or_else(|| account.clone(), |next| self.current(next))
    }

    /// The manager of the trade, while it is an active one.
    pub fn manager(&self, open: &Open) -> Option<ParticipantId> {
        let Execution::ByManager { manager, .. } = &open.terms.execution else { return None };
        let manager = owner(&self.current(manager))?;
        (self.has_role(manager, Role::SettlementManager) && self.status(manager) == Status::Active).then_some(manager)
    }

    /// Parties that are sanctioned, each once.
    pub fn sanctioned(&self, open: &Open) -> Vec<ParticipantId> {
        let mut found = Vec::new();
        for participant in open.parties.iter().map(|party| party.participant) {
            if self.status(participant) == Status::Sanctioned && !found.contains(&participant) {
                found.push(participant);
            }
        }
        found
    }

    /// Whether a sanction of another one lets this party out alone.
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

    /// Lots of the tranche that has formed, by a call or by time alone.
    pub fn formed(&self, open: &Open) -> Option<Lots> {
        let by_time = self.now >= open.terms.reserve_by && open.state == State::Matched && committed(open) > 0;
        open.state.formed().or(by_time.then(|| committed(open)))
    }

    /// Flags that count.
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

    /// The open instruction with this id.
    pub fn open(&self, id: InstructionId) -> Option<&Open> {
        match self.records.get(&id).map(|record| &record.stored) {
            Some(Instruction::Open(open)) => Some(open),
            Some(Instruction::Closed(_)) | None => None,
        }
    }

    /// Whether the account can take the asset now.
    pub fn receives(&self, asset: &AssetId, account: &AccountId) -> bool {
        owner(account).is_some_and(|owner| self.status(owner) != Status::Sanctioned)
            && !self.frozen.contains(asset)
            && !self.blocked.contains(&(asset.clone(), account.clone()))
    }

    /// What the account can reserve now.
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

    /// What keeps a formed tranche from settling.
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

    /// What escrow must have of an asset: what is reserved, and what is claimable (I2).
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

    /// A payout out of escrow: to the account that has this place now, or as a credit under it.
    pub fn pay(&mut self, asset: &AssetId, to: &AccountId, amount: Balance) {
        let to = self.current(to);
        if self.receives(asset, &to) {
            *self.balances.entry((asset.clone(), to)).or_default() += amount;
        } else if amount > 0 {
            *self.credits.entry((to, asset.clone())).or_default() += amount;
        }
    }

    /// What must be so whenever a call is over.
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

/// The block in which everything happens now.
pub fn block() -> u32 {
    u32::try_from(System::block_number()).expect("few blocks; qed")
}

/// A trade that nobody has affirmed.
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
