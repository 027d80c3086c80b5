//! Webhooks: the page on which stewards make and revoke them, and the door itself, in the form that Mattermost and Slack have.

use crate::acts::{MakeHook, PostByHook, RevokeHook, hash_of_secret};
use crate::rows::hooks::Hook;
use crate::views::{Hooks, Room};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Refusal;
use planet_corridor::task::Call;
use planet_kit::prelude::*;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::{Answer, Desk, Fields, Knock, Signed};
use planet_ontology::hex;
use planet_ontology::ids::ChannelId;
use serde::Deserialize;
use uuid::Uuid;

pub(super) async fn page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let hooks = visit.view(Hooks { group: handle.clone() }).await?;
    visit.page(show(&visit.ui, &handle, &hooks, None, &Filled::default()))
}

fn show(ui: &Ui, handle: &str, hooks: &[Hook], made: Option<&str>, filled: &Filled) -> Markup {
    let page = Page::new(ui, ui.t("chat-hooks"))
        .section("groups")
        .back(format!("/groups/{handle}/chat"), ui.t("chat-title"));
    let path = format!("/groups/{handle}/chat/hooks");
    page.lead(ui.t("chat-hooks-lead")).show(html! {
        @if let Some(link) = made {
            (notice(ui, Tone::Good, &ui.t("chat-hook-made"), html! { p { code { (link) } } p { (ui.t("chat-hook-once")) } }))
        }
        @if hooks.is_empty() { (empty(ui, "link", ui.t("chat-hooks-none"), ui.t("chat-hooks-none-text"))) }
        @else {
            (list(hooks.iter().map(|hook| row(&hook.name).lead(icon(ui, "link")).note(date(ui, hook.created)).actions(html! {
                (act_button(ui, format!("{path}/revoke"), button(ui.t("chat-hook-revoke")).quiet().small()).hidden("hook", hook.id.to_string()))
            }))))
        }
        (section(&ui.t("chat-hook-new"), html! {}, form(ui, path.clone(), html! {
            (field("name", ui.t("chat-hook-name")).limit(crate::checks::MAX_NAME).required().short().filled(filled))
            (field("channel", ui.t("chat-hook-channel")).value(crate::rows::FIRST).required().short().filled(filled))
            div.form-end { (button(ui.t("chat-hook-new")).primary()) }
        }).filled(filled).render()))
    })
}

pub(super) async fn make(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["name", "channel"])?;
    let name = fields.text("channel").trim_start_matches('#').to_owned();
    let room = visit.view(Room { group: handle.clone(), channel: Some(name), ..Room::default() }).await?;
    // Two random ids of 122 bits each; only their hash is kept.
    let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let secret_hash = hex::encode(&hash_of_secret(&secret));
    let act =
        MakeHook { channel: ChannelId(room.channel.id.0), name: fields.text("name").into(), secret_hash };
    let result = visit.act(key, act).await?;
    let hooks = visit.view(Hooks { group: handle.clone() }).await?;
    match result {
        Ok(_) => {
            let link = visit.desk.origin().link(&format!("/hooks/{secret}"));
            visit.page(show(&visit.ui, &handle, &hooks, Some(&link), &Filled::default()))
        }
        Err(refusal) => {
            visit.again(&refusal, show(&visit.ui, &handle, &hooks, None, &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn revoke(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["hook"])?;
    let hook = fields.parse("hook", "hook_unknown", "There is no such webhook.")?;
    visit.act(key, RevokeHook { hook }).await??;
    visit.done(&format!("/groups/{handle}/chat/hooks"), "chat-hook-revoked")
}

/// What a program sends. Whatever else it says is not looked at.
#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    text: String,
}

/// Takes a message at the door: JSON, or a form with JSON in `payload`.
pub(super) async fn receive(
    State(desk): State<Desk>,
    _: Knock,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let unclear = || {
        Refusal::input(
            "",
            "malformed",
            "Send JSON with a field called text, or a form with such JSON in payload.",
        )
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let payload: Payload = if kind.starts_with("application/x-www-form-urlencoded") {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).map_err(|_| unclear())?;
        let json = pairs.into_iter().find(|(name, _)| name == "payload").ok_or_else(unclear)?.1;
        serde_json::from_str(&json).map_err(|_| unclear())?
    } else {
        serde_json::from_slice(&body).map_err(|_| unclear())?
    };
    let call = Call { actor: Actor::Guest, key: fresh_key(), now: desk.now() };
    desk.corridor().act(call, PostByHook { secret, text: payload.text }).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "ok").into_response())
}
