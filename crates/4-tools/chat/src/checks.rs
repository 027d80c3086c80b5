//! What a message, an emoji and the name of a channel may look like, and whom a message names. Pure.

use crate::error::ChatError;
use planet_ontology::units::longer_than;
use std::collections::BTreeSet;

/// The longest message, in characters of Markdown.
pub const MAX_TEXT: u32 = 8_000;
/// The longest name of a channel or a webhook, in characters.
pub const MAX_NAME: u32 = 40;
/// The most different emoji on one message.
pub const MAX_SIGNS: i64 = 20;
/// The most members whom one message tells that they are named.
const MAX_MENTIONS: usize = 50;
/// The most marks of lists and quotes at the beginning of a line.
const MAX_NESTED: usize = 30;
/// The largest place that anybody can name: what is beyond it is a slip, or a try.
const MAX_PLACE: i64 = 1 << 53;
/// The most bytes of an emoji: families and flags are made of several signs.
const MAX_SIGN: usize = 32;

/// A text as it is kept.
pub fn text(written: &str) -> Result<String, ChatError> {
    // What is much too long is not even looked at.
    if written.len() > 4 * usize::try_from(MAX_TEXT).unwrap_or(usize::MAX) {
        return Err(ChatError::TextTooLong);
    }
    let lines = written.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let kept = kept.trim_end().trim_start_matches('\n');
    if kept.trim().is_empty() {
        return Err(ChatError::TextMissing);
    }
    if longer_than(kept, MAX_TEXT) {
        return Err(ChatError::TextTooLong);
    }
    if kept.lines().any(too_nested) {
        return Err(ChatError::NestedTooDeep);
    }
    Ok(kept.to_owned())
}

/// Whether a line begins with more quotes and lists within each other than anybody reads.
fn too_nested(line: &str) -> bool {
    let begins = line.chars().take_while(|c| !c.is_alphanumeric());
    begins.filter(|c| ">-*+".contains(*c)).count() > MAX_NESTED && line.contains('>')
}

/// A text from elsewhere as it is kept: nobody is there who could be asked to write it otherwise.
pub fn tamed(written: &str) -> String {
    let lines = written.replace("\r\n", "\n").replace('\r', "\n");
    let kept = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let kept: String = kept.collect();
    if !kept.lines().any(too_nested) {
        return kept;
    }
    let line =
        |line: &str| if too_nested(line) { format!("    {}", line.trim_start()) } else { line.to_owned() };
    kept.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// An emoji as it is kept.
pub fn sign(written: &str) -> Result<String, ChatError> {
    let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || c.is_control() || c.is_ascii();
    if written.is_empty() || written.len() > MAX_SIGN || written.chars().any(plain) {
        return Err(ChatError::SignWrong);
    }
    Ok(written.to_owned())
}

/// The name of a channel or a webhook as it is kept: in lower case, words joined by hyphens.
pub fn name(written: &str) -> Result<String, ChatError> {
    let name = written.trim().trim_start_matches('#').to_lowercase();
    let name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let fits = name.chars().all(|c| c.is_alphanumeric() || c == '-') && name.contains(char::is_alphanumeric);
    if fits && !longer_than(&name, MAX_NAME) { Ok(name) } else { Err(ChatError::NameWrong) }
}

/// The handles that a text names, each once.
pub fn handles(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        if sign == '@' && !before.is_alphanumeric() {
            let rest = text.get(at + 1..).unwrap_or_default();
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
                .unwrap_or(rest.len());
            let handle =
                rest.get(..end).unwrap_or_default().trim_end_matches(['-', '_']).to_ascii_lowercase();
            if !handle.is_empty() && found.len() < MAX_MENTIONS {
                found.insert(handle);
            }
        }
        before = sign;
    }
    found
}

/// A place in a channel as somebody named it.
pub fn place(seq: i64) -> Result<i64, ChatError> {
    if (0..=MAX_PLACE).contains(&seq) { Ok(seq) } else { Err(ChatError::MessageUnknown) }
}

/// What a webhook says in Slack's form, in Markdown: `<https://…|words>` becomes a link, `<!here>` plain words.
pub fn from_slack(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('<') {
        made.push_str(plain);
        let Some((inside, following)) = after.split_once('>') else {
            made.push('<');
            rest = after;
            continue;
        };
        let (target, words) = inside.split_once('|').unwrap_or((inside, inside));
        if let Some(word) = target.strip_prefix('!') {
            made.push_str(word);
        } else if target.starts_with("https://") || target.starts_with("http://") {
            if target == words {
                made.push_str(target);
            } else {
                let words = words.replace([']', '['], "");
                made.extend(["[", &words, "](", target, ")"]);
            }
        } else {
            made.extend(["<", inside, ">"]);
        }
        rest = following;
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_kept_as_it_was_meant_or_refused_with_a_reason() {
        assert_eq!(text("\r\n  hello\0\r\n\n"), Ok("  hello".to_owned()));
        assert_eq!(text(" \n\0"), Err(ChatError::TextMissing));
        let most = usize::try_from(MAX_TEXT).unwrap();
        assert!(text(&"é".repeat(most)).is_ok());
        assert_eq!(text(&"é".repeat(most + 1)), Err(ChatError::TextTooLong));
        assert_eq!(text(&"x".repeat(1_000_000)), Err(ChatError::TextTooLong));
        assert_eq!(text(&"> ".repeat(40)), Err(ChatError::NestedTooDeep));
    }

    #[test]
    fn what_slack_would_say_is_said_in_markdown() {
        let said = from_slack("<https://ci.example/7|Build 7> failed, <!here> <https://a.example> a<b");
        assert_eq!(said, "[Build 7](https://ci.example/7) failed, here https://a.example a<b");
    }

    #[test]
    fn an_emoji_is_one_and_nothing_else() {
        for good in ["👍", "❤️", "👨‍👩‍👧", "🇬🇧"] {
            assert!(sign(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "👍 👍", "<b>", "1", "👍👍👍👍👍👍👍👍👍"] {
            assert_eq!(sign(bad), Err(ChatError::SignWrong), "{bad}");
        }
    }

    #[test]
    fn whoever_is_named_is_named_once() {
        let named: Vec<String> =
            handles("@Ada and @ben-2, ada@example.org, @ada! @@cat").into_iter().collect();
        assert_eq!(named, ["ada", "ben-2", "cat"]);
        assert_eq!(name(" #Castle Street "), Ok("castle-street".to_owned()));
        assert_eq!(name("a/b"), Err(ChatError::NameWrong));
    }
}
