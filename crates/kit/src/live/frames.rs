//! What goes over the wire, as JSON texts: docs/protocols/chat.md has all of them. Written once, however many hear it.

use axum::extract::ws::Utf8Bytes;
use planet_corridor::refusal::Refusal;
use planet_corridor::topics::{Note, Topic};
use serde::Deserialize;
use serde_json::{Value, json};

/// A frame, shared by all who get it.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The text.
    pub text: Utf8Bytes,
    /// The topic and the place in it that whoever has this frame has come to.
    pub reached: Option<(Topic, i64)>,
}

impl Frame {
    fn of(value: &Value, reached: Option<(Topic, i64)>) -> Self {
        Self { text: value.to_string().into(), reached }
    }

    /// One thing that a topic says.
    pub fn note(topic: Topic, note: &Note) -> Self {
        let value = json!({ "topic": topic.to_string(), "cursor": note.cursor, "note": note.body });
        Self::of(&value, Some((topic, note.cursor)))
    }

    /// From here on a topic is heard.
    pub fn heard(topic: Topic, cursor: i64) -> Self {
        Self::of(&json!({ "topic": topic.to_string(), "heard": cursor }), Some((topic, cursor)))
    }

    /// Too much was missed: what there is has to be read anew, and listened to from there.
    pub fn resync(topic: Topic) -> Self {
        Self::of(&json!({ "topic": topic.to_string(), "resync": true }), None)
    }

    /// A topic is no longer for this listener.
    pub fn gone(topic: Topic) -> Self {
        Self::of(&json!({ "topic": topic.to_string(), "gone": true }), None)
    }

    /// Something that is kept nowhere, such as that somebody types.
    pub fn signal(topic: Topic, word: &str, name: &str) -> Self {
        Self::of(&json!({ "topic": topic.to_string(), "signal": word, "name": name }), None)
    }

    /// What was asked for is refused.
    pub fn refused(topic: &str, refusal: &Refusal) -> Self {
        let value = json!({ "topic": topic, "code": refusal.code, "detail": refusal.sentence });
        Self::of(&value, None)
    }
}

/// What a browser says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Said {
    /// Listen to a topic, from a place in it or from now on.
    Hear {
        /// The topic, as written.
        topic: String,
        /// The place that was reached before.
        #[serde(default)]
        since: Option<i64>,
    },
    /// Listen no longer.
    Leave {
        /// The topic, as written.
        topic: String,
    },
    /// Tell the others something that is kept nowhere.
    Signal {
        /// The topic, as written.
        topic: String,
        /// What, such as `typing`.
        word: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_three_things_and_nothing_else() {
        let said = |text: &str| serde_json::from_str::<Said>(text);
        assert!(matches!(
            said(r#"{"hear":{"topic":"a:b","since":7}}"#),
            Ok(Said::Hear { since: Some(7), .. })
        ));
        assert!(matches!(said(r#"{"hear":{"topic":"a:b"}}"#), Ok(Said::Hear { since: None, .. })));
        assert!(matches!(said(r#"{"signal":{"topic":"a:b","word":"typing"}}"#), Ok(Said::Signal { .. })));
        assert!(said(r#"{"hear":{"topic":"a:b","as":"ada"}}"#).is_err());
        assert!(said(r#"{"act":{}}"#).is_err() && said("[]").is_err());
    }
}
