//! Joining with an invitation: name, place, passkey, done.

use super::ceremony::{self, Finish};
use super::costs::costs;
use super::places::chosen;
use crate::acts::Accept;
use crate::checks;
use crate::door::Door;
use crate::error::MembershipError;
use crate::keys::sent::{Begin, Sent};
use crate::views::{ClubView, InvitationAt, Invited, TheClub};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use planet_corridor::actor::Actor;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Call;
use planet_identity::rows::Token;
use planet_kit::prelude::*;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::{Answer, Desk, Fields, Knock, Visit};

/// Keeps this ceremony apart from others.
const PURPOSE: &str = "join";

/// What an act carries instead of the token in a link.
pub fn hash_of(token: &str) -> Result<String, MembershipError> {
    Token::parse(token).map(|token| checks::hash_text(&token)).ok_or(MembershipError::InvitationUnknown)
}

/// The page behind an invitation's link.
pub async fn page(_: Knock, visit: Visit, Path(token): Path<String>) -> Answer {
    let token_hash = match hash_of(&token) {
        Ok(hash) => hash,
        Err(error) => return closed(&visit, &error.into()),
    };
    let invited = match visit.view(InvitationAt { token_hash }).await {
        Ok(invited) => invited,
        Err(Fault::Refused(refusal)) => return closed(&visit, &refusal),
        Err(fault) => return Err(fault.into()),
    };
    let club = visit.view(TheClub {}).await?;
    let costs = costs(&visit).await?;
    visit.page(show(&visit.ui, &token, &invited, &club, &costs))
}

/// Says why an invitation lets nobody in, and which other ways there are.
fn closed(visit: &Visit, refusal: &Refusal) -> Answer {
    let ui = &visit.ui;
    let page = bare(
        ui,
        &ui.t("membership-join-closed"),
        html! {
            div.stack { h1 { (ui.t("membership-join-closed")) } p.lead { (refusal.sentence) } }
            div.stack {
                (link_button("/sign-in", ui.t("membership-join-member")).primary().wide())
                (link_button("/apply", ui.t("membership-join-apply")).wide())
            }
        },
    );
    visit.again(refusal, page)
}

fn show(ui: &Ui, token: &str, invited: &Invited, club: &ClubView, costs: &Markup) -> Markup {
    let title = ui.t_with("membership-join-title", &[("club", club.name.as_str().into())]);
    // Most people live where their club is at home, so that town is proposed; the hidden id goes with it.
    let (place, place_id) = if invited.place.is_empty() {
        (club.town.clone(), club.place.to_string())
    } else {
        (invited.place.clone(), String::new())
    };
    bare(
        ui,
        &title,
        html! {
            div.stack {
                (avatar(invited.inviter_id, &invited.inviter).note(ui.t("membership-join-invites")))
                h1 { (title) }
                @if !club.purpose.is_empty() { p.lead { (club.purpose) } }
                @if !invited.note.is_empty() { blockquote { (markdown(&invited.note)) } }
            }
            (costs)
            (form(ui, "/join/finish", html! {
                (field("name", ui.t("membership-your-name")).hint(ui.t("membership-your-name-hint")).required()
                    .limit(checks::NAME.most).with("autocomplete", "name").value(&invited.name))
                (suggest(field("place", ui.t("membership-join-place")).hint(ui.t("membership-town-hint")).optional(ui).value(place),
                    "/places/search", "place_id", &place_id))
                p.note { (ui.t("membership-passkey-text")) }
                (button(ui.t("membership-join-button")).primary().icon(ui, "key-round").wide())
            }).hidden("token", token).island("passkey-join", "/join/begin"))
            p.note { (ui.t("membership-join-until")) " " (date(ui, invited.expires)) }
            p.note { a href="/sign-in" { (ui.t("membership-join-member")) } }
        },
    )
}

/// The act that the form asks for, but for what the ceremony will bring.
fn act(fields: &Fields) -> Result<Accept, Refusal> {
    fields.only(&["token", "name", "place", "place_id"])?;
    Ok(Accept {
        token_hash: hash_of(fields.text("token"))?,
        name: checks::name(fields.text("name"), checks::NAME)?,
        place: chosen(fields)?,
        arrival: String::new(),
    })
}

/// The first step: the invitation is looked at before a passkey is made.
pub async fn begin(_: Knock, State(desk): State<Desk>, Sent(sent): Sent<Begin>) -> Answer {
    let door = Door::of(&desk)?;
    let act = act(&sent.fields)?;
    let invitation = InvitationAt { token_hash: act.token_hash };
    desk.corridor().view(&Viewer::guest(), invitation, desk.now()).await?;
    ceremony::begin(&desk, &door, PURPOSE, &act.name).await
}

/// The second step: the newcomer is a member.
pub async fn finish(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<Finish>,
) -> Answer {
    let door = Door::of(&desk)?;
    let mut act = act(&sent.fields)?;
    act.arrival = ceremony::finish(&desk, &door, PURPOSE, &sent, &headers).await?;
    let call = Call { actor: Actor::Guest, key: fresh_key(), now: desk.now() };
    let done = desk.corridor().act(call, act).await?;
    let member = done.output.ok_or(MembershipError::InvitationUnknown)?;
    ceremony::let_in(&desk, &headers, member, "/welcome").await
}
