//! The books as the events tell them: every balance added up from the `moved` effects alone.

use planet_ontology::ids::AccountId;
use planet_store::{Error, Tx, sql};
use serde_json::Value;
use std::collections::BTreeMap;

/// What differs between the events and the accounts.
pub fn differences(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let mut told: BTreeMap<AccountId, i64> = BTreeMap::new();
    for (body,) in tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])? {
        for line in body.lines() {
            let entry: Value = serde_json::from_str(line).unwrap();
            for moved in entry["effects"].as_array().into_iter().flatten().map(|it| &it["moved"]) {
                let Some(amount) = moved["amount"].as_i64() else { continue };
                *told.entry(moved["debit"].as_str().unwrap().parse().unwrap()).or_default() -= amount;
                *told.entry(moved["credit"].as_str().unwrap().parse().unwrap()).or_default() += amount;
            }
        }
    }
    let accounts = tx
        .rows::<(AccountId, i64, i64)>(sql!("SELECT id, credits_posted, debits_posted FROM accounts"), &[])?;
    Ok(accounts
        .into_iter()
        .filter_map(|(account, credits, debits)| {
            let (kept, told) = (credits - debits, told.get(&account).copied().unwrap_or_default());
            (kept != told).then(|| format!("{account} stands at {kept}, and the events say {told}"))
        })
        .collect())
}
