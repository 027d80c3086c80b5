//! Exchanges the token of a session once a day, so that a copied cookie does not stay good for ever. Tokens of programs, which come
//! in a header, are not exchanged.

use super::error::identity;
use super::sent::add_cookie;
use crate::door::fresh_token;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;
use planet_corridor::refusal::Fault;
use planet_identity::rows::{Token, sessions};
use planet_kit::web::Desk;
use planet_kit::web::session::{COOKIE_NAME, cookie, set_cookie};
use planet_kit::web::sorry::wants_page;

/// How exactly a session knows when it was last in use, in seconds.
const SEEN_EVERY: i64 = 600;

/// A layer around pages: when the session of a request is due, the answer carries its new token. A failure is left for the next page.
pub async fn rotate_if_old(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let page = request.method() == Method::GET && wants_page(headers) && !headers.contains_key(AUTHORIZATION);
    let token = page.then(|| cookie(headers, COOKIE_NAME)).flatten();
    let mut response = next.run(request).await;
    if let Some(token) = token.as_deref().and_then(Token::parse)
        && let Ok(Some(new)) = exchange(&desk, &token).await
    {
        add_cookie(&mut response, &set_cookie(&new.reveal(), sessions::LIFETIME, desk.origin().secure()));
    }
    response
}

/// The new token, if it was time for one.
async fn exchange(desk: &Desk, token: &Token) -> Result<Option<Token>, Fault> {
    let (hash, now) = (token.hash(), desk.now());
    let found = desk.store().read(move |tx| sessions::find(tx, &hash, now)).await.map_err(identity)?;
    let Some(session) = found else { return Ok(None) };
    if session.wants_rotation(now) {
        let new = fresh_token()?;
        let given = new.clone();
        let rotated =
            desk.store().write(move |tx| sessions::rotate(tx, &hash, &given, now)).await.map_err(identity)?;
        return Ok(rotated.then_some(new));
    }
    if session.last_seen.plus_seconds(SEEN_EVERY) <= now {
        desk.store().write(move |tx| sessions::seen(tx, session.id, now)).await.map_err(identity)?;
    }
    Ok(None)
}
