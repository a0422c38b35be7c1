//! Configuration of validators, sessions, block authoring (Aura) and finality (GRANDPA).

use crate::{opaque::SessionKeys, AccountId, Balances, BlockNumber, Runtime, RuntimeEvent, Validators, SLOT_DURATION};
use polkadot_sdk::{
    frame_support::{
        parameter_types,
        traits::{ConstBool, ConstU128, ConstU32, ConstU64},
    },
    sp_consensus_aura::sr25519::AuthorityId as AuraId,
    sp_runtime::traits::{ConvertInto, OpaqueKeys},
    *,
};

/// Length of a session, in blocks. A change of the validator set takes effect two sessions after its decision: 40
/// seconds.
pub const SESSION_BLOCKS: BlockNumber = 10;

/// Maximum number of validators at a time.
pub const MAX_VALIDATORS: u32 = 100;

parameter_types! {
    /// Length of a session, in blocks, for `pallet-session`.
    pub const SessionPeriod: BlockNumber = SESSION_BLOCKS;
    /// Number of the block at which the first session begins.
    pub const SessionOffset: BlockNumber = 0;
}

impl pallet_validators::Config for Runtime {
    type AddOrigin = frame_system::EnsureRoot<AccountId>;
    type RemoveOrigin = pallet_participants::EnsureStop<Runtime>;
    // A development chain has one; a network that must survive the failure of one needs four.
    type MinValidators = ConstU32<1>;
    type MaxValidators = ConstU32<MAX_VALIDATORS>;
    type WeightInfo = crate::weights::pallet_validators::WeightInfo<Runtime>;
}

impl pallet_session::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type ValidatorId = AccountId;
    type ValidatorIdOf = ConvertInto;
    type ShouldEndSession = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
    type NextSessionRotation = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
    type SessionManager = Validators;
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type Keys = SessionKeys;
    type DisablingStrategy = ();
    type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type KeyDeposit = ConstU128<0>;
}

impl pallet_aura::Config for Runtime {
    type AuthorityId = AuraId;
    type DisabledValidators = ();
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type AllowMultipleBlocksPerSlot = ConstBool<false>;
    type SlotDuration = ConstU64<{ SLOT_DURATION }>;
}

impl pallet_grandpa::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
    type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
    type MaxNominators = ConstU32<0>;
    // Sessions for which a past authority set can be told; only reports of equivocation need it, and none are taken.
    type MaxSetIdSessionEntries = ConstU64<0>;
    type KeyOwnerProof = sp_core::Void;
    type EquivocationReportSystem = ();
}
