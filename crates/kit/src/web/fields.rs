//! What a form sent: names and values, urlencoded or multipart, with limits. Says nothing about what they mean.

use crate::components::Filled;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Refusal;
use planet_ontology::ids::ActKey;
use std::str::FromStr;
use uuid::Uuid;

/// The most fields a form may have.
const MOST: usize = 500;

/// What a form sent.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From pairs, for tests.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// A value, trimmed; empty if it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// A value, or nothing if it is empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A value of some type: an id, a number. `code` and `sentence` say what is wrong if it is not one.
    pub fn parse<T: FromStr>(&self, name: &str, code: &str, sentence: &str) -> Result<T, Refusal> {
        self.text(name).parse().map_err(|_| Refusal::input(name, code, sentence))
    }

    /// The idempotency key that the form carried.
    pub fn key(&self) -> Result<ActKey, Refusal> {
        self.parse("_key", "no_key", "This form is too old. Please load the page again.")
    }

    /// What was sent, to be shown again with what is wrong.
    pub fn filled(&self, refusal: &Refusal) -> Filled {
        let visible = self.0.iter().filter(|(name, _)| name != "_key").cloned();
        let mut filled = Filled::new(visible);
        filled.wrong(refusal.field.as_deref().unwrap_or(""), refusal.sentence.clone());
        filled
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let unclear =
            |sentence: &str| super::Sorry::from(Refusal::input("", "unclear_form", sentence)).into_response();
        let multipart = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("multipart/form-data"));
        let fields = if multipart {
            let mut form =
                Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            let mut fields = Vec::new();
            while let Some(part) = form.next_field().await.map_err(IntoResponse::into_response)? {
                let name = part.name().unwrap_or_default().to_owned();
                let text = part.text().await.map_err(IntoResponse::into_response)?;
                if !text.is_empty() || !fields.iter().any(|(known, _)| *known == name) {
                    fields.push((name, text));
                }
            }
            fields
        } else {
            axum::extract::Form::<Vec<(String, String)>>::from_request(request, state)
                .await
                .map_err(|_| unclear("The form could not be read. Please load the page again."))?
                .0
        };
        if fields.len() > MOST {
            return Err(unclear("The form has too many fields."));
        }
        Ok(Self(fields))
    }
}

/// A fresh key for requests that bear none, such as a program's first try. A program that repeats sends its own.
pub fn fresh_key() -> ActKey {
    ActKey(Uuid::new_v4())
}
