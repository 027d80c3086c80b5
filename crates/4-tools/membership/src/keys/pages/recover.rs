//! Coming back with a recovery code: one half of it authenticates here, the other opens the vault in the browser.

use super::enrol::{self, Way};
use crate::keys::acts::Recover;
use crate::keys::error::{KeysError, identity};
use crate::keys::held::{self, Comeback, NewSession, RECOVER};
use crate::keys::label;
use crate::keys::sent::{self, BeginRecovery, FinishEnrolment, Sent};
use crate::keys::views::SealedVault;
use axum::extract::State;
use axum::http::HeaderMap;
use planet_corridor::refusal::Fault;
use planet_identity::IdentityError;
use planet_identity::encoding::from_b64u;
use planet_identity::rows::recovery;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Knock, Visit};
use planet_ontology::ids::MemberId;
use serde_json::json;

/// `GET /recover`
pub async fn page(visit: Visit) -> Answer {
    visit.page(show(&visit.ui))
}

fn show(ui: &Ui) -> Markup {
    let body = html! {
        (field("code", ui.t("keys-code")).hint(ui.t("keys-code-hint")).code().stays_here().required().focus()
            .with("autocomplete", "off").with("autocapitalize", "characters"))
        (button(ui.t("keys-recover")).primary().icon(ui, "life-buoy").wide())
    };
    bare(
        ui,
        &ui.t("keys-recover-title"),
        html! {
            h1 { (ui.t("keys-recover-title")) }
            p.lead { (ui.t("keys-recover-lead")) }
            (form(ui, "/recover/finish", body).island("recover", "/recover/begin"))
            (more(ui, &ui.t("keys-no-code"), html! {
                p { (ui.t("keys-no-code-words")) " " a href="/words" { (ui.t("keys-have-words")) } }
                p { (ui.t("keys-no-code-text")) }
            }))
            p.note { a href="/sign-in" { (ui.t("keys-back-to-sign-in")) } }
        },
    )
}

/// `POST /recover/begin`: shows the way back, changes nothing. The code is spent when the new passkey is kept.
pub async fn begin(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<BeginRecovery>,
) -> Answer {
    sent.fields.only(enrol::FIELDS)?;
    sent::label(&sent.fields, &headers)?;
    let half = from_b64u(&sent.auth).ok_or(IdentityError::RecoveryCodeInvalid).map_err(identity)?;
    let (shown, sealed) = desk
        .store()
        .snapshot(move |tx| {
            let shown = recovery::show(tx, &half).map_err(identity)?;
            let sealed =
                SealedVault::with(tx, shown.agent, vec![enrol::wrap_line("recovery", &shown.wrapped)])?;
            Ok::<_, Fault>((shown, sealed))
        })
        .await?;
    let begun = enrol::begin(&desk, MemberId(shown.agent.0), RECOVER, Way::Code(shown.number)).await?;
    let body =
        json!({ "options": begun.options, "ticket": begun.ticket, "did": sealed.did, "vault": sealed.vault });
    Ok(sent::answer(body))
}

/// `POST /recover/finish`
pub async fn finish(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(finish): Sent<FinishEnrolment>,
) -> Answer {
    let finished = enrol::finish(&desk, &headers, finish, RECOVER).await?;
    let Way::Code(number) = finished.way else { return Err(KeysError::NotYours.into()) };
    let (token, token_hash) = sent::session_token()?;
    let session = NewSession { token_hash, label: label::of_browser(&headers) };
    let comeback = Comeback { number, enrolment: finished.enrolment, session };
    let held = held::hold(&desk, finished.member, &comeback).await?;
    desk.corridor().act(sent::call(&desk, finished.member), Recover { held }).await?;
    Ok(sent::signed_in(sent::go("/devices", "keys-recovered"), &desk, &token))
}
