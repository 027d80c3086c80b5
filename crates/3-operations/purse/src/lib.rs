//! The rule of a group's wallet: in steps of amounts, who decides what the group spends. Every act that spends, in whatever tool,
//! asks here; that it may spend at all is for the policies, and what moves is for the ledger. No procedure is known here: a
//! step names one.
//!
//! An act that spends says so (`Act::MOVES`), answers [`wallet`] for what it touches, and tells [`spent`] what it spent. Where
//! the amount is more than a keeper pays alone, the corridor opens a proposal instead of performing the act.
//!
//! What always holds:
//!
//! 1. A rule is held from the question until the end of the transaction, so payments at the same instant are decided one
//!    after the other.
//! 2. What a keeper pays alone within a day is one amount, by whatever acts and in however small steps.
//! 3. What a group has decided is decided: it is not asked for again, and does not count as anybody's own word.

mod error;
mod rows;
mod rule;
mod wallet;

pub use error::{PurseError, WIDEST};
pub use rows::{Alone, find, note_alone, paid_alone, remove, set};
pub use rule::{MOST_STEPS, Rule, Spend, Step, WINDOW, rules_for};
pub use wallet::{acts_for, idle_wallet, keeps, spent, wallet};

/// The tables. They were made in the wallet's room, and keep the name that databases know them by.
pub const MIGRATIONS: &[planet_store::Migration] = &[planet_store::Migration {
    name: "wallet-0003-rules",
    sql: include_str!("../migrations/wallet-0003-rules.sql"),
}];
