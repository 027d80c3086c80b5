//! Lists of people and amounts, as spreadsheets and people write them: CSV with commas, semicolons or tabs, decimal points or
//! commas. Text in, rows out; who is meant and whether they can be paid is found out elsewhere.

use crate::error::payments::PaymentError;
use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use planet_ontology::units::{Amount, AmountError};

/// How many rows are tried to find out what stands between columns.
const TRIED: usize = 50;
/// How many bytes are counted where no row has an amount.
const LOOKED_AT: usize = 4_096;
/// What may stand between columns, the likeliest first where it is a draw.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, as the spreadsheet has it.
    pub number: usize,
    /// A name or a handle.
    pub who: String,
    /// An amount, as it was written; empty where there is none.
    pub amount: String,
    /// What for.
    pub memo: String,
    /// Whether it has more columns than it should: an amount such as 12,50 falls into two of them where commas separate.
    pub too_wide: bool,
}

/// Which column is which: number, who, amount, note.
#[derive(Clone, Copy)]
struct Columns {
    number: Option<usize>,
    who: usize,
    amount: Option<usize>,
    memo: Option<usize>,
    width: usize,
}

impl Columns {
    const PLAIN: Self = Self { number: None, who: 0, amount: Some(1), memo: Some(2), width: 3 };

    /// By a heading that names at least who is paid.
    fn of(heading: &StringRecord) -> Option<Self> {
        let at =
            |names: &[&str]| heading.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
        Some(Self {
            who: at(&["to", "who", "name", "payee", "handle", "member"])?,
            number: at(&["row"]),
            amount: at(&["amount", "sum", "value"]),
            memo: at(&["note", "memo", "what for", "description", "message"]),
            width: heading.len(),
        })
    }

    fn row(&self, number: usize, record: &StringRecord) -> Row {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        let beyond = record.iter().skip(self.width).any(|cell| !cell.is_empty());
        Row {
            number: self.number.and_then(|at| record.get(at)?.parse().ok()).unwrap_or(number),
            who: cell(Some(self.who)),
            amount: cell(self.amount),
            memo: cell(self.memo),
            too_wide: beyond,
        }
    }
}

/// Reads a list: a heading, or the order who, amount, note. Empty rows are left out; the numbers stay those of the file.
pub fn read(text: &str, most: usize) -> Result<Vec<Row>, PaymentError> {
    let text = text.trim_start_matches('\u{feff}');
    let (mut rows, mut columns) = (Vec::new(), Columns::PLAIN);
    for (index, record) in records(text, delimiter(text)).enumerate() {
        if let Some(named) = (index == 0).then(|| Columns::of(&record)).flatten() {
            columns = named;
        } else if record.iter().any(|cell| !cell.is_empty()) {
            if rows.len() == most {
                return Err(PaymentError::TooManyRows(most));
            }
            rows.push(columns.row(index + 1, &record));
        }
    }
    if rows.is_empty() { Err(PaymentError::NobodyListed) } else { Ok(rows) }
}

/// The records of a text. One that cannot be read is empty: the reader goes on behind it.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        .map(Result::unwrap_or_default)
}

/// What stands between columns: that by which most rows have an amount in its place, and none too many columns.
fn delimiter(text: &str) -> u8 {
    let fits = |delimiter: u8| {
        let mut columns = Columns::PLAIN;
        let mut fitting = 0_usize;
        for (index, record) in records(text, delimiter).take(TRIED).enumerate() {
            if let Some(named) = (index == 0).then(|| Columns::of(&record)).flatten() {
                columns = named;
                fitting += record.len();
                continue;
            }
            let row = columns.row(index, &record);
            fitting += usize::from(!row.too_wide && amount(&row.amount, 18).is_ok());
        }
        (fitting, text.bytes().take(LOOKED_AT).filter(|byte| *byte == delimiter).count())
    };
    // The last of several equals is the greatest, so the likeliest comes last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| fits(*delimiter)).unwrap_or(b',')
}

/// Reads an amount as it is written anywhere in Europe: `1.234,56` as well as `1,234.56`, `1 234.56` and `1234,5`.
///
/// # Errors
/// What has one separator with three digits behind it (`1.234`) is read as a fraction, and so refused where a currency has fewer
/// decimals: whether it is a thousand is not guessed.
pub fn amount(text: &str, decimals: u8) -> Result<Amount, AmountError> {
    let text = text.trim();
    let (Some(point), Some(comma)) = (text.rfind('.'), text.rfind(',')) else {
        return Amount::parse(text, decimals);
    };
    let (thousands, decimal) = if point > comma { (',', '.') } else { ('.', ',') };
    let (whole, _) = text.rsplit_once(decimal).unwrap_or((text, ""));
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    if !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
        return Err(AmountError::NotANumber);
    }
    Amount::parse(&text.replace(thousands, ""), decimals)
}

