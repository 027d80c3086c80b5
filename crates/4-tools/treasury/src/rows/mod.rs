//! The rows of this room, a file for each table.

pub mod accounts;
pub mod cards;
pub mod holdings;
pub mod lines;
pub mod pay_ins;
pub mod pay_outs;
