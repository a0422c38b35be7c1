//! One of the two chains of a test: its state, its blocks, and every header it has finalised with the state behind it.

use crate::{
    tests::world::{check_state, genesis, sign},
    *,
};
use codec::Encode;
use frame_support::{assert_ok, weights::Weight};
use pallet_counterpart::HeaderProof;
use polkadot_sdk::{
    bp_header_chain::justification::GrandpaJustification,
    sp_consensus_grandpa::{AuthorityList, SetId},
};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::Blake2Hasher;
use sp_io::TestExternalities;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{
    generic::{Digest, DigestItem},
    traits::Header as _,
    DispatchError, DispatchResult,
};
use sp_state_machine::{prove_read, Backend, InMemoryBackend};

/// Slot of genesis, counted in slots of two seconds since 1970.
const FIRST_SLOT: u64 = 800_000_000;

/// Finalised header, with the state after its block.
pub struct Finalised {
    pub header: Header,
    state: InMemoryBackend<Blake2Hasher>,
}

impl Finalised {
    pub fn hash(&self) -> Hash {
        self.header.hash()
    }

    /// Proof of these keys at this header, as `state_getReadProof` gives it.
    pub fn prove(&self, keys: &[Vec<u8>]) -> HeaderProof {
        let nodes = prove_read(self.state.clone(), keys.iter().map(|key| key.as_slice())).expect("the state is whole");
        HeaderProof { header: self.hash(), nodes: nodes.into_iter_nodes().collect() }
    }
}

/// Chain of a test, with all that it has finalised.
pub struct Network {
    chain: TestExternalities,
    pub genesis: Hash,
    slot: u64,
    pub finalised: Vec<Finalised>,
    /// Keys of the validators that sign its justifications.
    pub validators: Vec<Ed25519Keyring>,
}

impl Network {
    /// New chain of this preset, in its first block.
    pub fn new(preset: &str) -> Self {
        let mut chain = genesis(preset);
        let state = chain.as_backend();
        let (root, _) = state.storage_root(std::iter::empty(), sp_runtime::StateVersion::V1);
        let header = Header::new(0, Hash::default(), root, Hash::default(), Default::default());
        let mut network = Self {
            chain,
            genesis: header.hash(),
            slot: FIRST_SLOT,
            finalised: vec![Finalised { header, state }],
            validators: vec![Ed25519Keyring::Alice, Ed25519Keyring::Bob],
        };
        network.begin(1);
        network
    }

    /// Runs `what` on the state of the chain, in the block that is being made.
    pub fn on<R>(&mut self, what: impl FnOnce() -> R) -> R {
        self.chain.execute_with(what)
    }

