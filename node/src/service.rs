//! Wires the parts of a node together: database, transaction pool, network, Aura, GRANDPA and RPC.

use crate::{
    finality::{keep_telling, QUIET},
    rpc,
};
use polkadot_sdk::*;

use futures::FutureExt;
use sc_client_api::{Backend, BlockBackend};
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
    best_justification, warp_proof::NetworkProvider, BeforeBestBlockBy, FinalityProofProvider, GrandpaBlockImport,
    GrandpaJustificationStream, GrandpaParams, LinkHalf, SharedVoterState, ThreeQuartersOfTheUnfinalizedChain,
    VotingRulesBuilder,
};
use sc_network::{config::FullNetworkConfiguration, NetworkBackend};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
    error::Error as ServiceError, BuildNetworkParams, Configuration, PartialComponents, SpawnTasksParams, TFullBackend,
    TFullClient, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::{
    inherents::InherentDataProvider as SlotProvider, sr25519::AuthorityPair as AuraPair, SlotDuration,
};
use sp_runtime::traits::Block as BlockT;
use sp_timestamp::InherentDataProvider as TimestampProvider;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tandem_runtime::{apis::RuntimeApi, opaque::Block};

#[cfg(not(feature = "runtime-benchmarks"))]
type HostFunctions = sp_io::SubstrateHostFunctions;
/// A runtime with benchmarks also imports what they call.
#[cfg(feature = "runtime-benchmarks")]
type HostFunctions = (sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

type FullClient = TFullClient<Block, RuntimeApi, sc_executor::WasmExecutor<HostFunctions>>;
type FullBackend = TFullBackend<Block>;
type FullSelectChain = LongestChain<FullBackend, Block>;
type FullPool = TransactionPoolHandle<Block, FullClient>;
type FullGrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type FullGrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;

type FullParts = PartialComponents<
    FullClient,
    FullBackend,
    FullSelectChain,
    DefaultImportQueue<Block>,
    FullPool,
    (FullGrandpaImport, FullGrandpaLink, Option<Telemetry>),
>;

/// A justification is stored with a block at least this often (and at every change of the validator set). Storing one
/// for each block would cost space for what nobody asks: the newest is always at hand, and with a smaller period the
/// proof of finality of an old block would only be some headers shorter. 512 blocks of 2 s are 17 minutes.
const JUSTIFICATION_PERIOD: u32 = 512;

/// What GRANDPA expects a message to take to every validator. A round waits twice as long before it votes and four times
/// before it commits: 0.2 and 0.4 s. Few validators with good connections need no more, and a later message is not lost.
const GOSSIP_DURATION: Duration = Duration::from_millis(100);

/// How many blocks behind the best one a validator votes. Each author has a slot of its own, so that the best block
/// seldom has a rival; one block is enough for those that travel slowly, where a public network takes two.
const VOTES_BEHIND: u32 = 1;

/// The share of a slot in which a block may be filled; the rest is for it to travel and to be executed by the others
/// before the next slot begins.
const PROPOSAL_PORTION: f32 = 2.0 / 3.0;

/// The slot and the time that this machine's clock gives.
fn clock(slot_duration: SlotDuration) -> (SlotProvider, TimestampProvider) {
    let timestamp = TimestampProvider::from_system_time();
    (SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration), timestamp)
}

