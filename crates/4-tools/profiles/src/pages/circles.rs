//! Circles: the list, and one of them with its people.

use super::words;
use crate::acts::{ChangeCircle, EndCircle, MAX_CIRCLE_NAME, MAX_CIRCLES, MakeCircle};
use crate::error::ProfileError;
use crate::views::{Circle, Circles, CirclesView};
use axum::extract::Path;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{ActKey, CircleId};

/// The circles that are offered to begin with; nobody has to have them.
const SUGGESTED: [&str; 4] = ["family", "friends", "business", "community"];

pub async fn list_page(visit: Signed) -> Answer {
    let view = visit.view(Circles {}).await?;
    visit.page(show_list(&visit.ui, &view, &Filled::default()))
}

fn show_list(ui: &Ui, view: &CirclesView, filled: &Filled) -> Markup {
    let taken =
        |name: &str| view.circles.iter().any(|circle| circle.name.to_lowercase() == name.to_lowercase());
    let suggested: Vec<String> = SUGGESTED
        .iter()
        .map(|word| ui.t(&format!("profiles-circle-{word}")))
        .filter(|name| !taken(name))
        .collect();
    Page::new(ui, ui.t("profiles-circles")).section("me").back("/me", ui.t("profiles-mine")).lead(ui.t("profiles-circles-lead")).show(html! {
        @if view.circles.is_empty() {
            (empty(ui, "heart", ui.t("profiles-circles-none"), ui.t("profiles-circles-none-text")))
        } @else {
            (list(view.circles.iter().map(|circle| line(ui, circle))))
        }
        @if view.circles.len() < MAX_CIRCLES {
            @if !suggested.is_empty() {
                (section(&ui.t("profiles-circles-suggested"), html! {}, html! {
                    div.cluster {
                        @for name in suggested { (act_button(ui, "/me/circles", button(&name).icon(ui, "plus").small()).hidden("name", &name)) }
                    }
                }))
            }
            (section(&ui.t("profiles-circle-own"), html! {}, card(form(ui, "/me/circles", html! {
                (field("name", ui.t("profiles-circle-name")).limit(MAX_CIRCLE_NAME).required().filled(filled))
                div.form-end { (button(ui.t("profiles-circle-make"))) }
            }).filled(filled).render())))
        }
    })
}

fn line(ui: &Ui, circle: &Circle) -> impl Render + use<> {
    let people = ui.t_with("profiles-circle-people", &[("count", count(circle.people.len()).into())]);
    let details = ui.t_with("profiles-circle-details", &[("count", count(circle.details).into())]);
    row(&circle.name)
        .href(format!("/me/circles/{}", circle.id))
        .lead(icon(ui, "heart"))
        .note(html! { (people) " \u{b7} " (details) })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub async fn make(visit: Signed, fields: Fields) -> Answer {
    let act = MakeCircle { name: fields.text("name").into(), members: Vec::new() };
    match visit.act(fields.key(&["name"])?, act).await? {
        Ok(done) => match done.output {
            Some(circle) => visit.done(&format!("/me/circles/{circle}"), "profiles-circle-made"),
            None => visit.done("/me/circles", "profiles-circle-made"),
        },
        Err(refusal) => {
            let view = visit.view(Circles {}).await?;
            visit.again(&refusal, show_list(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}

async fn find(visit: &Signed, id: CircleId) -> Result<Circle, Fault> {
    let view = visit.view(Circles {}).await?;
    Ok(view.circles.into_iter().find(|circle| circle.id == id).ok_or(ProfileError::CircleUnknown)?)
}

pub async fn page(visit: Signed, Path(id): Path<CircleId>) -> Answer {
    let circle = find(&visit, id).await?;
    visit.page(show(&visit.ui, &circle, &Filled::default()))
}

fn show(ui: &Ui, circle: &Circle, filled: &Filled) -> Markup {
    let path = |verb: &str| format!("/me/circles/{}/{verb}", circle.id);
    Page::new(ui, &circle.name).section("me").back("/me/circles", ui.t("profiles-circles")).lead(ui.t("profiles-circle-lead")).show(html! {
        @if circle.people.is_empty() {
            (empty(ui, "user-plus", ui.t("profiles-circle-empty"), ui.t("profiles-circle-empty-text")))
        } @else {
            (list(circle.people.iter().map(|person| {
                let out = ui.t_with("profiles-circle-out", &[("name", person.name.as_str().into())]);
                row(&person.name).href(format!("/people/{}", person.handle)).lead(mark(person.id.0, Scale::Middle))
                    .note(html! { "@" (person.handle) })
                    .actions(act_button(ui, path("remove"), button(out).quiet().small()).hidden("member", person.id.to_string()).render())
            })))
        }
        (section(&ui.t("profiles-circle-add"), html! {}, card(form(ui, path("add"), html! {
            (suggest(field("member", ui.t("profiles-circle-who")).required().filled(filled), "/people/suggest", "member_id", filled.value("member_id").unwrap_or_default()))
            div.form-end { (button(ui.t("profiles-circle-add")).primary()) }
        }).filled(filled).render())))
        (more(ui, &ui.t("profiles-circle-more"), html! {
            (form(ui, path("rename"), html! {
                (field("name", ui.t("profiles-circle-name")).value(&circle.name).limit(MAX_CIRCLE_NAME).required().filled(filled))
                div.form-end { (button(ui.t("profiles-circle-rename"))) }
            }))
            p.note { (ui.t("profiles-circle-end-text")) }
            (act_button(ui, path("end"), button(ui.t("profiles-circle-end")).danger()))
        }))
    })
}

/// Changes a circle and goes back to it, or shows what is wrong.
async fn change(
    visit: Signed,
    (key, fields): (ActKey, Fields),
    id: CircleId,
    told: &str,
    act: Result<ChangeCircle, Fault>,
) -> Answer {
    let result = match act {
        Ok(act) => visit.act(key, act).await?.map(|_| ()),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(()) => visit.done(&format!("/me/circles/{id}"), told),
        Err(refusal) => {
            let circle = find(&visit, id).await?;
            visit.again(&refusal, show(&visit.ui, &circle, &fields.filled(&refusal)))
        }
    }
}

const fn unchanged(circle: CircleId) -> ChangeCircle {
    ChangeCircle { circle, name: None, add: Vec::new(), remove: Vec::new() }
}

pub async fn add(visit: Signed, Path(id): Path<CircleId>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "member_id"])?;
    let act = words::chosen(&visit, &fields)
        .await
        .map(|member| ChangeCircle { add: vec![member], ..unchanged(id) });
    change(visit, (key, fields), id, "profiles-circle-added", act).await
}

pub async fn remove(visit: Signed, Path(id): Path<CircleId>, fields: Fields) -> Answer {
    let key = fields.key(&["member"])?;
    let member: Result<_, Refusal> =
        fields.parse("member", "member_unknown", "There is no active member of that name.");
    let act =
        member.map(|member| ChangeCircle { remove: vec![member], ..unchanged(id) }).map_err(Fault::from);
    change(visit, (key, fields), id, "profiles-circle-removed", act).await
}

pub async fn rename(visit: Signed, Path(id): Path<CircleId>, fields: Fields) -> Answer {
    let key = fields.key(&["name"])?;
    let act = ChangeCircle { name: Some(fields.text("name").into()), ..unchanged(id) };
    change(visit, (key, fields), id, "profiles-circle-renamed", Ok(act)).await
}

pub async fn end(visit: Signed, Path(id): Path<CircleId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, EndCircle { circle: id }).await??;
    visit.done("/me/circles", "profiles-circle-ended")
}
