//! The ceremony by which somebody becomes a member: the node names a place for the identifier and begins a passkey; the browser
//! makes keys, log entry and vault; the node checks the passkey, lets what came wait for its act, and signs the device in.

use crate::arrival::{self, Arrival, MadePasskey, SentVault};
use crate::door::{Door, fresh_token};
use crate::error::{self, MembershipError};
use crate::keys::label::of_browser;
use axum::Json;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Fault;
use planet_identity::passkeys::Person;
use planet_identity::rows::{challenges, sessions};
use planet_kit::web::session::set_cookie;
use planet_kit::web::{Desk, Fields, Sorry};
use planet_ontology::ids::{AgentId, MemberId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a browser sends in the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    ticket: String,
    /// The form's fields.
    pub fields: Fields,
    credential: Value,
    did_log: String,
    vault: SentVault,
}

/// What the node remembers between the two.
#[derive(Serialize, Deserialize)]
struct Begun {
    member: MemberId,
    path: String,
    passkey: Value,
}

/// Begins: names member and path, and asks for a passkey.
pub async fn begin(desk: &Desk, door: &Door, purpose: &'static str, name: &str) -> Result<Response, Sorry> {
    let (now, member) = (desk.now(), MemberId(Uuid::now_v7()));
    let (ticket, path) = (fresh_token()?, fresh_path()?);
    let person = Person { agent: member.into(), name: name.to_owned() };
    let begun = door.passkeys.begin_registration(&person, &[]).map_err(error::identity)?;
    let answer = json!({
        "options": begun.options,
        "did": { "origin": desk.origin().url(), "path": path },
        "ticket": ticket.reveal(),
    });
    let state = serde_json::to_value(Begun { member, path, passkey: begun.state })
        .map_err(|_| MembershipError::CeremonyMalformed)?;
    desk.store()
        .write(move |tx| {
            let agent = Some(AgentId::from(member));
            challenges::begin(tx, &ticket, purpose, agent, &state, now, challenges::CEREMONY)
                .map_err(error::identity)
        })
        .await?;
    Ok(Json(answer).into_response())
}

/// Checks the passkey and lets the arrival wait. Answers the token under which the act will find it. The ticket stays good until
/// the act has taken the arrival, so that a mistyped field costs no second passkey.
pub async fn finish(
    desk: &Desk,
    door: &Door,
    purpose: &'static str,
    sent: &Finish,
    headers: &HeaderMap,
) -> Result<String, Sorry> {
    let now = desk.now();
    let ticket = sent.ticket.clone();
    let challenge = desk
        .store()
        .read(move |tx| challenges::peek(tx, &ticket, purpose, now).map_err(error::identity))
        .await?;
    let begun: Begun = serde_json::from_value(challenge.state)
        .map_err(|error| Fault::Damaged(format!("A ceremony cannot be read: {error}.")))?;
    let passkey =
        door.passkeys.finish_registration(&begun.passkey, &sent.credential).map_err(error::identity)?;
    let arrival = Arrival {
        member: begun.member,
        origin: desk.origin().url().to_owned(),
        path: begun.path,
        did_log: sent.did_log.clone(),
        passkey: Some(MadePasskey::new(&passkey, of_browser(headers))),
        vault: Some(sent.vault.clone()),
        sealed: None,
        ticket: Some((sent.ticket.clone(), purpose.to_owned())),
    };
    let token = fresh_token()?;
    let text = token.reveal();
    desk.store().write(move |tx| arrival::wait(tx, &token, &arrival, now)).await?;
    Ok(text)
}

/// Signs the newcomer's device in and sends the browser on.
pub async fn let_in(
    desk: &Desk,
    headers: &HeaderMap,
    member: MemberId,
    next: &str,
) -> Result<Response, Sorry> {
    let (now, label, id) = (desk.now(), of_browser(headers), SessionId(Uuid::now_v7()));
    let token = fresh_token()?;
    let cookie = set_cookie(&token.reveal(), sessions::LIFETIME, desk.origin().secure());
    desk.store()
        .write(move |tx| sessions::open(tx, id, member.into(), &token, &label, now).map_err(error::identity))
        .await?;
    let mut response = Json(json!({ "next": next })).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A short random path for an identifier: 50 bits, so that two never meet and nobody can be guessed.
fn fresh_path() -> Result<String, MembershipError> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(|_| MembershipError::NoRandomness)?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('a', char::from);
    Ok(bytes.iter().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_that_identifiers_can_have() {
        use planet_identity::webvh::{Location, location::Kind};
        for _ in 0..50 {
            let path = fresh_path().unwrap();
            assert!(Location::new("https://club.example", Kind::Person, &path).is_ok(), "{path}");
        }
    }
}
