//! The page on which somebody asks the members to recall whom they elected.

use super::{MAX_REASON, Recall};
use crate::error::GroupError;
use crate::views::{GroupPage, GroupView, Person};
use axum::extract::Path;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::MemberId;

/// The group, and whom of it the page is about.
async fn read(visit: &Signed, handle: String, who: &str) -> Result<(GroupView, Person), Fault> {
    let view = visit.view(GroupPage { handle }).await?;
    let person = view.people.iter().find(|person| person.handle == who && person.until.is_some());
    let person = person.cloned().ok_or(GroupError::NoSeat)?;
    Ok((view, person))
}

/// `GET /groups/{handle}/recall/{who}`.
pub async fn page(visit: Signed, Path((handle, who)): Path<(String, String)>) -> Answer {
    let (view, person) = read(&visit, handle, &who).await?;
    visit.page(show(&visit.ui, &view, &person, &Filled::default()))
}

fn show(ui: &Ui, view: &GroupView, person: &Person, filled: &Filled) -> Markup {
    let back = format!("/groups/{}", view.group.handle);
    let role = ui.t(&format!("groups-role-{}", person.role));
    let said = [("name", person.name.as_str().into()), ("role", role.as_str().into())];
    Page::new(ui, ui.t_with("groups-recall-title", &said))
        .section("groups")
        .back(&back, &view.group.name)
        .lead(ui.t_with("groups-recall-lead", &said))
        .show(html! {
            (card(form(ui, format!("{back}/recall/{}", person.handle), html! {
                (field("reason", ui.t("groups-recall-why")).area(4).limit(MAX_REASON).required().filled(filled))
                div.form-end { (button(ui.t("groups-recall-send")).primary()) (link_button(&back, ui.t("groups-back")).quiet()) }
            }).filled(filled).render()))
        })
}

/// `POST /groups/{handle}/recall/{who}`.
pub async fn send(visit: Signed, Path((handle, who)): Path<(String, String)>, fields: Fields) -> Answer {
    let key = fields.key(&["reason"])?;
    let (view, person) = read(&visit, handle, &who).await?;
    let act = Recall {
        group: view.group.id,
        member: MemberId(person.id.0),
        name: person.name.clone(),
        role: person.role.clone(),
        reason: fields.text("reason").into(),
    };
    match visit.act(key, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            None => visit.done(&format!("/groups/{}", view.group.handle), "groups-role-set"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &person, &fields.filled(&refusal))),
    }
}
