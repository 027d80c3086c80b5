//! A blog as a feed: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1. Pure: a view in, a text out. Ids are those of the posts, so
//! that a reader never shows one twice.

use crate::views::{BlogView, PostView};
use planet_kit::prelude::article;
use planet_ontology::units::Moment;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::json;
use std::io;

/// Where things are on the web: the club's origin, without a slash at its end.
pub struct Web<'a>(pub &'a str);

impl Web<'_> {
    fn blog(&self, view: &BlogView) -> String {
        format!("{}/groups/{}/blog", self.0, view.of.handle)
    }

    fn post(&self, view: &BlogView, post: &PostView) -> String {
        format!("{}/{}", self.blog(view), post.id)
    }
}

/// When anything in it was changed last.
fn updated(view: &BlogView) -> Moment {
    view.posts.iter().map(|post| post.changed).max().unwrap_or(view.of.since)
}

fn html(post: &PostView) -> String {
    article(&post.body).into_string()
}

/// What XML can hold: it has no word for most control characters.
fn plain(text: &str) -> String {
    let fits =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(fits).collect()
}

type Xml = Writer<Vec<u8>>;

fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&plain(text))).map(|_| ())
}

fn link(xml: &mut Xml, name: &str, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.create_element(name)
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()
        .map(|_| ())
}

fn document(fill: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<String> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    fill(&mut xml)?;
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}

/// The blog as Atom.
pub fn atom(view: &BlogView, web: &Web) -> io::Result<String> {
    let home = web.blog(view);
    document(|xml| {
        let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.write_inner_content(|xml| {
            element(xml, "id", &format!("urn:uuid:{}", view.of.group))?;
            element(xml, "title", &view.of.name)?;
            element(xml, "updated", &updated(view).rfc3339())?;
            author(xml, &view.of.name)?;
            link(xml, "link", "self", "application/atom+xml", &format!("{home}/feed.atom"))?;
            link(xml, "link", "alternate", "text/html", &home)?;
            view.posts.iter().try_for_each(|post| {
                xml.create_element("entry").write_inner_content(|xml| entry(xml, view, post, web)).map(|_| ())
            })
        })
        .map(|_| ())
    })
}

fn author(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| element(xml, "name", name)).map(|_| ())
}

fn entry(xml: &mut Xml, view: &BlogView, post: &PostView, web: &Web) -> io::Result<()> {
    element(xml, "id", &format!("urn:uuid:{}", post.id))?;
    element(xml, "title", &post.title)?;
    element(xml, "published", &post.published.rfc3339())?;
    element(xml, "updated", &post.changed.rfc3339())?;
    author(xml, &post.author_name)?;
    link(xml, "link", "alternate", "text/html", &web.post(view, post))?;
    let content = xml.create_element("content").with_attribute(("type", "html"));
    content.write_text_content(BytesText::new(&plain(&html(post)))).map(|_| ())
}

/// The blog as RSS 2.0.
pub fn rss(view: &BlogView, web: &Web) -> io::Result<String> {
    let home = web.blog(view);
    let spaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    document(|xml| {
        let whole = xml.create_element("rss").with_attributes(spaces);
        whole
            .write_inner_content(|xml| {
                let channel = xml.create_element("channel");
                channel
                    .write_inner_content(|xml| {
                        element(xml, "title", &view.of.name)?;
                        element(xml, "link", &home)?;
                        element(xml, "description", &view.of.name)?;
                        element(xml, "lastBuildDate", &rfc822(updated(view)))?;
                        link(xml, "atom:link", "self", "application/rss+xml", &format!("{home}/feed.rss"))?;
                        view.posts.iter().try_for_each(|post| {
                            xml.create_element("item")
                                .write_inner_content(|xml| item(xml, view, post, web))
                                .map(|_| ())
                        })
                    })
                    .map(|_| ())
            })
            .map(|_| ())
    })
}

fn item(xml: &mut Xml, view: &BlogView, post: &PostView, web: &Web) -> io::Result<()> {
    element(xml, "title", &post.title)?;
    element(xml, "link", &web.post(view, post))?;
    let guid = xml.create_element("guid").with_attribute(("isPermaLink", "false"));
    guid.write_text_content(BytesText::new(&format!("urn:uuid:{}", post.id)))?;
    element(xml, "pubDate", &rfc822(post.published))?;
    element(xml, "dc:creator", &post.author_name)?;
    element(xml, "description", &html(post))
}

/// A date as RSS writes it: `Sat, 28 Nov 2026 09:30:00 +0000`.
fn rfc822(moment: Moment) -> String {
    let time = jiff::Timestamp::from_second(moment.seconds()).unwrap_or_default();
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The blog as JSON Feed 1.1.
pub fn json_feed(view: &BlogView, web: &Web) -> String {
    let home = web.blog(view);
    let items: Vec<serde_json::Value> = view
        .posts
        .iter()
        .map(|post| {
            json!({
                "id": format!("urn:uuid:{}", post.id),
                "url": web.post(view, post),
                "title": post.title,
                "content_html": html(post),
                "date_published": post.published.rfc3339(),
                "date_modified": post.changed.rfc3339(),
                "authors": [{ "name": post.author_name }],
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.of.name,
        "home_page_url": home,
        "feed_url": format!("{home}/feed.json"),
        "authors": [{ "name": view.of.name }],
        "items": items,
    });
    feed.to_string()
}
