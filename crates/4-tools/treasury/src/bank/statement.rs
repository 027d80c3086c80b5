//! What a bank statement says, whatever its format: lines and a closing balance. Reading is pure; nothing is booked here.

use super::{camt, csv, ofx};
use crate::error::TreasuryError;
use planet_ontology::units::Amount;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The most lines that one statement may have.
pub const MAX_LINES: usize = 5_000;
/// The most characters of a line's words and of its name that are kept.
pub const MAX_WORDS: usize = 500;

/// A line of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementLine {
    /// The bank's own id of it; empty where it gives none.
    pub id: String,
    /// The day on which it was booked: `2026-11-27`.
    pub booked: String,
    /// What came in, or went out if it is negative, in minor units.
    pub amount: Amount,
    /// Who paid, or was paid.
    pub name: String,
    /// What the bank says about it, references included.
    pub words: String,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its lines, in the bank's order.
    pub lines: Vec<StatementLine>,
    /// The balance after the last line, and its day, where the statement says so.
    pub closing: Option<(String, Amount)>,
}

/// Reads a statement in whichever format it is. `money` is the code that every amount must be in, `shape` how the bank writes its
/// CSV.
pub fn read(
    text: &str,
    money: &str,
    decimals: u8,
    shape: &csv::CsvShape,
) -> Result<Statement, TreasuryError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let beginning: String = start.chars().take(2_000).collect::<String>().to_uppercase();
    let mut statement = if beginning.contains("OFXHEADER") || beginning.contains("<OFX>") {
        ofx::read(start, money, decimals)?
    } else if beginning.starts_with('<') {
        camt::read(start, money, decimals)?
    } else {
        csv::read(start, decimals, shape)?
    };
    if statement.lines.len() > MAX_LINES {
        return Err(TreasuryError::StatementTooLong(MAX_LINES));
    }
    statement.lines.retain(|line| line.amount.0 != 0);
    for line in &mut statement.lines {
        line.name = tidied(&line.name);
        line.words = tidied(&line.words);
    }
    if statement.lines.is_empty() && statement.closing.is_none() {
        return Err(TreasuryError::StatementEmpty);
    }
    Ok(statement)
}

/// What tells each line from all others, in every upload: the bank's own id, or a hash of what the line says. Of several
/// lines that say exactly the same on one day, the second is the second in every upload.
pub fn marks(lines: &[StatementLine]) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    lines
        .iter()
        .map(|line| {
            let said = if line.id.is_empty() {
                format!("{}\u{1f}{}\u{1f}{}\u{1f}{}", line.booked, line.amount.0, line.name, line.words)
            } else {
                format!("id\u{1f}{}\u{1f}{}\u{1f}{}", line.id, line.booked, line.amount.0)
            };
            let count = seen.entry(said.clone()).or_insert(0);
            *count += 1;
            let hash = Sha256::digest(format!("{said}\u{1f}{count}").as_bytes());
            planet_ontology::hex::encode(hash.get(..16).unwrap_or_default())
        })
        .collect()
}

/// On one line, without what cannot be read, and not too long.
fn tidied(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_WORDS).collect()
}

/// A date as `2026-11-27`, from `2026-11-27…`, `20261127…`, or `27/11/2026`, `27.11.26` and the like, in which the day stands
/// first unless `month_first`.
pub fn date(text: &str, month_first: bool) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let parts: Vec<i16> = match digits.len() {
        4 | 1 | 2 => text
            .split(|c: char| !c.is_ascii_digit())
            .take(3)
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?,
        8.. => [digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?]
            .iter()
            .map(|part| part.parse())
            .collect::<Result<_, _>>()
            .ok()?,
        _ => return None,
    };
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = match digits.len() {
        1 | 2 if month_first => (*third, *first, *second),
        1 | 2 => (*third, *second, *first),
        _ => (*first, *second, *third),
    };
    let year = if year < 100 { year + 2_000 } else { year };
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1_970..=2_200).contains(&year).then(|| date.to_string())
}

/// An amount as banks write it: `1,234.56`, `1.234,56`, `(12.00)`, `12.00-`, `+12`, `£12`. The last of comma and point is the
/// decimal sign, unless three digits follow the only one and the money has other decimals.
pub fn amount(text: &str, decimals: u8) -> Option<Amount> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let negative = text.contains(['-', '\u{2212}', '(']);
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.' || *c == ',').collect();
    if digits.is_empty() || text.chars().filter(char::is_ascii_digit).count() > 18 {
        return None;
    }
    let (whole, fraction) = match digits.rfind(['.', ',']) {
        Some(at) => {
            let (whole, rest) = digits.split_at(at);
            let fraction = rest.get(1..).unwrap_or_default();
            let grouping = fraction.len() == 3 && decimals != 3;
            if grouping { (digits.clone(), String::new()) } else { (whole.to_owned(), fraction.to_owned()) }
        }
        None => (digits.clone(), String::new()),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    // `12.500` of a money with two decimals, as OFX writes it, ends in zeros that say nothing.
    let fraction = fraction.trim_end_matches('0');
    let amount = Amount::parse(&format!("{whole}.{fraction}"), decimals).ok()?;
    Some(Amount(if negative { -amount.0 } else { amount.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_amounts_are_read_as_banks_write_them() {
        for (text, month_first, expected) in [
            ("2026-11-27", false, Some("2026-11-27")),
            ("2026-11-27T10:00:00Z", false, Some("2026-11-27")),
            ("20261127120000[-5:EST]", false, Some("2026-11-27")),
            ("27/11/2026", false, Some("2026-11-27")),
            ("11/27/2026", true, Some("2026-11-27")),
            ("27.11.26", false, Some("2026-11-27")),
            ("31/11/2026", false, None),
            ("tomorrow", false, None),
            ("", false, None),
            ("9999999", false, None),
        ] {
            assert_eq!(date(text, month_first).as_deref(), expected, "{text}");
        }
        for (text, decimals, expected) in [
            ("50", 2, Some(5_000)),
            ("-12.5", 2, Some(-1_250)),
            ("1,234.56", 2, Some(123_456)),
            ("1.234,56", 2, Some(123_456)),
            ("1,234", 2, Some(123_400)),
            ("(12.00)", 2, Some(-1_200)),
            ("12,00-", 2, Some(-1_200)),
            ("£50.00", 2, Some(5_000)),
            ("50.0000", 2, Some(5_000)),
            ("1234", 0, Some(1_234)),
            ("0.005", 2, Some(500)),
            ("12.345", 3, Some(12_345)),
            ("", 2, None),
            ("twelve", 2, None),
            ("9999999999999999999", 2, None),
        ] {
            assert_eq!(amount(text, decimals).map(|it| it.0), expected, "{text}");
        }
    }

    #[test]
    fn equal_lines_of_a_day_are_told_apart_and_the_same_in_every_upload() {
        let line = StatementLine {
            booked: "2026-11-27".into(),
            amount: Amount(500),
            words: "thanks".into(),
            ..StatementLine::default()
        };
        let other = StatementLine { amount: Amount(600), ..line.clone() };
        let first = marks(&[line.clone(), line.clone(), other.clone()]);
        let again = marks(&[other, line.clone(), line]);
        assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert_eq!([&first[2], &first[0], &first[1]], [&again[0], &again[1], &again[2]]);
    }
}
