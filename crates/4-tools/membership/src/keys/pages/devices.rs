//! The page of one's own devices: passkeys, signed-in devices, programs, and a link for the next device.

use super::enrol::{self, Way};
use crate::door::fresh_token;
use crate::keys::acts::{AddPasskey, MakeDeviceLink, RemoveKey, RemovePasskey, SignOut, SignOutEverywhere};
use crate::keys::error::{KeysError, identity};
use crate::keys::held::{self, ADD, NewLink, wrapped};
use crate::keys::sent::{self, Begin, FinishEnrolment, Sent};
use crate::keys::views::{
    DeviceList, Devices, PasskeyLine, ProgramLine, RecoveryStatus, SealedVault, SessionLine,
};
use crate::{arrival::SentWrap, checks};
use axum::extract::Path;
use axum::http::HeaderMap;
use planet_identity::IdentityError;
use planet_kit::prelude::*;
use planet_kit::web::session::clear_cookie;
use planet_kit::web::{Answer, Caller, Fields, Signed};
use planet_ontology::ids::SessionId;
use serde::Deserialize;
use serde_json::json;

/// `GET /devices`
pub async fn page(visit: Signed) -> Answer {
    let devices = visit.view(Devices {}).await?;
    visit.page(show(&visit.ui, &devices, visit.session))
}

fn show(ui: &Ui, devices: &DeviceList, here: Option<SessionId>) -> Markup {
    let several = devices.passkeys.len() > 1;
    let page = Page::new(ui, ui.t("keys-devices-title"))
        .section("settings")
        .back("/settings", ui.t("keys-settings"));
    page.lead(ui.t("keys-devices-lead")).show(html! {
        @if !devices.recovery.ready() { (recovery_notice(ui, devices.recovery)) }
        (section(&ui.t("keys-passkeys"), html! {}, html! {
            div.stack {
                @if devices.passkeys.is_empty() {
                    (empty(ui, "key-round", ui.t("keys-passkeys-none"), ui.t("keys-passkeys-none-text")))
                } @else {
                    (list(devices.passkeys.iter().map(|it| passkey_row(ui, it, several))))
                }
                @if devices.recovery.has_vault { (add_passkey(ui)) }
            }
        }))
        @if devices.recovery.has_vault {
            (section(&ui.t("keys-link"), html! {}, card(html! {
                p { (ui.t("keys-link-text")) }
                div data-island="device-link" data-save="/devices/link" data-target="/link/" {}
                (needs_script(ui))
            })))
        }
        (section(&ui.t("keys-sessions"), html! {}, html! {
            div.stack {
                (list(devices.sessions.iter().map(|it| session_row(ui, it, here == Some(it.id)))))
                div.cluster {
                    form.act action="/sign-out" method="post" data-forget-keys {
                        input type="hidden" name="_key" value=(ui.key());
                        (button(ui.t("keys-sign-out")).icon(ui, "log-out"))
                    }
                    form.act action="/devices/everywhere" method="post" data-forget-keys {
                        input type="hidden" name="_key" value=(ui.key());
                        (button(ui.t("keys-everywhere")).danger())
                    }
                }
                p.note { (ui.t("keys-everywhere-text")) }
            }
        }))
        @if !devices.programs.is_empty() {
            (section(&ui.t("keys-programs"), html! {}, list(devices.programs.iter().map(|it| program_row(ui, it)))))
        }
        (section(&ui.t("keys-recovery-title"), html! { a href="/recovery" { (ui.t("keys-recovery-open")) } }, card(html! {
            p { (codes_left(ui, devices.recovery.codes_left)) }
            p { (ui.t(if devices.recovery.words_confirmed { "keys-words-kept" } else { "keys-words-open" })) }
        })))
    })
}

/// How many codes there are, in a sentence.
pub fn codes_left(ui: &Ui, count: i64) -> String {
    ui.t_with("keys-codes-left", &[("count", count.into())])
}

/// For forms that are written without the kit's.
pub fn needs_script(ui: &Ui) -> Markup {
    html! { noscript { p.notice.tone-warn { (ui.t("keys-needs-script")) } } }
}

fn recovery_notice(ui: &Ui, status: RecoveryStatus) -> Markup {
    let sentence = if status.codes_left == 0 { "keys-nag-codes" } else { "keys-nag-words" };
    notice(
        ui,
        Tone::Warn,
        &ui.t("keys-nag-title"),
        html! {
            p { (ui.t(sentence)) }
            p { (link_button("/recovery", ui.t("keys-recovery-open")).small()) }
        },
    )
}

fn used(ui: &Ui, last: Option<planet_ontology::units::Moment>) -> Markup {
    html! {
        @if let Some(at) = last { (ui.t("keys-last-used")) " " (ago(ui, at)) } @else { (ui.t("keys-never-used")) }
    }
}

fn passkey_row(ui: &Ui, line: &PasskeyLine, several: bool) -> impl Render + use<> {
    let made = row(&line.label).lead(icon(ui, "key-round")).note(used(ui, line.last_used));
    if !several {
        return made;
    }
    let remove = act_button(ui, "/devices/passkeys/remove", button(ui.t("keys-remove")).quiet().small());
    made.end(remove.hidden("passkey", line.id.as_str()).render())
}

