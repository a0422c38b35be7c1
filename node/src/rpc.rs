//! The RPC methods beyond those that every node has: account nonces, fee details (all zero, wallets ask for them) and
//! GRANDPA finality, which a counterpart's gateway needs to prove what this chain has finalised.

use polkadot_sdk::*;

use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer, TransactionPaymentRuntimeApi};
use sc_client_api::Backend;
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_transaction_pool_api::TransactionPool;
use sp_api::ProvideRuntimeApi;
use sp_block_builder::BlockBuilder;
use sp_blockchain::{Error as BlockChainError, HeaderBackend, HeaderMetadata};
use sp_runtime::traits::{Block as BlockT, NumberFor};
use std::sync::Arc;
use substrate_frame_rpc_system::{AccountNonceApi, System, SystemApiServer};
use tandem_runtime::{opaque::Block, AccountId, Balance, Nonce};

/// What the GRANDPA methods read.
pub struct GrandpaDeps<B> {
    /// The voter's current round.
    pub voter_state: SharedVoterState,
    /// The current authorities.
    pub authority_set: SharedAuthoritySet<<Block as BlockT>::Hash, NumberFor<Block>>,
    /// Justifications as they are made.
    pub justifications: GrandpaJustificationStream<Block>,
    /// Proofs of finality, out of the database.
    pub finality_proofs: Arc<FinalityProofProvider<B, Block>>,
}

/// All methods in one module.
pub fn module<C, P, B>(
    client: Arc<C>,
    pool: Arc<P>,
    grandpa: GrandpaDeps<B>,
    executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>>
where
    C: ProvideRuntimeApi<Block>
        + HeaderBackend<Block>
        + HeaderMetadata<Block, Error = BlockChainError>
        + Send
        + Sync
        + 'static,
    C::Api:
        AccountNonceApi<Block, AccountId, Nonce> + TransactionPaymentRuntimeApi<Block, Balance> + BlockBuilder<Block>,
    P: TransactionPool + 'static,
    B: Backend<Block> + 'static,
{
    let GrandpaDeps { voter_state, authority_set, justifications, finality_proofs } = grandpa;
    let mut module = RpcModule::new(());
    module.merge(System::new(client.clone(), pool).into_rpc())?;
    module.merge(TransactionPayment::new(client).into_rpc())?;
    module.merge(Grandpa::new(executor, authority_set, voter_state, justifications, finality_proofs).into_rpc())?;
    Ok(module)
}
