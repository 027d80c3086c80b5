//! The form in which a member proposes what membership costs.

use super::amount;
use crate::acts::terms::SetTerms;
use crate::error::DuesError;
use crate::terms::{LONGEST_HARDSHIP, Terms};
use crate::views::Money;
use crate::views::terms::{TermsPage, TermsView};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::calendar::Every;
use planet_ontology::units::Amount;

/// The fields of the form.
const FIELDS: &[&str] = &[
    "currency",
    "joining_fee",
    "dues",
    "every",
    "first",
    "share_price",
    "least_shares",
    "most_shares",
    "notice_days",
    "keep_years",
    "hardship",
];

pub(super) async fn page(visit: Signed) -> Answer {
    let view = visit.view(TermsPage {}).await?;
    let filled = as_it_is(&view);
    visit.page(show(&visit.ui, &view, &filled))
}

/// The form as it would have to be sent to change as little as possible.
fn as_it_is(view: &TermsView) -> Filled {
    let mut filled = Filled::default();
    let Some(it) = &view.in_force else { return filled };
    let (terms, written) =
        (&it.terms, |amount: Amount| amount.show(it.money.decimals).replace('\u{202f}', ""));
    for (name, value) in [
        ("currency", it.money.id.to_string()),
        ("joining_fee", written(terms.joining_fee)),
        ("dues", written(terms.dues)),
        ("every", terms.every.word().to_owned()),
        ("first", it.next.clone().unwrap_or_default()),
        ("share_price", written(terms.share_price)),
        ("least_shares", terms.least_shares.to_string()),
        ("most_shares", terms.most_shares.to_string()),
        ("notice_days", terms.notice_days.to_string()),
        ("keep_years", terms.keep_years.to_string()),
        ("hardship", terms.hardship.clone()),
    ] {
        filled.set(name, value);
    }
    filled
}

fn show(ui: &Ui, view: &TermsView, filled: &Filled) -> Markup {
    let page = Page::new(ui, ui.t("dues-propose-title"))
        .section("settings")
        .back("/membership/dues", ui.t("dues-title"));
    let currencies = view.currencies.iter().fold(select("currency", ui.t("dues-currency")), |select, it| {
        select.option(it.id.to_string(), it.name.clone())
    });
    let every = [Every::Month, Every::Quarter, Every::Year]
        .into_iter()
        .fold(select("every", ui.t("dues-every")), |select, it| {
            select.option(it.word(), ui.t(&format!("dues-every-{}", it.word())))
        });
    let number = |name: &'static str, start: &'static str| {
        field(name, ui.t(&format!("dues-{}", name.replace('_', "-"))))
            .hint(ui.t(&format!("dues-{}-hint", name.replace('_', "-"))))
            .number()
            .value(start)
            .filled(filled)
    };
    page.lead(ui.t("dues-propose-lead")).show(form(ui, "/membership/dues/change", html! {
        (currencies.filled(filled))
        h2 { (ui.t("dues-joining-and-dues")) }
        (number("joining_fee", "0"))
        (number("dues", "0"))
        (every.filled(filled))
        (field("first", ui.t("dues-first")).hint(ui.t("dues-first-hint")).date().required().filled(filled))
        h2 { (ui.t("dues-shares")) }
        (number("share_price", "0"))
        (number("least_shares", "0"))
        (number("most_shares", "0"))
        (number("notice_days", "0"))
        h2 { (ui.t("dues-and-else")) }
        (number("keep_years", "10"))
        (field("hardship", ui.t("dues-hardship")).hint(ui.t("dues-hardship-hint")).area(3).limit(LONGEST_HARDSHIP).required().filled(filled))
        div.form-end { (button(ui.t("dues-propose-it")).primary()) (link_button("/membership/dues", ui.t("dues-back")).quiet()) }
    }).filled(filled).render())
}

pub(super) async fn propose(visit: Signed, fields: Fields) -> Answer {
    let (key, view) = (fields.key(FIELDS)?, visit.view(TermsPage {}).await?);
    let result = match terms(&fields, &view) {
        Ok(terms) => visit.act(key, SetTerms { terms }).await?,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "dues-told-proposed"),
            None => visit.done("/membership/dues", "dues-told-set"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// The terms that the form says.
fn terms(fields: &Fields, view: &TermsView) -> Result<Terms, Refusal> {
    let chosen = fields.text("currency");
    let money: &Money =
        view.currencies.iter().find(|it| it.id.to_string() == chosen).ok_or(DuesError::CurrencyUnusable)?;
    let number = |name: &str, error: DuesError| match fields.text(name) {
        "" => Ok(0),
        text => text.parse::<i64>().map_err(|_| Refusal { field: Some(name.into()), ..error.into() }),
    };
    let price = |name: &str| amount(fields.text(name), name, money);
    Ok(Terms {
        currency: Some(money.id),
        joining_fee: price("joining_fee")?,
        dues: price("dues")?,
        every: Every::from_word(fields.text("every")).ok_or(DuesError::PeriodUnknown)?,
        first: fields.text("first").into(),
        share_price: price("share_price")?,
        least_shares: number("least_shares", DuesError::SharesOutOfRange)?,
        most_shares: number("most_shares", DuesError::SharesOutOfRange)?,
        notice_days: number("notice_days", DuesError::NoticeOutOfRange)?,
        keep_years: number("keep_years", DuesError::YearsOutOfRange)?,
        hardship: fields.text("hardship").into(),
    })
}
