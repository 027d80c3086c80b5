//! A file for beancount 2 and 3: accounts are opened, the opening balance is an entry, the balance at the end is asserted to the
//! last unit.

use super::words::{account_part, decimal, other_account, unit, wallet_account};
use super::{first_day, last_day};
use crate::views::{Record, RecordsView};
use crate::walk::day_of;
use jiff::ToSpan;
use planet_kit::web::sheet::one_line;
use planet_ontology::units::Amount;
use std::collections::BTreeSet;
use std::fmt::Write;

pub(super) fn write(records: &RecordsView, club: &str) -> String {
    let mut out = String::new();
    let owner = &records.owner;
    let _ = writeln!(
        out,
        "option \"title\" {}",
        quoted(&format!("{} (@{}) at {club}", owner.name, owner.handle))
    );
    out.push_str("; What came in is positive: a wallet is an asset of whoever holds it. Days are UTC.\n\n");
    let begin = records.accounts.iter().map(|record| first_day(records, record)).min();
    let mut others = BTreeSet::new();
    for record in &records.accounts {
        let code = commodity(record);
        let _ = writeln!(out, "{} open {} {code}", day(begin), wallet_account(&record.money.code));
        others.extend(record.entries.iter().map(|entry| other_account(entry.amount, &entry.category)));
    }
    others.insert("Equity:Opening-Balances".into());
    for other in others {
        let _ = writeln!(out, "{} open {other}", day(begin));
    }
    for record in &records.accounts {
        write_record(&mut out, records, record);
    }
    out
}

fn day(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(|| "1970-01-01".into(), |day| day.to_string())
}

fn write_record(out: &mut String, records: &RecordsView, record: &Record) {
    let code = commodity(record);
    let (wallet, decimals) = (wallet_account(&record.money.code), record.money.decimals);
    let amount = |amount| format!("{} {code}", decimal(amount, decimals));
    if record.opening.0 != 0 {
        let _ = writeln!(out, "\n{} * \"Opening balance\"", first_day(records, record));
        let _ = writeln!(out, "  {wallet}  {}\n  Equity:Opening-Balances", amount(record.opening));
    }
    for entry in &record.entries {
        let _ = writeln!(out, "\n{} * {} {}", day_of(entry.at), quoted(&entry.other), quoted(&entry.memo));
        let _ = writeln!(out, "  transfer: \"{}\"\n  kind: \"{}\"", entry.transfer, entry.kind);
        for (name, value) in [("category", &entry.category), ("note", &entry.note)] {
            if !value.is_empty() {
                let _ = writeln!(out, "  {name}: {}", quoted(value));
            }
        }
        let _ = writeln!(out, "  {wallet}  {}", amount(entry.amount));
        let _ = writeln!(out, "  {}", other_account(entry.amount, &entry.category));
    }
    // beancount asserts what stands at the beginning of a day.
    let last = last_day(records, record);
    let after = last.checked_add(1.day()).unwrap_or(last);
    let zero = decimal(Amount(0), decimals);
    let _ =
        writeln!(out, "\n{after} balance {wallet}  {} ~ {zero} {code}", decimal(record.closing, decimals));
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// A commodity's name: capitals, digits and hyphens, beginning with a capital; a code of one letter is written twice, since
/// version 2 wants two.
fn commodity(record: &Record) -> String {
    let code = account_part(&unit(&record.money.code, record.money.decimals)).to_ascii_uppercase();
    if code.starts_with(|c: char| c.is_ascii_digit()) {
        format!("X-{code}")
    } else if code.len() == 1 {
        code.repeat(2)
    } else {
        code
    }
}
