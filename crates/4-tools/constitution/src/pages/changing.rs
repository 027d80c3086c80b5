//! The forms in which changes of the rules are written. Each is tried out before it is proposed.

use super::trial::try_out;
use super::{HOME, amount};
use crate::acts::{
    AdmissionWay, AdoptPolicies, FileChange, MAX_ABOUT, MAX_NAME, Range, SetParameter, SetProcedure, Setting,
    TakeUp,
};
use crate::change::Change;
use crate::views::{Constitution, ConstitutionView, New, Untaken};
use axum::extract::Query;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The roles that people hold in the club.
const ROLES: [Role; 3] = [Role::Member, Role::Treasurer, Role::Steward];
/// What is wrong, place by place.
type Wrong = [(String, String)];

/// The head of every form: where it stands, and what is wrong with the rules as they would be.
fn form_page(ui: &Ui, title: &str, lead: &str, wrong: &Wrong, body: Markup) -> Markup {
    Page::new(ui, ui.t(title)).section("about").back(HOME, ui.t("constitution-title")).lead(ui.t(lead)).show(html! {
        @if !wrong.is_empty() {
            (notice(ui, Tone::Bad, &ui.t("constitution-unusable"), html! {
                ul { @for (place, why) in wrong { li { @if !place.is_empty() { strong { (place) } ": " } (why) } } }
            }))
        }
        (body)
    })
}

fn end(ui: &Ui) -> Markup {
    html! {
        div.form-end { (button(ui.t("constitution-try")).primary()) (link_button(HOME, ui.t("constitution-back")).quiet()) }
    }
}

fn written_for(fields: &Fields) -> Result<i64, Refusal> {
    fields.parse("written_for", "form_too_old", "This form is too old. Please load the page again.")
}

pub(super) async fn numbers_page(visit: Signed) -> Answer {
    let view = visit.view(Constitution {}).await?;
    visit.page(show_numbers(&visit.ui, &view, &Filled::default(), &[]))
}

/// How finely amounts of the club's credit are written.
fn decimals(view: &ConstitutionView) -> u8 {
    view.numbers.unit.as_ref().map_or(0, |(_, decimals)| *decimals)
}

fn show_numbers(ui: &Ui, view: &ConstitutionView, filled: &Filled, wrong: &Wrong) -> Markup {
    let it = &view.numbers;
    let unit = it.unit.as_ref().map(|(symbol, _)| symbol.clone()).unwrap_or_default();
    let version = view.version.to_string();
    let own = |key: &str| if filled.value("key") == Some(key) { filled.clone() } else { Filled::default() };
    let (credit, days) = (own("credit"), own("founder_days"));
    let body = html! {
        (section(&ui.t("constitution-credit"), html! {}, card(html! {
            p { (ui.t("constitution-credit-now")) " " (amount(view, it.credit_min)) " \u{2013} " (amount(view, it.credit_max)) }
            (form(ui, "/constitution/change/numbers", html! {
                (field("min", ui.t("constitution-credit-min")).value(it.credit_min.typed(decimals(view))).after(unit.as_str()).short().required().filled(&credit))
                (field("max", ui.t("constitution-credit-max")).value(it.credit_max.typed(decimals(view))).after(unit.as_str()).short().required().filled(&credit))
                (end(ui))
            }).hidden("key", "credit").hidden("written_for", &version).filled(&credit))
        })))
        (section(&ui.t("constitution-founder-days"), html! {}, card(html! {
            (form(ui, "/constitution/change/numbers", html! {
                (field("days", ui.t("constitution-founder-days")).value(it.founder_days.to_string()).number().required().filled(&days))
                (end(ui))
            }).hidden("key", "founder_days").hidden("written_for", &version).filled(&days))
        })))
        p.note { (ui.t("constitution-admission-elsewhere")) " " a href="/constitution/change/policies?file=admission.cedar" { (ui.t("constitution-admission-there")) } }
    };
    form_page(ui, "constitution-change-numbers", "constitution-change-numbers-lead", wrong, body)
}

