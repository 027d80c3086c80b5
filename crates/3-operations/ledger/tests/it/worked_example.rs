//! The worked example of mutual credit: Bob, Beth, Flora and the commons, step by step, with the balances after each.

use std::collections::HashMap;

use planet_ledger::MIGRATIONS;
use planet_ledger::{
    LedgerError, Posted, Transfer, expire_due, hold, set_soft_limits, settle, transfer, transfer_linked,
};
use planet_ontology::{
    ids::TransferId,
    units::{Amount, Moment},
};
use planet_store::{Store, both_engines};

use crate::club::{START, account, assert_right, books, furnished, id, limits, nth, outcome, pay};

const STEPS: &str = include_str!("worked_example.csv");
const PEOPLE: [&str; 4] = ["bob", "beth", "flora", "commons"];

/// One line of the table.
struct Step<'t>(Vec<&'t str>);

impl Step<'_> {
    fn named(&self, column: usize) -> TransferId {
        id(self.0[column].trim_start_matches('T').parse().unwrap())
    }

    fn transfer(&self) -> Transfer {
        let person = |name| account(nth(PEOPLE.iter().position(|person| *person == name).unwrap()) + 1);
        Transfer {
            id: self.named(2),
            ..pay(0, person(self.0[4]), person(self.0[5]), self.0[6].parse().unwrap())
        }
    }

    fn seconds(&self) -> i64 {
        self.0[7].parse().unwrap()
    }

    fn balances(&self) -> Vec<i64> {
        self.0[9..].iter().map(|number| number.parse().unwrap()).collect()
    }
}

/// The table's words for an answer, with the reminder that it may carry.
fn told(result: &Result<Posted, LedgerError>, beth: bool) -> String {
    let reminder = result.as_ref().is_ok_and(|posted| posted.payer_warned || posted.receiver_warned);
    let whom = if beth { " + soft limit reminder beth" } else { " + soft limit reminder" };
    outcome(result, |posted| posted.fresh) + if reminder { whom } else { "" }
}

async fn perform(store: &Store, op: &str, steps: &[Step<'_>], now: Moment) -> Vec<String> {
    let step = &steps[0];
    match op {
        "post" => {
            let t = step.transfer();
            let beth = t.credit == account(2);
            vec![told(&store.write(move |tx| transfer(tx, &t, now)).await, beth)]
        }
        "hold" => {
            let (t, seconds) = (step.transfer(), step.seconds());
            vec![outcome(&store.write(move |tx| hold(tx, &t, seconds, now)).await, |held| held.fresh)]
        }
        "settle" => {
            let (id, of, amount) = (step.named(2), step.named(3), step.transfer().amount);
            vec![told(&store.write(move |tx| settle(tx, id, of, Some(amount), now)).await, false)]
        }
        "tick" => {
            let expired = store.write(move |tx| expire_due(tx, now, 100)).await.unwrap();
            expired.iter().map(|hold| format!("T{} expired", hold.0.as_u128() - id(0).0.as_u128())).collect()
        }
        "chain" => {
            let chain: Vec<_> = steps.iter().map(Step::transfer).collect();
            match store.write(move |tx| transfer_linked(tx, &chain, now)).await {
                Ok(posted) => posted.into_iter().map(|posted| told(&Ok(posted), true)).collect(),
                Err(LedgerError::Linked { position, because }) => (0..steps.len())
                    .map(|n| {
                        if n == position {
                            outcome(&Err::<(), _>(*because.clone()), |()| true)
                        } else {
                            "refused linked".into()
                        }
                    })
                    .collect(),
                Err(other) => panic!("{other}"),
            }
        }
        other => panic!("{other}"),
    }
}

both_engines! { MIGRATIONS;
    async fn the_worked_example_comes_out_to_the_penny(store: Store) {
        furnished(&store, 4, 50_000).await;
        limits(&store, 2, -50_000, 40_000).await;
        limits(&store, 4, 0, 100_000).await;
        store.write(|tx| set_soft_limits(tx, account(2), None, Some(Amount(30_000)))).await.unwrap();
        let lines: Vec<Step> = STEPS.lines().skip(1).map(|line| Step(line.split(',').collect())).collect();
        // What the ledger leaves to the corridor: an act that was refused keeps that answer for ever.
        let mut refused = HashMap::new();
        let mut now = START;
        for steps in lines.chunk_by(|a, b| a.0[0] == b.0[0]) {
            let (number, op, name) = (steps[0].0[0], steps[0].0[1], steps[0].0[2]);
            now = now.plus_seconds(if op == "tick" { steps[0].seconds() } else { 1 });
            if refused.contains_key(name) {
                assert_eq!(steps[0].0[8], "refused id already failed");
                continue;
            }
            let answers = perform(&store, op, steps, now).await;
            for (step, answer) in steps.iter().zip(&answers) {
                assert_eq!(step.0[8], answer, "step {number}");
                if answer.contains("limit by") {
                    refused.insert(step.0[2], answer.clone());
                }
            }
            assert_eq!(answers.len(), steps.len(), "step {number}");
            let accounts = books(&store).await.accounts;
            let mut standing: Vec<i64> = accounts.iter().map(|account| account.balance().0).collect();
            standing.push(accounts.iter().map(|account| account.debits_pending.0).sum());
            assert_eq!(standing, steps.last().unwrap().balances(), "after step {number}");
        }
        let counters: Vec<_> = books(&store).await.accounts.iter()
            .map(|a| (a.debits_posted.0, a.credits_posted.0, a.debits_pending.0, a.credits_pending.0)).collect();
        assert_eq!(counters, [
            (28_516, 35_000, 0, 0), (2_578, 35_000, 0, 0), (42_000, 2_000, 0, 0), (0, 1_094, 0, 0),
        ]);
        assert_right(&store, 8).await;
    }
}
