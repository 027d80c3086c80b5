//! Founding the club: one friendly page, and the two steps of its ceremony.

use super::ceremony::{self, Finish};
use super::places::chosen;
use crate::acts::Found;
use crate::checks;
use crate::door::Door;
use crate::error::MembershipError;
use crate::keys::sent::{Begin, Sent};
use crate::rows::clubs;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Call;
use planet_kit::prelude::*;
use planet_kit::ui::Accent;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::{Answer, Desk, Fields, Knock, Visit};
use planet_policy::bundle::Bundle;
use serde::Deserialize;

/// Keeps this ceremony apart from others.
const PURPOSE: &str = "found";

/// The founding link.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// The page.
pub async fn page(visit: Visit, Query(link): Query<Link>) -> Answer {
    if visit.desk.store().read(clubs::find).await.map_err(Fault::from)?.is_some() {
        return visit.page(founded_already(&visit.ui));
    }
    let door = Door::of(&visit.desk)?;
    door.check_founding(&link.token)?;
    visit.page(show(&visit.ui, &link.token, &door.kits))
}

fn founded_already(ui: &Ui) -> Markup {
    bare(
        ui,
        &ui.t("membership-found-title"),
        html! {
            div.stack { h1 { (ui.t("membership-founded-already")) } p.lead { (ui.t("membership-founded-already-text")) } }
            (link_button("/", ui.t("membership-to-the-club")).primary().wide())
        },
    )
}

fn show(ui: &Ui, token: &str, kits: &[Bundle]) -> Markup {
    bare(
        ui,
        &ui.t("membership-found-title"),
        html! {
            div.stack { h1 { (ui.t("membership-found-title")) } p.lead { (ui.t("membership-found-lead")) } }
            (form(ui, "/found/finish", html! {
                h2 { (ui.t("membership-found-club")) }
                (field("club", ui.t("membership-found-name")).required().limit(checks::CLUB.most).focus())
                (field("purpose", ui.t("membership-found-purpose")).hint(ui.t("membership-found-purpose-hint")).area(3)
                    .limit(checks::PURPOSE.most))
                (suggest(field("place", ui.t("membership-found-place")).hint(ui.t("membership-town-hint")).required(),
                    "/places/search", "place_id", ""))
                (accents(ui))
                h2 { (ui.t("membership-found-rules")) }
                (rules(ui, kits))
                h2 { (ui.t("membership-found-money")) }
                p.note { (ui.t("membership-found-money-text")) }
                (field("unit", ui.t("membership-found-unit")).hint(ui.t("membership-found-unit-hint")).required()
                    .limit(checks::UNIT.most))
                (field("symbol", ui.t("membership-found-symbol")).hint(ui.t("membership-found-symbol-hint")).short().required()
                    .with("maxlength", checks::SYMBOL.most.to_string()))
                h2 { (ui.t("membership-found-you")) }
                (field("name", ui.t("membership-your-name")).hint(ui.t("membership-your-name-hint")).required()
                    .limit(checks::NAME.most).with("autocomplete", "name"))
                (notice(ui, Tone::Info, &ui.t("membership-found-powers"), powers(ui, kits)))
                p.note { (ui.t("membership-passkey-text")) }
                (button(ui.t("membership-found-button")).primary().icon(ui, "key-round").wide())
            }).hidden("token", token).island("passkey-join", "/found/begin"))
        },
    )
}

fn accents(ui: &Ui) -> Select {
    let offered = select("accent", ui.t("membership-found-accent")).selected(Accent::default().word());
    let title = |accent: &Accent| ui.t(&format!("membership-accent-{}", accent.word()));
    Accent::ALL.iter().fold(offered, |offered, accent| offered.option(accent.word(), title(accent)))
}

