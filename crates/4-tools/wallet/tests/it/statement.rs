//! Statements: page by page, what is looked for, what it comes to, and what is taken along.

use crate::club::{ADA, BAKERY, BEN, CLEO, NOW, at, call, club, migrations, pay, refused};
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines};
use planet_wallet::acts::annotate::Annotate;
use planet_wallet::views::{PAGE, Records, RecordsView, Statement, StatementView};

fn later(days: i64) -> Moment {
    Moment(NOW.0 + days * Moment::DAY)
}

async fn read(corridor: &Corridor, by: MemberId, query: Statement) -> StatementView {
    let viewer = corridor.viewer(by).await.unwrap();
    corridor.view(&viewer, query, later(100)).await.unwrap()
}

async fn records(corridor: &Corridor, by: MemberId, from: &str, to: &str) -> RecordsView {
    let viewer = corridor.viewer(by).await.unwrap();
    let query = Records { from: Some(from.into()), to: Some(to.into()), ..Records::default() };
    corridor.view(&viewer, query, later(100)).await.unwrap()
}

fn memos(view: &StatementView) -> Vec<&str> {
    view.movements.iter().map(|line| line.memo.as_str()).collect()
}

/// NOW is 23 November 2026.
async fn traded(store: &Store) -> Corridor {
    let corridor = club(store).await;
    let bread = pay(&corridor, at(ADA, NOW), BEN, 250, "Bread and rolls").await;
    pay(&corridor, at(BEN, later(1)), ADA, 1_000, "Sharpened chisels").await;
    pay(&corridor, at(ADA, later(10)), CLEO, 400, "Seedlings").await;
    pay(&corridor, at(ADA, later(40)), BAKERY, 125, "More bread").await;
    let note = Annotate { transfer: bread, wallet: None, category: "food".into(), note: "Saturday".into() };
    corridor.act(call(ADA), note).await.unwrap();
    corridor
}

both_engines! { migrations();

    async fn a_statement_is_searched_by_words_names_amounts_and_filters(store: Store) {
        let corridor = traded(&store).await;
        let some = |text: &str| Some(text.to_owned());
        let none = Statement::default;
        for (query, expected) in [
            (Statement { q: some("BREAD"), ..none() }, vec!["More bread", "Bread and rolls"]),
            (Statement { q: some("bread rolls"), ..none() }, vec!["Bread and rolls"]),
            (Statement { q: some("@cleo"), ..none() }, vec!["Seedlings"]),
            (Statement { q: some("saturday"), ..none() }, vec!["Bread and rolls"]),
            (Statement { q: some("10"), ..none() }, vec!["Sharpened chisels"]),
            (Statement { q: some("4,00"), ..none() }, vec!["Seedlings"]),
            (Statement { category: some("food"), ..none() }, vec!["Bread and rolls"]),
            (Statement { kind: some("refund"), ..none() }, vec![]),
            (Statement { direction: some("in"), ..none() }, vec!["Sharpened chisels"]),
            (Statement { from: some("2026-12-01"), ..none() }, vec!["More bread", "Seedlings"]),
            (Statement { from: some("2026-11-24"), to: some("2026-12-31"), ..none() }, vec!["Seedlings", "Sharpened chisels"]),
            (Statement { q: some(" "), kind: some(""), from: some(""), ..none() }, vec!["More bread", "Seedlings", "Sharpened chisels", "Bread and rolls"]),
        ] {
            let view = read(&corridor, ADA, query).await;
            assert_eq!(memos(&view), expected);
            assert_eq!(view.older, None);
        }
        let viewer = corridor.viewer(ADA).await.unwrap();
        for (query, code) in [
            (Statement { kind: some("theft"), ..none() }, "filter_unknown"),
            (Statement { direction: some("up"), ..none() }, "filter_unknown"),
            (Statement { from: some("tomorrow"), ..none() }, "days_unclear"),
            (Statement { of: some("nobody"), ..none() }, "payer_unknown"),
        ] {
            assert_eq!(refused(corridor.view(&viewer, query, NOW).await), code);
        }
    }

    async fn it_says_what_it_comes_to(store: Store) {
        let corridor = traded(&store).await;
        let view = read(&corridor, ADA, Statement::default()).await;
        let months: Vec<_> = view.months.iter().map(|it| (it.year, it.month, it.came.0, it.went.0, it.whole)).collect();
        assert_eq!(months, [(2027, 1, 0, 125, true), (2026, 12, 0, 400, true), (2026, 11, 1_000, 250, true)]);
        let categories: Vec<_> = view.categories.iter().map(|it| (it.category.as_str(), it.came.0, it.went.0)).collect();
        assert_eq!(categories, [("", 1_000, 525), ("food", 0, 250)]);
        let course: Vec<_> = view.course.iter().map(|it| it.balance.0).collect();
        assert_eq!(course, [0, -250, 750, 350, 225]);
        assert!(view.whole && view.keeps);
        let shared = read(&corridor, BEN, Statement { of: Some("bakery".into()), ..Statement::default() }).await;
        assert_eq!((memos(&shared), shared.keeps, shared.categories.len()), (vec!["More bread"], false, 0));
    }

    async fn older_pages_follow_without_a_gap(store: Store) {
        let corridor = club(&store).await;
        for n in 0..70 {
            pay(&corridor, at(ADA, Moment(NOW.0 + n)), BEN, 1, &format!("{n}")).await;
        }
        let mut query = Statement::default();
        let mut all = Vec::new();
        let mut pages = Vec::new();
        loop {
            let view = read(&corridor, ADA, query).await;
            all.extend(memos(&view).into_iter().map(str::to_owned));
            pages.push((view.movements.len(), view.months.len()));
            let Some(cursor) = view.older else { break };
            query = Statement { at: Some(cursor.at.0), after: Some(cursor.transfer), ..Statement::default() };
        }
        assert_eq!(pages, [(PAGE, 1), (PAGE, 0), (10, 0)]);
        assert_eq!(all, (0..70).rev().map(|n| n.to_string()).collect::<Vec<_>>());
        let found = read(&corridor, ADA, Statement { q: Some("6".into()), ..Statement::default() }).await;
        assert_eq!(memos(&found), ["69", "68", "67", "66", "65", "64", "63", "62", "61", "60", "56", "46", "36", "26", "16", "6"]);
    }

    async fn records_of_some_days_have_the_balance_before_and_after(store: Store) {
        let corridor = traded(&store).await;
        let all = records(&corridor, ADA, "", "").await;
        let whole = &all.accounts[0];
        assert_eq!((whole.opening.0, whole.closing.0, whole.entries.len()), (0, 225, 4));
        assert_eq!((whole.entries[0].category.as_str(), whole.money.code.as_str()), ("food", "ACORNS"));
        let some = records(&corridor, ADA, "2026-11-24", "2026-12-31").await;
        let part = &some.accounts[0];
        assert_eq!((part.opening.0, part.closing.0, part.entries.len()), (-250, 350, 2));
        let none = records(&corridor, ADA, "2026-12-10", "2026-12-20").await;
        assert_eq!((none.accounts[0].opening.0, none.accounts[0].closing.0), (350, 350));
        let before = records(&corridor, ADA, "2020-01-01", "2020-12-31").await;
        assert_eq!((before.accounts[0].opening.0, before.accounts[0].closing.0), (0, 0));
        assert_eq!(records(&corridor, BEN, "", "").await.accounts[0].entries[0].category, "", "notes are Ada's alone");
    }
}
