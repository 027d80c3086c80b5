//! The rows of what is watched: plain functions, no rules.

pub mod apply;
pub mod blocks;
pub mod coins;
pub mod history;
pub mod wallets;
