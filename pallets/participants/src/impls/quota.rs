//! Admission of a transaction by the guard: the standing of all accounts for which it acts, its participant's quota,
//! and its place in the block.

use crate::{
    types::{
        AccountRecord, Allowance, BlockShares, BlockUse, GoverningUse, LaneUse, Opened, QuotaUse, Resources,
        MAX_ORIGINS,
    },
    Access, Accounts, BlockLanes, Body, Classified, Config, Decider, Effective, Error, Event, Governors, GuardRefusal,
    Lane, Pallet, Quota,
};
use alloc::vec::Vec;
use polkadot_sdk::*;

use frame_support::{
    dispatch::{DispatchClass, DispatchInfo},
    ensure,
    traits::Get,
};
use sp_runtime::{traits::Zero, DispatchResult, Perbill, SaturatedConversion};
use tandem_primitives::{AccountId, ParticipantId, Role, Status};

/// Part of a block that a transaction has used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// Participant's own share of the block; counts towards its quota of the period.
    Ordinary,
    /// Participant's own share of the block, after the transaction's lane was full; counts towards its quota too.
    Overflow,
    /// Lane of finishing calls, which complete what exists.
    Finishing,
    /// Lane of calls that carry proofs.
    Proof,
    /// Half of the participant's part of the lane of finishing calls, for an account without any right. It costs the
    /// participant no quota, so that a key whose rights were taken cannot use that up.
    Rightless,
    /// Signer's share of the block's reserve for those who govern; also counts the ordinary calls of their accounts.
    Governing,
}

/// Admission of a transaction, with what is to be charged for it.
// One lives for the time of one transaction: a box would cost more than it saves.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Admission {
    /// Admitted without a charge: the key of `Sudo` sent it.
    Free,
    /// Admitted and charged to a participant.
    Charged {
        /// Charge of the transaction, which is corrected once it has run.
        charge: Charge,
        /// Counters of the participant with this transaction counted, to be stored.
        quota: QuotaUse,
        /// Counters of the block's lanes with this transaction counted, to be stored; `None` if they did not change.
        lanes: Option<LaneUse>,
    },
}

/// Charge that a participant bears for one transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Charge {
    /// Participant that is charged.
    pub participant: ParticipantId,
    /// Account that signed the transaction, which has a share of its own of the reserve for those who govern.
    pub signer: AccountId,
    /// Part of the block that the transaction has used.
    pub place: Place,
    /// Time and bytes that the transaction declared.
    pub declared: Resources,
    /// State that the transaction opens, as it was counted.
    pub opened: Opened,
    /// True if the participant was starting: what it used of the block is counted with that of the others.
    pub is_starting: bool,
}

impl<T: Config> Pallet<T> {
    /// Admits a transaction of `signer` and computes its charge, or gives the refusal. Stores nothing.
    pub(crate) fn admit(
        signer: &AccountId,
        found: &Classified,
        info: &DispatchInfo,
        bytes: usize,
    ) -> Result<Admission, GuardRefusal> {
        let by_key = |origin: &Effective| origin.access == Access::Chain && origin.account == *signer;
        if !found.effective.is_empty() && found.effective.iter().all(by_key) {
            return Ok(Admission::Free);
        }
        let record = Self::check_standings(signer, &found.effective)?;
        let declared = Resources { time: info.total_weight().ref_time(), bytes: bytes.try_into().unwrap_or(u64::MAX) };
        let mut quota = Self::current(Quota::<T>::get(record.participant));
        let allowance = Self::allowance_in(&quota);
        quota.open(&found.opened, &allowance)?;
        let mut lanes = BlockLanes::<T>::get();
        let before = lanes;
        let place = match (info.class, found.lane) {
            (DispatchClass::Operational, lane) => Self::take_governing(&record, signer, lane, declared, &mut quota)?,
            (DispatchClass::Normal | DispatchClass::Mandatory, _) if Self::is_rightless(&record) => {
                Self::take_rightless(declared, &mut quota, &mut lanes)?
            }
            // A quota of all accounts together could be used up by one stolen key, and none of the others would hold a
            // trade back or approve a claw-back.
            (DispatchClass::Normal | DispatchClass::Mandatory, Lane::Ordinary) if Self::governs(record.roles) => {
                Self::take_governing(&record, signer, Lane::Ordinary, declared, &mut quota)?
            }
            (DispatchClass::Normal | DispatchClass::Mandatory, lane) => {
                Self::take_lane(&record, lane, declared, &mut quota, &mut lanes)?
            }
        };
        let charge = Charge {
            participant: record.participant,
            signer: signer.clone(),
            place,
            declared,
            opened: found.opened,
            is_starting: quota.is_starting,
        };
        Ok(Admission::Charged { charge, quota, lanes: (lanes != before).then_some(lanes) })
    }

