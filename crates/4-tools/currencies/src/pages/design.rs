//! Designing a currency: first the kind in plain words, then its fields, then what it would be in sentences, then it is made.

use super::form::{self, own_unit};
use super::words::{Sheet, sentences};
use super::{refusal_of, unit};
use crate::acts::design::Design;
use crate::views::{Currencies, Money, Party};
use axum::extract::Query;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ledger::{CurrencyKind, accounts_of, find_currency};
use planet_ontology::ids::{AgentId, CurrencyId};
use serde::Deserialize;

/// The kinds that groups make, in the order of the page.
const KINDS: [(CurrencyKind, &str); 3] = [
    (CurrencyKind::Voucher, "tag"),
    (CurrencyKind::MutualCredit, "hand-coins"),
    (CurrencyKind::Time, "hourglass"),
];

/// The fields of the form beside those of the terms.
const FIELDS: [&str; 7] = ["do", "group", "kind", "name", "code", "symbol", "decimals"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    #[serde(default)]
    kind: Option<CurrencyKind>,
    #[serde(default)]
    group: Option<String>,
}

/// Who designs what, and what the group can be paid in.
struct Draft {
    group: Party,
    kind: CurrencyKind,
    purses: Vec<Money>,
}

pub(super) async fn new_page(visit: Signed, Query(begun): Query<Begun>) -> Answer {
    let groups = visit.view(Currencies::default()).await?.groups;
    let chosen = groups.iter().find(|it| begun.group.as_ref() == Some(&it.handle));
    match (chosen.or(groups.first().filter(|_| groups.len() == 1)), begun.kind) {
        (Some(group), Some(kind)) if KINDS.iter().any(|(it, _)| *it == kind) => {
            let draft = draft(&visit, group.clone(), kind).await?;
            visit.page(show_form(&visit.ui, &draft, &form::usual(kind)))
        }
        _ => visit.page(show_kinds(&visit.ui, &groups)),
    }
}

async fn draft(visit: &Signed, group: Party, kind: CurrencyKind) -> Result<Draft, Fault> {
    let purses = purses(visit, group.id).await?;
    Ok(Draft { group, kind, purses })
}

/// The currencies that a group can be paid in.
pub(super) async fn purses(visit: &Signed, group: AgentId) -> Result<Vec<Money>, Fault> {
    let read = move |look: &mut planet_corridor::look::Look| {
        let mut purses = Vec::new();
        for account in accounts_of(look.tx, group)? {
            let currency =
                find_currency(look.tx, account.currency)?.filter(|it| !it.ending() && it.issuer != group);
            purses.extend(currency.as_ref().map(Money::from));
        }
        Ok(purses)
    };
    visit.desk.corridor().look(&visit.viewer, visit.now, read).await
}

fn show_kinds(ui: &Ui, groups: &[Party]) -> Markup {
    let page = Page::new(ui, ui.t("currencies-new"))
        .section("wallet")
        .back("/currencies", ui.t("currencies-title"))
        .lead(ui.t("currencies-new-lead"));
    if groups.is_empty() {
        return page.show(html! {
            (empty(ui, "sprout", ui.t("currencies-no-group"), ui.t("currencies-no-group-text"))
                .action(link_button("/groups/new", ui.t("currencies-start-group"))))
        });
    }
    let kinds = KINDS.iter().fold(choices("kind", ui.t("currencies-kind")), |all, (kind, sign)| {
        all.option(
            kind.word(),
            ui.t(&format!("currencies-kind-{kind}")),
            ui.t(&format!("currencies-about-{kind}")),
        )
        .icon(ui, sign)
    });
    let whose = groups
        .iter()
        .fold(select("group", ui.t("currencies-group")).hint(ui.t("currencies-group-hint")), |all, it| {
            all.option(&it.handle, &it.name)
        });
    page.show(html! {
        (form(ui, "/currencies/new", html! {
            (kinds.selected("voucher"))
            (whose)
            div.form-end { (button(ui.t("currencies-next")).primary()) (link_button("/currencies", ui.t("currencies-not-now")).quiet()) }
        }).get())
    })
}

fn show_form(ui: &Ui, draft: &Draft, filled: &Filled) -> Markup {
    let kind = draft.kind;
    let own = own_unit(kind, filled.value("symbol").unwrap_or(""), filled.value("decimals").unwrap_or("2"));
    let back = "/currencies/new";
    let examples = ui.t(&format!("currencies-example-{kind}"));
    let digits = ["0", "1", "2", "3", "4"]
        .iter()
        .fold(select("decimals", ui.t("currencies-f-decimals")), |all, it| {
            all.option(*it, ui.t(&format!("currencies-decimals-{it}")))
        });
    Page::new(ui, ui.t(&format!("currencies-design-{kind}")))
        .section("wallet")
        .back(back, ui.t("currencies-new"))
        .lead(ui.t_with("currencies-design-lead", &[("group", draft.group.name.as_str().into())]))
        .show(html! {
            (form(ui, "/currencies/new", html! {
                (field("name", ui.t("currencies-f-name")).hint(examples).limit(60).required().filled(filled))
                div.fields {
                    (field("symbol", ui.t("currencies-f-symbol")).hint(ui.t("currencies-f-symbol-hint")).short().required().filled(filled))
                    (field("code", ui.t("currencies-f-code")).hint(ui.t("currencies-f-code-hint")).short().code().required().filled(filled))
                }
                @if kind != CurrencyKind::Time { (digits.filled(filled)) }
                (form::fields(ui, kind, &own, &draft.purses, filled))
                div.form-end {
                    (button(ui.t("currencies-preview")).primary().named("do", "preview"))
                    (link_button("/currencies", ui.t("currencies-not-now")).quiet())
                }
            }).hidden("group", &draft.group.handle).hidden("kind", kind.word()).filled(filled))
        })
}

