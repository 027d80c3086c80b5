//! Journals for ledger 3 and hledger. They differ in a directive; transactions are the same.

use super::words::{account_part, decimal, other_account, places, unit, wallet_account};
use super::{first_day, last_day};
use crate::views::{Record, RecordEntry, RecordsView};
use crate::walk::day_of;
use planet_kit::web::sheet::one_line;
use planet_ontology::units::Amount;
use std::fmt::Write;

/// For whom it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Ledger,
    Hledger,
}

pub(super) fn write(records: &RecordsView, club: &str, dialect: Dialect) -> String {
    let mut out = String::new();
    let owner = &records.owner;
    let _ = writeln!(out, "; The wallet of {} (@{}) at {}.", text(&owner.name), owner.handle, text(club));
    out.push_str("; What came in is positive: a wallet is an asset of whoever holds it. Days are UTC.\n");
    if dialect == Dialect::Hledger {
        out.push_str("\ndecimal-mark .\n");
        for record in &records.accounts {
            let zeros = "0".repeat(places(record.money.decimals).into());
            let _ = writeln!(out, "commodity 1000.{zeros} {}", commodity(record));
        }
    }
    for record in &records.accounts {
        write_record(&mut out, records, record);
    }
    out
}

fn write_record(out: &mut String, records: &RecordsView, record: &Record) {
    let code = commodity(record);
    let (wallet, decimals) = (wallet_account(&record.money.code), record.money.decimals);
    let amount = |amount| format!("{} {code}", decimal(amount, decimals));
    if record.opening.0 != 0 {
        let _ = writeln!(out, "\n{} * Opening balance", first_day(records, record));
        let _ = writeln!(out, "    {wallet}  {}", amount(record.opening));
        out.push_str("    Equity:Opening-Balances\n");
    }
    for entry in &record.entries {
        write_entry(out, entry);
        let _ = writeln!(out, "    {wallet}  {}", amount(entry.amount));
        let opposite = decimal(entry.amount, decimals);
        let opposite = opposite.strip_prefix('-').map_or_else(|| format!("-{opposite}"), str::to_owned);
        let _ = writeln!(out, "    {}  {opposite} {code}", other_account(entry.amount, &entry.category));
    }
    let _ = writeln!(out, "\n{} * Balance", last_day(records, record));
    let _ = writeln!(out, "    {wallet}  {} = {}", amount(Amount(0)), amount(record.closing));
}

fn write_entry(out: &mut String, entry: &RecordEntry) {
    let memo = text(&entry.memo);
    let about = if memo.is_empty() { String::new() } else { format!(" | {memo}") };
    let other = text(&entry.other).replace('|', "/");
    let _ = writeln!(out, "\n{} * ({}) {other}{about}", day_of(entry.at), entry.transfer);
    let _ = writeln!(out, "    ; kind: {}", entry.kind);
    for (name, value) in [("category", &entry.category), ("note", &entry.note)] {
        if !value.is_empty() {
            let _ = writeln!(out, "    ; {name}: {}", text(value));
        }
    }
}

/// A text that is no comment, no date and no tag: semicolons begin comments, and ledger reads dates in brackets.
fn text(text: &str) -> String {
    one_line(text).replace(';', ",").replace('[', "(").replace(']', ")")
}

/// A commodity's name: what is not letters alone stands in quotes.
fn commodity(record: &Record) -> String {
    let code = account_part(&unit(&record.money.code, record.money.decimals));
    if code.chars().all(|c| c.is_ascii_alphabetic()) { code } else { format!("\"{code}\"") }
}
