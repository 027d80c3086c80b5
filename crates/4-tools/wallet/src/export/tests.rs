//! What the files say, and that no name, memo or note can be anything but text in them.

use super::{Format, write};
use crate::views::{Money, Party, Record, RecordEntry, RecordsView};
use planet_ledger::{CurrencyKind, TransferKind};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, TransferId};
use planet_ontology::units::{Amount, Moment};
use uuid::Uuid;

/// 27 November 2026, 06:00 UTC.
const NOW: Moment = Moment(1_795_759_200_000_000);

fn entry(n: u128, amount: i64, balance: i64, memo: &str, category: &str) -> RecordEntry {
    RecordEntry {
        transfer: TransferId(Uuid::from_u128(n)),
        at: Moment(NOW.0 - Moment::DAY + i64::try_from(n).unwrap()),
        other: "Ben".into(),
        handle: "ben".into(),
        amount: Amount(amount),
        balance: Amount(balance),
        kind: TransferKind::Payment,
        memo: memo.into(),
        category: category.into(),
        note: String::new(),
    }
}

fn records(code: &str, decimals: u8, opening: i64, entries: Vec<RecordEntry>) -> RecordsView {
    let money = Money {
        id: CurrencyId(Uuid::from_u128(5)),
        code: code.into(),
        name: "Acorns".into(),
        symbol: "a".into(),
        decimals,
        kind: CurrencyKind::MutualCredit,
        levy: 0,
    };
    let closing = entries.last().map_or(opening, |entry| entry.balance.0);
    let account = AccountId(Uuid::from_u128(6));
    let (opening, closing) = (Amount(opening), Amount(closing));
    RecordsView {
        owner: Party {
            id: AgentId(Uuid::from_u128(1)),
            name: "Ada".into(),
            handle: "ada".into(),
            kind: "member".into(),
        },
        read: NOW,
        from: None,
        accounts: vec![Record { account, money, opening, closing, entries }],
    }
}

fn two() -> RecordsView {
    records(
        "ACORNS",
        2,
        500,
        vec![entry(1, -250, 250, "bread", "Food & drink"), entry(2, 10_000, 10_250, "", "")],
    )
}

