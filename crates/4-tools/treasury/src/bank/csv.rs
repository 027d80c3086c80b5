//! Statements as CSV. Every bank writes its own: which column holds what is guessed from the headings, shown, mended by the treasurer
//! and remembered.

use super::statement::{MAX_LINES, Statement, StatementLine, amount, date};
use crate::error::TreasuryError;
use planet_ontology::units::longer_than;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines before the headings a bank may use for other things.
const PREAMBLE: usize = 20;

/// Which column holds what, by its heading; empty means that it is to be guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CsvShape {
    /// The day of booking.
    pub date: String,
    /// The amount, negative when it went out.
    pub amount: String,
    /// What came in, where the bank has two columns.
    pub money_in: String,
    /// What went out, where the bank has two columns.
    pub money_out: String,
    /// Who paid or was paid.
    pub name: String,
    /// What the bank says about it.
    pub words: String,
    /// The bank's own id of a line.
    pub id: String,
    /// The balance after the line.
    pub balance: String,
    /// Whether the month stands before the day: 11/27/2026.
    pub month_first: bool,
}

/// Headings that banks use, for each column, the likeliest first.
const DATES: &[&str] = &[
    "date",
    "booking date",
    "transaction date",
    "completed date",
    "buchungstag",
    "buchungsdatum",
    "datum",
    "fecha",
    "posted",
];
const AMOUNTS: &[&str] =
    &["amount", "value", "amount (gbp)", "amount (eur)", "betrag", "umsatz", "importe", "montant", "bedrag"];
const INS: &[&str] = &["credit", "paid in", "money in", "credit amount", "haben", "in"];
const OUTS: &[&str] = &["debit", "paid out", "money out", "debit amount", "soll", "out"];
const NAMES: &[&str] = &[
    "name",
    "counterparty",
    "counter party",
    "payee",
    "payer",
    "beguenstigter/zahlungspflichtiger",
    "auftraggeber / begünstigter",
    "merchant",
];
const WORDS: &[&str] = &[
    "reference",
    "description",
    "details",
    "memo",
    "narrative",
    "verwendungszweck",
    "transaction description",
    "notes",
    "concepto",
];
const IDS: &[&str] = &["id", "transaction id", "fitid", "transaction reference number"];
const BALANCES: &[&str] = &["balance", "balance (gbp)", "running balance", "saldo"];

/// The longest heading of a column, in characters.
const MAX_HEADING: u32 = 100;

impl CsvShape {
    /// Refuses headings that no bank writes.
    pub fn checked(&self) -> Result<(), TreasuryError> {
        let all = [
            &self.date,
            &self.amount,
            &self.money_in,
            &self.money_out,
            &self.name,
            &self.words,
            &self.id,
            &self.balance,
        ];
        if all.iter().any(|heading| longer_than(heading, MAX_HEADING)) {
            return Err(TreasuryError::TooLong(MAX_HEADING));
        }
        Ok(())
    }

    /// The same with what is empty guessed from the headings of a file.
    #[must_use]
    pub fn guessed(&self, headings: &[String]) -> Self {
        let one = |told: &String, usual: &[&str]| {
            if told.is_empty() {
                usual
                    .iter()
                    .find_map(|name| headings.iter().find(|it| it.to_lowercase() == *name))
                    .cloned()
                    .unwrap_or_default()
            } else {
                told.clone()
            }
        };
        Self {
            date: one(&self.date, DATES),
            amount: if self.money_in.is_empty() { one(&self.amount, AMOUNTS) } else { self.amount.clone() },
            money_in: one(&self.money_in, INS),
            money_out: one(&self.money_out, OUTS),
            name: one(&self.name, NAMES),
            words: one(&self.words, WORDS),
            id: one(&self.id, IDS),
            balance: one(&self.balance, BALANCES),
            month_first: self.month_first,
        }
    }
}

/// The headings of a file and the rows below them.
struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Cuts a file into headings and rows, whether it uses commas, semicolons or tabs.
fn sheet(text: &str, shape: &CsvShape) -> Option<Sheet> {
    let head: String = text.lines().take(PREAMBLE).collect::<Vec<_>>().join("\n");
    let delimiter =
        [b';', b'\t', b','].into_iter().max_by_key(|sign| head.bytes().filter(|b| b == sign).count())?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = reader
        .records()
        .take(MAX_LINES.saturating_add(PREAMBLE))
        .map_while(Result::ok)
        .map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<String>>());
    let is_headings = |row: &Vec<String>| {
        let guess = shape.guessed(row);
        row.contains(&guess.date) && (row.contains(&guess.amount) || row.contains(&guess.money_in))
    };
    let headings = rows.by_ref().take(PREAMBLE).find(is_headings)?;
    Some(Sheet { headings, rows: rows.collect() })
}

/// The headings of a file, for choosing which column holds what.
pub fn headings(text: &str) -> Vec<String> {
    sheet(text, &CsvShape::default()).map(|sheet| sheet.headings).unwrap_or_default()
}

