//! What the page of a secret vote shows: the ballot, which the browser casts under no name, and what is secret about it.

use crate::choice::pages::ballot::boxes;
use crate::choice::views::{Question, Secret};
use crate::views::Detail;
use planet_kit::prelude::*;

/// Where a token is asked for, and where a ballot is cast.
const TOKEN: &str = "/api/v1/governance/ask_token";
const CAST: &str = "/api/v1/governance/cast_secret";

/// The ballot. What is marked in it leaves the browser without a name only: until the script is there nothing can be sent, since a
/// browser by itself would send it along with the session.
pub fn secret_ballot(ui: &Ui, detail: &Detail, question: &Question, secret: &Secret) -> Markup {
    let asked = if secret.asked { "yes" } else { "no" };
    card(html! {
        (form(ui, CAST, html! {
            fieldset.stack disabled data-until-script {
                (boxes(ui, question, &Filled::default()))
                p.note { (ui.t("governance-secret-cast")) }
                div.form-end {
                    // The Enter key presses the first one.
                    (button(ui.t("governance-vote-secretly")).primary())
                    (button(ui.t("governance-secret-later")).named("later", "yes").quiet())
                }
            }
        })
        .hidden("proposal", detail.line.id.to_string())
        .hidden("point", secret.public.as_str())
        .hidden("asked", asked)
        .hidden("did", secret.did.as_deref().unwrap_or_default())
        .island("secret-ballot", TOKEN))
    })
}

/// Where whoever cast a ballot in this browser is told what became of it.
pub fn checked(detail: &Detail) -> Markup {
    let id = detail.line.id.to_string();
    html! { div data-island="ballot-check" data-proposal=(id) data-file={ "/decisions/" (id) "/ballots.json" } {} }
}

/// What nobody can know, what has to be trusted, and what a receipt can do.
pub fn what_is_secret(ui: &Ui) -> Markup {
    more(
        ui,
        &ui.t("governance-secret-what"),
        html! {
            @for line in ["nobody", "trusted", "published", "receipt"] {
                p { (ui.t(&format!("governance-secret-{line}"))) }
            }
        },
    )
}
