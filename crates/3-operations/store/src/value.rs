//! Values on their way into a statement and out of a row. One type serves both engines and both directions.

use uuid::Uuid;

use crate::Error;

/// One value, borrowed: what a parameter binds and what a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// SQL's NULL.
    Null,
    /// `BOOLEAN`; SQLite gives it back as [`Value::Long`].
    Bool(bool),
    /// `BIGINT`.
    Long(i64),
    /// `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`; also what a `JSONB` column gives back.
    Text(&'a str),
    /// `BYTEA`; SQLite gives a `UUID` back as one of 16 bytes.
    Blob(&'a [u8]),
    /// `UUID`.
    Uuid(Uuid),
    /// `JSONB`, on its way in.
    Json(&'a serde_json::Value),
    /// The list behind `ids(?n)`.
    Ids(&'a [Uuid]),
    /// The list behind `texts(?n)`.
    Texts(&'a [String]),
    /// The list behind `longs(?n)`.
    Longs(&'a [i64]),
}

impl Value<'_> {
    /// The kind of value, for an error.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a yes or no",
            Self::Long(_) => "a whole number",
            Self::Real(_) => "a number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
            Self::Uuid(_) => "an id",
            Self::Json(_) => "JSON",
            Self::Ids(_) | Self::Texts(_) | Self::Longs(_) => "a list",
        }
    }
}

/// A parameter's value, unless it holds a text that only one of the engines could keep.
pub(crate) fn storable(param: &dyn Bind) -> Result<Value<'_>, Error> {
    fn nul(json: &serde_json::Value) -> bool {
        match json {
            serde_json::Value::String(text) => text.contains('\0'),
            serde_json::Value::Array(items) => items.iter().any(nul),
            serde_json::Value::Object(fields) => {
                fields.iter().any(|(key, value)| key.contains('\0') || nul(value))
            }
            _ => false,
        }
    }
    let value = param.bind();
    let refused = match value {
        Value::Text(text) => text.contains('\0'),
        Value::Json(json) => nul(json),
        Value::Texts(texts) => texts.iter().any(|text| text.contains('\0')),
        _ => false,
    };
    if refused { Err(Error::Nul) } else { Ok(value) }
}

/// What may be a parameter of a statement.
pub trait Bind {
    /// The value that the statement gets.
    fn bind(&self) -> Value<'_>;
}

impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value<'_> {
        (**self).bind()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Bind::bind)
    }
}

/// What may be read from a column.
pub trait Column: Sized {
    /// Takes the column's value, or says that it is of another kind.
    fn take(value: Value<'_>) -> Result<Self, Error>;
}

impl<T: Column> Column for Option<T> {
    fn take(value: Value<'_>) -> Result<Self, Error> {
        match value {
            Value::Null => Ok(None),
            value => T::take(value).map(Some),
        }
    }
}

/// A row of an answer; lives no longer than the step to the next.
pub struct Row<'r>(pub(crate) &'r dyn Cells);

/// What an engine's own row can do.
pub(crate) trait Cells {
    /// The value in a column, counted from zero.
    fn cell(&self, index: usize) -> Result<Value<'_>, Error>;
}

impl<'r> Row<'r> {
    /// The column at a position, counted from zero.
    pub fn get<C: Column>(&self, index: usize) -> Result<C, Error> {
        C::take(self.0.cell(index)?)
    }

    /// The columns one after the other.
    pub const fn columns(&self) -> Columns<'_, 'r> {
        Columns { row: self, next: 0 }
    }
}

/// Reads a row's columns in order; each may be of another type, so this is no iterator.
pub struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: usize,
}

impl Columns<'_, '_> {
    /// The next column.
    #[expect(
        clippy::should_implement_trait,
        reason = "each column has a type of its own, which an Iterator can't have"
    )]
    pub fn next<C: Column>(&mut self) -> Result<C, Error> {
        let index = self.next;
        self.next += 1;
        self.row.get(index)
    }
}

/// A value that is read from a whole row, column by column, in order.
pub trait Record: Sized {
    /// How many columns it reads; the statement must give exactly as many.
    const COLUMNS: usize;
    /// Reads it.
    fn read(row: &Row<'_>) -> Result<Self, Error>;
}

/// Records of several unnamed columns.
macro_rules! tuples {
    ($($($name:ident)+;)+) => {$(
        impl<$($name: Column),+> Record for ($($name,)+) {
            const COLUMNS: usize = [$(stringify!($name)),+].len();
            fn read(row: &Row<'_>) -> Result<Self, Error> {
                let mut columns = row.columns();
                Ok(($(columns.next::<$name>()?,)+))
            }
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

/// Declares structs that are read from a row, column by column, in the order of their fields.
///
/// ```
/// # use planet_store::record;
/// record! {
///     /// One line of a list: who, and since when.
///     #[derive(Debug, Clone)]
///     pub struct Joined { pub name: String, pub at: i64 }
/// }
/// ```
#[macro_export]
macro_rules! record {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        $vis struct $name {
            $($(#[$field_meta])* #[doc = concat!("(column `", stringify!($field), "`)")] $field_vis $field: $type,)+
        }

        impl $crate::Record for $name {
            const COLUMNS: usize = [$(stringify!($field)),+].len();
            fn read(row: &$crate::Row<'_>) -> ::std::result::Result<Self, $crate::Error> {
                let mut columns = row.columns();
                ::std::result::Result::Ok(Self { $($field: columns.next()?,)+ })
            }
        }
    )+};
}
