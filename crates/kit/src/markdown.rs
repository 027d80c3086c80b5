//! Markdown as members write it, made into HTML that can do no harm: no pictures from elsewhere, no scripts, no styles.
//! Mentions (`@ada`), tags (`#bread`) and bare links become links.

use ammonia::Builder;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html,
};
use std::sync::LazyLock;

/// The most characters of a text that are shown; what is longer is cut there. Forms allow less.
pub const LIMIT: usize = 100_000;
/// How deep marks may be nested; deeper ones are left out, their words stay. Cleaning takes time with the square of it.
const MAX_NESTING: u32 = 32;

/// A text in Markdown as safe HTML, for one thing among many: its first headings are `h3`, below the page's and its own.
pub fn markdown(text: &str) -> Markup {
    below(text, 2)
}

/// A text in Markdown as safe HTML, for the one thing that a page is about: its first headings are `h2`, below the page's.
pub fn article(text: &str) -> Markup {
    below(text, 1)
}

/// Headings begin below a level and skip none at the start, whichever sign the author took for the first.
fn below(text: &str, level: usize) -> Markup {
    let end = text.char_indices().nth(LIMIT).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or(text);
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let top = Parser::new_ext(text, options)
        .filter_map(|event| {
            if let Event::Start(Tag::Heading { level, .. }) = event { Some(rank(level)) } else { None }
        })
        .min()
        .unwrap_or(1);
    let lower = |found: HeadingLevel| {
        HeadingLevel::try_from(rank(found) + level + 1 - top).unwrap_or(HeadingLevel::H6)
    };
    let mut depth = 0_u32;
    let mut nesting = 0_u32;
    let mut events = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        let too_deep = match &event {
            Event::Start(_) => {
                nesting += 1;
                nesting > MAX_NESTING
            }
            Event::End(_) => {
                nesting -= 1;
                nesting >= MAX_NESTING
            }
            _ => false,
        };
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => depth += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match event {
            _ if too_deep => {}
            Event::Text(words) if depth == 0 => linked(&words, &mut events),
            event => events.push(tamed(event, lower)),
        }
    }
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, events.into_iter());
    let clean = CLEANER.clean(&html).to_string();
    html! { div.prose { (PreEscaped(clean)) } }
}

/// The first words of a text without marks, for descriptions and previews; at most so many characters.
pub fn excerpt(text: &str, characters: usize) -> String {
    let mut plain = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                plain.push(' ');
            }
            _ => {}
        }
        if plain.len() > characters.saturating_mul(4) {
            break;
        }
    }
    let plain = plain.trim();
    match plain.char_indices().nth(characters) {
        None => plain.to_owned(),
        Some((at, _)) => {
            let cut = plain.get(..at).unwrap_or(plain);
            let words = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
            format!("{}…", words.trim_end())
        }
    }
}

/// Headings go down, pictures become links, raw HTML becomes text.
fn tamed(event: Event<'_>, lower: impl Fn(HeadingLevel) -> HeadingLevel) -> Event<'_> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: lower(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        event => event,
    }
}

