//! The tables of the identity room: plain functions over a transaction. They decide nothing about who may call them.
//!
//! What is secret to its bearer (session tokens, tickets, links, recovery codes) is stored as a SHA-256 hash only. A fast hash is
//! right for these: each holds at least 80 random bits, so there is nothing to guess; slow hashes are for what people choose.

pub mod challenges;
pub mod device_keys;
pub mod device_links;
pub mod did_logs;
pub mod passkeys;
pub mod recovery;
pub mod sessions;
pub mod token;
pub mod vaults;

pub use token::Token;

use planet_store::Migration;

/// The tables, in PostgreSQL's words.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "identity-0001", sql: include_str!("identity-0001.sql") }];
