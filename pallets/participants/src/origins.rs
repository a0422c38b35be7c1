//! Origins that ask the directory: roles and status, in one read.

use crate::{Accounts, Config, Origin};
use core::marker::PhantomData;
use polkadot_sdk::*;

use frame_support::traits::{EnsureOrigin, EnsureOriginWithArg, OriginTrait};
use frame_system::RawOrigin;
use tandem_primitives::{AccountId, Role};

/// Names a role in a type.
pub trait NamedRole {
    /// The role.
    const ROLE: Role;
}

macro_rules! named_roles {
    ($($name:ident => $role:ident),* $(,)?) => {
        $(
            #[doc = concat!("Names [`Role::", stringify!($role), "`] in a type.")]
            pub struct $name;
            impl NamedRole for $name {
                const ROLE: Role = Role::$role;
            }
        )*
    };
}
named_roles! {
    AsOperator => Operator,
    AsTrader => Trader,
    AsIssuer => Issuer,
    AsCustodian => Custodian,
    AsSettlementBank => SettlementBank,
    AsSettlementManager => SettlementManager,
    AsRegulator => Regulator,
    AsGateway => Gateway,
    AsAuditor => Auditor,
}

/// The signer, if it is an account in use of an active participant with this role.
pub struct EnsureRole<T, R>(PhantomData<(T, R)>);

impl<T: Config, R: NamedRole> EnsureOrigin<T::RuntimeOrigin> for EnsureRole<T, R> {
    type Success = AccountId;

    fn try_origin(origin: T::RuntimeOrigin) -> Result<AccountId, T::RuntimeOrigin> {
        match origin.as_signer() {
            Some(who) if Accounts::<T>::get(who).is_some_and(|record| record.standing().is_active_as(R::ROLE)) => {
                Ok(who.clone())
            }
            _ => Err(origin),
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
        Ok(RawOrigin::Signed(crate::Pallet::<T>::account_for_benchmark(R::ROLE)).into())
    }
}

impl<T: Config, R: NamedRole, Arg> EnsureOriginWithArg<T::RuntimeOrigin, Arg> for EnsureRole<T, R> {
    type Success = AccountId;

    fn try_origin(origin: T::RuntimeOrigin, _: &Arg) -> Result<AccountId, T::RuntimeOrigin> {
        <Self as EnsureOrigin<_>>::try_origin(origin)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin(_: &Arg) -> Result<T::RuntimeOrigin, ()> {
        <Self as EnsureOrigin<_>>::try_successful_origin()
    }
}

/// The operator's account, or root: which is what two of its accounts together are.
pub struct EnsureOperator<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureOperator<T> {
    /// The account; `None` for root.
    type Success = Option<AccountId>;

    fn try_origin(origin: T::RuntimeOrigin) -> Result<Option<AccountId>, T::RuntimeOrigin> {
        if matches!(origin.as_system_ref(), Some(RawOrigin::Root)) {
            return Ok(None);
        }
        <EnsureRole<T, AsOperator> as EnsureOrigin<_>>::try_origin(origin).map(Some)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
        Ok(RawOrigin::Root.into())
    }
}

/// An account of a participant that supervises the network.
pub type EnsureRegulator<T> = EnsureRole<T, AsRegulator>;

/// An account of a participant that creates assets. For `pallet_assets::Config::CreateOrigin`.
pub type EnsureIssuer<T> = EnsureRole<T, AsIssuer>;

/// Two accounts of this role together: what `approve` dispatches a call with, for every role but the operator's.
pub struct EnsureApproved<R>(PhantomData<R>);

impl<R: NamedRole, O: Into<Result<Origin, O>> + From<Origin>> EnsureOrigin<O> for EnsureApproved<R> {
    type Success = Role;

    fn try_origin(origin: O) -> Result<Role, O> {
        origin.into().and_then(
            |Origin::Approved(role)| {
                if role == R::ROLE {
                    Ok(role)
                } else {
                    Err(Origin::Approved(role).into())
                }
            },
        )
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<O, ()> {
        Ok(Origin::Approved(R::ROLE).into())
    }
}
