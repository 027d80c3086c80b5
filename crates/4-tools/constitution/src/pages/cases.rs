//! The page "What if": may this member do this to such a thing, and why?

use super::HOME;
use crate::views::{Case, WhatIf};
use axum::extract::Query;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::address::in_query;
use planet_kit::web::{Answer, Signed};
use planet_ontology::acts::ActDescription;
use planet_ontology::roles::Role;
use serde::Deserialize;

/// What is asked; nothing yet, when the page is opened.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    member: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    unless: String,
}

pub(super) async fn page(visit: Signed, Query(asked): Query<Asked>) -> Answer {
    let acts = visit.desk.corridor().registry().acts();
    if asked.act.is_empty() {
        return visit.page(show(&visit.ui, &asked, &acts, None, &Filled::default()));
    }
    let question = WhatIf {
        member: asked.member.clone(),
        act: asked.act.clone(),
        role: asked.role.clone(),
        unless: asked.unless.clone(),
    };
    match visit.view(question).await {
        Ok(case) => visit.page(show(&visit.ui, &asked, &acts, Some(&case), &Filled::default())),
        Err(Fault::Refused(refusal)) => {
            let mut filled = Filled::default();
            filled.wrong(refusal.field.as_deref().unwrap_or_default(), refusal.sentence.clone());
            visit.again(&refusal, show(&visit.ui, &asked, &acts, None, &filled))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn show(ui: &Ui, asked: &Asked, acts: &[ActDescription], case: Option<&Case>, filled: &Filled) -> Markup {
    let all = acts.iter().fold(select("act", ui.t("constitution-case-act")), |all, act| {
        all.option(act.name, act.about.trim_end_matches('.'))
    });
    let roles = Role::ALL.iter().fold(select("role", ui.t("constitution-case-role")), |roles, role| {
        roles.option(role.word(), ui.t(&format!("constitution-role-{}", role.word())))
    });
    let act = if asked.act.is_empty() { "wallet.pay" } else { &asked.act };
    Page::new(ui, ui.t("constitution-what-if")).section("about").back(HOME, ui.t("constitution-title"))
        .lead(ui.t("constitution-what-if-lead"))
        .show(html! {
            @if let Some(case) = case { (answer(ui, asked, case)) }
            (card(form(ui, "/constitution/what-if", html! {
                (field("member", ui.t("constitution-case-member")).value(&asked.member).hint(ui.t("constitution-case-member-hint")).before("@").optional(ui).filled(filled))
                (all.selected(act).filled(filled))
                (roles.option("", ui.t("constitution-case-role-own")).selected(asked.role.as_str()).hint(ui.t("constitution-case-role-hint")).filled(filled))
                div.form-end { (button(ui.t("constitution-case-ask")).primary()) }
            }).get().filled(filled).render()))
        })
}

fn answer(ui: &Ui, asked: &Asked, case: &Case) -> Markup {
    let (tone, title) = if case.allowed {
        (Tone::Good, "constitution-case-yes")
    } else {
        (Tone::Bad, "constitution-case-no")
    };
    let title = ui.t_with(title, &[("name", case.name.as_str().into())]);
    html! {
        (notice(ui, tone, &title, html! {
            p { (case.about) }
            p { (case.reason) }
            @if case.allowed { p.note { (case.procedure) } }
        }))
        @if !case.facts.is_empty() {
            (section(&ui.t("constitution-case-facts"), html! {}, html! {
                p.note { (ui.t("constitution-case-facts-lead")) }
                (list(case.facts.iter().map(|(name, about, holds)| {
                    let state = if *holds { "constitution-holds" } else { "constitution-holds-not" };
                    row(about.as_str()).href(turned(asked, case, name)).end(badge(&ui.t(state)))
                })))
            }))
        }
    }
}

/// The same question with one fact the other way round.
fn turned(asked: &Asked, case: &Case, name: &str) -> String {
    let unless: Vec<&str> = case
        .facts
        .iter()
        .filter(|(fact, _, holds)| if fact == name { *holds } else { !*holds })
        .map(|(fact, ..)| fact.as_str())
        .collect();
    let [member, act, role, unless] =
        [&asked.member, &asked.act, &asked.role, &unless.join(",")].map(|it| in_query(it));
    format!("/constitution/what-if?member={member}&act={act}&role={role}&unless={unless}")
}