fn session_row(ui: &Ui, line: &SessionLine, here: bool) -> impl Render + use<> {
    let end = if here {
        badge_tone(Tone::Good, &ui.t("keys-this-device"))
    } else {
        act_button(ui, format!("/devices/{}/end", line.id), button(ui.t("keys-end")).quiet().small()).render()
    };
    row(&line.label).lead(icon(ui, "smartphone")).note(used(ui, Some(line.last_seen))).end(end)
}

fn program_row(ui: &Ui, line: &ProgramLine) -> impl Render + use<> {
    let remove = act_button(ui, "/devices/programs/remove", button(ui.t("keys-remove")).quiet().small());
    row(&line.label)
        .lead(icon(ui, "wrench"))
        .note(used(ui, line.last_used))
        .end(remove.hidden("key", line.key.as_str()).render())
}

fn add_passkey(ui: &Ui) -> Markup {
    let body = html! {
        p { (ui.t("keys-add-text")) }
        (field("label", ui.t("keys-label")).hint(ui.t("keys-label-hint")).optional(ui).limit(60))
        div.form-end { (button(ui.t("keys-add")).icon(ui, "plus")) }
    };
    more(
        ui,
        &ui.t("keys-add"),
        html! {
            (form(ui, "/devices/finish", body).island("passkey-add", "/devices/begin"))
        },
    )
}

/// `GET /vault`
pub async fn vault(caller: Caller) -> Answer {
    let agent = sent::keeper(&caller).await?.into();
    let sealed = caller.desk.store().snapshot(move |tx| SealedVault::of(tx, agent)).await?;
    Ok(sent::answer(json!(sealed)))
}

/// `POST /devices/begin`
pub async fn begin(caller: Caller, headers: HeaderMap, Sent(sent): Sent<Begin>) -> Answer {
    let member = sent::keeper(&caller).await?;
    sent.fields.only(enrol::FIELDS)?;
    sent::label(&sent.fields, &headers)?;
    let begun = enrol::begin(&caller.desk, member, ADD, Way::Device).await?;
    Ok(sent::answer(json!({ "options": begun.options, "ticket": begun.ticket })))
}

/// `POST /devices/finish`
pub async fn finish(caller: Caller, headers: HeaderMap, Sent(finish): Sent<FinishEnrolment>) -> Answer {
    add(&caller, &headers, finish).await?;
    Ok(sent::go("/devices", "keys-added"))
}

/// Adds a passkey for the member who is signed in.
pub async fn add(
    caller: &Caller,
    headers: &HeaderMap,
    finish: FinishEnrolment,
) -> Result<(), planet_kit::web::Sorry> {
    let (member, desk) = (sent::keeper(caller).await?, &caller.desk);
    let finished = enrol::finish(desk, headers, finish, ADD).await?;
    if finished.member != member {
        return Err(KeysError::NotYours.into());
    }
    let held = held::hold(desk, member, &finished.enrolment).await?;
    desk.corridor().act(sent::call(desk, member), AddPasskey { held }).await?;
    Ok(())
}

/// `{wrap}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWanted {
    wrap: SentWrap,
}

/// `POST /devices/link`
pub async fn make_link(caller: Caller, Sent(wanted): Sent<LinkWanted>) -> Answer {
    let (member, desk) = (sent::keeper(&caller).await?, &caller.desk);
    if wanted.wrap.kind != "device-link" {
        return Err(identity(IdentityError::VaultMalformed).into());
    }
    wrapped(&wanted.wrap.wrap).map_err(identity)?;
    let token = fresh_token()?;
    let link = NewLink { token_hash: checks::hash_text(&token), wrap: wanted.wrap.wrap };
    let held = held::hold(desk, member, &link).await?;
    desk.corridor().act(sent::call(desk, member), MakeDeviceLink { held }).await?;
    Ok(sent::answer(json!({ "token": token.reveal() })))
}

/// `POST /devices/{id}/end`
pub async fn end(visit: Signed, Path(session): Path<SessionId>, fields: Fields) -> Answer {
    let ended = visit.act(fields.key(&[])?, SignOut { session }).await?;
    visit.desk.sessions().forget(visit.member()?);
    ended?;
    visit.done("/devices", "keys-ended")
}

/// `POST /devices/everywhere`
pub async fn sign_out_everywhere(visit: Signed, fields: Fields) -> Answer {
    let ended = visit.act(fields.key(&[])?, SignOutEverywhere {}).await?;
    visit.desk.sessions().forget(visit.member()?);
    ended?;
    let mut response = visit.done("/sign-in", "keys-everywhere-told")?;
    sent::add_cookie(&mut response, &clear_cookie(visit.desk.origin().secure()));
    Ok(response)
}

/// `POST /devices/passkeys/remove`
pub async fn remove_passkey(visit: Signed, fields: Fields) -> Answer {
    sent::in_browser(&visit.desk, visit.session).await?;
    visit.act(fields.key(&["passkey"])?, RemovePasskey { passkey: fields.text("passkey").into() }).await??;
    visit.done("/devices", "keys-removed")
}

/// `POST /devices/programs/remove`
pub async fn remove_program(visit: Signed, fields: Fields) -> Answer {
    let removed = visit.act(fields.key(&["key"])?, RemoveKey { key: fields.text("key").into() }).await?;
    visit.desk.sessions().forget(visit.member()?);
    removed?;
    visit.done("/devices", "keys-program-removed")
}
