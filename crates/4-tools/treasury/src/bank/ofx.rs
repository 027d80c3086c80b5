//! Statements as OFX, version 1 (SGML, whose elements need no end) and 2 (XML): transactions and the ledger balance. A walk over
//! its tags, no parser of either.

use super::statement::{MAX_LINES, Statement, StatementLine, amount, date};
use crate::error::TreasuryError;
use planet_ontology::units::Amount;

/// Reads a statement whose amounts are all in this money.
pub fn read(text: &str, money: &str, decimals: u8) -> Result<Statement, TreasuryError> {
    if text.to_uppercase().contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(TreasuryError::OfxUnclear);
    }
    let mut statement = Statement::default();
    let mut line: Option<(StatementLine, Option<Amount>)> = None;
    let mut balance: (Option<Amount>, Option<String>) = (None, None);
    let mut in_balance = false;
    let unclear = || TreasuryError::OfxUnclear;
    for (tag, said) in tags(text) {
        match (tag.as_str(), &mut line) {
            ("CURDEF", _) if said != money => return Err(TreasuryError::OtherMoney),
            ("STMTTRN", _) => line = Some((StatementLine::default(), None)),
            ("/STMTTRN", open) => {
                let (mut done, value) = open.take().ok_or_else(unclear)?;
                done.amount = value.ok_or_else(unclear)?;
                if done.booked.is_empty() {
                    return Err(unclear());
                }
                statement.lines.push(done);
                if statement.lines.len() > MAX_LINES {
                    return Err(TreasuryError::StatementTooLong(MAX_LINES));
                }
            }
            ("TRNAMT", Some((_, value))) => *value = Some(amount(&said, decimals).ok_or_else(unclear)?),
            ("DTPOSTED", Some((open, _))) => open.booked = date(&said, false).ok_or_else(unclear)?,
            ("FITID", Some((open, _))) => open.id = said,
            ("NAME", Some((open, _))) => open.name = said,
            ("MEMO" | "CHECKNUM" | "REFNUM", Some((open, _))) => {
                open.words = format!("{} {said}", open.words);
            }
            ("LEDGERBAL", _) => in_balance = true,
            ("/LEDGERBAL", _) => in_balance = false,
            ("BALAMT", _) if in_balance => balance.0 = amount(&said, decimals),
            ("DTASOF", _) if in_balance => balance.1 = date(&said, false),
            _ => {}
        }
    }
    // A transaction that was never closed is a file that was cut off.
    if line.is_some() {
        return Err(unclear());
    }
    statement.closing = balance.1.zip(balance.0);
    Ok(statement)
}

/// The tags of a text with what follows each, in capitals, entities of XML resolved.
fn tags(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    text.split('<').skip(1).filter_map(|piece| {
        let (tag, said) = piece.split_once('>')?;
        let plain = said
            .trim()
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'");
        Some((tag.trim().to_uppercase(), plain.replace("&amp;", "&")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_read() {
        let first = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP\n<BANKTRANLIST>\n<STMTTRN><TRNTYPE>CREDIT\n<DTPOSTED>20261127\n<TRNAMT>50.00\n<FITID>1\n<NAME>BEN &amp; SONS\n<MEMO>7KQ4M2XB\n</STMTTRN></BANKTRANLIST>\n<LEDGERBAL><BALAMT>150.00<DTASOF>20261128</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";
        let second = "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX><CURDEF>GBP</CURDEF><STMTTRN><DTPOSTED>20261127120000</DTPOSTED><TRNAMT>50.00</TRNAMT><FITID>1</FITID><NAME>BEN &amp; SONS</NAME><MEMO>7KQ4M2XB</MEMO></STMTTRN><LEDGERBAL><BALAMT>150.00</BALAMT><DTASOF>20261128</DTASOF></LEDGERBAL></OFX>";
        let read_first = read(first, "GBP", 2).unwrap();
        assert_eq!(read_first, read(second, "GBP", 2).unwrap());
        assert_eq!(read_first.closing, Some(("2026-11-28".into(), Amount(15_000))));
        let line = &read_first.lines[0];
        assert_eq!(
            (line.name.as_str(), line.words.trim(), line.amount),
            ("BEN & SONS", "7KQ4M2XB", Amount(5_000))
        );
        assert_eq!(read(second, "EUR", 2), Err(TreasuryError::OtherMoney));
    }

    #[test]
    fn a_file_that_was_cut_off_is_refused() {
        for text in [
            "<OFX><STMTTRN><TRNAMT>5",
            "<OFX><STMTTRN><TRNAMT>5</STMTTRN>",
            "<OFX><STMTTRN><TRNAMT>five</STMTTRN>",
            "<!DOCTYPE x><OFX>",
        ] {
            assert_eq!(read(text, "GBP", 2), Err(TreasuryError::OfxUnclear), "{text}");
        }
    }
}
