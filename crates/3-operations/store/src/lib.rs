//! The store: durable rows behind one closure, the same on SQLite and on PostgreSQL. It knows nothing of what the rows mean.
//!
//! A repository function is an ordinary function `fn(&mut Tx, …) -> Result<…>` with portable SQL in front of the
//! reader. A caller says `store.write(move |tx| …).await` or `store.read(…)`. The closure is one message to the
//! thread that owns the connection, so that nobody holds a transaction open across anything slow, the store may
//! repeat it when the engine asks, and on SQLite everybody who waits shares one commit.
//!
//! Three rules follow. The closure **may run more than once**. It touches only `tx`: no network, no clock, no
//! slow hash. And what it answered counts only after the commit, which is why the caller waits for it.

pub mod columns;
pub mod dialect;
pub mod error;
mod job;
pub mod migrate;
pub mod postgres;
mod queue;
pub mod sqlite;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tx;
pub mod value;
pub mod wakes;

pub use columns::{Ids, Longs, Texts};
pub use error::{Error, MaybeRetry};
pub use migrate::Migration;
pub use store::{Engine, Options, Store, Target};
pub use tx::{Sql, Tx};
pub use value::{Bind, Column, Record, Row, Value};
pub use wakes::Wakes;

/// What a function of the store answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;