#[test]
fn hledger_reads_amounts_accounts_and_an_assertion() {
    insta::assert_snapshot!(write(Format::Hledger, &two(), "Club"), @r#"
    ; The wallet of Ada (@ada) at Club.
    ; What came in is positive: a wallet is an asset of whoever holds it. Days are UTC.

    decimal-mark .
    commodity 1000.00 ACORNS

    2026-11-26 * Opening balance
        Assets:Wallet:ACORNS  5.00 ACORNS
        Equity:Opening-Balances

    2026-11-26 * (00000000-0000-0000-0000-000000000001) Ben | bread
        ; kind: payment
        ; category: Food & drink
        Assets:Wallet:ACORNS  -2.50 ACORNS
        Expenses:Food-drink  2.50 ACORNS

    2026-11-26 * (00000000-0000-0000-0000-000000000002) Ben
        ; kind: payment
        Assets:Wallet:ACORNS  100.00 ACORNS
        Income:Uncategorised  -100.00 ACORNS

    2026-11-26 * Balance
        Assets:Wallet:ACORNS  0.00 ACORNS = 102.50 ACORNS
    "#);
}

#[test]
fn ledger_reads_the_same_without_hledgers_directives() {
    let (hledger, ledger) = (write(Format::Hledger, &two(), "Club"), write(Format::Ledger, &two(), "Club"));
    assert_eq!(hledger.replace("\ndecimal-mark .\ncommodity 1000.00 ACORNS\n", ""), ledger);
}

#[test]
fn beancount_reads_opened_accounts_and_a_balance_of_the_day_after() {
    insta::assert_snapshot!(write(Format::Beancount, &two(), "Club"), @r#"
    option "title" "Ada (@ada) at Club"
    ; What came in is positive: a wallet is an asset of whoever holds it. Days are UTC.

    2026-11-26 open Assets:Wallet:ACORNS ACORNS
    2026-11-26 open Equity:Opening-Balances
    2026-11-26 open Expenses:Food-drink
    2026-11-26 open Income:Uncategorised

    2026-11-26 * "Opening balance"
      Assets:Wallet:ACORNS  5.00 ACORNS
      Equity:Opening-Balances

    2026-11-26 * "Ben" "bread"
      transfer: "00000000-0000-0000-0000-000000000001"
      kind: "payment"
      category: "Food & drink"
      Assets:Wallet:ACORNS  -2.50 ACORNS
      Expenses:Food-drink

    2026-11-26 * "Ben" ""
      transfer: "00000000-0000-0000-0000-000000000002"
      kind: "payment"
      Assets:Wallet:ACORNS  100.00 ACORNS
      Income:Uncategorised

    2026-11-27 balance Assets:Wallet:ACORNS  102.50 ~ 0.00 ACORNS
    "#);
}

#[test]
fn a_bank_statement_has_each_movement_once_and_the_balance() {
    insta::assert_snapshot!(write(Format::Ofx, &two(), "Bread & <Roses>"), @r#"
    <?xml version="1.0" encoding="UTF-8" standalone="no"?>
    <?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
    <OFX>
    <SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20261127060000.000[0:GMT]</DTSERVER><LANGUAGE>ENG</LANGUAGE><FI><ORG>Bread &amp; &lt;Roses&gt;</ORG></FI></SONRS></SIGNONMSGSRSV1>
    <BANKMSGSRSV1>
    <STMTTRNRS><TRNUID>1</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
    <STMTRS><CURDEF>XXX</CURDEF><BANKACCTFROM><BANKID>ACORNS</BANKID><ACCTID>0000000000000000000006</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
    <BANKTRANLIST><DTSTART>20261126060000.000[0:GMT]</DTSTART><DTEND>20261126060000.000[0:GMT]</DTEND>
    <STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261126060000.000[0:GMT]</DTPOSTED><TRNAMT>-2.50</TRNAMT><FITID>00000000-0000-0000-0000-000000000001</FITID><NAME>Ben</NAME><MEMO>bread</MEMO></STMTTRN>
    <STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20261126060000.000[0:GMT]</DTPOSTED><TRNAMT>100.00</TRNAMT><FITID>00000000-0000-0000-0000-000000000002</FITID><NAME>Ben</NAME></STMTTRN>
    </BANKTRANLIST>
    <LEDGERBAL><BALAMT>102.50</BALAMT><DTASOF>20261126060000.000[0:GMT]</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>
    </BANKMSGSRSV1>
    </OFX>
    "#);
}

#[test]
fn a_spreadsheet_takes_nothing_for_a_formula() {
    let evil = [
        "=HYPERLINK(\"http://evil.example\")",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r\n=1+1",
        " =1",
        "|calc",
    ];
    for memo in evil {
        let csv =
            write(Format::Csv, &records("ACORNS", 2, 0, vec![entry(1, -250, -250, memo, memo)]), "Club");
        let line = csv.lines().nth(1).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert!(row[9].starts_with('\'') && row[10].starts_with('\''), "{line}");
        assert_eq!((&row[6], &row[7]), ("-2.50", "-2.50"), "amounts stay numbers");
    }
}

#[test]
fn texts_never_become_syntax() {
    let evil =
        "x\n2026-01-01 * y\n    Assets:Wallet:ACORNS  1.00 ACORNS ; [2026/99/99] \"quoted\\\" \u{202e}<b>";
    let mut records = records("ACORNS", 2, 0, vec![entry(1, -250, -250, evil, "a:b  c;\n(d)")]);
    records.owner.name = evil.into();
    for format in Format::ALL {
        let text = write(format, &records, evil);
        let (lines, plain) = (text.lines().count(), write(format, &two_lines(), "Club").lines().count());
        assert_eq!(lines, plain, "{}\n{text}", format.word());
        assert!(!text.contains('\u{202e}'));
    }
    let journal = write(Format::Ledger, &records, "Club");
    assert!(journal.contains("    Expenses:A-b-c-d  2.50 ACORNS\n"), "{journal}");
    assert!(!journal.contains('[') && !journal.contains(" ; ("), "{journal}");
    let beans = write(Format::Beancount, &records, "Club");
    assert!(beans.contains("\\\"quoted\\\\\\\""), "{beans}");
}

fn two_lines() -> RecordsView {
    records("ACORNS", 2, 0, vec![entry(1, -250, -250, "bread", "food")])
}

#[test]
fn every_code_is_a_name_that_each_program_takes() {
    for (code, journal, beans) in [
        ("ACORNS", "ACORNS", "ACORNS"),
        ("H2O", "\"H2O\"", "H2O"),
        ("42", "\"42\"", "X-42"),
        ("A", "A", "AA"),
    ] {
        let records = records(code, 0, 0, vec![entry(1, 7, 7, "", "")]);
        assert!(write(Format::Ledger, &records, "Club").contains(&format!("  7 {journal}\n")), "{code}");
        assert!(write(Format::Beancount, &records, "Club").contains(&format!("  7 {beans}\n")), "{code}");
    }
}

#[test]
fn time_is_written_in_whole_minutes() {
    let records = records("HOURS", planet_ontology::units::MINUTES, 0, vec![entry(1, -80, -80, "", "")]);
    assert!(write(Format::Hledger, &records, "Club").contains("commodity 1000. \"HOURS-MIN\"\n"));
    assert!(write(Format::Ledger, &records, "Club").contains("    Assets:Wallet:HOURS  -80 \"HOURS-MIN\"\n"));
    assert!(write(Format::Beancount, &records, "Club").contains("  Assets:Wallet:HOURS  -80 HOURS-MIN\n"));
    assert!(write(Format::Csv, &records, "Club").contains(",-80,-80,HOURS-MIN,"));
    assert_eq!(super::plain_amount(Amount(-80), planet_ontology::units::MINUTES), "-1:20");
}

#[test]
fn amounts_are_exact_to_the_last_of_eighteen_decimals() {
    let records = records("WEI", 18, 0, vec![entry(1, i64::MIN, i64::MIN, "", "")]);
    let text = write(Format::Ledger, &records, "Club");
    assert!(
        text.contains("-9.223372036854775808 WEI") && text.contains("  9.223372036854775808 WEI"),
        "{text}"
    );
}
