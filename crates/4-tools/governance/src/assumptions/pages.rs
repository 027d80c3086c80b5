//! The pages of the register of assumptions and of one of its statements.

use super::acts::{LinkAssumption, MergeAssumption, RetireAssumption, SupportAssumption};
use super::rows::{Link, Step};
use super::views::{May, OneAssumption, OneView};
use super::{AddAssumption, Assumptions, MAX_STATEMENT, Register, Statement};
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::AssumptionId;

/// `GET /about/assumptions`.
pub async fn list_page(visit: Visit) -> Answer {
    let register = visit.view(Assumptions {}).await?;
    visit.page(show_list(&visit.ui, &register, &Filled::default()))
}

fn show_list(ui: &Ui, register: &Register, filled: &Filled) -> Markup {
    let (settled, living): (Vec<&Statement>, Vec<&Statement>) =
        register.statements.iter().partition(|it| it.settled);
    Page::new(ui, ui.t("governance-assumptions")).section("about").lead(ui.t("governance-assumptions-lead")).show(html! {
        @for word in ["people", "world"] {
            (section(&ui.t(&format!("governance-section-{word}")), html! {}, list(
                living.iter().filter(|it| it.section == word).map(|it| line(ui, it))
            )))
        }
        @if register.may_add {
            (section(&ui.t("governance-add"), html! {}, card(html! {
                (form(ui, "/about/assumptions", html! {
                    (field("statement", ui.t("governance-statement")).limit(MAX_STATEMENT).required().filled(filled))
                    (choices("section", ui.t("governance-about-what"))
                        .option("people", ui.t("governance-section-people"), "")
                        .option("world", ui.t("governance-section-world"), "")
                        .selected("people").filled(filled))
                    div.form-end { (button(ui.t("governance-add")).primary()) }
                }).filled(filled))
            })))
        }
        @if !settled.is_empty() {
            (more(ui, &ui.t("governance-assumptions-settled"), list(settled.iter().map(|it| line(ui, it)))))
        }
    })
}

fn line(ui: &Ui, it: &Statement) -> Row {
    row(&it.statement)
        .href(format!("/about/assumptions/{}", it.id))
        .note(it.author.clone().unwrap_or_else(|| ui.t("governance-seed")))
        .end(html! { @if it.supporters > 0 { (badge(&supporters(ui, it))) } })
}

fn supporters(ui: &Ui, it: &Statement) -> String {
    ui.t_with("governance-supporters", &[("count", it.supporters.into())])
}

/// `POST /about/assumptions`.
pub async fn add(visit: Signed, fields: Fields) -> Answer {
    let act =
        AddAssumption { section: fields.text("section").into(), statement: fields.text("statement").into() };
    let result: Result<_, Refusal> = visit.act(fields.key(&["statement", "section"])?, act).await?;
    match result {
        Ok(_) => visit.done("/about/assumptions", "governance-added"),
        Err(refusal) => {
            let register = visit.view(Assumptions {}).await?;
            visit.again(&refusal, show_list(&visit.ui, &register, &fields.filled(&refusal)))
        }
    }
}

