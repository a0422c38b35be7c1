//! The Tandem runtime: a permissioned chain on which a trade's delivery and payment move together or not at all.
//!
//! There is one runtime. Its genesis presets ([`presets`]) make it a development chain, a local network of four
//! validators, an asset network or a payment network.
//!
//! Rights to act are checked in three layers, none of which trusts another: the transaction extension of
//! `pallet-participants`, to which [`guard::origins`] says for whom a call really acts; the call filter
//! [`guard::filter`], which sees calls and never origins; and the pallets themselves.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The macros that put the runtime together write items without documentation; what people write warns of it again.
#![allow(missing_docs)]

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[warn(missing_docs)]
pub mod configs;
#[warn(missing_docs)]
pub mod guard;
#[warn(missing_docs)]
pub mod migrations;
#[warn(missing_docs)]
mod positions;
#[warn(missing_docs)]
pub mod presets;
#[cfg(test)]
mod tests;
pub mod weights;

use alloc::{borrow::Cow, vec::Vec};
use polkadot_sdk::{
    sp_runtime::{generic, impl_opaque_keys, traits::BlakeTwo256, MultiAddress, MultiSignature},
    sp_version::{runtime_version, RuntimeVersion},
    *,
};

pub use tandem_primitives::{AccountId, AssetId, Balance, BlockNumber, Moment};

#[cfg(feature = "std")]
mod wasm {
    include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}
#[cfg(feature = "std")]
pub use wasm::*;

/// Signature of a transaction by an account's key.
pub type Signature = MultiSignature;
/// Nonce of an account: the number of transactions that it has sent.
pub type Nonce = u32;
/// Hash of 32 bytes, of a block, a state or a call.
pub type Hash = sp_core::H256;
/// Address by which a transaction names an account: its id, as 32 bytes.
pub type Address = MultiAddress<AccountId, ()>;
/// Header of a block of this chain.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// Block of this chain: its header and its transactions, with the runtime's types.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// Transaction as it is in a block: the call, with signature and extensions if it is signed.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// Payload that a signature covers: the call and the extensions.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Transaction extensions, in order: checks and actions around the call of every transaction.
pub type TxExtension = (
    frame_system::AuthorizeCall<Runtime>,
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckMortality<Runtime>,
    frame_system::CheckNonce<Runtime>,
    frame_system::CheckWeight<Runtime>,
    // One place for both: there are no more.
    (pallet_participants::Guard<Runtime>, guard::obsolete::RefuseObsolete),
    pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
    frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
    frame_system::WeightReclaim<Runtime>,
);

/// Executive of the runtime, which executes blocks and transactions.
pub type Executive =
    frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

/// Length of a slot, in milliseconds.
pub const SLOT_DURATION: Moment = tandem_primitives::SLOT_DURATION;

/// One whole unit of the native currency, as a number of its smallest units.
pub const UNIT: Balance = 1_000_000_000_000;

/// Types for the node, in which the runtime's own transactions are opaque bytes.
pub mod opaque {
    use super::*;

    pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

    /// Header of a block, as in the runtime.
    pub type Header = super::Header;
    /// Block in which the transactions are opaque bytes.
    pub type Block = generic::Block<Header, UncheckedExtrinsic>;

    impl_opaque_keys! {
        /// Session keys with which a validator's node signs blocks (Aura) and finality votes (GRANDPA).
        pub struct SessionKeys {
            pub aura: Aura,
            pub grandpa: Grandpa,
        }
    }
}

/// Version of this runtime. `spec_version` rises with every change of how blocks are executed, `transaction_version`
/// with every change of how signed transactions are encoded.
#[runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("tandem"),
    impl_name: Cow::Borrowed("tandem"),
    authoring_version: 1,
    spec_version: 1,
    impl_version: 1,
    apis: apis::RUNTIME_API_VERSIONS,
    transaction_version: 1,
    system_version: 1,
};

// An index is part of the encoding of calls, events, errors and origins: it never changes, and one that has been used
// is never given to another pallet. 33 is kept for `Htlc`.
//
// The order is the order of hooks and of genesis: what knows its accounts and assets comes after those who keep them.
#[frame_support::runtime]
mod runtime {
    use super::*;

    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Runtime;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;
    #[runtime::pallet_index(2)]
    pub type Utility = pallet_utility;
    #[runtime::pallet_index(3)]
    pub type Multisig = pallet_multisig;
    #[runtime::pallet_index(4)]
    pub type Proxy = pallet_proxy;
    #[runtime::pallet_index(5)]
    pub type Sudo = pallet_sudo;
    #[runtime::pallet_index(6)]
    pub type TxPause = pallet_tx_pause;
    // Without calls: while a migration runs no transaction enters, so that none of them could ever help.
    #[runtime::pallet_index(7)]
    #[runtime::disable_call]
    pub type Migrations = pallet_migrations;

    #[runtime::pallet_index(10)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(11)]
    pub type Assets = pallet_assets;
    #[runtime::pallet_index(12)]
    pub type TransactionPayment = pallet_transaction_payment;

    #[runtime::pallet_index(20)]
    pub type Validators = pallet_validators;
    #[runtime::pallet_index(21)]
    pub type Session = pallet_session;
    #[runtime::pallet_index(22)]
    pub type Aura = pallet_aura;
    #[runtime::pallet_index(23)]
    pub type Grandpa = pallet_grandpa;

    #[runtime::pallet_index(30)]
    pub type Participants = pallet_participants;
    #[runtime::pallet_index(31)]
    pub type Escrow = pallet_escrow;
    #[runtime::pallet_index(32)]
    pub type Settlement = pallet_settlement;
    #[runtime::pallet_index(34)]
    pub type Counterpart = pallet_counterpart;

    #[runtime::pallet_index(40)]
    pub type BridgeGrandpa = pallet_bridge_grandpa;
    #[runtime::pallet_index(41)]
    pub type BridgeMessages = pallet_bridge_messages;
}
