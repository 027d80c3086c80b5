//! The pages of the constitution: the overview. Forms, trials and cases are beside it.

mod cases;
mod changing;
mod trial;

use crate::views::{ActLine, Constitution, ConstitutionView, Holder, PolicyLine, ProcedureLine, VersionLine};
use axum::Router;
use axum::routing::{get, post};
use planet_kit::prelude::*;
use planet_kit::web::address::{as_part, in_query};
use planet_kit::web::{Answer, Desk, Visit};
use planet_ontology::acts::tool_of;
use planet_ontology::units::Amount;

/// Where this room begins.
pub(crate) const HOME: &str = "/constitution";

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route(HOME, get(overview))
        .route("/constitution/what-if", get(cases::page))
        .route("/constitution/change/numbers", get(changing::numbers_page).post(changing::numbers))
        .route("/constitution/change/procedure", get(changing::procedure_page).post(changing::procedure))
        .route("/constitution/change/policies", get(changing::policies_page).post(changing::policies))
        .route("/constitution/change/new", get(changing::untaken_page).post(changing::take_up))
        .route("/constitution/propose", post(trial::propose))
        .route("/constitution/rehearsals/{hash}", get(trial::kept_page))
        .route("/constitution/trials/{key}", get(trial::under_way_page))
}

/// An amount of the club's credit, or a bare number where there is no credit.
pub(crate) fn amount(view: &ConstitutionView, amount: Amount) -> Markup {
    let unit = view.numbers.unit.as_ref();
    let unit = unit.map(|(symbol, decimals)| Unit { symbol: symbol.clone(), decimals: *decimals });
    unit.map_or_else(|| html! { (amount.0) }, |unit| money(amount, &unit))
}

async fn overview(visit: Visit) -> Answer {
    let view = visit.view(Constitution {}).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &ConstitutionView) -> Markup {
    let change =
        |href: &str| html! { @if view.may_amend { a href=(href) { (ui.t("constitution-change")) } } };
    Page::new(ui, ui.t("constitution-title"))
        .section("about")
        .back("/about", ui.t("about"))
        .lead(ui.t_with("constitution-lead", &[("kit", view.title.as_str().into()), ("version", view.version.into())]))
        .actions(link_button("/constitution/what-if", ui.t("constitution-what-if")).icon(ui, "scale").render())
        .show(html! {
            @if !view.untaken.is_empty() && view.may_amend { (untaken_notice(ui, view)) }
            (section(&ui.t("constitution-numbers"), change("/constitution/change/numbers"), numbers(ui, view)))
            (section(&ui.t("constitution-procedures"), change("/constitution/change/procedure"), procedures(ui, view)))
            (section(&ui.t("constitution-acts"), html! {}, html! {
                p { (ui.t("constitution-acts-lead")) }
                @for room in view.acts.chunk_by(|one, next| tool_of(&one.act) == tool_of(&next.act)) {
                    @let name = room.first().map(|act| tool_of(&act.act)).unwrap_or_default();
                    details.rule id={ "room-" (name) } {
                        summary { (ui.t(&format!("node-room-{name}"))) }
                        @for act in room { (act_lines(ui, view, act)) }
                    }
                }
            }))
            (section(&ui.t("constitution-files"), html! {}, html! {
                p { (ui.t("constitution-files-lead")) }
                (list(view.files.iter().map(|file| {
                    let line = row(file.name.as_str());
                    if view.may_amend { line.href(format!("/constitution/change/policies?file={}", in_query(&file.name))) } else { line }
                })))
                @if view.may_amend { p { a href="/constitution/change/policies" { (ui.t("constitution-new-file")) } } }
            }))
            (section(&ui.t("constitution-entrenched"), html! {}, html! {
                p { (ui.t("constitution-entrenched-lead")) }
                ul {
                    @for right in ["vote", "propose", "appeal", "leave", "log"] {
                        li { (ui.t(&format!("constitution-right-{right}"))) }
                    }
                }
            }))
            @if !view.holders.is_empty() {
                (section(&ui.t("constitution-holders"), html! {}, list(view.holders.iter().map(|it| holder(ui, it)))))
            }
            (section(&ui.t("constitution-versions"), html! {}, list(view.versions.iter().map(|it| version(ui, it)))))
        })
}

