//! Statements page through everything that moved on an account, and add up.

use planet_ledger::MIGRATIONS;
use planet_ledger::{Line, statement, transfer};
use planet_ontology::{
    ids::{AccountId, TransferId},
    units::Moment,
};
use planet_store::{Store, both_engines};

use crate::club::{Dice, START, account, books, furnished, id, owner, pay};

async fn page(store: &Store, of: AccountId, before: Option<(Moment, TransferId)>) -> Vec<Line> {
    store.read(move |tx| statement(tx, of, before, 7)).await.unwrap()
}

both_engines! { MIGRATIONS;
    async fn pages_of_a_statement_hold_every_line_once_and_add_up(store: Store) {
        furnished(&store, 4, 1_000_000).await;
        let trade = |tx: &mut planet_store::Tx| {
            let mut dice = Dice(4);
            for n in 0..80 {
                let (from, by) = (dice.below(4), 1 + dice.below(3));
                let to = (from + by) % 4;
                // Clocks that disagree: some of these moments are before the last one.
                let now = Moment(START.0 + dice.amount(1_000));
                transfer(tx, &pay(n, account(u128::from(from) + 1), account(u128::from(to) + 1), 1 + dice.amount(500)), now)?;
            }
            Ok::<_, planet_ledger::LedgerError>(())
        };
        store.write(trade).await.unwrap();
        let books = books(&store).await;
        for of in &books.accounts {
            let mut lines = Vec::new();
            loop {
                let before = lines.last().map(|line: &Line| (line.at, line.transfer));
                let more = page(&store, of.id, before).await;
                if more.is_empty() { break }
                assert!(more.len() <= 7);
                lines.extend(more);
            }
            lines.reverse();
            let mut balance = 0;
            for line in &lines {
                balance += line.amount.0;
                assert_eq!(line.balance.0, balance);
            }
            assert_eq!(balance, of.balance().0);
            assert!(lines.windows(2).all(|pair| pair[0].at < pair[1].at), "time goes forward");
            let of_it: Vec<_> =
                books.transfers.iter().filter(|t| t.debit == of.id || t.credit == of.id).map(|t| t.id).collect();
            assert_eq!(lines.iter().map(|line| line.transfer).collect::<Vec<_>>(), of_it);
        }
    }

    async fn a_line_tells_who_and_what_from_ones_own_side(store: Store) {
        furnished(&store, 2, 1_000).await;
        let t = pay(1, account(1), account(2), 250);
        let posted = store.write(move |tx| transfer(tx, &t, START)).await.unwrap();
        let [sent] = page(&store, account(1), None).await.try_into().unwrap();
        let [got] = page(&store, account(2), None).await.try_into().unwrap();
        assert_eq!((sent.amount.0, sent.balance.0, sent.other_owner), (-250, -250, owner(2)));
        assert_eq!((got.amount.0, got.balance.0, got.other_owner), (250, 250, owner(1)));
        assert_eq!((sent.at, sent.memo.as_str(), sent.other), (posted.at, "für Brot und Käse 🧀", account(2)));
    }

    async fn a_place_that_is_not_on_this_statement_gives_nothing(store: Store) {
        furnished(&store, 3, 1_000).await;
        let t = pay(1, account(1), account(2), 250);
        let at = store.write(move |tx| transfer(tx, &t, START)).await.unwrap().at;
        assert_eq!(page(&store, account(3), None).await, []);
        assert_eq!(page(&store, account(3), Some((at, id(1)))).await, []);
        assert_eq!(page(&store, account(1), Some((at, id(2)))).await, []);
        assert_eq!(page(&store, account(9), None).await, []);
    }
}
