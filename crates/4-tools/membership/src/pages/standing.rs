//! How a member stands with the club: suspending for a time, and ending it early.

use crate::acts::{Reinstate, Suspend};
use crate::checks;
use crate::error::MembershipError;
use crate::views::{MyStanding, StandingView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;
use planet_ontology::units::Moment;

/// The page.
pub async fn page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(MyStanding { handle }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &StandingView, filled: &Filled) -> Markup {
    let person = format!("/people/{}", view.handle);
    Page::new(ui, ui.t_with("membership-standing-title", &[("name", view.name.as_str().into())]))
        .section("people")
        .back(&person, &view.name)
        .lead(ui.t(&format!("membership-standing-{}", view.standing)))
        .show(html! {
            @if let Some(until) = view.until {
                (card(html! {
                    p { (ui.t("membership-suspended-until")) " " strong { (day(ui, until)) } }
                    p { (view.reason) }
                    @if view.may_reinstate {
                        (act_button(ui, format!("{person}/reinstate"), button(ui.t("membership-reinstate")).primary()))
                    }
                }))
            }
            @if view.may_suspend {
                (card(html! {
                    p.note { (ui.t("membership-suspend-text")) }
                    (form(ui, format!("{person}/suspend"), html! {
                        (field("until", ui.t("membership-suspend-until")).date().required().filled(filled))
                        (field("reason", ui.t("membership-suspend-reason")).hint(ui.t("membership-suspend-hint")).area(3).required()
                            .limit(checks::REASON.most).filled(filled))
                        div.form-end { (button(ui.t("membership-suspend")).danger()) }
                    }).filled(filled))
                }))
            }
        })
}

/// Suspends, or asks the members to.
pub async fn suspend(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["until", "reason"])?;
    let view = visit.view(MyStanding { handle }).await?;
    let result = match until_of(&fields) {
        Ok(until) => {
            let (member, name, reason) = (view.member, view.name.clone(), fields.text("reason").to_owned());
            visit.act(key, Suspend { member, name, until, reason }).await?
        }
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(done) => {
            told(&visit, &view, done.proposal.filter(|_| done.output.is_none()), "membership-suspended")
        }
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// The end of the day that the form named, in UTC.
fn until_of(fields: &Fields) -> Result<Moment, MembershipError> {
    fields.end_of_day("until").ok().flatten().ok_or(MembershipError::UntilOutOfRange(366))
}

/// Ends a suspension, or asks the members to.
pub async fn reinstate(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(MyStanding { handle }).await?;
    let done =
        visit.act(fields.key(&[])?, Reinstate { member: view.member, name: view.name.clone() }).await??;
    told(&visit, &view, done.proposal.filter(|_| done.output.is_none()), "membership-reinstated")
}

fn told(visit: &Signed, view: &StandingView, proposal: Option<ProposalId>, done: &str) -> Answer {
    match proposal {
        Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "membership-admit-asked"),
        None => visit.done(&format!("/people/{}/standing", view.handle), done),
    }
}
