//! The bank's statements beside the club's books.

use crate::club::{
    ADA, BAKERY, BEN, CLEO, NOW, TOM, announce, ask_out, by, claim, club, migrations, page, pay_in, refused,
};
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::{CurrencyId, MemberId};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use planet_treasury::acts::cash::ConfirmCash;
use planet_treasury::acts::lines::{CreditLine, MatchAll, MatchPayIn, MatchPayOut, PutBack, SetAside};
use planet_treasury::acts::matching::Why;
use planet_treasury::acts::pay_out::SendPayOut;
use planet_treasury::acts::statement::{ConfirmBalance, TakeStatement, Taken};
use planet_treasury::bank::csv::CsvShape;
use planet_treasury::views::desk::{Desk, DeskView};

async fn upload(corridor: &Corridor, who: MemberId, currency: CurrencyId, statement: &str) -> Taken {
    let take = TakeStatement { currency, statement: statement.into(), shape: None };
    corridor.act(by(who), take).await.unwrap().output.unwrap()
}

async fn desk(corridor: &Corridor, who: MemberId) -> DeskView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Desk { code: "EUR".into() }, NOW).await.unwrap()
}

async fn why(corridor: &Corridor, who: MemberId) -> Vec<Option<(Why, bool)>> {
    desk(corridor, who)
        .await
        .lines
        .iter()
        .map(|line| line.suggestion.as_ref().map(|it| (it.why, it.own)))
        .collect()
}