pub(super) async fn numbers(visit: Signed, fields: Fields) -> Answer {
    fields.key(&["key", "written_for", "min", "max", "days"])?;
    let view = visit.view(Constitution {}).await?;
    let change = parameter(&view, &fields).map(Change::Parameter);
    try_out(&visit, change, |refusal, wrong| show_numbers(&visit.ui, &view, &fields.filled(refusal), wrong))
        .await
}

fn parameter(view: &ConstitutionView, fields: &Fields) -> Result<SetParameter, Refusal> {
    let amount = |name: &str| {
        Amount::parse(fields.text(name), decimals(view))
            .map_err(|error| Refusal::input(name, "amount_malformed", error.to_string()))
    };
    let setting = match fields.text("key") {
        "credit" => Setting::Credit(Range { min: amount("min")?, max: amount("max")? }),
        _ => Setting::FounderDays(fields.parse(
            "days",
            "number_malformed",
            "Please write a whole number of days.",
        )?),
    };
    Ok(SetParameter { written_for: written_for(fields)?, setting, rehearsal: None })
}

/// Which procedure the form begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
}

pub(super) async fn procedure_page(visit: Signed, Query(named): Query<Named>) -> Answer {
    let view = visit.view(Constitution {}).await?;
    visit.page(show_procedure(&visit.ui, &view, &named.name, &Filled::default(), &[]))
}

/// The fields of the form of a procedure.
const PROCEDURE: [&str; 17] = [
    "written_for",
    "name",
    "about",
    "open_for",
    "delay",
    "member",
    "treasurer",
    "steward",
    "quorum_share",
    "quorum",
    "yes_share",
    "strict",
    "yes_at_least",
    "objections",
    "silence",
    "early",
    "act",
];

fn show_procedure(ui: &Ui, view: &ConstitutionView, name: &str, filled: &Filled, wrong: &Wrong) -> Markup {
    let none = Value::Null;
    let it = view.procedures.iter().find(|it| it.name == name).map_or(&none, |it| &it.written);
    let text = |path: &str| match it.pointer(path) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let sent = !filled.is_empty();
    let ticked = |box_name: &str, now: bool| if sent { filled.value(box_name).is_some() } else { now };
    let yes = |path: &str| it.pointer(path).and_then(Value::as_bool).unwrap_or(false);
    let votes = |role: Role| {
        let roles = it.pointer("/electorate/roles").and_then(Value::as_array);
        roles.is_none_or(|roles| roles.iter().any(|it| it == role.word()))
    };
    let acts = view.acts.iter().fold(
        select("act", ui.t("constitution-for-act")).option("", ui.t("constitution-for-none")),
        |acts, act| acts.option(&act.act, act.about.trim_end_matches('.')),
    );
    let open_for = if it.is_null() { "7d".to_owned() } else { text("/open_for") };
    let zero = |text: String| if text == "0" || text == "0s" { String::new() } else { text };
    let body = card(form(ui, "/constitution/change/procedure", html! {
        (field("name", ui.t("constitution-procedure-name")).value(name).limit(MAX_NAME).hint(ui.t("constitution-procedure-name-hint")).required().filled(filled))
        (field("about", ui.t("constitution-about")).value(text("/about")).area(3).limit(MAX_ABOUT).hint(ui.t("constitution-about-hint")).required().filled(filled))
        (field("open_for", ui.t("constitution-open-for")).value(open_for).short().hint(ui.t("constitution-span-hint")).required().filled(filled))
        (field("delay", ui.t("constitution-delay")).value(zero(text("/delay"))).short().hint(ui.t("constitution-delay-hint")).optional(ui).filled(filled))
        fieldset {
            legend { (ui.t("constitution-electorate")) }
            @for role in ROLES {
                (check(role.word(), ui.t(&format!("constitution-role-{}", role.word()))).checked(ticked(role.word(), votes(role))))
            }
        }
        (field("quorum_share", ui.t("constitution-quorum-share")).value(text("/quorum/of_electorate")).short().hint(ui.t("constitution-share-hint")).optional(ui).filled(filled))
        (field("quorum", ui.t("constitution-quorum")).value(zero(text("/quorum/at_least"))).number().optional(ui).filled(filled))
        (field("yes_share", ui.t("constitution-yes-share")).value(text("/yes_share/share")).short().hint(ui.t("constitution-share-hint")).optional(ui).filled(filled))
        (check("strict", ui.t("constitution-strict")).checked(ticked("strict", yes("/yes_share/strict"))))
        (field("yes_at_least", ui.t("constitution-yes-at-least")).value(zero(text("/yes_at_least"))).number().optional(ui).filled(filled))
        (field("objections", ui.t("constitution-objections")).value(text("/objections_block")).number().hint(ui.t("constitution-objections-hint")).optional(ui).filled(filled))
        (check("silence", ui.t("constitution-silence")).checked(ticked("silence", yes("/silence_passes"))))
        (check("early", ui.t("constitution-early")).checked(ticked("early", yes("/early"))))
        (acts.selected(filled.value("act").unwrap_or_default()).hint(ui.t("constitution-for-act-hint")).filled(filled))
        (end(ui))
    }).hidden("written_for", view.version.to_string()).filled(filled).render());
    form_page(ui, "constitution-change-procedure", "constitution-change-procedure-lead", wrong, body)
}

