//! Everybody pays everybody at once, in every way there is.

use std::collections::HashMap;

use planet_ledger::MIGRATIONS;
use planet_ledger::{LedgerError, Transfer, hold, settle, transfer, transfer_linked, transfer_many, void};
use planet_ontology::ids::TransferId;
use planet_store::{Store, both_engines};

use crate::club::{Dice, START, account, assert_right, books, furnished, id, pay};

const LIMIT: i64 = 300;
const CALLERS: u64 = 16;
const TURNS: u64 = 25;

fn any(dice: &mut Dice, n: u128) -> Transfer {
    let (from, by) = (dice.below(5), 1 + dice.below(4));
    let to = (from + by) % 5;
    pay(n, account(u128::from(from) + 1), account(u128::from(to) + 1), 1 + dice.amount(120))
}

/// One caller's day. Answers the ids that it was told are booked by it.
async fn trade(store: Store, caller: u64) -> Result<Vec<TransferId>, LedgerError> {
    let mut dice = Dice(caller);
    let mut booked = Vec::new();
    for turn in 0..TURNS {
        let n = u128::from(1_000 * (caller + 1) + 20 * turn);
        let t = any(&mut dice, n);
        let answers = match dice.below(5) {
            0 => vec![store.write(move |tx| transfer(tx, &t, START)).await],
            1 => {
                let chain = [t, any(&mut dice, n + 1)];
                store
                    .write(move |tx| transfer_linked(tx, &chain, START))
                    .await
                    .map_or_else(|error| vec![Err(error)], |all| all.into_iter().map(Ok).collect())
            }
            2 => {
                let held = store.write(move |tx| hold(tx, &t, 60, START)).await;
                match held {
                    Ok(_) if turn % 2 == 0 => {
                        vec![store.write(move |tx| settle(tx, id(n + 1), id(n), None, START)).await]
                    }
                    Ok(_) => store.write(move |tx| void(tx, id(n), START)).await.map(|_| vec![])?,
                    Err(error) => vec![Err(error)],
                }
            }
            _ => {
                // The first of a batch is sent by every caller in this turn.
                let mut batch = vec![any(&mut Dice(1_000 + turn), u128::from(turn))];
                batch.extend((1..9).map(|k| any(&mut dice, n + k)));
                store.write(move |tx| transfer_many(tx, &batch, START)).await?
            }
        };
        for answer in answers {
            match answer {
                Ok(posted) if posted.fresh => booked.push(posted.id),
                Err(error @ LedgerError::Store(_)) => return Err(error),
                Ok(_) | Err(_) => {}
            }
        }
    }
    Ok(booked)
}

both_engines! { MIGRATIONS;
    async fn limits_hold_and_nothing_is_lost_or_doubled_when_all_pay_at_once(store: Store) {
        furnished(&store, 5, LIMIT).await;
        let callers: Vec<_> = (0..CALLERS).map(|caller| tokio::spawn(trade(store.clone(), caller))).collect();
        let mut booked: HashMap<TransferId, usize> = HashMap::new();
        for caller in callers {
            for id in caller.await.unwrap().unwrap() {
                *booked.entry(id).or_default() += 1;
            }
        }
        assert!(booked.values().all(|times| *times == 1), "a transfer was acknowledged as new twice");
        let books = books(&store).await;
        assert!(books.transfers.len() > 200, "{}", books.transfers.len());
        let settled = books.transfers.iter().all(|t| booked.contains_key(&t.id));
        assert!(settled, "a transfer is in the books that nobody was told of");
        let range = -LIMIT..=LIMIT;
        assert!(books.transfers.iter().all(|t| range.contains(&t.debit_balance.0) && range.contains(&t.credit_balance.0)));
        assert!(books.accounts.iter().all(|a| a.debits_pending.0 == 0 && a.credits_pending.0 == 0));
        assert_right(&store, booked.len()).await;
    }
}
