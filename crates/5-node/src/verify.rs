//! `planet verify`: checks the whole record and says what it checked. Reads only; works beside a running node.

use crate::args;
use crate::books::Books;
use crate::errors::{NOT_VERIFIED, NodeError};
use crate::{house, node_key, settings, verify_receipt};
use ed25519_dalek::VerifyingKey;
use planet_corridor::refusal::Fault;
use planet_corridor::verify::{Verified, verify as verify_log};
use planet_ledger::Audit;
use planet_ontology::hex;
use planet_store::{Options, Store, Tx};
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
    let (log, ledger) = store.snapshot(move |tx| check(tx, &key, kept.as_deref())).await?;
    Ok(report(&log, &ledger))
}

/// Checks the log, the ledger, and the one against the other. `kept` is a checkpoint from elsewhere.
pub fn check(tx: &mut Tx, key: &VerifyingKey, kept: Option<&str>) -> Result<(Verified, Audit), Fault> {
    let mut books = Books::default();
    let log = verify_log(tx, key, kept, |effect| books.apply(effect))?;
    let mut ledger = planet_ledger::audit(tx)?;
    ledger.problems.extend(books.compare(tx)?);
    Ok((log, ledger))
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
    if log.erased > 0 {
        println!("Erased:      {} acts, of which the commitment is left", log.erased);
    }
    println!(
        "Checkpoints: {}, each with its root and its signature ({} events not sealed yet)",
        log.checkpoints, log.unsealed
    );
    println!("Currencies:  {}, each sums to zero", ledger.currencies.len());
    println!(
        "Accounts:    {}, each balance recomputed from {} transfers, and each of those held against its event",
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
