//! Writing a post, publishing it now or later, and taking it back.

use super::show_post;
use crate::acts::{MAX_BODY, MAX_TITLE, Publish, Remove, TakeBack, Write};
use crate::error::BlogError;
use crate::views::{Blog, Of, Read, ReadView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::BlogPostId;
use planet_ontology::units::Moment;

/// A post of a group, as an address says it.
type At = Path<(String, BlogPostId)>;

pub(super) async fn new_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Blog { handle, before: None }).await?;
    visit.page(show_form(&visit.ui, &view.of, None, &Filled::default()))
}

fn show_form(ui: &Ui, of: &Of, post: Option<&ReadView>, filled: &Filled) -> Markup {
    let blog = format!("/groups/{}/blog", of.handle);
    let (title, action, back) = match post {
        Some(post) => {
            (ui.t("blog-edit"), format!("{blog}/{}/edit", post.post.id), format!("{blog}/{}", post.post.id))
        }
        None => (ui.t("blog-new"), format!("{blog}/new"), blog.clone()),
    };
    let value = |pick: fn(&ReadView) -> &str| post.map(pick).unwrap_or_default().to_owned();
    Page::new(ui, title).section("groups").back(&blog, &of.name).lead(ui.t("blog-form-lead")).show(html! {
        (form(ui, action, html! {
            (field("title", ui.t("blog-title-field")).value(value(|it| &it.post.title)).limit(MAX_TITLE).required().filled(filled))
            (field("body", ui.t("blog-body")).hint(ui.t("blog-body-hint")).value(value(|it| &it.post.body)).area(14).limit(MAX_BODY).filled(filled))
            div.form-end { (button(ui.t("blog-save")).primary()) (link_button(back, ui.t("blog-back")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn begin(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["title", "body"])?;
    let of = visit.view(Blog { handle, before: None }).await?.of;
    let (title, body) = (fields.text("title").into(), fields.text("body").into());
    match visit.act(key, Write { group: of.group, post: None, title, body }).await? {
        Ok(done) => {
            let post = done.output.map(|post| format!("/{post}")).unwrap_or_default();
            visit.done(&format!("/groups/{}/blog{post}", of.handle), "blog-saved")
        }
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, &of, None, &fields.filled(&refusal))),
    }
}

pub(super) async fn edit_page(visit: Signed, Path((_, post)): At) -> Answer {
    let view = visit.view(Read { post }).await?;
    visit.page(show_form(&visit.ui, &view.of, Some(&view), &Filled::default()))
}

pub(super) async fn mend(visit: Signed, Path((_, post)): At, fields: Fields) -> Answer {
    let key = fields.key(&["title", "body"])?;
    let view = visit.view(Read { post }).await?;
    let (title, body) = (fields.text("title").into(), fields.text("body").into());
    match visit.act(key, Write { group: view.of.group, post: Some(post), title, body }).await? {
        Ok(_) => visit.done(&format!("/groups/{}/blog/{post}", view.of.handle), "blog-saved"),
        Err(refusal) => {
            visit.again(&refusal, show_form(&visit.ui, &view.of, Some(&view), &fields.filled(&refusal)))
        }
    }
}

/// Publishing a draft: now, or at a time.
pub(super) fn publishing(ui: &Ui, here: &str, filled: &Filled) -> Markup {
    let now =
        form(ui, format!("{here}/publish"), html! { (button(ui.t("blog-publish")).primary()) }).render();
    let later = form(ui, format!("{here}/publish"), html! {
        (field("at", ui.t("blog-at")).hint(ui.t("blog-at-hint")).date_and_time().required().filled(filled))
        div.form-end { (button(ui.t("blog-schedule"))) }
    })
    .filled(filled)
    .render();
    section(
        &ui.t("blog-publish"),
        html! {},
        card(html! { (now) (more_open(ui, &ui.t("blog-later"), filled.is_wrong(), later)) }),
    )
}

pub(super) async fn publish(visit: Signed, Path((_, post)): At, fields: Fields) -> Answer {
    let key = fields.key(&["at"])?;
    let view = visit.view(Read { post }).await?;
    let result = match time(fields.text("at")) {
        Ok(at) => visit.act(key, Publish { post, at }).await?,
        Err(error) => Err(error.into()),
    };
    let path = format!("/groups/{}/blog/{post}", view.of.handle);
    match result {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "blog-proposed"),
            None if fields.text("at").is_empty() => visit.done(&path, "blog-published"),
            None => visit.done(&path, "blog-scheduled-told"),
        },
        Err(refusal) => visit.again(&refusal, show_post(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// The time that a box names, in UTC; nothing where it is empty.
fn time(text: &str) -> Result<Option<Moment>, BlogError> {
    if text.is_empty() {
        return Ok(None);
    }
    let time = text.parse::<jiff::civil::DateTime>().ok();
    let time = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok());
    time.map(|time| Some(Moment(time.timestamp().as_microsecond()))).ok_or(BlogError::TimeWrong)
}

pub(super) async fn take_back(visit: Signed, Path((_, post)): At, fields: Fields) -> Answer {
    let view = visit.view(Read { post }).await?;
    visit.act(fields.key(&[])?, TakeBack { post }).await??;
    // Whoever took back what somebody else wrote cannot read it any more.
    let path = format!("/groups/{}/blog", view.of.handle);
    visit.done(&path, "blog-taken-back")
}

pub(super) async fn remove(visit: Signed, Path((_, post)): At, fields: Fields) -> Answer {
    let view = visit.view(Read { post }).await?;
    visit.act(fields.key(&[])?, Remove { post }).await??;
    visit.done(&format!("/groups/{}/blog", view.of.handle), "blog-removed")
}
