//! The limit: SQLite alone, no decisions, no channels, 1,000 transfers in a transaction. The same rows as the ledger writes.

use std::path::Path;
use std::time::{Duration, Instant};

use planet_ledger::Transfer;

use crate::club::{Dice, now};
use crate::print::spent;

/// How long that takes.
pub fn bare(path: &Path, transfers: u64, accounts: u64) -> rusqlite::Result<Duration> {
    let mut sqlite = rusqlite::Connection::open(path)?;
    sqlite.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456; PRAGMA foreign_keys = ON;",
    )?;
    let mut dice = Dice(1);
    let rows: Vec<Transfer> = (0..transfers).map(|_| dice.transfer(accounts)).collect();
    spent();
    let begin = Instant::now();
    for thousand in rows.chunks(1_000) {
        let tx = sqlite.transaction()?;
        for t in thousand {
            let (id, debit, credit) = (t.id.0.as_bytes(), t.debit.0.as_bytes(), t.credit.0.as_bytes());
            tx.prepare_cached(
                "INSERT INTO transfers (id, debit_id, credit_id, amount, kind, memo, reference, hold_id, at, debit_balance,
                        credit_balance, debit_previous, credit_previous)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute((id, debit, credit, t.amount.0, t.kind.word(), &t.memo, now().0, 5, 6, debit, credit))?;
            tx.prepare_cached("UPDATE accounts SET debits_posted = debits_posted + ?2, latest = ?3, last_id = ?4 WHERE id = ?1")?
                .execute((debit, t.amount.0, now().0, id))?;
            tx.prepare_cached("UPDATE accounts SET credits_posted = credits_posted + ?2, latest = ?3, last_id = ?4 WHERE id = ?1")?
                .execute((credit, t.amount.0, now().0, id))?;
        }
        tx.commit()?;
    }
    Ok(begin.elapsed())
}
