//! A table for spreadsheets.

use super::words::{decimal, unit};
use crate::views::RecordsView;
use crate::walk::day_of;
use planet_kit::web::sheet::{cell, sheet};

const HEADINGS: [&str; 12] = [
    "date", "time", "transfer", "kind", "other", "handle", "amount", "balance", "currency", "memo",
    "category", "note",
];

pub(super) fn write(records: &RecordsView) -> String {
    let rows = records.accounts.iter().flat_map(|record| {
        let decimals = record.money.decimals;
        record.entries.iter().map(move |entry| {
            [
                day_of(entry.at).to_string(),
                entry.at.rfc3339().get(11..19).unwrap_or_default().to_owned(),
                entry.transfer.to_string(),
                entry.kind.to_string(),
                cell(&entry.other),
                cell(&entry.handle),
                decimal(entry.amount, decimals),
                decimal(entry.balance, decimals),
                cell(&unit(&record.money.code, decimals)),
                cell(&entry.memo),
                cell(&entry.category),
                cell(&entry.note),
            ]
        })
    });
    sheet(HEADINGS, rows)
}
