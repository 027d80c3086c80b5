//! Signing in with a passkey, and signing out.

use crate::door::Door;
use crate::keys::acts::{By, SignIn, SignOut};
use crate::keys::error::identity;
use crate::keys::held::{self, SIGN_IN};
use crate::keys::label;
use crate::keys::sent::{self, Begin, Finish, Sent};
use crate::keys::views::{SealedVault, WrapLine};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use planet_corridor::refusal::Fault;
use planet_identity::IdentityError;
use planet_identity::encoding::b64u;
use planet_identity::passkeys::{Claim, SignedIn};
use planet_identity::rows::vaults::{self, Kind};
use planet_identity::rows::{challenges, passkeys};
use planet_kit::prelude::*;
use planet_kit::web::session::clear_cookie;
use planet_kit::web::{Answer, Desk, Fields, Knock, Visit};
use planet_ontology::ids::{AgentId, MemberId};
use serde::Deserialize;
use serde_json::json;

/// Where to go on afterwards.
#[derive(Deserialize)]
pub struct Onward {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub async fn page(visit: Visit, Query(onward): Query<Onward>) -> Answer {
    let next = sent::same_site(&onward.next);
    if visit.me.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    visit.page(show(&visit.ui, next))
}

fn show(ui: &Ui, next: &str) -> Markup {
    let press = html! { (button(ui.t("keys-sign-in")).primary().icon(ui, "key-round").wide()) };
    bare(
        ui,
        &ui.t("keys-sign-in-title"),
        html! {
            h1 { (ui.t("keys-sign-in-title")) }
            p.lead { (ui.t("keys-sign-in-lead")) }
            (form(ui, "/sign-in/finish", press).hidden("next", next).island("passkey-sign-in", "/sign-in/begin"))
            (more(ui, &ui.t("keys-no-passkey"), html! {
                ul {
                    li { (ui.t("keys-no-passkey-device")) }
                    li { (ui.t("keys-no-passkey-code")) " " a href="/recover" { (ui.t("keys-recover-title")) } }
                    li { (ui.t("keys-no-passkey-stranger")) }
                }
            }))
            p.note { a href="/recover" { (ui.t("keys-lost")) } " · " a href="/words" { (ui.t("keys-have-words")) } }
        },
    )
}

/// `POST /sign-in/begin`
pub async fn begin(_: Knock, State(desk): State<Desk>, Sent(sent): Sent<Begin>) -> Answer {
    sent.fields.only(&["next"])?;
    let begun = Door::of(&desk)?.passkeys.begin_sign_in().map_err(identity)?;
    let ticket = held::begin(&desk, SIGN_IN, None, begun.state, challenges::CEREMONY).await?;
    Ok(sent::answer(json!({ "options": begun.options, "ticket": ticket })))
}

/// `POST /sign-in/finish`
pub async fn finish(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<Finish>,
) -> Answer {
    sent.fields.only(&["next"])?;
    let (claim, signed_in) = check(&desk, &sent).await?;
    let credential = b64u(&claim.credential_id);
    let (token, token_hash) = sent::session_token()?;
    let by = By::Passkey {
        ticket: sent.ticket,
        credential: credential.clone(),
        passkey: signed_in.passkey,
        counter: signed_in.counter,
    };
    let act = SignIn { token_hash, label: label::of_browser(&headers), by };
    desk.corridor().act(sent::call(&desk, MemberId(claim.agent.0)), act).await?;

    let mut body = json!({ "next": sent::same_site(sent.fields.text("next")) });
    if let Some(sealed) = vault_behind(&desk, claim.agent, credential).await?
        && let Some(body) = body.as_object_mut()
    {
        body.insert("did".into(), json!(sealed.did));
        body.insert("vault".into(), json!(sealed.vault));
    }
    Ok(sent::signed_in(sent::answer(body), &desk, &token))
}

/// Whose passkey answered, if it really did.
async fn check(desk: &Desk, sent: &Finish) -> Result<(Claim, SignedIn), Fault> {
    let door = Door::of(desk)?;
    let claim = door.passkeys.claim(&sent.credential).map_err(identity)?;
    let (ticket, claimed, now) = (sent.ticket.clone(), claim.clone(), desk.now());
    let (begun, stored) = desk
        .store()
        .read(move |tx| {
            let begun = challenges::peek(tx, &ticket, SIGN_IN, now)?;
            Ok::<_, IdentityError>((begun, passkeys::claimed(tx, &claimed)?))
        })
        .await
        .map_err(identity)?;
    let signed_in =
        door.passkeys.finish_sign_in(&begun.state, &sent.credential, &stored.passkey).map_err(identity)?;
    Ok((claim, signed_in))
}

/// The vault, if this passkey is a way into it.
async fn vault_behind(desk: &Desk, agent: AgentId, credential: String) -> Result<Option<SealedVault>, Fault> {
    desk.store()
        .snapshot(move |tx| {
            let wrap = vaults::wrap(tx, agent, Kind::Passkey, &credential).map_err(identity)?;
            wrap.map(|wrap| SealedVault::with(tx, agent, vec![WrapLine::from(wrap)])).transpose()
        })
        .await
}

/// `POST /sign-out`
pub async fn sign_out(visit: Visit, fields: Fields) -> Answer {
    fields.only(&[])?;
    if let (Some(member), Some(session)) = (visit.viewer.actor.member(), visit.session) {
        let ended = visit.desk.corridor().act(sent::call(&visit.desk, member), SignOut { session }).await;
        visit.desk.sessions().forget(member);
        match ended {
            // Whoever was signed out in the meantime has what they wanted.
            Ok(_) | Err(Fault::Refused(_)) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    let mut response = visit.done("/sign-in", "keys-signed-out")?;
    sent::add_cookie(&mut response, &clear_cookie(visit.desk.origin().secure()));
    Ok(response)
}