/// `GET /about/assumptions/{id}`.
pub async fn page(visit: Visit, Path(id): Path<AssumptionId>) -> Answer {
    let view = visit.view(OneAssumption { id }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn path(view: &OneView, verb: &str) -> String {
    format!("/about/assumptions/{}/{verb}", view.statement.id)
}

fn show(ui: &Ui, view: &OneView, filled: &Filled) -> Markup {
    let it = &view.statement;
    let lead = format!("{}. {}.", ui.t(&format!("governance-section-{}", it.section)), supporters(ui, it));
    Page::new(ui, &it.statement)
        .section("about")
        .back("/about/assumptions", ui.t("governance-assumptions"))
        .lead(lead)
        .show(html! {
            @if let Some(heir) = &view.heir {
                (notice(ui, Tone::Info, &ui.t("governance-assumption-merged"), html! {
                    p { a href={ "/about/assumptions/" (heir.id) } { (heir.statement) } }
                }))
            } @else if it.settled { (notice(ui, Tone::Info, &ui.t("governance-assumption-retired"), html! {})) }
            @if let Some(supports) = view.may.as_ref().and_then(|may| may.support) { (support_button(ui, view, supports)) }
            (section(&ui.t("governance-serves"), html! {}, html! {
                @if view.links.is_empty() { p.note { (ui.t("governance-serves-none")) } }
                @else { (list(view.links.iter().map(|link| served(ui, view, link)))) }
            }))
            @if let Some(may) = &view.may { (forms(ui, view, may, filled)) }
            (section(&ui.t("governance-history"), html! {}, facts(history(ui, view).iter().map(|(when, what)| (when.as_str(), what.clone())))))
        })
}

fn support_button(ui: &Ui, view: &OneView, supports: bool) -> Markup {
    let (word, turn) = if supports { ("governance-unsupport", "no") } else { ("governance-support", "yes") };
    let shown = if supports { button(ui.t(word)).quiet() } else { button(ui.t(word)).primary() };
    html! { div.cluster { (act_button(ui, path(view, "support"), shown).hidden("supports", turn)) } }
}

/// A rule or a word that serves it.
fn served(ui: &Ui, view: &OneView, link: &Link) -> Row {
    let href = match link.kind.as_str() {
        "word" => format!("/about/words#{}", link.target),
        _ => format!("/about/rules#{}", link.target),
    };
    let shown = row(&link.target).href(href).note(ui.t(&format!("governance-serves-{}", link.kind)));
    if view.may.as_ref().is_none_or(|may| may.support.is_none()) {
        return shown;
    }
    shown.actions(
        act_button(ui, path(view, "link"), button(ui.t("governance-unlink")).quiet().small())
            .hidden("target", format!("{} {}", link.kind, link.target))
            .hidden("serves", "no")
            .render(),
    )
}

/// The forms to say what serves it, to merge it, and to retire it.
fn forms(ui: &Ui, view: &OneView, may: &May, filled: &Filled) -> Markup {
    let targets = may.link.iter().fold(select("target", ui.t("governance-link-what")), |it, (link, name)| {
        it.option(
            format!("{} {}", link.kind, link.target),
            format!("{}: {name}", ui.t(&format!("governance-serves-{}", link.kind))),
        )
    });
    let heirs = may.merge.iter().fold(select("heir", ui.t("governance-merge-with")), |it, other| {
        it.option(other.id.to_string(), other.statement.clone())
    });
    html! {
        @if !may.link.is_empty() {
            (more_open(ui, &ui.t("governance-link"), filled.error("target").is_some(), html! {
                (form(ui, path(view, "link"), html! {
                    (targets.filled(filled))
                    div.form-end { (button(ui.t("governance-link")).primary()) }
                }).hidden("serves", "yes").filled(&filled.if_sent("target")))
            }))
        }
        @if may.retire || !may.merge.is_empty() {
            (more_open(ui, &ui.t("governance-assumption-decide"), filled.error("heir").is_some(), html! {
                p { (ui.t("governance-assumption-decide-text")) }
                @if !may.merge.is_empty() {
                    (form(ui, path(view, "merge"), html! {
                        (heirs.filled(filled))
                        div.form-end { (button(ui.t("governance-merge"))) }
                    }).filled(&filled.if_sent("heir")))
                }
                @if may.retire { div.cluster { (act_button(ui, path(view, "retire"), button(ui.t("governance-retire")))) } }
            }))
        }
    }
}

/// What was done with it: the day, and what.
fn history(ui: &Ui, view: &OneView) -> Vec<(String, Markup)> {
    let it = &view.statement;
    let begun = match (&it.author, it.added) {
        (Some(author), Some(added)) => (
            day(ui, added),
            html! { (ui.t_with("governance-step-added", &[("name", author.as_str().into())])) },
        ),
        _ => (ui.t("governance-seed"), html! { (ui.t("governance-step-seed")) }),
    };
    let told = |step: &Step| {
        let said =
            [("what", step.about.as_str().into()), ("name", step.name.as_deref().unwrap_or_default().into())];
        let words = ui.t_with(&format!("governance-step-{}", step.step), &said);
        let href = step.mandate.map(|mandate| format!("/decisions/{mandate}"));
        let what = html! { @if let Some(href) = href { a href=(href) { (words) } } @else { (words) } };
        (day(ui, step.at), what)
    };
    [begun].into_iter().chain(view.steps.iter().map(told)).collect()
}

/// `POST /about/assumptions/{id}/support`.
pub async fn support(visit: Signed, Path(id): Path<AssumptionId>, fields: Fields) -> Answer {
    let supports = fields.text("supports") == "yes";
    let act = SupportAssumption { assumption: id, supports };
    let told = if supports { "governance-supported" } else { "governance-unsupported" };
    send(&visit, id, &fields, (&["supports"], told), act).await
}

/// `POST /about/assumptions/{id}/link`.
pub async fn link(visit: Signed, Path(id): Path<AssumptionId>, fields: Fields) -> Answer {
    let (kind, target) = fields.text("target").split_once(' ').unwrap_or_default();
    let serves = fields.text("serves") == "yes";
    let act = LinkAssumption { assumption: id, kind: kind.into(), target: target.into(), serves };
    send(&visit, id, &fields, (&["target", "serves"], "governance-linked"), act).await
}

/// `POST /about/assumptions/{id}/merge`.
pub async fn merge(visit: Signed, Path(id): Path<AssumptionId>, fields: Fields) -> Answer {
    let view = visit.view(OneAssumption { id }).await?;
    let heir = fields.parse("heir", "assumption_unknown", "Choose a statement of the register.")?;
    let into = visit.view(OneAssumption { id: heir }).await?.statement.statement;
    let act = MergeAssumption { assumption: id, statement: view.statement.statement, heir, into };
    send(&visit, id, &fields, (&["heir"], "governance-assumption-decided"), act).await
}

/// `POST /about/assumptions/{id}/retire`.
pub async fn retire(visit: Signed, Path(id): Path<AssumptionId>, fields: Fields) -> Answer {
    let view = visit.view(OneAssumption { id }).await?;
    let act = RetireAssumption { assumption: id, statement: view.statement.statement };
    send(&visit, id, &fields, (&[], "governance-assumption-decided"), act).await
}

/// Does it, and shows the statement again; or the decision, if the members decide about it.
async fn send<A: Act>(
    visit: &Signed,
    id: AssumptionId,
    fields: &Fields,
    (names, told): (&[&str], &str),
    act: A,
) -> Answer {
    match visit.act(fields.key(names)?, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "governance-assumption-proposed"),
            None => visit.done(&format!("/about/assumptions/{id}"), told),
        },
        Err(refusal) => {
            let view = visit.view(OneAssumption { id }).await?;
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}
