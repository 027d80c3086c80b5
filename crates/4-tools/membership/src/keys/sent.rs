//! The JSON that browsers' islands and programs send, read strictly, and how it is answered. Knows no ceremony.

use super::error::{KeysError, LABEL};
use super::label::is_programs;
use super::rows;
use crate::arrival::SentWrap;
use crate::checks;
use crate::door::fresh_token;
use crate::error::MembershipError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Call;
use planet_identity::rows::Token;
use planet_identity::rows::sessions::LIFETIME;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::session::set_cookie;
use planet_kit::web::sorry::too_large;
use planet_kit::web::{Caller, Desk, Fields, Sorry};
use planet_ontology::ids::{MemberId, SessionId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The most bytes of a body: a passkey's answer with an attestation is a few thousand.
const MOST: usize = 64 << 10;
/// The longest path to go on to.
const LONGEST_NEXT: usize = 500;

/// A JSON body. Unknown fields are refused by the type; a form without its script gets a sentence.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Sorry;

    async fn from_request(request: Request, state: &S) -> Result<Self, Sorry> {
        let json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/json"));
        if !json {
            return Err(MembershipError::NeedsScript.into());
        }
        let unreadable = || Sorry::from(MembershipError::CeremonyMalformed);
        let body = Bytes::from_request(request, state).await.map_err(|_| Sorry::from(too_large()))?;
        if body.len() > MOST {
            return Err(too_large().into());
        }
        serde_json::from_slice(&body).map(Self).map_err(|_| unreadable())
    }
}

/// What the owner calls a device; what the device calls itself if nothing was written.
pub fn label(fields: &Fields, headers: &HeaderMap) -> Result<String, MembershipError> {
    let label = checks::within(fields.text("label"), LABEL)?;
    if label.is_empty() { Ok(super::label::of_browser(headers)) } else { Ok(label) }
}

/// `{fields}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// The form's fields.
    pub fields: Fields,
}

/// `{fields, auth}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginRecovery {
    /// The form's fields.
    pub fields: Fields,
    /// The authenticating half of a recovery code, base64url.
    pub auth: String,
}

/// `{fields, key}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginTakingBack {
    /// The form's fields.
    pub fields: Fields,
    /// The public half of the recovery key, as multikey.
    pub key: String,
}

/// `{ticket, fields, credential, wrap, entry, ciphertext, proof}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishTakingBack {
    /// What `begin` answered.
    pub ticket: String,
    /// The form's fields.
    pub fields: Fields,
    /// The authenticator's answer.
    pub credential: Value,
    /// The new vault's key under the new passkey.
    pub wrap: SentWrap,
    /// The next entry of the log, one line.
    pub entry: String,
    /// The new vault, base64url.
    pub ciphertext: String,
    /// The recovery key's signature under what is taken back and by which passkey, base64url.
    pub proof: String,
}

/// `{ticket, fields, credential}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// What `begin` answered.
    pub ticket: String,
    /// The form's fields.
    pub fields: Fields,
    /// The authenticator's answer.
    pub credential: Value,
}

/// `{ticket, fields, credential, wrap}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinishEnrolment {
    /// What `begin` answered.
    pub ticket: String,
    /// The form's fields.
    pub fields: Fields,
    /// The authenticator's answer.
    pub credential: Value,
    /// The vault key under the new passkey.
    pub wrap: SentWrap,
}

/// The member who calls.
pub fn member(caller: &Caller) -> Result<MemberId, Refusal> {
    caller.actor.member().ok_or_else(|| KeysError::NotSignedIn.into())
}

/// The member who calls from a browser. A program acts for its owner, yet does not get at the keys: it could make itself at home.
pub async fn keeper(caller: &Caller) -> Result<MemberId, Fault> {
    let member = member(caller)?;
    in_browser(&caller.desk, caller.session).await?;
    Ok(member)
}

/// Refuses the sessions of programs.
pub async fn in_browser(desk: &Desk, session: Option<SessionId>) -> Result<(), Fault> {
    let session = session.ok_or(KeysError::NotSignedIn)?;
    let label = desk.store().read(move |tx| rows::session_label(tx, session)).await?;
    match label {
        None => Err(KeysError::NotSignedIn.into()),
        Some(label) if is_programs(&label) => Err(KeysError::NotForPrograms.into()),
        Some(_) => Ok(()),
    }
}

/// An attempt by a member whose key the handler has just checked, or whose session was found.
pub fn call(desk: &Desk, member: MemberId) -> Call {
    Call { actor: planet_corridor::actor::Actor::Member(member), key: fresh_key(), now: desk.now() }
}

/// A token for a session, and what its act carries of it.
pub fn session_token() -> Result<(Token, String), Fault> {
    let token = fresh_token()?;
    let hash = checks::hash_text(&token);
    Ok((token, hash))
}

/// Answers with JSON that nobody in between may keep.
pub fn answer(body: Value) -> Response {
    let mut response = Json(body).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Sends an island on, to be told a text by its key there.
pub fn go(next: &str, told: &'static str) -> Response {
    let mut response = answer(json!({ "next": next }));
    let cookie = format!("told={told}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    add_cookie(&mut response, &cookie);
    response
}

/// Signs the device in that gets this response.
pub fn signed_in(mut response: Response, desk: &Desk, token: &Token) -> Response {
    add_cookie(&mut response, &set_cookie(&token.reveal(), LIFETIME, desk.origin().secure()));
    response
}

/// Adds a cookie to a response.
pub fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Where to go on, if it is a path of this club; the first page otherwise. Browsers read `//` and `/\` as other hosts and drop
/// control characters, so none of these pass.
pub fn same_site(next: &str) -> &str {
    let path = next.starts_with('/') && !next.starts_with("//") && next.len() <= LONGEST_NEXT;
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if path && plain { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_only_to_pages_of_the_club() {
        for fine in ["/", "/wallet/pay?to=ada", "/people/ada#top", "/search?q=%2F%2Fx"] {
            assert_eq!(same_site(fine), fine);
        }
        let long = format!("/{}", "a".repeat(LONGEST_NEXT));
        for elsewhere in [
            "",
            "wallet",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\n/b",
            "/\t/evil.example",
            "/ä",
            &long,
        ] {
            assert_eq!(same_site(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
