//! The pages of the feed: the lists, and the card of a post that all of them share.

mod one;
mod writing;

use crate::acts::{Follow, Unfollow};
use crate::lists::Posts;
use crate::rows::Item;
use crate::views::{ByAuthor, ByTag, Following, Follows, Near, Nearby, Stance, Works};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed, Visit, in_query};
use planet_ontology::ids::PostId;
use planet_ontology::relevance::Relevance;
use serde::Deserialize;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/feed", get(following_page))
        .route("/near", get(near_page))
        .route("/posts/new", get(writing::new_page).post(writing::post))
        .route("/posts/by/{handle}", get(author_page))
        .route("/posts/{id}", get(one::page))
        .route("/posts/{id}/edit", get(writing::edit_page).post(writing::edit))
        .route("/posts/{id}/remove", post(one::remove))
        .route("/posts/{id}/comment", post(one::comment))
        .route("/tags/{tag}", get(tag_page))
        .route("/people/{handle}/follow", post(follow))
        .route("/people/{handle}/unfollow", post(unfollow))
}

/// Where a list goes on.
#[derive(Deserialize)]
struct Before {
    before: Option<PostId>,
}

/// Posts one below the other, as every list of the house shows them.
pub fn post_list(ui: &Ui, items: &[Item]) -> Markup {
    html! { div.feed { @for item in items { (post_card(ui, item).body(html! { div.prose { p { (item.excerpt) } } })) } } }
}

/// A post with all but what it says.
fn post_card<'a>(ui: &'a Ui, item: &Item) -> Entry<'a> {
    let when =
        html! { (ago(ui, item.created)) @if item.edited.is_some() { " \u{b7} " (ui.t("feed-edited")) } };
    let place = item.place.clone().unwrap_or_else(|| ui.t("feed-level-world"));
    let level = Relevance::from_word(&item.relevance).unwrap_or(Relevance::World);
    let card = entry(ui, item.author, item.name.as_str(), profile(&item.kind, &item.handle))
        .title(item.title.as_str(), format!("/posts/{}", item.id))
        .when(when)
        .level(place, level_icon(level))
        .tags(item.tags.iter().map(String::as_str));
    if item.kind == "group" { card.group() } else { card }
}

/// The page of a member or a group.
fn profile(kind: &str, handle: &str) -> String {
    let folder = if kind == "group" { "groups" } else { "people" };
    format!("/{folder}/{handle}")
}

const fn level_icon(level: Relevance) -> &'static str {
    match level {
        Relevance::Street => "milestone",
        Relevance::Neighbourhood => "trees",
        Relevance::Town => "building-2",
        Relevance::District => "map",
        Relevance::Country => "flag",
        Relevance::World => "globe",
    }
}

/// A page of posts with the link to older ones.
fn listed(ui: &Ui, posts: &Posts, older: impl Fn(PostId) -> String) -> Markup {
    let older = posts.before.map(older);
    html! { (post_list(ui, &posts.items)) (pager(ui, None, older.as_deref())) }
}

fn feeds(ui: &Ui, here: &str) -> Markup {
    let [following, near] = ["feed-following", "feed-near"].map(|key| ui.t(key));
    tabs(&ui.t("feed-title"), &[("/feed", &following, here == "/feed"), ("/near", &near, here == "/near")])
}

fn write_button(ui: &Ui) -> Markup {
    html! { (link_button("/posts/new", ui.t("feed-write")).primary().icon(ui, "pencil-line")) }
}

async fn following_page(visit: Signed, Query(query): Query<Following>) -> Answer {
    let posts = visit.view(query).await?;
    visit.page(show_following(&visit.ui, &posts))
}

fn show_following(ui: &Ui, posts: &Posts) -> Markup {
    let page = Page::new(ui, ui.t("feed-title")).section("home").lead(ui.t("feed-following-lead"));
    page.actions(write_button(ui)).show(html! {
        (feeds(ui, "/feed"))
        @if posts.items.is_empty() {
            (empty(ui, "users", ui.t("feed-following-none"), ui.t("feed-following-none-text"))
                .action(link_button("/people", ui.t("feed-find-people")).primary()))
        } @else {
            (listed(ui, posts, |before| format!("/feed?before={before}")))
        }
    })
}

async fn near_page(visit: Signed, Query(query): Query<Near>) -> Answer {
    let (level, tag) = (query.level, query.tag.clone());
    let near = visit.view(query).await?;
    visit.page(show_near(&visit.ui, &near, level, tag.as_deref()))
}

