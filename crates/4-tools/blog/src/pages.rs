//! The pages of a group's blog, and its feeds.

mod writing;

use crate::feeds::{self, Web};
use crate::views::{Blog, BlogView, PAGE, PostView, Read, ReadView};
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use planet_corridor::act::View;
use planet_corridor::refusal::Fault;
use planet_kit::markdown::excerpt;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Visit, in_query};
use planet_ontology::ids::BlogPostId;
use serde::Deserialize;

/// How many characters of a post the list shows.
const EXCERPT: usize = 240;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/groups/{handle}/blog", get(list_page))
        .route("/groups/{handle}/blog/feed.atom", get(atom))
        .route("/groups/{handle}/blog/feed.rss", get(rss))
        .route("/groups/{handle}/blog/feed.json", get(json_feed))
        .route("/groups/{handle}/blog/new", get(writing::new_page).post(writing::begin))
        .route("/groups/{handle}/blog/{post}", get(post_page))
        .route("/groups/{handle}/blog/{post}/edit", get(writing::edit_page).post(writing::mend))
        .route("/groups/{handle}/blog/{post}/publish", post(writing::publish))
        .route("/groups/{handle}/blog/{post}/take-back", post(writing::take_back))
        .route("/groups/{handle}/blog/{post}/remove", post(writing::remove))
}

/// What an address of the list can say.
#[derive(Deserialize)]
struct Before {
    #[serde(default)]
    before: Option<i64>,
}

/// Shows a view to whoever may read it, and asks those to sign in who are not and may not.
async fn shown<V: View>(visit: &Visit, view: V, show: impl FnOnce(&Ui, &V::Output) -> Markup) -> Answer {
    match visit.view(view).await {
        Err(Fault::Refused(_)) if visit.me.is_none() => {
            Ok(Redirect::to(&format!("/sign-in?next={}", in_query(&visit.path))).into_response())
        }
        view => visit.page(show(&visit.ui, &view?)),
    }
}

async fn list_page(visit: Visit, Path(handle): Path<String>, Query(query): Query<Before>) -> Answer {
    shown(&visit, Blog { handle, before: query.before }, show_list).await
}

fn show_list(ui: &Ui, view: &BlogView) -> Markup {
    let here = format!("/groups/{}/blog", view.of.handle);
    let new = html! { @if view.may_write { (link_button(format!("{here}/new"), ui.t("blog-new")).primary().icon(ui, "pencil-line")) } };
    let full = i64::try_from(view.posts.len()).is_ok_and(|count| count == PAGE);
    let older = view.posts.last().filter(|_| full).map(|last| format!("{here}?before={}", last.published.0));
    let title = ui.t_with("blog-title", &[("name", view.of.name.as_str().into())]);
    Page::new(ui, title).section("groups").back(format!("/groups/{}", view.of.handle), &view.of.name).actions(new).show(html! {
        @if view.posts.is_empty() {
            (empty(ui, "pencil-line", ui.t("blog-none"), ui.t(if view.may_write { "blog-none-text" } else { "blog-none-outside" })))
        }
        @for post in &view.posts { (one_of_many(ui, &here, post)) }
        (pager(ui, None, older.as_deref()))
        @if !view.drafts.is_empty() {
            (section(&ui.t("blog-drafts"), html! {}, list(view.drafts.iter().map(|post| {
                row(&post.title).href(format!("{here}/{}", post.id)).lead(icon(ui, "pencil")).note(standing(ui, post))
            }))))
        }
        @if view.of.open { (feed_links(ui, &here)) }
    })
}

fn one_of_many(ui: &Ui, here: &str, post: &PostView) -> Markup {
    entry(ui, post.author.0, &post.author_name, format!("/people/{}", post.author_handle))
        .title(&post.title, format!("{here}/{}", post.id))
        .when(ago(ui, post.published))
        .body(html! { p { (excerpt(&post.body, EXCERPT)) } })
        .render()
}

/// Where it stands, for those who may know.
fn standing(ui: &Ui, post: &PostView) -> Markup {
    html! {
        @if post.state == "scheduled" { (ui.t("blog-scheduled")) " " (date(ui, post.published)) }
        @else { (ui.t("blog-draft")) }
    }
}

fn feed_links(ui: &Ui, here: &str) -> Markup {
    html! {
        p.note {
            (ui.t("blog-feeds")) " "
            a href={ (here) "/feed.atom" } { "Atom" } " \u{b7} "
            a href={ (here) "/feed.rss" } { "RSS" } " \u{b7} "
            a href={ (here) "/feed.json" } { "JSON Feed" }
        }
    }
}

async fn post_page(visit: Visit, Path((_, post)): Path<(String, BlogPostId)>) -> Answer {
    shown(&visit, Read { post }, |ui, view| show_post(ui, view, &Filled::default())).await
}

fn show_post(ui: &Ui, view: &ReadView, filled: &Filled) -> Markup {
    let blog = format!("/groups/{}/blog", view.of.handle);
    let here = format!("{blog}/{}", view.post.id);
    let title = ui.t_with("blog-title", &[("name", view.of.name.as_str().into())]);
    let published = view.post.state == "published";
    let when = if published { date(ui, view.post.published) } else { standing(ui, &view.post) };
    Page::new(ui, &view.post.title).section("groups").back(&blog, title).own_heading().show(html! {
        (entry(ui, view.post.author.0, &view.post.author_name, format!("/people/{}", view.post.author_handle))
            .title(&view.post.title, &here).when(when).whole().body(article(&view.post.body))
            .actions(html! {
                @if view.may_write { (link_button(format!("{here}/edit"), ui.t("blog-edit")).quiet().icon(ui, "pencil")) }
                @if view.may_take_back { (act_button(ui, format!("{here}/take-back"), button(ui.t("blog-take-back")).quiet())) }
                @if view.may_remove { (act_button(ui, format!("{here}/remove"), button(ui.t("blog-remove")).quiet())) }
            }))
        @if view.may_publish { (writing::publishing(ui, &here, filled)) }
    })
}

async fn atom(visit: Visit, headers: HeaderMap, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Blog { handle, before: None }).await?;
    let text = feeds::atom(&view, &Web(visit.desk.origin().url()));
    let text = text.map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(feed(&headers, "application/atom+xml; charset=utf-8", text))
}

async fn rss(visit: Visit, headers: HeaderMap, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Blog { handle, before: None }).await?;
    let text = feeds::rss(&view, &Web(visit.desk.origin().url()));
    let text = text.map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(feed(&headers, "application/rss+xml; charset=utf-8", text))
}

async fn json_feed(visit: Visit, headers: HeaderMap, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Blog { handle, before: None }).await?;
    let text = feeds::json_feed(&view, &Web(visit.desk.origin().url()));
    Ok(feed(&headers, "application/feed+json; charset=utf-8", text))
}

/// A feed, or word that it is as the reader has it. The tag is weak, because the answer may be compressed on its way.
fn feed(headers: &HeaderMap, kind: &'static str, text: String) -> axum::response::Response {
    let tag =
        format!("W/\"{}\"", planet_ontology::hex::encode(&planet_corridor::files::hash_of(text.as_bytes())));
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = given.split(',').any(|it| it.trim() == "*" || bare(it) == bare(&tag));
    let common = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, kind)], text).into_response()
}
