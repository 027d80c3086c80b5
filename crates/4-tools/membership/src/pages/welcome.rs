//! The page that greets a newcomer, and reminds kindly of what is still to be done.

use crate::views::{Step, Welcome, WelcomeView};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

/// The page.
pub async fn page(visit: Signed) -> Answer {
    let view = visit.view(Welcome {}).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &WelcomeView) -> Markup {
    let title = ui.t_with("membership-welcome-title", &[("club", view.club.as_str().into())]);
    let lead = view.number.map(|number| ui.t_with("membership-welcome-number", &[("number", number.into())]));
    let left = view.steps.iter().filter(|step| !step.done).count();
    let invite = html! {
        @if view.founder_until.is_some() { (link_button("/invite", ui.t("membership-invite-title")).primary().icon(ui, "user-plus")) }
    };
    Page::new(ui, title).section("home").actions(invite).lead(lead.unwrap_or_default()).show(html! {
        @if let Some(until) = view.founder_until {
            (notice(ui, Tone::Info, &ui.t("membership-found-powers"), html! {
                p { (ui.t("membership-found-powers-text")) }
                p { (ui.t("membership-welcome-until")) " " strong { (day(ui, until)) } }
            }))
        }
        @if left == 0 {
            (empty(ui, "circle-check", ui.t("membership-welcome-done"), ui.t("membership-welcome-done-text"))
                .action(link_button("/", ui.t("membership-to-the-club")).primary()))
        } @else {
            (section(&ui.t("membership-welcome-steps"), html! {}, list(view.steps.iter().map(|it| step(ui, it)))))
            div.cluster { (link_button("/", ui.t("membership-to-the-club")).quiet()) }
        }
    })
}

fn step(ui: &Ui, step: &Step) -> impl Render + use<> {
    let name = match step.key.as_str() {
        "recovery" => "life-buoy",
        "words" => "key-round",
        "home" => "map-pin",
        "profile" => "circle-user",
        _ => "pencil-line",
    };
    let state = if step.done {
        badge_tone(Tone::Good, &ui.t("membership-step-done"))
    } else {
        badge(&ui.t("membership-step-open"))
    };
    row(ui.t(&format!("membership-step-{}", step.key)))
        .href(&step.href)
        .lead(icon(ui, name))
        .note(ui.t(&format!("membership-step-about-{}", step.key)))
        .end(state)
}
