//! Choosing a place: type-ahead over the gazetteer and over what members added, and the page on which members say where they live.

use crate::acts::SetHome;
use crate::error::{self, MembershipError};
use crate::views::{HomeView, MyHome};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::ids::PlaceId;
use planet_ontology::relevance::Relevance;
use planet_places::{gazetteer, tree};
use serde::Deserialize;
use serde_json::{Value, json};

/// The fields of the form.
const FIELDS: [&str; 8] =
    ["place", "place_id", "neighbourhood", "neighbourhood_id", "street", "street_id", "shared", "before"];
/// How many matches a type-ahead gets.
const OFFERED: usize = 8;
/// The longest text that is looked for.
const LONGEST: usize = 80;

/// What is looked for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    country: Option<String>,
}

/// Towns whose names begin like this.
pub async fn search(Query(search): Query<Search>) -> Answer {
    let text: String = search.q.chars().take(LONGEST).collect();
    let country = search.country.filter(|code| code.len() == 2);
    let towns = gazetteer::search(&text, country.as_deref(), OFFERED);
    let items: Vec<Value> =
        towns.iter().map(|town| json!({ "id": town.id, "label": town.label() })).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// What is looked for below a town.
#[derive(Deserialize)]
pub struct Below {
    parent: PlaceId,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    q: String,
}

/// Neighbourhoods or streets of a place whose names begin like this.
pub async fn below(_: Signed, State(desk): State<Desk>, Query(below): Query<Below>) -> Answer {
    let kind = below.kind.as_deref().and_then(Relevance::from_word).unwrap_or(Relevance::Street);
    let text: String = below.q.chars().take(LONGEST).collect();
    let parent = below.parent;
    let found =
        desk.store().read(move |tx| tree::children(tx, parent, kind, &text).map_err(error::places)).await?;
    let items: Vec<Value> =
        found.iter().take(OFFERED).map(|place| json!({ "id": place.id, "label": place.name })).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// The town that a form chose: by the id that the type-ahead put in, or else by a text that names exactly one.
pub fn chosen(fields: &Fields) -> Result<Option<PlaceId>, MembershipError> {
    let id = fields.text("place_id");
    if !id.is_empty() {
        let id = id.parse().map_err(|_| MembershipError::PlaceUnknown)?;
        // The first look-up of all puts the gazetteer in order, which takes a while: not in the act's transaction.
        gazetteer::town(id);
        return Ok(Some(id));
    }
    let text = fields.text("place");
    if text.is_empty() {
        return Ok(None);
    }
    gazetteer::named(text).map(Some).ok_or(MembershipError::PlaceUnknown)
}

/// The page on which a member says where they live.
pub async fn page(visit: Signed) -> Answer {
    let view = visit.view(MyHome {}).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &HomeView, filled: &Filled) -> Markup {
    let town =
        field("place", ui.t("membership-home-town")).hint(ui.t("membership-town-hint")).value(&view.town);
    let before = view.place.map(|place| place.to_string()).unwrap_or_default();
    let town_id = filled.value("place_id").unwrap_or(&before);
    Page::new(ui, ui.t("membership-home-title"))
        .section("settings")
        .back("/settings", ui.t("membership-settings"))
        .lead(ui.t("membership-home-lead"))
        .show(html! {
            @if !view.shown.is_empty() { p { (ui.t("membership-home-shown")) " " strong { (view.shown) } } }
            (card(html! {
                (form(ui, "/settings/home", html! {
                    (suggest(town.filled(filled), "/places/search", "place_id", town_id))
                    @if let Some(place) = view.place {
                        (suggest(field("neighbourhood", ui.t("membership-home-neighbourhood"))
                                .hint(ui.t("membership-home-finer-hint")).optional(ui).value(&view.neighbourhood).filled(filled),
                            &format!("/places/below?parent={place}&kind=neighbourhood"), "neighbourhood_id", ""))
                        (suggest(field("street", ui.t("membership-home-street")).optional(ui).value(&view.street).filled(filled),
                            &format!("/places/below?parent={place}&kind=street"), "street_id", ""))
                    } @else {
                        p.note { (ui.t("membership-home-first")) }
                    }
                    (levels(ui, view.shared.unwrap_or(Relevance::Town)).filled(filled))
                    div.form-end { (button(ui.t("membership-save")).primary()) }
                }).hidden("before", &before).filled(filled))
            }))
            p.note { (gazetteer::ATTRIBUTION) }
        })
}

fn levels(ui: &Ui, shared: Relevance) -> Select {
    let offered = select("shared", ui.t("membership-home-shared")).hint(ui.t("membership-home-shared-hint"));
    let title = |level: &Relevance| ui.t(&format!("membership-shared-{}", level.word()));
    Relevance::ALL
        .iter()
        .fold(offered.selected(shared.word()), |offered, level| offered.option(level.word(), title(level)))
}

/// Says where the member lives. A new town comes alone: street and neighbourhood of the old one are not carried over.
pub async fn set(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let result = match home_of(&fields) {
        Ok(act) => visit.act(key, act).await?,
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(_) => visit.done("/settings/home", "membership-home-told"),
        Err(refusal) => {
            let view = visit.view(MyHome {}).await?;
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}

fn home_of(fields: &Fields) -> Result<SetHome, MembershipError> {
    let shared = Relevance::from_word(fields.text("shared")).ok_or(MembershipError::LevelUnknown)?;
    let place = chosen(fields)?;
    let before: Option<PlaceId> = fields.text("before").parse().ok();
    let finer =
        |name| if place.is_some() && place == before { fields.text(name).to_owned() } else { String::new() };
    Ok(SetHome { place, neighbourhood: finer("neighbourhood"), street: finer("street"), shared })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(place: &str, id: &str) -> Fields {
        Fields::new([("place".to_owned(), place.to_owned()), ("place_id".to_owned(), id.to_owned())])
    }

    #[test]
    fn a_town_is_chosen_by_id_or_by_a_text_that_names_it() {
        let frome = gazetteer::search("frome", Some("GB"), 1).pop().unwrap();
        let id = frome.id.to_string();
        assert_eq!(chosen(&fields("whatever", &id)), Ok(Some(frome.id)));
        assert_eq!(chosen(&fields("FROME", "")), Ok(Some(frome.id)));
        assert_eq!(chosen(&fields(&frome.label(), "")), Ok(Some(frome.id)));
        assert_eq!(chosen(&fields("Frome, somewhere else", "")), Err(MembershipError::PlaceUnknown));
        assert_eq!(chosen(&fields("", "")), Ok(None));
        for unknown in ["Xyzzyville", "From"] {
            assert_eq!(chosen(&fields(unknown, "")), Err(MembershipError::PlaceUnknown), "{unknown}");
        }
        assert_eq!(chosen(&fields("", "not an id")), Err(MembershipError::PlaceUnknown));
    }
}