/// What a node and the subcommands that read its database have in common.
pub fn new_partial(config: &Configuration) -> Result<FullParts, ServiceError> {
    let telemetry = config
        .telemetry_endpoints
        .clone()
        .filter(|endpoints| !endpoints.is_empty())
        .map(|endpoints| -> Result<_, sc_telemetry::Error> {
            let worker = TelemetryWorker::new(16)?;
            let telemetry = worker.handle().new_telemetry(endpoints);
            Ok((worker, telemetry))
        })
        .transpose()?;

    let executor = sc_service::new_wasm_executor::<HostFunctions>(&config.executor);
    let (client, backend, keystore_container, task_manager) = sc_service::new_full_parts::<Block, RuntimeApi, _>(
        config,
        telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
        executor,
        Vec::new(),
    )?;
    let client = Arc::new(client);

    let telemetry = telemetry.map(|(worker, telemetry)| {
        task_manager.spawn_handle().spawn("telemetry", None, worker.run());
        telemetry
    });

    let select_chain = LongestChain::new(backend.clone());
    let transaction_pool = Arc::new(
        sc_transaction_pool::Builder::new(
            task_manager.spawn_essential_handle(),
            client.clone(),
            config.role.is_authority().into(),
        )
        .with_options(config.transaction_pool.clone())
        .with_prometheus(config.prometheus_registry())
        .build(),
    );

    let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
        client.clone(),
        JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        telemetry.as_ref().map(Telemetry::handle),
    )?;

    let slot_client = client.clone();
    let import_queue = sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
        block_import: grandpa_import.clone(),
        justification_import: Some(Box::new(grandpa_import.clone())),
        client: client.clone(),
        create_inherent_data_providers: move |parent, _| {
            let client = slot_client.clone();
            async move { Ok(clock(sc_consensus_aura::standalone::slot_duration_at(&*client, parent)?)) }
        },
        spawner: &task_manager.spawn_essential_handle(),
        registry: config.prometheus_registry(),
        check_for_equivocation: Default::default(),
        telemetry: telemetry.as_ref().map(Telemetry::handle),
        compatibility_mode: Default::default(),
    })?;

    Ok(PartialComponents {
        client,
        backend,
        task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: (grandpa_import, grandpa_link, telemetry),
    })
}

