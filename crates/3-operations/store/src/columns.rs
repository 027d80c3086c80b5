//! Which types can be stored: one line each. How a value is encoded is the engines' affair.

use planet_ontology::{ids, units};
use uuid::Uuid;

use crate::{
    Error,
    value::{Bind, Column, Value},
};

fn mismatch<T>(found: Value<'_>, wanted: &'static str) -> Result<T, Error> {
    Err(Error::Column { found: found.kind(), wanted })
}

/// Types that bind as one kind of value and are read from the kinds that the engines give back.
macro_rules! columns {
    ($($type:ty, $wanted:literal: |$own:ident| $bind:expr, { $($pattern:pat $(if $guard:expr)? => $read:expr,)+ })+) => {$(
        impl Bind for $type {
            fn bind(&self) -> Value<'_> {
                let $own = self;
                $bind
            }
        }
        impl Column for $type {
            fn take(value: Value<'_>) -> Result<Self, Error> {
                match value {
                    $($pattern $(if $guard)? => Ok($read),)+
                    other => mismatch(other, $wanted),
                }
            }
        }
    )+};
}

columns! {
    bool, "a yes or no": |own| Value::Bool(*own), {
        Value::Bool(yes) => yes,
        Value::Long(0) => false,
        Value::Long(1) => true,
    }
    i64, "a whole number": |own| Value::Long(*own), { Value::Long(number) => number, }
    f64, "a number": |own| Value::Real(*own), { Value::Real(number) => number, }
    String, "text": |own| Value::Text(own), { Value::Text(text) => text.to_owned(), }
    Vec<u8>, "bytes": |own| Value::Blob(own), { Value::Blob(bytes) => bytes.to_vec(), }
}

impl Bind for str {
    fn bind(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Bind for [u8] {
    fn bind(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<const N: usize> Bind for [u8; N] {
    fn bind(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<const N: usize> Column for [u8; N] {
    fn take(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Blob(bytes) => bytes.try_into().or_else(|_| mismatch(value, "bytes of another length")),
            other => mismatch(other, "bytes"),
        }
    }
}

impl Bind for Uuid {
    fn bind(&self) -> Value<'_> {
        Value::Uuid(*self)
    }
}

impl Column for Uuid {
    fn take(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Uuid(id) => Ok(id),
            Value::Blob(bytes) => Self::from_slice(bytes).or_else(|_| mismatch(value, "an id")),
            other => mismatch(other, "an id"),
        }
    }
}

impl Bind for serde_json::Value {
    fn bind(&self) -> Value<'_> {
        Value::Json(self)
    }
}

impl Column for serde_json::Value {
    fn take(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Text(text) => serde_json::from_str(text).or_else(|_| mismatch(value, "JSON")),
            other => mismatch(other, "JSON"),
        }
    }
}

/// Newtypes that are stored as what they wrap.
macro_rules! newtypes {
    ($inner:ty: $($type:ty),+ $(,)?) => {$(
        impl Bind for $type {
            fn bind(&self) -> Value<'_> {
                self.0.bind()
            }
        }
        impl Column for $type {
            fn take(value: Value<'_>) -> Result<Self, Error> {
                <$inner>::take(value).map(Self)
            }
        }
    )+};
}

newtypes! { i64: units::Moment, units::Amount }
newtypes! { Uuid:
    ids::AgentId, ids::MemberId, ids::GroupId, ids::CircleId, ids::AudienceId, ids::PlaceId, ids::PostId,
    ids::CurrencyId, ids::AccountId, ids::TransferId, ids::RequestId, ids::EventId, ids::InvitationId,
    ids::ApplicationId, ids::ProposalId, ids::SessionId, ids::DetailId, ids::AssumptionId, ids::JobId, ids::ActKey,
    ids::RateId, ids::SaleId, ids::AttachmentId, ids::SplitId, ids::StandingId,
    ids::ChannelId, ids::HookId, ids::PersonId,
    ids::PayInId, ids::PayOutId, ids::BankAccountId, ids::BankLineId,
    ids::BlogPostId,
    ids::DuesLineId, ids::ReliefId, ids::ShareLotId, ids::RepaymentId,
}

/// A list of ids as one parameter: `… WHERE id IN (SELECT id FROM ids(?1))`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(pub Vec<Uuid>);

/// A list of words as one parameter: `… WHERE tag IN (SELECT word FROM texts(?1))`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

/// A list of whole numbers as one parameter: `… WHERE n IN (SELECT n FROM longs(?1))`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Longs(pub Vec<i64>);

impl Bind for Ids {
    fn bind(&self) -> Value<'_> {
        Value::Ids(&self.0)
    }
}

impl Bind for Texts {
    fn bind(&self) -> Value<'_> {
        Value::Texts(&self.0)
    }
}

impl Bind for Longs {
    fn bind(&self) -> Value<'_> {
        Value::Longs(&self.0)
    }
}

impl<T: Into<Uuid>> FromIterator<T> for Ids {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<String>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

impl FromIterator<i64> for Longs {
    fn from_iter<I: IntoIterator<Item = i64>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}
