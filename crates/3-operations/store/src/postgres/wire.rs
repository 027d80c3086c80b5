//! How a value travels to PostgreSQL and back, in its binary form. It converts nothing that would lose something.

use bytes::{BufMut as _, BytesMut};
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::value::Value;

type Failure = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (*self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Bool(yes), &Type::BOOL) => yes.to_sql(ty, out),
            (Self::Long(number), &Type::INT8) => number.to_sql(ty, out),
            (Self::Long(number), &Type::INT4) => i32::try_from(number)?.to_sql(ty, out),
            (Self::Long(number), &Type::INT2) => i16::try_from(number)?.to_sql(ty, out),
            (Self::Real(number), &Type::FLOAT8) => number.to_sql(ty, out),
            (
                Self::Text(text),
                &Type::TEXT | &Type::VARCHAR | &Type::BPCHAR | &Type::NAME | &Type::UNKNOWN,
            ) => text.to_sql(ty, out),
            (Self::Text(text), &Type::JSONB) => {
                out.put_u8(1); // the version of the binary form of JSONB, the only one there is
                text.to_sql(&Type::TEXT, out)
            }
            (Self::Blob(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            (Self::Uuid(id), &Type::UUID) => id.to_sql(ty, out),
            (Self::Json(json), &Type::JSONB | &Type::JSON) => json.to_sql(ty, out),
            (Self::Json(json), &Type::TEXT) => json.to_string().to_sql(ty, out),
            (Self::Ids(ids), &Type::UUID_ARRAY) => ids.to_sql(ty, out),
            (Self::Texts(texts), &Type::TEXT_ARRAY) => texts.to_sql(ty, out),
            (Self::Longs(longs), &Type::INT8_ARRAY) => longs.to_sql(ty, out),
            (value, ty) => Err(format!("{} was given where {ty} is expected", value.kind()).into()),
        }
    }

    /// [`Value::to_sql`] looks at the value as well, and says what doesn't fit.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(match *ty {
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::INT8 => Self::Long(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Long(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Self::Long(i16::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Self::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Self::Real(f32::from_sql(ty, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => {
                Self::Text(str::from_utf8(raw)?)
            }
            Type::JSONB => Self::Text(str::from_utf8(raw.get(1..).unwrap_or_default())?),
            Type::BYTEA => Self::Blob(raw),
            Type::UUID => Self::Uuid(uuid::Uuid::from_slice(raw)?),
            Type::NUMERIC => return Err("sums are NUMERIC here: write CAST(sum(x) AS BIGINT)".into()),
            _ => return Err(format!("a column of type {ty} can't be read").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self::Null)
    }

    /// [`Value::from_sql`] says which type it can't read, and why.
    fn accepts(_: &Type) -> bool {
        true
    }
}
