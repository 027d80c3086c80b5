//! Statements as ISO 20022 camt.053: entries with their references and the closing booked balance. Knows no schema beyond the
//! elements it reads, expands no entity and refuses a document type.

use super::statement::{MAX_LINES, Statement, StatementLine, amount, date};
use crate::error::TreasuryError;
use planet_ontology::units::Amount;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 40;

/// What has been read of the entry or balance that is open.
#[derive(Default)]
struct Open {
    line: StatementLine,
    amount: Option<(String, String)>,
    debit: bool,
    reversed: bool,
    booked: bool,
    code: String,
    debtor: String,
    creditor: String,
}

/// Reads a statement whose amounts are all in this money.
pub fn read(text: &str, money: &str, decimals: u8) -> Result<Statement, TreasuryError> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut open = Open::default();
    let mut currency = String::new();
    let mut words = String::new();
    let mut statement = Statement::default();
    loop {
        match reader.read_event().map_err(|_| TreasuryError::XmlUnclear)? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if name == "Ntry" || name == "Bal" {
                    open = Open { booked: name == "Bal", ..Open::default() };
                }
                if name == "Amt" {
                    let said = tag.attributes().flatten().find(|it| it.key.as_ref() == "Ccy");
                    currency = said.map(|it| it.value.into_owned()).unwrap_or_default();
                }
                words.clear();
                path.push(name);
                if path.len() > MAX_DEPTH {
                    return Err(TreasuryError::XmlUnclear);
                }
            }
            Event::Text(said) => words.push_str(&said),
            Event::GeneralRef(entity) => words.push(known(&entity)?),
            Event::End(_) => {
                take(&path, words.trim(), &currency, &mut open);
                words.clear();
                match path.pop().as_deref() {
                    Some("Ntry") => statement.lines.extend(entry(&open, money, decimals)?),
                    Some("Bal") if open.code == "CLBD" => {
                        let value = valued(&open, money, decimals)?;
                        statement.closing = Some((open.line.booked.clone(), value));
                    }
                    Some("Document") => return Ok(statement),
                    _ => {}
                }
                if statement.lines.len() > MAX_LINES {
                    return Err(TreasuryError::StatementTooLong(MAX_LINES));
                }
            }
            Event::DocType(_) | Event::Eof => return Err(TreasuryError::XmlUnclear),
            _ => {}
        }
    }
}

/// The sign of one of XML's own five entities, or of a number; no other is known.
fn known(entity: &quick_xml::events::BytesRef) -> Result<char, TreasuryError> {
    if let Ok(Some(sign)) = entity.resolve_char_ref() {
        return Ok(sign);
    }
    match entity.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(TreasuryError::XmlUnclear),
    }
}

/// Takes what an element said into what is open, by where it stands.
fn take(path: &[String], said: &str, currency: &str, open: &mut Open) {
    let mut names = path.iter().rev().map(String::as_str);
    let (Some(name), above, further) =
        (names.next(), names.next().unwrap_or_default(), names.next().unwrap_or_default())
    else {
        return;
    };
    if said.is_empty() {
        return;
    }
    match (name, above, further) {
        ("Amt", "Ntry" | "Bal", _) => open.amount = Some((currency.to_owned(), said.to_owned())),
        ("CdtDbtInd", "Ntry" | "Bal", _) => open.debit = said == "DBIT",
        ("RvslInd", "Ntry", _) => open.reversed = said == "true",
        ("Sts", "Ntry", _) | ("Cd", "Sts", "Ntry") => open.booked = said == "BOOK",
        ("Cd", "CdOrPrtry", _) => said.clone_into(&mut open.code),
        ("Dt" | "DtTm", "BookgDt" | "Dt", _) | ("Dt", "Bal", _) => {
            if let Some(day) = date(said, false) {
                open.line.booked = day;
            }
        }
        ("AcctSvcrRef", "Ntry", _) => said.clone_into(&mut open.line.id),
        ("Nm", "Dbtr", _) | ("Nm", "Pty", "Dbtr") => said.clone_into(&mut open.debtor),
        ("Nm", "Cdtr", _) | ("Nm", "Pty", "Cdtr") => said.clone_into(&mut open.creditor),
        ("Ustrd" | "EndToEndId" | "AddtlNtryInf" | "Ref", ..) if said != "NOTPROVIDED" => {
            open.line.words.push(' ');
            open.line.words.push_str(said);
        }
        _ => {}
    }
}

/// What an entry or a balance comes to, with its sign.
fn valued(open: &Open, money: &str, decimals: u8) -> Result<Amount, TreasuryError> {
    let (currency, said) = open.amount.as_ref().ok_or(TreasuryError::XmlUnclear)?;
    if currency != money {
        return Err(TreasuryError::OtherMoney);
    }
    let value = amount(said, decimals).ok_or(TreasuryError::XmlUnclear)?;
    Ok(Amount(if open.debit { -value.0 } else { value.0 }))
}

/// The line of an entry that is booked; those that are only announced come again.
fn entry(open: &Open, money: &str, decimals: u8) -> Result<Option<StatementLine>, TreasuryError> {
    if !open.booked {
        return Ok(None);
    }
    if open.line.booked.is_empty() {
        return Err(TreasuryError::XmlUnclear);
    }
    // A reversal says which way the entry went that it takes back; the amount itself goes the way that is said.
    let outgoing = open.debit != open.reversed;
    let name = if outgoing { &open.creditor } else { &open.debtor };
    Ok(Some(StatementLine {
        amount: valued(open, money, decimals)?,
        name: name.clone(),
        ..open.line.clone()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-27</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">137.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-28</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-27</Dt></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef>
 <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="USD">55.00</Amt></TxAmt></AmtDtls>
 <RltdPties><Dbtr><Pty><Nm>Ben &amp; Sons</Nm></Pty></Dbtr><Cdtr><Pty><Nm>The Bakery</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>7KQ4 M2XB</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-11-28T09:00:00</DtTm></BookgDt>
 <NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Ada</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-11-28</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"#;

    #[test]
    fn a_statement_gives_its_booked_entries_and_the_closing_balance() {
        let statement = read(STATEMENT, "EUR", 2).unwrap();
        let lines: Vec<_> = statement
            .lines
            .iter()
            .map(|it| (it.id.as_str(), it.booked.as_str(), it.amount.0, it.name.as_str(), it.words.trim()))
            .collect();
        assert_eq!(
            lines,
            [("B-1", "2026-11-27", 5_000, "Ben & Sons", "7KQ4 M2XB"), ("", "2026-11-28", -1_250, "Ada", "")]
        );
        assert_eq!(statement.closing, Some(("2026-11-28".into(), Amount(13_750))));
        assert_eq!(read(STATEMENT, "GBP", 2), Err(TreasuryError::OtherMoney));
    }

    #[test]
    fn what_expands_or_never_ends_is_refused() {
        let laughs = r#"<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><Document><Ntry><Amt Ccy="EUR">&lol2;</Amt></Ntry></Document>"#;
        let unknown = "<Document><Ntry><AddtlNtryInf>&secret;</AddtlNtryInf></Ntry></Document>";
        let deep = "<a>".repeat(100);
        for text in [laughs, unknown, deep.as_str(), "<Document>", "<Document><Ntry></Document>", "<"] {
            assert_eq!(read(text, "EUR", 2), Err(TreasuryError::XmlUnclear), "{text}");
        }
    }
}