/// Reads a statement.
pub fn read(text: &str, decimals: u8, told: &CsvShape) -> Result<Statement, TreasuryError> {
    let sheet = sheet(text, told).ok_or(TreasuryError::CsvUnclear)?;
    let shape = told.guessed(&sheet.headings);
    let column = |name: &str| sheet.headings.iter().position(|heading| !name.is_empty() && heading == name);
    let at = |row: &[String], column: Option<usize>| {
        column.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    };
    let (day, one, came, went) =
        (column(&shape.date), column(&shape.amount), column(&shape.money_in), column(&shape.money_out));
    let (name, words, id, balance) =
        (column(&shape.name), column(&shape.words), column(&shape.id), column(&shape.balance));
    if day.is_none() || (one.is_none() && came.is_none()) {
        return Err(TreasuryError::CsvUnclear);
    }
    let mut statement = Statement::default();
    for (number, row) in (1..).zip(&sheet.rows) {
        if row.iter().all(String::is_empty) {
            continue;
        }
        let wrong = || TreasuryError::CsvRowUnclear(number);
        let booked = date(&at(row, day), shape.month_first).ok_or_else(wrong)?;
        let read =
            |cell: String| if cell.is_empty() { Some(0) } else { amount(&cell, decimals).map(|it| it.0) };
        let moved = if one.is_some() {
            read(at(row, one)).ok_or_else(wrong)?
        } else {
            let (came, went) =
                (read(at(row, came)).ok_or_else(wrong)?, read(at(row, went)).ok_or_else(wrong)?);
            came.abs().checked_sub(went.abs()).ok_or_else(wrong)?
        };
        if let Some(after) = amount(&at(row, balance), decimals)
            && statement.closing.as_ref().is_none_or(|(last, _)| *last <= booked)
        {
            statement.closing = Some((booked.clone(), after));
        }
        statement.lines.push(StatementLine {
            id: at(row, id),
            booked,
            amount: planet_ontology::units::Amount(moved),
            name: at(row, name),
            words: at(row, words),
        });
    }
    // Banks that write the newest line first give the closing balance in the first row of its day.
    let newest_first = statement
        .lines
        .first()
        .zip(statement.lines.last())
        .is_some_and(|(first, last)| first.booked > last.booked);
    if newest_first && let Some(row) = sheet.rows.first() {
        statement.closing = date(&at(row, day), shape.month_first).zip(amount(&at(row, balance), decimals));
    }
    Ok(statement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_ontology::units::Amount;

    #[test]
    fn three_banks_are_understood_without_being_told() {
        let british = "Date,Description,Paid in,Paid out,Balance\n27/11/2026,BEN YILMAZ 7KQ4M2XB,50.00,,150.00\n28/11/2026,RENT,,20.00,130.00\n";
        let german = "Konto;123\n\nBuchungstag;Name;Verwendungszweck;Betrag;Saldo\n28.11.2026;Bäckerei;Mehl;-1.020,00;130,00\n27.11.2026;Ben;7KQ4 M2XB;50,00;1.150,00\n";
        let online = "\"Date\",\"Amount\",\"Name\",\"Reference\",\"Transaction ID\"\n2026-11-27,50.00,\"Yilmaz, Ben\",7KQ4M2XB,abc\n";
        let lines = |text: &str| {
            let statement = read(text, 2, &CsvShape::default()).unwrap();
            let lines: Vec<_> = statement
                .lines
                .iter()
                .map(|line| (line.booked.clone(), line.amount.0, line.words.clone()))
                .collect();
            (lines, statement.closing)
        };
        let (first, closing) = lines(british);
        assert_eq!(
            first,
            [
                ("2026-11-27".into(), 5_000, "BEN YILMAZ 7KQ4M2XB".into()),
                ("2026-11-28".into(), -2_000, "RENT".into())
            ]
        );
        assert_eq!(closing, Some(("2026-11-28".into(), Amount(13_000))));
        let (second, closing) = lines(german);
        assert_eq!(second.iter().map(|line| line.1).collect::<Vec<_>>(), [-102_000, 5_000]);
        assert_eq!(closing, Some(("2026-11-28".into(), Amount(13_000))));
        assert_eq!(lines(online), (vec![("2026-11-27".into(), 5_000, "7KQ4M2XB".into())], None));
    }

    #[test]
    fn a_bank_with_headings_of_its_own_is_told_once() {
        let odd = "When,How much,Text\n11/27/2026,50.00,7KQ4M2XB\n";
        assert_eq!(read(odd, 2, &CsvShape::default()), Err(TreasuryError::CsvUnclear));
        let shape = CsvShape {
            date: "When".into(),
            amount: "How much".into(),
            words: "Text".into(),
            month_first: true,
            ..CsvShape::default()
        };
        assert_eq!(read(odd, 2, &shape).unwrap().lines[0].booked, "2026-11-27");
        assert_eq!(read("When,How much\nsoon,50\n", 2, &shape), Err(TreasuryError::CsvRowUnclear(1)));
    }
}
