//! Signed-in devices, as requests show them: a cookie or a bearer token. Who issued it, and how it is kept, is the
//! identity room's business; here it is only looked up, and the answer is remembered for a moment.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use planet_ontology::ids::{MemberId, SessionId};
use planet_ontology::units::Moment;
use planet_store::{Error, Store, Tx};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// The session cookie's name.
pub const COOKIE_NAME: &str = "planet";
/// How long a session that was looked up is believed. Signing out on this process takes effect at once.
const FRESH: i64 = 2 * Moment::SECOND;
/// How many sessions are remembered at the most.
const MOST: usize = 10_000;

/// A signed-in device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub member: MemberId,
}

/// Looks a session up by its token.
pub type Lookup = fn(&mut Tx, &str, Moment) -> Result<Option<Known>, Error>;

/// Looks sessions up, and remembers them for a moment.
pub struct Sessions {
    lookup: Lookup,
    remembered: Mutex<HashMap<String, (Moment, Known)>>,
    ended: watch::Sender<u64>,
}

impl Sessions {
    /// With this way of looking up.
    pub fn new(lookup: Lookup) -> Self {
        Self { lookup, remembered: Mutex::new(HashMap::new()), ended: watch::channel(0).0 }
    }

    /// Whose session a request bears.
    pub async fn find(
        &self,
        store: &Store,
        headers: &HeaderMap,
        now: Moment,
    ) -> Result<Option<Known>, Error> {
        let Some(token) = token(headers) else { return Ok(None) };
        {
            let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((at, known)) = remembered.get(&token)
                && now.0 - at.0 < FRESH
            {
                return Ok(Some(*known));
            }
        }
        let (lookup, wanted) = (self.lookup, token.clone());
        let known = store.read(move |tx| lookup(tx, &wanted, now)).await?;
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST {
            remembered.clear();
        }
        match known {
            Some(known) => remembered.insert(token, (now, known)),
            None => remembered.remove(&token),
        };
        Ok(known)
    }

    /// Tells whenever sessions were ended by this process: whatever stays open looks again whether it may.
    pub fn ended(&self) -> watch::Receiver<u64> {
        self.ended.subscribe()
    }

    /// Forgets a member's sessions, because some were ended.
    pub fn forget(&self, member: MemberId) {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, (_, known)| known.member != member);
        self.ended.send_modify(|count| *count += 1);
    }
}

/// The token in a request: `Authorization: Bearer …`, or the cookie.
pub fn token(headers: &HeaderMap) -> Option<String> {
    if let Some(bearer) = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) {
        return bearer.strip_prefix("Bearer ").map(str::to_owned);
    }
    cookie(headers, COOKIE_NAME)
}

/// The value of a cookie in a request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then(|| value.to_owned())
        })
}

/// The `Set-Cookie` header that signs a device in for `seconds`.
pub fn set_cookie(token: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE_NAME}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The `Set-Cookie` header that signs a device out.
pub fn clear_cookie(secure: bool) -> String {
    set_cookie("", 0, secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_from_the_header_before_the_cookie() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "theme=dark; planet=abc".parse().unwrap());
        assert_eq!(token(&headers).as_deref(), Some("abc"));
        headers.insert(AUTHORIZATION, "Bearer xyz".parse().unwrap());
        assert_eq!(token(&headers).as_deref(), Some("xyz"));
    }
}