/// Rows as a list again, with the numbers that they had.
pub fn write(rows: &[Row]) -> String {
    let mut writer = WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let heading = writer.write_record(["row", "to", "amount", "note"]);
    let written = heading.and_then(|()| {
        rows.iter().try_for_each(|row| {
            writer.write_record([&row.number.to_string(), &row.who, &row.amount, &row.memo])
        })
    });
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<(usize, String, String, String)> {
        let rows = read(text, 10_000).unwrap();
        rows.into_iter().map(|row| (row.number, row.who, row.amount, row.memo)).collect()
    }

    fn row(number: usize, who: &str, amount: &str, memo: &str) -> (usize, String, String, String) {
        (number, who.into(), amount.into(), memo.into())
    }

    #[test]
    fn a_list_is_read_however_a_spreadsheet_wrote_it() {
        for text in [
            "to,amount,note\nben,12.50,bread\n\"Ada Okafor\",3,\"jam, two\"\n",
            "\u{feff}Name;Amount;Memo\r\nben;12.50;bread\r\nAda Okafor;3;jam, two\r\n",
            "to\tamount\tnote\nben\t12.50\tbread\nAda Okafor\t3\tjam, two\n",
        ] {
            assert_eq!(
                plain(text),
                [row(2, "ben", "12.50", "bread"), row(3, "Ada Okafor", "3", "jam, two")],
                "{text:?}"
            );
        }
        assert_eq!(
            plain("ben;12,50\nada;3,00;jam"),
            [row(1, "ben", "12,50", ""), row(2, "ada", "3,00", "jam")]
        );
        assert_eq!(plain("ben\nada"), [row(1, "ben", "", ""), row(2, "ada", "", "")]);
        assert_eq!(plain("ben, 4\n,,\nada, 5"), [row(1, "ben", "4", ""), row(3, "ada", "5", "")]);
    }

    #[test]
    fn an_amount_that_falls_into_two_columns_is_seen() {
        let rows = read("ben,12,50,bread\nada,3,00,jam", 10).unwrap();
        assert!(rows.iter().all(|row| row.too_wide), "{rows:?}");
        let rows = read("to,amount,note,shop\nben,12.5,bread,Deli", 10).unwrap();
        assert!(!rows[0].too_wide, "columns that nobody asked for may stand in a file with a heading");
    }

    #[test]
    fn rows_go_round_with_their_numbers() {
        let rows = read("to,amount,note\nben,12.50,\"a; \"\"b\"\"\n c\"\n=1+1,2,=cmd()\n", 10).unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(read(&write(&rows), 10).unwrap(), rows);
    }

    #[test]
    fn bombs_are_rows_like_others() {
        let quote = format!("ben,1,\"{}", "x\n".repeat(100_000));
        assert_eq!(read(&quote, 10).unwrap().len(), 1);
        assert_eq!(read(&format!("{}\nben,1", ",".repeat(100_000)), 10).unwrap().len(), 1);
        assert_eq!(read(&"ben,1\n".repeat(11), 10), Err(PaymentError::TooManyRows(10)));
        for nobody in ["", "\u{feff}", "\n\n", "to,amount\n", ",,,\n"] {
            assert_eq!(read(nobody, 10), Err(PaymentError::NobodyListed), "{nobody:?}");
        }
    }

    #[test]
    fn amounts_are_read_as_europe_writes_them() {
        for (text, wanted) in [
            ("12,50", Ok(1_250)),
            ("1.234,56", Ok(123_456)),
            ("1,234.56", Ok(123_456)),
            ("1.234.567,8", Ok(123_456_780)),
            ("1 234,56", Ok(123_456)),
            ("1.234", Err(AmountError::TooFine(2))),
            ("1,234", Err(AmountError::TooFine(2))),
            ("12.34,56", Err(AmountError::NotANumber)),
            ("1,2,3.4", Err(AmountError::NotANumber)),
            ("1.2.3", Err(AmountError::NotANumber)),
            ("=1+1", Err(AmountError::NotANumber)),
            ("12€", Err(AmountError::NotANumber)),
            ("9223372036854775807,00", Err(AmountError::TooLarge)),
        ] {
            assert_eq!(amount(text, 2).map(|it| it.0), wanted, "{text}");
        }
    }
}