    /// Checks the signer and every account for which it acts, each read once. Gives the signer's record.
    fn check_standings(signer: &AccountId, effective: &[Effective]) -> Result<AccountRecord, GuardRefusal> {
        let record = Accounts::<T>::get(signer).ok_or(GuardRefusal::NotRegistered)?;
        let acts = || effective.iter().filter(|origin| origin.access != Access::Chain);
        // Whoever only passes a call on needs the standing and a right for it as well.
        let strictest = acts().map(|origin| origin.access).max();
        Self::check_standing(&record, strictest.unwrap_or(Access::Start))?;
        let rightless = strictest.is_some() && acts().all(|origin| origin.rightless);
        if Self::is_rightless(&record) && !rightless {
            return Err(GuardRefusal::NotAuthorized);
        }
        let mut others: Vec<(&AccountId, AccountRecord)> = Vec::new();
        for origin in acts() {
            if origin.account == *signer {
                Self::check_standing(&record, origin.access)?;
                Self::check_role(&record, origin)?;
                continue;
            }
            if let Some((_, other)) = others.iter().find(|(account, _)| **account == origin.account) {
                Self::check_standing(other, origin.access)?;
                Self::check_role(other, origin)?;
                continue;
            }
            // The signer is one of them.
            if others.len().saturating_add(1) >= MAX_ORIGINS as usize {
                return Err(GuardRefusal::TooManyOrigins);
            }
            let other = Accounts::<T>::get(&origin.account).ok_or(GuardRefusal::NotRegistered)?;
            Self::check_standing(&other, origin.access)?;
            Self::check_role(&other, origin)?;
            others.push((&origin.account, other));
        }
        Ok(record)
    }

    fn check_standing(record: &AccountRecord, access: Access) -> Result<(), GuardRefusal> {
        if record.replaced_by.is_some() {
            return Err(GuardRefusal::Replaced);
        }
        match (record.status, access) {
            (Status::Active, _)
            | (Status::Suspended, Access::Chain | Access::Veto | Access::Claim | Access::Finish)
            | (Status::Sanctioned, Access::Veto)
            | (Status::Revoked, Access::Chain | Access::Claim) => Ok(()),
            (Status::Sanctioned, Access::Chain | Access::Claim | Access::Finish | Access::Start) => {
                Err(GuardRefusal::Sanctioned)
            }
            (Status::Suspended, Access::Start) | (Status::Revoked, Access::Veto | Access::Finish | Access::Start) => {
                Err(GuardRefusal::NotActive)
            }
        }
    }

    /// True if the account has no right at all, as a stolen one whose rights were taken, and does not govern by its
    /// role.
    fn is_rightless(record: &AccountRecord) -> bool {
        record.rights.is_none() && !Self::governs(record.roles)
    }

    fn check_role(record: &AccountRecord, origin: &Effective) -> Result<(), GuardRefusal> {
        if Self::is_rightless(record) && !origin.rightless {
            return Err(GuardRefusal::NotAuthorized);
        }
        // `pallet-assets` knows no rights of accounts: here a lowered key of an issuer makes no supply and freezes nobody.
        if origin.moves && !record.rights.can_move() {
            return Err(origin.without_role);
        }
        let mut asked = origin.roles.iter().peekable();
        if asked.peek().is_none() || asked.any(|role| record.roles.has(role)) {
            return Ok(());
        }
        Err(origin.without_role)
    }

