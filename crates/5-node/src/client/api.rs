//! Requests to a club's JSON API, with its problems turned into sentences.

use super::home::Home;
use crate::errors::NodeError;
use planet_identity::{Key, sign_in};
use planet_kit::web::in_query;
use planet_ontology::units::Moment;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::time::Duration;

/// No request takes longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A club's API, as one program sees it.
pub struct Api {
    client: Client,
    origin: String,
    token: Option<String>,
}

impl Api {
    /// The API of the club that this home belongs to.
    pub fn new(home: &Home) -> Result<Self, NodeError> {
        // Fails only if a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(TIMEOUT).build().map_err(|error| broken(&error))?;
        Ok(Self { client, origin: home.origin.clone(), token: home.token.clone() })
    }

    /// Where the club lives.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Signs in with a key. Answers the token of the session.
    pub async fn sign_in(&self, key: &Key, now: Moment) -> Result<String, NodeError> {
        let challenge = self.post("/api/v1/session/challenge", &json!({})).await?;
        let nonce = challenge.get("nonce").and_then(Value::as_str).unwrap_or_default();
        let signed = serde_json::to_value(sign_in::sign(&self.origin, nonce, key, now))
            .map_err(|error| NodeError::Other(error.to_string()))?;
        let session = self.post("/api/v1/session", &signed).await?;
        session
            .get("token")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| NodeError::Other("The club answered without a token.".into()))
    }

    /// Reads a view.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, NodeError> {
        let query: Vec<String> =
            query.iter().map(|(name, value)| format!("{name}={}", in_query(value))).collect();
        let url = format!("{}{path}?{}", self.origin, query.join("&"));
        self.send(self.client.get(url)).await
    }

    /// Does an act, under a fresh key.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, NodeError> {
        let key = uuid::Uuid::now_v7().to_string();
        let request =
            self.client.post(format!("{}{path}", self.origin)).header("idempotency-key", key).json(body);
        self.send(request).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<Value, NodeError> {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.send().await.map_err(|error| broken(&error))?;
        let good = response.status().is_success();
        let body: Value = response.json().await.map_err(|error| broken(&error))?;
        if good {
            return Ok(body);
        }
        let sentence =
            body.get("detail").and_then(Value::as_str).unwrap_or("The club refused, and did not say why.");
        Err(NodeError::Other(sentence.to_owned()))
    }
}

fn broken(error: &reqwest::Error) -> NodeError {
    NodeError::Other(format!("The club cannot be reached: {error}"))
}
