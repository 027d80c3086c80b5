//! Feeds: their form, their ids, and answers to readers that have them already.

use crate::story::{choir, migrations, written};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use planet_blog::acts::{Publish, TakeBack};
use planet_kit::testing::{self, BEN, NOW, ask, at, by};
use planet_ontology::roles::Visibility;
use planet_store::{Store, both_engines};
use serde_json::Value;
use tower::ServiceExt as _;

/// What a feed reader gets that knows of a tag: status, type, tag and text.
async fn fetch(app: &Router, form: &str, tag: &str) -> (StatusCode, String, String, String) {
    let request = Request::get(format!("/groups/choir/blog/feed.{form}")).header(header::IF_NONE_MATCH, tag);
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let has = |name| response.headers().get(name).map_or("", |it| it.to_str().unwrap()).to_owned();
    let (kind, tag) = (has(header::CONTENT_TYPE), has(header::ETAG));
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, kind, tag, String::from_utf8(body.to_vec()).unwrap())
}

/// The names and texts of the elements of a document, in order; it fails where the document is not well-formed.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut open, mut found): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                found.push((open.join("/"), String::new()));
            }
            quick_xml::events::Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.1.push_str(&text);
                }
            }
            quick_xml::events::Event::GeneralRef(name) => {
                if let Some(last) = found.last_mut() {
                    last.1.extend(["&", &*name, ";"]);
                }
            }
            quick_xml::events::Event::End(_) => {
                open.pop();
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn texts<'a>(found: &'a [(String, String)], path: &str) -> Vec<&'a str> {
    found.iter().filter(|(at, _)| at == path).map(|(_, text)| text.as_str()).collect()
}

both_engines! { migrations();

    async fn a_blog_is_read_as_a_feed_in_three_forms(store: Store) {
        let corridor = choir(&store, Visibility::Open).await;
        let app = testing::app(&corridor, &planet_blog::TOOL);
        let first = written(&corridor, BEN, "Songs & <tunes>", "**Loud** \u{1} & \"clear\"").await;
        corridor.act(by(BEN), Publish { post: first, at: None }).await.unwrap();
        let second = written(&corridor, BEN, "Again", "And again.").await;
        corridor.act(at(BEN, NOW.plus_seconds(60)), Publish { post: second, at: None }).await.unwrap();
        written(&corridor, BEN, "A draft", "Not yet.").await;

        let (status, kind, tag, atom) = fetch(&app, "atom", "").await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
        let found = elements(&atom);
        assert_eq!(texts(&found, "feed/entry/id"), [format!("urn:uuid:{second}"), format!("urn:uuid:{first}")]);
        assert_eq!(texts(&found, "feed/entry/title")[1], "Songs &amp; &lt;tunes&gt;");
        assert_eq!(texts(&found, "feed/title"), ["Choir &amp; Friends"]);
        for one in ["feed/id", "feed/updated", "feed/author/name"] {
            assert_eq!(texts(&found, one).len(), 1, "{one}");
        }
        for each in ["title", "updated", "published", "author/name", "content"] {
            assert_eq!(texts(&found, &format!("feed/entry/{each}")).len(), 2, "{each}");
        }
        assert!(atom.contains(r#"rel="self" type="application/atom+xml" href="https://club.example/groups/choir/blog/feed.atom""#), "{atom}");
        assert!(texts(&found, "feed/entry/content")[1].contains("strong") && !atom.contains('\u{1}') && !atom.contains("A draft"));

        let (_, kind, _, rss) = fetch(&app, "rss", "").await;
        let found = elements(&rss);
        assert_eq!((kind.as_str(), texts(&found, "rss/channel/item/guid")[0]), ("application/rss+xml; charset=utf-8", format!("urn:uuid:{second}").as_str()));
        assert_eq!(texts(&found, "rss/channel/item/pubDate")[1], "Mon, 23 Nov 2026 02:13:20 +0000");
        for one in ["title", "link", "description"] {
            assert_eq!(texts(&found, &format!("rss/channel/{one}")).len(), 1, "{one}");
        }

        let (_, kind, _, text) = fetch(&app, "json", "").await;
        let feed: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((kind.as_str(), feed["version"].as_str()), ("application/feed+json; charset=utf-8", Some("https://jsonfeed.org/version/1.1")));
        assert_eq!(feed["items"][1]["id"], format!("urn:uuid:{first}"));
        assert!(feed["items"][1]["content_html"].as_str().unwrap().contains("<strong>Loud</strong>"));

        // Whoever has it already is told so, until something changes.
        let (status, _, again, body) = fetch(&app, "atom", &format!("\"x\", {tag}")).await;
        assert_eq!((status, again.as_str(), body.as_str()), (StatusCode::NOT_MODIFIED, tag.as_str(), ""));
        corridor.act(by(BEN), TakeBack { post: second }).await.unwrap();
        let (status, _, changed, atom) = fetch(&app, "atom", &tag).await;
        assert!(status == StatusCode::OK && changed != tag && !atom.contains("Again"));
    }

    async fn a_feed_of_a_group_that_is_not_open_is_not_given_to_everybody(store: Store) {
        let corridor = choir(&store, Visibility::Restricted).await;
        let app = testing::app(&corridor, &planet_blog::TOOL);
        for form in ["atom", "rss", "json"] {
            let (status, .., text) = fetch(&app, form, "*").await;
            assert!(status.is_client_error() && !text.contains("Choir"), "{form}: {status} {text}");
        }
        let (status, goes, _) = ask(&app, "", "/groups/choir/blog", None).await;
        assert_eq!((status.as_u16(), goes.starts_with("/sign-in")), (303, true));
    }

    async fn a_post_is_written_and_published_on_pages(store: Store) {
        let corridor = choir(&store, Visibility::Open).await;
        let app = testing::app(&corridor, &planet_blog::TOOL);
        let (_, _, page) = ask(&app, "ben", "/groups/choir/blog", None).await;
        assert!(page.contains("Nothing here yet") && page.contains("Write a post"), "{page}");
        let (status, there, _) = ask(&app, "ben", "/groups/choir/blog/new", Some("title=Hello&body=Dear+all")).await;
        assert_eq!(status.as_u16(), 303);
        let (status, _, page) = ask(&app, "ben", &format!("{there}/publish"), Some("at=yesterday")).await;
        assert!(status.as_u16() == 422 && page.contains("Choose a time from now on"), "{page}");
        let (status, ..) = ask(&app, "ben", &format!("{there}/publish"), Some("at=2026-12-01T09:30")).await;
        assert_eq!(status.as_u16(), 303);
        let (_, _, page) = ask(&app, "ben", &there, None).await;
        assert!(page.contains("Will be published on") && page.contains("1 December, 09:30"), "{page}");
        ask(&app, "ben", &format!("{there}/publish"), Some("at=")).await;
        let (status, _, page) = ask(&app, "", &there, None).await;
        assert!(status.is_success() && page.contains("Dear all") && !page.contains("Take back"), "{page}");
    }
}
