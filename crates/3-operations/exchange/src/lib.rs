//! Exchange with the outside world: mail, and chains of blocks. Nothing is ever sent inside a transaction: an act queues a mail
//! in the outbox, and the mailer sends what waits there; a chain is asked by whoever watches it, and its answers come back as acts.

pub mod chain;
pub mod error;
pub mod mailer;
pub mod outbox;

pub use error::ExchangeError;
pub use mailer::Mailer;
pub use outbox::{NewMail, queue};

use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "exchange-0001", sql: include_str!("../migrations/exchange-0001.sql") }];