/// The form was sent: look at it in sentences, go back to it, or make it.
pub(super) async fn make(visit: Signed, fields: Fields) -> Answer {
    let names: Vec<&str> = FIELDS.iter().chain(&form::FIELDS).copied().collect();
    let key = fields.key(&names)?;
    let groups = visit.view(Currencies::default()).await?.groups;
    let group = groups.into_iter().find(|it| it.handle == fields.text("group"));
    let kind =
        CurrencyKind::from_word(fields.text("kind")).filter(|kind| KINDS.iter().any(|(it, _)| it == kind));
    let (Some(group), Some(kind)) = (group, kind) else {
        return visit.page(show_kinds(&visit.ui, &visit.view(Currencies::default()).await?.groups));
    };
    let draft = draft(&visit, group, kind).await?;
    let act = match read(&fields, &draft) {
        Ok(act) => act,
        Err(refusal) => {
            return visit.again(&refusal, show_form(&visit.ui, &draft, &kept(&fields, Some(&refusal))));
        }
    };
    match fields.text("do") {
        "back" => visit.page(show_form(&visit.ui, &draft, &kept(&fields, None))),
        "make" => match visit.act(key, act).await? {
            Ok(done) => match (done.output, done.proposal) {
                (Some(made), _) => visit.done(&format!("/currencies/{}", made.code), "currencies-made"),
                (None, Some(proposal)) => {
                    visit.done(&format!("/decisions/{proposal}"), "currencies-proposed")
                }
                (None, None) => visit.done("/currencies", "currencies-made"),
            },
            Err(refusal) => {
                visit.again(&refusal, show_form(&visit.ui, &draft, &kept(&fields, Some(&refusal))))
            }
        },
        _ => {
            let asked = act.clone();
            let nobody = CurrencyId(uuid::Uuid::nil());
            let look = visit
                .desk
                .corridor()
                .look(&visit.viewer, visit.now, move |look| asked.checked(look.tx, nobody));
            match refusal_of(look.await)? {
                Ok((new, terms)) => {
                    let act = Design { code: new.code, name: new.name, symbol: new.symbol, terms, ..act };
                    visit.page(show_preview(&visit.ui, &draft, &act, &fields))
                }
                Err(refusal) => {
                    visit.again(&refusal, show_form(&visit.ui, &draft, &kept(&fields, Some(&refusal))))
                }
            }
        }
    }
}

/// What was filled in, for the form; a box that is not ticked sends nothing, and stays so.
fn kept(fields: &Fields, refusal: Option<&Refusal>) -> Filled {
    let mut filled = Filled::new(
        FIELDS
            .iter()
            .chain(&form::FIELDS)
            .filter_map(|name| Some(((*name).to_owned(), fields.optional(name)?))),
    );
    if let Some(refusal) = refusal {
        filled.wrong(refusal.field.as_deref().unwrap_or(""), refusal.sentence.clone());
    }
    filled
}

fn read(fields: &Fields, draft: &Draft) -> Result<Design, Refusal> {
    let own = own_unit(draft.kind, fields.text("symbol"), fields.text("decimals"));
    Ok(Design {
        group: planet_ontology::ids::GroupId(draft.group.id.0),
        code: fields.text("code").into(),
        name: fields.text("name").into(),
        symbol: fields.text("symbol").into(),
        kind: draft.kind,
        decimals: own.decimals,
        terms: form::read(fields, draft.kind, &own, &draft.purses)?,
    })
}

/// What would be made, in words.
fn show_preview(ui: &Ui, draft: &Draft, act: &Design, fields: &Fields) -> Markup {
    let own = Unit { symbol: act.symbol.clone(), decimals: act.decimals };
    let paid_in =
        act.terms.price.and_then(|price| draft.purses.iter().find(|it| it.id == price.currency)).map(unit);
    let sheet = Sheet {
        name: &act.name,
        kind: act.kind,
        unit: own,
        issuer: &draft.group.name,
        terms: &act.terms,
        paid_in,
        ours: true,
    };
    let sent = FIELDS.iter().chain(&form::FIELDS).filter(|name| **name != "do");
    let filled: Vec<(&str, String)> = sent.filter_map(|name| Some((*name, fields.optional(name)?))).collect();
    let again = filled.iter().fold(
        form(
            ui,
            "/currencies/new",
            html! {
                div.form-end {
                    (button(ui.t("currencies-make")).primary().named("do", "make"))
                    (button(ui.t("currencies-go-back")).quiet().named("do", "back"))
                }
            },
        ),
        |form, (name, value)| form.hidden(*name, value),
    );
    Page::new(ui, &act.name)
        .section("wallet")
        .lead(ui.t_with("currencies-preview-lead", &[("group", draft.group.name.as_str().into())]))
        .show(html! {
            (card(html! {
                p.note { (ui.t(&format!("currencies-kind-{}", act.kind))) " \u{b7} " (act.code) " \u{b7} " (act.symbol) }
                (statement(ui, act.terms.backing.as_str(), "currencies-promise"))
                (sentences(ui, &sheet))
                (statement(ui, act.terms.redemption.as_str(), "currencies-redemption"))
            }))
            (again)
        })
}

/// What the group says in its own words.
pub(super) fn statement(ui: &Ui, text: &str, title: &str) -> Markup {
    html! { @if !text.is_empty() { figure.saying { figcaption { (ui.t(title)) } blockquote { (markdown(text)) } } } }
}
