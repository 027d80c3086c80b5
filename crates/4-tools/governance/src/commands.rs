//! What members can type into a chat: `/poll` and `/propose`. Both ask the group, by the same act as the form.

use crate::choice::ask::Ask;
use planet_corridor::act::Act as _;
use planet_corridor::commands::{Command, Typed};
use planet_corridor::refusal::{Fault, Refusal};
use planet_store::Tx;
use serde_json::{Value, json};

/// How long a question is open that was typed, in seconds: three days.
const OPEN_FOR: i64 = 3 * 86_400;

/// `/poll Which day? | Friday | Saturday`
pub const POLL: Command = Command {
    word: "poll",
    usage: "/poll Which day? | Friday | Saturday",
    about: "governance-command-poll",
    act: Ask::NAME,
    read: |_, typed| asked(typed, "check", "approval", &[]),
    said,
};

/// `/propose We paint the hall green`
pub const PROPOSE: Command = Command {
    word: "propose",
    usage: "/propose We paint the hall green",
    about: "governance-command-propose",
    act: Ask::NAME,
    read: propose,
    said,
};

fn propose(_: &mut Tx, typed: &Typed) -> Result<Value, Fault> {
    asked(typed, "check", "one", &["Yes", "No"])
}

/// The question and its options, with a bar between; these options where none were typed.
fn asked(typed: &Typed, kind: &str, method: &str, options: &[&str]) -> Result<Value, Fault> {
    let mut parts = typed.rest.split('|').map(str::trim).filter(|part| !part.is_empty());
    let title = parts.next().unwrap_or_default();
    let typed_options: Vec<&str> = parts.collect();
    let options = if typed_options.is_empty() { options } else { &typed_options };
    if title.is_empty() || options.len() < 2 {
        let sentence = "Write the question, then at least two answers with a bar between: /poll Which day? | Friday | Saturday.";
        return Err(Refusal::input("text", "command_unclear", sentence).into());
    }
    let options: Vec<Value> = options.iter().map(|title| json!({ "title": title })).collect();
    Ok(json!({
        "group": typed.group, "title": title, "kind": kind, "method": method, "seats": 1, "options": options,
        "open_for": OPEN_FOR,
    }))
}

/// What the chat says of it: the question, with the way to it.
fn said(typed: &Typed, output: &Value) -> String {
    let title = typed.rest.split('|').next().unwrap_or_default().trim();
    match output.get("proposal").and_then(Value::as_str) {
        Some(id) => format!("*asks the group:* [{}](/decisions/{id})", title.replace(['[', ']'], "")),
        None => format!("*asks the group:* {title}"),
    }
}
