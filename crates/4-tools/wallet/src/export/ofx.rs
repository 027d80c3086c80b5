//! OFX 2.1.1, as banks give statements: one statement for each account. A currency that a group made is `XXX` in the words
//! of ISO 4217, and its own short name stands where the bank's number would.

use super::words::decimal;
use crate::views::{Record, RecordsView};
use planet_kit::web::sheet::one_line;
use planet_ledger::CurrencyKind;
use planet_ontology::units::Moment;
use std::fmt::Write;

pub(super) fn write(records: &RecordsView, club: &str) -> String {
    let now = time(records.read);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
         <?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n",
    );
    let _ = write!(
        out,
        "<OFX>\n<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\
         <DTSERVER>{now}</DTSERVER><LANGUAGE>ENG</LANGUAGE><FI><ORG>{}</ORG></FI></SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1>\n",
        text(club, 32)
    );
    for (number, record) in records.accounts.iter().enumerate() {
        write_record(&mut out, records, record, number + 1);
    }
    out.push_str("</BANKMSGSRSV1>\n</OFX>\n");
    out
}

fn write_record(out: &mut String, records: &RecordsView, record: &Record, number: usize) {
    let decimals = record.money.decimals;
    let code = record.money.code.as_str();
    let world = record.money.kind == CurrencyKind::Conventional && code.len() == 3;
    let currency = if world { code } else { "XXX" };
    let first = records.from.or(record.entries.first().map(|entry| entry.at)).unwrap_or(records.read);
    let last = record.entries.last().map_or(records.read, |entry| entry.at);
    let account: String = record.account.0.simple().to_string().chars().skip(10).collect();
    let _ = write!(
        out,
        "<STMTTRNRS><TRNUID>{number}</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\n<STMTRS>\
         <CURDEF>{currency}</CURDEF><BANKACCTFROM><BANKID>{}</BANKID><ACCTID>{account}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE>\
         </BANKACCTFROM>\n<BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>\n",
        text(code, 9),
        time(first),
        time(last)
    );
    for entry in &record.entries {
        let kind = if entry.amount.0 < 0 { "DEBIT" } else { "CREDIT" };
        let _ = write!(
            out,
            "<STMTTRN><TRNTYPE>{kind}</TRNTYPE><DTPOSTED>{}</DTPOSTED><TRNAMT>{}</TRNAMT><FITID>{}</FITID><NAME>{}</NAME>",
            time(entry.at),
            decimal(entry.amount, decimals),
            entry.transfer,
            text(&entry.other, 32)
        );
        let memo = text(&entry.memo, 255);
        if !memo.is_empty() {
            let _ = write!(out, "<MEMO>{memo}</MEMO>");
        }
        out.push_str("</STMTTRN>\n");
    }
    let _ = write!(
        out,
        "</BANKTRANLIST>\n<LEDGERBAL><BALAMT>{}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>\n",
        decimal(record.closing, decimals),
        time(last)
    );
}

/// `20261127061500.000[0:GMT]`.
fn time(at: Moment) -> String {
    let digits: String = at.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
    format!("{digits}.000[0:GMT]")
}

/// A text of so many characters, as XML.
fn text(text: &str, most: usize) -> String {
    let cut: String = one_line(text).chars().take(most).collect();
    cut.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
