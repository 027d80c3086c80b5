//! The names that emoji have between colons, and the emoji themselves. It knows no emoji that somebody made for one chat.

/// The most bytes of a name.
const MAX_NAME: usize = 64;

/// The emoji of a name such as `thumbsup`; `:name:` where there is none that everybody has. Nothing if it is no name.
pub fn sign(name: &str) -> Option<String> {
    let name = name.split("::").next().unwrap_or(name);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+');
    if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(fits) {
        return None;
    }
    Some(emoji(name).map_or_else(|| format!(":{name}:"), str::to_owned))
}

fn emoji(name: &str) -> Option<&'static str> {
    // Both programs write some names in their own way.
    let plain = match name {
        "simple_smile" | "slightly_smiling" => "slightly_smiling_face",
        other => other.strip_prefix("flag-").unwrap_or(other),
    };
    emojis::get_by_shortcode(plain).map(emojis::Emoji::as_str)
}

/// A text in which names of emoji are emoji, except within code.
pub fn in_text(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for (n, piece) in text.split('`').enumerate() {
        if n > 0 {
            made.push('`');
        }
        if n % 2 == 0 { outside_code(piece, &mut made) } else { made.push_str(piece) }
    }
    made
}

fn outside_code(text: &str, made: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        made.push_str(before);
        let found = after.split_once(':').and_then(|(name, following)| Some((emoji(name)?, following)));
        if let Some((sign, following)) = found {
            made.push_str(sign);
            rest = following;
        } else {
            made.push(':');
            rest = after;
        }
    }
    made.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_emoji_and_what_has_none_keeps_its_name() {
        for (name, expected) in [
            ("+1", Some("👍")),
            ("thumbsup", Some("👍")),
            ("thumbsup::skin-tone-3", Some("👍")),
            ("tada", Some("🎉")),
            ("heart", Some("❤️")),
            ("flag-de", Some("🇩🇪")),
            ("party_parrot", Some(":party_parrot:")),
            ("", None),
            ("<script>", None),
        ] {
            assert_eq!(sign(name).as_deref(), expected, "{name}");
        }
        assert_eq!(sign(&"x".repeat(100)), None);
    }

    #[test]
    fn in_a_text_they_are_emoji_too_but_not_in_code_and_not_in_times() {
        assert_eq!(
            in_text("Well done :tada:, at 10:30:45 `:tada:` :nobody:"),
            "Well done 🎉, at 10:30:45 `:tada:` :nobody:"
        );
    }
}
