//! Signing in for programs: asking for approval, a challenge, a signature, a bearer token. The protocol page on identity,
//! section 8, has the bytes. Everything else that programs do goes through acts and views by name.

use super::acts::{By, SignIn, SignOut};
use super::error::{KeysError, LABEL, identity};
use super::held::{self, KEY};
use super::label::program_label;
use super::rows;
use super::sent::{self, Sent};
use crate::checks;
use crate::door::fresh_token;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::post;
use planet_corridor::refusal::Fault;
use planet_identity::rows::sessions::LIFETIME;
use planet_identity::rows::{challenges, device_keys};
use planet_identity::sign_in::{self, KeySignIn};
use planet_kit::web::{Answer, Caller, Desk, Knock};
use planet_ontology::ids::MemberId;
use serde::Deserialize;
use serde_json::{Value, json};

/// The most programs that may wait at a time. Anybody may ask, so there is an end to it.
const MOST_WAITING: i64 = 500;

/// The routes for programs. They stand beside `/api/v1/{tool}/{name}`; fixed paths win.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/v1/devices/ask", post(ask))
        .route("/api/v1/session/challenge", post(challenge))
        .route("/api/v1/session", post(open).delete(close))
}

/// `{key, label}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    key: String,
    label: String,
}

/// A program asks to be approved; its owner types the code.
async fn ask(_: Knock, State(desk): State<Desk>, Sent(asked): Sent<Asked>) -> Answer {
    let label = checks::name(&asked.label, LABEL)?;
    let now = desk.now();
    let entropy = fresh_token()?.hash().first_chunk::<8>().copied().unwrap_or_default();
    let code = device_keys::user_code(entropy);
    let kept = code.clone();
    desk.store()
        .write(move |tx| {
            device_keys::sweep(tx, now).map_err(identity)?;
            if rows::count_waiting(tx, now)? >= MOST_WAITING {
                return Err(KeysError::TooManyWaiting.into());
            }
            device_keys::ask(tx, &kept, &asked.key, &label, now).map_err(identity)
        })
        .await?;
    Ok(sent::answer(json!({
        "user_code": code,
        "verify_url": desk.origin().link(&format!("/devices/approve?code={code}")),
        "expires": now.plus_seconds(device_keys::PATIENCE).rfc3339(),
    })))
}

/// Something to sign, good once and for a minute.
async fn challenge(_: Knock, State(desk): State<Desk>) -> Answer {
    let nonce = held::begin(&desk, KEY, None, Value::Null, challenges::NONCE).await?;
    let expires = desk.now().plus_seconds(challenges::NONCE).rfc3339();
    Ok(sent::answer(json!({ "nonce": nonce, "expires": expires })))
}

/// Signs a program in.
async fn open(_: Knock, State(desk): State<Desk>, Sent(shown): Sent<KeySignIn>) -> Answer {
    let (nonce, now) = (shown.nonce.clone(), desk.now());
    // The nonce is gone whatever the signature is like: there is one guess.
    desk.store().write(move |tx| challenges::take(tx, &nonce, KEY, now)).await.map_err(identity)?;
    sign_in::verify(&shown, desk.origin().url(), now).map_err(identity)?;
    let key = shown.key.clone();
    let (owner, label) = desk.store().read(move |tx| rows::key_owner(tx, &key)).await.map_err(identity)?;
    let (token, token_hash) = sent::session_token()?;
    let act = SignIn { token_hash, label: program_label(&label, &shown.key), by: By::Key { key: shown.key } };
    desk.corridor().act(sent::call(&desk, MemberId(owner.0)), act).await?;
    let expires = now.plus_seconds(LIFETIME).rfc3339();
    Ok(sent::answer(json!({ "token": token.reveal(), "expires": expires })))
}

/// Ends the session that the request bears.
async fn close(caller: Caller) -> Answer {
    let member = sent::member(&caller)?;
    let session = caller.session.ok_or(KeysError::NotSignedIn)?;
    let ended = caller.desk.corridor().act(sent::call(&caller.desk, member), SignOut { session }).await;
    caller.desk.sessions().forget(member);
    match ended {
        Ok(_) | Err(Fault::Refused(_)) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(fault) => Err(fault.into()),
    }
}
