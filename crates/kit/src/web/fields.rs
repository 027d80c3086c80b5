//! What a form sent: names, values and files, urlencoded or multipart, with limits. Says nothing about what they mean.

use super::sorry::too_large;
use crate::components::Filled;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Refusal;
use planet_ontology::ids::ActKey;
use planet_ontology::units::Moment;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::str::FromStr;
use uuid::Uuid;

/// The most fields a form may have.
const MOST: usize = 500;
/// The field of the idempotency key.
const KEY: &str = "_key";
/// How much of an unknown field's name is repeated to whoever sent it, in characters.
const LONGEST_NAME: usize = 40;

/// What a form sent.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// A file as the browser sent it. What it says of itself is not to be believed.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field of the form.
    pub field: String,
    /// The name that it has on the sender's device.
    pub name: String,
    /// The type that the browser took it for.
    pub kind: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Fields {
    /// From pairs, for tests.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { pairs: pairs.into_iter().collect(), files: Vec::new() }
    }

    /// A value, trimmed; empty if it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// A value, or nothing if it is empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The file that was chosen in a field, if one was: an empty choice is sent as a file without a name.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == field && !file.name.is_empty())
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A value of some type: an id, a number. `code` and `sentence` say what is wrong if it is not one.
    pub fn parse<T: FromStr>(&self, name: &str, code: &str, sentence: &str) -> Result<T, Refusal> {
        self.text(name).parse().map_err(|_| Refusal::input(name, code, sentence))
    }

    /// The end of the day that a date box names, in UTC; nothing where it is empty.
    ///
    /// # Errors
    /// When it is no date.
    pub fn end_of_day(&self, name: &str) -> Result<Option<Moment>, Refusal> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        let day = text.parse::<jiff::civil::Date>().ok();
        let end = day.and_then(|day| day.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC).ok());
        end.map(|end| Some(Moment(end.timestamp().as_microsecond())))
            .ok_or_else(|| Refusal::input(name, "date_malformed", "Please choose a date."))
    }
    /// The idempotency key that the form carried. The form has these fields and no others.
    pub fn key(&self, names: &[&str]) -> Result<ActKey, Refusal> {
        self.only(names)?;
        self.parse(KEY, "no_key", "This form is too old. Please load the page again.")
    }

    /// Refuses a field that the form does not have: what nobody reads must not look as if it had been heard.
    pub fn only(&self, names: &[&str]) -> Result<(), Refusal> {
        let sent = self.pairs.iter().map(|(name, _)| name).chain(self.files.iter().map(|file| &file.field));
        match sent.into_iter().find(|name| *name != KEY && !names.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let name: String = name.chars().take(LONGEST_NAME).collect();
                let sentence = format!(
                    "This form has no field called \u{201c}{name}\u{201d}. Please load the page again."
                );
                Err(Refusal::input("", "unknown_field", sentence))
            }
        }
    }

    /// What was sent, to be shown again with what is wrong.
    pub fn filled(&self, refusal: &Refusal) -> Filled {
        let visible = self.pairs.iter().filter(|(name, _)| name != KEY).cloned();
        let mut filled = Filled::new(visible);
        filled.wrong(refusal.field.as_deref().unwrap_or(""), refusal.sentence.clone());
        filled
    }
}

/// As an island sends a form: a text for each name, or a list of texts where a name repeats.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = BTreeMap::<String, OneOrMore>::deserialize(deserializer)?;
        let pairs = sent.into_iter().flat_map(|(name, values)| {
            let values = match values {
                OneOrMore::One(value) => vec![value],
                OneOrMore::More(values) => values,
            };
            values.into_iter().map(move |value| (name.clone(), value))
        });
        Ok(Self::new(pairs))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let multipart = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("multipart/form-data"));
        let fields = if multipart {
            let form =
                Multipart::from_request(request, state).await.map_err(|wrong| unreadable(wrong.status()))?;
            Self::from_parts(form).await?
        } else {
            let form = axum::extract::Form::<Vec<(String, String)>>::from_request(request, state).await;
            Self { pairs: form.map_err(|wrong| unreadable(wrong.status()))?.0, files: Vec::new() }
        };
        if fields.pairs.len() > MOST {
            return Err(unclear("The form has too many fields."));
        }
        Ok(fields)
    }
}

impl Fields {
    /// Reads the parts of a form with files. A file that may be text is there as a value too.
    async fn from_parts(mut form: Multipart) -> Result<Self, Response> {
        let mut fields = Self::default();
        while let Some(part) = form.next_field().await.map_err(|wrong| unreadable(wrong.status()))? {
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let kind = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|wrong| unreadable(wrong.status()))?;
            if !bytes.contains(&0) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                if !text.is_empty() || !fields.pairs.iter().any(|(known, _)| *known == field) {
                    fields.pairs.push((field.clone(), text));
                }
            }
            if let Some(name) = name {
                fields.files.push(Upload { field, name, kind, bytes: bytes.to_vec() });
            }
        }
        Ok(fields)
    }
}

fn unclear(sentence: &str) -> Response {
    super::Sorry::from(Refusal::input("", "unclear_form", sentence)).into_response()
}

fn unreadable(status: StatusCode) -> Response {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => super::Sorry::from(too_large()).into_response(),
        _ => unclear("The form could not be read. Please load the page again."),
    }
}

/// A fresh key for requests that bear none, such as a program's first try. A program that repeats sends its own. What is kept
/// under the keys of one hour lies together, since they begin with the time.
pub fn fresh_key() -> ActKey {
    ActKey(Uuid::now_v7())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn an_island_sends_texts_or_lists_of_texts() {
        let read = |value: Value| serde_json::from_value::<Fields>(value);
        let fields = read(json!({ "name": " Ada ", "tag": ["a", "b"] })).unwrap();
        assert_eq!((fields.text("name"), fields.all("tag").count()), ("Ada", 2));
        for wrong in [json!({ "name": 1 }), json!({ "name": [1] }), json!({ "name": null })] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_that_the_form_does_not_have_is_refused() {
        let sent = |name: &str| {
            let key = ("_key".to_owned(), Uuid::nil().to_string());
            Fields::new([key, ("memo".to_owned(), "bread".to_owned()), (name.to_owned(), "1".to_owned())])
        };
        assert_eq!(sent("to").key(&["to", "memo"]), Ok(ActKey(Uuid::nil())));
        let refusal = sent(&"admin".repeat(100)).key(&["to", "memo"]).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("unknown_field", None));
        assert!(refusal.sentence.starts_with("This form has no field called \u{201c}admin"), "{refusal}");
        assert!(refusal.sentence.len() < 150, "{refusal}");
    }
}