    /// Begins a block `slots` slots after the last one, and sets its time.
    fn begin(&mut self, slots: u64) {
        self.slot += slots;
        let (slot, parent) = (self.slot, self.finalised.last().expect("genesis at least").header.clone());
        self.chain.execute_with(|| {
            let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(slot).encode())] };
            let header = Header::new(parent.number() + 1, Hash::default(), Hash::default(), parent.hash(), digest);
            Executive::initialize_block(&header);
            let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * SLOT_DURATION });
            assert_ok!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent)).expect("valid"));
        });
    }

    /// Checks the invariants, ends and finalises the block, and begins the next one `slots` slots later.
    pub fn block_after(&mut self, slots: u64) {
        self.chain.execute_with(check_state);
        self.unchecked_block_after(slots);
    }

    /// Ends and finalises the block and begins the next one `slots` slots later, without a check of invariants, for a
    /// state that a test has broken.
    pub fn unchecked_block_after(&mut self, slots: u64) {
        let header = self.chain.execute_with(Executive::finalize_block);
        self.chain.commit_all().expect("committed");
        self.finalised.push(Finalised { header, state: self.chain.as_backend() });
        self.begin(slots);
    }

    /// Checks the invariants, ends and finalises the block, and begins the next one.
    pub fn block(&mut self) {
        self.block_after(1);
    }

    /// Ends the block, if its time is before `instant`, and begins one whose time is not.
    pub fn wait_until(&mut self, instant: Moment) {
        let now = self.now();
        if instant > now {
            self.block_after((instant - now).div_ceil(SLOT_DURATION));
        }
    }

    /// Does what `wait_until` does, without a check of invariants, for a state that a test has broken.
    pub fn unchecked_wait_until(&mut self, instant: Moment) {
        let now = self.now();
        if instant > now {
            self.unchecked_block_after((instant - now).div_ceil(SLOT_DURATION));
        }
    }

    pub fn now(&mut self) -> Moment {
        self.on(Timestamp::get)
    }

    /// Newest finalised header, with the state after its block.
    pub fn newest(&self) -> &Finalised {
        self.finalised.last().expect("genesis at least")
    }

    /// Sends a signed transaction that must be admitted, and gives the result of its call.
    #[track_caller]
    pub fn send(&mut self, signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
        let call = call.into();
        self.on(|| Executive::apply_extrinsic(sign(signer, call, 0))).expect("admitted")
    }

    /// Sends a signed transaction that must be admitted and succeed.
    #[track_caller]
    pub fn send_ok(&mut self, signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
        assert_eq!(self.send(signer, call), Ok(()));
    }

    /// Sends a signed transaction that must be admitted and fail with this error.
    #[track_caller]
    pub fn send_err(
        &mut self,
        signer: Sr25519Keyring,
        call: impl Into<RuntimeCall>,
        error: impl Into<sp_runtime::DispatchError>,
    ) {
        let error: sp_runtime::DispatchError = error.into();
        let found = self.send(signer, call).expect_err("the call succeeded");
        // The message of a module's error is not part of its encoding.
        assert_eq!(found.encode(), error.encode(), "{found:?} and not {error:?}");
    }

    /// Dispatches a call as signed by the key's account, past the pool, the guard and the filter. Gives its result.
    pub fn directly(&mut self, signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
        self.by(signer.to_account_id(), call)
    }

    /// Dispatches a call as signed by this account, whose key the test does not have, past the pool and the guard.
    pub fn by(&mut self, account: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
        use sp_runtime::traits::Dispatchable;
        let call = call.into();
        self.on(|| {
            frame_support::storage::with_storage_layer(|| {
                call.dispatch(RuntimeOrigin::signed(account)).map(|_| ()).map_err(|failed| failed.error)
            })
        })
    }

    /// Dispatches a call as signed by this account, whose key the test does not have, past the pool and through the guard:
    /// the account's participant is charged, and a call that the guard refuses fails.
    pub fn admitted(&mut self, account: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
        use frame_support::dispatch::GetDispatchInfo;
        use sp_runtime::traits::{DispatchTransaction, Dispatchable};
        let call = call.into();
        self.on(|| {
            let (info, length) = (call.get_dispatch_info(), call.encoded_size());
            let origin = RuntimeOrigin::signed(account);
            let guard = pallet_participants::Guard::<Runtime>::new();
            let dispatched = guard.test_run(origin, &call, &info, length, 0, |origin| {
                frame_support::storage::with_storage_layer(|| call.clone().dispatch(origin))
            });
            match dispatched {
                Ok(result) => result.map(|_| ()).map_err(|failed| failed.error),
                Err(_) => Err(DispatchError::Other("refused by the guard")),
            }
        })
    }

    /// Dispatches a call past the pool and the guard, with its declared weight and its actual one.
    pub fn weighed(
        &mut self,
        signer: Sr25519Keyring,
        call: impl Into<RuntimeCall>,
    ) -> (DispatchResult, Weight, Weight) {
        use frame_support::dispatch::{extract_actual_weight, GetDispatchInfo};
        use sp_runtime::traits::Dispatchable;
        let call = call.into();
        let info = call.get_dispatch_info();
        let origin = RuntimeOrigin::signed(signer.to_account_id());
        let result = self.on(|| frame_support::storage::with_storage_layer(|| call.dispatch(origin)));
        let actual = extract_actual_weight(&result, &info);
        (result.map(|_| ()).map_err(|failed| failed.error), info.call_weight, actual)
    }

    /// Events of `pallet-counterpart` in the block that is being made.
    pub fn events(&mut self) -> Vec<pallet_counterpart::Event<Runtime>> {
        let ours = |record: frame_system::EventRecord<RuntimeEvent, Hash>| match record.event {
            RuntimeEvent::Counterpart(event) => Some(event),
            _ => None,
        };
        self.on(System::events).into_iter().filter_map(ours).collect()
    }

    /// Dispatches a call as root, which stands for a decision of the operator under dual control.
    #[track_caller]
    pub fn root(&mut self, call: impl Into<RuntimeCall>) -> DispatchResult {
        use sp_runtime::traits::Dispatchable;
        let call = call.into();
        self.on(|| call.dispatch(RuntimeOrigin::root()).map(|_| ()).map_err(|failed| failed.error))
    }

    /// Authority set of GRANDPA that justifies headers now, with its id.
    pub fn authorities(&mut self) -> (AuthorityList, SetId) {
        self.on(|| (Grandpa::grandpa_authorities(), Grandpa::current_set_id()))
    }

    /// Finalised header with this position, and its justification by the chain's validators.
    pub fn justify(&self, at: usize, set_id: SetId) -> (Header, GrandpaJustification<Header>) {
        let header = self.finalised[at].header.clone();
        (header.clone(), justification(&header, set_id, &self.validators))
    }

    /// Position of the newest finalised header.
    pub fn top(&self) -> usize {
        self.finalised.len() - 1
    }
}

/// Test helper: justification of the header in which all of these validators vote for exactly this header.
pub fn justification(header: &Header, set_id: SetId, by: &[Ed25519Keyring]) -> GrandpaJustification<Header> {
    use polkadot_sdk::sp_consensus_grandpa::{localized_payload, AuthorityId, AuthoritySignature};
    let (round, target) =
        (1, finality_grandpa::Precommit { target_hash: header.hash(), target_number: *header.number() });
    let precommits = by
        .iter()
        .map(|key| {
            let payload = localized_payload(round, set_id, &finality_grandpa::Message::Precommit(target.clone()));
            finality_grandpa::SignedPrecommit {
                precommit: target.clone(),
                signature: AuthoritySignature::from(key.sign(&payload)),
                id: AuthorityId::from(key.public()),
            }
        })
        .collect();
    let commit = finality_grandpa::Commit { target_hash: header.hash(), target_number: *header.number(), precommits };
    GrandpaJustification { round, commit, votes_ancestries: Vec::new() }
}
