//! The forms: writing a post, where the author sees whom each level reaches and what it shows, and mending one.

use super::level_icon;
use crate::acts::{Edit, MAX_TEXT, MAX_TITLE, Post};
use crate::error::FeedError;
use crate::views::{Addressees, Compose, Detail, Level, Read, Sheet};
use axum::extract::{Path, Query};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{AudienceId, PostId};
use planet_ontology::relevance::Relevance;
use serde::Deserialize;

/// What a link to the form may fill in.
#[derive(Deserialize)]
pub(super) struct Prefill {
    /// Whom to write for: a group's page says itself.
    audience: Option<String>,
    /// Tags.
    tags: Option<String>,
    /// What it says, such as words from a chat.
    text: Option<String>,
}

pub(super) async fn new_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let sheet = visit.view(Compose {}).await?;
    let audience = prefill.audience.unwrap_or_else(|| AudienceId::CLUB.to_string());
    let [tags, text] = [prefill.tags, prefill.text].map(Option::unwrap_or_default);
    visit.page(show_new(&visit.ui, &sheet, &audience, (&text, &tags), &Filled::default()))
}

fn show_new(ui: &Ui, sheet: &Sheet, audience: &str, (text, tags): (&str, &str), filled: &Filled) -> Markup {
    let homeless = sheet.levels.iter().all(|level| level.place.is_none());
    Page::new(ui, ui.t("feed-write")).section("home").back("/feed", ui.t("feed-title")).show(html! {
        @if homeless {
            (notice(ui, Tone::Info, &ui.t("feed-homeless"), html! {
                p { (ui.t("feed-write-homeless")) " " a href="/settings/home" { (ui.t("feed-set-home")) } }
            }))
        }
        (form(ui, "/posts/new", html! {
            (words(ui, "", text, tags, filled))
            (levels(ui, &sheet.levels, filled))
            (audiences(ui, &sheet.audiences).selected(audience).filled(filled))
            @if !homeless {
                (check("to_neighbours", ui.t("feed-to-neighbours")).hint(ui.t("feed-to-neighbours-hint")).checked(true).filled(filled))
            }
            div.form-end { (button(ui.t("feed-post")).primary().icon(ui, "send")) (link_button("/feed", ui.t("feed-cancel")).quiet()) }
        }).draft("post-new").filled(filled))
    })
}

/// Title, text and tags.
fn words(ui: &Ui, title: &str, text: &str, tags: &str, filled: &Filled) -> Markup {
    html! {
        (field("title", ui.t("feed-field-title")).limit(MAX_TITLE).value(title).required().filled(filled))
        (field("text", ui.t("feed-field-text")).hint(ui.t("feed-field-text-hint")).area(8).limit(MAX_TEXT).value(text).required().filled(filled))
        (field("tags", ui.t("feed-field-tags")).hint(ui.t("feed-field-tags-hint")).value(tags).required().filled(filled))
    }
}

/// One card for each level, with the place that it means here.
fn levels(ui: &Ui, levels: &[Level], filled: &Filled) -> Markup {
    let first = levels.iter().find(|level| level.asked == level.used && level.asked >= Relevance::Town);
    let cards = choices("relevance", ui.t("feed-relevance")).hint(ui.t("feed-relevance-hint")).grid();
    let cards = levels.iter().fold(cards, |cards, level| {
        let word = level.asked.word();
        cards
            .option(word, ui.t(&format!("feed-level-{word}")), about(ui, level))
            .icon(ui, level_icon(level.asked))
    });
    cards.selected(first.map_or(Relevance::World, |level| level.asked).word()).filled(filled).render()
}

/// What choosing a level means: whom it reaches, and what it shows of the author.
fn about(ui: &Ui, level: &Level) -> String {
    let place = level.place.clone().unwrap_or_default();
    if level.asked == level.used {
        return ui.t_with(&format!("feed-about-{}", level.asked.word()), &[("place", place.into())]);
    }
    let [asked, used] = [level.asked, level.used].map(|level| ui.t(&format!("feed-word-{}", level.word())));
    ui.t_with(
        "feed-about-missing",
        &[("asked", asked.into()), ("used", used.into()), ("place", place.into())],
    )
}

