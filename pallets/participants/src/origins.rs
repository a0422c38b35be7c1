//! Origins that check the signer's role and status in the directory, by one read of its account.

use crate::{
    decisions::{Body, Decider},
    Accounts, Config, Origin,
};
use core::marker::PhantomData;
use polkadot_sdk::*;

use frame_support::traits::{EitherOfDiverse, EnsureOrigin, EnsureOriginWithArg, OriginTrait};
use frame_system::{EnsureRoot, RawOrigin};
use tandem_primitives::{AccountId, Role};

/// Role as a type, for [`EnsureRole`].
pub trait NamedRole {
    /// Role that the type stands for.
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

/// Origin of a signer that is an account in use of an active participant with the role `R`. Gives the account.
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

/// Origin of the operator: one of its accounts, or root, which is two of them after the enactment delay.
pub struct EnsureOperator<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureOperator<T> {
    /// Account of the operator that signed; `None` for root.
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

/// Origin of an account in use of an active regulator. Gives the account.
pub type EnsureRegulator<T> = EnsureRole<T, AsRegulator>;

/// Origin of an account in use of an active issuer, for `pallet_assets::Config::CreateOrigin`. Gives the account.
pub type EnsureIssuer<T> = EnsureRole<T, AsIssuer>;

/// Body as a type, for [`EnsureApproved`].
pub trait NamedBody {
    /// Body that the type stands for.
    const BODY: Body;
}

/// Type that stands for [`Body::Operator`].
pub struct ByOperator;
impl NamedBody for ByOperator {
    const BODY: Body = Body::Operator;
}

/// Type that stands for [`Body::OperatorAndOneRegulator`].
pub struct ByOperatorAndOneRegulator;
impl NamedBody for ByOperatorAndOneRegulator {
    const BODY: Body = Body::OperatorAndOneRegulator;
}

/// Origin of a call that the accounts of the body `B` have approved together, and that is not dispatched as root.
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

/// Origin of a call that stops something: two accounts of the operator at once, or root.
pub type EnsureStop<T> =
    EitherOfDiverse<EnsureApproved<ByOperator>, EnsureRoot<<T as frame_system::Config>::AccountId>>;

/// Origin of a call that undoes a stop: two accounts of the operator and one of the regulator at once, or root.
pub type EnsureUndo<T> =
    EitherOfDiverse<EnsureApproved<ByOperatorAndOneRegulator>, EnsureRoot<<T as frame_system::Config>::AccountId>>;

/// Origin of anybody who governs: one account of the operator or of the regulator, a body, or root. Gives the
/// [`Decider`].
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