/// Starts a node: a validator or a full node, as `config` says.
pub fn new_full<N: NetworkBackend<Block, <Block as BlockT>::Hash>>(
    config: Configuration,
) -> Result<TaskManager, ServiceError> {
    let PartialComponents {
        client,
        backend,
        mut task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: (block_import, grandpa_link, mut telemetry),
    } = new_partial(&config)?;

    let mut net_config = FullNetworkConfiguration::<Block, <Block as BlockT>::Hash, N>::new(
        &config.network,
        config.prometheus_registry().cloned(),
    );
    let metrics = N::register_notification_metrics(config.prometheus_registry());
    let genesis = client.block_hash(0)?.ok_or_else(|| {
        ServiceError::Other("the database has no genesis block; purge the chain and start again".into())
    })?;
    let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
    let (grandpa_protocol_config, grandpa_notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
        grandpa_protocol.clone(),
        metrics.clone(),
        net_config.peer_store_handle(),
    );
    net_config.add_notification_protocol(grandpa_protocol_config);

    let warp_sync = NetworkProvider::new(backend.clone(), grandpa_link.shared_authority_set().clone(), Vec::new());
    let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
        sc_service::build_network(BuildNetworkParams {
            config: &config,
            net_config,
            client: client.clone(),
            transaction_pool: transaction_pool.clone(),
            spawn_handle: task_manager.spawn_handle(),
            spawn_essential_handle: task_manager.spawn_essential_handle(),
            import_queue,
            block_announce_validator_builder: None,
            warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_sync))),
            block_relay: None,
            metrics,
            gap_sync_body_policy: None,
        })?;

    if config.offchain_worker.enabled {
        let workers = OffchainWorkers::new(OffchainWorkerOptions {
            runtime_api_provider: client.clone(),
            is_validator: config.role.is_authority(),
            keystore: Some(keystore_container.keystore()),
            offchain_db: backend.offchain_storage(),
            transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
            network_provider: Arc::new(network.clone()),
            enable_http_requests: false,
            custom_extensions: |_| vec![],
        })?;
        task_manager.spawn_handle().spawn(
            "offchain-workers-runner",
            "offchain-worker",
            workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
        );
    }

    let role = config.role;
    let force_authoring = config.force_authoring;
    let name = config.network.node_name.clone();
    let enable_grandpa = !config.disable_grandpa;
    let prometheus_registry = config.prometheus_registry().cloned();
    let voter_state = SharedVoterState::empty();

    let rpc_builder = {
        let client = client.clone();
        let pool = transaction_pool.clone();
        let voter_state = voter_state.clone();
        let authority_set = grandpa_link.shared_authority_set().clone();
        let justifications = repeated(&task_manager, &client, &grandpa_link);
        let finality_proofs = FinalityProofProvider::new_for_service(backend.clone(), Some(authority_set.clone()));
        Box::new(move |executor| {
            let grandpa = rpc::GrandpaDeps {
                voter_state: voter_state.clone(),
                authority_set: authority_set.clone(),
                justifications: justifications.clone(),
                finality_proofs: finality_proofs.clone(),
            };
            rpc::module(client.clone(), pool.clone(), grandpa, executor).map_err(Into::into)
        })
    };

    sc_service::spawn_tasks(SpawnTasksParams {
        network: Arc::new(network.clone()),
        client: client.clone(),
        keystore: keystore_container.keystore(),
        task_manager: &mut task_manager,
        transaction_pool: transaction_pool.clone(),
        rpc_builder,
        backend,
        system_rpc_tx,
        tx_handler_controller,
        sync_service: sync_service.clone(),
        config,
        telemetry: telemetry.as_mut(),
        tracing_execute_block: None,
    })?;

    if role.is_authority() {
        let proposer_factory = sc_basic_authorship::ProposerFactory::new(
            task_manager.spawn_handle(),
            client.clone(),
            transaction_pool.clone(),
            prometheus_registry.as_ref(),
            telemetry.as_ref().map(Telemetry::handle),
        );
        let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
        let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
            slot_duration,
            client,
            select_chain,
            block_import,
            proposer_factory,
            create_inherent_data_providers: move |_, ()| async move { Ok(clock(slot_duration)) },
            force_authoring,
            // Settlement deadlines pass whether or not finality keeps up: blocks must not slow down with it.
            backoff_authoring_blocks: Option::<()>::None,
            keystore: keystore_container.keystore(),
            sync_oracle: sync_service.clone(),
            justification_sync_link: sync_service.clone(),
            block_proposal_slot_portion: SlotProportion::new(PROPOSAL_PORTION),
            max_block_proposal_slot_portion: None,
            telemetry: telemetry.as_ref().map(Telemetry::handle),
            compatibility_mode: Default::default(),
        })?;
        // Essential: a validator that cannot author must stop, not stand by.
        task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
    }

    if enable_grandpa {
        let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
            config: sc_consensus_grandpa::Config {
                gossip_duration: GOSSIP_DURATION,
                justification_generation_period: JUSTIFICATION_PERIOD,
                name: Some(name),
                observer_enabled: false,
                // Who does not vote needs no keys.
                keystore: role.is_authority().then(|| keystore_container.keystore()),
                local_role: role,
                telemetry: telemetry.as_ref().map(Telemetry::handle),
                protocol_name: grandpa_protocol,
            },
            link: grandpa_link,
            network,
            sync: Arc::new(sync_service),
            notification_service: grandpa_notifications,
            voting_rule: VotingRulesBuilder::new()
                .add(BeforeBestBlockBy(VOTES_BEHIND))
                .add(ThreeQuartersOfTheUnfinalizedChain)
                .build(),
            prometheus_registry,
            shared_voter_state: voter_state,
            telemetry: telemetry.as_ref().map(Telemetry::handle),
            offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
        })?;
        task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
    }

    Ok(task_manager)
}

/// The justifications as they are made, and the last one again while none is.
fn repeated(
    task_manager: &TaskManager,
    client: &Arc<FullClient>,
    grandpa: &FullGrandpaLink,
) -> GrandpaJustificationStream<Block> {
    /// More that nobody has fetched are a sign that something hangs; it is said in the log.
    const WAITING: usize = 100_000;
    let (teller, justifications) = GrandpaJustificationStream::<Block>::channel();
    let made = grandpa.justification_stream().subscribe(WAITING);
    let client = client.clone();
    // A database that cannot be read stops what writes to it, which says so.
    let last = move || best_justification(&*client).ok().flatten();
    let tell = move |justification| {
        let Ok(()) = teller.notify(|| Ok::<_, Infallible>(justification));
    };
    task_manager.spawn_handle().spawn("justifications", Some("grandpa"), keep_telling(made, QUIET, last, tell));
    justifications
}
