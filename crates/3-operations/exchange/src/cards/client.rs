//! The client: one address, one key, no redirects, no long waits, no long answers. What it does not understand it does not pass on.

use super::{CardError, Intent, Order, Refund};
use crate::error::ExchangeError;
use crate::guarded::{self, Unanswered};
use planet_ontology::units::Amount;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::Value;
use std::time::Duration;
use url::Url;
use uuid::Uuid;

/// No answer takes longer.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The longest answer, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The longest code of a refusal that is passed on, in characters.
const LONGEST_CODE: usize = 60;

/// How the operator names the card processor.
#[derive(Clone)]
pub struct CardOptions {
    /// The address of its API, such as `https://api.stripe.com`.
    pub url: String,
    /// The secret key.
    pub key: String,
    /// The publishable key, which the payer's browser needs.
    pub publishable: String,
    /// The secret under which its messages are signed.
    pub webhook_secret: String,
    /// The address of the script with which the payer's browser talks to it.
    pub script: String,
}

/// The card processor.
pub struct Cards {
    client: Client,
    base: Url,
    script: Url,
    key: String,
    publishable: String,
    webhook_secret: String,
}

impl Cards {
    /// A client for the processor that the operator named. Over the network only with TLS.
    pub fn new(options: CardOptions) -> Result<Self, ExchangeError> {
        let (base, script) = (address(&options.url)?, address(&options.script)?);
        if !options.key.starts_with("sk_") && !options.key.starts_with("rk_")
            || options.webhook_secret.len() < 8
        {
            return Err(ExchangeError::CardKeysWrong);
        }
        let client = guarded::client(TIMEOUT).ok_or(ExchangeError::CardAddressWrong)?;
        let CardOptions { key, publishable, webhook_secret, .. } = options;
        Ok(Self { client, base, script, key, publishable, webhook_secret })
    }

    /// The key for the payer's browser.
    pub fn publishable(&self) -> &str {
        &self.publishable
    }

    /// The secret under which messages are signed.
    pub fn webhook_secret(&self) -> &str {
        &self.webhook_secret
    }

    /// The script for the payer's browser.
    pub fn script(&self) -> &str {
        self.script.as_str()
    }

    /// The origins that the page with the script may load from and talk to: the script's, and the API's.
    pub fn origins(&self) -> (String, String) {
        (self.script.origin().ascii_serialization(), self.base.origin().ascii_serialization())
    }

    /// Asks for a payment. Asking again for the same order answers the same intent where the processor knows idempotency keys.
    pub async fn create(&self, order: &Order<'_>) -> Result<Intent, CardError> {
        let id = order.id.to_string();
        let form = [
            ("amount", order.amount.0.to_string()),
            ("currency", order.iso.to_lowercase()),
            ("payment_method_types[0]", "card".to_owned()),
            ("metadata[planet_order]", id.clone()),
            ("metadata[planet_club]", order.club.to_owned()),
        ];
        let asked = self.post("/v1/payment_intents", &form).header("Idempotency-Key", id);
        Intent::read(&self.answer(asked).await?)
    }

    /// How a payment stands.
    pub async fn find(&self, intent: &str) -> Result<Intent, CardError> {
        let asked = self.get(&format!("/v1/payment_intents/{}", checked(intent)?), &[]);
        Intent::read(&self.answer(asked).await?)
    }

    /// Gives a payment up, so that nobody can confirm it any more.
    pub async fn cancel(&self, intent: &str) -> Result<Intent, CardError> {
        let asked = self.post(&format!("/v1/payment_intents/{}/cancel", checked(intent)?), &[]);
        Intent::read(&self.answer(asked).await?)
    }

    /// Gives money back to the card.
    pub async fn refund(&self, intent: &str, amount: Amount, order: Uuid) -> Result<Refund, CardError> {
        let form = [
            ("payment_intent", checked(intent)?.to_owned()),
            ("amount", amount.0.to_string()),
            ("metadata[planet_order]", order.to_string()),
        ];
        let asked = self.post("/v1/refunds", &form).header("Idempotency-Key", order.to_string());
        Refund::read(&self.answer(asked).await?)
    }

