//! Table of calls: one row for every call of the runtime, those of the SDK's pallets included.
//!
//! Admission, quota, priority, filter, proxies and pauses read it. A call without a row does not compile: whoever adds
//! a call decides here what it is.
//!
//! | column | values |
//! |---|---|
//! | class | `FINISHING`, `PROOF`, `ORDINARY`, `ISSUING`, `GOVERNING`, `CHAIN`: see [`CallClass`]; `REFUSED`: nobody sends it, root neither |
//! | `.by(role)` | role that the sender's participant must have |
//! | `.opens(kind)` | state that it leaves, counted against the day's cap of that kind |
//! | `.for_revoked()` | a revoked participant may send it too |
//! | `.for_sanctioned()` | a suspended or sanctioned participant may send it too |
//! | `.for_rightless()` | an account without any right may send it too |
//! | `.by_mover()` | the sending account must have `Move` or `MoveAll` |
//! | `.for_active()` | a suspended participant may not, although the call completes something: anybody else can |
//! | `.never_paused()` | `TxPause` never stops it, as it stops no finishing call and no proof |

use crate::{Runtime, RuntimeCall};
use pallet_participants::{Access, CallClass, GuardRefusal, Opened};
use polkadot_sdk::*;
use tandem_primitives::{Body, Role, Roles};

/// Row of the table of calls: all that the guard needs to know of one call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Row {
    /// Class of the call.
    pub class: CallClass,
    /// True if the call filter refuses the call for everybody.
    pub refused: bool,
    /// Role that the sender's participant must have.
    pub role: Option<Role>,
    /// True if the sending account must have `Move` or `MoveAll`.
    pub moves: bool,
    /// True if an account without any right may send the call too.
    pub rightless: bool,
    /// State that one such call opens, counted towards the participant's caps of the day.
    pub opened: Opened,
    /// Status that the sender's participant must have.
    pub access: Access,
    /// True if `TxPause` can never pause the call.
    pub never_paused: bool,
}

impl Row {
    const fn of(class: CallClass) -> Self {
        let opened = Opened { instructions: 0, payments: 0, others: 0 };
        let completes = matches!(class, CallClass::Finishing | CallClass::Proof);
        let access = if completes { Access::Finish } else { Access::Start };
        let (refused, role, moves, rightless) = (false, None, false, false);
        Self { class, refused, role, moves, rightless, opened, access, never_paused: completes }
    }

    const fn by(self, role: Role) -> Self {
        Self { role: Some(role), ..self }
    }

    const fn opens(self, opened: Opened) -> Self {
        Self { opened, ..self }
    }

    const fn by_mover(self) -> Self {
        Self { moves: true, ..self }
    }

    const fn for_sanctioned(self) -> Self {
        Self { access: Access::Veto, ..self }
    }

    const fn for_rightless(self) -> Self {
        Self { rightless: true, ..self }
    }

    const fn for_revoked(self) -> Self {
        Self { access: Access::Claim, ..self }
    }

    const fn for_active(self) -> Self {
        Self { access: Access::Start, ..self }
    }

    const fn never_paused(self) -> Self {
        Self { never_paused: true, ..self }
    }

    /// Roles of which the sender's participant must have one; empty if any participant may send the call.
    pub fn roles(&self) -> Roles {
        self.role.into_iter().collect()
    }

    /// Refusal for a sender that lacks the role or the right.
    pub fn without_role(&self) -> GuardRefusal {
        match self.class {
            CallClass::Issuing => GuardRefusal::NotIssuer,
            CallClass::Finishing | CallClass::Proof | CallClass::Ordinary | CallClass::Governing | CallClass::Chain => {
                GuardRefusal::NotAuthorized
            }
        }
    }
}

const FINISHING: Row = Row::of(CallClass::Finishing);
const PROOF: Row = Row::of(CallClass::Proof);
const ORDINARY: Row = Row::of(CallClass::Ordinary);
const ISSUING: Row = Row::of(CallClass::Issuing).by(Role::Issuer).by_mover();
const GOVERNING: Row = Row::of(CallClass::Governing);
const CHAIN: Row = Row::of(CallClass::Chain);
const REFUSED: Row = Row { refused: true, ..CHAIN };

/// Macro that writes the table once for two readers: a call finds its row by an exhaustive match, a name by a search in
/// `ROWS`.
macro_rules! table {
    ($($pallet:ident: $module:ident { $($call:ident = $row:expr,)* })*) => {
        /// Row of a call. Calls inside it have rows of their own.
        pub fn row(call: &RuntimeCall) -> Row {
            let row = match call {
                $(RuntimeCall::$pallet(call) => match call {
                    $($module::Call::<Runtime>::$call { .. } => $row,)*
                    $module::Call::<Runtime>::__Ignore(..) => REFUSED,
                },)*
            };
            adjusted(call, row)
        }

        /// Rows of all calls, with the names of pallet and call.
        pub const ROWS: &[(&str, &str, Row)] = &[
            $($((stringify!($pallet), stringify!($call), $row),)*)*
        ];
    };
}