fn show_near(ui: &Ui, near: &Nearby, level: Option<Relevance>, tag: Option<&str>) -> Markup {
    let tagged = tag.map(|tag| format!("&tag={}", in_query(tag))).unwrap_or_default();
    let at =
        |level: Option<Relevance>| level.map(|level| format!("&level={}", level.word())).unwrap_or_default();
    let link = |level: Option<Relevance>| {
        format!("/near?{}", format!("{}{tagged}", at(level)).trim_start_matches('&'))
    };
    let page = Page::new(ui, ui.t("feed-near")).section("near").lead(ui.t("feed-near-lead"));
    page.actions(write_button(ui)).show(html! {
        (feeds(ui, "/near"))
        @if near.places.is_empty() {
            (empty(ui, "map-pin", ui.t("feed-homeless"), ui.t("feed-homeless-text"))
                .action(link_button("/settings/home", ui.t("feed-set-home")).primary()))
        } @else {
            div.cluster {
                (chip(&link(None), &ui.t("feed-near-all"), level.is_none()))
                @for place in &near.places {
                    (chip(&link(Some(place.asked)), place.place.as_deref().unwrap_or_default(), level == Some(place.asked)))
                }
            }
            @if near.posts.items.is_empty() {
                (empty(ui, "signpost", ui.t("feed-near-none"), ui.t("feed-near-none-text")).action(write_button(ui)))
            } @else {
                (listed(ui, &near.posts, |before| format!("/near?before={before}{}{tagged}", at(level))))
            }
        }
    })
}

async fn author_page(
    visit: Visit,
    Path(handle): Path<String>,
    Query(Before { before }): Query<Before>,
) -> Answer {
    let works = visit.view(ByAuthor { handle: handle.clone(), before }).await?;
    let stance = match &visit.me {
        Some(_) => Some(visit.view(Follows { handle }).await?),
        None => None,
    };
    visit.page(show_works(&visit.ui, &works, stance.as_ref()))
}

fn show_works(ui: &Ui, works: &Works, stance: Option<&Stance>) -> Markup {
    let author = &works.author;
    let title = ui.t_with("feed-by", &[("name", author.name.as_str().into())]);
    let page = Page::new(ui, title)
        .section("people")
        .back(profile(&author.kind, &author.handle), author.name.as_str());
    page.actions(html! { @if let Some(stance) = stance { (follow_button(ui, stance, &author.handle)) } })
        .show(html! {
            @if works.posts.items.is_empty() {
                (empty(ui, "message-circle", ui.t("feed-by-none"), ui.t("feed-by-none-text")))
            } @else {
                (listed(ui, &works.posts, |before| format!("/posts/by/{}?before={before}", author.handle)))
            }
        })
}

async fn tag_page(visit: Visit, Path(tag): Path<String>, Query(Before { before }): Query<Before>) -> Answer {
    let posts = visit.view(ByTag { tag: tag.clone(), before }).await?;
    visit.page(show_tag(&visit.ui, &posts, &tag))
}

fn show_tag(ui: &Ui, posts: &Posts, tag: &str) -> Markup {
    let title = format!("#{}", tag.trim_start_matches('#'));
    let page =
        Page::new(ui, title).section("home").back("/feed", ui.t("feed-title")).lead(ui.t("feed-tag-lead"));
    page.show(html! {
        @if posts.items.is_empty() {
            (empty(ui, "tag", ui.t("feed-tag-none"), ui.t("feed-tag-none-text")).action(write_button(ui)))
        } @else {
            (listed(ui, posts, |before| format!("/tags/{tag}?before={before}")))
        }
    })
}

/// Follows or unfollows at one press; nothing where it may not be.
fn follow_button(ui: &Ui, stance: &Stance, handle: &str) -> Markup {
    html! {
        @if stance.may {
            @if stance.following {
                (act_button(ui, format!("/people/{handle}/unfollow"), button(ui.t("feed-unfollow")).quiet()))
            } @else {
                (act_button(ui, format!("/people/{handle}/follow"), button(ui.t("feed-follow")).icon(ui, "plus")))
            }
        }
    }
}

async fn follow(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let them = visit.view(Follows { handle: handle.clone() }).await?;
    let result: Result<_, Refusal> = visit.act(fields.key(&[])?, Follow { agent: them.agent }).await?;
    result?;
    visit.done(&profile(&them.kind, &handle), "feed-followed")
}

async fn unfollow(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let them = visit.view(Follows { handle: handle.clone() }).await?;
    visit.act(fields.key(&[])?, Unfollow { agent: them.agent }).await??;
    visit.done(&profile(&them.kind, &handle), "feed-unfollowed")
}