fn rules(ui: &Ui, kits: &[Bundle]) -> Markup {
    let offered = choices("kit", ui.t("membership-found-kit")).hint(ui.t("membership-found-kit-hint"));
    let offered = kits.iter().fold(offered, |offered, bundle| {
        let icon = match bundle.kit.as_str() {
            "worker-co-op" => "wrench",
            "consumer-co-op" => "hand-coins",
            "neighbourhood" => "trees",
            "consent-circle" => "message-circle",
            _ => "share-2",
        };
        offered.option(bundle.kit.clone(), bundle.title.clone(), bundle.about.clone()).icon(ui, icon)
    });
    let first = kits.first().map(|bundle| bundle.kit.clone()).unwrap_or_default();
    html! {
        (offered.selected(first))
        (more(ui, &ui.t("membership-found-read"), html! {
            @for bundle in kits {
                h3 { (bundle.title) }
                @for procedure in bundle.procedures.named.values() {
                    p { strong { (procedure.name) } ": " (procedure.about) }
                }
                @for file in &bundle.policies {
                    (more(ui, &file.name, html! { pre { (file.text) } }))
                }
            }
        }))
    }
}

/// What founders may do, and for how long in each kit.
fn powers(ui: &Ui, kits: &[Bundle]) -> Markup {
    let term = |bundle: &Bundle| {
        let days = bundle.parameters.founder_days;
        ui.t_with("membership-found-term", &[("kit", bundle.title.as_str().into()), ("days", days.into())])
    };
    html! {
        p { (ui.t("membership-found-powers-text")) }
        p { (ui.t("membership-found-terms")) }
        ul { @for bundle in kits { li { (term(bundle)) } } }
    }
}

/// The fields of the form.
const FIELDS: [&str; 10] =
    ["token", "club", "purpose", "accent", "kit", "unit", "symbol", "place", "place_id", "name"];

/// The act that the form asks for, but for what the ceremony will bring.
fn act(door: &Door, fields: &Fields, arrival: String) -> Result<Found, Refusal> {
    fields.only(&FIELDS)?;
    door.check_founding(fields.text("token"))?;
    let place = chosen(fields)?.ok_or(MembershipError::PlaceUnknown)?;
    let bundle =
        serde_json::to_value(door.kit(fields.text("kit"))?).map_err(|_| MembershipError::KitUnknown)?;
    let text = |name| fields.text(name).to_owned();
    let found = Found {
        club: text("club"),
        purpose: text("purpose"),
        accent: text("accent"),
        unit: text("unit"),
        symbol: text("symbol"),
        name: text("name"),
        bundle,
        place,
        arrival,
    };
    Ok(found.checked()?)
}

/// The first step: everything is checked before a passkey is made.
pub async fn begin(_: Knock, State(desk): State<Desk>, Sent(sent): Sent<Begin>) -> Answer {
    let door = Door::of(&desk)?;
    let act = act(&door, &sent.fields, String::new())?;
    if desk.store().read(clubs::find).await.map_err(Fault::from)?.is_some() {
        return Err(MembershipError::FoundedAlready.into());
    }
    ceremony::begin(&desk, &door, PURPOSE, &act.name).await
}

/// The second step: the club is there, and its founder is in.
pub async fn finish(
    _: Knock,
    State(desk): State<Desk>,
    headers: HeaderMap,
    Sent(sent): Sent<Finish>,
) -> Answer {
    let door = Door::of(&desk)?;
    let mut act = act(&door, &sent.fields, String::new())?;
    act.arrival = ceremony::finish(&desk, &door, PURPOSE, &sent, &headers).await?;
    let call = Call { actor: Actor::Guest, key: fresh_key(), now: desk.now() };
    let done = desk.corridor().act(call, act).await?;
    let founder = done.output.ok_or(MembershipError::NotFounded)?;
    // From here on the club's own rules decide, and its name and colour are on every page.
    desk.corridor().reload().await?;
    desk.forget_club();
    ceremony::let_in(&desk, &headers, founder, "/welcome").await
}
