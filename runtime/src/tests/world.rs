//! Helpers of the runtime's tests: a development chain with parties, assets and signed transactions.

use crate::{presets, *};
use codec::Encode;
use frame_support::assert_ok;
use pallet_participants::{AssetCode, AssetRecord};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{sr25519, Pair as _};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    generic::{Digest, DigestItem, Era},
    traits::Header as _,
    transaction_validity::TransactionValidityError,
    ApplyExtrinsicResult, DispatchResult,
};
use tandem_primitives::{
    AssetKind, Body, CallHash, Directory as _, ParticipantId, Reason, ReasonCode, Right, Role, Status,
};

pub use Sr25519Keyring::{
    Alice as OPERATOR, AliceStash as SELLER, Bob as OPERATOR_2, Charlie as REGULATOR, CharlieStash as REGULATOR_2,
    Dave as OPERATOR_3, DaveStash as REGULATOR_3, Eve as BUYER, Ferdie as ISSUER, One as STRANGER, Two as BUYER_2,
};

pub const SELLER_ID: ParticipantId = ParticipantId(2);
pub const BUYER_ID: ParticipantId = ParticipantId(3);

/// Number of a security of the issuer. The seller has 1,000 of it.
pub const BOND: u32 = 1;
/// Number of a cash token of the issuer. The buyer has 100,000 of it.
pub const EURO: u32 = 2;

/// Slot before the first block, counted in slots of two seconds since 1970.
const FIRST_SLOT: u64 = 800_000_000;

/// Test helper: genesis state of a preset, built as a node builds it, from the preset's JSON merged into the default.
pub fn genesis(preset: &str) -> TestExternalities {
    let json = |id: Option<String>| {
        let bytes = frame_support::genesis_builder_helper::get_preset::<RuntimeGenesisConfig>(&id, presets::get);
        serde_json::from_slice::<serde_json::Value>(&bytes.expect("a known preset")).expect("JSON")
    };
    let mut config = json(None);
    merge(&mut config, json(Some(preset.into())));
    let mut chain = TestExternalities::default();
    chain.execute_with(|| {
        let built = frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(
            serde_json::to_vec(&config).expect("JSON"),
        );
        assert_eq!(built, Ok(()));
    });
    chain
}

/// Test helper: merges a JSON patch into `target`, as RFC 7386 says.
fn merge(target: &mut serde_json::Value, patch: serde_json::Value) {
    match (target, patch) {
        (serde_json::Value::Object(target), serde_json::Value::Object(patch)) => {
            for (key, value) in patch {
                merge(target.entry(key).or_insert(serde_json::Value::Null), value);
            }
        }
        (target, patch) => *target = patch,
    }
}

/// Runs a test in the first block of a development chain on which the parties are registered and own what they trade.
/// Checks the invariants of all pallets after it.
pub fn execute(test: impl FnOnce()) {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        begin_block(1);
        found();
        test();
        check_state();
    });
}

/// Test helper: registers the parties and the issuer, and gives the parties what they trade.
pub fn found() {
    register(2, "Nordhav Pensjonsforvaltning AS", b"TNDM00NORDHAV0000059", &[Role::Trader], &[SELLER]);
    register(3, "Alpstein Privatbank AG", b"TNDM00ALPSTEIN000083", &[Role::Trader], &[BUYER, BUYER_2]);
    register(4, "Aldania Central Registrar SA", b"TNDM00REGISTRAR00027", &[Role::Issuer], &[ISSUER]);
    for (id, kind, code, owner, amount) in [
        (BOND, AssetKind::Security, AssetCode::Isin(isin()), SELLER, 1_000),
        (EURO, AssetKind::Cash, AssetCode::Currency(*b"EUR"), BUYER, 100_000),
    ] {
        let issuer = RuntimeOrigin::signed(ISSUER.to_account_id());
        assert_ok!(Assets::create(issuer.clone(), id.into(), ISSUER.to_account_id().into(), 1));
        let record = AssetRecord { kind, code, cfi: None, settlement_unit: 1 };
        assert_ok!(Participants::list_asset(issuer.clone(), AssetId::WithId(id), record));
        let operator = RuntimeOrigin::signed(OPERATOR.to_account_id());
        assert_ok!(Participants::confirm_listing(operator, AssetId::WithId(id), record));
        assert_ok!(Assets::mint(issuer, id.into(), owner.to_account_id().into(), amount));
    }
}

fn isin() -> tandem_primitives::Isin {
    tandem_primitives::Isin::parse("QZ0004710017").expect("check digit fits")
}

