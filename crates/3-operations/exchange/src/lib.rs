//! Exchange with the outside world: mail, chains of blocks, and card payments. Nothing is ever sent inside a transaction: an act
//! queues a mail in the outbox, and the mailer sends what waits there; a chain and a card processor are asked by workers, and their
//! answers come back as acts.

pub mod cards;
pub mod chain;
pub mod error;
mod guarded;
pub mod mailer;
pub mod outbox;

pub use error::ExchangeError;
pub use mailer::Mailer;
pub use outbox::{NewMail, queue};

use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "exchange-0001", sql: include_str!("../migrations/exchange-0001.sql") }];
