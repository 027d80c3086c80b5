//! What a post may look like: titles, texts and tags as they are kept, or why not. Pure.

use crate::acts::{MAX_COMMENT, MAX_NESTED, MAX_TAG, MAX_TAGS, MAX_TEXT, MAX_TITLE};
use crate::error::FeedError;
use planet_ontology::units::longer_than;

/// What an author wrote, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// On one line.
    pub title: String,
    /// In Markdown.
    pub text: String,
    /// In lower case, each once, in the author's order, with a space between.
    pub tags: String,
}

/// Puts what an author wrote in order, or says what is wrong with it: the first thing from top to bottom.
pub fn draft(title: &str, text: &str, tags: &[String]) -> Result<Draft, FeedError> {
    let title = line(title);
    if title.is_empty() {
        return Err(FeedError::TitleMissing);
    }
    if longer_than(&title, MAX_TITLE) {
        return Err(FeedError::TitleTooLong);
    }
    let text = plain(text);
    if text.is_empty() {
        return Err(FeedError::TextMissing);
    }
    if longer_than(&text, MAX_TEXT) {
        return Err(FeedError::TextTooLong);
    }
    if nested(&text) > MAX_NESTED {
        return Err(FeedError::NestedTooDeep);
    }
    let mut kept: Vec<String> = Vec::new();
    // Twice the same is forgiven, however it is spelt, but not without end.
    if tags.len() > 2 * MAX_TAGS {
        return Err(FeedError::TooManyTags);
    }
    for written in tags.iter().filter(|tag| !tag.trim().is_empty()) {
        let tag = tag(written).ok_or(FeedError::TagWrong)?;
        if !kept.contains(&tag) {
            kept.push(tag);
        }
        if kept.len() > MAX_TAGS {
            return Err(FeedError::TooManyTags);
        }
    }
    if kept.is_empty() {
        return Err(FeedError::TagMissing);
    }
    Ok(Draft { title, text, tags: kept.join(" ") })
}

/// A comment as it is kept.
pub fn comment(text: &str) -> Result<String, FeedError> {
    let text = plain(text);
    match text.as_str() {
        "" => Err(FeedError::CommentMissing),
        long if longer_than(long, MAX_COMMENT) => Err(FeedError::CommentTooLong),
        deep if nested(deep) > MAX_NESTED => Err(FeedError::NestedTooDeep),
        _ => Ok(text),
    }
}

/// How many lists and quotes a line of this text opens within each other, at the most: its leading `>`, `-`, `1.` and so
/// on. A line of nothing but one mark is a rule.
fn nested(text: &str) -> usize {
    let marks = |line: &str| {
        let (mut rest, mut count) = (line.trim_start(), 0);
        while let Some(after) = after_mark(rest) {
            (rest, count) = (after.trim_start(), count + 1);
        }
        let mut visible = line.chars().filter(|c| !c.is_whitespace());
        let first = visible.next().filter(|c| matches!(c, '-' | '*'));
        let rule = first.is_some_and(|first| visible.all(|c| c == first));
        if rule { 0 } else { count }
    };
    text.lines().map(marks).max().unwrap_or(0)
}

/// What follows the mark of a list or a quote at the start of a text.
fn after_mark(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix('>') {
        return Some(after);
    }
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = if number.len() < text.len() {
        number.strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '+', '*'])
    };
    after.filter(|after| after.is_empty() || after.starts_with([' ', '\t']))
}

/// A tag as it is kept: without `#`, in lower case, words joined by hyphens. What [`planet_kit::markdown`] makes a link of
/// when it is written with `#` is the same.
pub fn tag(written: &str) -> Option<String> {
    let words = written.trim().trim_start_matches('#').to_lowercase();
    let tag = words.split_whitespace().collect::<Vec<_>>().join("-");
    let tag = tag.trim_matches(['-', '_']);
    let fits = tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && tag.contains(char::is_alphabetic)
        && !longer_than(tag, MAX_TAG);
    fits.then(|| tag.to_owned())
}

/// A text on one line.
fn line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with plain line ends and without characters that no keyboard makes; databases refuse some of them.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_end().trim_start_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(title: &str, text: &str, tags: &[&str]) -> Result<Draft, FeedError> {
        draft(title, text, &tags.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn what_was_written_is_put_in_order() {
        let draft = drafted(
            "  Bin\nday ",
            "\r\n    Tuesday\r\nor\0 Friday?\n\n",
            &["#Bins", "bins", "Castle Street", " "],
        );
        let tidy = Draft {
            title: "Bin day".into(),
            text: "    Tuesday\nor Friday?".into(),
            tags: "bins castle-street".into(),
        };
        assert_eq!(draft, Ok(tidy));
    }

    #[test]
    fn each_thing_that_is_missing_or_too_long_is_told() {
        let long = |count: u32| "é".repeat(usize::try_from(count).unwrap());
        let eleven: Vec<String> = (0..11).map(|n| format!("tag{n}")).collect();
        let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
        for (title, text, tags, error) in [
            (" \n", "x", &["x"][..], FeedError::TitleMissing),
            (&long(MAX_TITLE + 1), "x", &["x"], FeedError::TitleTooLong),
            ("x", " \n\0", &["x"], FeedError::TextMissing),
            ("x", &long(MAX_TEXT + 1), &["x"], FeedError::TextTooLong),
            ("x", &"> ".repeat(MAX_NESTED + 1), &["x"], FeedError::NestedTooDeep),
            ("x", "x", &[], FeedError::TagMissing),
            ("x", "x", &["", " "], FeedError::TagMissing),
            ("x", "x", &["3"], FeedError::TagWrong),
            ("x", "x", &["a/b"], FeedError::TagWrong),
            ("x", "x", &["<script>"], FeedError::TagWrong),
            ("x", "x", &[&long(MAX_TAG + 1)], FeedError::TagWrong),
            ("x", "x", &eleven, FeedError::TooManyTags),
        ] {
            assert_eq!(drafted(title, text, tags), Err(error));
        }
        assert!(drafted(&long(MAX_TITLE), &long(MAX_TEXT), &[&long(MAX_TAG)]).is_ok());
        assert_eq!(comment("\n "), Err(FeedError::CommentMissing));
        assert_eq!(comment(&long(MAX_COMMENT + 1)), Err(FeedError::CommentTooLong));
        assert_eq!(comment(" Thanks! "), Ok(" Thanks!".to_owned()));
    }

    #[test]
    fn lists_and_quotes_within_each_other_are_counted() {
        for (text, levels) in [
            ("plain - text > here", 0),
            ("> quote", 1),
            (">> quote\n> quote", 2),
            ("- 1. + * > x", 5),
            ("  12) x\n\n\t- y", 1),
            ("- - - - -", 0),
            ("+ + +", 3),
            ("- * -", 3),
            ("-x 1.5 *bold*", 0),
        ] {
            assert_eq!(nested(text), levels, "{text}");
        }
    }

    #[test]
    fn a_tag_is_the_same_in_a_text_and_in_the_list_of_tags() {
        for written in ["#Bread", "#local-food", "#Straße_2"] {
            let html = planet_kit::markdown::markdown(written).into_string();
            let tag = tag(written).unwrap();
            let href = html.split("/tags/").nth(1).unwrap().split('"').next().unwrap();
            assert!(href == tag || href.contains('%'), "{href} and {tag}");
        }
    }
}
