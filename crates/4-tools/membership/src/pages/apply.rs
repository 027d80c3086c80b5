//! Applying to join: the open form, the page on which applicants find their answer, and the list for those who decide.

use super::costs::costs;
use super::join::hash_of;
use crate::acts::{Admit, Apply, DeclineApplication};
use crate::checks;
use crate::door::fresh_token;
use crate::error::MembershipError;
use crate::views::{
    ApplicationAt, ApplicationLine, ApplicationList, Applications, Applied, ClubView, TheClub,
};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use planet_identity::rows::Token;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Knock, Signed, Visit};
use planet_ontology::ids::ApplicationId;

/// The form.
pub async fn page(visit: Visit) -> Answer {
    let club = visit.view(TheClub {}).await?;
    let secret = fresh_token()?.reveal();
    let costs = costs(&visit).await?;
    visit.page(show(&visit.ui, &club, &secret, &Filled::default(), &costs))
}

fn show(ui: &Ui, club: &ClubView, secret: &str, filled: &Filled, costs: &Markup) -> Markup {
    let title = ui.t_with("membership-apply-title", &[("club", club.name.as_str().into())]);
    bare(
        ui,
        &title,
        html! {
            div.stack { h1 { (title) } @if !club.purpose.is_empty() { p.lead { (club.purpose) } } }
            @if club.may_apply {
                p { (ui.t("membership-apply-lead")) }
                (costs)
                (form(ui, "/apply", html! {
                    (field("name", ui.t("membership-your-name")).required().limit(checks::NAME.most).with("autocomplete", "name").filled(filled))
                    (field("why", ui.t("membership-apply-why")).hint(ui.t("membership-apply-why-hint")).area(5).required()
                        .limit(checks::WHY.most).filled(filled))
                    (field("place", ui.t("membership-apply-place")).optional(ui).with("maxlength", checks::PLACE.most.to_string()).filled(filled))
                    (field("email", ui.t("membership-email")).hint(ui.t("membership-apply-email-hint")).email().optional(ui)
                        .with("autocomplete", "email").filled(filled))
                    (button(ui.t("membership-apply-button")).primary().icon(ui, "send").wide())
                }).hidden("secret", secret).filled(filled))
            } @else {
                (notice(ui, Tone::Info, "", html! { p { (ui.t("membership-apply-not")) } }))
            }
        },
    )
}

/// Applies, and sends the applicant to the page of the answer.
pub async fn apply(_: Knock, visit: Visit, fields: Fields) -> Answer {
    let key = fields.key(&["secret", "name", "why", "place", "email"])?;
    let secret = Token::parse(fields.text("secret")).ok_or(MembershipError::TokenMalformed)?;
    let text = |name| fields.text(name).to_owned();
    let act = Apply {
        name: text("name"),
        email: text("email"),
        place: text("place"),
        why: text("why"),
        secret_hash: checks::hash_text(&secret),
    };
    match visit.act(key, act).await? {
        Ok(_) => Ok(Redirect::to(&format!("/apply/{}", secret.reveal())).into_response()),
        Err(refusal) => {
            let club = visit.view(TheClub {}).await?;
            let costs = costs(&visit).await?;
            let page = show(&visit.ui, &club, &secret.reveal(), &fields.filled(&refusal), &costs);
            visit.again(&refusal, page)
        }
    }
}

/// How an application stands, for whoever holds its secret.
pub async fn status(_: Knock, visit: Visit, Path(secret): Path<String>) -> Answer {
    let secret_hash = hash_of(&secret).map_err(|_| MembershipError::ApplicationUnknown)?;
    let applied = visit.view(ApplicationAt { secret_hash }).await?;
    let here = visit.desk.origin().link(&format!("/apply/{secret}"));
    visit.page(show_status(&visit.ui, &applied, &secret, &here))
}