fn audiences(ui: &Ui, all: &[Addressees]) -> Select {
    all.iter().fold(
        select("audience", ui.t("feed-audience")).hint(ui.t("feed-audience-hint")),
        |select, addressees| {
            let name =
                if addressees.name.is_empty() { ui.club.name.as_str() } else { addressees.name.as_str() };
            let words = ui.t_with(&format!("feed-audience-{}", addressees.kind), &[("name", name.into())]);
            select.option(addressees.id.to_string(), words)
        },
    )
}

/// The tags of a form, as they were written: between commas, or one after the other with `#`.
fn tags(fields: &Fields) -> Vec<String> {
    let written = fields.text("tags");
    let hashed = written.starts_with('#') && !written.contains(',');
    let between = |c: char| c == ',' || c == ';' || (hashed && c == '#');
    written.split(between).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn written(fields: &Fields) -> Result<Post, Refusal> {
    let wrong = FeedError::AudienceUnknown;
    Ok(Post {
        title: fields.text("title").into(),
        text: fields.text("text").into(),
        tags: tags(fields),
        relevance: Relevance::from_word(fields.text("relevance")).ok_or(FeedError::RelevanceMissing)?,
        audience: fields.parse("audience", wrong.code(), &wrong.to_string())?,
        to_neighbours: fields.ticked("to_neighbours"),
    })
}

pub(super) async fn post(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["title", "text", "tags", "relevance", "audience", "to_neighbours"])?;
    let result = match written(&fields) {
        Ok(act) => visit.act(key, act).await?,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(done) => match (done.output, done.proposal) {
            (Some(posted), _) => visit.done(&format!("/posts/{}", posted.post), "feed-posted"),
            (None, Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "feed-proposed"),
            (None, None) => visit.done("/feed", "feed-posted"),
        },
        Err(refusal) => {
            let sheet = visit.view(Compose {}).await?;
            visit.again(&refusal, show_new(&visit.ui, &sheet, "", ("", ""), &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn edit_page(visit: Signed, Path(id): Path<PostId>) -> Answer {
    let detail = mine(&visit, id).await?;
    visit.page(show_edit(&visit.ui, &detail, &Filled::default()))
}

/// The post, if the visitor may edit it.
async fn mine(visit: &Signed, id: PostId) -> Result<Detail, Fault> {
    let detail = visit.view(Read { id, after: None }).await?;
    if detail.may_edit { Ok(detail) } else { Err(FeedError::PostUnknown.into()) }
}

fn show_edit(ui: &Ui, detail: &Detail, filled: &Filled) -> Markup {
    let post = format!("/posts/{}", detail.item.id);
    let title = ui.t("feed-edit-title");
    Page::new(ui, title).section("home").back(post.as_str(), detail.item.title.as_str()).lead(ui.t("feed-edit-lead")).show(html! {
        (form(ui, format!("{post}/edit"), html! {
            (words(ui, &detail.item.title, &detail.text, &detail.item.tags.join(", "), filled))
            div.form-end { (button(ui.t("feed-save")).primary()) (link_button(post.as_str(), ui.t("feed-cancel")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn edit(visit: Signed, Path(id): Path<PostId>, fields: Fields) -> Answer {
    let act = Edit {
        post: id,
        title: fields.text("title").into(),
        text: fields.text("text").into(),
        tags: tags(&fields),
    };
    match visit.act(fields.key(&["title", "text", "tags"])?, act).await? {
        Ok(_) => visit.done(&format!("/posts/{id}"), "feed-saved"),
        Err(refusal) => {
            let detail = mine(&visit, id).await?;
            visit.again(&refusal, show_edit(&visit.ui, &detail, &fields.filled(&refusal)))
        }
    }
}
