//! Origins that ask the directory: roles and status, in one read.

use crate::{
    decisions::{Body, Decider},
    Accounts, Config, Origin,
};
use core::marker::PhantomData;
use polkadot_sdk::*;

use frame_support::traits::{EitherOfDiverse, EnsureOrigin, EnsureOriginWithArg, OriginTrait};
use frame_system::{EnsureRoot, RawOrigin};
use tandem_primitives::{AccountId, Role};

/// Names a role in a type.
pub trait NamedRole {
    /// Role that the name stands for.
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
    AsIssuer => Issuer,
    AsRegulator => Regulator,
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

/// An account of the operator, or root: two of its accounts after the enactment delay.
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

/// Names a body in a type.
pub trait NamedBody {
    /// Body that the name stands for.
    const BODY: Body;
}

/// Names [`Body::Operator`] in a type.
pub struct ByOperator;
impl NamedBody for ByOperator {
    const BODY: Body = Body::Operator;
}

/// Names [`Body::OperatorAndOneRegulator`] in a type.
pub struct ByOperatorAndOneRegulator;
impl NamedBody for ByOperatorAndOneRegulator {
    const BODY: Body = Body::OperatorAndOneRegulator;
}

/// The accounts of this body together: what `approve` and `enact` dispatch a call with that is not root's.
pub struct EnsureApproved<B>(PhantomData<B>);

impl<B: NamedBody, O: Into<Result<Origin, O>> + From<Origin>> EnsureOrigin<O> for EnsureApproved<B> {
    type Success = Body;

    fn try_origin(origin: O) -> Result<Body, O> {
        origin.into().and_then(
            |Origin::Approved { body, issuer }| {
                if body == B::BODY {
                    Ok(body)
                } else {
                    Err(Origin::Approved { body, issuer }.into())
                }
            },
        )
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<O, ()> {
        Ok(Origin::Approved { body: B::BODY, issuer: None }.into())
    }
}

/// Whoever stops something: two accounts of the operator at once, or root.
pub type EnsureStop<T> =
    EitherOfDiverse<EnsureApproved<ByOperator>, EnsureRoot<<T as frame_system::Config>::AccountId>>;

/// Whoever undoes a stop: two accounts of the operator and one of the regulator at once, or root.
pub type EnsureUndo<T> =
    EitherOfDiverse<EnsureApproved<ByOperatorAndOneRegulator>, EnsureRoot<<T as frame_system::Config>::AccountId>>;

/// Anybody who governs, and says as whom: an account of the operator or the regulator, a body, or root.
pub struct EnsureDecider<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureDecider<T>
where
    T::RuntimeOrigin: Into<Result<Origin, T::RuntimeOrigin>>,
{
    type Success = Decider;

    fn try_origin(origin: T::RuntimeOrigin) -> Result<Decider, T::RuntimeOrigin> {
        if matches!(origin.as_system_ref(), Some(RawOrigin::Root)) {
            return Ok(Decider::Root);
        }
        let origin = match origin.into() {
            Ok(Origin::Approved { body, issuer }) => return Ok(Decider::Together { body, issuer }),
            Err(origin) => origin,
        };
        let standing = origin.as_signer().and_then(Accounts::<T>::get).map(|record| record.standing());
        match (origin.as_signer(), standing) {
            (Some(who), Some(standing)) if standing.is_active_as(Role::Operator) => Ok(Decider::Operator(who.clone())),
            (Some(who), Some(standing)) if standing.is_active_as(Role::Regulator) => {
                Ok(Decider::Regulator(who.clone()))
            }
            _ => Err(origin),
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
        Ok(RawOrigin::Root.into())
    }
}
