//! The ceremony by which somebody becomes a member: the node names a place for the identifier and begins a passkey; the browser
//! makes keys, log entry and vault; the node checks the passkey, lets what came wait for its act, and signs the device in.

use crate::arrival::{self, Arrival, MadePasskey, SentVault};
use crate::door::{Door, fresh_token};
use crate::error::{self, MembershipError};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Fault;
use planet_identity::passkeys::Person;
use planet_identity::rows::{challenges, sessions};
use planet_kit::web::session::set_cookie;
use planet_kit::web::{Desk, Fields, Sorry};
use planet_ontology::ids::{AgentId, MemberId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What a browser sends to begin.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    fields: Map<String, Value>,
}

/// What a browser sends in the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    ticket: String,
    fields: Map<String, Value>,
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

/// A body that a browser's script sends. A plain form arrives here when the script has not loaded.
pub type Sent<T> = Result<Json<T>, JsonRejection>;

/// Reads such a body.
pub fn read<T>(sent: Sent<T>) -> Result<T, MembershipError> {
    match sent {
        Ok(Json(body)) => Ok(body),
        Err(JsonRejection::MissingJsonContentType(_)) => Err(MembershipError::NeedsScript),
        Err(_) => Err(MembershipError::CeremonyMalformed),
    }
}

impl Begin {
    /// The form's fields.
    pub fn fields(&self) -> Result<Fields, MembershipError> {
        form_fields(&self.fields)
    }
}

impl Finish {
    /// The form's fields.
    pub fn fields(&self) -> Result<Fields, MembershipError> {
        form_fields(&self.fields)
    }
}

fn form_fields(sent: &Map<String, Value>) -> Result<Fields, MembershipError> {
    let mut pairs = Vec::new();
    for (name, value) in sent {
        match value {
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Array(texts) => {
                for text in texts {
                    let text = text.as_str().ok_or(MembershipError::CeremonyMalformed)?;
                    pairs.push((name.clone(), text.to_owned()));
                }
            }
            _ => return Err(MembershipError::CeremonyMalformed),
        }
    }
    Ok(Fields::new(pairs))
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
        passkey: Some(MadePasskey::new(&passkey, device(headers))),
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
    let (now, label, id) = (desk.now(), device(headers), SessionId(Uuid::now_v7()));
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

/// Which device it is, in words for its owner, as far as the browser says.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Firefox", "Firefox"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Chrome", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "A device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_as_its_owner_would_name_it() {
        for (agent, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8", "A device"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, HeaderValue::from_static(agent));
            assert_eq!(device(&headers), expected);
        }
    }

    #[test]
    fn a_path_is_one_that_identifiers_can_have() {
        use planet_identity::webvh::{Location, location::Kind};
        for _ in 0..50 {
            let path = fresh_path().unwrap();
            assert!(Location::new("https://club.example", Kind::Person, &path).is_ok(), "{path}");
        }
    }

    #[test]
    fn fields_are_texts_or_lists_of_texts() {
        let read = |value: Value| form_fields(value.as_object().unwrap());
        let fields = read(json!({ "name": " Ada ", "tag": ["a", "b"] })).unwrap();
        assert_eq!((fields.text("name"), fields.all("tag").count()), ("Ada", 2));
        for wrong in [json!({ "name": 1 }), json!({ "name": [1] }), json!({ "name": null })] {
            assert_eq!(read(wrong).err(), Some(MembershipError::CeremonyMalformed));
        }
    }
}
