//! The second device: a link that the first one made lets it in once, then it makes a passkey of its own.

use super::devices::{self, needs_script};
use super::enrol::{self, Way};
use crate::keys::acts::{By, SignIn};
use crate::keys::error::identity;
use crate::keys::held::ADD;
use crate::keys::label;
use crate::keys::rows;
use crate::keys::sent::{self, Begin, FinishEnrolment, Sent};
use crate::keys::views::SealedVault;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_identity::IdentityError;
use planet_identity::rows::Token;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Caller, Desk, Knock, Visit};
use planet_ontology::ids::MemberId;
use serde_json::json;

/// What a link would open, before it is redeemed.
async fn look(desk: &Desk, token: &str) -> Result<(MemberId, String, SealedVault), Fault> {
    let hash = Token::parse(token).ok_or(IdentityError::DeviceLinkInvalid).map_err(identity)?.hash();
    let now = desk.now();
    desk.store()
        .snapshot(move |tx| {
            let link = rows::link(tx, &hash, now).map_err(identity)?;
            let name = agents::find(tx, link.agent)?.map(|agent| agent.name).unwrap_or_default();
            let sealed =
                SealedVault::with(tx, link.agent, vec![enrol::wrap_line("device-link", &link.wrapped)])?;
            Ok((MemberId(link.agent.0), name, sealed))
        })
        .await
}

/// `GET /link/{token}`
pub async fn page(_: Knock, visit: Visit, Path(token): Path<String>) -> Answer {
    match look(&visit.desk, &token).await {
        Ok((_, name, _)) => visit.page(show(&visit.ui, &token, &name)),
        Err(Fault::Refused(refusal)) => visit.again(&refusal, over(&visit.ui, &refusal.sentence)),
        Err(fault) => Err(fault.into()),
    }
}

fn show(ui: &Ui, token: &str, name: &str) -> Markup {
    bare(
        ui,
        &ui.t("keys-second-title"),
        html! {
            h1 { (ui.t("keys-second-title")) }
            p.lead { (ui.t_with("keys-second-lead", &[("name", name.into())])) }
            form.form action="/link/finish" method="post" data-island="passkey-add" data-begin="/link/begin" data-link {
                input type="hidden" name="token" value=(token);
                (button(ui.t("keys-second-use")).primary().icon(ui, "smartphone").wide())
                (needs_script(ui))
            }
            p.note { (ui.t("keys-second-note")) }
        },
    )
}

fn over(ui: &Ui, sentence: &str) -> Markup {
    bare(
        ui,
        &ui.t("keys-second-title"),
        html! {
            h1 { (ui.t("keys-second-title")) }
            p.lead { (sentence) }
            p { (link_button("/sign-in", ui.t("keys-sign-in-title"))) }
        },
    )
}

/// `POST /link/begin`
pub async fn begin(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<Begin>,
) -> Answer {
    sent.fields.only(enrol::FIELDS)?;
    let link = sent.fields.text("token").to_owned();
    let (member, _, sealed) = look(&desk, &link).await?;
    let (token, token_hash) = sent::session_token()?;
    let act = SignIn { token_hash, label: label::of_browser(&headers), by: By::Link { token: link } };
    desk.corridor().act(sent::call(&desk, member), act).await?;
    let begun = enrol::begin(&desk, member, ADD, Way::Device).await?;
    let body =
        json!({ "options": begun.options, "ticket": begun.ticket, "did": sealed.did, "vault": sealed.vault });
    Ok(sent::signed_in(sent::answer(body), &desk, &token))
}

/// `POST /link/finish`
pub async fn finish(caller: Caller, headers: HeaderMap, Sent(finish): Sent<FinishEnrolment>) -> Answer {
    devices::add(&caller, &headers, finish).await?;
    Ok(sent::go("/", "keys-second-done"))
}
