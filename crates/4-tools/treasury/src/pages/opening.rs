//! The form in which a group says that it holds money, or changes on what terms.

use super::{amount, done, path, unit};
use crate::acts::open::{ChangeTerms, Close, MAX_TERM, Open, Terms};
use crate::bank::details::{BankDetails, MAX_NAME};
use crate::error::TreasuryError;
use crate::money::{self, MONEYS};
use crate::views::holding::{HoldingPage, HoldingView, Holdings, HoldingsView};
use crate::views::{Held, Person};
use axum::extract::{Path, Query};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{CurrencyId, GroupId, MemberId};
use planet_ontology::units::Amount;
use serde::Deserialize;
use uuid::Uuid;

/// The fields of the form about the bank account and the terms.
const TERMS: &[&str] =
    &["account_name", "iban", "bic", "sort_code", "account_number", "pace", "leaving", "fees", "cap", "cash"];

/// Which group a link has in mind.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    holder: Option<String>,
}

pub(super) async fn new_page(visit: Signed, Query(wanted): Query<Wanted>) -> Answer {
    let view = visit.view(Holdings {}).await?;
    let mut filled = Filled::default();
    if let Some(group) = view.could_hold.iter().find(|it| Some(&it.handle) == wanted.holder.as_ref()) {
        filled.set("holder", group.id.to_string());
    }
    visit.page(show_new(&visit.ui, &view, &filled))
}

fn show_new(ui: &Ui, view: &HoldingsView, filled: &Filled) -> Markup {
    let page =
        Page::new(ui, ui.t("treasury-new")).section("wallet").back("/treasury", ui.t("treasury-title"));
    if view.could_hold.is_empty() {
        return page.show(
            empty(ui, "building-2", ui.t("treasury-no-group"), ui.t("treasury-no-group-text"))
                .action(link_button("/groups", ui.t("treasury-groups")))
                .render(),
        );
    }
    let holders =
        view.could_hold.iter().fold(select("holder", ui.t("treasury-holder")), |select, it: &Person| {
            select.option(it.id.to_string(), it.name.clone())
        });
    let moneys = MONEYS.iter().fold(select("iso", ui.t("treasury-which")), |select, it| {
        select.option(it.iso, format!("{} ({})", it.name, it.iso))
    });
    page.lead(ui.t("treasury-new-lead")).show(html! {
        (notice(ui, Tone::Info, &ui.t("treasury-legal"), html! { p { (ui.t("treasury-legal-text")) } }))
        (form(ui, "/treasury/new", html! {
            (holders.hint(ui.t("treasury-holder-hint")).filled(filled))
            (moneys.filled(filled))
            (terms_fields(ui, filled, None))
            div.form-end { (button(ui.t("treasury-open")).primary()) (link_button("/treasury", ui.t("treasury-back")).quiet()) }
        }).filled(filled))
    })
}

/// The fields about the bank account and the terms, which both forms have.
fn terms_fields(ui: &Ui, filled: &Filled, unit: Option<&Unit>) -> Markup {
    let cap = field("cap", ui.t("treasury-cap")).hint(ui.t("treasury-cap-hint")).required().filled(filled);
    let term = |name: &'static str| {
        field(name, ui.t(&format!("treasury-{name}")))
            .hint(ui.t(&format!("treasury-{name}-hint")))
            .area(2)
            .limit(MAX_TERM)
            .required()
            .filled(filled)
    };
    html! {
        h2 { (ui.t("treasury-the-account")) }
        p.note { (ui.t("treasury-the-account-text")) }
        (account_fields(ui, filled))
        h2 { (ui.t("treasury-terms")) }
        p.note { (ui.t("treasury-terms-text")) }
        (term("pace"))
        (term("leaving"))
        (term("fees"))
        @match unit { Some(unit) => (cap.money(unit)), None => (cap.short()) }
        (field("cash", ui.t("treasury-cash")).hint(ui.t("treasury-cash-hint")).optional(ui).filled(filled))
    }
}

/// The fields of a bank account.
pub(super) fn account_fields(ui: &Ui, filled: &Filled) -> Markup {
    html! {
        (field("account_name", ui.t("treasury-account-name")).limit(MAX_NAME).required().filled(filled))
        (field("iban", ui.t("treasury-iban")).code().hint(ui.t("treasury-iban-hint")).optional(ui).filled(filled))
        (field("bic", ui.t("treasury-bic")).code().short().optional(ui).filled(filled))
        (field("sort_code", ui.t("treasury-sort-code")).code().short().hint(ui.t("treasury-sort-code-hint")).optional(ui).filled(filled))
        (field("account_number", ui.t("treasury-account-number")).code().short().optional(ui).filled(filled))
    }
}

/// The bank account that a form says.
pub(super) fn bank(fields: &Fields) -> BankDetails {
    BankDetails {
        account_name: fields.text("account_name").into(),
        iban: fields.text("iban").into(),
        bic: fields.text("bic").into(),
        sort_code: fields.text("sort_code").into(),
        account_number: fields.text("account_number").into(),
    }
}

