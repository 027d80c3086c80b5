//! What members can type into a chat: `/pay`. It is read into the same act as the form; who may pay whom is decided by its rules.

use crate::error::WalletError;
use planet_corridor::act::Act as _;
use planet_corridor::agents;
use planet_corridor::commands::{Command, Typed};
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::club_credit;
use planet_ontology::units::Amount;
use planet_store::Tx;
use serde_json::{Value, json};

/// `/pay @rosa 5 bread`, in the club's own credit.
pub const PAY: Command = Command {
    word: "pay",
    usage: "/pay @rosa 5 bread",
    about: "wallet-command-pay",
    act: crate::acts::pay::Pay::NAME,
    read: pay,
    said,
};

fn pay(tx: &mut Tx, typed: &Typed) -> Result<Value, Fault> {
    let (who, rest) = split(typed.rest);
    let (amount, memo) = split(rest);
    if who.is_empty() || amount.is_empty() {
        let sentence = "Say whom and how much: /pay @rosa 5 bread.";
        return Err(Refusal::input("text", "command_unclear", sentence).into());
    }
    let payee = agents::find_by_handle(tx, &who.trim_start_matches('@').to_lowercase())?;
    let payee = payee.ok_or(WalletError::PayeeUnknown)?;
    let credit = club_credit(tx)?;
    let amount = Amount::parse(amount, credit.decimals)
        .map_err(|error| Refusal::input("text", "amount_wrong", error.to_string()))?;
    Ok(json!({ "to": payee.id, "amount": amount, "memo": memo }))
}

/// What the chat says of it: as it was typed, since it was done.
fn said(typed: &Typed, _: &Value) -> String {
    let (who, rest) = split(typed.rest);
    let (amount, memo) = split(rest);
    let what = if memo.is_empty() { String::new() } else { format!(" for {memo}") };
    format!("*paid @{} {amount}{what}*", who.trim_start_matches('@'))
}

/// The first word, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let (first, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    (first, rest.trim())
}