    /// What was given back of a payment.
    pub async fn refunds(&self, intent: &str) -> Result<Vec<Refund>, CardError> {
        let asked = self.get("/v1/refunds", &[("payment_intent", checked(intent)?), ("limit", "100")]);
        let answer = self.answer(asked).await?;
        let list = answer.get("data").and_then(Value::as_array).ok_or(CardError::Unclear)?;
        list.iter().map(Refund::read).collect()
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> RequestBuilder {
        let mut url = self.at(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.client.get(url).bearer_auth(&self.key)
    }

    fn post(&self, path: &str, form: &[(&str, String)]) -> RequestBuilder {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in form {
            body.append_pair(name, value);
        }
        let asked = self.client.post(self.at(path)).bearer_auth(&self.key);
        asked.header("Content-Type", "application/x-www-form-urlencoded").body(body.finish())
    }

    async fn answer(&self, asked: RequestBuilder) -> Result<Value, CardError> {
        let (status, body) = guarded::ask(asked, LARGEST).await.map_err(|unanswered| match unanswered {
            Unanswered::Unreachable => CardError::Unreachable,
            Unanswered::TooLarge => CardError::Unclear,
        })?;
        let value: Value = serde_json::from_slice(&body).map_err(|_| CardError::Unclear)?;
        match status {
            status if status.is_success() => Ok(value),
            StatusCode::NOT_FOUND => Err(CardError::Unknown),
            status if status.is_server_error() => Err(CardError::Unreachable),
            _ => {
                let code = value.pointer("/error/code").or_else(|| value.pointer("/error/type"));
                let code = code.and_then(Value::as_str).unwrap_or("no reason");
                Err(CardError::Refused(code.chars().filter(|c| !c.is_control()).take(LONGEST_CODE).collect()))
            }
        }
    }
}

/// The address of the processor: with TLS, or on this machine.
fn address(text: &str) -> Result<Url, ExchangeError> {
    let url = Url::parse(text).map_err(|_| ExchangeError::CardAddressWrong)?;
    let host = url.host_str().unwrap_or_default();
    let here = url.scheme() == "http" && matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    if host.is_empty() || !(url.scheme() == "https" || here) {
        return Err(ExchangeError::CardAddressWrong);
    }
    Ok(url)
}

/// An id of the processor's, before it becomes a part of an address.
fn checked(id: &str) -> Result<&str, CardError> {
    let plain = id.len() <= 100 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain && id.starts_with("pi_") { Ok(id) } else { Err(CardError::Unclear) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(url: &str, key: &str) -> CardOptions {
        CardOptions {
            url: url.into(),
            key: key.into(),
            publishable: "pk_test_1".into(),
            webhook_secret: "whsec_12345".into(),
            script: "https://js.stripe.com/v3/".into(),
        }
    }

    #[test]
    fn only_what_the_operator_named_is_asked_and_only_with_tls_or_at_home() {
        for (url, key, code) in [
            ("http://api.example", "sk_test_1", "card_address_wrong"),
            ("ftp://localhost", "sk_test_1", "card_address_wrong"),
            ("api.example", "sk_test_1", "card_address_wrong"),
            ("https://api.example", "pk_test_1", "card_keys_wrong"),
        ] {
            assert_eq!(Cards::new(options(url, key)).err().unwrap().code(), code, "{url}");
        }
        let cards = Cards::new(options("https://api.example:8443/ignored", "sk_test_1")).unwrap();
        assert_eq!(cards.origins(), ("https://js.stripe.com".into(), "https://api.example:8443".into()));
        assert_eq!(cards.at("/v1/refunds").as_str(), "https://api.example:8443/v1/refunds");
        assert!(Cards::new(options("http://localhost:8420", "sk_test_1")).is_ok());
    }

    #[test]
    fn an_id_cannot_lead_elsewhere() {
        assert!(checked("pi_1a2B").is_ok());
        for wrong in ["", "pi_1/../../v1/refunds", "pi_1?x=1", "ch_1", "pi_ä"] {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
    }
}
