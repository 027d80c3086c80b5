//! Taking an identity back with the paper words. The words stay in the page: the node sees the public half of their key, and what that
//! key signed.

use super::enrol::{self, Way};
use crate::keys::acts::TakeBack;
use crate::keys::error::{KeysError, identity};
use crate::keys::held::{self, NewSession, TakenBack, WORDS};
use crate::keys::label;
use crate::keys::sent::{self, BeginTakingBack, FinishEnrolment, FinishTakingBack, Sent};
use axum::extract::State;
use axum::http::HeaderMap;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::from_b64u;
use planet_identity::rows::did_logs::{self, Hosted};
use planet_identity::{keys, multi};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Knock, Visit};
use planet_ontology::ids::MemberId;
use serde_json::json;

/// `GET /words`
pub async fn page(visit: Visit) -> Answer {
    visit.page(show(&visit.ui))
}

fn show(ui: &Ui) -> Markup {
    let body = html! {
        (field("words", ui.t("keys-words-field")).hint(ui.t("keys-words-hint")).area(4).code().stays_here().required().focus()
            .with("autocomplete", "off"))
        (button(ui.t("keys-take-back")).primary().icon(ui, "life-buoy").wide())
    };
    bare(
        ui,
        &ui.t("keys-take-back-title"),
        html! {
            h1 { (ui.t("keys-take-back-title")) }
            p.lead { (ui.t("keys-take-back-lead")) }
            (form(ui, "/words/finish", body).island("words-back", "/words/begin"))
            (more(ui, &ui.t("keys-take-back-ends"), html! { p { (ui.t("keys-take-back-ends-text")) } }))
            p.note { a href="/sign-in" { (ui.t("keys-back-to-sign-in")) } }
        },
    )
}

/// `POST /words/begin`: says whose words these are by showing the newest entry of the log, which is public. Changes nothing.
pub async fn begin(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<BeginTakingBack>,
) -> Answer {
    sent.fields.only(enrol::FIELDS)?;
    sent::label(&sent.fields, &headers)?;
    let (hosted, entry) = find(&desk, &sent.key).await?;
    let begun = enrol::begin(&desk, MemberId(hosted.agent.0), WORDS, Way::Words(sent.key)).await?;
    let body = json!({ "options": begun.options, "ticket": begun.ticket, "did": hosted.did, "entry": entry });
    Ok(sent::answer(body))
}

/// Whose identity a recovery key can take back.
async fn find(desk: &Desk, key: &str) -> Result<(Hosted, String), Fault> {
    let key = key.to_owned();
    let found =
        desk.store().snapshot(move |tx| did_logs::recoverable_by(tx, &key)).await.map_err(identity)?;
    let people = found.filter(|(hosted, _)| hosted.place.starts_with("people/"));
    people.ok_or_else(|| KeysError::WordsUnknown.into())
}

/// `POST /words/finish`
pub async fn finish(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<FinishTakingBack>,
) -> Answer {
    let FinishTakingBack { ticket, fields, credential, wrap, entry, ciphertext, proof } = sent;
    let enrolled = FinishEnrolment { ticket: ticket.clone(), fields, credential, wrap };
    let finished = enrol::finish(&desk, &headers, enrolled, WORDS).await?;
    let Way::Words(key) = finished.way else { return Err(KeysError::NotYours.into()) };
    let (hosted, _) = find(&desk, &key).await?;
    let origin = desk.origin().url().to_owned();
    let said = proven(&origin, &hosted.did, &ticket, finished.enrolment.credential());
    let signature = from_b64u(&proof).unwrap_or_default();
    let holds = multi::from_multikey(&key).is_some_and(|key| keys::verify(&key, said.as_bytes(), &signature));
    if !holds {
        return Err(KeysError::WordsUnproven.into());
    }
    let (token, token_hash) = sent::session_token()?;
    let session = NewSession { token_hash, label: label::of_browser(&headers) };
    let enrolment = finished.enrolment;
    let back = TakenBack { origin, key, entry, ciphertext, enrolment, session };
    let held = held::hold(&desk, finished.member, &back).await?;
    desk.corridor().act(sent::call(&desk, finished.member), TakeBack { held }).await?;
    desk.sessions().forget(finished.member);
    Ok(sent::signed_in(sent::go("/recovery", "keys-took-back"), &desk, &token))
}

/// What the recovery key signs: where, whose identity, in which step, and for which passkey.
fn proven(origin: &str, did: &str, ticket: &str, credential: &str) -> String {
    format!("planet take back v1\n{origin}\n{did}\n{ticket}\n{credential}\n")
}
