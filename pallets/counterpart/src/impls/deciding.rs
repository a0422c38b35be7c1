//! The deciding side: commitments that arrive, and the one commit point.

use super::access::Act;
use crate::{Config, Error, Event, Expiries, Pallet, Payment, PaymentLeg, Payments, ProofOf, Records};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{
        dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
        ensure,
        traits::Get,
        BoundedVec,
    },
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    instruction_id, share, AccountId, AssetKind, Balance, Bucket, Commitment, Decision, Directory, Escrow,
    InstructionId, Leg, LegIndex, Lots, ManagedBy, Mandated, Moment, ParticipantId, PartyLeg, ProvenState, Received,
    RejectReason, Right, Role, Standing, TrancheIndex, VersionedTerms,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_instruct_by_proof(
        who: AccountId,
        versioned: VersionedTerms,
        instructing: AccountId,
        tranche: TrancheIndex,
        proof: ProofOf<T>,
    ) -> DispatchResultWithPostInfo {
        let early = |error: DispatchError| error.with_weight(Self::early());
        Self::ensure_may_finish(&who).map_err(early)?;
        let id = Self::identify(&versioned, &instructing).map_err(early)?;
        let mut state = Self::open_proof(proof)?;
        let commitment =
            state.commitment(id, tranche).map_err(Error::<T>::from)?.ok_or(Error::<T>::CommitmentNotFound)?;
        state.close().map_err(Error::<T>::from)?;
        ensure!(commitment.instructing == instructing, Error::<T>::CommitmentDiffers);
        Self::accept(&Act::of(id, &who), versioned, tranche, commitment)?;
        Ok(().into())
    }

    /// Id of the trade, if this chain decides it and the counterpart holds it.
    pub(crate) fn identify(
        versioned: &VersionedTerms,
        instructing: &AccountId,
    ) -> Result<InstructionId, DispatchError> {
        let VersionedTerms::V1(terms) = versioned;
        terms.check().map_err(Error::<T>::BadTerms)?;
        let deciding = terms.deciding().ok_or(Error::<T>::OtherNetwork)?;
        let holding = terms.genesis(terms.holding()).ok_or(Error::<T>::OtherNetwork)?;
        ensure!(terms.genesis(deciding) == Some(Self::own_genesis()), Error::<T>::OtherNetwork);
        ensure!(holding == Self::counterpart_genesis()?, Error::<T>::OtherNetwork);
        Ok(instruction_id(holding, instructing, versioned.hash()))
    }

    /// Accepts a proven commitment, and executes what can be executed.
    pub(crate) fn accept(
        act: &Act,
        versioned: VersionedTerms,
        tranche: TrancheIndex,
        commitment: Commitment,
    ) -> DispatchResult {
        let id = act.id;
        let VersionedTerms::V1(terms) = &versioned;
        let fits = commitment.terms_hash == versioned.hash()
            && Some(commitment.networks) == terms.both_networks()
            && commitment.settled.checked_add(commitment.parts.remaining) == Some(terms.lots)
            && commitment.allows(commitment.lots)
            && commitment.lots <= commitment.parts.remaining;
        ensure!(fits, Error::<T>::CommitmentDiffers);
        ensure!(!Records::<T>::contains_key((id, tranche)), Error::<T>::AlreadyExists);
        let now = Self::now();
        let two = terms.two_networks.as_ref().ok_or(Error::<T>::OtherNetwork)?;
        // Without a record the holding network takes it back by the clock of this chain, which is past it now.
        ensure!(now < two.pay_deadline, Error::<T>::TooLate);
        Self::deposit_event(Event::CommitmentReceived {
            id,
            tranche,
            commitment: commitment.clone(),
            terms: versioned.clone(),
            by: act.by.clone(),
        });
        let mut payment = match Payments::<T>::get(id) {
            Some(payment) => payment,
            None => match Self::new_payment(versioned.clone(), commitment.instructing.clone(), now) {
                Ok(payment) if tranche == TrancheIndex(0) => payment,
                // The payment that began here has ended with lots left, because a payee refused it.
                Ok(_) => return Self::reject(act, tranche, versioned, RejectReason::Refused),
                Err(reason) => return Self::reject(act, tranche, versioned, reason),
            },
        };
        ensure!(payment.commitment.is_none(), Error::<T>::AlreadyExists);
        let next = payment.tranche == tranche
            && payment.settled == commitment.settled
            && payment.instructing == commitment.instructing;
        ensure!(next, Error::<T>::CommitmentDiffers);
        payment.commitment = Some(commitment);
        Self::proceed(act, payment, now)
    }

    /// New payment of these terms, if they can be settled on this chain.
    pub(crate) fn new_payment(
        terms: VersionedTerms,
        instructing: AccountId,
        now: Moment,
    ) -> Result<Payment, RejectReason> {
        let terms_hash = terms.hash();
        let two = terms.two_networks.as_ref().ok_or(RejectReason::Refused)?;
        let latest = now.checked_add(T::MaxInstructionLife::get()).ok_or(RejectReason::LifeTooLong)?;
        if two.pay_deadline > latest {
            return Err(RejectReason::LifeTooLong);
        }
        if let Some(ManagedBy { manager, .. }) = &two.managed_by {
            let manages = |standing: Standing| standing.is_active_as(Role::SettlementManager);
            if !T::Directory::standing(&T::Directory::current_account(manager)).is_some_and(manages) {
                return Err(RejectReason::ManagerNotFound);
            }
        }
        let mut legs = BoundedVec::new();
        for (leg, named) in (0u8..).map(LegIndex).zip(&terms.legs).filter(|(_, leg)| leg.network == two.commit_on) {
            let giver = Self::party_at(&named.from)?;
            let receiver = Self::party_at(&named.to)?;
            Self::check_amount(named, terms.lots)?;
            // No more legs than the terms have.
            legs.try_push(PaymentLeg { leg, giver, receiver, reserved: 0 }).map_err(|_| RejectReason::Refused)?;
        }
        Ok(Payment { terms, terms_hash, instructing, settled: 0, tranche: TrancheIndex(0), commitment: None, legs })
    }

    fn party_at(account: &AccountId) -> Result<ParticipantId, RejectReason> {
        // It may have been replaced since the terms were agreed: its owner pays and is paid at the current one.
        T::Directory::standing(&T::Directory::current_account(account))
            .filter(|standing| standing.is_active() && standing.may_settle())
            .map(|standing| standing.participant)
            .ok_or(RejectReason::PartyNotActive)
    }

    /// Checks that a security divides into lots of whole settlement units; cash divides to its smallest unit.
    fn check_amount(leg: &Leg, lots: Lots) -> Result<(), RejectReason> {
        let asset = T::Directory::asset(&leg.asset).filter(|asset| !asset.delisted);
        let asset = asset.ok_or(RejectReason::AssetNotFound)?;
        let divides = match asset.kind {
            AssetKind::Cash => true,
            AssetKind::Security => Balance::from(lots)
                .checked_mul(asset.settlement_unit)
                .is_some_and(|lot| leg.amount.checked_rem(lot) == Some(0)),
        };
        if divides {
            Ok(())
        } else {
            Err(RejectReason::NotAMultipleOfUnit)
        }
    }

    /// Executes what is committed and covered, unless a manager decides, and keeps what is left. What waits for its time
    /// or for the end of a sanction is left to the sweep.
    pub(crate) fn proceed(act: &Act, payment: Payment, now: Moment) -> DispatchResult {
        if let Some(lots) = Self::settles_alone(&payment, now) {
            let reasons = Self::blockers(&payment, now);
            if reasons.is_empty() {
                return Self::execute_lots(act, payment, lots);
            }
            let (by, reference) = (act.by.clone(), payment.terms.reference.clone());
            Self::deposit_event(Event::ExecutionDeferred { id: act.id, reasons, by, reference });
        }
        Self::look_later(act.id, &payment, now);
        Self::keep(act.id, payment);
        Ok(())
    }

    /// Stores the payment, and the sweep's entry for its pay deadline.
    pub(crate) fn keep(id: InstructionId, payment: Payment) {
        Expiries::<T>::insert(Bucket::of(payment.pay_deadline()), id, ());
        Payments::<T>::insert(id, payment);
    }

    pub(crate) fn do_execute(who: AccountId, id: InstructionId, lots: Option<Lots>) -> DispatchResult {
        let signer = Self::ensure_may_finish(&who)?;
        let payment = Payments::<T>::get(id).ok_or(Error::<T>::PaymentNotFound)?;
        let now = Self::now();
        ensure!(now < payment.pay_deadline(), Error::<T>::TooLate);
        let managed = payment.terms.two_networks.as_ref().and_then(|two| two.managed_by.as_ref());
        let manages = match managed {
            None => false,
            Some(managed) => {
                let manages = Self::manages(&signer, managed);
                let stands_in = now >= managed.manager_by && Self::is_party(&signer, &payment);
                ensure!(manages || stands_in, Error::<T>::NotAuthorized);
                manages
            }
        };
        // A manager decides when as well as how much.
        let largest = if manages { payment.coverable() } else { payment.executable(now) };
        let largest = largest.ok_or(Error::<T>::PartNotAllowed)?;
        let lots = match lots {
            None => largest,
            Some(lots) => {
                let commitment = payment.commitment.as_ref().ok_or(Error::<T>::PartNotAllowed)?;
                ensure!(lots <= payment.covered() && lots <= commitment.lots, Error::<T>::TooManyLots);
                // Only a manager chooses; everybody else gets what is largest.
                ensure!(commitment.allows(lots) && (manages || lots == largest), Error::<T>::PartNotAllowed);
                lots
            }
        };
        ensure!(Self::blockers(&payment, now).is_empty(), Error::<T>::Blocked);
        Self::execute_lots(&Act::of(id, &who), payment, lots)
    }

    /// True if the signer is this manager, or its account's successor.
    fn manages(signer: &Standing, managed: &ManagedBy) -> bool {
        if !signer.rights.has(Right::Trade) {
            return false;
        }
        T::Directory::standing(&T::Directory::current_account(&managed.manager)).is_some_and(|standing| {
            standing.participant == signer.participant && standing.is_active_as(Role::SettlementManager)
        })
    }

    /// Whether the signer acts for a party of a leg on this chain: an account with a right in trades, or an agent for such
    /// assets.
    pub(crate) fn is_party(signer: &Standing, payment: &Payment) -> bool {
        payment.legs.iter().any(|state| {
            let Some(leg) = payment.terms.legs.get(usize::from(state.leg.0)) else { return false };
            let acts = |party, account| {
                let seen = PartyLeg {
                    party,
                    account,
                    asset: &leg.asset,
                    gives: false,
                    amount: 0,
                    counterparty: party,
                    received: Received { cash: true, securities: true },
                    is_agreed: true,
                };
                let own = signer.participant == party && signer.rights.settles();
                own || T::Directory::mandate(signer, Right::Move, &seen) == Mandated::Allowed
            };
            acts(state.giver, &leg.from) || acts(state.receiver, &leg.to)
        })
    }

    /// Pays every leg on this chain and writes the record, both or neither.
    pub(crate) fn execute_lots(act: &Act, mut payment: Payment, lots: Lots) -> DispatchResult {
        let id = act.id;
        let of = payment.terms.lots;
        let before = payment.settled;
        let mut amounts = Vec::new();
        for state in payment.legs.iter_mut() {
            let leg = payment.terms.legs.get(usize::from(state.leg.0)).ok_or(Error::<T>::LegNotFound)?;
            let amount = share(leg.amount, before, lots, of).ok_or(Error::<T>::ArithmeticFailure)?;
            state.reserved = state.reserved.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
            T::Escrow::pay_out(id, &leg.asset, &T::Directory::current_account(&leg.to), amount)?;
            amounts.push((state.leg, amount));
        }
        let now = before.checked_add(lots).ok_or(Error::<T>::ArithmeticFailure)?;
        let tranche = payment.tranche;
        payment.settled = now;
        payment.tranche = TrancheIndex(tranche.0.checked_add(1).ok_or(Error::<T>::ArithmeticFailure)?);
        payment.commitment = None;
        let record = Self::record_of(&payment.terms, payment.terms_hash, Decision::Executed { lots })?;
        let sent = Self::write_record(id, tranche, record);
        let (by, reference) = (act.by.clone(), payment.terms.reference.clone());
        Self::deposit_event(Event::Executed { id, tranche, lots, old: before, new: now, amounts, sent, by, reference });
        if payment.remaining() == 0 {
            Self::end_payment(act, payment)
        } else {
            Self::keep(id, payment);
            Ok(())
        }
    }
}