both_engines! { migrations();

    async fn a_statement_settles_what_is_certain_with_one_word(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, CLEO, euro, 4_000).await;
        let (_, first) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        let (_, second) = announce(&corridor, BEN, euro, 700, "bank").await;
        let (_, own) = announce(&corridor, TOM, euro, 900, "bank").await;
        let out = ask_out(&corridor, CLEO, euro, 1_500).await.unwrap();
        let reference = desk(&corridor, TOM).await.outs[0].line.reference.clone();
        let (head, tail) = first.split_at(4);
        let statement = format!(
            "Date,Name,Reference,Amount,Balance\n2026-11-25,BEN YILMAZ,{head} {tail},50.00,150.00\n2026-11-25,B Y,{second},6.50,156.50\n\
             2026-11-26,TOM,{own},9.00,165.50\n2026-11-26,CLEO,{reference},-15.00,150.50\n2026-11-27,MILLER,FLOUR,-20.00,130.50\n"
        );
        assert_eq!(upload(&corridor, TOM, euro, &statement).await, Taken { fresh: 5, known: 0, closing: Some(("2026-11-27".into(), Amount(13_050))) });
        let expected = [Some((Why::Reference, false)), Some((Why::OtherAmount, false)), Some((Why::Reference, true)), Some((Why::Reference, false)), None];
        assert_eq!(why(&corridor, TOM).await, expected);
        assert_eq!(desk(&corridor, TOM).await.certain, 2);
        assert_eq!(corridor.act(by(TOM), MatchAll { currency: euro }).await.unwrap().output, Some(2), "not his own, and not the odd amount");
        assert_eq!((claim(&corridor, BEN, euro).await, claim(&corridor, TOM, euro).await), (Some((5_000, 5_000)), None));
        assert_eq!(claim(&corridor, CLEO, euro).await, Some((2_500, 2_500)), "her pay-out was sent, as the bank says");
        assert_eq!(corridor.act(by(ADA), MatchAll { currency: euro }).await.unwrap().output, Some(1), "Ada agrees to Tom's");
        let left = desk(&corridor, TOM).await;
        assert_eq!(left.lines.len(), 2);
        let (odd, flour) = (left.lines[0].id, left.lines[1].id);
        let pay_in = left.ins[0].id;
        corridor.act(by(TOM), MatchPayIn { line: odd, pay_in }).await.unwrap();
        corridor.act(by(TOM), SetAside { line: flour, what: "own".into(), kept: Amount(0), note: "Flour.".into() }).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_650, 5_650)), "what arrived, not what was announced");
        // The same statement again, and one that overlaps: nothing is there twice.
        assert_eq!(upload(&corridor, ADA, euro, &statement).await.fresh, 0);
        let next = statement.lines().take(1).chain(statement.lines().skip(4)).chain(["2026-11-28,EVE,THANKS,1.00,131.50"]).collect::<Vec<_>>().join("\n");
        let taken = upload(&corridor, ADA, euro, &next).await;
        assert_eq!((taken.fresh, taken.known), (1, 2));
        assert_eq!(corridor.act(by(TOM), MatchAll { currency: euro }).await.unwrap().output, Some(0));
        assert_eq!(refused(&corridor, by(TOM), MatchPayOut { line: odd, pay_out: out }).await, "line_settled");
        let books = desk(&corridor, TOM).await.books;
        assert_eq!((books.open_lines, books.unseen_ins, books.unseen_outs, books.newest_line.as_str()), (1, 1, 0, "2026-11-28"));
    }

    async fn a_line_counts_once_and_only_where_it_fits(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (first, reference) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        let (second, _) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        pay_in(&corridor, CLEO, euro, 3_000).await;
        let out = ask_out(&corridor, CLEO, euro, 1_000).await.unwrap();
        upload(&corridor, TOM, euro, &format!("Date,Reference,Amount\n2026-11-25,{reference},50.00\n2026-11-25,{reference},50.00\n2026-11-26,CHARGES,-10.00\n2026-11-26,X,-9.99\n")).await;
        let lines: Vec<_> = desk(&corridor, TOM).await.lines.iter().map(|line| line.id).collect();
        let [once, twice, ten, other] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!(refused(&corridor, by(TOM), MatchPayIn { line: *ten, pay_in: first }).await, "line_does_not_fit");
        assert_eq!(refused(&corridor, by(TOM), MatchPayOut { line: *other, pay_out: out }).await, "line_does_not_fit");
        assert_eq!(refused(&corridor, by(TOM), MatchPayOut { line: *once, pay_out: out }).await, "line_does_not_fit");
        corridor.act(by(TOM), MatchPayIn { line: *once, pay_in: first }).await.unwrap();
        for pay_in in [first, second] {
            assert_eq!(refused(&corridor, by(ADA), MatchPayIn { line: *once, pay_in }).await, "line_settled");
        }
        assert_eq!(refused(&corridor, by(TOM), MatchPayIn { line: *twice, pay_in: first }).await, "line_does_not_fit");
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)), "a refusal leaves the line and the books as they were");
        // He paid twice under one reference: the treasurer says whose money it is.
        assert_eq!(why(&corridor, TOM).await.first(), Some(&Some((Why::Again, false))));
        assert_eq!(refused(&corridor, by(TOM), CreditLine { line: *twice, owner: TOM.into() }).await, "own_pay_in");
        assert_eq!(refused(&corridor, by(TOM), CreditLine { line: *twice, owner: BAKERY.into() }).await, "member_unknown");
        assert_eq!(refused(&corridor, by(TOM), CreditLine { line: *ten, owner: BEN.into() }).await, "line_does_not_fit");
        assert_eq!(refused(&corridor, by(BEN), CreditLine { line: *twice, owner: BEN.into() }).await, "line_unknown");
        corridor.act(by(TOM), CreditLine { line: *twice, owner: BEN.into() }).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((10_000, 10_000)));
    }

    async fn what_was_done_by_hand_is_found_on_the_statement_later(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        let out = ask_out(&corridor, BEN, euro, 1_000).await.unwrap();
        corridor.act(by(TOM), SendPayOut { pay_out: out, sent_on: "2026-11-24".into(), bank_reference: String::new() }).await.unwrap();
        upload(&corridor, TOM, euro, "Date,Name,Amount\n2026-11-24,Yilmaz Ben,50.00\n2026-11-25,\"BEN YILMAZ\",-10.00\n").await;
        assert_eq!(why(&corridor, TOM).await, [Some((Why::Name, false)), Some((Why::Name, false))]);
        assert_eq!(corridor.act(by(TOM), MatchAll { currency: euro }).await.unwrap().output, Some(0), "a name is no reference");
        let view = desk(&corridor, TOM).await;
        for line in &view.lines {
            match line.suggestion.as_ref().unwrap().target {
                planet_treasury::acts::matching::Target::PayIn(pay_in) => corridor.act(by(TOM), MatchPayIn { line: line.id, pay_in }).await.map(drop).unwrap(),
                planet_treasury::acts::matching::Target::PayOut(pay_out) => corridor.act(by(TOM), MatchPayOut { line: line.id, pay_out }).await.map(drop).unwrap(),
            }
        }
        assert_eq!(claim(&corridor, BEN, euro).await, Some((4_000, 4_000)), "nothing was booked a second time");
        let books = desk(&corridor, TOM).await.books;
        assert_eq!((books.unseen_ins, books.unseen_outs, books.open_lines), (0, 0, 0));
    }

    async fn the_books_say_where_the_money_is_and_what_explains_a_difference(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (bank, reference) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        let (cash, _) = announce(&corridor, BEN, euro, 2_000, "cash").await;
        corridor.act(by(CLEO), ConfirmCash { pay_in: cash, arrived: Amount(2_000) }).await.unwrap();
        upload(&corridor, TOM, euro, &format!("Date,Reference,Amount\n2026-11-24,{reference},50.00\n2026-11-25,CASH DEPOSIT,15.00\n2026-11-25,RENT,-30.00\n2026-11-26,?,1.00\n")).await;
        let lines: Vec<_> = desk(&corridor, TOM).await.lines.iter().map(|line| line.id).collect();
        corridor.act(by(TOM), MatchPayIn { line: lines[0], pay_in: bank }).await.unwrap();
        let aside = |line, what: &str, kept| SetAside { line, what: what.into(), kept: Amount(kept), note: String::new() };
        assert_eq!(refused(&corridor, by(TOM), aside(lines[1], "cash", 5)).await, "amount_unclear");
        assert_eq!(refused(&corridor, by(TOM), aside(lines[1], "gift", 0)).await, "what_unknown");
        assert_eq!(refused(&corridor, by(BEN), aside(lines[1], "cash", 0)).await, "line_unknown");
        corridor.act(by(TOM), aside(lines[1], "cash", 0)).await.unwrap();
        corridor.act(by(TOM), aside(lines[2], "own", 0)).await.unwrap();
        let tell = |as_of: &str, amount| ConfirmBalance { currency: euro, as_of: as_of.into(), amount: Amount(amount) };
        assert_eq!(refused(&corridor, by(TOM), tell("2026-11-30", 1)).await, "day_unclear", "nobody saw what will be");
        assert_eq!(refused(&corridor, by(TOM), tell("yesterday", 1)).await, "day_unclear");
        corridor.act(by(TOM), tell("2026-11-26", 13_600)).await.unwrap();
        corridor.act(by(ADA), tell("2026-11-25", 1)).await.unwrap();
        let books = page(&corridor, BEN).await.books;
        let seen = books.seen.clone().unwrap();
        assert_eq!((seen.as_of.as_str(), seen.by.as_str()), ("2026-11-26", "Tom Reed"), "the newest day counts");
        assert_eq!((books.claimed.0, books.in_cash.0, books.expected.0, books.difference.0), (7_000, 500, 6_500, 7_100));
        assert_eq!((books.own.0, books.open.0, books.rest.0), (-3_000, 100, 10_000));
        assert!(books.covered);
        corridor.act(by(TOM), tell("2026-11-27", 6_000)).await.unwrap();
        assert!(!page(&corridor, BEN).await.books.covered, "6 000 at the bank and 500 in cash for claims of 7 000");
        corridor.act(by(TOM), PutBack { line: lines[2] }).await.unwrap();
        assert_eq!(refused(&corridor, by(TOM), PutBack { line: lines[0] }).await, "line_settled", "what was booked stays booked");
    }

    async fn a_bank_with_odd_headings_is_explained_once(store: Store) {
        let (corridor, euro) = club(&store).await;
        let odd = "When,How much,Text\n11/25/2026,5.00,Hello\n";
        let take = |statement: &str, shape| TakeStatement { currency: euro, statement: statement.into(), shape };
        assert_eq!(refused(&corridor, by(TOM), take(odd, None)).await, "csv_unclear");
        let shape = CsvShape { date: "When".into(), amount: "How much".into(), words: "Text".into(), month_first: true, ..CsvShape::default() };
        corridor.act(by(TOM), take(odd, Some(shape))).await.unwrap();
        let next = "When,How much,Text\n11/26/2026,6.00,Again\n";
        assert_eq!(upload(&corridor, ADA, euro, next).await.fresh, 1, "it is remembered");
        for (statement, expected) in [
            ("When,How much,Text\n11/27/2026,7.00,Fine\nsoon,8.00,Not\n", "csv_row_unclear"),
            ("", "csv_unclear"),
            ("<Document>", "xml_unclear"),
            ("<OFX><STMTTRN>", "ofx_unclear"),
            ("<OFX><CURDEF>USD<STMTTRN><DTPOSTED>20261127<TRNAMT>5</STMTTRN>", "other_money"),
            ("<OFX><CURDEF>EUR", "statement_empty"),
        ] {
            assert_eq!(refused(&corridor, by(TOM), take(statement, None)).await, expected, "{statement}");
        }
        assert_eq!(desk(&corridor, TOM).await.lines.len(), 2, "nothing is taken from a file with a bad row");
        assert_eq!(refused(&corridor, by(BEN), take(next, None)).await, "not_permitted");
    }
}
