//! The rule of a group's wallet: in words on the wallet's page, the form that changes it, and what is said before a payment
//! that others have to decide.

use super::paying::FIELDS;
use super::payments::wallet_path;
use super::unit;
use crate::acts::pay::Pay;
use crate::acts::rule::SetRule;
use crate::views::{Money, RuleView, StepLine, WalletRule, WalletView, Way};
use axum::extract::Query;
use axum::response::Response;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Sorry};
use planet_ontology::units::Amount;
use planet_policy::procedure::Procedure;
use planet_purse::Step;

/// The rules of a group's wallet, one for each currency in it; none for one's own.
pub(super) async fn rules_of(visit: &Signed, view: &WalletView) -> Result<Vec<RuleView>, Fault> {
    let mut rules = Vec::new();
    for it in view.balances.iter().filter(|_| view.owner.kind == "group") {
        let of = view.owner.handle.clone();
        rules.push(visit.view(WalletRule { of, currency: Some(it.money.id) }).await?);
    }
    Ok(rules)
}

/// How this wallet pays, for its page. The currency is named where there are several.
pub(super) fn rule_section(ui: &Ui, rule: &RuleView, named: bool) -> Markup {
    let change = html! {
        @if rule.may_change { a href={ "/wallet/rule?of=" (rule.owner.handle) "&currency=" (rule.money.id) } { (ui.t("wallet-rule-change")) } }
    };
    let title = if named {
        ui.t_with("wallet-rule-in", &[("money", rule.money.name.as_str().into())])
    } else {
        ui.t("wallet-rule")
    };
    section(&title, change, card(rule_in_words(ui, rule)))
}

/// The steps as sentences, and what is left for the viewer today.
pub(super) fn rule_in_words(ui: &Ui, rule: &RuleView) -> Markup {
    let unit = unit(&rule.money);
    html! {
        @if rule.steps.is_empty() { p { (ui.t("wallet-rule-none")) } } @else {
            ul { @for step in &rule.steps { li { (step_in_words(ui, step, &unit)) } } }
        }
        @if let Some(left) = rule.left { p.note { (ui.t_with("wallet-rule-left", &[("left", left.show(unit.decimals).into())])) } }
    }
}

fn step_in_words(ui: &Ui, step: &StepLine, unit: &Unit) -> Markup {
    let who = called(ui, &step.way);
    html! {
        @match step.up_to {
            Some(amount) if step.way.alone => { (ui.t_with("wallet-rule-alone-to", &[("amount", amount.show(unit.decimals).into())])) }
            Some(amount) => { (ui.t_with("wallet-rule-to", &[("amount", amount.show(unit.decimals).into()), ("who", who.into())])) }
            None => { (ui.t_with("wallet-rule-above", &[("who", who.into())])) }
        }
        @if !step.way.alone && !step.way.about.is_empty() { br; span.note { (step.way.about) } }
        @if step.way.about.is_empty() { br; span.note { (ui.t("wallet-rule-gone")) } }
    }
}

/// A way to decide, as members call it.
fn called(ui: &Ui, way: &Way) -> String {
    if way.alone { ui.t("wallet-rule-alone") } else { way.name.clone() }
}

pub(super) async fn rule_page(visit: Signed, Query(query): Query<WalletRule>) -> Answer {
    let rule = visit.view(query).await?;
    visit.page(show_form(&visit.ui, &rule, &Filled::default()))
}

/// How many lines lie between the first and the last: one, or as many as the rule has.
fn lines_between(rule: &RuleView) -> usize {
    rule.steps.iter().filter(|step| step.up_to.is_some() && !step.way.alone).count().max(1)
}

fn show_form(ui: &Ui, rule: &RuleView, filled: &Filled) -> Markup {
    let unit = unit(&rule.money);
    let amount = |step: Option<&StepLine>| {
        step.and_then(|step| step.up_to).map(|up_to| up_to.show(unit.decimals)).unwrap_or_default()
    };
    let alone = rule.steps.iter().find(|step| step.way.alone);
    let between: Vec<&StepLine> =
        rule.steps.iter().filter(|step| step.up_to.is_some() && !step.way.alone).collect();
    let above = rule.steps.iter().find(|step| step.up_to.is_none()).map_or("", |step| step.way.name.as_str());
    let ways = |name: String, label: String, chosen: &str| {
        let options = rule.ways.iter().filter(|way| !way.alone);
        options
            .fold(select(name, label), |it, way| it.option(&way.name, &way.name))
            .selected(chosen)
            .filled(filled)
    };
    let first = rule.ways.iter().find(|way| way.alone).map_or("", |way| way.name.as_str());
    let last = rule
        .ways
        .iter()
        .fold(select("who", ui.t("wallet-rule-who-above")), |it, way| it.option(&way.name, called(ui, way)));
    let chosen = if above.is_empty() { first } else { above };
    Page::new(ui, ui.t_with("wallet-rule-in", &[("money", rule.money.name.as_str().into())]))
        .section("wallet")
        .back(format!("/wallet?of={}", rule.owner.handle), &rule.owner.name)
        .lead(ui.t("wallet-rule-lead"))
        .show(html! {
            (form(ui, "/wallet/rule", html! {
                (field("alone", ui.t("wallet-rule-first")).money(&unit).value(amount(alone)).optional(ui).filled(filled)
                    .hint(ui.t("wallet-rule-first-hint")))
                @for at in 0..lines_between(rule) {
                    @let step = between.get(at).copied();
                    (field(format!("to-{at}"), ui.t("wallet-rule-up-to")).money(&unit).value(amount(step)).optional(ui).filled(filled))
                    (ways(format!("who-{at}"), ui.t("wallet-rule-who"), step.map_or("", |step| step.way.name.as_str())))
                }
                (last.selected(chosen).filled(filled))
                @if !rule.change.alone {
                    (notice(ui, Tone::Info, &ui.t("wallet-rule-asks"), html! { p { (rule.change.about) } }))
                }
                div.form-end {
                    (button(ui.t(if rule.change.alone { "wallet-rule-save" } else { "wallet-rule-propose" })).primary())
                    (link_button(format!("/wallet?of={}", rule.owner.handle), ui.t("wallet-back")).quiet())
                }
            }).hidden("of", rule.owner.handle.as_str()).hidden("currency", rule.money.id.to_string()).filled(filled))
            (section(&ui.t("wallet-rule-ways"), html! {}, list(rule.ways.iter().map(|way| {
                row(called(ui, way)).note(if way.alone { ui.t("wallet-rule-alone-about") } else { way.about.clone() })
            }))))
        })
}