fn show_status(ui: &Ui, applied: &Applied, secret: &str, here: &str) -> Markup {
    let title = ui.t(&format!("membership-applied-{}", applied.state));
    bare(
        ui,
        &title,
        html! {
            div.stack {
                h1 { (title) }
                p.lead { (ui.t_with(&format!("membership-applied-text-{}", applied.state), &[("name", applied.name.as_str().into())])) }
            }
            @match applied.state.as_str() {
                "admitted" => { (link_button(format!("/join/{secret}"), ui.t("membership-applied-join")).primary().icon(ui, "key-round").wide()) }
                "joined" => { (link_button("/sign-in", ui.t("membership-applied-sign-in")).primary().wide()) }
                "waiting" => {
                    p { (applied.procedure) }
                    p { (ui.t("membership-applied-keep")) }
                    (copy(ui, here))
                }
                _ => { @if !applied.answer.is_empty() { blockquote { p { (applied.answer) } } } }
            }
            p.note { (ui.t("membership-applied-on")) " " (date(ui, applied.created)) }
        },
    )
}

/// The applications that wait, for those who have a say in them.
pub async fn list(visit: Signed, Query(query): Query<Applications>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_list(&visit.ui, &view, None, &Filled::default()))
}

fn show_list(ui: &Ui, view: &ApplicationList, wrong: Option<ApplicationId>, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("membership-applications-title"))
        .section("people")
        .back("/people", ui.t("membership-people"))
        .lead(&view.procedure)
        .show(html! {
            @if view.lines.is_empty() {
                (empty(ui, "inbox", ui.t("membership-applications-none"), ui.t("membership-applications-none-text"))
                    .action(link_button("/invite", ui.t("membership-invite-title"))))
            }
            div.stack {
                @for line in &view.lines {
                    (application(ui, line, if wrong == Some(line.id) { filled.clone() } else { Filled::default() }))
                }
            }
            (pager(ui, None, view.newer.map(|id| format!("/applications?after={id}")).as_deref()))
        })
}

fn application(ui: &Ui, line: &ApplicationLine, filled: Filled) -> Markup {
    card(html! {
        div.stack {
            div.cluster {
                (mark(line.id.0, Scale::Middle))
                div { strong { (line.name) } p.note { @if !line.place.is_empty() { (line.place) " · " } (ago(ui, line.created)) } }
            }
            (markdown(&line.why))
            div.cluster {
                @if line.may_admit {
                    (act_button(ui, format!("/applications/{}/admit", line.id), button(ui.t("membership-admit")).primary().icon(ui, "user-plus"))
                        .hidden("name", &line.name))
                }
            }
            @if line.may_decline {
                (more(ui, &ui.t("membership-decline"), html! {
                    (form(ui, format!("/applications/{}/decline", line.id), html! {
                        (field("reason", ui.t("membership-decline-reason")).hint(ui.t("membership-decline-hint")).area(3)
                            .limit(checks::REASON.most).optional(ui).filled(&filled))
                        div.form-end { (button(ui.t("membership-decline")).danger()) }
                    }).filled(&filled))
                }))
            }
        }
    })
}

/// Admits, or asks the members to.
pub async fn admit(visit: Signed, Path(application): Path<ApplicationId>, fields: Fields) -> Answer {
    let act = Admit { application, name: fields.text("name").to_owned() };
    let done = visit.act(fields.key(&["name"])?, act).await??;
    match done.proposal {
        Some(proposal) if done.output.is_none() => {
            visit.done(&format!("/decisions/{proposal}"), "membership-admit-asked")
        }
        _ => visit.done("/applications", "membership-admitted"),
    }
}

/// Declines, or asks the members to.
pub async fn decline(visit: Signed, Path(application): Path<ApplicationId>, fields: Fields) -> Answer {
    let act = DeclineApplication { application, reason: fields.text("reason").to_owned() };
    match visit.act(fields.key(&["reason"])?, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) if done.output.is_none() => {
                visit.done(&format!("/decisions/{proposal}"), "membership-admit-asked")
            }
            _ => visit.done("/applications", "membership-declined"),
        },
        Err(refusal) => {
            let view = visit.view(Applications::default()).await?;
            let page = show_list(&visit.ui, &view, Some(application), &fields.filled(&refusal));
            visit.again(&refusal, page)
        }
    }
}
