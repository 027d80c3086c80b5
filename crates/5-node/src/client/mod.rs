//! The command line's side of a club: signs in with a key of its own and speaks the JSON API, like any other program.

mod api;
mod home;
mod import;

use crate::args::{ClubArgs, Import, Pay, Post};
use crate::errors::NodeError;
use crate::house;
use api::Api;
use home::Home;
use planet_identity::Key;
use planet_ontology::units::Amount;
use serde_json::{Value, json};
use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

/// How long a member has to approve the command line, in seconds.
const PATIENCE: u64 = 600;

/// `planet login`: makes a key, has it approved in the browser, remembers it.
pub async fn login(args: ClubArgs) -> Result<ExitCode, NodeError> {
    let seed = house::entropy()?;
    let key = Key::from_seed(&seed);
    let home = Home { origin: args.club.trim_end_matches('/').to_owned(), seed, token: None };
    let api = Api::new(&home)?;
    let asked = api.post("/api/v1/devices/ask", &json!({ "key": key.did_key(), "label": label() })).await?;
    println!("Open this page in a browser where you are signed in, and confirm:\n");
    println!("  {}\n\nThe code is {}.", text(&asked, "verify_url"), text(&asked, "user_code"));
    for _ in 0..PATIENCE / 2 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        if let Ok(token) = api.sign_in(&key, house::clock()).await {
            Home { token: Some(token), ..home }.save()?;
            println!("You are signed in at {}.", api.origin());
            return Ok(ExitCode::SUCCESS);
        }
    }
    Err(NodeError::Other("Nobody confirmed in time. Run `planet login` again.".into()))
}

/// `planet pay`: pays a member or a group.
pub async fn pay(args: Pay) -> Result<ExitCode, NodeError> {
    let api = signed_in().await?;
    let wallet = api.get("/api/v1/wallet/wallet", &[]).await?;
    let money = wallet.pointer("/balances/0/money").cloned().unwrap_or_default();
    let decimals =
        money.get("decimals").and_then(Value::as_u64).and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
    let amount =
        Amount::parse(&args.amount, decimals).map_err(|error| NodeError::Other(error.to_string()))?;
    let handle = args.to.trim_start_matches('@').to_lowercase();
    let found = api.get("/api/v1/wallet/payees", &[("q", &handle)]).await?;
    let payee = found
        .as_array()
        .and_then(|payees| payees.iter().find(|payee| text(payee, "handle") == handle))
        .ok_or_else(|| NodeError::Other(format!("There is nobody called @{handle} who can be paid.")))?;
    let act = json!({ "to": payee.get("id"), "amount": amount, "memo": args.memo });
    let done = api.post("/api/v1/wallet/pay", &act).await?;
    let balance = done.pointer("/output/balance").and_then(Value::as_i64).unwrap_or_default();
    let symbol = text(&money, "symbol");
    println!(
        "Paid {} {symbol} to {}. Your balance is {} {symbol}.",
        amount.show(decimals),
        text(payee, "name"),
        Amount(balance).show(decimals)
    );
    Ok(ExitCode::SUCCESS)
}

/// `planet post`: writes a post; the text comes from the command line or from standard input.
pub async fn post(args: Post) -> Result<ExitCode, NodeError> {
    let api = signed_in().await?;
    let text_of = if let Some(text) = args.text {
        text
    } else {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| NodeError::Other(error.to_string()))?;
        text
    };
    let act = json!({
        "title": args.title,
        "text": text_of,
        "tags": args.tag,
        "relevance": args.relevance,
        "audience": planet_ontology::ids::AudienceId::CLUB,
    });
    let done = api.post("/api/v1/feed/post", &act).await?;
    println!("Posted: {}", done.get("output").unwrap_or(&Value::Null));
    Ok(ExitCode::SUCCESS)
}

/// `planet import`: brings along what a group said in another chat before.
pub async fn import(args: Import) -> Result<ExitCode, NodeError> {
    import::import(&signed_in().await?, &args).await
}

/// The club that was signed in at, with a fresh token where the old one has ended.
async fn signed_in() -> Result<Api, NodeError> {
    let home = Home::load()?;
    let api = Api::new(&home)?;
    if home.token.is_some() && api.get("/api/v1/wallet/wallet", &[]).await.is_ok() {
        return Ok(api);
    }
    let key = Key::from_seed(&home.seed);
    let token = api.sign_in(&key, house::clock()).await?;
    let home = Home { token: Some(token), ..home };
    home.save()?;
    Api::new(&home)
}

fn label() -> String {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    format!("Command line on {}", if host.trim().is_empty() { "a computer" } else { host.trim() })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
