//! The page of one post, with what was said below it.

use super::{follow_button, post_card, profile};
use crate::acts::{Comment, MAX_COMMENT, Remove};
use crate::views::{CommentRow, Detail, Read, Said, Version};
use axum::extract::{Path, Query};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::PostId;
use serde::Deserialize;
use uuid::Uuid;

/// Where the comments go on.
#[derive(Deserialize)]
pub(super) struct After {
    after: Option<Uuid>,
}

pub(super) async fn page(
    visit: Visit,
    Path(id): Path<PostId>,
    Query(After { after }): Query<After>,
) -> Answer {
    let detail = visit.view(Read { id, after }).await?;
    visit.page(show(&visit.ui, &detail, after, &Filled::default()))
}

fn show(ui: &Ui, detail: &Detail, after: Option<Uuid>, filled: &Filled) -> Markup {
    let post = format!("/posts/{}", detail.item.id);
    Page::new(ui, detail.item.title.as_str()).section("home").back("/feed", ui.t("feed-title")).own_heading().show(html! {
        (post_card(ui, &detail.item).whole().body(article(&detail.text)).actions(doings(ui, detail, &post)))
        @if !detail.versions.is_empty() {
            (more(ui, &ui.t("feed-versions"), html! { @for version in &detail.versions { (earlier(ui, version)) } }))
        }
        (section(&ui.t("feed-comments"), html! {}, html! {
            @if after.is_some() { p { a href=(post) { (ui.t("feed-comments-first")) } } }
            @if detail.comments.is_empty() { p.note { (ui.t("feed-comments-none")) } }
            @else { (list(detail.comments.iter().map(|said| answer(ui, said, &post)))) }
            @if let Some(after) = detail.after {
                p { a href={ (post) "?after=" (after) } { (ui.t("feed-comments-later")) } }
            }
            @if detail.may_comment { (comment_form(ui, &post, filled)) }
        }))
    })
}

/// Who may see the post, and what the viewer can do with it.
fn doings(ui: &Ui, detail: &Detail, post: &str) -> Markup {
    let name =
        if detail.audience.name.is_empty() { ui.club.name.as_str() } else { detail.audience.name.as_str() };
    let seen = ui.t_with(&format!("feed-seen-{}", detail.audience.kind), &[("name", name.into())]);
    html! {
        span.note { (with_icon(ui, "eye", &seen)) }
        @if let Some(stance) = &detail.stance { (follow_button(ui, stance, &detail.item.handle)) }
        @if detail.may_edit { (link_button(format!("{post}/edit"), ui.t("feed-edit")).quiet().icon(ui, "pencil")) }
        @if detail.may_remove {
            (dialog_button("remove", &ui.t("feed-remove")))
            (dialog(ui, "remove", &ui.t("feed-remove-title"), html! {
                p { (ui.t("feed-remove-text")) }
                (act_button(ui, format!("{post}/remove"), button(ui.t("feed-remove")).danger().icon(ui, "trash-2")))
            }))
        }
    }
}

fn earlier(ui: &Ui, version: &Version) -> Markup {
    html! {
        article.stack {
            p.note { (ui.t("feed-version-until")) " " (date(ui, version.replaced)) }
            h3 { (version.title) }
            (markdown(&version.text))
        }
    }
}

fn answer(ui: &Ui, said: &Said, post: &str) -> Markup {
    let CommentRow { id, author, name, handle, kind, created, text } = &said.comment;
    let card =
        entry(ui, *author, name.as_str(), profile(kind, handle)).when(ago(ui, *created)).body(markdown(text));
    let card = if kind == "group" { card.group() } else { card };
    if said.may_remove {
        let remove =
            act_button(ui, format!("{post}/remove"), button(ui.t("feed-comment-remove")).quiet().small())
                .hidden("comment", id.to_string());
        card.actions(html! { (remove) }).render()
    } else {
        card.render()
    }
}

fn comment_form(ui: &Ui, post: &str, filled: &Filled) -> Markup {
    form(
        ui,
        format!("{post}/comment"),
        html! {
            (field("text", ui.t("feed-comment-yours")).area(3).limit(MAX_COMMENT).required().filled(filled))
            div.form-end { (button(ui.t("feed-comment")).primary()) }
        },
    )
    .filled(filled)
    .render()
}

pub(super) async fn comment(visit: Signed, Path(id): Path<PostId>, fields: Fields) -> Answer {
    let act = Comment { post: id, text: fields.text("text").into() };
    match visit.act(fields.key(&["text"])?, act).await? {
        Ok(_) => visit.done(&format!("/posts/{id}"), "feed-commented"),
        Err(refusal) => {
            let detail = visit.view(Read { id, after: None }).await?;
            visit.again(&refusal, show(&visit.ui, &detail, None, &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn remove(visit: Signed, Path(id): Path<PostId>, fields: Fields) -> Answer {
    let key = fields.key(&["comment"])?;
    let comment = match fields.optional("comment") {
        Some(_) => Some(fields.parse(
            "comment",
            "comment_unknown",
            "There is no such comment. It may have been removed.",
        )?),
        None => None,
    };
    let done = visit.act(key, Remove { post: id, comment }).await??;
    match (done.proposal, comment) {
        (Some(proposal), _) => visit.done(&format!("/decisions/{proposal}"), "feed-proposed"),
        (None, Some(_)) => visit.done(&format!("/posts/{id}"), "feed-comment-removed"),
        (None, None) => visit.done("/feed", "feed-removed"),
    }
}