    /// Number of the current block.
    fn block() -> u32 {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// Allowance of the participant with these counters.
    fn allowance_in(quota: &QuotaUse) -> Allowance {
        let usual = || if quota.is_starting { T::StartingAllowance::get() } else { T::Allowance::get() };
        quota.allowance.unwrap_or_else(usual)
    }

    /// Lets a new participant begin with the starting allowance.
    pub(crate) fn begin_starting(participant: ParticipantId) {
        let quota = QuotaUse { is_starting: true, ..Default::default() };
        Quota::<T>::insert(participant, Self::current(quota));
    }

    /// Counters of a participant brought up to this block: what was counted for past periods, days and blocks is set to
    /// zero.
    fn current(mut quota: QuotaUse) -> QuotaUse {
        let block = Self::block();
        let number = |length: u64| u64::from(block).checked_div(length).unwrap_or(block.into()).saturated_into::<u32>();
        let period = number(T::QuotaPeriod::get().saturated_into());
        if quota.period != period {
            // What failed transactions have overdrawn is paid back by the quotas of the periods since.
            let allowance = Self::allowance_in(&quota);
            let periods = u64::from(period.saturating_sub(quota.period));
            quota.ordinary = quota.ordinary.saturating_sub(allowance.period.saturating_mul(periods));
            quota.period = period;
        }
        let day = number(T::CapPeriod::get().saturated_into());
        if quota.day != day {
            quota.day = day;
            quota.opened = Opened::default();
        }
        if quota.block != block {
            quota.block = block;
            quota.in_block = Default::default();
            quota.governing = Default::default();
        }
        quota
    }

    /// Time and bytes of one block for transactions that do not govern.
    fn room() -> Resources {
        let (weights, length) = (T::BlockWeights::get(), T::BlockLength::get());
        Resources {
            time: weights.get(DispatchClass::Normal).max_total.unwrap_or(weights.max_block).ref_time(),
            bytes: (*length.max.get(DispatchClass::Normal)).into(),
        }
    }

    /// Time and bytes of one block that are reserved for those who govern.
    fn reserve() -> Resources {
        let (weights, length) = (T::BlockWeights::get(), T::BlockLength::get());
        let operational: u64 = (*length.max.get(DispatchClass::Operational)).into();
        Resources {
            time: weights.get(DispatchClass::Operational).reserved.unwrap_or_default().ref_time(),
            bytes: operational.saturating_sub((*length.max.get(DispatchClass::Normal)).into()),
        }
    }

    /// Counts the transaction towards the signer's share of the reserve for those who govern. An account has only a
    /// part of it, so that a stolen key does not keep the others out.
    fn take_governing(
        record: &AccountRecord,
        signer: &AccountId,
        lane: Lane,
        declared: Resources,
        quota: &mut QuotaUse,
    ) -> Result<Place, GuardRefusal> {
        // Also where a call inside is another's: a proxy of the operator would otherwise be a way in for everybody.
        if !record.roles.has(Role::Operator) && !record.roles.has(Role::Regulator) {
            return Err(GuardRefusal::NotAuthorized);
        }
        let share = Self::reserve().part(T::BlockShares::get().governing_each);
        let used = match quota.governing.iter_mut().find(|used| used.account == *signer) {
            Some(used) => used,
            None => {
                let fresh = GoverningUse { account: signer.clone(), used: Resources::default() };
                quota.governing.try_push(fresh).map_err(|_| GuardRefusal::BlockShareUsed)?;
                quota.governing.last_mut().ok_or(GuardRefusal::BlockShareUsed)?
            }
        };
        let total = used.used.saturating_add(declared);
        // The code of an upgrade is larger and heavier than any share. The runtime admits no code but the one that was
        // authorised, and that once.
        if lane != Lane::Upgrade && !total.fits(share) {
            // What is above the share by itself would wait for a block that never comes.
            let never = !declared.fits(share);
            return Err(if never { GuardRefusal::QuotaExceeded } else { GuardRefusal::BlockShareUsed });
        }
        used.used = total;
        Ok(Place::Governing)
    }

    /// Counts the transaction towards its lane, or towards the participant's ordinary share if the lane is full.
    fn take_lane(
        record: &AccountRecord,
        lane: Lane,
        declared: Resources,
        quota: &mut QuotaUse,
        lanes: &mut LaneUse,
    ) -> Result<Place, GuardRefusal> {
        let (room, shares) = (Self::room(), T::BlockShares::get());
        let proof_each = if record.roles.has(Role::Gateway) { shares.proof_gateway } else { shares.proof_each };
        let in_block = if quota.is_starting { &mut lanes.starting } else { &mut quota.in_block };
        let (each, all, own, total, place) = match lane {
            Lane::Ordinary | Lane::Upgrade => {
                Self::take_ordinary(declared, room, shares, quota, &mut lanes.starting)?;
                return Ok(Place::Ordinary);
            }
            Lane::Finishing => (
                shares.finishing_each,
                shares.finishing,
                &mut in_block.finishing,
                &mut lanes.finishing,
                Place::Finishing,
            ),
            Lane::Proof => (proof_each, shares.proof, &mut in_block.proof, &mut lanes.proof, Place::Proof),
        };
        let (own_then, total_then) = (own.saturating_add(declared), total.saturating_add(declared));
        if own_then.fits(room.part(each)) && total_then.fits(room.part(all)) {
            (*own, *total) = (own_then, total_then);
            return Ok(place);
        }
        let overflow = lanes.overflow.saturating_add(declared);
        if !overflow.fits(room.part(shares.overflow)) {
            return Err(GuardRefusal::BlockShareUsed);
        }
        match Self::take_ordinary(declared, room, shares, quota, &mut lanes.starting) {
            Ok(()) => {
                lanes.overflow = overflow;
                Ok(Place::Overflow)
            }
            // The lane has room for it in the next block.
            Err(GuardRefusal::QuotaExceeded) if declared.fits(room.part(each)) => Err(GuardRefusal::BlockShareUsed),
            Err(refusal) => Err(refusal),
        }
    }

    /// Counts the transaction of an account without any right towards half of its participant's part of the finishing
    /// lane. The other half stays for the participant's other accounts.
    fn take_rightless(declared: Resources, quota: &mut QuotaUse, lanes: &mut LaneUse) -> Result<Place, GuardRefusal> {
        let (room, shares) = (Self::room(), T::BlockShares::get());
        let half = room.part(shares.finishing_each).part(Perbill::from_percent(50));
        if !declared.fits(half) {
            return Err(GuardRefusal::QuotaExceeded);
        }
        let in_block = if quota.is_starting { &mut lanes.starting } else { &mut quota.in_block };
        let own = in_block.finishing.saturating_add(declared);
        let total = lanes.finishing.saturating_add(declared);
        if !own.fits(half) || !total.fits(room.part(shares.finishing)) {
            return Err(GuardRefusal::BlockShareUsed);
        }
        (in_block.finishing, lanes.finishing) = (own, total);
        Ok(Place::Rightless)
    }

    fn take_ordinary(
        declared: Resources,
        room: Resources,
        shares: BlockShares,
        quota: &mut QuotaUse,
        starting: &mut BlockUse,
    ) -> Result<(), GuardRefusal> {
        let share = room.part(shares.ordinary_each);
        let limit = Self::allowance_in(quota).period;
        let used = quota.ordinary.saturating_add(declared);
        if !declared.fits(share) || !used.fits(limit) {
            return Err(GuardRefusal::QuotaExceeded);
        }
        let in_block = if quota.is_starting { &mut starting.ordinary } else { &mut quota.in_block.ordinary };
        let then = in_block.saturating_add(declared);
        if !then.fits(share) {
            return Err(GuardRefusal::BlockShareUsed);
        }
        *in_block = then;
        quota.ordinary = used;
        Ok(())
    }

    /// Corrects a charge after the transaction has run: refunds unused time, and charges a call that failed in a lane
    /// to the participant's quota.
    pub(crate) fn settle_charge(charge: &Charge, used_time: u64, failed: bool) {
        let unused = Resources { time: charge.declared.time.saturating_sub(used_time), bytes: 0 };
        let used = charge.declared.saturating_sub(unused);
        // Each counter has this very charge in it: no subtraction goes below zero.
        let give_back = |counter: &mut Resources| *counter = counter.saturating_sub(unused);
        let of_block = |used: &mut BlockUse| match charge.place {
            Place::Ordinary | Place::Overflow => give_back(&mut used.ordinary),
            Place::Finishing | Place::Rightless => give_back(&mut used.finishing),
            Place::Proof => give_back(&mut used.proof),
            Place::Governing => (),
        };
        Quota::<T>::mutate(charge.participant, |quota| {
            if !charge.is_starting {
                of_block(&mut quota.in_block);
            }
            match charge.place {
                Place::Ordinary | Place::Overflow => give_back(&mut quota.ordinary),
                Place::Finishing | Place::Proof | Place::Rightless => (),
                Place::Governing => {
                    let mut own = quota.governing.iter_mut().filter(|used| used.account == charge.signer);
                    own.by_ref().for_each(|own| give_back(&mut own.used));
                }
            }
            if failed {
                // Nothing was completed: it is paid for as anything else is, also beyond what is left.
                if matches!(charge.place, Place::Finishing | Place::Proof) {
                    quota.ordinary = quota.ordinary.saturating_add(used);
                }
                quota.opened = quota.opened.saturating_sub(charge.opened);
            }
        });
        if charge.is_starting {
            BlockLanes::<T>::mutate(|lanes| of_block(&mut lanes.starting));
        }
        match charge.place {
            Place::Ordinary | Place::Governing => (),
            Place::Overflow => BlockLanes::<T>::mutate(|lanes| give_back(&mut lanes.overflow)),
            Place::Finishing | Place::Rightless => BlockLanes::<T>::mutate(|lanes| give_back(&mut lanes.finishing)),
            Place::Proof => BlockLanes::<T>::mutate(|lanes| give_back(&mut lanes.proof)),
        }
    }

    /// Counters of a participant as they stand in this block, and its allowance of a period and a day.
    pub fn quota_of(participant: ParticipantId) -> (QuotaUse, Allowance) {
        let quota = Self::current(Quota::<T>::get(participant));
        let allowance = Self::allowance_in(&quota);
        (quota, allowance)
    }

    /// Asserts that the lanes leave room for other transactions, and that an allowance holds the largest transaction.
    pub(crate) fn check_shares() {
        let shares = T::BlockShares::get();
        let lanes = shares.finishing.deconstruct().saturating_add(shares.proof.deconstruct());
        let all = lanes.saturating_add(shares.overflow.deconstruct());
        assert!(all < Perbill::one().deconstruct(), "lanes and overflow leave room for what begins");
        assert!(!T::CapPeriod::get().is_zero(), "a day has at least one block");
        let share = Self::room().part(shares.ordinary_each);
        let (starting, network) = (T::StartingAllowance::get(), T::Allowance::get());
        assert!(share.fits(starting.period), "a period's allowance holds the largest transaction");
        assert!(Self::is_within(&starting, &network), "a participant begins with no more than the network's allowance");
    }

    /// True if the one allowance gives no more of anything than the other.
    fn is_within(one: &Allowance, other: &Allowance) -> bool {
        one.period.fits(other.period)
            && one.day.instructions <= other.day.instructions
            && one.day.payments <= other.day.payments
            && one.day.others <= other.day.others
    }

    /// True if the new allowance only stops: the participant is neither operator nor regulator, and gets no more of
    /// anything than it has now. `None` stands for the network's.
    ///
    /// Less for who governs would stop those who could object.
    pub fn only_stops(participant: ParticipantId, new: &Option<Allowance>) -> bool {
        let old = Self::allowance_in(&Quota::<T>::get(participant));
        !Governors::<T>::get().contains(&participant) && Self::is_within(&new.unwrap_or(T::Allowance::get()), &old)
    }

    pub(crate) fn do_set_allowance(by: Decider, participant: ParticipantId, new: Option<Allowance>) -> DispatchResult {
        let is_root = by == Decider::Root;
        match by {
            Decider::Root => (),
            // A stop takes effect at once; a raise, and less for who governs, wait as everything else does.
            Decider::Together { body: Body::Operator, .. } => {
                ensure!(Self::only_stops(participant, &new), Error::<T>::NeedsOtherBody)
            }
            Decider::Together { .. } | Decider::Operator(_) | Decider::Regulator(_) | Decider::Genesis => {
                return Err(Error::<T>::NeedsOtherBody.into());
            }
        }
        ensure!(crate::Participants::<T>::contains_key(participant), Error::<T>::ParticipantNotFound);
        // Brought up to this block first: a debt of the past is paid back by the allowance of the past.
        let mut quota = Self::current(Quota::<T>::get(participant));
        let old = quota.is_starting.then(|| Self::allowance_in(&quota)).or(quota.allowance);
        quota.allowance = new;
        // Root has looked at this participant. Until then it shares a block with the others, whatever is taken from it.
        quota.is_starting &= !is_root;
        Quota::<T>::insert(participant, quota);
        Self::deposit_event(Event::AllowanceChanged { participant, old, new });
        Ok(())
    }
}