/// Row of a call, changed where it depends on the call's arguments.
fn adjusted(call: &RuntimeCall, row: Row) -> Row {
    use pallet_multisig::Call::{approve_as_multi, as_multi};
    use pallet_participants::Call::{approve, enact, propose, withdraw_proposal};
    match call {
        // Issuers take part in it, and are many: it does not compete for the reserve.
        RuntimeCall::Participants(
            propose { body: Body::IssuerAndRegulator, .. }
            | approve { body: Body::IssuerAndRegulator, .. }
            | enact { body: Body::IssuerAndRegulator, .. }
            | withdraw_proposal { body: Body::IssuerAndRegulator, .. },
        ) => Row { class: CallClass::Ordinary, ..row },
        // Only the first approval of an operation stores anything new.
        RuntimeCall::Multisig(
            as_multi { maybe_timepoint: Some(_), .. } | approve_as_multi { maybe_timepoint: Some(_), .. },
        ) => row.opens(Opened { instructions: 0, payments: 0, others: 0 }),
        _ => row,
    }
}

table! {
    System: frame_system {
        remark = ORDINARY,
        remark_with_event = ORDINARY,
        set_heap_pages = CHAIN,
        set_code = CHAIN,
        set_code_without_checks = REFUSED,
        authorize_upgrade = CHAIN,
        authorize_upgrade_without_checks = REFUSED,
        // The code that two accounts of the operator have authorised, by any one of them.
        apply_authorized_upgrade = GOVERNING.by(Role::Operator).never_paused(),
        set_storage = REFUSED,
        kill_storage = REFUSED,
        kill_prefix = REFUSED,
    }
    Timestamp: pallet_timestamp {
        set = CHAIN.never_paused(),
    }
    // A pause looks at the calls inside again: of a wrapper it would only stop those who have no other way to finish.
    Utility: pallet_utility {
        batch = ORDINARY.never_paused(),
        batch_all = ORDINARY.never_paused(),
        force_batch = ORDINARY.never_paused(),
        if_else = ORDINARY.never_paused(),
        as_derivative = ORDINARY.never_paused(),
        dispatch_as = REFUSED,
        dispatch_as_fallible = REFUSED,
        with_weight = CHAIN.never_paused(),
    }
    Multisig: pallet_multisig {
        as_multi = ORDINARY.opens(Opened::OTHER).never_paused(),
        as_multi_threshold_1 = ORDINARY.never_paused(),
        approve_as_multi = ORDINARY.opens(Opened::OTHER).never_paused(),
        cancel_as_multi = ORDINARY.never_paused(),
        poke_deposit = ORDINARY.never_paused(),
    }
    Proxy: pallet_proxy {
        proxy = ORDINARY.never_paused(),
        proxy_announced = ORDINARY.never_paused(),
        add_proxy = ORDINARY.opens(Opened::OTHER),
        // By these a participant takes back what a thief with its key has allowed.
        remove_proxy = ORDINARY.never_paused(),
        remove_proxies = ORDINARY.never_paused(),
        create_pure = ORDINARY.opens(Opened::OTHER),
        kill_pure = ORDINARY,
        announce = ORDINARY.opens(Opened::OTHER),
        remove_announcement = ORDINARY,
        reject_announcement = ORDINARY,
        poke_deposit = ORDINARY,
    }
    // For its key alone; on a chain without one the filter refuses it.
    Sudo: pallet_sudo {
        sudo = CHAIN.never_paused(),
        sudo_unchecked_weight = CHAIN.never_paused(),
        sudo_as = CHAIN.never_paused(),
        set_key = CHAIN,
        remove_key = CHAIN,
    }
    TxPause: pallet_tx_pause {
        pause = CHAIN.never_paused(),
        unpause = CHAIN.never_paused(),
    }
    Balances: pallet_balances {
        transfer_allow_death = ORDINARY,
        transfer_keep_alive = ORDINARY,
        transfer_all = ORDINARY,
        burn = ORDINARY,
        force_transfer = CHAIN,
        force_set_balance = CHAIN,
        force_unreserve = CHAIN,
        force_adjust_total_issuance = REFUSED,
        upgrade_accounts = REFUSED,
    }
    Assets: pallet_assets {
        create = ISSUING.opens(Opened::OTHER),
        mint = ISSUING,
        set_team = ISSUING,
        transfer_ownership = ISSUING,
        start_destroy = ISSUING,
        transfer = ORDINARY,
        transfer_keep_alive = ORDINARY,
        transfer_all = ORDINARY,
        transfer_approved = ORDINARY,
        force_transfer = REFUSED,
        approve_transfer = ORDINARY.opens(Opened::OTHER).by_mover(),
        cancel_approval = ORDINARY,
        burn = ORDINARY,
        freeze = ORDINARY.by_mover(),
        thaw = ORDINARY.by_mover(),
        freeze_asset = ORDINARY.by_mover(),
        thaw_asset = ORDINARY.by_mover(),
        block = ORDINARY.by_mover(),
        touch = ORDINARY.opens(Opened::OTHER),
        touch_other = ORDINARY.opens(Opened::OTHER),
        refund = ORDINARY,
        refund_other = ORDINARY,
        set_metadata = ORDINARY.opens(Opened::OTHER).by_mover(),
        clear_metadata = ORDINARY.by_mover(),
        destroy_accounts = ORDINARY,
        destroy_approvals = ORDINARY,
        finish_destroy = ORDINARY,
        force_create = REFUSED,
        force_set_metadata = REFUSED,
        force_clear_metadata = REFUSED,
        force_asset_status = REFUSED,
        force_cancel_approval = REFUSED,
        set_min_balance = REFUSED,
        set_reserves = REFUSED,
    }
    Validators: pallet_validators {
        add = CHAIN,
        remove = CHAIN,
    }
    Session: pallet_session {
        // A validator whose session keys were stolen sets others.
        set_keys = ORDINARY.never_paused(),
        purge_keys = REFUSED,
    }
    Grandpa: pallet_grandpa {
        report_equivocation = REFUSED,
        report_equivocation_unsigned = REFUSED,
        note_stalled = CHAIN,
    }
    // Calls by which operator, regulator and participants get back what a thief took are never paused: two stolen keys of
    // the operator pause at once. Those by which a participant stops a thief are `FINISHING`, because a key that uses up
    // the quota leaves that lane open.
    Participants: pallet_participants {
        register = GOVERNING.by(Role::Operator).never_paused(),
        update = CHAIN,
        set_status = GOVERNING.never_paused(),
        set_roles = GOVERNING.by(Role::Operator).never_paused(),
        add_account = ORDINARY.never_paused(),
        remove_account = ORDINARY.never_paused(),
        request_replacement = FINISHING.for_active(),
        replace_account = GOVERNING.by(Role::Operator).never_paused(),
        recover = ORDINARY.never_paused(),
        set_certificate = ORDINARY,
        appoint_agent = ORDINARY,
        dismiss_agent = FINISHING,
        register_network = CHAIN,
        update_network = CHAIN,
        register_service = ORDINARY.opens(Opened::OTHER),
        update_service = ORDINARY,
        remove_service = ORDINARY,
        list_asset = ORDINARY,
        update_asset = ORDINARY,
        propose = GOVERNING.never_paused(),
        approve = GOVERNING.never_paused(),
        enact = GOVERNING.never_paused(),
        withdraw_proposal = GOVERNING.never_paused(),
        set_enactment_delay = CHAIN,
        set_allowance = CHAIN,
        veto = GOVERNING.for_sanctioned().never_paused(),
        transfer_estate = CHAIN,
        grant_licence = CHAIN,
        use_licence = ORDINARY.never_paused(),
        recover_asset = ORDINARY.never_paused(),
        confirm_listing = GOVERNING.by(Role::Operator),
        delist_asset = GOVERNING.never_paused(),
        claw_back = CHAIN,
        burn_from = CHAIN,
        destroy_asset = CHAIN,
        lower_rights = FINISHING,
        request_rights = ORDINARY.never_paused(),
        remove_administrator = CHAIN.never_paused(),
        approve_change = FINISHING.for_active(),
        apply_change = ORDINARY.never_paused(),
        veto_change = FINISHING.for_rightless(),
    }
    Escrow: pallet_escrow {
        claim = FINISHING.for_revoked().for_rightless(),
    }
    Settlement: pallet_settlement {
        instruct = ORDINARY.opens(Opened::INSTRUCTION),
        affirm = ORDINARY,
        set_party = ORDINARY,
        reserve = ORDINARY,
        release = FINISHING,
        settle_part = FINISHING.for_active(),
        execute = FINISHING,
        settle = FINISHING,
        cancel = FINISHING,
        reject = FINISHING,
        expire = FINISHING.for_active(),
        set_flag = ORDINARY,
        clear_flag = FINISHING,
    }
    Counterpart: pallet_counterpart {
        open_counterpart = CHAIN,
        close_counterpart = CHAIN,
        set_halted = GOVERNING.never_paused(),
        block_header = CHAIN,
        unblock_header = CHAIN,
        block_headers_until = CHAIN,
        governed_release = CHAIN,
        commit = ORDINARY,
        reserve_ahead = ORDINARY.opens(Opened::PAYMENT),
        reserve = ORDINARY,
        release = FINISHING,
        execute = FINISHING,
        refuse = FINISHING,
        expire = FINISHING,
        complete_release = FINISHING,
        deliver_by_proof = PROOF,
        return_by_proof = PROOF,
        instruct_by_proof = PROOF,
        forget_by_proof = PROOF,
    }
    BridgeGrandpa: pallet_bridge_grandpa {
        submit_finality_proof = REFUSED,
        initialize = CHAIN,
        set_owner = REFUSED,
        set_operating_mode = REFUSED,
        submit_finality_proof_ex = PROOF,
        force_set_pallet_state = CHAIN,
    }
    BridgeMessages: pallet_bridge_messages {
        set_owner = REFUSED,
        set_operating_mode = CHAIN,
        receive_messages_proof = PROOF,
        receive_messages_delivery_proof = PROOF,
    }
}