pub(super) async fn procedure(visit: Signed, fields: Fields) -> Answer {
    fields.key(&PROCEDURE)?;
    let view = visit.view(Constitution {}).await?;
    let change = procedure_of(&fields).map(Change::Procedure);
    let name = fields.text("name").to_owned();
    try_out(&visit, change, |refusal, wrong| {
        show_procedure(&visit.ui, &view, &name, &fields.filled(refusal), wrong)
    })
    .await
}

fn procedure_of(fields: &Fields) -> Result<SetProcedure, Refusal> {
    let mut it = Map::new();
    let mut put = |name: &str, value: Value| drop(it.insert(name.into(), value));
    let number = |name: &str| -> Result<Option<u32>, Refusal> {
        match fields.text(name) {
            "" => Ok(None),
            _ => fields.parse(name, "number_malformed", "Please write a whole number.").map(Some),
        }
    };
    put("about", json!(fields.text("about")));
    for name in ["open_for", "delay"] {
        if let Some(span) = fields.optional(name) {
            put(name, json!(span));
        }
    }
    let roles: Vec<&str> = ROLES.iter().map(|role| role.word()).filter(|role| fields.ticked(role)).collect();
    put("electorate", json!({ "roles": roles }));
    let mut quorum = Map::new();
    if let Some(share) = fields.optional("quorum_share") {
        quorum.insert("of_electorate".into(), json!(share));
    }
    if let Some(least) = number("quorum")? {
        quorum.insert("at_least".into(), json!(least));
    }
    put("quorum", Value::Object(quorum));
    if let Some(share) = fields.optional("yes_share") {
        put("yes_share", json!({ "share": share, "strict": fields.ticked("strict") }));
    }
    put("yes_at_least", json!(number("yes_at_least")?.unwrap_or(0)));
    if let Some(objections) = number("objections")? {
        put("objections_block", json!(objections));
    }
    put("silence_passes", json!(fields.ticked("silence")));
    put("early", json!(fields.ticked("early")));
    Ok(SetProcedure {
        written_for: written_for(fields)?,
        name: fields.text("name").to_owned(),
        procedure: Some(Value::Object(it)),
        acts: fields.optional("act").into_iter().collect(),
        amending: false,
        rehearsal: None,
    })
}

/// Which file the form begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InFile {
    #[serde(default)]
    file: String,
}

pub(super) async fn policies_page(visit: Signed, Query(InFile { file }): Query<InFile>) -> Answer {
    let view = visit.view(Constitution {}).await?;
    visit.page(show_policies(&visit.ui, &view, &file, &Filled::default(), &[]))
}

