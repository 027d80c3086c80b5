//! The books as the events tell them, held against the books as they lie in the database: every transfer, every balance. Reads
//! only.

use planet_ledger::memo_mark;
use planet_ontology::ids::{AccountId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// How many transfers are read at a time.
const PAGE: i64 = 10_000;

/// What the ledger writes into an event for each movement of value. Events of the first days say neither moment nor note.
#[derive(Deserialize)]
struct Moved {
    transfer: TransferId,
    #[serde(flatten)]
    told: Told,
}

/// What an event says of a transfer.
#[derive(Deserialize)]
struct Told {
    debit: AccountId,
    credit: AccountId,
    amount: Amount,
    at: Option<Moment>,
    memo: Option<String>,
}

record! {
    /// A transfer as it lies in the database.
    struct Kept {
        id: TransferId,
        debit_id: AccountId,
        credit_id: AccountId,
        amount: Amount,
        at: Moment,
        memo: String,
    }
}

/// What the events tell, gathered while the log is verified.
#[derive(Default)]
pub struct Books {
    transfers: HashMap<TransferId, Told>,
    balances: BTreeMap<AccountId, i128>,
    problems: Vec<String>,
}

impl Books {
    /// Takes note of one effect.
    pub fn apply(&mut self, effect: &Value) {
        let Some(moved) = effect.get("moved") else { return };
        let Ok(Moved { transfer, told }) = Moved::deserialize(moved) else {
            self.problems.push(format!("An event speaks of a movement that cannot be read: {moved}."));
            return;
        };
        *self.balances.entry(told.debit).or_default() -= i128::from(told.amount.0);
        *self.balances.entry(told.credit).or_default() += i128::from(told.amount.0);
        if self.transfers.insert(transfer, told).is_some() {
            self.problems.push(format!("The events speak twice of transfer {transfer}."));
        }
    }

    /// What differs between the events and the database, each in a sentence that names the transfer or the account.
    pub fn compare(mut self, tx: &mut Tx) -> Result<Vec<String>, Error> {
        self.compare_transfers(tx)?;
        self.compare_balances(tx)?;
        Ok(self.problems)
    }

    fn compare_transfers(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let mut last = TransferId(uuid::Uuid::nil());
        loop {
            let page = tx.rows::<Kept>(
                sql!(
                    "SELECT id, debit_id, credit_id, amount, at, memo FROM transfers WHERE id > ?1 ORDER BY id LIMIT ?2"
                ),
                &[&last, &PAGE],
            )?;
            let Some(end) = page.last() else { break };
            last = end.id;
            for kept in &page {
                match self.transfers.remove(&kept.id) {
                    Some(told) => self.problems.extend(differences(kept, &told)),
                    None => self.problems.push(format!("No event speaks of transfer {}.", kept.id)),
                }
            }
        }
        let mut missing: Vec<_> = self.transfers.drain().map(|(id, _)| id).collect();
        missing.sort_unstable();
        let missing = missing.into_iter();
        self.problems
            .extend(missing.map(|id| format!("The events speak of transfer {id}, which is missing.")));
        Ok(())
    }

    fn compare_balances(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let accounts = tx.rows::<(AccountId, i64, i64)>(
            sql!("SELECT id, credits_posted, debits_posted FROM accounts ORDER BY id"),
            &[],
        )?;
        for (account, credits, debits) in accounts {
            let told = self.balances.remove(&account).unwrap_or_default();
            let kept = i128::from(credits) - i128::from(debits);
            if told != kept {
                self.problems
                    .push(format!("Account {account} stands at {kept}, but the events add up to {told}."));
            }
        }
        let missing = self.balances.keys();
        self.problems.extend(
            missing.map(|account| format!("The events speak of account {account}, which is missing.")),
        );
        Ok(())
    }
}

/// What a transfer in the database says otherwise than its event.
fn differences(kept: &Kept, told: &Told) -> Vec<String> {
    let same = [
        ("who paid", kept.debit_id == told.debit),
        ("who was paid", kept.credit_id == told.credit),
        ("the amount", kept.amount == told.amount),
        ("the time", told.at.is_none_or(|at| at == kept.at)),
        ("the note", told.memo.as_ref().is_none_or(|mark| *mark == memo_mark(&kept.memo))),
    ];
    let differs = same.into_iter().filter(|(_, same)| !same);
    differs
        .map(|(what, _)| format!("Transfer {} was altered: {what} is not what the event says.", kept.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    #[test]
    fn events_of_the_first_days_say_neither_moment_nor_note() {
        let [id, debit, credit] = [1, 2, 3].map(Uuid::from_u128);
        let kept = Kept {
            id: TransferId(id),
            debit_id: AccountId(debit),
            credit_id: AccountId(credit),
            amount: Amount(5),
            at: Moment(7),
            memo: "bread".into(),
        };
        let old = json!({ "transfer": id, "debit": debit, "credit": credit, "amount": 5 });
        let told = |value: &Value| Moved::deserialize(value).unwrap().told;
        assert_eq!(differences(&kept, &told(&old)), Vec::<String>::new());
        let mut new = old;
        new["at"] = json!(7);
        new["memo"] = json!(memo_mark("bread"));
        assert_eq!(differences(&kept, &told(&new)), Vec::<String>::new());
        new["memo"] = json!(memo_mark("butter"));
        let said = format!("Transfer {id} was altered: the note is not what the event says.");
        assert_eq!(differences(&kept, &told(&new)), [said]);
    }
}
