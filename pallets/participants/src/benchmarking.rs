//! Benchmarks of the calls and of the guard, each in its worst case, with every list full.

use crate::{
    classify::*,
    decisions::*,
    impls::Admission,
    mandates::{AssetLimits, Counterparties, Limits, MandateAssets, MAX_LISTED, MAX_REQUESTS, MAX_REQUESTS_EACH},
    types::*,
    *,
};
use alloc::{boxed::Box, vec::Vec};
use polkadot_sdk::*;

use frame_benchmarking::v2::*;
use frame_support::{
    dispatch::DispatchInfo,
    traits::{fungible, fungibles, EnsureOrigin, Get, Time},
    weights::Weight,
    BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use tandem_primitives::benchmarking::SetUpDirectory;
use tandem_primitives::{
    AccountId, AssetId, AssetKind, Capacity, ChangeHash, Directory, Isin, Lei, ParticipantId, Right, Rights, Role,
    Roles, Status,
};

/// Benchmark helper: an LEI with valid check digits, another for each number.
pub fn lei(number: u32) -> Lei {
    let body = alloc::format!("TNDM00B{number:011}");
    (2..99)
        .find_map(|digits| Lei::parse(&alloc::format!("{body}{digits:02}")).ok())
        .expect("one of 97 remainders fits; qed")
}

/// Benchmark helper: an ISIN with a valid check digit, another for each number below 10^9.
pub fn isin(number: u32) -> Isin {
    let body = alloc::format!("QZ{:09}", number % 1_000_000_000);
    (0..10).find_map(|digit| Isin::parse(&alloc::format!("{body}{digit}")).ok()).expect("one of ten digits fits; qed")
}

/// Benchmark helper: mandate without any limit, which also allows giving for nothing.
pub fn widest_mandate() -> Mandate {
    Mandate { free_of_payment: true, ..Mandate::widest() }
}

/// Benchmark helper: mandate with the longest encoding, with full lists of assets and counterparties.
fn full_mandate() -> Mandate {
    let entry = |number: u32| AssetLimits { asset: AssetId::WithId(number), limits: Limits::NONE };
    let assets: Vec<AssetLimits> = (0..MAX_LISTED).map(entry).collect();
    let counterparties: Vec<ParticipantId> = (0..MAX_LISTED).map(ParticipantId).collect();
    Mandate {
        assets: MandateAssets::Only(assets.try_into().expect("as many as fit; qed")),
        counterparties: Counterparties::Only(counterparties.try_into().expect("as many as fit; qed")),
        ..Mandate::widest()
    }
}

fn all_rights<const N: usize>(rights: [Right; N]) -> RightList {
    rights.to_vec().try_into().expect("at most four; qed")
}

/// Benchmark helper: files all but one of the requests that a participant may have, each with the longest encoding, in
/// the names of as many of its accounts as that takes. Returns an account that has filed none.
fn fill_requests<T: Config>(participant: ParticipantId, accounts: &[AccountId]) -> AccountId {
    let (agent, _) = self::participant::<T>(Role::SettlementBank, 1, 77);
    let shares = accounts.iter().flat_map(|by| core::iter::repeat_n(by, MAX_REQUESTS_EACH as usize));
    for (number, by) in (1..MAX_REQUESTS).zip(shares) {
        let mandate = Mandate { expires: u64::MAX.saturating_sub(u64::from(number)), ..full_mandate() };
        let change = Change::Mandate { agent, capacity: Capacity::Payment, mandate };
        Pallet::<T>::file(participant, Some(by.clone()), change).expect("room for more; qed");
    }
    accounts.last().cloned().expect("they are many; qed")
}

/// Benchmark helper: a participant with all but one of its requests and agents. Returns it, two of its accounts that
/// have filed no request, and a custodian that can become its last agent.
fn busy<T: Config>() -> (ParticipantId, AccountId, AccountId, ParticipantId) {
    RightsDelay::<T>::put(1_000);
    let (principal, accounts) = participant::<T>(Role::Trader, MAX_ACCOUNTS, 0);
    for number in 1..MAX_AGENTS {
        let (agent, _) = participant::<T>(Role::SettlementBank, 1, number);
        Pallet::<T>::insert_mandate(principal, agent, Capacity::Payment, full_mandate()).expect("room for more; qed");
    }
    let (last, _) = participant::<T>(Role::Custodian, MAX_ACCOUNTS, MAX_AGENTS);
    let caller = fill_requests::<T>(principal, &accounts);
    let second = accounts.iter().rev().nth(1).cloned().expect("they are many; qed");
    (principal, caller, second, last)
}

/// Benchmark helper: files the last request that fits, to appoint an agent with the longest mandate. Returns the
/// principal, the account that asked, a second one, the hash of the change, and the agent.
fn last_change<T: Config>() -> (ParticipantId, AccountId, AccountId, ChangeHash, ParticipantId) {
    let (principal, caller, second, agent) = busy::<T>();
    let change = Change::Mandate { agent, capacity: Capacity::Delivery, mandate: full_mandate() };
    let hash = Pallet::<T>::change_hash(&change);
    Pallet::<T>::file(principal, Some(caller.clone()), change).expect("room for one more; qed");
    (principal, caller, second, hash, agent)
}

/// Benchmark helper: text of the maximum length, made of one letter.
fn full<S: Get<u32>>(letter: u8) -> BoundedVec<u8, S> {
    alloc::vec![letter; S::get() as usize].try_into().expect("as long as its bound; qed")
}

fn operator<T: Config>() -> T::RuntimeOrigin {
    T::OperatorOrigin::try_successful_origin().expect("the operator exists; qed")
}

/// Benchmark helper: registers a participant with this role and number of accounts. Returns it with its accounts;
/// another `seed` gives other accounts.
fn participant<T: Config>(role: Role, accounts: u32, seed: u32) -> (ParticipantId, Vec<AccountId>) {
    let accounts: Vec<AccountId> = (0..accounts).map(|number| account("owned", number, seed)).collect();
    let first = accounts.first().expect("asked for at least one; qed");
    let participant = Pallet::<T>::participant_for_benchmark(first, Roles::default().with(role));
    for other in accounts.iter().skip(1) {
        Pallet::<T>::link_for_benchmark(participant, other.clone(), Rights::ALL);
    }
    (participant, accounts)
}

fn native<T: Config>(who: &AccountId) {
    <T::Assets as fungibles::Mutate<AccountId>>::mint_into(AssetId::Native, who, 1_000_000)
        .expect("the currency can be issued; qed");
}

fn service(name: Name) -> Service {
    Service {
        name,
        kind: ServiceKind::Node,
        protocol: full(b'p'),
        endpoint: full(b'e'),
        version: full(b'v'),
        description: Some(DescriptionHash(H256::repeat_byte(1))),
        state: ServiceState::Live,
    }
}

/// Benchmark helper: name of the maximum length, another for each number below 1,000.
fn numbered_name(number: u32) -> Name {
    alloc::format!("{number:0>140}").into_bytes().try_into().expect("as long as its bound; qed")
}

fn network() -> Network {
    Network { name: full(b'n'), operator: full(b'o'), endpoint: full(b'e') }
}

/// Benchmark helper: creates an asset whose owner is an active issuer. Returns both.
fn issued_asset<T: Config>() -> (AssetId, AccountId) {
    let (_, owners) = participant::<T>(Role::Issuer, 1, 9);
    let owner = owners.first().cloned().expect("one account; qed");
    let id = 4_000_000_000u32;
    <T::AssetOwners as fungibles::Create<AccountId>>::create(id, owner.clone(), true, 1)
        .expect("the number is free; qed");
    (AssetId::WithId(id), owner)
}

fn security(number: u32) -> AssetRecord {
    AssetRecord {
        kind: AssetKind::Security,
        code: AssetCode::Isin(isin(number)),
        cfi: Some(*b"ESVUFR"),
        settlement_unit: 1,
    }
}

/// Benchmark helper: all roles but operator and regulator.
fn ordinary_roles() -> RoleList {
    let roles: Vec<Role> =
        Role::ALL.into_iter().filter(|role| ![Role::Operator, Role::Regulator].contains(role)).collect();
    roles.try_into().expect("fewer than all; qed")
}

/// Benchmark helper: reason with a note of the maximum length.
fn reason() -> Reason {
    Reason { code: ReasonCode::Other, note: full(b'r') }
}

/// Benchmark helper: origin of a call that the accounts of this body have approved.
fn approved<T: Config>(body: Body, issuer: Option<AccountId>) -> T::RuntimeOrigin {
    Origin::Approved { body, issuer }.into()
}

/// Benchmark helper: registers a participant that has had this status for the estate delay, and an active one. Returns
/// the first, its account, which has native currency, and the account of the second.
fn holder_and_payee<T: Config>(status: Status) -> (ParticipantId, AccountId, AccountId) {
    let (participant, accounts) = participant::<T>(Role::Trader, 1, 0);
    let holder = accounts.first().cloned().expect("one account; qed");
    native::<T>(&holder);
    let by = Decider::body(Body::Regulator);
    Pallet::<T>::do_set_status(by, participant, status, reason()).expect("it was active; qed");
    // Past the hooks of the timestamp, which the directory knows as a clock alone.
    let later = T::Time::now().saturating_add(T::EstateDelay::get());
    frame_support::storage::unhashed::put(&frame_support::storage::storage_prefix(b"Timestamp", b"Now"), &later);
    let (_, accounts) = self::participant::<T>(Role::Trader, 1, 1);
    (participant, holder, accounts.first().cloned().expect("one account; qed"))
}

fn licence<T: Config>(from: AccountId, payee: AccountId) -> Licence {
    let expires = T::Time::now().saturating_add(1_000);
    Licence { from: Holding::Account(from), asset: AssetId::Native, amount: 1_000, payee, expires }
}

/// Benchmark helper: creates an asset of which a trader holds 1,000. Returns its number, its owner and the trader's
/// account.
fn held_asset<T: Config>() -> (u32, AccountId, AccountId) {
    let (asset, owner) = issued_asset::<T>();
    let AssetId::WithId(id) = asset else { unreachable!("an issued asset has a number; qed") };
    let (_, accounts) = participant::<T>(Role::Trader, 1, 3);
    let holder = accounts.first().cloned().expect("one account; qed");
    <T::Assets as fungibles::Mutate<AccountId>>::mint_into(asset, &holder, 1_000)
        .expect("the asset can be issued; qed");
    (id, owner, holder)
}

/// Benchmark helper: replaces the account so that as many places as possible lead to its successor, which is returned.
fn replaced<T: Config>(account: AccountId) -> AccountId {
    <Pallet<T> as SetUpDirectory>::replace(&account)
}

/// Benchmark helper: call with a remark of this length, which root may send and which changes nothing.
fn remark<T: Config>(length: u32) -> Box<T::RuntimeCall> {
    Box::new(frame_system::Call::remark { remark: alloc::vec![0; length as usize] }.into())
}

/// Benchmark helper: fills the operator's list of proposals but for one, in the names of as many accounts as that
/// takes.
fn fill_proposals<T: Config>() {
    let (_, accounts) = participant::<T>(Role::Operator, MAX_PROPOSALS.div_ceil(MAX_PROPOSALS_EACH), 9);
    let shares = accounts.iter().flat_map(|by| core::iter::repeat_n(by, MAX_PROPOSALS_EACH as usize));
    for (number, by) in (1..MAX_PROPOSALS).zip(shares) {
        let hash = sp_io::hashing::blake2_256(&number.to_le_bytes()).into();
        Pallet::<T>::do_propose(by.clone(), Body::Operator, hash).expect("room for more; qed");
    }
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn register(a: Linear<1, MAX_ACCOUNTS>) {
        let accounts: Vec<AccountId> = (0..a).map(|number| account("new", number, 0)).collect();
        let accounts: AccountList = accounts.try_into().expect("within its bound; qed");
        let caller = Pallet::<T>::account_for_benchmark(Role::Operator);
        // Without `Move` the native balance of every account is frozen.
        let rights: Vec<RightList> = (0..a).map(|_| all_rights([Right::Trade])).collect();
        let rights: RightsList = rights.try_into().expect("as many as accounts; qed");
        let participant = NextParticipant::<T>::get();

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), full(b'n'), lei(7), ordinary_roles(), accounts.clone(), rights);

        assert_eq!(Participants::<T>::get(participant).map(|record| record.accounts), Some(accounts));
    }

    #[benchmark]
    fn update() {
        let (participant, _) = participant::<T>(Role::Trader, MAX_ACCOUNTS, 0);

        #[extrinsic_call]
        _(RawOrigin::Root, participant, full(b'x'));

        assert_eq!(Participants::<T>::get(participant).map(|record| record.name), Some(full(b'x')));
    }

    #[benchmark]
    fn set_status(a: Linear<1, MAX_ACCOUNTS>) {
        let caller = Pallet::<T>::account_for_benchmark(Role::Regulator);
        let (participant, accounts) = participant::<T>(Role::Trader, a, 0);
        accounts.iter().for_each(native::<T>);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), participant, Status::Sanctioned, reason());

        for account in &accounts {
            assert_eq!(Accounts::<T>::get(account).map(|record| record.status), Some(Status::Sanctioned));
            let frozen = <T::Native as fungible::InspectFreeze<AccountId>>::balance_frozen(
                &FreezeReason::NotActive.into(),
                account,
            );
            assert!(frozen > 0);
        }
    }

    #[benchmark]
    fn set_roles(a: Linear<1, MAX_ACCOUNTS>) {
        let (participant, accounts) = participant::<T>(Role::Trader, a, 0);

        #[extrinsic_call]
        _(RawOrigin::Root, participant, ordinary_roles());

        for account in &accounts {
            assert!(Pallet::<T>::acts_as(account, Role::Auditor));
        }
    }

    #[benchmark]
    fn add_account() {
        let (participant, _) = participant::<T>(Role::Trader, MAX_ACCOUNTS - 1, 0);
        // An account of a suspended participant is frozen too.
        let regulator = Pallet::<T>::account_for_benchmark(Role::Regulator);
        Pallet::<T>::do_set_status(Decider::Regulator(regulator), participant, Status::Suspended, reason())
            .expect("it was active; qed");
        let new: AccountId = account("new", 0, 0);
        native::<T>(&new);
        let origin = operator::<T>();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, participant, new.clone(), None);

        assert_eq!(Pallet::<T>::standing(&new).map(|standing| standing.participant), Some(participant));
    }

    #[benchmark]
    fn remove_account() {
        let (_, accounts) = participant::<T>(Role::Operator, MAX_ACCOUNTS, 0);
        let successor = accounts.last().cloned().expect("they are full; qed");
        let removed = accounts.first().cloned().expect("they are full; qed");
        native::<T>(&removed);
        let origin: T::RuntimeOrigin = Origin::Approved { body: Body::Operator, issuer: None }.into();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, removed.clone(), successor);

        assert_ne!(Pallet::<T>::current_account(&removed), removed);
    }

    #[benchmark]
    fn replace_account() {
        let (_, accounts) = participant::<T>(Role::Trader, MAX_ACCOUNTS, 0);
        let caller = accounts.last().cloned().expect("they are full; qed");
        let old = accounts.first().cloned().expect("they are full; qed");
        let new: AccountId = account("new", 0, 0);
        native::<T>(&old);
        RightsDelay::<T>::kill();
        Pallet::<T>::do_request_replacement(caller, old.clone(), new.clone(), Rights::OF_NEW)
            .expect("a fresh account; qed");
        let confirming = Pallet::<T>::account_for_benchmark(Role::Operator);
        let usual: RightList = Rights::OF_NEW.iter().collect::<Vec<_>>().try_into().expect("at most four; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(confirming), old.clone(), new.clone(), usual);

        assert_eq!(Pallet::<T>::current_account(&old), new);
    }

    #[benchmark]
    fn recover() {
        let (_, accounts) = participant::<T>(Role::Trader, MAX_ACCOUNTS - 1, 0);
        let caller = accounts.last().cloned().expect("they are many; qed");
        let first = accounts.first().cloned().expect("they are many; qed");
        native::<T>(&first);
        let last = <Pallet<T> as SetUpDirectory>::replace(&first);
        let reader = Pallet::<T>::current_account(&first);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), first.clone(), AssetId::Native);

        assert_eq!(reader, last);
        assert_eq!(<T::Assets as fungibles::Inspect<AccountId>>::balance(AssetId::Native, &first), 0);
    }

    #[benchmark]
    fn set_certificate() {
        let (participant, accounts) = participant::<T>(Role::Trader, MAX_ACCOUNTS, 0);
        let caller = accounts.first().cloned().expect("they are full; qed");
        let expires = T::Time::now().saturating_add(1_000);
        let certificate = Some(Certificate { fingerprint: Fingerprint([7; 32]), expires });

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), certificate);

        assert_eq!(Participants::<T>::get(participant).map(|record| record.certificate), Some(certificate));
    }

    #[benchmark]
    fn dismiss_agent() {
        let (principal, caller, _, agent) = busy::<T>();
        Pallet::<T>::insert_mandate(principal, agent, Capacity::Delivery, full_mandate()).expect("room for more; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), agent, Capacity::Delivery);

        assert!(!Mandates::<T>::contains_key(principal, (agent, Capacity::Delivery)));
    }

    /// Benchmark of all calls that file a request, by `appoint_agent`, whose request is the longest.
    #[benchmark]
    fn request_change() {
        let (principal, caller, _, agent) = busy::<T>();

        #[extrinsic_call]
        appoint_agent(RawOrigin::Signed(caller), agent, Capacity::Delivery, full_mandate());

        assert_eq!(Requests::<T>::get(principal).len() as u32, MAX_REQUESTS);
    }

    #[benchmark]
    fn approve_change() {
        let (principal, _, second, hash, agent) = last_change::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(second), hash);

        assert_eq!(Mandates::<T>::get(principal, (agent, Capacity::Delivery)), Some(full_mandate()));
    }

    #[benchmark]
    fn veto_change() {
        let (principal, _, second, hash, _) = last_change::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(second), principal, hash);

        assert_eq!(Requests::<T>::get(principal).len() as u32, MAX_REQUESTS - 1);
    }

    #[benchmark]
    fn lower_rights() {
        let (_, accounts) = participant::<T>(Role::Trader, MAX_ACCOUNTS, 0);
        let caller = accounts.last().cloned().expect("they are full; qed");
        let lowered = accounts.first().cloned().expect("they are full; qed");
        native::<T>(&lowered);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), lowered.clone(), all_rights([]));

        assert_eq!(Pallet::<T>::standing(&lowered).map(|standing| standing.rights), Some(Rights::NONE));
    }

    #[benchmark]
    fn register_network() {
        let genesis = GenesisHash(H256([7; 32]));

        #[extrinsic_call]
        _(RawOrigin::Root, genesis, network());

        assert_eq!(Networks::<T>::get(genesis), Some(network()));
    }

    #[benchmark]
    fn update_network() {
        let genesis = GenesisHash(H256([7; 32]));
        Pallet::<T>::do_register_network(genesis, network()).expect("room for more; qed");

        #[extrinsic_call]
        _(RawOrigin::Root, genesis, None);

        assert_eq!(Networks::<T>::get(genesis), None);
    }

    /// Benchmark helper: registers a participant with this number of services. Returns its account and its number.
    fn services<T: Config>(count: u32) -> (AccountId, ParticipantId) {
        let (owner, accounts) = participant::<T>(Role::Trader, 1, 0);
        let caller = accounts.first().cloned().expect("one account; qed");
        for number in 0..count {
            let service = service(numbered_name(number));
            Pallet::<T>::do_register_service(caller.clone(), service).expect("room for more; qed");
        }
        (caller, owner)
    }

    #[benchmark]
    fn register_service() {
        let (caller, owner) = services::<T>(MAX_SERVICES - 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), service(full(b's')));

        assert_eq!(Services::<T>::get(owner).len() as u32, MAX_SERVICES);
    }

    #[benchmark]
    fn update_service() {
        let (caller, owner) = services::<T>(MAX_SERVICES);
        let name = numbered_name(MAX_SERVICES - 1);
        let new = Service { state: ServiceState::Retired, ..service(name) };

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), new.clone());

        assert_eq!(Services::<T>::get(owner).last(), Some(&new));
    }

    #[benchmark]
    fn remove_service() {
        let (caller, owner) = services::<T>(MAX_SERVICES);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), owner, numbered_name(0));

        assert_eq!(Services::<T>::get(owner).len() as u32, MAX_SERVICES - 1);
    }

    #[benchmark]
    fn list_asset() {
        let (asset, owner) = issued_asset::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), asset.clone(), security(900_000_001));

        assert_eq!(ListingRequests::<T>::get(asset).map(|request| request.record), Some(security(900_000_001)));
    }

    #[benchmark]
    fn update_asset() {
        let (asset, owner) = issued_asset::<T>();
        Pallet::<T>::set_asset(asset.clone(), None, security(900_000_001)).expect("a free ISIN; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), asset.clone(), security(900_000_002));

        assert_eq!(ListingRequests::<T>::get(asset).map(|request| request.record), Some(security(900_000_002)));
    }

    #[benchmark]
    fn propose() {
        let caller = Pallet::<T>::account_for_benchmark(Role::Operator);
        fill_proposals::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), Body::Operator, H256([7; 32]).0.into());

        assert_eq!(Proposals::<T>::get(Body::Operator).len() as u32, MAX_PROPOSALS);
    }

    /// Benchmark helper: proposes a call of this length to the operator, whose list of proposals is full then. Returns
    /// the account that can approve it, and the call.
    fn proposed<T: Config>(length: u32) -> (AccountId, Box<T::RuntimeCall>) {
        let (_, accounts) = participant::<T>(Role::Operator, 2, 0);
        let [first, second] = <[AccountId; 2]>::try_from(accounts).expect("two accounts; qed");
        fill_proposals::<T>();
        let call = remark::<T>(length);
        Pallet::<T>::do_propose(first, Body::Operator, Pallet::<T>::call_hash(&call)).expect("room for more; qed");
        (second, call)
    }

    #[benchmark]
    fn approve(l: Linear<0, 65_536>) {
        EnactmentDelay::<T>::kill();
        let (caller, call) = proposed::<T>(l);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), Body::Operator, call);

        assert_eq!(Proposals::<T>::get(Body::Operator).len() as u32, MAX_PROPOSALS - 1);
    }

    #[benchmark]
    fn enact(l: Linear<0, 65_536>) {
        let (second, call) = proposed::<T>(l);
        EnactmentDelay::<T>::put(1);
        Pallet::<T>::do_approve(second.clone(), Body::Operator, *call.clone()).expect("just proposed; qed");
        // A benchmark's clock stands still, so the delay is taken away instead.
        Proposals::<T>::mutate(Body::Operator, |proposals| {
            for proposal in proposals.iter_mut() {
                if let ProposalState::Approved { enact_after, .. } = &mut proposal.state {
                    *enact_after = T::Time::now();
                }
            }
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(second), Body::Operator, call);

        assert_eq!(Proposals::<T>::get(Body::Operator).len() as u32, MAX_PROPOSALS - 1);
    }

    #[benchmark]
    fn withdraw_proposal() {
        let (caller, call) = proposed::<T>(0);
        EnactmentDelay::<T>::put(1);
        Pallet::<T>::do_approve(caller.clone(), Body::Operator, *call.clone()).expect("just proposed; qed");
        let hash = Pallet::<T>::call_hash(&call);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), Body::Operator, hash);

        let left = Proposals::<T>::get(Body::Operator).into_iter().find(|proposal| proposal.hash == hash);
        assert_eq!(left.map(|proposal| proposal.approvals.len()), Some(1));
    }

    #[benchmark]
    fn set_enactment_delay() {
        #[extrinsic_call]
        _(RawOrigin::Root, T::MaxEnactmentDelay::get());

        assert_eq!(EnactmentDelay::<T>::get(), T::MaxEnactmentDelay::get());
    }

    /// Benchmark of `veto`, with as many proposals as may wait.
    #[benchmark]
    fn veto() {
        let (caller, call) = proposed::<T>(0);
        EnactmentDelay::<T>::put(1);
        Pallet::<T>::do_approve(caller.clone(), Body::Operator, *call.clone()).expect("just proposed; qed");
        // Nobody has a veto on a remark: it is given one.
        Proposals::<T>::mutate(Body::Operator, |proposals| {
            for proposal in proposals.iter_mut() {
                if let ProposalState::Approved { veto: role, .. } = &mut proposal.state {
                    *role = Some(Role::Operator);
                }
            }
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), Body::Operator, Pallet::<T>::call_hash(&call));

        assert_eq!(Proposals::<T>::get(Body::Operator).len() as u32, MAX_PROPOSALS - 1);
    }

    #[benchmark]
    fn transfer_estate() {
        let (participant, from, to) = holder_and_payee::<T>(Status::Revoked);
        let origin = approved::<T>(Body::OperatorAndRegulator, None);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, participant, Holding::Account(from.clone()), AssetId::Native, to, reason());

        assert_eq!(<T::Assets as fungibles::Inspect<AccountId>>::balance(AssetId::Native, &from), 0);
    }

    #[benchmark]
    fn grant_licence() {
        let (participant, from, to) = holder_and_payee::<T>(Status::Sanctioned);
        let origin = approved::<T>(Body::OperatorAndRegulator, None);
        let id = NextLicence::<T>::get();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, participant, licence::<T>(from, to), reason());

        assert!(Licences::<T>::contains_key(id));
    }

    #[benchmark]
    fn use_licence() {
        let (participant, from, to) = holder_and_payee::<T>(Status::Sanctioned);
        let id = NextLicence::<T>::get();
        let licence = licence::<T>(from, to.clone());
        let by = Decider::body(Body::OperatorAndRegulator);
        Pallet::<T>::do_grant_licence(by, participant, licence, reason()).expect("it is sanctioned; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(to), id, 999);

        assert_eq!(Licences::<T>::get(id).map(|(_, _, licence)| licence.amount), Some(1));
    }

    /// Benchmark of `recover_asset`, in which all four accounts of the asset were replaced the longest possible way.
    #[benchmark]
    fn recover_asset() {
        let (asset, owner) = issued_asset::<T>();
        let AssetId::WithId(id) = asset else { unreachable!("an issued asset has a number; qed") };
        let last = replaced::<T>(owner);

        #[extrinsic_call]
        _(RawOrigin::Signed(last.clone()), id);

        assert_eq!(T::AssetTeams::team(id).map(|team| team.freezer), Some(last));
    }

    #[benchmark]
    fn confirm_listing() {
        let (asset, owner) = issued_asset::<T>();
        Pallet::<T>::set_asset(asset.clone(), None, security(900_000_001)).expect("a free ISIN; qed");
        let new = security(900_000_002);
        Pallet::<T>::do_update_asset(RawOrigin::Signed(owner).into(), asset.clone(), new).expect("a free ISIN; qed");
        let caller = Pallet::<T>::account_for_benchmark(Role::Operator);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), asset.clone(), new);

        assert_eq!(AssetRegistry::<T>::get(asset), Some(new));
    }

    #[benchmark]
    fn delist_asset() {
        let (asset, _) = issued_asset::<T>();
        Pallet::<T>::set_asset(asset.clone(), None, security(900_000_001)).expect("a free ISIN; qed");
        let caller = Pallet::<T>::account_for_benchmark(Role::Regulator);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), asset.clone(), reason());

        assert!(Delisted::<T>::contains_key(asset));
    }

    #[benchmark]
    fn claw_back() {
        let (asset, owner, holder) = held_asset::<T>();
        let origin = approved::<T>(Body::IssuerAndRegulator, Some(owner.clone()));

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, asset, holder.clone(), owner, 1_000, reason());

        assert_eq!(<T::Assets as fungibles::Inspect<AccountId>>::balance(AssetId::WithId(asset), &holder), 0);
    }

    #[benchmark]
    fn burn_from() {
        let (asset, owner, holder) = held_asset::<T>();
        let origin = approved::<T>(Body::IssuerAndRegulator, Some(owner));

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, asset, holder.clone(), 1_000, reason());

        assert_eq!(<T::Assets as fungibles::Inspect<AccountId>>::balance(AssetId::WithId(asset), &holder), 0);
    }

    #[benchmark]
    fn destroy_asset() {
        let (asset, owner, holder) = held_asset::<T>();
        let origin = approved::<T>(Body::IssuerAndRegulator, Some(owner));

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, asset, reason());

        let id = AssetId::WithId(asset);
        let taken = <T::Assets as fungibles::Mutate<AccountId>>::mint_into(id, &holder, 1);
        assert!(taken.is_err(), "nothing is issued of an asset that is being destroyed");
    }

    /// Benchmark of the guard: the checks of `n` accounts, the charge and the refund. The runtime's classifier, which
    /// runs in between, reads no storage.
    #[benchmark]
    fn guard(n: Linear<1, MAX_ORIGINS>) -> Result<(), BenchmarkError> {
        let participants: Vec<_> = (0..n).map(|seed| participant::<T>(Role::Trader, 1, seed)).collect();
        let effective: Vec<Effective> = participants
            .iter()
            .flat_map(|(_, accounts)| accounts.iter().cloned())
            .map(|account| Effective::new(account, Access::Finish))
            .collect();
        let signer = effective.first().map(|origin| origin.account.clone()).expect("at least one; qed");
        let found = Classified { effective, lane: Lane::Finishing, opened: Opened::OTHER };
        let info = DispatchInfo { call_weight: Weight::from_parts(1_000, 0), ..Default::default() };

        #[block]
        {
            let admission = Pallet::<T>::admit(&signer, &found, &info, 100)
                .map_err(|_| BenchmarkError::Stop("every account may act"))?;
            if let Admission::Charged { charge, quota, lanes } = admission {
                Quota::<T>::insert(charge.participant, quota);
                BlockLanes::<T>::set(lanes.unwrap_or_default());
                Pallet::<T>::settle_charge(&charge, 600, true);
            }
        }

        let (first, _) = participants.first().expect("at least one; qed");
        assert_eq!(Quota::<T>::get(first).ordinary, Resources { time: 600, bytes: 100 });
        Ok(())
    }

    #[benchmark]
    fn set_allowance() -> Result<(), BenchmarkError> {
        let (id, _) = participant::<T>(Role::Trader, 1, 0);
        let allowance = Some(Allowance { period: Resources { time: 1, bytes: 1 }, day: Opened::INSTRUCTION });

        #[extrinsic_call]
        _(RawOrigin::Root, id, allowance);

        assert_eq!(Quota::<T>::get(id).allowance, allowance);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
