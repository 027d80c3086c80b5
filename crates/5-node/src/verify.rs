//! `planet verify`: checks the whole record and says what it checked. Reads only; works beside a running node.

use crate::args;
use crate::errors::{NOT_VERIFIED, NodeError};
use crate::{house, node_key, settings, verify_receipt};
use ed25519_dalek::VerifyingKey;
use planet_corridor::hex;
use planet_corridor::refusal::Fault;
use planet_corridor::verify::{Verified, verify as verify_log};
use planet_ledger::Audit;
use planet_ontology::ids::AccountId;
use planet_store::{Error, Options, Store, Tx, sql};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

/// Runs the command.
pub async fn verify(args: args::Verify) -> Result<ExitCode, NodeError> {
    if let Some(receipt) = args.receipt {
        return verify_receipt::verify(receipt, args.key.as_deref());
    }
    let kept = args
        .checkpoint
        .map(|path| fs::read_to_string(&path).map_err(|error| NodeError::File { path, error }))
        .transpose()?;
    let store =
        Store::open(&house::target(&args.place)?, Options { read_only: true, ..Options::default() }).await?;
    let key = log_key(&store, &args.place).await?;
    let (log, ledger) = store
        .snapshot(move |tx| {
            let mut replay = Replay::default();
            let log = verify_log(tx, &key, kept.as_deref(), |effect| replay.apply(effect))?;
            let mut ledger = planet_ledger::audit(tx)?;
            ledger.problems.extend(replay.compare(tx)?);
            Ok::<_, Fault>((log, ledger))
        })
        .await?;
    Ok(report(&log, &ledger))
}

/// The books as the events tell them.
#[derive(Default)]
struct Replay(BTreeMap<AccountId, i128>);

/// What the wallet writes into an event for each movement of value.
#[derive(Deserialize)]
struct Moved {
    debit: AccountId,
    credit: AccountId,
    amount: i64,
}

impl Replay {
    fn apply(&mut self, effect: &Value) {
        if let Some(Ok(moved)) = effect.get("moved").map(Moved::deserialize) {
            *self.0.entry(moved.debit).or_default() -= i128::from(moved.amount);
            *self.0.entry(moved.credit).or_default() += i128::from(moved.amount);
        }
    }

    /// What differs between the events and the accounts.
    fn compare(mut self, tx: &mut Tx) -> Result<Vec<String>, Error> {
        let accounts = tx.rows::<(AccountId, i64, i64)>(
            sql!("SELECT id, credits_posted, debits_posted FROM accounts ORDER BY id"),
            &[],
        )?;
        let mut problems = Vec::new();
        for (account, credits, debits) in accounts {
            let told = self.0.remove(&account).unwrap_or_default();
            let kept = i128::from(credits) - i128::from(debits);
            if told != kept {
                problems
                    .push(format!("Account {account} stands at {kept}, but the events add up to {told}."));
            }
        }
        problems.extend(
            self.0.keys().map(|account| format!("The events speak of account {account}, which is missing.")),
        );
        Ok(problems)
    }
}

/// The log's public key: from the node's own key where it is at hand, otherwise as the database says.
async fn log_key(store: &Store, place: &args::Place) -> Result<VerifyingKey, NodeError> {
    if let Some(key) = node_key::load(&place.data)? {
        return Ok(key.verifying_key());
    }
    println!("There is no key in {}; the one named in the database is used.", place.data.display());
    let text = store.read(|tx| settings::find(tx, settings::LOG_KEY)).await?;
    text.and_then(|text| hex::decode(&text))
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
        .ok_or_else(|| {
            NodeError::Other("This database names no key, so its checkpoints cannot be verified.".into())
        })
}

fn report(log: &Verified, ledger: &Audit) -> ExitCode {
    println!("Events:      {} with {} acts, each fits its commitment", log.events, log.entries);
    println!(
        "Checkpoints: {}, each with its root and its signature ({} events not sealed yet)",
        log.checkpoints, log.unsealed
    );
    println!("Currencies:  {}, each sums to zero", ledger.currencies.len());
    println!(
        "Accounts:    {}, each balance recomputed from {} transfers and from the events",
        ledger.accounts, ledger.transfers
    );
    let problems: Vec<&String> = log.problems.iter().chain(&ledger.problems).collect();
    if problems.is_empty() {
        println!("All is well.");
        return ExitCode::SUCCESS;
    }
    println!("\nThe record does NOT verify:");
    for problem in problems {
        println!("- {problem}");
    }
    ExitCode::from(NOT_VERIFIED)
}