/// Reads the steps from the lines of the form. A line without an amount is left out.
fn read_steps(rule: &RuleView, fields: &Fields) -> Result<Vec<Step>, Refusal> {
    let amount = |name: &str| {
        let Some(text) = fields.optional(name) else { return Ok(None) };
        Amount::parse(&text, rule.money.decimals)
            .map(Some)
            .map_err(|error| Refusal::input(name, "amount_unclear", error.to_string()))
    };
    let mut steps = Vec::new();
    if let Some(up_to) = amount("alone")? {
        let procedure =
            rule.ways.iter().find(|way| way.alone).map(|way| way.name.clone()).unwrap_or_default();
        steps.push(Step { up_to: Some(up_to), procedure });
    }
    for at in 0..lines_between(rule) {
        if let Some(up_to) = amount(&format!("to-{at}"))? {
            steps.push(Step { up_to: Some(up_to), procedure: fields.text(&format!("who-{at}")).into() });
        }
    }
    steps.push(Step { up_to: None, procedure: fields.text("who").into() });
    Ok(steps)
}

pub(super) async fn set_rule(visit: Signed, fields: Fields) -> Answer {
    let currency = fields.optional("currency").and_then(|text| text.parse().ok());
    let rule = visit.view(WalletRule { of: fields.text("of").into(), currency }).await?;
    let between: Vec<[String; 2]> =
        (0..lines_between(&rule)).map(|at| [format!("to-{at}"), format!("who-{at}")]).collect();
    let lines = between.iter().flatten().map(String::as_str);
    let key = fields.key(&["of", "currency", "alone", "who"].into_iter().chain(lines).collect::<Vec<_>>())?;
    let result = match read_steps(&rule, &fields) {
        Ok(steps) => {
            visit.act(key, SetRule { group: rule.group, currency: Some(rule.money.id), steps }).await?
        }
        Err(refusal) => Err(refusal),
    };
    match result.map(|done| done.proposal) {
        Ok(None) => visit.done(&format!("/wallet?of={}", rule.owner.handle), "wallet-rule-set"),
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "wallet-rule-proposed"),
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, &rule, &fields.filled(&refusal))),
    }
}

/// Before a payment that others have to decide: says who, and asks whether to go on. Nothing where nobody else is asked, or
/// where that was said already.
pub(super) async fn say_first(
    visit: &Signed,
    view: &WalletView,
    act: &Pay,
    currency: &Money,
    fields: &Fields,
) -> Result<Option<Response>, Sorry> {
    if view.own || fields.ticked("understood") {
        return Ok(None);
    }
    let probe = act.clone();
    let found =
        visit.desk.corridor().look(&visit.viewer, visit.now, move |look| look.procedure_for(&probe)).await;
    match found {
        Ok(procedure) if !procedure.at_once => {
            visit.page(show_before(&visit.ui, view, act, currency, fields, &procedure)).map(Some)
        }
        // What is wrong with it is said by the act itself.
        Ok(_) | Err(Fault::Refused(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn show_before(
    ui: &Ui,
    view: &WalletView,
    act: &Pay,
    currency: &Money,
    fields: &Fields,
    procedure: &Procedure,
) -> Markup {
    let title = if procedure.is_signed() { "wallet-asks-signature" } else { "wallet-asks-decision" };
    let mut again = form(
        ui,
        "/wallet/pay",
        html! {
            div.form-end { (button(ui.t("wallet-asks-go")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        },
    );
    for name in FIELDS {
        again = again.hidden(name, fields.text(name));
    }
    Page::new(ui, ui.t(title))
        .section("wallet")
        .back(wallet_path(view), &view.owner.name)
        .lead(procedure.about.as_str())
        .show(html! {
            (card(facts([
                (ui.t("wallet-amount").as_str(), money(act.amount, &unit(currency))),
                (ui.t("wallet-to").as_str(), html! { (fields.text("to")) }),
                (ui.t("wallet-rule-from").as_str(), html! { (view.owner.name) }),
                (ui.t("wallet-memo").as_str(), html! { (act.memo) }),
            ])))
            (again.hidden("understood", "yes"))
        })
}