fn show_policies(ui: &Ui, view: &ConstitutionView, name: &str, filled: &Filled, wrong: &Wrong) -> Markup {
    let file = view.files.iter().find(|file| file.name == name);
    let text = file.map(|file| file.text.as_str()).unwrap_or_default();
    let admission = name == "admission.cedar";
    let sent = !filled.is_empty();
    let invites = |role: Role| {
        if sent {
            filled.value(role.word()).is_some()
        } else {
            view.numbers.inviters.iter().any(|it| it == role.word())
        }
    };
    let by_application =
        if sent { filled.value("application").is_some() } else { view.numbers.by_application };
    let body = card(form(ui, "/constitution/change/policies", html! {
        (field("name", ui.t("constitution-file-name")).value(name).hint(ui.t("constitution-file-name-hint")).code().required().filled(filled))
        (field("text", ui.t("constitution-text")).value(text).area(24).hint(ui.t("constitution-text-hint")).code().filled(filled))
        @if admission {
            fieldset {
                legend { (ui.t("constitution-inviters-same")) }
                @for role in ROLES {
                    (check(role.word(), ui.t(&format!("constitution-role-{}", role.word()))).checked(invites(role)))
                }
                (check("application", ui.t("constitution-by-application")).checked(by_application))
            }
        }
        (end(ui))
    }).hidden("written_for", view.version.to_string()).filled(filled).render());
    form_page(ui, "constitution-change-policies", "constitution-change-policies-lead", wrong, body)
}

pub(super) async fn policies(visit: Signed, fields: Fields) -> Answer {
    fields.key(&["written_for", "name", "text", "member", "treasurer", "steward", "application"])?;
    let view = visit.view(Constitution {}).await?;
    let name = fields.text("name").to_owned();
    let change = written_for(&fields).map(|version| Change::Policies(policies_of(&view, &fields, version)));
    try_out(&visit, change, |refusal, wrong| {
        show_policies(&visit.ui, &view, &name, &fields.filled(refusal), wrong)
    })
    .await
}

fn policies_of(view: &ConstitutionView, fields: &Fields, written_for: i64) -> AdoptPolicies {
    let name = fields.text("name").to_owned();
    let text = fields.optional("text").map(|text| text.replace("\r\n", "\n") + "\n");
    let mut settings = Vec::new();
    if name == "admission.cedar" {
        let inviters: Vec<Role> = ROLES.into_iter().filter(|role| fields.ticked(role.word())).collect();
        if !inviters.iter().map(|role| role.word()).eq(view.numbers.inviters.iter().map(String::as_str)) {
            settings.push(Setting::Inviters(inviters));
        }
        let application = fields.ticked("application");
        if application != view.numbers.by_application {
            let way = if application { AdmissionWay::Application } else { AdmissionWay::Invitation };
            settings.push(Setting::Admission(way));
        }
    }
    AdoptPolicies { written_for, files: vec![FileChange { name, text }], settings, rehearsal: None }
}

pub(super) async fn untaken_page(visit: Signed) -> Answer {
    let new = visit.view(Untaken {}).await?;
    visit.page(show_untaken(&visit.ui, &new, &[]))
}

fn show_untaken(ui: &Ui, new: &New, wrong: &Wrong) -> Markup {
    let procedures = serde_json::to_string_pretty(&new.procedures).unwrap_or_default();
    let body = html! {
        @if new.acts.is_empty() {
            (empty(ui, "circle-check", ui.t("constitution-nothing-new"), ui.t("constitution-nothing-new-text"))
                .action(link_button(HOME, ui.t("constitution-title"))))
        } @else {
            ul { @for act in &new.acts { li { (act) } } }
            (more(ui, &ui.t("constitution-as-written"), html! {
                pre.code tabindex="0" { (new.policies) }
                pre.code tabindex="0" { (procedures) }
            }))
            (form(ui, "/constitution/change/new", end(ui)).hidden("written_for", new.version.to_string()))
        }
    };
    form_page(ui, "constitution-change-new", "constitution-change-new-lead", wrong, body)
}

pub(super) async fn take_up(visit: Signed, fields: Fields) -> Answer {
    fields.key(&["written_for"])?;
    let new = visit.view(Untaken {}).await?;
    let change = written_for(&fields).map(|written_for| {
        let (policies, procedures) = (new.policies.clone(), new.procedures.clone());
        Change::TakeUp(TakeUp { written_for, policies, procedures, rehearsal: None })
    });
    try_out(&visit, change, |_, wrong| show_untaken(&visit.ui, &new, wrong)).await
}
