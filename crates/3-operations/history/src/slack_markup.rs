//! Slack's way of writing, in Markdown: `<@U1>`, `<#C1|name>`, `<!here>`, `<https://…|words>`, `*bold*`, `~struck~`. Pure.

/// A text of Slack in Markdown. `handle` says what somebody is called after an `@`.
pub fn to_markdown(text: &str, handle: impl Fn(&str) -> String) -> String {
    let mut made = String::with_capacity(text.len());
    for (n, piece) in text.split('`').enumerate() {
        if n > 0 {
            made.push('`');
        }
        if n % 2 == 0 {
            made.push_str(&emphasis(&links(piece, &handle)));
        } else {
            made.push_str(&plain(piece));
        }
    }
    made
}

/// Slack writes three signs as entities, everywhere.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn links(text: &str, handle: &impl Fn(&str) -> String) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        made.push_str(&plain(before));
        let Some((inside, following)) = after.split_once('>') else {
            made.push('<');
            rest = after;
            continue;
        };
        made.push_str(&one(inside, handle));
        rest = following;
    }
    made.push_str(&plain(rest));
    made
}

fn one(inside: &str, handle: &impl Fn(&str) -> String) -> String {
    let (target, words) = inside.split_once('|').unwrap_or((inside, ""));
    let words = plain(words);
    if let Some(id) = target.strip_prefix('@') {
        return format!("@{}", handle(id));
    }
    if let Some(id) = target.strip_prefix('#') {
        return format!("#{}", if words.is_empty() { id } else { &words });
    }
    if let Some(word) = target.strip_prefix('!') {
        return match (words.as_str(), word.split('^').next().unwrap_or(word)) {
            ("", word) => format!("@{word}"),
            (words, _) => words.to_owned(),
        };
    }
    if let Some(mail) = target.strip_prefix("mailto:") {
        return mail.to_owned();
    }
    let target = plain(target);
    if !target.starts_with("https://") && !target.starts_with("http://") {
        return format!("<{target}>");
    }
    if words.is_empty() || words == target {
        return target;
    }
    format!("[{}]({})", words.replace(['[', ']'], ""), target.replace(')', "%29"))
}

/// One star is bold there and two are here; the same with what is struck out.
fn emphasis(text: &str) -> String {
    doubled(&doubled(text, '*'), '~')
}

fn doubled(text: &str, mark: char) -> String {
    let mut made = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let (plain, after) = rest.split_at(at);
        made.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let after = after.strip_prefix(mark).unwrap_or(after);
        if let Some((inside, following)) = pair(before, after, mark) {
            made.extend([mark, mark]);
            made.push_str(inside);
            made.extend([mark, mark]);
            rest = following;
        } else {
            made.push(mark);
            rest = after;
        }
        before = mark;
    }
    made.push_str(rest);
    made
}

/// What stands between two marks on one line, if words stand there closely and nothing else touches the marks from outside.
fn pair(before: char, after: &str, mark: char) -> Option<(&str, &str)> {
    let (inside, following) = after.split_once(mark)?;
    let close = !inside.is_empty()
        && !inside.contains('\n')
        && !inside.starts_with(char::is_whitespace)
        && !inside.ends_with(char::is_whitespace);
    let outside = |c: char| !c.is_alphanumeric() && c != mark;
    (close && outside(before) && following.chars().next().is_none_or(outside)).then_some((inside, following))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        to_markdown(text, |id| if id == "U1" { "ada".to_owned() } else { id.to_lowercase() })
    }

    #[test]
    fn what_slack_writes_is_written_in_markdown() {
        for (slack, ours) in [
            ("<@U1> and <@U2|ben>", "@ada and @u2"),
            ("<!channel> <!here|here> <!subteam^S1|@cooks>", "@channel here @cooks"),
            (
                "see <#C1|garden> and <https://a.example/?a=1&amp;b=2|the [plan]>",
                "see #garden and [the plan](https://a.example/?a=1&b=2)",
            ),
            ("<https://a.example> <mailto:a@b.example|a@b.example>", "https://a.example a@b.example"),
            ("<javascript:alert(1)|free bread>", "<javascript:alert(1)>"),
            ("*bold*, _leaning_ and ~struck~", "**bold**, _leaning_ and ~~struck~~"),
            ("2*3*4 * 5 *", "2*3*4 * 5 *"),
            ("`*code* &lt;b&gt;` a &lt; b &amp;&amp; c", "`*code* <b>` a < b && c"),
            ("open < end", "open < end"),
            ("", ""),
        ] {
            assert_eq!(said(slack), ours, "{slack}");
        }
    }
}