fn untaken_notice(ui: &Ui, view: &ConstitutionView) -> Markup {
    notice(
        ui,
        Tone::Info,
        &ui.t("constitution-untaken"),
        html! {
            p { (ui.t_with("constitution-untaken-text", &[("count", view.untaken.len().into())])) }
            p { a href="/constitution/change/new" { (ui.t("constitution-untaken-look")) } }
        },
    )
}

fn numbers(ui: &Ui, view: &ConstitutionView) -> Markup {
    let it = &view.numbers;
    let inviters: Vec<String> =
        it.inviters.iter().map(|role| ui.t(&format!("constitution-role-{role}"))).collect();
    let admission =
        if it.by_application { "constitution-by-application" } else { "constitution-by-invitation" };
    facts([
        (ui.t("constitution-credit-min").as_str(), amount(view, it.credit_min)),
        (ui.t("constitution-credit-max").as_str(), amount(view, it.credit_max)),
        (ui.t("constitution-founder-days").as_str(), html! { (it.founder_days) }),
        (ui.t("constitution-admission").as_str(), html! { (ui.t(admission)) }),
        (ui.t("constitution-inviters").as_str(), html! { (inviters.join(", ")) }),
    ])
}

fn procedures(ui: &Ui, view: &ConstitutionView) -> Markup {
    let of = |procedure: &ProcedureLine| {
        let about = |act: &String| {
            let line = view.acts.iter().find(|line| line.act == *act);
            line.map_or_else(|| act.clone(), |line| line.about.trim_end_matches('.').to_owned())
        };
        let written = serde_json::to_string_pretty(&procedure.written).unwrap_or_default();
        html! {
            details.rule id={ "procedure-" (as_part(&procedure.name)) } {
                summary { (procedure.name) }
                p { (procedure.about) }
                @if procedure.amending { p.note { (ui.t("constitution-amending")) } }
                @if !procedure.acts.is_empty() { ul { @for act in &procedure.acts { li { (about(act)) } } } }
                (more(ui, &ui.t("constitution-as-written"), html! { pre.code tabindex="0" { (written) } }))
                @if view.may_amend {
                    p { a href={ "/constitution/change/procedure?name=" (in_query(&procedure.name)) } {
                        (ui.t_with("constitution-change-this", &[("name", procedure.name.as_str().into())]))
                    } }
                }
            }
        }
    };
    html! { @for procedure in &view.procedures { (of(procedure)) } }
}

fn act_lines(ui: &Ui, view: &ConstitutionView, act: &ActLine) -> Markup {
    let policies: Vec<&PolicyLine> = act.policies.iter().filter_map(|id| view.policies.get(id)).collect();
    html! {
        details.rule id=(act.act) {
            summary { (act.about) }
            p.note { (act.procedure_about) }
            @for policy in policies {
                div.card {
                    p {
                        @if policy.permits { (badge_tone(Tone::Good, &ui.t("constitution-permits"))) }
                        @else { (badge_tone(Tone::Bad, &ui.t("constitution-forbids"))) }
                        " " strong { (policy.title) }
                    }
                    p.note { (policy.why) }
                }
            }
        }
    }
}

fn holder(ui: &Ui, holder: &Holder) -> Row {
    let role = ui.t(&format!("constitution-role-{}", holder.role));
    let note = html! {
        (role) " \u{b7} " (ui.t("constitution-since")) " " (date(ui, holder.since))
        @if let Some(until) = holder.founder_until { " \u{b7} " (ui.t("constitution-founder-until")) " " (date(ui, until)) }
    };
    row(&holder.name)
        .href(format!("/people/{}", as_part(&holder.handle)))
        .lead(mark(holder.id.0, Scale::Small))
        .note(note)
}

fn version(ui: &Ui, line: &VersionLine) -> Row {
    let title = line.title.clone().unwrap_or_else(|| ui.t("constitution-founded-with"));
    let row = row(title.trim_end_matches('.'))
        .note(html! { (ui.t_with("constitution-version", &[("version", line.version.into())])) " \u{b7} " (date(ui, line.adopted)) });
    match line.mandate {
        Some(decision) => row.href(format!("/decisions/{decision}")),
        None => row,
    }
}
