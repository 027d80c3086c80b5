//! Asks one address that the operator named, and no other, through the guarded client. Keeps user, password and path out of every
//! message.

use super::ChainError;
use crate::error::ExchangeError;
use crate::guarded::{self, Unanswered};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// No answer takes longer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The largest answer: a full block of four million bytes in hex, with room for JSON.
const LARGEST: usize = 16 * 1024 * 1024;
/// How much of another program's sentence is passed on.
const SENTENCE: usize = 160;

/// Somebody who answers, at an address that the operator named.
pub struct Endpoint {
    client: Client,
    base: Url,
    user: Option<(String, String)>,
}

impl Endpoint {
    /// An endpoint such as `http://user:password@localhost:8332` or `https://node.example/key`.
    pub fn new(address: &str) -> Result<Self, ExchangeError> {
        Self::with_timeout(address, TIMEOUT)
    }

    /// The same with another patience, for tests.
    pub fn with_timeout(address: &str, timeout: Duration) -> Result<Self, ExchangeError> {
        let wrong = || ExchangeError::ChainAddressWrong;
        let mut base = Url::parse(address).map_err(|_| wrong())?;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(wrong());
        }
        let decoded = |text: &str| percent_decoded(text).ok_or_else(wrong);
        let user = match (base.username(), base.password()) {
            ("", None) => None,
            (user, password) => Some((decoded(user)?, decoded(password.unwrap_or_default())?)),
        };
        base.set_username("").and_then(|()| base.set_password(None)).map_err(|()| wrong())?;
        base.set_fragment(None);
        let client = guarded::client(timeout).ok_or_else(wrong)?;
        Ok(Self { client, base, user })
    }

    /// Where it is, for the log: without user, password and path.
    pub fn shown(&self) -> String {
        let port = self.base.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{}{port}", self.base.scheme(), self.base.host_str().unwrap_or_default())
    }

    /// Asks by JSON-RPC; `version` is `1.0` for Bitcoin and `2.0` for EVM.
    pub async fn rpc(&self, version: &str, method: &str, params: Value) -> Result<Value, ChainError> {
        self.call(version, method, params, None).await
    }

    /// The same for what is known to take long.
    pub async fn slow_rpc(
        &self,
        version: &str,
        method: &str,
        params: Value,
        patience: Duration,
    ) -> Result<Value, ChainError> {
        self.call(version, method, params, Some(patience)).await
    }

    async fn call(
        &self,
        version: &str,
        method: &str,
        params: Value,
        patience: Option<Duration>,
    ) -> Result<Value, ChainError> {
        let call = json!({ "jsonrpc": version, "id": 1, "method": method, "params": params });
        let request = self.client.post(self.base.clone()).json(&call);
        let request = match patience {
            Some(patience) => request.timeout(patience),
            None => request,
        };
        let (_, body) = self.ask(request).await?;
        let answer: Value = serde_json::from_slice(&body).map_err(|_| ChainError::Nonsense("no JSON"))?;
        if let Some(error) = answer.get("error").filter(|error| !error.is_null()) {
            let said = error.get("message").and_then(Value::as_str).unwrap_or("without a reason");
            return Err(ChainError::Refused(printable(said)));
        }
        answer.get("result").cloned().ok_or(ChainError::Nonsense("no result"))
    }

    /// Reads what is at a path below the address; none if there is nothing.
    pub async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, ChainError> {
        let (status, body) = self.ask(self.client.get(self.below(path))).await?;
        match status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(body)),
            _ => Err(ChainError::Refused(printable(&String::from_utf8_lossy(&body)))),
        }
    }

    /// Sends a text to a path below the address.
    pub async fn post(&self, path: &str, text: String) -> Result<Vec<u8>, ChainError> {
        let (status, body) = self.ask(self.client.post(self.below(path)).body(text)).await?;
        if status.is_success() {
            return Ok(body);
        }
        Err(ChainError::Refused(printable(&String::from_utf8_lossy(&body))))
    }

    fn below(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url
    }

    async fn ask(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), ChainError> {
        let request = match &self.user {
            Some((user, password)) => request.basic_auth(user, Some(password)),
            None => request,
        };
        let (status, body) = guarded::ask(request, LARGEST).await.map_err(|unanswered| match unanswered {
            Unanswered::Unreachable => ChainError::Unreachable,
            Unanswered::TooLarge => ChainError::TooLarge(LARGEST / 1024 / 1024),
        })?;
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            return Err(ChainError::NotLetIn);
        }
        if status.is_redirection() {
            return Err(ChainError::Nonsense("it points elsewhere"));
        }
        Ok((status, body))
    }
}

/// A foreign sentence as one short line that can stand in a page and in the log.
fn printable(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SENTENCE).collect();
    line.trim().to_owned()
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = after.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_is_refused_and_what_is_secret_is_not_shown() {
        for wrong in ["", "localhost:8332", "ftp://node.example", "file:///etc/passwd", "http://"] {
            assert!(Endpoint::new(wrong).is_err(), "{wrong}");
        }
        let endpoint = Endpoint::new("https://ada:se%40cret@node.example:8443/v3/key").ok().unwrap();
        assert_eq!(endpoint.shown(), "https://node.example:8443");
        assert_eq!(endpoint.user, Some(("ada".into(), "se@cret".into())));
        assert_eq!(endpoint.below("/tx").as_str(), "https://node.example:8443/v3/key/tx");
    }
}