/// The terms that a form says, in a money of so many decimals.
async fn terms(visit: &Signed, fields: &Fields, held: &Held) -> Result<Terms, Fault> {
    let handles: Vec<String> = fields
        .text("cash")
        .split([',', ';', ' '])
        .map(|handle| handle.trim().trim_start_matches('@').to_lowercase())
        .filter(|handle| !handle.is_empty())
        .collect();
    let people = visit
        .desk
        .store()
        .read(move |tx| {
            handles.iter().map(|handle| agents::find_by_handle(tx, handle)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let cash: Option<Vec<MemberId>> = people
        .into_iter()
        .map(|agent| agent.filter(|agent| agent.kind == "member").map(|agent| MemberId(agent.id.0)))
        .collect();
    Ok(Terms {
        leaving: fields.text("leaving").into(),
        pace: fields.text("pace").into(),
        fees: fields.text("fees").into(),
        cap: amount(fields, "cap", held)?,
        cash: cash.ok_or(TreasuryError::CashPersonUnknown)?,
    })
}

/// What a form about a money that is not held yet says of it.
fn announced(iso: &str) -> Held {
    let money = money::find(iso);
    Held {
        currency: CurrencyId(Uuid::nil()),
        code: iso.to_owned(),
        iso: iso.to_owned(),
        name: String::new(),
        symbol: String::new(),
        decimals: money.map_or(2, |money| money.decimals),
        holder: GroupId::CLUB,
        holder_handle: String::new(),
        holder_name: String::new(),
        closing: None,
    }
}

pub(super) async fn open(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&[&["holder", "iso"], TERMS].concat())?;
    let result = match super::refused(opening(&visit, &fields).await)? {
        Ok(act) => visit.act(key, act).await?,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(outcome) => {
            let path = outcome
                .output
                .as_ref()
                .map_or_else(|| "/treasury".into(), |opened| format!("/treasury/{}", opened.code));
            done(&visit, &outcome, &path, "treasury-opened")
        }
        Err(refusal) => {
            let view = visit.view(Holdings {}).await?;
            visit.again(&refusal, show_new(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}

async fn opening(visit: &Signed, fields: &Fields) -> Result<Open, Fault> {
    let iso = fields.text("iso").to_owned();
    let holder: GroupId =
        fields.parse("holder", "holder_unknown", "Choose the group that holds the money.")?;
    let terms = terms(visit, fields, &announced(&iso)).await?;
    Ok(Open { holder, iso, bank: bank(fields), terms })
}

pub(super) async fn change_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(HoldingPage { code, of: None }).await?;
    visit.page(show_change(&visit.ui, &view, &as_it_is(&view)))
}

/// The form as it would have to be sent to change nothing.
fn as_it_is(view: &HoldingView) -> Filled {
    let bank = view.bank.clone().unwrap_or_default();
    let cash: Vec<String> = view.cash.iter().map(|person| format!("@{}", person.handle)).collect();
    let pairs = [
        ("account_name", bank.account_name.clone()),
        ("iban", bank.iban_in_groups()),
        ("bic", bank.bic.clone()),
        ("sort_code", bank.sort_code.clone()),
        ("account_number", bank.account_number),
        ("leaving", view.terms.leaving.clone()),
        ("pace", view.terms.pace.clone()),
        ("fees", view.terms.fees.clone()),
        ("cap", view.terms.cap.show(view.held.decimals)),
        ("cash", cash.join(", ")),
    ];
    Filled::new(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn show_change(ui: &Ui, view: &HoldingView, filled: &Filled) -> Markup {
    let held = &view.held;
    Page::new(ui, ui.t("treasury-change")).section("wallet").back(path(held, ""), name_of(ui, held)).lead(ui.t("treasury-change-lead")).show(html! {
        (form(ui, path(held, "change"), html! {
            (terms_fields(ui, filled, Some(&unit(held))))
            div.form-end { (button(ui.t("treasury-save")).primary()) (link_button(path(held, ""), ui.t("treasury-back")).quiet()) }
        }).filled(filled))
        @if view.may_close {
            (section(&ui.t("treasury-close"), html! {}, card(html! {
                p { (ui.t("treasury-close-text")) }
                (act_button(ui, path(held, "close"), button(ui.t("treasury-close")).danger()))
            })))
        }
    })
}

/// A money and its holder, in words.
pub(super) fn name_of(ui: &Ui, held: &Held) -> String {
    ui.t_with(
        "treasury-at",
        &[("money", held.name.as_str().into()), ("holder", held.holder_name.as_str().into())],
    )
}

pub(super) async fn change(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let (key, view) = (fields.key(TERMS)?, visit.view(HoldingPage { code, of: None }).await?);
    let read: Result<Terms, Refusal> = super::refused(terms(&visit, &fields, &view.held).await)?;
    let result = match read {
        Ok(terms) => {
            let act = ChangeTerms {
                currency: view.held.currency,
                bank: bank(&fields),
                terms: Terms { cap: Amount(terms.cap.0), ..terms },
            };
            visit.act(key, act).await?
        }
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(outcome) => done(&visit, &outcome, &path(&view.held, ""), "treasury-changed"),
        Err(refusal) => visit.again(&refusal, show_change(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn close(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(HoldingPage { code, of: None }).await?;
    match visit.act(fields.key(&[])?, Close { currency: view.held.currency }).await? {
        Ok(outcome) => done(&visit, &outcome, &path(&view.held, ""), "treasury-closed"),
        Err(refusal) => visit.again(&refusal, show_change(&visit.ui, &view, &fields.filled(&refusal))),
    }
}