/// 1 for the largest heading to 6 for the smallest.
const fn rank(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Splits text into words and links.
fn linked(text: &str, events: &mut Vec<Event<'_>>) {
    let mut plain = String::new();
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let starts_word =
            before.is_none_or(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '#' | '&'));
        if let Some((length, href)) = starts_word.then(|| reference(rest)).flatten() {
            let (words, after) = rest.split_at(length);
            if !plain.is_empty() {
                events.push(Event::Text(CowStr::from(std::mem::take(&mut plain))));
            }
            events.extend(link(words, href));
            before = words.chars().next_back();
            rest = after;
        } else {
            plain.push(first);
            before = Some(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        events.push(Event::Text(CowStr::from(plain)));
    }
}

/// The mention, tag or address at the start of a text: its length in bytes and where it leads.
fn reference(text: &str) -> Option<(usize, String)> {
    let run = |text: &str, allowed: fn(char) -> bool| text.find(|c| !allowed(c)).unwrap_or(text.len());
    if let Some(handle) = text.strip_prefix('@') {
        let length = run(handle, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let handle = handle.get(..length)?.trim_end_matches(['-', '_']);
        return (!handle.is_empty())
            .then(|| (handle.len() + 1, format!("/people/{}", handle.to_ascii_lowercase())));
    }
    if let Some(tag) = text.strip_prefix('#') {
        let length = run(tag, |c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let tag = tag.get(..length)?.trim_end_matches(['-', '_']);
        return tag
            .contains(char::is_alphabetic)
            .then(|| (tag.len() + 1, format!("/tags/{}", tag.to_lowercase())));
    }
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let length = run(text, |c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '`'));
    let address = text.get(..length)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*']);
    (address.len() > scheme.len()).then(|| (address.len(), address.to_owned()))
}

fn link<'a>(words: &str, href: String) -> [Event<'a>; 3] {
    let start = Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: CowStr::from(href),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    [Event::Start(start), Event::Text(CowStr::from(words.to_owned())), Event::End(TagEnd::Link)]
}

/// What is allowed after all; the parser makes nothing else, but this is the wall.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(
            [
                "a",
                "blockquote",
                "br",
                "code",
                "del",
                "em",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "input",
                "li",
                "ol",
                "p",
                "pre",
                "strong",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "ul",
            ]
            .into(),
        )
        .tag_attributes(
            [
                ("a", ["href", "title"].into()),
                ("input", ["type", "checked", "disabled"].into()),
                ("ol", ["start"].into()),
            ]
            .into(),
        )
        .generic_attributes(std::collections::HashSet::new())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("nofollow noopener ugc"));
    builder
});

#[cfg(test)]
mod tests {
    #[test]
    fn deep_nesting_is_cut_and_its_words_stay() {
        let deep = format!("{}bottom", "> ".repeat(5_000));
        let shown = super::markdown(&deep).into_string();
        assert!(shown.contains("bottom"), "{shown}");
        assert!(shown.matches("<blockquote>").count() <= 32);
    }

    use super::*;

    fn html(text: &str) -> String {
        let html = markdown(text).into_string();
        html.trim_start_matches("<div class=\"prose\">").trim_end_matches("</div>").trim_end().to_owned()
    }

    #[test]
    fn mentions_tags_and_addresses_become_links() {
        insta::assert_snapshot!(html("Thanks @Ada, #bread at https://example.org/a_(b)."), @r#"<p>Thanks <a href="/people/ada" rel="nofollow noopener ugc">@Ada</a>, <a href="/tags/bread" rel="nofollow noopener ugc">#bread</a> at <a href="https://example.org/a_(b" rel="nofollow noopener ugc">https://example.org/a_(b</a>).</p>"#);
        assert_eq!(
            html("me@example.org costs #3 `@ada`"),
            "<p>me@example.org costs #3 <code>@ada</code></p>"
        );
    }

    #[test]
    fn nothing_that_can_harm_comes_through() {
        for bad in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/pixel.png)",
            "<a href=\"#\" style=\"position:fixed\">x</a>",
            "[x](data:text/html;base64,AAAA)",
        ] {
            let out = html(bad);
            for part in ["<script", "=\"javascript", "<img", "<a href=\"#\" style", "=\"data:"] {
                assert!(!out.contains(part), "{bad} became {out}");
            }
        }
    }

    #[test]
    fn headings_stay_below_the_posts_own() {
        assert_eq!(html("# Plan\n\n## Then"), "<h3>Plan</h3>\n<h4>Then</h4>");
        assert_eq!(html("### Plan\n\n# Then"), "<h5>Plan</h5>\n<h3>Then</h3>");
        assert!(article("## Plan\n\n### Then").into_string().contains("<h2>Plan</h2>\n<h3>Then</h3>"));
    }

    #[test]
    fn a_very_long_text_is_cut_and_not_refused() {
        assert!(html(&"é".repeat(LIMIT + 10)).len() <= LIMIT * 2 + 10);
    }

    #[test]
    fn an_excerpt_is_plain_and_ends_at_a_word() {
        assert_eq!(excerpt("**Bread** and [butter](x) today", 100), "Bread and butter today");
        assert_eq!(excerpt("Bread and butter today", 12), "Bread and…");
    }
}