fn register(expected: u32, name: &str, lei: &[u8; 20], roles: &[Role], keys: &[Sr25519Keyring]) {
    assert_eq!(pallet_participants::NextParticipant::<Runtime>::get(), ParticipantId(expected));
    assert_ok!(Participants::register(
        RuntimeOrigin::root(),
        name.as_bytes().to_vec().try_into().expect("short"),
        tandem_primitives::Lei(*lei),
        roles.to_vec().try_into().expect("few"),
        keys.iter().map(|key| key.to_account_id()).collect::<Vec<_>>().try_into().expect("few"),
        Default::default(),
    ));
}

/// Test helper: adds an account with the usual rights to the participant, signed by its administrator `by`.
pub fn add_account(by: Sr25519Keyring, participant: ParticipantId, account: AccountId) {
    assert_ok!(Participants::add_account(RuntimeOrigin::signed(by.to_account_id()), participant, account, None));
}

/// Test helper: replaces an account, on a chain without a rights delay: an administrator of the participant asks, and
/// the operator confirms. `new` is fresh or of the same participant.
pub fn replace_account(old: &AccountId, new: &AccountId) -> DispatchResult {
    use pallet_participants::{Accounts, Error};
    frame_support::storage::with_storage_layer(|| {
        let record = Accounts::<Runtime>::get(old).ok_or(Error::<Runtime>::AccountNotFound)?;
        let listed = pallet_participants::Participants::<Runtime>::get(record.participant).expect("an owner").accounts;
        let has = |account: &AccountId, right| Participants::standing(account).is_some_and(|it| it.rights.has(right));
        let asks = listed.into_iter().find(|account| has(account, Right::Administer)).expect("one administers");
        let rights: pallet_participants::types::RightList =
            record.rights.iter().collect::<Vec<_>>().try_into().expect("four");
        Participants::request_replacement(RuntimeOrigin::signed(asks), old.clone(), new.clone(), rights.clone())?;
        let operator = RuntimeOrigin::signed(OPERATOR.to_account_id());
        Participants::replace_account(operator, old.clone(), new.clone(), rights)
    })
}

/// Test helper: sets the status of a participant by two accounts of the regulator.
pub fn set_status(participant: ParticipantId, status: Status) {
    let origin = pallet_participants::Origin::Approved { body: Body::Regulator, issuer: None };
    assert_ok!(Participants::set_status(origin.into(), participant, status, reason()));
}

pub fn reason() -> Reason {
    Reason::new(ReasonCode::Other)
}

/// Test helper: hash under which a call is proposed.
pub fn hash_of(call: &RuntimeCall) -> CallHash {
    Participants::call_hash(call)
}

/// Test helper: has a body decide a call, which the first account of `by` proposes and the others approve. Gives the
/// call's hash.
#[track_caller]
pub fn decide(body: Body, by: &[Sr25519Keyring], call: impl Into<RuntimeCall>) -> CallHash {
    let call = call.into();
    let hash = hash_of(&call);
    let (first, others) = by.split_first().expect("somebody proposes");
    send_ok(*first, pallet_participants::Call::propose { body, hash });
    for other in others {
        send_ok(*other, pallet_participants::Call::approve { body, call: Box::new(call.clone()) });
    }
    hash
}

/// Test helper: result of the call with this hash, by the event `Enacted`; `None` if it was not dispatched.
pub fn enacted(hash: CallHash) -> Option<DispatchResult> {
    System::events().into_iter().rev().find_map(|record| match record.event {
        RuntimeEvent::Participants(pallet_participants::Event::Enacted { hash: of, result, .. }) if of == hash => {
            Some(result)
        }
        _ => None,
    })
}

/// Test helper: begins the block with this number, and sets its time.
pub fn begin_block(number: BlockNumber) {
    let (header, inherent) = header_and_time(number);
    Executive::initialize_block(&header);
    assert_ok!(Executive::apply_extrinsic(inherent).expect("valid"));
}

/// Test helper: ends the block and makes two more, the first of them after `slots` slots without a block.
pub fn stand_still(slots: u64) {
    for more in 0..2 {
        let number = System::block_number() + 1;
        Executive::finalize_block();
        let (header, inherent) = header_at(number, FIRST_SLOT + u64::from(number) + slots + more);
        Executive::initialize_block(&header);
        assert_ok!(Executive::apply_extrinsic(inherent).expect("valid"));
    }
}

