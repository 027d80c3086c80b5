//! The corridor: everything that changes anything takes the same way. This crate knows no tool and no policy
//! language; it knows how an act is decided, performed, written down and reacted to.
//!
//! ```text
//! request ─► Act ─► rules ─┬─► perform ─► Event ─► sealed log ─► reactions
//!                          └─► proposal ─► (later, by decision) perform …
//!            └───────── one transaction ─────────┘
//! ```

pub mod act;
pub mod actor;
pub mod agents;
pub mod audience;
pub mod commands;
pub mod corridor;
pub mod cx;
mod decide;
pub mod event;
pub mod files;
mod jobs;
pub mod look;
pub mod merkle;
pub mod reactions;
pub mod receipt;
pub mod recorded;
pub mod refusal;
pub mod registry;
pub mod rules;
mod run;
pub mod sealer;
pub mod task;
#[cfg(feature = "testing")]
pub mod testing;
pub mod topics;
pub mod verify;
mod words;

use planet_store::Migration;

/// The corridor's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "corridor-0001", sql: include_str!("../migrations/corridor-0001.sql") },
    Migration { name: "corridor-0002", sql: include_str!("../migrations/corridor-0002.sql") },
    Migration { name: "corridor-0003", sql: include_str!("../migrations/corridor-0003.sql") },
    Migration { name: "corridor-0004", sql: include_str!("../migrations/corridor-0004.sql") },
];
