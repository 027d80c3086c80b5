//! A table for spreadsheets. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use super::words::{decimal, one_line, unit};
use crate::views::RecordsView;
use crate::walk::day_of;

const HEADINGS: [&str; 12] = [
    "date", "time", "transfer", "kind", "other", "handle", "amount", "balance", "currency", "memo",
    "category", "note",
];

pub(super) fn write(records: &RecordsView) -> String {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail, and every row has as many cells as there are headings.
    let mut put = |row: [String; 12]| drop(sheet.write_record(&row));
    put(HEADINGS.map(str::to_owned));
    for record in &records.accounts {
        let decimals = record.money.decimals;
        for entry in &record.entries {
            put([
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
            ]);
        }
    }
    let bytes = sheet.into_inner().unwrap_or_default();
    // The mark by which spreadsheets see that this is UTF-8.
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A text that no spreadsheet takes for a formula (OWASP, CSV injection): also after blanks, which some strip.
fn cell(text: &str) -> String {
    let text = one_line(text);
    if text.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|', '%']) {
        format!("'{text}")
    } else {
        text
    }
}