/// Test helper: header with which an author begins the block with this number, and the inherent that sets its time.
pub fn header_and_time(number: BlockNumber) -> (Header, UncheckedExtrinsic) {
    header_at(number, FIRST_SLOT + u64::from(number))
}

fn header_at(number: BlockNumber, slot: u64) -> (Header, UncheckedExtrinsic) {
    let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(slot).encode())] };
    let parent = if number == 1 { Hash::default() } else { System::parent_hash() };
    let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * SLOT_DURATION });
    let header = Header::new(number, Hash::default(), Hash::default(), parent, digest);
    (header, UncheckedExtrinsic::new_bare(inherent))
}

/// Test helper: ends the block and begins the next.
pub fn next_block() {
    let number = System::block_number();
    let header = Executive::finalize_block();
    assert_eq!(*header.number(), number);
    begin_block(number + 1);
}

/// Test helper: signed transaction with the next nonce of its account.
pub fn sign(signer: Sr25519Keyring, call: RuntimeCall, tip: Balance) -> UncheckedExtrinsic {
    sign_with(&signer.pair(), System::account_nonce(signer.to_account_id()), call, tip)
}

/// Test helper: transaction signed with any key, with this nonce.
pub fn sign_with(pair: &sr25519::Pair, nonce: Nonce, call: RuntimeCall, tip: Balance) -> UncheckedExtrinsic {
    let extension: TxExtension = (
        frame_system::AuthorizeCall::new(),
        frame_system::CheckNonZeroSender::new(),
        frame_system::CheckSpecVersion::new(),
        frame_system::CheckTxVersion::new(),
        frame_system::CheckGenesis::new(),
        frame_system::CheckMortality::from(Era::Immortal),
        frame_system::CheckNonce::from(nonce),
        frame_system::CheckWeight::new(),
        (pallet_participants::Guard::new(), crate::guard::obsolete::RefuseObsolete),
        pallet_transaction_payment::ChargeTransactionPayment::from(tip),
        frame_metadata_hash_extension::CheckMetadataHash::new(false),
        frame_system::WeightReclaim::new(),
    );
    let payload = SignedPayload::new(call.clone(), extension.clone()).expect("its implicit part is known");
    let signature = payload.using_encoded(|bytes| pair.sign(bytes));
    let account = AccountId::new(pair.public().0);
    UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
}

/// Test helper: signs a call and applies the transaction to the block.
pub fn send(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
    Executive::apply_extrinsic(sign(signer, call.into(), 0))
}

/// Test helper: sends a call that must be admitted and succeed.
#[track_caller]
pub fn send_ok(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
    assert_eq!(send(signer, call), Ok(Ok(())));
}

/// Test helper: sends a call that must not be admitted, and gives the refusal.
#[track_caller]
pub fn refused(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> TransactionValidityError {
    send(signer, call).expect_err("admitted")
}

/// Test helper: sends a call that must be admitted, and gives its result.
#[track_caller]
pub fn outcome(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
    send(signer, call).expect("admitted")
}

pub fn balance(asset: u32, key: Sr25519Keyring) -> Balance {
    Assets::balance(asset, key.to_account_id())
}

pub fn id(key: Sr25519Keyring) -> Address {
    key.to_account_id().into()
}

/// Test helper: call that transfers an amount of the security [`BOND`].
pub fn transfer(to: Sr25519Keyring, amount: Balance) -> RuntimeCall {
    RuntimeCall::Assets(pallet_assets::Call::transfer { id: BOND.into(), target: id(to), amount })
}

/// Test helper: checks the invariants of our pallets, and with `try-runtime` those of the SDK's.
pub fn check_state() {
    let ours = [
        Participants::do_try_state(),
        Escrow::do_try_state(),
        Settlement::do_try_state(),
        Counterpart::do_try_state(),
        Validators::do_try_state(),
    ];
    assert!(ours.iter().all(Result::is_ok), "{ours:?}");
    #[cfg(feature = "try-runtime")]
    {
        use frame_support::traits::{TryState, TryStateSelect};
        let checked =
            <AllPalletsWithSystem as TryState<BlockNumber>>::try_state(System::block_number(), TryStateSelect::All);
        assert_eq!(checked, Ok(()));
    }
}

#[test]
#[should_panic(expected = "P1: an account has no participant")]
fn chain_l11_a_broken_invariant_should_fail_a_test_whatever_the_runtime_is_built_with() {
    execute(|| {
        pallet_participants::Participants::<Runtime>::remove(SELLER_ID);
    });
}
